"""What the readers' patterns share: they are compiled late, and agree on white space.

A pattern is compiled when something is first asked of it. To compile all that the
readers know takes half a second, and most commands, which find their documents read
already, need few of them.
"""

import re
from functools import cached_property
from typing import Any, Final, cast


class _Later:
    """Stands for a pattern, and answers as it would."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = pattern, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._given)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the pattern has it
        found = getattr(self._compiled, name)
        setattr(self, name, found)  # so that the next time is as quick as the pattern
        return found


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that is compiled, or found wrong, when it is first used.

    >>> later(r"[a-c]+").findall("abc x cab")
    ['abc', 'cab']
    """
    return cast("re.Pattern[str]", _Later(pattern, flags))


GAP: Final = r"(?:[^\S\t-\r\x1c-\x1f\x85]{1,5})"
"""One blank of any width: no tab, and nothing that ends a line. Where the mark of a
note stood in between, there are up to four more.

A thousand patterns hold it. It is written by what it is not, because a set that names
characters above U+00FF takes ten times as long to compile.
"""

_RUN: Final = later(r"\S{1000,}")

_RAISED: Final = later(
    r"(?:(?<=[^\W\d_]{3})|(?<=\b[12]\d{3})|(?<=[.,;:!?%)’”\]])"
    r"|(?<=\d)(?<!\b10)|(?<=[^\W\d_])(?=¹)|(?<=[\d\s]t)"
    r"|(?<=[\d\s](?:kg|ha|bn|mn|[kM]t|[kMGT]W)))[¹²³⁰⁴-⁹ᵃᵇᶜᵈᶠᵍʰ]{1,3}(?:,[¹²³⁰⁴-⁹]{1,2})?(?![\w⁻])"
    r"|(?<=\d)\[\d{1,2}\](?= ?(?:%|(?:per ?cent|hundred|thousand|[mb]illion|trillion"
    r"|[mb]n|crore|lakh|tonnes?|tons?|k[gm]|bcm)\b))"
)
_OF_YEAR: Final = later(
    r"(\b(?:in|[Ii]n|[Ss]ince|until|[Bb]y|of|from|[Dd]uring|after|before|and|to|early"
    r"|late|mid|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|\d{1,2},)"
    r"[ -](?:19|20)\d\d[.,])(\d{1,2}(?:, ?\d{1,2}){0,3})(?= [A-Z“(]|\s*$| (?:the|an?|it"
    r"|its|they?|their|he|she|we"
    r"|but|and|when|while|after|as|which|who|this|that|some|with|only|there|nearly"
    r"|almost|however|most|more|many|fewer|all|both|each|every|no|his|her|our)\b)",
    re.MULTILINE,
)


_AS_PLAIN: Final = str.maketrans("‐‑‒∼⩽⩾≲≳", "--–~≤≥<>")


def without_runs(text: str) -> str:
    """The text with each run of a thousand characters or more without a blank left out.

    No words are that long: it is a picture in letters, or a table that lost its blanks,
    and to look for numbers at each of its places takes longer than the rest of a book.
    Figures that mark a note go the same way: raised ones behind a word, a figure (but
    ten, which has powers) or a stop, and plain ones behind the stop after a year
    ("fell in 2020.1 It rose"), or in square brackets between a figure and its size
    ("5.4[1] billion"). Hyphens that break no line, the dash of figures, and the rarer
    signs of *about* and *at most* are as plain ones. Every character keeps its place.

    >>> without_runs("a" + "1-" * 600)[:3] == chr(0) * 3
    True
    """
    lone = _RUN.sub(lambda run: "\0" * len(run[0]), text.translate(_AS_PLAIN))
    plain = _RAISED.sub(lambda mark: " " * len(mark[0]), lone)
    return _OF_YEAR.sub(lambda mark: mark[1] + " " * len(mark[2]), plain)
