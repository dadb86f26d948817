"""A mean is drawn with its spread, and without a line where it has none."""

from __future__ import annotations

import pandas as pd
import pytest

from sourcebook.coding.source_looks import Look
from sourcebook.views.canvas import Canvas
from sourcebook.views.interval_chart import (
    IntervalRow,
    draw_intervals,
    instrument_chart,
)

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


@pytest.mark.parametrize(
    ("ends", "value", "hollow"),
    [
        (("closed", "closed"), 2, 0),
        (("open", "closed"), 2, 2),
        (("open", "closed"), 3, 1),
        (("closed", "open"), 5, 2),
        (("closed", "open"), 2, 1),
        (("arrow", "open"), 2, 1),
    ],
)
def test_a_value_that_its_interval_does_not_hold_is_hollow(ends, value, hollow):
    """And so is an end that does not belong to it."""
    canvas = Canvas(600, {})
    look = Look("Acme", "#000000", "circle")
    row = IntervalRow("Acme", "", look, 2, 5, value, *ends)
    draw_intervals(canvas, [row], domain=(0, 10), unit="tons")
    assert "".join(canvas.parts).count("sb-hollow") == hollow
