"""The records of releases, what changed since the last, and each chapter's state.

A record is two files in ``book/releases``, named after its version. The table has every
relation that release computed or declared, one row for each pair of claims, or of a
claim and a source that is silent. The lines beside it, one JSON object each, have every
claim, question and fact in the words that readers saw. Records of what was released are
never rewritten. The newest one older than the present version is what the present
relations are compared with.

A question of a chapter comes out otherwise when its relations, our verdict or, where
the older record has one, its answer is another than in the last release. One that took
over the id of a published question is compared with that one.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sourcebook.coding.claims import Claim, quantity_in
from sourcebook.coding.sheets import load_table
from sourcebook.comparing.outside_readings import Trust
from sourcebook.comparing.public_record import Record
from sourcebook.comparing.questions import Answer
from sourcebook.errors import SourcebookError

RECORDS = "book/releases"
RELATION_FIELDS = ("question", "a", "b", "relation")
CLAIM, QUESTION, FACT = "claim", "question", "fact"
_CLAIM = (
    *("quote", "kind", "topic", "measure", "figure", "of", "where", "when", "status"),
    *("voice", "origin", "type", "actor", "target", "actors", "place", "concept"),
    *("sign", "note"),
)
_QUESTION = ("asks", "answer", "adjudication", "cause", "why", "settles", "claims")
_FACT = (
    *("fact", "value", "unit", "where", "when", "status", "publisher", "title"),
    *("date", "url", "caveat", "bears", "claims"),
)
RelationPair = tuple[
    str, str, str
]  # question, claim, and a claim or a source that is silent
Name = tuple[str, str]  # claim, question or fact, and its id in the whole book
Said = dict[str, str]  # field of an item to what it held; empty ones are left out


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """What one release said: relations by pair, and everything else by its name."""

    version: str
    relations: Mapping[RelationPair, str]
    items: Mapping[Name, Said] = field(default_factory=dict)


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


def present_relations(answers: Iterable[Answer]) -> dict[RelationPair, str]:
    """Return every pair's relation now, as ``expect`` writes it, sorted by pair."""
    found = {
        (answer.id, a, b): str(verdict)
        for answer in answers
        for a, b, verdict in answer.rows()
    }
    return dict(sorted(found.items()))


def present_items(
    claims: Iterable[Claim], answers: Iterable[Answer], record: Record
) -> dict[Name, Said]:
    """Return what is said of every claim, question and fact now, sorted by name."""
    found: dict[Name, Said] = {}
    for claim in claims:
        said = found[CLAIM, claim.id] = _said(claim, _CLAIM)
        if figure := quantity_in(claim):  # what it is read as, readers can move
            said["reads"] = f"{figure.interval()} {figure.unit}".strip()
    for answer in answers:
        found[QUESTION, answer.id] = _said(answer.question, _QUESTION)
    for fact in record.facts:
        found[FACT, fact.id] = _said(fact, _FACT)
    return dict(sorted(found.items()))


def _said(thing: object, names: Iterable[str]) -> Said:
    values = {name: _words(getattr(thing, name, "")) for name in names}
    return {name: words for name, words in values.items() if words}


def _words(value: Any) -> str:  # noqa: ANN401 - text, a number, none, or several texts
    if isinstance(value, (tuple, list)):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def as_lines(items: Mapping[Name, Said]) -> bytes:
    """Return items as the lines of a record."""
    rows = ({"is": what, "id": name, **said} for (what, name), said in items.items())
    return "".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
        for row in rows
    ).encode()


def load_records(root: Path) -> tuple[ReleaseRecord, ...]:
    """Return every release on record, the oldest first. Raises `SourcebookError`."""
    paths = sorted((root / RECORDS).glob("*.csv"), key=lambda path: order(path.stem))
    return tuple(_load(path) for path in paths)


def _load(path: Path) -> ReleaseRecord:
    rows = load_table(path, columns=RELATION_FIELDS, shown=f"{RECORDS}/{path.name}")
    relations = {(row[0], row[1], row[2]): row[3] for row in rows}
    if len(relations) < len(rows):
        said = f"{RECORDS}/{path.name}: a pair stands in it twice"
        raise SourcebookError(said, fix="restore the file as it was released")
    return ReleaseRecord(path.stem, relations, _items(path.with_suffix(".jsonl")))


