"""Pages that are not of the book's text: the way in, and the one for wrong addresses.

A host shows ``404.html`` at whatever address was asked for, so its links cannot be
relative to where it lies. They begin at the root of the book where that is known
(`sphinx-notfound-page` rewrites them), and otherwise are right where the page lies:
opened from a disk, or for a wrong address at the top of the book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

NOT_FOUND = "404"
_FIRST = "index"
_BODY = """<section><h1>Page not found</h1>
<p>There is no page at this address.
The contents beside this page, or behind the button above it on a narrow screen, lead
to every page of the book, and the search looks through all of them.</p></section>"""
_EARLY = 100
_SITES = frozenset({"html", "dirhtml"})


def _below(_app: Sphinx, config: Config) -> None:
    """Tell the library at which path of its host the book begins."""
    config.notfound_urls_prefix = urlsplit(config.sourcebook_url).path or "/"
    config.notfound_context = _context()


def _context() -> dict[str, str]:
    return {"title": "Page not found", "body": _BODY}


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page at the top, which leads to the first one, and the other."""
    if app.builder.name not in _SITES:
        return
    if _FIRST not in app.env.found_docs:
        yield _FIRST, {}, "redirect.html"
    if not app.config.sourcebook_url:
        yield NOT_FOUND, _context(), "page.html"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx; the library only where it can do its work."""
    if app.config.sourcebook_url:
        app.setup_extension("notfound.extension")
        app.connect("config-inited", _below)
    app.connect("html-collect-pages", _pages, priority=_EARLY)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
