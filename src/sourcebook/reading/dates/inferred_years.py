"""The year of a date that prints none, and what says so.

A text that has just named another year goes on in it: "28 July 1914 … In September" is
1914. Else the date is near the issue, and on the side that its own words say: "rose in
December", issued in February, is the December before; "will open in December" is the
one to come. Where neither a year, nor an issue, nor a verb tells, it is left open.
Nothing is put after the issue unless the words look ahead.

`settle` asks in this order: whether the date has a year at all; whether it is named for
one; whether the story has come to one; and last, what lies near the issue.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sourcebook.reading.dates.date_makers import month_number
from sourcebook.reading.dates.periods import Issue, bounds, day_name, precision, weekday
from sourcebook.reading.dates.reference_time import (
    COUNTED,
    FROM_ISSUE,
    OPENING,
    SENTENCE,
    Story,
    Told,
    first_day,
    has_between,
    says,
    sentence,
)
from sourcebook.reading.patterns import later

# What has no year: "each year by 1 May", "by 1 May each year".
_RECURS_BEFORE: Final = later(
    r"\b(?:each|every|any|annually(?: on| in| by)?)"
    r" (?:(?!(?:in|on|by|from|to|since|until|at)\b)\w+ )?$"
    r"|\b(?:annual|yearly) (?:(?!(?:was|were|has|had|will|came|\w+ed)\b)\w+ ){0,4}$"
    r"|\b(?:years?|seasons?) (?:runs?|lasts?|ends?) (?:(?:from|on|in|to) )?$",
    re.IGNORECASE,
)
_RECURS_AFTER: Final = later(
    r"(?: (?:and|or)(?: \d{1,2})? [A-Z][a-z]{2,8})?"
    r"(?:,? (?:each|every|of each|of every|in each|in every|of any) (?:year|spring"
    r"|summer|season)\b"
    r"|,? (?:annually|yearly)\b|,? (?:and \w+ )?of each year\b)"
)
# What is named for its year: "the 20 January tragedy of 1990".
_NAMED_FOR: Final = later(
    r"(?! (?:and|or|but|than|with|against)\b) (?:[a-z-]+ ){1,3}"
    r"of (?P<y>(?:1[5-9]|20)\d\d)(?![\d.,%-]*\d)"
)
# Words behind it that count its year from the one told: "in May of the following year".
_YEAR_BESIDE: Final = later(
    r"(?: (?:and|or)(?: \d{1,2})? [A-Z][a-z]{2,8})? (?:of |in )?"
    r"(?:(?P<same>that|the same) year|(?P<on>the (?:following|next) year"
    r"|(?:the|an?|one) year (?:later|after))|the (?:previous|preceding) year"
    r"|(?:the|an?|one) year (?:before|earlier)"
    r"|(?P<way>this|last|next) year)\b(?! last\b)"
)
_NEXT_YEAR: Final = later(r"(?<!the )\b[Nn]ext year\b[^.;!?\n]*$")
# Told in one breath, and so in order: "in September 2003 …, and in May it was sold".
_THEN: Final = later(r"\b\d{4} [^.;!?\n]*\band (?:then )?(?:in|on|by|at)(?: the)? $")
# What its sentence opens with: "In 2018, duties took effect on 23 March".
_OPENED_WITH: Final = later(
    r"(?:^|[.!?][”\"]? |\n)In (?P<y>(?:1[5-9]|20)\d\d),? (?:(?!\d{4})[^.;!?\n])*$"
)
# A list that prints its year once, at the end: "14 and 28 March and 11 April 2023".
_LISTED: Final = later(
    r"(?:,? (?:(?:and|or|&) )?(?:\d{1,2}(?:st|nd|rd|th)?|[A-Z][a-z]{2,8}\.?)"
    r"(?: (?:of )?(?:[A-Z][a-z]{2,8}\.?|\d{1,2}(?:st|nd|rd|th)?))?){1,9}"
    r",? (?:1[5-9]|20)\d\d\b"
)
_MONTH_NEXT: Final = later(r" (?:and|or) ([A-Z][a-z]{2,8})\b")
_NUMBER_NEXT: Final = later(r",? (?:1[0-4]\d\d)\b(?![.,]\d)")
_JOINED: Final = re.compile(r",? (?:[a-z]+[ -]){0,4}")

# Verbs and nouns that look ahead, from the surest to the weakest. In the clause itself
# a future, or a present that says when, may put a date after its year of issue:
# "expires on 5 February", told in December.
_NOW_AHEAD: Final = later(
    r"\b(?:will|shall|won[’']t|(?:is|are) (?:due|to|set|scheduled)|upcoming|forthcoming"
    r"|expires?|begins?|starts?|opens?|closes?|ends?|falls? due|take(?:s)? effect"
    r"|takes? place|enters? into force|comes? into force|resumes?|returns?|kicks? off"
    r"|meets?|sits?|goes|go|deadline|runs? (?:until|out)|lapses?)(?! of\b)\b",
    re.IGNORECASE,
)
# Before the date: what was agreed in October to happen in April is of the year after.
_TO_COME: Final = later(
    r"\b(?:(?:agreed|plan\w*|due|expected|scheduled|set|hop\w+|vow\w+|pledg\w+"
    r"|promis\w+|intend\w*|decid\w+|voted|ordered)(?: on \d{1,2} [A-Z][a-z]+)? to|will"
    r"|until|till|postponed|delayed|deferred|adjourned)\b"
    r"(?:[^.;:!?]|\.(?=\d)){0,70}$"
)
# Anywhere in the sentence: enough for a date later in the year of issue to stay there.
_AHEAD: Final = later(
    r"\b(?:will|shall|won[’']t|due|(?:is|are) set|set for|slated|(?:is|are|was|were) to"
    r"|expect(?:s|ed)?|plan(?:s|ned|ning)?|schedul\w+|upcoming|forthcoming|coming"
    r"|deadlines?|targets?|goals?|aim(?:s|ed|ing)?|hop(?:es|ed|ing)|intend(?:s|ed)?"
    r"|forecast\w*|project(?:s|ed) to|going to|would|could|until|till|ahead of"
    r"|no later than|must|should|pledg\w+|promis\w+|propos\w+|begins?|starts?"
    r"|expires?|opens?|takes place|later this year|before the end|request(?:s|ed)?"
    r"|(?-i:may|might)(?! (?:have|well have)\b)"
    r"|(?:(?:extend|prolong|postpon|adjourn|defer|delay|mov)\w{1,5}|p(?:ut|ushed) back)"
    r"(?: by [\w ]{1,20},)? (?:to|until|till)"
    r"|for (?:delivery|loading|shipment|arrival|settlement|handover|completion)"
    r"|(?:ask|call)(?:s|ed|ing)? (?:for|to)|urg(?:es|ed))\b",
    re.IGNORECASE,
)
# What is reported, or compared with, is past: "will publish figures for the fourth
# quarter", in January; "sees 1.2%, against 1.9% in November".
_REPORTED: Final = later(
    r"\b(?:figures|results|data|numbers|accounts|report|sales|earnings|GDP|trade|estimates?)"
    r" (?:for|in|of) (?:the )?$"
    r"|\b(?:against|versus|compared (?:with|to)|(?:up|down) from)"
    r" (?:[^.,;:!?]|[.,](?=\d)){0,24} (?:in|for) (?:the )?$"
)
_BY: Final = later(r"(?i:\b(?:by|until|till)) (?:the )?$")
# What was planned once is past, or may be: "first set for November", in January.
_ONCE: Final = later(
    r"\b(?:(?:first|originally|initially|previously|once|had been) (?:set|planned|due"
    r"|scheduled|expected|meant|to)|(?:was|were) to (?:be|have))\b[^.,;!?]*$"
)
# Of trade: "for 5-10 November delivery", "over May futures"; "for June", in May.
_DELIVERED: Final = later(
    r"[ -](?:[a-z-]+ )?(?:delivery|loading|arrivals?|shipments?|futures|contracts?"
    r"|cargo(?:es)?|lifting|settlement|expiry|dates?)\b"
)
_ORDERED: Final = later(
    r"\b(?:(?:for|over|basis|from)"
    r"(?: (?:early|mid|late|[A-Z]\w+|the first \w+ in))?[ -]"
    r"|(?:is|are)(?: \w+){1,2} (?:on|by|until)(?: the)? )$"
)
_BACK: Final = later(
    r"\b(?:was|were|had|did|said|told|has(?! (?:\d|(?:an?|the|no|its)\b))|have been"
    r"|been|ago|since|rose|fell|grew|went|came|made|took|gave|held|met|saw|began|became"
    r"|lost|won|left|led|sent|cut|hit|put|ran|sold|bought|built|paid|spent|broke|spoke"
    r"|wrote|chose|stood|shrank|sank|struck"
    r"|(?<!\bis[ ])(?<!\bare[ ])(?<!\bbe[ ])(?!dated\b)[a-z]{3,}ed)\b"
)
_BEFORE_THAT: Final = later(r"\bhad\b|\b(?:earlier|back in)\b")

_WINDOW: Final = 120  # characters
_TURN: Final = later(r"\b(previous|preceding|following|(?<=the )next) $", re.IGNORECASE)

_FAR_APART: Final = 6  # months: "November 1914 … in February" has turned the year
_FAR_BACK: Final = 3  # months that a new paragraph may go back in the same year
_SOON: Final = 100  # days: three months that a trade looks ahead
_JUST: Final = 45  # days beside the issue: news need not say of which year
_PASSED: Final = 120  # days: gone so long, a month to come is next year's
_LONG_AGO: Final = 270  # days, when the same day of the next year is far nearer

_CARRIED: Final = "inferred: the year that the text named before"
_FITTING: Final = "inferred: the year in which the weekday fits"
_OF_ISSUE: Final = "inferred: the year of issue"


@dataclass(frozen=True, slots=True)
class Yearless:
    """A date that prints no year: where it stands, and its EDTF as of any issue."""

    text: str
    start: int
    end: int
    write: Callable[[Issue], str]

    def of(self, year: int) -> str:
        """Its EDTF in a year, "" where the year or the calendar has no such day."""
        return self.write(Issue.of(f"{year:04}")) if 1 <= year <= dt.MAXYEAR else ""

    def follows(self, pattern: re.Pattern[str], reach: int) -> re.Match[str] | None:
        """What stands before it, within so many characters."""
        return pattern.search(self.text, max(0, self.start - reach), self.start)

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Whether its sentence has one of a pattern's words."""
        return says(pattern, sentence(self.text, (self.start, self.end)))

    def looks_ahead(self) -> bool:
        """Whether the clause before it says what is still to come: "expires on"."""
        before = self.text[max(0, self.start - 48) : self.start]
        clause = re.split(r"[,;:)]|[.!?] | and (?=[a-z]+s )", before)[-1]
        return says(_NOW_AHEAD, clause) and not says(_BACK, clause)

    def by_weekday(self, year: int) -> str:
        """Its day in the year nearest to one in which its weekday fits, else ""."""
        name = day_name(self.text[self.start : self.end])
        for other in (year, year - 1, year + 1) if name else ():
            if weekday(told := self.of(other)) == name:
                return told
        return ""


