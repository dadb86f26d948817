"""Small whole numbers in words, as English spells them; nothing above a hundred."""

from __future__ import annotations

from typing import Final

_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FIRSTS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENTHS: Final = {"twentieth": 20, "thirtieth": 30}

_NINE: Final = 9

ONES: Final = "|".join(_ONES[::-1])
TENS: Final = "|".join(_TENS)
ORDINALS: Final = "|".join(
    [f"(?:twenty|thirty)-(?:{'|'.join(_FIRSTS[:9])})", *_FIRSTS[::-1], *_TENTHS]
)


def whole(words: str) -> int | None:
    """Read a cardinal or an ordinal, in figures or words; None if it is neither.

    >>> whole("thirty-three"), whole("21st"), whole("a"), whole("half a")
    (33, 21, 1, None)
    """
    words = words.lower()
    digits = words.removesuffix("st").removesuffix("nd").removesuffix("rd")
    digits = digits.removesuffix("th")
    if digits.isdecimal():
        return int(digits)
    if words in ("a", "an"):
        return 1
    if words in ("hundred", "a hundred", "one hundred"):
        return 100
    tens, _, ones = words.rpartition("-")
    base = (_TENS.index(tens) + 2) * 10 if tens in _TENS else 0
    if tens and not base:
        return None
    unit = _unit(ones, base=base)
    return None if unit is None else base + unit


def _unit(word: str, *, base: int) -> int | None:
    for words in (_ONES, _FIRSTS):
        if word in words:
            value = words.index(word) + 1
            return value if not base or value <= _NINE else None
    if base:
        return None
    if word in _TENS:
        return (_TENS.index(word) + 2) * 10
    return _TENTHS.get(word)
