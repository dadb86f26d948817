"""The built book as its tests see it, and what happens where there is none.

On a developer's machine these tests are then left out, with the reason; where ``CI`` is
set they fail, so that a gate never passes because nothing was there to look at.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
HTML = ROOT / "_build" / "html"
OTHERS = ("search", "404", "genindex")  # pages that the contents do not name
WIDE = {"width": 1280, "height": 900}
FORGET = "[window.localStorage, window.sessionStorage].map((each) => each?.clear())"
UNFOLD = "document.querySelectorAll('details').forEach(d => (d.open = true))"
# Faults of the visible drawings: words cut, words over words, a drawing not as wide as
# its column. Boxes of letters are larger than the letters by some pixels.
MISPRINTED = """() =>
[...document.querySelectorAll("figure.sb-chart svg")].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  if (!frame.width || !svg.checkVisibility()) return [];
  const figure = svg.closest("figure");
  const name = figure.id || svg.getAttribute("aria-label").slice(0, 40);
  const faults = [];
  const room = svg.parentElement.getBoundingClientRect();
  if (frame.right > room.right + 1) faults.push(`${name}: wider than its column`);
  if (frame.width < Math.min(room.width, 480) - 2) faults.push(`${name}: too narrow`);
  const words = [...svg.querySelectorAll("text")]
    .filter((text) => text.textContent.trim() && getComputedStyle(text).opacity !== "0")
    .map((text) => [text.textContent, text.getBoundingClientRect()])
    .filter(([, box]) => box.width);
  words.forEach(([text, a], n) => {
    if (text.endsWith("…")) faults.push(`${name}: cut ${text}`);
    if (a.left < frame.left - 1.5 || a.right > frame.right + 1.5 ||
        a.top < frame.top - 2 || a.bottom > frame.bottom + 2)
      faults.push(`${name}: outside: ${text}`);
    for (const [other, b] of words.slice(n + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1.5 && down > 0.35 * Math.min(a.height, b.height))
        faults.push(`${name}: ${text} over ${other}`);
    }
  });
  return faults;
})"""
# Every chart that is not folded away is drawn for the width it has, and nothing else is
# to be done. A page's policy lets no page poll: so it is asked to wait by itself.
SETTLED = """async () => {
  const idle = () => new Promise((done) => requestIdleCallback(done, { timeout: 500 }));
  const frame = () => new Promise(requestAnimationFrame);
  const drawn = (figure) => !figure.checkVisibility() || (figure.view &&
    Math.abs(figure.drawnAt - figure.clientWidth) <= 1 &&
    !figure.querySelector(".sb-live").style.minHeight);
  const live = [...document.querySelectorAll("figure.vega")];
  for (let n = 0; n < 2; n++) await frame();
  for (let n = 0; n < 1800 && !live.every(drawn); n++) await frame();
  await idle();
  return live.every(drawn);
}"""


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
def pages(site: Path, parsed) -> dict[str, BeautifulSoup]:
    """Every page of the table of contents, parsed, by its name there."""
    return {name: parsed(site / f"{name}.html") for name in page_names()}


@pytest.fixture(scope="session")
def context(browser):
    """Return what gives the window that pages open in, by what it can do."""

    @cache
    def open_context(*, touch: bool, javascript: bool):
        return browser.new_context(
            has_touch=touch, is_mobile=touch, java_script_enabled=javascript
        )

    return open_context


@pytest.fixture(scope="session")
def left():
    """The pages that no test looks at now: the next one goes on in them.

    A new page would read every script anew, which takes longer than all the rest.
    """
    return defaultdict(list)


@pytest.fixture(scope="session")
def leave(left):
    """Return what leaves a page as if nobody had been there."""

    def leave_page(page):
        page.evaluate(FORGET)
        page.mouse.move(0, 0)
        page.goto("about:blank")
        left[page.context].append(page)

    return leave_page


@pytest.fixture(scope="session")
def opening(context, left, site):
    """Return a function that opens a page from disk and notes what it asks and says."""

    def open_page(
        name,
        *,
        viewport=WIDE,
        dark=False,
        javascript=True,
        touch=False,
        unfolded=False,
    ):
        window = context(touch=touch, javascript=javascript)
        page = left[window].pop() if left[window] else _listened(window.new_page())
        page.set_viewport_size(viewport)
        scheme = "dark" if dark else "light"
        page.emulate_media(media="null", color_scheme=scheme, reduced_motion="null")
        page.asked, page.said = [], []
        page.goto((site / f"{name}.html").as_uri(), wait_until="load")
        if unfolded:
            page.wait_for_selector("html.sb-folded")
            page.evaluate(UNFOLD)
        return page

    return open_page


def _listened(page):
    page.on("request", lambda request: _note_address(page.asked, request.url))
    page.on("websocket", lambda socket: page.asked.append(socket.url))
    page.on("console", lambda m: _note(page.said, m))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    return page


@pytest.fixture
def visit(opening, left, leave):
    """Return a function that opens a page, until the test has ended."""
    opened = []

    def open_page(*name, **options):
        opened.append(opening(*name, **options))
        return opened[-1]

    yield open_page
    for page in dict.fromkeys(opened):
        if not page.is_closed() and page not in left[page.context]:
            leave(page)


@pytest.fixture(scope="session")
def settle():
    """Return what gives a page a width, and waits until its charts are drawn in it."""

    def settle_at(page, width, height):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(SETTLED), "a chart was not drawn"

    return settle_at


@pytest.fixture(scope="session")
def misprinted():
    """Return what lists the labels of a page's charts that cannot be read whole."""
    return lambda page: page.evaluate(MISPRINTED)


def _note_address(asked, address):
    if address.startswith(("http:", "https:")):
        asked.append(address)


def _note(said, message):
    if message.type in {"error", "warning"}:
        said.append(message.text)
