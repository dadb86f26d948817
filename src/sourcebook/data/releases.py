"""The releases of the book: what ``CHANGELOG.md`` tells of them, and their records.

The change log has the format of *Keep a Changelog*: a heading ``## [version] – date``
for each release, newest first. What is not yet released has no date, and is left out.
A record keeps what a version says, so that later ones can be compared with it.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sourcebook.coding.book_files import put
from sourcebook.coding.corpus import Corpus
from sourcebook.comparing.corrections import (
    REASON_FIELDS,
    REASONS,
    RELATION,
    corrections,
    led_on,
)
from sourcebook.comparing.outside_readings import load_trust
from sourcebook.comparing.public_record import load_record
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.release_changes import (
    FIELDS,
    QUESTION,
    RECORDS,
    Name,
    Pair,
    Said,
    as_lines,
    last_before,
    load_records,
    order,
    present_items,
    present_relations,
)
from sourcebook.data.change_reasons import kept, reasons
from sourcebook.data.encoding import Row, as_csv
from sourcebook.errors import SourcebookError

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
        raise SourcebookError(
            f"{CHANGELOG}: releases are not in the order of their dates\n"
            "  fix: put the newest first"
        )
    return tuple(releases)


def _day(heading: re.Match[str]) -> date:
    try:
        return date.fromisoformat(heading["when"].strip())
    except ValueError:
        raise SourcebookError(
            f"{CHANGELOG}: {heading[0]!r}: no date\n"
            f"  fix: write it as 2026-01-31, or {_UNRELEASED}"
        ) from None


def record_files(root: Path, version: str) -> tuple[Path, Path, Path]:
    """Return where the relations, items and reasons of a version are put on record."""
    table = root / RECORDS / f"{version}.csv"
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
    items = present_items(corpus.claims, answers, record)
    paths = write_record(present_relations(answers), items, root, version=version)
    since = day_of(root, last_before(load_records(root), version).version)
    if since is None:
        return paths
    found = [
        each
        for each in corrections(corpus, answers, record, version=version)
        if each.release == version
    ]
    known = led_on(corpus.claims, answers, record)
    changed = {(QUESTION if c.what == RELATION else c.what, c.id) for c in found}
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
    relations: Mapping[Pair, str],
    items: Mapping[Name, Said],
    root: Path,
    *,
    version: str,
) -> tuple[Path, ...]:
    """Write the record of a version, its relations and its items; return both paths.

    Raises `SourcebookError`, and writes nothing, where the version has a record.
    """
    order(version)
    table, lines, _ = record_files(root, version)
    if table.exists():
        raise SourcebookError(
            f"{RECORDS}/{table.name}: this version is on record, and a record stays\n"
            "  fix: open the next version in pyproject.toml, __init__.py, "
            "CITATION.cff and CHANGELOG.md; before this one is published, --again"
        )
    rows: list[Row] = [
        dict(zip(FIELDS, (*pair, relation), strict=True))
        for pair, relation in relations.items()
    ]
    put(table, as_csv(rows, list(FIELDS)))
    put(lines, as_lines(items))
    return table, lines
