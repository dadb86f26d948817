"""Relations that words alone bear, declared by hand with a reason.

A declaration is refused where the relation can be computed, where it names claims in
another order than the question, and where its own gate is shut: an update cannot be
older than what it updates, and only something foreseen can be borne out.
"""

from collections.abc import Callable, Mapping
from datetime import date

from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Source
from sourcebook.comparing.question_files import DeclarationEntry
from sourcebook.comparing.relations import Verdict
from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds

Sources = Mapping[str, Source]

_COMPUTED = frozenset({"quantity", "stance"})
_FORESEEN = frozenset({"forecast", "recommendation"})


def declare(
    a: Claim, b: Claim, entry: DeclarationEntry, *, sources: Sources
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
        raise SourcebookError(
            f"{b.id} cannot be declared to {relation} {a.id}: {fault}\n"
            "  fix: read both passages again, and declare what they bear"
        )
    return Verdict(relation, entry.because, by="declared")


def _later(a: Claim, b: Claim, sources: Sources) -> str:
    if _end(b, sources) >= _end(a, sources):
        return ""
    return "what it reports is older"


def _end(claim: Claim, sources: Sources) -> date:
    """Return the last day of what a claim is about, at the latest its day of issue."""
    issued = bounds(sources[claim.source].sheet.issued.date)[1]
    return min(bounds(claim.when)[1], issued) if claim.when else issued


def _voiced(a: Claim, b: Claim, sources: Sources) -> str:
    del a, sources
    return "" if b.voice != "author" else "it speaks in its author's voice"


def _foreseen(a: Claim, b: Claim, sources: Sources) -> str:
    if a.kind not in _FORESEEN and a.status not in {"F", "T"}:
        return f"{a.id} is neither a forecast, a plan nor a recommendation"
    issued = [bounds(sources[c.source].sheet.issued.date)[0] for c in (a, b)]
    return "" if issued[1] > issued[0] else "its source is not the later one"


_GATES: dict[str, Callable[[Claim, Claim, Sources], str]] = {
    "updates": _later,
    "attributes": _voiced,
    "bears-out": _foreseen,
    "runs-against": _foreseen,
}
