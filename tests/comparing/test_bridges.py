"""Arithmetic between figures that cannot be compared as they stand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.coding.hedges import Quantity
from sourcebook.comparing.bridges import (
    BRIDGES,
    implied_whole,
    run_bridge,
    share_of_smaller_whole,
)
from sourcebook.comparing.question_files import ConditionEntry
from sourcebook.errors import SourcebookError

HAIR = Fraction(1, 10**9)


def figure(words, *, high=None, unit="percent", per=""):
    """A figure from its words, hedge first: "around 5", "16.2e9"."""
    *hedge, digits = words.split()
    return Quantity(
        low=Fraction(digits),
        high=Fraction(high or digits),
        step=(step := Fraction(Decimal(1).scaleb(Decimal(digits).as_tuple().exponent))),
        loose_step=step,
        unit=unit,
        per=per,
        hedge=" ".join(hedge),
        noun="",
        text=words,
    )


FIVE, FOUR_THREE = figure("around 5"), figure("4.3")
VOLUME = figure("16.2e9", unit="m3")


# ------------------------------------------------------- a part of a smaller whole


@pytest.mark.parametrize(
    ("slack", "verdict", "ratio"),
    [
        (Fraction(5, 100), "violated", "[≈ 1.034, ≈ 1.294]"),
        (Fraction(10, 100), "violated", "[≈ 1.034, ≈ 1.294]"),
        (Fraction(13, 100), "open", "[1, ≈ 1.329]"),
        (Fraction(20, 100), "open", "[≈ 0.9195, ≈ 1.412]"),
    ],
)
def test_around_five_of_demand_against_four_point_three_of_imports(
    slack, verdict, ratio
):
    bridged = share_of_smaller_whole(FIVE, FOUR_THREE, slack=slack)
    assert bridged.verdict == verdict
    assert bridged.needed == Fraction(13, 100)
    assert str(bridged.result) == ratio
    assert bridged.point == Fraction(50, 43)
    assert bridged.slack == slack


@pytest.mark.parametrize(
    ("of_whole", "of_smaller", "verdict", "needed"),
    [
        pytest.param("4", "9", "holds", 0, id="clearly"),
        pytest.param("4", "5", "holds", 0, id="touching"),
        pytest.param("4", "4", "open", 0, id="equal"),
        pytest.param("up to 9", "4", "open", 0, id="bound"),
        pytest.param("4", "over 9", "holds", 0, id="above"),
        pytest.param("9", "4", "violated", None, id="never"),
        pytest.param("5", "4", "open", 0, id="touching from above"),
        pytest.param("over 40", "up to 40", "violated", None, id="never by a hair"),
        pytest.param(
            "around 50", "under 40", "violated", Fraction(1, 5), id="open end"
        ),
        pytest.param("60", "around 50", "violated", Fraction(19, 100), id="upwards"),
    ],
)
def test_a_share_of_a_smaller_whole_is_not_the_smaller_share(
    of_whole, of_smaller, verdict, needed
):
    bridged = share_of_smaller_whole(figure(of_whole), figure(of_smaller))
    assert (bridged.verdict, bridged.needed) == (verdict, needed)


def test_the_steps_show_the_arithmetic():
    assert share_of_smaller_whole(FIVE, FOUR_THREE).steps == (
        "around 5 of the whole: [4.5, 5.5] at a slack of 10%",
        "4.3 of the smaller whole: [4.25, 4.35]",
        "one part, two wholes: of the smaller whole it cannot be the smaller share",
        "violated: every value of [4.25, 4.35] lies below every value of [4.5, 5.5]",
        "it can hold from a slack of 13%: [4.35, 5.65] and [4.25, 4.35]",
        "with the printed figures alone: 5 ÷ 4.3 ≈ 1.163",
        "smaller whole ÷ whole: [4.5, 5.5] ÷ [4.25, 4.35] = [≈ 1.034, ≈ 1.294]",
    )


@pytest.mark.parametrize(
    ("of_whole", "of_smaller", "line"),
    [
        pytest.param(
            "around 50",
            "under 40",
            "it can hold above a slack of 20%: [40, 60] and [0, 40)",
            id="open end",
        ),
        pytest.param("9", "4", "no slack is enough for it to hold", id="never"),
        pytest.param(
            "4",
            "9",
            "holds: no value of [8.5, 9.5] lies below any value of [3.5, 4.5]",
            id="holds",
        ),
        pytest.param(
            "4",
            "4",
            "open: some values of [3.5, 4.5] lie below some of [3.5, 4.5], some do not",
            id="open",
        ),
        pytest.param("6", "3", "with the printed figures alone: 6 ÷ 3 = 2", id="even"),
    ],
)
def test_the_steps_say_what_was_found(of_whole, of_smaller, line):
    steps = share_of_smaller_whole(figure(of_whole), figure(of_smaller)).steps
    assert line in steps


def test_no_turning_point_is_shown_where_none_is_needed():
    steps = share_of_smaller_whole(figure("4"), figure("9")).steps
    assert not [line for line in steps if "slack" in line]


def test_a_range_has_no_printed_quotient():
    bridged = share_of_smaller_whole(figure("2", high="3"), figure("4"))
    assert bridged.point is None
    assert not [line for line in bridged.steps if "printed" in line]


shares = st.decimals("0.1", 100, places=1).map(str)
hedges = st.sampled_from(["", "around ", "nearly ", "up to ", "under ", "over "])


@given(shares, hedges, shares, hedges)
def test_the_needed_slack_is_exact(a, how, b, other):
    pair = figure(how + a), figure(other + b)
    needed = share_of_smaller_whole(*pair).needed
    if needed is None:
        assert share_of_smaller_whole(*pair, slack=Fraction(99)).verdict == "violated"
        return
    above = share_of_smaller_whole(*pair, slack=needed + HAIR)
    assert above.verdict != "violated"
    if needed > HAIR:
        below = share_of_smaller_whole(*pair, slack=needed - HAIR)
        assert below.verdict == "violated"
        assert below.result.low >= 1  # the smaller whole would be the larger one


# -------------------------------------------------------------- the whole implied


def test_a_part_and_its_share_give_the_whole():
    bridged = implied_whole(FIVE, VOLUME)
    assert bridged.point == 324 * 10**9
    assert bridged.result.low == Fraction("16.15") * 10**9 / Fraction("0.055")
    assert bridged.result.high == Fraction("16.25") * 10**9 / Fraction("0.045")
    assert (bridged.unit, bridged.verdict, bridged.needed) == ("m3", "", None)


def test_exact_figures_give_an_exact_whole():
    share, part = figure("exactly 5"), figure("exactly 16.2e9", unit="m3", per="year")
    bridged = implied_whole(share, part)
    assert str(bridged.result) == "[324 billion, 324 billion]"
    assert bridged.result.high == 324 * 10**9
    assert bridged.unit == "m3 per year"


def test_the_whole_is_shown_step_by_step():
    assert implied_whole(FIVE, VOLUME, slack=Fraction(1, 5)).steps == (
        "16.2e9 is around 5 of the whole",
        "16.2e9: [16.15 billion, 16.25 billion]",
        "around 5: [4, 6] at a slack of 20%",
        "with the printed figures alone: 16.2 billion ÷ 5% = 324 billion m3",
        (
            "[16.15 billion, 16.25 billion] ÷ [4, 6]% = "
            "[≈ 269.2 billion, 406.25 billion] m3"
        ),
        (
            "if the part is only an upper limit on what belongs to the share: "
            "the whole is at most 406.25 billion m3"
        ),
    )


@pytest.mark.parametrize(
    ("share", "part", "cap", "line"),
    [
        pytest.param(
            figure("exactly 5"),
            figure("up to 10", unit="t"),
            200,
            "the whole is at most 200 t",
            id="limit",
        ),
        pytest.param(
            figure("over 5"),
            figure("exactly 10", unit="t"),
            200,
            "the whole is less than 200 t",
            id="open",
        ),
        pytest.param(
            figure("up to 5"),
            figure("exactly 10", unit="t"),
            None,
            "the whole has no upper end",
            id="none",
        ),
    ],
)
def test_the_cap_on_the_whole(share, part, cap, line):
    bridged = implied_whole(share, part)
    assert bridged.result.high == cap
    assert bridged.steps[-1].endswith(line)


def test_a_count_keeps_its_unit_out():
    bridged = implied_whole(figure("exactly 5"), figure("exactly 10", unit=""))
    assert bridged.unit == ""
    assert bridged.steps[-1].endswith("the whole is at most 200")


# ------------------------------------------------------- conditions and declaration


TAKEN = {
    "part-of-whole": (FIVE, FOUR_THREE),
    "implied-whole": (FIVE, VOLUME),
    "difference": (FIVE, FOUR_THREE),
    "ratio": (FIVE, FOUR_THREE),
    "quotient": (VOLUME, figure("around 380", unit="t")),
    "remainder": (FIVE, FOUR_THREE),
    "year-since": (figure("around 30", unit="year"),),
}


@pytest.mark.parametrize("kind", BRIDGES)
def test_conditions_and_slack_reach_the_result(kind):
    taken, year = TAKEN[kind], {"year": 2022}
    stated = (
        ConditionEntry(text="same year", holds="stated"),
        ConditionEntry(text="no re-export", holds="unknown"),
    )
    bridged = run_bridge(kind, taken, stated, slack=Fraction(1, 5), **year)
    assert (bridged.kind, bridged.conditions) == (kind, stated)
    assert bridged.slack == Fraction(1, 5)
    assert bridged.result != run_bridge(kind, taken, stated, **year).result


@pytest.mark.parametrize(
    ("kind", "quantities", "fault"),
    [
        pytest.param(
            "part-of-hole",
            (FIVE, VOLUME),
            "did you mean 'part-of-whole'",
            id="misprint",
        ),
        pytest.param(
            "xyz",
            (FIVE, VOLUME),
            "fix: use one of part-of-whole, implied-whole",
            id="?",
        ),
        pytest.param("part-of-whole", (FIVE,), "1 figures given, not 2", id="too few"),
        pytest.param(
            "implied-whole",
            (FIVE, VOLUME, VOLUME),
            "in this order, the share of the whole and the amount of the part",
            id="too many",
        ),
        pytest.param("implied-whole", (VOLUME, FIVE), "is not a share", id="order"),
        pytest.param(
            "implied-whole", (FIVE, FIVE), "must be an amount", id="two shares"
        ),
        pytest.param("part-of-whole", (FIVE, VOLUME), "is not a share", id="amount"),
        pytest.param(
            "part-of-whole", (figure("120"), FIVE), "'120' is not a share", id="growth"
        ),
        pytest.param(
            "part-of-whole", (FIVE, figure("exactly 0")), "is not a share", id="nothing"
        ),
    ],
)
def test_what_no_bridge_can_carry_is_refused(kind, quantities, fault):
    with pytest.raises(SourcebookError, match=fault) as caught:
        run_bridge(kind, quantities)
    assert "fix:" in str(caught.value)
