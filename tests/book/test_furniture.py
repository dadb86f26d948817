"""What every page of the built book carries besides its words."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import nbformat
import pytest
from bs4 import BeautifulSoup

from sourcebook.coding.parties import parties
from sourcebook.comparing.relations import RELATIONS
from sourcebook.site.claim_register import claim_anchor

pytestmark = pytest.mark.book


@pytest.fixture
def page(site, any_page, parsed):
    return parsed(site / f"{any_page}.html")


def test_a_page_has_one_first_heading_and_skips_no_level(page):
    levels = [
        int(tag.name[1]) for tag in page.find("main").find_all(re.compile("^h[1-6]$"))
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    jumps = [b for a, b in pairwise(levels) if b > a + 1]
    assert jumps == []


def test_every_picture_has_words(page):
    for tag in page.find_all("img"):
        assert tag.get("alt", "").strip(), tag
    for tag in page.find("main").find_all("svg"):
        hidden = tag.find_parent(attrs={"aria-hidden": "true"}) or tag.get(
            "aria-hidden"
        )
        inside = tag.find_parent("svg")
        assert hidden or inside or tag.get("aria-label", "").strip(), str(tag)[:200]


def test_every_page_has_an_icon_a_way_past_the_contents_and_a_language(page):
    assert page.find("link", rel="icon")["href"].endswith("favicon.svg")
    assert page.find(id="pst-skip-link").a["href"] == "#main-content"
    assert page.find(id="main-content")
    assert page.html["lang"] == "en"


def test_no_page_loads_maths_or_asks_for_counts(page):
    scripts = " ".join(tag.get("src", "") for tag in page.find_all("script"))
    assert not re.search("mathjax|require|thebe|analytics|gtag", scripts, re.IGNORECASE)


def test_no_table_has_a_number_that_no_text_cites(pages):
    assert [n for n, page in pages.items() if page.select(".caption-number")] == []


def test_titles_say_page_and_book_and_no_two_are_the_same(pages):
    titles = [page.title.get_text() for page in pages.values()]
    assert len(set(titles)) == len(titles)
    book = titles[0]
    for page, title in zip(list(pages.values())[1:], titles[1:], strict=True):
        heading = page.find("h1").find(string=True, recursive=False)
        assert title == f"{heading} – {book}"


def test_descriptions_differ_and_fit(pages):
    found = [
        page.find("meta", attrs={"name": "description"})["content"]
        for page in pages.values()
    ]
    assert all(40 <= len(words) <= 200 for words in found)
    assert len(set(found)) == len(found)


def test_previews_are_there(pages, site):
    for name, page in pages.items():
        image = page.find("meta", property="og:image")["content"]
        path = site / name.rpartition("/")[0] / image
        assert path.resolve().is_file() or image.startswith("http"), name


def test_the_address_people_pass_on_is_the_first_page(pages, site):
    top = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    first = pages["book/index"]
    assert top.find("meta", attrs={"http-equiv": "refresh"}) is None
    assert top.find("main").get_text() == first.find("main").get_text()
    assert (site / top.find("meta", property="og:image")["content"]).is_file()
    record = json.loads(top.find("script", type="application/ld+json").string)
    assert record["@type"] == "Book"
    links = {a["href"].partition("#")[0] for a in top.select("a[href]")}
    own = {link.partition("?")[0] for link in links if link and ":" not in link}
    assert [link for link in own if not (site / link).is_file()] == []


def test_pages_can_be_cited_under_their_own_title(pages):
    for name, page in pages.items():
        heading = page.find("h1").find(string=True, recursive=False)
        assert heading in page.select_one(".sb-cite-text").get_text(), name
        forms = [link.get_text() for link in page.select(".sb-cite-files a")]
        assert forms == ["BibTeX", "RIS", "CSL-JSON"], name


def test_a_notebook_page_says_how_it_came_out(pages, root):
    for name, page in pages.items():
        status = page.select_one(".sb-run")
        if not name.startswith("notebooks/"):
            assert status is None, name
            continue
        notebook = nbformat.read(root / f"{name}.ipynb", as_version=4)
        count = sum(cell.cell_type == "code" for cell in notebook.cells)
        words = f"Executed with this build: {count} code cells, no errors."
        assert status.get_text() == words, name


def test_downloads_and_buttons_are_named_by_their_words(pages):
    for name, page in pages.items():
        for link in page.select(".article-header-buttons a[href]"):
            assert link["download"], name
        for button in page.select(".article-header-buttons .dropdown-item"):
            assert button.get_text().strip(), name
            assert not button.get("aria-label"), name


def test_the_executed_notebook_is_the_one_saved(pages, site):
    link = pages["notebooks/synthesis/gas"].select_one("a.btn-download-source-button")
    path = (site / "notebooks/synthesis" / link["href"]).resolve()
    notebook = json.loads(path.read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert any(cell["outputs"] for cell in code)


def test_all_pages_but_the_ends_have_neighbours(pages):
    names = list(pages)
    for name in names[1:-1]:
        assert pages[name].select_one(".prev-next-area .left-prev"), name
        assert pages[name].select_one(".prev-next-area .right-next"), name


def test_every_actor_is_introduced_and_every_passage_of_its_topic_is_there(
    pages, corpus
):
    actors = pages["book/actors"].select(".sb-subject > details > summary")
    assert len(actors) == len(parties(corpus))
    assert [line for line in actors if len(line.get_text().split()) < 3] == []
    anchors = {line.strong["id"] for line in actors}
    assert {"index-azerbaijan", "index-benjamin-godwin", "index-the-author"} <= anchors
    assert pages["book/actors"].find(id="others-in-the-words-of-the-sheets")
    topics = pages["book/topics"]
    links = {a["href"].partition("#")[2] for a in topics.select(".sb-passages a")}
    assert links == {claim_anchor(claim.id) for claim in corpus.claims}
    assert {f"index-{topic}" for topic in corpus.codebook.topics} <= {
        line["id"] for line in topics.select("summary strong")
    }


def test_every_relation_is_drawn_where_reading_is_explained(pages):
    names = [
        dt.get_text() for dt in pages["book/how-to-read"].select(".sb-relations dt")
    ]
    assert names == list(RELATIONS)
    assert len(pages["book/how-to-read"].select("svg.sb-drawing")) == len(RELATIONS)
