"""How a fact of the record stands to a claim: by the engine that compares claims.

A fact is put into the shape of a claim that no document makes. It then passes the same
gates in the same order and comes out with the same relations. It is never counted
among the documents, and changes no verdict on them.
"""

from sourcebook.coding.claims import Claim, QuantityClaim, claim_of_kind
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.schema import RECORD
from sourcebook.comparing.public_record import Record, figure_of
from sourcebook.comparing.record_schema import Fact
from sourcebook.comparing.relation_by_kind import relate
from sourcebook.comparing.relations import Verdict
from sourcebook.errors import SourcebookError
from sourcebook.reading.text import Span

NONE = "no-relation"


def against(fact: Fact, claim: Claim) -> Verdict:
    """Return how a fact stands to a claim. Raises `SourcebookError`.

    Figures are compared where both have one, datings where the claim is a dating.
    Where neither can be, as with an argument, there is nothing to compute.
    """
    stand_in = as_claim(fact)
    if isinstance(claim, QuantityClaim) and (figure := figure_of(fact)):
        stand_in = as_claim(fact, kind="quantity", quantity=figure)
    return relate(stand_in, claim)


def as_claim(fact: Fact, **more: object) -> Claim:
    """Return the claim that a fact would be, if a document made it.

    Its words are ours, and no document has it. ``more`` are fields of its kind.
    """
    same = "measure of where when status type concept".split()
    nothing = "file topic voice origin actor target place note prefix suffix section"
    given = {
        **dict.fromkeys([*nothing.split(), "figure"], ""),
        **{name: getattr(fact, name) for name in same},
        **dict.fromkeys(("quote", "exact", "sentence"), fact.fact),
        "id": fact.id_in_book,
        "kind": "event" if fact.type else "status",
        "source": RECORD,
        "nth": 1,
        "actors": (),
        "key": False,
        "span": Span(0, 0),
        "paragraph": 0,
        **more,
    }
    return claim_of_kind(given["kind"], given)


def relation_names(fact: Fact, corpus: Corpus) -> dict[str, str]:
    """Return the relation to each claim that a fact is set beside, by claim.

    `NONE` stands where nothing can be computed.
    """
    found = {}
    for name in fact.claims:
        try:
            found[name] = str(against(fact, corpus.claim(name)))
        except SourcebookError:
            found[name] = NONE
    return found


def matters(record: Record) -> dict[str, tuple[str, ...]]:
    """Return the claims that are set beside facts on each matter, sorted by matter."""
    found: dict[str, dict[str, None]] = {}
    for fact in record.facts:
        found.setdefault(fact.matter, {}).update(dict.fromkeys(fact.claims))
    return {matter: tuple(found[matter]) for matter in sorted(found)}
