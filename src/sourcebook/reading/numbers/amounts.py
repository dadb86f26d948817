"""What the number that begins at one place amounts to, by the first rule that fits.

An amount has its value or range, unit and rate; hedge, noun and denominator are read
around it later. A rule may fit the letters and still be refused here: a range that runs
backwards, two units that differ, a bare *one*. Then the next rule is tried.
"""

import re
from dataclasses import replace
from decimal import Decimal
from math import prod
from typing import Final

from sourcebook.reading.certainty import READ
from sourcebook.reading.numbers.changes import FROM, range_ground
from sourcebook.reading.numbers.currencies import (
    CODES,
    NOUNS,
    currency_of,
    whose_dollars,
)
from sourcebook.reading.numbers.guessed_units import (
    M_IS,
    NEARBY,
    WARM,
    counts_people,
    in_its_trade,
    is_heat,
    is_lettered,
    tonnes,
    what_m_is,
)
from sourcebook.reading.numbers.number_grammar import RULES, Fit, Rule
from sourcebook.reading.numbers.number_mention import Amount
from sourcebook.reading.numbers.number_words import Place
from sourcebook.reading.numbers.numerals import Numeral, numeral
from sourcebook.reading.numbers.rates import GOODS, RATE, rate_of
from sourcebook.reading.numbers.shares import FRACTIONS, fraction, multiple
from sourcebook.reading.numbers.units import is_scale, scale_of, unit_of
from sourcebook.reading.patterns import later

_PER: Final = later(RATE)
_FOR: Final = later(GOODS)
# What may stand between a figure and its rate: "tonnes of dry wood a year".
_NO_STUFF: Final = "within|over|after|in|for|before|during|under|below"
_BETWEEN: Final = (
    rf" of(?: (?!(?:{_NO_STUFF})\b)[A-Za-z]\w{{1,20}}){{1,3}}",
    r"(?: of)? (?:CO2|NOx|SO2|[A-Z])(?:[ -]?eq?)?",
    r" in (?!under|over|about|less|just|half|only|nearly|almost|some)[a-z]{3,12}",
    r" \([\w³²/ ]{1,24}\)",
    r" (?:less|more|extra|each|or (?:less|more))(?: of [a-z]\w{1,20})?",
)
_PER_LATER: Final = later(rf"(?:{'|'.join(_BETWEEN)})(?=[ /])" + RATE)
_ONE: Final = Decimal(1)
_SIZES: Final = frozenset("dozen hundred thousand million billion trillion".split())
_FACTOR: Final = later(r"(?i)\bfactor of $")
# "$5mm" and "$2T": of money these are scales, of anything else units.
_BEHIND_MONEY: Final = {"t": "tn", "T": "tn", "mm": "m", "MM": "m"}
_MILLION: Final = Decimal(10**6)
_THOUSAND: Final = 1000
_FAR_OFF: Final = 20_000  # "70 to 80,000" is of thousands, and "3 to 90,000" is not
# "From $160 to $180 to $200" has three levels and no range.
_GOES_ON: Final = later(r" to [€$£]?\d")
_LISTED: Final = later(r"\d, $")
_CAME_FROM: Final = later(r"\d to $")
# What a score stands behind; a noun behind the score (`_COUNTING`) makes it a range.
_VOTE: Final = later(
    r"(?i)\b(?:vot\w{1,4}|passed|adopted|approved|rejected|won|lost|beat|beaten|defeated"
    r"|score|victory|win|split|margin)(?: (?:by|of|in|with|the|a|it|was)){0,3} $"
)
_COUNTING: Final = later(
    r" (?!(?:in|for|against|on|to|with|after|at|by|as|and|but|when|over|along|during"
    r"|thanks|here|late|early|last|this|yesterday|away)\b)[a-z]"
)
# What follows a number and a hyphen without being counted: "one-way", "two-thirds".
_IDIOMS: Final = frozenset(
    "something and one way sided off time faced stop on in up under over odd plus fold "
    "for first third fourth fifth sixth seventh eighth ninth thirds quarters fifths "
    "sixths sevenths eighths ninths tenths twentieths".split()
)
# "One day" and "one second" tell when, not how long; "one-day" tells.
_IDLE_ONE: Final = later(r"(?i)one\s+(?:day|second|minute|quarter)")


def read_amount(
    text: str, at: int, *, ahead: str = "", limit: int | None = None
) -> tuple[Amount, ...]:
    """The amount that begins at ``at``; two for a vote, none where no rule fits.

    ``ahead`` is the text just before the number and its hedge; nothing from ``limit``
    on is read, because it belongs to a date or a label.

    >>> read_amount("€60m in aid", 0)[0].low.value
    Decimal('60000000')
    """
    end = len(text) if limit is None else limit
    place = Place(text, end)
    for rule in RULES:
        if fit := rule.fit(place, at):
            found = _build(rule, fit, ahead=ahead)
            if found:
                if _FACTOR.search(ahead):
                    found = [replace(each, unit=each.unit or "times") for each in found]
                found = [_owned(text, amount, limit=end) for amount in found]
                return tuple(_with_rate(text, amount, limit=end) for amount in found)
    return ()


