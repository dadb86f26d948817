"""How two datings stand to each other: of one event, or of two on one matter.

Gates come first here too. Both claims must be an event or a status, and both must
concern the same matter, which the sheets name as ``concept``: two agreements with
different names are not compared, because no source says that they are one.

Two datings of one kind of event on one matter are taken as datings of one event, and
*clash* when their periods do not meet. A beginning by an act that the text does not
name is no such kind: two of them may be two acts. Any other two are put in order where
their periods allow it. Where one period is known to be the other, they are of the
*same-time*; where the two meet and are not one, such as a year and a month within it,
the *order* is *unknown*.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sourcebook.comparing.relations import Verdict
from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds

if TYPE_CHECKING:
    from sourcebook.coding.claims import Claim

DATED = frozenset({"event", "status"})
# What the codebook calls an event whose act the text does not name. One unnamed act
# is not known to be of one kind with another, so it clashes with nothing.
UNNAMED_ACT = "begun"
_VAGUE = frozenset("~?%")  # EDTF's marks for what is about or uncertain


def compare_datings(a: Claim, b: Claim) -> Verdict:
    """Compare when two events or statuses were. Raises `SourcebookError`."""
    for claim in (a, b):
        _check(claim)
    if a.concept != b.concept:
        return _verdict(
            "not-comparable",
            f"The two concern different matters: {a.concept} and {b.concept}.",
            axis="concept",
        )
    (a_first, a_last), (b_first, b_last) = bounds(a.when), bounds(b.when)
    apart = a_last < b_first or b_last < a_first
    if apart and a.type == b.type and a.type not in {"", UNNAMED_ACT}:
        return _verdict(
            "clashes",
            f"One kind of event on one matter, dated {a.when} and {b.when}.",
        )
    if apart:
        order = "before" if a_last < b_first else "after"
        return _verdict(order, f"{a.when} lies {order} {b.when}.")
    # An open end, "about" and "uncertain" each leave the period itself unknown.
    known = date.min < a_first and a_last < date.max and not _VAGUE & {*a.when, *b.when}
    if known and (a_first, a_last) == (b_first, b_last):
        return _verdict("same-time", f"Both are dated {a.when}.")
    return _verdict(
        "order-unknown",
        f"{a.when} and {b.when} meet, so neither is known to come first.",
    )


def _check(claim: Claim) -> None:
    missing = [
        name
        for name, value in (("concept", claim.concept), ("when", claim.when))
        if not value
    ]
    if claim.kind not in DATED:
        raise SourcebookError(
            f"{claim.id}: {claim.kind} is no dating\n"
            "  fix: compare events and statuses with each other"
        )
    if missing:
        raise SourcebookError(
            f"{claim.id}: no {' and no '.join(missing)}, so it cannot be placed\n"
            "  fix: say in the sheet what the claim concerns, and when"
        )


def _verdict(relation: str, reason: str, *, axis: str = "") -> Verdict:
    return Verdict(relation, axis, None, None, None, reason)
