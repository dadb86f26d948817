"""What a source is: its title, authors, date, genre and where it stood.

Taken, in this order, from what was typed, from a bibliographic entry, and from the
person at the terminal, who is shown what the file says about itself. A file's own word
is only a proposal: nobody looks at it when a page or a PDF is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import click
from pybtex.bibtex.utils import split_name_list

from sourcebook.authoring.bibliography_entries import Entry, author_tex, tex
from sourcebook.authoring.levelling import without_unseen
from sourcebook.coding.source_looks import GENRES
from sourcebook.errors import SourcebookError, printable
from sourcebook.reading.dates import bounds

if TYPE_CHECKING:
    from sourcebook.authoring.text_extraction import Extract

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

    def entry(self, given: Entry | None) -> Entry:
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
            return Entry(kind, {**made, home: tex(self.publisher)})
        theirs = from_entry(given)
        same = {
            name
            for name in ("title", "author", "url")
            if getattr(self, name) == getattr(theirs, name)
        }
        fields = {**given.fields, **{n: made[n] for n in made if n not in same}}
        if self.issued != theirs.issued:
            fields |= {"date": "", "month": ""}
        return Entry(given.kind, fields)


def from_entry(entry: Entry) -> Metadata:
    """Return what a bibliographic entry says of a source."""
    names = filter(None, split_name_list(entry.fields.get("author", "")))
    return Metadata(
        title=entry.plain("title"),
        author="; ".join(Entry("", {"name": name}).plain("name") for name in names),
        issued=entry.issued,
        genre=_OF_TYPE.get(entry.kind, ""),
        publisher=entry.plain("journal", "howpublished", "publisher", "institution"),
        url=entry.plain("url"),
    )


def gather(
    typed: Mapping[str, str],
    found: Extract,
    *,
    entry: Entry | None,
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
