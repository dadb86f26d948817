"""The Sphinx extension that lets the text of a page come before any script.

The theme loads the search index and a dozen scripts in the head of every page, and a
browser shows nothing until it has them. The template ``text-first.html`` is the same
page with these deferred; the page of search results is left as it is, because its own
scripts need the others at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PAGE, TEXT_FIRST = "page.html", "text-first.html"


def _choose(
    app: Sphinx, _page: str, template: str, _context: object, _doctree: object
) -> str | None:
    """Return the template for an ordinary page of the site, None for any other."""
    return TEXT_FIRST if template == PAGE and app.builder.name == "html" else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, after all who change what a page holds."""
    app.connect("html-page-context", _choose, priority=999)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
