"""Questions put to several sources, and the answers that come out.

A question names claims and says what comparing them must return. The relation is
computed; the adjudication is ours, with a reason. When the computed relation is not
the expected one, nothing is answered: the question must be looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from sourcebook.coding.hedges import DEFAULT_SLACK
from sourcebook.coding.schema import ClaimId, Slug, Strict, Words
from sourcebook.coding.sheets import Loaded, check_model, load_yaml, nearest
from sourcebook.comparing.bridges import Bridged, Condition, run_bridge
from sourcebook.comparing.datings import DATED, compare_datings
from sourcebook.comparing.relations import Verdict, compare
from sourcebook.errors import SheetError, SourcebookError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction
    from pathlib import Path

    from sourcebook.coding.claims import Claim
    from sourcebook.coding.corpus import Corpus

Adjudication = Literal[
    "open", "prefer-a", "prefer-b", "both-stand", "both-doubtful", "cannot-judge"
]
Cause = Literal[
    "definition",
    "denominator",
    "period",
    "place",
    "unit",
    "rounding",
    "stale",
    "error",
    "framing",
]


class ConditionEntry(Strict):
    """What a bridge needs, and whether the sources say that it holds."""

    text: Words
    holds: Literal["stated", "assumed", "unknown"]


class BridgeEntry(Strict):
    """Arithmetic that joins claims which cannot be compared as they stand."""

    id: Slug
    kind: Words
    uses: Annotated[tuple[ClaimId, ...], Field(min_length=2)]
    conditions: Annotated[tuple[ConditionEntry, ...], Field(min_length=1)]


class Question(Strict):
    """One question, as the chapter's file writes it."""

    id: Slug
    asks: Words
    claims: Annotated[tuple[ClaimId, ...], Field(min_length=2)]
    expect: Words
    adjudication: Adjudication
    cause: Cause
    why: Words
    settles: Words
    bridges: tuple[BridgeEntry, ...] = ()


class Chapter(Strict):
    """The questions of one synthesis chapter."""

    title: Words
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its claims and the relation computed for each pair of them."""

    chapter: str
    question: Question
    claims: tuple[Claim, ...]
    verdicts: tuple[tuple[Claim, Claim, Verdict], ...]

    @property
    def id(self) -> str:
        """The question's name in the whole book: ``<chapter>/<id>``."""
        return f"{self.chapter}/{self.question.id}"

    @property
    def verdict(self) -> Verdict:
        """The one relation every pair of the question's claims came out with."""
        return self.verdicts[0][2]

    def without(self, citekey: str) -> tuple[Claim, ...]:
        """Return the claims left when one source is not heard."""
        return tuple(claim for claim in self.claims if claim.source != citekey)


def answer_chapter(
    path: Path, corpus: Corpus, *, slack: Fraction = DEFAULT_SLACK
) -> tuple[Answer, ...]:
    """Answer all questions of a chapter. Raises `SheetError` with every fault."""
    loaded = load_yaml(path, shown=f"book/questions/{path.name}")
    chapter = check_model(loaded, Chapter)
    faults = list(_repeats(chapter, loaded))
    answers = []
    for number, question in enumerate(chapter.questions):
        try:
            answers.append(_answer(path.stem, question, corpus, slack))
            _check_bridges(question, corpus)
        except SourcebookError as error:
            faults.append(f"{error} @ {loaded.place(('questions', number))}")
    if faults:
        raise SheetError(loaded.path, faults)
    return tuple(answers)


def answer_all(corpus: Corpus) -> tuple[Answer, ...]:
    """Answer every question of the book, in order of chapter file."""
    folder = corpus.root / "book" / "questions"
    return tuple(
        answer
        for path in sorted(folder.glob("*.yml"))
        for answer in answer_chapter(path, corpus)
    )


def ask(chapter: str, name: str, *, corpus: Corpus) -> Answer:
    """Return one question's answer. Raises `SourcebookError`."""
    path = corpus.root / "book" / "questions" / f"{chapter}.yml"
    answers = {a.question.id: a for a in answer_chapter(path, corpus)}
    if name not in answers:
        raise SourcebookError(
            f"no question {name!r} in {path.name}{nearest(name, answers)}"
        )
    return answers[name]


def build_bridge(
    answer: Answer, name: str, *, corpus: Corpus, slack: Fraction = DEFAULT_SLACK
) -> Bridged:
    """Work out one bridge of a question. Raises `SourcebookError`."""
    entries = {entry.id: entry for entry in answer.question.bridges}
    if name not in entries:
        raise SourcebookError(
            f"no bridge {name!r} in {answer.id}{nearest(name, entries)}"
        )
    return _bridge(entries[name], corpus, slack)


def _bridge(entry: BridgeEntry, corpus: Corpus, slack: Fraction) -> Bridged:
    quantities = []
    for claim in map(corpus.claim, entry.uses):
        if claim.quantity is None:
            raise SourcebookError(f"bridge {entry.id}: {claim.id} is not a quantity")
        quantities.append(claim.quantity)
    conditions = tuple(Condition(c.text, c.holds) for c in entry.conditions)
    return run_bridge(entry.kind, tuple(quantities), conditions, slack=slack)


def relate(a: Claim, b: Claim, *, slack: Fraction = DEFAULT_SLACK) -> Verdict:
    """Compare two claims in the way their kinds ask for. Raises `SourcebookError`."""
    if {a.kind, b.kind} <= DATED:
        return compare_datings(a, b)
    return compare(a, b, slack=slack)


def _answer(
    chapter: str, question: Question, corpus: Corpus, slack: Fraction
) -> Answer:
    claims = tuple(map(corpus.claim, question.claims))
    verdicts = tuple(
        (a, b, relate(a, b, slack=slack)) for a, b in combinations(claims, 2)
    )
    for a, b, verdict in verdicts:
        if str(verdict) != question.expect:
            raise SourcebookError(
                f"{question.id}: {a.id} and {b.id} come out as {verdict}, "
                f"not as {question.expect}\n"
                f"  because: {verdict.reason}\n"
                "  fix: read both passages again; then change the claims, or expect, "
                "adjudication and why"
            )
    return Answer(chapter, question, claims, verdicts)


def _check_bridges(question: Question, corpus: Corpus) -> None:
    for entry in question.bridges:
        _bridge(entry, corpus, DEFAULT_SLACK)


def _repeats(chapter: Chapter, loaded: Loaded) -> Iterator[str]:
    seen: set[str] = set()
    for number, question in enumerate(chapter.questions):
        if question.id in seen:
            yield f"repeated id {question.id!r} @ {loaded.place(('questions', number))}"
        seen.add(question.id)
