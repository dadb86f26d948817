"""One source, read and coded: its document, its sheet, its claims, its census.

What is read hangs on the pinned file and its sheet alone; `source_cache` keeps it only
while neither they nor the code have moved, so that a page shows what the files say now.

A draft is a claim with blanks. It stands in its sheet under ``drafts:``, where it is
held to stand in the document, and counts for nothing until it is moved up to
``claims:`` or set aside. Doubtful places of the file remain until each is settled under
``doubts:``, with a reason, and the text is as it was settled.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sourcebook.coding.census import Item, Placed, Waiver, take_census
from sourcebook.coding.claim_guards import guard_faults
from sourcebook.coding.claims import (
    Claim,
    bind,
    origins_of,
    unit_fault,
    vocabulary_faults,
)
from sourcebook.coding.named_fields import Named
from sourcebook.coding.plain_yaml import Where
from sourcebook.coding.schema import DOUBTS, Codebook, Doubt, DoubtfulPlace, Sheet
from sourcebook.coding.sheets import (
    OWN_ID,
    Loaded,
    load_sound,
    nearest,
    none_such,
    original_faults,
)
from sourcebook.errors import Fault, SheetError, SourcebookError, printable
from sourcebook.reading.actors import ActorMention, Aliases, read_actors, with_own
from sourcebook.reading.anchor import Anchor, fold, locate, locate_stretch
from sourcebook.reading.citations.citation_reader import read_references
from sourcebook.reading.text import Document, read_document

_WORD = "use a word that the codebook or the sheet knows, or add it there"
_UNIT = "name the measure that the figure is of"
_PROVENANCE = set(
    "title about file sha256 issued genre sponsor extent coverage not_stated".split()
)
GAPS_SHOWN = 20  # per sheet: enough to work on, few enough to read


@dataclass(frozen=True, slots=True)
class Source:
    """One document with its sheet, its claims and its waivers."""

    citekey: str
    document: Document
    sheet: Sheet
    all_claims: tuple[Claim, ...]
    waivers: tuple[Waiver, ...]
    census: tuple[Item, ...]
    actors: tuple[ActorMention, ...]
    origins: Mapping[str, tuple[str, ...]]  # whom and what each claim comes from, by id

    def claims(self, *, topic: str = "", kind: str = "") -> tuple[Claim, ...]:
        """Return the claims in the order of the text, all or of one topic or kind."""
        return tuple(
            claim
            for claim in self.all_claims
            if topic in ("", claim.topic) and kind in ("", claim.kind)
        )

    def provenance(self) -> dict[str, object]:
        """Return what the sheet says the document is, without its claims."""
        facts = self.sheet.model_dump(include=_PROVENANCE)
        voices = [
            speaker.name if speaker.named else f"{speaker.name} (not named)"
            for speaker in self.sheet.speakers.values()
        ]
        facts |= {"characters": len(self.document.raw), "speakers": voices}
        return {**facts, "words": len(self.document.text.split())}

    def claim(self, name: str) -> Claim:
        """Return the claim with this local id. Raises `SourcebookError`."""
        whole = f"{self.citekey}/{name}"
        if found := self.find(whole):
            return found
        raise no_claim(whole, self.all_claims)

    def find(self, name: str) -> Claim | None:
        """Return the claim ``<citekey>/<id>``, or None."""
        return next((claim for claim in self.all_claims if claim.id == name), None)


def no_claim(name: str, claims: tuple[Claim, ...]) -> SourcebookError:
    """Return the error for a claim that is not there, with the nearest that is."""
    fix = "use an id from a sheet in seeds/, as <citekey>/<id>"
    return none_such("claim", name, [claim.id for claim in claims], fix=fix)


def read_source(
    path: Path, codebook: Codebook, aliases: Aliases, *, held: bool = True
) -> Source:
    """Read the source of one sheet. Raises `SourcebookError` with all its faults.

    Unless ``held``, what surrounds a figure is not: without the table of actors, nobody
    can be known by another name.
    """
    sheet, loaded, unread = load_sound(path)
    if Path(sheet.file).name != sheet.file:
        fault = loaded.fault("", ("file",), fix="keep it in seeds/, and name it alone")
        said = f"file: {sheet.file!r} must be a bare file name"
        raise SheetError(loaded.path, [replace(fault, fault=said, said=said)])
    document = _read(path, sheet, loaded)
    actors, unknown = _find_actors(document, with_own(aliases, sheet.aliases), loaded)
    named = Named(document, sheet, aliases, codebook, actors)
    bound, faults = _bind_all(named, loaded, held=held and not unknown)
    faults = unread + unknown + faults
    waivers = waive_all(document, sheet, loaded, faults)
    faults += draft_faults(document, sheet, loaded)
    faults += original_faults(path, sheet, loaded)
    _check_provenance(document, sheet, loaded, faults)
    placed = [Placed(claim, anchor.start, anchor.end) for claim, anchor in bound]
    items = take_census(
        document,
        placed,
        waivers,
        issued=sheet.issued.date,
        complete=sheet.coverage.state == "complete",
    )
    # what is left out of a sheet at fault is no gap
    gaps = [item for item in items if item.state == "gap"]
    missed = [] if unread else [_gap(item, document) for item in gaps]
    faults += missed[:GAPS_SHOWN]
    if faults:
        raise SheetError(loaded.path, faults, missed[GAPS_SHOWN:])
    claims = sorted((c for c, _ in bound), key=lambda claim: (claim.span, claim.id))
    return Source(
        path.stem,
        document,
        sheet,
        tuple(claims),
        tuple(waivers),
        items,
        actors,
        origins_of(claims, document.text, sheet),
    )


def _read(path: Path, sheet: Sheet, loaded: Loaded) -> Document:
    try:
        return read_document(
            path.parent / sheet.file, citekey=path.stem, sha256=sheet.sha256
        )
    except SourcebookError as error:
        raise error.within(loaded.fault("", ("file",))) from error


def _gap(item: Item, document: Document) -> Fault:
    """Return the fault of what nobody coded or waived, where it stands in the text."""
    fault = f"{item.kind} neither coded nor waived: {item.text[:80]!r}"
    start = document.raw_span(item.start, item.end).start
    place = f"line {item.line} of {document.file}"
    return Fault(
        f"seeds/{document.file}",
        fault,
        place,
        item.line,
        start - document.lines[item.line - 1] + 1,
        "code it under claims, or set it aside under waivers",
        said=f"{fault} @ {place}",
    )


def _find_actors(
    document: Document, aliases: Aliases, loaded: Loaded
) -> tuple[tuple[ActorMention, ...], list[Fault]]:
    """Return whom the document mentions, no cited author; and the table's faults."""
    references = read_references(document.text)
    try:
        return read_actors(document.text, aliases, apart=references), []
    except SourcebookError as error:
        return (), [loaded.fault(error, ("aliases",))]


