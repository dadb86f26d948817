"""What others show of a page when it is passed on: words, and a picture of its title.

The picture's address is whole where the book knows its own. Otherwise it is given as
it lies beside the page: few programs follow that, and none is misled by it.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourcebook.data.citation_file import load_work
from sourcebook.data.encoding import put
from sourcebook.site.page_preview import SIZE, preview_name, preview_png, preview_svg
from sourcebook.views.fragment import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sourcebook.data.citation import Page, Work

_NOTE = "sourcebook-previews.json"  # from what each picture was drawn


def meta_tags(page: Page, *, work: Work, description: str, base: str) -> str:
    """Return the tags of a page's head, one a line; ``base`` is "" for nowhere."""
    image = f"{base or '../' * page.name.count('/')}{preview_name(page.name)}"
    changed = page.changed.isoformat() if page.changed else ""
    tags = [
        ("name", "description", description),
        ("property", "og:type", "article"),
        ("property", "og:site_name", work.title),
        ("property", "og:title", page.title),
        ("property", "og:description", description),
        ("property", "og:url", page.address),
        ("property", "og:image", image),
        ("property", "og:image:width", str(SIZE[0])),
        ("property", "og:image:height", str(SIZE[1])),
        ("property", "og:image:alt", f"The words “{page.title}”"),
        ("property", "article:modified_time", changed),
        ("name", "twitter:card", "summary_large_image"),
        *(("name", f"citation_{name}", value) for name, value in _cited(page, work)),
    ]
    lines = "".join(
        f'\n    <meta {kind}="{name}" content="{escape(value)}" />'
        for kind, name, value in tags
        if value
    )
    record = json.dumps(_record(page, work, description), ensure_ascii=False)
    safe = record.replace("<", "\\u003c")
    return f'{lines}\n    <script type="application/ld+json">{safe}</script>'


def _cited(page: Page, work: Work) -> Iterator[tuple[str, str]]:
    """Yield what reference managers and scholarly search engines read."""
    yield "title", page.title
    for name in work.authors:
        yield "author", name
    yield "publication_date", f"{page.changed or work.released:%Y/%m/%d}"
    yield "inbook_title", "" if page.title == work.title else work.title
    yield "language", "en"
    yield "fulltext_html_url", page.address


def _record(page: Page, work: Work, description: str) -> dict[str, Any]:
    """Return a page in the words of schema.org, nothing in it that is not known."""
    book = {"@type": "Book", "name": work.title, "version": work.version}
    whole = page.title == work.title
    record = {
        "@context": "https://schema.org",
        **(book if whole else {"@type": "Chapter", "name": page.title}),
        "author": [{"name": name} for name in work.authors],
        "datePublished": work.released.isoformat(),
        "dateModified": page.changed.isoformat() if page.changed else "",
        "description": description,
        "inLanguage": "en",
        "url": page.address,
        "isPartOf": None if whole else book,
    }
    return {name: value for name, value in record.items() if value}


def _draw(app: Sphinx, failure: Exception | None) -> None:
    """Draw the pictures that are not there, or were drawn from other words."""
    if failure is not None or app.builder.name not in {"html", "dirhtml"}:
        return
    book = load_work(Path(app.srcdir)).title
    note = Path(app.doctreedir) / _NOTE
    known = _known(note)
    drawn = {}
    for name in sorted(app.env.found_docs):
        path, title = Path(app.outdir) / preview_name(name), app.env.titles[name]
        drawn[name] = (
            f"{version('vl-convert-python')} {preview_svg(title.astext(), book)}"
        )
        if known.get(name) != drawn[name] or not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(preview_png(title.astext(), book))
    put(note, json.dumps(drawn, ensure_ascii=False, sort_keys=True).encode())


def _known(note: Path) -> dict[str, str]:
    """Return what was drawn from which words; nothing where that cannot be read."""
    try:
        known = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    app.connect("build-finished", _draw)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
