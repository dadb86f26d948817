"""Directives that print what the book works by: hedges, reasons to set aside.

Each prints everything there is, so that no page can show a table that the code or the
sheets have outgrown.

A listing is a table whose rows are written as they are printed; what a script needs to
know of a column stands in the class of its heading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from docutils import nodes
from docutils.nodes import Node
from docutils.utils.smartquotes import educate_tokens
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator

from sourcebook.coding.hedges import HEDGES
from sourcebook.coding.schema import WAIVER_REASONS
from sourcebook.coding.sheets import nearest
from sourcebook.errors import SourcebookError
from sourcebook.site.domain import SourcebookDomain, get_domain
from sourcebook.views.answers import quoted
from sourcebook.views.listings import CellPart, Column, Listing, ListingCell, PageLink
from sourcebook.views.timeline import sources_line

Print = Callable[[SourcebookDomain, str], Iterable[Node]]
Parts = Mapping[str, Callable[[SourcebookDomain], Iterable[Node]]]


def printing(
    print_it: Print, *, takes: int = 0, among: Iterable[str] = ()
) -> type[SphinxDirective]:
    """Return a directive that prints what is given of the book, and of its argument.

    It ``takes`` an argument or none; one that has to be ``among`` some is refused with
    the nearest of them, and a fault of ours is one of the directive.
    """
    known = tuple(among)

    class Printing(SphinxDirective):
        required_arguments = takes
        final_argument_whitespace = True

        def run(self) -> list[Node]:
            given = self.arguments[0] if takes else ""
            if known and given not in known:
                raise self.error(f"no part {given!r}{nearest(given, known)}")
            try:
                made = [*print_it(get_domain(self.env), given)]
            except SourcebookError as error:
                raise self.error(str(error)) from error
            for node in made:  # which may be linked to by their ids
                for target in node.findall(nodes.target):
                    self.state.document.note_explicit_target(target)
                if isinstance(node, nodes.section):
                    self.state.document.note_implicit_target(node)
            return made

    return Printing


def printing_parts(parts: Parts) -> type[SphinxDirective]:
    """Return a directive that prints the part which its argument names."""
    return printing(lambda domain, name: parts[name](domain), takes=1, among=parts)


def _hedges(_: SourcebookDomain, __: str) -> list[Node]:
    """Which words leave which interval open, a row for each rule."""
    rows = [
        (
            ", ".join(word or "(no word)" for word in hedge.words)
            or "(no word, and things are counted)",
            hedge.meaning,
            hedge.example,
            hedge.interval_example,
        )
        for hedge in HEDGES
    ]
    head = ("words", "what they leave open", "for example", "reads as")
    return [table(head, rows, look="sb-rules")]


def _waivers(_: SourcebookDomain, __: str) -> list[Node]:
    """Why a passage may be set aside, a row for each reason."""
    return [table(("reason", "what it means"), WAIVER_REASONS.items())]


def _test(domain: SourcebookDomain, kind: str) -> list[Node]:
    """The codebook's test of a kind, with passages that pass it and that fail it."""
    corpus = domain.corpus
    tests = {str(name): test for name, test in corpus.codebook.tests.items()}
    rule = tests.get(kind)
    if rule is None:
        raise SourcebookError(f"no test for the kind {kind!r} in codebook.yml")
    rows = [
        (quoted(corpus.claim(name).exact), verdict, why)
        for verdict, examples in (("yes", rule.passes), ("no", rule.fails))
        for name, why in examples.items()
    ]
    head = ("passage", f"a {kind}?", "why")
    return [nodes.paragraph("", rule.test), table(head, rows)]


def _picture(domain: SourcebookDomain, title: str) -> list[Node]:
    """The documents on a line of years; nothing moves, and it needs no script."""
    return [
        nodes.raw("", sources_line(domain.corpus, title=title).html(), format="html")
    ]


def table(
    head: Sequence[str], rows: Iterable[Sequence[str | Node]], *, look: str = ""
) -> nodes.table:
    """Return a table with a row of heads; ``look`` is its class."""
    group = nodes.tgroup("", cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group, classes=[look] if look else [])


def _row(cells: Sequence[str | Node]) -> nodes.row:
    inner = (nodes.Text(cell) if isinstance(cell, str) else cell for cell in cells)
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", c)) for c in inner))


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


def _paragraphs(
    writer: HTML5Translator, cell: ListingCell, column: Column
) -> Iterator[str]:
    parts = [_part(writer, p) for p in (cell if isinstance(cell, tuple) else (cell,))]
    if column.use == "lines" and len(parts) > 1:
        yield from (f"<p>{part}</p>\n" for part in parts)
    else:
        yield f"<p>{', '.join(parts)}</p>"


def _part(writer: HTML5Translator, part: CellPart) -> str:
    """Return words, with the quotation marks and dashes that Sphinx sets elsewhere."""
    said = part.words if isinstance(part, PageLink) else part
    words = writer.encode("".join(educate_tokens([("plain", said)], attr="qDe")))
    if not isinstance(part, PageLink):
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


DIRECTIVES = {
    "hedge-table": printing(_hedges),
    "kind-test": printing(_test, takes=1),
    "sources-picture": printing(_picture, takes=1),
    "waiver-reasons": printing(_waivers),
}
