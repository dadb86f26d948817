"""How to cite a page: in words, and as BibTeX, CSL-JSON and RIS.

A page is cited as a part of the book, under its own title, with the day it last
changed; who made the book, its version and its date come from ``CITATION.cff``. Nothing
is made up: an address appears only when the book was built for one, and a date only
when it is known.
"""

import datetime as dt
import json
import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sourcebook.coding.book_files import slug
from sourcebook.coding.schema import Words
from sourcebook.coding.sheets import check_model, load_yaml
from sourcebook.errors import SourcebookError
from sourcebook.running.git_history import asked

_SPECIAL = re.compile(r"[&%$#_{}]")
_PRINTED = {  # the marks of our titles that BibTeX writes in its own way
    "–": "--",
    "—": "---",
    "’": "'",
    "‘": "`",
    "“": "``",
    "”": "''",
    "…": r"\ldots{}",
}


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book, as its ``CITATION.cff`` says."""

    title: str
    authors: tuple[str, ...]
    version: str
    released: date


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``name`` as in the contents, ``address`` where there is one."""

    name: str
    title: str
    changed: date | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One page, cited in the forms that people and programs ask for."""

    text: str
    bibtex: str
    csl: str
    ris: str


def cite(work: Book, page: Page) -> Citation:
    """Return a page of a work in every form; the work itself if the titles are one."""
    day = page.changed or work.released
    return Citation(*(made(work, page, day) for made in (_text, _bibtex, _csl, _ris)))


def _text(work: Book, page: Page, day: date) -> str:
    own = "" if page.title == work.title else f"“{page.title}”. In: "
    when = f"{'changed' if page.changed else 'released'} {day.isoformat()}"
    end = f" {page.address}" if page.address else ""
    return (
        f"{'; '.join(work.authors)} ({day.year}): {own}{work.title}, "
        f"version {work.version}, {when}.{end}"
    )


def _bibtex(work: Book, page: Page, day: date) -> str:
    whole = page.title == work.title
    # Titles and names in braces twice: BibTeX would change their capitals, and take an
    # organisation's name apart.
    fields = [
        ("author", " and ".join(f"{{{_tex(name)}}}" for name in work.authors)),
        ("title", f"{{{_tex(page.title)}}}"),
        ("booktitle", "" if whole else f"{{{_tex(work.title)}}}"),
        ("year", str(day.year)),
        ("date", day.isoformat()),
        ("version", work.version),
        ("url", page.address),
    ]
    lines = [f"  {name} = {{{value}}}" for name, value in fields if value]
    kind = "book" if whole else "inbook"
    return f"@{kind}{{{_key(page)},\n" + ",\n".join(lines) + "\n}\n"


def _tex(words: str) -> str:
    """Return words with everything escaped that means something to BibTeX."""
    plain = "".join(_PRINTED.get(letter, letter) for letter in words)
    return _SPECIAL.sub(lambda found: "\\" + found[0], plain)


def _key(page: Page) -> str:
    """Return a key for a page, the same as long as it keeps its place.

    >>> _key(Page("notebooks/synthesis/gas", "How much gas?"))
    'sourcebook-synthesis-gas'
    """
    parts = page.name.split("/")
    return "-".join(["sourcebook", *(parts[1:] or parts)])


def _csl(work: Book, page: Page, day: date) -> str:
    whole = page.title == work.title
    entry = {
        "id": _key(page),
        "type": "book" if whole else "chapter",
        "title": page.title,
        "author": [{"literal": name} for name in work.authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": work.version,
        **({} if whole else {"container-title": work.title}),
        **({"URL": page.address} if page.address else {}),
    }
    return json.dumps([entry], ensure_ascii=False, indent=1) + "\n"


def _ris(work: Book, page: Page, day: date) -> str:
    whole = page.title == work.title
    fields = [
        ("TY", "BOOK" if whole else "CHAP"),
        *(("AU", name) for name in work.authors),
        ("TI", page.title),
        ("T2", "" if whole else work.title),
        ("PY", str(day.year)),
        ("DA", day.strftime("%Y/%m/%d")),
        ("ET", work.version),
        ("UR", page.address),
    ]
    lines = [f"{name}  - {value}" for name, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


CITATION = "CITATION.cff"


class _Author(BaseModel):
    """A person by two names, or anybody by one."""

    model_config = ConfigDict(frozen=True)
    name: str = ""
    given: str = Field("", alias="given-names")
    family: str = Field("", alias="family-names")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.called:
            raise ValueError("an author has a `name`, or `family-names`")
        return self

    @property
    def called(self) -> str:
        return self.name or f"{self.given} {self.family}".strip()


class _Record(BaseModel):
    """What a citation needs of the record; it holds more, for others."""

    model_config = ConfigDict(frozen=True)
    title: Words
    version: Words
    released: dt.date = Field(alias="date-released")
    authors: tuple[_Author, ...] = Field(min_length=1)


class _WholeRecord(_Record):
    """What downloads and catalogues need of it besides."""

    abstract: Words
    keywords: tuple[Words, ...] = Field(min_length=1)


def load_work(root: Path) -> Book:
    """Return the book as its record says. Raises `SheetError`."""
    record = check_model(load_yaml(root / CITATION), _Record)
    names = tuple(author.called for author in record.authors)
    return Book(record.title, names, record.version, record.released)


def about_book(root: Path) -> dict[str, Any]:
    """Return all that ``CITATION.cff`` holds, each author by one ``name``.

    Raises `SheetError`, also where a download would lack something.
    """
    loaded = load_yaml(root / CITATION)
    authors = check_model(loaded, _WholeRecord).authors
    return {**loaded.data, "authors": [{"name": author.called} for author in authors]}


def short_slug(title: str) -> str:
    """Return the first part of a title as a name for files and packages.

    >>> short_slug("Acme and Sons, Year by Year"), short_slug("Müll: Zahlen")
    ('acme-and-sons', 'mull')
    """
    first = re.split(r"[,:;()–—?!]", title)[0] or title
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode()
    return slug(plain) or "collection"


def commit_time(root: Path) -> str:
    """Return the date of the book in seconds since 1970: that of the last commit.

    ``SOURCE_DATE_EPOCH`` goes before it; where there is neither, the day of release
    that CITATION.cff names. Raises `SourcebookError`.
    """
    # No clock is read, so that one commit gives the same bytes on every day.
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        if not re.fullmatch(r"[0-9]{1,11}", given):
            said = f"SOURCE_DATE_EPOCH is {given!r}, no number of seconds since 1970"
            raise SourcebookError(said, fix="unset it, or set such a number")
        return given
    if told := asked(root, "log", "-1", "--format=%ct").strip():
        return told
    released = dt.date.fromisoformat(load_yaml(root / CITATION).data["date-released"])
    noon = dt.datetime.combine(released, dt.time(12), tzinfo=dt.UTC)
    return str(int(noon.timestamp()))
