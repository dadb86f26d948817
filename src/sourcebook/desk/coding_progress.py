"""How far the coding of one source has come, sentence by sentence.

`sourcebook.coding.corpus` stops at the first sheet with a fault, as a build must. Who
is still coding needs the opposite: everything that can be read and bound, what is left
to do, and every fault beside it. Nothing is published from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from sourcebook.coding.census import Item, Placed, Waiver, take_census
from sourcebook.coding.claims import bind, unit_fault, vocabulary_faults
from sourcebook.coding.schema import ClaimEntry, Codebook, Sheet
from sourcebook.coding.sheets import (
    Loaded,
    check_model,
    load_codebook,
    load_written,
    sheet_paths,
)
from sourcebook.coding.sources import waive_all
from sourcebook.errors import Fault, SheetError, SourcebookError
from sourcebook.reading.anchor import locate
from sourcebook.reading.text import Document, Sentence, read_document

_Place = TypeVar("_Place", Placed, Waiver)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A claim of the sheet that cannot be bound yet: its fields, and why not."""

    id: str
    fields: dict[str, Any]
    fault: str
    start: int  # of its quote in the clean text; -1 where it does not stand there
    draft: bool = False  # stands under ``drafts``, not under ``claims``


@dataclass(frozen=True, slots=True)
class Saved:
    """What a saved edit led to; ``moved`` when somebody else had saved meanwhile."""

    progress: Progress
    moved: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """One source in the making. Sentences are counted from 0, in the order of text."""

    citekey: str
    document: Document
    sheet: Sheet
    codebook: Codebook
    placed: tuple[Placed, ...]
    waivers: tuple[Waiver, ...]
    unfinished: tuple[Unfinished, ...]
    census: tuple[Item, ...]
    faults: tuple[str, ...]
    digest: str  # of the sheet that was read

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the document."""
        return self.document.sentences

    def text(self, number: int) -> str:
        """Return the words of one sentence."""
        sentence = self.sentences[number]
        return self.document.text[sentence.start : sentence.end]

    def state(self, number: int) -> str:
        """Return ``coded``, ``waived`` or ``gap``: a gap if anything in it is one."""
        states = {item.state for item in self._items(number)}
        if "gap" in states:
            return "gap"
        return "coded" if "coded" in states else "waived"

    def found(self, number: int) -> tuple[Item, ...]:
        """Return what the readers found in one sentence, and what became of it."""
        return tuple(item for item in self._items(number) if item.kind != "sentence")

    def coded(self, number: int) -> tuple[Placed, ...]:
        """Return the claims whose passage shares words with one sentence."""
        return self._reaching_into(number, self.placed)

    def drafted(self, number: int) -> tuple[Unfinished, ...]:
        """Return the unfinished claims of one sentence; the first has the strays."""
        sentence = self.sentences[number]
        return tuple(
            each
            for each in self.unfinished
            if sentence.start <= each.start < sentence.end
            or (number == 0 and each.start < 0)
        )

    def waived(self, number: int) -> tuple[Waiver, ...]:
        """Return the waivers that reach into one sentence."""
        return self._reaching_into(number, self.waivers)

    def _reaching_into(
        self, number: int, places: Iterable[_Place]
    ) -> tuple[_Place, ...]:
        """Return those of some places that share words with one sentence."""
        at = self.sentences[number]
        return tuple(p for p in places if p.start < at.end and at.start < p.end)

    def gaps(self) -> tuple[int, ...]:
        """Return the sentences in which something is neither coded nor waived."""
        numbers = range(len(self.sentences))
        return tuple(number for number in numbers if self.state(number) == "gap")

    def _items(self, number: int) -> tuple[Item, ...]:
        sentence = self.sentences[number]
        return tuple(
            item for item in self.census if sentence.start <= item.start < sentence.end
        )


def read_progress(
    root: Path, citekey: str, *, texts: Mapping[Path, Path] | None = None
) -> Progress:
    """Return how far a source has come; ``texts`` are read in place of some files.

    Raises `SourcebookError` where the sheet cannot be read as one at all, or where its
    document is not the pinned one.
    """
    path = root / "seeds" / f"{citekey}.yml"
    loaded = load_written(path, texts=texts)
    digest = digest_of(path)
    ready, unready = _sorted_out(loaded)
    sheet = check_model(ready, Sheet)
    document = read_document(
        root / "seeds" / sheet.file, citekey=citekey, sha256=sheet.sha256
    )
    codebook, faults = load_codebook(root), [fault for _, fault in unready]
    placed = _bound(document, sheet, codebook, faults)
    wrong: list[Fault] = []
    waivers = waive_all(document, sheet, ready, wrong)
    faults += map(str, wrong)
    # As in a complete sheet: who codes is shown every gap, whatever the sheet calls
    # itself.
    census = take_census(
        document, placed, waivers, issued=sheet.issued.date, complete=True
    )
    open_ = [(*each, False) for each in (*unready, *_unbound(sheet, placed, citekey))]
    open_ += [(entry, "", True) for entry in _drafts(loaded)]
    unfinished = tuple(
        Unfinished(str(entry.get("id", "")), entry, why, _start(entry, document), draft)
        for entry, why, draft in open_
    )
    return Progress(
        citekey, document, sheet, codebook, tuple(placed), tuple(waivers),
        unfinished, census, tuple(faults), digest,
    )  # fmt: skip


def digest_of(path: Path) -> str:
    """Return a SHA-256 of a sheet, with all its files, as it is now."""
    return sha256(b"\0".join(p.read_bytes() for p in sheet_paths(path))).hexdigest()


def _sorted_out(loaded: Loaded) -> tuple[Loaded, list[tuple[dict[str, Any], str]]]:
    """Part the claims that have all their fields from those that do not."""
    data = loaded.data if isinstance(loaded.data, dict) else {}
    kept, unready = [], []
    for entry in _listed(loaded, "claims"):
        try:
            check_model(replace(loaded, data=entry), ClaimEntry)
        except SheetError as error:
            if not isinstance(entry, dict):
                fault = "a claim is not a list of fields"
                raise SheetError(loaded.path, [fault]) from None
            name = f"{loaded.path}: {entry.get('id', 'a claim without id')}"
            told = "; ".join(f"{each.fault} @ {each.place}" for each in error.faults)
            unready.append((entry, f"{name}: {told}"))
        else:
            kept.append(entry)
    whole = {name: value for name, value in data.items() if value is not None}
    whole.pop("drafts", None)  # blanks in them are no faults
    whole["claims"] = kept
    return replace(loaded, data=whole), unready


def _drafts(loaded: Loaded) -> list[dict[str, Any]]:
    """Return the drafts of a sheet, without what is blank in them."""
    listed = [each for each in _listed(loaded, "drafts") if isinstance(each, dict)]
    return [
        {name: value for name, value in entry.items() if value not in ("", None, [])}
        for entry in listed
    ]


def _listed(loaded: Loaded, part: str) -> list[Any]:
    """Return the entries of a part; the desk shows nothing of what is no list."""
    held = loaded.data.get(part) if isinstance(loaded.data, dict) else None
    if held and not isinstance(held, list):
        raise SheetError(loaded.path, [f"{part} is no list of entries"])
    return held or []


def _bound(
    document: Document, sheet: Sheet, codebook: Codebook, faults: list[str]
) -> list[Placed]:
    placed, seen = [], set()
    for entry in sheet.claims:
        name = f"{document.citekey}/{entry.id}"
        if entry.id in seen:
            faults.append(f"{name}: repeated id")
        seen.add(entry.id)
        faults += [f"{name}: {f}" for _, f in vocabulary_faults(entry, sheet, codebook)]
        try:
            claim, anchor = bind(entry, document, sheet)
        except SourcebookError as error:
            faults.append(f"{name}: {error}")
            continue
        if fault := unit_fault(claim, codebook):
            faults.append(f"{name}: {fault}")
        placed.append(Placed(claim, anchor.start, anchor.end))
    return placed


def _unbound(
    sheet: Sheet, placed: list[Placed], citekey: str
) -> list[tuple[dict[str, Any], str]]:
    """Return the claims whose passage was not found, as they stand in the sheet."""
    bound = {each.claim.id for each in placed}
    return [
        (entry.model_dump(exclude_defaults=True), "its passage cannot be bound")
        for entry in sheet.claims
        if f"{citekey}/{entry.id}" not in bound
    ]


def _start(entry: dict[str, Any], document: Document) -> int:
    try:
        quote, nth = str(entry.get("quote") or ""), entry.get("nth")
        return locate(quote, document, nth=nth, clause=False).start
    except (SourcebookError, TypeError):
        return -1
