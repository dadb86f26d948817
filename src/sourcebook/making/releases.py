"""Write down what the version at hand says, once, for later ones to be held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.comparing.releases import FIELDS, RECORDS, order, present_relations
from sourcebook.errors import SourcebookError
from sourcebook.making.encoding import as_csv

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sourcebook.comparing.questions import Answer
    from sourcebook.making.encoding import Row


def write_record(answers: Iterable[Answer], root: Path, *, version: str) -> Path:
    """Write the record of a version and return its path.

    Raises `SourcebookError`, and writes nothing, where the version has a record.
    """
    order(version)
    path = root / RECORDS / f"{version}.csv"
    rows: list[Row] = [
        dict(zip(FIELDS, (*pair, relation), strict=True))
        for pair, relation in present_relations(answers).items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(as_csv(rows, list(FIELDS)))
    except FileExistsError:
        raise SourcebookError(
            f"{RECORDS}/{path.name}: this version is on record, and a record stays\n"
            "  fix: open the next version in pyproject.toml, __init__.py, "
            "CITATION.cff and CHANGELOG.md"
        ) from None
    return path
