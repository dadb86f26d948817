"""Lines, columns and rows out of letters that lie on a page.

Letters near each other on one base line are words, words a line. A small word that
touches a bigger one and stands higher or lower is raised or lowered. Where lines part
in the middle all down a stretch of a page, the left side is read before the right;
where their parts are short and stand under each other, they are the cells of a table.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from statistics import median
from typing import Final

from sourcebook.making.scaffold.marked import LOWERED, RAISED, mark
from sourcebook.reading.text.layout import is_finished

# Widths and heights as parts of the size of the type.
_BLANK: Final = 0.15
_FIRM: Final = "\u00a0\u2007\u2009\u202f"  # blanks that may stand within a number
_GUTTER: Final = 1.3  # between two parts of a line that are no two words
_BASE: Final = 0.2  # so far base lines of one line may differ
_SMALL: Final = 0.87
_HIGHER: Final = 0.12
_LOWER: Final = -0.05
_TOUCHES: Final = 0.3
_LEADING: Final = 1.35  # of the usual distance: more, and a paragraph ends
_COLUMN_LINES: Final = 4
_COLUMN_LETTERS: Final = 14  # in the middle line of a column: fewer, and it holds cells
_NOTE: Final = re.compile(  # the mark of a note, or the number of a section, and words
    r"\d{1,3}[\"“‘]?(?:[A-Z][a-z]|A )|\d{1,2}(?:\.\d{1,2})+\.? +[A-Z]"
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
    """The parts on one base line, from left to right."""

    parts: list[Part]

    @property
    def base(self) -> float:
        """Return the base line of its biggest type."""
        return max(self.parts, key=lambda part: part.size).base

    @property
    def size(self) -> float:
        """Return the size of its biggest type."""
        return max(part.size for part in self.parts)


def lines_of(letters: list[Letter]) -> tuple[list[str], list[str]]:
    """Return the lines of a page, "" where a paragraph ends, and what is doubtful."""
    rows = [Row(_joined(row)) for row in _rows(_scripted(_words(letters)))]
    doubts: list[str] = []
    lines: list[str] = []
    for stretch in _stretches(rows):
        made = _told(stretch, doubts)
        if lines and made and _apart(lines[-1], made[0]):
            lines.append("")
        lines += made
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
    parts: list[Part] = []
    for word in words:
        last = parts[-1] if parts else None
        gap = word.left - last.right if last else 0.0
        size = max(word.size, last.size) if last else word.size
        if last is None or gap > _GUTTER * size:
            parts.append(Part(word.words, word.left, word.right, word.base, word.size))
            continue
        apart = " " if gap > _BLANK * size or (word.blank and gap > -_BLANK) else ""
        last.words += f"{apart}{word.words}"
        last.right = max(last.right, word.right)
        last.size = size
    return parts


def _stretches(rows: list[Row]) -> list[list[Row]]:
    """Return rows in the order in which they are read, columns one after the other."""
    found = _columns(rows)
    if not found:
        return [rows] if rows else []
    gutter, first, last = found
    left = [
        Row([p for p in row.parts if p.right <= gutter]) for row in rows[first:last]
    ]
    right = [
        Row([p for p in row.parts if p.left >= gutter]) for row in rows[first:last]
    ]
    return [
        *_stretches(rows[:first]),
        *_stretches([row for row in left if row.parts]),
        *_stretches([row for row in right if row.parts]),
        *_stretches(rows[last:]),
    ]


def _columns(rows: list[Row]) -> tuple[float, int, int] | None:
    """Return where a page parts in two columns: the place, the first row and the end."""
    gaps = [
        (before.right + after.left) / 2
        for row in rows
        for before, after in zip(row.parts, row.parts[1:], strict=False)
    ]
    best: tuple[int, float, int, int] | None = None
    for gutter in {round(gap / 4) * 4 for gap in gaps}:
        for first, last in _clear(rows, gutter):
            both = _sides(rows[first:last], gutter)
            if both >= _COLUMN_LINES and (best is None or both > best[0]):
                best = (both, gutter, first, last)
    return best[1:] if best else None


def _clear(rows: list[Row], gutter: float) -> list[tuple[int, int]]:
    """Return the stretches of rows of which no part crosses a place."""
    found, first = [], None
    for at, row in enumerate([*rows, None]):
        crossed = row is None or any(p.left < gutter < p.right for p in row.parts)
        if crossed and first is not None:
            found.append((first, at))
            first = None
        elif not crossed and first is None:
            first = at
    return found


def _sides(rows: list[Row], gutter: float) -> int:
    """Return how many rows have prose on both sides of a place, 0 if not most have."""
    left = [len(p.words) for row in rows for p in row.parts if p.right <= gutter]
    right = [len(p.words) for row in rows for p in row.parts if p.left >= gutter]
    both = sum(
        row.parts[0].right <= gutter and row.parts[-1].left >= gutter for row in rows
    )
    if not left or not right or both * 3 < min(len(left), len(right)):
        return 0
    prose = min(median(left), median(right)) >= _COLUMN_LETTERS
    return both if prose and len(left) + len(right) < len(rows) * 2.5 else 0


def _told(rows: list[Row], doubts: list[str]) -> list[str]:
    """Return the lines of a stretch: paragraphs, and the rows of tables."""
    lines: list[str] = []
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and (len(rows[end].parts) > 1) == (
            len(rows[at].parts) > 1
        ):
            end += 1
        several = len(rows[at].parts) > 1
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
    return (
        len(rows[at].parts) > 1
        and len(rows[at + 1 : at + 2]) == 1
        and (len(rows[at + 1].parts) > 1)
    )


def _table(rows: list[Row], doubts: list[str]) -> list[str]:
    """Return rows whose parts stand under each other as rows of cells."""
    parts = sorted((p for row in rows for p in row.parts), key=lambda part: part.left)
    columns: list[list[float]] = []
    for part in parts:
        if columns and part.left < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], part.right)
        else:
            columns.append([part.left, part.right])
    if len(columns) < max(len(row.parts) for row in rows):
        doubts.append(f"a table whose cells do not line up: {_row(rows[0], None)[:60]}")
        made = [_row(row, None) for row in rows]
    else:
        made = [_row(row, columns) for row in rows]
    return [line for row in made for line in (row, "")][:-1]


def _row(row: Row, columns: list[list[float]] | None) -> str:
    """Return the cells of a row, empty where a column has none."""
    if columns is None:
        return f"| {' | '.join(part.words for part in row.parts)} |"
    cells = ["" for _ in columns]
    for part in row.parts:
        at = next(n for n, (left, _) in reversed(list(enumerate(columns)))
                  if left <= part.left)  # fmt: skip
        cells[at] = f"{cells[at]} {part.words}".strip()
    return f"| {' | '.join(cells)} |"


def _paragraphs(rows: list[Row]) -> list[str]:
    """Return rows of words as lines, "" where the distance or the type ends them."""
    steps = [a.base - b.base for a, b in zip(rows, rows[1:], strict=False)]
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
