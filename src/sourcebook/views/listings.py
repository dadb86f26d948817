"""Listings: everything of one kind in one table, to sort, filter, search and take away.

A listing is plain data: columns that say how they may be filtered, and rows of cells.
A cell is text, a link into the book, or several of these. A passage is cut to a length,
around its figure where it has one, so that no listing becomes a second edition of its
source. How the tables look and move is for the pages to decide.

Totals of questions count pairs, because a question may set more than two claims side by
side and each pair has its own relation; a claim and a source that is silent on it are a
pair as well.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

import altair as alt

from sourcebook.coding.book_files import (
    claim_anchor,
    question_anchor,
    question_page,
    register_page,
)
from sourcebook.coding.claims import Claim, said_in
from sourcebook.coding.corpus import Corpus, Source
from sourcebook.coding.source_looks import GENRES, code_words, in_order, short_name
from sourcebook.comparing.question_files import ADJUDICATION_WORDS
from sourcebook.comparing.questions import Answer, badge, usage
from sourcebook.comparing.relations import relation_words
from sourcebook.comparing.release_changes import Change
from sourcebook.reading.dates import bounds, time_words
from sourcebook.views.chart_frame import read_out
from sourcebook.views.figure import Figure, show
from sourcebook.views.fragment import plain_words

PASSAGE = 150  # characters of a passage that a listing shows
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class PageLink:
    """Words that lead to a page of the book, or to one place on it."""

    words: str
    page: str
    anchor: str = ""


ColumnUse = Literal["", "facet", "facets", "lines", "number", "time"]
_USES: Final[dict[str, ColumnUse]] = {use: use for use in get_args(ColumnUse)}
CellPart = str | PageLink
ListingCell = CellPart | tuple[CellPart, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and what a reader can do with it besides sorting.

    ``facet``: choose one of its values. ``facets``: likewise, and a cell holds
    several, one part each. ``lines``: a cell holds several, one below the other.
    ``number``: sorted by size. ``time``: a time in words, sorted by when it begins.
    ``aside``: where scripts run, it stands in a fold below the row's first cell, so
    that the columns to read have room; it filters and is saved like any other.
    """

    name: str
    use: ColumnUse = ""
    aside: bool = False


