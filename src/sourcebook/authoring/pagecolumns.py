"""A page parted in the columns in which people read it.

Where rows part in the middle all down a stretch of a page, the left side is read before
the right. Columns share their base lines or do not, and beside one of prose may stand a
table or the words of a picture.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection
from itertools import pairwise
from statistics import median
from typing import Final

from sourcebook.authoring import pagerows
from sourcebook.authoring.pagerows import GUTTER, ITEM, Part, Row, evened, joined
from sourcebook.reading.text.layout import is_finished

# Widths and heights as parts of the size of the type.
_STRIP: Final = 0.35  # of a place between columns, to its left and to its right
_FAR: Final = 2.5  # between a page and its foot
_COLUMN_LINES: Final = 4
_COLUMN_LETTERS: Final = 14  # in the middle line of a column: fewer, and it holds cells
_MOST_COLUMNS: Final = 2.6  # beside a column, parts in a line on the average, if
_FILLED: Final = 0.8  # the middle one of them is so wide as the widest are
_WHOLE: Final = 0.6  # of the lines of prose are one part; others are of a table in it
_SHARED: Final = 0.45  # of base lines: more, and two sides are rows of one table
_EVEN: Final = 0.06  # of the usual distance: so far those of a paragraph differ
_FEWEST_BESIDE: Final = 6  # lines on each side of prose and a table
_LINE: Final = 25  # letters in the middle line of running text
_FULL: Final = 0.85  # of the longest line of running text: so far most lines reach,
_MOST: Final = 0.75  # this part of them
_WITHIN: Final = 0.4  # and so many begin or end a sentence within
_STOP: Final = re.compile(r"[^\W\d_]{2}[.!?][”’\"')]? +[^\W\d_]")
_FEWEST_LOOSE: Final = 2  # rows beside it
_MOST_BEGUN: Final = 24  # places where lines begin alike: more are no columns
_WORDS: Final = 3  # in a line of a column that goes on behind a gap,
_SOON: Final = 3  # of the first so many lines there
LEADING: Final = 1.35  # of the usual distance: more, and a paragraph ends


def stretches(rows: list[Row]) -> list[list[Row]]:
    """Return rows in the order in which they are read, columns one after the other."""
    found = _columns(rows)
    if not found:
        return [rows] if rows else []
    gutter, first, last = found
    left, right = ([*half.values()] for half in _halves(rows[first:last], gutter))
    zones = (rows[:first], left, right, rows[last:])
    return [stretch for zone in zones for stretch in stretches(zone)]


def _columns(rows: list[Row]) -> tuple[float, int, int] | None:
    """Return where a page parts in two columns: the place, the first row, the end."""
    best: tuple[float, int, int] | None = None
    for gutter in sorted(_places(rows)):
        for start, end in _clear(rows, gutter):
            first, last = (start + at for at in _trimmed(rows[start:end], gutter))
            longer = best is None or last - first > best[2] - best[1]
            if longer and _are_beside(rows[first:last], gutter):
                best = (gutter, first, last)
    return best


def _places(rows: list[Row]) -> set[float]:
    """Return where columns may part: in a wide gap, or before lines that begin alike.

    Two columns need not share their base lines: then no row of them has a gap. Narrow
    ones leave no place but that which lies close before the lines of the right one.
    """
    begun: Counter[int] = Counter()
    found: set[float] = set()
    for row in rows:
        begun[round(row.parts[0].left)] += 1
        wide = GUTTER * row.size
        for before, after in pairwise(row.parts):
            if after.left - before.right > wide:
                found.add(round((before.right + after.left) / 8) * 4)
                begun[round(after.left)] += 1
    size = median(row.size for row in rows) if rows else 0.0
    for left, count in begun.most_common(_MOST_BEGUN):
        if count >= _FEWEST_LOOSE:
            found |= {round((left - GUTTER * size) / 4) * 4, left - _STRIP * size - 1}
    return found


def _halves(rows: list[Row], gutter: float) -> list[dict[int, Row]]:
    """Return the rows on each side of a place that have words there, by number."""
    sides: tuple[Callable[[Part], bool], ...] = (
        lambda part: part.right <= gutter, lambda part: part.left >= gutter
    )  # fmt: skip
    return [
        {at: Row(parts) for at, row in enumerate(rows)
         if (parts := [*filter(side, row.parts)])}
        for side in sides
    ]  # fmt: skip


def _trimmed(rows: list[Row], gutter: float) -> tuple[int, int]:
    """Return a stretch without what stands on one side of it, over or under both."""
    halves = _halves(rows, gutter)
    if not all(halves) or (top := max(map(min, halves))) > (
        foot := min(map(max, halves))
    ):
        return 0, 0
    start = min(_reached(half, top, down=False) for half in halves)
    return start, 1 + max(_reached(half, foot, down=True) for half in halves)


def _reached(half: dict[int, Row], at: int, *, down: bool) -> int:
    """Return the last row of a side that goes on from a place without a wide gap.

    Behind one, it goes on if a line soon is as long as the column is wide.
    """
    order = sorted(half, reverse=not down)
    steps = [abs(half[a].base - half[b].base) for a, b in pairwise(order)]
    widths = {n: row.parts[-1].right - row.parts[0].left for n, row in half.items()}
    full = _FULL * max(widths.values())
    # Those of several columns among one another stand nearer than lines of type can.
    most = LEADING * max(median(steps or [0.0]), half[order[0]].size)
    reached = order[0]
    for number, step in enumerate(steps, 1):
        each, soon = order[number], order[number : number + _SOON]
        inside = each <= at if down else each >= at
        wide = down and any(
            widths[n] > full and len(half[n].parts) > _WORDS for n in soon
        )
        if not (inside or wide or step <= most):
            break
        reached = each
    return reached


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


def _are_beside(rows: list[Row], gutter: float) -> bool:
    """Say whether rows are two columns, which are read one after the other.

    Both sides are prose; or one is, line by line, and what stands beside it, a table or
    a picture's words, is no part of its lines.
    """
    held = _halves(rows, gutter)
    if not all(held):
        return False
    left, right = held
    top, foot = max(map(min, held)), min(map(max, held))
    both = min(sum(top <= at <= foot for at in half) for half in held)
    fewer = min(map(len, held))
    if both * 3 < fewer:
        return False
    lines = [{at: evened(joined(row.parts)) for at, row in half.items()}
             for half in held]  # fmt: skip
    kinds = [_prose(half.values()) for half in lines]
    if both >= _COLUMN_LINES and all(kinds):
        return True
    if all(map(_is_list, lines)):
        return True
    apart = fewer >= _FEWEST_BESIDE and len(left.keys() & right) < _SHARED * fewer
    return any(
        kind == "filled"
        and _is_even([row.base for row in half.values()])
        and (apart or _is_loose(others, prose))
        for kind, half, prose, others in zip(
            kinds, held, lines, lines[::-1], strict=True
        )
    )


def _running(lines: dict[int, list[Part]]) -> set[int]:
    """Return which full lines go on from the one before, none of what is no prose.

    Its lines are full, and most begin in lower case or have the end of a sentence in
    them. Of a label of two lines one begins so, and its last one is seldom full.
    """
    left = min(line[0].left for line in lines.values())
    full = left + _FULL * (max(line[-1].right for line in lines.values()) - left)
    wide = {at for at, line in lines.items() if line[-1].right > full}
    lower = {at for at, line in lines.items() if line[0].words[:1].islower()}
    within = lower | {at for at, line in lines.items() if _STOP.search(line[0].words)}
    if (
        len(lines) < _FEWEST_BESIDE
        or median(len(line[0].words) for line in lines.values()) < _LINE
        or sum(len(line) > 1 for line in lines.values()) * 10 > len(lines)
        or len(wide) < _MOST * len(lines)
        or len(within) < _WITHIN * len(lines)
    ):
        return set()
    whole = {at for at in wide if len(lines[at]) == 1}
    return whole & lower | {
        at
        for before, at in pairwise(lines)
        if {before, at} <= whole and not is_finished(lines[before][0].words)
    }


def _is_list(lines: dict[int, list[Part]]) -> bool:
    """Say whether lines are the items of a list, the first line with them."""
    begun = [bool(pagerows.BULLET.match(line[0].words)) for line in lines.values()]
    return sum(begun) > 1 and begun[0]


def _is_loose(others: dict[int, list[Part]], prose: dict[int, list[Part]]) -> bool:
    """Say whether most rows stand beside no line of prose, or one that only goes on.

    The number of a paragraph, or the cell of a label, stands beside its first line, and
    the sign of an item beside any.
    """
    running = _running(prose)
    loose = sum(
        at not in prose or at in running
        for at, line in others.items()
        if not (len(line) == 1 and ITEM.fullmatch(line[0].words))
    )
    enough = len(others) >= _FEWEST_LOOSE and loose * 2 > len(others)
    return bool(running) and enough


def _is_even(bases: list[float]) -> bool:
    """Say whether lines stand at one distance; those of the cells of a table do not.

    More than four in five do.

    >>> _is_even([9, 8, 7, 6, 5, 4]), _is_even([9, 8, 7, 6, 5, 2]), _is_even([])
    (True, False, False)
    """
    steps = [a - b for a, b in pairwise(bases)]
    usual = median(steps) if steps else 0.0
    return sum(abs(step - usual) < _EVEN * usual for step in steps) * 5 > len(steps) * 4


def _prose(lines: Collection[list[Part]]) -> str:
    """Say whether lines are prose: of one part each, or of columns that parts fill.

    Cells are short, or several, or of many lengths.
    """
    parts = [line[0] for line in lines if len(line) == 1]
    whole = len(parts) > _WHOLE * len(lines)
    if not whole:
        parts = [part for line in lines for part in line]
    if median(len(part.words) for part in parts) < _COLUMN_LETTERS:
        return ""
    widths = sorted(part.right - part.left for part in parts)
    filled = widths[len(widths) // 2] > _FILLED * widths[len(widths) * 9 // 10]
    if whole:
        return "filled" if filled else "lines"
    return "columns" if filled and len(parts) <= len(lines) * _MOST_COLUMNS else ""
