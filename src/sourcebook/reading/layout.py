"""Lines of a file gathered into blocks: what the page broke is joined again.

Two layouts are told apart by looking at the whole file. In a *spaced* text every
printed line is followed by a blank one, and a paragraph shows only by its last
line: two trailing spaces, or room left for the next word. In any other text a
blank line, or a very long line, ends a paragraph. A page number, and a header
beside it, are cut only where a sentence plainly runs across them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sourcebook.reading.document import Cut

LABELS = frozenset(
    "abstract acknowledgements acknowledgments appendix background bibliography "
    "conclusion conclusions discussion endnotes footnotes introduction methods notes "
    "references results summary".split()
)
_BREAK = re.compile(r"\r\n|[\n\r]")
_FINISHED = re.compile(r"[.!?…][”’\"'»)\]*_]*\Z")
_GOES_ON = re.compile(r"[,;:–—-]\Z")
_ITEM = re.compile(r"(?:(\d{1,3})[.)]|\(?[a-z]\)|\([ivx]{1,4}\)|[*•‣▪-])[ \t]+(?=\S)")
_PAGE = re.compile(r"[-–—]?\s*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d+)?\s*[-–—]?", re.I)
_ENOUGH = 8  # lines to judge a layout by
_RUN_ON = 1 / 3  # of the lines: so many go on in lower case in a spaced text
_LONG_LINE = 120  # a longer line was not broken by a page: it is a paragraph
_HEADER_LENGTH = 130
_ROOM = 1 / 8  # of the width: a finished line that leaves more is a last line
_WIDE_ROOM = 2 / 5  # the same for a line without a full stop (a title, a name)


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one printed line; blank lines are counted, not kept."""

    start: int
    end: int
    trailing: int  # white space after the words
    gap: int  # blank lines before it


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; ``gap`` counts the blank lines after them."""

    start: int
    end: int
    gap: int


def line_starts(raw: str) -> list[int]:
    """Return the offset at which each line of the file starts."""
    return [0, *(found.end() for found in _BREAK.finditer(raw))]


def read_lines(raw: str) -> list[Line]:
    """Return the lines that hold words."""
    lines = []
    gap = 0
    edges = [(0, 0), *(found.span() for found in _BREAK.finditer(raw))]
    ends = [start for start, _ in edges[1:]] + [len(raw)]
    for (_, start), end in zip(edges, ends, strict=True):
        printed = raw[start:end]
        words = printed.strip()
        if not words:
            gap += 1
            continue
        first = start + len(printed) - len(printed.lstrip())
        last = first + len(words)
        lines.append(Line(first, last, end - last, gap))
        gap = 0
    return lines


def is_spaced(raw: str, lines: Sequence[Line]) -> bool:
    """Say whether every printed line is followed by a blank one.

    In such a text sentences run on over the blank lines, and often.
    """
    apart = [pair for pair in pairwise(lines) if pair[1].gap == 1]
    if len(apart) < _ENOUGH or 2 * len(apart) < len(lines):
        return False
    run_on = [
        after
        for line, after in apart
        if raw[after.start].islower() and not is_finished(raw[line.start : line.end])
    ]
    return len(run_on) > len(apart) * _RUN_ON


def is_finished(words: str) -> bool:
    """Say whether words end as a sentence does."""
    return _FINISHED.search(words[-8:]) is not None


def is_page_number(words: str) -> bool:
    """Say whether words are a page number and nothing else."""
    return _PAGE.fullmatch(words) is not None


def is_label(words: str) -> bool:
    """Say whether words are a usual heading of a paper ("Abstract")."""
    return words[:1].isupper() and words.rstrip(":").lower() in LABELS


def cut_furniture(
    raw: str, lines: Sequence[Line], *, spaced: bool
) -> tuple[list[Line], list[Cut]]:
    """Take out page numbers and headers that stand inside a sentence."""
    wide = 2 if spaced else 1
    kept: list[Line] = []
    cuts: list[Cut] = []
    at = 0
    while at < len(lines):
        size = _furniture_at(raw, lines, at, wide)
        for line in lines[at : at + size]:
            number = is_page_number(raw[line.start : line.end])
            reason = "page-number" if number else "running-header"
            cuts.append(Cut(line.start, line.end, reason))
        at += size
        if at < len(lines):
            kept.append(replace(lines[at], gap=wide - 1) if size else lines[at])
        at += 1
    return kept, cuts


def _furniture_at(raw: str, lines: Sequence[Line], at: int, wide: int) -> int:
    """Return how many lines from here on are furniture inside a sentence."""
    for size in (3, 2, 1):
        if at == 0 or at + size >= len(lines):
            continue
        inside = lines[at : at + size]
        words = [raw[line.start : line.end] for line in inside]
        numbers = sum(map(is_page_number, words))
        apart = all(line.gap >= wide for line in lines[at : at + size + 1])
        short = all(
            len(each) <= _HEADER_LENGTH and not is_finished(each) for each in words
        )
        before = raw[lines[at - 1].start : lines[at - 1].end]
        across = not is_finished(before) and raw[lines[at + size].start].islower()
        if numbers == 1 and apart and short and across:
            return size
    return 0


def item_lines(raw: str, lines: Sequence[Line], *, spaced: bool) -> frozenset[int]:
    """Return where list items start: numbers in sequence, letters, or bullets."""
    found = []
    last = 0
    for before, line in zip([None, *lines], lines, strict=False):
        item = _ITEM.match(raw, line.start, line.end)
        if not item:
            continue
        tail = raw[before.start : before.end] if before else ""
        # In a spaced text "2014. This" may simply be how a printed line begins.
        if spaced and tail and not (is_finished(tail) or tail.endswith((":", ";"))):
            continue
        if item.group(1):
            number = int(item.group(1))
            if number not in (1, last + 1):
                continue
            last = number
        found.append(line.start)
    return frozenset(found)


def gather(
    raw: str,
    lines: Sequence[Line],
    *,
    spaced: bool,
    openers: frozenset[int],
    alone: frozenset[int],
) -> list[Block]:
    """Gather lines into blocks.

    A line starting at one of ``openers`` opens a block; one of ``alone`` is a block.
    """
    width = _width(lines)
    blocks: list[Block] = []
    for before, line in zip([None, *lines], lines, strict=False):
        joined = (
            before is not None
            and not {before.start, line.start} & alone
            and line.start not in openers
            and not (
                _ends_spaced(raw, before, line, width)
                if spaced
                else line.gap > 0 or before.end - before.start > _LONG_LINE
            )
        )
        if joined:
            blocks[-1] = replace(blocks[-1], end=line.end)
            continue
        if blocks:
            blocks[-1] = replace(blocks[-1], gap=line.gap)
        blocks.append(Block(line.start, line.end, 0))
    return blocks


def _width(lines: Sequence[Line]) -> int:
    """Return the width of the page: nine lines in ten are no longer."""
    lengths = sorted(line.end - line.start for line in lines)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _ends_spaced(raw: str, line: Line, after: Line, width: int) -> bool:
    """Say whether a line of a spaced text is the last of its paragraph."""
    if after.gap > 1:
        return True
    words = raw[line.start : line.end].rstrip("0123456789")
    head = raw[after.start : after.end].split(maxsplit=1)[0]
    room = width - (line.end - line.start) - len(head) - 1
    if is_finished(words):
        return line.trailing > 1 or room > width * _ROOM
    return room > width * _WIDE_ROOM and not _GOES_ON.search(words)