def settle(date: Yearless, story: Story) -> Told:
    """The EDTF of a date without a year, and its ground."""
    text, start, end = date.text, date.start, date.end
    if date.follows(_RECURS_BEFORE, OPENING) or _RECURS_AFTER.match(text, end):
        return "", "inferred: it comes again every year"
    if told := _beside(date, story):
        return told
    news = story.issued is not None and not story.history
    # "It has been closed since": what lasts to this day is of the issue.
    since = text.endswith(("since ", "Since "), 0, start)
    lasts = since and not date.says(_BEFORE_THAT)
    carried = story.tells(text, start) and not (news and (date.looks_ahead() or lasts))
    if carried and (story.history or story.year != story.issued):
        edtf, ground = _carried(date, story)
        if ground == _CARRIED and news and _is_just_by(date, story.issue):
            ground = "doubtful: of the year named before, or near the issue"
        return edtf, ground
    following = None if carried else first_day(story.ahead)
    edtf, ground = _by_issue(date, story, following)
    if edtf and news and date.follows(_NEXT_YEAR, _WINDOW):
        edtf = date.of((story.issued or 0) + 1)
        ground = "doubtful: of the next year that the sentence names, or near the issue"
    if date.follows(_TURN, 12) and ground.startswith("inferred"):
        ground = "doubtful: near the issue, or beside what was told before"
    return edtf, ground


