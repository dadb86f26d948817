"""Instruments are shown with what they scored, their spread and their disagreement."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from made_up_claims import make_claim

from sourcebook.comparing.tone import (
    INSTRUMENTS,
    PATTERN,
    VADER,
    instruments_alpha,
    interval,
    levelled,
    own_stances,
    rivals,
    score,
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
    assert interval((0.0, 1.0)) == (0, 1)
    assert low < sum(scores) / len(scores) < high
    assert interval(scores) == (low, high)


@pytest.mark.parametrize("instrument", [VADER, PATTERN])
def test_a_lexicon_scores_every_sentence(corpus, instrument):
    source = corpus.sources["bbc-2025"]
    scores = scores_of(source, instrument)
    assert len(scores) > 20
    assert all(-1 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("‘trustworthy’", "'trustworthy'"),
        ("“positive, active—and calm”", '"positive, active - and calm"'),
        ("a well-placed source", "a well-placed source"),
    ],
)
def test_the_lexicons_read_ascii(printed, read):
    assert levelled(printed) == read
    for instrument in INSTRUMENTS:
        assert score(printed, instrument) == score(read, instrument)


def test_praise_in_typographic_quotes_is_seen():
    assert score("It is ‘good’.", VADER) == score("It is 'good'.", VADER) > 0


def test_furniture_and_what_is_printed_twice_have_no_tone(corpus):
    """Paid content is marked as promoted, a word that the list counts as praise."""
    source = corpus.sources["brussels-times-2025"]
    printed = sum(
        any(map(str.isalpha, source.document.text[s.start : s.end]))
        for s in source.document.sentences
    )
    # The mark, the sponsor's notice, the headline again, two of the copyright.
    assert len(scores_of(source, VADER)) == printed - 5
    assert "promoted" not in set(weighty_words(source, most=500)["word"])


def test_the_lexicons_disagree_with_the_coder(corpus):
    stances = [claim for claim in corpus.claims if claim.kind == "stance"]
    said = {(claim.source, " ".join(claim.sentence.split())) for claim in stances}
    for rival in rivals(corpus):
        assert rival.sentences + rival.mixed == len(said)
        assert rival.mixed > 0  # sentences that praise and blame are said, not hidden
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
    assert (table.stances == table.praises + table.neither + table.blames).all()
    assert (table.blames > 0).any()
    assert (table.neither > 0).any()


def test_settings_name_the_sponsor(corpus):
    table = settings_table(corpus).set_index("source")
    assert "Embassy" in table.loc["brussels-times-2025", "sponsor"]
    assert (table.sponsor == "none stated").sum() == 4
    for citekey, source in corpus.sources.items():
        own, reported = table.loc[citekey, ["own stances", "reported stances"]]
        assert own == len(own_stances(source))
        assert own + reported == len(source.claims(kind="stance"))


def test_a_stance_in_somebody_elses_voice_is_not_own():
    source = SimpleNamespace(
        claims=lambda **_: (
            make_claim("a/x", kind="stance", actor="the author"),
            make_claim("a/y", kind="stance", actor="the author", voice="minister"),
            make_claim("a/z", kind="stance", actor="EU"),
        )
    )
    assert len(own_stances(source)) == 1
