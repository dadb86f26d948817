"""The reference time of a text: the year, month and day that its telling has come to.

What follows without a year is of that one, until another is told in full. A year may
also be named in passing, recalled or planned, and then the telling stays where it was.
"The same year" and "two days later" are counted from there, and what comes later goes
on from what was counted; "some years later" leaves all that follows in doubt.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sourcebook.reading.certainty import READ
from sourcebook.reading.dates.date_words import whole
from sourcebook.reading.dates.periods import (
    Issue,
    bounds,
    days_before,
    precision,
    valid,
)
from sourcebook.reading.patterns import later

SENTENCE: Final = later(r"[.!?;]\s|\n")
_REACH: Final = 240  # characters of a sentence either way
OPENING: Final = 40

# What a story takes for the year it has come to, and what only looks aside: a paragraph
# that opens with a year turns to it; "since June 2023" is set against what is told; a
# plan or a secret let out is of another time; "the 2021 annual report" may come out in
# any month of the next year.
_NEW_LINE: Final = later(
    r"(?:^|\n)\W*(?:(?:In|By|During|Throughout|After|From|Until|The|Early in|Late in"
    r"|In early|In late|Towards|As of)[ ](?:the[ ])?)?$"
)
SET_AGAINST: Final = later(
    r"\b(?:(?:since|than in|versus|surpass\w+|exceed\w+)(?: \w+)?"
    r"|compared (?:with|to)(?: \w+){0,4})[ ]$|(?:^|[.!?\n] ?)For[ ]$"
)
_PLANS: Final = later(r"\b(?:would|could|until|plan\w*|declassif\w+|publish\w+|will)\b")
_NEW_SENTENCE: Final = later(r"[.!?] (?:(?:In|By|During) )?$")
_ACCOUNT: Final = later(r" (?:[a-z]+ ){0,2}(?:report|accounts|statements?)\b")
_GOAL: Final = later(r"\bby (?:[a-z]+[ -]){0,4}$")
_LASTED: Final = later(r"\b(?:until|till|through) [^,.;:!?\n]{0,32}$")
_PAIR: Final = re.compile(r"\d{4}[/–-]\d{1,4}$")
_STEP: Final = later(
    r"(?:(?:(?P<end>end)|start|beginning|middle|rest|course) of the "
    r"|(?P<way>same|that|following|next|previous|preceding) |(?P<n>(?:a )?[\w-]+) )?"
    r"(?P<unit>decade|year|month|day)s?(?: (?P<turn>later|on|after|earlier|before)"
    r"(?: that)?)?",
    re.IGNORECASE,
)
_ONWARDS: Final = ("later", "on", "after", "next", "following")
_LIFETIME: Final = 60  # years: "as in 1614", amid those of a revolution
COUNTED: Final = "inferred: counted from the date that the text named before"
FROM_ISSUE: Final = "inferred: counted from the issue"
Told = tuple[str, str]  # the EDTF of a date, and the ground that it rests on


@dataclass(slots=True)
class Story:
    """The year that a text has come to, and where it said so."""

    issue: Issue
    history: bool = False
    year: int | None = None
    month: int | None = None
    day: dt.date | None = None
    at: int = -1  # the end of the mention that said so
    latest: int | None = None  # the year last named, and be it in passing
    passed: int = -1  # the end of the mention that named that
    aside: bool = False  # only something else was set against it: "since June 2023"
    paired: bool = False  # it is a year of account, of two: "2027–28"
    unsure: bool = False  # what said so is itself in doubt
    back: bool = False  # it has gone back a year since its paragraph began
    goal: bool = False  # the month was one to be reached: "to 200,000 by December"
    lasted: bool = False  # it ran ahead of the story: "that lasted until May 1945"
    counted: tuple[int, int, str] = 0, -1, ""  # a year counted from it, where and how
    ahead: str = ""  # what the same sentence dates in full further on

    @property
    def issued(self) -> int | None:
        """The year of issue, the last where there are two; None if there is none."""
        return self.issue.days[1].year if self.issue.days else None

    def hears(self, edtf: str, text: str, span: tuple[int, int], *, full: bool) -> None:
        """Take note of a date, unless it looks aside; a full one names its year."""
        told = edtf.rsplit("/", maxsplit=1)[-1]
        first = first_day(edtf)
        issued = self.issued or dt.MAXYEAR
        ahead = text[max(0, span[0] - OPENING) : span[0]]
        if first and first.year > issued and ahead.lower().endswith((" in ", "for ")):
            self.latest, self.passed = first.year, span[1]
        if first is None or edtf.endswith("/..") or first.year > issued:
            return  # a target, or what goes on to this day: no place to go on from
        last = first_day(told) or first
        last = first if last.year > issued else last
        if full:
            self.latest, self.passed = last.year, span[1]
        precise = precision(told)
        dated = precise in ("season", "month", "day")
        if not dated and self.year and self._looks_aside(last.year, text, span):
            return
        turned = has_between(text, "\n", self.at, span[0])
        self.back = not turned and last.year < (self.year or 0)
        month = self.month if last.year == self.year else None
        printed = _PAIR.search(text[slice(*span)]) is not None
        winter = printed and told.endswith("-24")  # January is of the year after
        self.year, self.month = last.year, last.month if dated or winter else month
        self.day = last if precise == "day" else None
        self.at = span[1]
        self.paired = printed and last.year == first.year + 1
        self.goal = _GOAL.search(ahead) is not None
        self.lasted = _LASTED.search(ahead) is not None
        self.aside = bool(SET_AGAINST.search(ahead) or _ACCOUNT.match(text, span[1]))

    def moves_on(self, edtf: str, end: int, ground: str, *, ended: bool) -> None:
        """Take note of what was counted from it: later it goes on from there."""
        first = bounds(edtf.rsplit("/", maxsplit=1)[-1])[0]
        year = self.year or first.year
        self.counted = first.year, end, ground
        if first.year > (self.issued or dt.MAXYEAR):
            return
        if ended and first.year == year:
            self.month = 12
        elif first.year > year or (first.month, first.day) > (self.month or 1, 1):
            precise = precision(edtf)
            self.year = self.latest = first.year
            self.month = first.month if precise in ("month", "day") else None
            self.day = first if precise == "day" else None
            self.at = self.passed = end

    def _looks_aside(self, year: int, text: str, span: tuple[int, int]) -> bool:
        """Whether a bare year only recalls, glosses or plans, amid what is told."""
        if _NEW_LINE.search(text, max(0, span[0] - OPENING), span[0]):
            return False
        since = self.year or year
        if year > since and _NEW_SENTENCE.search(text, max(0, span[0] - 12), span[0]):
            return False
        recalled = text.endswith((" as in ", " than in "), 0, span[0])
        if recalled or f"({text[slice(*span)]})" == text[span[0] - 1 : span[1] + 1]:
            return True
        if not self.month:
            return since - year > _LIFETIME
        skips = year > since + 1 and not text.endswith((" in ", " In "), 0, span[0])
        return skips or year < since or says(_PLANS, sentence(text, span))

    def is_past(self, edtf: str) -> bool:
        """Whether a date lies before the year that it has come to."""
        return bool(edtf and self.year) and bounds(edtf)[1].year < (self.year or 0)

    def is_far(self) -> bool:
        """Whether it has come to a year that is not that of its issue."""
        return self.history and self.year not in {None, self.issued}

    def tells(self, text: str, start: int) -> bool:
        """Whether its year holds for a date that begins here."""
        if self.year is None:
            return False
        return self.history or (
            self.at >= 0 and not has_between(text, "\n", self.at, start)
        )


def told_in_story(words: str, text: str, start: int, story: Story) -> Told:
    """The EDTF of "the same year" or "two days later" where a story goes on.

    With its ground; "" where nothing can be counted, or not from what is told.
    """
    match = _STEP.fullmatch(words)
    if not match or not story.tells(text, start) or story.year is None:
        return "", READ
    year, until, ground = story.counted
    if start < until:
        return f"{year:04}", ground  # "in May of the following year"
    if story.year == story.issued and ends_between(text, story.at, start) > 1:
        return "", READ
    edtf = valid(_stepped(match, story))
    # "Some years later": no one can count on from there.
    named = story.latest in (None, story.year) or match["way"] in ("same", "that")
    sure = named and not (story.unsure or story.aside)
    sure &= bool(edtf) or match["turn"] not in _ONWARDS
    story.unsure = not sure
    ground = COUNTED if sure else "doubtful: counted from a date in doubt"
    if edtf:
        story.moves_on(edtf, start + len(words), ground, ended=bool(match["end"]))
    return edtf, ground


def _stepped(match: re.Match[str], story: Story) -> str:
    """So many years, months or days from those that a story has come to."""
    way = (match["way"] or match["turn"] or "same").lower()
    printed = (match["n"] or "one").lower()
    number = 1 if printed == "the" else whole(printed) or 0
    if story.year is None or not number or (match["turn"] and not match["n"]):
        return ""
    sign = 1 if way in _ONWARDS else -1
    step = 0 if way in ("same", "that") else sign * number
    unit = match["unit"].lower()
    year = max(story.year, story.latest or 0)
    if unit == "decade":
        told = year + 10 * step
        return f"{told:04}~" if match["n"] else f"{told // 10:03}X"
    if unit == "year":
        last = f"{year + step:04}"
        return f"{year - 1 + step:04}/{last}" if story.paired else last
    if unit == "month" and story.month:
        year, month = divmod(story.year * 12 + story.month - 1 + step, 12)
        return f"{year:04}-{month + 1:02}"
    if unit == "day" and story.day:
        return str(days_before(story.day, -step) or "")
    return ""


def ends_between(text: str, start: int, end: int) -> int:
    """How many sentences or lines end between two places of a text."""
    if end - start > 2 * _REACH:
        return 2  # or as good as two; to count them each time would take too long
    return len(SENTENCE.findall(text, max(start, 0), end))


def has_between(text: str, marks: str, start: int, end: int) -> bool:
    """Whether one of some characters stands between two places of a text."""
    return any(text.find(mark, max(start, 0), end) >= 0 for mark in marks)


@lru_cache(maxsize=1024)  # tables repeat themselves
def says(pattern: re.Pattern[str], words: str) -> bool:
    """Whether some words have one of a pattern's."""
    return pattern.search(words) is not None


def sentence(text: str, span: tuple[int, int]) -> str:
    """The sentence of a mention, as far as it can be told by its stops."""
    since = max(0, span[0] - _REACH)
    begin = [since, *(s.end() for s in SENTENCE.finditer(text, since, span[0]))][-1]
    stop = SENTENCE.search(text, span[1], span[1] + _REACH)
    return text[begin : stop.start() + 1 if stop else span[1] + _REACH]


def first_day(edtf: str) -> dt.date | None:
    """The first day of what has a beginning."""
    return bounds(edtf)[0] if edtf and not edtf.startswith(("..", "/")) else None
