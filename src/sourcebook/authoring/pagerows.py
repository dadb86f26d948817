"""Letters that lie on a page as words, and words as the rows of a page.

Letters near each other on one base line are words. A small word that touches a bigger
one and stands higher or lower is raised or lowered. Words on one base line are a row;
`joined` makes parts of it, up to each gap that is wider than a blank.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from sourcebook.authoring.marked import END, LOWERED, RAISED, mark
from sourcebook.reading.numbers.digit_groups import FIRM

# Widths and heights as parts of the size of the type.
_BLANK: Final = 0.15
_SELDOM: Final = 20  # letters to one of them, if they do
GUTTER: Final = 0.7  # between two parts of a line that are no two words, and
_WIDER: Final = 2.2  # so many times the usual blank of the line, up to that of
_WIDEST: Final = 0.6  # a line set to both margins
_EVEN: Final = 1.4  # so far the blanks of a line set to both margins differ
_BASE: Final = 0.2  # so far base lines of one line may differ
_SMALL: Final = 0.87
_HIGHER: Final = 0.12
_LOWER: Final = -0.05
_TOUCHES: Final = 0.3
_INITIAL: Final = 2  # signs of one, and so many times the size of its word
_LARGER: Final = 1.6
_DOT: Final = 0.28  # the width of one, and more
_DOTS: Final = re.compile(r"\.{3,}$|^\.+$|…+$")
_LEADERS: Final = re.compile(r"(?:\. ?){5}|…{2}")
BULLET: Final = re.compile("[•▪‣·●○■\uf020-\uf0ff]")
FIGURE: Final = re.compile(r"[^\w\n]{0,3}\d[\d.,\u00a0 ]*[^\w\n]{0,3}")
# The number or the sign of an item, set apart from its words.
ITEM: Final = re.compile(
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
        """Say whether it has several cells: no item of a list, no dots that lead on."""
        item = len(self.parts) == 2 and BULLET.fullmatch(self.parts[0].words)
        return (
            len(self.parts) > 1
            and not item
            and not any(_LEADERS.search(part.words) for part in self.parts)
        )


def words_of(letters: list[Letter]) -> list[Part]:
    """Return letters as words, in the order in which the file has them."""
    words: list[Part] = []
    blank = True
    # Some programs print no other blank than the one that parts no number.
    common = sum(each.sign in FIRM for each in letters) * _SELDOM > len(letters)
    firm = "" if common else FIRM
    for each in letters:
        if each.sign.isspace() and each.sign not in firm:
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


def with_initials(words: list[Part]) -> list[Part]:
    """Return words, each that a large initial begins as one, on its first line.

    Such an initial hangs over some lines: by its base line it is of the last of them.
    """
    by_start = sorted(words, key=lambda word: word.left)
    starts = [word.left for word in by_start]
    begun: set[int] = set()
    for large in words:
        if len(large.words) > _INITIAL or not large.words[-1].isupper():
            continue
        beside = [
            word
            for word in by_start[_within(starts, large.right, large.size * _TOUCHES)]
            if large.size > _LARGER * word.size
            and -word.size / 2 < word.base - large.base < large.size
        ]
        word = max(beside, key=lambda word: word.base, default=large)
        if any(each.base < word.base - word.size for each in beside):
            word.words = f"{large.words}{' ' * word.blank}{word.words}"
            word.left = large.left
            begun.add(id(large))
    return [word for word in words if id(word) not in begun]


def scripted(words: list[Part]) -> list[Part]:
    """Return words with marks around those that are raised or lowered.

    They take the base line and the size of the word that they touch, which ends where
    they begin; or begins where they end, as that of a note at the foot of a page does.
    """
    by_end = sorted(words, key=lambda word: word.right)
    ends = [word.right for word in by_end]
    by_start = sorted(words, key=lambda word: word.left)
    starts = [word.left for word in by_start]
    for word in words:
        if len(word.words) > 6:
            continue
        reach = word.size * _TOUCHES / _SMALL
        hosts = by_end[_within(ends, word.left, reach)]
        if word.words.isdecimal():  # and a blank may stand between
            hosts += by_start[_within(starts, word.right, 2 * reach)]
        for host in hosts:
            rise = (word.base - host.base) / host.size
            if word.size > host.size * _SMALL or not -0.5 < rise < 0.8:
                continue
            kind = RAISED if rise > _HIGHER else LOWERED if rise < _LOWER else ""
            if kind:
                word.words = mark(kind, word.words)
                word.base, word.size = host.base, host.size
                word.blank = word.left - host.right > _BLANK * host.size
                break
    return words


def _within(places: list[float], at: float, reach: float) -> slice:
    return slice(bisect_left(places, at - reach), bisect_right(places, at + reach))


def rows_of(words: list[Part]) -> list[list[Part]]:
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


def joined(words: list[Part]) -> list[Part]:
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
            GUTTER * size, _WIDER * min(usual, _WIDEST * size)
        ):
            parts.append(replace(word))
            continue
        apart = " " if gap > _BLANK * size or (word.blank and gap > -_BLANK) else ""
        last.words += f"{apart}{word.words}"
        last.right = max(last.right, word.right)
    return parts


def settled(rows: list[Row]) -> list[Row]:
    """Return rows with their words joined, lines set to both margins as one part.

    A row of single words at even distances may be such a line or the head of a table:
    the row below it says which, or the one above.
    """
    lines = [Row(joined(words), words) for words in map(_unled, rows)]
    out = []
    for at, row in enumerate(lines):
        beside = lines[at + 1] if at + 1 < len(lines) else lines[at - 1]
        cells = beside is not row and len(beside.parts) > 1
        out.append(row if cells else Row(evened(row.parts), row.words))
    return out


def _unled(row: Row) -> list[Part]:
    """Return the words of a row, without dots if they lead on to several cells.

    To one cell, as from a chapter to its page, they lead the reader of a text, too.
    """
    words = " ".join(part.words for part in row.parts)
    if not (_LEADERS.search(words) and any(_DOTS.search(w.words) for w in row.parts)):
        return row.parts
    kept = [
        replace(part, words=words, right=part.right - _DOT * part.size * dots)
        for part in row.parts
        if (words := _DOTS.sub("", part.words))
        for dots in [len(part.words) - len(words)]
    ]
    led = next(part.left for part in row.parts if _DOTS.search(part.words))
    return kept if sum(part.left > led for part in joined(kept)) > 1 else row.parts


def evened(parts: list[Part]) -> list[Part]:
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
