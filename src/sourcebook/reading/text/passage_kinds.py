"""What each passage of a text is: prose, heading, item, caption, note, furniture.

Goes by marks where the file has marks, and otherwise by shape: a short line
without a full stop, with prose still to come, is a heading. It never looks at who
wrote the text or what it is about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sourcebook.reading.text.layout import is_finished, is_label, is_page_number

_CAPTION = re.compile(
    r"(?:figure|fig\.|table|chart|map|box|photo|image|graph)\s*\d+[a-z]?\s*[:.–—-]",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?i:promoted|sponsored|presented|paid for) by (?:the )?[^\W\d_a-z]"
    r"|(?i:(?:promoted|sponsored|partner|advertisement|advertorial)(?: content)?)\Z"
    r"|(?i:copyright)\s*(?:©|\([cC]\)|\d{4})|©|(?i:keywords?|key words):"
    r"|(?i:all rights reserved)"
)
_STAMP = re.compile(
    r"(?:date|published|updated|posted|modified|created|retrieved):?\s+"
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?Z?(?=\s|\Z)",
    re.IGNORECASE,
)
Kind = tuple[str, int]  # a kind, and the level of a heading
_FURNITURE_WORDS = 40
_HEADING_WORDS = 16
_CAPTION_WORDS = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph to be: its clean words, the way back, and the marks it bore."""

    text: str
    offsets: tuple[int, ...]
    level: int  # number of # before it
    bold: bool  # set in bold from end to end
    item: bool
    note: bool
    gap: int  # blank lines after it


def stamp_length(words: str) -> int:
    """Return the length of a date stamp that opens a file ("date 2025-07-31")."""
    found = _STAMP.match(words)
    return found.end() if found else 0


def kind_by_mark(passage: Passage) -> str:
    """Return the kind that marks or set words decide, or nothing."""
    decided = _decide(passage)
    return decided[0] if decided else ""


def classify(passages: Sequence[Passage], *, spaced: bool) -> list[Kind]:
    """Return the kind of each passage, and the level where it is a heading."""
    decided = [_decide(passage) for passage in passages]
    if any(passage.level for passage in passages):
        return _fill_marked(passages, decided)
    return _fill_unmarked(passages, decided, spaced=spaced)


def _decide(passage: Passage) -> Kind | None:
    """Return the kind that marks or set words decide."""
    words = len(passage.text.split())
    if passage.level:
        return "heading", passage.level
    if passage.note:
        return "note", 0
    if (
        _CAPTION.match(passage.text)
        and words <= _CAPTION_WORDS
        and (passage.bold or not is_finished(passage.text))
    ):
        return "caption", 0
    if passage.item:
        return "list-item", 0
    stamp = stamp_length(passage.text) == len(passage.text)
    named = _FURNITURE.match(passage.text) and words <= _FURNITURE_WORDS
    if stamp or named or is_page_number(passage.text):
        return "furniture", 0
    return None


def _fill_marked(
    passages: Sequence[Passage], decided: Sequence[Kind | None]
) -> list[Kind]:
    """Fill the gaps where headings bear #: what stands before the first is front."""
    kinds = []
    level = 0
    for passage, known in zip(passages, decided, strict=True):
        kind = known or ("prose", 0)
        if known is None and not is_finished(passage.text):
            if level == 0:
                kind = ("furniture", 0)
            elif passage.bold and _is_short(passage):
                kind = ("heading", level + 1)
        kinds.append(kind)
        level = passage.level or level
    return kinds


def _fill_unmarked(
    passages: Sequence[Passage], decided: Sequence[Kind | None], *, spaced: bool
) -> list[Kind]:
    """Fill the gaps by shape: the first heading is the title, names follow it."""
    heads = _heads(passages, decided, spaced=spaced)
    kinds = []
    titles: set[str] = set()
    front = True  # no prose so far
    for passage, known, head in zip(passages, decided, heads, strict=True):
        name = passage.text.casefold()
        kind = known or ("prose", 0)
        if known is None and is_label(passage.text):
            kind = ("heading", 2)
        elif head and (name in titles or (front and titles)):
            kind = ("furniture", 0)  # the title again, or who wrote it
        elif head:
            kind = ("heading", 2 if titles else 1)
            titles.add(name)
        elif known is None and front and titles and not is_finished(passage.text):
            kind = ("furniture", 0)
        kinds.append(kind)
        front = front and kind[0] != "prose"
    return kinds


def _heads(
    passages: Sequence[Passage], decided: Sequence[Kind | None], *, spaced: bool
) -> list[bool]:
    """Say of each passage whether it is a heading by its shape.

    One that asks a question needs company: it may be a paragraph of one line.
    """
    finished = [n for n, passage in enumerate(passages) if is_finished(passage.text)]
    last = finished[-1] if finished else 0
    heads = [
        known is None and number < last and _is_head(passage, spaced=spaced)
        for number, (passage, known) in enumerate(zip(passages, decided, strict=True))
    ]
    pairs = zip(heads, passages, strict=True)
    firm = [head and not passage.text.endswith("?") for head, passage in pairs]
    return heads if spaced or sum(firm) > 1 else firm


def _is_short(passage: Passage) -> bool:
    return len(passage.text.split()) <= _HEADING_WORDS


def _is_head(passage: Passage, *, spaced: bool) -> bool:
    """Say whether a passage has the shape of a heading."""
    first, last = passage.text[0], passage.text[-1]
    opens = first.isupper() or first.isdigit() or first in "“‘\"'"
    closes = last == "?" or not (is_finished(passage.text) or last in ",;:")
    return _is_short(passage) and opens and closes and not (spaced and passage.gap < 2)
