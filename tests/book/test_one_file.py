"""Every chapter is had as one file that opens anywhere, and is all there."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections import Counter
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from sourcebook.site.one_file import FOLDER, MOST, file_name, is_chapter

pytestmark = pytest.mark.book

PHONE = {"width": 390, "height": 844}
DARK = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def files(site, pages):
    """Each chapter's file: its path, and it parsed."""
    paths = {name: site / file_name(name) for name in pages if is_chapter(name)}
    return {
        name: (path, BeautifulSoup(path.read_text("utf-8"), "html.parser"))
        for name, path in paths.items()
    }


@pytest.fixture
def alone(site, tmp_path, visit):
    """Return a function that opens a chapter's file with nothing beside it."""

    def open_file(name, **options):
        shutil.copy(site / FOLDER / f"{name}.html", tmp_path)
        return visit(tmp_path / name, **options)

    return open_file


def test_every_chapter_goes_with_an_e_mail(files):
    sizes = {name: path.stat().st_size for name, (path, _) in files.items()}
    assert sizes
    heavy = {name: size for name, size in sizes.items() if size > MOST}
    assert heavy == {}


def test_nothing_lies_outside_the_file(files):
    for name, (_, page) in files.items():
        ids = Counter(tag["id"] for tag in page.find_all(id=True))
        assert [each for each, count in ids.items() if count > 1] == [], name
        for tag in page.find_all(["link", "img", "script", "iframe", "use"]):
            assert tag.get("src", "data:").startswith("data:"), (name, str(tag)[:99])
            assert tag.name != "iframe", name
        for link in page.find_all(href=True):
            target = urlsplit(link["href"])
            assert target.scheme or target.fragment in ids, (name, link["href"])


def test_a_link_that_leads_nowhere_says_so(files):
    away = [(page, tag) for _, page in files.values() for tag in page("a", href=False)]
    assert away
    for page, tag in away:
        assert tag.get("aria-disabled") == "true"
        assert tag.has_attr("data-away")
        assert page.select_one("footer .sb-of-note")


def test_only_the_scripts_in_the_file_may_run(files):
    for name, (_, page) in files.items():
        rule = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        scripts = [tag.string for tag in page("script") if not tag.get("type")]
        digests = {
            f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'"
            for s in scripts
        }
        rules = dict(each.split(" ", 1) for each in rule["content"].split("; "))
        assert rules["default-src"] == "'none'", name
        assert set(rules["script-src"].split()) == digests, name
        for tag in page.find_all(True):
            assert not [each for each in tag.attrs if each.startswith("on")], name


def test_a_chapter_and_the_landing_page_lead_to_the_file(pages, site):
    for name in filter(is_chapter, pages):
        found = [
            (site / name).parent / link["href"]
            for link in pages[name].select("a[download]")
            if FOLDER in link["href"] and link["href"].endswith(".html")
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
