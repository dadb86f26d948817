"""Lines, columns and rows out of letters that lie on a page.

Letters near each other on one base line are words, words a line. A small word that
touches a bigger one and stands higher or lower is raised or lowered. Where lines part
in the middle all down a stretch of a page, the left side is read before the right;
where their parts are short and stand under each other, they are the cells of a table.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Final

from sourcebook.making.scaffold.marked import END, LOWERED, RAISED, mark
from sourcebook.reading.text.layout import is_finished

# Widths and heights as parts of the size of the type.
_BLANK: Final = 0.15
_FIRM: Final = "\u00a0\u2007\u2009\u202f"  # blanks that may stand within a number
_GUTTER: Final = 0.7  # between two parts of a line that are no two words, and
_WIDER: Final = 2.2  # so many times the usual blank of the line, up to that of
_WIDEST: Final = 0.6  # a line set to both margins
_STRIP: Final = 0.35  # of a place between columns, to its left and to its right
_EVEN: Final = 1.4  # so far the blanks of a line set to both margins differ
_BASE: Final = 0.2  # so far base lines of one line may differ
_SMALL: Final = 0.87
_HIGHER: Final = 0.12
_LOWER: Final = -0.05
_TOUCHES: Final = 0.3
_LEADING: Final = 1.35  # of the usual distance: more, and a paragraph ends
_FAR: Final = 2.5
_APART: Final = 0.45  # between two columns of a table
_FEWEST_ROWS: Final = 3  # of a table without figures
_COLUMN_LINES: Final = 4
_COLUMN_LETTERS: Final = 14  # in the middle line of a column: fewer, and it holds cells
_NOTE: Final = re.compile(  # the mark of a note, or the number of a section, and words
    r"\d{1,3}[\"“‘]?(?:[A-Z][a-z]|A )|\d{1,2}(?:\.\d{1,2})+\.? +[A-Z]"
)
_LEADERS: Final = re.compile(r"(?:\. ?){5}|…{2}")
# The number or the sign of an item, set apart from its words.
_ITEM: Final = re.compile(
    rf"\(?(?:\d{{1,3}}|[a-z]|[ivx]{{1,5}})[.)]|[•▪‣·*–—-]|{RAISED}\d{{1,3}}{END}"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A sign on a page: where it begins and ends, its base line, the size of type."""

    sign: str
    left: float
    right: float
    base: float
    size: float


@dataclass(slots=True)
class Part:
    """Words beside each other on one line, without a wide gap."""

    words: str
    left: float
    right: float
    base: float
    size: float
    blank: bool = False  # whether a blank was printed before it


@dataclass(slots=True)
class Row:
    """The parts on one base line, from left to right, and the words they are of."""

    parts: list[Part]
    words: list[Part] = field(default_factory=list)

    @property
    def base(self) -> float:
        """Return the base line of most of its type."""
        return max(self.parts, key=lambda part: len(part.words)).base

    @property
    def size(self) -> float:
        """Return the size of most of its type."""
        return max(self.parts, key=lambda part: len(part.words)).size

    @property
    def celled(self) -> bool:
        """Say whether it has several parts, and no dots that lead from one to one."""
        return len(self.parts) > 1 and not any(
            _LEADERS.search(part.words) for part in self.parts
        )


def lines_of(letters: list[Letter]) -> tuple[list[str], list[str]]:
    """Return the lines of a page, "" where a paragraph ends, and what is doubtful."""
    rows = [Row(row) for row in _rows(_scripted(_words(letters)))]
    doubts: list[str] = []
    lines: list[str] = []
    last: Row | None = None
    for stretch in _stretches(rows):
        made = _told(_settled(stretch), doubts)
        # From the foot of a column a sentence may go on at the head of the next.
        if last and (stretch[0].base < last.base or _apart(lines[-1], made[0])):
            lines.append("")
        lines += made
        last = stretch[-1]
    return lines, doubts


def _apart(line: str, after: str) -> bool:
    return line.startswith("|") or after.startswith("|")


def _words(letters: list[Letter]) -> list[Part]:
    """Return letters as words, in the order in which the file has them."""
    words: list[Part] = []
    blank = True
    for each in letters:
        if each.sign.isspace() and each.sign not in _FIRM:
            blank = True
            continue
        last = words[-1] if words else None
        if (
            last
            and not blank
            and abs(each.base - last.base) < 0.04 * each.size
            and abs(each.size - last.size) < 0.04 * each.size
            and -0.5 * each.size < each.left - last.right < _BLANK * each.size
        ):
            last.words += each.sign
            last.right = max(last.right, each.right)
        else:
            words.append(
                Part(each.sign, each.left, each.right, each.base, each.size, blank)
            )
        blank = False
    return words


