"""The built book in a real browser, with every way to another host closed."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT

pytestmark = [pytest.mark.book, pytest.mark.browser]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
GAS = "notebooks/synthesis/gas"
SCHEMES = ("light", "dark")
SCREENS = [(390, 844), (768, 1024), (1024, 768), (1400, 900)]  # a tablet, turned
CUT = {"notebooks/explore/claims"}  # its list of passages is cut on purpose


def test_the_reading_of_around_can_be_moved(visit):
    page = visit(GAS)
    page.wait_for_selector("html.sb-folded")
    page.locator("#workings details.sb-part > summary").click()
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


# Axe computes the style of all there is before it looks at anything. So what it says
# nothing of is emptied: what is hidden, and for colours what holds none of the words
# that it is asked about. What is emptied keeps its place and its ground.
EMPTY = """(kept) => {
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const needed = (e) =>
    kept ? e.closest(kept) || e.querySelector(kept) : e.checkVisibility();
  for (const e of document.querySelectorAll("body :not(script, title, desc)"))
    if (e.isConnected && !needed(e)) e.replaceChildren();
  return ids.filter((id, n) => ids.indexOf(id) !== n);
}"""
# What axe has to say that is grave; a rule whose faults never are is not asked.
GRAVE = """async (context) => {
  const rules = {};
  for (const { id, impact } of axe._audit.rules)
    if (["minor", "moderate"].includes(impact) || COLOURS.includes(id) !== !!context)
      rules[id] = { enabled: false };
  // Reading the style sheets again would be another request; they have been applied.
  const options = { rules, resultTypes: ["violations"], preload: false };
  if (context && !document.querySelector(context)) return [];
  const { violations } = await axe.run(context || document, options);
  return violations.map(({ id, nodes }) =>
    [id, nodes.slice(0, 3).map(({ html }) => html.slice(0, 200))]);
}""".replace("COLOURS", str(["color-contrast", "link-in-text-block"]))
# Words that look alike, on what looks alike, are looked at once, whatever page they are
# on: of each page axe asks anew what lies on what, which takes longer than the rest.
MARK = """(known) => {
  const behind = (e) => {
    const found = new Set();
    for (let through = true; e && through; e = e.parentElement) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(e);
      found.add(backgroundColor).add(backgroundImage).add(opacity);
      through = backgroundColor === "rgba(0, 0, 0, 0)";
    }
    return [...found];
  };
  const look = (e) => {
    const { color, fill, fontSize, fontWeight, opacity } = getComputedStyle(e);
    const { textDecorationLine: line } = getComputedStyle(e);
    const name = e.getAttribute("class");
    return [e.localName, name, color, fill, fontSize, fontWeight, opacity, line];
  };
  const seen = new Set(known);
  const all = new Set();
  for (const e of document.querySelectorAll("body *")) {
    const says = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!says || !e.checkVisibility()) continue;
    const key = [look(e), behind(e), look(e.parentElement)].join();
    if (!seen.has(key)) e.setAttribute("data-look", "");
    seen.add(key);
    all.add(key);
  }
  return [...all];
}"""


@pytest.fixture(scope="session")
def looks():
    """How the words looked that were looked at: a page adds its own to them."""
    return set()


def _marked(page, scheme, looks, settle):
    """Mark what looks like nothing before; return how all looks in light or dark."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.locator(f"html[data-theme={scheme}]").wait_for(state="attached")
    settle(page, *SCREENS[-1])  # charts are drawn anew
    return page.evaluate(MARK, sorted(looks))


def _colours(page, looks, settle):
    """Return what is hard to see, in light or dark, of what looked like nothing yet."""
    found = set()
    for scheme in SCHEMES:
        own = _marked(page, scheme, looks, settle)
        assert len(own) > 5
        found.update(own)
    faults = []
    if not looks.issuperset(found):
        page.evaluate(EMPTY, "[data-look], figure.vega")
        for scheme in reversed(SCHEMES):
            _marked(page, scheme, looks, settle)
            faults += page.evaluate(GRAVE, "[data-look]")
    if not faults:
        looks.update(found)
    return faults


