"""A listing as document nodes: a table that every builder can print.

What a script needs to know of a column stands in the class of its heading. Links wait
until all pages are read, so that a page that is not there is noticed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref

from sourcebook.showing.listings import Link

if TYPE_CHECKING:
    from sourcebook.showing.listings import Cell, Column, Listing, Part

LISTING = "sb-listing"  # the class of every listing in a page


def listing_table(listing: Listing, *, docname: str) -> nodes.table:
    """Return a listing as a table with a caption, its first column as row heads."""
    group = nodes.tgroup("", cols=len(listing.columns))
    for number, _ in enumerate(listing.columns):
        spec = nodes.colspec(colwidth=1)
        spec["stub"] = int(number == 0)
        group += spec
    group += nodes.thead("", nodes.row("", *map(_head, listing.columns)))
    body = nodes.tbody()
    for cells in listing.rows:
        made = (
            _entry(cell, column, docname)
            for cell, column in zip(cells, listing.columns, strict=True)
        )
        body += nodes.row("", *made)
    group += body
    table = nodes.table(classes=[LISTING, "colwidths-auto"])
    table += [nodes.title("", listing.caption), group]
    return table


def _head(column: Column) -> nodes.entry:
    classes = [f"{LISTING}-{column.use}"] if column.use else []
    return nodes.entry("", nodes.paragraph("", column.name), classes=classes)


def _entry(cell: Cell, column: Column, docname: str) -> nodes.entry:
    parts = cell if isinstance(cell, tuple) else (cell,)
    if column.use == "lines":
        lines = (nodes.paragraph("", "", _part(part, docname)) for part in parts)
        return nodes.entry("", *lines)
    paragraph = nodes.paragraph()
    for number, part in enumerate(parts):
        if number:
            paragraph += nodes.Text(", ")
        paragraph += _part(part, docname)
    return nodes.entry("", paragraph)


def _part(part: Part, docname: str) -> nodes.Node:
    if not isinstance(part, Link):
        return nodes.Text(part)
    return pending_xref(
        "",
        nodes.Text(part.words),
        refdomain="sourcebook",
        reftype="place",
        reftarget=f"{part.page}#{part.anchor}",
        refdoc=docname,
        refexplicit=True,
        refwarn=True,
    )
