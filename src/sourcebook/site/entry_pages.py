"""Pages that are not of the book's text: the way in, and the one for wrong addresses.

The address people pass on is that of the folder, so its ``index.html`` is the first
page itself, with every link as it is from there. Beside it lies ``_headers``, which
says in the form some hosts read what each page says of itself: which scripts may run.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.config import Config

from sourcebook.coding.book_files import put
from sourcebook.site.page_hooks import SITES
from sourcebook.site.theme import POLICY

NOT_FOUND = "404"
_FIRST = "index"
_BODY = """<section><h1>Page not found</h1>
<p>There is no page at this address.
The contents beside this page, or behind the button above it on a narrow screen, lead
to every page of the book, and the search looks through all of them.</p></section>"""
_CONTEXT = {"title": "Page not found", "body": _BODY}
_EARLY = 100
HEADERS = f"""# For hosts that read this form; others say the same in their own.
/*
  Content-Security-Policy: {POLICY}; base-uri 'self'; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
"""
_LINK = re.compile(r'(?<=[\s:])((?:href|src|action|content)=")([^"?#:]+)(?=["?#])')
_ROOT = re.compile(r'(?<=data-content_root=")[^"]*')


def _below(_app: Sphinx, config: Config) -> None:
    """Tell the library at which path of its host the book begins."""
    # A host shows 404.html at whatever address was asked for, so its links cannot be
    # relative to where it lies. `sphinx-notfound-page` begins them at the root of the
    # book where that is known; else they are right where the page lies: opened from a
    # disk, or for a wrong address at the top of the book.
    config.notfound_urls_prefix = urlsplit(config.sourcebook_url).path or "/"
    config.notfound_context = _CONTEXT


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the page for wrong addresses, where no library makes it."""
    if app.builder.name in SITES and not app.config.sourcebook_url:
        yield NOT_FOUND, dict(_CONTEXT), "page.html"


def raised(page: str, folder: str) -> str:
    """Return a page that lies in a folder as it is at the top, its links changed.

    >>> raised('<a href="b.html#c">b</a><img src="../d.png"><a href="#e">e</a>', "a")
    '<a href="a/b.html#c">b</a><img src="d.png"><a href="#e">e</a>'
    >>> raised('<meta content="said"> <meta content="../b.png">', "a")
    '<meta content="said"> <meta content="b.png">'
    """

    def moved(found: re.Match[str]) -> str:
        start, link = found.groups()
        if link.startswith("/") or (start[0] == "c" and not link.startswith("../")):
            return found[0]
        return start + posixpath.normpath(posixpath.join(folder, link))

    return _ROOT.sub("./", _LINK.sub(moved, page))


def put_at_the_top(app: Sphinx, failure: Exception | None) -> None:
    """Write the first page once more, where the folder's own address leads."""
    if failure is not None or app.builder.name not in SITES:
        return
    out, first = Path(app.outdir), app.config.root_doc
    put(out / "_headers", HEADERS.encode())
    if _FIRST not in app.env.found_docs:
        page = (out / f"{first}.html").read_text(encoding="utf-8")
        folder = posixpath.dirname(app.builder.get_target_uri(first))
        put(out / f"{_FIRST}.html", raised(page, folder).encode())


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx; the library only where it can do its work."""
    if app.config.sourcebook_url:
        app.setup_extension("notfound.extension")
        app.connect("config-inited", _below)
    app.connect("html-collect-pages", _pages, priority=_EARLY)
    app.connect("build-finished", put_at_the_top)
