"""Listings of questions: all of them, their totals, and what changed since a release.

A question leads to its card in its chapter. Totals count pairs, because a question may
set more than two claims side by side and each pair has its own relation; a claim and a
source that is silent on it are a pair as well.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import altair as alt

from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.badges import (
    ADJUDICATION_WORDS,
    badge,
    code_words,
    relation_words,
)
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.release_changes import Change
from sourcebook.prose.addresses import question_anchor, question_page
from sourcebook.views.chart_frame import read_out
from sourcebook.views.figure import Figure, show
from sourcebook.views.listings import Cell, Link, Listing, claim_link, columns, passage
from sourcebook.views.question_text import plain_words

_SHORT = 90  # characters of each passage beside a question
_BAR = "#15748C"


def question_link(answer: Answer) -> Link:
    """Return a link from a question to its card in its chapter."""
    question = answer.question
    return Link(
        question.asks, question_page(answer.chapter), question_anchor(question.id)
    )


def questions_listing(answers: Iterable[Answer]) -> Listing:
    """Every question, chapter by chapter: what is read, and what proves it aside."""
    heads = columns(
        "question | answer | what came out = facet "
        "| how claims compare = facets, aside | what we make of it = facet, aside "
        "| passages = lines, aside | sources = facets, aside "
        "| topics = facets, aside | chapter = facet"
    )
    return Listing("All questions", heads, tuple(map(_question_row, answers)))


def _question_row(answer: Answer) -> tuple[Cell, ...]:
    question, claims = answer.question, answer.claims
    return (
        question_link(answer),
        plain_words(question.answer),
        badge(answer),
        tuple(dict.fromkeys(map(relation_words, answer.relations))),
        ADJUDICATION_WORDS[question.adjudication],
        tuple(claim_link(claim, passage(claim, most=_SHORT)) for claim in claims),
        tuple(map(short_name, answer.sources)),
        tuple(dict.fromkeys(code_words(claim.topic) for claim in claims)),
        answer.chapter,
    )


def totals_listing(answers: Iterable[Answer]) -> Listing:
    """How many pairs came out with each relation, and what we made of them."""
    counts = _counts(answers)
    kinds = Counter[str]()
    ours = Counter[str]()
    for (relation, adjudication), number in counts.items():
        kinds[relation] += number
        ours[adjudication] += number
    names = sorted(ours, key=lambda name: (-ours[name], name))
    heads = columns(
        " | ".join(["relation", *(f"{n} = number" for n in ("pairs", *names))])
    )
    rows = [
        (kind, str(number), *(str(counts[kind, name]) for name in names))
        for kind, number in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    ]
    total = ("all", str(sum(kinds.values())), *(str(ours[name]) for name in names))
    return Listing("Pairs by relation and adjudication", heads, (*rows, total))


def _counts(answers: Iterable[Answer]) -> Counter[tuple[str, str]]:
    return Counter(
        (
            relation_words(verdict.relation),
            ADJUDICATION_WORDS[answer.question.adjudication],
        )
        for answer in answers
        for _, _, verdict in answer.rows()
    )


def totals_chart(answers: Sequence[Answer]) -> Figure:
    """Draw how many pairs came out with each relation, the commonest first."""
    counts = Counter[str]()
    for (relation, _), number in _counts(answers).items():
        counts[relation] += number
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = [{"relation": name, "pairs": number} for name, number in ordered]
    # Beyond the longest bar stands its number, on a phone as well.
    room = alt.Scale(domain=[0, 1.2 * max(counts.values(), default=1)], nice=False)
    base = alt.Chart(alt.Data(values=rows), width="container").encode(
        y=alt.Y("relation:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
        x=alt.X("pairs:Q", axis=alt.Axis(tickMinStep=1), scale=room),
    )
    words = base.mark_text(align="left", dx=4).encode(text="pairs:Q")
    said = [f"{name} {number}" for name, number in ordered]
    chart = alt.layer(base.mark_bar(color=_BAR), words)
    title = f"“{ordered[0][0]}” comes out most often" if ordered else "No pairs yet"
    return show(chart, title=title, description=read_out(title, said))


def changes_listing(
    changes: Iterable[Change], answers: Iterable[Answer], *, caption: str
) -> Listing:
    """One row for each pair that changed: how its relation stood, and stands."""
    questions = {answer.id: question_link(answer) for answer in answers}
    heads = columns(
        "question | first claim | second claim | before = facet | now = facet"
    )
    rows = tuple(
        (
            questions.get(change.question, change.question),
            change.a,
            change.b,
            _state(change.before),
            _state(change.now),
        )
        for change in changes
    )
    return Listing(caption, heads, rows)


def _state(code: str) -> str:
    return relation_words(code) if code else "not compared"
