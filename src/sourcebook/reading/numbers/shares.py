"""Shares and multiples in words: *a third of*, *2 in 5*, *half an hour*, *doubled*.

A share is in percent; a part of a unit is in the unit, and a multiple in times.
"""

from decimal import Decimal
from typing import Final

from sourcebook.reading.certainty import READ
from sourcebook.reading.numbers.changes import is_moved_by
from sourcebook.reading.numbers.counted_nouns import counted_noun
from sourcebook.reading.numbers.number_grammar import Fit
from sourcebook.reading.numbers.number_mention import Amount
from sourcebook.reading.numbers.numerals import GLYPHS, NTHS, Numeral, numeral
from sourcebook.reading.numbers.units import TIME_UNITS, unit_of
from sourcebook.reading.patterns import later

_ONE: Final = Decimal(1)
_HUNDRED: Final = Decimal(100)
_PLACES: Final = Decimal("1e-10")
_IN_N: Final = frozenset(
    map(int, "2 3 4 5 6 7 8 9 10 12 15 20 25 30 40 50 100 200 250 500 1000 10000 "
    "100000 1000000".split())
)  # fmt: skip
_IN_ROUND: Final = frozenset({2, 3, 4, 5, 10, 100, 1000})
_WHOLE: Final = {"hours": 24, "days": 7, "nights": 7, "months": 12}
# Of these nobody has so few in all: "two days out of five", "three people out of ten".
_ENDLESS: Final = frozenset(
    "hours days nights weeks months years people men women children adults citizens "
    "pupils students households families homes voters times".split()
)
_MARKS: Final = frozenset({4, 5, 6, 7, 10, 12, 20, 30, 40, 50, 100})
_OF_ONE: Final = frozenset({11, 13, 14, 16, 17, 18, 33, 60})  # one in sixteen
_WILL: Final = later(
    r"(?i)(?:\b(?:to|will|would|can|could|may|might|shall|should|must|did|not)|[’']ll)"
    r"(?: \w+ly)? $"
)
_MULTIPLES: Final = {
    "doub": 2, "twic": 2, "trip": 3, "treb": 3, "thri": 3, "quad": 4, "quin": 5,
}  # fmt: skip
_MARKED: Final = later(
    r"(?i)\b(?:scor|rat|rank|index|mark|grad|g[ai]ve|award|aver)\w{0,7}(?: \w+){0,4} $"
)
_NTHS: Final = NTHS | {
    "half": Decimal(2), "fourth": Decimal(4), "twentieth": Decimal(20),
}  # fmt: skip
_TWO: Final = later(r"(?i)\b(?:two|second|an? first)\b")
_OF_A_YEAR: Final = later(r"(?i)\b(?:first|second) $")
_NOT_A_SHARE: Final = later(
    r"(?i)\b(?:first|second|latter|other|last|next|top|bottom|northern|southern|eastern"
    r"|western|upper|lower|better|each|either|this|(?<!\bof )that|and an?) $"
)
_AND_A_PART: Final = later(
    r"(?i)\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})"
    r" [a-z]{3,12} and $"
)
_THAT: Final = later(r" (?:that|what)\b")
_OF_IT: Final = later(r" of (?:the|its|their|his|her|our|all|it|them)\b")
_TO_LEVEL: Final = later(r" (?:(?:to|from) \d[\d.]{0,6} ?(?:%|per)|of a point\b)")
_HALF_THAT: Final = "doubtful: a share of what was told before, or a figure of its own"
_PARTS_OF_UNIT: Final = frozenset(
    "half-unit part-unit unit-and-part unit-or-two part-point".split()
)
FRACTIONS: Final = _PARTS_OF_UNIT | frozenset(
    "one-in-n one-noun-in-n nouns-in-n digit-fraction glyph-fraction "
    "nths a-nth half "
    "nths-between nths-range nths-shared by-nth every-nth".split()
)


def fraction(
    name: str, groups: dict[str, str], fit: Fit, *, ahead: str
) -> list[Amount]:
    """A share said in words, in percent: fine to one point, loosely to ten."""
    if name in _PARTS_OF_UNIT:
        return [] if _OF_A_YEAR.search(ahead) else [_part_of_unit(name, groups, fit)]
    if (name == "by-nth" and not is_moved_by(ahead)) or (
        name == "a-nth" and _is_next(groups["nth"], fit, ahead=ahead)
    ):
        return []
    top, bottom = _parts(name, groups)
    if name == "nouns-in-n":
        # "Three judges out of seven" sit on one bench; "out of ten ships" has its own.
        whole = bottom in _IN_ROUND or bottom == _WHOLE.get(groups["counted"])
        other = not whole or bool(counted_noun(fit.text, fit.end))
    else:
        other = not name.endswith("in-n") and bool(_NOT_A_SHARE.search(ahead))
    if other or not 0 < top < bottom:
        return []
    if name == "one-in-n" and not (
        (bottom in _IN_N or _is_share_of(fit, top, bottom))
        and not _is_mark(fit, top, ahead)
    ):
        return _mark(groups, fit) if "out of" in fit.text[fit.start : fit.end] else []
    low = high = _percent(top, bottom)
    if "nth_b" in groups:
        high = _percent(_top(groups.get("top_word_b")), _nth(groups["nth_b"]))
        if low.value >= high.value:
            return []
    ground = _ground(groups, fit)
    return [Amount(fit.start, fit.end, low, high, "percent", "", name, ground=ground)]


