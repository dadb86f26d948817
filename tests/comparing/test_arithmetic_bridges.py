"""Plain arithmetic between two figures keeps what their words leave open."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.coding.hedges import Interval, Quantity
from sourcebook.comparing.bridges import run_bridge
from sourcebook.errors import SourcebookError


def figure(digits, *, hedge="", unit="", noun="", step=1):
    return Quantity(
        low=Fraction(digits),
        high=Fraction(digits),
        step=Fraction(step),
        loose_step=Fraction(step),
        unit=unit,
        per="",
        hedge=hedge,
        noun=noun,
        text=f"{hedge} {digits}".strip(),
    )


DISTRUST = figure(41, unit="percent"), figure(30, hedge="around", unit="percent")
EVERYBODY = figure(60, unit="percent"), figure(40, unit="percent")
AID = figure(5_500_000, hedge="more than", unit="EUR"), figure(380, unit="t")


@pytest.mark.parametrize(
    ("kind", "taken", "result", "point"),
    [
        ("difference", DISTRUST, "[7.5, 14.5]", 11),
        ("ratio", (figure(20, unit="EUR"), figure(10, unit="EUR")), None, 2),
        ("quotient", AID, "(≈ 14,450, ∞)", Fraction(5_500_000, 380)),
        ("remainder", DISTRUST, "[25.5, 32.5]", 29),
        ("remainder", EVERYBODY, "[0, 1]", 0),
        ("difference", (figure(10), figure(8)), "[2, 2]", 2),
        ("year-since", (figure(33, unit="year"),), "[1992, 1992]", 1992),
        ("year-since", (figure(20, unit="year", step=10),), "[2000, 2010]", 2005),
        ("year-since", (figure(30, hedge="more than", unit="year"),), None, 1995),
    ],
)
def test_result(kind, taken, result, point):
    bridged = run_bridge(kind, taken, year=2025)
    assert bridged.point == point
    if result:
        assert str(bridged.result).replace(",", "") == result.replace(",", "")
    assert len(bridged.steps) >= 2


@pytest.mark.parametrize(
    ("base", "unit"),
    [
        pytest.param(
            figure(20, noun="companies"), "EUR for each of the companies", id="counted"
        ),
        pytest.param(figure(380, unit="t"), "EUR per t", id="measured"),
    ],
)
def test_an_amount_is_divided_by_one_of_what_is_counted(base, unit):
    bridged = run_bridge("quotient", (figure(90, unit="EUR"), base), year=2025)
    assert bridged.unit == unit


def test_shares_differ_by_points_and_amounts_by_their_unit():
    assert run_bridge("difference", DISTRUST, year=2025).unit == "percentage points"
    tons = figure(5, unit="t"), figure(3, unit="t")
    assert run_bridge("difference", tons, year=2025).unit == "t"
    with pytest.raises(SourcebookError, match="units: a count and t\n"):
        run_bridge("difference", (figure(5), tons[0]), year=2025)


def test_more_than_thirty_years_reach_back_without_end():
    bridged = run_bridge(
        "year-since", (figure(30, hedge="more than", unit="year"),), year=2025
    )
    assert str(bridged.result) == "(−∞, 1995)"


@pytest.mark.parametrize(
    ("kind", "taken", "fault"),
    [
        ("difference", AID, "different units"),
        ("ratio", AID, "different units"),
        ("quotient", DISTRUST, "are in one unit"),
        ("remainder", AID, "is not a share"),
        (
            "remainder",
            (figure(60, unit="percent"), figure(70, unit="percent")),
            "more than a whole",
        ),
        ("year-since", (figure(33, unit="day"),), "not a length in years"),
    ],
)
def test_what_cannot_be_worked_out_is_refused(kind, taken, fault):
    with pytest.raises(SourcebookError, match=fault) as caught:
        run_bridge(kind, taken, year=2025)
    assert "fix:" in str(caught.value)


def test_a_length_without_a_year_to_count_from_is_refused():
    with pytest.raises(SourcebookError, match="no year to count from"):
        run_bridge("year-since", (figure(33, unit="year"),))


@given(*[st.fractions(-100, 100) for _ in range(4)])
def test_a_sum_holds_every_sum_and_a_difference_every_difference(a, b, c, d):
    one, two = Interval(min(a, b), max(a, b), True, True), Interval.point(c)
    assert (one + two).contains(a + c)
    assert (one - two).contains(b - c)
    assert (two - one).contains(c - a)
    wide = Interval(min(c, d), max(c, d), True, True)
    assert (one - wide).contains(a - d)
