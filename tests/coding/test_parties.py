"""Who is named and coded: under one name where that is known, else as coded."""

from __future__ import annotations

import pytest

from sourcebook.coding.parties import UNKNOWN, Party, parties
from sourcebook.coding.sheets import actor_table


@pytest.fixture(scope="module")
def by_name(corpus):
    return {party.name: party for party in parties(corpus)}


def test_every_mention_is_counted_once(by_name, corpus):
    counted = sum(sum(party.mentions.values()) for party in by_name.values())
    assert counted == sum(len(source.actors) for source in corpus.sources.values())


def test_sources_that_name_a_party_come_sorted():
    assert Party("X", UNKNOWN, dict.fromkeys("edcba", 1)).sources == tuple("abcde")


def test_no_claim_with_a_party_is_lost(by_name, corpus):
    shown = {
        claim.id
        for party in by_name.values()
        for held in (party.acting, party.meant)
        for claims in held.values()
        for claim in claims
    }
    coded = {c.id for c in corpus.claims if c.acting or c.target}
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


def test_everybody_in_the_table_is_introduced_in_one_sentence(root):
    table = actor_table(root)
    assert [name for name, entry in table.items() if not entry.who.endswith(".")] == []
    long = [name for name, entry in table.items() if len(entry.who.split()) > 25]
    assert long == []


def test_a_speaker_with_an_office_is_the_actor_of_that_name(by_name):
    said = by_name["Benjamin Godwin"].saying["bbc-2025"]
    assert {claim.voice for claim in said} == {"godwin"}
    assert by_name["EEAS"].saying  # "the European External Action Service"
    assert by_name["Cornell"].saying  # a work that the study cites
    assert "Benjamin Godwin, risk analyst" not in by_name


def test_a_speaker_without_a_name_stays_apart(by_name):
    spokesman = by_name["an EU spokesman"]
    assert spokesman.kind == UNKNOWN
    assert spokesman.saying
    assert spokesman.sources == ("bbc-2025",)


def test_no_speaker_loses_a_word(by_name, corpus):
    told = {
        claim.id
        for party in by_name.values()
        for claims in party.saying.values()
        for claim in claims
        if not claim.voice.startswith("cited:")
    }
    spoken = {
        claim.id
        for claim in corpus.claims
        if claim.voice != "author" and not claim.voice.startswith("cited:")
    }
    assert told == spoken


def test_a_passage_names_whom_it_has_and_nobody_else(by_name):
    def names(party: str) -> set[str]:
        return {claim.id for claim in by_name[party].named["bbc-2025"]}

    assert "bbc-2025/share-bulgaria" in names("Bulgaria")
    assert "bbc-2025/gas-share" not in names("Bulgaria")
    begun_and_ended = names("Azerbaijan") & names("Russia")
    assert "bbc-2025/no-sanctions" in begun_and_ended  # from the one to the other
