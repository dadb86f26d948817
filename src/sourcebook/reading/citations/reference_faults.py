"""Say where the interviews that a text cites do not fit together.

One plain line a fault: an interviewee with two dates, one with no date where others
have dates, a number of nobody, a kind without number among numbered ones, numbers
passed over. Which is right is not decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from sourcebook.reading.citations.interviews import InterviewMention

LineAt = Callable[[int], int]


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
    where = _Where(line_at)
    return (
        *_two_dates(printed, where),
        *_incomplete(printed, where),
        *_passed_over(printed, where),
    )


class _Where:
    """Words for the places of some mentions: lines if they are known, or offsets."""

    def __init__(self, line_at: LineAt | None) -> None:
        self._line_at = line_at

    def __call__(self, mentions: Sequence[InterviewMention]) -> str:
        starts = [mention.start for mention in mentions]
        name, places = "offset", starts
        if self._line_at is not None:
            name, places = "line", [self._line_at(start) for start in starts]
        words = ", ".join(str(place) for place in dict.fromkeys(places))
        return f"{name}{'s' if ',' in words else ''} {words}"

    def seen(self, mentions: Sequence[InterviewMention]) -> str:
        return f"{_times(mentions)} ({self(mentions)})"


def _times(mentions: Sequence[InterviewMention]) -> str:
    return {1: "once", 2: "twice"}.get(len(mentions), f"{len(mentions)} times")


def _two_dates(printed: Sequence[InterviewMention], where: _Where) -> Iterator[str]:
    """Yield a line for each numbered interviewee with more than one date."""
    dates: dict[str, dict[str, list[InterviewMention]]] = {}
    for mention in printed:
        if mention.number and mention.date:
            of_one = dates.setdefault(mention.key, {})
            of_one.setdefault(mention.date, []).append(mention)
    for key, of_one in dates.items():
        if len(of_one) > 1:
            said = [f"{date} {where.seen(of_one[date])}" for date in sorted(of_one)]
            yield f"{key} has {len(of_one)} dates: {', '.join(said)}"


def _incomplete(printed: Sequence[InterviewMention], where: _Where) -> Iterator[str]:
    """Yield a line for each reference that lacks what others of the text have."""
    named = any(mention.kind for mention in printed)
    numbered = any(mention.number for mention in printed)
    dated = any(mention.date for mention in printed)
    for mention in printed:
        said = f"{mention.text!r} ({where([mention])})"
        if named and not mention.kind:
            yield f"{said} does not say with whom"
        if numbered and not mention.number:
            yield f"{said} has no number"
        if dated and not mention.date:
            yield f"{said} has no date"


def _passed_over(printed: Sequence[InterviewMention], where: _Where) -> Iterator[str]:
    """Yield a line for each kind whose numbers leave some out below the highest."""
    for kind in dict.fromkeys(mention.kind for mention in printed if mention.kind):
        own = [m for m in printed if m.kind == kind and m.number.isdecimal()]
        highest = max((int(mention.number) for mention in own), default=0)
        numbers = {int(mention.number) for mention in own}
        if missing := [n for n in range(1, highest) if n not in numbers]:
            last = [mention for mention in own if int(mention.number) == highest]
            cited = f"{kind} {highest} is cited ({where(last)})"
            yield f"{cited}, but not {_runs(missing)}"


def _runs(numbers: Sequence[int]) -> str:
    """Write numbers as runs.

    >>> _runs([4, 5, 6, 8])
    '4–6, 8'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{a}–{z}" if a != z else str(a) for a, z in runs)
