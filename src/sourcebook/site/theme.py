"""What the theme makes of a page, mended; its contents; scripts where they have work.

* No line of script stands in a page: what the theme writes there is left out, and
  ``early.js`` does what of it is needed. So a page can forbid any script but the
  book's own files, which `POLICY` does.
* What a page has no use for is not loaded: the icon font, which is most of what the
  theme weighs, live code, the theme's search, buttons to copy where there is no code.
  What is left is deferred: the text does not wait for it.
* Downloads open in the tab, as text; here each is saved, under its own name, and
  every button is called what is written on it.
* The bibliography is marked as a list without being one.
* The contents beside each page the theme makes anew for every page from the nodes of
  all others, which a book of a hundred sources waits for longer than for all else. Here
  the tree is read once, and ``sbt-sidebar-nav.html`` prints it as the theme would; of a
  long list only what is near the open page.
* Only pages with a chart that Vega draws load the drawing libraries, which are written
  beside the cached pages when a build begins. No page names another host.

What stands in templates is mended there (``book/_templates``): a page's title printed
twice, the book's title outside every landmark, switches of the contents without a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert as vlc
from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.application import Sphinx

from sourcebook.coding.source_looks import source_style, use_book
from sourcebook.site.page_hooks import (
    SITE_BUILDER,
    WrittenPage,
    bring_files,
    make_anew,
    on_each_page,
    once_built,
)

# For a page's own tag and for the example of a host's file.
POLICY = "script-src 'self'; object-src 'none'; base-uri 'self'"
_LATE = 950  # after the theme's own changes
_TABLE = re.compile(r'class="(sb-table|[^"]*\bdataframe\b)')
_SEARCH = "search.js"
_SAVE = "save.js"
_NEVER = re.compile(
    r"fontawesome|searchtools|language_data|searchindex|sphinx_highlight|doctools"
    r'|thebe|rel="preload"|docsearch:|name="viewport"'
)
_CODE = re.compile(r'class="[^"]*\bhighlight-')
_WHERE = (  # a file, and what a page must hold to need it
    (re.compile(r"copybutton|clipboard|pygments"), _CODE),
    (re.compile(r"mystnb"), re.compile(r'class="[^"]*\bcell')),
    (re.compile(r"togglebutton"), re.compile(r'class="[^"]*\b(toggle|dropdown)\b')),
    (re.compile(r"sphinx-design|design-tabs"), re.compile(r'class="[^"]*\bsd-')),
)
_INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/)[^>]*>.*?</script>", re.DOTALL
)
_FILE = re.compile(
    r"[ \t]*<(?:script\b[^>]*>\s*</script>|link\b[^>]*>|meta\b[^>]*>)\n?"
)
_WAITED = re.compile(r"<script (?![^>]*\bdefer\b)(?=[^>]*\bsrc=)")
_NOTES = re.compile(r"[ \t]*<!--.*?-->\n?", re.DOTALL)
_WORDS = {  # the theme's name of a button: what is written on it
    "download-notebook-button": "Notebook (.ipynb)",
    "download-one-file-button": "This chapter in one file (.html)",
    "download-pdf-button": "Print, or save as PDF",
}
_DEEDS = {"window.print()": "print", "toggleFullScreen()": "fullscreen"}
_LISTS = (' role="list" class="citation-list"', ' class="citation-list"')
_ENTRIES = re.compile(r'(<div class="citation"[^>]*) role="doc-biblioentry"')


def strict(head: str, body: str) -> str:
    """Return a part of a page's head without lines of script and without unused files.

    >>> strict('<script>let a = 1;</script><script src="b.js"></script>', "")
    '<script defer src="b.js"></script>'
    >>> strict('<script src="_static/copybutton.js"></script>', "<p>No code.</p>")
    ''
    """

    def used(found: re.Match[str]) -> str:
        tag = found.group()
        needed = all(need.search(body) for name, need in _WHERE if name.search(tag))
        return tag if needed and not _NEVER.search(tag) else ""

    kept = _FILE.sub(used, _NOTES.sub("", _INLINE.sub("", head)))
    return _WAITED.sub("<script defer ", kept)


def _leave_search(app: Sphinx) -> None:
    """Spare Sphinx the index of its own search: it takes long, and no page asks it."""
    if app.builder.name == SITE_BUILDER:
        app.builder.search = False  # type: ignore[attr-defined]


def _search_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page of our search, which Sphinx makes with its own alone."""
    if app.builder.name == SITE_BUILDER:
        yield "search", {}, "search.html"


