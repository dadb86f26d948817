"""Read the interviews that a bracket refers to: with whom, which, and when.

"Interviews with experts 1, May 2014 and 2, July 2014" is two interviews. A kind of
interviewee is taken as printed, in the singular; an entry that only goes on ("and 3,
May 2015") has the kind of the one before. Numbers and dates that stand in two lists
("2 and 3, July 2014 and May 2015") are paired in order; their mentions share a range.
Interviews that a sentence speaks of without a bracket are not references.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sourcebook.reading.citations.citation_grammar import compiled, rules_of
from sourcebook.reading.citations.cited_works import Entry
from sourcebook.reading.dates.date_words import MONTHS
from sourcebook.reading.dates.periods import valid
from sourcebook.reading.text import Span

_PART: Final = compiled(
    r"(?:(?P<day>\d{1,2}) )?(?P<month><month>)(?: (?P<after>\d{1,2}))?,? "
    r"(?P<year><yyyy>)(?!\d)|(?P<only><month>)(?=,? (?:and|&) <month>)"
    r"|(?P<bare><yyyy>)(?!\d)|(?<![\w.])(?P<number>\d{1,3}(?:[–-]\d{1,3})?)(?![\w%]|[.]\d)"
)
_OTHER_KIND: Final = compiled(r"(?:^|[ ,;])(?:and |& |with )?<a><person> ?\Z")
_NEEDS_PART: Final = frozenset({"of", "person", "plain", "more"})


@dataclass(frozen=True, slots=True)
class InterviewMention:
    """One interview, referred to once.

    ``start`` and ``end`` are offsets in the text given. ``number`` is as printed, and
    ``date`` EDTF; each is "" when it is not printed.
    """

    start: int
    end: int
    text: str
    kind: str
    number: str
    date: str
    idem: bool
    bracket: Span | None
    rule: str

    @property
    def key(self) -> str:
        """The interviewee in short: "EEAS official 4"."""
        return f"{self.kind} {self.number}".strip()


@dataclass(slots=True)
class _Group:
    """Numbers and dates that stand together, with the range they fill."""

    kind: str
    start: int
    end: int
    numbers: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)

    def pairs(self) -> list[tuple[str, str]]:
        """Pair numbers with dates; where the lists do not fit, no date is given."""
        numbers = self.numbers or [""]
        if len(self.dates) == len(numbers):
            return list(zip(numbers, self.dates, strict=True))
        if not self.numbers and self.dates:
            return [("", date) for date in self.dates]
        shared = self.dates[0] if len(self.dates) == 1 else ""
        return [(number, shared) for number in numbers]


def read_entry(
    entry: Entry, *, kind: str | None = None
) -> tuple[InterviewMention, ...]:
    """Return the interviews an entry refers to; none when it refers to something else.

    ``kind`` is of the interview before it in the bracket, None when there is none.

    >>> entry = Entry(1, "interviews with experts, 1 and 2, May 2014", None)
    >>> [(each.key, each.date) for each in read_entry(entry)]
    [('expert 1', '2014-05'), ('expert 2', '2014-05')]
    """
    opening = _opening(entry.words, going_on=kind is not None)
    if not opening:
        return ()
    rule, match = opening
    going_on = rule == "more"
    named = kind if going_on else match.groupdict().get("kind")
    start = match.end("lead") if match.groupdict().get("lead") else 0
    first = _Group(
        kind=_one(named or ""),
        start=match.end() if going_on else start,
        end=match.end(),
    )
    groups = list(_groups(entry.words, first))
    if rule in _NEEDS_PART and not (groups[0].numbers or groups[0].dates):
        return ()
    return tuple(
        InterviewMention(
            entry.at + group.start,
            entry.at + group.end,
            entry.words[group.start : group.end],
            group.kind,
            number,
            date,
            idem=False,
            bracket=entry.bracket,
            rule=rule,
        )
        for group in groups
        for number, date in group.pairs()
    )


def _opening(words: str, *, going_on: bool) -> tuple[str, re.Match[str]] | None:
    rules = rules_of("interview") + (rules_of("more") if going_on else ())
    for rule in rules:
        if match := rule.pattern.match(words):
            return rule.name, match
    return None


def _groups(words: str, group: _Group) -> Iterator[_Group]:
    """Yield the groups of an entry; a number after a date opens the next one."""
    at = group.end
    for part in _PART.finditer(words, at):
        between = words[at : part.start()]
        other = _OTHER_KIND.search(between) if group.numbers else None
        if part["number"] and (group.dates or other):
            yield group
            start = at + other.start("kind") if other else part.start()
            kind = _one(other["kind"]) if other else group.kind
            group = _Group(kind, start, part.end())
        if part["number"]:
            group.numbers.append(part["number"])
        else:
            group.dates.append(_date(words, part))
        group.end = at = part.end()
    yield group


def _date(words: str, part: re.Match[str]) -> str:
    """Say a date in EDTF; a month without its year has that of the next date."""
    if part["bare"]:
        return part["bare"]
    if part["only"]:
        later = (other["year"] for other in _PART.finditer(words, part.end()))
        year = next(filter(None, later), "")
        return f"{year}-{_month(part['only'])}" if year else ""
    month = f"{part['year']}-{_month(part['month'])}"
    day = part["day"] or part["after"]
    return valid(f"{month}-{int(day):02}") if day else month


def _month(name: str) -> str:
    return f"{MONTHS.index(name) + 1:02}"


def _one(kind: str) -> str:
    """Return a kind of interviewee in the singular."""
    if not kind.rpartition(" ")[2][:1].islower() or not kind.endswith("s"):
        return kind
    if kind.endswith("ies"):
        return f"{kind[:-3]}y"
    return kind if kind.endswith("ss") else kind[:-1]
