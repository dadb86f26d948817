"""A dating is drawn as long as it is vague, and refused where it has no place."""

from __future__ import annotations

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.showing.timeline import timeline

NAMES = ("van-gils-2017/mandate-2016", "valiyev-yagubova-2022/partnership-proposed")


@pytest.fixture
def pair(corpus):
    return [corpus.claim(name) for name in NAMES]


def test_a_year_is_drawn_as_a_year_and_a_month_as_a_month(pair):
    drawn = timeline(pair, words={name: name for name in NAMES}, title="When")
    spans = [(row["first"], row["after"]) for row in drawn.spec["data"]["values"]]
    assert spans == [(2016, 2017), (2016.331, 2016.415)]
    assert "2016-05" in drawn.description


def test_a_row_without_words_is_refused(pair):
    with pytest.raises(SourcebookError, match="no words"):
        timeline(pair, words={NAMES[0]: "mandate"}, title="When")


def test_a_dating_without_a_beginning_is_refused(corpus):
    claim = corpus.claim("brussels-times-2025/talks-paused")
    with pytest.raises(SourcebookError, match="no first day"):
        timeline([claim], words={claim.id: "pause"}, title="When")


def test_a_long_row_still_names_its_source(pair):
    words = dict.fromkeys(NAMES, "Strategic Partnership still on the table")
    drawn = timeline(pair, words=words, title="When").svg()
    assert "(Valiyev and Yagubova 2022)" in drawn
    assert "\u2026" not in drawn
