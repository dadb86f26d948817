"""A Sphinx extension with ways into the claims: by actor, by topic, by relation.

``{actor-index}`` prints who is named and coded, ``{topic-index}`` what the claims are
about, ``{relation-table}`` the relations with a drawing of each, ``{relation-list}``
the same as a plain table. All are made from the corpus and the code as they are now.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

from sourcebook.coding.parties import UNKNOWN, parties
from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.relation_vocabulary import RELATIONS
from sourcebook.site.claim_register import claim_tip
from sourcebook.site.directives import table
from sourcebook.site.domain import SourcebookDomain, get_domain
from sourcebook.views.relation_drawings import draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docutils.nodes import Node
    from sphinx.application import Sphinx

    from sourcebook.coding.claims import Claim
    from sourcebook.coding.parties import Party

_KINDS = {
    "state": "States",
    "institution": "Institutions",
    "organisation": "Organisations",
    "person": "Persons",
    "group": "Groups",
    "region": "Regions",
    UNKNOWN: "Others, in the words of the sheets",
}
_LETTERS = re.compile(r"[^\w]+")


class _Index(SphinxDirective, ABC):
    """What both indexes share: sections, entries, and links to claims."""

    def run(self) -> list[Node]:
        """Return a section for each group of entries."""
        for path in sorted((get_domain(self.env).root / "seeds").glob("*.yml")):
            self.env.note_dependency(str(path))
        return self.groups()

    @abstractmethod
    def groups(self) -> list[Node]:
        """Return the groups; each index has its own."""

    def section(self, title: str, entries: Iterable[Node]) -> nodes.section:
        """Return a section with a title that can be linked to."""
        name = nodes.make_id(title)
        made = nodes.section("", nodes.title("", title), ids=[name], names=[name])
        self.state.document.note_implicit_target(made)
        made += nodes.definition_list("", *entries, classes=["sb-index"])
        return made

    def links(self, lead: str, claims: Sequence[Claim]) -> list[Node]:
        """Return the words before a list of claims and the list, each claim a link."""
        if not claims:
            return []
        line: list[Node] = [nodes.Text(f" {lead} ")]
        for number, claim in enumerate(claims):
            line.append(nodes.Text(", " if number else ""))
            line.append(self._link(claim))
        return line

    def _link(self, claim: Claim) -> pending_xref:
        return pending_xref(
            "",
            nodes.Text(claim.id.partition("/")[2]),
            refdomain=SourcebookDomain.name,
            reftype="entry",
            reftarget=claim.id,
            refdoc=self.env.docname,
            refexplicit=True,
            tip=claim_tip(claim),
        )


class ActorIndex(_Index):
    """``{actor-index}``: every actor, how often it is named, and in which claims."""

    def groups(self) -> list[Node]:
        """Return a section for each kind of actor."""
        everybody = parties(get_domain(self.env).corpus)
        return [
            self.section(title, [self._entry(party) for party in found])
            for kind, title in _KINDS.items()
            if (found := [party for party in everybody if party.kind == kind])
        ]

    def _entry(self, party: Party) -> nodes.definition_list_item:
        lines = nodes.bullet_list()
        for citekey in party.sources:
            count = party.mentions.get(citekey, 0)
            line: list[Node] = [nodes.Text(f"{short_name(citekey)}: {_named(count)}.")]
            line += self.links("Acts in", party.acting.get(citekey, ()))
            line += self.links("Is meant in", party.meant.get(citekey, ()))
            lines += nodes.list_item("", nodes.paragraph("", "", *_stopped(line)))
        return _item(party.name, lines)


class TopicIndex(_Index):
    """``{topic-index}``: every topic, and its claims source by source."""

    def groups(self) -> list[Node]:
        """Return one list of all topics of the codebook, by name."""
        corpus = get_domain(self.env).corpus
        entries = []
        for topic, meaning in sorted(corpus.codebook.topics.items()):
            lines = nodes.bullet_list()
            for citekey, source in sorted(corpus.sources.items()):
                claims = source.claims(topic=topic)
                if claims:
                    line = self.links(f"{short_name(citekey)}:", claims)
                    lines += nodes.list_item("", nodes.paragraph("", "", *line))
            entries.append(_item(topic, nodes.paragraph("", meaning), lines))
        return [nodes.definition_list("", *entries, classes=["sb-index"])]


class RelationTable(SphinxDirective):
    """``{relation-table}``: each relation, drawn, with its meaning."""

    option_spec = {"how": str}  # noqa: RUF012 - as docutils has it

    def run(self) -> list[Node]:
        """Return the relations, all or those that are ``computed`` or ``declared``."""
        how = self.options.get("how", "")
        rows = [
            nodes.definition_list_item(
                "",
                nodes.term("", "", nodes.literal("", name)),
                nodes.definition("", _drawing(name), nodes.paragraph("", row.meaning)),
            )
            for name, row in RELATIONS.items()
            if how in ("", row.how)
        ]
        if not rows:
            raise self.error(f"no relation is {how!r}; use computed or declared")
        return [nodes.definition_list("", *rows, classes=["sb-relations"])]


class RelationList(SphinxDirective):
    """``{relation-list}``: each relation in a row, for reference."""

    def run(self) -> list[Node]:
        """Return a table: relation, how it is had, what it relates, its meaning."""
        rows = [(name, r.how, r.about, r.meaning) for name, r in RELATIONS.items()]
        return [table(("relation", "how", "between", "meaning"), rows)]


def _drawing(name: str) -> nodes.raw:
    return nodes.raw("", draw(name), format="html")


def _item(name: str, *body: Node) -> nodes.definition_list_item:
    term = nodes.term("", name, ids=[nodes.make_id(f"index-{name}")])
    return nodes.definition_list_item("", term, nodes.definition("", *body))


def _named(count: int) -> str:
    """Return how often, in words.

    >>> _named(0), _named(1), _named(57)
    ('not named', 'named once', 'named 57 times')
    """
    words = ("not named", "named once", "named twice")
    return words[count] if count < len(words) else f"named {count} times"


def _stopped(line: list[Node]) -> list[Node]:
    """Put a full stop after lists of links."""
    ended: list[Node] = []
    for number, node in enumerate(line):
        lead = isinstance(node, nodes.Text) and node.astext().startswith(" Is meant")
        if lead and number > 1:
            ended.append(nodes.Text("."))
        ended.append(node)
    return [*ended, nodes.Text(".")] if len(line) > 1 else ended


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives with Sphinx."""
    app.add_directive("actor-index", ActorIndex)
    app.add_directive("topic-index", TopicIndex)
    app.add_directive("relation-list", RelationList)
    app.add_directive("relation-table", RelationTable)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
