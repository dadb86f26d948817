"""Evidence where it is pointed at: by mouse, by keyboard, by finger, and by none."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.book, pytest.mark.browser]

# A place of the window that is neither the open card nor a link: plain words.
NOTHING = """() => {
  for (let y = innerHeight - 5; y > 0; y -= 5)
    for (let x = 5; x < innerWidth; x += 5) {
      const found = document.elementFromPoint(x, y);
      if (found.matches("article p")) return [x, y];
    }
}"""
GAS, GUIDE = "notebooks/synthesis/gas", "book/how-to-read"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
BRIEF = "claim-valiyev-yagubova-2022-gas-share"
ENTRY = f"book/claims/valiyev-yagubova-2022.html#{BRIEF}"
OPEN = ".sb-evidence:popover-open"
FOCUSED = "document.activeElement.getAttribute('href')"


def link_to(page, anchor=BRIEF):
    return page.locator(f"article p > a[href$='#{anchor}']").first


def opened(page):
    return page.locator(OPEN)


def reach(page, link):
    """Put the focus on a link as the Tab key does."""
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    opened(page).wait_for()


def test_pointing_opens_a_card_that_can_be_reached_and_left(visit):
    page = visit(GAS)
    link_to(page).hover()
    opened(page).wait_for()
    words = opened(page).inner_text()
    for expected in (
        "around 5%",
        "4.5 to 5.5",
        "April 2022",
        "EU gas demand",
        "What share",
    ):
        assert expected in words
    opened(page).hover()
    page.wait_for_timeout(600)
    assert opened(page).is_visible()
    page.mouse.move(2, 2)
    opened(page).wait_for(state="hidden")
    assert page.said == []


def test_passing_over_a_link_opens_nothing(visit):
    page = visit(GAS)
    page.evaluate("addEventListener('beforetoggle', () => (window.moved = true), true)")
    link_to(page).evaluate(
        """link => {
          const over = () => new PointerEvent("pointerover", { bubbles: true });
          link.dispatchEvent(over());
          document.body.dispatchEvent(over());
        }"""
    )
    page.wait_for_timeout(500)
    assert not page.evaluate("window.moved")


def test_a_click_leads_to_the_entry_as_it_always_did(visit):
    page = visit(GAS)
    link_to(page).click()
    page.wait_for_url(f"**/{ENTRY}")


def test_focus_opens_tab_goes_in_and_escape_comes_back(visit):
    page = visit(GAS)
    reach(page, link_to(page))
    described = link_to(page).get_attribute("aria-describedby")
    assert "around 5%" in page.locator(f"#{described}").inner_text()
    assert link_to(page).get_attribute("title") is None
    hrefs = []
    for _ in opened(page).locator("a").all():
        page.keyboard.press("Tab")
        hrefs.append(page.evaluate(FOCUSED))
    assert hrefs[0] == "#question-share-of-eu-gas"
    assert hrefs[-1].endswith(ENTRY)
    page.keyboard.press("Escape")
    assert opened(page).count() == 0
    assert page.evaluate(FOCUSED).endswith(ENTRY)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{ENTRY}")


def test_escape_closes_a_card_that_was_pointed_at(visit):
    page = visit(GAS)
    link_to(page).hover()
    opened(page).wait_for()
    page.keyboard.press("Escape")
    assert opened(page).count() == 0


def test_leaving_by_tab_closes_the_card(visit):
    page = visit(GUIDE)
    reach(page, link_to(page))
    for _ in range(opened(page).locator("a").count() + 1):
        page.keyboard.press("Tab")
    assert link_to(page).evaluate(
        "link => !link.nextElementSibling.matches(':popover-open')"
    )


def test_a_tap_opens_the_card_and_the_link_in_it_leads_on(visit):
    page = visit(GAS, viewport=PHONE, touch=True)
    before = page.url
    link_to(page).tap()
    opened(page).wait_for()
    assert page.url == before
    box = opened(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] + box["height"] <= PHONE["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    opened(page).get_by_role("link").last.tap()
    page.wait_for_url(f"**/{ENTRY}")


def test_a_second_tap_leads_on_and_a_tap_elsewhere_closes(visit):
    page = visit(GAS, viewport=PHONE, touch=True)
    link_to(page).tap()
    opened(page).get_by_role("button", name="Close").tap()
    opened(page).wait_for(state="hidden")
    link_to(page).tap()
    opened(page).wait_for()
    page.touchscreen.tap(*page.evaluate(NOTHING))
    opened(page).wait_for(state="hidden")
    link_to(page).tap()
    opened(page).wait_for()
    link_to(page).tap()
    page.wait_for_url(f"**/{ENTRY}")


def test_a_word_of_the_glossary_shows_its_meaning(visit):
    page = visit(GUIDE)
    page.locator("article a[href$='#term-Slack']").first.hover()
    opened(page).wait_for()
    assert "is allowed to reach" in opened(page).inner_text()


@pytest.mark.parametrize("dark", [False, True])
def test_a_card_is_as_light_or_dark_as_its_page(visit, dark):
    page = visit(GAS, dark=dark)
    link_to(page).hover()
    opened(page).wait_for()
    ground = "e => getComputedStyle(e).backgroundColor"
    assert opened(page).evaluate(ground) == page.evaluate(f"({ground})(document.body)")


def test_on_paper_there_are_no_cards(visit):
    page = visit(GAS)
    link_to(page).hover()
    opened(page).wait_for()
    page.emulate_media(media="print")
    assert not opened(page).is_visible()


def test_without_javascript_the_link_leads_to_the_entry(visit):
    page = visit(GAS, javascript=False)
    assert page.locator(".sb-evidence").count() == 0
    assert link_to(page).get_attribute("title")
    link_to(page).click()
    page.wait_for_url(f"**/{ENTRY}")


def test_the_claims_of_a_chart_are_listed_for_the_keyboard(visit):
    page = visit(GAS)
    folded = page.locator("figure.sb-chart details", has=page.locator("a")).first
    assert not folded.locator("a").first.is_visible()
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED).endswith(ENTRY)
    assert opened(page).count() == 1
