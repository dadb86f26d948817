"""A page parted in the columns in which people read it.

Where rows part in the middle all down a stretch of a page, the left side is read before
the right. Columns share their base lines or do not, and beside one of prose may stand a
table or the words of a picture.
"""

from collections import Counter
from itertools import pairwise
from statistics import median
from typing import Final

from sourcebook.authoring.pagerows import GUTTER, Part, Row, evened, joined

# Widths and heights as parts of the size of the type.
_STRIP: Final = 0.35  # of a place between columns, to its left and to its right
_FAR: Final = 2.5  # between a page and its foot
_COLUMN_LINES: Final = 4
_COLUMN_LETTERS: Final = 14  # in the middle line of a column: fewer, and it holds cells
_MOST_COLUMNS: Final = 2.6  # beside a column, parts in a line on the average, if
_FILLED: Final = 0.8  # the middle one of them is so wide as the widest are
_SHARED: Final = 0.45  # of base lines: more, and two sides are rows of one table
_EVEN: Final = 0.06  # of the usual distance: so far those of a paragraph differ
_FEWEST_BESIDE: Final = 6  # lines on each side of prose and a table
LEADING: Final = 1.35  # of the usual distance: more, and a paragraph ends


def stretches(rows: list[Row]) -> list[list[Row]]:
    """Return rows in the order in which they are read, columns one after the other."""
    found = _columns(rows)
    if not found:
        return [rows] if rows else []
    gutter, first, last = found
    zone = rows[first:last]
    return [
        *stretches(rows[:first]),
        *stretches([side for row in zone if (side := _left(row, gutter)).parts]),
        *stretches([side for row in zone if (side := _right(row, gutter)).parts]),
        *stretches(rows[last:]),
    ]


def _left(row: Row, gutter: float) -> Row:
    return Row([part for part in row.parts if part.right <= gutter])


def _right(row: Row, gutter: float) -> Row:
    return Row([part for part in row.parts if part.left >= gutter])


def _columns(rows: list[Row]) -> tuple[float, int, int] | None:
    """Return where a page parts in two columns: the place, the first row, the end."""
    best: tuple[int, float, int, int] | None = None
    for gutter in sorted(_places(rows)):
        for start, end in _clear(rows, gutter):
            first, last = _trimmed(rows, start, end, gutter)
            both = _sides(rows[first:last], gutter)
            if both >= _COLUMN_LINES and (best is None or both > best[0]):
                best = (both, gutter, first, last)
    return best[1:] if best else None


def _places(rows: list[Row]) -> set[float]:
    """Return where columns may part: in a wide gap, or before lines that begin alike.

    Two columns need not share their base lines: then no row of them has a gap. Narrow
    ones leave no place but that which lies close before the lines of the right one.
    """
    begun: Counter[int] = Counter()
    found: set[float] = set()
    for row in rows:
        begun[round(row.parts[0].left)] += 1
        for before, after in pairwise(row.parts):
            if after.left - before.right > GUTTER * row.size:
                found.add(round((before.right + after.left) / 8) * 4)
    size = median(row.size for row in rows) if rows else 0.0
    for left, count in begun.items():
        if count >= _COLUMN_LINES:
            found |= {round((left - GUTTER * size) / 4) * 4, left - _STRIP * size - 1}
    return found


def _trimmed(rows: list[Row], first: int, last: int, gutter: float) -> tuple[int, int]:
    """Return a stretch without what stands on one side of it, over or under both."""
    sides = [
        [at for at in range(first, last) if side(rows[at], gutter).parts]
        for side in (_left, _right)
    ]
    if not all(sides):
        return first, first
    top, foot = max(side[0] for side in sides), min(side[-1] for side in sides)
    if top > foot:
        return first, first
    start = min(_reached(rows, side[::-1], top) for side in sides)
    return start, 1 + max(_reached(rows, side, foot) for side in sides)


def _reached(rows: list[Row], side: list[int], at: int) -> int:
    """Return the last row of a side that goes on from a place without a wide gap."""
    bases = [rows[each].base for each in side]
    steps = [abs(a - b) for a, b in pairwise(bases)]
    # Those of several columns among one another stand nearer than lines of type can.
    most = max(LEADING * median(steps), rows[at].size) if steps else 0.0
    down = side[0] <= side[-1]
    reached = None
    for each, step in zip(side, [0.0, *steps], strict=True):
        inside = each <= at if down else each >= at
        if reached is not None and not inside and step > most:
            break
        reached = each
    return at if reached is None else reached


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
    """Return how many lines stand beside each other, 0 if they are no columns.

    Both sides are prose; or one is, line by line, and what stands beside it, a table or
    a picture's words, has other base lines, so that they are no rows of one table.
    """
    held = [[at for at, row in enumerate(rows) if side(row, gutter).parts]
            for side in (_left, _right)]  # fmt: skip
    if not all(held):
        return 0
    top, foot = max(side[0] for side in held), min(side[-1] for side in held)
    both = min(sum(top <= at <= foot for at in side) for side in held)
    fewer = min(map(len, held))
    halves = [
        [side(rows[at], gutter) for at in numbers]
        for side, numbers in zip((_left, _right), held, strict=True)
    ]
    kinds = [_prose([row.parts for row in half]) for half in halves]
    apart = len(set(held[0]) & set(held[1])) < _SHARED * fewer
    beside = (
        apart
        and fewer >= _FEWEST_BESIDE
        and any(
            kind == "filled" and _is_even([row.base for row in half])
            for kind, half in zip(kinds, halves, strict=True)
        )
    )
    return both if both * 3 >= fewer and (all(kinds) or beside) else 0


def _is_even(bases: list[float]) -> bool:
    """Say whether lines stand at one distance; those of the cells of a table do not.

    More than four in five do.

    >>> _is_even([9, 8, 7, 6, 5, 4]), _is_even([9, 8, 7, 6, 5, 2]), _is_even([])
    (True, False, False)
    """
    steps = [a - b for a, b in pairwise(bases)]
    usual = median(steps) if steps else 0.0
    return sum(abs(step - usual) < _EVEN * usual for step in steps) * 5 > len(steps) * 4


def _prose(rows: list[list[Part]]) -> str:
    """Say whether lines are prose: of one part each, or of columns that parts fill.

    Cells are short, or several, or of many lengths.
    """
    lines = [evened(joined(row)) for row in rows]
    parts = [part for line in lines for part in line]
    if median(len(part.words) for part in parts) < _COLUMN_LETTERS:
        return ""
    widths = sorted(part.right - part.left for part in parts)
    filled = widths[len(widths) // 2] > _FILLED * widths[len(widths) * 9 // 10]
    if len(parts) <= len(lines) * 1.4:
        return "filled" if filled else "lines"
    return "columns" if filled and len(parts) <= len(lines) * _MOST_COLUMNS else ""
