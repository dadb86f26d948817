"""Rows of a page in the order in which people read them, as lines, cells, paragraphs.

Columns are read one after the other (see `pagecolumns`); rows whose words are few and
stand under each other are those of a table. What cannot be told is a doubt.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from sourcebook.authoring import pagerows
from sourcebook.authoring.marked import DOUBT, LEFT, SPLIT, mark
from sourcebook.authoring.pagecolumns import LEADING, stretches
from sourcebook.authoring.pagerows import Letter, Part, Row, joined
from sourcebook.reading.text.layout import is_finished

# Widths and heights as parts of the size of the type.
_APART: Final = 0.45  # between two columns of a table
_OTHER: Final = 0.12  # the difference of two sizes of type
_NEAREST: Final = 0.75  # between two lines of one column
_FEWEST_NEAR: Final = 2  # of them, before a page is doubted
_FEWEST_ROWS: Final = 3  # of a table without figures
_FEWEST_FIGURES: Final = 3  # in a row without a label
_SENTENCES: Final = 25  # letters in the middle cell: more, and it may be a line
_FEWEST_COUNTED: Final = 15  # lines, before their numbers are told from a table's, and
_COUNTED: Final = 14  # letters in the middle one
_NOTE: Final = re.compile(  # the mark of a note, or the number of a section, and words
    r"\d{1,3}[\"“‘]?(?:[A-Z][a-z]|A )|\d{1,2}(?:\.\d{1,2})+\.? +[A-Z]"
)
_FIGURE: Final = re.compile(r"[^\w\n]{0,3}\d[\d.,\u00a0 ]*[^\w\n]{0,3}")
_LISTED: Final = re.compile(r"\d{1,3}[.)] +[A-Z“‘]")


_RULE: Final = 3.0  # points: so wide a line between cells is, and so far one may miss
_SHORT: Final = 8.0  # and so short none is
_CELL: Final = 600  # letters in one: more, and it is no cell of a table
_MOST_RULES: Final = 1_000  # more are a drawing
_MOST_CELLS: Final = 4_000
_FEWEST_SIDES: Final = 3  # of two rows, or columns
_HALVES: Final = re.compile(r"([^\W\d_]{2,})- ([^\W\d_]+)")

Box = tuple[float, float, float, float]  # left, bottom, right, top


def lines_of(
    letters: list[Letter], drawn: Iterable[Box] = ()
) -> tuple[list[str], list[str]]:
    """Return a page's lines, "" where a paragraph ends, and marks of what to tell.

    ``drawn`` are the boxes of its lines and frames, in the axes of the letters.
    """
    words = pagerows.with_initials(pagerows.words_of(letters))
    words = _ruled(pagerows.scripted(words), drawn)
    every = [Row(row) for row in pagerows.rows_of(words)]
    rows = _unnumbered(every)
    doubts: list[str] = []
    lines: list[str] = []
    last: Row | None = None
    for stretch in stretches(rows):
        made = _told(pagerows.settled(stretch), doubts)
        # From the foot of a column a sentence may go on at the head of the next.
        if last and (
            stretch[0].base < last.base
            or _is_other(last, stretch[0])
            or _apart(lines[-1], made[0])
        ):
            lines.append("")
        lines += made
        last = stretch[-1]
    told = [mark(DOUBT, words) for words in doubts]
    if rows is not every:
        told.append(mark(LEFT, "left out the numbers of its lines"))
    return lines, told


def _ruled(words: list[Part], drawn: Iterable[Box]) -> list[Part]:
    """Return words, those in a table of drawn cells as one part for each row."""
    rules = sorted({
        (round(rule[0]), round(rule[1]), round(rule[2]), round(rule[3]))
        for left, low, right, top in drawn
        for rule, length in (
            *(((left, y, right, y), right - left) for y in (low, top)),
            *(((x, low, x, top), top - low) for x in (left, right)),
        )
        if length > _SHORT
    })  # fmt: skip
    tables: list[list[Box]] = []
    for rule in rules if len(rules) < _MOST_RULES else ():
        met = [table for table in tables if any(_meet(rule, each) for each in table)]
        tables = [table for table in tables if table not in met]
        tables.append([rule, *(each for table in met for each in table)])
    for table in tables:
        words = _celled(words, table)
    return words


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
    placed: dict[tuple[int, int], list[Part]] = {}
    rest: list[Part] = []
    for word in words:
        row = bisect_right(ys, word.base + word.size / 4) - 1
        at = bisect_right(xs, (word.left + word.right) / 2) - 1
        inside = placed.setdefault((row, at), []) if (row, at) in cells else rest
        inside.append(word)
    for _ in range(2):
        held: dict[tuple[int, int], list[Part]] = {}
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
    few = len(held) * 2 < len(set(cells.values()))
    if wide or few or any(map(_holds_rows, said.values())):
        return words
    for row, (low, top) in enumerate(pairwise(ys)):
        of_row = [cells[row, at] for at in range(len(xs) - 1)]
        line = [_HALVES.sub(_halves, " ".join(said.get(cell, ()))) for cell in of_row]
        if any(line):
            size = min(word.size for cell in of_row for word in held.get(cell, ()))
            made = f"| {' | '.join(line)} |"
            rest.append(Part(made, xs[0], xs[-1], (low + top) / 2, size))
    return rest


def _cells_between(
    xs: list[float], ys: list[float], rules: list[Box]
) -> dict[tuple[int, int], tuple[int, int]]:
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
    cells: dict[tuple[int, int], tuple[int, int]] = {}
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
    figures = sum(_FIGURE.fullmatch(line) is not None for line in lines)
    begun = len(lines) > 2 and not any(line[:1].islower() for line in lines)
    return figures > 1 or begun or sum(map(len, lines)) > _CELL


def _halves(found: re.Match[str]) -> str:
    return mark(SPLIT, f"{found[1]}-{found[2]}")


def _unnumbered(rows: list[Row]) -> list[Row]:
    """Return the rows of a page whose lines are counted from 1 without the numbers.

    So transcripts and bills are printed. The rows of a table have several cells.
    """
    counted: list[Row] = []
    for row in rows:
        if row.parts[0].words == str(len(counted) + 1):
            counted.append(row)
    rest = [joined(row.parts[1:]) for row in counted if len(row.parts) > 1]
    if (
        len(counted) < _FEWEST_COUNTED
        or len(counted) * 5 < len(rows) * 4
        or sum(len(parts) > 1 for parts in rest) * 2 > len(rest)
        or median(len(parts[0].words) for parts in rest) < _COUNTED
    ):
        return rows
    numbers = {id(row) for row in counted}
    bare = (Row(row.parts[1:]) if id(row) in numbers else row for row in rows)
    return [row for row in bare if row.parts]


def _apart(line: str, after: str) -> bool:
    return line.startswith("|") or after.startswith("|")


def _is_other(row: Row, after: Row) -> bool:
    """Say whether a row is in type of another size."""
    return abs(row.size - after.size) > row.size * _OTHER


def _is_too_near(row: Row, after: Row) -> bool:
    """Say whether a line stands higher than it can under another of its column."""
    words = min(sum(len(part.words) for part in each.parts) for each in (row, after))
    size = max(row.size, after.size)
    return words > _SENTENCES and row.base - after.base < _NEAREST * size


def _told(rows: list[Row], doubts: list[str]) -> list[str]:
    """Return the lines of a stretch: paragraphs, and the rows of tables."""
    lines: list[str] = []
    near = [b for a, b in pairwise(rows) if _is_too_near(a, b)]
    for a, b, c in zip(rows, rows[1:], rows[2:], strict=False):
        size = min(a.size, b.size, c.size)
        if b.celled and not a.celled and a.base - c.base < 2 * _NEAREST * size:
            cells = " | ".join(part.words for part in b.parts)
            doubts.append(f"cells amid the lines of another: {cells[:60]}")
            break
    if len(near) >= _FEWEST_NEAR:
        words = " ".join(part.words for part in near[0].parts)
        doubts.append(f"lines too near to be of one column: {words[:60]}")
    for ruled, group in groupby(rows, lambda row: row.parts[0].words.startswith("| ")):
        some = list(group)
        made = (
            _parted([each.parts[0].words for each in some])
            if ruled
            else _unruled(some, doubts)
        )
        lines += ["", *made] if lines and _apart(lines[-1], made[0]) else made
    return lines


def _parted(lines: list[str]) -> list[str]:
    """Return the rows of a table as lines with a blank one between two."""
    return [each for line in lines for each in (line, "")][:-1]


def _unruled(rows: list[Row], doubts: list[str]) -> list[str]:
    """Return the lines of paragraphs, and of tables whose cells no lines part."""
    lines: list[str] = []
    at = 0
    while at < len(rows):
        end, begins = at + 1, _begins_table(rows, at)
        while end < len(rows) and (
            rows[end].celled if begins else not _begins_table(rows, end)
        ):
            end += 1
        made = _table(rows[at:end], doubts) if begins else _paragraphs(rows[at:end])
        if lines and made and _apart(lines[-1], made[0]):
            lines.append("")
        lines += made
        at = end
    return lines


def _begins_table(rows: list[Row], at: int) -> bool:
    next_too = at + 1 < len(rows) and rows[at + 1].celled
    return rows[at].celled and (next_too or _is_of_figures(rows[at]))


def _is_of_figures(row: Row) -> bool:
    """Say whether a row is figures alone, whose label stands above or on two lines."""
    return len(row.parts) >= _FEWEST_FIGURES and all(
        _FIGURE.fullmatch(part.words) for part in row.parts
    )


def _table(rows: list[Row], doubts: list[str]) -> list[str]:
    """Return rows whose words stand under each other as rows of cells."""
    figures = any(re.search(r"\d", part.words) for row in rows for part in row.parts)
    listed = all(
        len(row.parts) == 2 and pagerows.ITEM.fullmatch(row.parts[0].words)
        for row in rows
    )
    if listed or (len(rows) < _FEWEST_ROWS and not figures):
        return _paragraphs(rows)
    cells = [[part.words for part in row.parts] for row in rows]
    if median(len(cell) for row in cells for cell in row) > _SENTENCES:
        doubts.append(f"a table of sentences, or columns: {' | '.join(cells[0])[:60]}")
    elif run := next((b for a, b in pairwise(cells) if _runs_on(a, b)), None):
        doubts.append(f"lines that run on beside cells: {' | '.join(run)[:60]}")
    columns: list[list[float]] = []
    for word in sorted((w for row in rows for w in row.words), key=lambda w: w.left):
        if columns and word.left < columns[-1][1] + _APART * word.size:
            columns[-1][1] = max(columns[-1][1], word.right)
        else:
            columns.append([word.left, word.right])
    if len(columns) < max(len(row.parts) for row in rows):
        doubts.append(
            f"a table whose cells do not line up: {' | '.join(cells[0])[:60]}"
        )
    else:
        cells = [_cells(row, columns) for row in rows]
    return _parted([f"| {' | '.join(row)} |" for row in cells])


def _runs_on(cells: list[str], after: list[str]) -> bool:
    """Say whether a line of prose, or of two boxes, goes on in the next row."""
    boxes = sum(
        before.count(" ") > 1 and before[0].isupper() and below[:1].islower()
        for before, below in zip(cells, after, strict=False)
    )
    return boxes > 1 or any(
        len(cells[at]) > _SENTENCES < len(after[at]) and after[at][0].islower()
        for at in {0, -1}
    )


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
        far = usual > 0 and row.base - after.base > usual * LEADING
        if far or _is_other(row, after):
            lines.append("")
    return part_lines(lines)


def part_lines(lines: list[str]) -> list[str]:
    """Return lines with a blank one after the last line of each paragraph.

    A line is a last one if the next word would have fitted beside it: after a full stop
    with some room left, without one (a title, a cell) with plenty; or if what follows
    it begins with the mark of a note or the number of a section or of an item.
    """
    lengths = sorted(map(len, lines))
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    parted = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        parted.append(line)
        room = width - len(line) - len(after.partition(" ")[0]) - 1
        needed = width / 8 if is_finished(line) else width * 2 / 5
        ends = after and not after[0].islower() and room > needed
        listed = is_finished(line) and _LISTED.match(after)
        if line and (ends or listed or _NOTE.match(after)):
            parted.append("")
    return parted
