"""A mean is drawn with its spread, and without a line where it has none."""

from __future__ import annotations

import pandas as pd

from sourcebook.views.tone_chart import instrument_chart

TONE = pd.DataFrame(
    [
        ("bbc-2025", "X", 3, 0.5, 0.25, 0.75),
        ("acme-2021", "X", 1, -1.0, None, None),
        ("van-gils-2017", "X", 0, None, None, None),
    ],
    columns=["source", "instrument", "scored", "mean", "low", "high"],
)


def test_words_say_the_mean_and_its_spread_where_there_is_one():
    words = instrument_chart(TONE, "X", title="t").description
    assert "BBC report 3 scored: 0.50 (0.25 to 0.75)" in words
    assert "Acme 2021 1 scored: -1.00;" in words
    assert "van Gils study 0 scored: no mean" in words


def test_what_has_no_spread_gets_no_line_and_a_page_can_read_the_rows():
    drawn = instrument_chart(TONE, "X", title="t")
    assert drawn.wide.count('stroke-width="4"') == 1
    assert "NaN" not in drawn.html()
