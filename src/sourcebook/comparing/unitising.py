"""How well two readings agree on where the units of a text are: Krippendorff's alpha-U.

Each reading cuts a continuum into units and the gaps between them. Disagreement grows
with the square of what units that meet do not share, and with the square of a unit's
length where the other reading has only a gap; what is expected comes from the lengths
alone. Written out here because no library that is kept has it: pygamma-agreement,
which has the near kin gamma, was last released in January 2024, pins one version of
cvxopt, and brings numba and cvxpy.

Source: K. Krippendorff, Measuring the Reliability of Qualitative Text Analysis Data,
*Quality & Quantity* 38 (2004), with the worked example that the tests repeat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

Stretch = tuple[int, int]  # where a unit begins and ends


def merged(units: Iterable[Stretch]) -> list[Stretch]:
    """Return units of one reading in order, with those that overlap made one.

    >>> merged([(5, 9), (0, 3), (8, 12)])
    [(0, 3), (5, 12)]
    """
    found: list[Stretch] = []
    for start, end in sorted(units):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def gaps(units: Sequence[Stretch], length: int) -> list[Stretch]:
    """Return the stretches between the units of a continuum that begins at 0."""
    ends = [0, *(end for _, end in units)]
    starts = [*(start for start, _ in units), length]
    return [(a, b) for a, b in zip(ends, starts, strict=True) if a < b]


def disagreement(
    one: Sequence[Stretch], other: Sequence[Stretch], length: int
) -> tuple[float, float]:
    """Return the observed and the expected disagreement of one category.

    Units of a reading are in order and do not overlap.
    """
    sizes = _sizes([*one, *other])
    free = _sizes([*gaps(one, length), *gaps(other, length)])
    room = free[None, :] - sizes[:, None] + 1
    among = (len(sizes) - 1) / 3 * (2 * sizes**3 - 3 * sizes**2 + sizes)
    beside = sizes**2 * np.where(room > 0, room, 0).sum(axis=1)
    total = 2 * length
    places = total * (total - 1) - float((sizes * (sizes - 1)).sum())
    expected = 2 / length * float((among + beside).sum()) / places
    return _seen(one, other) / length**2, expected


def alpha_u(categories: Iterable[tuple[float, float]]) -> float | None:
    """Return alpha-U of one or more categories, of what was seen and expected in each.

    There is none where neither reading has a unit.
    """
    pairs = tuple(categories)
    expected = sum(each for _, each in pairs)
    return 1 - sum(each for each, _ in pairs) / expected if expected else None


def _sizes(stretches: Sequence[Stretch]) -> NDArray[np.float64]:
    return np.array([end - start for start, end in stretches], dtype=float)


def _seen(one: Sequence[Stretch], other: Sequence[Stretch]) -> float:
    """Return what units that meet do not share, and units that meet none, squared."""
    a, b = (np.array(each, dtype=float).reshape(-1, 2) for each in (one, other))
    apart = a[:, None, :] - b[None, :, :]
    touch = (a[:, None, 0] < b[None, :, 1]) & (b[None, :, 0] < a[:, None, 1])
    alone = [_sizes(one)[~touch.any(axis=1)], _sizes(other)[~touch.any(axis=0)]]
    unshared = (apart**2).sum(axis=2)[touch].sum()
    return float(unshared + sum((each**2).sum() for each in alone))
