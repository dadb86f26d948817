"""How well two passes of coding, or two readings, agree: Krippendorff's alpha.

Of stances: the sign of each (−1 against, 0 neither, +1 in favour) is coded twice, once
in the sheet, and once more from the passage, actor, target and concept alone. Distances
are ordinal, and the interval comes from resampling the stances. Two passes by the same
hands measure stability, not independence; this module refuses to call it anything else.

Of where the units of a text are: alpha-U. Each reading cuts a continuum into units and
the gaps between them.

Source: K. Krippendorff, Measuring the Reliability of Qualitative Text Analysis Data,
*Quality & Quantity* 38 (2004), with the worked example that the tests repeat.

Two readings of their own passages are compared on units, kind by kind and taken
together, with an interval from drawing paragraphs again; and on the pairs of units that
meet: nominal for kind and target, ordinal for sign, with intervals from drawing pairs
again. Shares have Wilson's interval. All draws are seeded.
"""

from __future__ import annotations  # NumPy is not loaded for types alone

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from typing import TypeVar

import numpy as np

from sourcebook.coding.corpus import Corpus
from sourcebook.comparing.codings import STANCE_SIGNS, load_second_coding
from sourcebook.comparing.outside_readings import Rate
from sourcebook.comparing.second_reading import Readings, Unit, is_found, pairs
from sourcebook.reading.text import Span

UnitRange = tuple[int, int]  # where a unit begins and ends


# Alpha-U is written out here because no library that is kept has it: pygamma-agreement,
# which has the related gamma, was last released in January 2024, pins one version of
# cvxopt, and brings numba and cvxpy.
def merged(units: Iterable[UnitRange]) -> list[UnitRange]:
    """Return units of one reading in order, with those that overlap made one.

    >>> merged([(5, 9), (0, 3), (8, 12)])
    [(0, 3), (5, 12)]
    """
    found: list[UnitRange] = []
    for start, end in sorted(units):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def ranges_between(units: Sequence[UnitRange], length: int) -> list[UnitRange]:
    """Return the stretches between the units of a continuum that begins at 0."""
    ends = [0, *(end for _, end in units)]
    starts = [*(start for start, _ in units), length]
    return [(a, b) for a, b in zip(ends, starts, strict=True) if a < b]


def disagreement(
    one: Sequence[UnitRange], other: Sequence[UnitRange], length: int
) -> tuple[float, float]:
    """Return observed and expected disagreement, of units in order, none in another."""
    # What was seen grows with the square of what units that meet do not share, and of a
    # unit's length where the other reading has only a gap; what is expected comes from
    # the lengths alone.
    sizes = _sizes([*one, *other])
    free = _sizes([*ranges_between(one, length), *ranges_between(other, length)])
    room = free[None, :] - sizes[:, None] + 1
    among = (len(sizes) - 1) / 3 * (2 * sizes**3 - 3 * sizes**2 + sizes)
    beside = sizes**2 * np.maximum(room, 0).sum(axis=1)
    total = 2 * length
    places = total * (total - 1) - float((sizes * (sizes - 1)).sum())
    expected = 2 / length * float((among + beside).sum()) / places
    return _seen(one, other) / length**2, expected


def alpha_u(categories: Iterable[tuple[float, float]]) -> float | None:
    """Return alpha-U of what was seen and expected in each, None without units."""
    pairs = tuple(categories)
    expected = sum(each for _, each in pairs)
    return 1 - sum(each for each, _ in pairs) / expected if expected else None


def _sizes(stretches: Sequence[UnitRange]) -> np.typing.NDArray[np.float64]:
    return np.array([end - start for start, end in stretches], dtype=float)


def _seen(one: Sequence[UnitRange], other: Sequence[UnitRange]) -> float:
    """Return what units that meet do not share, and units that meet none, squared."""
    a, b = (np.array(each, dtype=float).reshape(-1, 2) for each in (one, other))
    apart = a[:, None, :] - b[None, :, :]
    touch = (a[:, None, 0] < b[None, :, 1]) & (b[None, :, 0] < a[:, None, 1])
    alone = [_sizes(one)[~touch.any(axis=1)], _sizes(other)[~touch.any(axis=0)]]
    unshared = (apart**2).sum(axis=2)[touch].sum()
    return float(unshared + sum((each**2).sum() for each in alone))


DRAWS = 2000
SEED = 20250731  # any number does; a fixed one makes every build say the same


def agreement(corpus: Corpus) -> tuple[int, Alpha]:
    """Compare the signs of the sheets with those of the second pass.

    Returns how many stances have the same sign twice, and alpha over all of them.
    """
    both = load_second_coding(corpus, settled=False)
    units = [(both[name].first, both[name].second) for name in sorted(both)]
    same = sum(first == second for first, second in units)
    return same, measured(units, alpha, draws=DRAWS)


def alpha(units: Sequence[tuple[int, ...]]) -> float:
    """Return Krippendorff's alpha for ordinal values; 1.0 if there is no disagreement.

    Source: K. Krippendorff, *Content Analysis*, on reliability; ordinal metric.

    >>> round(alpha([(1, 1), (0, 0), (-1, -1), (1, 0)]), 3)
    0.79
    """
    together = Counter(pair for unit in units for pair in permutations(unit, 2))
    share = len(units[0]) - 1 if units else 1  # each is coded by as many passes
    totals = {
        v: sum(n for (a, _), n in together.items() if a == v) for v in STANCE_SIGNS
    }
    size = sum(totals.values()) / share
    marginals = {value: count / share for value, count in totals.items()}
    seen = sum(n / share * _distance(a, b, marginals) for (a, b), n in together.items())
    both = product(STANCE_SIGNS, repeat=2)
    expected = sum(
        marginals[a] * marginals[b] * _distance(a, b, marginals) for a, b in both
    )
    return 1.0 if seen == 0 else 1 - (size - 1) * seen / expected