def _scripted(words: list[Part]) -> list[Part]:
    """Return words with marks around those that are raised or lowered.

    They take the base line and the size of the word that they touch.
    """
    by_end = sorted(words, key=lambda word: word.right)
    ends = [word.right for word in by_end]
    for word in words:
        if len(word.words) > 6:
            continue
        reach = word.size * _TOUCHES / _SMALL
        at = bisect_left(ends, word.left - reach)
        while at < len(by_end) and by_end[at].right <= word.left + reach:
            host = by_end[at]
            at += 1
            rise = (word.base - host.base) / host.size
            if host is word or word.size > host.size * _SMALL or not -0.5 < rise < 0.8:
                continue
            if rise > _HIGHER or rise < _LOWER:
                word.words = mark(RAISED if rise > 0 else LOWERED, word.words)
                word.base, word.size = host.base, host.size
                word.blank = word.left - host.right > _BLANK * host.size
                break
    return words


def _rows(words: list[Part]) -> list[list[Part]]:
    """Return words by base line from top to bottom, each line from left to right."""
    rows: list[list[Part]] = []
    for word in sorted(words, key=lambda word: (-word.base, word.left)):
        last = rows[-1] if rows else None
        if last and abs(last[0].base - word.base) < _BASE * max(
            word.size, last[0].size
        ):
            last.append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _joined(words: list[Part]) -> list[Part]:
    """Return the words of a line joined up to each wide gap."""
    gaps = [b.left - a.right for a, b in pairwise(words)]
    blanks = [gap for gap, word in zip(gaps, words[1:], strict=True)
              if gap > _BLANK * word.size]  # fmt: skip
    usual = sorted(blanks)[len(blanks) // 4] if len(blanks) > 2 else 0.0
    parts: list[Part] = []
    for word in words:
        last = parts[-1] if parts else None
        gap = word.left - last.right if last else 0.0
        size = max(word.size, last.size) if last else word.size
        if last is None or gap > max(
            _GUTTER * size, _WIDER * min(usual, _WIDEST * size)
        ):
            parts.append(replace(word))
            continue
        apart = " " if gap > _BLANK * size or (word.blank and gap > -_BLANK) else ""
        last.words += f"{apart}{word.words}"
        last.right = max(last.right, word.right)
        if len(word.words) > len(last.words):
            last.size, last.base = word.size, word.base
    return parts


def _settled(rows: list[Row]) -> list[Row]:
    """Return rows with their words joined, lines set to both margins as one part.

    A row of single words at even distances may be such a line or the head of a table:
    the row below it says which, or the one above.
    """
    joined = [Row(_joined(row.parts), row.parts) for row in rows]
    out = []
    for at, row in enumerate(joined):
        beside = joined[at + 1] if at + 1 < len(joined) else joined[at - 1]
        cells = beside is not row and len(beside.parts) > 1
        out.append(row if cells else Row(_evened(row.parts), row.words))
    return out


def _evened(parts: list[Part]) -> list[Part]:
    """Return the words of a line as one part where all its gaps are alike.

    A line of few words is spread over the whole width; a row of figures may be, too.
    """
    gaps = [b.left - a.right for a, b in pairwise(parts)]
    several = any(" " in part.words for part in parts)
    figures = sum(not re.search(r"[^\W\d_]{2}", part.words) for part in parts)
    alike = len(gaps) > 1 and max(gaps) < _EVEN * max(min(gaps), 0.01)
    if not alike or several or figures * 4 > len(parts):
        return parts
    first, last = parts[0], parts[-1]
    joined = " ".join(part.words for part in parts)
    return [replace(first, words=joined, right=last.right)]


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
    """Return where a page parts in two columns: the place, the first row and the end."""
    gaps = [
        (before.right + after.left) / 2
        for row in rows
        for before, after in pairwise(row.parts)
        if after.left - before.right > _GUTTER * row.size
    ]
    best: tuple[int, float, int, int] | None = None
    for gutter in {round(gap / 4) * 4 for gap in gaps}:
        for start, end in _clear(rows, gutter):
            first, last = _trimmed(rows, start, end, gutter)
            both = _sides(rows[first:last], gutter)
            if both >= _COLUMN_LINES and (best is None or both > best[0]):
                best = (both, gutter, first, last)
    return best[1:] if best else None


def _trimmed(
    rows: list[Row], first: int, last: int, gutter: float
) -> tuple[int, int]:
    """Return a stretch without what stands on one side of it, over or under both."""
    inner = [at for at in range(first, last)
             if _left(rows[at], gutter).parts and _right(rows[at], gutter).parts]  # fmt: skip
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
        [_evened(_joined(half)) for row in rows if (half := side(row, gutter).parts)]
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
        doubts.append(f"a table whose cells do not line up: {' | '.join(cells[0])[:60]}")
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
    return [" ".join(part.words for part in _joined(words)) for words in held]


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
