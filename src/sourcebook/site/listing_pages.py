"""The Sphinx extension that puts listings on pages and brings them to life.

Every listing is a plain table in the page, complete without a script. Where scripts
run, a table library makes it sort, filter, search and export. The library is the one
bundled with itables, an ES module; pages opened from disk load no modules, so it is
written once as a plain script, beside the cached pages, and only pages with a listing
load it. No page names another host.

Add ``sourcebook.site.listing_pages`` to the extensions; ``listing.js`` and
``listing.css`` have to stand in one of the static folders.
"""

import re
from collections.abc import Callable, Iterator
from importlib.metadata import distribution
from pathlib import Path

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

import sourcebook
from sourcebook.coding.corpus import Corpus
from sourcebook.comparing import release_changes
from sourcebook.comparing.second_reading import Readings, settled_readings
from sourcebook.site import directives, page_hooks
from sourcebook.site.domain import SourcebookDomain
from sourcebook.views import listings
from sourcebook.views import second_reading_tables as second


def _shown(listing: listings.Listing, *looks: str) -> list[Node]:
    """Return a listing; one that is short enough to be read whole has other looks."""
    made = directives.listing_table(listing)
    if looks:
        made["classes"] = [*looks]
    return [made]


LISTINGS: directives.Parts = {
    "claims": lambda at: _shown(listings.claims_listing(at.corpus)),
    "events": lambda at: _shown(listings.events_listing(at.corpus)),
    "questions": lambda at: _shown(listings.questions_listing(at.answers)),
    "sources": lambda at: _shown(listings.sources_listing(at.corpus)),
    "usage": lambda at: _shown(listings.usage_listing(at.corpus, at.answers)),
}
_SHORT = "colwidths-auto"
READINGS: dict[str, Callable[[tuple[Readings, ...], Corpus], list[Node]]] = {
    "agreement": lambda both, _: _shown(second.agreement_listing(both), _SHORT),
    "claims": lambda both, corpus: _shown(second.reread_listing(both, corpus)),
    "differences": lambda both, corpus: _shown(
        second.differences_listing(both, corpus)
    ),
    "kinds": lambda both, _: _shown(second.kinds_listing(both), _SHORT),
    "others": lambda both, _: _shown(second.others_listing(both), _SHORT),
    "settled": lambda both, _: [nodes.paragraph("", second.settled_line(both))],
}


def _readings(domain: SourcebookDomain, part: str) -> list[Node]:
    return READINGS[part](settled_readings(domain.corpus), domain.corpus)


def _totals(domain: SourcebookDomain, _: str) -> list[Node]:
    """How often each relation came out: a chart, and a table that ends in a sum."""
    answers = domain.answers
    drawn = nodes.raw("", listings.totals_chart(answers).html(), format="html")
    return [drawn, *_shown(listings.totals_listing(answers), "sb-totals", _SHORT)]


def _flipped(domain: SourcebookDomain, _: str) -> Iterator[Node]:
    """The relations that changed since the release before, counted and tabulated."""
    changes = release_changes.changes_since(
        release_changes.load_records(domain.root),
        release_changes.present_relations(domain.answers),
        version=sourcebook.__version__,
    )
    yield nodes.paragraph("", said(changes))
    for caption, heap in (
        ("Relations that flipped", changes.flipped),
        ("Pairs no longer compared", changes.withdrawn),
    ):
        if heap:
            yield directives.listing_table(
                listings.changes_listing(heap, domain.answers, caption=caption)
            )


DIRECTIVES = {
    "both-readings": directives.printing(_readings, takes=1, among=READINGS),
    "listing": directives.printing_parts(LISTINGS),
    "question-totals": directives.printing(_totals),
    "what-flipped": directives.printing(_flipped),
}


def said(changes: release_changes.Changes) -> str:
    """Say in one or two sentences how the present relations differ from a record."""
    if not changes.since:
        return "There is no earlier release on record."
    flipped = len(changes.flipped)
    return (
        f"Held against release {changes.since}, pair by pair: {flipped or 'none'} "
        f"flipped, {len(changes.unchanged)} unchanged, {len(changes.new)} new, "
        f"{len(changes.withdrawn)} no longer compared."
    )


LISTING_SCRIPT, LISTING_STYLE = "listing.js", "listing.css"  # ours
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
    """Return a file of the library, which itself need not be loaded for that."""
    path = Path(str(distribution("itables").locate_file(f"itables/html/{name}")))
    return path.read_text(encoding="utf-8")


def write_library(app: Sphinx) -> None:
    """Write the library where Sphinx will copy it from."""
    if app.builder.name == page_hooks.SITE_BUILDER:
        page_hooks.bring_files(app, _FOLDER, {LIBRARY: library(), LOOKS: looks()})


def leave_unnumbered(_app: Sphinx, config: Config) -> None:
    """Number no table, which a part of Jupyter Book asks for: no text cites one."""
    config.numfig = False  # else every page would be gone through for it once more


def add_files(page: page_hooks.WrittenPage) -> None:
    """Let a page of the site load the library if it holds a listing."""
    app, tables = page.app, page.doctree.findall(nodes.table)
    if any(directives.LISTING in table["classes"] for table in tables):
        app.add_css_file(LOOKS, priority=_LATE)
        app.add_css_file(LISTING_STYLE, priority=_LATE + 1)
        app.add_js_file(LIBRARY, priority=_LATE, loading_method="defer")
        app.add_js_file(LISTING_SCRIPT, priority=_LATE + 1, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(directives.ListingRows, html=(directives.write_rows, None))
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect("config-inited", leave_unnumbered, priority=_LATE)
    app.connect("builder-inited", write_library, priority=_LATE)
    page_hooks.on_each_page(app, add_files)
