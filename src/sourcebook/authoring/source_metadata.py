"""What a source is, its title, authors, date and genre; and its bibliography entry.

Taken, in this order, from what was typed, from a bibliographic entry, and from the
person at the terminal, who is shown what the file says about itself. A file's own word
is only a proposal: nobody looks at it when a page or a PDF is made.

An entry comes out of a BibTeX or CSL-JSON file, where it must bear the source's own
key, or is made from words. Fields that are notes to oneself, such as an abstract or the
address of a file on one machine, are left behind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import click
from pybtex.bibtex.utils import split_name_list

from sourcebook.authoring.levelling import without_unseen
from sourcebook.coding.source_looks import GENRES
from sourcebook.errors import SourcebookError, printable
from sourcebook.reading.dates import bounds

if TYPE_CHECKING:
    from sourcebook.authoring.text_extraction import Extract


import json
from pathlib import Path
from typing import Any

from pybtex.database import parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from sourcebook.authoring.incoming_file import decode
from sourcebook.coding.sheets import nearest
from sourcebook.data.references import FIELDS

NEEDED = ("title", "author", "issued", "genre")
_OF_TYPE = {
    "article": "ScholarlyArticle",
    "inproceedings": "ScholarlyArticle",
    "incollection": "ScholarlyArticle",
    "techreport": "Report",
    "report": "Report",
}
_ASKED = {
    "title": "Title",
    "author": "Author (Family, Given; or an organisation's name; several with ;)",
    "issued": "Issued (as 2024-05-17, 2024-05 or 2024)",
    "genre": f"Genre ({', '.join(GENRES)})",
}
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_EDTF = re.compile(rf"{_DATE.pattern}(?:/{_DATE.pattern})?")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a source, in plain words; "" where nothing is."""

    title: str = ""
    author: str = ""  # several with ";" between them
    issued: str = ""
    genre: str = ""
    publisher: str = ""
    url: str = ""

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors one by one."""
        return tuple(filter(None, (name.strip() for name in self.author.split(";"))))

    def entry(self, given: BibEntry | None) -> BibEntry:
        """Return the entry for the bibliography: the given one, or one of our making.

        What was typed or agreed to goes before what the given entry says.
        """
        made = {
            "title": f"{{{tex(self.title)}}}",
            "author": author_tex(self.authors),
            "year": self.issued[:4],
            "url": tex(self.url),
        }
        if given is None:
            home = "journal" if self.genre == "ScholarlyArticle" else "howpublished"
            kind = "article" if self.publisher and home == "journal" else "misc"
            return BibEntry(kind, {**made, home: tex(self.publisher)})
        theirs = from_entry(given)
        same = {
            name
            for name in ("title", "author", "url")
            if getattr(self, name) == getattr(theirs, name)
        }
        fields = {**given.fields, **{n: made[n] for n in made if n not in same}}
        if self.issued != theirs.issued:
            fields |= {"date": "", "month": ""}
        return BibEntry(given.kind, fields)


def from_entry(entry: BibEntry) -> Metadata:
    """Return what a bibliographic entry says of a source."""
    names = filter(None, split_name_list(entry.fields.get("author", "")))
    return Metadata(
        title=entry.plain("title"),
        author="; ".join(BibEntry("", {"name": name}).plain("name") for name in names),
        issued=entry.issued,
        genre=_OF_TYPE.get(entry.kind, ""),
        publisher=entry.plain("journal", "howpublished", "publisher", "institution"),
        url=entry.plain("url"),
    )


def gather(
    typed: Mapping[str, str],
    found: Extract,
    *,
    entry: BibEntry | None,
    ask: bool,
    as_proposed: bool,
) -> tuple[Metadata, tuple[str, ...]]:
    """Return what is known of a source, and what of it is the file's own word.

    Raises one `SourcebookError` that names all that is missing
    where nobody can be asked.
    """
    theirs = from_entry(entry) if entry else Metadata()
    known = {
        field.name: " ".join((typed.get(field.name) or "").split())
        or getattr(theirs, field.name)
        for field in fields(Metadata)
    }
    proposed = _tidy(found.proposals)
    taken = []
    for field in [name for name, words in known.items() if not words]:
        if as_proposed and field in proposed:
            known[field] = proposed[field]
            taken.append(field)
        elif ask and field in NEEDED:
            known[field] = _ask(field, proposed.get(field, ""))
    if left := [field for field in NEEDED if not known[field].strip("; ")]:
        raise SourcebookError(_missing(found.name, left, proposed))
    _check(known)
    return Metadata(**known), tuple(taken)


def _tidy(proposals: Mapping[str, str]) -> dict[str, str]:
    """Return proposals on one line each, a date without its clock."""
    seen = {name: without_unseen(value)[0] for name, value in proposals.items()}
    found = {name: " ".join(value.split())[:300] for name, value in seen.items()}
    if "issued" in found:
        dated = _DATE.match(found.pop("issued"))
        found |= {"issued": dated[0]} if dated else {}
    return {name: re.sub(r"[{}]", "", value) for name, value in found.items() if value}


def _ask(field: str, proposal: str) -> str:
    kind = click.Choice([*GENRES]) if field == "genre" else str
    words: str = click.prompt(
        _ASKED[field], default=proposal or None, type=kind, err=True, show_choices=False
    )
    return " ".join(words.split())


def _missing(name: str, left: list[str], proposed: Mapping[str, str]) -> str:
    lines = [f"{name}: not known, and nobody to ask: {', '.join(left)}"]
    for field in left:
        if field in proposed:
            lines.append(f"  the file says of itself: {field}: {proposed[field]!r}")
    if "genre" in left:
        lines.append(f"  a genre is one of {', '.join(GENRES)}")
    options = ", ".join(f"--{field}" for field in left)
    remedy = f"  fix: give {options}, or an entry with --bib"
    if any(field in proposed for field in left):
        remedy += "; --as-proposed takes the file's word"
    return "\n".join([*lines, remedy])


def _check(known: Mapping[str, str]) -> None:
    for name, words in known.items():
        if unseen := without_unseen(words)[1]:
            said = f"{name} {printable(words)!r} holds what cannot be seen: {unseen}"
            raise SourcebookError(said, fix=f"type it anew, with --{name}")
    if known["genre"] not in GENRES:
        said = f"genre {known['genre']!r} is none of {', '.join(GENRES)}"
        raise SourcebookError(said, fix="give --genre one of them")
    if not _is_date(known["issued"]):
        fix = "give --issued as 2024-05-17, 2024-05 or 2024"
        raise SourcebookError(f"issued {known['issued']!r} is no date", fix=fix)
    if known["url"] and not re.match(r"https?://[^\s]+\Z", known["url"]):
        fix = "give --url as https://…"
        raise SourcebookError(f"url {known['url']!r} is no address of a page", fix=fix)
    for field in ("title", "author", "publisher", "url"):
        tex(known[field])


def _is_date(words: str) -> bool:
    try:
        return bool(_EDTF.fullmatch(words) and bounds(words))
    except SourcebookError:
        return False


KEPT = (
    "author editor title subtitle journal booktitle publisher institution organization "
    "school howpublished address edition series volume number pages year month date "
    "doi isbn issn url urldate language type eprint note"
).split()
_TYPES = {  # of CSL, and what BibTeX calls them
    "article-journal": "article",
    "article-magazine": "misc",
    "article-newspaper": "misc",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
# Of CSL, and what BibTeX calls them; what contains a work is called by its kind.
_FIELDS = {csl: bib for bib, csl in FIELDS.items() if bib != "journal"} | {
    "edition": "edition",
    "publisher-place": "address",
    "ISBN": "isbn",
    "ISSN": "issn",
    "URL": "url",
    "language": "language",
    "number": "number",
}
# What an entry of BibTeX must name, lest the bibliography cannot print it.
_NEEDS = {
    "article": "journal",
    "book": "publisher",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
    "phdthesis": "school",
    "techreport": "institution",
}
_TEX = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}"}
    | {sign: f"\\{sign}" for sign in "&#_%"}
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True, slots=True)
class BibEntry:
    """One entry, its fields as BibTeX writes them; the author is one of them."""

    kind: str
    fields: Mapping[str, str]

    def plain(self, *names: str) -> str:
        """Return the first of some fields in plain words, "" if it has none of them."""
        for name in names:
            if self.fields.get(name):
                words = Text.from_latex(self.fields[name]).render_as("text")
                return " ".join(str(words).split())
        return ""

    @property
    def issued(self) -> str:
        """The date, as precise as the entry has it."""
        if re.fullmatch(r"\d{4}(-\d\d){0,2}", self.plain("date")):
            return self.plain("date")
        year, month = self.plain("year"), self.plain("month")[:3].lower()
        if re.fullmatch(r"\d{4}", year) and month in _MONTHS:
            return f"{year}-{_MONTHS.index(month) + 1:02d}"
        return year if re.fullmatch(r"\d{4}", year) else ""

    def print_as(self, key: str) -> str:
        """Return the entry as it stands in a BibTeX file."""
        needed = _NEEDS.get(self.kind, "")
        kind = "misc" if needed and not self.fields.get(needed) else self.kind
        fields = [(name, self.fields[name]) for name in KEPT if self.fields.get(name)]
        if kind == "misc" and "howpublished" not in self.fields:
            homes = [self.fields[n] for n in ("journal", "publisher", "institution")
                     if self.fields.get(n)]  # fmt: skip
            fields += [("howpublished", homes[0])] if homes else []
        body = ",\n".join(f"  {name:<9} = {{{value}}}" for name, value in fields)
        return f"@{kind}{{{key},\n{body}\n}}\n"


def tex(words: str) -> str:
    r"""Return plain words as TeX. Raises `SourcebookError` on what it cannot hold.

    >>> tex("R&D in  100%")
    'R\\&D in 100\\%'
    """
    if strange := re.search(r"[{}]", words):
        said = f"{words!r} holds {strange[0]!r}, which a bibliography has for itself"
        raise SourcebookError(said, fix="write round brackets")
    return " ".join(words.split()).translate(_TEX)


def author_tex(names: tuple[str, ...]) -> str:
    """Return authors as BibTeX has them: with one comma a person, else one name.

    >>> author_tex(("Doe, Jane", "Ministry of Tons and Bread"))
    'Doe, Jane and {Ministry of Tons and Bread}'
    """
    return " and ".join(
        tex(name)
        if name.count(",") == 1 and " and " not in name
        else f"{{{tex(name)}}}"
        for name in names
    )


def read_entry(path: Path, key: str) -> BibEntry:
    """Return the entry of a .bib or .json file under ``key``.

    Raises `SourcebookError` when it cannot be read, or has no such entry or several.
    """
    if path.is_symlink() or not path.is_file():
        raise SourcebookError(f"{path}: not a file", fix="name a .bib or .json file")
    text = decode(path.read_bytes(), name=path.name)
    entries = _from_csl(text, path) if path.suffix == ".json" else _from_bib(text, path)
    found = [entry for name, entry in entries if name == key]
    if not found:
        names = sorted(name for name, _ in entries)
        said = f"{path.name}: no entry {key!r}{nearest(key, names)}"
        there = f"  entries there: {', '.join(names[:8]) or 'none'}"
        fix = f"change the entry's key to {key} in {path.name}"
        raise SourcebookError(f"{said}\n{there}", fix=fix)
    if len(found) > 1:
        said = f"{path.name}: {len(found)} entries are called {key!r}"
        raise SourcebookError(said, fix="keep one")
    for field, words in found[0].fields.items():
        if unseen := without_unseen(words)[1]:
            said = f"{path.name}: {key}: {field} holds what cannot be seen: {unseen}"
            raise SourcebookError(said, fix=f"type {field} anew in {path.name}")
    return found[0]


def _from_bib(text: str, path: Path) -> list[tuple[str, BibEntry]]:
    try:
        parsed = parse_string(text, "bibtex").entries
    except PybtexError as error:
        fix = "mend the file; each entry needs a key of its own"
        raise SourcebookError(f"{path.name}: {error}", fix=fix) from None
    found = []
    for key, entry in parsed.items():
        given = {name.lower(): " ".join(v.split()) for name, v in entry.fields.items()}
        for role in ("author", "editor"):
            if people := entry.persons.get(role):
                given[role] = " and ".join(map(str, people))
        fields = {name: given[name] for name in KEPT if name in given}
        found.append((key, BibEntry(entry.type.lower(), fields)))
    return found


def _from_csl(text: str, path: Path) -> list[tuple[str, BibEntry]]:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        fix = "export the entry as CSL-JSON"
        raise SourcebookError(f"{path.name}: not JSON ({error})", fix=fix) from None
    items = data if isinstance(data, list) else [data]
    if not all(isinstance(item, dict) and "id" in item for item in items):
        said = f"{path.name}: not CSL-JSON, whose items each have an id"
        raise SourcebookError(said, fix="export the entry as CSL-JSON")
    return [(str(item["id"]), _from_item(item)) for item in items]


def _from_item(item: Mapping[str, Any]) -> BibEntry:
    kind = _TYPES.get(str(item.get("type")), "misc")
    fields = {bib: tex(str(item[csl])) for csl, bib in _FIELDS.items() if item.get(csl)}
    if "title" in fields:
        fields["title"] = f"{{{fields['title']}}}"
    for role in ("author", "editor"):
        listed = item.get(role)
        people = listed if isinstance(listed, list) else []
        if names := [_csl_name(each) for each in people if isinstance(each, dict)]:
            fields[role] = author_tex(tuple(filter(None, names)))
    shelved = kind in {"article", "incollection", "inproceedings"}
    shelf = _NEEDS[kind] if shelved else "howpublished"
    for csl, home in (("container-title", shelf), ("publisher", "publisher")):
        if item.get(csl):
            fields.setdefault(home, tex(str(item[csl])))
    if kind in {"techreport", "phdthesis"} and "publisher" in fields:
        fields[_NEEDS[kind]] = fields.pop("publisher")
    if date := _csl_date(item.get("issued")):
        fields |= {"date": date, "year": date[:4]}
    return BibEntry(kind, fields)


def _csl_name(name: Mapping[str, Any]) -> str:
    family, given = str(name.get("family", "")), str(name.get("given", ""))
    particle = str(name.get("non-dropping-particle", ""))
    family = f"{particle} {family}".strip()
    return (
        f"{family}, {given}"
        if family and given
        else family or str(name.get("literal", ""))
    )


def _csl_date(issued: object) -> str:
    if not isinstance(issued, dict):
        return ""
    parts = issued.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    words = (
        "-".join(f"{int(n):02d}" for n in first)
        if isinstance(first, list) and all(str(n).isdigit() for n in first)
        else str(issued.get("raw", issued.get("literal", "")))
    )
    return words if re.fullmatch(r"\d{4}(-\d\d){0,2}", words) else ""
