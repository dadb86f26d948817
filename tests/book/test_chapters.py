"""A chapter opens with its answer, keeps its evidence below, and loses nothing."""

from __future__ import annotations

import re

import pytest

pytestmark = [pytest.mark.book, pytest.mark.browser]

GAS = "notebooks/synthesis/gas"
RECORD = "notebooks/synthesis/record"
WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
MOST_WORDS, MOST_SCREENS, MOST_PHONE_SCREENS = 1800, 10, 16
MOST_IN_SHORT, PICTURES = 90, 2

_WORDS = "(document.querySelector('article').innerText.match(/\\S+/g) || []).length"
_HEIGHT = "document.querySelector('article').offsetHeight"
_TOP = "e => e.getBoundingClientRect().bottom"


@pytest.fixture
def chapters(root):
    found = sorted((root / "book" / "questions").glob("*.yml"))
    return [f"notebooks/synthesis/{path.stem}" for path in found] + [RECORD]


def test_every_chapter_keeps_to_its_budget_and_the_first_screen_answers(
    visit, leave, settle, chapters
):
    over, late = [], []
    for name in chapters:
        page = visit(name, viewport=PHONE)
        page.wait_for_selector("html.sb-folded")
        for frame, most in ((PHONE, MOST_PHONE_SCREENS), (WIDE, MOST_SCREENS)):
            settle(page, **frame)
            words = page.evaluate(_WORDS)
            screens = page.evaluate(_HEIGHT) / frame["height"]
            if words > MOST_WORDS or screens > most:
                over.append(f"{name}: {words} words, {screens:.1f} screens, {frame}")
            box = page.locator(".sb-short").first
            words = len(re.findall(r"\S+", box.locator("ul").inner_text()))
            bottom = box.evaluate(_TOP)
            caption = page.locator("figure figcaption").first.evaluate(_TOP)
            if words > MOST_IN_SHORT or max(bottom, caption) > frame["height"]:
                late.append(f"{name}: {words} words, to {bottom:.0f}, {caption:.0f}")
        leave(page)
    assert (over, late) == ([], [])


def test_every_chapter_has_pictures(site, parsed, chapters):
    few = {
        name: len(
            parsed(site / f"{name}.html").select(".cell figure, .cell .sb-ledger")
        )
        for name in chapters
    }
    assert {name: n for name, n in few.items() if n < PICTURES} == {}


def test_a_link_opens_what_it_leads_to(visit):
    page = visit(GAS)
    page.wait_for_selector("html.sb-folded")
    card = page.locator("#question-share-of-eu-gas")
    assert card.get_attribute("open") is None
    page.evaluate("location.hash = '#question-share-of-eu-gas'")
    card.locator("table").first.wait_for(state="visible")
    assert card.evaluate("e => e.getBoundingClientRect().top") < WIDE["height"]


def test_code_is_behind_one_switch(visit):
    page = visit(GAS)
    page.wait_for_selector("html.sb-folded")
    code = page.locator(".cell_input").first
    assert not code.is_visible()
    page.locator(".article-header-buttons > .sb-code-switch").click()
    code.wait_for(state="visible")
    assert page.locator(".sb-code-switch").first.get_attribute("aria-pressed") == "true"


def test_on_a_phone_the_code_switch_is_in_the_menu(visit):
    page = visit(GAS, viewport={"width": 390, "height": 844})
    page.wait_for_selector("html.sb-folded")
    assert not page.locator(".article-header-buttons > .sb-code-switch").is_visible()
    page.locator(".dropdown-download-buttons > button").click()
    page.locator(".dropdown .sb-code-switch").click()
    page.locator(".cell_input").first.wait_for(state="visible")


def test_how_a_file_was_read_is_folded_and_no_raw_value_is_shown(visit, corpus):
    for name in corpus.sources:
        page = visit(f"notebooks/sources/{name}")
        page.wait_for_selector("html.sb-folded")
        fold = page.locator("#how-the-file-was-read > details")
        assert fold.get_attribute("open") is None
        assert "SHA-256" in fold.text_content()
        assert "Span(" not in page.locator("article").text_content()


def test_without_scripts_and_on_paper_nothing_is_folded(visit):
    body = "#question-share-of-eu-gas > table"
    still = visit(GAS, javascript=False)
    assert still.locator(body).is_visible()
    page = visit(GAS)
    page.wait_for_selector("html.sb-folded")
    page.emulate_media(media="print")
    assert page.locator(body).is_visible()
    # A long table breaks over pages: kept whole, it leaves most of one page empty.
    whole = page.locator(body).evaluate("table => getComputedStyle(table).breakInside")
    assert whole == "auto"


def test_a_link_to_a_question_shows_its_answer(visit):
    page = visit("book/index")
    link = page.locator("a.sb-question").first
    link.hover()
    card = page.locator(".sb-evidence:popover-open")
    card.wait_for()
    assert card.locator(".sb-badge").inner_text()
    assert card.locator("table td").count() > 0
