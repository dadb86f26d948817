"""What starts a source or a chapter: a document in, and all its files out at once."""
