"""The claim register as document nodes: one entry per claim, grouped by source.

An entry shows the passage with a few words of its sentence, what was parsed from it,
and where in the pinned file it stands. It shows no more of a source than that. The
nodes are plain docutils, so that every builder can print them.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from docutils import nodes

from sourcebook.prose.addresses import claim_anchor
from sourcebook.views.passage_context import context

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils.nodes import Node

    from sourcebook.coding.claims import Claim
    from sourcebook.coding.corpus import Source

_STATUSES = {
    "A": "actual",
    "E": "estimate",
    "F": "forecast",
    "P": "provisional",
    "T": "target",
}
_TIP = 90  # characters of a passage in a link's tooltip


def claim_tip(claim: Claim) -> str:
    """Return the words that a link to the claim shows on hover: source and passage."""
    passage = textwrap.shorten(claim.exact, _TIP, placeholder=" …")
    return f"{claim.source}: “{passage}”"


def claim_entries(source: Source, *, cited: Iterable[Node]) -> list[Node]:
    """Return an entry for every claim, in the order of the text, each with its target.

    ``cited`` holds, claim by claim, the node that says which pages cite it.
    """
    entries: list[Node] = []
    for claim, node in zip(source.claims(), cited, strict=True):
        # A target stands before its entry: docutils hands its id on to the entry.
        for name in map(claim_anchor, claim.names):
            entries.append(nodes.target("", "", ids=[name], names=[name]))
        entries.append(_entry(claim, source, node))
    return entries


def _entry(claim: Claim, source: Source, cited: Node) -> nodes.container:
    entry = nodes.container(classes=["sb-entry"])
    head = nodes.paragraph(classes=["sb-entry-head"])
    head += nodes.strong("", claim.id.partition("/")[2])
    head += nodes.Text(f" · {claim.kind} · {claim.topic}")
    entry += [head, _passage(claim), _facts(claim, source, cited)]
    return entry


def _passage(claim: Claim) -> nodes.block_quote:
    """The claim's words, marked, with a few words of their sentence around them."""
    before, passage, after = (part.replace("\n", " ") for part in context(claim))
    line = nodes.paragraph("", before)
    line += nodes.inline("", passage, classes=["sb-passage"])
    line += nodes.Text(after)
    return nodes.block_quote("", line, classes=["sb-quote"])


def _facts(claim: Claim, source: Source, cited: Node) -> nodes.definition_list:
    """The facts of a claim; a field list would weigh twice as much in a page."""
    facts = nodes.definition_list(classes=["sb-facts"])
    for name, value in claim_facts(claim, source):
        if value:
            facts += _fact(name, nodes.Text(value))
    facts += _fact("cited in", cited)
    return facts


def _fact(name: str, value: Node) -> nodes.definition_list_item:
    body = nodes.definition("", nodes.paragraph("", "", value))
    return nodes.definition_list_item("", nodes.term("", name), body)


def claim_facts(claim: Claim, source: Source) -> list[tuple[str, str]]:
    """Return what is known of a claim as (name, value); an empty value is not known."""
    quantity = claim.quantity
    unit = f" {quantity.unit}" if quantity and quantity.unit else ""
    per = f" per {quantity.per}" if quantity and quantity.per else ""
    return [
        ("figure", claim.figure),
        ("reads as", f"{quantity.interval()}{unit}{per}" if quantity else ""),
        ("hedge", quantity.hedge if quantity else ""),
        ("measure", claim.measure),
        ("share of", claim.of),
        ("where", claim.where),
        ("when", claim.when),
        ("status", _status(claim)),
        ("event", claim.type),
        ("actors", ", ".join(claim.actors)),
        ("stance", _stance(claim)),
        ("voice", _voice(claim, source)),
        ("origin", claim.origin),
        ("stands alone", claim.alone),
        ("note", claim.note),
        ("section", claim.section),
        ("place", f"{claim.file}, characters {claim.span.start}–{claim.span.end}"),
    ]


def _status(claim: Claim) -> str:
    """What a figure is; of words, only that they speak of something not yet so."""
    if claim.quantity is None and claim.status == "A":
        return ""
    return _STATUSES.get(claim.status, claim.status)


def _stance(claim: Claim) -> str:
    if claim.sign is None:
        return ""
    sign = {-1: "against", 0: "neutral on", 1: "for"}[claim.sign]
    about = f" ({claim.concept})" if claim.concept else ""
    return f"{claim.actor} {sign} {claim.target}{about}"


def _voice(claim: Claim, source: Source) -> str:
    if claim.voice == "author":
        return "the document"
    speaker = source.sheet.speakers.get(claim.voice)
    return speaker.name if speaker else claim.voice.replace("cited:", "cited: ")
