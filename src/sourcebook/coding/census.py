"""The census of a source: everything that was read in it, and what became of it.

Every number, date, quotation, citation, interview and sentence is either part of a
claim, set aside with a reason, or a gap. A sheet that calls itself complete may have no
gap; one that calls itself partial has its unread part counted as such, and never as
done. `tally` counts the items by kind and state, for the table that pages show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.coding.claims import Claim, said_in
from sourcebook.reading.citations import CitationMention
from sourcebook.reading.citations.citation_reader import read_references
from sourcebook.reading.dates import DateMention, read_dates
from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.quotations import read_quotations
from sourcebook.reading.text import Document

if TYPE_CHECKING:
    import pandas as pd

ITEM_KINDS = ("number", "date", "quotation", "citation", "interview", "sentence")
_TITLE = 60  # characters of a heading
STATES = ("coded", "waived", "gap", "unread")
OPEN = frozenset({"gap", "unread"})  # of which nothing is said yet


@dataclass(frozen=True, slots=True)
class Waiver:
    """A passage set aside: clean offsets, the reason and the sheet's note."""

    start: int
    end: int
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing read in a source, and what became of it.

    ``start`` and ``end`` are offsets in the clean text; ``by`` holds claim ids for a
    coded item and reasons for a waived one.
    """

    kind: str
    start: int
    end: int
    line: int
    text: str
    state: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim with its clean offsets, and those of its figure."""

    claim: Claim
    start: int
    end: int


def take_census(
    document: Document,
    claims: Iterable[Placed],
    waivers: Iterable[Waiver],
    *,
    issued: str,
    complete: bool,
) -> tuple[Item, ...]:
    """Return every item of ``document`` with its state, in order of kind and place."""
    claims, waivers = tuple(claims), tuple(waivers)
    items = []
    for kind, start, end in _mentions(document, issued):
        # What a reference stands behind is the sentence: its bracket is no part of a
        # quote.
        if kind in {"citation", "interview"}:
            by = tuple(_touching(*document.sentences_at(start, end), claims))
        else:
            by = tuple(_coded(kind, document.text[start:end], start, end, claims))
        state = "coded" if by else "waived"
        by = by or tuple(_waived(kind, start, end, waivers))
        if not by:
            state = "gap" if complete else "unread"
        line = document.line_at(start)
        items.append(Item(kind, start, end, line, document.text[start:end], state, by))
    return tuple(items)


def _mentions(document: Document, issued: str) -> Iterator[tuple[str, int, int]]:
    for number in read_numbers(document.text):
        if number.role == "quantity":
            yield "number", number.start, number.end
    for date in dates_told(document.text, issued):
        if date.kind != "duration":  # which is a number with a unit of time
            yield "date", date.start, date.end
    for quotation in read_quotations(document.text):
        yield "quotation", quotation.start, quotation.end
    for mention in read_references(document.text):
        kind = "citation" if isinstance(mention, CitationMention) else "interview"
        yield kind, mention.start, mention.end
    for sentence in document.sentences:
        yield "sentence", sentence.start, sentence.end


def dates_told(text: str, issued: str) -> Iterator[DateMention]:
    """Yield the dates that a text tells of; that of a reference is the reference's."""
    references = read_references(text)
    for date in read_dates(text, issued=issued):
        if not any(r.start <= date.start and date.end <= r.end for r in references):
            yield date


def _touching(start: int, end: int, claims: tuple[Placed, ...]) -> Iterator[str]:
    """Yield the claims made in a range: what a reference stands behind."""
    for placed in claims:
        if placed.start < end and start < placed.end:
            yield placed.claim.id


def _coded(
    kind: str, text: str, start: int, end: int, claims: tuple[Placed, ...]
) -> Iterator[str]:
    """Yield the claims that code the item.

    A number must be the figure of a claim; a date must stand inside a passage; a
    quotation or a sentence must share at least one character with one.
    """
    if kind in {"quotation", "sentence"}:
        yield from _touching(start, end, claims)
        return
    for placed in claims:
        inside = placed.start <= start and end <= placed.end
        if inside and (kind == "date" or said_in(placed.claim, "figure") == text):
            yield placed.claim.id


def _waived(
    kind: str, start: int, end: int, waivers: tuple[Waiver, ...]
) -> Iterator[str]:
    """Yield the reasons that set the item aside; a sentence must be covered whole.

    >>> aside = (Waiver(4, 9, "frame", ""),)
    >>> [[*_waived("number", *span, aside)] for span in ((4, 9), (3, 9), (4, 10))]
    [['frame'], [], []]
    >>> [[*_waived("sentence", *span, aside)] for span in ((4, 10), (4, 11))]
    [['frame'], []]
    """
    for waiver in waivers:
        if waiver.start <= start and end <= waiver.end:
            yield waiver.reason
        elif kind == "sentence" and waiver.start <= start < waiver.end >= end - 1:
            yield waiver.reason  # all but the closing full stop


def tally(items: Iterable[Item]) -> pd.DataFrame:
    """Count items by kind and state.

    Rows: the kinds in the order of `ITEM_KINDS`. Columns: `STATES` and ``total``.
    """
    return _counted("kind", ITEM_KINDS, [(item.kind, item.state) for item in items])


def by_section(items: Iterable[Item], document: Document) -> pd.DataFrame:
    """Count items by the heading they stand under, with its line, and by state.

    Rows: the sections that have any, in the order of the text. Columns: `STATES` and
    ``total``.
    """
    found = [(document.section_at(item.start), item.state) for item in items]
    names = {
        section: f"{document.line_at(section.start)}: "
        + (section.title[:_TITLE] or "before the first heading")
        for section, _ in sorted(found, key=lambda each: each[0].start)
    }
    rows = [(names[section], state) for section, state in found]
    return _counted("line and section", [*names.values()], rows)


def _counted(
    what: str, names: Sequence[str], rows: list[tuple[str, str]]
) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - half a second, for who counts alone

    table = pd.DataFrame(
        [[rows.count((name, state)) for state in STATES] for name in names],
        index=pd.Index(list(names), name=what),
        columns=list(STATES),
    )
    table["total"] = table.sum(axis=1)
    return table
