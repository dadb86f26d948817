"""What a question came to: its bridges, its readings, and each source left out.

A bridge is shown with every step of its arithmetic and with the conditions it rests
on, each marked as stated, assumed or unknown; it is never shown as a fact.

A chapter is one object, so that a notebook needs one import and its cells read as
sentences. Which questions a page has shown is remembered, because the table at its end
brings the cards of all the others.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from sourcebook.coding.book_files import BADGES, find_root, question_anchor
from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus, load_corpus
from sourcebook.coding.hedges import SLACKS, plain
from sourcebook.coding.sheets import none_such
from sourcebook.coding.source_looks import own_words, short_name
from sourcebook.comparing.bridges import Bridged
from sourcebook.comparing.codings import Coding, find_coding
from sourcebook.comparing.leave_one_out import hangs_on, leave_each_out
from sourcebook.comparing.public_record import Record, load_record
from sourcebook.comparing.question_files import ADJUDICATION_WORDS, load_chapter
from sourcebook.comparing.questions import Answer, answer_chapter, badge, build_bridge
from sourcebook.comparing.record_schema import BEARING_WORDS
from sourcebook.comparing.relations import percent, relation_words
from sourcebook.errors import counted
from sourcebook.reading.dates import time_words
from sourcebook.views.fragment import (
    ROOT,
    Fragment,
    Line,
    address,
    escape,
    facts_html,
    facts_text,
    folded,
    joined,
    linked,
    linked_words,
    plain_words,
    printed,
    short_box,
)
from sourcebook.views.tables import show_table

LABEL = "The label"  # of the row that says where a badge is explained
_SHORT = 220  # characters of a fact in a card of another chapter
_ONE_BY_ONE = 3  # pairs that came to the same: more of them are told as one


def bridge_card(bridge: Bridged) -> Fragment:
    """Return a bridge with its conditions and its arithmetic, step by step."""
    needs = [f"{each.text} ({each.holds})" for each in bridge.conditions]
    head = f"Bridge: {bridge.kind}" + (f" · {bridge.verdict}" if bridge.verdict else "")
    parts = (("It needs", needs, "ul"), ("Step by step", list(bridge.steps), "ol"))
    body = "".join(
        f"<p>{title}</p><{tag}>"
        + "".join(f"<li>{printed(line)}</li>" for line in lines)
        + f"</{tag}>"
        for title, lines, tag in parts
    )
    words = [f"{title}:\n  " + "\n  ".join(lines) for title, lines, _ in parts]
    return Fragment(
        f'<div class="sb-card sb-bridge"><p class="sb-head"><strong>{escape(head)}'
        f"</strong></p>{body}</div>",
        "\n".join([head, *words]),
    )


def answers_table(answers: Iterable[Answer]) -> pd.DataFrame:
    """One row per question, in the order of the chapter.

    Columns: ``question`` (leads to its card), ``answer``, ``what came out`` (the
    badge, in words).
    """
    rows = [
        (
            linked(f"#{question_anchor(each.question.id)}", each.question.asks),
            linked_words(each.question.answer),
            badge(each),
        )
        for each in answers
    ]
    return pd.DataFrame(rows, columns=["question", "answer", "what came out"])


def answer_cards(
    answers: Mapping[str, Answer], names: Sequence[str], *, record: Record | None = None
) -> Fragment:
    """Return the cards of some questions of a chapter, by their ids, in that order."""
    return joined(answer_card(answers[name], record=record) for name in names)


def answer_card(answer: Answer, *, record: Record | None = None) -> Fragment:
    """Return a question as one line, question, answer and badge, with a fold below.

    In the fold: the passages, how they compare, what we make of it and why, and what
    would settle it, and of a ``record`` the facts that bear most on its claims, which
    change nothing of all this; in a second fold what few readers need: the codes, what
    changes when a source or one passage is left out, and how many independent origins
    the claims have.
    """
    question, came = answer.question, badge(answer)
    said = plain_words(question.answer)
    first = [*_evidence(answer), *_outside(answer, record), (LABEL, _label(came))]
    second = _workings(answer)
    anchors = "".join(
        f'<span id="{escape(question_anchor(name))}"></span>'
        for name in question.formerly
    )
    body = (
        f"{anchors}{facts_html(first)}"
        '<details class="sb-fold sb-more" open><summary>How this was worked out'
        f"</summary>{facts_html(second)}</details>"
    )
    anchor = question_anchor(question.id)
    return Fragment(
        folded(anchor, asks=question.asks, reply=said, badge=came, body=body),
        f"{question.asks}\n  {said} [{came}]\n{facts_text([*first, *second])}",
    )


def _evidence(answer: Answer) -> list[Line]:
    question = answer.question
    return [
        *(_passage(claim) for claim in answer.claims),
        *_compared(answer),
        ("What we make of it", ADJUDICATION_WORDS[question.adjudication]),
        ("Why", linked_words(question.why)),
        ("What would settle it", linked_words(question.settles)),
    ]


def _label(came: str) -> Fragment:
    """Return a badge with a link to what it means, where the book has that page."""
    if not (find_root() / BADGES.partition(".html")[0]).with_suffix(".md").is_file():
        return Fragment(escape(f"“{came}”"), f"“{came}”")
    named = f"“{came}”: "
    link = f'<a href="{ROOT}{BADGES}">what it means</a>'
    return Fragment(f"{escape(named)}{link}", f"{named}see {BADGES}")


def _outside(answer: Answer, record: Record | None) -> list[Line]:
    """Return the facts from outside that bear most on a question, as links."""
    if record is None:
        return []
    names = [claim.id for claim in answer.claims]
    found = record.most_bearing(names, chapter=answer.chapter)
    lines: list[Line] = []
    for fact in found:
        words = textwrap.shorten(fact.fact, _SHORT, placeholder=" …")
        bears = f" ({BEARING_WORDS.get(fact.bears, '').lower()})"
        to = address(fact.id_in_book)
        lines.append(("The record", linked(to, words, bears, look="sb-fact")))
    return lines


def _workings(answer: Answer) -> list[Line]:
    question, origins = answer.question, answer.origins
    ours = f"{question.adjudication} ({question.cause})"
    left_out = [
        f"without {short_name(left.source)}: {left.words}"
        for left in leave_each_out(answer)
    ]
    return [
        *(("One pair", words) for words in _pairs(answer, many=True)),
        ("In the data", f"{answer.id}: {', '.join(answer.relations)} · {ours}"),
        ("With a source left out", "; ".join(left_out)),
        ("With one passage withdrawn", hangs_on(answer)),
        ("Independent origins", f"{origins.count}: {'; '.join(origins.names)}"),
    ]


def _passage(claim: Claim) -> Line:
    voice = "" if claim.voice == "author" else f" ({claim.voice})"
    when = f", {time_words(claim.when)}" if claim.when else ""
    words = linked(address(claim.id), quoted(claim.exact), voice)
    return f"{short_name(claim.source)}{when}", words


def quoted(passage: str) -> str:
    """Return a passage in quotation marks, once: speech brings its own.

    >>> quoted("a modest 4.3%"), quoted("“It opened the door.”")
    ('“a modest 4.3%”', '“It opened the door.”')
    >>> quoted("“frank” and “constructive”")
    '“‘frank’ and ‘constructive’”'
    """
    inner = passage[1:-1]
    if passage.startswith("“") and passage.endswith("”") and "“" not in inner:
        return passage
    nested = passage.replace("“", "‘").replace("”", "’")
    return f"“{nested}”"


def _compared(answer: Answer) -> list[Line]:
    """Return how the claims compare: each pair, or what many pairs alike came to."""
    alike = Counter(str(verdict) for _, _, verdict in answer.verdicts)
    rows: list[Line] = [
        ("How they compare", f"{relation_words(name)} ({n} pairs).")
        for name, n in alike.items()
        if n > _ONE_BY_ONE
    ]
    rows += [("How they compare", words) for words in _pairs(answer, many=False)]
    return rows + [
        ("Who does not say it", f"{short_name(each.source)}: {each.verdict.reason}")
        for each in answer.silences
    ]


def _pairs(answer: Answer, *, many: bool) -> list[str]:
    """Return what each pair came to, of ``many`` alike or of few; several are named."""
    alike = Counter(str(verdict) for _, _, verdict in answer.verdicts)
    several = len(answer.verdicts) > 1
    return [
        (f"{_named(a)} – {_named(b)}: " if several else "")
        + f"{relation_words(str(verdict))}. {verdict.reason}"
        for a, b, verdict in answer.verdicts
        if (alike[str(verdict)] > _ONE_BY_ONE) == many
    ]


def _named(claim: Claim) -> str:
    """Return a claim as its document's short name and its own name in words."""
    return f"{short_name(claim.source)} ({own_words(claim.id)})"


