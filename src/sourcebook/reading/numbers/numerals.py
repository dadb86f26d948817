"""Read one printed numeral, in digits or in words, with the fineness it claims.

``NUMERAL`` is the pattern to find one with; ``numeral`` turns the printed form into a
value and two steps. It refuses what it cannot read whole: a half-grouped ``1,23,4`` or
``twenty-twelve`` is an error, never a part of it. Vague amounts (*dozens*, *several
hundred*, *tens of thousands*) are not numerals and never match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from sourcebook.errors import SourcebookError
from sourcebook.reading.patterns import GAP

_ONE: Final = Decimal(1)
_ONES: Final = {
    word: Decimal(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine".split()
    )
} | {"nought": Decimal(0)}
_TEENS: Final = {
    word: Decimal(value)
    for value, word in enumerate(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen".split(),
        start=10,
    )
}
_TENS: Final = {
    word: Decimal(10 * value)
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SMALL: Final = _ONES | _TEENS | _TENS
_MAGNITUDES: Final = {
    word: Decimal(1000**power)
    for power, word in enumerate("thousand million billion trillion".split(), start=1)
}
POWER: Final = "ᴇ"  # stands for "times ten to the": no text has it between figures
_PARTS: Final = {
    "half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.75"),
}  # fmt: skip
GLYPHS: Final = dict(zip("½¼¾", _PARTS.values(), strict=True)) | {
    "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3,
}  # fmt: skip
NTHS: Final = {
    word: Decimal(value)
    for value, word in enumerate(
        "third quarter fifth sixth seventh eighth ninth tenth".split(), start=3
    )
}


def with_gaps(pattern: str) -> str:
    """The pattern with every plain space, outside of brackets, meaning any gap."""
    return re.sub(r"(\\.|\[(?:\\.|[^\]\\])*\])| ", lambda m: m[1] or GAP, pattern)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern `with_gaps`, compiled when first asked for, and once."""
    return re.compile(with_gaps(pattern))


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first."""
    listed = sorted((re.escape(word) for word in words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(listed) + ")"


_DIGIT_WORD = any_of(_ONES)
_BELOW_100 = (
    rf"(?:{any_of(_TENS)}(?:(?:-|{GAP}){_DIGIT_WORD})?|{any_of(_TEENS)}|{_DIGIT_WORD})"
)
_HUNDREDS = (
    rf"(?:(?:an?|{_BELOW_100})(?:-|{GAP})hundred"
    rf"(?:(?:{GAP}and)?{GAP}{_BELOW_100}(?!{GAP}hundred))?)"
)
_GROUP = rf"(?:{_HUNDREDS}|{_BELOW_100})"
_MAGNITUDE = any_of(_MAGNITUDES)
_HALF = (
    rf"(?:(?:{GAP}and{GAP}(?:a{GAP}half|a{GAP}quarter|three(?:-|{GAP})quarters?))"
    r"|-and-a-(?:half|quarter)\b)"
)
# After a thousand or a million the rest follows; a comma only before a rest that is
# itself large, so that "two million, three of them" stays two numbers.
_REST = (
    rf"(?:,?{GAP}(?:and{GAP})?(?:{_GROUP}{GAP}{_MAGNITUDE}|{_HUNDREDS})"
    rf"|{GAP}(?:and{GAP})?{_BELOW_100}\b)"
)
_NTH = any_of(f"{word}{end}" for word in NTHS for end in ("", "s"))
_WORDS = (
    rf"(?:(?:half(?:-|{GAP})an?(?:-|{GAP})|(?:(?:an?|{_DIGIT_WORD})(?:-|{GAP}))?{_NTH}{GAP}of{GAP}an?{GAP})"
    rf"{_MAGNITUDE}"
    rf"|half(?:-|{GAP})(?:a(?:-|{GAP}))?dozen"
    rf"|(?:an?|{_BELOW_100}){GAP}dozen"
    rf"|(?<!he[ ])(?:two|three|four|five|six|seven|eight|nine){GAP}score"
    rf"(?:{GAP}and{GAP}{_BELOW_100}|(?={GAP}(?:of|years|men|women|people|miles|days|ships|horses|sheep)\b|\Z))"
    rf"|(?!(?<=at[ ])one{GAP}point{GAP}(?:{_GROUP}{GAP}(?:of|more|other)|one)\b)"
    rf"{_GROUP}{GAP}point(?:{GAP}{_DIGIT_WORD}){{1,4}}\b"
    rf"|(?<!at[ ]){_GROUP}{GAP}point{GAP}\d{{1,2}}"
    rf"(?={GAP}(?:{_MAGNITUDE}|per{GAP}?cent)\b|\Z)"
    rf"|(?:an?|{_GROUP}){_HALF}?(?:-|{GAP}){_MAGNITUDE}(?:{_HALF}|{_REST}{{1,3}})?"
    rf"|{_GROUP}{_HALF}?)\b"
)
# A fraction in figures, whole or behind a whole: 1/2 inch, 2 1/2 miles, 12-3/4.
PARTED: Final = (
    r"(?:1/(?:[2-9]|1[06]|32)|2/[35]|3/(?:[458]|16)|4/5|5/(?:[68]|16)|7/(?:8|16))"
)
_PARTED: Final = rf"(?:\d{{1,3}}(?:{GAP}|-))?{PARTED}(?![\d/])"
# As translations print what the tongue says: 1 thousand 200, 2 million 350 thousand.
_BILLION: Final = r"(?:billions?|milliards?|milyard?|bl?n\b\.?|ml?r?d\b\.?)"
_MILLION: Final = r"(?:millions?|milyon|ml?n\b\.?)"
_THOUSAND: Final = rf"(?:thousand|min(?={GAP}(?:manat|AZN)|\Z)|th(?:ou|ousd?|sd?)\b\.?)"
_STEPPED: Final = (
    rf"\d{{1,3}}{GAP}(?:trillion{GAP}\d{{1,3}}(?:\.\d{{1,3}})?{GAP}{_BILLION}"
    rf"|{_BILLION}{GAP}\d{{1,3}}(?:\.\d{{1,3}})?{GAP}{_MILLION}(?:{GAP}\d{{1,3}}{GAP}{_THOUSAND})?"
    rf"|{_MILLION}{GAP}\d{{1,3}}(?:\.\d{{1,3}})?{GAP}{_THOUSAND}(?:{GAP}\d{{1,3}})?"
    rf"|{_THOUSAND}{GAP}(?:[1-9]\d\d|[1-9]\d?(?={GAP}(?:TL|[a-z]{{3,20}}s)\b|\Z)))(?![\w,.%]*\d|{GAP}?(?:%|per{GAP}?cent|million|thousand))"
)
# Other ways to group and to write decimals have been brought to this one in
# ``digit_groups``; the Indian one has its commas elsewhere.
_DIGITS = (
    rf"(?:{_STEPPED}|{_PARTED}|"
    r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,9})?|\d{1,2}(?:,\d\d){1,6},\d{3}(?:\.\d{1,2})?"
    rf"|\d{{1,15}}(?:\.\d{{1,4}})?{POWER}-?\d{{1,2}}(?!\w)"
    r"|\.\d{1,9}|\d{1,15}(?:\.\d{1,9})?[½¼¾⅓⅔]?|[½¼¾⅓⅔])(?![\d½¼¾⅓⅔]|[.,]\d)"
)
# Atomic, so that no rule can take "twenty-five" for a range from twenty to five.
NUMERAL: Final = rf"(?>{_DIGITS}{_HALF}?|(?i:{_WORDS}))"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A value, one unit of its last printed digit, and the same without end zeros."""

    value: Decimal
    step: Decimal
    loose_step: Decimal

    def times(self, factor: Decimal) -> Numeral:
        """The same numeral counted in another scale."""
        if factor == 1:
            return self
        return Numeral(
            _plain(self.value * factor),
            _plain(self.step * factor),
            _plain(self.loose_step * factor),
        )


