"""Every chapter is had as one file that opens anywhere, and is all there."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections import Counter
from urllib.parse import urlsplit

import lxml.html
import pytest

from sourcebook.site.offline_files import MAILABLE, OFFLINE, file_name, is_chapter

pytestmark = pytest.mark.book

PHONE = {"width": 390, "height": 844}
DARK = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def files(site):
    """Each chapter's file, parsed, by the chapter's name."""
    paths = sorted((site / OFFLINE).glob("*.html"))
    return {path.stem: lxml.html.parse(path).getroot() for path in paths}


@pytest.fixture
def alone(site, tmp_path, visit):
    """Return a function that opens a chapter's file with nothing beside it."""

    def open_file(name, **options):
        shutil.copy(site / OFFLINE / f"{name}.html", tmp_path)
        return visit(tmp_path / name, **options)

    return open_file


def test_every_chapter_goes_with_an_e_mail(site):
    sizes = {path.name: path.stat().st_size for path in (site / OFFLINE).glob("*.html")}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > MAILABLE} == {}


def test_nothing_lies_outside_the_file(files):
    for name, page in files.items():
        ids = Counter(page.xpath("//@id"))
        assert [each for each, count in ids.items() if count > 1] == [], name
        assert [each for each in page.xpath("//@src") if each[:5] != "data:"] == [], (
            name
        )
        assert page.xpath("//iframe|//object|//link[@rel!='canonical']") == [], name
        for target in map(urlsplit, page.xpath("//@href")):
            assert target.scheme or target.fragment in ids, (name, target)


def test_a_link_that_leads_nowhere_says_so(files):
    away = [tag for page in files.values() for tag in page.xpath("//a[not(@href)]")]
    assert away
    for tag in away:
        assert tag.get("aria-disabled") == "true"
        assert "data-away" in tag.attrib
        assert tag.getroottree().xpath("//footer/p[@class='sb-of-note']")


def test_only_the_scripts_in_the_file_may_run(files):
    for name, page in files.items():
        (rule,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        scripts = page.xpath("//script[not(@type)]")
        digests = {hashlib.sha256(tag.text.encode()).digest() for tag in scripts}
        named = {f"'sha256-{base64.b64encode(each).decode()}'" for each in digests}
        rules = dict(each.split(" ", 1) for each in rule.split("; "))
        assert rules["default-src"] == "'none'", name
        assert set(rules["script-src"].split()) == named, name
        assert page.xpath("//@*[starts-with(name(), 'on')]") == [], name


def test_a_chapter_and_the_landing_page_lead_to_the_file(pages, site):
    for name in filter(is_chapter, pages):
        found = [
            (site / name).parent / link["href"]
            for link in pages[name].select("a[download]")
            if OFFLINE in link["href"] and link["href"].endswith(".html")
        ]
        assert {path.resolve() for path in found} == {site / file_name(name)}
        assert len(found) == 2  # in the menu and at the foot
    listed = pages["book/index"].select("details.sb-editions a[download]")
    ends = [link["href"].removeprefix("../") for link in listed]
    assert ends == [file_name(name) for name in pages if is_chapter(name)]


@pytest.mark.browser
@pytest.mark.parametrize("name", ["gas", "leverage", "record"])
@pytest.mark.parametrize("options", [{}, {"viewport": PHONE, "touch": True}])
def test_it_opens_from_a_disk_with_all_it_shows(alone, name, options):
    page = alone(name, **options)
    page.wait_for_selector("html.sb-folded")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    figure = page.locator("figure.sb-chart svg >> visible=true").first
    assert figure.bounding_box()["width"] > 200
    link = page.locator("article a.sb-claim >> visible=true").first
    (link.tap if options else link.hover)()
    card = page.locator(".sb-evidence:popover-open")
    card.wait_for()
    assert card.locator("mark").inner_text()
    assert (page.asked, page.said) == ([], [])


@pytest.mark.browser
def test_a_question_unfolds_and_a_slider_moves(alone):
    page = alone("gas")
    question = page.locator("details.sb-answer").first
    assert question.get_attribute("open") is None
    question.locator("summary").first.click()
    assert question.locator("table.sb-facts").first.is_visible()
    page.locator("details.sb-part > summary").first.click()
    slider = page.locator(".sb-controls input[type=range]")
    slider.wait_for()
    slider.fill("20")
    assert slider.get_attribute("aria-valuetext") == "±20 %"
    assert page.said == []


@pytest.mark.browser
def test_its_search_leads_to_questions_and_passages_in_it(alone):
    page = alone("gas")
    for typed, kind, end in (
        ("4.3%", ".sb-hit:has(.sb-badge:not(:empty)) >> nth=0", "share-of-eu-gas"),
        ("Bulgarian", ".sb-hit:has(q) >> nth=0", "claim-bbc-2025-share-bulgaria"),
    ):
        page.keyboard.press("/")
        page.locator("#sb-search input").fill(typed)
        page.locator(f"#sb-search {kind}").click()
        assert page.url.endswith(end)
        assert page.locator(":target").is_visible()
    page.keyboard.press("/")
    page.locator("#sb-search input").fill("Italy")
    page.locator("#sb-search a.sb-hit").first.wait_for()
    page.keyboard.press("Enter")
    assert not page.locator("#sb-search").is_visible()
    assert page.said == []


@pytest.mark.browser
def test_it_is_dark_where_the_reader_s_system_is(alone):
    light, dark = (alone("tone", dark=dark).evaluate(DARK) for dark in (False, True))
    assert light == "rgb(255, 255, 255)"
    assert max(map(int, re.findall(r"\d+", dark))) < 60


@pytest.mark.browser
def test_without_scripts_nothing_is_folded_away(alone):
    page = alone("gas", javascript=False)
    assert page.locator("#cited .sb-card").last.is_visible()
    assert page.locator("details.sb-answer table.sb-facts").first.is_visible()
    assert not page.locator(".sb-search-open").is_visible()


@pytest.mark.browser
def test_no_label_makes_a_phone_scroll_sideways(alone):
    page = alone("record", viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_links_have_the_colour_that_the_book_gives_them(alone, visit, dark):
    colour = "getComputedStyle(document.querySelector('article p a')).color"
    book = visit("notebooks/synthesis/gas", dark=dark).evaluate(colour)
    assert alone("gas", dark=dark).evaluate(colour) == book
