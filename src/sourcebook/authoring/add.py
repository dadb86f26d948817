"""A document becomes a source: its text, its sheet, its notebook and its places.

All of it is written at once or not at all, and what it becomes is read as any other
source is before it is left standing. Nothing is ever overwritten. A line of a list goes
after the last one of its kind, in the same hand; the contents must then read as they
did, with one more entry.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from pybtex.exceptions import PybtexError

from sourcebook.authoring import sheet_writing
from sourcebook.authoring.file_changes import Changes
from sourcebook.authoring.incoming_file import Incoming
from sourcebook.authoring.proposed_names import find_names
from sourcebook.authoring.suggestions import first_page
from sourcebook.authoring.text_extraction import Extract, original_of
from sourcebook.coding.book_files import put, slug
from sourcebook.coding.corpus import NOT_SHEETS, read
from sourcebook.coding.schema import Sheet
from sourcebook.coding.sheets import load_actors, load_codebook
from sourcebook.data import references
from sourcebook.desk.claim_drafts import find_drafts
from sourcebook.errors import SourcebookError
from sourcebook.reading.anchor import locate
from sourcebook.reading.dates import read_dates
from sourcebook.reading.text import clean
from sourcebook.running.batch import run_notebooks
from sourcebook.running.build_lock import alone
from sourcebook.running.text_pairs import from_text, notebook_of

if TYPE_CHECKING:
    from sourcebook.authoring.source_metadata import BibEntry, Metadata
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

_LONGEST = 60
_DATELINE = 8  # words
_NUMBERED = re.compile(r"(\d{3})_")
_HOMES = {"source": "seeds", "chapter": "book/questions"}  # of what has a key


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is to become a source: a file, its text, and what is known of it."""

    key: str
    incoming: Incoming
    found: Extract
    metadata: Metadata
    entry: BibEntry | None = None  # as given for the bibliography
    said: tuple[str, ...] = ()  # of where that came from


def check_key(key: str, root: Path, *, what: str) -> None:
    """Refuse a key that is none, or is one already. Raises `SourcebookError`."""
    said = f"{key!r} is no key for a {what}"
    if key in NOT_SHEETS:
        said += f": seeds/{key}.yml is the book's"
        raise SourcebookError(said, fix="choose another key")
    if key != slug(key) or not 0 < len(key) <= _LONGEST:
        hint = slug(key)[:_LONGEST].strip("-")
        fix = "use small letters, digits and single hyphens, at most "
        example = f", such as {hint}" if hint else ""
        raise SourcebookError(said, fix=f"{fix}{_LONGEST} characters{example}")
    # A claim's name is its sheet's own; others are named without saying what they are.
    for kind, folder in _HOMES.items() if what in _HOMES else ():
        if (root / folder / f"{key}.yml").exists():
            said = f"{key!r}: there is a {kind} of this key already ({key}.yml)"
            raise SourcebookError(said, fix="choose another key")


def check_new(root: Path, key: str) -> None:
    """Refuse a key that is none, or that a source of the book has."""
    check_key(key, root, what="source")
    bib = root / references.BIB_FILE
    known = _works(bib.read_text(encoding="utf-8")) if bib.is_file() else ()
    if key in {name.lower() for name in known}:
        said = f"{references.BIB_FILE}: there is an entry {key!r} already"
        fix = "choose another key, or remove the entry and give it with --bib"
        raise SourcebookError(said, fix=fix)


def _works(bibtex: str) -> tuple[str, ...]:
    """Return the keys of the bibliography. Raises `SourcebookError`."""
    try:
        return tuple(references.read_works(bibtex))
    except PybtexError as error:
        fix = "mend it first"
        raise SourcebookError(f"{references.BIB_FILE}: {error}", fix=fix) from None


