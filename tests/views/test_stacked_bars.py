"""Bars in parts: counts stand where they should, and in words."""

from __future__ import annotations

import re

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.views.share_charts import stacks

COUNTS = {"bbc-2025": {"kept": 3, "lost": 1}, "van-gils-2017": {"kept": 0, "lost": 40}}


def _drawn(counts=COUNTS):
    return stacks(counts, title="t", unit="questions", finding="Much hangs on one.")


def test_parts_follow_each_other_and_nothing_is_not_drawn():
    bars = re.findall(
        r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', _drawn().wide
    )
    (x1, y1, w1), (x2, y2, w2), (_, y3, w3) = [tuple(map(float, each)) for each in bars]
    assert y1 == y2 < y3
    assert x1 + w1 == pytest.approx(x2, abs=0.1)
    assert w1 == pytest.approx(3 * w2, rel=0.01)
    assert w3 == pytest.approx(40 * w2, rel=0.01)


def test_a_count_without_room_stands_below_its_bar():
    seen = re.findall(r"<text[^>]*>([^<]*)", _drawn().wide)
    assert "lost: 1" in seen
    assert {"3", "40"} <= set(seen)


def test_of_bars_of_one_part_the_count_alone_stands_below():
    drawn = _drawn({"bbc-2025": {"lost": 1}, "van-gils-2017": {"lost": 400}})
    assert re.findall(r"<text[^>]*>([^<]*)", drawn.wide)[1] == "1"


def test_the_finding_is_the_description_and_every_count_can_be_saved():
    drawn = _drawn()
    assert drawn.description == "Much hangs on one."
    assert {(r["source"], r["part"], r["questions"]) for r in drawn.rows} >= {
        ("BBC report", "kept", 3),
        ("van Gils study", "kept", 0),
    }


@pytest.mark.parametrize("parts", [0, 5])
def test_too_many_parts_or_none_are_refused(parts):
    bar = {f"part {n}": 1 for n in range(parts)}
    with pytest.raises(SourcebookError, match="parts to a bar"):
        _drawn({"bbc-2025": bar})
