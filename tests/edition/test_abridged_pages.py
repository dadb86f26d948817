"""What a page loses: how a file was read, what points, and tables too long to read."""

from __future__ import annotations

import pytest
from lxml import etree

from sourcebook.edition.abridged_pages import READING, abridge

PAGE = (
    '<div xmlns="http://www.w3.org/1999/xhtml">'
    "<section><h2>Who speaks</h2><p><abbr class='sb-holds' title='t'>One</abbr> speaks."
    "</p></section><section><h2>Nothing left unread</h2><p>All.</p></section>"
    "<section><h2>Where to go next</h2><p>On.</p></section>"
    "<table class='sb-facts'><tr><th>SHA-256</th><td>abc</td></tr>"
    "<tr><th>Issued</th><td>2021</td></tr></table></div>"
)


def _left(*, of_source: bool) -> str:
    page = etree.fromstring(PAGE)
    abridge(page, of_source=of_source)
    assert not list(page.iter("{*}abbr"))
    return "".join(page.itertext())


def test_a_document_loses_how_it_was_read_and_another_page_does_not():
    assert _left(of_source=True) == "Who speaksOne speaks.Issued2021"
    assert "Nothing left unread" in _left(of_source=False)
    assert "On." not in _left(of_source=False)


def test_a_cell_that_held_nothing_but_code_goes_with_it():
    cells = "".join(
        f"<div class='cell'>{shown}</div>"
        for shown in ("", "<p>Words.</p>", "<img alt='A chart.'/>", "<i id='a'/>")
    )
    page = etree.fromstring(f'<div xmlns="http://www.w3.org/1999/xhtml">{cells}</div>')
    abridge(page, of_source=False)
    assert [len(cell) for cell in page] == [1, 1, 1]


@pytest.mark.parametrize("title", sorted(READING))
def test_every_section_left_out_is_one_of_the_book(root, title):
    texts = [*root.glob("book/*.md"), *root.glob("notebooks/text/sources/*.md")]
    assert any(f"## {title}\n" in path.read_text("utf-8") for path in texts)
