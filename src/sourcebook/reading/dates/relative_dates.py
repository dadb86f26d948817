"""From a match of the date grammar to EDTF: dates that lean on the day of issue.

"Last month" and "two years ago" are worked out from the time of issue, to the
precision of the word itself: a month for months, a year for years. A week is Monday to
Sunday; "the last thirty years" are an interval up to the issue. What leans on the
story instead ("the following year") or on no measure ("a few years ago") stays unsaid.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final

from sourcebook.reading.dates.date_makers import (
    SEASONS,
    STEPS,
    Maker,
    Match,
    Part,
    dated,
    group,
    month_number,
    near,
    read_moment,
)
from sourcebook.reading.dates.date_words import WEEKDAYS, whole
from sourcebook.reading.dates.periods import (
    Issue,
    Moment,
    days_before,
    months_before,
    say,
    span,
    valid,
)

_PLACES: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4} | {
    "march": 1, "june": 2, "september": 3, "december": 4,
}  # fmt: skip
_YEARS: Final = {"year": 1, "decade": 10, "century": 100, "centurie": 100}
_APPROXIMATE: Final = "about around roughly some approximately nearly almost".split()
_RATE: Final = re.compile(
    r"\b(?:for|within|over|after|under|than|nearly|almost|about|half|of|least|lasted"
    r"|up to|lasting|took|takes|just) (?:over |under )?$",
    re.IGNORECASE,
)
_ACCOUNTS: Final = re.compile(
    r"(?i)\b(?:profit|revenue|sales|export|import|output|turnover|earning|the group"
    r"|firm|compan|inflation|GDP|econom|production|deliver|shipment|budget|dividend)"
)
_PLAYED: Final = re.compile(
    r"(?i)\b(?:goals?|match|scor\w+|kick\w*|games?|penalt\w+|pitch|referee|coach\w*|side"
    r"|team|players?|film|novel|book|play|album|opera|century|chapter|sentence)\b"
)
_PAST: Final = re.compile(r" (?:was|were|had|saw|brought|[a-z]{3,}ed)\b")
_PART_OF: Final = re.compile(r"\b(?:quarters?|thirds?|fifths?|part|half) of $")
# "It would last 48 years": a verb.
_LASTS: Final = re.compile(
    r"\b(?:would|will|could|can|may|might|shall|should|must|not|to|did|does|do)"
    r" (?:not |only |at least |never |probably |usually )?\Z"
)
_COMPARED: Final = re.compile(r"(?:\d|%|per ?cent|points?|times) $")
_QUARTER: Final = 3
_MONTHS: Final = 12


def _one(match: Match, edtf: str, *, inferred: bool = True) -> tuple[Part, ...]:
    return (Part(*match.span(), edtf, inferred and bool(edtf)),)


def _stretch(match: Match, issue: Issue, *, months: int) -> tuple[Part, ...]:
    """The i-th stretch of some months of the year printed or meant."""
    place = group(match, "i").lower() or "first"
    count = _MONTHS // months
    at = _PLACES.get(place) or (count if place in ("last", "final") else 0)
    at = at or whole(place) or 0
    if not 1 <= at <= max(count, 1):
        return ()
    first = (at - 1) * months + 1 if place not in ("last", "final") else 13 - months

    def within(year: int) -> str:
        return span(say(Moment(year, first)), say(Moment(year, first + months - 1)))

    return _of_year(match, issue, within)


def _half(match: Match, issue: Issue) -> tuple[Part, ...]:
    """A half of a year; a bare one only where accounts are told, not a match."""
    around = match.string[slice(*near(match))]
    told = _ACCOUNTS.search(around) and not _PLAYED.search(around)
    if group(match, "bare") and not told:
        return ()
    return _stretch(match, issue, months=6)


def _of_year(
    match: Match, issue: Issue, within: Callable[[int], str]
) -> tuple[Part, ...]:
    """Return a part of the year that is printed, or else of the one that is meant."""
    if year := group(match, "y"):
        whole_year = int(year) + (2000 if len(year) == 2 else 0)
        return _one(match, within(whole_year), inferred=False)
    step = STEPS[group(match, "way") or "the"]
    return _one(match, issue.tell(lambda on: within(on.year + step)))


def _quarters(match: Match, issue: Issue) -> tuple[Part, ...]:
    """From one quarter to another: of one year, or each of its own."""
    first = _PLACES.get(match["i"].lower()) or whole(match["i"])
    last = whole(match["z"])
    if first is None or last is None:
        return ()
    begin, end = first * _QUARTER - 2, last * _QUARTER

    def within(year: int) -> str:
        since = int(group(match, "x") or year)
        return span(say(Moment(since, begin)), say(Moment(year, end)))

    if not group(match, "x") and first >= last:
        return ()
    return _of_year(match, issue, within)


def _first_months(match: Match, issue: Issue) -> tuple[Part, ...]:
    number = (whole(match["n"]) or 0) * (_QUARTER if match["u"] == "quarter" else 1)
    place = match["i"].lower()
    if not 1 <= number <= _MONTHS or place not in ("first", "last", ""):
        return ()
    if not place and number % _QUARTER:
        return ()  # "in two months of 2024" may be any two
    return _stretch(match, issue, months=number)


def _unit(match: Match, issue: Issue) -> tuple[Part, ...]:
    way, unit = match["way"].lower(), match["u"]
    article = match.string[: match.start("way")][-4:].lower() == "the "
    if way == "next" and _PAST.match(match.string, match.end()):
        return _one(match, "")
    decade = unit == "decade" and way != "current"
    if article and (decade or (way == "last" and unit != "century")):
        ahead = way == "next"
        return _one(match, issue.tell(lambda on: _back(on, 1, unit, ahead=ahead)))
    if article and way == "next":
        return _one(match, "")  # "the next year": next in the story
    return _one(match, issue.tell(lambda on: _neighbour(on, unit, STEPS[way])))


def _neighbour(on: dt.date, unit: str, step: int) -> str:
    """The week, month, … that lies ``step`` of its kind from a day."""
    if unit == "week":
        return _week(days_before(on, -7 * step))
    if unit == "month":
        return say(months_before(on, -step))
    if unit == "day":
        return _day(on, -step)
    if unit == "quarter":
        there = months_before(on, -step * _QUARTER)
        start = ((there.month or 1) - 1) // _QUARTER * _QUARTER + 1
        end = start + _QUARTER - 1
        return span(say(there._replace(month=start)), say(there._replace(month=end)))
    if unit == "decade":
        return valid(f"{on.year // 10 + step:03}X")
    if unit == "century":
        return valid(f"{on.year // 100 + step:02}XX")
    return say(Moment(on.year + step))


def _week(day: dt.date | None) -> str:
    return span(_day(day, day.weekday()), _day(day, day.weekday() - 6)) if day else ""


def _day(on: dt.date, back: int) -> str:
    """The day that lies so many before another, "" beyond the calendar's ends."""
    day = days_before(on, back)
    return day.isoformat() if day else ""


