"""The kinds of bridge, and how one that a question declares is worked out.

A bridge takes figures and states the conditions it rests on; it shows every step.
It says what would follow *if* its conditions hold, and never that they do.  ``BRIDGES``
is the list of kinds; any other kind is refused, and so are figures of the wrong unit.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from sourcebook.coding.hedges import DEFAULT_SLACK, Quantity
from sourcebook.coding.sheets import none_such
from sourcebook.comparing.arithmetic_bridges import (
    difference,
    quotient,
    ratio,
    remainder,
    year_since,
)
from sourcebook.comparing.bridge_parts import Bridged
from sourcebook.comparing.question_files import ConditionEntry
from sourcebook.comparing.share_bridges import implied_whole, share_of_smaller_whole
from sourcebook.errors import SourcebookError

DATED = "year-since"  # counts from the year the claim is about
# Each kind with the figures it takes, in order, and what works it out.
BRIDGES: dict[str, tuple[tuple[str, ...], Callable[..., Bridged]]] = {
    "part-of-whole": (
        ("share of the whole", "share of the smaller whole"),
        share_of_smaller_whole,
    ),
    "implied-whole": (("share of the whole", "amount of the part"), implied_whole),
    "difference": (("figure to take from", "figure to take"), difference),
    "ratio": (("figure that is so many times", "figure it is a multiple of"), ratio),
    "quotient": (("amount to divide", "amount to divide by"), quotient),
    "remainder": (("one share of the whole", "another share of the whole"), remainder),
    DATED: (("length in years",), year_since),
}


def run_bridge(
    kind: str,
    quantities: Sequence[Quantity],
    conditions: tuple[ConditionEntry, ...] = (),
    *,
    slack: Fraction = DEFAULT_SLACK,
    year: int | None = None,
) -> Bridged:
    """Work out the bridge a question declares.  Raises `SourcebookError`.

    ``year`` is the year the claim is about, for a bridge that counts from it.
    """
    if kind not in BRIDGES:
        fix = f"use one of {', '.join(BRIDGES)}"
        raise none_such("kind of bridge", kind, BRIDGES, fix=fix)
    takes, run = BRIDGES[kind]
    if len(quantities) != len(takes):
        raise SourcebookError(
            f"bridge {kind}: {len(quantities)} figures given, not {len(takes)}\n"
            f"  fix: give, in this order, the {' and the '.join(takes)}"
        )
    if kind == DATED and year is None:
        raise SourcebookError(
            f"bridge {kind}: no year to count from\n"
            "  fix: give the claim a when, the time it is about"
        )
    of_year = {"year": year} if kind == DATED else {}
    return replace(run(*quantities, slack=slack, **of_year), conditions=conditions)