def _build(rule: Rule, fit: Fit, *, ahead: str) -> list[Amount]:
    groups = fit.words
    if "multiple" in groups:
        return multiple(rule.name, groups["multiple"].lower(), fit, ahead=ahead)
    if rule.name in FRACTIONS:
        return fraction(rule.name, groups, fit, ahead=ahead)
    if "b" in groups:
        return _two(rule.name, groups, fit, ahead=ahead)
    return _one(rule.name, groups, fit)


def _one(name: str, groups: dict[str, str], fit: Fit) -> list[Amount]:
    if name == "compound" and (groups["head"] in _IDIOMS or is_scale(groups["head"])):
        return []
    if name == "compound" and groups["a"].lower() == "zero":
        return []  # "zero-rated", "zero-carbon"
    value, scale = _value(groups, "a")
    unit, factor = _unit(groups, fit)
    if _IDLE_ONE.fullmatch(fit.text, fit.start, fit.end):
        return []
    ground = READ
    if unit == "MT":
        unit, factor, ground = tonnes(value)
    elif groups.get("unit") == "m" and counts_people(fit):
        unit, factor, ground = "", _MILLION, "inferred: m taken for millions"
    value = value.times(factor)
    if groups.get("unit") in {"C", "F", "K"}:
        if is_lettered(fit.text, fit.start) or (unit == "K" and not is_heat(fit)):
            return []
        sure = unit == "K" or value.value < 0 or is_heat(fit, WARM)
        how = "inferred" if sure else "doubtful"
        ground = f"{how}: {groups['unit']} taken for degrees"
    if not unit and (short := what_m_is(groups, fit)):
        value, unit = numeral(groups["a"]), short
        ground = M_IS[short]
    unit = {"fold": "times", "age": "year"}.get(name, unit)
    return [
        Amount(fit.start, fit.end, value, value, unit, "", name,
               noun=groups.get("head", ""), scale=scale, ground=ground, factor=factor)
    ]  # fmt: skip


def _two(name: str, groups: dict[str, str], fit: Fit, *, ahead: str) -> list[Amount]:
    """A range, or the two counts of a vote; nothing where both bound no one thing."""
    unit, factor = _unit(groups, fit)
    short = "" if unit else what_m_is(groups, fit)
    if short:
        unit, groups = short, {**groups, "scale": "", "scale_b": ""}
    own, sign = groups.get("unit_a"), groups.get("cur_b")
    if (own and unit_of(own).name != unit) or (sign and currency_of(sign) != unit):
        return []
    low, high, scale = _ends(groups)
    if name == "votes":
        return _votes(groups, fit, ahead=ahead)
    ground = range_ground(groups, ahead, high.value / (low.value or _ONE))
    if ground == READ:
        ground = M_IS[short] if short else _printed_once(name, groups, low, high)
    if not ground or _is_other(name, groups, fit, ahead):
        return []
    if unit == "MT":
        unit, factor, ground = tonnes(high)
    unit = "year" if name == "age-range" else unit
    low = low.times(unit_of(own).factor if own else factor)  # "500 MW to 2 GW"
    high = high.times(factor)
    if low.value >= high.value:
        return []
    return [
        Amount(fit.start, fit.end, low, high, unit, "", name,
               scale=scale, ground=ground, factor=factor)
    ]  # fmt: skip


def _printed_once(
    name: str, groups: dict[str, str], low: Numeral, high: Numeral
) -> str:
    """The ground of a range, by what of its two figures is printed twice or once."""
    twice = groups.get("unit_a") or groups.get("cur_b")
    far = groups["a"].isdigit() and high.value >= 2 * low.value
    if groups.get("to") == " or " and (twice or far):
        return "doubtful: a range, or one of two"
    if name != "money-range" and _shares_thousands(groups):
        return "inferred: thousands, as the second figure has them"
    return READ


def _ends(groups: dict[str, str]) -> tuple[Numeral, Numeral, Decimal]:
    """Both ends of a range, and the scale that the second may lend to the first."""
    low, scale = _value(groups, "a")
    high, scale_b = _value(groups, "b")
    if high.value < low.value < 0:  # "between -3 and -8 degrees"
        low, high = high, low
    lent = scale_b if scale_b != _ONE else _magnitude(groups["a"], groups["b"])
    if scale == _ONE and low.value <= high.value / lent and not groups.get("unit_a"):
        low, scale = low.times(lent), lent
    if _shares_thousands(groups):
        low = low.times(Decimal(_THOUSAND))  # "6–7,000 pairs", "70 to 80,000"
    return low, high, scale


def _shares_thousands(groups: dict[str, str]) -> bool:
    """Whether the thousands of the second figure are the first one's, too."""
    if "," in groups["a"] or not groups["b"].endswith(",000"):
        return False
    a, b = numeral(groups["a"]).value, numeral(groups["b"]).value
    joined = groups.get("to", "").strip() in {"-", "–"}
    return a < b / _THOUSAND and (joined or (b <= _FAR_OFF * a and groups["a"] != "1"))


