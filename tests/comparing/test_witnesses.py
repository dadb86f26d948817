"""Whose voice a claim is in, and what rests on one interviewee alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sourcebook.coding.claims import interviewees
from sourcebook.comparing.witnesses import (
    VOICES,
    Origins,
    lone_witnesses,
    origins,
    tally_voices,
    voice_of,
)


@pytest.mark.parametrize(
    ("claim_id", "kind"),
    [
        ("bbc-2025/gas-share", "own voice"),
        ("bbc-2025/not-reliant", "named"),
        ("bbc-2025/not-happy", "not named"),
        ("valiyev-yagubova-2022/trust-grows", "not named"),
        ("van-gils-2017/undemocratic", "cited work"),
        ("van-gils-2017/no-ownership", "own voice"),  # what one side is said to think
        ("van-gils-2017/buys-supporters", "not named"),  # an expert who is interviewed
    ],
)
def test_kind_of_voice(claim_id, kind, corpus):
    claim = corpus.claim(claim_id)
    assert voice_of(claim, corpus.sources[claim.source]) == kind


def test_a_voice_that_names_interviews_alone_is_not_a_work(corpus):
    claim = corpus.claim("van-gils-2017/no-ownership")
    source = corpus.sources[claim.source]
    interviews = "cited:interviews with experts 1, May 2014; and 2, July 2014"
    assert voice_of(replace(claim, voice=interviews), source) == "not named"
    assert voice_of(replace(claim, voice=f"{interviews}; ESI 2012"), source) == (
        "cited work"
    )


def test_every_claim_has_one_kind_of_voice(corpus):
    for source in corpus.sources.values():
        tally = tally_voices(source)
        assert tuple(tally) == VOICES
        assert sum(tally.values()) == len(source.claims())


def test_interviewees_with_two_dates(corpus):
    dated = interviewees(corpus.sources["van-gils-2017"].document.text)
    twice = {label for label, dates in dated.items() if len(dates) > 1}
    assert twice == {"expert 2", "expert 3"}
    assert dated["EEAS official 6"] == ("2015-10",)


def test_a_claim_with_a_work_beside_the_interview_does_not_rest_on_one(corpus):
    alone = lone_witnesses(corpus.sources["van-gils-2017"])
    ids = [claim.id for claims in alone.values() for claim in claims]
    assert "van-gils-2017/eight-members" in ids
    assert "van-gils-2017/civil-society-limited" not in ids  # two interviews
    assert "van-gils-2017/buys-supporters" not in ids  # an interview and a work
    assert len(ids) == len(set(ids))


def test_lone_witnesses_come_with_the_most_claims_first(corpus):
    counts = [
        len(claims)
        for claims in lone_witnesses(corpus.sources["van-gils-2017"]).values()
    ]
    assert counts == sorted(counts, reverse=True)
    assert lone_witnesses(corpus.sources["bbc-2025"]) == {}


GILS, BBC = "van-gils-2017", "bbc-2025"
ENVOYS = [f"{GILS}: Azerbaijani government representative {n}" for n in (1, 2, 3)]


def behind(corpus, *names):
    return origins([corpus.claim(name) for name in names], corpus.sources)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        pytest.param([f"{BBC}/gas-share"], [BBC], id="the document itself"),
        pytest.param(
            [f"{GILS}/political-prisoners"], ["Freedom House 2015"], id="a producer"
        ),
        pytest.param(
            [f"{GILS}/buys-supporters"],
            [f"{GILS}: expert 3", "ESI 2012"],
            id="a person and a work",
        ),
        pytest.param(
            [f"{GILS}/security-not-considered"], ENVOYS, id="a bracket of three people"
        ),
        pytest.param(
            [f"{GILS}/overly-positive", f"{GILS}/neither-free-nor-fair"],
            [f"{GILS}: EEAS official 4"],
            id="two voices through one interview",
        ),
        pytest.param([f"{GILS}/mandate-2016"], [GILS], id="an author with a reference"),
    ],
)
def test_origins_are_people_and_works(names, found, corpus):
    assert list(behind(corpus, *names).names) == found


def test_who_is_cited_in_two_lists_is_one(corpus):
    brief = "valiyev-yagubova-2022"
    complaints = [f"{GILS}/no-ownership", f"{GILS}/security-not-considered"]
    found = behind(corpus, f"{brief}/association-rejected", *complaints)
    assert list(found.names) == [brief, *ENVOYS]
    assert found.count == "4"


def test_voices_that_may_be_one_make_a_count_with_two_ends(corpus):
    found = behind(corpus, f"{BBC}/little-leverage", f"{BBC}/pocketed-attention")
    assert found.count == "1 or 2"
    apart = behind(corpus, f"{BBC}/not-happy", f"{BBC}/pocketed-attention")
    assert apart.count == "2"
    assert Origins(("a", "b", "c"), 1).count == "1 to 3"
