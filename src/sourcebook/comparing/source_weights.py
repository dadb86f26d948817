"""What each source carries in the whole book: what questions lose without it.

For one question and one of its sources, the worst that happens is said. *All
comparison* is lost when no relation is left, or no claim. *The only dissent* is lost
when a relation that sets claims apart was there and none is left. *Something else*:
other relations, or claims. A question that a source takes no part in is not counted
for it. Losing a source shows what hangs on it, and not whether it is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.comparing.leave_one_out import ALONE, NOBODY, leave_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sourcebook.comparing.questions import Answer

STAYS, POORER = "keeps its relations", "loses other relations"
NO_DISSENT, NO_COMPARISON = "loses its only dissent", "loses all comparison"
LOSSES = (STAYS, POORER, NO_DISSENT, NO_COMPARISON)

DISSENT = frozenset(
    {
        "contradicts",
        "depends-on-reading",
        "clashes",
        "opposes",
        "differs",
        "weakens",
        "in-tension",
        "runs-against",
    }
)


def loss(answer: Answer, citekey: str) -> str:
    """Return what a question loses with one of its sources, one of `LOSSES`."""
    left = leave_out(answer, citekey)
    if left.effect in {ALONE, NOBODY}:
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
    answers = tuple(answers)
    return {
        citekey: {
            kind: sum(
                loss(answer, citekey) == kind
                for answer in answers
                if citekey in answer.sources
            )
            for kind in LOSSES
        }
        for citekey in citekeys
    }
