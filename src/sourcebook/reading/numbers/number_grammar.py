"""The grammar of quantities: a vocabulary and a table of named rules.

A rule is one line: its name, its pattern, an example, and what the example must read
as. In a pattern a space is any gap that stays on its line and ``<word>`` is looked up
in the vocabulary. At one place of a text the first rule that fits wins, so ranges stand
before single figures and units before bare counts.
"""

from typing import Final, NamedTuple

from sourcebook.reading.numbers.number_words import (
    LIGHT,
    Part,
    Place,
    Spans,
    parts,
)
from sourcebook.reading.numbers.numerals import any_of, with_gaps
from sourcebook.reading.numbers.units import CURRENCY
from sourcebook.reading.patterns import later

_TABLE: Final = r"""
one-in-n | <A>(?: (?:(?:in|out of)(?: every)?|of every) |-in-)<B>(?!-)<end> | one in five Azerbaijanis -> 20 percent
nouns-in-n | (?![Oo]ne )<A> (?P<counted>[a-z]{3,15}) (?:out of(?: every)?|in(?: every)?(?= (?:three|four|five|six|seven|eight|nine|ten|twelve|twenty|24|a hundred)<ends>)) <B><end> | two days out of five the road is shut -> 40 percent
one-noun-in-n | (?P<a>[Oo]ne) [a-zA-Z]{3,15} (?:in|out of)(?: every)? <B><ends> | one child in five is ill -> 20 percent
digit-fraction | (?P<top>\d{1,2})/(?P<bottom>\d{1,2})(?= (?:of|the|its|their|all|did|do|were|are|have|had|voted|majority)\b|rds\b|ths\b) | 2/3 of seats -> 66.7 percent
glyph-fraction | (?P<glyph>[½¼¾⅓⅔])(?= of\b) | ½ of the seats -> 50 percent
nths-between | <between>(?P<top_word><few>)(?: |-)(?P<nth><nth>) and (?P<top_word_b><few>)(?: |-)(?P<nth_b><nth>)\b | between a quarter and a third -> 25..33.3333333333 percent
nths-range | (?P<top_word><few>)(?: |-)(?P<nth><nth>) (?:to|or) (?P<top_word_b><few>)(?: |-)(?P<nth_b><nth>)\b | a third to a half of it -> 33.3..50 percent
nths-shared | (?P<top_word><few>) (?:to|or) (?P<top_word_b><few>)(?: |-)(?P<nth_b><nth>)\b | one to two fifths of it -> 20..40 percent
part-unit | (?:(?P<top_word><few>)(?: |-))?(?P<nth>(?!h)<nth>)(?: of (?:an?|one) |(?<=uarter)[ -](?=century|mile|hour))(?P<half_unit><whole>)\b | three quarters of an hour -> 0.8 hour
unit-and-part | (?P<top_word><few>|ten|eleven|twelve|\d{1,3}) (?P<half_unit><whole>|euro|dollar|pound|manat|cent)s? and (?:an?|(?P<parts>three)) (?P<part>half|quarters?)\b(?! dozen\b|(?<!half) of\b|-) | a day and a half -> 1.5 day
part-point | (?:[Aa] )?(?P<nth>(?i:half|quarter))(?:-point| point(?= (?:in|by|at|from|this|next|last|cut|rise|hike|increase|move)\b|[.,;]))\b | a quarter-point cut -> 0.2 percentage-point
nths | (?P<top_word>(?i:one|two|three|four|five|six|seven|eight|nine))(?: |-)(?P<nth><nth>)\b(?!(?<=tenths) (?:ahead|behind|clear|quicker|faster|slower|back|off|up|down|adrift)\b|(?: of an?)? (?:thousand|(?:mi|bi|tri)llion)\b) | two thirds of them -> 66.7 percent
a-nth | [Aa]n? (?P<nth><nth>)\b(?! of an? (?:thousand|(?:mi|bi|tri)llion)\b)(?= of\b| (?:more|less|higher|lower|larger|smaller|fewer|longer|shorter|cheaper|dearer|faster|slower|heavier|lighter|bigger|taller|wider|richer|poorer|older|younger|stronger|weaker|greater|above|below|as|have|are|were|do|did|went|go|say|voted?|want|live|lie|lack|attend(?:ed)?|own|rent|speak|spoke|earn|received?|believed?|think|thought|feel|felt|knew|agreed?|opposed?|smoke|took|goes|came|got|held|saw|chose|lost|paid|backed|[a-z]{3,12}ed(?=[.,;:]|$| (?:in|to|at|for|with|on|out|off|up|down|that|it|the|a|their|no|more|less|only|against)\b)|or (?:more|less|so))\b|(?:(?<=(?:from|.[ ]to)[ ]a[ ]\w{4})|(?<=(?:from|.[ ]to)[ ]a[ ]\w{5})|(?<=(?:from|.[ ]to)[ ]a[ ]\w{6})|(?<=(?:from|.[ ]to)[ ]a[ ]\w{7})) (?:in|by|since) $|(?<!quarter)(?:(?<=than[ ]a[ ]\w{5})|(?<=than[ ]a[ ]\w{6})|(?<=than[ ]a[ ]\w{7})) (?:in|on|at|to|for|from|with)\b| \(|[.,;:)]|$) | a quarter of it -> 25 percent
every-nth | [Ee]very (?P<nth>(?:other|second)(?= (?:child|family|household|person|wom[ae]n|m[ae]n|adult|voter|pupil|student|worker|home|house|job|village|town|farm|firm|company|school|citizen|euro|dollar|respondent|shop|car|patient)\b)|(?!h|quarter)<nth>(?= (?:of (?:the|them|those|all|us)\b|(?!(?:year|month|week|day|night|hour|minute|time|mile|metre|and|was)\b)[a-z]{3}))) | every third child -> 33.3 percent
half | (?P<nth>[Hh]alf)\b(?= (?:of|the|its|their|his|her|our|my|your|that|what|these|those|all|as(?! \w+ again)|price|fare|pay)\b|[.,;:)]|$|(?<=(?:over|than|nder|bout|arly|most|ound)[ ]half) (?:in|to|by|on|at|with|who|which|say|said|will|would|had|were|went|came|[a-z]{2,12}(?:ing|ed))\b) | half of the money -> 50 percent
by-nth | (?:an? |(?=half))(?P<nth><nth>)\b(?!(?<=tenth) to \d)(?= (?:in|to|from|over|since|between|last|this|during|within|compared|after|on|while|when|and|but|year)\b| ?$) | fell by a third in May -> 33.3 percent
multiple-of | (?P<multiple>(?i:twice|thrice|<multiply>e))(?= (?:as (?:many|much|few|little|\w+ (?:as|in|for|to|when|among|on|at))|th(?:at|ose)(?= of|[,.;)])|what|more than|\w+er than|last \w+[’']s|(?:the|its) (?:(?:[^\w\s]|Rs|KSh|[A-Z]{1,3}[$ ])?\d(?!\d{0,2} [a-z]{3,20}s [a-z]{2,12}(?:ed|t)\b)|\Z)|(?:the|its|their|that) (?:\w+ ){0,2}<size>)(?:\b|(?<=[\d ]))) | twice as many cars -> 2 times
multiple | (?P<multiple>(?i:(?:<multiply>|halv)<multiplies>))\b(?! (?:down|up|back|over (?:in|with)|as an?(?! result)|digits?|figures?|standards?|taxation|counting|jeopardy|glazing|check|bass)\b) | exports doubled -> 2 times
unit-or-two | [Aa]n? (?!<nth>)(?P<half_unit><whole>|euro|dollar|pound|manat) or two\b(?!-) | a day or two -> 1..2 day
half-unit | (?!(?<=the[ ])half[ -]year)[Hh]alf(?: |-)(?:an?(?: |-))?(?P<half_unit><whole>)\b | half a century -> 50 year
money-between | <between><cur><A><$k><and><curb?><B><$kb><clear> | between €5 and €10 billion -> 5000000000..10000000000 EUR
money-range | <cur><A><$k><to><curb?><B><$kb><clear><no-unit> | $3–4bn -> 3000000000..4000000000 USD
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
fold | (?P<a>\d{1,4}(?:\.\d{1,2})?|(?i:<nfold>))-?fold\b | a fivefold rise -> 5 times
age-range | (?i:aged|ages) (?:between )?<A>(?P<to> ?[–-] ?| to |(?:(?<=tween[ ]\d)|(?<=tween[ ]\d\d)) and )<B>(?: years?\b| ?(?=yrs?\b))?(?! ?(?:months?|weeks?|days?|mo)\b)<end> | aged 14–17 -> 14..17 year
age | (?i:aged|ages(?= \d\d? (?:and|or) )) <A>(?: years?\b)?(?! ?(?:months?|weeks?|days?|mo|(?:to|and|–|-) ?\d+ (?:months|weeks|days))\b)<end> | aged 34 -> 34 year
between | <between><a><k><and><b><kb><end> | between 100 and 200 guests -> 100..200 guests
votes | <A><to><B><no-unit><end> | 45 to 12 -> 45 and 12
range | <a><k><to><b><kb><end> | 10 to 15 people -> 10..15 people
compound | <a><k>-(?P<head>[a-z]{3,14})\b | a five-point plan -> 5 point
count | <a><k><end> | seven journalists -> 7 journalists
"""  # noqa: E501 - one rule a line


