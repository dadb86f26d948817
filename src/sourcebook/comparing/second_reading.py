"""Two readings of the same documents, each with the passages that it chose itself.

The second reading knew neither the sheets nor what was said of them: it had the
document, the codebook and the written rule of what is a stance. It chose passages,
kinds, actors, targets and signs, and stands as it was given in ``seeds/second/``, one
file per document, with its quotations bound as those of a sheet are.

What came of each difference stands beside the second reading, under ``settled``::

    settled:
      - {first: doubts, second: r017, differ: target, stands: first, why: It asks.}

Nothing is compared here; that is for `sourcebook.comparing.unit_pairs`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sourcebook.coding.corpus import Corpus
from sourcebook.coding.schema import Kind, Slug, Strict, Words
from sourcebook.coding.sheets import (
    Loaded,
    check_model,
    load_actors,
    load_table,
    load_yaml,
    nearest,
)
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.coding.sources import Source
from sourcebook.errors import Fault, SheetError, SourcebookError
from sourcebook.reading.actors import Aliases, read_actors, with_own
from sourcebook.reading.anchor import locate
from sourcebook.reading.text import Span

SECOND_READINGS = "seeds/second"
_COLUMNS = ("claim", "kind", "start", "end", "actor", "target", "concept", "sign")
_COPY = "copy the words from the source; a reading stays as it was given"
_CODE = "use a word of the codebook"
_BACK = "\n  fix: take it back from git"

Differ = Literal["only-first", "only-second", "kind", "target", "sign", "target-sign"]
Stands = Literal["first", "second", "both", "neither"]


class UnitEntry(Strict):
    """One statement as the second reading chose and coded it."""

    id: Slug
    kind: Kind
    quote: Words
    nth: Annotated[int, Field(ge=1)] | None = None
    voice: Words = "author"
    actor: str = ""
    target: str = ""
    concept: str = ""
    sign: Literal[-1, 0, 1] | None = None
    event: str = ""
    measure: str = ""

    @model_validator(mode="after")
    def _stance(self) -> UnitEntry:
        if self.kind == "stance" and (self.sign is None or not self.target):
            raise ValueError("kind: stance needs target and sign")
        if self.kind != "stance" and (self.sign is not None or self.target):
            raise ValueError("only kind: stance takes target and sign")
        return self


class SettledEntry(Strict):
    """One difference between the readings: which of them stands, and why.

    ``claims`` are those of the sheet that say now what was found to stand, where that
    is not the claim of the first reading.
    """

    first: str = ""
    second: str = ""
    differ: Differ
    stands: Stands
    claims: tuple[Slug, ...] = ()
    why: Words


class SecondReading(Strict):
    """One document, read anew: whole, or some of its sections."""

    sections: tuple[Words, ...] = ()
    units: Annotated[tuple[UnitEntry, ...], Field(min_length=1)]
    settled: tuple[SettledEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement of one reading; ``start`` and ``end`` are those of the raw file."""

    id: str  # the claim's id, or <citekey>/<id of the second reading>
    source: str
    kind: str
    start: int
    end: int
    actor: str = ""
    target: str = ""
    parties: frozenset[str] = frozenset()  # whom the target names
    concept: str = ""
    sign: int | None = None
    quote: str = ""
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Readings:
    """Both readings of one document, each in the order of the text."""

    source: str
    loaded: Loaded
    blocks: tuple[Span, ...]  # the paragraphs that were read, in the raw file
    first: tuple[Unit, ...]
    second: tuple[Unit, ...]
    settled: tuple[SettledEntry, ...]
    names: Aliases  # by which a target's parties are known


def second_files(root: Path) -> list[Path]:
    """Return the files of second readings, sorted."""
    return sorted((root / SECOND_READINGS).glob("*.yml"))


def load_readings(path: Path, corpus: Corpus) -> Readings:
    """Return both readings of one document. Raises `SheetError` with every fault."""
    source = corpus.sources.get(path.stem)
    files = [path, path.with_name("first.csv"), corpus.root / "seeds" / "actors.yml"]
    return kept(
        corpus.root / KEPT / f"second-{path.stem}.pickle",
        lambda: (files, _readings(path, corpus)),
        told=repr((corpus.codebook, source and (source.document.sha256, source.sheet))),
    )


