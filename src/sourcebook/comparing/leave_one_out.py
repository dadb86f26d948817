"""What changes in answers when a source, or a single passage, is withdrawn.

For one question and one of its sources, the worst that happens is named. *All
comparison* is lost when no relation is left, or no claim. *The only dissent* is lost
when a relation that sets claims apart was there and none is left. *Something else*:
other relations, or claims. A question that a source takes no part in is not counted
for it. Losing a source shows what hangs on it, and not whether it is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sourcebook.coding.source_looks import own_words, short_name
from sourcebook.comparing.questions import Answer, badge, relations_of
from sourcebook.comparing.relations import DISSENT, relation_words

UNCHANGED, CHANGED, ONE_CLAIM_LEFT, NO_CLAIM_LEFT = (
    "unchanged",
    "changed",
    "alone",
    "nobody",
)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question with one of its sources left out, or one of its claims."""

    source: str  # citekey of the source that is not heard, or of the claim's source
    claims: int  # claims left
    sources: int  # sources left that make a claim
    relations: tuple[str, ...]  # relations left, each once
    effect: str  # unchanged, changed, alone (nothing to compare) or nobody
    badge: str = ""  # what came out then, in a reader's words; "" where nothing does
    claim: str = ""  # the claim that is withdrawn, "" where a whole source is
    bridges: tuple[str, ...] = ()  # ids of the bridges that fall with it

    @property
    def words(self) -> str:
        """What is left, in words."""
        if self.effect == NO_CLAIM_LEFT:
            return "nobody says this"
        if self.effect == ONE_CLAIM_LEFT:
            return "one claim left, nothing to compare"
        left = ", ".join(self.relations)
        return f"unchanged: {left}" if self.effect == UNCHANGED else f"then: {left}"


def leave_out(answer: Answer, citekey: str) -> LeftOut:
    """Return what is left of a question when one source is not heard."""
    return _left(answer, lambda name: name.partition("/")[0] == citekey, citekey)


def leave_each_out(answer: Answer) -> tuple[LeftOut, ...]:
    """Return a question once for each of its sources, with that source left out."""
    return tuple(leave_out(answer, citekey) for citekey in answer.sources)


def pivotal(answer: Answer) -> tuple[LeftOut, ...]:
    """Return the claims whose withdrawal changes relations, badge or bridges."""
    found = (
        _left(answer, claim.id.__eq__, claim.source, claim.id)
        for claim in answer.claims
    )
    return tuple(left for left in found if left.effect != UNCHANGED or left.bridges)


def _left(
    answer: Answer, gone: Callable[[str], bool], citekey: str, claim: str = ""
) -> LeftOut:
    """Return what is left when the claims and sources of some names are gone."""
    claims = tuple(each for each in answer.claims if not gone(each.id))
    verdicts = tuple(
        row for row in answer.verdicts if not (gone(row[0].id) or gone(row[1].id))
    )
    silences = tuple(
        silence
        for silence in answer.silences
        if not (gone(silence.source) or (silence.claim and gone(silence.claim)))
    )
    relations = relations_of(verdicts, silences) if claims else ()
    rest = replace(answer, claims=claims, verdicts=verdicts, silences=silences)
    came = badge(rest) if relations else ""
    if not claims:
        effect = NO_CLAIM_LEFT
    elif not relations:
        effect = ONE_CLAIM_LEFT
    else:  # that the same relations come in another order is no change
        same = set(relations) == set(answer.relations) and came == badge(answer)
        effect = UNCHANGED if same else CHANGED
    return LeftOut(
        citekey,
        len(claims),
        len({each.source for each in claims}),
        relations,
        effect,
        came,
        claim,
        tuple(b.id for b in answer.question.bridges if any(map(gone, b.uses))),
    )


FIRM = "any one passage can go, and the same comes out"


def hangs_on(answer: Answer) -> str:
    """Say which passages change what came out, if that one alone is withdrawn."""
    found = pivotal(answer)
    if not found:
        return FIRM
    effects = [left_words(left, answer) for left in found]
    # With two passages it is plain: without either there is nothing to compare.
    if len(found) == len(answer.claims) and len(set(effects)) == 1:
        which = "it" if len(found) == 1 else "any one passage"
        return f"without {which}: {effects[0]}"
    parts = [
        f"without {short_name(left.source)} ({own_words(left.claim)}): {words}"
        for left, words in zip(found, effects, strict=True)
    ]
    if len(found) < len(answer.claims):
        parts.append("any other passage can go")
    return "; ".join(parts)


def left_words(left: LeftOut, answer: Answer) -> str:
    """Say what is left of a question without one passage, as readers know it."""
    if left.effect == NO_CLAIM_LEFT:
        return "nobody says this"
    if left.effect == ONE_CLAIM_LEFT:
        return "nothing to compare"
    words = dict.fromkeys(map(relation_words, left.relations))
    said = [] if left.effect == UNCHANGED else [", ".join(words)]
    if left.badge != badge(answer) and left.badge not in words:
        said.append(f"badge: {left.badge}")
    if left.bridges:
        said.append("the sum drawn from it falls")
    return ", and ".join(said)


STAYS, POORER = "keeps its relations", "loses other relations"
NO_DISSENT, NO_COMPARISON = "loses its only dissent", "loses all comparison"
LOSSES = (STAYS, POORER, NO_DISSENT, NO_COMPARISON)


def loss(answer: Answer, citekey: str) -> str:
    """Return what a question loses with one of its sources, one of `LOSSES`."""
    left = leave_out(answer, citekey)
    if left.effect in {ONE_CLAIM_LEFT, NO_CLAIM_LEFT}:
        return NO_COMPARISON
    if DISSENT & set(answer.relations) and not DISSENT & set(left.relations):
        return NO_DISSENT
    return STAYS if left.relations == answer.relations else POORER


def tally_losses(
    answers: Iterable[Answer], citekeys: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Count, for each source, what the questions that it takes part in would lose.

    Sources stand in the order given, losses in that of `LOSSES`; zeros are kept.
    """
    counts = {key: dict.fromkeys(LOSSES, 0) for key in citekeys}
    for answer in answers:
        for key in counts.keys() & set(answer.sources):
            counts[key][loss(answer, key)] += 1
    return counts
