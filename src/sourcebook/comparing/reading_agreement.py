"""How far two readings agree: on units, kinds, targets and signs, with intervals.

Units are compared by `sourcebook.comparing.coder_agreement`, kind by kind and taken
together; the interval comes from drawing paragraphs again. Kind, target and sign are
compared on the pairs of `sourcebook.comparing.unit_pairs`, so on what both readings
found: by Krippendorff's alpha, nominal for kind and target and ordinal for sign, with
intervals from drawing pairs again. Shares have Wilson's interval. All draws are seeded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from sourcebook.comparing.coder_agreement import (
    SEED,
    Stretch,
    alpha,
    alpha_u,
    disagreement,
    merged,
    middle,
)
from sourcebook.comparing.outside_readings import Rate
from sourcebook.comparing.second_reading import Readings, Unit
from sourcebook.comparing.unit_pairs import Pair, found, pairs
from sourcebook.reading.text import Span

C = TypeVar("C", bound=Hashable)
DRAWS = 1000
Block = tuple[
    int, dict[str, tuple[list["Stretch"], list["Stretch"]]]
]  # length, by kind


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of agreement, of ``of`` things; None where it is not defined."""

    of: int
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far the readings agree about one document, or about all of them."""

    first: Rate  # of the first reading's units, those that the second found
    second: Rate  # the other way round
    units: Measure
    kind: Measure
    target: Measure
    sign: Measure


def agreed(readings: Sequence[Readings]) -> Agreed:
    """Return the agreement about some documents, taken together."""
    made = [pair for each in readings for pair in pairs(each.first, each.second)]
    both = [(p.first, p.second) for p in made if p.first and p.second]
    stances = [(a, b) for a, b in both if a.kind == b.kind == "stance"]
    return Agreed(
        Rate(sum(_found(each)[0] for each in readings), _count(readings, "first")),
        Rate(sum(_found(each)[1] for each in readings), _count(readings, "second")),
        unitising(readings),
        _measure([(a.kind, b.kind) for a, b in both], nominal),
        _measure([(a.parties, b.parties) for a, b in stances], nominal),
        _measure([(a.sign or 0, b.sign or 0) for a, b in stances], alpha),
    )


def _count(readings: Sequence[Readings], which: str) -> int:
    return sum(len(getattr(each, which)) for each in readings)


def _found(readings: Readings) -> tuple[int, int]:
    """Return how many units of each reading the other found, of whatever kind."""
    one, other = readings.first, readings.second
    return sum(found(u, other) for u in one), sum(found(u, one) for u in other)


def unitising(readings: Sequence[Readings], kind: str = "") -> Measure:
    """Return alpha-U of one kind, or of all kinds together, and its interval."""
    blocks = [block for each in readings for block in _blocks(each, kind)]
    units = [u for r in readings for u in (*r.first, *r.second) if kind in ("", u.kind)]
    length = sum(size for size, _ in blocks)
    expected = sum(each for _, each in _continua(blocks))
    value = alpha_u(_continua(blocks))
    if value is None:
        return Measure(0, None)
    sizes = np.array([size for size, _ in blocks], dtype=float)
    seen = [sum(each for each, _ in _continua([b])) * b[0] ** 2 for b in blocks]
    # Paragraphs are drawn again with what is expected held, as Krippendorff's own
    # bootstrap holds it; both grow with the length of what is drawn.
    picks = _draws(len(blocks))
    drawn = np.array(seen)[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    return Measure(
        len(units), value, *_ends((1 - drawn / (length * expected)).tolist())
    )


def _draws(size: int) -> np.typing.NDArray[np.int64]:
    """Return which of ``size`` things are drawn, draw by draw, with repetition."""
    return np.random.default_rng(SEED).integers(0, size, size=(DRAWS, size))


def _blocks(readings: Readings, kind: str) -> list[Block]:
    """Return each paragraph that was read, with the units of both that lie in it."""
    kinds = sorted({u.kind for u in (*readings.first, *readings.second)})
    made = []
    for block in readings.blocks:
        by_kind = {
            each: (
                _inside(readings.first, each, block),
                _inside(readings.second, each, block),
            )
            for each in kinds
            if kind in ("", each)
        }
        made.append((block.end - block.start, by_kind))
    return made


def _inside(units: Iterable[Unit], kind: str, block: Span) -> list[Stretch]:
    start, end = block
    return merged(
        (max(u.start, start) - start, min(u.end, end) - start)
        for u in units
        if u.kind == kind and u.start < end and u.end > start
    )


def _continua(blocks: Sequence[Block]) -> list[tuple[float, float]]:
    """Return what was seen and expected in each kind, of paragraphs in a row."""
    length = 0
    continua: dict[str, tuple[list[Stretch], list[Stretch]]] = {}
    for size, kinds in blocks:
        for kind, both in kinds.items():
            held = continua.setdefault(kind, ([], []))
            for mine, units in zip(held, both, strict=True):
                mine.extend((a + length, b + length) for a, b in units)
        length += size
    return [disagreement(*both, length) for both in continua.values()]


def nominal(units: Sequence[tuple[Hashable, ...]]) -> float | None:
    """Return Krippendorff's alpha for names; None where there is one name alone.

    Source: as `sourcebook.comparing.coder_agreement.alpha`; here for two readings
    without gaps.

    >>> nominal([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.5333333333333333
    """
    counts = Counter(value for unit in units for value in unit)
    size = sum(counts.values())
    expected = size * (size - 1) - sum(n * (n - 1) for n in counts.values())
    if not expected:
        return None
    differing = sum(len(set(unit)) > 1 for unit in units) / len(units)
    return 1 - differing * size * (size - 1) / expected


def _measure(
    units: Sequence[tuple[C, C]],
    rule: Callable[[Sequence[tuple[C, ...]]], float | None],
) -> Measure:
    """Return a measure of pairs of codes, and its interval from drawing them again."""
    if not units:
        return Measure(0, None)
    drawn = [rule([units[i] for i in pick]) for pick in _draws(len(units)).tolist()]
    return Measure(len(units), rule(units), *_ends(drawn))


def _ends(drawn: Iterable[float | None]) -> tuple[float | None, float | None]:
    """Return the 2.5 and 97.5 percentiles of what was drawn, where it is defined."""
    held = [each for each in drawn if each is not None]
    return middle(held) if held else (None, None)


def other_kinds(readings: Iterable[Readings]) -> Counter[tuple[str, str]]:
    """Count the pairs whose kinds differ, by the first's kind and the second's."""
    made: Iterable[Pair] = (p for r in readings for p in pairs(r.first, r.second))
    return Counter(
        (p.first.kind, p.second.kind)
        for p in made
        if p.first and p.second and p.first.kind != p.second.kind
    )
