"""Read the interviews that a bracket refers to: with whom, which, and when.

"Interviews with experts 1, May 2014 and 2, July 2014" is two interviews. A kind of
interviewee is taken as printed, in the singular; an entry that only goes on ("and 3,
May 2015") has the kind of the one before. Numbers and dates that stand in two lists
("2 and 3, July 2014 and May 2015") are paired in order; their mentions share a range.
Interviews that a sentence speaks of without a bracket are not references.

Say where the interviews that a text cites do not fit together.

One plain line a fault: an interviewee with two dates, one with no date where others
have dates, a number of nobody, a kind without number among numbered ones, numbers
passed over. Which is right is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from sourcebook.reading.citations.citation_grammar import compiled, rules_of
from sourcebook.reading.citations.cited_works import Entry
from sourcebook.reading.dates.date_makers import read_moment
from sourcebook.reading.dates.periods import say
from sourcebook.reading.text import Span

_PART: Final = compiled(
    r"(?:\d{1,2} )?<month>(?: \d{1,2})?,? "
    r"(?P<year><yyyy>)(?!\d)|(?P<only><month>)(?=,? (?:and|&) <month>)"
    r"|<yyyy>(?!\d)|(?<![\w.])(?P<number>\d{1,3}(?:[–-]\d{1,3})?)(?![\w%]|[.]\d)"
)
_OTHER_KIND: Final = compiled(r"(?:^|[ ,;])(?:and |& |with )?<a><person> ?\Z")
_BETWEEN: Final = compiled(r"(?:[\s,#]|and\b|&|no\.|[Nn]os?\.)*")
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
    rules = rules_of("interview") + (rules_of("more") if kind is not None else ())
    matches = ((rule.name, rule.pattern.match(entry.words)) for rule in rules)
    rule, match = next((each for each in matches if each[1]), ("", None))
    if not match:
        return ()
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


def _groups(words: str, group: _Group) -> Iterator[_Group]:
    """Yield the groups of an entry; a number after a date opens the next one."""
    at = group.end
    for part in _PART.finditer(words, at):
        between = words[at : part.start()]
        other = _OTHER_KIND.search(between) if group.numbers else None
        if part["number"] and not (other or _BETWEEN.fullmatch(between)):
            continue  # an age, a room
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
    moment = read_moment(part[0])
    if part["only"]:
        later = (other["year"] for other in _PART.finditer(words, part.end()))
        year = next(filter(None, later), None)
        moment = moment._replace(year=int(year) if year else None)
    return say(moment)


def _one(kind: str) -> str:
    """Return a kind of interviewee in the singular."""
    if not kind.rpartition(" ")[2][:1].islower() or not kind.endswith("s"):
        return kind
    if kind.endswith("ies"):
        return f"{kind[:-3]}y"
    return kind if kind.endswith("ss") else kind[:-1]


LineAt = Callable[[int], int]
_Printed = Sequence[InterviewMention]


def interview_faults(
    mentions: Iterable[InterviewMention], *, line_at: LineAt | None = None
) -> tuple[str, ...]:
    """Return one line for each inconsistency of the interviews, by check and by text.

    ``line_at`` turns an offset into a line of the file (``Document.line_at``); without
    it places are offsets. An *idem* only repeats, and is passed over.

    >>> from sourcebook.reading.citations import read_interviews
    >>> text = "It is so (expert interview 1, May 2014; expert interview 1, 2015)."
    >>> interview_faults(read_interviews(text))
    ('expert 1 has 2 dates: 2014-05 once (offset 10), 2015 once (offset 40)',)
    """
    printed = [mention for mention in mentions if not mention.idem]
    return (
        *_two_dates(printed, line_at),
        *_incomplete(printed, line_at),
        *_passed_over(printed, line_at),
    )


def _where(mentions: Sequence[InterviewMention], line_at: LineAt | None) -> str:
    """The places of some mentions: lines if they are known, or offsets."""
    places = [line_at(each.start) if line_at else each.start for each in mentions]
    words = ", ".join(map(str, dict.fromkeys(places)))
    return f"{'line' if line_at else 'offset'}{'s' if ',' in words else ''} {words}"


def _seen(mentions: Sequence[InterviewMention], line_at: LineAt | None) -> str:
    times = {1: "once", 2: "twice"}.get(len(mentions), f"{len(mentions)} times")
    return f"{times} ({_where(mentions, line_at)})"


def _two_dates(printed: _Printed, line_at: LineAt | None) -> Iterator[str]:
    """Yield a line for each numbered interviewee with more than one date."""
    dates: dict[str, dict[str, list[InterviewMention]]] = {}
    for each in printed:
        if each.number and each.date:
            dates.setdefault(each.key, {}).setdefault(each.date, []).append(each)
    for key, of_one in dates.items():
        if len(of_one) > 1:
            said = [f"{date} {_seen(of_one[date], line_at)}" for date in sorted(of_one)]
            yield f"{key} has {len(of_one)} dates: {', '.join(said)}"


def _incomplete(printed: _Printed, line_at: LineAt | None) -> Iterator[str]:
    """Yield a line for each reference that lacks what others of the text have."""
    named = any(mention.kind for mention in printed)
    numbered = any(mention.number for mention in printed)
    dated = any(mention.date for mention in printed)
    for mention in printed:
        said = f"{mention.text!r} ({_where([mention], line_at)})"
        if named and not mention.kind:
            yield f"{said} does not say with whom"
        if numbered and not mention.number:
            yield f"{said} has no number"
        if dated and not mention.date:
            yield f"{said} has no date"


def _passed_over(printed: _Printed, line_at: LineAt | None) -> Iterator[str]:
    """Yield a line for each kind whose numbers leave some out below the highest."""
    for kind in dict.fromkeys(mention.kind for mention in printed if mention.kind):
        own = [m for m in printed if m.kind == kind and m.number.isdecimal()]
        highest = max((int(mention.number) for mention in own), default=0)
        numbers = {int(mention.number) for mention in own}
        if missing := [n for n in range(1, highest) if n not in numbers]:
            last = [mention for mention in own if int(mention.number) == highest]
            cited = f"{kind} {highest} is cited ({_where(last, line_at)})"
            yield f"{cited}, but not {_runs(missing)}"


def _runs(numbers: Sequence[int]) -> str:
    """Write numbers as runs.

    >>> _runs([4, 5, 6, 8])
    '4–6, 8'
    """
    pairs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    runs = [[number for _, number in run] for _, run in pairs]
    ends = ((str(run[0]), str(run[-1])) for run in runs)
    return ", ".join("–".join(dict.fromkeys(pair)) for pair in ends)
