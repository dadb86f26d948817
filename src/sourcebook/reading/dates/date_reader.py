"""Find the dates of an English text and say them in EDTF.

Reads days, months, quarters, seasons, years, decades, centuries and ranges of them;
"about" becomes EDTF's ``~``. Precision is kept: a month stays a month, and "early
2022" or "the late 1990s" says no more than its year or decade. A year that is not
printed is worked out in ``inferred_years`` and marked as inferred. Relative dates are
worked out from the issue where that is certain, and vague ones ("recently") and
durations ("44-day") are reported without EDTF, as is a day the calendar does not have
(31 April).

A span leaves out the preposition and the article before it. A year in an author-year
reference is a date by the rule "citation-year". The grammar is in `date_grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from sourcebook.reading.certainty import READ, is_doubtful
from sourcebook.reading.dates.date_grammar import TIMED, Rule, beginnings, rules, timed
from sourcebook.reading.dates.date_makers import MAKERS, Part, group
from sourcebook.reading.dates.date_words import whole
from sourcebook.reading.dates.inferred_years import Yearless, settle
from sourcebook.reading.dates.periods import (
    Issue,
    bounds,
    day_name,
    valid,
    weekday,
)
from sourcebook.reading.dates.reference_time import (
    FROM_ISSUE,
    OPENING,
    SET_AGAINST,
    Story,
    ends_between,
    told_in_story,
)
from sourcebook.reading.dates.relative_dates import RELATIVE_MAKERS
from sourcebook.reading.patterns import later, without_runs

__all__ = ["DateMention", "bounds", "read_dates"]

Kind = Literal["date", "range", "relative", "duration", "vague"]

_YEARLESS: Final = frozenset(
    "point month-day month nth-day range each season quarter half months".split()
)
_WHENCE: Final = dict.fromkeys(
    ("clipped", "decade", "short-year", "fiscal", "noughties"),
    "inferred: the century is not printed",
) | {"dual": "inferred: of two days told, the later is of our calendar"}
_OF_ISSUE: Final = frozenset(
    "unit unit-of-issue named-month named-season month-of-unit ago".split()
)
_OF_STORY: Final = frozenset(
    "narrative next-day that-year year-before later unit-of-issue".split()
)
_MONTHS_FIRST: Final = frozenset({"month-first", "short-american"})
_SLASHED: Final = _MONTHS_FIRST | {"day-first", "short-year", "stroke-day"}
_MOVED: Final = later(
    r"\b(?:put (?:off|back)|moved|postponed|delayed|slip(?:ped|s)?|brought forward)"
    r"(?: [a-z]+){0,2} $"
)
# "The lowest since January 2019", "12% above 2024": the news are not of that year.
_RECORD: Final = later(
    r"\b(?:[a-z]{2,}est|most|least|worst|best|first|time|biggest)(?: [a-z]+){0,3}"
    r" since (?:early |late |mid-)?$|\b(?:above|below) $|% (?:on|over) $"
)
_MANY: Final = 6
_FEW: Final = 0.35
_MODERN: Final = 1930  # in what is told of times before, ’89 is of their century
_LIVED: Final = 100  # years within which a history may have come to our century
_MAKERS: Final = {**MAKERS, **RELATIVE_MAKERS}
_MAKERS_OF: Final[dict[Kind, str]] = {
    "range": "range iso-range days-numeric open short quarter quarters half months",
    "relative": "unit named-month named-season weekday day-word ago last-n unsaid",
    "duration": "duration durations",
    "vague": "vague",
}
_KINDS: Final = {
    maker: kind for kind, makers in _MAKERS_OF.items() for maker in makers.split()
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as printed and as meant.

    ``start`` and ``end`` are offsets in the text given. ``edtf`` is "" when the words
    do not fix a time. ``inferred`` says that part of it is not printed but comes from
    the issue or from what the text named before; ``rule`` names the line of the
    grammar; ``ground`` is "read", or "inferred: …" or "doubtful: …" with the reason.
    """

    start: int
    end: int
    text: str
    kind: Kind
    edtf: str
    inferred: bool
    rule: str
    ground: str = READ


def read_dates(text: str, *, issued: str = "") -> tuple[DateMention, ...]:
    """Return the dates of a clean text, in order and without overlap.

    ``issued`` is the EDTF of the text's own date; without it what leans on it has no
    EDTF. Raises SourcebookError when ``issued`` is not EDTF.

    >>> [(d.text, d.edtf) for d in read_dates("Signed on 22 February 2022 in Moscow.")]
    [('22 February 2022', '2022-02-22')]
    >>> [d.edtf for d in read_dates("It fell last month.", issued="2025-07-31")]
    ['2025-06']
    """
    return _read(text, issued)


class _Hit(NamedTuple):
    """Where a mention comes from: its rule, the match, and which part of it."""

    rule: Rule
    match: re.Match[str]
    part: int


