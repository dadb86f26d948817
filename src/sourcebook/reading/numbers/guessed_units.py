"""Units that a letter only suggests: *100m*, *12C*, *5 MT*; the words beside must tell.

A wrong unit is worse than none: where nothing tells, *m* is millions, *C* names a
section, and the reading says what it took a letter for.
"""

import re
from decimal import Decimal
from typing import Final

from sourcebook.reading.numbers.number_grammar import Fit
from sourcebook.reading.numbers.numerals import Numeral, numeral
from sourcebook.reading.patterns import later

_MANY: Final = 1000
_BEFORE: Final = 24
_LETTERED: Final = later(
    r"(?i)\b(?:section|phase|annex|appendix|table|figure|schedule|part|article|rule|form|type"
    r"|class|category|grade|group|level|tier|stage|model|flat|apartment|unit|block|gate|row"
    r"|seat|terminal|line|zone|area|ward|year|paragraph|clause|item|option|scenario|count"
    r"|title|chapter|exhibit|step|division|platform|plot|lot|route|road|junction)s? $"
)
NEARBY: Final = 60
M_IS: Final = {
    "": "",
    "K": "inferred: K taken for degrees, by the words beside",
    "km": "inferred: k taken for kilometres, by the words beside",
    "m": "inferred: m taken for metres, by the words beside",
    "minute": "inferred: m taken for minutes, behind hours",
}
_HOURS: Final = later(r"\d ?(?:h|hrs?|hours?)(?: and)? ?$")
_LEAPT: Final = later(
    r"(?i)\b(?:(?:water|sea|level|tide|river)s? (?:rose|fell|dropped|was|reached)"
    r"|drilled|drilling|dug|threw|hurled|vaulted|swam|swims?|swimming|heights?|depths?|widths?|lengths?"
    r"|distances?|altitude|elevation|radius|diameter|waves?)"
    r"(?: (?:of|to|at|a|up|over|about|some|with)){0,3} $"
)
_AT_SEA: Final = later(
    r"(?i)\b(?:sea|nautical|baselines?|coasts?|offshore|maritime|vessels?|ships?|islands?|EEZ"
    r"|ports?|territorial|shelf|voyages?|TEU|cargo(?:es)?|radar|airspace|airports?|cape)\b"
)
_HOT: Final = later(
    r"(?i)\b(?:temperatures?|kelvin|cool|heat|warm|melt|boil|thermal|surface|cryo|anneal"
    r"|superconduct|star)"
)
WARM: Final = later(
    r"(?i)temperature|degree|cold|weather|warm|hot\b|heat|cool|freez|froze|oven|chill|boil|melt"
    r"|bath|summer|winter|snow|frost|thermo|climat|water|night|noon|forecast"
    r"|\b(?:high|low|reach|rose|fell|dropp|rise|below|above|stor|kept|cook|bak|[CF]\b)"
)
_DEGREES: Final = later(r"\b(?:temperatures?|kelvin|(?:melt|boil)(?:s|ed|ing))\b")
_PEOPLE: Final = later(
    r"(?i)\b(?:population|inhabitants|audience|readership|subscribers|users|customers|visitors"
    r"|passengers|electorate|membership|viewers|arrivals)\b[^;]{0,30}\Z"
)
_SHAKEN: Final = later(
    r"(?i)\b(?:accelerat\w+|gravity|g-force|shaking|PGA|manoeuvres?|maneuvers?|impact)\b"
)
_SPUN: Final = later(r"\b(?:spun|spin\w*|centrifug\w+)\b[^.;]{0,40} at (?:about )?\Z")
_SAILED: Final = later(
    r"(?i)\b(?:winds?|gust(?:s|ed|ing)?|mov(?:es|ed|ing)|speeds?|sail(?:s|ed|ing)"
    r"|steam(?:s|ed|ing)|aircraft|airspeed|V[1R2]|take-?off|approach|runway|flew|touchdown|cruis(?:es|ed|ing)|squalls?)\b[^.;]*\Z"
)
_TWO_PLACES: Final = later(r"\d{1,2}\.\d\d")
_OVER: Final = later(
    r"\b(?:cleared|clearing|leap|leapt|jumped|jump|throw|best|record)"
    r"(?: (?:of|to|at|with)){0,2} $"
)
_AT_HEIGHT: Final = later(r"\b(?:at|above|below|between|and)(?: about| some)? $")
_RACED: Final = later(r"(?i)\b(?:the|men[’']s|women[’']s|boys[’']|girls[’']) $")
_RUN: Final = later(
    r"(?i)\b(?:ran|runs?|running|jog\w*|rac\w+|parkrun|swam|walk\w*|cycled)(?: (?:an?"
    r"|the|in|of|over|for|every|his|her|my|first|charity)){0,3} $"
)
# "25m by 12.5m".
_SIDE_NEXT: Final = later(r" ?(?:by|x|×) ?\d{1,3}(?:\.\d{1,2})?m\b")
_SIDE: Final = later(r"\dm ?(?:by|x|×) ?$")
# "A 25m pool": of what is built or dived, a length.
_ONE_THING: Final = later(r"(?i)\b(?:an?|the|its|his|her) $")
_LONG: Final = later(
    r" (?:swimming )?(?:pool|tower|mast|wave|cliff|statue|crane|yacht|telescope|bridge"
    r"|tunnel|chimney|drop|dive|rope|ladder|fence|trench|wall)\b"
)
_RACE_NEXT: Final = later(
    r" (?:in \d|final|heats?|race|hurdles|freestyle|backstroke|butterfly|relay|dash"
    r"|sprint|medley)"
)
_RACES: Final = frozenset({50, 60, 100, 110, 200, 400, 800, 1500, 3000, 5000, 10_000})
_THINGS: Final = later(
    r" [a-z]{2,20}s\b|-| (?:fund|deal|loan|bid|people|project|plan|it|he|she|they|we"
    r"|that|which|you|spent|owed|paid|of|or|a|an|extra|more|raised|already)\b"
)