def _take_out_search(app: Sphinx) -> None:
    """Take away the scripts of Sphinx's own search, which have nothing to search."""
    for name in ("searchtools.js", "language_data.js"):
        (Path(app.outdir) / "_static" / name).unlink(missing_ok=True)


def _be_strict(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    if "body" in context:
        body = _INLINE.sub("", context["body"]).replace(*_LISTS)
        context["body"] = _ENTRIES.sub(r"\1", body)
    context["sb_policy"] = POLICY
    context["sb_strict"] = partial(strict, body=context.get("body", ""))
    context["header_buttons"] = [
        _named(button, page) for button in context.get("header_buttons", ())
    ]
    app.add_js_file(_SEARCH, loading_method="defer")


def _named(button: dict[str, Any], page: str) -> dict[str, Any]:
    """Return a button of the theme called what it does, and its downloads saved."""
    if "buttons" in button:
        inner = [_named(each, page) for each in button["buttons"]]
        return {**button, "buttons": inner}
    label, deed = button.get("label", ""), button.get("javascript", "")
    button = {**button, "sb_do": _DEEDS.get(deed, "")}  # which ``early.js`` knows
    if not label.startswith("download-"):
        return button
    end = button["text"]
    words = "Notebook, executed (.ipynb)" if end == ".ipynb" else f"Source ({end})"
    named = {**button, "text": _WORDS.get(label, words)}
    if button["type"] == "link":
        named["download"] = f"{page.rpartition('/')[2]}{end}"
    return named


LONG = 40  # entries: what a tall window shows; a longer list is cut
NEAR = 5  # entries before and after the open page that a cut list keeps
_EARLY = 400  # before the theme looks which of its templates come out empty


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of the contents: a page or an address elsewhere, and what is below it."""

    page: str  # "" for an address elsewhere
    address: str
    title: str  # as HTML
    below: tuple[TocEntry, ...] = ()
    pages: frozenset[str] = frozenset()  # its own and all below


@dataclass(frozen=True, slots=True)
class Part:
    """A list of the contents under its heading, which may be empty."""

    caption: str
    entries: tuple[TocEntry, ...]
    pages: frozenset[str]


def read_contents(app: Sphinx) -> list[Part]:
    """Return the parts of the book, in the order of its ``_toc.yml``."""
    return [
        Part(escape(node["caption"] or ""), entries, _pages(entries))
        for node in app.env.tocs[app.config.root_doc].findall(toctree)
        if (entries := tuple(_entries(app, node, ())))
    ]


def _entries(app: Sphinx, node: toctree, above: tuple[str, ...]) -> Iterator[TocEntry]:
    for title, ref in node["entries"]:
        if "://" in ref:
            yield TocEntry("", ref, escape(title or ref))
        elif ref in app.env.titles and ref not in above:
            lists = app.env.tocs[ref].findall(toctree)
            below = tuple(
                entry for each in lists for entry in _entries(app, each, (*above, ref))
            )
            numbers = app.env.toc_secnumbers.get(ref, {}).get("") or ()
            words = "".join(f"{number}." for number in numbers) + " " * bool(numbers)
            words += escape(title) if title else _title(app, ref)
            yield TocEntry(ref, "", words, below, _pages(below) | {ref})


def _title(app: Sphinx, page: str) -> str:
    """Return a page's title as HTML, with code and emphasis where it has some."""
    return "".join(
        escape(part, quote=False)
        if isinstance(part, nodes.Text)
        else app.builder.render_partial(part.deepcopy())["fragment"]  # type: ignore[attr-defined]
        for part in app.env.titles[page].children
    )


def _pages(entries: tuple[TocEntry, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(entry.pages for entry in entries))


def near(entries: tuple[TocEntry, ...], page: str) -> tuple[TocEntry, ...]:
    """Return the entries to print on a page: all, or of a long list those around it.

    What is left out before and after is counted, in an entry that leads to the nearest.

    >>> names = [f"{i}" for i in range(50)]
    >>> some = tuple(TocEntry(i, "", i, pages=frozenset({i})) for i in names)
    >>> [entry.title for entry in near(some, "6")]
    ['… 1 before', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '… 38 more']
    """
    if len(entries) <= LONG:
        return entries
    here = next((i for i, entry in enumerate(entries) if page in entry.pages), NEAR)
    begin, end = max(0, here - NEAR), here + NEAR + 1
    before, after = entries[:begin], entries[end:]
    return (
        *(TocEntry(e.page, e.address, f"… {begin} before") for e in before[-1:]),
        *entries[begin:end],
        *(TocEntry(e.page, e.address, f"… {len(after)} more") for e in after[:1]),
    )


def _begin_contents(app: Sphinx) -> None:
    """Have the contents read when the first page is written: then titles are known."""
    contents: list[Part] = []

    def add(
        app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object
    ) -> None:
        if not contents:
            contents.extend(read_contents(app))
        context |= {"sb_contents": contents, "sb_near": near}

    app.connect("html-page-context", add, priority=_EARLY)


BUNDLE = "vega-bundle.js"
BOOT = "vega-boot.js"
FIGURES = "figures.js"
SOURCE_COLOURS = "sources.css"  # made from the sheets: what colour a source has
CHART = '<figure class="vega'  # how every chart that Vega draws begins in a page
FIGURE = 'sb-chart"'  # what every chart has
_FOLDER = "drawing"
_ENTRY = "window.vegaEmbed = vegaEmbed;"  # the one name the libraries leave behind
_INSIDE = "(function () {{\n{}\n}})();\n"
_LIBRARIES = 900  # after whatever looks through the static folders


def bundle() -> str:
    """Return the drawing libraries as one script that leaves one name behind."""
    # They declare hundreds of short names, which inside a function cannot meet those of
    # another script on the page.
    return _INSIDE.format(vlc.javascript_bundle(_ENTRY))


def write_bundle(app: Sphinx) -> None:
    """Write the libraries where Sphinx will copy them from, once for each version."""
    if app.builder.name != SITE_BUILDER:
        return
    bring_files(app, _FOLDER, {SOURCE_COLOURS: source_style()})
    app.add_css_file(SOURCE_COLOURS)
    folder = Path(app.doctreedir) / _FOLDER
    told = f"{version('vl-convert-python')} {_ENTRY} {_INSIDE}"
    script = folder / BUNDLE, told, lambda: bundle().encode()
    make_anew(folder.with_suffix(".json"), [script])


def _add_scripts(page: WrittenPage) -> None:
    """Let a page load those of our scripts, and of the libraries, that it needs."""
    body, add = page.body, partial(page.app.add_js_file, loading_method="defer")
    if _TABLE.search(body):
        add("tables.js")
    if page.context.get("sourcename"):
        add(_SAVE)
    if FIGURE in body:
        add(FIGURES, priority=_LIBRARIES)
    if CHART in body:
        add(BUNDLE, priority=_LIBRARIES)
        add(BOOT, priority=_LIBRARIES + 1)


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx, after the theme's own changes."""
    app.connect("builder-inited", _leave_search)
    app.connect("html-collect-pages", _search_page)
    once_built(app, _take_out_search)
    app.connect("html-page-context", _be_strict, priority=_LATE)
    app.connect("builder-inited", _begin_contents)
    app.connect("config-inited", lambda app, _: use_book(Path(app.srcdir)))
    app.connect("builder-inited", write_bundle, priority=_LIBRARIES)
    on_each_page(app, _add_scripts)
