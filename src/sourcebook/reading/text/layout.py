"""Lines of a file gathered into blocks: what the page broke is joined again.

Two layouts are told apart by looking at the whole file. In a *spaced* text every
printed line is followed by a blank one, and a paragraph shows only by its last
line: two trailing spaces, or room left for the next word. In any other text a
blank line, or a very long line, ends a paragraph. A page number, and a header
beside it, are cut only where a sentence plainly runs across them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sourcebook.reading.text.document import Cut

LABELS = frozenset(
    "abstract acknowledgements acknowledgments appendix background bibliography "
    "conclusion conclusions discussion endnotes footnotes introduction methods notes "
    "references results summary".split()
)
_BREAK = re.compile(r"\r\n|[\n\r]")
_FINISHED = re.compile(r"[.!?…][”’\"'»)\]*_]*\Z")
_GOES_ON = re.compile(r"[,;:–—-]\Z")
_ITEM = re.compile(r"(?:(\d{1,3})[.)]|\(?[a-z]\)|\([ivx]{1,4}\)|[*•‣▪-])[ \t]+(?=\S)")
_PAGE = re.compile(
    r"[-–—]?\s*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE
)
_LINE_NUMBER = re.compile(r"(\d{1,4})(?:[ \t]+(?=\S)|\Z)")
_STEPS = {1: 5, 5: 3}  # how lines are numbered, and of how many that can be told
_FEW_LOW = 1 / 5  # of them: so many begin in lower case
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
    gap: int  # blank lines before it; the top of the file counts as two


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
    gap = 2
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


def cut_line_numbers(raw: str, lines: Sequence[Line]) -> tuple[list[Line], list[Cut]]:
    """Take out the numbers of lines, of each or of every fifth, as transcripts have.

    A list counts, too, but its items do not run on in lower case.
    """
    found = {
        at: number
        for at, line in enumerate(lines)
        if (number := _LINE_NUMBER.match(raw, line.start, line.end))
    }
    numbered = set(_counted(raw, found))
    kept, cuts, gap = [], [], 0
    for at, line in enumerate(lines):
        start = line.start
        if at in numbered:
            start = found[at].end()
            cuts.append(Cut(line.start, found[at].end(1), "line-number"))
        if start == line.end:
            gap += line.gap + 1
        else:
            kept.append(replace(line, start=start, gap=line.gap + gap))
            gap = 0
    return kept, cuts


def _counted(raw: str, found: dict[int, re.Match[str]]) -> Iterator[int]:
    """Yield the lines that count on, one by one or by fives, and run on."""
    numbers = {at: int(number[1]) for at, number in found.items()}
    for step, fewest in _STEPS.items():
        for at, number in numbers.items():
            if number % step or numbers.get(at - step) == number - step:
                continue
            run = [at]
            while numbers.get(run[-1] + step) == number + step * len(run):
                run.append(run[-1] + step)
            low = sum(
                raw[found[at].end() : found[at].end() + 1].islower() for at in run
            )
            if len(run) >= fewest and low > len(run) * _FEW_LOW:
                yield from run


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
    pages = [is_page_number(raw[line.start : line.end]) for line in lines]
    kept: list[Line] = []
    cuts: list[Cut] = []
    at = 0
    while at < len(lines):
        sizes = (n for n in (3, 2, 1) if at and sum(pages[at : at + n]) == 1)
        spans = ((n, lines[at - 1 : at + n + 1]) for n in sizes)
        size = next((n for n, span in spans if _interrupts(raw, span, n, wide)), 0)
        for number, line in enumerate(lines[at : at + size], at):
            reason = "page-number" if pages[number] else "running-header"
            cuts.append(Cut(line.start, line.end, reason))
        at += size
        kept.append(replace(lines[at], gap=wide - 1) if size else lines[at])
        at += 1
    return kept, cuts


def _interrupts(raw: str, lines: Sequence[Line], size: int, wide: int) -> bool:
    """Say whether a sentence of the first line goes on in the last one.

    What stands between must be short and set apart. A header is only believed after
    running prose: a lone short line before it may be a heading, and it a paragraph.
    """
    if len(lines) < size + 2:
        return False
    before, *inside, after = lines
    words = [raw[line.start : line.end] for line in inside]
    prose = before.gap < wide or before.end - before.start > _LONG_LINE
    return (
        (prose or size == 1)
        and all(line.gap >= wide for line in (*inside, after))
        and all(len(each) <= _HEADER_LENGTH and not is_finished(each) for each in words)
        and not is_finished(raw[before.start : before.end])
        and raw[after.start].islower()
    )


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
    lengths = sorted(line.end - line.start for line in lines) if spaced else [0]
    width = lengths[len(lengths) * 9 // 10]  # nine lines in ten are no longer
    blocks: list[Block] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if (
            before is None
            or line.start in openers
            or line.start in alone
            or before.start in alone
            or _parts(raw, before, line, width)
        ):
            if blocks:
                blocks[-1] = replace(blocks[-1], gap=line.gap)
            blocks.append(Block(line.start, line.end, 0))
        else:
            blocks[-1] = replace(blocks[-1], end=line.end)
    return blocks


def _parts(raw: str, line: Line, after: Line, width: int) -> bool:
    """Say whether a block ends between two lines; a width means a spaced text."""
    if width:
        return after.gap > 1 or _is_last(raw, line, after, width)
    if after.gap:
        return True
    whole = line.end - line.start > _LONG_LINE
    return whole and is_finished(raw[line.start : line.end])


def _is_last(raw: str, line: Line, after: Line, width: int) -> bool:
    """Say whether a line of a spaced text is the last of its paragraph."""
    words = raw[line.start : line.end].rstrip("0123456789")  # the mark of a note
    head = raw[after.start : after.end].split(maxsplit=1)[0]
    room = width - (line.end - line.start) - len(head) - 1
    if is_finished(words):
        return line.trailing > 1 or room > width * _ROOM
    return room > width * _WIDE_ROOM and not _GOES_ON.search(words)
