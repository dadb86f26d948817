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
    figure = figure_of(fact) if isinstance(claim, QuantityClaim) else None
    kind = "quantity" if figure else ("event" if fact.type else "status")
    stand_in = _as_claim(
        fact.id,
        kind=kind,
        quantity=figure,
        measure=fact.measure,
        of=fact.of,
        where=fact.where,
        when=fact.when,
        status=fact.status,
        type=fact.type,
        concept=fact.concept,
    )
    return relate(stand_in, claim)


def as_claim(fact: Fact) -> Claim:
    """Return a fact in the shape of a claim, so that a chart can draw it beside some.

    Its words are ours, and no document has it.
    """
    return _as_claim(
        fact.id,
        kind="event" if fact.type else "status",
        quote=fact.fact,
        exact=fact.fact,
        sentence=fact.fact,
        when=fact.when,
        status=fact.status,
        type=fact.type,
        concept=fact.concept,
    )


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


def _as_claim(name: str, **given: object) -> Claim:
    """Return the claim that a fact would be, if a document made it."""
    nothing = dict.fromkeys(
        "file topic quote measure of where when status voice origin actor target "
        "concept type place note exact prefix suffix sentence section figure".split(),
        "",
    )
    fields: dict[str, object] = {
        **nothing,
        "id": f"{RECORD}/{name}",
        "source": RECORD,
        "nth": 1,
        "actors": (),
        "key": False,
        "span": Span(0, 0),
        "paragraph": 0,
        **given,
    }
    return claim_of_kind(str(given["kind"]), fields)
