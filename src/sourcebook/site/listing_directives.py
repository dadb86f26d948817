"""Directives for listings: of records, questions, changes, and both readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import sourcebook
from sourcebook.coding.sheets import nearest
from sourcebook.comparing.release_changes import (
    changes_since,
    load_records,
    present_relations,
)
from sourcebook.comparing.unit_pairs import settled_readings
from sourcebook.errors import SourcebookError
from sourcebook.site.domain import get_domain
from sourcebook.site.listing_nodes import listing_table
from sourcebook.views.listings import (
    claims_listing,
    events_listing,
    sources_listing,
    usage_listing,
)
from sourcebook.views.question_listings import (
    changes_listing,
    questions_listing,
    totals_chart,
    totals_listing,
)
from sourcebook.views.second_reading_tables import (
    agreement_listing,
    differences_listing,
    kinds_listing,
    others_listing,
    reread_listing,
    settled_line,
)

if TYPE_CHECKING:
    from docutils.nodes import Node

    from sourcebook.comparing.release_changes import Changes

_OF_CORPUS = {
    "claims": claims_listing,
    "events": events_listing,
    "sources": sources_listing,
}
KINDS = (*_OF_CORPUS, "questions", "usage")
_OF_READINGS = {
    "agreement": agreement_listing,
    "kinds": kinds_listing,
    "others": others_listing,
}
_OF_CLAIMS = {
    "differences": differences_listing,
    "claims": reread_listing,
}
READINGS = (*_OF_READINGS, *_OF_CLAIMS, "settled")


class ListingDirective(SphinxDirective):
    """``{listing} claims``: everything of one kind, as it stands now."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return one table."""
        kind, domain = self.arguments[0], get_domain(self.env)
        if kind not in KINDS:
            raise self.error(f"no listing of {kind!r}{nearest(kind, KINDS)}")
        if kind == "questions":
            listing = questions_listing(domain.answers)
        elif kind == "usage":
            listing = usage_listing(domain.corpus, domain.answers)
        else:
            listing = _OF_CORPUS[kind](domain.corpus)
        return [listing_table(listing)]


class BothReadings(SphinxDirective):
    """``{both-readings} agreement``: one of `READINGS`, of documents read twice."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return one table, or a sentence of counts."""
        part, corpus = self.arguments[0], get_domain(self.env).corpus
        if part not in READINGS:
            raise self.error(f"no part {part!r}{nearest(part, READINGS)}")
        try:
            readings = settled_readings(corpus)
        except SourcebookError as error:
            raise self.error(str(error)) from error
        if part == "settled":
            return [nodes.paragraph("", settled_line(readings))]
        if part in _OF_CLAIMS:
            return [listing_table(_OF_CLAIMS[part](readings, corpus))]
        table = listing_table(_OF_READINGS[part](readings))
        table["classes"] = ["colwidths-auto"]  # short enough to be read whole
        return [table]


class QuestionTotals(SphinxDirective):
    """``{question-totals}``: how often each relation came out, drawn and counted."""

    def run(self) -> list[Node]:
        """Return a chart where there are scripts and pictures, and a table."""
        answers = get_domain(self.env).answers
        drawn = nodes.raw("", totals_chart(answers).html(), format="html")
        table = listing_table(totals_listing(answers))
        table["classes"] = ["sb-totals", "colwidths-auto"]  # ends in a sum: not sorted
        return [drawn, table]


class WhatFlipped(SphinxDirective):
    """``{what-flipped}``: the relations that changed since the release before."""

    def run(self) -> list[Node]:
        """Return a sentence of counts, and a table of each kind of change there is."""
        domain = get_domain(self.env)
        try:
            changes = changes_since(
                load_records(domain.root),
                present_relations(domain.answers),
                version=sourcebook.__version__,
            )
        except SourcebookError as error:
            raise self.error(str(error)) from error
        found: list[Node] = [nodes.paragraph("", said(changes))]
        for caption, heap in (
            ("Relations that flipped", changes.flipped),
            ("Pairs no longer compared", changes.withdrawn),
        ):
            if heap:
                listing = changes_listing(heap, domain.answers, caption=caption)
                found.append(listing_table(listing))
        return found


def said(changes: Changes) -> str:
    """Say in one or two sentences how the present relations differ from a record."""
    if not changes.since:
        return "There is no earlier release on record."
    flipped = len(changes.flipped)
    return (
        f"Held against release {changes.since}, pair by pair: {flipped or 'none'} "
        f"flipped, {len(changes.unchanged)} unchanged, {len(changes.new)} new, "
        f"{len(changes.withdrawn)} no longer compared."
    )
