"""The kinds of bridge, and how one that a question declares is worked out.

A bridge takes figures and states the conditions it rests on; it shows every step.
It says what would follow *if* its conditions hold, and never that they do.  ``BRIDGES``
is the list of kinds; any other kind is refused, and so are figures of the wrong unit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction

from sourcebook.coding.hedges import DEFAULT_SLACK, Quantity
from sourcebook.comparing.arithmetic_bridges import (
    difference,
    quotient,
    ratio,
    remainder,
    year_since,
)
from sourcebook.comparing.bridge_parts import Bridged, Condition
from sourcebook.comparing.share_bridges import implied_whole, share_of_smaller_whole
from sourcebook.errors import SourcebookError


@dataclass(frozen=True, slots=True)
class BridgeKind:
    """One kind of bridge: what it takes, in order, and what it rests on."""

    kind: str
    takes: tuple[str, ...]
    conditions: tuple[str, ...]  # what it rests on, unless a question says more
    run: Callable[..., Bridged]
    dated: bool = False  # whether it counts from the year the claim is about


# kind | figures it takes, in order | conditions
_TABLE = """
part-of-whole | share of the whole; share of the smaller whole | both shares are of \
the same part; both shares are for the same period; the smaller whole is no larger \
than the whole
implied-whole | share of the whole; amount of the part | the share and the amount are \
of the same part; the share and the amount are for the same period
difference | figure to take from; figure to take | both figures count the same kind of \
thing
ratio | figure that is so many times; figure it is a multiple of | both figures count \
the same kind of thing
quotient | amount to divide; amount to divide by | both figures are of the same thing
remainder | one share of the whole; another share of the whole | the shares are of the \
same whole; no part is counted in two of the shares
year-since | length in years | the years are counted back from the year the claim is \
about
"""
_ROWS = (row.split(" | ") for row in _TABLE.strip().split("\n"))
_RUNS: dict[str, Callable[..., Bridged]] = {
    "part-of-whole": share_of_smaller_whole,
    "implied-whole": implied_whole,
    "difference": difference,
    "ratio": ratio,
    "quotient": quotient,
    "remainder": remainder,
    "year-since": year_since,
}
BRIDGES = tuple(
    BridgeKind(
        kind,
        tuple(takes.split("; ")),
        tuple(conditions.split("; ")),
        _RUNS[kind],
        dated=kind == "year-since",
    )
    for kind, takes, conditions in _ROWS
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
    if row.dated and year is None:
        raise SourcebookError(
            f"bridge {kind}: no year to count from\n"
            "  fix: give the claim a when, the time it is about"
        )
    of_year = {"year": year} if row.dated else {}
    rests_on = tuple(Condition(text, "assumed") for text in row.conditions)
    bridged = row.run(*quantities, slack=slack, **of_year)
    return replace(bridged, conditions=tuple(conditions) or rests_on)


def _kind(kind: str) -> BridgeKind:
    known = {row.kind: row for row in BRIDGES}
    if kind not in known:
        near = get_close_matches(kind, known)
        raise SourcebookError(
            f"unknown kind of bridge: {kind!r}\n"
            + (f"  nearest: {near[0]}\n" if near else "")
            + f"  fix: use one of {', '.join(known)}"
        )
    return known[kind]