def _bind_all(
    named: Named, loaded: Loaded, *, held: bool
) -> tuple[list[tuple[Claim, Anchor]], list[Fault]]:
    document, sheet, codebook = named.document, named.sheet, named.codebook
    bound: list[tuple[Claim, Anchor]] = []
    faults: list[Fault] = []
    seen: set[str] = set()
    for number, entry in enumerate(sheet.claims):
        here = ("claims", number)
        for field, fault in vocabulary_faults(entry, sheet, codebook):
            faults.append(loaded.fault(fault, (*here, field), fix=_WORD))
        if repeated := seen.intersection({entry.id, *entry.formerly}):
            fault = f"repeated id {min(repeated)!r}"
            faults.append(loaded.fault(fault, (*here, "id"), fix=OWN_ID))
        seen.update({entry.id, *entry.formerly})
        try:
            claim, anchor = bind(entry, document, sheet)
        except SourcebookError as error:
            faults.append(loaded.fault(error, (*here, "quote")))
            continue
        if fault := unit_fault(claim, codebook):
            faults.append(loaded.fault(fault, (*here, "measure"), fix=_UNIT))
        for field, fault in guard_faults(claim, named, anchor) if held else ():
            faults.append(loaded.fault(fault, (*here, field)))
        bound.append((claim, anchor))
    return bound, faults


def waive_all(
    document: Document, sheet: Sheet, loaded: Loaded, faults: list[Fault]
) -> list[Waiver]:
    """Return what a sheet sets aside, at its place; add what is wrong to ``faults``."""
    waivers = []
    known = {entry.id for entry in sheet.claims}
    for number, entry in enumerate(sheet.waivers):
        here = ("waivers", number)
        claim = entry.reason.partition(":")[2].strip()
        if claim and claim not in known and "claims" not in loaded.kept:
            fault = f"no claim {claim!r}{nearest(claim, known)}"
            faults.append(loaded.fault(fault, here, fix="name a claim of this sheet"))
        try:
            start, end = entry.span or (0, 0)
            if entry.quote:
                start, end = locate_stretch(
                    entry.quote, entry.to or entry.quote, document, nth=entry.nth
                )
        except SourcebookError as error:
            faults.append(loaded.fault(error, here))
            continue
        if not 0 <= start < end <= len(document.text):
            fault = f"span {start}–{end} lies outside the text"
            faults.append(loaded.fault(fault, here, fix="give two offsets inside it"))
            continue
        waivers.append(Waiver(start, end, entry.reason, entry.note))
    return waivers


