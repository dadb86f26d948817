"""The grammar of quantities: a vocabulary and a table of named rules.

A rule is one line: its name, its pattern, an example, and what the example must read
as. In a pattern a space is any gap that stays on its line and ``<word>`` is looked up
in the vocabulary. At one place of a text the first rule that fits wins, so ranges stand
before single figures and units before bare counts.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from sourcebook.reading.numbers.numerals import GAP, NUMERAL, any_of, with_gaps
from sourcebook.reading.numbers.units import (
    CURRENCY,
    MONEY_WORD,
    SCALE_SHORT,
    SCALE_WORD,
    UNIT,
)

# "5m" is five million, unless what follows measures; "5 m" is five metres.
_MEASURING: Final = (
    r"[ -](?:high|tall|deep|long|wide|away|above|below|from|sprint|race)\b|[²³23]"
)
_GLUED: Final = rf"[kK]|[mM](?!{_MEASURING})|mn|mln|mio|bn|bln|tn|trn"
_LETTERS: Final = "mn|mln|mio|bn|bln|tn|trn"


def _scale(group: str, *, money: bool) -> str:
    """A scale behind a numeral; after a currency sign a bare letter is one, too."""
    spaced = f"{_LETTERS}|m|k|b" if money else _LETTERS
    glued = f"{SCALE_SHORT}|t" if money else _GLUED
    before_unit = rf"m(?={GAP}(?:{MONEY_WORD}|people|tonnes|tons|barrels)(?!\w))"
    return (
        rf"(?:(?:-|{GAP})?(?P<{group}>{SCALE_WORD})\b"
        rf"|(?:-|{GAP})(?P<{group}_spaced>(?:{spaced})\b|{before_unit})"
        rf"|(?P<{group}_glued>{glued})(?!\w))?"
    )


_JOIN: Final = (
    r"(?:- (?:to|or) | ?[–—-] ?| to (?:about |around |nearly )?| or |-to-| and up to )"
)
_UNITS: Final = {
    "percent": r"(?:%|(?i:per ?cents?|pct)\b)",
    "points": (
        r"(?:(?i:percentage[ -]points?|percent points|basis points?)\b"
        r"|p\.p\.|(?:pp|ppts?|bps?)\b)"
    ),
    "money": rf"{MONEY_WORD}(?!\w)",
    "time": (
        r"(?i:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|nights|weeks?|months?"
        r"|quarters|years?|yrs?|decades?|century|centuries)(?!\w)"
    ),
    "unit": rf"(?!(?<=\d)m(?!{_MEASURING}|\w)){UNIT}(?!\w)",
}
_VOCABULARY: Final = {
    "a": rf"(?P<sign>[-−–+]|minus )?(?P<a>{NUMERAL})",
    "b": rf"(?P<sign_b>[-−])?(?P<b>{NUMERAL})",
    "A": rf"(?P<a>{NUMERAL})",
    "B": rf"(?P<b>{NUMERAL})",
    "k": _scale("scale", money=False),
    "kb": _scale("scale_b", money=False),
    "$k": _scale("scale", money=True),
    "$kb": _scale("scale_b", money=True),
    "cur": rf"(?P<sign>[-−–+]|minus )?(?P<cur>{CURRENCY})"
    r"(?:[ ]|(?P<sign_in>[-−]))?",
    "curb": rf"(?P<cur_b>{CURRENCY})[ -]?",
    "to": rf"(?P<to>{_JOIN})",
    "and": r" and (?:about |around |nearly |over )?",
    "between": r"(?i:between) (?:about |around |roughly |approximately |some )?",
    # A scale left standing would make the figure a thousand times too small.
    "end": rf"(?![\w½¼¾⅓⅔]|[.,]\d|[/+:]\d|[-‑](?!odd\b|plus\b)\w|[ -]{SCALE_WORD}\b)",
    "clear": r"(?!\w)",
    "any": rf"(?: |-)?(?:{'|'.join(_UNITS.values())})",
    "nfold": "two|three|four|five|six|seven|eight|nine|ten|hundred",
    "nth": r"(?i:half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?"
    r"|ninths?|tenths?)",
} | {
    key: value
    for name, pattern in _UNITS.items()
    for key, value in (
        (name, rf"(?:{GAP}|-)?(?P<unit>{pattern})"),
        (f"{name}-again", rf"(?:(?:{GAP}|-)?(?P<unit_a>{pattern}))?"),
    )
}  # fmt: skip

_TABLE: Final = r"""
one-in-n | <A> (?:in|out of)(?: every)? <B><end> | one in five Azerbaijanis -> 20 percent
digit-fraction | (?P<top>\d{1,2})/(?P<bottom>\d{1,2})(?= of\b|rds\b|ths\b) | 2/3 of seats -> 66.7 percent
glyph-fraction | (?P<glyph>[½¼¾⅓⅔])(?= of\b) | ½ of the seats -> 50 percent
nths | (?P<top_word>(?i:one|two|three|four|five|six|seven|eight|nine))(?: |-)(?P<nth><nth>)\b(?! of a (?:mi|bi|tri)llion\b| of a century) | two thirds of them -> 66.7 percent
a-nth | [Aa]n? (?P<nth><nth>)\b(?= of\b| (?:more|less|higher|lower|larger|smaller|fewer|as)\b|[.,;:)]|$) | a quarter of it -> 25 percent
half | (?P<nth>[Hh]alf)\b(?= (?:of|the|its|their|his|her|our|these|those|all|as)\b|[.,;:)]|$) | half of the money -> 50 percent
half-unit | [Hh]alf(?: |-)(?:an?(?: |-))?(?P<half_unit>hour|day|year|century|decade|per ?cent|percentage point|mile|kilomet(?:re|er)|tonne|ton)\b | half a century -> 50 year
money-between | <between><cur><A><$k><and>(?:<curb>)?<B><$kb><clear> | between €5 and €10 billion -> 5000000000..10000000000 EUR
money-range | <cur><A><$k><to>(?:<curb>)?<B><$kb><clear> | $3–4bn -> 3000000000..4000000000 USD
money | <cur><A><$k><end> | €60m -> 60000000 EUR
percent-between | <between><a><percent-again><and><b><percent> | between 10 and 15 percent -> 10..15 percent
percent-range | <a><percent-again><to><b><percent> | 10% to 15% -> 10..15 percent
percent | <a><k><percent> | 4.3 per cent -> 4.3 percent
points-range | <a><points-again><to><b><points> | 2–3 pp -> 2..3 percentage-point
points | <a><points> | 5 percentage points -> 5 percentage-point
coin-between | <between><a><k><money-again><and><b><kb><money> | between 5 and 6 million euros -> 5000000..6000000 EUR
coin-range | <a><k><money-again><to><b><kb><money> | 2 to 3 billion euro -> 2000000000..3000000000 EUR
coin | <a><k><money> | 5.5 million Euros -> 5500000 EUR
time-between | <between><a><k><time-again><and><b><kb><time> | between 2 and 3 weeks -> 2..3 week
time-range | <a><k><time-again><to><b><kb><time> | two or three days -> 2..3 day
time | <a><k><time> | 44-day -> 44 day
unit-between | <between><a><k><unit-again><and><b><kb><unit> | between 5 and 7 bcm -> 5000000000..7000000000 m3
unit-range | <a><k><unit-again><to><b><kb><unit> | 20–25 million tons per year -> 20000000..25000000 t/year
unit | <a><k><unit> | 16.2 billion cubic meters -> 16200000000 m3
fold | (?P<a>\d{1,4}|(?i:<nfold>))-?fold\b | a fivefold rise -> 5 times
age-range | (?i:aged|ages) (?:between )?<A>(?P<to> ?[–-] ?| to | and )<B><end> | aged 14–17 -> 14..17 year
age | (?i:aged) <A><end> | aged 34 -> 34 year
between | <between><a><k><and><b><kb><end> | between 100 and 200 guests -> 100..200 guests
votes | <a><to><b>(?!<any>)<end> | 45 to 12 -> 45 and 12
range | <a><k><to><b><kb><end> | 10 to 15 people -> 10..15 people
compound | <a><k>-(?P<head>[a-z]{3,14})\b | a five-point plan -> 5 point
count | <a><k><end> | seven journalists -> 7 journalists
"""  # noqa: E501 - one rule a line


class Rule(NamedTuple):
    """One line of the table, and the parts without which it cannot fit."""

    name: str
    spelled: str
    example: str
    reads: str
    needs: frozenset[str]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The rule as an expression, made when first needed: most texts need few."""
        return _compiled(self.spelled)