def _is_other(name: str, groups: dict[str, str], fit: Fit, ahead: str) -> bool:
    """Whether two figures are the scores of a vote, or two of several levels."""
    joined = groups.get("to", "and").strip()
    if joined in {"or", "and"} and _LISTED.search(ahead):
        return True  # "20, 30 or 40"
    if joined == "or":
        return "respectively" in fit.text[fit.end : fit.end + NEARBY]
    if joined == "to" and (
        _GOES_ON.match(fit.text, fit.end) or _CAME_FROM.search(ahead)
    ):
        return True  # "from $160 to $180 to $200"
    voted = name == "range" and _VOTE.search(ahead)
    return bool(voted and not _COUNTING.match(fit.text, fit.end))


def _magnitude(a: str, b: str) -> Decimal:
    """The scale that two numerals in words share: "one and two million"."""
    words, (_, *sizes) = re.split(r"[\s-]+", a.lower()), re.split(r"[\s-]+", b.lower())
    if not words[0].isalpha() or (_SIZES - {"hundred"}) & {*words}:
        return _ONE
    if len(words) > 1 or not _SIZES.issuperset(sizes):
        sizes = [each for each in sizes[-1:] if each in _SIZES - {"hundred"}]
    if not sizes:
        return _ONE
    return prod(map(scale_of, sizes), start=_ONE)


def _votes(groups: dict[str, str], fit: Fit, *, ahead: str) -> list[Amount]:
    """*45 to 12* is two counts; so is an even score, or any where a vote is named."""
    first, second = numeral(groups["a"]), numeral(groups["b"])
    if groups["to"].strip() == "or" or FROM.search(ahead):
        return []
    if first.value < second.value and (
        not _VOTE.search(ahead) or _COUNTING.match(fit.text, fit.end)
    ):
        return []
    spans = (fit.spans["a"], fit.spans["b"])
    return [
        Amount(*span, value, value, "", "", "votes")
        for span, value in zip(spans, (first, second), strict=True)
    ]


def _value(groups: dict[str, str], side: str) -> tuple[Numeral, Decimal]:
    """A numeral with its scale and sign, and the scale by itself."""
    printed = groups.get("scale" if side == "a" else "scale_b")
    scale = _ONE
    if printed:
        scale = scale_of(_BEHIND_MONEY.get(printed, printed))
    value = numeral(groups[side]).times(scale)
    minus = groups.get("sign_in" if side == "a" else "sign_b") or groups.get("sign")
    if minus not in {None, "+", "plus ", "Plus "} and (
        side == "a" or "sign_b" in groups
    ):
        value = Numeral(-value.value, value.step, value.loose_step)
    return value, scale


def _unit(groups: dict[str, str], fit: Fit) -> tuple[str, Decimal]:
    if printed := groups.get("unit"):
        row = unit_of(in_its_trade(printed, fit))
        return row.name, row.factor
    return currency_of(groups.get("cur", "")), _ONE


def _owned(text: str, amount: Amount, *, limit: int) -> Amount:
    """The amount in the dollars that are told behind it: "$5 million CAD"."""
    if not is_bare_dollar(text, amount):
        return amount
    end, code = whose_dollars(text, amount.end)
    return replace(amount, end=end, unit=code) if code and end <= limit else amount


def is_bare_dollar(text: str, amount: Amount) -> bool:
    """Whether an amount has a $ before it, and no letter that says whose it is."""
    printed = text[amount.start : amount.end].lstrip("-−–+ ")
    return amount.unit == "USD" and printed[:1] == "$" and not printed[1:2].isalpha()


def _with_rate(text: str, amount: Amount, *, limit: int) -> Amount:
    """The amount with its rate, if one is printed behind it or within its unit."""
    unit, _, within = amount.unit.partition("/")
    if within:
        return replace(amount, unit=unit, per=within)
    price = amount.unit in CODES or amount.unit in NOUNS or amount.unit == "cent"
    end, per = rate_after(
        text, amount.end, limit=limit, far=bool(amount.unit), price=price
    )
    return replace(amount, end=end, per=per) if per else amount


def rate_after(
    text: str, at: int, *, limit: int, far: bool = False, price: bool = False
) -> tuple[int, str]:
    """Where the rate behind a number ends, and its name; ``(at, "")`` if none.

    ``far`` looks over a short phrase, too: "tons of cargo per year"; a ``price`` may be
    for goods: "$3 a gallon".

    >>> rate_after("5 bcm a year", 5, limit=12)
    (12, 'year')
    """
    if price and (goods := _FOR.match(text, at, limit)):
        return goods.end(), rate_of(goods["a"].removesuffix("s"))
    match = _PER.match(text, at, limit)
    if not match and far:
        match = _PER_LATER.match(text, at, limit)
    if not match:
        return at, ""
    names = match.group("per", "to", "a", "adverb", "short")
    printed = next(filter(None, names), "year")
    return match.end(), rate_of(printed)
