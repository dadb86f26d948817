"""The reading edition as one PDF, printed by Chromium from the page `paper` makes.

It is printed twice: the first time to learn on which page each place stands, the second
with these numbers in the contents and after links. No script runs and nothing is
fetched. The file is tagged, has an outline, and carries the date of the last commit and
no other.

Chromium writes the tree of tags, two thirds of the file, as plain text. Here everything
that is not a stream goes into compressed object streams (PDF 1.5), and what a library's
catalogue asks for is added. The same content gives the same bytes.
"""

import hashlib
import importlib
import io
import os
import re
import shutil
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import PdfObject, StreamObject

from sourcebook.coding.book_files import put
from sourcebook.data.citation import about_book, commit_time
from sourcebook.edition.epub import book_name, write_pages
from sourcebook.edition.paper import print_page, read_chapters, read_styles
from sourcebook.errors import SourcebookError

_BATCH = 50  # objects in one stream: a reader goes through all to see one
_FREE, _PLAIN, _IN_STREAM = 0, 1, 2  # kinds of entry in a table of objects


def compact(content: bytes, words: Mapping[str, str]) -> bytes:
    """Return a PDF with fewer bytes, and with entries such as ``/Author`` added."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.add_metadata(dict(words))
    objects = dict(enumerate(writer._objects, 1))  # noqa: SLF001 - as they are kept
    info = writer._info  # noqa: SLF001
    root = writer.root_object.indirect_reference
    if info is None or info.indirect_reference is None or root is None:
        raise AssertionError  # a cloned file has both
    ends = f"/Root {root.idnum} 0 R /Info {info.indirect_reference.idnum} 0 R"
    return _written({n: o for n, o in objects.items() if o is not None}, ends)


def _written(objects: Mapping[int, PdfObject], ends: str) -> bytes:
    out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    table: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 0xFFFF)}
    small = []
    for number, each in objects.items():
        if isinstance(each, StreamObject):
            table[number] = (_PLAIN, len(out), 0)
            out += _object(number, _bytes(each))
        else:
            small.append((number, _bytes(each)))
    new = max(objects) + 1
    for start in range(0, len(small), _BATCH):
        batch = small[start : start + _BATCH]
        table |= {n: (_IN_STREAM, new, i) for i, (n, _) in enumerate(batch)}
        table[new] = (_PLAIN, len(out), 0)
        out += _object(new, _batch(batch))
        new += 1
    at = len(out)
    table[new] = (_PLAIN, at, 0)
    name = hashlib.sha256(out).hexdigest()[:32]
    out += _object(new, _table(table, f"{ends} /ID [<{name}><{name}>]"))
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % at)


def _bytes(each: PdfObject) -> bytes:
    written = io.BytesIO()
    each.write_to_stream(written)
    return written.getvalue()


def _object(number: int, content: bytes) -> bytes:
    return b"%d 0 obj\n%s\nendobj\n" % (number, content)


def _stream(words: str, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = f"<< {words} /Filter /FlateDecode /Length {len(packed)} >>\nstream\n"
    return head.encode() + packed + b"\nendstream"


def _batch(objects: list[tuple[int, bytes]]) -> bytes:
    """Return some objects as one stream: their numbers and places, then they."""
    places, body = [], b""
    for number, content in objects:
        places.append(f"{number} {len(body)}")
        body += content + b"\n"
    head = " ".join(places).encode() + b"\n"
    words = f"/Type /ObjStm /N {len(objects)} /First {len(head)}"
    return _stream(words, head + body)


def _table(entries: Mapping[int, tuple[int, int, int]], ends: str) -> bytes:
    """Return where each object is, by number, as a stream of fixed widths."""
    size = max(entries) + 1
    rows = (entries.get(number, (_FREE, 0, 0)) for number in range(size))
    body = b"".join(
        kind.to_bytes(1) + place.to_bytes(4) + more.to_bytes(2)
        for kind, place, more in rows
    )
    return _stream(f"/Type /XRef /Size {size} /W [1 4 2] {ends}", body)


Print = Callable[[Path, bool], bytes]  # of a page, with or without tags and outline

PDF_FOLDER = "_build/pdf"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_DATE = re.compile(rb"(?<=Date \(D:)\d{14}(?=[+-]\d\d'\d\d')")
_ZONE = re.compile(rb"(Date \(D:\d{14})[+-]\d\d'\d\d'")
_MINUTES = 10 * 60_000  # milliseconds that printing may take


def build_pdf(root: Path) -> Path:
    """Build the reading edition as a PDF; return the file. Raises `SourcebookError`."""
    launch = find_browser()
    pages = write_pages(root)
    folder = root / PDF_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    seconds = int(commit_time(root))
    content = dated(typeset(root, pages, folder / "book.xhtml", launch), seconds)
    path = folder / f"{book_name(root)}.pdf"
    put(path, compact(content, catalogued(root)))
    os.utime(path, (seconds, seconds))  # of which state of the book it is
    return path


def catalogued(root: Path) -> dict[str, str]:
    """Return what a catalogue asks for, from CITATION.cff."""
    about = about_book(root)
    return {
        "/Author": ", ".join(author["name"] for author in about["authors"]),
        "/Subject": " ".join(about["abstract"].split()),
        "/Keywords": ", ".join(about.get("keywords", ())),
        "/Creator": f"Sourcebook {about['version']}",
    }


_PRINTS = (False, True, True, True)  # whether each is to be kept


def typeset(root: Path, pages: Path, page: Path, print_it: Print) -> bytes:
    """Write the one page to be printed, print it until it is right, return the PDF."""
    about = about_book(root)
    styles = read_styles(root)
    # The numbers of pages are known after a print, and may move what they stand in: it
    # is printed again until they are those it was printed with.
    numbers: dict[str, int] = {}
    content = b""
    # Tags take half the time and move nothing: the first print does without.
    for to_keep in _PRINTS:
        chapters = read_chapters(root, pages)
        put(page, print_page(chapters, about=about, styles=styles, pages=numbers))
        content = print_it(page, to_keep)
        found = page_numbers(content)
        if to_keep and found == numbers:
            break
        numbers = found
    return content


def page_numbers(content: bytes) -> dict[str, int]:
    """Return the number, from 1, of the page on which each named place stands."""
    reader = PdfReader(io.BytesIO(content))
    found = {}
    for name, place in reader.named_destinations.items():
        number = reader.get_destination_page_number(place)
        if number is not None:
            found[name.removeprefix("/")] = number + 1
    return found


def dated(content: bytes, seconds: int) -> bytes:
    """Return a PDF with every date set; nothing in it moves."""
    stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime(seconds)).encode()
    return _ZONE.sub(rb"\1+00'00'", _DATE.sub(stamp, content))


def find_browser() -> Print:
    """Return a function that prints a page. Raises `SourcebookError` without one."""
    try:
        api = importlib.import_module("playwright.sync_api")
    except ModuleNotFoundError:
        said = "no Playwright, which drives the browser that prints the book"
        fix = ".venv/bin/python -m pip install 'sourcebook[pdf]', or make env"
        raise SourcebookError(said, fix=fix) from None
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)

    def print_it(page: Path, tagged: bool) -> bytes:  # noqa: FBT001
        with api.sync_playwright() as playwright:
            try:
                browser = playwright.chromium.launch(
                    executable_path=program, args=["--no-sandbox"]
                )
            except api.Error as error:
                said, fix = "no browser to print the book with", "apt-get install "
                also = "chromium, or .venv/bin/python -m playwright install chromium"
                raise SourcebookError(said, fix=f"{fix}{also}") from error
            context = browser.new_context(java_script_enabled=False, offline=True)
            tab = context.new_page()
            tab.goto(page.resolve().as_uri(), timeout=_MINUTES)
            context.set_default_timeout(_MINUTES)
            content: bytes = tab.pdf(
                prefer_css_page_size=True, print_background=True,
                tagged=tagged, outline=tagged,
            )  # fmt: skip
            browser.close()
            return content

    return print_it