def _named(match: Match, issue: Issue) -> tuple[Part, ...]:
    """The month or the season of a name that lies before, at or behind the issue."""
    season = SEASONS.get(group(match, "season").lower())
    number = season or month_number(group(match, "m")) or 0
    way, months = match["way"].lower(), _QUARTER if season else 1
    first = _QUARTER * (number - SEASONS["spring"]) + 2 if season else number - 1

    def nearest(on: dt.date) -> str:
        year, now = on.year, on.year * _MONTHS + on.month - 1
        if way == "last":
            year = (now - first - months) // _MONTHS
        elif way == "next":
            year = (now - first) // _MONTHS + 1
        elif number == SEASONS["winter"] and on.month < _QUARTER:
            year -= 1
        return say(Moment(year, number))

    return _one(match, issue.tell(nearest))


def _dated(match: Match, issue: Issue) -> tuple[Part, ...]:
    step = STEPS[match["way"].lower()]
    return _one(match, dated(read_moment(match["a"]), issue, step=step)[0])


def _weekday(match: Match, issue: Issue) -> tuple[Part, ...]:
    if group(match, "way").lower() != "last":
        return _one(match, "")  # a bare "Tuesday" may be past or to come
    back = 1 + WEEKDAYS.index(match["day"])
    return _one(match, issue.tell(lambda on: _day(on, (on.weekday() - back) % 7 + 1)))


