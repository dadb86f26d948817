"""How well two passes of coding agree about stances.

The sign of every stance (−1 against, 0 neither, +1 in favour) is coded twice: once in
the sheet, and once more from the passage, actor, target and concept alone. Agreement
is Krippendorff's alpha with ordinal distances, and an interval from resampling the
stances. Two passes by the same hands measure stability, not independence; this module
refuses to call it anything else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from sourcebook.comparing.second_coding import SIGNS, load_second_coding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sourcebook.coding.corpus import Corpus

DRAWS = 2000
SEED = 20250731  # any number does; a fixed one makes every build say the same

Unit = tuple[int, ...]  # the signs that the coders gave to one stance


@dataclass(frozen=True, slots=True)
class Agreement:
    """Alpha over all stances coded twice, with its resampled 95 % interval."""

    units: int
    same: int
    alpha: float
    low: float
    high: float
    differing: tuple[str, ...]  # claim ids, sorted


def agreement(corpus: Corpus) -> Agreement:
    """Compare the signs of the sheets with those of the second pass."""
    both = load_second_coding(corpus, settled=False)
    pairs = {name: (signs.first, signs.second) for name, signs in both.items()}
    units = [pairs[name] for name in sorted(pairs)]
    low, high = resampled(units)
    differing = tuple(sorted(name for name, (a, b) in pairs.items() if a != b))
    same = len(units) - len(differing)
    return Agreement(len(units), same, alpha(units), low, high, differing)


def alpha(units: Sequence[Unit]) -> float:
    """Return Krippendorff's alpha for ordinal values; 1.0 if there is no disagreement.

    Source: K. Krippendorff, *Content Analysis*, on reliability; ordinal metric.

    >>> round(alpha([(1, 1), (0, 0), (-1, -1), (1, 0)]), 3)
    0.79
    """
    together: Counter[tuple[int, int]] = Counter()
    weights = []
    for unit in units:
        for a, b in permutations(unit, 2):
            together[a, b] += 1
        weights.append(len(unit) - 1)
    if len(set(weights)) > 1:
        raise ValueError("every stance must be coded by the same number of passes")
    share = weights[0] if weights else 1
    totals = {v: sum(n for (a, _), n in together.items() if a == v) for v in SIGNS}
    size = sum(totals.values()) / share
    marginals = {value: count / share for value, count in totals.items()}
    seen = sum(n / share * _distance(a, b, marginals) for (a, b), n in together.items())
    expected = sum(
        marginals[a] * marginals[b] * _distance(a, b, marginals)
        for a in SIGNS
        for b in SIGNS
    )
    return 1.0 if seen == 0 else 1 - (size - 1) * seen / expected


def _distance(a: int, b: int, marginals: Mapping[int, float]) -> float:
    """Ordinal distance: how many values lie between, ends counted half, squared."""
    low, high = sorted((a, b))
    between = sum(marginals[value] for value in SIGNS if low <= value <= high)
    return float((between - (marginals[a] + marginals[b]) / 2) ** 2) if a != b else 0.0


def resampled(units: Sequence[Unit], *, draws: int = DRAWS) -> tuple[float, float]:
    """Return the 2.5 and 97.5 percentiles of alpha over resampled stances."""
    random = np.random.default_rng(SEED)
    picks = random.integers(0, len(units), size=(draws, len(units)))
    alphas = [alpha([units[i] for i in pick]) for pick in picks.tolist()]
    low, high = np.percentile(alphas, [2.5, 97.5])
    return float(low), float(high)
