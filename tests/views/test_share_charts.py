"""Unlike amounts share no axis, and a share is a part of its own whole."""

from __future__ import annotations

import html
import re

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.views.share_charts import OWN_TOTAL, parts, unlike


def words(svg):
    return [html.unescape(each) for each in re.findall(r"<text[^>]*>([^<]*)", svg)]


def test_each_bar_is_all_of_its_own_named_whole(around, bare):
    drawn = parts([around, bare], title="Two", wholes={bare.id: "all EU imports"})
    seen = words(drawn.wide)
    assert seen[0] == "around 5% of EU gas demand"
    assert "4.3% of all EU imports" in seen
    assert OWN_TOTAL in seen
    outlines = re.findall(r'width="698" height="22" fill="none"', drawn.wide)
    assert len(outlines) == 2
    assert not re.search(r"<text[^>]*>\d+</text>", drawn.wide)  # there is no axis


@pytest.mark.parametrize(
    ("figure", "hedge", "fades"),
    [("40%", "", False), ("up to 40%", "up to", True), ("around 40%", "around", True)],
)
def test_what_the_words_leave_open_fades(claim, quantity, figure, hedge, fades):
    share = claim("bbc-2025/x", quantity(figure, "40", hedge=hedge))
    drawn = parts([share], title="One")
    assert ("linearGradient" in drawn.wide) == fades
    assert any("left open" in each for each in words(drawn.wide)) == fades


def test_what_is_no_share_is_refused(claim, quantity):
    with pytest.raises(SourcebookError, match="no part of a hundred"):
        parts([claim("a/x", quantity("5 km", "5", unit="km"))], title="t")


def test_panels_keep_their_own_scale(claim, quantity):
    near = [
        claim(f"bbc-2025/{n}", quantity(str(n), str(n), unit="km")) for n in (10, 20)
    ]
    far = [claim("bbc-2025/far", quantity("2 bn", "2e9", unit="EUR"))]
    drawn = unlike(
        {"heading": "Near", "rows": near}, {"heading": "Far", "rows": far}, title="Two"
    )
    bars = [
        float(each) for each in re.findall(r'width="([\d.]+)" height="12"', drawn.wide)
    ]
    assert len(bars) == 2  # one amount has nothing to be long beside
    assert bars[1] == pytest.approx(2 * bars[0], rel=0.01)


def test_a_row_may_be_words_alone_and_an_id_needs_the_corpus(corpus):
    panel = {"heading": "Words", "rows": [{"text": "nothing", "label": "is said"}]}
    known = {"heading": "A claim", "rows": ["bbc-2025/share-bulgaria"]}
    drawn = unlike(panel, known, corpus=corpus, title="Two")
    assert {"nothing", "Up to 40%"} <= set(words(drawn.wide))
    with pytest.raises(SourcebookError, match="without words to print"):
        unlike(panel, known, title="Two")


@pytest.mark.parametrize("rows", [[1], [1, 1, 1, 1], [1, 0]])
def test_one_panel_alone_four_or_an_empty_one_are_refused(rows):
    panels = [{"heading": "One", "rows": [{"text": "a"}] * n} for n in rows]
    with pytest.raises(SourcebookError, match="two or three panels"):
        unlike(*panels, title="t")
