"""The kinds of bridge, and how one that a question declares is worked out.

A bridge takes figures and states the conditions it rests on; it shows every step.
It says what would follow *if* its conditions hold, and never that they do.  ``BRIDGES``
is the list of kinds; any other kind is refused, and so are figures of the wrong unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sourcebook.coding.hedges import DEFAULT_SLACK
from sourcebook.comparing import arithmetic_bridges, share_bridges
from sourcebook.comparing.bridge_parts import Bridged, Condition
from sourcebook.comparing.share_bridges import implied_whole, share_of_smaller_whole
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from sourcebook.coding.hedges import Quantity

__all__ = [
    "BRIDGES",
    "BridgeKind",
    "Bridged",
    "Condition",
    "implied_whole",
    "run_bridge",
    "share_of_smaller_whole",
]


@dataclass(frozen=True, slots=True)
class BridgeKind:
    """One kind of bridge: what it takes, in order, and what it rests on."""

    kind: str
    takes: tuple[str, ...]
    conditions: tuple[str, ...]  # what it rests on, unless a question says more
    run: Callable[..., Bridged]
    dated: bool = False  # whether it counts from the year the claim is about


BRIDGES: tuple[BridgeKind, ...] = (
    BridgeKind(
        "part-of-whole",
        ("share of the whole", "share of the smaller whole"),
        share_bridges.SMALLER_WHOLE_NEEDS,
        share_of_smaller_whole,
    ),
    BridgeKind(
        "implied-whole",
        ("share of the whole", "amount of the part"),
        share_bridges.IMPLIED_WHOLE_NEEDS,
        implied_whole,
    ),
    BridgeKind(
        "difference",
        ("figure to take from", "figure to take"),
        arithmetic_bridges.DIFFERENCE_NEEDS,
        arithmetic_bridges.difference,
    ),
    BridgeKind(
        "ratio",
        ("figure that is so many times", "figure it is a multiple of"),
        arithmetic_bridges.RATIO_NEEDS,
        arithmetic_bridges.ratio,
    ),
    BridgeKind(
        "quotient",
        ("amount to divide", "amount to divide by"),
        arithmetic_bridges.QUOTIENT_NEEDS,
        arithmetic_bridges.quotient,
    ),
    BridgeKind(
        "remainder",
        ("one share of the whole", "another share of the whole"),
        arithmetic_bridges.REMAINDER_NEEDS,
        arithmetic_bridges.remainder,
    ),
    BridgeKind(
        "year-since",
        ("length in years",),
        arithmetic_bridges.YEAR_NEEDS,
        arithmetic_bridges.year_since,
        dated=True,
    ),
)


def run_bridge(
    kind: str,
    quantities: Sequence[Quantity],
    conditions: Sequence[Condition] = (),
    *,
    slack: Fraction = DEFAULT_SLACK,
    year: int | None = None,
) -> Bridged:
    """Work out the bridge a question declares.  Raises `SourcebookError`.

    ``year`` is the year the claim is about, for a bridge that counts from it.
    """
    row = _kind(kind)
    if len(quantities) != len(row.takes):
        raise SourcebookError(
            f"bridge {kind}: {len(quantities)} figures given, not {len(row.takes)}\n"
            f"  fix: give, in this order, the {' and the '.join(row.takes)}"
        )
    if not row.dated:
        return row.run(*quantities, conditions=conditions, slack=slack)
    if year is None:
        raise SourcebookError(
            f"bridge {kind}: no year to count from\n"
            "  fix: give the claim a when, the time it is about"
        )
    return row.run(*quantities, year=year, conditions=conditions, slack=slack)


def _kind(kind: str) -> BridgeKind:
    known = {row.kind: row for row in BRIDGES}
    if kind not in known:
        near = get_close_matches(kind, known, n=1)
        raise SourcebookError(
            f"unknown kind of bridge: {kind!r}\n"
            + (f"  nearest: {near[0]}\n" if near else "")
            + f"  fix: use one of {', '.join(known)}"
        )
    return known[kind]
