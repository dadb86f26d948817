"""Whether the answers of a chapter can stand before a reader.

A chapter that has begun to answer (``in_short`` is given) is held to the whole rule:
every question has an answer of its own, at most seven lead, the opening box is made of
leads and short enough, and few questions touch a single document.

An answer is one plain sentence that must be readable without the book: no word of the
book's own vocabulary, at most ``ANSWER_WORDS`` words.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from sourcebook.coding.sheets import Loaded
from sourcebook.comparing.question_files import Chapter, Question, read_chapter
from sourcebook.comparing.statement_words import named
from sourcebook.errors import Fault
from sourcebook.prose.document_names import Names
from sourcebook.views.fragment import plain_words, segments

LEADS = 7  # at most, in one chapter
IN_SHORT_RANGE = range(3, 6)  # how many answers the opening box is made of
_STRANGER = "name a document of the question, or put a claim of this one to it"
# As "Yes" and "Two, by subtraction" do before a colon.
LEANS = re.compile(r"[A-Z][a-z]*(?: [a-z]+)?[:,] ")
_ALONE = 10  # of so many questions, one may touch a single document
ANSWER_WORDS = 25  # words of an answer
MOST_IN_SHORT = 90  # words of the answers that open a chapter, together
# Words that mean something else, or nothing, to who has not read the method page.
HOUSE_WORDS = re.compile(
    r"(?i)\b(relations? of (?:claims|pairs)|slack|adjudicat\w+|stances?|silent|"
    r"denominators?|hedges?|hedged|intervals?|sheets?|coded|census|waive\w*|"
    r"not[- ]comparable|both[- ]stand|cannot[- ]judge|the article)\b"
)


def check_answers(path: Path, names: Names) -> None:
    """Check the answers of one chapter. Raises `SheetError` with every fault.

    ``names`` are those of the documents.
    """
    chapter, loaded, _ = read_chapter(path)
    if chapter is None or not chapter.in_short:
        return
    loaded.refuse([*_opening(chapter, loaded), *_texts(chapter, loaded, names)])


def _texts(chapter: Chapter, loaded: Loaded, names: Names) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for number, question in enumerate(chapter.questions):
        here = ("questions", number, "answer")
        if not question.answer:
            said = f"{question.id}: no answer"
            yield loaded.fault(said, here[:2], fix="answer it in one plain sentence")
            continue
        if question.answer in seen:
            said = f"{question.id}: the same answer as {seen[question.answer]}"
            yield loaded.fault(said, here, fix="say what this question came to")
        seen[question.answer] = question.id
        for said, fix in answer_faults(question.answer):
            yield loaded.fault(f"{question.id}: {said}", here, fix=fix)
        for name in _strangers(question, names):
            said = f"{question.id}: {name!r} is named, and is no part of the question"
            yield loaded.fault(said, here, fix=_STRANGER)


def count_words(text: str) -> int:
    """Return how many words a text has, those of its marks included."""
    return len(plain_words(text).split())


def answer_faults(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an answer besides its marks, and how to mend it."""
    number = count_words(text)
    if number > ANSWER_WORDS:
        yield f"an answer of {number} words", f"say it in at most {ANSWER_WORDS}"
    for found in HOUSE_WORDS.findall(plain_words(text)):
        yield f"a word readers do not know: {found!r}", "say it in plain words"


def _strangers(question: Question, names: Names) -> Iterator[str]:
    """Yield documents that an answer names and its question does not touch.

    One of which a claim is linked in the answer, or a statement made, is touched.
    """
    touched = _documents(question)
    for segment in segments(question.answer):
        if segment.role == "claim":
            touched.add(segment.target.partition("/")[0])
        if segment.role == "holds":  # held to what it counts
            return
    for name, may in named(plain_words(question.answer), names):
        if not may & touched:
            yield name


def _opening(chapter: Chapter, loaded: Loaded) -> Iterator[Fault]:
    questions = {question.id: question for question in chapter.questions}
    leads = [name for name, each in questions.items() if each.rank == "lead"]
    if len(leads) > LEADS:
        said = f"{len(leads)} questions lead: {', '.join(leads)}"
        yield loaded.fault(said, ("questions",), fix=f"let at most {LEADS} lead")
    here = ("in_short",)
    if len(chapter.in_short) not in IN_SHORT_RANGE:
        said = f"the chapter opens with {len(chapter.in_short)} answers"
        yield loaded.fault(said, here, fix="name three to five leads")
    for name in chapter.in_short:
        if name not in leads:
            yield loaded.fault(f"{name!r} is no lead", here, fix="give it rank: lead")
        elif LEANS.match(questions[name].answer):
            said = f"the answer of {name!r} leans on its question, which the box lacks"
            yield loaded.fault(said, here, fix="say of whom or what, in a sentence")
    chosen = [questions[name].answer for name in chapter.in_short if name in questions]
    words = sum(map(count_words, chosen))
    if words > MOST_IN_SHORT:
        said = f"the chapter opens with {words} words"
        yield loaded.fault(said, here, fix=f"keep to {MOST_IN_SHORT}")
    alone = [each.id for each in chapter.questions if len(_documents(each)) == 1]
    if len(alone) * _ALONE > len(chapter.questions):
        said = f"{len(alone)} questions touch one document only: {', '.join(alone)}"
        fix = "set another document beside it, or fold it into a neighbour"
        yield loaded.fault(said, ("questions",), fix=fix)


def _documents(question: Question) -> set[str]:
    named = {name.partition("/")[0] for name in question.claims}
    return named | {entry.source for entry in question.silent}
