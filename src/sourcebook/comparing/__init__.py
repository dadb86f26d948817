"""Claims into verdicts: what two sources say next to each other.

This room reads claims and returns relations.  It computes; it does not judge which
source is right, and it never averages, scores or votes.
"""
