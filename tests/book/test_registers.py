"""Registers of claims, and pages of actors and topics, as a reader meets them."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.book, pytest.mark.browser]

WIDE, PHONE = {"width": 1400, "height": 900}, {"width": 390, "height": 844}
STUDY, ACTORS, TOPICS = "book/claims/van-gils-2017", "book/actors", "book/topics"
MOST_SCREENS = 30  # of a register, with its longest section open
_HEIGHT = "document.querySelector('article').offsetHeight"
_LONGEST = """() => Math.max(...[...document.querySelectorAll('details.sb-fold')].map(
    (each) => { each.open = true; const height = each.offsetHeight; each.open = false;
                return height; }), 0)"""


@pytest.fixture
def registers(corpus):
    return [f"book/claims/{citekey}" for citekey in corpus.sources]


def test_no_register_is_longer_than_a_reader_goes(visit, registers):
    long = {}
    for name in registers:
        page = visit(name, viewport=WIDE)
        if page.locator("details.sb-fold").count():
            page.wait_for_selector("html.sb-folded")
        height = page.evaluate(_HEIGHT) + page.evaluate(_LONGEST)
        if height > MOST_SCREENS * WIDE["height"]:
            long[name] = height / WIDE["height"]
    assert long == {}


def test_the_contents_at_the_side_are_the_sections_of_the_text(visit, corpus):
    page = visit(STUDY, viewport=WIDE)
    shown = page.locator(".bd-sidebar-secondary nav a").all_inner_texts()
    claims = corpus.sources["van-gils-2017"].claims()
    assert len(shown) == len({claim.section for claim in claims})
    assert "Official channels of communication" in shown


@pytest.mark.parametrize("frame", [WIDE, PHONE], ids=["wide", "phone"])
def test_an_address_from_before_the_sections_opens_the_right_one(visit, frame):
    page = visit(STUDY, viewport=frame)
    page.wait_for_selector("html.sb-folded")
    entry = page.locator("#claim-van-gils-2017-political-prisoners")
    assert not entry.is_visible()
    page.evaluate("location.hash = '#claim-van-gils-2017-political-prisoners'")
    entry.wait_for(state="visible")
    assert 0 <= entry.evaluate("e => e.getBoundingClientRect().top") < 300
    assert page.locator("details.sb-fold[open]").count() == 1


def test_a_name_unfolds_to_what_is_said_of_it(visit):
    page = visit(ACTORS, viewport=PHONE)
    page.wait_for_selector("html.sb-folded")
    page.evaluate("location.hash = '#index-benjamin-godwin'")
    line = page.locator("details", has=page.locator("#index-benjamin-godwin"))
    line.locator(".sb-passages a").first.wait_for(state="visible")
    words = line.inner_text()
    assert "risk analyst" in words
    assert "What Benjamin Godwin says" in words
    assert "BBC report (2025)" in words
    assert line.locator(".sb-asked .sb-badge").count() > 0
    line.locator(".sb-passages a").first.click()
    page.wait_for_url("**/book/claims/bbc-2025.html#claim-bbc-2025-*")


def test_a_topic_has_its_questions_before_its_passages(visit):
    page = visit(TOPICS, viewport=WIDE)
    page.wait_for_selector("html.sb-folded")
    line = page.locator("details", has=page.locator("#index-gas-share"))
    line.locator("summary").first.click()
    asked, said = line.locator(".sb-asked"), line.locator(".sb-passages")
    top = "e => e.getBoundingClientRect().top"
    assert asked.evaluate(top) < said.first.evaluate(top)
    assert "policy brief (2022)" in line.inner_text()