def readings_table(bridges: Iterable[Bridged]) -> pd.DataFrame:
    """One row per reading of a bridge that implies a whole, in the order given.

    Columns: ``slack``, ``implied whole`` (the interval), ``at most`` (the cap),
    ``unit``, ``governed by``: rounding, where the figures as printed are open so far
    that this much of "about" adds nothing, else the slack.
    """
    rows = [
        (
            percent(bridge.slack),
            str(bridge.result),
            "" if (cap := bridge.result.high) is None else plain(cap),
            bridge.unit,
            "rounding" if bridge.rounding_governs else "slack",
        )
        for bridge in bridges
    ]
    names = ["slack", "implied whole", "at most", "unit", "governed by"]
    return pd.DataFrame(rows, columns=names)


def chapter_without_table(answers: Iterable[Answer]) -> pd.DataFrame:
    """One row per question and source, with what is left when it is not heard.

    Columns: ``question``, ``without``, ``claims left``, ``sources left``, ``then``.
    """
    rows = [
        (answer.question.asks, short_name(o.source), o.claims, o.sources, o.words)
        for answer in answers
        for o in leave_each_out(answer)
    ]
    names = ["question", "without", "claims left", "sources left", "then"]
    return pd.DataFrame(rows, columns=names)


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
        """Return the box that opens the page: the answers named ``in_short``.

        Below them stand the number of questions and the documents they are put to; the
        site adds how long the page takes to read.
        """
        chosen = [self.answer(name).question.answer for name in self._opening]
        answers = self.answers.values()
        sources = dict.fromkeys(name for each in answers for name in each.sources)
        asked = counted(len(answers), "question")
        documents = f" · documents: {', '.join(map(short_name, sources))}"
        named = f'<span class="sb-short-documents">{escape(documents)}</span>'
        return Fragment(
            short_box((linked_words(text).html for text in chosen), asked + named),
            "\n".join(["In short", *map(plain_words, chosen), f"{asked}{documents}"]),
        )

    def questions(self, *names: str) -> Fragment:
        """Return the folded cards of some questions, by their ids, in that order."""
        for name in names:
            self.answer(name)
        self._shown.update(names)
        return answer_cards(self.answers, names, record=self._record)

    def table(self) -> Fragment:
        """Return every question with its answer, then the cards not shown so far."""
        frame = answers_table(self.answers.values())
        table = show_table(frame, caption="All questions of this chapter")
        rest = [name for name in self.answers if name not in self._shown]
        cards = answer_cards(self.answers, rest, record=self._record)
        return joined([table, cards])

    def bridge(self, question: str, name: str) -> Fragment:
        """Return one bridge of a question, worked out step by step."""
        answer = self.answer(question)
        return bridge_card(build_bridge(answer, name, corpus=self.corpus))

    def readings(self, question: str, name: str) -> Fragment:
        """Return what a bridge implies at each declared reading of "around"."""
        answer, caption = self.answer(question), "At other readings of “around”"
        build = partial(build_bridge, answer, name, corpus=self.corpus)
        bridges = (build(slack=slack) for slack in SLACKS)
        return show_table(readings_table(bridges), caption=caption)

    def without(self, question: str = "") -> Fragment:
        """Return what is left of one question, or of all, without each document."""
        asked = [self.answer(question)] if question else self.answers.values()
        frame = chapter_without_table(asked)
        frame = frame.drop(columns="question") if question else frame
        return show_table(frame, caption="With one document left out")


def open_chapter(name: str, *, root: Path | None = None) -> ChapterView:
    """Return a chapter of the book by its name. Raises `SourcebookError`."""
    return ChapterView(name, load_corpus(root))
