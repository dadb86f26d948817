"""What the charts of claims draw, and what they refuse to draw."""

from __future__ import annotations

import html
import re
from fractions import Fraction

import pytest
import vl_convert as vlc

from sourcebook.errors import SourcebookError
from sourcebook.showing.charts import STOPS, meeting, slack_control, spread
from sourcebook.showing.register import claim_anchor
from sourcebook.showing.rows import address


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


def test_each_claim_is_a_row_with_its_own_words(around, bare):
    drawn = spread([around, bare])
    assert [row["id"] for row in rows(drawn)] == [around.id, bare.id]
    assert words(drawn.svg())[-4:] == [
        "Valiyev and Yagubova 2022: “around 5%”",
        "BBC 2025: “4.3%”",
        "of EU gas demand · EU · 2022-04",
        "of EU gas demand · EU · 2022-04",
    ]


@pytest.mark.parametrize(
    ("figure", "hedge", "drawn"),
    [
        pytest.param("5%", "", ("closed", 4.5, "closed", 5.5, True), id="bare"),
        pytest.param(
            "around 5%", "around", ("closed", 4.5, "closed", 5.5, True), id="about"
        ),
        pytest.param(
            "nearly 5%", "nearly", ("closed", 4.5, "open", 5, False), id="nearly"
        ),
        pytest.param("up to 5%", "up to", ("closed", 0, "closed", 5, True), id="up-to"),
        pytest.param("under 5%", "under", ("closed", 0, "open", 5, False), id="under"),
        pytest.param("over 5%", "over", ("open", 5, "closed", 100, False), id="share"),
    ],
)
def test_ends_and_value_are_drawn_as_the_hedge_reads(
    claim, quantity, figure, hedge, drawn
):
    row = rows(spread([claim("bbc-2025/x", quantity(figure, "5", hedge=hedge))]))[0]
    names = ("low_end", "low", "high_end", "high", "inside")
    assert tuple(row[name] for name in names) == drawn
    assert row["value"] == 5


def test_an_interval_without_an_end_runs_to_an_arrow_at_the_edge(claim, quantity):
    over = quantity("over 16.2 bcm", "16.2", unit="m3", hedge="over")
    drawn = spread([claim("bbc-2025/x", over)])
    row, spec = rows(drawn)[0], drawn.spec
    assert (row["high"], row["high_end"]) == (None, "arrow")
    edge = spec["layer"][0]["encoding"]["x"]["scale"]["domain"][1]
    assert edge > 16.2
    assert f"isValid(datum.high) ? datum.high : {edge}" in str(spec)
    assert len(re.findall("M-?[0-9.]+,-?[0-9.]+L.*?Z", drawn.svg())) >= 1


def test_every_mark_lies_inside_the_axis(claim, quantity):
    drawn = spread([claim("bbc-2025/x", quantity("−5 to 12", "-5", "12", unit=""))])
    low, high = drawn.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low < -5
    assert high > 12


def test_one_figure_without_width_still_has_an_axis(claim, quantity):
    exact = quantity("exactly 38", "38", unit="", hedge="exactly")
    low, high = (
        spread([claim("bbc-2025/x", exact)]).spec["layer"][0]["encoding"]["x"]["scale"]
    )["domain"]
    assert low < 38 < high


def test_large_numbers_are_readable_on_the_axis(claim, quantity):
    gas = quantity("20–25 bcm", "20e9", "25e9", step="1e9", unit="m3", per="year")
    seen = words(spread([claim("bbc-2025/x", gas)]).svg())
    assert "20 bn" in seen
    assert "cubic metres per year" in seen


def test_a_reader_without_the_chart_is_told_every_figure(around, bare):
    assert repr(spread([around, bare], title="Gas")) == (
        "Gas: Valiyev and Yagubova 2022: “around 5%” of EU gas demand · EU · 2022-04, "
        "read as [4.5, 5.5]; BBC 2025: “4.3%” of EU gas demand · EU · 2022-04, "
        "read as [4.25, 4.35]."
    )


def test_a_row_links_to_the_entry_that_the_register_makes(bare):
    assert address(bare.id).endswith(f"#{claim_anchor(bare.id)}")
    assert rows(spread([bare], root="./"))[0]["href"].startswith("./book/claims/")


def test_labels_and_slack_are_the_callers(around):
    row = rows(spread([around], slack=Fraction(1, 5), labels={around.source: "Brief"}))[
        0
    ]
    assert row["label"] == "Brief: “around 5%”"
    assert row["interval"] == "[4, 6]"


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
        spread(claims)
    assert "fix: " in str(error.value)


def test_a_claim_given_twice_is_refused(bare):
    with pytest.raises(SourcebookError, match="more than once: bbc-2025/share"):
        spread([bare, bare])


@pytest.mark.parametrize("slack", [0, 0.07, 0.12, 0.13, 0.28, 0.29, 0.3])
def test_the_browser_shows_what_the_tested_functions_say(around, bare, slack):
    """0.28 and 0.29 are where multiplying by 100 misses the whole number."""
    seen = moved(slack_control(around, bare), slack)
    verb = "meet" if slack >= 0.13 else "do not meet"
    assert f"At ±{round(slack * 100)}% the two intervals {verb}." in seen
    assert "They meet from 13% on." in seen


def test_every_stop_holds_the_interval_at_its_slack(around, bare):
    one, two = rows(slack_control(around, bare))
    assert len(one["stops"]) == len(STOPS)
    for stop, reading in zip(STOPS, one["stops"], strict=True):
        assert reading["interval"] == str(around.quantity.interval(slack=stop))
    assert {each["interval"] for each in two["stops"]} == {"[4.25, 4.35]"}


def test_nearly_has_no_reading_at_zero_and_the_slider_begins_later(
    claim, quantity, bare
):
    near = claim("anonymous-2025/x", quantity("nearly 5%", "5", hedge="nearly"))
    drawn = slack_control(near, bare)
    assert drawn.spec["params"][0]["bind"]["min"] == 0.01
    assert "At ±1% the two intervals do not meet." in moved(drawn, 0.01)
    assert "At ±29% the two intervals meet." in moved(drawn, 0.29)


def test_figures_that_meet_and_cannot_be_compared_say_so(claim, quantity, around):
    other = claim("bbc-2025/x", quantity("4.8%", "4.8"), of="EU imports")
    seen = " ".join(moved(slack_control(around, other), 0.2))
    assert "intervals meet." in seen
    assert "Yet not-comparable(of): " in seen
    assert "not-comparable(of)" in repr(slack_control(around, other))


def test_a_slider_that_would_move_nothing_is_refused(claim, quantity, bare):
    with pytest.raises(SourcebookError, match="no reading to loosen"):
        slack_control(bare, claim("a/x", quantity("5%", "5")))


@pytest.mark.parametrize("start", [Fraction(1, 3), Fraction(31, 100)])
def test_a_start_between_or_beyond_the_stops_is_refused(around, bare, start):
    with pytest.raises(SourcebookError, match="no stop at"):
        slack_control(around, bare, slack=start)


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
