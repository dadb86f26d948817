"""Only pages with a listing load the table library, and the table stands without it."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sourcebook.comparing.questions import ask
from sourcebook.errors import SourcebookError
from sourcebook.site import listing_pages
from sourcebook.site.directives import ListingRows
from sourcebook.site.listing_pages import (
    DIRECTIVES,
    GLOBAL,
    LIBRARY,
    LISTING_SCRIPT,
    LISTING_STYLE,
    LOOKS,
    library,
    looks,
)

OURS = {LISTING_SCRIPT, LISTING_STYLE, LIBRARY, LOOKS}


@pytest.fixture(scope="module")
def source(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("book")
    entries = "".join(f"   {name}\n" for name in ("events", "last"))
    for name, text in {
        "conf.py": f"""
extensions = ["sourcebook.site.roles", "sourcebook.site.listing_pages"]
sourcebook_root = {str(root)!r}
html_static_path = ["_static"]
html_js_files = ["own.js"]
html_css_files = ["own.css"]
suppress_warnings = ["ref.sourcebook"]
""",
        "index.rst": f"Home\n====\n\n.. toctree::\n\n{entries}",
        "events.rst": "Events\n======\n\n.. listing:: events\n",
        "last.rst": "Last\n====\n\nNo listing here.\n",
        f"_static/{LISTING_SCRIPT}": "// enlivens\n",
        f"_static/{LISTING_STYLE}": "/* ours */\n",
        "_static/own.js": "// own\n",
        "_static/own.css": "/* own */\n",
    }.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(source, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    said = (out / "warnings").open("w", encoding="utf-8")
    with docutils_namespace(), said:
        Sphinx(
            source, source, out / "html", out / "doctrees", "html",
            status=None, warning=said,
        ).build()  # fmt: skip
    return out / "html"


def loaded(site, page):
    text = (site / f"{page}.html").read_text(encoding="utf-8")
    return re.findall(r"_static/([\w.-]+\.(?:js|css))", text)


@pytest.mark.slow
def test_a_page_with_a_listing_loads_theirs_then_ours(site):
    files = [name for name in loaded(site, "events") if name in OURS]
    assert files.index(LOOKS) < files.index(LISTING_STYLE)
    assert files.index(LIBRARY) < files.index(LISTING_SCRIPT)
    assert all((site / "_static" / name).is_file() for name in OURS)
    text = (site / "events.html").read_text(encoding="utf-8")
    assert re.search(rf'<script defer="defer" src="_static/{LIBRARY}', text)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["index", "last", "search", "genindex"])
def test_other_pages_load_none_of_it_and_keep_what_they_had(site, page):
    assert not OURS & set(loaded(site, page))
    assert {"own.js", "own.css"} <= set(loaded(site, page))


@pytest.mark.slow
def test_the_whole_table_stands_in_the_page(site, corpus):
    text = (site / "events.html").read_text(encoding="utf-8")
    dated = [c for c in corpus.claims if c.kind in {"event", "status"} and c.when]
    assert text.count("<tr") == len(dated) + 1
    assert text.count("</caption>") == 1


@pytest.mark.slow
def test_a_listing_says_which_page_it_links_to_is_not_there(site):
    said = (site.parent / "warnings").read_text(encoding="utf-8")
    assert "events.rst: WARNING: a listing links to a page that there is not" in said


def test_the_library_is_a_plain_script_that_leaves_one_name():
    text = library()
    assert text.startswith("(function () {\n")
    assert text.endswith("\n})();\n")
    assert re.findall(r"window\.(sb\w+) ?=", text) == [GLOBAL]
    assert not re.search(r"\bexport\s*\{", text)


def test_another_bundle_is_refused(monkeypatch):
    monkeypatch.setattr(listing_pages, "_bundled", lambda _: "export{a as ITable};")
    with pytest.raises(Exception, match="does not export what it did"):
        library()


def test_the_looks_follow_the_theme_and_fetch_nothing():
    text = looks()
    assert 'html[data-theme="dark"]' in text
    assert not re.search(r":root\.dark|html\.dark", text)
    assert not re.search(r"@import|url\((?!['\"]?data:)", text)


@pytest.mark.parametrize("name", ["listing.js", "listing.css"])
def test_our_own_script_and_styles_name_no_other_host(root, name):
    text = (root / "book/_static" / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|//\w+\.\w|@import|url\(", text)


@pytest.fixture
def shown(printed, corpus):
    """Return a function that gives what a directive shows of one question."""
    answers = (ask("gas", "share-of-eu-gas", corpus=corpus),)
    domain = SimpleNamespace(corpus=corpus, answers=answers, root=corpus.root)
    return lambda name, *arguments: printed(DIRECTIVES[name], domain, *arguments)


def _lines(table):
    return len(table.next_node(ListingRows)["rows"])


def test_a_listing_has_all_of_its_kind(shown, corpus):
    lengths = {
        kind: _lines(shown("listing", kind)[0])
        for kind in ("claims", "sources", "questions")
    }
    assert lengths == {
        "claims": len(corpus.claims), "sources": len(corpus.sources), "questions": 1,
    }  # fmt: skip
    heads = shown("listing", "usage")[0].next_node(nodes.thead).astext()
    assert heads.split("\n\n")[-1] == "compared"
    with pytest.raises(ValueError, match="no part 'claim'; did you"):
        shown("listing", "claim")


def test_each_part_of_two_readings_is_shown(shown, monkeypatch):
    for part, caption in (
        ("agreement", "Agreement of both readings"),
        ("others", "Where the readings differ in kind most"),
        ("claims", "Each statement of the first reading"),
    ):
        (table,) = shown("both-readings", part)
        assert table.next_node(nodes.title).astext().startswith(caption)
        assert ("sb-listing" in table["classes"]) == (part == "claims")
    (line,) = shown("both-readings", "settled")
    assert line.astext().startswith("In stances and forecasts the readings differ")
    with pytest.raises(ValueError, match="no part 'claim'; did you mean 'claims'"):
        shown("both-readings", "claim")

    def refuse(_):
        raise SourcebookError("seeds/second/a.yml: wrong")

    monkeypatch.setattr(listing_pages, "settled_readings", refuse)
    with pytest.raises(ValueError, match=r"second/a\.yml: wrong"):
        shown("both-readings", "settled")


def test_totals_are_drawn_and_counted(shown):
    drawn, table = shown("question-totals")
    assert "<svg" in drawn.astext()
    assert table["classes"] == ["sb-totals", "colwidths-auto"]


def test_only_changes_that_there_are_have_a_table(shown, monkeypatch):
    changes = SimpleNamespace(
        since="1.0", flipped=["a"], withdrawn=[], unchanged=[1, 2], new=[]
    )
    monkeypatch.setattr(
        "sourcebook.comparing.release_changes.changes_since", lambda *_, **__: changes
    )
    monkeypatch.setattr("sourcebook.site.directives.listing_table", nodes.Text)
    monkeypatch.setattr(
        "sourcebook.views.listings.changes_listing",
        lambda heap, _, caption: f"{caption}: {heap}",
    )
    line, *tables = [node.astext() for node in shown("what-flipped")]
    assert line == (
        "Held against release 1.0, pair by pair: 1 flipped, 2 unchanged, 0 new, 0 no "
        "longer compared."
    )
    assert tables == ["Relations that flipped: ['a']"]
