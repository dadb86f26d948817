"""What became of each chapter: when it was last read through, and what comes out now.

A question comes out otherwise when its relations, our verdict or, where the older
record has one, its answer is another than in the last release. One that took over the
id of a published question is held against that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.comparing.release_changes import QUESTION, Record, last_before

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.comparing.outside_readings import Trust
    from sourcebook.comparing.questions import Answer


@dataclass(frozen=True, slots=True)
class ChapterState:
    """One chapter: its questions, and how many differ from the last release."""

    chapter: str
    read: str  # the day it was last read through, "" where it never was
    since: str  # the release it is held against, "" where there is none
    questions: int
    new: int
    otherwise: int

    @property
    def words(self) -> str:
        """The same as a sentence or two."""
        read = (
            f"Read through against the documents on {self.read}."
            if self.read
            else "Not yet read through by somebody strange to it."
        )
        if not self.since:
            return read
        same = self.questions - self.new - self.otherwise
        return (
            f"{read} Of its {self.questions} questions, {same} come out as in release "
            f"{self.since}, {self.otherwise} otherwise, {self.new} are new."
        )


def chapter_states(
    answers: Iterable[Answer],
    records: Iterable[Record],
    trust: Trust | None,
    *,
    version: str,
) -> dict[str, ChapterState]:
    """Return the state of every chapter, by its name, in order of the answers."""
    last = last_before(records, version)
    by_chapter: dict[str, list[Answer]] = {}
    for answer in answers:
        by_chapter.setdefault(answer.chapter, []).append(answer)
    relations = _relations(last)
    return {
        chapter: _state(chapter, found, last, relations, trust)
        for chapter, found in by_chapter.items()
    }


def _state(
    chapter: str,
    answers: list[Answer],
    last: Record,
    relations: dict[str, set[str]],
    trust: Trust | None,
) -> ChapterState:
    published = [
        (answer, [name for name in answer.names if (QUESTION, name) in last.items])
        for answer in answers
    ]
    return ChapterState(
        chapter,
        trust.read_through(chapter) if trust else "",
        last.version,
        len(answers),
        sum(not names for _, names in published),
        sum(
            bool(names) and _differs(answer, names[0], last, relations)
            for answer, names in published
        ),
    )


def _differs(
    answer: Answer, name: str, last: Record, relations: dict[str, set[str]]
) -> bool:
    said = last.items[QUESTION, name]
    return (
        relations.get(name, set()) != set(answer.relations)
        or said.get("adjudication") != answer.question.adjudication
        or said.get("answer", answer.question.answer) != answer.question.answer
    )


def _relations(record: Record) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for (question, _, _), relation in record.relations.items():
        found.setdefault(question, set()).add(relation)
    return found
