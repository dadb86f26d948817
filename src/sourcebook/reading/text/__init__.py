"""A file becomes a document: clean text, its way back to the file, and its parts."""

from sourcebook.reading.text.document import (
    KINDS,
    REASONS,
    Cut,
    Document,
    Paragraph,
    Section,
    Sentence,
    Span,
)
from sourcebook.reading.text.text_reader import clean, read_document

__all__ = [
    "KINDS", "REASONS", "Cut", "Document", "Paragraph", "Section", "Sentence", "Span",
    "clean", "read_document",
]  # fmt: skip
