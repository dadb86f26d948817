"""Instruments are shown with what they scored, their spread and their disagreement."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.tone import (
    HAND,
    INSTRUMENTS,
    PATTERN,
    VADER,
    instruments_alpha,
    interval,
    own_stances,
    rivals,
    scores_of,
    settings_table,
    stance_table,
    tone_table,
    weighty_words,
)


def test_every_document_is_read_by_every_instrument_in_order_of_issue(corpus):
    table = tone_table(corpus)
    assert len(table) == len(corpus.sources) * len(INSTRUMENTS)
    first, *_, last = dict.fromkeys(table.source)
    assert (first, last) == ("van-gils-2017", "brussels-times-2025")


def test_a_report_without_stances_of_its_own_has_no_tone_by_hand(corpus):
    table = tone_table(corpus)
    row = table[(table.source == "bbc-2025") & (table.instrument == HAND)].iloc[0]
    assert row.scored == 0
    assert row[["mean", "low", "high"]].isna().all()


def test_reported_stances_are_not_the_documents_own(corpus):
    own = {claim.id for claim in own_stances(corpus.sources["brussels-times-2025"])}
    assert "brussels-times-2025/growing-cooperation" in own
    assert "brussels-times-2025/strong-in-practice" not in own  # the guest's


@pytest.mark.parametrize("scores", [(), (1.0,), (1.0, 1.0, 1.0)])
def test_what_does_not_vary_has_no_interval(scores):
    assert interval(scores) == (None, None)


def test_an_interval_holds_its_mean_and_repeats():
    scores = (1.0, -1.0, 0.0, 1.0, 1.0)
    low, high = interval(scores)
    assert low < sum(scores) / len(scores) < high
    assert interval(scores) == (low, high)


@pytest.mark.parametrize("instrument", [VADER, PATTERN])
def test_a_lexicon_scores_every_sentence(corpus, instrument):
    source = corpus.sources["bbc-2025"]
    scores = scores_of(source, instrument)
    assert len(scores) > 20
    assert all(-1 <= score <= 1 for score in scores)


def test_the_lexicons_disagree_with_the_coder(corpus):
    for rival in rivals(corpus):
        assert 0 < rival.opposite < rival.same < rival.sentences
    assert instruments_alpha(corpus) < 0.667  # too low to stand on, by any custom


def test_words_of_office_count_as_praise(corpus):
    words = weighty_words(corpus.sources["brussels-times-2025"]).set_index("word")
    assert words.loc["peace", "weight"] > 10


def test_targets_are_kept_apart(corpus):
    table = stance_table(corpus)
    assert not table.duplicated(["source", "target"]).any()
    assert table.stances.sum() == sum(
        len(own_stances(source)) for source in corpus.sources.values()
    )


def test_settings_name_the_sponsor(corpus):
    table = settings_table(corpus).set_index("source")
    assert "Embassy" in table.loc["brussels-times-2025", "sponsor"]
    assert (table.sponsor == "none stated").sum() == 4


def test_a_stance_in_somebody_elses_voice_is_not_own():
    source = SimpleNamespace(
        claims=lambda **_: (
            SimpleNamespace(actor="the author", voice="author"),
            SimpleNamespace(actor="the author", voice="minister"),
            SimpleNamespace(actor="EU", voice="author"),
        )
    )
    assert len(own_stances(source)) == 1
