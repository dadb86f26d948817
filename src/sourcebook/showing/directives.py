"""Directives that print what the book works by: claims, hedges, reasons to set aside.

Each takes nothing and prints everything there is, so that no page can show a table
that the code has outgrown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

from sourcebook.coding.hedges import HEDGES
from sourcebook.coding.schema import WAIVER_REASONS
from sourcebook.showing.domain import get_domain
from sourcebook.showing.register import source_section

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docutils.nodes import Node


class ClaimRegister(SphinxDirective):
    """``{claim-register}``: every claim of every source, as the corpus has them now."""

    def run(self) -> list[Node]:
        """Return a section for each source, in the order of citekeys."""
        domain = get_domain(self.env)
        sections: list[Node] = []
        for _, source in sorted(domain.corpus.sources.items()):
            names = [claim.id for claim in source.claims()]
            for name in names:
                domain.add("listed", self.env.docname, name)
            section = source_section(source, cited=map(self._cited, names))
            for target in section.findall(nodes.target):
                self.state.document.note_explicit_target(target)
            self.state.document.note_implicit_target(section)
            sections.append(section)
        return sections

    def _cited(self, name: str) -> pending_xref:
        """Return what becomes the links back, once all pages are read."""
        return pending_xref(
            "",
            nodes.Text(""),
            refdomain="sourcebook",
            reftype="cited",
            reftarget=name,
            refdoc=self.env.docname,
            refexplicit=True,
        )


class HedgeTable(SphinxDirective):
    """``{hedge-table}``: which words leave which interval open."""

    def run(self) -> list[Node]:
        """Return a table with a row for each rule."""
        rows = [
            (
                ", ".join(word or "(no word)" for word in hedge.words),
                hedge.meaning,
                hedge.example,
                hedge.interval_example,
            )
            for hedge in HEDGES
        ]
        return [
            _table(("words", "what they leave open", "for example", "reads as"), rows)
        ]


class WaiverReasons(SphinxDirective):
    """``{waiver-reasons}``: why a passage may be set aside."""

    def run(self) -> list[Node]:
        """Return a table with a row for each reason."""
        return [_table(("reason", "what it means"), WAIVER_REASONS.items())]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> nodes.table:
    group = nodes.tgroup("", cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", _row(head))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group)


def _row(cells: Sequence[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", c)) for c in cells))
