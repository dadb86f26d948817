"""What the theme leaves to be mended is mended, and nothing else is touched."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.site.theme import (
    _be_strict,
    _leave_search,
    _named,
    _search_page,
    _take_out_search,
    strict,
)

LINK = {
    "type": "link",
    "url": "../_sources/book/a.md",
    "text": ".md",
    "label": "download-source-button",
}


def test_a_download_is_saved_under_the_name_of_its_page():
    named = _named(LINK, "book/a")
    assert named["download"] == "a.md"
    assert named["text"] == "Source (.md)"


def test_buttons_inside_a_group_are_named_too():
    group = {"type": "group", "label": "download-buttons", "buttons": [LINK]}
    assert _named(group, "book/a")["buttons"][0]["download"] == "a.md"


def test_other_buttons_stay():
    other = {"type": "javascript", "label": "fullscreen-button"}
    assert _named(other, "book/a") == {**other, "sb_do": ""}


def test_a_button_names_its_deed_instead_of_holding_a_script():
    print_it = {"label": "print", "type": "javascript", "javascript": "window.print()"}
    assert _named(print_it, "book/a")["sb_do"] == "print"


def test_no_line_of_script_is_left_and_data_are():
    head = "<script>a()</script><script type='module'>b()</script>\n<script\nid='c'>"
    data = '<script type="application/json">{}</script>'
    assert strict(f"{head}c()</script>{data}", "") == f"\n{data}"


@pytest.mark.parametrize(
    ("file", "body", "kept"),
    [
        ("copybutton.js", '<div class="highlight-python">', True),
        ("copybutton.js", "<p>highlight</p>", False),
        ("togglebutton.js", '<div class="toggle">', True),
        ("togglebutton.js", "<p>toggle</p>", False),
        ("fontawesome.js", '<div class="highlight-python">', False),
        ("bootstrap.js", "", True),
    ],
)
def test_a_file_is_loaded_where_it_is_needed(file, body, kept):
    tag = f'<script src="../_static/{file}?v=1"></script>'
    loaded = tag.replace("<script ", "<script defer ") if kept else ""
    assert strict(tag, body) == loaded


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ('<div role="list" class="citation-list">', '<div class="citation-list">'),
        (
            '<div class="citation" id="a" role="doc-biblioentry">',
            '<div class="citation" id="a">',
        ),
        ('<ul role="list">', '<ul role="list">'),
    ],
)
def test_the_bibliography_claims_no_role_it_does_not_keep(body, left):
    context = {"body": body}
    app = SimpleNamespace(add_js_file=lambda *_, **__: None)
    _be_strict(app, "book/a", "", context, None)
    assert context["body"] == left


@pytest.mark.parametrize("name", ["html", "epub"])
def test_a_site_has_our_search_in_place_of_the_other(tmp_path, name):
    (tmp_path / "_static").mkdir()
    for script in ("searchtools.js", "language_data.js", "own.js"):
        (tmp_path / "_static" / script).touch()
    builder = SimpleNamespace(name=name, search=True)
    app = SimpleNamespace(builder=builder, outdir=tmp_path)
    _leave_search(app)
    pages = list(_search_page(app))
    ours = name == "html"
    if ours:
        _take_out_search(app)
    assert builder.search is not ours
    assert pages == [("search", {}, "search.html")] * ours
    left = {path.name for path in (tmp_path / "_static").iterdir()}
    assert left == {"own.js"} | (
        {"searchtools.js", "language_data.js"} if not ours else set()
    )
    _take_out_search(app)  # and where they were never brought
