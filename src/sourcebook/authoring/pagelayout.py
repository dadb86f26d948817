"""Rows of a page in the order in which people read them, as lines, cells, paragraphs.

Where rows part in the middle all down a stretch of a page, the left side is read before
the right; where their words are few and stand under each other, they are the cells of a
table. What cannot be told is a doubt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from statistics import median
from typing import Final

from sourcebook.authoring.marked import END, RAISED
from sourcebook.authoring.pagerows import (
    GUTTER,
    Letter,
    Part,
    Row,
    evened,
    joined,
    rows_of,
    scripted,
    settled,
    words_of,
)
from sourcebook.reading.text.layout import is_finished

# Widths and heights as parts of the size of the type.
_STRIP: Final = 0.35  # of a place between columns, to its left and to its right
_LEADING: Final = 1.35  # of the usual distance: more, and a paragraph ends
_FAR: Final = 2.5  # between a page and its foot
_APART: Final = 0.45  # between two columns of a table
_FEWEST_ROWS: Final = 3  # of a table without figures
_COLUMN_LINES: Final = 4
_COLUMN_LETTERS: Final = 14  # in the middle line of a column: fewer, and it holds cells
_NOTE: Final = re.compile(  # the mark of a note, or the number of a section, and words
    r"\d{1,3}[\"“‘]?(?:[A-Z][a-z]|A )|\d{1,2}(?:\.\d{1,2})+\.? +[A-Z]"
)
# The number or the sign of an item, set apart from its words.
_ITEM: Final = re.compile(
    rf"\(?(?:\d{{1,3}}|[a-z]|[ivx]{{1,5}})[.)]|[•▪‣·*–—-]|{RAISED}\d{{1,3}}{END}"
)


def lines_of(letters: list[Letter]) -> tuple[list[str], list[str]]:
    """Return the lines of a page, "" where a paragraph ends, and what is doubtful."""
    rows = [Row(row) for row in rows_of(scripted(words_of(letters)))]
    doubts: list[str] = []
    lines: list[str] = []
    last: Row | None = None
    for stretch in _stretches(rows):
        made = _told(settled(stretch), doubts)
        # From the foot of a column a sentence may go on at the head of the next.
        if last and (stretch[0].base < last.base or _apart(lines[-1], made[0])):
            lines.append("")
        lines += made
        last = stretch[-1]
    return lines, doubts


def _apart(line: str, after: str) -> bool:
    return line.startswith("|") or after.startswith("|")


def _stretches(rows: list[Row]) -> list[list[Row]]:
    """Return rows in the order in which they are read, columns one after the other."""
    found = _columns(rows)
    if not found:
        return [rows] if rows else []
    gutter, first, last = found
    zone = rows[first:last]
    return [
        *_stretches(rows[:first]),
        *_stretches([side for row in zone if (side := _left(row, gutter)).parts]),
        *_stretches([side for row in zone if (side := _right(row, gutter)).parts]),
        *_stretches(rows[last:]),
    ]


def _left(row: Row, gutter: float) -> Row:
    return Row([part for part in row.parts if part.right <= gutter])


def _right(row: Row, gutter: float) -> Row:
    return Row([part for part in row.parts if part.left >= gutter])


def _columns(rows: list[Row]) -> tuple[float, int, int] | None:
    """Return where a page parts in two columns: the place, the first row, the end."""
    gaps = [
        (before.right + after.left) / 2
        for row in rows
        for before, after in pairwise(row.parts)
        if after.left - before.right > GUTTER * row.size
    ]
    best: tuple[int, float, int, int] | None = None
    for gutter in sorted({round(gap / 4) * 4 for gap in gaps}):
        for start, end in _clear(rows, gutter):
            first, last = _trimmed(rows, start, end, gutter)
            both = _sides(rows[first:last], gutter)
            if both >= _COLUMN_LINES and (best is None or both > best[0]):
                best = (both, gutter, first, last)
    return best[1:] if best else None


def _trimmed(rows: list[Row], first: int, last: int, gutter: float) -> tuple[int, int]:
    """Return a stretch without what stands on one side of it, over or under both."""
    inner = [
        at
        for at in range(first, last)
        if _left(rows[at], gutter).parts and _right(rows[at], gutter).parts
    ]
    if not inner:
        return first, first
    steps = [a.base - b.base for a, b in pairwise(rows[inner[0] : inner[-1] + 1])]
    most = _LEADING * (max(steps, default=0.0) and median(steps))
    start, end = inner[0], inner[-1] + 1
    while start > first and rows[start - 1].base - rows[start].base <= most:
        start -= 1
    while end < last and rows[end - 1].base - rows[end].base <= most:
        end += 1
    return start, end


def _clear(rows: list[Row], gutter: float) -> list[tuple[int, int]]:
    """Return the stretches of rows of which no part crosses a place.

    A wide gap above a row parts it from them: it is a page's foot, or a note.
    """
    found, first = [], None
    for at, row in enumerate([*rows, None]):
        strip = _STRIP * row.size if row else 0.0
        crossed = row is None or any(
            part.left < gutter + strip and part.right > gutter - strip
            for part in row.parts
        )
        far = row and at and rows[at - 1].base - row.base > _FAR * row.size
        if (crossed or far) and first is not None:
            found.append((first, at))
            first = None if crossed else at
        elif not crossed and first is None:
            first = at
    return found


def _sides(rows: list[Row], gutter: float) -> int:
    """Return how many rows have prose on both sides of a place, 0 if most have none.

    Prose fills a line with one part; cells are short, or several.
    """
    left, right = (
        [evened(joined(half)) for row in rows if (half := side(row, gutter).parts)]
        for side in (_left, _right)
    )
    both = len(left) + len(right) - len(rows)
    if not left or not right or both * 3 < min(len(left), len(right)):
        return 0
    for side in (left, right):
        letters = median(sum(len(part.words) for part in parts) for parts in side)
        if letters < _COLUMN_LETTERS or sum(map(len, side)) > len(side) * 1.4:
            return 0
    return both


def _told(rows: list[Row], doubts: list[str]) -> list[str]:
    """Return the lines of a stretch: paragraphs, and the rows of tables."""
    lines: list[str] = []
    at = 0
    while at < len(rows):
        end = at
        several = rows[at].celled
        while end < len(rows) and rows[end].celled == several:
            end += 1
        if several and end - at > 1:
            made = _table(rows[at:end], doubts)
        else:
            while end < len(rows) and not _begins_table(rows, end):
                end += 1
            made = _paragraphs(rows[at:end])
        if lines and made and _apart(lines[-1], made[0]):
            lines.append("")
        lines += made
        at = end
    return lines


def _begins_table(rows: list[Row], at: int) -> bool:
    return rows[at].celled and at + 1 < len(rows) and rows[at + 1].celled


def _table(rows: list[Row], doubts: list[str]) -> list[str]:
    """Return rows whose words stand under each other as rows of cells."""
    figures = any(re.search(r"\d", part.words) for row in rows for part in row.parts)
    listed = all(
        len(row.parts) == 2 and _ITEM.fullmatch(row.parts[0].words) for row in rows
    )
    if listed or (len(rows) < _FEWEST_ROWS and not figures):
        return _paragraphs(rows)
    columns: list[list[float]] = []
    for word in sorted((w for row in rows for w in row.words), key=lambda w: w.left):
        if columns and word.left < columns[-1][1] + _APART * word.size:
            columns[-1][1] = max(columns[-1][1], word.right)
        else:
            columns.append([word.left, word.right])
    if len(columns) < max(len(row.parts) for row in rows):
        cells = [[part.words for part in row.parts] for row in rows]
        doubts.append(
            f"a table whose cells do not line up: {' | '.join(cells[0])[:60]}"
        )
    else:
        cells = [_cells(row, columns) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return [line for row in lines for line in (row, "")][:-1]


def _cells(row: Row, columns: list[list[float]]) -> list[str]:
    """Return the words of a row by columns, "" where a column has none."""
    held: list[list[Part]] = [[] for _ in columns]
    for word in row.words:
        at = bisect_right([left for left, _ in columns], word.left) - 1
        held[at].append(word)
    return [" ".join(part.words for part in joined(words)) for words in held]


def _paragraphs(rows: list[Row]) -> list[str]:
    """Return rows of words as lines, "" where the distance or the type ends them."""
    steps = [a.base - b.base for a, b in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    lines: list[str] = []
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        lines.append(" ".join(part.words for part in row.parts))
        if after is None:
            break
        far = usual > 0 and row.base - after.base > usual * _LEADING
        other = abs(row.size - after.size) > row.size * 0.12
        if far or other:
            lines.append("")
    return part_lines(lines)


def part_lines(lines: list[str]) -> list[str]:
    """Return lines with a blank one after the last line of each paragraph.

    A line is a last one if the next word would have fitted beside it: after a full stop
    with some room left, without one (a title, a cell) with plenty; or if what follows
    it begins with the mark of a note or the number of a section.
    """
    lengths = sorted(map(len, lines))
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    parted = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        parted.append(line)
        room = width - len(line) - len(after.partition(" ")[0]) - 1
        needed = width / 8 if is_finished(line) else width * 2 / 5
        ends = after and not after[0].islower() and room > needed
        if line and (ends or _NOTE.match(after)):
            parted.append("")
    return parted