def _readings(path: Path, corpus: Corpus) -> Readings:
    loaded = load_yaml(path, shown=f"{SECOND_READINGS}/{path.name}")
    entry = check_model(loaded, SecondReading)
    source = corpus.sources.get(path.stem)
    if source is None:
        said = "no source of this name\n  fix: name it as its sheet"
        raise SheetError(loaded.path, [loaded.fault(said, ())])
    names = with_own(load_actors(corpus.root), source.sheet.aliases)
    faults = list(_faults(entry, source, corpus, loaded))
    second = []
    for number, unit in enumerate(entry.units):
        try:
            second.append(_bound(unit, source, names))
        except SourcebookError as error:
            faults.append(loaded.fault(error, ("units", number, "quote"), fix=_COPY))
    loaded.refuse(faults)
    first, document = _first(corpus.root, path.stem, names), source.document
    return Readings(
        path.stem,
        loaded,
        tuple(
            document.raw_span(each.start, each.end)
            for each in document.paragraphs
            if not entry.sections
            or document.section_at(each.start).title in entry.sections
        ),
        tuple(sorted(first, key=_place)),
        tuple(sorted(second, key=_place)),
        entry.settled,
        names,
    )


def _place(unit: Unit) -> tuple[int, int, str]:
    return unit.start, unit.end, unit.id


def _faults(
    entry: SecondReading, source: Source, corpus: Corpus, loaded: Loaded
) -> Iterator[Fault]:
    """Yield a fault for each id, section and code that cannot be."""
    ids = [unit.id for unit in entry.units]
    if twice := next((name for name in ids if ids.count(name) > 1), ""):
        said = f"id {twice!r} stands twice\n  fix: give each unit an id of its own"
        yield loaded.fault(said, ("units",))
    titles = {section.title for section in source.document.sections}
    for number, title in enumerate(entry.sections):
        if title not in titles:
            said = f"no section {title!r}\n  fix: copy the heading from the source"
            yield loaded.fault(said, ("sections", number))
    known: Mapping[str, Collection[str]] = {
        "concept": corpus.codebook.concepts,
        "event": corpus.codebook.event_types,
        "measure": {*corpus.codebook.measures, "other"},
    }
    for number, unit in enumerate(entry.units):
        for name, codes in known.items():
            code = getattr(unit, name)
            if code and code not in codes:
                said = f"unknown {name} {code!r}{nearest(code, codes)}\n  fix: {_CODE}"
                yield loaded.fault(said, ("units", number, name))


def _bound(unit: UnitEntry, source: Source, names: Aliases) -> Unit:
    """Return a unit of the second reading with its place in the raw file.

    What a clause leaves behind is not asked: the reader chose where to begin and end.
    """
    span = locate(unit.quote, source.document, nth=unit.nth, clause=False).raw
    return Unit(
        id=f"{source.citekey}/{unit.id}",
        source=source.citekey,
        start=span.start,
        end=span.end,
        parties=parties_of(unit.target, names),
        **unit.model_dump(exclude={"id", "nth", "event", "measure"}),
    )


def parties_of(words: str, names: Aliases) -> frozenset[str]:
    """Return the actors that some words name; the words themselves if they name none.

    >>> names = {"EU": ["Brussels"], "Azerbaijan": ["Baku"]}
    >>> one = parties_of("relations between Brussels and Baku", names)
    >>> one == parties_of("EU–Azerbaijan relations", names)
    True
    >>> parties_of("Equal footing", names)
    frozenset({'equal footing'})
    """
    if not words:
        return frozenset()
    found = frozenset(mention.actor for mention in read_actors(words, names))
    return found or frozenset([words.casefold()])


def _first(root: Path, citekey: str, names: Aliases) -> Iterator[Unit]:
    """Yield the units of the first reading of one document, as they were kept."""
    # The first reading as it stood on the day before the two were compared: a sheet
    # that was mended since must not improve the agreement.
    shown = f"{SECOND_READINGS}/first.csv"
    path = root / shown
    if not path.is_file():
        raise SheetError(shown, [f"no such file{_BACK}"])
    for row in load_table(path, columns=_COLUMNS, shown=shown):
        said: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
        name = said.pop("claim")
        if name.partition("/")[0] != citekey:
            continue
        try:
            said |= {each: int(said[each]) for each in ("start", "end")}
            said["sign"] = int(said["sign"]) if said["sign"] else None
        except ValueError:
            fault = f"{name}: start, end and sign are whole numbers{_BACK}"
            raise SheetError(shown, [fault]) from None
        parties = parties_of(said["target"], names)
        yield Unit(id=name, source=citekey, parties=parties, **said)
