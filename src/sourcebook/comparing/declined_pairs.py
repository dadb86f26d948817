"""Proposed pairs that were looked at and declined, each with its reason.

Of the strongest `RANK` proposals, every one is taken up by a question or stands here.
A pair that is declined and asked about all the same, or that names no claim, is a
fault, so that the list cannot outlive its reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, RootModel

from sourcebook.coding.partial_corpus import nothing
from sourcebook.coding.schema import ClaimId, Strict, Words
from sourcebook.coding.sheets import check_model, load_yaml, nearest
from sourcebook.comparing.suggested_pairs import suggest, taken_up
from sourcebook.errors import SheetError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sourcebook.coding.corpus import Corpus
    from sourcebook.comparing.questions import Answer
    from sourcebook.comparing.suggested_pairs import Proposal

RANK = 100  # how many of the strongest proposals must be settled
FILE = "book/declined.yml"
_ID = "name a claim as <citekey>/<id>, or remove the pair"
_ASKED = "remove the pair here"


class _Entry(Strict):
    pair: Annotated[tuple[ClaimId, ...], Field(min_length=2, max_length=2)]
    reason: Words


class _Declined(RootModel[tuple[_Entry, ...]]):
    """The whole file."""


def load_declined(
    corpus: Corpus,
    answers: Sequence[Answer],
    *,
    at_fault: Callable[[str], bool] = nothing,
) -> dict[frozenset[str], str]:
    """Return the reason for each declined pair. Raises `SheetError` with all faults.

    Of claims that are ``at_fault`` themselves, nothing is said.
    """
    path = corpus.root / FILE
    if not path.is_file():
        return {}
    loaded = load_yaml(path, shown=FILE)
    known = {claim.id for claim in corpus.claims}
    asked = taken_up(answers)
    declined, faults = {}, []
    for number, entry in enumerate(check_model(loaded, _Declined).root):
        faults += [
            loaded.fault(f"no claim {name!r}{nearest(name, known)}", (number,), fix=_ID)
            for name in entry.pair
            if name not in known and not at_fault(name)
        ]
        if frozenset(entry.pair) in asked:
            said = "declined, and yet a question asks about it"
            faults.append(loaded.fault(said, (number,), fix=_ASKED))
        declined[frozenset(entry.pair)] = entry.reason
    if faults:
        raise SheetError(loaded.path, faults)
    return declined


def unsettled(
    corpus: Corpus, answers: Sequence[Answer], *, rank: int = RANK, source: str = ""
) -> tuple[Proposal, ...]:
    """Return the proposals above a rank that nobody has taken up or declined.

    With a ``source``, only those that hold a claim of it are ranked.
    """
    settled = taken_up(answers) | load_declined(corpus, answers).keys()
    ranked = [
        proposal
        for proposal in suggest(corpus.claims)
        if not source or source in {_source(proposal.a), _source(proposal.b)}
    ]
    return tuple(
        proposal
        for proposal in ranked[:rank]
        if frozenset((proposal.a, proposal.b)) not in settled
    )


def _source(name: str) -> str:
    return name.partition("/")[0]
