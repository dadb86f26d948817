"""Two readings of the same documents, each with the passages that it chose itself.

The second reading knew neither the sheets nor what was said of them: it had the
document, the codebook and the written rule of what is a stance. It chose passages,
kinds, actors, targets and signs, and stands as it was given in ``seeds/second/``, one
file per document, with its quotations bound as those of a sheet are.

What came of each difference stands beside the second reading, under ``settled``::

    settled:
      - {first: doubts, second: r017, differ: target, stands: first, why: It asks.}

Two units *meet* when they share at least half of the characters of the shorter one. A
unit is *found* by the other reading when some unit there meets it. Of units that meet,
pairs are made one to one, the best first: same kind, then same parties as target, then
same sign, then the greater share of what both cover together. Units that are left over
are in one reading only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from sourcebook.coding.claims import Claim, sign_in
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.parties import parties_of
from sourcebook.coding.schema import Kind, Slug, Strict, Words
from sourcebook.coding.sheets import (
    OWN_ID,
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
from sourcebook.reading.actors import Aliases, with_own
from sourcebook.reading.anchor import locate
from sourcebook.reading.text import Span

SECOND_READINGS = "seeds/second"
_COLUMNS = ("claim", "kind", "start", "end", "actor", "target", "concept", "sign")
_COPY = "copy the words from the source; a reading stays as it was given"
_CODE = "use a word of the codebook"
_BACK = "\n  fix: take it back from git"
SETTLED_KINDS = frozenset({"stance", "forecast"})  # whose differences are settled
_UNKNOWN = "remove it, or correct its ids"
_STAND = "let the sheet have what stands, and claims name it"
_SETTLE = "read the passage by the rule, and add it under settled, with stands and why"


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
    differ: Literal[
        "only-first", "only-second", "kind", "target", "sign", "target-sign"
    ]
    stands: Literal["first", "second", "both", "neither"]
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


_PLACE = attrgetter("start", "end", "id")  # units in the order of the text


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
        fault = loaded.fault("no source of this name", (), fix="name it as its sheet")
        raise SheetError(loaded.path, [fault])
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
        tuple(sorted(first, key=_PLACE)),
        tuple(sorted(second, key=_PLACE)),
        entry.settled,
        names,
    )


def _faults(
    entry: SecondReading, source: Source, corpus: Corpus, loaded: Loaded
) -> Iterator[Fault]:
    """Yield a fault for each id, section and code that cannot be."""
    ids = [unit.id for unit in entry.units]
    if twice := next((name for name in ids if ids.count(name) > 1), ""):
        yield loaded.fault(f"id {twice!r} stands twice", ("units",), fix=OWN_ID)
    titles = {section.title for section in source.document.sections}
    for number, title in enumerate(entry.sections):
        if title not in titles:
            fix = "copy the heading from the source"
            yield loaded.fault(f"no section {title!r}", ("sections", number), fix=fix)
    known: Mapping[str, Collection[str]] = {
        "concept": corpus.codebook.concepts,
        "event": corpus.codebook.event_types,
        "measure": {*corpus.codebook.measures, "other"},
    }
    for number, unit in enumerate(entry.units):
        for name, codes in known.items():
            code = getattr(unit, name)
            if code and code not in codes:
                said = f"unknown {name} {code!r}{nearest(code, codes)}"
                yield loaded.fault(said, ("units", number, name), fix=_CODE)


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


def _first(root: Path, citekey: str, names: Aliases) -> Iterator[Unit]:
    """Yield the units of the first reading of one document, as they were kept."""
    # The first reading as it stood on the day before the two were compared: a sheet
    # that was mended since must not improve the agreement.
    shown = f"{SECOND_READINGS}/first.csv"
    for row in load_table(root / shown, columns=_COLUMNS, shown=shown):
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


@dataclass(frozen=True, slots=True)
class Pair:
    """One statement as both readings have it; the other is None where one has not."""

    first: Unit | None
    second: Unit | None

    @property
    def differ(self) -> str:
        """In what the two differ; "" where they agree in all that both have."""
        if self.first is None or self.second is None:
            return "only-second" if self.first is None else "only-first"
        if self.first.kind != self.second.kind:
            return "kind"
        return "-".join([name for name, same in self.same().items() if not same])

    def same(self) -> dict[str, bool]:
        """Say of a stance that both have whether target and sign are the same."""
        one, other = self.first, self.second
        if not (one and other and one.kind == other.kind == "stance"):
            return {}
        return {"target": one.parties == other.parties, "sign": one.sign == other.sign}

    @property
    def key(self) -> tuple[str, str]:
        """The local ids of both, as a settlement names them."""
        one, other = (unit.id if unit else "" for unit in (self.first, self.second))
        return one.partition("/")[2], other.partition("/")[2]


def meet(one: Unit, other: Unit) -> bool:
    """Say whether two units share half of the shorter one."""
    shorter = min(one.end - one.start, other.end - other.start)
    return 2 * _shared(one, other) >= shorter


def _shared(one: Unit, other: Unit) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def pairs(first: Sequence[Unit], second: Sequence[Unit]) -> tuple[Pair, ...]:
    """Return every unit of both readings once, in the order of the text."""
    close = [
        (a, b)
        for a in first
        for b in second
        if a.start < b.end and b.start < a.end and meet(a, b)  # mostly far apart
    ]
    # A stance that stands beside an argument is paired with a stance where there is
    # one: that favours agreement.
    close.sort(key=lambda each: (_rank(*each), each[0].start, each[0].id, each[1].id))
    partner: dict[str, Unit] = {}
    taken: set[str] = set()
    for a, b in close:
        if a.id not in partner and b.id not in taken:
            partner[a.id] = b
            taken.add(b.id)
    made = [Pair(a, partner.get(a.id)) for a in first]
    made += [Pair(None, b) for b in second if b.id not in taken]
    return tuple(sorted(made, key=lambda pair: _PLACE(pair.first or pair.second)))


def _rank(one: Unit, other: Unit) -> tuple[bool, bool, bool, float]:
    both = max(one.end, other.end) - min(one.start, other.start)
    apart = one.kind != other.kind, one.parties != other.parties, one.sign != other.sign
    return (*apart, -_shared(one, other) / both)


def is_found(unit: Unit, other: Iterable[Unit]) -> bool:
    """Say whether another reading has a unit that meets this one, of any kind."""
    return any(meet(unit, each) for each in other)


def differences(readings: Readings) -> tuple[Pair, ...]:
    """Return the pairs that differ in what is settled one by one."""
    return tuple(
        pair
        for pair in pairs(readings.first, readings.second)
        if pair.differ
        and any(u and u.kind in SETTLED_KINDS for u in (pair.first, pair.second))
    )


def settled_readings(corpus: Corpus) -> tuple[Readings, ...]:
    """Return both readings of each document that has two.

    Raises `SheetError` with every fault of a file, and with every difference in stance
    or forecast that nobody settled.
    """
    return tuple(settled(path, corpus) for path in second_files(corpus.root))


def settled(path: Path, corpus: Corpus) -> Readings:
    """Return both readings of one document, with every difference settled."""
    readings = load_readings(path, corpus)
    readings.loaded.refuse(_unsettled(readings, corpus))
    return readings


def _unsettled(readings: Readings, corpus: Corpus) -> Iterator[Fault]:
    """Yield a fault for each difference without a settlement, and the other way."""
    loaded = readings.loaded
    open_ = {pair.key: pair for pair in differences(readings)}
    claims = {c.id: c for c in corpus.sources[readings.source].claims()}
    for number, entry in enumerate(readings.settled):
        pair = open_.pop((entry.first, entry.second), None)
        here, names = ("settled", number), _names(entry.first, entry.second)
        if pair is None:
            said = f"{names}: no difference, or settled twice"
            yield loaded.fault(said, here, fix=_UNKNOWN)
        elif pair.differ != entry.differ:
            said = f"{names} differ: {pair.differ}, not {entry.differ}"
            yield loaded.fault(said, here, fix=f"write differ: {pair.differ}")
        elif wrong := _not_so(entry, pair, readings, claims):
            yield loaded.fault(wrong, here, fix=_STAND)
    for key, pair in open_.items():
        said = f"{_names(*key)}: {pair.differ}, and not settled"
        yield loaded.fault(said, ("settled",), fix=_SETTLE)


def _names(first: str, second: str) -> str:
    return " and ".join(filter(None, (first, second)))


def _not_so(
    entry: SettledEntry, pair: Pair, readings: Readings, claims: Mapping[str, Claim]
) -> str:
    """Say where the sheet does not have what a settlement says stands, or ""."""
    named = [claims.get(f"{readings.source}/{name}") for name in entry.claims]
    if None in named:
        missing = entry.claims[named.index(None)]
        return f"claims: no claim {missing!r} in the sheet"
    held = [claim for claim in named if claim]
    kept = pair.first is not None and _holds(pair.first, claims)
    if pair.first and entry.stands in ("first", "both") and not kept:
        return f"{entry.first} stands, and the sheet has it no more as it was"
    if kept and entry.stands in ("second", "neither"):
        return f"{entry.first} does not stand, and the sheet still has it as it was"
    if pair.second and entry.stands in ("second", "both"):
        target = entry.differ.startswith("target") and entry.stands == "second"
        if not any(_says(claim, pair.second, readings, target) for claim in held):
            return f"{entry.second} stands, and claims name none with its codes"
    return ""


def _says(claim: Claim, unit: Unit, readings: Readings, target: bool) -> bool:  # noqa: FBT001
    """Say whether a claim has the kind and sign of a unit, and the target if asked."""
    if target and parties_of(claim.target, readings.names) != unit.parties:
        return False
    return (claim.kind, sign_in(claim)) == (unit.kind, unit.sign)


def _holds(unit: Unit, claims: Mapping[str, Claim]) -> bool:
    """Say whether the sheet has a claim of the first reading with the same codes."""
    claim = claims.get(unit.id)
    same = claim and (claim.target, sign_in(claim)) == (unit.target, unit.sign)
    return bool(claim and claim.kind == unit.kind and (same or unit.kind != "stance"))
