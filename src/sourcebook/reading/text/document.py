"""A document as a value: clean text, its way back to the file, and its parts.

Everything here is counted in code points, end exclusive. The clean text is a
reading aid; the raw text stays the authority, and every clean character knows
the raw one it came from.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple, Protocol

from sourcebook.errors import SourcebookError


class Span(NamedTuple):
    """A range of code points, end exclusive."""

    start: int
    end: int


class Stretch(Protocol):
    """Anything with two ends: a sentence, a span, a citation."""

    @property
    def start(self) -> int:
        """The offset it starts at."""

    @property
    def end(self) -> int:
        """The offset after its end."""


class Ranges:
    """Ranges to keep out of."""

    def __init__(self, ranges: Iterable[Stretch]) -> None:
        spans = sorted((each.start, each.end) for each in ranges)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))  # the furthest

    def touch(self, start: int, end: int) -> bool:
        """Say whether a range shares a character with one of these."""
        near = bisect_right(self._starts, end - 1) - 1
        return near >= 0 and start < self._ends[near]


@dataclass(frozen=True, slots=True)
class Cut:
    """Raw characters kept out of the clean text, and why (see ``REASONS``)."""

    start: int
    end: int
    reason: str


REASONS = (
    "markdown",  # a mark of Markdown: # * ** _ or a rule
    "link",  # brackets and target of a link whose words stay
    "bullet",  # the sign before an item without a number
    "footnote-mark",  # the number of a note glued to a word
    "running-header",  # a header printed in the middle of a sentence
    "line-number",  # the number of a line, as transcripts have them
    "page-number",  # a page number printed in the middle of a sentence
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what follows it, up to the next heading.

    Text before the first heading is a section with no title and level 0.
    """

    title: str
    level: int
    start: int
    end: int


KINDS = ("prose", "heading", "list-item", "caption", "note", "furniture")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the clean text; ``section`` counts from 0, ``kind`` is of KINDS."""

    start: int
    end: int
    section: int
    kind: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``paragraph`` counts from 0."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """A raw file read once: its clean text, the map back, and its parts.

    Two documents are equal when name and raw text are: the rest follows from them.
    """

    citekey: str
    file: str
    sha256: str
    raw: str = field(repr=False)
    text: str = field(repr=False, compare=False)
    offsets: Sequence[int] = field(repr=False, compare=False)
    lines: Sequence[int] = field(repr=False, compare=False)  # where raw lines start
    cuts: tuple[Cut, ...] = field(repr=False, compare=False)
    sections: tuple[Section, ...] = field(repr=False, compare=False)
    paragraphs: tuple[Paragraph, ...] = field(repr=False, compare=False)
    sentences: tuple[Sentence, ...] = field(repr=False, compare=False)

    def raw_span(self, start: int, end: int) -> Span:
        """Return the raw range behind a clean range (which may not be empty)."""
        self._check(start, end)
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def sentences_at(self, start: int, end: int) -> Span:
        """Return a clean range widened to whole sentences."""
        self._check(start, end)
        words = self.text[start:end]
        if words.strip():
            start += len(words) - len(words.lstrip())
            end -= len(words) - len(words.rstrip())
        first = self.sentences[_at(self.sentences, start)]
        last = self.sentences[_at(self.sentences, end - 1)]
        return Span(first.start, max(last.end, end))

    def section_at(self, offset: int) -> Section:
        """Return the section a clean offset lies in."""
        self._check(offset, offset + 1)
        return self.sections[_at(self.sections, offset)]

    def paragraph_at(self, offset: int) -> Paragraph:
        """Return the paragraph of a clean offset; a line end belongs to its line."""
        self._check(offset, offset + 1)
        return self.paragraphs[_at(self.paragraphs, offset)]

    def line_at(self, offset: int) -> int:
        """Return the line of the raw file, from 1, that holds a clean offset."""
        self._check(offset, offset + 1)
        return bisect_right(self.lines, self.offsets[offset])

    def _check(self, start: int, end: int) -> None:
        if not 0 <= start < end <= len(self.text):
            where = self.citekey or self.file or "document"
            raise SourcebookError(
                f"{where}: no characters at {start}–{end}; "
                f"the clean text runs from 0 to {len(self.text)}\n"
                "  fix: give a start below its end, both inside the clean text"
            )


def _at(parts: Sequence[Section | Paragraph | Sentence], offset: int) -> int:
    """Return the index of the last part that starts at or before an offset."""
    return bisect_right(parts, offset, key=lambda part: part.start) - 1
