"""The Sphinx extension that brings charts to life, without a network.

When a build begins, the colours of the sources and the drawing libraries are written
into a folder beside the cached pages, from where Sphinx copies them into the site. Only
pages with a chart that Vega draws load the libraries, deferred, and after them the
script that draws. Nothing under the book's own static folder is touched, and no page
names another host.

Add ``sourcebook.site.chart_assets`` to the extensions; ``vega-boot.js`` and
``figures.js`` have to stand in one of the static folders.
"""

from importlib.metadata import version
from pathlib import Path

import vl_convert as vlc
from sphinx.application import Sphinx

from sourcebook.coding.source_looks import source_style, use_book
from sourcebook.site import page_hooks

BUNDLE = "vega-bundle.js"
BOOT = "vega-boot.js"
FIGURES = "figures.js"
STYLE = "sources.css"  # made from the sheets: what colour a source has
CHART = '<figure class="vega'  # how every chart that Vega draws begins in a page
FIGURE = 'sb-chart"'  # what every chart has
_FOLDER = "drawing"
_ENTRY = "window.vegaEmbed = vegaEmbed;"  # the one name the libraries leave behind
_INSIDE = "(function () {{\n{}\n}})();\n"
_LATE = 900  # after whatever looks through the static folders


def bundle() -> str:
    """Return the drawing libraries as one script that leaves one name behind."""
    # They declare hundreds of short names, which inside a function cannot meet those of
    # another script on the page.
    return _INSIDE.format(vlc.javascript_bundle(_ENTRY))


def write_bundle(app: Sphinx) -> None:
    """Write the libraries where Sphinx will copy them from, once for each version."""
    if app.builder.name != page_hooks.SITE_BUILDER:
        return
    page_hooks.bring_files(app, _FOLDER, {STYLE: source_style()})
    app.add_css_file(STYLE)
    folder = Path(app.doctreedir) / _FOLDER
    script, note = folder / BUNDLE, folder.with_suffix(".txt")
    made_from = f"{version('vl-convert-python')} {_ENTRY} {_INSIDE}"
    known = note.read_text(encoding="utf-8") if note.is_file() else ""
    if not script.is_file() or known != made_from:
        script.write_text(bundle(), encoding="utf-8")
        note.write_text(made_from, encoding="utf-8")


def _add_scripts(page: page_hooks.WrittenPage) -> None:
    """Let a page load the libraries if it holds a chart."""
    if FIGURE in page.body:
        page.app.add_js_file(FIGURES, priority=_LATE, loading_method="defer")
    if CHART in page.body:
        page.app.add_js_file(BUNDLE, priority=_LATE, loading_method="defer")
        page.app.add_js_file(BOOT, priority=_LATE + 1, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("config-inited", lambda app, _: use_book(Path(app.srcdir)))
    app.connect("builder-inited", write_bundle, priority=_LATE)
    page_hooks.on_each_page(app, _add_scripts)
