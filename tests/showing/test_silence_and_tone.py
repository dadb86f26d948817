"""Empty cells are drawn, and a mean without a spread gets no line."""

from __future__ import annotations

import pandas as pd

from sourcebook.showing.silence import by_matter, silence_matrix, unspoken
from sourcebook.showing.tone import instrument_chart, target_chart

FOUND = pd.DataFrame(
    [
        ("Gas", "bbc-2025", 2, "gas", "gas"),
        ("Gas", "acme-2021", 0, "", "gas"),
        ("Iran", "bbc-2025", 0, "", "iran*"),
        ("Iran", "acme-2021", 0, "", "iran*"),
    ],
    columns=["matter", "source", "places", "found", "searched"],
)
TONE = pd.DataFrame(
    [
        ("bbc-2025", "X", 3, 0.5, 0.25, 0.75),
        ("acme-2021", "X", 1, -1.0, None, None),
        ("van-gils-2017", "X", 0, None, None, None),
    ],
    columns=["source", "instrument", "scored", "mean", "low", "high"],
)


def test_an_empty_cell_says_what_was_searched():
    figure = silence_matrix(FOUND, title="t")
    cells = figure.spec["data"]["values"]
    assert len(cells) == len(FOUND)
    assert cells[1]["words"] == "none of: gas"
    assert "of 4 cells, 3 are empty; 1 of 2 matters" in figure.description


def test_tables_say_who_has_what_and_who_has_nothing():
    table = by_matter(FOUND).set_index("matter")
    assert table.loc["Gas", "found in"] == "BBC 2025: gas"
    assert table.loc["Gas", "silent"] == "Acme 2021"
    assert list(unspoken(FOUND).matter) == ["Iran"]


def test_words_say_the_mean_and_its_spread_where_there_is_one():
    words = instrument_chart(TONE, "X", title="t").description
    assert "BBC 2025: 3 scored, 0.50 (0.25 to 0.75)" in words
    assert "Acme 2021: 1 scored, -1.00;" in words
    assert "Van Gils 2017: 0 scored, no mean" in words


def test_what_has_no_spread_gets_no_line():
    bars = instrument_chart(TONE, "X", title="t").spec["layer"][1]
    filters = [step["filter"] for step in bars["transform"] if "filter" in step]
    assert filters == ["isValid(datum.low)"]


STANCES = pd.DataFrame(
    [
        ("bbc-2025", "EU", 8, 3, 0, 5, "bbc-2025/not-happy"),
        ("acme-2021", "EU", 2, 0, 1, 1, "acme-2021/x"),
    ],
    columns=["source", "target", "stances", "praises", "neither", "blames", "claim"],
)


def test_a_target_leads_to_its_first_claim():
    assert "#claim-bbc-2025-not-happy" in target_chart(STANCES, title="t").source


def test_stances_are_counted_and_no_interval_is_drawn():
    figure = target_chart(STANCES, title="t")
    assert "BBC 2025 on EU: 3 praise, 5 blame" in figure.description
    assert "Acme 2021 on EU: 1 does neither, 1 blames" in figure.description
    drawn = [layer["encoding"]["x"].get("field") for layer in figure.spec["layer"][1:]]
    assert drawn == ["blames", "praises", "nought", None]
    assert figure.spec["layer"][1]["encoding"]["x"]["scale"]["domain"] == [-5.2, 5.2]
