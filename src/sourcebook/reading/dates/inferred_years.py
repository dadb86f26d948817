"""The year of a date that prints none, and what says so.

A text that has just named another year goes on in it: "28 July 1914 … In September" is
1914. Else the date is near the issue, and on the side that its own words say: "rose in
December", issued in February, is the December before; "will open in December" is the
one to come. Where neither a year, nor an issue, nor a verb tells, it is left open.
Nothing is put after the issue unless the words look ahead.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sourcebook.reading.certainty import READ
from sourcebook.reading.dates.periods import Issue, bounds
from sourcebook.reading.patterns import later

_AHEAD: Final = later(
    r"\b(?:will|shall|won[’']t|is to|are to|is due|are due|was due|were due|due|is"
    r" set|are set"
    r"|expect(?:s|ed)?|plan(?:s|ned|ning)?|schedul\w+|upcoming|forthcoming|coming|deadlines?"
    r"|targets?|goals?|aim(?:s|ed|ing)?|hop(?:es|ed|ing)|intend(?:s|ed)?|forecast\w*"
    r"|project(?:s|ed) to|going to|would|could|until|till|ahead of|no later than"
    r"|must|should|pledg\w+|promis\w+|propos\w+|begins?|starts?|expires?|opens?"
    r"|takes place|set for|slated|(?:was|were) to"
    r"|(?:extend|prolong|postpon|adjourn|defer|delay|mov)\w{1,5}(?: by [\w ]{1,20},)?"
    r" (?:to|until|till)"
    r"|for (?:delivery|loading|shipment|arrival|settlement|handover|completion)"
    r"|later this year|before the end|(?:ask|call)(?:s|ed|ing)? (?:for|to)"
    r"|request(?:s|ed)?|urg(?:es|ed))\b",
    re.IGNORECASE,
)
# A future, or a present tense that says when: "expires on 5 February" told in December.
_NOW_AHEAD: Final = later(
    r"\b(?:will|shall|won[’']t|(?:is|are) (?:due|to|set|scheduled)|upcoming|forthcoming"
    r"|expires?|begins?|starts?|opens?|closes?|ends?|falls? due|take(?:s)? effect"
    r"|takes? place|enters? into force|comes? into force|resumes?|returns?|kicks? off"
    r"|goes|go|deadline|runs? (?:until|out)|lapses?)(?! of\b)\b",
    re.IGNORECASE,
)
_BACK: Final = later(
    r"\b(?:was|were|had|did|said|told|has(?! (?:\d|(?:an?|the|no|its)\b))"
    r"|have been|been|ago|since|rose|fell|grew"
    r"|went|came"
    r"|made|took|gave|held|met|saw|began|became|lost|won|left|led|sent|cut|hit|put|ran|sold"
    r"|bought|built|paid|spent|broke|spoke|wrote|chose|stood|shrank|sank|struck"
    r"|(?<!\bis[ ])(?<!\bare[ ])(?<!\bbe[ ])(?!dated\b)[a-z]{3,}ed)\b"
)
_RECURS: Final = later(
    r"\b(?:each|every|any|annually(?: on| in| by)?)"
    r" (?:(?!(?:in|on|by|from|to|since|until|at)\b)\w+ )?$"
    r"|\b(?:annual|yearly) (?:(?!(?:was|were|has|had|will|came|\w+ed)\b)\w+ ){0,4}$",
    re.IGNORECASE,
)
_RECURS_NEXT: Final = later(
    r",? (?:each|every|of each|of every|in each|in every|of any) (?:year|spring"
    r"|summer|season)\b"
    r"|,? (?:annually|yearly)\b|,? (?:and \w+ )?of each year\b"
)
_DAY_NAME: Final = later(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_DAYS: Final = "Mon Tue Wed Thu Fri Sat Sun".split()
SENTENCE: Final = later(r"[.!?;]\s|\n")
_BEFORE_THAT: Final = later(r"\bhad\b|\b(?:earlier|back in)\b")
_NEW_LINE: Final = later(
    r"(?:^|\n)\W*(?:(?:In|By|During|Throughout|After|From|Until|The|Early in|Late in"
    r"|In early|In late|Towards|As of)[ ](?:the[ ])?)?$"
)
_PLANS: Final = later(r"\b(?:would|could|until|plan\w*|declassif\w+|publish\w+|will)\b")
TURNED: Final = later(r"\b(previous|preceding|following) $", re.IGNORECASE)
# "The 20 January tragedy of 1990".
_OF_NEXT: Final = later(
    r"(?! (?:and|or|but|than|with|against)\b) (?:[a-z-]+ ){1,3}"
    r"of (?P<y>(?:1[5-9]|20)\d\d)(?![\d.,%-]*\d)"
)
SET_AGAINST: Final = later(
    r"\b(?:(?:since|than in|versus|surpass\w+|exceed\w+)(?: \w+)?"
    r"|compared (?:with|to)(?: \w+){0,4}) $"
)
# "The 2021 annual report" may come out in any month of the next year.
_ACCOUNT: Final = later(r" (?:[a-z]+ ){0,2}(?:report|accounts|statements?)\b")
_REACH: Final = 240  # characters
OPENING: Final = 40
_CLAUSE: Final = 48
CARRIED: Final = "inferred: the year that the text named before"
_TURNING: Final = "inferred: the year after what was told, for the words look ahead"
_OF_THAT_YEAR: Final = later(r" (?:of )?(?:that|the same) year\b")
# What was agreed in October to happen in April is to happen in the year after.
_TO_COME: Final = later(
    r"\b(?:(?:agreed|plan\w*|due|expected|scheduled|set|hop\w+|vow\w+|pledg\w+"
    r"|promis\w+|intend\w*|decid\w+|voted|ordered)(?: on \d{1,2} [A-Z][a-z]+)? to|will"
    r"|until|till|postponed|delayed|deferred|adjourned)\b"
    r"(?:[^.;:!?]|\.(?=\d)){0,70}$"
)
# "For 5-10 November delivery", "over May futures".
_DELIVERY: Final = later(
    r"[ -](?:[a-z-]+ )?(?:delivery|loading|arrivals?|shipments?|futures|contracts?"
    r"|cargo(?:es)?|lifting|settlement|expiry|dates?)\b"
)
_ORDERED: Final = later(
    r"\b(?:(?:for|over|basis|from)"
    r"(?: (?:early|mid|late|[A-Z]\w+|the first \w+ in))?[ -]"
    r"|(?:is|are)(?: \w+){1,2} (?:on|by|until)(?: the)? )$"
)
_PAIR: Final = re.compile(r"\d{4}[/–-]\d{1,4}$")
_LIFETIME: Final = 60  # years: "as in 1614", amid those of a revolution
_SOON: Final = 100  # days: three months that a trade looks ahead
_PASSED: Final = 120  # days: gone so long, a month to come is next year's
_FAR_APART: Final = 6  # months: "November 1914 … in February" has turned the year
_FAR_BACK: Final = 3  # months that a new paragraph may go back in the same year
_LONG_AGO: Final = 270  # days, when the same day of the next year is far nearer


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
    ahead: str = ""  # what the same sentence dates in full further on

    def hears(self, edtf: str, text: str, span: tuple[int, int]) -> None:
        """Take note of a date that is told in full, unless it only looks aside."""
        known = _start(edtf)
        if known is None or edtf.endswith("/.."):
            return  # what goes on to this day is no place in a story either
        issued = self.issue.days[1].year if self.issue.days else dt.MAXYEAR
        if known.year > issued:
            return  # a target is no place where the story goes on
        last = _start(edtf.rsplit("/", maxsplit=1)[-1]) or known
        last = known if last.year > issued else last
        self.latest, self.passed = last.year, span[1]
        told = edtf.rsplit("/", maxsplit=1)[-1]
        plain = re.fullmatch(r"\d{4}-(0\d|1[0-2])(?:-\d\d)?[~?%]?", told)
        if not plain and self.year and self._looks_aside(last.year, text, span):
            return
        month = self.month if last.year == self.year else None
        printed = _PAIR.search(text[slice(*span)]) is not None
        winter = printed and told.endswith("-24")  # January is of the year after
        self.year, self.month = last.year, last.month if plain or winter else month
        self.day = last if plain and len(told) == len("2022-02-22") else None
        self.at = span[1]
        self.paired = printed and last.year == known.year + 1
        ahead = text[max(0, span[0] - OPENING) : span[0]]
        self.aside = bool(SET_AGAINST.search(ahead) or _ACCOUNT.match(text, span[1]))

    def _looks_aside(self, year: int, text: str, span: tuple[int, int]) -> bool:
        """Whether a bare year only recalls, glosses or plans, amid what is told."""
        if _NEW_LINE.search(text, max(0, span[0] - OPENING), span[0]):
            return False
        since = self.year or year
        if f"({text[slice(*span)]})" == text[span[0] - 1 : span[1] + 1]:
            return True
        if not self.month:
            return since - year > _LIFETIME
        return not since <= year <= since + 1 or _says(_PLANS, _around(text, span))

    def is_far(self) -> bool:
        """Whether it has come to a year that is not that of its issue."""
        issued = self.issue.days[1].year if self.issue.days else None
        return self.history and self.year not in {None, issued}

    def tells(self, text: str, start: int) -> bool:
        """Whether its year holds for a date that begins here."""
        if self.year is None:
            return False
        return self.history or (self.at >= 0 and "\n" not in text[self.at : start])


def settle(
    text: str, span: tuple[int, int], story: Story, write: Callable[[Issue], str]
) -> tuple[str, str]:
    """The EDTF of a date without a year, and its ground.

    ``write`` says the date as of an issue, and so of any year.
    """
    start, end = span
    if _RECURS.search(text, max(0, start - 40), start) or _RECURS_NEXT.match(text, end):
        return "", "inferred: it comes again every year"
    if told := _OF_NEXT.match(text, end):
        return write(Issue.of(told["y"])), "inferred: the year of what it is named for"
    carried = story.tells(text, start) and not (
        story.issue.days
        and not story.history
        and (_is_ahead(text, start) or _goes_on(text, span))
    )
    issued = story.issue.days[1].year if story.issue.days else None
    if carried and story.year != issued:
        return _carried(text, span, story, write)
    following = None if carried else _start(story.ahead)
    if story.issue.days is None:
        if following and (told_next := _before_next(following, write)):
            return told_next
        return "", "doubtful: neither a year nor an issue says when"
    if story.history:
        return "", "doubtful: the text is of other years than its issue"
    edtf, ground = _near_issue(text, span, story.issue, write)
    if following and following.year == story.issue.days[1].year - 1:
        before = _before_next(following, write)
        if before and before[0] != edtf:
            ground = "doubtful: near the issue, or of the year that is named next"
    return edtf, ground


def _before_next(
    following: dt.date, write: Callable[[Issue], str]
) -> tuple[str, str] | None:
    """In the year that the sentence names next: "in March, and on 17 July 2019".

    None of a month that is named again: "in April against April 2023".
    """
    edtf = write(Issue.of(f"{following.year:04}"))
    start = _start(edtf)
    if not start or (start.month == following.month and len(edtf) == len("2022-02")):
        return None
    if start > following and following.year > 1:
        before = write(Issue.of(f"{following.year - 1:04}"))
        return before, "doubtful: of the year before the one that is named next"
    return edtf, "inferred: the year that the sentence names next"


def _carried(
    text: str, span: tuple[int, int], story: Story, write: Callable[[Issue], str]
) -> tuple[str, str]:
    """In the year the text has come to, or the next where the months turn over."""

    def of(year: int) -> str:
        return write(Issue.of(f"{min(max(year, 1), dt.MAXYEAR):04}"))

    year = story.year or 0
    if story.latest and _OF_THAT_YEAR.match(text, span[1]):
        return of(story.latest), CARRIED
    edtf = of(year) or of(year + 1)  # the 29th of February, of the year after
    start = _start(edtf)
    if (
        start
        and story.month
        and start.month < story.month
        and _TO_COME.search(text, max(0, span[0] - _REACH // 3), span[0])
    ):
        return of(year + 1), _TURNING
    if start and story.month and story.month - start.month > _FAR_APART:
        edtf = of(year + 1) or edtf
    elif (
        start
        and story.month
        and start.month - story.month > _FAR_APART
        and _BEFORE_THAT.search(_around(text, span))
    ):
        edtf = of(year - 1)
    turn = TURNED.search(text, max(0, span[0] - 12), span[0])
    if turn and start and story.month:
        back = turn[1].lower() in {"previous", "preceding"}
        same = start.month == story.month
        turns = same or (start.month > story.month) == back
        edtf = of(year + turns * (-1 if back else 1))
    if turn and not story.month and turn[1].lower() == "following":
        return of(year + 1), "doubtful: after a year of which no month is told"
    edtf = _by_weekday(text, span, write, edtf)
    return edtf, _ground_of_carried(text, span, story, edtf)


def _ground_of_carried(
    text: str, span: tuple[int, int], story: Story, edtf: str
) -> str:
    """What the year that a text has come to rests on, for a date further on."""
    if story.aside and story.issue.days and edtf:
        return f"doubtful: of {story.year}, or near the issue"
    if edtf and (story.unsure or _is_turned(text, span, story, edtf)):
        return f"doubtful: near {story.year}, as the months of the text go"
    near = not {"\n", "("} & set(text[story.passed : span[0]])
    if near and story.latest != story.year:
        return f"doubtful: of {story.year}, or of {story.latest}, named in passing"
    return CARRIED


def _is_turned(text: str, span: tuple[int, int], story: Story, edtf: str) -> bool:
    """Whether a new paragraph is in another year, or far back in the same one."""
    start = _start(edtf)
    if not start or not story.month or "\n" not in text[story.at : span[0]]:
        return False
    return start.year != story.year or story.month - start.month > _FAR_BACK


def _is_ahead(text: str, start: int) -> bool:
    """Whether the clause before a date says what is still to come: "expires on"."""
    clause = re.split(
        r"[,;:)]| and (?=[a-z]+s )", text[max(0, start - _CLAUSE) : start]
    )[-1]
    return _says(_NOW_AHEAD, clause) and not _says(_BACK, clause)


def _goes_on(text: str, span: tuple[int, int]) -> bool:
    """Whether something lasts to this day since a date: "it has been closed since"."""
    since = text[max(0, span[0] - len("since ")) : span[0]].lower() == "since "
    return since and not _says(_BEFORE_THAT, _around(text, span))


def _near_issue(
    text: str, span: tuple[int, int], issue: Issue, write: Callable[[Issue], str]
) -> tuple[str, str]:
    """In the year of issue, or the one before or after, as the words look."""
    edtf, ground = write(issue), "inferred: the year of issue"
    days = issue.days
    if not days or not edtf or not (start := _start(edtf)):
        return edtf, ground
    if _DAY_NAME.search(text[slice(*span)]):
        fitting = _by_weekday(text, span, write, "", near=days[1].year)
        if fitting:
            return fitting, "inferred: the year in which the weekday fits"
        return edtf, "doubtful: the weekday fits no year near the issue"
    words = _around(text, span)
    sold = _DELIVERY.match(text, span[1]) is not None
    near = _is_ahead(text, span[0]) or sold
    goes_on = "/" in edtf and (_end(edtf) or start).month > days[1].month
    if (start > days[1] or goes_on) and start.year == days[1].year:
        told = text[max(0, span[0] - _REACH // 2) : span[0]]
        near = near or bool(_TO_COME.search(told))
        if near or _says(_AHEAD, words):
            return edtf, "inferred: the year of issue, for the words look ahead"
        soon = (start - days[1]).days < _SOON and _ORDERED.search(told)
        return _looking_back(words, edtf, days[1], write, ordered=bool(soon))
    last = _end(edtf)
    near_or_for = near or text[max(0, span[0] - 4) : span[0]].lower() == "for "
    if not last or last >= days[0] or (_says(_BACK, words) and not near_or_for):
        return edtf, ground
    if near or _says(_NOW_AHEAD, words):
        after = write(Issue.of(f"{min(days[1].year + 1, dt.MAXYEAR):04}"))
        if after not in {"", edtf} and (days[0] - last).days > _PASSED:
            return after, "inferred: the year after the issue, for the words look ahead"
        return edtf, "doubtful: before the issue, and the words look ahead"
    if (days[0] - last).days > _LONG_AGO - _SOON * near_or_for:
        return edtf, "doubtful: long before the issue, and no verb tells"
    return edtf, ground


def _looking_back(
    words: str,
    edtf: str,
    issued: dt.date,
    write: Callable[[Issue], str],
    *,
    ordered: bool,
) -> tuple[str, str]:
    """In the year before, or doubtfully in the nearer one where no verb looks back.

    What is ``ordered``, "for June" in May, may be for the June to come.
    """
    if ordered:
        return edtf, "doubtful: for a time to come, or for that of the year before"
    before = write(Issue.of(f"{issued.year - 1:04}")) if issued.year > 1 else ""
    start, last = _end(edtf), _end(before)
    if before and _says(_BACK, words):
        return before, "inferred: the year before the issue, for the words look back"
    if start and last and start - issued > issued - last:
        return before, "doubtful: before or after the issue, and no verb tells"
    return edtf, "doubtful: before or after the issue, and no verb tells"


def _by_weekday(
    text: str,
    span: tuple[int, int],
    write: Callable[[Issue], str],
    edtf: str,
    near: int = 0,
) -> str:
    """The nearest year, first backwards, in which a printed weekday fits its day."""
    name = _DAY_NAME.search(text[slice(*span)])
    start = _start(edtf)
    year = near or (start.year if start else 0)
    if not name or not year:
        return edtf
    for other in (year, year - 1, year + 1):
        told = write(Issue.of(f"{other:04}")) if 1 <= other <= dt.MAXYEAR else ""
        day = _start(told) if len(told) == len("2022-02-22") else None
        if day and _DAYS[day.weekday()] == name[0][:3]:
            return told
    return edtf


def weekday_fault(words: str, edtf: str) -> str:
    """What to say of a full date whose printed weekday is another."""
    name, day = _DAY_NAME.search(words), _start(edtf)
    full = len(edtf) == len("2022-02-22")
    if not name or not day or not full or _DAYS[day.weekday()] == name[0][:3]:
        return READ
    return f"doubtful: {edtf} is no {name[0]}"


@lru_cache(maxsize=1024)  # tables repeat themselves
def _says(pattern: re.Pattern[str], words: str) -> bool:
    """Whether a sentence has one of a pattern's words."""
    return pattern.search(words) is not None


def _around(text: str, span: tuple[int, int]) -> str:
    """The sentence of a mention, as far as it can be told by its stops."""
    since = max(0, span[0] - _REACH)
    begin = [since, *(s.end() for s in SENTENCE.finditer(text, since, span[0]))][-1]
    stop = SENTENCE.search(text, span[1], span[1] + _REACH)
    return text[begin : stop.start() + 1 if stop else span[1] + _REACH]


def _start(edtf: str) -> dt.date | None:
    return bounds(edtf)[0] if edtf and not edtf.startswith(("..", "/")) else None


def _end(edtf: str) -> dt.date | None:
    return bounds(edtf)[1] if edtf else None
