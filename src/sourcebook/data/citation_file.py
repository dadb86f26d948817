"""The book's own record, ``CITATION.cff``: who made it, its version, its date."""

from __future__ import annotations

import datetime as dt
import os
import re
import unicodedata
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, Field

from sourcebook.coding.schema import Words
from sourcebook.coding.sheets import check_model, load_yaml
from sourcebook.data.citation import Work
from sourcebook.running.git_history import asked

if TYPE_CHECKING:
    from pathlib import Path

NAME = "CITATION.cff"


class _Author(BaseModel):
    """A person by two names, or anybody by one."""

    model_config = ConfigDict(frozen=True)
    name: str = ""
    given: str = Field("", alias="given-names")
    family: str = Field("", alias="family-names")


class _Record(BaseModel):
    """What a citation needs of the record; it holds more, for others."""

    model_config = ConfigDict(frozen=True)
    title: Words
    abstract: str = ""
    version: Words
    released: dt.date = Field(alias="date-released")
    authors: tuple[_Author, ...] = Field(min_length=1)


def load_work(root: Path) -> Work:
    """Return the book as its record says. Raises `SheetError`."""
    record = check_model(load_yaml(root / NAME), _Record)
    names = tuple(
        author.name or f"{author.given} {author.family}".strip()
        for author in record.authors
    )
    return Work(record.title, names, record.version, record.released)


def short_slug(title: str) -> str:
    """Return the first part of a title as a name for files and packages.

    >>> short_slug("Acme and Sons, Year by Year"), short_slug("Müll: Zahlen")
    ('acme-and-sons', 'mull')
    """
    first = re.split(r"[,:;()–—?!]", title, maxsplit=1)[0] or title
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())) or "collection"


def commit_time(root: Path) -> str:
    """Return the date of the book in seconds since 1970: that of the last commit.

    ``SOURCE_DATE_EPOCH`` goes before it; where there is neither, the day of release
    that CITATION.cff names. No clock is read.
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return given
    if told := asked(root, "log", "-1", "--format=%ct").strip():
        return told
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    released = dt.date.fromisoformat(citation["date-released"])
    noon = dt.datetime.combine(released, dt.time(12), tzinfo=dt.UTC)
    return str(int(noon.timestamp()))
