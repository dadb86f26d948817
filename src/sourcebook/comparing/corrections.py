"""The log of corrections: what a release said otherwise than the book does now.

What is new is no correction and only counted. The reasons stand beside the records, one
table a release, written with it.

A published id never vanishes. Whatever takes the place of a claim, a question or a fact
names the old id under ``formerly``, and links to it lead there. What nothing replaces
stands in ``book/withdrawn.yml`` with the reason, and its old place on the pages says
so.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from pydantic import Field

from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.schema import ClaimId, Slug, Strict, Words
from sourcebook.coding.sheets import Loaded, check_model, load_table, load_yaml
from sourcebook.comparing.public_record import Record
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.release_changes import (
    CLAIM,
    FACT,
    QUESTION,
    RECORDS,
    Name,
    ReleaseRecord,
    load_records,
    order,
    present_items,
    present_relations,
)
from sourcebook.errors import Fault, SheetError, SourcebookError, together

WITHDRAWN = "book/withdrawn.yml"
_LEAD_ON = (
    "name the id under `formerly:` of what took its place, or give it a line in "
    f"{WITHDRAWN} with the reason"
)


class Withdrawn(Strict):
    """What was published and is withdrawn, each with the reason, by its id."""

    claims: dict[ClaimId, Words] = Field(default_factory=dict)
    questions: dict[ClaimId, Words] = Field(default_factory=dict)
    facts: dict[Slug, Words] = Field(default_factory=dict)

    def reasons(self) -> dict[Name, str]:
        """Return the reason for each name that is withdrawn."""
        return {
            (what, name): why
            for what in (CLAIM, QUESTION, FACT)
            for name, why in getattr(self, f"{what}s").items()
        }


def load_withdrawn(root: Path) -> tuple[Withdrawn, Loaded | None]:
    """Return what is withdrawn, and the file that says so. Raises `SheetError`."""
    path = root / WITHDRAWN
    if not path.is_file():
        return Withdrawn(), None
    loaded = load_yaml(path, shown=WITHDRAWN)
    return check_model(loaded, Withdrawn), loaded


def led_on(
    claims: Iterable[Claim], answers: Iterable[Answer], record: Record
) -> dict[Name, str]:
    """Return every name there is or was, and the id it goes by now."""
    found = {(CLAIM, name): claim.id for claim in claims for name in claim.names}
    found |= {(QUESTION, name): each.id for each in answers for name in each.names}
    found |= {(FACT, name): each.id for each in record.facts for name in each.names}
    return found


def check_published(
    records: Iterable[ReleaseRecord], known: Mapping[Name, str], root: Path
) -> None:
    """Raise `SourcebookError` with every published id that is gone without a word.

    ``known`` are the names as `led_on` returns them.
    """
    withdrawn, loaded = load_withdrawn(root)
    reasons = withdrawn.reasons()
    published = {name: each.version for each in records for name in each.items}
    faults = [
        Fault(
            _home(name),
            f"{' '.join(name)}: published in {version}, and gone",
            fix=_LEAD_ON,
        )
        for name, version in sorted(published.items())
        if name not in known and name not in reasons
    ]
    faults += _idle(reasons, known, published, loaded) if loaded else ()
    if faults:
        raise SourcebookError("\n".join(map(str, faults)), faults=faults)


def _home(name: Name) -> str:
    """Return the file that an id belongs to."""
    what, where = name[0], name[1].partition("/")[0]
    homes = {CLAIM: f"seeds/{where}.yml", QUESTION: f"book/questions/{where}.yml"}
    return homes.get(what, "book/record")


def _idle(
    reasons: Mapping[Name, str],
    known: Mapping[Name, str],
    published: Mapping[Name, str],
    loaded: Loaded,
) -> Iterator[Fault]:
    """Yield a fault for each line that withdraws what is there, or never was."""
    for what, name in reasons:
        here = (f"{what}s", name)
        if (what, name) in known:
            said = f"{name} is withdrawn, and there is such a {what}"
            yield loaded.fault(said, here, fix="remove one of the two")
        elif (what, name) not in published:
            said = f"{name} was never published"
            yield loaded.fault(said, here, fix="correct the id, or remove the line")


REASONS = f"{RECORDS}/why"  # the folder with one table of reasons for each release
REASON_FIELDS = ("why", "what", "ids")
RELATION = "relation"
ID = "id"  # the field that says under what name an item goes on
BETWEEN = " · "  # reasons of one item: commits themselves have all other marks
_ASIDE = "\n  fix: take it back from git, or correct it"
NOW = ""  # where others have a version: the book as it stands, after its last record


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one item that reads otherwise than it did."""

    since: str  # the release it stood in
    release: str  # the one it stands in, `NOW` where no record has it yet
    what: str  # claim, question, fact or relation
    id: str  # as it was published; of a relation, its question
    field: str  # of a relation, its two sides
    old: str
    new: str  # "" where it is gone
    why: str = ""  # "" where no reason is on record


