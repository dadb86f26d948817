"""Directives that print what the book works by: claims, hedges, reasons to set aside.

Each prints everything there is, so that no page can show a table that the code or the
sheets have outgrown.
"""

from collections.abc import Iterable, Sequence

from docutils import nodes
from docutils.nodes import Node
from sphinx.util.docutils import SphinxDirective

from sourcebook.coding.hedges import HEDGES
from sourcebook.coding.schema import WAIVER_REASONS
from sourcebook.coding.sheets import nearest
from sourcebook.comparing.release_changes import CLAIM
from sourcebook.site.claim_register import claim_entries
from sourcebook.site.corrections_page import withdrawn_nodes
from sourcebook.site.domain import get_domain
from sourcebook.site.page_links import reference
from sourcebook.views.answers import quoted
from sourcebook.views.timeline import sources_line


class ClaimRegister(SphinxDirective):
    """``{claim-register} citekey``: every claim of a source, as it stands now."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return an entry for each claim, in the order of the text."""
        domain = get_domain(self.env)
        citekey, known = self.arguments[0], domain.source_names
        if citekey not in known:
            raise self.error(f"no source {citekey!r}{nearest(citekey, known)}")
        source = domain.source(citekey)
        names = [claim.id for claim in source.claims()]
        for name in names:
            domain.add("listed", self.env.docname, name)
        page = self.env.docname
        cited = [reference("cited", name, "", page=page) for name in names]
        entries = claim_entries(source, cited=cited)
        for entry in entries:
            for target in entry.findall(nodes.target):
                self.state.document.note_explicit_target(target)
            if isinstance(entry, nodes.section):
                self.state.document.note_implicit_target(entry)
        return [*entries, *withdrawn_nodes(domain, CLAIM, citekey)]


class HedgeTable(SphinxDirective):
    """``{hedge-table}``: which words leave which interval open."""

    def run(self) -> list[Node]:
        """Return a table with a row for each rule."""
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


class WaiverReasons(SphinxDirective):
    """``{waiver-reasons}``: why a passage may be set aside."""

    def run(self) -> list[Node]:
        """Return a table with a row for each reason."""
        return [table(("reason", "what it means"), WAIVER_REASONS.items())]


class KindTest(SphinxDirective):
    """``{kind-test} kind``: the codebook's test of a kind, with examples each way."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return the test, and a table of passages that pass it and that fail it."""
        corpus = get_domain(self.env).corpus
        kind = self.arguments[0]
        tests = {str(name): test for name, test in corpus.codebook.tests.items()}
        rule = tests.get(kind)
        if rule is None:
            raise self.error(f"no test for the kind {kind!r} in codebook.yml")
        rows = [
            (quoted(corpus.claim(name).exact), verdict, why)
            for verdict, examples in (("yes", rule.passes), ("no", rule.fails))
            for name, why in examples.items()
        ]
        head = ("passage", f"a {kind}?", "why")
        return [nodes.paragraph("", rule.test), table(head, rows)]


class SourcesPicture(SphinxDirective):
    """``{sources-picture} title``: the documents on a line of years."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[Node]:
        """Return the drawing; nothing of it moves, and it needs no script."""
        drawn = sources_line(get_domain(self.env).corpus, title=self.arguments[0])
        return [nodes.raw("", drawn.html(), format="html")]


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
