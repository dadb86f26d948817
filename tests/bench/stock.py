"""What a stock Jupyter Book needs to hold the same content, and nothing for speed.

In a plain copy this extension stands where `sourcebook.site.build_hooks` stands in
ours: it keeps to the contents, prints the tables of the pages and writes the data
files. It runs no notebook, keeps no record and drops nothing: that is left to Jupyter
Book.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourcebook.coding.book_files import DATA
from sourcebook.comparing.questions import answer_all
from sourcebook.data.export import write_exports
from sourcebook.site.build_hooks import keep_to_contents
from sourcebook.site.directives import DIRECTIVES
from sourcebook.site.domain import get_domain
from sourcebook.site.page_hooks import SITE_BUILDER

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def _export(app: Sphinx, failure: Exception | None) -> None:
    if failure is None and app.builder.name == SITE_BUILDER:
        corpus = get_domain(app.env).corpus
        write_exports(corpus, answer_all(corpus), Path(app.outdir) / DATA)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    app.connect(
        "config-inited", keep_to_contents, priority=950
    )  # they are read by then
    app.connect("build-finished", _export)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
