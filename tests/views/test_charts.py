"""What the charts of claims draw, and what they refuse to draw."""

from __future__ import annotations

import html
import re

import pytest
import vl_convert as vlc

from sourcebook.errors import SourcebookError
from sourcebook.site.claim_register import claim_anchor
from sourcebook.views.charts import (
    _ROOM,
    STOPS,
    _domain,
    axis_title,
    meeting,
    slack_control,
    spread,
)
from sourcebook.views.fragment import address


def rows(drawn):
    return drawn.spec["data"]["values"]


def words(svg):
    return [html.unescape(each) for each in re.findall(r"<text[^>]*>([^<]*)", svg)]


def moved(drawn, slack):
    """Draw the chart as it is once the slider stands at this slack."""
    spec = drawn.spec
    spec["width"] = 640
    spec["params"][0]["value"] = slack
    return words(vlc.vegalite_to_svg(spec))


def drawn_of(*claims):
    return spread(claims, title="Gas")


def test_each_claim_is_a_row_with_its_own_words(around, bare):
    drawn = drawn_of(around, bare)
    assert [row["id"] for row in drawn.rows] == [around.id, bare.id]
    for form in (drawn.wide, drawn.narrow):
        assert words(form)[:2] == [
            "policy brief: “around 5%”",
            "of EU gas demand · EU · April 2022",
        ]


@pytest.mark.parametrize(
    ("figure", "hedge", "low", "high", "hollow"),
    [
        pytest.param("5%", "", 4.5, 5.5, 0, id="bare"),
        pytest.param("around 5%", "around", 4.5, 5.5, 0, id="about"),
        # An open end and a value that is left out are both hollow.
        pytest.param("nearly 5%", "nearly", 4.5, 5, 2, id="nearly"),
        pytest.param("up to 5%", "up to", 0, 5, 0, id="up-to"),
        pytest.param("over 5%", "over", 5, 100, 2, id="share"),
    ],
)
def test_ends_and_value_are_drawn_as_the_hedge_reads(  # noqa: PLR0917
    claim, quantity, figure, hedge, low, high, hollow
):
    drawn = drawn_of(claim("bbc-2025/x", quantity(figure, "5", hedge=hedge)))
    assert (drawn.rows[0]["low"], drawn.rows[0]["high"]) == (low, high)
    assert drawn.wide.count("sb-hollow") == hollow


def test_an_interval_without_an_end_runs_to_an_arrow_within_the_sheet(claim, quantity):
    over = quantity("over 16.2 bcm", "16.2", unit="m3", hedge="over")
    drawn = drawn_of(claim("bbc-2025/x", over))
    assert drawn.rows[0]["high"] is None
    assert words(drawn.wide)[-2:] == ["20", "cubic metres"]
    assert "16.2 or more" in drawn.description


def test_large_numbers_are_readable_on_the_axis(claim, quantity):
    gas = quantity("20–25 bcm", "20e9", "25e9", step="1e9", unit="m3", per="year")
    seen = words(drawn_of(claim("bbc-2025/x", gas)).wide)
    assert "20 bn" in seen
    assert "cubic metres per year" in seen


def test_a_reader_without_the_chart_is_told_every_figure(around, bare):
    assert repr(drawn_of(around, bare)) == (
        "Gas: policy brief: “around 5%” of EU gas demand · EU · April 2022, "
        "read as 4.5 to 5.5; BBC report: “4.3%” of EU gas demand · EU · April 2022, "
        "read as 4.25 to 4.35."
    )


def test_a_row_links_to_the_entry_that_the_register_makes(bare):
    assert address(bare.id).endswith(f"#{claim_anchor(bare.id)}")
    ((href, _),) = drawn_of(bare).links
    assert href.startswith("../../book/claims/")


@pytest.mark.parametrize(
    ("figures", "fault"),
    [
        pytest.param([], "no claims", id="empty"),
        pytest.param([None], "no figure", id="no-figure"),
        pytest.param([{}, {"unit": "km"}], "more than one unit", id="units"),
        pytest.param([{}, {"per": "year"}], "more than one unit", id="per"),
    ],
)
def test_spread_refuses(claim, quantity, figures, fault):
    claims = [
        claim(f"a/{n}", None if fields is None else quantity("5", "5", **fields))
        for n, fields in enumerate(figures)
    ]
    with pytest.raises(SourcebookError, match=fault) as error:
        spread(claims, title="t")
    assert "fix: " in str(error.value)


