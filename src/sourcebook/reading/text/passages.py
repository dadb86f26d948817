"""From a raw text to its passages: the paragraphs to be, words joined, marks cut.

Every raw character that is not white ends up either in a passage or in a cut.
White space between words becomes one space; a hyphen at the end of a printed line
is kept, for it is a hyphen, and its two halves meet again.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sourcebook.reading.text import layout
from sourcebook.reading.text.document import Cut, Ranges
from sourcebook.reading.text.layout import Block, Line, is_finished, is_label
from sourcebook.reading.text.markup import heading_level, is_rule, markup, read_notes
from sourcebook.reading.text.passage_kinds import Passage, kind_by_mark, stamp_length

_ODD_SPACE = re.compile(r"\s{2,}|[^\S ]")
_SPACE = re.compile(r"\s")
_ROW = re.compile(r"\S *([|\t])[^|\t\n]*\S[^|\t\n]*\1 *\S")  # of three cells or more
_LINE_END = re.compile(r"[^\S\n\r]*[\n\r]")
# "two- and three-fold", "Spar- und Girokonten"
_SUSPENDED = re.compile(r"(?:and|or|to|und|oder|bis|et|ou|och|og)\b")
_STRONG = 2  # stars of bold type


@dataclass(frozen=True, slots=True)
class Reading:
    """The passages of a text, what was cut to get them, and how it was laid out."""

    passages: tuple[Passage, ...]
    cuts: tuple[Cut, ...]
    spaced: bool


def read_passages(raw: str) -> Reading:
    """Return the passages of a raw text in order."""
    lines, numbers = layout.cut_line_numbers(raw, layout.read_lines(raw))
    spaced = layout.is_spaced(raw, lines)
    notes = read_notes(raw, lines)
    kept, cuts = layout.cut_furniture(raw, lines, spaced=spaced)
    ruled = [line for line in kept if is_rule(raw, line)]
    cuts += [*numbers, *(Cut(each.start, each.end, "markdown") for each in ruled)]
    kept = [line for line in kept if not is_rule(raw, line)]
    items = layout.item_lines(raw, kept, spaced=spaced) - notes.starts
    alone = frozenset(line.start for line in kept if _stands_alone(raw, line))
    openers = items | notes.starts
    blocks = layout.gather(raw, kept, spaced=spaced, openers=openers, alone=alone)
    blocks = _without_stamp(raw, blocks)
    for block in blocks:
        cuts += markup(raw, block.start, block.end)
    cuts = _merge(cuts, notes.marks)
    passages = _read_blocks(raw, blocks, cuts, items=items, notes=notes.starts)
    return Reading(tuple(_rejoin(raw, passages)), tuple(cuts), spaced)


def _read_blocks(
    raw: str,
    blocks: Sequence[Block],
    cuts: Sequence[Cut],
    *,
    items: frozenset[int],
    notes: frozenset[int],
) -> list[Passage]:
    """Return the passage of each block that has words left."""
    starts = [cut.start for cut in cuts]
    passages = []
    for block in blocks:
        first, last = bisect_left(starts, block.start), bisect_left(starts, block.end)
        text, offsets = _words(raw, block, cuts[first:last])
        if text:
            passages.append(
                Passage(
                    text=text,
                    offsets=offsets,
                    level=heading_level(raw, block.start, block.end),
                    bold=_is_bold(raw, block, cuts[first:last]),
                    item=block.start in items,
                    note=block.start in notes,
                    gap=block.gap,
                )
            )
    return passages


def _stands_alone(raw: str, line: Line) -> bool:
    """Say whether a line is a block of its own whatever stands around it."""
    words = raw[line.start : line.end]
    headed = heading_level(raw, line.start, line.end) > 0
    return headed or is_label(words) or _ROW.search(words) is not None


def _without_stamp(raw: str, blocks: list[Block]) -> list[Block]:
    """Part a date stamp that opens the file from the sentence it is glued to."""
    if not blocks:
        return blocks
    first = blocks[0]
    words = raw[first.start : first.end]
    length = stamp_length(words)
    rest = words[length:].lstrip()
    if not length or not rest:
        return blocks
    stamp = Block(first.start, first.start + length, 0)
    return [stamp, replace(first, start=first.end - len(rest)), *blocks[1:]]


def _merge(cuts: Sequence[Cut], marks: Sequence[Cut]) -> list[Cut]:
    """Order all cuts; the mark of a note inside another cut is no mark."""
    taken = Ranges(cuts)
    free = (mark for mark in marks if not taken.touch(mark.start, mark.start + 1))
    return sorted([*cuts, *free], key=lambda cut: cut.start)


def _words(raw: str, block: Block, cuts: Sequence[Cut]) -> tuple[str, tuple[int, ...]]:
    """Return the words of a block joined by single spaces, and the way back."""
    parts: list[str] = []
    offsets: list[int] = []
    space = -1  # where white space since the last words began
    for start, end in _chunks(raw, block, cuts):
        chunk = raw[start:end]
        words = chunk.strip()
        if space < 0 and (not words or chunk[0].isspace()):
            space = start
        if not words:
            continue
        first = start + len(chunk) - len(chunk.lstrip())
        if parts and space >= 0 and not _meets(raw, space, parts[-1], words):
            parts.append(" ")
            offsets.append(space)
        parts.append(words)
        offsets.extend(range(first, first + len(words)))
        space = first + len(words) if chunk[-1].isspace() else -1
    return "".join(parts), tuple(offsets)


def _chunks(raw: str, block: Block, cuts: Sequence[Cut]) -> Iterator[tuple[int, int]]:
    """Yield a block between its cuts: odd white space, and what holds none of it."""
    at = block.start
    for end, after in [*((cut.start, cut.end) for cut in cuts), (block.end, block.end)]:
        for odd in _ODD_SPACE.finditer(raw, at, end):
            if at < odd.start():
                yield at, odd.start()
            yield odd.span()
            at = odd.end()
        if at < end:
            yield at, end
        at = after


def _meets(raw: str, space: int, before: str, word: str) -> bool:
    """Say whether the white space between two words is a line end after a hyphen.

    Before figures a dash does the same: "2006–" and "08" are one range.
    """
    whole = before.endswith("-") and before[-2:-1].isalpha() and word[0].isalpha()
    figures = before.endswith(("-", "–")) and word[0].isdigit()
    return (
        (whole or (figures and before[-2:-1].isalnum()))
        and not _SUSPENDED.match(word)
        and _LINE_END.match(raw, space) is not None
    )


def _is_bold(raw: str, block: Block, cuts: Sequence[Cut]) -> bool:
    """Say whether a block is set in bold from its first word to its last."""
    stars = [cut for cut in cuts if raw[cut.start] in "*_"]
    strong = [cut for cut in stars if cut.end - cut.start >= _STRONG]
    edges = [strong[0].start, strong[1].end] if len(strong) == 2 else []
    return edges == [block.start, block.end]


def _rejoin(raw: str, passages: Sequence[Passage]) -> list[Passage]:
    """Join passages that a page or a printer parted in the middle of a sentence."""
    groups: list[list[Passage]] = []
    depth = 0
    for passage in passages:
        if groups and _runs_on(groups[-1][-1], passage, depth):
            groups[-1].append(passage)
        else:
            groups.append([passage])
            depth = 0
        depth += passage.text.count("“") - passage.text.count("”")
    return [_glue(raw, group) for group in groups]


def _runs_on(before: Passage, after: Passage, depth: int) -> bool:
    """Say whether one passage ends, and the next begins, inside one sentence."""
    if before.level or before.bold or is_label(before.text):
        return False
    if after.level or after.bold or after.item or after.note:
        return False
    if kind_by_mark(before) in ("caption", "furniture") or is_label(after.text):
        return False
    if is_finished(before.text) or before.text.endswith((":", ";")):
        return False
    closes, opens = after.text.find("”"), after.text.find("“")
    quoted = depth > 0 and closes >= 0 and not 0 <= opens < closes
    return after.text[0].islower() or quoted


def _glue(raw: str, group: Sequence[Passage]) -> Passage:
    """Make one passage of several."""
    text = [group[0].text]
    offsets = list(group[0].offsets)
    for passage in group[1:]:
        space = _SPACE.search(raw, offsets[-1] + 1)
        if space and not _meets(raw, space.start(), text[-1], passage.text):
            text.append(" ")
            offsets.append(space.start())
        text.append(passage.text)
        offsets += passage.offsets
    return replace(
        group[0], text="".join(text), offsets=tuple(offsets), gap=group[-1].gap
    )
