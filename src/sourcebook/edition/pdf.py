"""The reading edition as one PDF, printed by Chromium from the page `paper` makes.

Printed twice: the first time to learn on which page each place stands, the second with
these numbers in the contents and after links. No script runs and nothing is fetched.
The file is tagged, has an outline, and carries the date of the last commit and no
other.
"""

from __future__ import annotations

import importlib
import io
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from pypdf import PdfReader

from sourcebook.data.citation_file import commit_time
from sourcebook.data.encoding import put
from sourcebook.edition.compact_pdf import compact
from sourcebook.edition.epub import book_name, write_pages
from sourcebook.edition.paper import print_page, read_chapters, read_styles
from sourcebook.errors import SourcebookError

Print = Callable[[Path, bool], bytes]  # of a page, with or without tags and outline

FOLDER = "_build/pdf"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_DATE = re.compile(rb"(?<=Date \(D:)\d{14}(?=[+-]\d\d'\d\d')")
_ZONE = re.compile(rb"(Date \(D:\d{14})[+-]\d\d'\d\d'")
_MINUTES = 10 * 60_000  # milliseconds that printing may take


def build_pdf(root: Path) -> Path:
    """Build the reading edition as a PDF; return the file. Raises `SourcebookError`."""
    launch = find_browser()
    pages = write_pages(root)
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    seconds = int(commit_time(root))
    content = dated(typeset(root, pages, folder / "book.xhtml", launch), seconds)
    path = folder / f"{book_name(root)}.pdf"
    put(path, compact(content, about_book(root)))
    os.utime(path, (seconds, seconds))  # of which state of the book it is
    return path


def about_book(root: Path) -> dict[str, str]:
    """Return what a catalogue asks for, from CITATION.cff."""
    about = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    return {
        "/Author": ", ".join(author["name"] for author in about["authors"]),
        "/Subject": " ".join(about["abstract"].split()),
        "/Keywords": ", ".join(about.get("keywords", ())),
        "/Creator": f"Sourcebook {about['version']}",
    }


def typeset(root: Path, pages: Path, page: Path, print_it: Print) -> bytes:
    """Write the one page to be printed, print it twice, and return the PDF.

    Tags take half the time and move nothing, so the first print does without.
    """
    about = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    styles = read_styles(root)
    numbers: dict[str, int] = {}
    content = b""
    for to_keep in (False, True):
        chapters = read_chapters(root, pages)
        put(page, print_page(chapters, about=about, styles=styles, pages=numbers))
        content = print_it(page, to_keep)
        numbers = page_numbers(content)
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
        raise SourcebookError(
            "no Playwright, which drives the browser that prints the book\n"
            "  fix: .venv/bin/python -m pip install 'sourcebook[pdf]', or make env"
        ) from None
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)

    def print_it(page: Path, tagged: bool) -> bytes:  # noqa: FBT001
        with api.sync_playwright() as playwright:
            return _print(playwright, program, page, tagged=tagged)

    return print_it


def _print(
    playwright: Any,  # noqa: ANN401
    program: str | None,
    page: Path,
    *,
    tagged: bool,
) -> bytes:
    try:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"]
        )
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "playwright":
            raise
        raise SourcebookError(
            "no browser to print the book with\n"
            "  fix: apt-get install chromium, "
            "or .venv/bin/python -m playwright install chromium"
        ) from error
    context = browser.new_context(java_script_enabled=False, offline=True)
    tab = context.new_page()
    tab.goto(page.resolve().as_uri(), timeout=_MINUTES)
    context.set_default_timeout(_MINUTES)
    content: bytes = tab.pdf(
        prefer_css_page_size=True,
        print_background=True,
        tagged=tagged,
        outline=tagged,
    )
    browser.close()
    return content
