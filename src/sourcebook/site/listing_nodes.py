"""A listing as document nodes: a table whose rows are written as they are printed.

What a script needs to know of a column stands in the class of its heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from docutils.utils.smartquotes import educate_tokens
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from sourcebook.views.listings import Cell, Column, Link, Listing, Part

LISTING = "sb-listing"  # the class of every listing in a page
_log = logging.getLogger(__name__)


def listing_table(listing: Listing) -> nodes.table:
    """Return a listing as a table with a caption, its first column as row heads."""
    group = nodes.tgroup("", cols=len(listing.columns))
    group += [nodes.colspec(colwidth=1) for _ in listing.columns]
    group += nodes.thead("", nodes.row("", *map(_head, listing.columns)))
    # Rows may be tens of thousands: as nodes they would take many times the room of
    # their words, so one node holds them all, and the builders know how to print it.
    rows = ListingRows("", columns=listing.columns, rows=listing.rows)
    group += nodes.tbody("", rows)
    table = nodes.table(classes=[LISTING, "colwidths-auto"])
    table += [nodes.title("", listing.caption), group]
    return table


def _head(column: Column) -> nodes.entry:
    uses = (column.use, "aside" if column.aside else "")
    classes = [f"{LISTING}-{use}" for use in uses if use]
    return nodes.entry("", nodes.paragraph("", column.name), classes=classes)


class ListingRows(nodes.Part, nodes.Element):
    """The rows of a listing: its ``columns``, and ``rows`` of cells below them."""


def write_rows(writer: HTML5Translator, node: ListingRows) -> None:
    """Write the rows into a page, and say which links lead to a page there is not."""
    for number, cells in enumerate(node["rows"]):
        parity = "odd" if number % 2 else "even"  # the row of heads was the first
        writer.body.append(f'<tr class="row-{parity}">')
        for column, (cell, use) in enumerate(zip(cells, node["columns"], strict=True)):
            tag, kind = ("td", "") if column else ("th", ' class="stub"')
            inner = "".join(_paragraphs(writer, cell, use))
            writer.body.append(f"<{tag}{kind}>{inner}</{tag}>\n")
        writer.body.append("</tr>\n")
    raise nodes.SkipNode


def _paragraphs(writer: HTML5Translator, cell: Cell, column: Column) -> Iterator[str]:
    parts = [_part(writer, p) for p in (cell if isinstance(cell, tuple) else (cell,))]
    if column.use == "lines" and len(parts) > 1:
        yield from (f"<p>{part}</p>\n" for part in parts)
    else:
        yield f"<p>{', '.join(parts)}</p>"


def _part(writer: HTML5Translator, part: Part) -> str:
    """Return words, with the quotation marks and dashes that Sphinx sets elsewhere."""
    said = part.words if isinstance(part, Link) else part
    words = writer.encode("".join(educate_tokens([("plain", said)], attr="qDe")))
    if not isinstance(part, Link):
        return words
    builder = writer.builder
    if part.page not in builder.env.all_docs:
        fault = "a listing links to a page that there is not: %s"
        page = builder.current_docname
        _log.warning(fault, part.page, location=page, type="ref", subtype="place")
        return words
    to = builder.get_relative_uri(builder.current_docname, part.page)
    if part.anchor:
        to += f"#{part.anchor}"
    return f'<a class="reference internal" href="{writer.attval(to)}">{words}</a>'