@cache
def _compiled(spelled: str) -> re.Pattern[str]:
    return re.compile(spelled)


def _rules() -> tuple[Rule, ...]:
    rules = []
    for line in _TABLE.strip().splitlines():
        name, _, rest = line.partition(" | ")
        pattern, _, rest = rest.rpartition(" | ")
        example, reads = rest.split(" -> ")
        rules.append(Rule(name, _spell(pattern), example, reads, _needs(pattern)))
    return tuple(rules)


def _needs(pattern: str) -> frozenset[str]:
    if pattern.startswith("<between>"):
        return frozenset({"between"})
    parts = {"join": "<to>", "cur": "<cur>"}
    needs = {part for part, word in parts.items() if word in pattern}
    if not needs and any(pattern.endswith(f"<{unit}>") for unit in _UNITS):
        needs.add("unit")
    return frozenset(needs)


def _spell(pattern: str) -> str:
    """Look every ``<word>`` up; a few words of the vocabulary use another."""
    for _ in range(2):
        pattern = re.sub(
            r"(?<!\?P)<([$\w-]+)>", lambda word: _VOCABULARY[word[1]], pattern
        )
    return with_gaps(pattern)


RULES: Final = _rules()
_FIRST_WORDS: Final = any_of(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety zero half quarter""".split()
)
START: Final = re.compile(
    with_gaps(
        r"(?<![\w’'.,/+:$€£#‑-])(?:(?i:between) "
        rf"|(?:[-−–+]|minus )?(?:{CURRENCY}[ -]?)?(?=\d|[½¼¾⅓⅔])"
        rf"|(?:(?i:minus) )?(?=(?i:{_FIRST_WORDS})(?:fold)?\b)"
        r"|(?=(?i:an?[ -](?:hundred|thousand|million|billion|trillion|dozen|half|third"
        r"|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth))\b)"
        r"|(?=(?i:aged|ages) \d))"
        r"|(?<=\bc\.)(?=\d)|(?<=\bca\.)(?=\d)|(?<=pprox\.)(?=\d)|(?<=[~<>≈≥≤])(?=\d)"
    )
)
"""Where a number may begin; whether it does is for the rules to say."""
_GLANCE: Final = re.compile(
    with_gaps(
        rf"(?P<between>(?i:between) )?(?i:age[ds] )?[-−–+]?"
        rf"(?P<cur>{CURRENCY}[ ]?[-−]?)?"
        rf"(?:{NUMERAL}){_scale('scale', money=True)}"
        rf"(?P<unit>(?: |-)?(?:{'|'.join(_UNITS.values())}))?"
        rf"(?P<join>{_JOIN})?"
    )
)


def likely_rules(text: str, at: int, *, limit: int) -> tuple[Rule, ...]:
    """The rules that one glance at what begins at ``at`` does not rule out.

    >>> [rule.name for rule in likely_rules("4 %", 0, limit=3)][5:8]
    ['half', 'half-unit', 'percent']
    """
    glance = _GLANCE.match(text, at, limit)
    if not glance:
        return _with_parts(frozenset())
    seen = {part for part in ("between", "cur", "unit", "join") if glance[part]}
    if glance["scale_glued"] or glance["scale_spaced"]:
        seen.add("unit")
    return _with_parts(frozenset(seen))


@cache
def _with_parts(seen: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if rule.needs <= seen)
