"""Lanes keep apart what is no one series, and name every row once."""

from __future__ import annotations

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.showing.lanes import lanes

NAMES = (
    "van-gils-2017/prisoners-released",
    "van-gils-2017/political-prisoners",
    "bbc-2025/journalists-sentenced",
)


@pytest.fixture
def flows(corpus):
    return [corpus.claim(name) for name in NAMES]


def test_each_lane_has_its_heading_and_its_rows_by_date(flows):
    words = dict(zip(NAMES, ("Let go", "Held", "Sentenced"), strict=True))
    groups = {"Stock and flow": flows[:2], "Flow": flows[2:]}
    drawn = lanes(groups, words=words, title="Who")
    assert drawn.spec["encoding"]["y"]["scale"]["domain"] == [
        "Stock and flow:",
        "Held (Van Gils 2017)",
        "Let go (Van Gils 2017)",
        "Flow:",
        "Sentenced (BBC 2025)",
    ]


def test_the_lanes_are_read_out_for_those_who_cannot_see_them(flows):
    drawn = lanes({"Flows": flows[2:]}, words={NAMES[2]: "Sentenced"}, title="Who")
    assert drawn.description == "Who: Flows: Sentenced (BBC 2025): 2025-06."


def test_an_empty_lane_is_refused():
    with pytest.raises(SourcebookError, match="without a claim: 'Held'"):
        lanes({"Held": []}, words={}, title="Who")


def test_two_rows_of_the_same_words_are_refused(flows):
    words = dict.fromkeys(NAMES, "People")
    with pytest.raises(SourcebookError, match="named alike"):
        lanes({"All": flows}, words=words, title="Who")
