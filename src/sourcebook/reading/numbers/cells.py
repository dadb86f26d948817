"""The unit of a figure in a table: it stands in a head, and not beside the figure.

A table is a stretch of lines with ``|`` around each cell, as a document comes in. A
figure without a unit takes that of the cell to its right, of the head of its column, of
its row or of the table's caption, the first that has one; what it rests on is said.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from sourcebook.reading.numbers.currencies import SIGN
from sourcebook.reading.numbers.number_mention import NumberMention
from sourcebook.reading.numbers.units import SCALE_WORD
from sourcebook.reading.patterns import later

Read = Callable[[str], tuple[NumberMention, ...]]

_ROW: Final = re.compile(r"(?m)^\| .* \|$")
_CELL: Final = re.compile(r"(?<=\|) (?:([^|]*?) )?(?=\|)")
_ROUND: Final = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
_IN: Final = re.compile(r"\b(?:in|,) ([^,;()]{1,40})$")
_SIZE: Final = rf"(?:{SCALE_WORD}|mn|bn|m|cr|Cr|000)(?!\w)"
_MONEY: Final = later(
    rf"(?:in )?(?P<sign>{SIGN})\.?(?: in|,)? ?['’]?(?P<size>{_SIZE})?(?:\.|['’]?s)?"
)
_COINS_IN: Final = later(rf"(?P<coin>[A-Za-z]{{2,20}}) in (?P<size>{_SIZE})s?")
_THOUSANDS: Final = re.compile(r"(?:in |['’])?000['’]?s?")
_MOST_HEADS: Final = 3
_WORDED: Final = re.compile(r"[A-Za-z]{3}|\d{4}|[%€$£]")
_HEADED: Final = re.compile(rf"\([^()\d]+\)|[%€$£]|\b{SCALE_WORD}\b")
_IN_BRACKETS: Final = "doubtful: in brackets, which may say a loss or a note"
_LISTED: Final = re.compile(r"^\(\w{1,8}\)|\(\w\)(?=\()|(?<=paragraph )\(\w\)")
_WORDS: Final = 4  # in a head that is a unit as a whole
_SERIAL: Final = re.compile(r"\(?(\d{1,4})[.)]{0,2}")
_FEWEST: Final = 3  # rows that count on, before their first column is a number
_SERIAL_HEAD: Final = re.compile(
    r"(?i)(?:s|sl|sr|ser|serial)\.? ?(?:no|number)?s?\.?|nos?\.?|#|№|rank"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a figure: the words beside it, above it, before it, over it all."""

    start: int
    end: int
    beside: str
    above: str  # head of its column
    before: str  # head of its row
    caption: str


def cells(text: str, figures: Sequence[tuple[int, int]]) -> Iterator[Cell]:
    """Yield the cells of a text's tables, with their heads.

    Rows at the top that hold no figure are heads; years and labels are none.
    """
    starts = [start for start, _ in figures]
    for rows, caption in _tables(text):
        grid = _grid(text, rows)
        counts = [bisect_right(starts, end) - bisect_right(starts, start)
                  for start, end in rows]  # fmt: skip
        ends = [
            n for n in range(1, len(rows)) if _is_head(grid[n], counts[n - 1 : n + 1])
        ]
        for since, until in pairwise([0, *ends, len(rows)]):
            part = grid[since:until], counts[since:until]
            yield from _cells(*part, caption="" if since else caption)


def _is_head(row: list[tuple[int, int, str]], counts: list[int]) -> bool:
    """Whether a row without figures, below one that has some, begins another table.

    It has words in each cell, and either none in the first or a unit in another.
    """
    first, *rest = [words for *_, words in row] or [""]
    worded = all(_WORDED.search(words) for words in rest)
    return bool(
        counts[0] and not counts[1] and rest and worded
        and (not first or any(map(_HEADED.search, rest)))
    )  # fmt: skip


def _cells(
    grid: list[list[tuple[int, int, str]]], counts: list[int], *, caption: str
) -> Iterator[Cell]:
    heads = next((n for n, count in enumerate(counts) if count), len(grid))
    heads = min(heads, _MOST_HEADS)
    for row in grid[heads:]:
        for at, (start, end, words) in enumerate(row):
            above = [
                head[at][2]
                for head in grid[:heads]
                if at < len(head) and head[at][2].strip("-: ")
            ]
            if words:
                beside = row[at + 1][2] if at + 1 < len(row) else ""
                first = row[0][2] if at else ""
                yield Cell(start, end, beside, " ".join(above), first, caption)


def _tables(text: str) -> Iterator[tuple[list[tuple[int, int]], str]]:
    """Yield the rows of each table as ranges, and the line before it.

    Brackets that open that line are a list's, or the head of a column.
    """
    rows: list[tuple[int, int]] = []
    for found in _ROW.finditer(text):
        if rows and found.start() != rows[-1][1] + 1:
            yield rows, _line_before(text, rows[0][0])
            rows = []
        rows.append(found.span())
    if rows:
        yield rows, _line_before(text, rows[0][0])


