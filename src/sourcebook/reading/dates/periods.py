"""Calendar periods, written in EDTF.

``bounds`` turns an EDTF string into its first and last possible day; ``say`` and
``span`` turn years, months and days into EDTF, ``time_words`` turns EDTF into what a
page prints. Levels 0 and 1 are read, the years 1
to 9999, a closed range written forwards. Sets, exponents, quarters as seasons and
other Level 2 forms are refused, and so is a day the calendar does not have.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from sourcebook.errors import SourcebookError
from sourcebook.reading.dates.date_words import MONTHS, WEEKDAYS

_LEVELS_0_AND_1: Final = re.compile(
    r"""(?: \d{3}X | \d\dXX | \d{4}                     # decade, century, year
            (?: -(?: 2[1-4] | XX(?:-XX)? | (?:0\d|1[0-2])(?:-(?:\d\d|XX))? ) )? )
        (?: T[\d:.+\-Z]+ )? [?~%]?""",
    re.VERBOSE,
)
_WINTER: Final = re.compile(r"(\d{4})-24")
_PLAIN: Final = re.compile(r"(\d{4})(?:-(0\d|1[0-2])(?:-(\d\d))?)?[?~%]?")
_MASKED: Final = re.compile(r"(\d{3}X|\d\dXX)[?~%]?")
_WEEKDAY: Final = re.compile("|".join(WEEKDAYS))
_OPEN: Final = ("..", "")
_FIX: Final = (
    "fix: write EDTF Level 0 or 1, such as 2022, 2022-04, 2022-04-29, 199X, 2019-21, "
    "2010~ or 2018/2020"
)


class Moment(NamedTuple):
    """A point of the calendar as far as it was printed; None was not printed."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[dt.date, dt.date]:
    """Return the first and last possible day of an EDTF date or interval.

    An open or unknown end (``../2022``, ``2022/..``, ``/2022``) reaches to
    ``date.min`` or ``date.max``. "About" (``~``) and "uncertain" (``?``) do not widen
    the answer: how far "about" goes is for the reader of the claim to declare. Winter
    is the one that begins in the year: ``2019-24`` is December 2019 to February 2020.

    Raises SourcebookError on anything else, the empty string included.

    >>> bounds("2022-02")
    (datetime.date(2022, 2, 1), datetime.date(2022, 2, 28))
    >>> bounds("199X/2003")
    (datetime.date(1990, 1, 1), datetime.date(2003, 12, 31))
    """
    if edtf.count("/") != 1:
        return _single(edtf, edtf)
    start, end = edtf.split("/")
    if start in _OPEN and end in _OPEN:
        raise _refusal(edtf, "it has no end that is known")
    first = dt.date.min if start in _OPEN else _single(start, edtf)[0]
    last = dt.date.max if end in _OPEN else _single(end, edtf)[1]
    if first > last:
        raise _refusal(edtf, "it ends before it begins")
    return first, last


def _single(part: str, whole: str) -> tuple[dt.date, dt.date]:
    if not _LEVELS_0_AND_1.fullmatch(part):
        raise _refusal(whole, "it is not EDTF of Level 0 or 1")
    try:
        if winter := _WINTER.fullmatch(part):  # the parser ends it in December
            year = int(winter[1])
            end = calendar.monthrange(year + 1, 2)[1]
            return dt.date(year, 12, 1), dt.date(year + 1, 2, end)
        if plain := _PLAIN.fullmatch(part):
            return _plain(*plain.groups())
        if masked := _MASKED.fullmatch(part):
            years = (int(masked[1].replace("X", digit)) for digit in "09")
            return dt.date(next(years), 1, 1), dt.date(next(years), 12, 31)
        return _parsed(part)
    except (ValueError, OverflowError) as error:
        raise _refusal(whole, "the calendar has no such date") from error


