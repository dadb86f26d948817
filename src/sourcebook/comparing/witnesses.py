"""The sources as witnesses: whose voices they carry, and what each figure stands on.

A claim is made in the source's *own* voice, by a speaker who is *named* or *not named*,
or by a work that it *cites*. A claim in the source's own voice may still rest on an
interview in the bracket behind its words; that is counted apart.

The *origins* of some claims are people and works, each once, however many lists name
them. Voices without a name may be one person: where the sheet says so, the count has
two ends.

A figure stands on a base (if it is a share), a period and an origin. Each of the three
is *printed*, *half* said or *missing*:

* the base of a share is printed if the sheet could take a denominator from the words;
  other figures need none;
* the period is printed if the passage holds a date, half said if it can be reckoned
  from words such as "last month", or if the words are vague ("the coming years");
* the origin is printed if a producer, a named speaker or a work is given, half said
  if it is a voice without a name.

Nothing is inferred here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sourcebook.coding.claims import Claim, QuantityClaim, figured, interviewees, label
from sourcebook.coding.corpus import Source
from sourcebook.reading.citations.citation_reader import (
    read_interviews,
    read_references,
)
from sourcebook.reading.dates import DateMention, bounds, read_dates

IN_OWN_VOICE, NAMED, UNNAMED, CITED = "own voice", "named", "not named", "cited work"
VOICES = (IN_OWN_VOICE, NAMED, UNNAMED, CITED)


@dataclass(frozen=True, slots=True)
class Origins:
    """Whom and what some claims come from, in order, and how few these may be."""

    names: tuple[str, ...] = ()
    least: int = 0

    @property
    def count(self) -> str:
        """How many they are, in digits: "3", or "2 or 3" where two may be one."""
        most = len(self.names)
        joined = "or" if most - self.least == 1 else "to"
        return str(most) if self.least == most else f"{self.least} {joined} {most}"


def voice_of(claim: Claim, source: Source) -> str:
    """Return the kind of voice that makes a claim, one of `VOICES`."""
    if claim.voice == "author":
        return IN_OWN_VOICE
    if not claim.voice.startswith("cited:"):
        return NAMED if source.sheet.speakers[claim.voice].named else UNNAMED
    # An interview is cited with an office and a number: whoever speaks in it has no
    # name.
    bracket = f"({claim.voice.removeprefix('cited:')})"
    interviews = read_interviews(bracket)
    return UNNAMED if len(interviews) == len(read_references(bracket)) > 0 else CITED


def tally_voices(source: Source) -> dict[str, int]:
    """Count a source's claims by kind of voice; every kind is there, in order."""
    found = Counter(voice_of(claim, source) for claim in source.claims())
    return {kind: found[kind] for kind in VOICES}


def lone_witnesses(source: Source) -> dict[str, tuple[Claim, ...]]:
    """Return the claims that rest on one interviewee alone, by whom, the most first."""
    labels = interviewees(source.document.text)
    found: dict[str, tuple[Claim, ...]] = {}
    for claim in source.claims():
        if len(claim.references) == 1 and (name := claim.references[0]) in labels:
            found[name] = (*found.get(name, ()), claim)
    return dict(sorted(found.items(), key=lambda each: (-len(each[1]), each[0])))


def origins(claims: Iterable[Claim], sources: Mapping[str, Source]) -> Origins:
    """Return whom and what some claims come from: people and works, each once."""
    claims = tuple(claims)
    names = tuple(
        dict.fromkeys(
            name for claim in claims for name in sources[claim.source].origins[claim.id]
        )
    )
    alike = {
        frozenset(label(citekey, source.sheet.speakers[each].name) for each in pair)
        for citekey in dict.fromkeys(claim.source for claim in claims)
        for source in [sources[citekey]]
        for key, speaker in source.sheet.speakers.items()
        for pair in [(key, other) for other in speaker.may_be]
    }
    return Origins(names, _fewest(names, alike))


def _fewest(names: Iterable[str], alike: set[frozenset[str]]) -> int:
    """Return how many the names are if all that may be one person are one."""
    people: list[list[str]] = []
    for name in names:
        for same in people:
            # Each may be each other: that a may be b, and b may be c, makes no one of a
            # and c.
            if all(frozenset((name, other)) in alike for other in same):
                same.append(name)
                break
        else:
            people.append([name])
    return len(people)


PRINTED, HALF, MISSING, NOT_NEEDED = "printed", "half", "missing", "not needed"


@dataclass(frozen=True, slots=True)
class Footing:
    """One figure, and how much is said of what it stands on."""

    claim: QuantityClaim
    parts: Mapping[str, str]  # base, period, origin, to printed, half, missing or so

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that are needed and missing."""
        return tuple(name for name, state in self.parts.items() if state == MISSING)


def footings(source: Source) -> tuple[Footing, ...]:
    """Return the footing of every figure of a source, in the order of the text."""
    return tuple(footing(claim, source) for claim in source.claims(kind="quantity"))


def footing(claim: Claim, source: Source) -> Footing:
    """Return what is said of the ground of one figure."""
    own = figured(claim)
    base = (PRINTED if own.of else MISSING) if own.quantity.is_share else NOT_NEEDED
    parts = {"base": base, "period": _period(own, source)}
    return Footing(own, parts | {"origin": _origin(own, source)})


def _period(claim: Claim, source: Source) -> str:
    # The sheet may have the month of the document instead: the passage lacks it still.
    mentions = read_dates(claim.exact, issued=source.sheet.issued.date)
    found = [mention for mention in mentions if _fits(mention, claim.when)]
    if any(not mention.inferred for mention in found):
        return PRINTED
    vague = any(mention.kind == "vague" for mention in mentions)
    return HALF if found or vague else MISSING


def _fits(mention: DateMention, when: str) -> bool:
    """Whether a date of the passage is, or meets, the time of the claim.

    >>> [_fits(*read_dates("29 April 2022"), when=f"2022-04-{d}") for d in (28, 29, 30)]
    [False, True, False]
    """
    if not mention.edtf:
        return False
    (first, last), (start, end) = bounds(mention.edtf), bounds(when)
    return first <= end and start <= last


def _origin(claim: Claim, source: Source) -> str:
    works = set(claim.references) - set(interviewees(source.document.text))
    voice = voice_of(claim, source)
    if claim.origin or works or voice in {NAMED, CITED}:
        return PRINTED
    return HALF if claim.references or voice == UNNAMED else MISSING