def _grid(text: str, rows: list[tuple[int, int]]) -> list[list[tuple[int, int, str]]]:
    return [
        [(m.start(1), m.end(1), m[1] or "") for m in _CELL.finditer(text, *row)]
        for row in rows
    ]


def _serials(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first cells of the tables that number their rows."""
    for rows, _ in _tables(text):
        firsts = [row[0] for row in _grid(text, rows) if row]
        told = [found for start, end, _ in firsts
                if (found := _SERIAL.fullmatch(text, start, end))]  # fmt: skip
        heads = {words for *_, words in firsts if not _SERIAL.fullmatch(words)}
        counts = [int(found[1]) for found in told]
        counted = len(counts) >= _FEWEST and counts == [*range(1, len(counts) + 1)]
        if (counted and heads <= {""}) or any(map(_SERIAL_HEAD.fullmatch, heads)):
            yield from (found.span(1) for found in told)


def _line_before(text: str, at: int) -> str:
    line = text[text.rfind("\n", 0, max(at - 1, 0)) + 1 : max(at - 1, 0)]
    return _LISTED.sub("", line)


def headed(
    text: str, mentions: list[NumberMention], *, read: Read
) -> list[NumberMention]:
    """Return the numbers of a text, those in tables with the units of their heads.

    A number that only counts the rows is a label.
    """
    if not _ROW.search(text):
        return mentions
    serials = dict(_serials(text))
    mentions = [
        _numbering(mention) if serials.get(mention.start) == mention.end else mention
        for mention in mentions
    ]
    figures = [(m.start, m.end) for m in mentions if m.role == "quantity"]
    placed = sorted(cells(text, figures), key=lambda cell: cell.start)
    starts = [cell.start for cell in placed]
    out = []
    for mention in mentions:
        at = bisect_right(starts, mention.start) - 1
        inside = at >= 0 and mention.end <= placed[at].end
        bare = inside and mention.role == "quantity" and not mention.unit
        told = _with_unit(mention, placed[at], read) if bare else mention
        if bare and text[placed[at].start : placed[at].end] == f"({mention.text})":
            told = replace(told, ground=_IN_BRACKETS)
        out.append(told)
    return out


def _numbering(mention: NumberMention) -> NumberMention:
    """Return a number as the label that it is where it only counts the rows."""
    return replace(mention, role="label", rule="serial-number", unit="", noun="")


def _with_unit(mention: NumberMention, cell: Cell, read: Read) -> NumberMention:
    """Return a figure with the unit that stands nearest, and what that rests on."""
    named = (
        ("the cell beside it", cell.beside, True),
        ("the head of its column", cell.above, False),
        ("the head of its row", cell.before, False),
        ("the table’s caption", cell.caption, False),
    )
    for where, words, whole in named:
        for unit in [words] if whole else _units_in(words):
            if found := _reading(mention, unit, read):
                return replace(
                    mention,
                    low=found.low,
                    high=found.high,
                    step=found.step,
                    loose_step=found.loose_step,
                    unit=found.unit,
                    per=found.per,
                    ground=f"inferred: {unit!r} from {where}",
                )
    return mention


def _units_in(words: str) -> Iterator[str]:
    """Yield what in a head may be a unit, the surest first."""
    if (money := _MONEY.search(words)) and money["size"]:
        yield money[0]
    if coins := _COINS_IN.search(words):
        yield coins[0]
    yield from (found[1] for found in _ROUND.finditer(words))
    if found := _IN.search(words):
        yield found[1]
    if 0 < len(words.split()) <= _WORDS:
        yield words


def _reading(mention: NumberMention, unit: str, read: Read) -> NumberMention | None:
    """Return the figure as it reads with a unit beside it, None if that is none."""
    unit = unit.strip().removeprefix("in ")
    if not unit or re.search(r"\d", unit.replace("000", "")):
        return None
    for printed in _written(mention.text, unit):
        found = read(printed)
        whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(printed))
        if whole and (found[0].unit or found[0].low != mention.low):
            return found[0]
    return None


def _written(figure: str, unit: str) -> Iterator[str]:
    """Yield a figure and its unit as they would stand in a sentence."""
    if _THOUSANDS.fullmatch(unit):
        unit = "thousand"
    if money := _MONEY.fullmatch(unit):
        sign, size = money["sign"], money["size"] or ""
        blank = "" if len(sign) == 1 else " "
        size = "thousand" if size == "000" else size.removesuffix("s")
        yield f"{sign}{blank}{figure} {size}".rstrip()
    if coins := _COINS_IN.fullmatch(unit):
        yield f"{figure} {coins['size'].removesuffix('s')} {coins['coin']}"
    yield f"{figure} {unit}"
