"""Find the dates of an English text and say them in EDTF.

Reads days, months, quarters, seasons, years, decades, centuries and ranges of them;
"about" becomes EDTF's ``~``. Precision is kept: a month stays a month, and "early
2022" or "the late 1990s" says no more than its year or decade. A year that is not
printed is the year of issue and marked as inferred. Relative dates are worked out from
the issue where that is certain, and vague ones ("recently") and durations ("44-day")
are reported without EDTF, as is a day the calendar does not have (31 April).

A span leaves out the preposition and the article before it. A year in an author-year
reference is a date by the rule "citation-year". The grammar is in ``date_table``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from sourcebook.reading.dates.makers import MAKERS, Part
from sourcebook.reading.dates.periods import Issue, bounds
from sourcebook.reading.dates.relative import RELATIVE_MAKERS
from sourcebook.reading.dates.table import Rule, beginnings, rules

__all__ = ["DateMention", "bounds", "read_dates"]

Kind = Literal["date", "range", "relative", "duration", "vague"]

_MAKERS: Final = {**MAKERS, **RELATIVE_MAKERS}
_KINDS: Final[dict[str, Kind]] = {
    "range": "range",
    "open": "range",
    "short": "range",
    "quarter": "range",
    "quarters": "range",
    "half": "range",
    "months": "range",
    "unit": "relative",
    "named-month": "relative",
    "named-season": "relative",
    "weekday": "relative",
    "day-word": "relative",
    "ago": "relative",
    "last-n": "relative",
    "unsaid": "relative",
    "vague": "vague",
    "duration": "duration",
    "durations": "duration",
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as printed and as meant.

    ``start`` and ``end`` are offsets in the text given. ``edtf`` is "" when the words
    do not fix a time. ``inferred`` says that part of it is not printed but comes from
    the issue; ``rule`` names the line of the grammar.
    """

    start: int
    end: int
    text: str
    kind: Kind
    edtf: str
    inferred: bool
    rule: str


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


@lru_cache(maxsize=64)  # a document is asked for its dates by each of its claims
def _read(text: str, issued: str) -> tuple[DateMention, ...]:
    issue = Issue.of(issued)
    found = [
        (match.start(), -match.end(), place, rule, parts)
        for place, rule in enumerate(rules())
        for match, parts in _matches(rule, text, issue)
    ]
    mentions: list[DateMention] = []
    done = 0
    for start, minus_end, _, rule, parts in sorted(found, key=lambda hit: hit[:3]):
        if start >= done:
            done = -minus_end
            mentions.extend(_mention(text, rule, part) for part in parts)
    return tuple(mentions)


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
    return {rule.name: list(_fitting(rule, text, begins)) for rule in rules()}


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


def _mention(text: str, rule: Rule, part: Part) -> DateMention:
    words = text[part.start : part.end]
    kind = _KINDS.get(rule.maker, "date")
    return DateMention(
        part.start, part.end, words, kind, part.edtf, part.inferred, rule.name
    )