def columns(table: str) -> tuple[Column, ...]:
    """Return columns as they are written: parted by bars, each with what it is for.

    >>> columns("event | when = time | figures = number, aside")[2]
    Column(name='figures', use='number', aside=True)
    """
    rows = (part.strip().partition(" = ") for part in table.split("|"))
    return tuple(
        Column(name, _USES[use.partition(",")[0]], use.endswith("aside"))
        for name, _, use in rows
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of a page: what it shows, its columns, its rows."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[ListingCell, ...], ...]


def claims_listing(corpus: Corpus) -> Listing:
    """Every claim, source by source, in the order of the text."""
    heads = columns(
        "claim | source = facet | kind = facet | topic = facet | passage | when = time "
        "| voice = facet"
    )
    rows = tuple(
        (
            claim_link(claim),
            short_name(source.citekey),
            claim.kind,
            code_words(claim.topic),
            passage(claim),
            time_words(claim.when),
            voice(claim, source),
        )
        for source in corpus.sources.values()
        for claim in source.claims()
    )
    return Listing("All claims", heads, rows)


def events_listing(corpus: Corpus) -> Listing:
    """Every event and status that has a time, the earliest first."""
    heads = columns(
        "when = time | passage | source = facet | kind = facet | what = facet "
        "| actors = facets | topic = facet | claim"
    )
    rows = tuple(
        (
            time_words(claim.when),
            passage(claim),
            short_name(claim.source),
            claim.kind,
            code_words(said_in(claim, "type") or claim.concept),
            said_in(claim, "actors") or claim.acting,
            code_words(claim.topic),
            claim_link(claim),
        )
        for claim in in_order_of_time(corpus.claims)
    )
    return Listing("Dated events and statuses", heads, rows)


def in_order_of_time(claims: Iterable[Claim]) -> list[Claim]:
    """Return the dated events and statuses by first day, last day, then name."""
    dated = [c for c in claims if c.kind in {"event", "status"} and c.when]
    return sorted(dated, key=lambda claim: (*told_days(claim.when), claim.id))


def told_days(when: str) -> tuple[date, date]:
    """Return the first and the last day of a time, as EDTF, as it is sorted by."""
    first, last = bounds(when)
    # Without a first day, as in "until 2022", the last one takes its place.
    return (last if first == date.min else first), last


def sources_listing(corpus: Corpus) -> Listing:
    """Every source: what its sheet says it is, and how much was read from it."""
    heads = columns(
        "source | genre = facet | issued = time | sponsor = facet | file holds = facet "
        "| characters = number | claims = number | figures = number, aside "
        "| voices = number, aside | register = , aside"
    )
    rows = tuple(_source_row(corpus.sources[key]) for key in in_order(corpus.sources))
    return Listing("All sources", heads, rows)


def usage_listing(corpus: Corpus, answers: Iterable[Answer]) -> Listing:
    """How many claims are set beside another document, by source and by who acts."""
    heads = columns(
        "source = facet | who = facet | claims = number | compared = number"
    )
    rows = tuple(
        (short_name(str(source)), *map(str, counts))
        for source, *counts in usage(corpus, answers)
    )
    return Listing("Claims compared with another document", heads, rows)


def _source_row(source: Source) -> tuple[ListingCell, ...]:
    sheet, citekey = source.sheet, source.citekey
    return (
        PageLink(short_name(citekey), f"notebooks/sources/{citekey}"),
        GENRES.get(sheet.genre, sheet.genre),
        time_words(sheet.issued.date),
        sheet.sponsor.name if sheet.sponsor else "none named",
        sheet.extent.state,
        str(len(source.document.raw)),
        str(len(source.claims())),
        str(len(source.claims(kind="quantity"))),
        str(len({claim.voice for claim in source.claims()})),
        PageLink("its claims", register_page(citekey)),
    )


def claim_link(claim: Claim, words: str = "") -> PageLink:
    """Return a link to a claim's entry, by its local name or in other words."""
    local = claim.id.partition("/")[2]
    return PageLink(words or local, register_page(claim.id), claim_anchor(claim.id))


def passage(claim: Claim, *, most: int = PASSAGE) -> str:
    """Return a claim's words in quotation marks, cut between words if at all."""
    words = " ".join(claim.exact.split())
    figure = " ".join(said_in(claim, "figure").split())
    if len(words) <= most:
        return f"“{words}”"
    place = max(words.find(figure), 0)
    last = place + len(figure)
    start = 0 if last <= most else max(0, min(place, last - most))
    end = start + most
    if start:
        start = words.find(" ", start - 1, place) + 1 or place
    if end < len(words):
        end = max(words.rfind(" ", start, end + 1), last)
    before = f"{ELLIPSIS} " if start else ""
    after = f" {ELLIPSIS}" if end < len(words) else ""
    return f"“{before}{words[start:end].strip()}{after}”"


def voice(claim: Claim, source: Source) -> str:
    """Say whose statement a claim is: the document's, a speaker's, a cited work's."""
    if claim.voice == "author":
        return "the document"
    speaker = source.sheet.speakers.get(claim.voice)
    return speaker.name if speaker else claim.voice.replace("cited:", "cited: ")


_SHORT = 90  # characters of each passage beside a question
_BAR = "#15748C"


def question_link(answer: Answer) -> PageLink:
    """Return a link from a question to its card in its chapter."""
    question = answer.question
    return PageLink(
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


def _question_row(answer: Answer) -> tuple[ListingCell, ...]:
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
    kinds, ours = _summed(counts, 0), _summed(counts, 1)
    numbers = " | ".join(f"{name} = number" for name in ("pairs", *ours))
    heads = columns(f"relation | {numbers}")
    rows = [
        (kind, str(number), *(str(counts[kind, name]) for name in ours))
        for kind, number in kinds.items()
    ]
    total = ("all", str(sum(kinds.values())), *map(str, ours.values()))
    return Listing("Pairs by relation and adjudication", heads, (*rows, total))


def _counts(answers: Iterable[Answer]) -> Counter[tuple[str, str]]:
    return Counter(
        (relation_words(verdict.relation), ADJUDICATION_WORDS[ours])
        for answer in answers
        for ours in [answer.question.adjudication]
        for _, _, verdict in answer.rows()
    )


def _summed(counts: Counter[tuple[str, str]], place: int) -> dict[str, int]:
    """Return sums by one part of the keys, the greatest first, then by name."""
    sums = Counter[str]()
    for key, number in counts.items():
        sums[key[place]] += number
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def totals_chart(answers: Sequence[Answer]) -> Figure:
    """Draw how many pairs came out with each relation, the commonest first."""
    counts = _summed(_counts(answers), 0)
    rows = [{"relation": name, "pairs": number} for name, number in counts.items()]
    # Beyond the longest bar stands its number, on a phone as well.
    room = alt.Scale(domain=[0, 1.2 * max(counts.values(), default=1)], nice=False)
    base = alt.Chart(alt.Data(values=rows), width="container").encode(
        y=alt.Y("relation:N", sort=None, title=None, axis=alt.Axis(labelLimit=180)),
        x=alt.X("pairs:Q", axis=alt.Axis(tickMinStep=1), scale=room),
    )
    words = base.mark_text(align="left", dx=4).encode(text="pairs:Q")
    said = [f"{name} {number}" for name, number in counts.items()]
    chart = alt.layer(base.mark_bar(color=_BAR), words)
    title = f"“{next(iter(counts))}” comes out most often" if counts else "No pairs yet"
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