@pytest.mark.parametrize(
    ("nouns", "axis"),
    [(("people", "people"), "people"), (("people", "cars"), "count"), (("",), "count")],
)
def test_an_axis_says_what_all_its_figures_count(claim, quantity, nouns, axis):
    claims = [
        claim(f"a/{n}", quantity("5", "5", unit="", noun=noun))
        for n, noun in enumerate(nouns)
    ]
    assert axis_title(claims) == axis


def test_a_claim_given_twice_is_refused(around, bare):
    with pytest.raises(SourcebookError, match="more than once: bbc-2025/share\n"):
        spread([bare, around, bare], title="t")


@pytest.mark.parametrize("slack", [0, 12, 13, 29, 30])
def test_the_browser_shows_what_the_tested_functions_say(around, bare, slack):
    seen = moved(slack_control(around, bare), slack)
    verb = "meet" if slack >= 13 else "do not meet"
    assert f"At ±{slack}% the two intervals {verb}." in seen
    assert "They meet from 13% on." in seen


def test_every_stop_holds_the_interval_at_its_slack(around, bare):
    one, two = rows(slack_control(around, bare))
    assert (one["hedge"], two["hedge"]) == ("around", "none")
    assert len(one["stops"]) == len(STOPS)
    for stop, reading in zip(STOPS, one["stops"], strict=True):
        assert reading["interval"] == str(around.quantity.interval(slack=stop))
    assert {each["interval"] for each in two["stops"]} == {"[4.25, 4.35]"}


def test_nearly_has_no_reading_at_zero_and_the_slider_begins_later(
    claim, quantity, bare
):
    near = claim("anonymous-2025/x", quantity("nearly 5%", "5", hedge="nearly"))
    drawn = slack_control(near, bare)
    assert drawn.spec["params"][0]["bind"]["min"] == 1
    assert "At ±1% the two intervals do not meet." in moved(drawn, 1)
    assert "At ±29% the two intervals meet." in moved(drawn, 29)


def test_figures_that_meet_and_cannot_be_compared_say_so(claim, quantity, around):
    other = claim("bbc-2025/x", quantity("4.8%", "4.8"), of="EU imports")
    seen = " ".join(moved(slack_control(around, other), 20))
    assert "intervals meet." in seen
    assert "Yet not-comparable(of): " in seen


def test_a_slider_that_would_move_nothing_is_refused(claim, quantity, bare):
    with pytest.raises(SourcebookError, match="no reading to loosen"):
        slack_control(bare, claim("a/x", quantity("5%", "5")))


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        pytest.param(" 5%", "They meet at every reading.", id="always"),
        pytest.param("exactly 0%", "They meet from 100% on.", id="far"),
        pytest.param("over 6%", "They meet above 20%.", id="open"),
    ],
)
def test_the_sentence_says_from_where_on(claim, quantity, around, figure, said):
    hedge, number = figure.rstrip("%").split(" ")
    other = claim("a/x", quantity(figure, number, hedge=hedge))
    assert meeting(around, other) == said


def test_figures_that_no_reading_brings_together(claim, quantity):
    one = claim("a/x", quantity("nearly 5%", "5", hedge="nearly"))
    two = claim("a/y", quantity("over 6%", "6", hedge="over"))
    assert meeting(one, two) == "They meet at no reading."


@pytest.mark.parametrize(
    ("marks", "ends"),
    [
        ([(4, 5, 10)], (0, 10 + 10 * _ROOM)),
        ([(0.5, 1, 4)], (0, 4 + 4 * _ROOM)),
        ([(5, 7, 10)], (5 - 5 * _ROOM, 10 + 5 * _ROOM)),
        ([(1, 1, 1), (0, 0, 0)], (0, 1 + _ROOM)),
        ([(8, 8, None), (6, 7, 10)], (6 - 4 * _ROOM, 11)),
        ([(None, 8, 8), (6, 7, 10)], (5, 10 + 4 * _ROOM)),
        ([(5, 5, 5)], (5 - 5 * _ROOM, 5 + 5 * _ROOM)),
        ([(0, 0, 0)], (0, _ROOM)),
        ([(-2, 1, 2)], (-2 - 4 * _ROOM, 2 + 4 * _ROOM)),
    ],
)
def test_an_axis_shows_every_mark_and_an_arrows_run(marks, ends):
    rows = [dict(zip(("low", "value", "high"), each, strict=True)) for each in marks]
    assert _domain(rows) == pytest.approx(ends)
