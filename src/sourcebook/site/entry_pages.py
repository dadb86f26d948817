"""What lies beside the book's text: the way in, a page for wrong addresses, the feed.

The address people pass on is that of the folder, so its ``index.html`` is the first
page itself, with every link as it is from there. Beside it lies ``_headers``, which
says in the form some hosts read what each page says of itself: which scripts may run.

Site map and feed of changes are lists of whole addresses, and both formats forbid
anything else. So they are written when ``SOURCEBOOK_URL`` says where the book is
published, and not otherwise: a file with invented addresses would be worse than none.
Dates are those of git and of the changelog, never of the build.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from feedgenerator import Atom1Feed
from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.config import Config

from sourcebook.coding.book_files import put
from sourcebook.data.citation import Book, load_work
from sourcebook.data.releases import CHANGELOG, Release, read_releases
from sourcebook.site.page_furniture import changed
from sourcebook.site.page_hooks import SITE_BUILDER, once_built
from sourcebook.site.theme import POLICY
from sourcebook.views.fragment import escape

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
  Content-Security-Policy: {POLICY}; frame-ancestors 'none'
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
    if app.builder.name == SITE_BUILDER and not app.config.sourcebook_url:
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


def put_at_the_top(app: Sphinx) -> None:
    """Write the first page once more, where the folder's own address leads."""
    out, first = Path(app.outdir), app.config.root_doc
    put(out / "_headers", HEADERS.encode())
    if _FIRST not in app.env.found_docs:
        page = (out / f"{first}.html").read_text(encoding="utf-8")
        folder = posixpath.dirname(app.builder.get_target_uri(first))
        put(out / f"{_FIRST}.html", raised(page, folder).encode())


SITE_MAP = "sitemap.xml"
FEED = "changes.atom"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def site_map(pages: Iterable[tuple[str, date | None]]) -> str:
    """Return a site map of pages, each an address with the day it last changed."""
    rows = []
    for address, day in sorted(pages, key=lambda page: page[0]):
        when = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        rows.append(f"<url><loc>{escape(address)}</loc>{when}</url>\n")
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SPACE}">\n'
    return f"{head}{''.join(rows)}</urlset>\n"


def feed(work: Book, releases: Iterable[Release], *, base: str, first: str) -> bytes:
    """Return the releases as an Atom feed; ``first`` is the address of page one.

    An entry's id is a tag (RFC 4151): it stays when pages move. Without a release the
    feed is empty, and as old as the book's record.
    """
    entries = tuple(releases)
    host = urlsplit(base).hostname or ""
    made = Atom1Feed(
        f"{work.title}: changes",
        first,
        None,
        author_name=", ".join(work.authors),
        feed_url=f"{base}{FEED}",
        feed_guid=f"{base}{FEED}",
    )
    newest = _midnight(entries[0].day if entries else work.released)
    made.latest_post_date = lambda: newest  # where there is none, it would be today
    for release in entries:
        tag = (
            f"tag:{host},{release.day.isoformat()}:sourcebook/{quote(release.version)}"
        )
        made.add_item(
            f"Version {release.version}",
            first,
            None,
            unique_id=tag,
            pubdate=_midnight(release.day),
            updateddate=_midnight(release.day),
            content=_MARKDOWN.render(release.changes),
        )
    return bytes(made.writeString("utf-8"), "utf-8")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _publish(app: Sphinx) -> None:
    base = app.config.sourcebook_url
    if not base:
        return
    root, out = Path(app.srcdir), Path(app.outdir)
    pages = [
        (f"{base}{app.builder.get_target_uri(name)}", changed(app.env, name))
        for name in app.env.found_docs
    ]
    (out / SITE_MAP).write_text(site_map(pages), encoding="utf-8", newline="\n")
    releases = read_releases((root / CHANGELOG).read_text(encoding="utf-8"))
    first = f"{base}{app.builder.get_target_uri(app.config.root_doc)}"
    (out / FEED).write_bytes(feed(load_work(root), releases, base=base, first=first))


def _announce(
    app: Sphinx, _name: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Let readers of feeds find it from any page."""
    if app.config.sourcebook_url and app.builder.name == SITE_BUILDER:
        href = f"{app.config.sourcebook_url}{FEED}"
        context["metatags"] = (
            f'{context.get("metatags", "")}\n    <link rel="alternate" '
            f'type="application/atom+xml" title="Changes" href="{escape(href)}" />'
        )


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx; the library only where it can do its work."""
    if app.config.sourcebook_url:
        app.setup_extension("notfound.extension")
        app.connect("config-inited", _below)
    app.connect("html-collect-pages", _pages, priority=_EARLY)
    once_built(app, put_at_the_top)
    once_built(app, _publish)
    app.connect("html-page-context", _announce)
