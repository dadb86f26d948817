"""The contents beside the pages are the theme's own, whoever made them."""

from __future__ import annotations

import io

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sourcebook.site import sidebar

# Sphinx and its extensions use what Python and docutils are about to drop.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::Warning")]

PAGES = {
    "first": ("a/one", "a/two", "b/c/deep", "also", "plain"),
    "a/one": ("a/inner", "a/b/lower"),
    "a/b/lower": ("a/b/lowest",),
}
SINGLE = ("a/two", "a/inner", "a/b/lowest", "b/c/deep", "also", "plain")


def page(name, below=(), listed=""):
    entries = "\n".join(f"/{each}" for each in below)
    contents = f"```{{toctree}}\n:hidden:\n\n{entries}\n```\n" if below else ""
    return f"# On {name} & more\n\n## A part\n\nWords.\n\n{contents}{listed}"


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Return a function that builds a small book and returns its pages by name."""

    def run(*extensions, **pages):
        tmp_path = tmp_path_factory.mktemp("sidebar")
        book = tmp_path / "book"
        names = PAGES | dict.fromkeys(SINGLE, ())
        texts = {name: page(name, below) for name, below in names.items()}
        for name, text in (texts | pages).items():
            path = book / f"{name}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        out = tmp_path / f"out{len(extensions)}"
        said = io.StringIO()
        with patch_docutils(), docutils_namespace():
            Sphinx(
                str(book), None, str(out), str(out / "kept"), "html", status=said,
                freshenv=True, confoverrides={
                    "extensions": ["myst_parser", *extensions], "root_doc": "first",
                    "html_theme": "sphinx_book_theme", "html_copy_source": False,
                    "source_suffix": {".md": "markdown"},
                },
            ).build()  # fmt: skip
        found = {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in sorted(out.rglob("*.html"))
        }
        return found, said.getvalue()

    return run


@pytest.fixture(scope="module")
def theirs(build):
    """The pages as the theme makes them."""
    return build()[0]


@pytest.fixture
def count(monkeypatch):
    """Count how often the theme makes contents for a page of the book."""
    counted = []
    add = sidebar.Sidebars.add

    def counting(self, name, context):
        own = context["generate_toctree_html"]

        def make(**more):
            counted.append(name)
            return own(**more)

        context["generate_toctree_html"] = make
        add(self, name, context)

    monkeypatch.setattr(sidebar.Sidebars, "add", counting)
    return counted


def test_every_page_is_what_the_theme_makes_of_it(build, theirs, count):
    ours, said = build("sourcebook.site.sidebar")
    assert ours == theirs
    assert "one by one" not in said
    assert b'<details open="open">' in ours["a/b/lowest.html"]
    assert len(set(count)) < len(PAGES) + len(SINGLE)  # it was not asked for each page


def test_a_page_listed_twice_is_left_to_the_theme(build):
    twice = page("a/two", ("plain",))
    theirs, _ = build(**{"a/two": twice})
    ours, _ = build("sourcebook.site.sidebar", **{"a/two": twice})
    assert ours == theirs


def test_parts_for_some_builders_leave_all_to_the_theme(build, count):
    inside = "````{only} html\n```{toctree}\n/a/inner\n```\n````\n"
    theirs, _ = build(plain=page("plain", listed=inside))
    ours, _ = build("sourcebook.site.sidebar", plain=page("plain", listed=inside))
    assert ours == theirs
    assert {*PAGES, *SINGLE} <= set(count)


def test_wrong_marks_are_noticed_and_not_used(build, theirs, monkeypatch):
    monkeypatch.setitem(sidebar._MARKS, "li", lambda tag: tag)
    ours, said = build("sourcebook.site.sidebar")
    assert ours == theirs
    assert "one by one" in said


def test_another_theme_makes_its_own_contents(build, count, monkeypatch):
    monkeypatch.setattr(sidebar.pydata_sphinx_theme, "__version__", "9.0.0")
    build("sourcebook.site.sidebar")
    assert not count


def test_links_start_from_the_folder_of_the_page():
    top = '<a class="reference internal" href="a/one.html">1</a>'
    assert 'href="one.html"' in sidebar._from("a/x.html", top)
    assert 'href="../a/one.html"' in sidebar._from("b/x.html", top)
