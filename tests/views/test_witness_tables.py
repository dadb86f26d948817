"""Tables about the sources as witnesses."""

from __future__ import annotations

from sourcebook.views.source_tables import lone_table, witnesses_table


def test_what_each_source_is(corpus):
    table = witnesses_table(corpus.sources.values()).set_index("source")
    assert table.loc["sponsored article", "sponsor"] == "named"
    assert list(table["sponsor"]).count("named") == 1
    assert table.loc["BBC report", ["date", "file"]].tolist() == ["printed", "fragment"]
    assert table.loc["opinion piece", "date"] == "inferred"


def test_who_stands_alone(corpus):
    table = lone_table(corpus.sources["van-gils-2017"])
    row = table.set_index("interviewee").loc["EEAS official 4"]
    assert row["months"] == "July 2014"
    assert row["main claims"] == 2
    assert table["claims"].is_monotonic_decreasing
