"""The text of a PDF, page after page, in the order in which the file has it.

A page is pictures or text; what is scanned has no text to read, and nothing here
guesses letters from pictures. Columns, tables and notes come out as the file has them.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from importlib.metadata import version
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from sourcebook.authoring.text_extraction import Extract
from sourcebook.errors import SourcebookError
from sourcebook.reading.text.layout import is_finished

if TYPE_CHECKING:
    from sourcebook.authoring.incoming_file import Incoming

_LETTERS = 20  # a page on the average: fewer, and the pages are pictures
_HEAD_LINES = 4  # so far from the edge of a page its head and foot are looked for
_FEWEST_HEADS = 3  # on fewer pages a line is only said twice
_NUMBER = re.compile(r"\b\d{1,4}\b")
_NOTE = re.compile(  # the mark of a note, or the number of a section, and its words
    r"\d{1,3}[\"“‘]?(?:[A-Z][a-z]|A )|\d{1,2}(?:\.\d{1,2})+\.? +[A-Z]"
)
_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?")


def read_pdf(incoming: Incoming) -> Extract:
    """Return the text of a PDF. Raises `SourcebookError`."""
    name = incoming.name
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it tells of each small flaw
    try:
        reader = PdfReader(io.BytesIO(incoming.data))
        _unlock(reader, name)
        pages = [page.extract_text().strip("\n") for page in reader.pages]
        proposals = _properties(reader)
    except SourcebookError:
        raise
    except RecursionError:
        raise SourcebookError(
            f"{name}: nested too deeply to be read\n  fix: save its text as .txt"
        ) from None
    except Exception as error:  # whatever the library meets in a broken file
        raise SourcebookError(
            f"{name}: not a PDF that can be read ({error})\n"
            "  fix: open it and save or print it again as PDF"
        ) from error
    letters = [len(re.findall(r"\w", page)) for page in pages]
    if sum(letters) < _LETTERS * max(1, len(pages)):
        raise SourcebookError(
            f"{name}: {len(pages)} pages and almost no text: it seems to be scanned\n"
            "  fix: run it through text recognition (OCR), or name a copy with text"
        )
    said = [f"read {len(pages)} page{'s' * (len(pages) != 1)}"]
    if empty := [str(n) for n, count in enumerate(letters, 1) if not count]:
        said.append(f"found no text on page {', '.join(empty)}")
    used = f"pypdf {version('pypdf')}"
    said.append("parted paragraphs where a line leaves room for the next word")
    pages, heads = _without_heads(pages)
    if heads:
        said.append(f"left out what stands on every page: {'; '.join(heads)}")
    text = "\n\n".join(filter(None, map(_part, pages))) + "\n"
    return Extract(name, text, tuple(said), proposals, used)


def _without_heads(pages: list[str]) -> tuple[list[str], list[str]]:
    """Take out page numbers and what the pages repeat at their head or foot.

    Returns the pages, and the lines left out, each once, with # for the page number.
    """
    parted = [[line.strip() for line in page.split("\n")] for page in pages]
    edges = [_edges(lines, number) for number, lines in enumerate(parted)]
    seen = Counter(key for found in edges for keys in found.values() for key in keys)
    least = max(_FEWEST_HEADS, sum(map(bool, edges)) * 4 // 5)
    heads = {key for key, count in seen.items() if count >= least}
    kept = [
        [line for at, line in enumerate(lines) if not heads & found.get(at, set())]
        for lines, found in zip(parted, edges, strict=True)
    ]
    told = dict.fromkeys(words for words, _ in seen if (words, _) in heads)
    return ["\n".join(lines).strip("\n") for lines in kept], list(told)


def _edges(lines: list[str], number: int) -> dict[int, set[tuple[str, int | None]]]:
    """Return the lines at the edges of a page by their place, ready to be compared.

    A line is itself, or what is around its first or last number where that counts the
    pages: a figure in a table does not grow by one from page to page.
    """
    full = [at for at, line in enumerate(lines) if line]
    found: dict[int, set[tuple[str, int | None]]] = {}
    for at in {*full[:_HEAD_LINES], *full[-_HEAD_LINES:]}:
        line, numbers = lines[at], _NUMBER.findall(lines[at])
        found[at] = {(line, None)} if re.search(r"[^\W\d_]", line) else set()
        for each in {*numbers[:1], *numbers[-1:]}:
            words = re.sub(rf"\b{each}\b", "#", line)
            found[at].add((words, int(each) - number))
    return found


def _part(page: str) -> str:
    """Return a page with a blank line after the last line of each paragraph.

    A line is a last one if the next word would have fitted beside it: after a full stop
    with some room left, without one (a title, a cell) with plenty; or if what follows
    it begins with the mark of a note or the number of a section.
    """
    lines = [line.strip() for line in page.split("\n")]
    lengths = sorted(map(len, lines))
    width = lengths[len(lengths) * 9 // 10]
    parted = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        parted.append(line)
        room = width - len(line) - len(after.partition(" ")[0]) - 1
        needed = width / 8 if is_finished(line) else width * 2 / 5
        ends = after and not after[0].islower() and room > needed
        if line and (ends or _NOTE.match(after)):
            parted.append("")
    return "\n".join(parted)


def _unlock(reader: PdfReader, name: str) -> None:
    """Open what anybody can open; refuse what needs a password."""
    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except (DependencyError, PyPdfError, NotImplementedError):
        opened = False
    if not opened:
        raise SourcebookError(
            f"{name}: encrypted\n"
            "  fix: open it with its password and print it as a PDF without one"
        )


def _properties(reader: PdfReader) -> dict[str, str]:
    """Return what the file says about itself; a date down to its day."""
    info = reader.metadata
    if info is None:
        return {}
    found = {"title": info.title, "author": info.author}
    if dated := _DATE.match(str(info.get("/CreationDate", ""))):
        found["issued"] = "-".join(part for part in dated.groups() if part)
    return {name: str(value).strip() for name, value in found.items() if value}
