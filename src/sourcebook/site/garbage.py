"""The garbage collector of Python, told to look less often while a site is made.

What a build makes it keeps until it ends: the trees of the pages, the names in them.
The collector goes through all of it again and again and finds next to nothing, which
takes a fifth of the time that reading and writing pages does.

Of the trees, Sphinx keeps two copies in memory beside the one in its files. Here they
are let go of from page to page, so that memory grows less with the number of pages.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

OFTEN = (50_000, 10, 2)  # new objects before a look, looks before a longer one
_KEPT = ("_write_doc_doctree_cache", "_pickled_doctree_cache")  # Sphinx's own names
_LAST = 1000


def _let_go(app: Sphinx, *_: object) -> None:
    """Empty what holds the trees of done pages; another Sphinx may hold none."""
    for name in _KEPT:
        getattr(app.env, name, {}).clear()


def setup(app: Sphinx) -> dict[str, Any]:
    """Have it look less often from here on, and as before when the build has ended."""
    before = gc.get_threshold()
    gc.set_threshold(*OFTEN)
    app.connect("build-finished", lambda *_: gc.set_threshold(*before), priority=_LAST)
    for event in ("source-read", "doctree-resolved"):
        app.connect(event, _let_go)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
