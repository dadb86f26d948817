"""The releases of the book: what ``CHANGELOG.md`` tells of them, and their records.

The change log has the format of *Keep a Changelog*: a heading ``## [version] – date``
for each release, newest first. What is not yet released has no date, and is left out.
A record keeps what a version says, so that later ones can be compared with it.

Why what was published reads otherwise now is asked of git once, and then kept: what its
commit says, of every commit that changed the entry of a claim, a question or a fact
since the day of the release before; and, before that, what a reading found wrong with
it.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from sourcebook.coding.book_files import put
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.plain_yaml import Unread, plain_data
from sourcebook.coding.sheets import load_table
from sourcebook.comparing import release_changes as published
from sourcebook.comparing.corrections import (
    REASON_FIELDS,
    REASONS,
    RELATION,
    corrections,
    led_on,
)
from sourcebook.comparing.outside_readings import Trust, load_trust
from sourcebook.comparing.public_record import load_record
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.release_changes import (
    CLAIM,
    FACT,
    QUESTION,
    Name,
    RelationPair,
    Said,
)
from sourcebook.data.fields import Row, as_csv
from sourcebook.errors import SourcebookError
from sourcebook.running.git_history import asked

CHANGELOG = "CHANGELOG.md"
_HEADING = re.compile(r"^## \[(?P<version>[^]]+)\] – (?P<when>.+)$", re.MULTILINE)
_UNRELEASED = "unreleased"


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its version, its day, and what changed, as Markdown."""

    version: str
    day: date
    changes: str


def read_releases(text: str) -> tuple[Release, ...]:
    r"""Return every dated release, newest first. Raises `SourcebookError`.

    >>> read_releases("## [1.0.0] – 2026-01-02\n\n- New.\n")[0].changes
    '- New.'
    """
    found = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in found[1:]] + [len(text)]
    releases = [
        Release(h["version"], _day(h), text[h.end() : end].strip())
        for h, end in zip(found, ends, strict=True)
        if h["when"].strip() != _UNRELEASED
    ]
    days = [release.day for release in releases]
    if days != sorted(days, reverse=True):
        said = f"{CHANGELOG}: releases are not in the order of their dates"
        raise SourcebookError(said, fix="put the newest first")
    return tuple(releases)


def _day(heading: re.Match[str]) -> date:
    try:
        return date.fromisoformat(heading["when"].strip())
    except ValueError:
        said = f"{CHANGELOG}: {heading[0]!r}: no date"
        fix = f"write it as 2026-01-31, or {_UNRELEASED}"
        raise SourcebookError(said, fix=fix) from None


def record_files(root: Path, version: str) -> tuple[Path, Path, Path]:
    """Return where the relations, items and reasons of a version are put on record."""
    table = root / published.RECORDS / f"{version}.csv"
    return table, table.with_suffix(".jsonl"), root / REASONS / table.name


@contextmanager
def set_aside(root: Path, version: str) -> Iterator[None]:
    """Have the book be without a version's record, for as long as this lasts."""
    files = [path for path in record_files(root, version) if path.is_file()]
    kept = {path: path.read_bytes() for path in files}
    # Names that only this version has are not published yet: a check would hold the
    # book to them. Reasons are of a version that has a record, so they go with it.
    for path in kept:
        path.unlink()
    try:
        yield
    finally:  # Ctrl-C too: the record must not be lost
        for path, content in kept.items():
            put(path, content)


def write_release(
    corpus: Corpus, answers: tuple[Answer, ...], *, version: str
) -> tuple[Path, ...]:
    """Write the record of a version and the reasons of its changes; return the paths.

    Raises `SourcebookError`, and writes nothing, where the version has a record.
    """
    root, record = corpus.root, load_record(corpus)
    items = published.present_items(corpus.claims, answers, record)
    paths = write_record(
        published.present_relations(answers), items, root, version=version
    )
    records = published.load_records(root)
    since = day_of(root, published.last_before(records, version).version)
    if since is None:
        return paths
    known = led_on(corpus.claims, answers, record)
    changed = {
        (QUESTION if each.what == RELATION else each.what, each.id)
        for each in corrections(corpus, answers, record, version=version)
        if each.release == version
    }
    changed |= {(what, known.get((what, name), name)) for what, name in changed}
    rows = reasons(root, load_trust(root), since=since, only=changed)
    *_, path = record_files(root, version)
    put(path, as_csv(kept(root, version, rows), list(REASON_FIELDS)))
    return (*paths, path)


def day_of(root: Path, version: str) -> date | None:
    """Return the day a version was released, None where the changelog has none."""
    path = root / CHANGELOG
    if not version or not path.is_file():
        return None
    releases = read_releases(path.read_text(encoding="utf-8"))
    return next((each.day for each in releases if each.version == version), None)


