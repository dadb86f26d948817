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
from sourcebook.authoring.drawn_tables import Box, part_drawn
from sourcebook.authoring.marked import DOUBT, LEFT, mark
from sourcebook.authoring.pagecolumns import LEADING, stretches
from sourcebook.authoring.pagerows import FIGURE, Letter, Part, Row, joined
from sourcebook.reading.text.layout import is_finished

# Widths and heights as parts of the size of the type.
_APART: Final = 0.45  # between two columns of a table
_OTHER: Final = 0.12  # the difference of two sizes of type
_NEAREST: Final = 0.75  # between two lines of one column
_BELOW: Final = 4.0  # a column, what goes on with it
_FEWEST_NEAR: Final = 2  # of them, before a page is doubted
_FEWEST_ROWS: Final = 3  # of a table without figures
_FEWEST_FIGURES: Final = 3  # in a row without a label
_SENTENCES: Final = 25  # letters in the middle cell: more, and it may be a line
_FEWEST_COUNTED: Final = 15  # lines, before their numbers are told from a table's, and
_COUNTED: Final = 14  # letters in the middle one
_NOTE: Final = re.compile(  # the mark of a note, or the number of a section, and words
    r"\d{1,3}[\"“‘]?(?:[A-Z][a-z]|A )|\d{1,2}(?:\.\d{1,2})+\.? +[A-Z]"
)
_LISTED: Final = re.compile(r"\d{1,3}[.)] +[A-Z“‘]")


def lines_of(
    letters: list[Letter], drawn: Iterable[Box] = ()
) -> tuple[list[str], list[str]]:
    """Return a page's lines, "" where a paragraph ends, and marks of what to tell.

    ``drawn`` are the boxes of its lines and frames, in the axes of the letters.
    """
    words = pagerows.with_initials(pagerows.words_of(letters))
    words, boxes = part_drawn(pagerows.scripted(words), drawn)
    every = [Row(row) for row in pagerows.rows_of(words)]
    rows = _unnumbered(every)
    lines: list[str] = []
    last: Row | None = None
    doubts: list[str] = []
    framed = [[*map(Row, pagerows.rows_of(box))] for box in boxes]
    framed.sort(key=lambda box: min(row.parts[0].left for row in box))
    bases = [row.base for box in framed for row in box]
    above = [row for row in rows if bases and row.base > max(bases)]
    below = [row for row in rows if bases and row.base < min(bases)]
    if len(above) + len(below) < len(rows):  # some stand beside, and are read first
        above, below = rows, []
    read = [each for part in (above, *framed, below) for each in stretches(part)]
    if len(framed) > 1:
        first_words = " ".join(part.words for part in framed[0][0].parts)
        doubts.append(f"frames beside each other or others: {first_words[:60]}")
    for at, stretch in enumerate(read):
        if any(_goes_on(each, stretch) for each in read[: max(0, at - 1)]):
            first = " ".join(part.words for part in stretch[0].parts)
            doubts.append(
                f"read after the column beside what it stands under: {first[:60]}"
            )
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


def _goes_on(column: list[Row], under: list[Row]) -> bool:
    """Say whether rows are as wide as those of a column and stand close below it."""
    size = column[-1].size
    (left, right), (first, last) = (
        (
            min(row.parts[0].left for row in rows),
            max(row.parts[-1].right for row in rows),
        )
        for rows in (column, under)
    )
    near = 0 < column[-1].base - under[0].base < _BELOW * size
    return near and abs(left - first) < size and abs(right - last) < size


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
        FIGURE.fullmatch(part.words) for part in row.parts
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
