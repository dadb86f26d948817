"""Claims as values: one statement of one source, bound to its passage.

A sheet says which words matter and what they are about. Where those words stand and
what figure they hold is worked out here, from the pinned file, and never taken from
the sheet. A claim that cannot be bound raises; it is never guessed.

A claim comes from the producer that its sheet names, else from whom or what it cites,
else from the interviewees behind its words, if nothing else is there, else from its
voice.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Final, TypeVar

from sourcebook.coding.hedges import Quantity
from sourcebook.coding.schema import ClaimEntry, Codebook, Sheet
from sourcebook.coding.sheets import nearest
from sourcebook.errors import SourcebookError
from sourcebook.reading.anchor import Anchor, fold, locate
from sourcebook.reading.citations.citation_reader import (
    Reference,
    read_interviews,
    read_references,
)
from sourcebook.reading.citations.cited_works import CitationMention
from sourcebook.reading.citations.interviews import InterviewMention
from sourcebook.reading.dates import bounds, read_dates
from sourcebook.reading.numbers import NumberMention, read_numbers
from sourcebook.reading.text import Document, Span
from sourcebook.reading.text.document import Stretch

_TURN: Final = re.compile(r",\s(?:but|yet)\s(?!also)")
M = TypeVar("M", bound=Stretch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One coded statement of one source, as its sheet says, and where it stands.

    Some kinds have fields of their own: `QuantityClaim`, `EventClaim`, `StanceClaim`.
    """

    id: str  # "<citekey>/<local id>"
    source: str  # citekey
    file: str  # name of the raw file in seeds/
    kind: str  # quantity event status stance argument forecast recommendation method
    topic: str
    quote: str  # as the sheet gives it
    nth: int
    when: str  # EDTF
    status: str  # A E F P T
    voice: str
    origin: str
    actor: str
    target: str
    concept: str
    key: bool
    note: str
    alone: str = ""  # of a key claim: why no other document can be set beside it
    term: bool = False  # as the sheet says: the one word quoted is the matter itself
    inferred: Mapping[str, str] = field(default_factory=dict)  # field to why, likewise
    formerly: tuple[str, ...] = ()  # local ids it took over
    # derived from ``quote`` and the pinned file, as a figure is
    span: Span  # code points in the raw file, end exclusive
    exact: str  # the passage in the clean text
    prefix: str
    suffix: str
    sentence: str  # the sentence or sentences that hold the passage, clean
    section: str  # title of the section, "" where there is none
    paragraph: int  # 1-based number of the paragraph
    references: tuple[str, ...] = ()  # works and interviews behind the passage

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by in the whole book: its own, then those it took over."""
        return (self.id, *(f"{self.source}/{each}" for each in self.formerly))

    @property
    def acting(self) -> tuple[str, ...]:
        """Who acts in it, in the words of the sheet."""
        return (self.actor,) if self.actor else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityClaim(Claim):
    """A figure, of what, and where."""

    measure: str
    of: str  # what a share is a share of
    where: str
    figure: str  # the words the value was parsed from
    quantity: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClaim(Claim):
    """What took place, or will, between whom, and where."""

    type: str
    actors: tuple[str, ...]
    place: str

    @property
    def acting(self) -> tuple[str, ...]:
        """Who acts in it, in the words of the sheet."""
        # Slots make the class anew, and a bare `super` would mean the one before.
        return (*super(EventClaim, self).acting, *self.actors)


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceClaim(Claim):
    """Somebody for, against or neither, towards a target, on a matter."""

    sign: int  # 1 for, 0 neither, -1 against


_OF_KIND: Final = {
    "quantity": QuantityClaim,
    "event": EventClaim,
    "stance": StanceClaim,
}


def claim_of_kind(kind: str, given: Mapping[str, Any]) -> Claim:
    """Return a claim of a kind, of what its kind has fields for."""
    made: type[Claim] = _OF_KIND.get(kind, Claim)
    names = {each.name for each in fields(made)}
    return made(**{name: given[name] for name in names & given.keys()})


def quantity_in(claim: Claim) -> Quantity | None:
    """Return the quantity of a claim, None where its kind has none."""
    return claim.quantity if isinstance(claim, QuantityClaim) else None


def figured(claim: Claim) -> QuantityClaim:
    """Return a claim that has a figure. Raises `SourcebookError` for any other."""
    if isinstance(claim, QuantityClaim):
        return claim
    said = f"{claim.id}: a claim of kind {claim.kind} has no figure"
    raise SourcebookError(said, fix="choose claims of kind quantity")


def sign_in(claim: Claim) -> int | None:
    """Return the sign of a stance, None for another kind of claim."""
    return claim.sign if isinstance(claim, StanceClaim) else None


def said_in(claim: Claim, name: str) -> Any:  # noqa: ANN401 - whatever the field holds
    """Return what a claim has in a field, "" where its kind has no such field."""
    return getattr(claim, name, "")


def bind(entry: ClaimEntry, document: Document, sheet: Sheet) -> tuple[Claim, Anchor]:
    """Return the claim ``entry`` makes, and its passage. Raises `SourcebookError`."""
    anchor = locate(entry.quote, document, nth=entry.nth)
    _check_extent(document, anchor, term=entry.term)
    if entry.kind == "event":
        _check_date(entry, document, anchor, issued=sheet.issued.date)
    around = document.sentences_at(anchor.start, anchor.end)
    given = entry.model_dump(exclude={"id", "nth", "figure"})
    given |= {
        "id": f"{document.citekey}/{entry.id}",
        "source": document.citekey,
        "file": sheet.file,
        "nth": anchor.nth,
        "span": anchor.raw,
        "exact": anchor.exact,
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "sentence": document.text[around.start : around.end],
        "section": document.section_at(anchor.start).title,
        "paragraph": document.paragraphs.index(document.paragraph_at(anchor.start)) + 1,
        "references": _references(document, anchor, around),
    }
    if entry.kind == "quantity":
        mention = _figure(entry, document, anchor)
        given |= {"figure": mention.text, "quantity": Quantity.from_mention(mention)}
    return claim_of_kind(entry.kind, given), anchor


def _references(document: Document, anchor: Anchor, around: Span) -> tuple[str, ...]:
    """Return the works and interviews a passage refers to, each once, in order."""
    found = [
        reference
        for reference in read_references(document.text)
        if around.start <= reference.start and reference.end <= around.end
    ]
    # A bracket belongs to the words it stands behind: so those inside the passage
    # count, and the nearest after it, unless the sentence takes a turn before that.
    # Whom the sentence itself names counts anyway.
    brackets = [each.bracket for each in found if each.bracket and not _named(each)]
    last = min((b.start for b in brackets if b.end >= anchor.end), default=anchor.end)
    if _TURN.search(document.text, anchor.end, last):
        last = anchor.end
    behind = {b for b in brackets if b.end > anchor.start and b.start <= last}
    kept = [each for each in found if _named(each) or each.bracket in behind]
    return tuple(dict.fromkeys(each.key for each in kept))


def _named(reference: Reference) -> bool:
    """Say whether a reference is no bracket behind words: the sentence names it."""
    narrative = isinstance(reference, CitationMention) and reference.narrative
    return narrative or reference.bracket is None


def _check_extent(document: Document, anchor: Anchor, *, term: bool) -> None:
    """Refuse a quote that would publish a whole paragraph, or says nothing yet."""
    if term != (len(anchor.exact.split()) == 1):
        said = "is a term, but has more than one" if term else "has only one"
        fix = "quote the words that carry the claim; where a single word is what it is "
        raise SourcebookError(
            f"{document.citekey}: quote {said} word: {anchor.exact!r}",
            fix=f"{fix}about, say `term: true`",
        )
    paragraph = document.paragraph_at(anchor.start)
    if anchor.start <= paragraph.start and paragraph.end <= anchor.end:
        said = f"{document.citekey}: quote is a whole paragraph: {anchor.exact!r}"
        fix = "quote the words that carry the claim; sources are not published"
        raise SourcebookError(said, fix=fix)


def within(found: Sequence[M], span: Stretch) -> Sequence[M]:
    """Return the mentions, in the order of the text, that begin in a range."""
    first, last = (
        bisect_left(found, at, key=attrgetter("start")) for at in (span.start, span.end)
    )
    return found[first:last]


def _figure(entry: ClaimEntry, document: Document, anchor: Anchor) -> NumberMention:
    """Return the one number of the passage that the entry is about."""
    inside = [
        mention
        for mention in within(read_numbers(document.text), anchor)
        if mention.role == "quantity" and mention.end <= anchor.end
    ]
    wanted = fold(entry.figure)
    hits = [m for m in inside if wanted in fold(m.text)] if wanted else inside
    hits = [m for m in hits if wanted == fold(m.text)] or hits  # "5%" beside "15%"
    if len(hits) == 1:
        return hits[0]
    found = ", ".join(repr(m.text) for m in inside) or "none"
    raise SourcebookError(
        f"{document.citekey}: {'no' if not hits else 'more than one'} figure"
        f"{f' {entry.figure!r}' if wanted else ''} in the quote {entry.quote!r}\n"
        f"  figures read there: {found}\n"
        "  fix: name one of them as figure, or quote the words that hold it"
    )


def _check_date(
    entry: ClaimEntry, document: Document, anchor: Anchor, *, issued: str
) -> None:
    """Hold ``when`` against the dates that stand in the passage, if any do."""
    printed = {
        mention.edtf
        for mention in read_dates(document.text, issued=issued)
        if mention.edtf and anchor.start <= mention.start and mention.end <= anchor.end
    }
    if printed and not any(lies_within(entry.when, edtf) for edtf in printed):
        raise SourcebookError(
            f"{document.citekey}: when: {entry.when} is not a date of the passage\n"
            f"  dates read there: {', '.join(sorted(printed))}\n"
            "  fix: take the date from the passage, or quote the passage that has it"
        )


def lies_within(inner: str, outer: str) -> bool:
    """Say whether a time, as EDTF, lies within another."""
    first, last = bounds(outer)
    return first <= bounds(inner)[0] and bounds(inner)[1] <= last


def vocabulary_faults(
    entry: ClaimEntry, sheet: Sheet, codebook: Codebook
) -> Iterator[tuple[str, str]]:
    """Yield (field, fault) for every word of the entry the codebook does not know."""
    known: dict[str, tuple[Collection[str], str]] = {
        "topic": (codebook.topics, "topics in codebook.yml"),
        "measure": (codebook.measures, "measures in codebook.yml"),
        "of": (codebook.denominators, "denominators in codebook.yml"),
        "where": (codebook.places, "places in codebook.yml"),
        "concept": (codebook.concepts, "concepts in codebook.yml"),
        "type": (codebook.event_types, "event_types in codebook.yml"),
        "voice": ({"author", *sheet.speakers}, "speakers of the sheet"),
    }
    for name, (words, home) in known.items():
        value = getattr(entry, name)
        if value and value not in words and not value.startswith("cited:"):
            near = nearest(value, words)
            yield name, f"unknown {name} {value!r}{near}; new ones go under {home}"
    if entry.when:
        try:
            bounds(entry.when)
        except SourcebookError as error:
            yield "when", str(error)


def unit_fault(claim: Claim, codebook: Codebook) -> str:
    """Return what is wrong with the unit of a quantity, or ""."""
    if not isinstance(claim, QuantityClaim):
        return ""
    unit, measure = claim.quantity.unit, codebook.measures.get(claim.measure)
    if measure is None or unit == measure.unit:
        return ""
    return (
        f"{claim.figure!r} is in {unit or 'no unit'}, but "
        f"measure {claim.measure!r} is in {measure.unit or 'no unit'}"
    )


def interviewees(text: str) -> dict[str, tuple[str, ...]]:
    """Return each interviewee as labelled, sorted, with the dates given, sorted.

    >>> told = "(interview with B. Low, 3 May 2021; interview with A. High, 2020)"
    >>> interviewees(f"It rose {told}. It fell (interview with B. Low, 2 May 2020).")
    {'A. High': ('2020',), 'B. Low': ('2020-05-02', '2021-05-03')}
    """
    found: dict[str, set[str]] = {}
    for interview in read_interviews(text):
        found.setdefault(interview.key, set()).add(interview.date)
    return {name: tuple(sorted(dates)) for name, dates in sorted(found.items())}


def origins_of(
    claims: Iterable[Claim], text: str, sheet: Sheet
) -> dict[str, tuple[str, ...]]:
    """Return the people and works that each claim comes from, at least one, by id."""
    # Worked out when a document is read, and kept with it: to read references takes
    # long, and each question asks for those of its claims.
    asked = frozenset(interviewees(text))
    return {claim.id: _behind(claim, asked, sheet) for claim in claims}


def _behind(claim: Claim, asked: frozenset[str], sheet: Sheet) -> tuple[str, ...]:
    if claim.origin or claim.voice.startswith("cited:"):
        words = (claim.origin or claim.voice.removeprefix("cited:")).strip()
        found = [
            label(claim.source, r.key) if isinstance(r, InterviewMention) else r.key
            for r in read_references(f"({words})")
        ]
        return tuple(dict.fromkeys(found)) or (words,)  # neither person nor work
    if claim.references and asked.issuperset(claim.references):
        return tuple(label(claim.source, key) for key in claim.references)
    speaker = sheet.speakers.get(claim.voice)  # who is none of them is the author
    return (label(claim.source, speaker.name) if speaker else claim.source,)


def label(citekey: str, name: str) -> str:
    """Return a person as one document calls them; "expert 1" is another elsewhere."""
    return f"{citekey}: {name}"
