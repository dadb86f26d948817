"""The built book in a real browser, with every way to another host closed."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.book, pytest.mark.browser]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
GAS = "notebooks/synthesis/gas"


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
