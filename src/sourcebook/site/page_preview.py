"""What stands for a page where it is passed on or found: first words, and a picture.

The picture is drawn from the page's title alone: no photograph, no logo of anybody. The
letters come from the drawing library's own font, and no clock or chance is asked, so
that the same title gives the same bytes.
"""

from __future__ import annotations

import textwrap

import vl_convert as vlc
from docutils import nodes

from sourcebook.coding.source_looks import LOOKS, looks
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
    title: str, book: str, size: tuple[int, int] = SIZE, below: str = ""
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
    foot = (
        _line(below, y=size[1] - 100, size=34, weight="normal", ink=_MUTED)
        if below
        else ""
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" '
        f'height="{size[1]}"><rect width="{size[0]}" height="{size[1]}" '
        f'fill="{_PAPER}"/>{head}{words}{foot}{_bars(size)}</svg>'
    )


def preview_png(title: str, book: str) -> bytes:
    """Return a page's picture as PNG."""
    return bytes(vlc.svg_to_png(preview_svg(title, book)))


def cover_png(title: str, authors: str) -> bytes:
    """Return the cover of the book as PNG: a preview in the shape of a book."""
    return bytes(vlc.svg_to_png(preview_svg(title, title, COVER, authors)))


def _line(words: str, *, y: int, size: int, weight: str, ink: str) -> str:
    return (
        f'<text x="{_LEFT}" y="{y}" font-family="{_FONT}" font-size="{size}" '
        f'font-weight="{weight}" fill="{ink}">{escape(words)}</text>'
    )


def _bars(size: tuple[int, int]) -> str:
    """One bar for each source, in its colour: they differ in length and place."""
    seen = looks(LOOKS)  # at once: each alone would list all sources again
    colours = [seen[citekey].colour for citekey in LOOKS]
    left, full = 0, size[0] // max(len(colours), 1)
    bars = []
    for number, colour in enumerate(colours):
        bars.append(
            f'<rect x="{left + full * number}" y="{size[1] - 28}" width="{full}" '
            f'height="28" fill="{colour}"/>'
        )
    return "".join(bars)
