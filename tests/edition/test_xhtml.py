"""Pages for e-readers: what HTML lets pass is levelled, what needs a script is gone."""

from __future__ import annotations

import pytest
from lxml import etree

from sourcebook.edition.xhtml import as_xhtml, level
from sourcebook.errors import SourcebookError

HEAD = '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>'


def _page(body: str, *, known: str = "") -> str:
    page = as_xhtml(
        f"{HEAD}{body}</body></html>",
        name="p",
        leads=lambda path: path in known.split(),
    ).decode()
    etree.fromstring(page.encode())
    return page.partition("<body>")[2].partition("</body>")[0]


@pytest.mark.parametrize(
    ("html", "xml"),
    [
        ("<br>", "<br />"),
        ("<br/>", "<br />"),
        ('<img src="a.png" alt="1 > 0">', '<img src="a.png" alt="1 > 0" />'),
        ("<details open>x</details>", '<details open="">x</details>'),
        ("<td width=5>x</td>", '<td width="5">x</td>'),
        ("<p title='a \"b\"'>x</p>", "<p title='a \"b\"'>x</p>"),
        ('<p aria-label="a hidden word">x</p>', '<p aria-label="a hidden word">x</p>'),
        ("a&nbsp;b &amp; &lt;c&gt;", "a\xa0b &amp; &lt;c&gt;"),
        ("of no &meaning; at all", "of no &meaning; at all"),
        ("<script>if (a < b) run();</script>x", "x"),
        ('<svg viewBox="0 0 1 1"/>', '<svg viewBox="0 0 1 1" />'),
        ('<a xlink:href="#x">x</a>', '<a xlink:href="#x">x</a>'),
    ],
)
def test_html_is_written_as_xml_is(html, xml):
    assert level(html) == xml


def test_controls_go_and_the_text_after_them_stays():
    page = _page("<p>a<button>Show</button>b</p><p><input type='range'>c</p>")
    assert page == "<p>ab</p><p>c</p>"
    page = _page("<p><b>a</b><button>Show</button>b<i>c</i>d<button>Hide</button>e</p>")
    assert page == "<p><b>a</b>b<i>c</i>de</p>"


def test_a_drawing_without_a_namespace_gets_its_own():
    page = as_xhtml(
        f'{HEAD}<svg width="9"><rect width="1"/></svg></body></html>',
        name="p",
        leads=lambda _: False,
    )
    drawn = etree.fromstring(page).iter("{http://www.w3.org/2000/svg}*")
    assert [etree.QName(each).localname for each in drawn] == ["svg", "rect"]
    assert b"<svg " in page  # as the package looks for it


def test_links_lead_to_pages_of_the_book_or_nowhere():
    page = _page(
        '<a href="#z">3</a><a href="x.html#y">1</a><a href="data/a.csv">2</a>'
        '<a href="https://doi.org/10.1/x">4</a>',
        known="x.xhtml",
    )
    assert page == (
        '<a href="#z">3</a><a href="x.xhtml#y">1</a><a>2</a>'
        '<a href="https://doi.org/10.1/x">4</a>'
    )


def test_styles_that_are_not_in_the_book_are_not_asked_for():
    links = '<link rel="stylesheet" href="a.css"><link rel="stylesheet" href="b.css">'
    assert _page(links, known="b.css") == '<link rel="stylesheet" href="b.css"/>'


def test_a_page_that_stays_broken_is_refused_by_name():
    with pytest.raises(SourcebookError, match=r"p: not well formed: .*line 2"):
        _page("<p><b>x</p>")
