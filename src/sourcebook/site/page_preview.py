"""What others show of a page when it is passed on: first words, and a picture.

The picture is drawn from the page's title alone: no photograph, no logo of anybody. The
letters come from the drawing library's own font, and no clock or chance is asked, so
that the same title gives the same bytes.
"""

import json
import textwrap
from collections.abc import Callable, Iterator
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert as vlc
from docutils import nodes
from sphinx.application import Sphinx

from sourcebook.coding.source_looks import LOOKS, looks
from sourcebook.data.citation import Book, Page, load_work
from sourcebook.site.page_hooks import make_anew, once_built
from sourcebook.views.fragment import escape

SIZE = (1200, 630)  # pixels: what the places that show previews ask for
COVER = (1200, 1800)  # of a book on an e-reader's shelf
_FONT = "Liberation Sans, Arial, sans-serif"
_INK, _PAPER, _MUTED = "#222832", "#ffffff", "#48566b"
_LEFT, _TOP = 80, 190
_LARGE = (72, 26)  # pixels a letter is high, and how many fit a line
_SMALL = (56, 34)  # for a title of more than three lines
_MOST = 4  # lines
_LONGEST = 200  # characters of a description: whoever shows it cuts more


def first_words(doctree: nodes.document) -> str:
    """Return the first paragraph of a page as plain words, cut between two words."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            words = " ".join(paragraph.astext().split())
            return textwrap.shorten(words, _LONGEST, placeholder=" …")
    return ""


def preview_name(page: str) -> str:
    """Return where a page's picture lies in the site.

    >>> preview_name("notebooks/synthesis/gas")
    '_static/previews/notebooks-synthesis-gas.png'
    """
    return f"_static/previews/{page.replace('/', '-')}.png"


def preview_svg(
    title: str,
    book: str,
    size: tuple[int, int] = SIZE,
    below: str = "",
    *,
    bars: str = "",
) -> str:
    """Return a page's picture: the book's title, the page's, a bar for each source."""
    letters, width = _LARGE
    lines = textwrap.wrap(title, width)
    if len(lines) >= _MOST:
        letters, width = _SMALL
        lines = textwrap.wrap(title, width, max_lines=_MOST, placeholder=" …")
    step = round(letters * 1.2)
    words = "".join(
        _line(line, y=_TOP + step * n, size=letters, weight="bold", ink=_INK)
        for n, line in enumerate(lines, 1)
    )
    above = "" if title == book else book
    head = _line(above, y=120, size=34, weight="normal", ink=_MUTED)
    foot = _line(below, y=size[1] - 100, size=34, weight="normal", ink=_MUTED)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" '
        f'height="{size[1]}"><rect width="{size[0]}" height="{size[1]}" '
        f'fill="{_PAPER}"/>{head}{words}{foot}{bars or _bars(size)}</svg>'
    )


def preview_png(title: str, book: str) -> bytes:
    """Return a page's picture as PNG."""
    return bytes(vlc.svg_to_png(preview_svg(title, book)))


def cover_png(title: str, authors: str) -> bytes:
    """Return the cover of the book as PNG: a preview in the shape of a book."""
    return bytes(vlc.svg_to_png(preview_svg(title, title, COVER, authors)))


def _line(words: str, *, y: int, size: int, weight: str, ink: str) -> str:
    return words and (
        f'<text x="{_LEFT}" y="{y}" font-family="{_FONT}" font-size="{size}" '
        f'font-weight="{weight}" fill="{ink}">{escape(words)}</text>'
    )


def _bars(size: tuple[int, int]) -> str:
    """One bar for each source, in its colour: they differ in length and place."""
    seen = looks(LOOKS)  # at once: each alone would list all sources again
    colours = [seen[citekey].colour for citekey in LOOKS]
    full = size[0] // max(len(colours), 1)
    return "".join(
        f'<rect x="{full * number}" y="{size[1] - 28}" width="{full}" '
        f'height="28" fill="{colour}"/>'
        for number, colour in enumerate(colours)
    )


_NOTE = "sourcebook-previews.json"  # from what each picture was drawn


def meta_tags(page: Page, *, work: Book, description: str, base: str) -> str:
    """Return the tags of a page's head, one a line; ``base`` is "" for nowhere."""
    # Where the book does not know its own address, as it lies beside the page: few
    # programs follow that, and none is misled by it.
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


def _cited(page: Page, work: Book) -> Iterator[tuple[str, str]]:
    """Yield what reference managers and scholarly search engines read."""
    yield "title", page.title
    for name in work.authors:
        yield "author", name
    yield "publication_date", f"{page.changed or work.released:%Y/%m/%d}"
    yield "inbook_title", "" if page.title == work.title else work.title
    yield "language", "en"
    yield "fulltext_html_url", page.address


def _record(page: Page, work: Book, description: str) -> dict[str, Any]:
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


def _draw(app: Sphinx) -> None:
    """Draw the pictures that are not there, or were drawn from other words."""
    book = load_work(Path(app.srcdir)).title
    by, bars = version("vl-convert-python"), _bars(SIZE)  # the same for all of them

    def wanted() -> Iterator[tuple[Path, str, Callable[[], bytes]]]:
        for name in sorted(app.env.found_docs):
            path, title = Path(app.outdir) / preview_name(name), app.env.titles[name]
            drawn = preview_svg(title.astext(), book, bars=bars)
            yield path, f"{by} {drawn}", partial(preview_png, title.astext(), book)

    make_anew(Path(app.doctreedir) / _NOTE, wanted())


def setup(app: Sphinx) -> None:
    """Register the extension with Sphinx."""
    once_built(app, _draw)