class Fit(NamedTuple):
    """A rule that fits: where it begins and ends, and the spans of what it holds."""

    text: str
    start: int
    end: int
    spans: Spans

    @property
    def words(self) -> dict[str, str]:
        """What the rule holds, by name, as printed."""
        return {name: self.text[slice(*span)] for name, span in self.spans.items()}


class Rule(NamedTuple):
    """One line of the table."""

    name: str
    parts: tuple[Part, ...]
    example: str
    reads: str

    def fit(self, place: Place, at: int) -> Fit | None:
        """How the rule fits what begins at ``at``, if it does."""
        found = place.follow(self.parts, at)
        return Fit(place.text, at, *found) if found else None


def _rules() -> tuple[Rule, ...]:
    rules = []
    for line in _TABLE.strip().splitlines():
        name, _, rest = line.partition(" | ")
        pattern, _, rest = rest.rpartition(" | ")
        example, reads = rest.split(" -> ")
        rules.append(Rule(name, parts(pattern), example, reads))
    return tuple(rules)


RULES: Final = _rules()
_FIRST_WORDS: Final = any_of(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy
    eighty ninety zero nought half quarter""".split()
)
_MULTIPLE: Final = rf"(?i:(?:{LIGHT['multiply']}|halv)(?:e|es|ed|ing)|twice|thrice)"
START: Final = later(
    with_gaps(
        r"(?<![\w’'.,/+:$€£#‑-])(?:(?i:between) "
        rf"|(?:(?<!%)[-−–+]|\([-−–]\)[ ]?|(?<!lus[ ]or[ ])(?i:minus|negative)[ -])?"
        rf"(?:{CURRENCY}[ ]?[-−–]?)?(?=\d"
        rf"|(?<![^\s($€£<>=≤≥])\.\d|[½¼¾⅓⅔])"
        r"|(?<!lus[ ]or[ ])(?i:minus|negative)[ -](?=[a-z])"
        rf"|(?=[a-zA-Z])(?=(?i:{_FIRST_WORDS})(?:fold)?\b(?![’']s )|{_MULTIPLE}\b)"
        r"|(?=(?i:an?[ -](?:hundred|thousand|million|billion|trillion|dozen|half|third"
        r"|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth))\b"
        r"|[Aa]n?[ ][a-z]{3,16}[ ](?:or[ ]two"
        r"|and[ ](?:an?[ ](?:half|quarter)|three[ ]quarters))\b)"
        r"|(?=[Ee]very (?:other|second|third|(?:four|fif|six|seven|eigh|nin|ten)th) )"
        r"|(?=(?i:aged|ages) (?:between )?\d))"
        r"|(?:(?<=%[-–/])|(?<=[kMGT]W/)|(?<=[kMGT]Wh/)|(?<=kJ/)|(?<=[kc]m/)|(?<=kg/)|(?<=lbs/)"
        r"|(?<=[ -]lb/)|(?<=[ -]ft/)|(?<=miles/)|(?<=[ \d]m/)|(?<=°C/)|(?<=\d[CF]/)"
        r"|(?<=mph/))(?=\d)(?!10{2,6}\b)"
        r"|(?<=\d[x×])(?=\d[\d.,]{0,6} ?(?:[kMG](?:W|VA|t)|k[Vg]|t|dwt|bl|bcm|ml)\b)"
        r"|(?<=\d/)(?=[$€£]\d)(?![$€£]1\b)"
        r"|(?<=\b[DTt]\+)(?=\d)"
        r"|(?<=\dh)(?=\d{1,2}m(?:in)?\b)"
        r"|(?<=\+/[-−–])(?=\d)|(?<=,)(?=(?i:minus|negative) \d)"
        r"|(?:(?<=\bc\.)|(?<=\bca\.)|(?<=pprox\.))(?=[\d€$£])|(?<=[~<>≈≥≤])(?=\d)"
    )
)
"""Where a number may begin; whether it does is for the rules to say."""