def _plain(value: Decimal) -> Decimal:
    """Without a fraction that is all zeros: 5.5 million is 5500000, not 5500000.0."""
    whole = value.to_integral_value()
    return whole if value == whole and abs(whole) >= 1 else value


@lru_cache(maxsize=2048)
def numeral(printed: str) -> Numeral:
    """Read one numeral.

    >>> numeral("1,960")
    Numeral(value=Decimal('1960'), step=Decimal('1'), loose_step=Decimal('10'))
    >>> numeral("two and a half million").value
    Decimal('2500000')
    >>> numeral("one hundred and forty").loose_step
    Decimal('10')
    """
    if not compiled(NUMERAL).fullmatch(printed):
        message = f"not a numeral: {printed!r}\n  fix: give the digits or words alone"
        raise SourcebookError(message)
    if printed[0].isdigit() or printed[0] in GLYPHS or printed[0] == ".":
        return _from_digits(printed)
    plain = re.sub(r"[-,\s]+", " ", printed.lower())
    return _from_words(re.sub(r"three quarter\b", "three quarters", plain).split())


def _from_digits(printed: str) -> Numeral:
    head, _, tail = printed.partition(" and ")
    if re.search(r"\d\s+[bmt]", head):
        return _from_steps(printed.split())
    if "/" in head:
        *ahead, part = re.split(r"[-\s]+", head)
        top, bottom = map(Decimal, part.split("/"))
        return _as_printed(Decimal(ahead[0] if ahead else 0) + top / bottom)
    digits = head.replace(",", "").replace(POWER, "e")
    extra = GLYPHS.get(digits[-1], Decimal(0))
    if tail:
        extra = _PARTS[tail.replace("-", " ").split()[-1]]
    whole = Decimal(f"{Decimal(digits.rstrip(''.join(GLYPHS)) or 0):f}")
    if not tail and "." in digits:  # half a cent: "$5.71½"
        extra = extra.scaleb(int(whole.as_tuple().exponent))
    return _as_printed(whole + extra)


