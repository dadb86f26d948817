"""Claims as rows to choose from: whose, of what kind, on what, naming whom, about when.

Shared by the views on a page and by the controls of a live notebook, so that both count
alike. An actor is named where its name stands in the passage, or where a claim is coded
as its doing or its stance.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus, Source
from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.badges import code_words
from sourcebook.reading.dates import bounds
from sourcebook.views.listings import passage

NO_TIME = "no time stated"
FIRST_YEAR = 2010  # from here on by year; before, in longer stretches
_STRETCHES = ((2000, "before 2000"), (FIRST_YEAR, "2000 to 2009"))
_PASSAGE = 110  # characters of a passage


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim, by what a reader can choose it by."""

    id: str
    source: str  # short name
    kind: str
    topic: str
    actors: tuple[str, ...]  # names, sorted
    time: str  # the year, or stretch of years, in which it begins
    passage: str


def claim_rows(corpus: Corpus) -> tuple[ClaimRow, ...]:
    """Return every claim, source by source, in the order of the text."""
    known = {m.actor for source in corpus.sources.values() for m in source.actors}
    return tuple(
        ClaimRow(
            claim.id,
            short_name(claim.source),
            claim.kind,
            code_words(claim.topic),
            actors_of(claim, source, known=known),
            begins(claim.when),
            passage(claim, most=_PASSAGE),
        )
        for source in corpus.sources.values()
        for claim in source.claims()
    )


def actors_of(claim: Claim, source: Source, *, known: set[str]) -> tuple[str, ...]:
    """Return whom a claim names or is about, by the names of the table of actors."""
    coded = known & {*claim.acting}
    # The claim's place in the clean text, where mentions are: there are thousands.
    start, end = (bisect_left(source.document.offsets, at) for at in claim.span)
    named = {m.actor for m in source.actors if start <= m.start and m.end <= end}
    return tuple(sorted(coded | named))


def begins(when: str) -> str:
    """Return the year in which a time begins, or ends where the beginning is open.

    >>> begins("2014-05/2017"), begins("../2022-04"), begins("1994"), begins("")
    ('2014', '2022', 'before 2000', 'no time stated')
    """
    if not when:
        return NO_TIME
    first, last = bounds(when)
    year = (last if first == date.min else first).year
    return next((name for end, name in _STRETCHES if year < end), str(year))


def choices(rows: Iterable[ClaimRow]) -> Mapping[str, Sequence[str]]:
    """Return, for each thing to choose by, its values in the order to show them.

    Times in order of time, all others by how many claims have them, then by name.
    """
    counts = {
        name: Counter[str]() for name in ("source", "kind", "topic", "actor", "time")
    }
    for row in rows:
        for name in ("source", "kind", "topic", "time"):
            counts[name][getattr(row, name)] += 1
        counts["actor"].update(row.actors)
    ordered = {
        name: [value for value, _ in sorted(found.items(), key=lambda i: (-i[1], i[0]))]
        for name, found in counts.items()
    }
    return {**ordered, "time": sorted(counts["time"], key=_in_time)}


def _in_time(name: str) -> tuple[int, str]:
    stretches = [NO_TIME, *(each for _, each in _STRETCHES)]
    return (stretches.index(name) if name in stretches else len(stretches), name)