def _beside(date: Yearless, story: Story) -> Told | None:
    """In the year that words beside it name or count, or that their list prints."""
    text, end = date.text, date.end
    if of := _NAMED_FOR.match(text, end):
        return date.of(int(of["y"])), "inferred: the year of what it is named for"
    if told := _counted(date, story):
        return told
    if (opened := date.follows(_OPENED_WITH, _WINDOW)) and date.of(int(opened["y"])):
        return date.of(int(opened["y"])), _CARRIED
    if _NUMBER_NEXT.match(text, end):
        return "", "doubtful: the number behind it may be its year"
    named = first_day(story.ahead)
    return _before_next(date, named) if named and _LISTED.match(text, end) else None


def _by_issue(date: Yearless, story: Story, following: dt.date | None) -> Told:
    """Near the issue, or where there is none, in the year the sentence names next."""
    before = _before_next(date, following) if following else None
    if story.issued is None:
        return before or ("", "doubtful: neither a year nor an issue says when")
    if story.history:
        return "", "doubtful: the text is of other years than its issue"
    edtf, ground = _near_issue(date, story.issue)
    passing = story.passed >= 0 and not (
        has_between(date.text, ")", story.passed, date.start)
        or SENTENCE.search(date.text, story.passed, date.start)
    )
    other = story.latest not in (None, story.issued)
    if ground != _FITTING and edtf and passing and other:
        ground = f"doubtful: near the issue, or of {story.latest}, named in passing"
    last_year = following and following.year == story.issued - 1
    if last_year and before and before[0] != edtf:
        ground = "doubtful: near the issue, or of the year that is named next"
    return edtf, ground


