"""What the second coder of a stance may see, and nothing that tells the first sign.

The passage, who takes the stance, towards whom, and on what. Left out: the sign, the
note, which may give a reason for it, and the id, which may hint at it. The agreement
of both passes is told only when every stance has both signs: a figure that moved with
each answer would tell as much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.comparing.coder_agreement import Agreement, agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sourcebook.coding.claims import Claim
    from sourcebook.coding.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Stance:
    """One stance to be coded again; ``claim`` is for saving, never for showing."""

    claim: str
    passage: str
    actor: str
    target: str
    concept: str
    meaning: str  # of the concept, from the codebook


def stances(claims: Iterable[Claim], concepts: Mapping[str, str]) -> tuple[Stance, ...]:
    """Return every stance among the claims, by source and in the order of the text."""
    found = (claim for claim in claims if claim.kind == "stance")
    return tuple(
        Stance(c.id, c.exact, c.actor, c.target, c.concept, concepts.get(c.concept, ""))
        for c in sorted(found, key=lambda claim: (claim.source, claim.span, claim.id))
    )


def agreement_if_whole(corpus: Corpus, signed: Mapping[str, int]) -> Agreement | None:
    """Return how well both passes agree, or None while a stance has one sign only."""
    known = {claim.id for claim in corpus.claims if claim.kind == "stance"}
    return None if not known or known - set(signed) else agreement(corpus)
