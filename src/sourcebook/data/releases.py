"""Write down what the version at hand says, for later ones to be held against."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sourcebook.comparing.corrections import (
    REASON_FIELDS,
    REASONS,
    RELATION,
    corrections,
)
from sourcebook.comparing.outside_readings import load_trust
from sourcebook.comparing.public_record import load_record
from sourcebook.comparing.release_changes import (
    FIELDS,
    QUESTION,
    RECORDS,
    as_lines,
    last_before,
    load_records,
    order,
    present_items,
    present_relations,
)
from sourcebook.comparing.withdrawn_ids import led_on
from sourcebook.data.change_reasons import kept, reasons
from sourcebook.data.changelog import NAME as CHANGELOG
from sourcebook.data.changelog import read_releases
from sourcebook.data.encoding import as_csv, put
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from sourcebook.coding.corpus import Corpus
    from sourcebook.comparing.questions import Answer
    from sourcebook.comparing.release_changes import Name, Pair, Said
    from sourcebook.data.encoding import Row


@contextmanager
def set_aside(root: Path, version: str) -> Iterator[None]:
    """Have the book be without a version's record; a fault brings it back.

    Names that only this version has are not published until it is, and a check would
    hold the book to them.
    """
    table = root / RECORDS / f"{version}.csv"
    kept = {
        path: path.read_bytes()
        for path in (table, table.with_suffix(".jsonl"))
        if path.is_file()
    }
    for path in kept:
        path.unlink()
    try:
        yield
    except BaseException:
        for path, content in kept.items():
            put(path, content)
        raise


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
    path = root / REASONS / f"{version}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
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
    table = root / RECORDS / f"{version}.csv"
    if table.exists():
        raise SourcebookError(
            f"{RECORDS}/{table.name}: this version is on record, and a record stays\n"
            "  fix: open the next version in pyproject.toml, __init__.py, "
            "CITATION.cff and CHANGELOG.md; before this one is published, --again"
        )
    rows = _relation_rows(relations)
    lines = table.with_suffix(".jsonl")
    table.parent.mkdir(parents=True, exist_ok=True)
    put(table, as_csv(rows, list(FIELDS)))
    put(lines, as_lines(items))
    return table, lines


def _relation_rows(relations: Mapping[Pair, str]) -> list[Row]:
    return [
        dict(zip(FIELDS, (*pair, relation), strict=True))
        for pair, relation in relations.items()
    ]
