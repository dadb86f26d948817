"""The relation of two claims, found in the way that their kinds ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.coding.hedges import DEFAULT_SLACK
from sourcebook.comparing.datings import DATED, compare_datings
from sourcebook.comparing.relations import PLANS, Verdict, compare
from sourcebook.comparing.stance_signs import compare_stances
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from fractions import Fraction

    from sourcebook.coding.claims import Claim


def relate(a: Claim, b: Claim, *, slack: Fraction = DEFAULT_SLACK) -> Verdict:
    """Compare two claims in the way their kinds ask for.

    Raises `SourcebookError` where nothing can be computed.
    """
    kinds = {a.kind, b.kind}
    if kinds == {"quantity"}:
        return compare(a, b, slack=slack)
    if kinds == {"stance"}:
        return compare_stances(a, b)
    if (
        a.concept
        and a.concept == b.concept
        and (a.status in PLANS) != (b.status in PLANS)
    ):
        return _plan_and_outcome(a, b)
    if kinds <= DATED:
        return compare_datings(a, b)
    raise SourcebookError(
        f"{a.id} ({a.kind}) and {b.id} ({b.kind}): no relation can be computed\n"
        "  fix: declare the relation that their words bear, or compare other claims"
    )


def _plan_and_outcome(a: Claim, b: Claim) -> Verdict:
    plan, outcome = (a, b) if a.status in PLANS else (b, a)
    reason = (
        f"On {a.concept}, {plan.id} speaks of what is to come "
        f"and {outcome.id} of what is."
    )
    return Verdict("plan-vs-outcome", "status", None, None, None, reason)