@pytest.mark.slow
def test_a_page_fits_every_screen_asks_nobody_and_can_be_read_by_all(
    visit, any_page, settle, misprinted, looks
):
    page = visit(any_page, viewport=PHONE)
    page.emulate_media(reduced_motion="reduce")
    for width, height in SCREENS:
        settle(page, width, height)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert any_page in CUT or misprinted(page) == [], width
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(EMPTY) == []  # no name stands on it twice
    assert page.evaluate(GRAVE) == []
    assert _colours(page, looks, settle) == []  # in the dark, nothing else differs
    assert (page.asked, page.said) == ([], [])


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
def test_the_rules_of_reading_and_comparing_fit_their_column(visit, viewport):
    rules = visit("book/method", viewport=viewport).locator("table.sb-rules")
    fits = "t => t.getBoundingClientRect().width <= t.parentElement.clientWidth + 1"
    assert rules.evaluate_all(f"all => all.map({fits})") == [True, True]


def test_the_first_key_leads_past_the_contents(visit):
    page = visit("book/method")
    page.keyboard.press("Tab")
    link = page.evaluate("document.activeElement.getAttribute('href')")
    assert link == "#main-content"
    # It slides in; one that stays outside the window is never there.
    top = "document.querySelector('#pst-skip-link a').getBoundingClientRect().top"
    for _ in range(200):  # the page's policy lets no page poll
        if page.evaluate(top) >= 0:
            break
        page.wait_for_timeout(50)
    assert page.evaluate(top) >= 0


def test_a_table_is_saved_as_it_stands(visit):
    page = visit(GAS, unfolded=True)
    button = page.locator(".sb-csv").first
    with page.expect_download() as waiting:
        button.click()
    saved = waiting.value.path().read_text("utf-8-sig").splitlines()
    table = page.locator(".sb-table").first
    heads = table.locator("th[scope=col]").all_inner_texts()
    assert saved[0].split(",") == heads
    assert len(saved) == table.locator("tr").count()


def test_no_saved_cell_is_a_formula(visit):
    page = visit(GAS, unfolded=True)
    page.evaluate("document.querySelector('.sb-table td').innerText = '=1+1'")
    page.evaluate("document.querySelectorAll('.sb-table td')[1].innerText = '-4.3'")
    with page.expect_download() as waiting:
        page.locator(".sb-csv").first.click()
    cells = waiting.value.path().read_text("utf-8-sig").splitlines()[1].split(",")
    assert cells[:2] == ["'=1+1", "-4.3"]


@pytest.mark.parametrize(
    ("selector", "name"),
    [
        ("a.btn-download-source-button", "gas.ipynb"),
        (".sb-cite-files a >> nth=0", "gas.bib"),
    ],
    ids=["notebook", "citation"],
)
def test_a_download_is_a_file(visit, selector, name):
    page = visit(GAS)
    page.evaluate("document.querySelector('details.sb-cite').open = true")
    with page.expect_download() as waiting:
        page.locator(selector).evaluate("link => link.click()")
    assert waiting.value.suggested_filename == name
    assert waiting.value.path().stat().st_size > 100


def test_paper_shows_the_page_and_nothing_around_it(visit):
    page = visit(GAS)
    page.emulate_media(media="print")
    assert page.locator("article h1").is_visible()
    assert page.locator(".sb-still svg").first.is_visible()
    for around in (".bd-sidebar-primary", ".bd-header-article", ".sb-csv", ".sb-live"):
        assert not page.locator(around).first.is_visible(), around


def test_reduced_motion_is_respected(visit):
    page = visit("book/method")
    page.emulate_media(reduced_motion="reduce")
    slowest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('*')].map("
        "e => parseFloat(getComputedStyle(e).transitionDuration)))"
    )
    assert slowest < 0.001
