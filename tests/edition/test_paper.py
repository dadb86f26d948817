"""The reading edition as one page: order, levels, links, and where they lead."""

from __future__ import annotations

import pytest
import yaml
from lxml import etree

from sourcebook.edition.paper import (
    Chapter,
    _lower,
    page_order,
    print_page,
    read_chapters,
    read_styles,
    running_head,
)
from sourcebook.edition.reading_edition import WORKINGS, made_names

CONTENTS = {
    "root": "book/index",
    "parts": [
        {
            "caption": "Look up",
            "chapters": [
                {
                    "file": "book/method",
                    "sections": [{"file": "notebooks/sources/acme-2021"}],
                }
            ],
        }
    ],
}
PAGES = {
    "book/index": (
        "<h1>Front</h1><p>"
        '<a href="../notebooks/sources/acme-2021.xhtml#x">to a claim</a>'
        '<a href="#x">here</a><a href="gone.xhtml">gone</a></p><p id="x">x</p>'
    ),
    "book/method": '<h1>All</h1><h2 id="x" aria-describedby="a b">Part</h2>',
    "notebooks/sources/acme-2021": (
        '<h1>Acme</h1><figure class="sb-chart"><figcaption>c</figcaption></figure>'
        '<p id="x">kept</p>'
    ),
}
ABOUT = {
    "title": "A & B",
    "abstract": "What it is.",
    "version": "1",
    "authors": [{"name": "We"}],
}
_XP = {"x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def book(tmp_path):
    (tmp_path / "_toc.yml").write_text(yaml.safe_dump(CONTENTS), encoding="utf-8")
    for name, body in PAGES.items():
        page = tmp_path / f"{name}.xhtml"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            '<html xmlns="http://www.w3.org/1999/xhtml"><body>'
            f'<div class="body" role="main">{body}</div></body></html>'
        )
    return tmp_path


@pytest.fixture
def tree(book):
    chapters = read_chapters(book, book)
    numbers = {"book-method": 7, "notebooks-sources-acme-2021--x": 12}
    page = print_page(chapters, about=ABOUT, styles="p > a { }", pages=numbers)
    return etree.fromstring(page)


def _all(tree, path):
    return tree.xpath(path, namespaces=_XP)


def test_pages_come_in_the_order_of_the_contents(book):
    assert page_order(book) == [
        ("book/index", "", 0),
        ("book/method", "Look up", 0),
        ("notebooks/sources/acme-2021", "Look up", 1),
    ]


def test_links_lead_to_where_their_targets_now_stand(tree):
    links = {a.text: a.get("href") for a in _all(tree, "//x:main//x:a")}
    assert links == {
        "to a claim": "#notebooks-sources-acme-2021--x",
        "here": "#book-index--x",
        "gone": None,
    }


def test_ids_of_all_pages_stay_apart_and_every_link_has_its_target(tree):
    ids = [element.get("id") for element in _all(tree, "//*[@id]")]
    assert len(ids) == len(set(ids))
    hrefs = {a.get("href")[1:] for a in _all(tree, "//x:a[@href]")}
    assert hrefs <= set(ids)
    (described,) = _all(tree, "//@aria-describedby")
    assert described == "book-method--a book-method--b"


def test_a_part_stands_above_its_chapters(tree):
    levels = [
        (etree.QName(h).localname, h.text)
        for h in _all(tree, "//x:main//*[self::x:h1 or self::x:h2 or self::x:h3]")
    ]
    assert levels == [
        ("h1", "Front"), ("h1", "Look up"), ("h2", "All"), ("h3", "Part"),
        ("h2", "Acme"),
    ]  # fmt: skip


def test_a_frame_is_no_figure_without_words(tree):
    assert _all(tree, "//x:figure | //x:figcaption") == []
    assert len(_all(tree, "//x:div[@class='sb-chart print-figure']")) == 1


def test_a_link_to_another_chapter_names_its_page(tree):
    (away,) = _all(tree, "//x:main//x:a[text()='to a claim']")
    assert "".join(away.itertext()) == "to a claim (p.\xa012)"
    (here,) = _all(tree, "//x:main//x:a[text()='here']")
    assert "".join(here.itertext()) == "here"


def test_each_chapter_has_its_name_at_the_head_of_its_pages(tree):
    styles = _all(tree, "string(//x:style)")
    assert '@page head-book-method { @top-center { content: "All"; } }' in styles
    assert "#book-method { page: head-book-method; }" in styles


def test_the_contents_name_the_page_where_it_is_known(tree):
    lines = _all(tree, "//x:nav//x:p[x:a]")
    shown = [(p.xpath("string(x:a)", namespaces=_XP), p[-1].text) for p in lines]
    assert shown == [("Front", None), ("All", "7"), ("Acme", None)]
    assert "print-depth-1" in lines[-1].get("class")
    assert _all(tree, "//x:nav//x:p/text()") == ["Look up"]


def test_paper_has_the_styles_of_the_edition_and_then_its_own(root):
    styles = read_styles(root)
    assert styles.index("The reading edition") < styles.index("The book on paper")
    assert "@page" in styles


def test_the_workings_run_on_below_one_head():
    chapters = [
        Chapter(f"{WORKINGS}{name}", "", 0, name, etree.Element("p")) for name in "ab"
    ]
    heads = {running_head(chapter).partition("@page ")[2] for chapter in chapters}
    assert len(heads) == 1


def test_made_pages_come_last_and_only_workings_run_on(book):
    chapter = "notebooks/synthesis/gas"
    working, notes = made_names([chapter])
    parts = [{"caption": "Ask", "chapters": [{"file": chapter}]}]
    contents = {"root": "book/index", "parts": parts}
    (book / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")
    for name in (chapter, working, notes):
        path = book / f"{name}.xhtml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((book / "book/index.xhtml").read_bytes())
    chapters = read_chapters(book, book)
    names = [each.name for each in chapters]
    assert names == ["book/index", chapter, working, notes]
    run_on = [n for n, c in zip(names, chapters, strict=True)
              if "print-run-on" in c.body.get("class")]  # fmt: skip
    assert run_on == [working]


def test_headings_go_down_as_far_as_there_are_levels():
    levels = "".join(f"<h{level}/>" for level in range(1, 7))
    body = etree.fromstring(
        f'<body xmlns="http://www.w3.org/1999/xhtml">{levels}</body>'
    )
    _lower(body, by=1)
    assert [etree.QName(each).localname for each in body] == [
        "h2", "h3", "h4", "h5", "h6", "h6",
    ]  # fmt: skip


@pytest.mark.parametrize("part", ["", "parts:\n- caption:\n  "])
def test_contents_need_no_captions_and_may_lead_elsewhere(tmp_path, part):
    lists = "chapters: [{file: book/how-to-read}, {url: https://example.org}]\n"
    text = f"format: jb-book\nroot: book/index\n{part}{lists}"
    (tmp_path / "_toc.yml").write_text(text, encoding="utf-8")
    pages = [("book/index", "", 0), ("book/how-to-read", "", 0)]
    assert page_order(tmp_path) == pages
