"""Codings to and from programs for qualitative analysis, as REFI-QDA projects."""
