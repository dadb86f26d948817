"""The built book in a real browser, with every way to another host closed."""

from __future__ import annotations

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

pytestmark = [pytest.mark.book, pytest.mark.browser]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
GAS = "notebooks/synthesis/gas"


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium; CI must install one")
        pytest.skip("no Chromium here; install it: apt-get install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture
def visit(browser, site):
    """Return a function that opens a page from disk and notes what it asks and says."""
    opened = []

    def open_page(name, *, viewport=WIDE, dark=False, javascript=True):
        context = browser.new_context(
            viewport=viewport,
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
        )
        opened.append(context)
        page = context.new_page()
        page.asked, page.said = [], []

        def route(request):
            if request.request.url.startswith(("http:", "https:", "ws:", "wss:")):
                page.asked.append(request.request.url)
                return request.abort()
            return request.continue_()

        page.route("**/*", route)
        page.on("console", lambda m: _note(page.said, m))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto((site / f"{name}.html").as_uri(), wait_until="load")
        return page

    yield open_page
    for context in opened:
        context.close()


def _note(said, message):
    if message.type in {"error", "warning"}:
        said.append(message.text)


def test_a_page_asks_nobody_and_complains_of_nothing(visit, page_name):
    page = visit(page_name)
    page.wait_for_timeout(300)
    assert page.asked == []
    assert page.said == []


def test_a_page_fits_a_phone(visit, page_name):
    page = visit(page_name, viewport=PHONE)
    page.wait_for_timeout(300)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


def test_the_reading_of_around_can_be_moved(visit):
    page = visit(GAS)
    figure = page.locator("figure.vega", has=page.locator("input[type=range]"))
    slider = figure.locator("input[type=range]")
    slider.wait_for()
    before = figure.inner_text()
    slider.fill("0.2")
    page.wait_for_timeout(300)
    assert figure.inner_text() != before


def test_without_javascript_the_chart_is_a_still_picture(visit):
    page = visit(GAS, javascript=False)
    assert page.locator("figure.vega svg").first.is_visible()


def test_marked_words_lead_to_the_passage(visit):
    page = visit("book/index")
    page.locator("a.sb-claim").first.click()
    entry = page.locator("#claim-valiyev-yagubova-2022-gas-share")
    assert "around 5%" in entry.inner_text()
    assert entry.evaluate("e => e.getBoundingClientRect().top") < WIDE["height"]


def test_dark_pages_are_dark(visit):
    page = visit(GAS, dark=True)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(int(part) for part in ground[4:-1].split(",")) < 80