def _counted(date: Yearless, story: Story) -> Told | None:
    """In a year that words beside it count from the one told of."""
    beside = _YEAR_BESIDE.match(date.text, date.end)
    year, end, ground = story.counted
    if beside and beside.end() == end:  # "in May and June of that year"
        return date.of(year), ground
    if not beside:
        gap = date.text[end : date.start] if 0 <= end <= date.start < end + 30 else ""
        return (date.of(year), ground) if _JOINED.fullmatch(gap) else None
    if beside["way"]:
        step = {"last": -1, "this": 0, "next": 1}[beside["way"]]
        far = story.issued is None or story.is_far()
        return "" if far else date.of((story.issued or 0) + step), FROM_ISSUE
    told = story.tells(date.text, date.start)
    if not told and (story.history or beside["same"]):
        return None
    if beside["same"]:
        year = story.latest or story.year or 0
        story.counted = year, beside.end(), COUNTED
        return date.of(year), _CARRIED
    year = (max(story.year or 0, story.latest or 0) if told else story.issued) or 0
    year += 1 if beside["on"] else -1
    sure = told and not story.unsure and story.latest in (None, story.year)
    ground = COUNTED if sure else "doubtful: counted from a date in doubt"
    story.counted = year, beside.end(), ground
    return date.of(year), ground


def _is_just_by(date: Yearless, issue: Issue) -> bool:
    """Whether the date in the year of issue lies just beside the issue itself."""
    edtf, days = date.write(issue), issue.days
    soon = _JUST if precision(edtf.rpartition("/")[2]) == "day" else 1
    if not edtf or not days:
        return False
    return -soon < (days[1] - bounds(edtf)[1]).days < _JUST  # a day may be to come


def _before_next(date: Yearless, following: dt.date) -> Told | None:
    """In the year that the sentence names next: "in March, and on 17 July 2019".

    None of a month that is named again: "in April against April 2023".
    """
    edtf = date.of(following.year)
    start = first_day(edtf)
    if not start or (start.month == following.month and precision(edtf) == "month"):
        return None
    if start > following and following.year > 1:
        before = date.of(following.year - 1)
        return before, "doubtful: of the year before the one that is named next"
    return edtf, "inferred: the year that the sentence names next"


def _carried(date: Yearless, story: Story) -> Told:
    """In the year the text has come to, or the next where the months turn over."""
    year = story.year or 0
    edtf = date.of(year) or date.of(year + 1)  # the 29th of February, of the year after
    start = first_day(edtf)
    back = story.month - start.month if story.month and start else 0
    if back > 0 and date.follows(_TO_COME, _WINDOW):
        ground = "inferred: the year after what was told, for the words look ahead"
        return date.of(year + 1), ground
    if back > _FAR_APART:
        edtf = date.of(year + 1) or edtf
    elif back < -_FAR_APART and date.says(_BEFORE_THAT):
        edtf = date.of(year - 1)
    seasons = back == _FAR_APART and precision(edtf) == "season"
    if turn := date.follows(_TURN, 12):
        on = turn[1].lower() in ("following", "next")
        if on and not story.month:
            return date.of(year + 1), "doubtful: after a year of which no month is told"
        if start and story.month:
            turns = back == 0 or (back > 0) == on
            edtf = date.of(year + turns * (1 if on else -1))
    elif seasons or (0 < back <= _FAR_APART and date.follows(_THEN, _WINDOW)):
        return edtf, "doubtful: of the year named before, or the one after"
    start = first_day(edtf)
    if start and (fitting := date.by_weekday(start.year)):
        return fitting, _FITTING
    return edtf, _ground_of_carried(date, story, edtf)


