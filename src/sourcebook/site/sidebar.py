"""The contents beside each page: the pages of the book, the open one marked.

The theme makes them anew for every page from the nodes of all others, which a book of a
hundred sources waits for longer than for all else. Here the tree is read once, and the
template ``sbt-sidebar-nav.html`` prints it as the theme would; of a long list only what
is near the open page, since nobody reads five hundred titles beside each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.application import Sphinx

LONG = 40  # entries: what a tall window shows; a longer list is cut
NEAR = 5  # entries before and after the open page that a cut list keeps
_EARLY = 400  # before the theme looks which of its templates come out empty


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a page or an address elsewhere, and what is below it."""

    page: str  # "" for an address elsewhere
    address: str
    title: str  # as HTML
    below: tuple[Entry, ...] = ()
    pages: frozenset[str] = frozenset()  # its own and all below


@dataclass(frozen=True, slots=True)
class Part:
    """A list of the contents under its heading, which may be empty."""

    caption: str
    entries: tuple[Entry, ...]
    pages: frozenset[str]


def read_contents(app: Sphinx) -> list[Part]:
    """Return the parts of the book, in the order of its ``_toc.yml``."""
    return [
        Part(escape(node["caption"] or ""), entries, _pages(entries))
        for node in app.env.tocs[app.config.root_doc].findall(toctree)
        if (entries := tuple(_entries(app, node, ())))
    ]


def _entries(app: Sphinx, node: toctree, above: tuple[str, ...]) -> Iterator[Entry]:
    for title, ref in node["entries"]:
        if "://" in ref:
            yield Entry("", ref, escape(title or ref))
        elif ref in app.env.titles and ref not in above:
            lists = app.env.tocs[ref].findall(toctree)
            below = tuple(
                entry for each in lists for entry in _entries(app, each, (*above, ref))
            )
            numbers = app.env.toc_secnumbers.get(ref, {}).get("") or ()
            words = "".join(f"{number}." for number in numbers) + " " * bool(numbers)
            words += escape(title) if title else _title(app, ref)
            yield Entry(ref, "", words, below, _pages(below) | {ref})


def _title(app: Sphinx, page: str) -> str:
    """Return a page's title as HTML, with code and emphasis where it has some."""
    return "".join(
        escape(part, quote=False)
        if isinstance(part, nodes.Text)
        else app.builder.render_partial(part.deepcopy())["fragment"]  # type: ignore[attr-defined]
        for part in app.env.titles[page].children
    )


def _pages(entries: tuple[Entry, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(entry.pages for entry in entries))


def near(entries: tuple[Entry, ...], page: str) -> tuple[Entry, ...]:
    """Return the entries to print on a page: all, or of a long list those around it.

    What is left out before and after is counted, in an entry that leads to the nearest.

    >>> names = [f"{i}" for i in range(50)]
    >>> some = tuple(Entry(i, "", i, pages=frozenset({i})) for i in names)
    >>> [entry.title for entry in near(some, "6")]
    ['… 1 before', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '… 38 more']
    """
    if len(entries) <= LONG:
        return entries
    here = next((i for i, entry in enumerate(entries) if page in entry.pages), NEAR)
    begin, end = max(0, here - NEAR), here + NEAR + 1
    before, after = entries[:begin], entries[end:]
    return (
        *(Entry(e.page, e.address, f"… {begin} before") for e in before[-1:]),
        *entries[begin:end],
        *(Entry(e.page, e.address, f"… {len(after)} more") for e in after[:1]),
    )


def _begin(app: Sphinx) -> None:
    """Have the contents read when the first page is written: then titles are known."""
    contents: list[Part] = []

    def add(
        app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object
    ) -> None:
        if not contents:
            contents.extend(read_contents(app))
        context |= {"sb_contents": contents, "sb_near": near}

    app.connect("html-page-context", add, priority=_EARLY)


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx."""
    app.connect("builder-inited", _begin)
