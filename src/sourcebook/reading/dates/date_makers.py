"""From a match of the date grammar to EDTF: dates that name their day, month or year.

A maker takes a match and the issue of the text, and returns the mentions it holds:
none when a second look says that the words are no date after all. A year that is not
printed is the year of issue, and the mention is marked as inferred.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from sourcebook.reading.dates import doubtful_dates as doubt
from sourcebook.reading.dates.date_words import MONTHS, MONTHS_ELSEWHERE, whole
from sourcebook.reading.dates.periods import Issue, Moment, say, span, valid

Match = re.Match[str]
_NUMBERS: Final = {name[:3].upper(): at for at, name in enumerate(MONTHS, start=1)}
_ROMAN: Final = dict(
    zip(
        "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX "
        "XXI".split(), range(1, 22), strict=True,
    )
)  # fmt: skip
_MONTH_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_YEAR_DIGITS: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY_DIGITS: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_BETWEEN: Final = re.compile(r",? (?:and|or|&) (?:in )?|, (?!\d{4})")
_CENTURIES: Final = re.compile(r"\bcentur")
SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
STEPS: Final = {"last": -1, "this": 0, "the": 0, "current": 0, "next": 1}


class Part(NamedTuple):
    """One mention in a match: where it is and what it says."""

    start: int
    end: int
    edtf: str
    inferred: bool = False


Maker = Callable[[Match, Issue], tuple[Part, ...]]


def group(match: Match, name: str) -> str:
    """The words of a named group, or "" where the pattern has or met none."""
    return (match[name] or "") if name in match.re.groupindex else ""


def month_number(words: str) -> int | None:
    """Number the first month named in some words, or None.

    >>> month_number("3 Sept. 2020"), month_number("2020")
    (9, None)
    """
    for word in _MONTH_WORD.findall(words):
        number = MONTHS_ELSEWHERE.get(word.lower()) or _NUMBERS.get(word[:3].upper())
        if number:
            return number
    return None


def read_moment(words: str) -> Moment:
    """Read the day, month and year of one printed date.

    >>> read_moment("22nd of February, 2022")
    Moment(year=2022, month=2, day=22)
    """
    year, day = _YEAR_DIGITS.search(words), _DAY_DIGITS.search(words)
    return Moment(
        int(year[0]) if year else None,
        month_number(words),
        int(day[0]) if day else None,
    )


def dated(moment: Moment, issue: Issue, *, step: int = 0) -> tuple[str, bool]:
    """Write a moment, in the year of issue (plus ``step``) when it prints no year."""
    if moment.year is not None:
        return say(moment), False
    _, month, day = moment
    return issue.tell(lambda on: say(Moment(on.year + step, month, day))), True


def _told(match: Match, edtf: str, *, inferred: bool = False) -> tuple[Part, ...]:
    """What all of a match says, or nothing where that is no date."""
    return (Part(*match.span(), edtf, inferred),) if edtf else ()


def _about(match: Match, edtf: str) -> str:
    if not edtf or not group(match, "about"):
        return edtf
    first, slash, last = edtf.partition("/")
    return f"{first}~{slash}{last}"


def _point(match: Match, issue: Issue) -> tuple[Part, ...]:
    """A day, month or year, of which two figures may be printed: *27/09/20*."""
    printed, nth, short = (group(match, name) for name in ("m", "nth", "yy"))
    month = int(printed) if printed.isdecimal() else month_number(printed)
    month = _ROMAN.get(printed.upper(), month)
    day = whole(nth) if nth else _first_number(group(match, "d"))
    year = _whole_year(short) if short else _first_number(group(match, "y"))
    edtf, inferred = dated(Moment(year, month, day), issue)
    if short and not edtf:
        return ()
    return (Part(*match.span(), _about(match, edtf), inferred or bool(short)),)


def _first_number(words: str) -> int | None:
    found = re.match(r"\d+", words)
    return int(found[0]) if found else None


def _days_numeric(match: Match, _: Issue) -> tuple[Part, ...]:
    """*27-28.09.2020*, *27.09.-03.10.2020*: from one day to another."""
    year, month = int(match["y"]), int(match["m"])
    since = int(match["ay"] or year), int(match["am"] or month), int(match["a"])
    days = say(Moment(*since)), say(Moment(year, month, int(match["d"])))
    return _told(match, span(*days))


def _fiscal(match: Match, _: Issue) -> tuple[Part, ...]:
    """*FY25* is named by the year it ends in; *FY24-25* by both."""
    ends = [f"{_whole_year(each)}" for each in match.group("yy", "z") if each]
    return _told(match, ends[0] if len(ends) == 1 else span(*ends), inferred=True)


def _whole_year(last_two: str) -> int:
    """The century of a year printed in two digits: '30 to '99 are of the last one."""
    return int(last_two) + (1900 if last_two >= "30" else 2000)


def _iso_month(match: Match, _: Issue) -> tuple[Part, ...]:
    years = int(match["m"]) > int(match["y"][2:])  # 2008-09; 2020-05 is the month
    return _told(match, "" if years else valid(f"{match['y']}-{match['m']}"))


def _short(match: Match, _: Issue) -> tuple[Part, ...]:
    first = int(match["y"])
    base = 100 if len(match["z"]) > 1 else 10
    last = first - first % base + int(match["z"])
    if last < first and first % 100 >= 90:
        last += 100  # 1998–02
    far = match["s"] == "/" and last > first + 2
    if last <= first or far or doubt.is_counted(match.string, match.end()):
        return ()
    return (Part(*match.span(), _about(match, span(f"{first}", f"{last}"))),)


def _range(match: Match, issue: Issue) -> tuple[Part, ...]:
    ends = _filled(match["a"], match["z"])
    if ends is None or not _plausible(match, *ends):
        return ()
    first, last = ends
    inferred = last.year is None
    if last.year is None:
        edtf = issue.tell(lambda on: _in_year(first, last, on.year))
    elif first.year is None:
        edtf = _in_year(first, last, last.year)
    else:
        edtf = span(say(first), say(last))
    if not edtf and first.month is None:
        return ()  # 2020–1990 is no range of years
    return (Part(*match.span(), _about(match, edtf), inferred),)


def _filled(a: str, z: str) -> tuple[Moment, Moment] | None:
    """Give each end the month the other prints; None if they make no range."""
    first, last = read_moment(a), read_moment(z)
    if (first.day is None) != (last.day is None):
        whole_ends = None not in (first.year, first.month, last.year, last.month)
        return (first, last) if whole_ends else None
    if first.month is None and last.month is not None and first.day is not None:
        fits = first.year is None and z[0].isdigit()
        return (first._replace(month=last.month), last) if fits else None
    if last.month is None and first.month is not None:
        fits = first.year is None and a[0].isalpha() and last.day is not None
        return (first, last._replace(month=first.month)) if fits else None
    if first.month is None and (first.day is not None or first.year is None):
        return None
    return first, last


def _plausible(match: Match, first: Moment, last: Moment) -> bool:
    if first.month is not None or last.month is not None:
        return first.month is not None or first.year is not None
    return doubt.is_span(match.string, match.start("a"), match.end("z"))


def _in_year(first: Moment, last: Moment, year: int) -> str:
    """Both ends in one year, or the first in the year before if it would come later."""
    crosses = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0)
    start = first._replace(year=year - crosses)
    return span(say(start), say(last._replace(year=year)))


def _each(match: Match, issue: Issue) -> tuple[Part, ...]:
    """Split a list; a month or year printed once belongs to every item."""
    cuts = [(cut.start(), cut.end()) for cut in _BETWEEN.finditer(match[0])]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(match[0])]
    items = [read_moment(match[0][a:z]) for a, z in zip(starts, ends, strict=True)]
    year = items[-1].year
    shared = items[0].month or items[-1].month
    parts = []
    for start, end, item in zip(starts, ends, items, strict=True):
        whole_item = item._replace(year=year, month=item.month or shared)
        edtf, inferred = dated(whole_item, issue)
        at = match.start()
        parts.append(Part(at + start, at + end, edtf, inferred))
    return tuple(parts)


def _citation(match: Match, _: Issue) -> tuple[Part, ...]:
    cited = doubt.is_citation(match.string, *match.span("y"))
    return (Part(*match.span("y"), match["y"]),) if cited else ()


def _year(match: Match, _: Issue) -> tuple[Part, ...]:
    sure = doubt.is_year(match.string, *match.span("y"))
    return _told(match, _about(match, match["y"]) if sure else "")


def _dual(match: Match, _: Issue) -> tuple[Part, ...]:
    """*12 (24) October 1813*: the later day is that of our calendar."""
    day = max(int(match["n"]), _first_number(match["d"]) or 0)
    moment = Moment(int(match["y"]), month_number(match["m"]), day)
    return (Part(*match.span(), say(moment), True),)


def _era(match: Match, _: Issue) -> tuple[Part, ...]:
    """*AD 650*, *1078–79 AD*: years that only their era tells from counts."""
    year, last = match["y"] or match["ad"], match["z"] or match["adz"]
    edtf = say(read_moment(match["led"] or "")._replace(year=int(year)))
    if last:
        edtf = span(edtf, f"{int(year[: len(year) - len(last)] + last):04}")
    return (Part(*match.span(), edtf),)


def _decade(match: Match, _: Issue) -> tuple[Part, ...]:
    ten = group(match, "ten") or f"{(whole(match['ties'][:-3] + 'y') or 0) // 10}"
    if hundreds := group(match, "hundreds"):
        ten = f"{whole(hundreds)}{ten}"
    if nth := group(match, "nth"):
        ten = f"{(whole(nth) or _ROMAN.get(nth, 20)) - 1}{ten}"
    inferred = len(ten) == 1 or nth == "last"
    if doubt.is_age_or_heat(match.string, match.start(), bare=inferred):
        return ()
    if not inferred and ten < "19" and ten.endswith("0"):
        return (Part(*match.span(), _about(match, f"{ten[:2]}XX")),)  # the 1800s
    if len(ten) == 1:
        ten = f"{_whole_year(ten + '0')}"[:3]
    if last := group(match, "z"):
        edtf = span(f"{ten}X", f"{ten[:-1]}{last}X") if last > ten[-1] else ""
        return _told(match, edtf, inferred=inferred)
    return (Part(*match.span(), _about(match, f"{ten}X"), inferred),)


def _century(match: Match, _: Issue) -> tuple[Part, ...]:
    printed = filter(None, (match["nth"], group(match, "z")))
    places = [whole(each) or _ROMAN.get(each, 0) for each in printed]
    ends = [valid(f"{place - 1:02}XX") for place in places]
    edtf = ends[0] if len(ends) == 1 else span(*ends)
    return _told(match, edtf if places == sorted(places) else "")


def _season(match: Match, issue: Issue) -> tuple[Part, ...]:
    number = SEASONS[match["season"].lower()]
    if year := group(match, "y"):
        return (Part(*match.span(), valid(f"{year}-{number}")),)
    step = STEPS[group(match, "way") or "the"]
    edtf = issue.tell(lambda on: valid(f"{on.year + step}-{number}"))
    return (Part(*match.span(0 if group(match, "way") else "season"), edtf, True),)


def _nth_day(match: Match, issue: Issue) -> tuple[Part, ...]:
    """*On the 14th*: of the month of issue, until a story says of which."""
    number = int(match["n"])
    if number > 31 or _CENTURIES.search(match.string, *near(match)):
        return ()
    edtf = issue.tell(lambda on: say(Moment(on.year, on.month, number)))
    return (Part(*match.span(), edtf, True),)


def _worded_year(match: Match, _: Issue) -> tuple[Part, ...]:
    """*Nineteen seventy-two*, *two thousand and five*: a year that is written out."""
    if match["more"]:
        year = 2000 + (whole(match["more"]) or 0)
    else:
        last = (match["n"] or "").replace(" ", "-")
        rest = 0 if last == "hundred" else whole(last) or 0
        year = (whole(match["hundreds"]) or 0) * 100 + rest
    return (Part(*match.span(), f"{year}"),)


def near(match: Match) -> tuple[int, int]:
    """Where the words around a match begin and end."""
    return max(0, match.start() - 90), match.end() + 90


MAKERS: Final[Mapping[str, Maker]] = {
    "point": _point,
    "month-day": lambda m, i: (
        () if doubt.is_counted(m.string, m.end()) else _point(m, i)
    ),
    "month": lambda m, i: _point(m, i) if doubt.is_month(m.string, *m.span()) else (),
    "iso-month": _iso_month,
    "short-year": _point,
    "days-numeric": _days_numeric,
    "fiscal": _fiscal,
    "iso-range": lambda m, _: _told(m, span(valid(m["a"]), valid(m["z"]))),
    "noughties": lambda m, _: (Part(*m.span(), "200X", True),),
    "clipped": lambda m, _: (Part(*m.span(), f"{_whole_year(m['yy'])}", True),),
    "short": _short,
    "range": _range,
    "open": lambda m, _: (Part(*m.span(), valid(f"{m['y']}/..")),),
    "each": _each,
    "nth-day": _nth_day,
    "worded-year": _worded_year,
    "citation": _citation,
    "year": _year,
    "dual": _dual,
    "era": _era,
    "decade": _decade,
    "century": _century,
    "centuries": _century,
    "season": _season,
}
