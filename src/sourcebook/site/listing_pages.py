"""The Sphinx extension that puts listings on pages and brings them to life.

Every listing is a plain table in the page, complete without a script. Where scripts
run, a table library makes it sort, filter, search and export. The library is the one
bundled with itables, an ES module; pages opened from disk load no modules, so it is
written once as a plain script, beside the cached pages, and only pages with a listing
load it. No page names another host.

Add ``sourcebook.site.listing_pages`` to the extensions; ``listing.js`` and
``listing.css`` have to stand in one of the static folders.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from sourcebook.site.listing_directives import (
    BothReadings,
    ListingDirective,
    QuestionTotals,
    WhatFlipped,
)
from sourcebook.site.listing_nodes import LISTING, ListingBody, typeset
from sourcebook.site.page_links import SITES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sourcebook.views.listings import Link

_log = logging.getLogger(__name__)
SCRIPT, STYLE = "listing.js", "listing.css"  # ours
LIBRARY, LOOKS = "table-library.js", "table-library.css"  # theirs
GLOBAL = "sbTables"  # the one name the library leaves on the page
_FOLDER = "tables"
_LATE = 900  # after whatever looks through the static folders
_EXPORT = re.compile(r"\bexport\s*\{([^{}]*)\}\s*;?")


def library() -> str:
    """Return the table library as a plain script that leaves one name behind.

    Raises `ExtensionError` when the bundle is not the one module this was made for.
    """
    module = _bundled("dt_bundle.js")
    exports = _EXPORT.findall(module)
    names = dict(re.findall(r"([\w$]+) as (\w+)", exports[0])) if exports else {}
    query = next((name for name, given in names.items() if given == "jQuery"), "")
    if len(exports) != 1 or not query:
        raise ExtensionError(
            "itables: its bundle does not export what it did\n"
            "  fix: pin the version in requirements.lock"
        )
    handed = f"window.{GLOBAL} = {query}.fn.dataTable;"
    return f"(function () {{\n{_EXPORT.sub(lambda _: handed, module)}\n}})();\n"


def looks() -> str:
    """Return the library's styles, following the theme's own switch for the dark."""
    styles = _bundled("dt_bundle.css")
    return re.sub(r"(:root|html)\.dark\b", 'html[data-theme="dark"]', styles)


def _bundled(name: str) -> str:
    return (files("itables") / "html" / name).read_text(encoding="utf-8")


def write_library(app: Sphinx) -> None:
    """Write the library where Sphinx will copy it from."""
    if app.builder.name not in SITES:
        return
    folder = Path(app.doctreedir) / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((LIBRARY, library()), (LOOKS, looks())):
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    if str(folder) not in app.config.html_static_path:
        app.config.html_static_path.append(str(folder))


def leave_unnumbered(app: Sphinx, config: Config) -> None:
    """Number no table, which a part of Jupyter Book asks for: no text cites one.

    Every page would be gone through for it once more.
    """
    del app
    config.numfig = False


def let_link(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let listings link to the pages there are, and say which there are not."""

    def linked(link: Link) -> nodes.Node:
        words = typeset(link.words)
        if link.page in app.env.all_docs:
            anchor = link.anchor or None
            return make_refnode(app.builder, docname, link.page, anchor, words)
        said = "a listing links to a page that there is not: %s"
        _log.warning(said, link.page, location=docname, type="ref", subtype="place")
        return words

    for body in doctree.findall(ListingBody):
        body.linked = linked


def add_files(
    app: Sphinx,
    pagename: str,  # noqa: ARG001  (Sphinx decides what it passes)
    templatename: str,  # noqa: ARG001
    context: dict[str, Any],  # noqa: ARG001
    doctree: nodes.document | None,
) -> None:
    """Let a page of the site load the library if it holds a listing."""
    if doctree is None or app.builder.name not in SITES:
        return
    tables = doctree.findall(nodes.table)
    if any(LISTING in table["classes"] for table in tables):
        app.add_css_file(LOOKS, priority=_LATE)
        app.add_css_file(STYLE, priority=_LATE + 1)
        app.add_js_file(LIBRARY, priority=_LATE, loading_method="defer")
        app.add_js_file(SCRIPT, priority=_LATE + 1, loading_method="defer")


def refuse_everywhere(app: Sphinx, config: Config) -> None:
    """Take our own script and styles off the lists that every page loads."""
    del app
    ours = {SCRIPT, STYLE, LIBRARY, LOOKS}
    for name in ("html_js_files", "html_css_files"):
        kept = [
            entry
            for entry in config[name]
            if (entry if isinstance(entry, str) else entry[0]) not in ours
        ]
        config[name] = kept


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("both-readings", BothReadings)
    app.add_directive("listing", ListingDirective)
    app.add_directive("question-totals", QuestionTotals)
    app.add_directive("what-flipped", WhatFlipped)
    app.connect("config-inited", refuse_everywhere, priority=_LATE)
    app.connect("config-inited", leave_unnumbered, priority=_LATE)
    app.connect("builder-inited", write_library, priority=_LATE)
    app.connect("doctree-resolved", let_link)
    app.connect("html-page-context", add_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