def _items(path: Path) -> dict[Name, Said]:
    if not path.is_file():
        return {}
    found: dict[Name, Said] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            said = dict(json.loads(line))
            found[said.pop("is"), said.pop("id")] = said
        except (ValueError, TypeError, KeyError):
            what = f"{RECORDS}/{path.name}: line {number} is no line of a record"
            fix = "restore the file as it was released"
            raise SourcebookError(what, fix=fix) from None
    return found


def order(version: str) -> tuple[int, ...]:
    """Return a version as numbers, to sort by. Raises `SourcebookError`.

    >>> order("0.10.0") > order("0.9.1")
    True
    """
    parts = version.split(".")
    if len(parts) != 3 or not all(p.isascii() and p.isdecimal() for p in parts):
        fix = "write three numbers, as 0.2.0"
        raise SourcebookError(f"{version!r} is not a version", fix=fix)
    return tuple(map(int, parts))


def last_before(records: Iterable[ReleaseRecord], version: str) -> ReleaseRecord:
    """Return the newest record older than a version, an empty one where none is."""
    older = [each for each in records if order(each.version) < order(version)]
    return max(
        older, key=lambda each: order(each.version), default=ReleaseRecord("", {})
    )


def changes_since(
    records: Iterable[ReleaseRecord],
    relations: Mapping[RelationPair, str],
    *,
    version: str,
) -> Changes:
    """Hold relations against the newest record older than ``version``, if any."""
    last = last_before(records, version)
    # A pair is known by its question and its two sides in their order: a renamed
    # question is withdrawn and new.
    every = [
        Change(*pair, last.relations.get(pair, ""), relations.get(pair, ""))
        for pair in sorted({*last.relations, *relations})
    ]
    return Changes(
        last.version,
        flipped=tuple(c for c in every if c.before and c.now and c.before != c.now),
        new=tuple(c for c in every if not c.before),
        withdrawn=tuple(c for c in every if not c.now),
        unchanged=tuple(c for c in every if c.before == c.now),
    )


@dataclass(frozen=True, slots=True)
class ChapterState:
    """One chapter: its questions, and how many differ from the last release."""

    chapter: str
    read: str  # the day it was last read through, "" where it never was
    since: str  # the release it is held against, "" where there is none
    questions: int
    new: int
    otherwise: int

    @property
    def words(self) -> str:
        """The same as a sentence or two."""
        read = (
            f"Read through against the documents on {self.read}."
            if self.read
            else "Not yet read through by somebody strange to it."
        )
        if not self.since:
            return read
        same = self.questions - self.new - self.otherwise
        return (
            f"{read} Of its {self.questions} questions, {same} come out as in release "
            f"{self.since}, {self.otherwise} otherwise, {self.new} are new."
        )


def chapter_states(
    answers: Iterable[Answer],
    records: Iterable[ReleaseRecord],
    trust: Trust | None,
    *,
    version: str,
) -> dict[str, ChapterState]:
    """Return the state of every chapter, by its name, in order of the answers."""
    last = last_before(records, version)
    relations: defaultdict[str, set[str]] = defaultdict(set)
    for (question, _, _), relation in last.relations.items():
        relations[question].add(relation)
    came: dict[str, list[str]] = {}
    for answer in answers:
        published = (name for name in answer.names if (QUESTION, name) in last.items)
        name = next(published, "")
        differs = name and _differs(answer, last.items[QUESTION, name], relations[name])
        how = "new" if not name else "otherwise" if differs else "same"
        came.setdefault(answer.chapter, []).append(how)
    return {
        chapter: ChapterState(
            chapter,
            trust.read_through(chapter) if trust else "",
            last.version,
            len(found),
            found.count("new"),
            found.count("otherwise"),
        )
        for chapter, found in came.items()
    }


def _differs(answer: Answer, said: Said, relations: set[str]) -> bool:
    return (
        relations != set(answer.relations)
        or said.get("adjudication") != answer.question.adjudication
        or said.get("answer", answer.question.answer) != answer.question.answer
    )
