"""Only pages with a listing load the table library, and the table stands without it."""

from __future__ import annotations

import re

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sourcebook.site import listing_pages
from sourcebook.site.listing_pages import (
    GLOBAL,
    LIBRARY,
    LOOKS,
    SCRIPT,
    STYLE,
    library,
    looks,
)

OURS = {SCRIPT, STYLE, LIBRARY, LOOKS}


@pytest.fixture(scope="module")
def source(tmp_path_factory, root):
    folder = tmp_path_factory.mktemp("book")
    entries = "".join(f"   {name}\n" for name in ("events", "last"))
    for name, text in {
        "conf.py": f"""
extensions = ["sourcebook.site.roles", "sourcebook.site.listing_pages"]
sourcebook_root = {str(root)!r}
html_static_path = ["_static"]
html_js_files = [("{SCRIPT}", {{}}), "own.js"]
html_css_files = ["{STYLE}", "own.css"]
suppress_warnings = ["ref.sourcebook"]
""",
        "index.rst": f"Home\n====\n\n.. toctree::\n\n{entries}",
        "events.rst": "Events\n======\n\n.. listing:: events\n",
        "last.rst": "Last\n====\n\nNo listing here.\n",
        f"_static/{SCRIPT}": "// enlivens\n",
        f"_static/{STYLE}": "/* ours */\n",
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
    assert files.index(LOOKS) < files.index(STYLE)
    assert files.index(LIBRARY) < files.index(SCRIPT)
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
