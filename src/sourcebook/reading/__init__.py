"""The ground floor: a raw file becomes a document with mentions."""
