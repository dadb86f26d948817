"""Who is named and coded: under one name where that is known, else as coded."""

from __future__ import annotations

import pytest

from sourcebook.coding.parties import UNKNOWN, parties


@pytest.fixture(scope="module")
def by_name(corpus):
    return {party.name: party for party in parties(corpus)}


def test_every_mention_is_counted_once(by_name, corpus):
    counted = sum(sum(party.mentions.values()) for party in by_name.values())
    assert counted == sum(len(source.actors) for source in corpus.sources.values())


def test_no_claim_with_a_party_is_lost(by_name, corpus):
    shown = {
        claim.id
        for party in by_name.values()
        for held in (party.acting, party.meant)
        for claims in held.values()
        for claim in claims
    }
    coded = {c.id for c in corpus.claims if c.actor or c.target or c.actors}
    assert shown == coded


def test_a_claim_stands_under_its_source(by_name):
    for party in by_name.values():
        for held in (party.acting, party.meant):
            for citekey, claims in held.items():
                assert {claim.source for claim in claims} == {citekey}


def test_a_party_nobody_lists_keeps_the_words_of_the_sheet(by_name):
    assert by_name["officials, not named"].kind == UNKNOWN
    assert by_name["young people of Azerbaijan"].kind == UNKNOWN


def test_two_parties_in_one_field_are_two(by_name, corpus):
    both = [c for c in corpus.claims if c.actor == "EU and Azerbaijan"]
    assert both
    for claim in both:
        for name in ("EU", "Azerbaijan"):
            assert claim in by_name[name].acting[claim.source]
    assert "EU and Azerbaijan" not in by_name