def _ground_of_carried(date: Yearless, story: Story, edtf: str) -> str:
    """What the year that a text has come to rests on, for a date further on."""
    if story.aside and story.issue.days and edtf:
        return f"doubtful: of {story.year}, or near the issue"
    if edtf and (story.unsure or _is_turned(date, story, edtf)):
        return f"doubtful: near {story.year}, as the months of the text go"
    # "Worse than November and January", told in April: the months turn the year.
    pair = _MONTH_NEXT.match(date.text, date.end)
    other, start = month_number(pair[1]) if pair else None, first_day(edtf)
    if other and start and other <= (story.month or 0) < start.month:
        return f"doubtful: of {story.year}, or of the year before"
    far = has_between(date.text, "\n(", story.passed, date.start)
    if not far and story.latest not in (None, story.year):
        return f"doubtful: of {story.year}, or of {story.latest}, named in passing"
    return _CARRIED


def _is_turned(date: Yearless, story: Story, edtf: str) -> bool:
    """Whether it may be of another year, as new paragraphs and old goals are."""
    start = first_day(edtf)
    if not start or not story.month:
        return False
    if not has_between(date.text, "\n", story.at, date.start):
        return start.year > (story.year or 0) and story.goal
    far = not -_FAR_APART <= story.month - start.month <= _FAR_BACK
    return start.year != story.year or far or story.back or story.lasted


def _near_issue(date: Yearless, issue: Issue) -> Told:
    """In the year of issue, or the one before or after, as the words look."""
    edtf = date.write(issue)
    if not issue.days or not edtf:
        return edtf, _OF_ISSUE
    (since, issued), (start, last) = issue.days, bounds(edtf)
    if day_name(date.text[date.start : date.end]):
        fitting = date.by_weekday(issued.year)
        unfit = "doubtful: the weekday fits no year near the issue"
        return (fitting, _FITTING) if fitting else (edtf, unfit)
    ahead = date.looks_ahead() or bool(_DELIVERED.match(date.text, date.end))
    goes_on = "/" in edtf and last.month > issued.month
    if (start > issued or goes_on) and start.year == issued.year:
        if date.follows(_REPORTED, OPENING) and (before := date.of(issued.year - 1)):
            return before, "inferred: the year before the issue, for it is reported"
        ahead = ahead or bool(date.follows(_TO_COME, _WINDOW)) or date.says(_AHEAD)
        once = ahead and date.follows(_ONCE, _WINDOW) is not None
        if ahead and not once:
            return edtf, "inferred: the year of issue, for the words look ahead"
        return _looking_back(date, edtf, issued, once=once)
    return _gone_by(date, edtf, since, ahead=ahead)


def _looking_back(date: Yearless, edtf: str, issued: dt.date, *, once: bool) -> Told:
    """In the year before, or doubtfully in the nearer one where no verb looks back."""
    start, last = bounds(edtf)
    if (start - issued).days < _SOON and date.follows(_ORDERED, _WINDOW):
        return edtf, "doubtful: for a time to come, or for that of the year before"
    before = date.of(issued.year - 1)
    if before and not once and date.says(_BACK):
        if precision(edtf) == "day" and (start - issued).days < _JUST:
            return before, "doubtful: a year ago nearly, or just to come"
        return before, "inferred: the year before the issue, for the words look back"
    if before and last - issued > issued - bounds(before)[1]:
        edtf = before
    return edtf, "doubtful: before or after the issue, and no verb tells"


def _gone_by(date: Yearless, edtf: str, issued: dt.date, *, ahead: bool) -> Told:
    """In the year of issue, or the one after where the words look ahead."""
    last = bounds(edtf)[1]
    gone = (issued - last).days
    ahead_or_for = ahead or date.text.endswith(("for ", "For "), 0, date.start)
    if gone <= 0 or (date.says(_BACK) and not ahead_or_for):
        return edtf, _OF_ISSUE
    if ahead or date.follows(_BY, OPENING) or date.says(_NOW_AHEAD):
        if gone > _PASSED and (after := date.of(last.year + 1)):
            return after, "inferred: the year after the issue, for the words look ahead"
        return edtf, "doubtful: before the issue, and the words look ahead"
    if gone > _LONG_AGO - _SOON * ahead_or_for:
        return edtf, "doubtful: long before the issue, and no verb tells"
    return edtf, _OF_ISSUE