@lru_cache(maxsize=64)  # a document is asked for its dates by each of its claims
def _read(printed: str, issued: str) -> tuple[DateMention, ...]:
    text = without_runs(printed)
    issue = Issue.of(issued)
    found = [
        (match.start(), -match.end(), place, rule, match, parts)
        for place, rule in enumerate(rules())
        for match, parts in _matches(rule, text, issue)
    ]
    found.sort(key=lambda hit: hit[:3])
    mentions: list[tuple[DateMention, _Hit]] = []
    done = 0
    for start, minus_end, _, rule, match, parts in found:
        if start >= done:
            done = -minus_end
            for number, part in enumerate(parts):
                hit = _Hit(rule, match, number)
                at, end, edtf, inferred = part
                words, kind = printed[at:end], _KINDS.get(rule.maker, "date")
                told = DateMention(at, end, words, kind, edtf, inferred, rule.name)
                mentions.append((told, hit))
    return _placed(text, _ordered(mentions), issue)


def _ordered(
    mentions: list[tuple[DateMention, _Hit]],
) -> list[tuple[DateMention, _Hit]]:
    """Tell 3/4/2019 by what other dates of the text have first, or leave it open."""
    hits = [hit for _, hit in mentions if hit.rule.name in _SLASHED]
    american = any(hit.rule.name in _MONTHS_FIRST for hit in hits)
    other = any(hit.rule.name not in _MONTHS_FIRST and _is_sure(hit) for hit in hits)
    told = []
    for mention, hit in mentions:
        if hit.rule.name not in _SLASHED or _is_sure(hit) or american < other:
            told.append((mention, hit))
        elif american and not other and hit.rule.name != "stroke-day":
            edtf = f"{mention.edtf[:5]}{mention.edtf[8:]}-{mention.edtf[5:7]}"
            why = "inferred: months first, as in other dates of the text"
            told.append((replace(mention, edtf=edtf, ground=why), hit))
        else:
            why = "doubtful: the day may stand first, or the month"
            told.append((replace(mention, ground=why), hit))
    return told


def _is_sure(hit: _Hit) -> bool:
    """Whether the figures of a date, or the points in it, leave its order no choice."""
    day, month = int(hit.match["d"]), int(hit.match["m"])
    named = hit.rule.name in _MONTHS_FIRST or hit.match[0].count(".") > 1
    return named or day > 12 or day == month


def _placed(
    text: str, mentions: list[tuple[DateMention, _Hit]], issue: Issue
) -> tuple[DateMention, ...]:
    """The mentions, those without a year in the one the story has come to."""
    told = [each.edtf for each, _ in mentions if each.edtf and not each.inferred]
    story = Story(issue, history=_is_history(told, issue))
    placed = []
    for place, (found, hit) in enumerate(mentions):
        story.ahead = _told_next(text, mentions, place)
        mention = _in_story(text, found, hit, story)
        ahead = text[max(0, mention.start - OPENING) : mention.start]
        if mention.text.startswith("from ") and _MOVED.search(ahead):
            mention = replace(
                mention, ground="doubtful: moved, or from one to the other"
            )
        placed.append(mention)
        aside = mention.rule == "citation-year" or (
            mention.kind == "relative"
            and (story.history or mention.rule not in _OF_ISSUE)
        )
        aside |= mention.inferred and SET_AGAINST.search(ahead) is not None
        aside |= mention.inferred and story.is_past(mention.edtf)
        aside |= not story.history and _RECORD.search(ahead) is not None
        if mention.edtf and not aside:
            unsure = is_doubtful(mention.ground)
            full = not unsure and (story.history or not mention.inferred)
            story.hears(mention.edtf, text, (mention.start, mention.end), full=full)
            if story.at == mention.end:
                story.unsure = unsure
    return tuple(placed)


def _is_history(dates: list[str], issue: Issue) -> bool:
    """Whether most years that a text names lie well before its issue."""
    years = [bounds(edtf)[0].year for edtf in dates if edtf[:1].isdigit()]
    if issue.days is None or len(years) < _MANY:
        return issue.days is None
    near = sum(abs(year - issue.days[1].year) <= 1 for year in years)
    return near < _FEW * len(years)


def _told_next(text: str, mentions: list[tuple[DateMention, _Hit]], place: int) -> str:
    """The next date of the sentence that prints its year as well as its month."""
    for each, _ in mentions[place + 1 : place + _MANY]:
        if each.edtf and not each.inferred and each.edtf[4:5] == "-":
            ended = ends_between(text, mentions[place][0].end, each.start)
            return "" if ended else each.edtf
    return ""


def _in_story(text: str, mention: DateMention, hit: _Hit, story: Story) -> DateMention:
    """One mention with its year and ground, as the story up to it says."""
    rule, match, _ = hit
    if mention.edtf and not mention.inferred:
        return _held_to_weekday(mention)
    if rule.name in _OF_STORY or (rule.name == "unit" and not mention.edtf):
        edtf, ground = told_in_story(mention.text, text, mention.start, story)
        if edtf:
            return replace(mention, edtf=edtf, inferred=True, ground=ground)
    if not mention.inferred:
        return mention
    if rule.maker not in _YEARLESS or group(match, "way") not in {"", "the"}:
        return _of_issue(mention, hit, story) if mention.edtf else mention
    return _settled(text, mention, hit, story)


