"""The shape of a chapter's question file, and how it is read.

These models say what a field may hold; whether a question's claims compare as it
expects is for `sourcebook.comparing.questions` to find out. Unknown fields are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from sourcebook.coding.schema import ClaimId, Slug, Strict, Words
from sourcebook.coding.sheets import OWN_ID, Loaded, check_parts, load_yaml
from sourcebook.comparing.relations import APART, COLLIDING, DECLARED
from sourcebook.errors import Fault, SheetError

Adjudication = Literal[
    "open", "prefer-a", "prefer-b", "both-stand", "both-doubtful", "cannot-judge",
    "no-conflict",
]  # fmt: skip
ADJUDICATION_WORDS = {
    "open": "Left open",
    "prefer-a": "The first is better supported",
    "prefer-b": "The second is better supported",
    "both-stand": "Both can stand",
    "both-doubtful": "Both are doubtful",
    "cannot-judge": "We cannot tell",
    "no-conflict": "Nothing in conflict",
}
Cause = Literal[
    "definition", "denominator", "period", "place", "unit", "rounding", "stale",
    "error", "framing", "scope", "voice", "none",
]  # fmt: skip


_SIDES = frozenset({"prefer-a", "prefer-b", "both-doubtful"})
# Where a question stands on its page: "lead" may be among what the chapter says first,
# "main" follows the story, "detail" waits in the table.
Rank = Literal["lead", "main", "detail"]


class ConditionEntry(Strict):
    """What a bridge needs, and whether the sources say that it holds."""

    text: Words
    holds: Literal["stated", "assumed", "unknown"]


class BridgeEntry(Strict):
    """Arithmetic that joins claims which cannot be compared as they stand."""

    id: Slug
    kind: Words
    uses: Annotated[tuple[ClaimId, ...], Field(min_length=1)]
    conditions: Annotated[tuple[ConditionEntry, ...], Field(min_length=1)]


class DeclarationEntry(Strict):
    """A relation of two claims that words alone bear."""

    a: ClaimId
    b: ClaimId
    relation: Words
    because: Words

    @model_validator(mode="after")
    def _known(self) -> DeclarationEntry:
        if self.relation not in DECLARED:
            known = ", ".join(sorted(DECLARED))
            raise ValueError(
                f"{self.relation!r} cannot be declared; it is computed or unknown; "
                f"can be declared: {known}"
            )
        return self


class SilenceEntry(Strict):
    """A source in which terms are searched and must not be found.

    With ``claim``, the terms stand for that claim of the question and for no other.
    """

    source: Slug
    terms: Annotated[tuple[Words, ...], Field(min_length=1)]
    claim: ClaimId | Literal[""] = ""


class Question(Strict):
    """One question, as the chapter's file writes it."""

    id: Slug
    formerly: tuple[Slug, ...] = ()  # ids it took over; links to them lead here
    asks: Annotated[str, Field(pattern=r"\?$")]
    rank: Rank = "detail"
    answer: str = ""
    claims: Annotated[tuple[ClaimId, ...], Field(min_length=1)]
    expect: Words | Annotated[tuple[Words, ...], Field(min_length=1)]
    declares: tuple[DeclarationEntry, ...] = ()
    silent: tuple[SilenceEntry, ...] = ()
    adjudication: Adjudication
    cause: Cause
    why: Words
    settles: Words
    bridges: tuple[BridgeEntry, ...] = ()

    @model_validator(mode="after")
    def _something_to_compare(self) -> Question:
        if len(set(self.claims)) < len(self.claims):
            raise ValueError("a claim is named twice")
        for entry in self.silent:
            if entry.claim and entry.claim not in self.claims:
                raise ValueError(
                    f"silent: {entry.claim!r} is no claim of the question; name one "
                    "that stands under claims"
                )
        if len(self.claims) == 1 and not self.silent:
            raise ValueError("one claim needs `silent:`, a source that lacks it")
        if len(self.claims) == 1 and self.expect != "silent":
            raise ValueError("with one claim, expect: silent")
        return self

    @model_validator(mode="after")
    def _judged_by_its_relations(self) -> Question:
        found = {expected.partition("(")[0] for expected in self.expected()}
        if self.adjudication in _SIDES and not found & APART:
            raise ValueError(
                f"{self.adjudication}, and no relation sets the claims apart: say that "
                "both stand, or declare what does"
            )
        if self.adjudication == "no-conflict" and found & COLLIDING:
            said = ", ".join(sorted(found & COLLIDING))
            raise ValueError(
                f"no-conflict, though a pair {said}: judge it, or leave open"
            )
        return self

    @property
    def pairs(self) -> int:
        """How many pairs its claims make."""
        return len(self.claims) * (len(self.claims) - 1) // 2

    def expected(self) -> tuple[str, ...]:
        """Return what each pair of claims must come out as, in order of pairs."""
        if isinstance(self.expect, str):
            return (self.expect,) * self.pairs
        return self.expect


class Chapter(Strict):
    """The questions of one synthesis chapter."""

    title: Words
    in_short: tuple[Slug, ...] = ()  # the leads that open the page, in order
    questions: tuple[Question, ...]

    @field_validator("questions")
    @classmethod
    def _some(cls, questions: tuple[Question, ...]) -> tuple[Question, ...]:
        if not questions:
            raise ValueError("no question yet")
        return questions


def load_chapter(path: Path) -> tuple[Chapter, Loaded]:
    """Return a chapter's questions as written. Raises `SheetError` with every fault."""
    chapter, loaded, faults = read_chapter(path)
    if chapter is None or faults:
        raise SheetError(loaded.path, faults)
    return chapter, loaded


def read_chapter(path: Path) -> tuple[Chapter | None, Loaded, list[Fault]]:
    """Return what of a chapter can be read, and its faults. Raises if no YAML."""
    whole = load_yaml(path, shown=f"book/questions/{path.name}")
    chapter, loaded, faults = check_parts(whole, Chapter, ("questions",))
    if chapter is not None:
        faults += _faults(chapter, loaded)
    return chapter, loaded, faults


def place_of(question: Question, path: Path) -> Fault:
    """Return where a question stands in its chapter's file; nothing is wrong there."""
    chapter, loaded, _ = read_chapter(path)
    number = chapter.questions.index(question) if chapter else 0
    return loaded.fault("", ("questions", number))


def chapter_files(root: Path) -> tuple[Path, ...]:
    """Return the question file of every chapter, sorted."""
    return tuple(sorted((root / "book" / "questions").glob("*.yml")))


def claims_of(question: Question) -> frozenset[str]:
    """Return every claim a question rests on."""
    bridged = {name for bridge in question.bridges for name in bridge.uses}
    return frozenset({*question.claims, *bridged})


def sources_of(chapter: Chapter) -> tuple[str, ...]:
    """Return the citekeys that a chapter's questions name, sorted."""
    found: set[str] = set()
    for question in chapter.questions:
        found |= {name.partition("/")[0] for name in claims_of(question)}
        found |= {entry.source for entry in question.silent}
    return tuple(sorted(found))


def _faults(chapter: Chapter, loaded: Loaded) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, question in enumerate(chapter.questions):
        here = ("questions", number)
        if question.id in seen:
            yield loaded.fault(f"repeated id {question.id!r}", here, fix=OWN_ID)
        seen.add(question.id)
        if len(question.expected()) != question.pairs:
            said = (
                f"{question.id}: expect lists {len(question.expected())} relations, "
                f"and its claims make {question.pairs} pairs"
            )
            yield loaded.fault(said, here, fix="name one relation for each pair")