def add_source(root: Path, arrival: Arrival) -> list[str]:
    """Write everything a new source needs; return what there is to say, line by line.

    Undoes it all if `SourcebookError` comes.
    """
    key, found, metadata = arrival.key, arrival.found, arrival.metadata
    title, issued = metadata.title, metadata.issued
    check_new(root, key)
    sheet = _sheet(arrival, _name(root, found.text))
    document = clean(found.text, citekey=key, file=sheet.file)
    names = find_names(document, load_actors(root))
    drafts, without = find_drafts(
        document, sheet, load_codebook(root), mentions=names.mentions
    )
    said = [*found.said, *sheet_writing.heading_told(key, title, issued=issued)]
    said += [f"no draft could be made of {each}" for each in without]
    first = first_page(drafts)
    text = sheet_writing.sheet_text(
        sheet, first, title=title, said=said, names=names.unknown
    )
    pair = root / "notebooks" / "text" / "sources" / f"{key}.md"
    with Changes(root) as changes:
        changes.create(root / "seeds" / sheet.file, found.text)
        if sheet.original:
            changes.create(root / "seeds" / sheet.original.file, arrival.incoming.data)
        changes.create(root / "seeds" / f"{key}.yml", text)
        changes.create(pair, sheet_writing.source_page(key, title, issued=issued))
        register = root / "book" / "claims" / f"{key}.md"
        changes.create(register, sheet_writing.register_page(key))
        _edit_lists(changes, root, key, metadata.entry(arrival.entry).print_as(key))
        changes.expect(notebook_of(pair))
        changes.write()
        read(key, root=root)
        said += [*names.told(), *run_or_write(pair)]
        likeliest = f", the likeliest of {len(drafts)}" * (len(drafts) > len(first))
        doubts = sheet_writing.told_doubts(sheet.doubts)
        return [
            *changes.told,
            *(f"note:  {words}" for words in (*arrival.said, *said)),
            *(f"to settle:  {line}" for line in doubts),
            f"{len(first)} drafts to complete{likeliest}",
        ]


def _name(root: Path, text: str) -> str:
    """Return the name of the new document: the next number, and its hash.

    Raises `SourcebookError` where a source of the book has the very same text.
    """
    data = text.encode()
    numbers = [-1]
    for path in sorted((root / "seeds").iterdir()):
        if found := _NUMBERED.match(path.name):
            numbers.append(int(found[1]))
        if path.suffix == ".txt" and path.is_file() and path.read_bytes() == data:
            said = f"seeds/{path.name} holds the very same text"
            fix = "nothing to add; correct the sheet of that source"
            raise SourcebookError(said, fix=fix)
    return f"{max(numbers) + 1:03d}_{hashlib.sha256(data).hexdigest()[:16]}.txt"


def _sheet(arrival: Arrival, name: str) -> Sheet:
    """Return the sheet of a source of which nothing is coded yet."""
    text = arrival.found.text
    fields = {
        "file": name,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "issued": _issued(text, arrival.metadata.issued),
        "genre": arrival.metadata.genre,
        "extent": {"state": "whole"},
        "coverage": {"state": "partial", "only": "drafts"},
        "doubts": sheet_writing.gathered(arrival.found.doubts),
        "original": original_of(name, arrival.incoming, arrival.found),
    }
    return Sheet.model_validate(fields)


def _issued(text: str, date: str) -> dict[str, str]:
    """Return the date of issue, with the line that proves it where there is one.

    A date in running text is that of what it tells of; only a short line is a dateline.
    """
    document = clean(text)
    for mention in read_dates(document.text):
        paragraph = document.paragraph_at(mention.start)
        line = document.text[paragraph.start : paragraph.end]
        if mention.edtf == date and len(line.split()) <= _DATELINE:
            for words in (mention.text, line):
                try:
                    locate(words, document, clause=False)
                except SourcebookError:
                    continue
                return {"date": date, "quote": words}
    why = "Given when the document was added; it has no line with its date."
    return {"date": date, "inferred": why}


def _edit_lists(changes: Changes, root: Path, key: str, entry: str) -> None:
    """Note the new lines of the contents, the bibliography and the page of claims."""
    toc = (root / TOC).read_bytes()
    contents = with_page(toc.decode(), f"notebooks/sources/{key}")
    if "file: book/claims" in contents:
        contents = with_page(contents, f"book/claims/{key}")
    changes.edit(root / TOC, toc, contents)
    bib = root / references.BIB_FILE
    before = bib.read_bytes() if bib.is_file() else b""
    after = f"{before.decode().rstrip()}\n\n{entry}".lstrip()
    if key not in _works(after):
        said = f"{references.BIB_FILE}: the entry {key!r} cannot be read back"
        raise SourcebookError(said, fix="give a simpler title and author")
    if bib.is_file():
        changes.edit(bib, before, after)
    else:
        changes.create(bib, after)
    claims = root / "book" / "claims.md"
    if claims.is_file():
        listed = claims.read_bytes()
        link = sheet_writing.register_link(key)
        changes.edit(claims, listed, with_register(listed.decode(), link))


