"""The record as a whole: its files read, held to the book, and compared with claims.

The facts of all files share one list of names. Every claim a fact is set beside must
exist, its words must be the codebook's where it measures something, its figure must
be one that the reader of numbers understands, and a share that is worked out from two
facts must come out as it is printed. No address is ever fetched here.

To be compared, a fact is put into the shape of a claim that no document makes, and
passes the same gates. It is never counted among the documents, and changes no verdict
on them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sourcebook.coding.claim_guards import CUES, has_counted
from sourcebook.coding.claims import Claim, QuantityClaim, claim_of_kind
from sourcebook.coding.corpus import AtFault, Corpus, nothing
from sourcebook.coding.hedges import Quantity, plain
from sourcebook.coding.schema import RECORD, STATUSES, Codebook
from sourcebook.coding.sheets import (
    OWN_ID,
    Loaded,
    check_parts,
    load_yaml,
    nearest,
    none_such,
)
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.comparing.bridges import Bridged, work_out
from sourcebook.comparing.question_files import chapter_files
from sourcebook.comparing.record_schema import (
    BEARING_WORDS,
    Fact,
    NotFound,
    RecordFile,
    ShareEntry,
)
from sourcebook.comparing.relation_by_kind import relate
from sourcebook.comparing.relations import Verdict
from sourcebook.errors import Fault, SheetError, SourcebookError, together
from sourcebook.reading.dates import read_dates
from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.text import Span

RECORD_FILES = "book/record"
ON_DOCUMENTS = "documents"  # the facts that say what the documents are; no chapter asks
_MOST = 2  # facts that a question's card names
_FIGURE = "quantity"  # what a number is that is no name, date or label
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"\d{4}")
# What says of a figure or a deed that it is less than actual; we round with "about".
_NOT_ACTUAL = (*CUES.values(), re.compile(r"\b(?:about|announce|foresee)"))
_CLAIM = "name a claim as <citekey>/<id>, or remove the name"
_FIX = {
    **dict.fromkeys(("of", "where"), "use a word of seeds/codebook.yml, or no measure"),
    **dict.fromkeys(("type", "concept", "party"), "use a word of seeds/codebook.yml"),
    "country": "one page has one country, and is one witness: correct one of both",
    "chapter": f"name a file of book/questions/, or {ON_DOCUMENTS!r}",
    "measure": "use one of seeds/codebook.yml that fits words and value, or none",
}
_FIELDS = "correct its words or its fields"


@dataclass(frozen=True, slots=True)
class Share:
    """A share worked out from two facts, and its arithmetic."""

    entry: ShareEntry
    part: Fact
    whole: Fact
    worked: Bridged


@dataclass(frozen=True, slots=True)
class Record:
    """All facts of all files, in order of file and place."""

    facts: tuple[Fact, ...] = ()
    shares: tuple[Share, ...] = ()
    not_found: tuple[NotFound, ...] = ()

    def fact(self, name: str) -> Fact:
        """Return the fact with an id. Raises `SourcebookError`."""
        for fact in self.facts:
            if fact.id == name:
                return fact
        known = [fact.id for fact in self.facts]
        raise none_such("fact", name, known, fix=f"look in {RECORD_FILES}/")

    def share(self, name: str) -> Share | None:
        """Return the share that was worked out under a name, if there is one."""
        return next((each for each in self.shares if each.entry.id == name), None)

    def matter(self, name: str) -> tuple[Fact, ...]:
        """Return the facts on a matter. Raises `SourcebookError`."""
        found = tuple(fact for fact in self.facts if fact.matter == name)
        if not found:
            known = {fact.matter for fact in self.facts}
            raise none_such("matter", name, known, fix=f"look in {RECORD_FILES}/")
        return found

    def most_bearing(self, claims: Iterable[str], *, chapter: str) -> tuple[Fact, ...]:
        """Return the few facts that bear most on some claims, the strongest first.

        A fact beside more of the claims goes first, then one filed under the chapter,
        then by how it bears.
        """
        asked, order = set(claims), (*BEARING_WORDS, "")

        def rank(fact: Fact) -> tuple[int, bool, int]:
            met = len(asked.intersection(fact.claims))
            return -met, fact.chapter != chapter, order.index(fact.bears)

        near = (fact for fact in self.facts if asked.intersection(fact.claims))
        return tuple(sorted(near, key=rank)[:_MOST])


def record_files(root: Path) -> tuple[Path, ...]:
    """Return the files of the record, sorted."""
    return tuple(sorted((root / RECORD_FILES).glob("*.yml")))


def figure_of(fact: Fact) -> Quantity | None:
    """Return a fact's value as a document's would be read; refuse all but one."""
    if not fact.value:
        return None
    found = [m for m in read_numbers(fact.printed) if m.role == _FIGURE]
    if len(found) != 1:
        said = f"{fact.printed!r} is read as {len(found)} figures, not one"
        fix = "write value and unit as a sentence would: about 30, %"
        raise SourcebookError(said, fix=fix)
    return Quantity.from_mention(found[0])


def load_record(corpus: Corpus, *, at_fault: AtFault = nothing) -> Record:
    """Return the record. Raises one `SourcebookError` with every fault of every file.

    Of claims that are ``at_fault`` themselves, nothing is said.
    """
    known = {claim.id for claim in corpus.claims}
    chapters = {ON_DOCUMENTS, *(path.stem for path in chapter_files(corpus.root))}
    check = _Check(corpus.codebook, known, chapters, at_fault)
    files = list(record_files(corpus.root))
    if at_fault is not nothing:
        return _read_files(files, check)
    return kept(
        corpus.root / KEPT / "record.pickle",
        lambda: (files, _read_files(files, check)),
        told=repr((corpus.codebook, sorted(known), sorted(chapters), len(files))),
    )


def _read_files(files: Iterable[Path], check: _Check) -> Record:
    # What of each file can be read, and what is wrong with the rest.
    whole = (load_yaml(path, shown=f"{RECORD_FILES}/{path.name}") for path in files)
    parts = ("facts", "bridges", "not_found")
    read = [check_parts(each, RecordFile, parts) for each in whole]
    facts = {f.id: f for file, _, _ in read if file for f in file.facts}
    some_unread = any(faults for _, _, faults in read)  # a fact may be missing for that
    seen: set[str] = set()
    errors: list[SourcebookError] = []
    shares: list[Share] = []
    for file, loaded, unread in read:
        found = [*unread]
        if file:
            found += check.faults(file, loaded, seen)
            found += _work_shares_out(file, loaded, facts, shares, silent=some_unread)
        if found:
            errors.append(SheetError(loaded.path, found))
    if errors:
        raise together(errors)
    return Record(
        tuple(facts.values()),
        tuple(shares),
        tuple(entry for file, _, _ in read if file for entry in file.not_found),
    )


@dataclass(frozen=True, slots=True)
class _Check:
    """What the facts of a file are held to."""

    codebook: Codebook
    claims: Collection[str]
    chapters: Collection[str]
    at_fault: AtFault
    countries: dict[str, str] = field(default_factory=dict)  # of pages, by address

    def faults(
        self, file: RecordFile, loaded: Loaded, seen: set[str]
    ) -> Iterator[Fault]:
        """Yield what is wrong with a file; its ids are added to those ``seen``."""
        entries: list[tuple[int, Fact | ShareEntry]] = [
            *enumerate(file.facts),
            *enumerate(file.bridges),
        ]
        for number, entry in entries:
            here = ("facts" if isinstance(entry, Fact) else "bridges", number)
            if entry.id in seen:
                yield loaded.fault(f"repeated id {entry.id!r}", here, fix=OWN_ID)
            seen.add(entry.id)
            for name in entry.claims:
                if name not in self.claims and not self.at_fault(name):
                    said = f"no claim {name!r}{nearest(name, self.claims)}"
                    yield loaded.fault(said, (*here, "claims"), fix=_CLAIM)
            if isinstance(entry, Fact):
                for name, said in self._of_fact(entry):
                    yield loaded.fault(said, (*here, name), fix=_FIX.get(name, _FIELDS))

    def _of_fact(self, fact: Fact) -> Iterator[tuple[str, str]]:
        """Yield (field, fault) for words that are unknown and figures that fail."""
        if fact.chapter not in self.chapters:
            near = nearest(fact.chapter, self.chapters)
            yield "chapter", f"no chapter {fact.chapter!r}{near}"
        known: dict[str, Collection[str]] = {
            "type": self.codebook.event_types,
            "concept": self.codebook.concepts,
            "party": self.codebook.parties,
        }
        if fact.measure:  # only what is measured can meet a claim's figure
            known["measure"] = self.codebook.measures
            known["of"] = self.codebook.denominators
            known["where"] = self.codebook.places
        for name, words in known.items():
            value = getattr(fact, name)
            if value and value not in words:
                yield name, f"unknown {name} {value!r}{nearest(value, words)}"
        yield from self._of_figure(fact)
        yield from _unsaid(fact)
        for page in fact.pages:
            other = self.countries.setdefault(page.url, page.country)
            if page.country != other:
                said = f"{page.url} is of {page.country} here, and of {other} elsewhere"
                yield "country", said

    def _of_figure(self, fact: Fact) -> Iterator[tuple[str, str]]:
        try:
            figure = figure_of(fact)
        except SourcebookError as error:
            yield "value", str(error).split("\n")[0]
            return
        measure = self.codebook.measures.get(fact.measure)
        if measure and not has_counted(measure, _words(fact)):
            said = f"no word of the fact is one that measure {fact.measure!r} counts"
            yield "measure", f"{said}: {', '.join(measure.counts)}"
        if measure and figure is None:
            yield "measure", f"measure {fact.measure!r} and no value"
        elif measure and figure and figure.unit != measure.unit:
            said = f"{figure.text!r} is in {figure.unit or 'no unit'}, but measure "
            yield "unit", f"{said}{fact.measure!r} is in {measure.unit or 'no unit'}"
        if figure:
            yield from _unlike(figure, fact)


def _unlike(figure: Quantity, fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield (field, fault) where the fact's own words give another figure or unit."""
    words = " ".join([fact.fact, *(each.says for each in fact.figures)])
    read = [Quantity.from_mention(m) for m in read_numbers(words) if m.role == _FIGURE]
    digits = _DIGITS.findall(fact.value)
    alone = (rf"(?<![\d.,]){re.escape(each)}(?!\d|[.,]\d)" for each in digits)
    # Where its digits do not stand there, words may give it: "a third" is 1/3.
    if not digits or not all(re.search(each, words) for each in alone):
        said = {end for each in read for end in (each.low, each.high)}
        for missing in sorted({figure.low, figure.high} - said):
            yield "value", f"{plain(missing)} is no figure of the fact's own words"
    if figure.unit and not fact.measure:  # which would hold the unit
        units = [each.unit for each in read if _DIGITS.findall(each.text) == digits]
        if units and figure.unit not in units:
            own = units[0] or "no unit"
            yield "unit", f"{figure.text!r} is in {figure.unit}, in the fact in {own}"