def _plain(year: str, month: str | None, day: str | None) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a date that is printed in digits alone."""
    first = dt.date(int(year), int(month or 1), int(day or 1))
    last = first.replace(month=int(month or 12))
    if day is None:
        last = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return first, last


def _parsed(part: str) -> tuple[dt.date, dt.date]:
    """Return the first and last day of any other date, which few texts need."""
    from edtf import EDTFParseException, parse_edtf  # noqa: PLC0415 - slow to import

    try:
        parsed = parse_edtf(part)
    except EDTFParseException as error:
        raise ValueError(part) from error
    first, last = parsed.lower_strict(), parsed.upper_strict()
    return dt.date(*first[:3]), dt.date(*last[:3])


def precision(edtf: str) -> str:
    """Say how precise a date is: a "year", "season", "month", "day", or "" for others.

    >>> [precision(each) for each in ("2022", "2022-04~", "2022-21", "2018/2020")]
    ['year', 'month', 'season', '']
    """
    found = _PLAIN.fullmatch(edtf)
    if not found:
        return "season" if edtf[4:] in ("-21", "-22", "-23", "-24") else ""
    return "day" if found[3] else "month" if found[2] else "year"


def weekday(edtf: str) -> str:
    """Name the weekday of a day, or of the one that an interval begins with, else "".

    >>> weekday("2025-05-22"), weekday("2025-05-23/2025-05-25"), weekday("2025-05")
    ('Thursday', 'Friday', '')
    """
    day = edtf.partition("/")[0]
    return WEEKDAYS[bounds(day)[0].weekday()] if precision(day) == "day" else ""


def day_name(words: str) -> str:
    """Return the first weekday that is printed in some words, or ""."""
    return next(iter(_WEEKDAY.findall(words)), "")


def time_words(edtf: str) -> str:
    """Return a time as a page prints it; what is not EDTF comes back as it was.

    >>> time_words("../2025-05-22"), time_words("2026/.."), time_words("2010~")
    ('by 22 May 2025', 'from 2026 on', 'about 2010')
    >>> time_words("2025-04/2025-11"), time_words("2016-05/2017"), time_words("199X")
    ('April to November 2025', 'May 2016 to 2017', 'the 1990s')
    >>> time_words("2022-04-29/2022-04-30"), time_words("in spring")
    ('29 to 30 April 2022', 'in spring')
    """
    first, slash, last = edtf.partition("/")
    words = [_point_words(each) for each in (first, last)]
    if not slash:
        return words[0] or edtf
    if first in _OPEN or last in _OPEN:
        return f"by {words[1]}" if words[1] else f"from {words[0]} on"
    begin, end = words[0].split(), words[1].split()
    if len(begin) == len(end):  # what both end in is said once: 29 to 30 April 2022
        while len(begin) > 1 and begin[-1] == end[-1]:
            begin.pop(), end.pop()
    return f"{' '.join(begin)} to {words[1]}"


def _point_words(edtf: str) -> str:
    """Return a year, month or day in words, "" for what is none of them."""
    if masked := _MASKED.fullmatch(edtf):
        return f"the {masked[1].replace('X', '0')}s"
    found = _PLAIN.fullmatch(edtf)
    if not found or not 0 < int(found[2] or 1) <= len(MONTHS):
        return ""
    year, month, day = found.groups()
    parts = (
        str(int(day)) if day else "",
        MONTHS[int(month) - 1] if month else "",
        year,
    )
    doubt = {"~": "about ", "%": "about ", "?": "perhaps "}.get(edtf[-1], "")
    return doubt + " ".join(filter(None, parts))


def _refusal(edtf: str, why: str) -> SourcebookError:
    return SourcebookError(f"not a date: {edtf!r} ({why})\n  {_FIX}")


@lru_cache(maxsize=4096)
def say(moment: Moment) -> str:
    """Write a moment in EDTF, no more precise than it is.

    >>> say(Moment(2022, 4)), say(Moment(None, 4, 29))
    ('2022-04', '')
    """
    year, month, day = moment
    if year is None:
        return ""
    parts = [f"{year:04}"]
    if month is not None:
        parts.append(f"{month:02}")
        if day is not None:
            parts.append(f"{day:02}")
    return valid("-".join(parts))


def span(first: str, last: str) -> str:
    """Write an interval in EDTF, or "" when it cannot be one.

    >>> span("2018", "2020"), span("2020", "2018")
    ('2018/2020', '')
    """
    return valid(f"{first}/{last}") if first and last else ""


@lru_cache(maxsize=4096)
def valid(edtf: str) -> str:
    """Return an EDTF string of this package's making, or "" if it names no date.

    Only the calendar and the order of an interval are in doubt here, so this is a
    hundred times quicker than ``bounds``, which must read whatever it returns.

    >>> valid("2022-02-28"), valid("2022-02-30"), valid("2022-02-28/2022-02-30")
    ('2022-02-28', '', '')
    """
    ends = [end for end in edtf.split("/") if end not in _OPEN]
    if not ends or not all(_exists(end.rstrip("~")) for end in ends):
        return ""
    shared = min(len(end) for end in ends)
    return edtf if ends[0][:shared] <= ends[-1][:shared] else ""


def _exists(part: str) -> bool:
    if not _LEVELS_0_AND_1.fullmatch(part) or part.startswith("0000"):
        return False
    try:
        if precision(part) == "day":
            dt.date.fromisoformat(part)
    except ValueError:
        return False
    return part != "9999-24" and not part.startswith(("00X", "000X"))


def months_before(day: dt.date, months: int) -> Moment:
    """Step back (or, with a negative number, on) by whole months.

    >>> months_before(dt.date(2025, 7, 31), 1)
    Moment(year=2025, month=6, day=None)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return Moment(year, month + 1)


def days_before(day: dt.date, days: int) -> dt.date | None:
    """Step back by days; None beyond the calendar's own ends."""
    ordinal = day.toordinal() - days
    if dt.date.min.toordinal() <= ordinal <= dt.date.max.toordinal():
        return dt.date.fromordinal(ordinal)
    return None


@dataclass(frozen=True, slots=True)
class Issue:
    """When a text was issued: its first and last possible day, or neither.

    ``tell`` answers what depends on the day of issue, and only when the first and the
    last possible day give the same answer; else it says "".
    """

    days: tuple[dt.date, dt.date] | None

    @classmethod
    def of(cls, edtf: str) -> Issue:
        """Read the EDTF of an issue; "" is an issue of unknown time."""
        return cls(bounds(edtf) if edtf else None)

    def tell(self, answer: Callable[[dt.date], str]) -> str:
        """Work out an answer from both ends and return it if they agree."""
        if self.days is None:
            return ""
        first, last = (answer(day) for day in self.days)
        return first if first == last else ""
