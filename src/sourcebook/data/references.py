"""The five documents as references: BibTeX in, CSL-JSON out.

What the bibliography says of a work is joined to what its sheet says of the file. An
inferred date is marked ``circa``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pybtex.backends.plaintext import Backend
from pybtex.database import Person, parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from sourcebook.coding.corpus import Source
from sourcebook.errors import SheetError, SourcebookError
from sourcebook.reading.anchor import fold
from sourcebook.reading.dates import bounds

BIB_FILE = "seeds/references.bib"
TYPES = {  # our genres, and what CSL calls them
    "Report": "report",
    "ScholarlyArticle": "article-journal",
    "ReportageNewsArticle": "article-newspaper",
    "OpinionNewsArticle": "article-newspaper",
    "AdvertiserContentArticle": "article-newspaper",
    "PressRelease": "document",
    "Speech": "speech",
}
FIELDS = {  # of BibTeX, and what CSL calls them
    "title": "title",
    "journal": "container-title",
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "doi": "DOI",
}
_WORDS = Backend()


@dataclass(frozen=True, slots=True)
class Work:
    """One entry of the bibliography, in plain words."""

    citekey: str
    fields: dict[str, str]  # by their names in BibTeX
    authors: tuple[dict[str, str], ...]  # as CSL has them

    @property
    def title(self) -> str:
        """The title, in square brackets where the file has none."""
        return self.fields["title"]

    @property
    def names(self) -> tuple[str, ...]:
        """The authors as they are written."""
        return tuple(
            author.get("literal")
            or " ".join(
                author[part]
                for part in ("given", "non-dropping-particle", "family")
                if part in author
            )
            for author in self.authors
        )


def read_works(bibtex: str) -> dict[str, Work]:
    """Return the entries of a BibTeX file by citekey."""
    works = {}
    for citekey, entry in parse_string(bibtex, "bibtex").entries.items():
        fields = {name.lower(): _plain(value) for name, value in entry.fields.items()}
        authors = tuple(_author(each) for each in entry.persons.get("author", ()))
        works[citekey] = Work(citekey, fields, authors)
    return works


def _author(person: Person) -> dict[str, str]:
    """Return a person in parts, or what is no person as it stands."""
    parts = {
        "given": [*person.first_names, *person.middle_names],
        "non-dropping-particle": person.prelast_names,
        "family": person.last_names,
        "suffix": person.lineage_names,
    }
    names = {key: _plain(" ".join(words)) for key, words in parts.items() if words}
    return {"literal": names["family"]} if set(names) == {"family"} else names


def _plain(latex: str) -> str:
    # The backend by hand: by name, it would be looked for among all that is installed.
    return str(Text.from_latex(latex).render(_WORDS))


def check_works(sources: Iterable[Source], path: Path) -> None:
    """Hold the bibliography to the sheets: each source an entry, its title, its year.

    Raises `SheetError` with every fault. A collection that has no file yet passes.
    """
    if not path.is_file():
        return
    faults = []
    try:
        works = read_works(path.read_text(encoding="utf-8"))
        for source in sources:
            try:
                csl_items([source], works)
            except SourcebookError as error:
                faults.append(str(error).removeprefix(f"{BIB_FILE}: "))
    except UnicodeDecodeError as error:
        faults.append(f"not UTF-8 at byte {error.start}\n  fix: save it as UTF-8")
    except PybtexError as error:
        faults.append(f"not BibTeX: {error}\n  fix: mend what is named")
    if faults:
        raise SheetError(BIB_FILE, faults)


def csl_items(
    sources: Iterable[Source], works: dict[str, Work]
) -> list[dict[str, Any]]:
    """Return the sources as CSL-JSON. Raises `SourcebookError` on one without entry."""
    return [_csl(source, works.get(source.citekey)) for source in sources]


def _csl(source: Source, work: Work | None) -> dict[str, Any]:
    sheet = source.sheet
    if work is None:
        fix = "give every source of the book an entry under its citekey"
        raise SourcebookError(f"{BIB_FILE}: no entry {source.citekey!r}", fix=fix)
    if sheet.title and fold(sheet.title) != fold(work.title):
        said = f"{BIB_FILE}: {work.citekey} is called {work.title!r}, and by its sheet "
        raise SourcebookError(f"{said}{sheet.title!r}", fix="correct one of both")
    item: dict[str, Any] = {"id": source.citekey, "type": TYPES[sheet.genre]}
    known = work.fields
    item |= {csl: known[bib] for bib, csl in FIELDS.items() if bib in known}
    item["author"] = list(work.authors)
    item["issued"] = _issued(source, work)
    if notes := [known[key] for key in ("howpublished", "note") if key in known]:
        item["note"] = "; ".join(notes)
    item["custom"] = {"file": sheet.file, "sha256": sheet.sha256, "genre": sheet.genre}
    return item


def _issued(source: Source, work: Work) -> dict[str, Any]:
    issued = source.sheet.issued
    first, last = bounds(issued.date)
    year = work.fields.get("year", "")
    if not year.isdecimal() or not first.year <= int(year) <= last.year:
        said = f"{BIB_FILE}: {work.citekey} is of {year or 'no year'}, and by its sheet"
        raise SourcebookError(f"{said} of {issued.date}", fix="correct one of both")
    # As precise as the sheet has it, unless the bibliography puts the work into a year
    # that the file alone does not prove.
    if {str(first.year), str(last.year)} != {year}:
        return {"date-parts": [[int(year)]]}
    parts = [[int(n) for n in part.split("-")] for part in issued.date.split("/")]
    return {"date-parts": parts} | ({"circa": True} if issued.inferred else {})
