"""How two stances stand to each other.

Gates first, as everywhere: both must be about the same concept and towards the same
target, as the sheets name them. Whether a thing works and what it is worth are two
concepts: who finds a policy fruitless need not be against it. Then the signs decide.
Who takes the stance and when are no gates; they are what a comparison of stances is
made to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.comparing.relations import Verdict
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from sourcebook.coding.claims import Claim

_SIDES = {-1: "against", 0: "on neither side", 1: "in favour"}


def compare_stances(a: Claim, b: Claim) -> Verdict:
    """Compare the signs of two stances. Raises `SourcebookError` for other kinds."""
    for claim in (a, b):
        if claim.kind != "stance" or claim.sign is None:
            raise SourcebookError(
                f"{claim.id}: {claim.kind} is no stance\n"
                "  fix: compare stances with each other"
            )
    for axis in ("concept", "target"):
        x, y = getattr(a, axis), getattr(b, axis)
        if x != y:
            reason = f"The two stances differ in {axis}: {x} and {y}."
            return Verdict("not-comparable", axis, None, None, None, reason)
    sides = " and ".join(f"{c.actor} {_SIDES[c.sign or 0]}" for c in (a, b))
    reason = f"On {a.concept}, towards {a.target}: {sides}."
    return Verdict(_relation(a.sign or 0, b.sign or 0), "", None, None, None, reason)


def _relation(one: int, two: int) -> str:
    if one == two:
        return "shares"
    return "opposes" if one * two < 0 else "differs"
