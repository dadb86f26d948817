"""The sources of a book, read whole, as far as they go, or for what is left to do.

`Corpus` is what notebooks and pages work with. A source is read when something asks
for it: a chapter on two of five hundred documents opens two. `Corpus.read` reads all,
and tells the faults of all sheets at once.

`survey` goes on at a fault: it returns every claim that can be bound, and of every
other why not. It is for saying what a change touches, never for building from: hashes
are not held and nothing is counted.

`remaining` says of a partial sheet how many drafts are left, and what nobody has read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from os.path import lexists
from pathlib import Path
from types import MappingProxyType

from sourcebook.coding.book_files import find_root
from sourcebook.coding.claims import Claim, bind, origins_of, vocabulary_faults
from sourcebook.coding.schema import Codebook
from sourcebook.coding.sheets import (
    file_before,
    load_actors,
    load_codebook,
    load_sheet,
    none_such,
)
from sourcebook.coding.source_cache import KEPT, kept_source
from sourcebook.coding.sources import Source, no_claim
from sourcebook.errors import SourcebookError, counted, printable, together
from sourcebook.reading.dates import bounds
from sourcebook.reading.text import read_document

__all__ = [
    "Corpus", "Source", "Sources", "by_issue", "load_corpus", "read", "sheet_files",
]  # fmt: skip

NOT_SHEETS = {"codebook", "actors", "second-coding"}


class Sources(Mapping[str, Source]):
    """The sources of a book by citekey, each read when first asked for, and kept.

    To ask for one raises a `SourcebookError` with every fault of its sheet. Other names
    of actors are those of the book unless ``aliases`` are given; then what surrounds a
    figure is not held against them.
    """

    def __init__(
        self,
        root: Path,
        codebook: Codebook,
        aliases: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._root = root
        self.codebook = codebook
        self._given = aliases
        self._held = aliases is None
        self._read: dict[str, Source] = {}

    @cached_property
    def aliases(self) -> Mapping[str, tuple[str, ...]]:
        """The other names of each actor. Raises `SourcebookError`."""
        return load_actors(self._root) if self._given is None else self._given

    @cached_property
    def _citekeys(self) -> tuple[str, ...]:
        return tuple(path.stem for path in sheet_files(self._root))

    def __contains__(self, citekey: object) -> bool:
        return citekey in self._read or _sheet(self._root, citekey) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._citekeys)

    def __len__(self) -> int:
        return len(self._citekeys)

    def __getitem__(self, citekey: str) -> Source:
        if citekey not in self._read:
            path = _sheet(self._root, citekey)
            if path is None:
                raise KeyError(citekey)
            self._read[citekey] = kept_source(
                path, self.codebook, self.aliases, held=self._held
            )
        return self._read[citekey]


def by_issue(sources: Mapping[str, Source]) -> list[Source]:
    """Return sources by date of issue, the earliest first."""
    return sorted(
        sources.values(), key=lambda s: (bounds(s.sheet.issued.date), s.citekey)
    )


def _sheet(root: Path, citekey: object) -> Path | None:
    """Return the sheet of a source, or None; what is no file is a sheet at fault."""
    name = f"{citekey}.yml"
    path = root / "seeds" / name
    known = path.name == name and citekey not in NOT_SHEETS and lexists(path)
    return path if known and not _goes_on(path) else None


@dataclass(frozen=True)
class Corpus:
    """The sources of a book, with its codebook; ``claims`` is sorted by id."""

    root: Path
    codebook: Codebook
    sources: Mapping[str, Source]

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim of every source, sorted by id."""
        every = [c for source in self.read().sources.values() for c in source.claims()]
        return tuple(sorted(every, key=lambda claim: claim.id))

    def claim(self, name: str) -> Claim:
        """Return the claim ``<citekey>/<id>``. Raises `SourcebookError`."""
        source = self.sources.get(name.partition("/")[0])
        if source and (found := source.find(name)):
            return found
        raise no_claim(name, self.claims)

    def read(self, citekeys: Iterable[str] | None = None) -> Corpus:
        """Read all sources, or some; return the corpus.

        Raises one `SourcebookError` with the faults of all their sheets.
        """
        wrong = []
        for citekey in self.sources if citekeys is None else citekeys:
            try:
                self.sources.get(citekey)
            except SourcebookError as error:
                wrong.append(error)
        if wrong:
            raise together(wrong)
        return self


def read(citekey: str, *, root: Path | None = None) -> Source:
    """Read one source of the book around the working folder, and code it.

    Raises `SourcebookError` with every fault of the sheet.
    """
    root = root or find_root()
    path = root / "seeds" / f"{citekey}.yml"
    if not path.is_file():
        known = [sheet.stem for sheet in sheet_files(root)]
        fix = f"use one of {', '.join(known)}"
        raise none_such("source", citekey, known, fix=fix)
    return kept_source(path, load_codebook(root), load_actors(root))