def _of_issue(mention: DateMention, hit: _Hit, story: Story) -> DateMention:
    """One mention that is counted from the issue, unless the text is of other years."""
    rule, match, _ = hit
    clipped = rule.maker in {"clipped", "decade"} and not group(match, "nth")
    if clipped and story.year and story.year < _MODERN:
        return _of_old(mention, story.year)
    onwards = rule.maker == "last-n" and match["way"].lower() == "next"
    if (rule.name in _OF_ISSUE or onwards) and story.is_far():
        ground = "doubtful: the text is of other years than its issue"
        return replace(mention, edtf="", ground=ground)
    if mention.ground != READ:
        return mention
    ground = _WHENCE.get(rule.maker, FROM_ISSUE)
    if rule.name in _OF_ISSUE and story.history and story.unsure:
        ground = "doubtful: of the issue, or of the year the text had come to"
    return replace(mention, ground=ground)


def _held_to_weekday(mention: DateMention) -> DateMention:
    """A full date, in doubt where the weekday printed beside it is another."""
    name, real = day_name(mention.text), weekday(mention.edtf)
    if not name or not real or name == real:
        return mention
    return replace(mention, ground=f"doubtful: {mention.edtf} is no {name}")


def _settled(text: str, mention: DateMention, hit: _Hit, story: Story) -> DateMention:
    """One mention that prints no year, or not even a month, as the story has them."""
    rule, match, part = hit
    if rule.name == "nth-day":
        edtf, ground = _day_of_story(mention.edtf, text, mention.start, story)
        return replace(mention, edtf=edtf, ground=ground)
    maker = _MAKERS[rule.maker]

    def write(issue: Issue) -> str:
        return maker(match, issue)[part].edtf

    edtf, ground = settle(Yearless(text, mention.start, mention.end, write), story)
    if mention.ground != READ:
        ground = mention.ground  # which of its figures is the day stays open
    return replace(mention, edtf=edtf, ground=ground)


def _day_of_story(edtf: str, text: str, start: int, story: Story) -> tuple[str, str]:
    """The EDTF of "on the 14th", and its ground: of the month the text named before.

    ``edtf`` is the same day of the month of issue, "" where there is none.
    """
    number = whole(text[start : start + len("14")].rstrip("snrt"))
    if not number or not story.year or not story.month or story.at < 0:
        return edtf, "doubtful: no month is named"
    ends = ends_between(text, story.at, start)
    turned = story.day is not None and number < story.day.day
    year, month = divmod(story.year * 12 + story.month - 1 + turned, 12)
    told = valid(f"{year:04}-{month + 1:02}-{number:02}")
    if turned:
        return told, "doubtful: of the month that the text named before, or the next"
    if ends > 1:
        return told, "doubtful: no month is named, but some sentences before"
    return told, "inferred: the month that the text named before"


def _of_old(mention: DateMention, near: int) -> DateMention:
    """*’89*, *the forties*: of the century told of before, or in doubt of which."""
    printed = int(mention.edtf[:4].replace("X", "0"))
    centuries = range(printed % 100 + 1000, 2100, 100)
    told = str(min(centuries, key=lambda year: abs(year - near)))
    if "X" in mention.edtf:
        told = f"{told[:3]}X"
        if "/" in mention.edtf or (told != mention.edtf and printed - near < _LIVED):
            ground = "doubtful: of that century, or of the one named before"
            return replace(mention, ground=ground)
    ground = "inferred: the century that the text named before"
    return replace(mention, edtf=told, ground=ground)


def _matches(
    rule: Rule, text: str, issue: Issue
) -> Iterator[tuple[re.Match[str], tuple[Part, ...]]]:
    """Yield what a rule finds along the text, where its maker does not decline."""
    maker, at = _MAKERS[rule.maker], 0
    for match in _candidates(text)[rule.name]:
        if match.start() >= at and (parts := maker(match, issue)):
            yield match, parts
            at = match.end()


@lru_cache(maxsize=8)  # a text is read as of its issue, and by itself
def _candidates(text: str) -> dict[str, list[re.Match[str]]]:
    """What fits each rule, wherever it begins: that does not hang on the issue."""
    begins = beginnings(text)
    near = timed(text, begins)
    return {
        rule.name: list(_fitting(rule, text, near if rule.name in TIMED else begins))
        for rule in rules()
    }


def forget() -> None:
    """Let go of what was found: for those who read many documents, once each."""
    _read.cache_clear()
    _candidates.cache_clear()


def _fitting(
    rule: Rule, text: str, begins: dict[str, list[int]]
) -> Iterator[re.Match[str]]:
    pattern = rule.pattern
    if rule.begins:
        places = sorted(at for first in rule.begins for at in begins.get(first, ()))
        yield from filter(None, (pattern.match(text, at) for at in places))
        return
    match = pattern.search(text)
    while match:
        yield match
        match = pattern.search(text, match.start() + 1)
