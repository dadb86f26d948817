"""The reading edition as one PDF, printed by Chromium from the page `paper` makes.

It is printed twice: the first time to learn on which page each place stands, the second
with these numbers in the contents and after links. No script runs and nothing is
fetched. The file is tagged, has an outline, and carries the date of the last commit and
no other.

Chromium writes the tree of tags, two thirds of the file, as plain text: it goes into
compressed object streams (PDF 1.5), and what a library's catalogue asks for is added.
The same content gives the same bytes.
"""

import importlib
import io
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from pypdf import PdfReader

from sourcebook.coding.book_files import put
from sourcebook.data.citation import about_book, commit_time
from sourcebook.edition.epub import book_name, write_pages
from sourcebook.edition.paper import print_page, read_chapters, read_styles
from sourcebook.errors import SourcebookError


def compact(content: bytes, words: Mapping[str, str]) -> bytes:
    """Return a PDF with fewer bytes, and with entries such as ``/Author`` added."""
    pikepdf = importlib.import_module("pikepdf")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for name, value in words.items():
            pdf.docinfo[name] = value
        streams = pikepdf.ObjectStreamMode.generate
        pdf.save(out, object_stream_mode=streams, deterministic_id=True)
    return out.getvalue()


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
        importlib.import_module("pikepdf")
    except ModuleNotFoundError as missing:
        said = f"no {missing.name}, without which the book is not printed as a PDF"
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
