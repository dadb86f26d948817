"""Tables and boxes of a page, by the rules and frames that are drawn around them.

A cell of several lines is one cell, and one that spans several rows or columns stands
in each. What is drawn need be no table: a chart, a frame around a page, shades behind
lines; those are left to the places of their words.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from statistics import median
from typing import Final

from sourcebook.authoring import pagerows
from sourcebook.authoring.marked import SPLIT, mark
from sourcebook.authoring.pagerows import FIGURE, Part, joined

_RULE: Final = 3.0  # points: so wide a line between cells is, and so far one may miss
_SHORT: Final = 8.0  # and so short none is
_CELL: Final = 600  # letters in one: more, and it is no cell of a table
_MOST_RULES: Final = 1_500  # more are a drawing
_MOST_CELLS: Final = 4_000
_FEWEST_SIDES: Final = 3  # of two rows, or columns
_HALVES: Final = re.compile(r"([^\W\d_]{2,})- ([^\W\d_]+)")

Box = tuple[float, float, float, float]  # left, bottom, right, top
Cell = tuple[int, int]  # its row, from below, and its column


def part_drawn(
    words: list[Part], drawn: Iterable[Box]
) -> tuple[list[Part], list[list[Part]]]:
    """Return words, those in a table of drawn cells as one part for each row.

    And the words of each frame beside which others stand: they are read after those.
    """
    rules = sorted({
        (round(rule[0]), round(rule[1]), round(rule[2]), round(rule[3]))
        for box in drawn
        for rule in _sides(*box)
        if max(rule[2] - rule[0], rule[3] - rule[1]) > _SHORT
    })  # fmt: skip
    tables: list[list[Box]] = []
    for rule in rules if len(rules) < _MOST_RULES else ():
        met = [table for table in tables if any(_meet(rule, each) for each in table)]
        tables = [table for table in tables if table not in met]
        tables.append([rule, *(each for table in met for each in table)])
    boxes: list[list[Part]] = []
    for table in tables:
        words = _celled(words, table)
        inside, rest = _framed(words, table, [each for box in boxes for each in box])
        if inside:
            boxes.append(inside)
            words = rest
    return words, boxes


def _sides(left: float, low: float, right: float, top: float) -> list[Box]:
    """Return the sides of a box; one line for a box that is as thin as a line."""
    x, y = (left + right) / 2, (low + top) / 2
    if min(right - left, top - low) < _RULE:
        return [(x, low, x, top) if right - left < _RULE else (left, y, right, y)]
    across = [(left, each, right, each) for each in (low, top)]
    return [*across, *((each, low, each, top) for each in (left, right))]


def _framed(
    words: list[Part], frame: list[Box], boxed: list[Part]
) -> tuple[list[Part], list[Part]]:
    """Return the words in a frame of some lines beside others, and those around it."""
    left, right = min(rule[0] for rule in frame), max(rule[2] for rule in frame)
    low, top = min(rule[1] for rule in frame), max(rule[3] for rule in frame)
    level = [word for word in words if low < word.base < top]
    inside = [word for word in level if left - 1 < word.left and word.right < right + 1]
    lines = len(pagerows.rows_of(inside))
    beside = len(inside) < len(level) or any(low < word.base < top for word in boxed)
    if len(frame) > 4 or lines < _FEWEST_SIDES or not beside:
        return [], words
    held = {id(word) for word in inside}
    rest = [word for word in words if id(word) not in held]
    return (inside, rest) if len(inside) < len(rest) else ([], words)


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] + _RULE
        and other[0] < one[2] + _RULE
        and one[1] < other[3] + _RULE
        and other[1] < one[3] + _RULE
    )


def _places(values: Iterable[float]) -> list[float]:
    """Return places in their order, those that lie as near as two sides of a rule once.

    >>> _places([5.0, 99.5, 4.0])
    [4.0, 99.5]
    """
    places: list[float] = []
    for value in sorted(values):
        if not places or value > places[-1] + _RULE:
            places.append(value)
    return places


def _celled(words: list[Part], table: list[Box]) -> list[Part]:
    """Return words, those in a table one part a row; a cell that spans is in each.

    Rules that part no rows, as of a chart or around columns, make no table.
    """
    xs = _places(x for rule in table for x in (rule[0], rule[2]))
    ys = _places(y for rule in table for y in (rule[1], rule[3]))
    if min(len(xs), len(ys)) < _FEWEST_SIDES or len(xs) * len(ys) > _MOST_CELLS:
        return words
    cells = _cells_between(xs, ys, table)
    placed: dict[Cell, list[Part]] = {}
    rest: list[Part] = []
    for word in words:
        row = bisect_right(ys, word.base + word.size / 4) - 1
        at = bisect_right(xs, (word.left + word.right) / 2) - 1
        inside = placed.setdefault((row, at), []) if (row, at) in cells else rest
        inside.append(word)
    for _ in range(2):
        held: dict[Cell, list[Part]] = {}
        for place, inside in placed.items():
            held.setdefault(cells[place], []).extend(inside)
        lined = {
            cell: [pagerows.evened(joined(row)) for row in pagerows.rows_of(inside)]
            for cell, inside in held.items()
        }
        wide = {cell for cell, rows in lined.items() if max(map(len, rows)) > 1}
        if not wide:
            break
        # A gap parts cells where a rule is missing.
        cells |= {place: place for place, cell in cells.items() if cell in wide}
    said = {cell: [parts[0].words for parts in rows] for cell, rows in lined.items()}
    rows = _with_words(cells, said, len(xs) - 1)
    several = sum(len(said.keys() & row) > 1 for row in rows)
    few = len(held) * 2 < len({*cells.values()}) or several * 2 < len(rows)
    if wide or few or any(map(_holds_rows, said.values())):
        return words
    size = median(word.size for inside in held.values() for word in inside)
    for cells_of, at in rows.items():
        line = [_HALVES.sub(_halves, " ".join(said.get(cell, ()))) for cell in cells_of]
        made, base = f"| {' | '.join(line)} |", (ys[at] + ys[at + 1]) / 2
        rest.append(Part(made, xs[0], xs[-1], base, size))
    return rest


def _with_words(
    cells: dict[Cell, Cell], said: Collection[Cell], across: int
) -> dict[tuple[Cell, ...], int]:
    """Return the rows of a table that have words, in columns that do, and their places.

    Rules of a frame lie beside those of its cells, with no words between.
    """
    columns: list[list[Cell]] = []
    for at in range(across):
        column = [cell for (_, n), cell in cells.items() if n == at]
        both = [*zip(columns[-1] if columns else column, column, strict=True)]
        if columns and all(a == b or not {a, b} <= set(said) for a, b in both):
            column = [b if b in said else a for a, b in both]
            columns.pop()
        columns.append(column)
    rows = {row: at for at, row in enumerate(zip(*columns, strict=True))}
    return {row: at for row, at in rows.items() if set(said) & set(row)}


def _cells_between(
    xs: list[float], ys: list[float], rules: list[Box]
) -> dict[Cell, Cell]:
    """Return each place of a grid, and the first that no rule parts from it."""
    walls = set()
    for left, low, right, top in rules:
        row, at = (bisect_right(places, start) - 1
                   for places, start in ((ys, low), (xs, left)))  # fmt: skip
        if left == right:
            walls |= {
                (n, at, "left") for n in range(row, len(ys)) if ys[n] < top - _RULE
            }
        else:
            walls |= {
                (row, n, "low") for n in range(at, len(xs)) if xs[n] < right - _RULE
            }
    cells: dict[Cell, Cell] = {}
    for row in range(len(ys) - 1):
        for at in range(len(xs) - 1):
            near = [cells[place] for place, side in (((row, at - 1), "left"),
                                                     ((row - 1, at), "low"))
                    if place in cells and (row, at, side) not in walls]  # fmt: skip
            cells[row, at] = near[0] if near else (row, at)
            if len(near) > 1 and near[0] != near[1]:
                cells |= {place: near[0] for place, cell in cells.items()
                          if cell == near[1]}  # fmt: skip
    return cells


def _holds_rows(lines: list[str]) -> bool:
    """Say whether lines are those of several cells, or of more than a cell."""
    figures = sum(FIGURE.fullmatch(line) is not None for line in lines)
    begun = len(lines) > 2 and not any(line[:1].islower() for line in lines)
    return figures > 1 or begun or sum(map(len, lines)) > _CELL


def _halves(found: re.Match[str]) -> str:
    return mark(SPLIT, f"{found[1]}-{found[2]}")
