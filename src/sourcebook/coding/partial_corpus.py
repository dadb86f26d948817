"""Whatever of a book can still be read when something in it is wrong.

`load_corpus` stops at a fault. A survey goes on: it returns every claim that can be
bound, and says of every other why not. It is for saying what a change touches, never
for building from; hashes are not held, nothing is counted, and nothing is published.

What is left to do in a sheet that calls itself partial is said here, too: its drafts,
which are claims with blanks and count for nothing, and what nobody has read yet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sourcebook.coding.claim_origins import origins_of
from sourcebook.coding.claims import Claim, bind, vocabulary_faults
from sourcebook.coding.corpus import Corpus, Source, sheet_files
from sourcebook.coding.schema import Codebook
from sourcebook.coding.sheets import load_codebook, load_sheet
from sourcebook.errors import SourcebookError, printable
from sourcebook.reading.text import read_document


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


def nothing(_name: str) -> bool:
    """Return that nothing is at fault, as in a book that holds together."""
    return False


def survey(root: Path, sound: Mapping[str, Source] = MappingProxyType({})) -> Survey:
    """Read what can be read of a book, but for sources that were found ``sound``.

    Raises only where there is no codebook.
    """
    codebook = load_codebook(root)
    sources, unbound, doubtful = dict(sound), {}, set()
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
    source = Source(path.stem, document, sheet, tuple(claims), (), (), (), behind)
    return source, faults


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to do in a sheet that calls itself partial."""

    file: str  # from the top of the book
    drafts: int
    unread: Mapping[str, int]  # by kind, in the order of the text

    def __str__(self) -> str:
        """Say it in one line."""
        unread = [_count(number, kind) for kind, number in self.unread.items()]
        parts = [_count(self.drafts, "draft") + " to complete"] if self.drafts else []
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


def left(source: Source) -> str:
    """Say what is left to do in a sheet that calls itself partial, "" in any other."""
    return str(remaining(source) or "")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
