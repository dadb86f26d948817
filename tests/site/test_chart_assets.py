"""Only pages with a chart load the drawing libraries, and from our own site."""

from __future__ import annotations

import re

import altair as alt
import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sourcebook.site.theme import BOOT, BUNDLE, FIGURES, SOURCE_COLOURS
from sourcebook.views.figure import show

CONF = """
extensions = ["sourcebook.site.theme"]
html_static_path = ["_static"]
html_js_files = ["own.js"]
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    folder = tmp_path_factory.mktemp("book")
    data = alt.Data(values=[{"x": 1}])
    chart = show(alt.Chart(data).mark_point().encode(x="x:Q"), description="d")
    raw = f".. raw:: html\n\n   {chart.html()}\n"
    for name, text in {
        "conf.py": CONF,
        "index.rst": "Home\n====\n\n.. toctree::\n\n   chart\n   last\n",
        "chart.rst": f"Chart\n=====\n\n{raw}",
        "last.rst": "Last\n====\n\nNo chart here.\n",
        f"_static/{BOOT}": "// draws\n",
        f"_static/{FIGURES}": "// saves\n",
        "_static/own.js": "// ours\n",
    }.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(source, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    with docutils_namespace():
        Sphinx(
            source, source, out / "html", out / "doctrees", "html", status=None
        ).build()
    return out / "html"


def scripts(site, page):
    text = (site / f"{page}.html").read_text(encoding="utf-8")
    found = re.findall(r'<script([^>]*)src="_static/([\w.-]+)[^"]*"', text)
    return {name: "defer" in before for before, name in found}


@pytest.mark.slow
def test_a_page_with_a_chart_loads_the_libraries_then_what_draws(site):
    loaded = scripts(site, "chart")
    assert list(loaded)[-3:] == [FIGURES, BUNDLE, BOOT]
    assert loaded[BUNDLE]
    assert loaded[BOOT]


@pytest.mark.slow
@pytest.mark.parametrize("page", ["index", "last", "search", "genindex"])
def test_other_pages_load_neither_and_keep_what_they_had(site, page):
    loaded = scripts(site, page)
    assert not {BUNDLE, BOOT, FIGURES} & set(loaded)
    assert "own.js" in loaded


@pytest.mark.slow
def test_the_libraries_are_in_the_site_and_keep_to_themselves(site, source):
    text = (site / "_static" / BUNDLE).read_text(encoding="utf-8")
    assert text.startswith("(function () {\n")
    assert text.endswith("\n})();\n")
    assert text.count("window.vegaEmbed =") + text.count("window.vegaEmbed=") == 1
    assert (site / "_static" / BOOT).is_file()
    assert "bbc-2025" in (site / "_static" / SOURCE_COLOURS).read_text(encoding="utf-8")
    kept = sorted(each.name for each in (source / "_static").iterdir())
    assert kept == [FIGURES, "own.js", BOOT]


@pytest.mark.parametrize(
    "name",
    [
        "book.css",
        "figures.js",
        "page.css",
        "save.js",
        "search.js",
        "tables.js",
        "vega-boot.js",
    ],
)
def test_our_own_scripts_and_styles_name_no_other_host(root, name):
    text = (root / "book/_static" / name).read_text(encoding="utf-8")
    # A drawing within a style names the language it is written in, and asks nobody.
    text = text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//\w+\.\w|@import|url\((?!\"data:)", text)


@pytest.mark.slow
def test_the_libraries_are_made_once_for_each_version(source, tmp_path, monkeypatch):
    made = []

    def counted():
        made.append(1)
        return f"bundle {len(made)}"

    def build():
        with docutils_namespace():
            out = tmp_path / "html"
            Sphinx(source, source, out, tmp_path / "t", "html", status=None).build()
        return (tmp_path / "t/drawing" / BUNDLE).read_text(encoding="utf-8")

    monkeypatch.setattr("sourcebook.site.theme.bundle", counted)
    assert [build(), build()] == ["bundle 1", "bundle 1"]
    monkeypatch.setattr("sourcebook.site.theme.version", lambda _: "another")
    assert build() == "bundle 2"
