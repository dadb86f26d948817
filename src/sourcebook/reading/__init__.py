"""A file becomes a document with its numbers, dates, citations and quotations."""
