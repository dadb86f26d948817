"""The site map and the feed of changes, for a book that knows its address.

Both are lists of whole addresses, and both formats forbid anything else. So they are
written when ``SOURCEBOOK_URL`` says where the book is published, and not otherwise: a
file with invented addresses would be worse than none. Dates are those of git and of
the changelog, never of the build.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from feedgenerator import Atom1Feed
from markdown_it import MarkdownIt
from sphinx.application import Sphinx

from sourcebook.data.citation import Work, load_work
from sourcebook.data.releases import CHANGELOG, Release, read_releases
from sourcebook.site.page_dates import changed
from sourcebook.site.page_hooks import SITES
from sourcebook.views.fragment import escape

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


def feed(work: Work, releases: Iterable[Release], *, base: str, first: str) -> bytes:
    """Return the releases as an Atom feed; ``first`` is the address of page one.

    An entry's id is a tag (RFC 4151): it stays when pages move. Without a release the
    feed is empty, and as old as the book's record.
    """
    entries = tuple(releases)
    host = urlsplit(base).hostname or ""
    made = _Feed(
        f"{work.title}: changes",
        first,
        None,
        author_name=", ".join(work.authors),
        feed_url=f"{base}{FEED}",
        feed_guid=f"{base}{FEED}",
    )
    made.day = _midnight(entries[0].day if entries else work.released)
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


class _Feed(Atom1Feed):  # type: ignore[misc]  # its library has no types
    """A feed that is never as old as the day it is made."""

    day: datetime

    def latest_post_date(self) -> datetime:
        """When the newest release was made, or the book where there is none."""
        return self.day


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _publish(app: Sphinx, failure: Exception | None) -> None:
    base = app.config.sourcebook_url
    if failure is not None or not base or app.builder.name not in SITES:
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
    if app.config.sourcebook_url and app.builder.name in SITES:
        href = f"{app.config.sourcebook_url}{FEED}"
        context["metatags"] = (
            f'{context.get("metatags", "")}\n    <link rel="alternate" '
            f'type="application/atom+xml" title="Changes" href="{escape(href)}" />'
        )


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx."""
    app.connect("build-finished", _publish)
    app.connect("html-page-context", _announce)