def is_lettered(text: str, start: int) -> bool:
    """Whether a figure with a C or F behind it numbers a section or a room."""
    return _LETTERED.search(text, max(0, start - _BEFORE), start) is not None


def what_m_is(groups: dict[str, str], fit: Fit) -> str:
    """What "100m" measures, where it is no millions: *threw 70m*, *ran 5k*; else ""."""
    if groups.get("scale") == "k" and _RUN.search(
        fit.text, max(0, fit.start - _BEFORE), fit.start
    ):
        return "km" if not _THINGS.match(fit.text, fit.end) else ""
    scale = groups.get("scale_b") or groups.get("scale")
    if scale == "K" and "cur" not in groups and is_heat(fit, _DEGREES):
        return "K"
    if (groups.get("scale") or scale) != "m":
        return ""
    if _HOURS.search(fit.text, max(0, fit.start - _BEFORE), fit.start):
        return "minute"
    return "m" if _is_far(groups, fit) else ""


def _is_far(groups: dict[str, str], fit: Fit) -> bool:
    before = fit.text[max(0, fit.start - NEARBY) : fit.start]
    if _SIDE_NEXT.match(fit.text, fit.end) or _SIDE.search(before):
        return True
    if _LONG.match(fit.text, fit.end) and _ONE_THING.search(before):
        return True
    high = _TWO_PLACES.fullmatch(groups["a"]) and _OVER.search(before)
    if high or _LEAPT.search(before):
        return True
    tall = "," in groups["a"] and _AT_HEIGHT.search(before)  # "at 1,500m"
    raced = numeral(groups["a"]).value in _RACES and (
        _RACED.search(before) or _RACE_NEXT.match(fit.text, fit.end)
    )
    return bool(tall or raced) and not _THINGS.match(fit.text, fit.end)


def counts_people(fit: Fit) -> bool:
    """Whether the *m* of "10.1 m" is for millions, behind "population" and the like."""
    before = fit.text[max(0, fit.start - NEARBY) : fit.start]
    return _PEOPLE.search(before) is not None


def in_its_trade(unit: str, fit: Fit) -> str:
    """What *kt* and *nm* are amid ships and winds, and *g* where something shakes."""
    before = fit.text[max(0, fit.start - NEARBY) : fit.start]
    if unit == "kt" and _SAILED.search(before):
        return "knots"
    around = f"{before} {fit.text[fit.end : fit.end + NEARBY]}"
    if unit == "nm" and _AT_SEA.search(around):
        return "nautical miles"
    pulled = unit == "g" and (_SHAKEN.search(around) or _SPUN.search(before))
    return "standard gravity" if pulled else unit


def is_heat(fit: Fit, words: re.Pattern[str] = _HOT) -> bool:
    """Whether *K* is kelvin: *a temperature of 300 K*, and nothing of it in "300 K"."""
    around = slice(max(0, fit.start - NEARBY), fit.end + NEARBY)
    return words.search(fit.text[around]) is not None


def tonnes(value: Numeral) -> tuple[str, Decimal, str]:
    """*MT* is a million tonnes of gas and a metric ton of wheat: size tells."""
    if abs(value.value) < _MANY:
        return "t", Decimal(10**6), "inferred: MT taken for million tonnes"
    return "t", Decimal(1), "inferred: MT taken for metric tons"


_HEAVY: Final = later(
    r"(?i)\b(?:weigh\w*|heav\w+|lift\w*|carr(?:y|ies|ied|ying)|payload|thrust|torque|force)\b"
    r"[^.;]{0,40}$"
)
_SUM: Final = (
    "public|tax\\w*|aid|money|debts?|cash|government|state|new|extra|invest\\w+|fund\\w*"
    "|sales|revenues?|profits?|damage|savings|spending|income|costs?|loss(?:es)?|the|his|her"
    "|their|our|its|notes?|fines?|fees?|bills?|loans?|grants?|deals?|budget|pensions?|cuts?"
    "|coins?|subsid\\w+|house|mansion|contract|plan|project|bonus|bailout|industry|people"
)
_OF_STUFF: Final = later(
    rf"(?: of (?!(?:{_SUM})\b)[a-z]{{3}}| (?:heavier|lighter|overweight|per square)\b)"
)
_JOINED: Final = later(rf"(?<=-pound) (?!(?:{_SUM}|a|an|in|on|to|for)\b)[a-z]{{3}}")


def is_weight(text: str, start: int, end: int) -> bool:
    """Whether the pounds of an amount weigh: what they are of, or the verb, tells.

    >>> is_weight("20 pounds of rice", 0, 9), is_weight("20 pounds of aid", 0, 9)
    (True, False)
    """
    behind = _OF_STUFF.match(text, end) or _JOINED.match(text, end)
    return bool(behind or _HEAVY.search(text, max(0, start - 60), start))