def _distance(a: int, b: int, marginals: Mapping[int, float]) -> float:
    """Ordinal distance: how many values lie between, ends counted half, squared."""
    low, high = sorted((a, b))
    between = sum(marginals[value] for value in STANCE_SIGNS if low <= value <= high)
    return float((between - (marginals[a] + marginals[b]) / 2) ** 2) if a != b else 0.0


def middle(
    drawn: Sequence[float] | np.typing.NDArray[np.float64],
) -> tuple[float, float]:
    """Return the ends between which 95 % of what was drawn lie."""
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


C = TypeVar("C", bound=Hashable)
_DRAWS = 1000
_Block = tuple[
    int, dict[str, tuple[list[UnitRange], list[UnitRange]]]
]  # length, by kind


@dataclass(frozen=True, slots=True)
class Alpha:
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
    units: Alpha
    kind: Alpha
    target: Alpha
    sign: Alpha


def agreed(readings: Sequence[Readings]) -> Agreed:
    """Return the agreement about some documents, taken together."""
    made = [pair for each in readings for pair in pairs(each.first, each.second)]
    both = [(p.first, p.second) for p in made if p.first and p.second]
    stances = [(a, b) for a, b in both if a.kind == b.kind == "stance"]
    first = [is_found(unit, each.second) for each in readings for unit in each.first]
    second = [is_found(unit, each.first) for each in readings for unit in each.second]
    return Agreed(
        Rate(sum(first), len(first)),
        Rate(sum(second), len(second)),
        unitising(readings),
        measured([(a.kind, b.kind) for a, b in both], nominal),
        measured([(a.parties, b.parties) for a, b in stances], nominal),
        measured([(a.sign or 0, b.sign or 0) for a, b in stances], alpha),
    )


def unitising(readings: Sequence[Readings], kind: str = "") -> Alpha:
    """Return alpha-U of one kind, or of all kinds together, and its interval."""
    blocks = [block for each in readings for block in _blocks(each, kind)]
    units = [u for r in readings for u in (*r.first, *r.second) if kind in ("", u.kind)]
    continua = _continua(blocks)
    value = alpha_u(continua)
    if value is None:
        return Alpha(0, None)
    sizes = np.array([size for size, _ in blocks], dtype=float)
    seen = np.array([sum(_seen(*b) for b in kinds.values()) for _, kinds in blocks])
    # Paragraphs are drawn again with what is expected held, as Krippendorff's own
    # bootstrap holds it; both grow with the length of what is drawn.
    picks = drawn_again(len(blocks), _DRAWS)
    drawn = seen[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    expected = sizes.sum() * sum(each for _, each in continua)
    return Alpha(len(units), value, *_ends((1 - drawn / expected).tolist()))


def drawn_again(size: int, draws: int = DRAWS) -> np.typing.NDArray[np.int64]:
    """Return which of ``size`` things are drawn, a row a draw, with repetition."""
    return np.random.default_rng(SEED).integers(0, size, size=(draws, size))


def _blocks(readings: Readings, kind: str) -> list[_Block]:
    """Return each paragraph that was read, with the units of both that lie in it."""
    one, other = readings.first, readings.second
    kinds = sorted({u.kind for u in (*one, *other) if kind in ("", u.kind)})
    made = []
    for block in readings.blocks:
        both = {k: (_inside(one, k, block), _inside(other, k, block)) for k in kinds}
        made.append((block.end - block.start, both))
    return made


def _inside(units: Iterable[Unit], kind: str, block: Span) -> list[UnitRange]:
    start, end = block
    return merged(
        (max(u.start, start) - start, min(u.end, end) - start)
        for u in units
        if u.kind == kind and u.start < end and u.end > start
    )


def _continua(blocks: Sequence[_Block]) -> list[tuple[float, float]]:
    """Return what was seen and expected in each kind, of paragraphs in a row."""
    length = 0
    continua: dict[str, tuple[list[UnitRange], list[UnitRange]]] = {}
    for size, kinds in blocks:
        for kind, both in kinds.items():
            held = continua.setdefault(kind, ([], []))
            for mine, units in zip(held, both, strict=True):
                mine.extend((a + length, b + length) for a, b in units)
        length += size
    return [disagreement(*both, length) for both in continua.values()]


def nominal(units: Sequence[tuple[Hashable, ...]]) -> float | None:
    """Return Krippendorff's alpha for names; None where there is one name alone.

    Source: as `alpha`; here for two readings
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


def measured(
    units: Sequence[tuple[C, C]],
    rule: Callable[[Sequence[tuple[C, ...]]], float | None],
    *,
    draws: int = _DRAWS,
) -> Alpha:
    """Return a measure of pairs of codes, and its interval from drawing them again."""
    if not units:
        return Alpha(0, None)
    picks = drawn_again(len(units), draws).tolist()
    drawn = [rule([units[i] for i in pick]) for pick in picks]
    return Alpha(len(units), rule(units), *_ends(drawn))


def _ends(drawn: Iterable[float | None]) -> tuple[float | None, float | None]:
    """Return the 2.5 and 97.5 percentiles of what was drawn, where it is defined."""
    held = [each for each in drawn if each is not None]
    return middle(held) if held else (None, None)


def other_kinds(readings: Iterable[Readings]) -> Counter[tuple[str, str]]:
    """Count the pairs whose kinds differ, by the first's kind and the second's."""
    return Counter(
        (p.first.kind, p.second.kind)
        for r in readings
        for p in pairs(r.first, r.second)
        if p.first and p.second and p.first.kind != p.second.kind
    )