def _from_steps(words: list[str]) -> Numeral:
    """*2 million 350 thousand*: figures, each with the size that follows it."""
    sizes = [*words[1::2], "1"] if len(words) % 2 else words[1::2]
    worth = [_step_of(size) for size in sizes]
    pairs = zip(map(Decimal, words[::2]), worth, strict=True)
    total = sum((figure * size for figure, size in pairs), start=Decimal(0))
    return _as_printed(total / worth[-1]).times(worth[-1])


def _step_of(size: str) -> Decimal:
    """What a step is worth, written out or short: *million*, *mln.*, *thsd*; else 1."""
    if re.match(r"ml?r?d|milliard|milyar", size):
        return _MAGNITUDES["billion"]
    short = "t" if size == "min" else size[: 2 if size[:2] == "tr" else 1]
    return next((n for word, n in _MAGNITUDES.items() if word.startswith(short)), _ONE)


def _as_printed(value: Decimal) -> Numeral:
    """Steps of a value as its digits show them; loosely, end zeros do not count."""
    exponent = int(value.as_tuple().exponent)
    if exponent < 0:
        step = Decimal(1).scaleb(max(exponent, -9))
        return Numeral(value, step, step)
    zeros = len(str(value)) - len(str(value).rstrip("0")) if value else 0
    return Numeral(value, Decimal(1), Decimal(10) ** zeros)


def _from_words(words: list[str]) -> Numeral:
    if "point" in words:
        at = words.index("point")
        decimals = "".join(str(_SMALL.get(word, word)) for word in words[at + 1 :])
        return _as_printed(Decimal(f"{_small(words[:at])}.{decimals}"))
    if "score" in words:
        at = words.index("score")
        score = 20 * _small(words[:at]) + _small(words[at + 2 :] or ["zero"])
        return _as_printed(score)
    if words[-1] == "dozen":
        part = _PARTS["half"] if words[0] == "half" else _small(words[:-1]) or _ONE
        return Numeral(_plain(12 * part), Decimal(1), Decimal(6 if part < 1 else 12))
    at = next((i for i, word in enumerate(words) if word in _MAGNITUDES), -1)
    if at > 2 and words[at - 2] == "of":
        return _share_of(words[: at - 2], _MAGNITUDES[words[at]])
    if at < 0:
        plain = _as_printed(_small(words))
        # "ten" prints no zero that could be round; "thirty" is rounder than 31.
        return replace(plain, loose_step=_ONE) if words == ["ten"] else plain
    size = _MAGNITUDES[words[at]]
    tail = words[at + 1 :]
    first = _small([word for word in words[:at] if word not in {"a", "of"}] or ["one"])
    if tail and tail[-1] in _PARTS:
        return _as_printed(first + _PARTS[tail[-1]]).times(size)
    if not tail:
        return _as_printed(first).times(size)
    rest = _from_words([word for word in tail if word != "and"] or ["zero"])
    return Numeral(first * size + rest.value, rest.step, rest.loose_step)


def _share_of(words: list[str], size: Decimal) -> Numeral:
    """*Two-thirds of a million*: to a hundredth of the million, strict or loose."""
    top = _SMALL.get(words[0], _ONE)
    bottom = NTHS[words[-1].removesuffix("s")]
    value = (size * top / bottom).quantize(_ONE)
    return Numeral(value, size / 100, size / 100)


def _small(words: list[str]) -> Decimal:
    """A value below a thousand, perhaps with a half or quarters at its end."""
    if words[-1] in _PARTS:
        last_and = max((i for i, word in enumerate(words) if word == "and"), default=0)
        return _small(words[:last_and] or ["zero"]) + _PARTS[words[-1]]
    total = Decimal(0)
    for word in words:
        if word == "hundred":
            total = (total or Decimal(1)) * 100
        else:
            total += _SMALL.get(word, Decimal(0))
    return total
