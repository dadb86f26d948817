"""A listing as document nodes: a table that every builder can print.

What a script needs to know of a column stands in the class of its heading. A row is
made into nodes when somebody looks at it, and let go of afterwards: as nodes it takes
many times the room of its words, and a listing grows with the book. Links wait until
all pages are read, so that a page that is not there is noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from inspect import signature
from typing import Any, overload

from docutils import nodes
from docutils.utils.smartquotes import educate_tokens

from sourcebook.views.listings import Cell, Column, Link, Listing, Part

Linked = Callable[[Link], nodes.Node]

LISTING = "sb-listing"  # the class of every listing in a page


def listing_table(listing: Listing) -> nodes.table:
    """Return a listing as a table with a caption, its first column as row heads."""
    group = nodes.tgroup("", cols=len(listing.columns))
    for number, _ in enumerate(listing.columns):
        spec = nodes.colspec(colwidth=1)
        spec["stub"] = int(number == 0)
        group += spec
    group += nodes.thead("", nodes.row("", *map(_head, listing.columns)))
    group += ListingBody("", columns=listing.columns, rows=listing.rows)
    table = nodes.table(classes=[LISTING, "colwidths-auto"])
    table += [nodes.title("", listing.caption), group]
    return table


def typeset(text: str) -> nodes.Text:
    """Return a text with the quotation marks and dashes that Sphinx sets elsewhere."""
    return nodes.Text("".join(educate_tokens([("plain", text)], attr="qDe")))


class ListingBody(nodes.tbody):
    """The rows of a listing, which there are as soon as ``linked`` makes its links.

    Every builder sees the body of a table. Who goes through a page for nodes of some
    kind finds the body and no row: there is nothing in one to find.
    """

    linked: Linked | None = None

    @property  # type: ignore[override]
    def children(self) -> Sequence[nodes.Node]:
        """The rows, each made when it is asked for."""
        return _Rows(self, self.linked) if self.linked else ()

    @children.setter
    def children(self, given: Sequence[nodes.Node]) -> None:
        if given:
            raise TypeError("the rows of a listing are made from its cells")

    def deepcopy(self) -> ListingBody:
        """Return another body of the same cells."""
        again = self.copy()
        again.linked = self.linked
        return again

    def findall(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 (docutils' own)
        """Find what `docutils` would, but not within."""
        there = super().findall
        asked = signature(there).bind(*given, **named).arguments
        return there(**asked | {"descend": False})

    def _fast_findall(self, cls: type) -> Iterator[nodes.Node]:
        if isinstance(self, cls):
            yield self

    def _superfast_findall(self) -> Iterator[nodes.Node]:
        yield self


class _Rows(Sequence[nodes.Node]):
    """Rows as nodes, none of them kept."""

    def __init__(
        self, body: ListingBody, linked: Linked, only: slice = slice(None)
    ) -> None:
        self._body, self._linked, self._cells = body, linked, body["rows"][only]

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, which: int) -> nodes.Node: ...

    @overload
    def __getitem__(self, which: slice) -> Sequence[nodes.Node]: ...

    def __getitem__(self, which: int | slice) -> Any:
        if isinstance(which, slice):
            return _Rows(self._body, self._linked, which)
        return self._made(self._cells[which])

    def __iter__(self) -> Iterator[nodes.Node]:
        return map(self._made, self._cells)

    def _made(self, cells: tuple[Cell, ...]) -> nodes.row:
        body = self._body
        made = (
            _entry(cell, column, self._linked)
            for cell, column in zip(cells, body["columns"], strict=True)
        )
        row = nodes.row("", *made)
        body.setup_child(row)
        return row


def _head(column: Column) -> nodes.entry:
    uses = (column.use, "aside" if column.aside else "")
    classes = [f"{LISTING}-{use}" for use in uses if use]
    return nodes.entry("", nodes.paragraph("", column.name), classes=classes)


def _entry(cell: Cell, column: Column, linked: Linked) -> nodes.entry:
    parts = cell if isinstance(cell, tuple) else (cell,)
    if column.use == "lines":
        lines = (nodes.paragraph("", "", _part(part, linked)) for part in parts)
        return nodes.entry("", *lines)
    paragraph = nodes.paragraph()
    for number, part in enumerate(parts):
        if number:
            paragraph += nodes.Text(", ")
        paragraph += _part(part, linked)
    return nodes.entry("", paragraph)


def _part(part: Part, linked: Linked) -> nodes.Node:
    return linked(part) if isinstance(part, Link) else typeset(part)
