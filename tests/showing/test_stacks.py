"""Bars in parts: counts stand where they should, and in words."""

from __future__ import annotations

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.showing.stacks import stacks

COUNTS = {"bbc-2025": {"kept": 3, "lost": 1}, "van-gils-2017": {"kept": 0, "lost": 40}}


def _drawn(counts=COUNTS):
    return stacks(counts, title="t", unit="questions", finding="Much hangs on one.")


def test_parts_follow_each_other_and_nothing_is_not_drawn():
    values = _drawn().spec["data"]["values"]
    places = [(row["source"], row["part"], row["start"], row["end"]) for row in values]
    assert places == [
        ("BBC 2025", "kept", 0, 3),
        ("BBC 2025", "lost", 3, 4),
        ("Van Gils 2017", "lost", 0, 40),
    ]


def test_a_count_is_printed_only_where_it_has_room():
    shown = [row["shown"] for row in _drawn().spec["data"]["values"]]
    assert shown == ["3", "", "40"]


def test_as_shares_every_bar_is_a_hundred_long():
    figure = stacks(COUNTS, title="t", unit="claims", finding="So.", share=True)
    values = figure.spec["data"]["values"]
    assert [(row["start"], row["end"]) for row in values] == [
        (0, 75),
        (75, 100),
        (0, 100),
    ]
    assert [row["shown"] for row in values] == ["3", "1", "40"]


def test_the_words_say_every_count():
    words = _drawn().description
    assert words.startswith("Much hangs on one.")
    assert "BBC 2025: kept 3, lost 1; Van Gils 2017: kept 0, lost 40." in words


@pytest.mark.parametrize("parts", [0, 5])
def test_too_many_parts_or_none_are_refused(parts):
    bar = {f"part {n}": 1 for n in range(parts)}
    with pytest.raises(SourcebookError, match="parts to a bar"):
        _drawn({"bbc-2025": bar})
