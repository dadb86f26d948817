"""The contents beside the pages are the theme's own, made once for all pages."""

from __future__ import annotations

import io
import re

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

# Sphinx and its extensions use what Python and docutils are about to drop.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::Warning")]

PAGES = {
    "first": ("a/one", "a/two", "b/c/deep", "also", "Named </also>", "plain"),
    "a/one": ("a/inner", "a/b/lower", "https://example.org/?a=1&b=2"),
    "a/b/lower": ("a/b/lowest",),
    "plain": ("a/b/lowest",),  # listed twice
}
SINGLE = ("a/two", "a/inner", "a/b/lowest", "b/c/deep", "also")
ALL: dict[str, tuple[str, ...]] = PAGES | dict.fromkeys(SINGLE, ())


def page(name, below=(), options=":hidden:"):
    entries = "\n".join(
        each if re.search("[: ]", each) else f"/{each}" for each in below
    )
    contents = f"```{{toctree}}\n{options}\n\n{entries}\n```\n" if below else ""
    return f"# On `{name}` & *more*\n\n## A part\n\nWords.\n\n{contents}"


def build(root, tmp_path, *extensions, pages=ALL, **first):
    """Build a small book with the book's template; return its pages' contents."""
    book, out = tmp_path / "book", tmp_path / "-".join(["out", *extensions])
    for name, below in pages.items():
        path = book / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        more = first if name == "first" else {}
        path.write_text(page(name, below, **more), encoding="utf-8")
    with patch_docutils(), docutils_namespace():
        Sphinx(
            str(book), None, str(out), str(out / "kept"), "html", status=io.StringIO(),
            freshenv=True, confoverrides={
                "extensions": ["myst_parser", *extensions], "root_doc": "first",
                "html_theme": "sphinx_book_theme", "html_copy_source": False,
                "source_suffix": {".md": "markdown"},
                "templates_path": [str(root / "book/_templates")] if extensions else [],
            },
        ).build()  # fmt: skip
    return {
        name: contents((out / f"{name}.html").read_text(encoding="utf-8"))
        for name in (*pages, "genindex")
    }


def contents(text):
    """Return the contents of a page."""
    (found,) = re.findall(r'<nav class="bd-links.*?</nav>', text, re.DOTALL)
    return found


def bare(text):
    """Return contents without the names of switches and without blanks."""
    return re.sub(r' aria-label="Parts of [^"<>]+"|\s*(?=<)', "", text)


@pytest.mark.parametrize("options", [":hidden:", ":caption: Parts & all", ":numbered:"])
def test_every_page_has_the_contents_that_the_theme_makes(root, tmp_path, options):
    theirs = build(root, tmp_path, options=options)
    named = build(root, tmp_path, "sourcebook.site.theme", options=options)
    both = ("sourcebook.site.theme", "sourcebook.site.theme")
    ours = build(root, tmp_path, *both, options=options)
    for name, expected in theirs.items():
        assert bare(ours[name]) == bare(expected)
        assert ours[name] == named[name]
    assert '<details open="open"><summary aria-label="Parts of ' in ours["a/b/lowest"]


def test_of_a_long_list_each_page_shows_what_is_near(root, tmp_path):
    many = [f"many/{i:02}" for i in range(60)]
    single = dict.fromkeys((*many, "plain"), ())
    pages = {"first": ("all", "plain"), "all": many} | single
    ours = ("sourcebook.site.theme", "sourcebook.site.theme")
    built = build(root, tmp_path, *ours, pages=pages)
    links = {name: re.findall(r'href="([^"]*)"', text) for name, text in built.items()}
    around = [f"{i:02}.html" for i in range(14, 27)]
    around[6] = "#"
    assert links["many/20"] == ["../all.html", *around, "../plain.html"]
    assert re.findall("…[^<]*", built["many/20"]) == ["… 15 before", "… 34 more"]
    assert re.findall("…[^<]*", built["many/00"]) == ["… 54 more"]
    assert re.findall("…[^<]*", built["many/59"]) == ["… 54 before"]
    assert len(links["all"]) == len(links["plain"]) == 14
