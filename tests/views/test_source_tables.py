"""Tables about a source count what is there, in an order that stays."""

from __future__ import annotations

from sourcebook.reading.numbers import read_numbers
from sourcebook.views import source_tables


def test_every_claim_has_a_voice_in_the_table(corpus):
    for source in corpus.sources.values():
        voices = source_tables.voices_table(source)
        cited = [c for c in source.claims() if c.voice.startswith("cited:")]
        assert voices["claims"].sum() + len(cited) == len(source.claims())


def test_a_voice_that_may_be_another_says_so(corpus):
    voices = source_tables.voices_table(corpus.sources["bbc-2025"])["voice"]
    assert "a senior EU diplomat (may be a senior European diplomat)" in set(voices)


def test_actors_are_counted_commonest_first(corpus):
    report = corpus.sources["bbc-2025"]
    table = source_tables.actors_table(report)
    assert table["actor"].iloc[0] == "Azerbaijan"
    assert list(table["mentions"]) == sorted(table["mentions"], reverse=True)
    assert (table["sentences"] <= table["mentions"]).all()


def test_a_surname_two_people_share_is_told_apart_by_source(corpus):
    named = {
        citekey: {
            mention.actor for mention in source.actors if mention.text == "Aliyev"
        }
        for citekey, source in corpus.sources.items()
    }
    assert named["bbc-2025"] == {"Ilham Aliyev"}
    assert named["van-gils-2017"] == {"Heydar Aliyev"}


def test_pairs_share_a_sentence(corpus):
    table = source_tables.together_table(corpus.sources["anonymous-2025"])
    assert {"Armenia", "Hungary"} in [
        set(pair) for pair in table[["actor", "with"]].values
    ]


def test_numbers_and_dates_stand_in_the_order_of_the_text(corpus):
    document = corpus.sources["bbc-2025"].document
    table = source_tables.numbers_table(read_numbers(document.text))
    assert list(table["as printed"][:2]) == ["4.3%", "Up to 40%"]
    assert list(table["hedge"][:2]) == ["", "up to"]
