r"""Where a passage that another program coded stands in a text.

A program may give a text back with other white space, or with a byte order mark. Two
texts count as one when all else is the same, character for character; then a passage
has one place in both.

Programs differ in what a position counts: some count a byte order mark and both
characters of a line end of Windows, as the standard has it, and some count the text as
they show it, without the mark and with one character a line end. So the readings that
a text allows are tried, and the one is taken under which no passage begins or ends
inside a word. Where that leaves none, or more than one, nothing is guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

from refi_qda.qdpx_archive import ProjectError

MARK: Final = "\ufeff"
Reading = list[int]  # the offset in the text of each character that a position counts


class Span(NamedTuple):
    """A range of code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without white space, and where each character of it stands."""

    words: str
    offsets: Sequence[int]


def squeeze(text: str) -> Squeezed:
    r"""Return a text without white space and byte order mark.

    >>> squeeze("\ufeffone \ufeff")
    Squeezed(words='one\ufeff', offsets=[1, 2, 3, 5])
    """
    kept = [
        (at, each)
        for at, each in enumerate(text)
        if not each.isspace() and not (at == 0 and each == MARK)
    ]
    return Squeezed("".join(each for _, each in kept), [at for at, _ in kept])


def readings(text: str) -> list[Reading]:
    r"""Return the ways to count a text: as it is, and as programs show it.

    >>> readings("\n\r\nb"), readings("\ufeffa")
    ([[0, 1, 2, 3], [0, 1, 3]], [[0, 1], [1]])
    """
    ways = product(
        (False, True) if text.startswith(MARK) else (False,),
        (False, True) if "\r\n" in text else (False,),
    )
    return [
        [
            at
            for at, each in enumerate(text)
            if not (unmarked and at == 0)
            and not (joined and each == "\n" and text[at - 1 : at] == "\r")
        ]
        for unmarked, joined in ways
    ]


def spans_in(text: str, positions: Sequence[tuple[int, int]]) -> list[Span | None]:
    """Return the span in a text of each pair of positions; none for one beyond it.

    Raises `ProjectError` where the text can be counted in several ways and it is
    not certain in which the positions were.
    """
    ways = [[_span(way, *each) for each in positions] for way in readings(text)]
    if len(ways) == 1:
        return ways[0]
    for fits in (_is_uncut, _is_trim):
        fitting = [way for way in ways if all(fits(text, span) for span in way)]
        if len({tuple(way) for way in fitting}) == 1:
            return fitting[0]
        ways = fitting
    raise ProjectError(
        "its text has a byte order mark or line ends of two characters, and it is not "
        "certain what its positions count"
    )


def _span(way: Reading, start: int, end: int) -> Span | None:
    if not 0 <= start < end <= len(way):
        return None
    return Span(way[start], way[end - 1] + 1)


def _is_uncut(text: str, span: Span | None) -> bool:
    return span is not None and not any(
        0 < edge < len(text) and text[edge - 1].isalnum() and text[edge].isalnum()
        for edge in span
    )


def _is_trim(text: str, span: Span | None) -> bool:
    words = text[slice(*span)] if span else ""
    return span is not None and words == words.strip(MARK) == words.strip()
