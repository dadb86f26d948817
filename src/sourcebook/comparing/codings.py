"""Judgements about claims that no rule computes: who holds a lever, who is a buyer.

Each is a sheet in ``seeds/codings/``: what was asked of each passage, the values an
answer may have, in words, and one entry for each claim and row of its picture. Every
entry is coded twice; where the two differ, it is settled with a reason or refused. A
picture draws the settled value, and the data files have all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from sourcebook.coding.corpus import Corpus
from sourcebook.coding.schema import ClaimId, Strict, Words
from sourcebook.coding.sheets import Loaded, check_model, load_yaml, nearest, none_such
from sourcebook.errors import Fault, SheetError

FOLDER = "seeds/codings"


class Settled(Strict):
    """The value two codings were settled at, and why."""

    value: int
    why: Words


class Entry(Strict):
    """What one passage says in one row, as coded the first and the second time."""

    claim: ClaimId
    row: Words
    first: int
    second: int
    settled: Settled | None = None
    words: Words | None = None  # of the passage, for a picture that labels each mark

    @model_validator(mode="after")
    def _agreed(self) -> Entry:
        if self.first != self.second and self.settled is None:
            raise ValueError("coded differently: needs `settled: {value, why}`")
        return self

    @property
    def value(self) -> int:
        """The value both codings have, or the one they were settled at."""
        return self.settled.value if self.settled else self.first


class Coding(Strict):
    """One sheet of judgements."""

    title: Words
    rule: Words  # what is asked of each passage, so that another can code it again
    values: dict[int, Words]
    entries: Annotated[tuple[Entry, ...], Field(min_length=1)]

    def triples(self) -> list[tuple[str, str, int]]:
        """Return row, claim id and value of each entry, as a picture takes them."""
        return [(entry.row, entry.claim, entry.value) for entry in self.entries]

    def sides(self) -> list[dict[str, str | int]]:
        """Return each entry as a picture between two poles takes it."""
        return [
            {
                "claim": entry.claim,
                "label": f"“{entry.words}”" if entry.words else entry.row,
                "side": entry.value,
                "about": entry.row,
            }
            for entry in self.entries
        ]

    def agreed(self) -> int:
        """Return how many entries have the same value both times."""
        return sum(entry.first == entry.second for entry in self.entries)


def coding_files(root: Path) -> list[Path]:
    """Return the sheets of codings, sorted."""
    return sorted((root / FOLDER).glob("*.yml"))


def load_coding(path: Path, corpus: Corpus) -> Coding:
    """Return one sheet of codings. Raises `SheetError` with every fault."""
    loaded = load_yaml(path, shown=f"{FOLDER}/{path.name}")
    coding = check_model(loaded, Coding)
    if faults := list(_faults(coding, loaded, corpus)):
        raise SheetError(loaded.path, faults)
    return coding


def find_coding(name: str, corpus: Corpus) -> Coding:
    """Return a sheet of codings by its name. Raises `SourcebookError`."""
    known = {path.stem: path for path in coding_files(corpus.root)}
    if name not in known:
        fix = f"name a file of {FOLDER}/ without its ending"
        raise none_such("coding", name, known, fix=fix)
    return load_coding(known[name], corpus)


def _faults(coding: Coding, loaded: Loaded, corpus: Corpus) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    known = {claim.id: claim.quote for claim in corpus.claims}
    for number, entry in enumerate(coding.entries):
        here = ("entries", number)
        if entry.claim not in known:
            said = f"no claim {entry.claim!r}{nearest(entry.claim, known)}"
            yield loaded.fault(said, here, fix="name a claim of a sheet")
        elif entry.words and entry.words not in known[entry.claim]:
            said = f"{entry.claim} does not say {entry.words!r}"
            yield loaded.fault(said, here, fix="copy the words from its quote")
        if (entry.claim, entry.row) in seen:
            said = f"{entry.claim} stands twice in the row {entry.row!r}"
            yield loaded.fault(said, here, fix="keep one of them")
        seen.add((entry.claim, entry.row))
        for value in {entry.first, entry.second, entry.value}:
            if value not in coding.values:
                values = ", ".join(map(str, sorted(coding.values)))
                said = f"{entry.claim}: {value} is no value of this coding"
                yield loaded.fault(said, here, fix=f"use one of {values}")