def _ground(groups: dict[str, str], fit: Fit) -> str:
    if _TO_LEVEL.match(fit.text, fit.end) and "tenth" in groups.get("nth", ""):
        return "doubtful: a share, or tenths of a point"
    if groups.get("counted", "people") not in _ENDLESS:
        return "doubtful: a share of all, or of so many"
    return _HALF_THAT if _THAT.match(fit.text, fit.end) else READ


def multiple(name: str, word: str, fit: Fit, *, ahead: str) -> list[Amount]:
    """*Doubled* is two times, *halved* 50 percent; "double" changes after a verb."""
    if name == "multiple" and word.endswith("e") and not _WILL.search(ahead):
        return []
    unit, value = "percent", _percent(_ONE, Decimal(2))
    if times := _MULTIPLES.get(word[:4]):
        unit, value = "times", Numeral(Decimal(times), _ONE, _ONE)
    return [Amount(fit.start, fit.end, value, value, unit, "", name)]


def _percent(top: Decimal, bottom: Decimal) -> Numeral:
    percent = top * _HUNDRED / bottom
    if percent != percent.quantize(_PLACES):  # a third never ends
        percent = percent.quantize(_PLACES)
    return Numeral(percent, _ONE, Decimal(10))


def _part_of_unit(name: str, groups: dict[str, str], fit: Fit) -> Amount:
    """*Half a century*, *a quarter of an hour*, *a quarter-point*: a part of a unit."""
    row = unit_of(groups.get("half_unit", "percentage point"))
    share = _top(groups.get("top_word"))
    if part := groups.get("part"):
        share += _top(groups.get("parts")) / _nth(part)
    elif name == "unit-or-two":
        one = Numeral(row.factor, row.factor, row.factor)
        return Amount(fit.start, fit.end, one, one.times(2 * _ONE), row.name, "", name)
    else:
        share /= _nth(groups.get("nth", "half"))
    size = row.factor * share
    if size != size.quantize(_PLACES):
        size = size.quantize(_PLACES)
    size = size.to_integral_value() if size == size.to_integral_value() else size
    value = Numeral(size, row.factor / 10, size)
    shared = part and _OF_IT.match(fit.text, fit.end)
    ground = "doubtful: so much, or a share of what follows" if shared else READ
    return Amount(fit.start, fit.end, value, value, row.name, "", name, ground=ground)


def _is_mark(fit: Fit, top: Decimal, ahead: str) -> bool:
    """Whether so many out of so many is a mark: *scored 8 out of 10*, *7.5 …*."""
    if "out of" not in fit.text[fit.start : fit.end]:
        return False
    return top != top.to_integral_value() or bool(_MARKED.search(ahead))


def _is_share_of(fit: Fit, top: Decimal, bottom: Decimal) -> bool:
    """Whether it is one in any number of people or things: *1 in 32 children*."""
    if top == 1 and bottom in _OF_ONE:
        return True
    if top != 1 or not (counted := counted_noun(fit.text, fit.end)):
        return False
    return fit.text[slice(*counted)].rstrip("s") not in TIME_UNITS


def _mark(groups: dict[str, str], fit: Fit) -> list[Amount]:
    value, most = numeral(groups["a"]), numeral(groups["b"])
    start, end = fit.start, fit.spans["b"][1]
    if most.value in _MARKS:
        return [Amount(start, end, value, value, "", "", "mark")]
    return [
        Amount(*fit.spans[side], each, each, "", "", "count")
        for side, each in (("a", value), ("b", most))
    ]


def _is_next(nth: str, fit: Fit, *, ahead: str) -> bool:
    """Whether it is a third one, or a part of another: "two ports; a third, due".

    "A point and a half" has more of what it parts; "a fifth and a third" are shares.
    """
    before = _AND_A_PART.search(ahead)
    more = before and nth in {"half", "quarter"} and not _OF_IT.match(fit.text, fit.end)
    if fit.text.startswith(" of", fit.end) and not more:
        return False
    if before and before[0].split()[-2].removesuffix("s") not in _NTHS:
        return True
    return nth == "third" and _TWO.search(ahead) is not None


def _top(word: str | None) -> Decimal:
    return _ONE if word is None or word.lower() in {"a", "an"} else numeral(word).value


def _nth(word: str) -> Decimal:
    return _NTHS.get(word.lower().removesuffix("s"), Decimal(2))


def _parts(name: str, groups: dict[str, str]) -> tuple[Decimal, Decimal]:
    if name.endswith("in-n"):
        return numeral(groups["a"]).value, numeral(groups["b"]).value
    if name == "digit-fraction":
        return Decimal(groups["top"]), Decimal(groups["bottom"])
    if name == "glyph-fraction":
        return GLYPHS[groups["glyph"]], _ONE
    return _top(groups.get("top_word")), _nth(groups.get("nth") or groups["nth_b"])
