"""A synthesis chapter as its notebook shows it: answers, cards, tables, bridges.

One object per chapter, so that a notebook needs one import and its cells read as
sentences. Which questions a page has shown is remembered, because the table at its
end brings the cards of all the others.
"""

from __future__ import annotations

from pathlib import Path

from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus, load_corpus
from sourcebook.coding.hedges import SLACKS
from sourcebook.coding.sheets import none_such
from sourcebook.comparing.codings import Coding, find_coding
from sourcebook.comparing.public_record import load_record
from sourcebook.comparing.question_files import load_chapter
from sourcebook.comparing.questions import Answer, answer_chapter, build_bridge
from sourcebook.views import answers as shown
from sourcebook.views.fragment import Fragment, joined
from sourcebook.views.tables import show_table


class ChapterView:
    """The questions of one chapter, answered, and the forms a page shows them in."""

    def __init__(self, name: str, corpus: Corpus) -> None:
        path = corpus.root / "book" / "questions" / f"{name}.yml"
        if not path.is_file():
            known = [each.stem for each in path.parent.glob("*.yml")]
            fix = "name a file of book/questions/ without its ending"
            raise none_such("chapter", name, known, fix=fix)
        self.name = name
        self.corpus = corpus
        self.answers: dict[str, Answer] = {
            answer.question.id: answer for answer in answer_chapter(path, corpus)
        }
        self._record = load_record(corpus)
        self._opening = load_chapter(path)[0].in_short
        self._shown: set[str] = set()

    def __repr__(self) -> str:
        """Return the chapter's name and the number of its questions."""
        return f"chapter {self.name}: {len(self.answers)} questions"

    def answer(self, question: str) -> Answer:
        """Return one question, answered, by its id. Raises `SourcebookError`."""
        if question not in self.answers:
            fix = f"name an id of book/questions/{self.name}.yml"
            raise none_such(
                "question", question, self.answers, where=self.name, fix=fix
            )
        return self.answers[question]

    def claim(self, name: str) -> Claim:
        """Return a claim by ``citekey/id``. Raises `SourcebookError`."""
        return self.corpus.claim(name)

    def claims(self, *names: str) -> list[Claim]:
        """Return several claims by ``citekey/id``, in the order asked for."""
        return [self.corpus.claim(name) for name in names]

    def coding(self, name: str) -> Coding:
        """Return a sheet of ``seeds/codings/`` by its name: judgements, coded twice."""
        return find_coding(name, self.corpus)

    def in_short(self) -> Fragment:
        """Return the box that opens the page: the answers named ``in_short``."""
        return shown.in_short(self.answers, self._opening)

    def questions(self, *names: str) -> Fragment:
        """Return the folded cards of some questions, by their ids, in that order."""
        for name in names:
            self.answer(name)
        self._shown.update(names)
        return shown.answer_cards(self.answers, names, record=self._record)

    def table(self) -> Fragment:
        """Return every question with its answer, then the cards not shown so far."""
        frame = shown.answers_table(self.answers.values())
        table = show_table(frame, caption="All questions of this chapter")
        rest = [name for name in self.answers if name not in self._shown]
        cards = shown.answer_cards(self.answers, rest, record=self._record)
        return joined([table, cards])

    def bridge(self, question: str, name: str) -> Fragment:
        """Return one bridge of a question, worked out step by step."""
        answer = self.answer(question)
        return shown.bridge_card(build_bridge(answer, name, corpus=self.corpus))

    def readings(self, question: str, name: str) -> Fragment:
        """Return what a bridge implies at each declared reading of "around"."""
        answer = self.answer(question)
        bridges = [
            build_bridge(answer, name, corpus=self.corpus, slack=slack)
            for slack in SLACKS
        ]
        return show_table(
            shown.readings_table(bridges), caption="At other readings of “around”"
        )

    def without(self, question: str = "") -> Fragment:
        """Return what is left of one question, or of all, without each document."""
        if question:
            frame = shown.chapter_without_table([self.answer(question)])
            frame = frame.drop(columns="question")
        else:
            frame = shown.chapter_without_table(self.answers.values())
        return show_table(frame, caption="With one document left out")


def open_chapter(name: str, *, root: Path | None = None) -> ChapterView:
    """Return a chapter of the book by its name. Raises `SourcebookError`."""
    return ChapterView(name, load_corpus(root))
