"""How often this book was found wrong: readings by eyes strange to the sheets.

Each file of ``book/trust`` is one reading: what was read and by whom, how many claims,
questions and sentences, and how many of them were wrong. ``substantive`` means that who
trusts the words would believe something that the passage does not say, or somebody
else's word, or with another certainty; ``debatable`` that the sense holds. An item with
more than one fault counts once.

``book/trust.yml`` has the kinds of error in plain words, what was planted on purpose,
and what is known of others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from sourcebook.coding.schema import RECORD, Slug, Strict, Words
from sourcebook.coding.sheets import check_model, load_yaml, nearest
from sourcebook.comparing.record_schema import Address, Day
from sourcebook.errors import Fault, SourcebookError, together

READINGS = "book/trust"
TRUST = "book/trust.yml"
UNITS = ("claims", "questions", "sentences", "facts")
# When a reading was made: before this edition changed anything, of what it had written
# anew, and of what stood after the faults found in that were mended. Then, in turn, the
# whole was read through and mended, and some of it drawn anew.
_TURNS = {
    "first": "once", "second": "twice", "third": "three times",
    "fourth": "four times", "fifth": "five times", "sixth": "six times",
}  # fmt: skip
STAGES = {
    "beginning": "before this edition",
    "rewritten": "as first rewritten for it",
    "mended": "after mending",
}
for _turn, (_nth, _times) in enumerate(_TURNS.items(), start=1):
    STAGES[f"through-{_turn}"] = f"all of them, a {_nth} time"
    STAGES[f"drawn-{_turn}"] = f"after all was read {_times} and mended"
Stage = Annotated[str, Field(pattern=f"^({'|'.join(STAGES)})$")]
Severity = Literal["substantive", "debatable"]
_Z = 1.959964  # standard errors on either side of 95 % of a normal distribution
_CLAIM = re.compile(r"-\d{4}[a-z]?/")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, and the range that the true share is likely in.

    >>> [round(end, 2) for end in Rate(9, 10).interval]
    [0.6, 0.98]
    """

    count: int
    of: int

    @property
    def share(self) -> float:
        """The share itself."""
        return self.count / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of the share at 95 %, in bounds also where few are counted.

        Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
        inference. Journal of the American Statistical Association 22, 209-212.
        """
        if not self.of:
            return 0.0, 1.0
        share, n = self.share, self.of
        centre = share + _Z**2 / (2 * n)
        spread = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
        scale = 1 + _Z**2 / n
        low, high = (centre - spread) / scale, (centre + spread) / scale
        # Rounding must not leave the rate itself out where it is all or none.
        return max(0.0, min(low, share)), min(1.0, max(high, share))


class Count(Strict):
    """How many items were read, and in how many something was wrong."""

    n: Annotated[int, Field(ge=1)]
    substantive: Annotated[int, Field(ge=0)]
    debatable: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _no_more_than_all(self) -> Count:
        if self.substantive + self.debatable > self.n:
            raise ValueError("more items are wrong than were read")
        return self


class Slip(Strict):
    """One error: where, of which kinds, and how the words were and are.

    ``id`` is a claim, a question, ``record/<id>`` for a fact, or ``page (place)`` for a
    sentence of prose.
    """

    id: Words
    severity: Severity
    kind: Annotated[tuple[Words, ...], Field(min_length=1)]
    was: Words
    now: Words

    @field_validator("kind", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:  # noqa: ANN401 - what the file holds
        return (value,) if isinstance(value, str) else value

    @property
    def unit(self) -> str:
        """What is wrong: one of `UNITS`."""
        if "(" in self.id:
            return "sentences"
        if self.id.startswith(f"{RECORD}/"):
            return "facts"
        return "claims" if _CLAIM.search(self.id) else "questions"


class Reading(Strict):
    """One reading, as its file writes it."""

    what: Words
    by: Words
    drawn: str = ""  # how items were drawn, "" where everything was read
    date: Day
    stage: Stage
    chapters: tuple[Slug, ...] = ()  # those that were read through, whole
    claims: Count | None = None
    questions: Count | None = None
    sentences: Count | None = None
    facts: Count | None = None
    examples: bool = False  # whether only some of the errors are listed
    errors: tuple[Slip, ...] = ()

    def counts(self) -> dict[str, Count]:
        """Return what was counted, by unit, in the order of `UNITS`."""
        every = {unit: getattr(self, unit) for unit in UNITS}
        return {unit: count for unit, count in every.items() if count}

    @model_validator(mode="after")
    def _as_many_as_were_drawn(self) -> Reading:
        read, drawn = [each.n for each in self.counts().values()], self.drawn
        if drawn and len(read) == 1 and str(read[0]) not in re.findall(r"\d+", drawn):
            raise ValueError(f"{read[0]} were read, and drawn: {drawn!r}")
        return self

    @model_validator(mode="after")
    def _counts_are_those_of_the_list(self) -> Reading:
        if not self.counts():
            raise ValueError(f"nothing is counted: give some of {', '.join(UNITS)}")
        # Errors are listed one by one so that the counts can be held against them; a
        # reading that lists examples only has to say so.
        listed = Counter((slip.unit, slip.severity) for slip in self.errors)
        for unit, _ in listed:
            if unit not in self.counts():
                raise ValueError(f"errors of {unit} are listed, and none were counted")
        for unit, count in self.counts().items():
            for severity in ("substantive", "debatable"):
                counted, found = getattr(count, severity), listed[unit, severity]
                if found > counted or (found < counted and not self.examples):
                    raise ValueError(
                        f"{unit}: {counted} {severity}, and {found} are listed; "
                        "correct one of both, or say `examples: true`"
                    )
        return self


class Trial(Strict):
    """Something wrong that was planted on purpose, and how often it was refused."""

    what: Words
    stage: Stage
    tried: Annotated[int, Field(ge=1)]
    refused: Annotated[int, Field(ge=0)]
    by: Words
    note: str = ""

    @model_validator(mode="after")
    def _no_more_than_were_tried(self) -> Trial:
        if self.refused > self.tried:
            raise ValueError(f"{self.refused} refused of {self.tried} that were tried")
        return self


class Elsewhere(Strict):
    """A published figure for the errors of others, with where it is printed."""

    what: Words
    rate: Words
    interval: str = ""
    of: Words
    authors: Words
    year: Annotated[int, Field(ge=1900)]
    title: Words
    where: Words
    url: Address
    note: str = ""


class _Beside(Strict):
    """The file ``book/trust.yml``; the ``aim`` is per cent of the questions drawn."""

    kinds: dict[Words, Words]  # name of a kind to what it means
    aim: Annotated[float, Field(gt=0, lt=100)] | None = None
    planted: tuple[Trial, ...] = ()
    others: tuple[Elsewhere, ...] = ()


class Trust(_Beside):
    """All readings, in order of stage, day and name, and what stands beside them."""

    readings: tuple[Reading, ...]

    def rate(self, unit: str, stage: str, severity: Severity) -> Rate | None:
        """Return how often a unit was wrong at a stage, over all its readings."""
        among = (each.counts() for each in self.readings if each.stage == stage)
        counts = [each[unit] for each in among if unit in each]
        wrong = sum(getattr(count, severity) for count in counts)
        return Rate(wrong, sum(count.n for count in counts)) if counts else None

    def draws(self, unit: str) -> list[Rate]:
        """Return how often a unit was wrong, draw by draw since the mending began."""
        return [
            Rate(count.substantive, count.n)
            for each in self.readings
            if each.drawn and each.stage not in ("beginning", "rewritten")
            if (count := each.counts().get(unit))
        ]

    def slips(self, severity: Severity) -> Iterator[tuple[Reading, Slip]]:
        """Yield every error that is listed, the latest readings first."""
        for each in reversed(self.readings):
            for slip in each.errors:
                if slip.severity == severity:
                    yield each, slip

    def read_through(self, chapter: str) -> str:
        """Return the day a chapter was last read through, "" where it never was."""
        days = [each.date for each in self.readings if chapter in each.chapters]
        return max(days, default="")


def load_trust(
    root: Path, *, chapters: Collection[str] = (), names: Collection[str] = ()
) -> Trust | None:
    """Return all readings and what stands beside them, None in a book without any.

    With ``chapters``, those a reading names must be among them; with ``names``, so must
    the claims, questions and facts in which it found an error. Raises one
    `SourcebookError` with every fault of every file.
    """
    if not (root / TRUST).is_file():
        return None
    beside = check_model(load_yaml(root / TRUST, shown=TRUST), _Beside)
    readings: list[Reading] = []
    errors: list[SourcebookError] = []
    for path in sorted((root / READINGS).glob("*.yml")):
        try:
            readings.append(_read(path, beside.kinds, chapters, names))
        except SourcebookError as error:
            errors.append(error)
    if errors:
        raise together(errors)
    stages = tuple(STAGES)
    readings.sort(key=lambda each: (stages.index(each.stage), each.date))
    return Trust(readings=tuple(readings), **dict(beside))


def _read(
    path: Path,
    known: Collection[str],
    chapters: Collection[str],
    names: Collection[str],
) -> Reading:
    loaded = load_yaml(path, shown=f"{READINGS}/{path.name}")
    reading, faults = check_model(loaded, Reading), list[Fault]()
    for number, slip in enumerate(reading.errors):
        here = ("errors", number)
        for kind in slip.kind:
            if kind not in known:
                said = f"unknown kind {kind!r}{nearest(kind, known)}"
                fix = f"use a kind of {TRUST}, or add it there"
                faults.append(loaded.fault(said, (*here, "kind"), fix=fix))
        if names and slip.unit != "sentences" and slip.id not in names:
            said = f"nothing is or was called {slip.id!r}{nearest(slip.id, names)}"
            fix = "name what was wrong as it was called then"
            faults.append(loaded.fault(said, (*here, "id"), fix=fix))
    for number, name in enumerate(reading.chapters):
        if chapters and name not in chapters:
            said, fix = f"no chapter {name!r}", "name a file of book/questions"
            said += nearest(name, chapters)
            faults.append(loaded.fault(said, ("chapters", number), fix=fix))
    loaded.refuse(faults)
    return reading
