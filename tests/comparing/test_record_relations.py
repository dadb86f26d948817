"""A fact meets a claim through the gates of claims, and never joins them."""

from __future__ import annotations

import pytest

from sourcebook.comparing.public_record import (
    against,
    as_claim,
    load_record,
    matters,
    relation_names,
)
from sourcebook.errors import SourcebookError


@pytest.fixture(scope="module")
def record(corpus):
    return load_record(corpus)


@pytest.mark.parametrize(
    ("fact", "claim", "relation"),
    [
        ("tanap-forecast-2022", "valiyev-yagubova-2022/gas-target", "agrees"),
        ("tanap-outcome-2022", "valiyev-yagubova-2022/gas-target", "plan-vs-outcome"),
        ("share-imports-2022", "bbc-2025/gas-share", "different-period"),
        (
            "share-imports-2021",
            "valiyev-yagubova-2022/gas-share",
            "not-comparable(of)",
        ),
        ("poll-2020-image", "valiyev-yagubova-2022/positive-image", "agrees"),
        ("delegation-2013", "van-gils-2017/eight-members", "contradicts"),
        ("mandate-2016", "van-gils-2017/mandate-2016", "clashes"),
        ("pca-in-force", "van-gils-2017/pca-in-force", "order-unknown"),
        (
            "eu-demand-2021",
            "valiyev-yagubova-2022/gas-share",
            "not-comparable(measure)",
        ),
    ],
)
def test_facts_pass_the_gates_of_claims(record, corpus, fact, claim, relation):
    assert str(against(record.fact(fact), corpus.claim(claim))) == relation


def test_nothing_is_computed_beside_an_argument(record, corpus):
    fact = record.fact("gas-bill-2022")
    with pytest.raises(SourcebookError, match="no relation can be computed"):
        against(fact, corpus.claim("bbc-2025/little-leverage"))
    assert relation_names(fact, corpus)["bbc-2025/little-leverage"] == "no-relation"


@pytest.mark.parametrize(
    ("name", "kind"), [("mandate-2016", "event"), ("delegation-2013", "status")]
)
def test_a_fact_is_drawn_as_the_kind_of_claim_it_would_be(record, name, kind):
    (fact,) = (fact for fact in record.facts if fact.id == name)
    assert (as_claim(fact).kind, as_claim(fact).exact) == (kind, fact.fact)


def test_no_fact_is_among_the_claims(record, corpus):
    assert not {fact.id_in_book for fact in record.facts} & {
        claim.id for claim in corpus.claims
    }


def test_many_matters_have_claims_beside_them(record):
    found = matters(record)
    assert sum(bool(claims) for claims in found.values()) >= 25
    assert list(found) == sorted(found)


def test_facts_are_found_by_name(record):
    with pytest.raises(SourcebookError, match="did you mean 'memorandum-2022'"):
        record.fact("memorandun-2022")