def write_record(
    relations: Mapping[RelationPair, str],
    items: Mapping[Name, Said],
    root: Path,
    *,
    version: str,
) -> tuple[Path, ...]:
    """Write the record of a version, its relations and its items; return both paths.

    Raises `SourcebookError`, and writes nothing, where the version has a record.
    """
    published.order(version)
    table, lines, _ = record_files(root, version)
    if table.exists():
        said = f"{published.RECORDS}/{table.name}: this version is on record, and a "
        fix = (
            "open the next version in pyproject.toml, __init__.py, CITATION.cff and "
            "CHANGELOG.md; before this one is published, --again"
        )
        raise SourcebookError(f"{said}record stays", fix=fix)
    rows: list[Row] = [
        dict(zip(published.RELATION_FIELDS, (*pair, relation), strict=True))
        for pair, relation in relations.items()
    ]
    put(table, as_csv(rows, list(published.RELATION_FIELDS)))
    put(lines, published.as_lines(items))
    return table, lines


Reason = tuple[str, Name]  # a reason, and what it is the reason for

_FOLDERS = {  # where entries stand, as what, and under which key
    "seeds": (CLAIM, "claims"),
    "book/questions": (QUESTION, "questions"),
    "book/record": (FACT, "facts"),
}
_MOST = 3  # reasons of commits for one item, the latest: more than that nobody reads
_NOTHING = "0" * 40  # how git names the blob of a file that is not there
_UNITS = {"claims": CLAIM, "questions": QUESTION}


def reasons(
    root: Path, trust: Trust | None, *, since: date, only: Collection[Name]
) -> list[Row]:
    """Return the rows of a release's table of reasons, for ``only`` these items."""
    found = [*_read(trust, since), *_last(_committed(root, since))]
    rows: dict[tuple[str, str], set[str]] = {}
    for why, (what, name) in found:
        if (what, name) in only:
            rows.setdefault((why, what), set()).add(name)
    return _rows(rows)


def kept(root: Path, version: str, rows: Iterable[Row]) -> list[Row]:
    """Return a table of reasons with what it had before, each reason once."""
    # Git may know less than it did: in a zip it knows nothing, in a shallow clone
    # little.
    path, before = root / REASONS / f"{version}.csv", []
    if path.is_file():
        shown = f"{REASONS}/{path.name}"
        before = load_table(path, columns=REASON_FIELDS, shown=shown)
    merged: dict[tuple[str, str], set[str]] = {}
    new = [tuple(str(row[name]) for name in REASON_FIELDS) for row in rows]
    for why, what, ids in (*new, *before):
        merged.setdefault((why, what), set()).update(ids.split())
    return _rows(merged)


def _rows(found: Mapping[tuple[str, str], set[str]]) -> list[Row]:
    return [
        dict(zip(REASON_FIELDS, (why, what, " ".join(sorted(ids))), strict=True))
        for (why, what), ids in found.items()
    ]


def _read(trust: Trust | None, since: date) -> Iterator[Reason]:
    """Yield what readings made after a day found wrong with claims and questions."""
    for reading in trust.readings if trust else ():
        for slip in reading.errors if reading.date > since.isoformat() else ():
            if slip.unit in _UNITS:
                why = f"A reading by a stranger found: {', '.join(slip.kind)}"
                yield why, (_UNITS[slip.unit], slip.id)


def _last(found: Iterable[Reason]) -> list[Reason]:
    """Return the latest few reasons of each item, the oldest first."""
    left: dict[Name, int] = {}
    chosen = []
    for why, name in reversed(list(dict.fromkeys(found))):
        left[name] = left.get(name, 0) + 1
        if left[name] <= _MOST:
            chosen.append((why, name))
    return chosen[::-1]


def _committed(root: Path, since: date) -> Iterator[Reason]:
    """Yield what each commit after a day says, for each entry that it changed."""
    log = asked(
        root,
        *("log", "--no-merges", "--reverse", "--raw", "--no-abbrev", "--no-renames"),
        *(f"--since={since}T23:59:59Z", "--format=%s", "--", *_FOLDERS),
    )
    entries = lru_cache(maxsize=None)(partial(_entries, root))
    for why, lines in _by_commit(log):
        # Compared by commit, not by file: what only moved to another file of its sheet
        # is as it was.
        before, now = dict[Name, str](), dict[Name, str]()
        for line in lines:
            facts, _, path = line.partition("\t")
            _, _, old, new, _ = facts.split()
            folder, _, file = path.rpartition("/")
            if folder not in _FOLDERS or not file.endswith(".yml"):
                continue
            what, key = _FOLDERS[folder]
            home = (
                "" if what == FACT else f"{file.partition('.')[0]}/"
            )  # of a part, too
            for had, blob in ((before, old), (now, new)):
                had |= {(what, home + n): e for n, e in entries(blob, key).items()}
        for name in before | now:
            if before.get(name) != now.get(name):
                yield why, name


def _by_commit(log: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the first line of each commit of a log with the lines on its files."""
    why, lines = "", list[str]()
    for line in (*log.splitlines(), "end"):
        if line.startswith(":"):
            lines.append(line)
        elif line:
            yield why, lines
            why, lines = line, []


def _entries(root: Path, blob: str, key: str) -> dict[str, str]:
    """Return the entries of a file in git, by id; none where it cannot be read."""
    if blob == _NOTHING:
        return {}
    try:
        data, _ = plain_data(asked(root, "cat-file", "blob", blob))
    except Unread:
        return {}
    listed = data.get(key) if isinstance(data, dict) else None
    return {
        str(entry["id"]): json.dumps(entry, sort_keys=True, default=str)
        for entry in listed or ()
        if isinstance(entry, dict) and "id" in entry
    }