def _check_provenance(
    document: Document, sheet: Sheet, loaded: Loaded, faults: list[Fault]
) -> None:
    """Hold what the sheet says about the document against the document."""
    quotes: dict[Where, str] = {("issued",): sheet.issued.quote}
    quotes |= {("sponsor",): sheet.sponsor.quote} if sheet.sponsor else {}
    quotes |= {("speakers", key): s.quote for key, s in sheet.speakers.items()}
    for where, quote in quotes.items():
        try:
            if quote:
                locate(quote, document, clause=False)
        except SourcebookError as error:
            faults.append(loaded.fault(error, (*where, "quote")))
    for key, speaker in sheet.speakers.items():
        for name in sorted({*speaker.may_be} - ({*sheet.speakers} - {key})):
            said = f"{key}: {name!r} is no other speaker{nearest(name, sheet.speakers)}"
            fix = "name another key of speakers"
            faults.append(loaded.fault(said, ("speakers", key, "may_be"), fix=fix))
    text = fold(document.text).lower()
    for number, absence in enumerate(sheet.absences):
        for term in absence.terms:
            # Any part of a word counts here, so the star of a search adds nothing.
            if fold(term).lower().replace("*", "") in text:
                said = f"{term!r} is in the text, so it is not absent"
                fix = "remove the term, or the absence"
                faults.append(loaded.fault(said, ("absences", number), fix=fix))


def draft_faults(document: Document, sheet: Sheet, loaded: Loaded) -> list[Fault]:
    """Return the faults of a sheet's drafts: a repeated id, a quote not found."""
    faults = []
    seen = {entry.id for entry in sheet.claims}
    for number, entry in enumerate(sheet.drafts):
        here: Where = ("drafts", number)
        if entry.id in seen:
            said = f"repeated id {entry.id!r}"
            faults.append(loaded.fault(said, (*here, "id"), fix=OWN_ID))
        seen.add(entry.id)
        try:
            locate(entry.quote, document, nth=entry.nth, clause=False)
        except SourcebookError as error:
            faults.append(loaded.fault(error, (*here, "quote")))
    return faults


def doubt_faults(citekey: str, sheet: Sheet, loaded: Loaded) -> list[Fault]:
    """Return the faults of a sheet's doubtful places, at most one for each kind.

    One that nobody settled, one without a reason, one that the text has otherwise.
    """
    faults = []
    for number, doubt in enumerate(sheet.doubts):
        told = [(place, o) for place in doubt.places if (o := _open(doubt, place))]
        if not told:
            continue
        (place, (said, fix)), *others = told
        more = f", and {len(others)} more like it" if others else ""
        words = f"{doubt.what} {printable(place.words)!r} ({printable(place.at)})"
        told_so = f"{words} {said}{more}: {DOUBTS[doubt.what]}"
        wrong = f"{told_so}\n  fix: {fix.format(key=citekey)}"
        faults.append(loaded.fault(wrong, ("doubts", number)))
    return faults


def _open(doubt: Doubt, place: DoubtfulPlace) -> tuple[str, str] | None:
    """Return what is open about a doubtful place and how to close it, None if nothing.

    Where words may be out of order, the text is what it is, or another file is needed.
    """
    settled = place.settled or doubt.settled
    if not settled:
        return "is not settled", (
            "look at the file; give settled: kept (the words are the text's), dropped "
            "(they are not), or for one place corrected and to:, and say why:"
        )
    if not (place.why or doubt.why):
        return f"is settled as {settled}, without a reason", "say why:"
    if doubt.what == "layout":
        if settled == "kept":
            return None
        return f"is settled as {settled}", (
            "say kept where the text is right; else give a better file to "
            "`sourcebook reread {key} FILE`"
        )
    wanted = {"kept": place.words, "dropped": "", "corrected": place.to}[settled]
    if place.text != wanted:
        return f"is settled as {settled}, and its text is {place.text!r}", (
            "`sourcebook reread {key}` makes the text anew, as it is settled"
        )
    return None
