"""The relation of two claims: computed as their kinds ask for, or declared by hand.

Figures are left to `relations`; stances and datings are compared here. Gates come
first: claims that fail one are not compared. A relation that words alone bear is
declared with a reason, and refused where it can be computed or where its gate is shut.
"""

from collections.abc import Callable, Mapping
from datetime import date

from sourcebook.coding.claims import Claim, StanceClaim, said_in
from sourcebook.coding.corpus import Source
from sourcebook.comparing.question_files import DeclarationEntry
from sourcebook.comparing.relations import PLANS, Verdict, compare
from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds

_SIDES = {-1: "against", 0: "on neither side", 1: "in favour"}


def compare_stances(a: StanceClaim, b: StanceClaim) -> Verdict:
    """Compare the signs of two stances."""
    # Who finds a policy fruitless need not be against it: whether a thing works and
    # what it is worth are two concepts. Who takes the stance, and when, are no gates:
    # these are what a comparison of stances is made to show.
    for axis in ("concept", "target"):
        x, y = getattr(a, axis), getattr(b, axis)
        if x != y:
            reason = f"The two stances differ in {axis}: {x} and {y}."
            return Verdict("not-comparable", reason, axis)
    sides = " and ".join(f"{c.actor} {_SIDES[c.sign]}" for c in (a, b))
    reason = f"On {a.concept}, towards {a.target}: {sides}."
    apart = "opposes" if a.sign * b.sign < 0 else "differs"
    return Verdict("shares" if a.sign == b.sign else apart, reason)


_DATED = frozenset({"event", "status"})
# What the codebook calls an event whose act the text does not name. One unnamed act
# is not known to be of one kind with another, so it clashes with nothing.
UNNAMED_ACT = "begun"
_VAGUE = frozenset("~?%")  # EDTF's marks for what is about or uncertain


def compare_datings(a: Claim, b: Claim) -> Verdict:
    """Compare when two events or statuses were; refuse one that does not say."""
    for claim in (a, b):
        missing = [name for name in ("concept", "when") if not getattr(claim, name)]
        if missing:
            said = f"{claim.id}: no {' and no '.join(missing)}, so it cannot be placed"
            fix = "say in the sheet what the claim concerns, and when"
            raise SourcebookError(said, fix=fix)
    # Two agreements with different names are two: no source says that they are one.
    if a.concept != b.concept:
        reason = f"The two concern different matters: {a.concept} and {b.concept}."
        return Verdict("not-comparable", reason, axis="concept")
    (a_first, a_last), (b_first, b_last) = bounds(a.when), bounds(b.when)
    before = a_last < b_first
    apart = before or b_last < a_first
    # Two datings of one kind of event on one matter are taken to date one event.
    if apart and said_in(a, "type") == said_in(b, "type") not in {"", UNNAMED_ACT}:
        reason = f"One kind of event on one matter, dated {a.when} and {b.when}."
        return Verdict("clashes", reason)
    if apart:
        order = "before" if before else "after"
        return Verdict(order, f"{a.when} lies {order} {b.when}.")
    # An open end, "about" and "uncertain" each leave the period itself unknown.
    known = date.min < a_first and a_last < date.max and not _VAGUE & {*a.when, *b.when}
    if known and (a_first, a_last) == (b_first, b_last):
        return Verdict("same-time", f"Both are dated {a.when}.")
    # They meet and are not one, as a year and a month within it.
    reason = f"{a.when} and {b.when} meet, so neither is known to come first."
    return Verdict("order-unknown", reason)


def relate(a: Claim, b: Claim) -> Verdict:
    """Compare two claims as their kinds ask for; refuse what cannot be computed."""
    kinds = {a.kind, b.kind}
    if kinds == {"quantity"}:
        return compare(a, b)
    if isinstance(a, StanceClaim) and isinstance(b, StanceClaim):
        return compare_stances(a, b)
    one_planned = (a.status in PLANS) != (b.status in PLANS)
    if a.concept and a.concept == b.concept and one_planned:
        plan, outcome = (a, b) if a.status in PLANS else (b, a)
        to_come = f"{plan.id} speaks of what is to come and {outcome.id} of what is."
        return Verdict("plan-vs-outcome", f"On {a.concept}, {to_come}", "status")
    if kinds <= _DATED:
        return compare_datings(a, b)
    said = f"{a.id} ({a.kind}) and {b.id} ({b.kind}): no relation can be computed"
    fix = "declare the relation that their words bear, or compare other claims"
    raise SourcebookError(said, fix=fix)


_Sources = Mapping[str, Source]

_COMPUTED = frozenset({"quantity", "stance"})
_FORESEEN = frozenset({"forecast", "recommendation"})


def declare(
    a: Claim, b: Claim, entry: DeclarationEntry, *, sources: _Sources
) -> Verdict:
    """Return a declared relation once its gates are passed. Raises otherwise."""
    relation = entry.relation
    if a.kind == b.kind and a.kind in _COMPUTED:
        raise SourcebookError(
            f"{a.id} and {b.id}: two claims of kind {a.kind} are compared by "
            "computation\n  fix: leave the declaration out"
        )
    gate = _GATES.get(relation)
    if gate and (fault := gate(a, b, sources)):
        said = f"{b.id} cannot be declared to {relation} {a.id}: {fault}"
        fix = "read both passages again, and declare what they bear"
        raise SourcebookError(said, fix=fix)
    return Verdict(relation, entry.because, by="declared")


def _later(a: Claim, b: Claim, sources: _Sources) -> str:
    older = _end(b, sources) < _end(a, sources)
    return "what it reports is older" if older else ""


def _end(claim: Claim, sources: _Sources) -> date:
    """Return the last day of what a claim is about, at the latest its day of issue."""
    issued = bounds(sources[claim.source].sheet.issued.date)[1]
    return min(bounds(claim.when)[1], issued) if claim.when else issued


def _foreseen(a: Claim, b: Claim, sources: _Sources) -> str:
    if a.kind not in _FORESEEN and a.status not in {"F", "T"}:
        return f"{a.id} is neither a forecast, a plan nor a recommendation"
    issued = [bounds(sources[c.source].sheet.issued.date)[0] for c in (a, b)]
    return "" if issued[1] > issued[0] else "its source is not the later one"


_GATES: dict[str, Callable[[Claim, Claim, _Sources], str]] = {
    "updates": _later,
    "attributes": lambda _, b, __: (
        "it speaks in its author's voice" if b.voice == "author" else ""
    ),
    "bears-out": _foreseen,
    "runs-against": _foreseen,
}
