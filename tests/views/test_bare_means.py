"""A mean without a spread gets no interval, and says so in words."""

from __future__ import annotations

import pandas as pd
from made_up_claims import make_claim

from sourcebook.views.interval_chart import instrument_chart
from sourcebook.views.stance_charts import stance_dots

TONE = pd.DataFrame(
    [
        ("bbc-2025", "X", 3, 0.5, 0.25, 0.75),
        ("van-gils-2017", "X", 1, -1.0, None, None),
        ("anonymous-2025", "X", 0, None, None, None),
        ("bbc-2025", "Y", 9, 0.1, None, None),
    ],
    columns=["source", "instrument", "scored", "mean", "low", "high"],
)


def test_words_say_the_mean_and_its_spread_where_there_is_one():
    words = instrument_chart(TONE, "X", title="t").description
    assert "BBC report 3 scored: 0.50 (0.25 to 0.75)" in words
    assert "1 scored: -1.00" in words
    assert "0 scored: no mean" in words
    assert "9 scored" not in words


def test_stances_are_counted_in_words_and_have_no_interval():
    stances = [
        make_claim(f"bbc-2025/{n}", kind="stance", target="EU", sign=sign)
        for n, sign in enumerate((1, -1, 0, 1))
    ]
    words = stance_dots(stances, title="t").description
    assert words.endswith("EU, BBC report: praises 2, neither 1, blames 1.")
