"""The text of a web page: its one main part, without scripts, styles and menus.

Headings bear the marks that Markdown has for them, and each row of a table is a line
of its own with ``|`` between the cells, so that no two figures run together. Nothing
is fetched, and nothing of the page is run.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from inscriptis import Inscriptis
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_properties import Display
from inscriptis.model.config import ParserConfig
from inscriptis.model.html_element import HtmlElement
from lxml import etree, html

from sourcebook.authoring.text_encodings import decode
from sourcebook.authoring.text_extraction import Extract
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from sourcebook.authoring.incoming_file import Incoming

# A <div> is a block of its own: what stands in two of them is no one sentence.
_LAYOUT = STRICT_CSS_PROFILE | {
    "div": HtmlElement(display=Display.block, margin_before=1, margin_after=1)
}
_DROPPED = (
    "script style nav noscript template form button iframe object embed svg canvas "
    "audio video".split()
)
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_BLOCKS = ("p", "div", "ul", "ol", "table", "blockquote", "pre", *_HEADINGS)
MOST_TAGS = 600_000
MOST_PARTS = 2_000  # names and values in one tag
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*""")
_PART = re.compile(r"""[^\s"'=/]+|"[^"]*"|'[^']*'""")
# Where a page says what it is: our name for it, and the paths, the surest first.
_SELF = {
    "title": (
        "//meta[@property='og:title']/@content",
        "//h1",
        "//title",
    ),
    "author": (
        "//meta[@name='author']/@content",
        "//meta[@property='article:author']/@content",
    ),
    "issued": (
        "//meta[@property='article:published_time']/@content",
        "//meta[@name='date' or @name='dc.date' or @name='DC.date']/@content",
        "//time/@datetime",
    ),
    "publisher": ("//meta[@property='og:site_name']/@content",),
    "url": ("//link[@rel='canonical']/@href",),
}


def read_webpage(incoming: Incoming) -> Extract:
    """Return the text of an HTML file. Raises `SourcebookError`."""
    tree = _parse(decode(incoming.data, name=incoming.name), incoming.name)
    proposals = {
        name: value for name, paths in _SELF.items() if (value := _first(tree, paths))
    }
    part, said = _main_part(tree)
    text, more = text_of(part, name=incoming.name)
    used = f"inscriptis {version('inscriptis')}"
    return Extract(incoming.name, text, (said, *more), proposals, used)


def text_of(part: Any, *, name: str) -> tuple[str, tuple[str, ...]]:  # noqa: ANN401
    """Return the text of a parsed part of a page, and what was left out or changed."""
    said = [*_drop(part), *_mark(part)]
    config = ParserConfig(css=_LAYOUT)
    try:
        text = Inscriptis(part, config).get_text()
    except RecursionError:
        raise SourcebookError(
            f"{name}: nested too deeply to be read\n  fix: save its text as .txt"
        ) from None
    lines = [line.rstrip() for line in text.split("\n")]
    return "\n".join(lines).strip("\n") + "\n", tuple(said)


def _check_markup(text: str, name: str) -> None:
    """Refuse what the library would read for minutes: it compares all attributes."""
    tags = text.count("<")
    most = max((len(_PART.findall(tag[0])) for tag in _TAG.finditer(text)), default=0)
    if tags > MOST_TAGS or most > MOST_PARTS:
        raise SourcebookError(
            f"{name}: more markup than a page has ({tags:,} tags, up to {most:,} parts "
            "in one)\n  fix: save its text as .txt"
        )


def _parse(text: str, name: str) -> Any:  # noqa: ANN401 - lxml has no types
    _check_markup(text, name)
    # No declaration of an encoding is believed: the text is decoded already.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:
        raise SourcebookError(
            f"{name}: holds no page\n  fix: save the page again, as HTML"
        ) from None
    for strange in tree.iter(etree.ProcessingInstruction):
        strange.drop_tree()
    return tree


def _first(tree: Any, paths: tuple[str, ...]) -> str:  # noqa: ANN401
    for path in paths:
        for found in tree.xpath(path):
            words = found if isinstance(found, str) else found.text_content()
            if words.strip():
                return " ".join(words.split())
    return ""


def _main_part(tree: Any) -> tuple[Any, str]:  # noqa: ANN401
    """Return the one ``<main>``, else the one ``<article>``, else the whole body."""
    for tag in ("main", "article"):
        found = tree.findall(f".//{tag}")
        if len(found) == 1:
            return found[0], f"read the page's <{tag}> and nothing around it"
    body = tree.find("body")
    return (tree if body is None else body), (
        "read the whole page, for it marks no one part as the main one"
    )


def _drop(part: Any) -> list[str]:  # noqa: ANN401
    dropped: Counter[str] = Counter()
    for element in list(part.iter(*_DROPPED)):
        if element.getparent() is not None and element is not part:
            dropped[element.tag] += 1
            element.drop_tree()  # keeps the words after it
    if not dropped:
        return []
    counts = ", ".join(f"{count} <{tag}>" for tag, count in sorted(dropped.items()))
    return [f"left out {counts}"]


def _mark(part: Any) -> list[str]:  # noqa: ANN401
    """Give headings their marks, and rows of tables a line each."""
    said = []
    headings = [h for h in part.iter(*_HEADINGS) if h.text_content().strip()]
    for heading in headings:
        words = " ".join(heading.text_content().split())
        _replace_words(heading, f"{'#' * int(heading.tag[1])} {words}")
    if headings:
        said.append(
            f"marked {len(headings)} heading{'s' * (len(headings) != 1)} with #"
        )
    tables = [table for table in list(part.iter("table")) if _is_data(table)]
    for table in tables:
        _lay_out(table)
    if tables:
        said.append(
            f"laid {len(tables)} table{'s' * (len(tables) != 1)} out, one line a row"
        )
    return said


def _replace_words(element: Any, words: str) -> None:  # noqa: ANN401
    for child in list(element):
        element.remove(child)
    element.text = words


def _is_data(table: Any) -> bool:  # noqa: ANN401
    """Say whether a table holds cells of a line each, and not the page's layout."""
    cells = list(table.iter("td", "th"))
    return bool(cells) and all(
        sum(1 for _ in cell.iter(*_BLOCKS)) <= 1 and cell.find(".//table") is None
        for cell in cells
    )


def _lay_out(table: Any) -> None:  # noqa: ANN401
    """Make each row of a table a paragraph, and its caption one before them."""
    lines = [" ".join(each.text_content().split()) for each in table.iter("caption")]
    for row in table.iter("tr"):
        cells = [" ".join(c.text_content().split()) for c in row.iter("td", "th")]
        if any(cells):
            lines.append(f"| {' | '.join(cells)} |")
    tail = table.tail
    table.clear()
    table.tag, table.tail = "div", tail
    for line in filter(None, lines):
        etree.SubElement(table, "p").text = line