def _day_word(match: Match, issue: Issue) -> tuple[Part, ...]:
    step = 1 if match["word"].lower() == "yesterday" else -1
    return _one(match, issue.tell(lambda on: _day(on, step)))


def _ago(match: Match, issue: Issue) -> tuple[Part, ...]:
    number, unit = whole(match["n"]), match["u"]
    hedge = group(match, "hedge").strip().lower()
    ahead = match.string[max(0, match.start() - 12) : match.start()]
    if hedge.endswith(" than") and _COMPARED.search(ahead):
        hedge = ""  # "11% fewer than a year ago"
    about = hedge in _APPROXIMATE or _YEARS.get(unit, 1) > 1
    if number is None or _PART_OF.search(ahead) or hedge not in {"", *_APPROXIMATE}:
        return _one(match, "")
    step = number * _YEARS.get(unit, 1) * (1 if group(match, "on") else -1)

    def there(on: dt.date) -> str:
        edtf = _neighbour(on, "year" if unit in _YEARS else unit, step)
        if not about or not edtf:
            return edtf
        return "" if "/" in edtf else f"{edtf}~"

    return _one(match, issue.tell(there))


def _last_n(match: Match, issue: Issue) -> tuple[Part, ...]:
    number = whole(group(match, "n") or "one")
    if _LASTS.search(match.string[max(0, match.start() - 30) : match.start()]):
        return ()
    unit, ahead = match["u"], match["way"].lower() == "next"
    if number is None:
        return _one(match, "")
    return _one(match, issue.tell(lambda on: _back(on, number, unit, ahead=ahead)))


def _back(on: dt.date, number: int, unit: str, *, ahead: bool) -> str:
    """The interval of so many units that ends, or with ``ahead`` begins, on a day."""
    sizes = {"quarter": ("month", _QUARTER), "week": ("day", 7)}
    unit, size = sizes.get(
        unit, ("year", _YEARS[unit]) if unit in _YEARS else (unit, 1)
    )
    there = _neighbour(on, unit, number * size * (1 if ahead else -1))
    here = _neighbour(on, unit, 0)
    return span(here, there) if ahead else span(there, here)


def _unsaid(match: Match, _: Issue) -> tuple[Part, ...]:
    return _one(match, "")


def _duration(match: Match, _: Issue) -> tuple[Part, ...]:
    article = match["n"].lower() in ("a", "an") and not group(match, "hedge")
    if article and not _RATE.search(match.string[: match.start()][-30:]):
        return ()  # "5 million tons a year" is a rate
    return _one(match, "")


RELATIVE_MAKERS: Final[Mapping[str, Maker]] = {
    "quarter": lambda m, i: _stretch(m, i, months=_QUARTER),
    "quarters": _quarters,
    "half": _half,
    "months": _first_months,
    "digit-months": lambda m, i: _stretch(m, i, months=int(m["n"])),
    "unit": _unit,
    "named-month": _named,
    "dated": _dated,
    "named-season": _named,
    "weekday": _weekday,
    "day-word": _day_word,
    "ago": _ago,
    "last-n": _last_n,
    "duration": _duration,
} | dict.fromkeys(("unsaid", "vague", "durations"), _unsaid)
