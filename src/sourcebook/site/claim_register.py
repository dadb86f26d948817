"""The claim register as document nodes: one entry per claim, by source and section.

A document with sections has its entries under their headings, each section a fold: the
headings are the page's contents, and an address of an entry stays what it was.

An entry shows the passage with a few words of its sentence, what was parsed from it,
and where in the pinned file it stands. It shows no more of a source than that. The
nodes are plain docutils, so that every builder can print them.
"""

import itertools
import textwrap
from collections.abc import Iterable, Mapping, Sequence

from docutils import nodes
from docutils.nodes import Node

from sourcebook.coding.book_files import claim_anchor
from sourcebook.coding.claims import (
    Claim,
    QuantityClaim,
    StanceClaim,
    quantity_in,
    said_in,
)
from sourcebook.coding.corpus import Source
from sourcebook.coding.schema import STATUSES
from sourcebook.reading.dates import time_words
from sourcebook.views.cards import context
from sourcebook.views.fragment import typographic
from sourcebook.views.listings import voice

ACTUAL = STATUSES["A"]
SPLIT_FROM = 3  # sections of a document, from where on it is shown section by section
BEFORE = "Before the first heading"
_TIP = 90  # characters of a passage in a link's tooltip


def claim_tip(claim: Claim) -> str:
    """Return the words that a link to the claim shows on hover: source and passage."""
    passage = textwrap.shorten(claim.exact, _TIP, placeholder=" …")
    return f"{claim.source}: “{passage}”"


def claim_entries(source: Source, *, cited: Iterable[Node]) -> list[Node]:
    """Return an entry for every claim, in the order of the text, each with its target.

    ``cited`` holds, claim by claim, the node that says which pages cite it.
    """
    claims = source.claims()
    sections: dict[str, list[Node]] = {claim.section: [] for claim in claims}
    split = len(sections) >= SPLIT_FROM
    for claim, node in zip(claims, cited, strict=True):
        # A target stands before its entry: docutils hands its id on to the entry.
        sections[claim.section] += [
            *(
                nodes.target("", "", ids=[n], names=[n])
                for n in map(claim_anchor, claim.names)
            ),
            _entry(claim, source, node, split=split),
        ]
    if split:
        return list(itertools.starmap(_section, sections.items()))
    return [node for entries in sections.values() for node in entries]


def _section(title: str, entries: Sequence[Node]) -> nodes.section:
    """Return the entries of a section as a fold under its heading."""
    count = sum(isinstance(node, nodes.container) for node in entries)
    words = f"Show its {count} passages" if count > 1 else "Show its passage"
    ids = [nodes.make_id(f"section-{title}")]
    head = nodes.title("", title or BEFORE)
    return nodes.section(
        "",
        head,
        *fold([nodes.inline("", words)], entries, look="sb-part"),
        ids=ids,
        names=ids,
    )


def _entry(
    claim: Claim, source: Source, cited: Node, *, split: bool
) -> nodes.container:
    entry = nodes.container(classes=["sb-entry"])
    head = nodes.paragraph(classes=["sb-entry-head"])
    head += nodes.strong("", claim.id.partition("/")[2])
    head += nodes.Text(f" · {claim.kind} · {claim.topic}")
    facts = dict(claim_facts(claim, source))
    if split:  # the section is the heading above
        del facts["section"]
    entry += [_passage(claim), head, _facts(facts, cited)]
    return entry


def _passage(claim: Claim) -> nodes.block_quote:
    """The claim's words, marked, with a few words of their sentence around them."""
    before, passage, after = (part.replace("\n", " ") for part in context(claim))
    line = nodes.paragraph("", before)
    line += nodes.inline("", passage, classes=["sb-passage"])
    line += nodes.Text(after)
    return nodes.block_quote("", line, classes=["sb-quote"])


def _facts(known: Mapping[str, str], cited: Node) -> nodes.definition_list:
    """The facts of a claim; a field list would weigh twice as much in a page."""
    facts = nodes.definition_list(classes=["sb-facts"])
    for name, value in known.items():
        if value:
            facts += _fact(name, nodes.Text(typographic(value)))
    facts += _fact("cited in", cited)
    return facts


def _fact(name: str, value: Node) -> nodes.definition_list_item:
    body = nodes.definition("", nodes.paragraph("", "", value))
    return nodes.definition_list_item("", nodes.term("", name), body)


def claim_facts(claim: Claim, source: Source) -> list[tuple[str, str]]:
    """Return what is known of a claim as (name, value); an empty value is not known."""
    quantity = quantity_in(claim)
    unit = f" {quantity.unit}" if quantity and quantity.unit else ""
    per = f" per {quantity.per}" if quantity and quantity.per else ""
    return [
        ("figure", said_in(claim, "figure")),
        ("reads as", f"{quantity.interval()}{unit}{per}" if quantity else ""),
        ("hedge", quantity.hedge if quantity else ""),
        ("measure", said_in(claim, "measure")),
        ("share of", said_in(claim, "of")),
        ("where", said_in(claim, "where")),
        ("when", time_words(claim.when)),
        ("status", _status(claim)),
        ("event", said_in(claim, "type")),
        ("actors", ", ".join(said_in(claim, "actors"))),
        ("stance", _stance(claim)),
        ("voice", voice(claim, source)),
        ("origin", claim.origin),
        ("stands alone", claim.alone),
        ("note", claim.note),
        ("section", claim.section),
        ("place", f"{claim.file}, characters {claim.span.start}–{claim.span.end}"),
    ]


def _status(claim: Claim) -> str:
    """What a figure is; of words, only that they speak of something not yet so."""
    if not isinstance(claim, QuantityClaim) and claim.status == "A":
        return ""
    return STATUSES.get(claim.status, claim.status)


def _stance(claim: Claim) -> str:
    if not isinstance(claim, StanceClaim):
        return ""
    sign = {-1: "against", 0: "neutral on", 1: "for"}[claim.sign]
    about = f" ({claim.concept})" if claim.concept else ""
    return f"{claim.actor} {sign} {claim.target}{about}"


def fold(
    head: Sequence[Node], body: Sequence[Node], *, look: str = "sb-line"
) -> list[Node]:
    """Return nodes that the site closes; they are written open (see `folds`)."""
    return [
        _html(f'<details class="sb-fold {look}" open><summary>'),
        *head,
        _html("</summary>"),
        *body,
        _html("</details>"),
    ]


def _html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")
