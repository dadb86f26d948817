"""What each release said, and what has changed since.

A record is one file in ``book/releases``, named after its version: every relation that
release computed or declared, one row for each pair of claims, or of a claim and a
source that is silent. Records are never rewritten. The newest one older than the
present version is what the present relations are held against. A pair is known by its
question and its two sides in their order: a renamed question is withdrawn and new.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.coding.sheets import load_table
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sourcebook.comparing.questions import Answer

RECORDS = "book/releases"
FIELDS = ("question", "a", "b", "relation")
Pair = tuple[str, str, str]  # question, claim, and a claim or a source that is silent


@dataclass(frozen=True, slots=True)
class Record:
    """The relations of one release, by pair."""

    version: str
    relations: Mapping[Pair, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One pair, and how its relation stood and stands; "" where it did or does not."""

    question: str
    a: str
    b: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Every pair since a release, each in one of four heaps, sorted."""

    since: str  # the version held against, "" before the first record
    flipped: tuple[Change, ...]
    new: tuple[Change, ...]
    withdrawn: tuple[Change, ...]
    unchanged: tuple[Change, ...]


def present_relations(answers: Iterable[Answer]) -> dict[Pair, str]:
    """Return the relation of every pair as it stands now, sorted by pair.

    Written as a question's ``expect`` writes it, the gate that failed included.
    """
    found = {
        (answer.id, a, b): str(verdict)
        for answer in answers
        for a, b, verdict in answer.rows()
    }
    return dict(sorted(found.items()))


def load_records(root: Path) -> tuple[Record, ...]:
    """Return every release on record, the oldest first. Raises `SourcebookError`."""
    paths = sorted((root / RECORDS).glob("*.csv"), key=lambda path: order(path.stem))
    return tuple(_load(path) for path in paths)


def _load(path: Path) -> Record:
    rows = load_table(path, columns=FIELDS)
    relations = {(row[0], row[1], row[2]): row[3] for row in rows}
    if len(relations) < len(rows):
        raise SourcebookError(
            f"{RECORDS}/{path.name}: a pair stands in it twice\n"
            "  fix: restore the file as it was released"
        )
    return Record(path.stem, relations)


def order(version: str) -> tuple[int, ...]:
    """Return a version as numbers, to sort by. Raises `SourcebookError`.

    >>> order("0.10.0") > order("0.9.1")
    True
    """
    parts = version.split(".")
    if len(parts) != 3 or not all(p.isascii() and p.isdecimal() for p in parts):
        raise SourcebookError(
            f"{version!r} is not a version\n  fix: write three numbers, as 0.2.0"
        )
    return tuple(map(int, parts))


def changes_since(
    records: Iterable[Record], relations: Mapping[Pair, str], *, version: str
) -> Changes:
    """Hold relations against the newest record older than ``version``.

    Without such a record everything is new.
    """
    older = [each for each in records if order(each.version) < order(version)]
    last = max(older, key=lambda each: order(each.version), default=Record("", {}))
    pairs = sorted({*last.relations, *relations})
    every = [
        Change(*pair, last.relations.get(pair, ""), relations.get(pair, ""))
        for pair in pairs
    ]
    return Changes(
        last.version,
        flipped=tuple(c for c in every if c.before and c.now and c.before != c.now),
        new=tuple(c for c in every if not c.before),
        withdrawn=tuple(c for c in every if not c.now),
        unchanged=tuple(c for c in every if c.before == c.now),
    )