def load_corpus(root: Path | None = None) -> Corpus:
    """Return the corpus of a book; a source is read when something asks for it."""
    root = root or find_root()
    codebook = load_codebook(root)
    return Corpus(root, codebook, Sources(root, codebook))


def sheet_files(root: Path) -> list[Path]:
    """Return the sheet of every source, sorted."""
    # A further file of a sheet is none, unless the one before it is missing: then it is
    # told, and not lost.
    found = [p for p in (root / "seeds").glob("*.yml") if p.stem not in NOT_SHEETS]
    return sorted(path for path in found if not _goes_on(path))


def _goes_on(path: Path) -> bool:
    """Return whether a file is one that a sheet goes on with."""
    before = file_before(path)
    return before is not None and before.stem not in NOT_SHEETS and before.is_file()


@dataclass(frozen=True, slots=True)
class Survey:
    """A corpus of the claims that can be bound, and the fault of every other."""

    corpus: Corpus
    unbound: Mapping[str, str]  # claim id to fault; a sheet's own under its citekey
    doubtful: frozenset[str] = frozenset()  # ids that are repeated or coded wrongly

    @property
    def claims(self) -> dict[str, Claim]:
        """Every claim that can be bound, by id."""
        return {claim.id: claim for claim in self.corpus.claims}

    def at_fault(self, name: str) -> bool:
        """Return whether a claim, or its whole source, is not as it should be."""
        wrong = self.unbound.keys() | self.doubtful
        return name in wrong or name.partition("/")[0] in wrong


AtFault = Callable[[str], bool]  # whether a claim, or a whole source, is at fault


def nothing(_name: str) -> bool:
    """Return that nothing is at fault, as in a book that holds together."""
    return False


def survey(root: Path, sound: Mapping[str, Source] | None = None) -> Survey:
    """Read what can be read of a book, but for sources that were found ``sound``.

    Where nobody looked, those that were kept are. Raises only where there is no
    codebook.
    """
    codebook = load_codebook(root)
    found = _sound(root, codebook) if sound is None else sound
    sources, unbound, doubtful = dict(found), {}, set()
    for path in sheet_files(root):
        if path.stem in sources:
            continue
        try:
            source, faults = _source(path)
            doubtful |= _doubtful(source, codebook)
        except SourcebookError as error:
            unbound[path.stem] = str(error)
            continue
        sources[path.stem] = source
        unbound |= faults
    corpus = Corpus(root, codebook, MappingProxyType(sources))
    return Survey(corpus, unbound, frozenset(doubtful))


def _sound(root: Path, codebook: Codebook) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for path in sheet_files(root) if (root / KEPT).is_dir() else ():
        with suppress(SourcebookError):  # then what can be read of it is
            found[path.stem] = kept_source(path, codebook, load_actors(root))
    return found


def _doubtful(source: Source, codebook: Codebook) -> set[str]:
    sheet = source.sheet
    times = Counter(entry.id for entry in sheet.claims)
    return {
        f"{source.citekey}/{entry.id}"
        for entry in sheet.claims
        if times[entry.id] > 1 or any(vocabulary_faults(entry, sheet, codebook))
    }


def _source(path: Path) -> tuple[Source, dict[str, str]]:
    sheet, _ = load_sheet(path)
    document = read_document(path.parent / sheet.file, citekey=path.stem)
    claims, faults = [], {}
    for entry in sheet.claims:
        try:
            claims.append(bind(entry, document, sheet)[0])
        except SourcebookError as error:
            faults[f"{path.stem}/{entry.id}"] = str(error)
    behind = origins_of(claims, document.text, sheet)
    made = Source(path.stem, document, sheet, tuple(claims), (), (), (), behind)
    return made, faults


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to do in a sheet that calls itself partial."""

    file: str  # from the top of the book
    drafts: int
    unread: Mapping[str, int]  # by kind, in the order of the text

    def __str__(self) -> str:
        """Say it in one line."""
        unread = [counted(number, kind) for kind, number in self.unread.items()]
        parts = [counted(self.drafts, "draft") + " to complete"] if self.drafts else []
        parts += [f"unread: {', '.join(unread)}"] if unread else []
        done = "nothing; make its coverage `state: complete`, without `only:`"
        todo = "; ".join(parts) or done
        return f"left in {printable(self.file)}: {todo}"


def remaining(source: Source) -> Left | None:
    """Return what is left to do in a partial sheet, None for a complete one."""
    if source.sheet.coverage.state == "complete":
        return None
    states = Counter(item.kind for item in source.census if item.state == "unread")
    return Left(f"seeds/{source.citekey}.yml", len(source.sheet.drafts), dict(states))