def corrections(
    corpus: Corpus, answers: Iterable[Answer], record: Record, *, version: str
) -> tuple[Correction, ...]:
    """Return every correction there ever was, the newest first, then by kind and id.

    Raises `SourcebookError` for a record or a table of reasons that cannot be read.
    """
    # Each record is compared with the next, and the newest with the book as it stands.
    # Git is not asked, so a zip of the book has the same log.
    root, answers = corpus.root, tuple(answers)
    relations = present_relations(answers)
    items = present_items(corpus.claims, answers, record)
    states = [*load_records(root), ReleaseRecord(NOW, relations, items)]
    released = states[-2].version if len(states) > 1 else NOW
    if released != version:  # what stands now will be this version
        states[-1] = replace(states[-1], version=version)
    known = led_on(corpus.claims, answers, record)
    gone = load_withdrawn(root)[0].reasons()
    found: list[Correction] = []
    for older, newer in pairwise(states):
        reasons = load_reasons(root, newer.version) | gone
        found[:0] = _between(older, newer, known, reasons)
    return tuple(found)


def load_reasons(root: Path, version: str) -> dict[Name, str]:
    """Return why items changed with a release; nothing where it has no table."""
    path = root / REASONS / f"{version}.csv"
    if version == NOW or not path.is_file():
        return {}
    found: dict[Name, list[str]] = {}
    shown = f"{REASONS}/{path.name}"
    for why, what, ids in load_table(path, columns=REASON_FIELDS, shown=shown):
        for name in ids.split():
            found.setdefault((what, name), []).append(why)
    return {name: BETWEEN.join(whys) for name, whys in found.items()}


def check_reasons(
    records: Iterable[ReleaseRecord], known: Mapping[Name, str], root: Path
) -> None:
    """Raise `SourcebookError` with all that is wrong with the tables of reasons.

    Each is of a release that has a record, gives a reason in every row, and names what
    there is or was, once for a reason. ``known`` are the names as `led_on` returns.
    """
    states = {each.version: each for each in records}
    names = {*known}.union(*(each.items for each in states.values()))
    errors = [
        SheetError(f"{REASONS}/{path.name}", faults)
        for path in sorted((root / REASONS).glob("[!.]*"))  # not what is being written
        if (faults := [*_reason_faults(path, names, of=path.stem in states)])
    ]
    if errors:
        raise together(errors)


def _reason_faults(path: Path, names: Collection[Name], *, of: bool) -> Iterator[str]:
    shown = f"{REASONS}/{path.name}"
    if not of or path.suffix != ".csv":
        yield f"there is no record of such a release{_ASIDE}"
        return
    told, kinds = set[tuple[str, Name]](), {CLAIM, QUESTION, FACT}
    for row, (why, what, ids) in enumerate(
        load_table(path, columns=REASON_FIELDS, shown=shown), 1
    ):
        if not why.strip() or not ids.split():
            yield f"no {'ids' if why.strip() else 'reason'} @ row {row}{_ASIDE}"
        if what not in kinds:
            yield f"{what!r} is none of {', '.join(sorted(kinds))} @ row {row}{_ASIDE}"
            continue
        for name in ids.split():
            if (what, name) not in names:
                yield f"there never was a {what} {name!r} @ row {row}{_ASIDE}"
            elif (why, (what, name)) in told:
                yield f"{name} has this reason already @ row {row}{_ASIDE}"
            told.add((why, (what, name)))


def _between(
    older: ReleaseRecord,
    newer: ReleaseRecord,
    known: Mapping[Name, str],
    reasons: Mapping[Name, str],
) -> Iterator[Correction]:
    # A field that no item of the older record had is new to the book: no correction.
    recorded = {(what, key) for (what, _), said in older.items.items() for key in said}
    blank = Correction(older.version, newer.version, "", "", "", "", "")
    called = _called(newer, known)
    for name, said in older.items.items():
        what, old_id = name
        new_id = old_id if name in newer.items else called.get(name, "")
        now = newer.items.get((what, new_id))
        why = reasons.get((what, new_id)) or reasons.get(name, "")
        each = replace(blank, what=what, id=old_id, why=why)
        if now is None:
            yield replace(each, field=ID, old=old_id)
            continue
        if new_id != old_id:
            yield replace(each, field=ID, old=old_id, new=new_id)
        for key in dict.fromkeys([*said, *now]):
            if (what, key) in recorded and said.get(key) != now.get(key):
                old, new = said.get(key, ""), now.get(key, "")
                yield replace(each, field=key, old=old, new=new)
    yield from _relations(older, newer, called, blank, reasons)


def _called(record: ReleaseRecord, known: Mapping[Name, str]) -> dict[Name, str]:
    """Return what every name is called in a record, which may be an old name itself."""
    there = {(what, known.get((what, name), name)): name for what, name in record.items}
    return {
        (what, name): there[what, present]
        for (what, name), present in known.items()
        if (what, present) in there
    }


def _relations(
    older: ReleaseRecord,
    newer: ReleaseRecord,
    called: Mapping[Name, str],
    blank: Correction,
    reasons: Mapping[Name, str],
) -> Iterator[Correction]:
    """Yield each pair that compares otherwise, or is compared no longer.

    A pair is looked for under its own names, then under those that they go by now.
    """
    for pair, old in older.relations.items():
        question, a, b = pair
        name = called.get((QUESTION, question), question)
        one, two = (called.get((CLAIM, side), side) for side in (a, b))
        new = newer.relations.get(pair) or newer.relations.get((name, one, two), "")
        if old != new:
            why = reasons.get((QUESTION, name)) or reasons.get((QUESTION, question), "")
            each = replace(blank, what=RELATION, id=question, field=f"{a} – {b}")
            yield replace(each, old=old, new=new, why=why)


def newest(found: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the corrections of the last release, and those made after it."""
    found = tuple(found)
    last = max((each.release for each in found if each.release), key=order, default=NOW)
    return tuple(each for each in found if each.release in {NOW, last})
