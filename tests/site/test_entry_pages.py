"""What readers get at the book's own address, and at one where nothing is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.site.entry_pages import (
    HEADERS,
    NOT_FOUND,
    _below,
    _pages,
    put_at_the_top,
)


def made(out, builder="html", *, url="", docs=("book/first",)):
    return SimpleNamespace(
        builder=SimpleNamespace(
            name=builder, get_target_uri=lambda page: f"{page}.html"
        ),
        config=SimpleNamespace(sourcebook_url=url, root_doc="book/first"),
        env=SimpleNamespace(found_docs=set(docs)),
        outdir=out,
    )


@pytest.mark.parametrize(
    ("builder", "url", "pages"),
    [
        ("html", "", [NOT_FOUND]),
        ("html", "https://example.org/b/", []),  # where the library makes it
        ("epub", "", []),
    ],
)
def test_a_site_has_one_page_for_wrong_addresses(tmp_path, builder, url, pages):
    assert [page for page, *_ in _pages(made(tmp_path, builder, url=url))] == pages


@pytest.mark.parametrize(
    ("url", "prefix"), [("https://example.org/b/", "/b/"), ("https://example.org", "/")]
)
def test_the_library_is_told_below_which_address_the_book_lies(url, prefix):
    config = SimpleNamespace(sourcebook_url=url)
    _below(None, config)
    assert config.notfound_urls_prefix == prefix
    assert "<h1>Page not found" in config.notfound_context["body"]


@pytest.mark.parametrize(
    ("docs", "files"),
    [
        (("book/first",), ["_headers", "index.html"]),
        (("book/first", "index"), ["_headers"]),  # a page of that name
    ],
)
def test_the_first_page_stands_at_the_top_as_well(tmp_path, docs, files):
    (tmp_path / "book").mkdir()
    page = '<html data-content_root="../"><a href="second.html#a">two</a></html>'
    (tmp_path / "book/first.html").write_text(page, encoding="utf-8")
    put_at_the_top(made(tmp_path, "html", docs=docs))
    made_of = {p.name: p.read_text("utf-8") for p in tmp_path.iterdir() if p.is_file()}
    assert sorted(made_of) == files
    assert made_of.get("_headers", HEADERS) == HEADERS
    raised = '<html data-content_root="./"><a href="book/second.html#a">two</a></html>'
    assert made_of.get("index.html", raised) == raised
