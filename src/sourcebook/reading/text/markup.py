"""Marks that are no part of the words: Markdown, and the numbers of notes.

Finds them and says where they are; the words they surround stay. A mark without
its partner, a bracket without a target and a star inside a sum are left alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sourcebook.reading.text.document import Cut
from sourcebook.reading.text.layout import Line

_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_HEADING_TAIL = re.compile(r"(?<=\s)#+\Z")
_BULLET = re.compile(r"([*•‣▪-])[ \t]+(?=\S)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}")
_LINK = re.compile(r"(!?\[)([^\[\]]*)(\]\([^()\s]*\))")
_EMPHASIS = re.compile(r"\*{1,3}|_{1,3}")
_NOTES = re.compile(r"[#*\s]*(?:notes|endnotes|footnotes)[:*\s]*", re.IGNORECASE)
_NOTE = re.compile(r"(\d{1,3})\s?[.)]\s")
_DIGITS = re.compile(r"(?<!\d)\d{1,7}(?=[\s.,;:!?)\]’”]|\Z)")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_YEAR_DIGITS = 4


def markup(raw: str, start: int, end: int) -> list[Cut]:
    """Return the Markdown marks of one block, in order."""
    cuts = []
    head = _HEADING.match(raw, start, end)
    bullet = _BULLET.match(raw, start, end)
    if head:
        cuts.append(Cut(start, head.end(1), "markdown"))
        tail = _HEADING_TAIL.search(raw, head.end(), end)
        if tail:
            cuts.append(Cut(tail.start(), end, "markdown"))
    elif bullet:
        cuts.append(Cut(start, bullet.end(1), "bullet"))
    for link in _LINK.finditer(raw, start, end):
        cuts.append(Cut(link.start(), link.end(1), "link"))
        cuts.append(Cut(link.start(3), link.end(), "link"))
    return sorted([*cuts, *_emphasis(raw, start, end, cuts)], key=lambda cut: cut.start)


def is_rule(raw: str, line: Line) -> bool:
    """Say whether a line is nothing but a ruled line."""
    return _RULE.fullmatch(raw, line.start, line.end) is not None


def heading_level(raw: str, start: int, end: int) -> int:
    """Return how many # open a block: 0 where it is no heading."""
    head = _HEADING.match(raw, start, end)
    return len(head.group(1)) if head else 0


def _emphasis(raw: str, start: int, end: int, taken: Sequence[Cut]) -> list[Cut]:
    """Pair the stars and underscores that set words off, in one pass."""
    inside = {at for cut in taken for at in range(cut.start, cut.end)}
    opened: dict[str, int] = {}
    cuts = []
    for mark in _EMPHASIS.finditer(raw, start, end):
        at, after = mark.span()
        before = raw[at - 1] if at > start else " "
        behind = raw[after] if after < end else " "
        if at in inside:
            continue
        sign = mark.group()
        if sign in opened and not before.isspace() and not behind.isalnum():
            since = opened[sign]
            ends = ((since, since + len(sign)), (at, after))
            cuts += [Cut(*end, "markdown") for end in ends]
            opened = {key: value for key, value in opened.items() if value < since}
        elif not behind.isspace() and not before.isalnum():
            opened[sign] = at
    return cuts


@dataclass(frozen=True, slots=True)
class Notes:
    """The numbered list of notes: where each begins, and its marks in the text."""

    starts: frozenset[int]  # raw offset of the line at which a note begins
    marks: tuple[Cut, ...]


def read_notes(raw: str, lines: Sequence[Line]) -> Notes:
    """Find the notes under the last heading "Notes", then the mark of each in turn."""
    marked = [_NOTES.fullmatch(raw, line.start, line.end) for line in lines]
    heads = [number for number, head in enumerate(marked) if head]
    starts: list[int] = []
    for line in lines[heads[-1] + 1 :] if heads else ():
        number = _NOTE.match(raw, line.start, line.end)
        if number and int(number.group(1)) == len(starts) + 1:
            starts.append(line.start)
    marks = _walk(raw, len(starts), lines[heads[-1]].start if heads else 0)
    return Notes(frozenset(starts), marks)


def _walk(raw: str, count: int, end: int) -> tuple[Cut, ...]:
    """Find mark 1, then mark 2 after it, and so on; a mark not found is passed over."""
    places: dict[int, list[int]] = {}
    for run in _DIGITS.finditer(raw, 0, end):
        size = _mark_size(raw, run)
        if size:
            number = int(raw[run.end() - size : run.end()])
            places.setdefault(number, []).append(run.end() - size)
    marks: list[Cut] = []
    since = 0
    for number in range(1, count + 1):
        at = next((at for at in places.get(number, ()) if at >= since), None)
        if at is not None:
            since = at + len(str(number))
            marks.append(Cut(at, since, "footnote-mark"))
    return tuple(marks)


def _mark_size(raw: str, run: re.Match[str]) -> int:
    """Return how many last digits of a run may be a mark: never a year's own digit."""
    digits, at = run.group(), run.start()
    before = raw[at - 1 : at]
    if len(digits) > _YEAR_DIGITS and _YEAR.match(digits) and not before.isalnum():
        return 0 if digits[_YEAR_DIGITS] == "0" else len(digits) - _YEAR_DIGITS
    if not before or digits[0] == "0":
        return 0
    if before in ".,;:!?":
        held = raw[at - 2 : at - 1]
        return len(digits) if held.isalpha() or held in tuple('”’")]') else 0
    word = before.islower() and raw[at - 2 : at - 1].islower()
    return len(digits) if word or before in '”’")]' else 0
