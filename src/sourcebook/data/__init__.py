"""Data files: what readers download, what a release said, what other programs take."""