def run_or_write(pair: Path) -> list[str]:
    """Run the notebook of a text pair; where it cannot run, write it without outputs.

    Returns what there is to say about it.
    """
    try:
        with alone(pair.parents[3]):
            run_notebooks([pair])
    except SourcebookError as error:
        write_unrun(pair)
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        return [f"the notebook did not run and has no outputs yet: {lines[-1]}"]
    return []


def write_unrun(pair: Path) -> None:
    """Write the notebook of a text pair as it is before it has run."""
    text = nbformat.writes(from_text(pair), version=4) + "\n"
    put(notebook_of(pair), text.encode())


TOC = "_toc.yml"
_FIRST = {  # below which page the first one of a folder stands
    "notebooks/sources": "book/sources",
    "notebooks/synthesis": "book/questions",
    "book/claims": "book/claims",
}


def with_page(contents: str, page: str) -> str:
    """Return the contents with a page after the last of its folder.

    Raises `SourcebookError` where the page is there, or no page of its folder is.
    """
    folder = page.rpartition("/")[0]
    pages = list(_pages(_read(contents)))
    if page in [name for name, _, _ in pages]:
        fix = "choose another key"
        raise SourcebookError(f"{TOC}: {page} is in the contents already", fix=fix)
    beside = [
        (line, column)
        for name, line, column in pages
        if name.rpartition("/")[0] == folder
    ] or [(line, column) for name, line, column in pages if name == _FIRST.get(folder)]
    if not beside:
        said = f"{TOC}: no list with a page of {folder}/ to stand beside"
        fix = f"add a part with `- file: {folder}/…` for a page that is there"
        raise SourcebookError(said, fix=fix)
    line, column = max(beside)
    lines = contents.splitlines(keepends=True)
    last = lines[line]
    if last[:column].strip() != "-":
        said = f"{TOC}: line {line + 1} is not a line of its own for one page"
        raise SourcebookError(said, fix="write one page a line, as `- file: …`")
    if not last.endswith("\n"):
        lines[line] += "\n"
    lines.insert(line + 1, f"{last[:column]}file: {page}\n")
    after = "".join(lines)
    if _without(_read(after), page) != _read(contents):
        said = f"{TOC}: {page} cannot be put below line {line + 1}"
        fix = "write one page a line, without sections below the last one"
        raise SourcebookError(said, fix=fix)
    return after


def _read(contents: str) -> Any:  # noqa: ANN401 - plain data of any shape
    try:
        return YAML().load(contents)
    except YAMLError as error:
        said = f"{TOC}: {' '.join(str(error).split())}"
        raise SourcebookError(said, fix="mend it first") from None


def _without(node: Any, page: str) -> Any:  # noqa: ANN401
    """Return contents without the entry of a page that has nothing but its file."""
    if isinstance(node, dict):
        return {key: _without(value, page) for key, value in node.items()}
    if isinstance(node, list):
        return [_without(item, page) for item in node if item != {"file": page}]
    return node


def _pages(node: Any) -> Iterator[tuple[str, int, int]]:  # noqa: ANN401
    """Yield each page with the line and the column of its `file:`, both from 0."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in {"file", "root"} and isinstance(value, str):
                line, column = node.lc.key(key)  # type: ignore[attr-defined]
                yield value, line, column
            else:
                yield from _pages(value)
    elif isinstance(node, list):
        for item in node:
            yield from _pages(item)


def with_register(page: str, link: str) -> str:
    """Return the page of all claims with one more link, below the last of its kind."""
    lines = page.splitlines(keepends=True)
    links = [n for n, line in enumerate(lines) if line.startswith("* [Claims of ")]
    if not links:
        return f"{page.rstrip()}\n\n{link}\n"
    if not lines[links[-1]].endswith("\n"):
        lines[links[-1]] += "\n"
    lines.insert(links[-1] + 1, f"{link}\n")
    return "".join(lines)
