"""The built book as its tests see it, and what happens where there is none.

On a developer's machine these tests are then left out, with the reason; where ``CI`` is
set they fail, so that a gate never passes because nothing was there to look at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"
OTHERS = ("search", "404", "genindex")  # pages that the contents do not name
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND"  # every way to another host is closed
FLAGS = [
    NOWHERE,
    *"--no-sandbox --disable-gpu --disable-quic --no-first-run".split(),
    *"--disable-background-networking --disable-component-update".split(),
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
UNFOLD = "document.querySelectorAll('details').forEach(d => (d.open = true))"


def page_names() -> list[str]:
    """Every page of the table of contents, in its order."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    chapters = [c for part in contents["parts"] for c in part["chapters"]]
    return [contents["root"], *_files(chapters)]


def _files(entries: list[dict]) -> list[str]:
    return [
        name
        for entry in entries
        for name in (entry["file"], *_files(entry.get("sections", [])))
    ]


def rank(item: pytest.Item) -> int:
    """Quick tests speak first: code, then notebooks, then pages, then the slow."""
    if item.get_closest_marker("slow"):
        return 3
    if item.get_closest_marker("book"):
        return 2
    return 1 if item.path.suffix == ".ipynb" else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    several = "PYTEST_XDIST_WORKER" in os.environ  # who must end together: slow first
    items.sort(key=rank, reverse=several)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", page_names())
    if "any_page" in metafunc.fixturenames:
        metafunc.parametrize("any_page", [*page_names(), *OTHERS])


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built pages."""
    if not (HTML / "index.html").is_file():
        reason = "there is no built book in _build/html; make book"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return HTML


@pytest.fixture(scope="session")
def parsed() -> Callable[[Path], BeautifulSoup]:
    """Return what gives a page parsed, each once for all tests: it takes long."""

    @cache
    def parse(path: Path) -> BeautifulSoup:
        return BeautifulSoup(path.read_text("utf-8"), "html.parser")

    return parse


@pytest.fixture(scope="session")
def written(site: Path) -> dict[str, str]:
    """Every page of the table of contents as it is written, by its name there."""
    return {name: (site / f"{name}.html").read_text("utf-8") for name in page_names()}


@pytest.fixture(scope="session")
def pages(site: Path, parsed) -> dict[str, BeautifulSoup]:
    """Every page of the table of contents, parsed, by its name there."""
    return {name: parsed(site / f"{name}.html") for name in page_names()}


@pytest.fixture(scope="module")
def browser():
    """A browser for the tests of one file: its event loop must not outlive them."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium; CI must install one")
        pytest.skip("no Chromium here; install it: apt-get install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture(scope="module")
def context(browser, site):
    """Return what gives the window that pages open in, by what it can do.

    A page stays open in it, and with it the process that draws pages: a new one would
    read every script anew, which takes longer than all the rest of a test.
    """

    @cache
    def open_context(*, touch: bool, javascript: bool):
        made = browser.new_context(
            has_touch=touch, is_mobile=touch, java_script_enabled=javascript
        )
        made.new_page().goto((site / "404.html").as_uri())
        return made

    return open_context


@pytest.fixture
def visit(context, site):
    """Return a function that opens a page from disk and notes what it asks and says."""
    opened = []

    def open_page(
        name,
        *,
        query="",
        viewport=WIDE,
        dark=False,
        javascript=True,
        touch=False,
        unfolded=False,
    ):
        page = context(touch=touch, javascript=javascript).new_page()
        opened.append(page)
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.asked, page.said = [], []
        page.on("request", lambda request: _note_address(page.asked, request.url))
        page.on("websocket", lambda socket: page.asked.append(socket.url))
        page.on("console", lambda m: _note(page.said, m))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        address = (site / f"{name}.html").as_uri()
        page.goto(f"{address}?{query}" if query else address, wait_until="load")
        if unfolded:
            page.wait_for_selector("html.sb-folded")
            page.evaluate(UNFOLD)
        return page

    yield open_page
    for page in opened:
        if not page.is_closed():
            page.evaluate("window.localStorage?.clear()")  # the next is a new reader
            page.close()


def _note_address(asked, address):
    if address.startswith(("http:", "https:")):
        asked.append(address)


def _note(said, message):
    if message.type in {"error", "warning"}:
        said.append(message.text)
