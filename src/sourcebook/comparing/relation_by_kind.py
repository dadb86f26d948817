"""The relation of two claims, found in the way that their kinds ask for.

Figures are left to `relations`; stances and datings are compared here. Gates come
first: claims that fail one are not compared.

*Stances* must be about the same concept and towards the same target, as the sheets name
them. Whether a thing works and what it is worth are two concepts: who finds a policy
fruitless need not be against it. Then the signs decide. Who takes the stance and when
are no gates; they are what a comparison of stances is made to show.

*Datings* must be events or statuses of the same matter, which the sheets name as
``concept``: two agreements with different names are not compared, because no source
says that they are one. Two datings of one kind of event on one matter are taken as
datings of one event, and *clash* when their periods do not meet. A beginning by an act
that the text does not name is no such kind: two of them may be two acts. Any other two
are put in order where their periods allow it. Where one period is known to be the
other, they are of the *same-time*; where the two meet and are not one, such as a year
and a month within it, the *order* is *unknown*.
"""

from datetime import date

from sourcebook.coding.claims import Claim, StanceClaim, said_in
from sourcebook.comparing.relations import PLANS, Verdict, compare
from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds

_SIDES = {-1: "against", 0: "on neither side", 1: "in favour"}


def compare_stances(a: Claim, b: Claim) -> Verdict:
    """Compare the signs of two stances. Raises `SourcebookError` for other kinds."""
    if not isinstance(a, StanceClaim) or not isinstance(b, StanceClaim):
        wrong = b if isinstance(a, StanceClaim) else a
        raise SourcebookError(
            f"{wrong.id}: {wrong.kind} is no stance\n"
            "  fix: compare stances with each other"
        )
    for axis in ("concept", "target"):
        x, y = getattr(a, axis), getattr(b, axis)
        if x != y:
            reason = f"The two stances differ in {axis}: {x} and {y}."
            return Verdict("not-comparable", reason, axis)
    sides = " and ".join(f"{c.actor} {_SIDES[c.sign]}" for c in (a, b))
    reason = f"On {a.concept}, towards {a.target}: {sides}."
    return Verdict(_relation(a.sign, b.sign), reason)


def _relation(one: int, two: int) -> str:
    if one == two:
        return "shares"
    return "opposes" if one * two < 0 else "differs"


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
        return Verdict(
            "not-comparable",
            f"The two concern different matters: {a.concept} and {b.concept}.",
            axis="concept",
        )
    (a_first, a_last), (b_first, b_last) = bounds(a.when), bounds(b.when)
    before = a_last < b_first
    apart = before or b_last < a_first
    if apart and said_in(a, "type") == said_in(b, "type") not in {"", UNNAMED_ACT}:
        return Verdict(
            "clashes", f"One kind of event on one matter, dated {a.when} and {b.when}."
        )
    if apart:
        order = "before" if before else "after"
        return Verdict(order, f"{a.when} lies {order} {b.when}.")
    # An open end, "about" and "uncertain" each leave the period itself unknown.
    known = date.min < a_first and a_last < date.max and not _VAGUE & {*a.when, *b.when}
    if known and (a_first, a_last) == (b_first, b_last):
        return Verdict("same-time", f"Both are dated {a.when}.")
    return Verdict(
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


def relate(a: Claim, b: Claim) -> Verdict:
    """Compare two claims in the way their kinds ask for.

    Raises `SourcebookError` where nothing can be computed.
    """
    kinds = {a.kind, b.kind}
    if kinds == {"quantity"}:
        return compare(a, b)
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
    return Verdict("plan-vs-outcome", reason, "status")
