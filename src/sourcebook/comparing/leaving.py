"""What changes in the answer to a question when one source is not heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.comparing.questions import relations_of

if TYPE_CHECKING:
    from sourcebook.comparing.questions import Answer

UNCHANGED, CHANGED, ALONE, NOBODY = "unchanged", "changed", "alone", "nobody"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question with one of its sources left out."""

    source: str  # citekey of the source that is not heard
    claims: int  # claims left
    sources: int  # sources left that make a claim
    relations: tuple[str, ...]  # relations left, each once
    effect: str  # unchanged, changed, alone (nothing to compare) or nobody

    @property
    def words(self) -> str:
        """What is left, in words."""
        if self.effect == NOBODY:
            return "nobody says this"
        if self.effect == ALONE:
            return "one claim left, nothing to compare"
        left = ", ".join(self.relations)
        return f"unchanged: {left}" if self.effect == UNCHANGED else f"then: {left}"


def leave_out(answer: Answer, citekey: str) -> LeftOut:
    """Return what is left of a question when one source is not heard."""
    claims = answer.without(citekey)
    verdicts = tuple(
        row for row in answer.verdicts if citekey not in (row[0].source, row[1].source)
    )
    silences = tuple(
        silence
        for silence in answer.silences
        if citekey not in {silence.source, silence.claim.partition("/")[0]}
    )
    relations = relations_of(verdicts, silences) if claims else ()
    if not claims:
        effect = NOBODY
    elif not relations:
        effect = ALONE
    else:
        effect = UNCHANGED if relations == answer.relations else CHANGED
    sources = len({claim.source for claim in claims})
    return LeftOut(citekey, len(claims), sources, relations, effect)


def leave_each_out(answer: Answer) -> tuple[LeftOut, ...]:
    """Return a question once for each of its sources, with that source left out."""
    return tuple(leave_out(answer, citekey) for citekey in answer.sources)