def _words(fact: Fact) -> str:
    """Return all that is said of a fact, by us and by its pages' titles and dates."""
    own = [fact.fact, fact.caveat, fact.title, fact.date, fact.matter]
    own += [each.says for each in fact.figures]
    pages = [f"{each.says} {each.title} {each.date}" for each in fact.second]
    return " ".join([*own, *pages])


def _unsaid(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield (field, fault) for a time or a status that no word of the fact bears out.

    A year may stand in a title or be the page's; one that is inferred is said to be.
    A fact that prints days is of one of them, or of the day of its page.
    """
    words = _words(fact)
    years, ends = (set(each.findall(fact.when)) for each in (_YEAR, _DAY))
    if not years.intersection(_YEAR.findall(words)) and "inferred" not in fact.caveat:
        said = f"{fact.when} is no time of the fact: say in caveat that it is inferred"
        yield "when", said
    days = {day for d in read_dates(fact.fact) for day in _DAY.findall(d.edtf)}
    if days and ends and not ends.intersection({*days, fact.date}):
        yield "when", f"{fact.when} is no day of the fact: {', '.join(sorted(days))}"
    if fact.status != "A" and not any(cue.search(words) for cue in _NOT_ACTUAL):
        said = f"{STATUSES[fact.status]}, and no word of the fact says so"
        yield "status", f"{said}: correct one of both"


def _work_shares_out(
    file: RecordFile,
    loaded: Loaded,
    facts: dict[str, Fact],
    shares: list[Share],
    *,
    silent: bool,
) -> Iterator[Fault]:
    """Work out the shares of a file; yield what is wrong with those that fail.

    ``silent`` of facts that are missing, where some could not be read.
    """
    for number, entry in enumerate(file.bridges):
        here = ("bridges", number)
        missing = [name for name in (entry.part, entry.whole) if name not in facts]
        for name in () if silent else missing:
            said = f"no fact {name!r}{nearest(name, facts)}"
            yield loaded.fault(said, here, fix="name a fact of the record by its id")
        if missing:
            continue
        part, whole = facts[entry.part], facts[entry.whole]
        try:
            worked = work_out(entry, figure_of(part), figure_of(whole))
        except SourcebookError as error:
            yield loaded.fault(error, here)
            continue
        shares.append(Share(entry, part, whole, worked))


NO_RELATION = (
    "no-relation"  # of a fact and a claim between which nothing can be computed
)


def against(fact: Fact, claim: Claim) -> Verdict:
    """Return how a fact stands to a claim. Raises `SourcebookError`.

    Figures are compared where both have one, datings where the claim is a dating.
    Where neither can be, as with an argument, there is nothing to compute.
    """
    stand_in = as_claim(fact)
    if isinstance(claim, QuantityClaim) and (figure := figure_of(fact)):
        stand_in = as_claim(fact, kind="quantity", quantity=figure)
    return relate(stand_in, claim)


def as_claim(fact: Fact, **more: object) -> Claim:
    """Return the claim that a fact would be; ``more`` are fields of its kind."""
    same = "measure of where when status type concept".split()
    empty = "file topic voice origin actor target place note prefix suffix section"
    given = {
        **dict.fromkeys([*empty.split(), "figure"], ""),
        **{name: getattr(fact, name) for name in same},
        **dict.fromkeys(("quote", "exact", "sentence"), fact.fact),
        "id": fact.id_in_book,
        "kind": "event" if fact.type else "status",
        "source": RECORD,
        "nth": 1,
        "actors": (),
        "key": False,
        "span": Span(0, 0),
        "paragraph": 0,
        **more,
    }
    return claim_of_kind(given["kind"], given)


def relation_names(fact: Fact, corpus: Corpus) -> dict[str, str]:
    """Return the relation to each claim beside a fact, `NO_RELATION` without one."""
    found = dict.fromkeys(fact.claims, NO_RELATION)
    for name in found:
        with suppress(SourcebookError):
            found[name] = str(against(fact, corpus.claim(name)))
    return found


def matters(record: Record) -> dict[str, tuple[str, ...]]:
    """Return the claims that are set beside facts on each matter, sorted by matter."""
    found: dict[str, dict[str, None]] = {}
    for fact in record.facts:
        found.setdefault(fact.matter, {}).update(dict.fromkeys(fact.claims))
    return {matter: tuple(found[matter]) for matter in sorted(found)}
