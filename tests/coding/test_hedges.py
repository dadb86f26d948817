"""What the words around a figure leave open."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.coding.hedges import (
    DEFAULT_SLACK,
    HEDGES,
    SLACKS,
    Quantity,
    hedge_rule,
    plain,
)
from sourcebook.errors import SourcebookError
from sourcebook.reading.numbers import NumberMention, read_numbers
from sourcebook.reading.numbers.hedge_words import FAMILY


def figure(digits, hedge="", *, high=None, unit="percent", loose=None):
    """A figure as printed; the step is one unit of its last digit."""
    step = Fraction(Decimal(1).scaleb(Decimal(digits).as_tuple().exponent))
    return Quantity(
        low=Fraction(digits),
        high=Fraction(high or digits),
        step=step,
        loose_step=Fraction(loose) if loose else step,
        unit=unit,
        per="",
        hedge=hedge,
        noun="",
        text=f"{hedge} {digits}".strip(),
    )


# ------------------------------------------------------------------ words to a rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("bare", [""]),
        ("exactly", ["exactly"]),
        ("about", "about around roughly some approximately circa".split()),
        ("nearly", ["nearly", "almost", "just under"]),
        ("over", ["over", "more than"]),
        ("at-least", ["at least"]),
        ("up-to", ["up to", "at most"]),
        ("under", ["under", "less than"]),
        ("between", ["between"]),
    ],
)
def test_the_published_words_have_the_published_rule(rule, words):
    assert {hedge_rule(each) for each in words} == {rule}


def test_every_hedge_the_number_reader_knows_has_the_rule_of_its_family():
    assert {words: hedge_rule(words) for words in FAMILY} == dict(FAMILY)


def test_case_and_line_breaks_do_not_hide_a_hedge():
    assert hedge_rule("More\n than ") == "over"


def test_an_unknown_hedge_is_refused_with_the_place_of_all_hedges():
    with pytest.raises(SourcebookError, match="'arround'") as caught:
        hedge_rule("arround")
    assert "hedge_words.py" in str(caught.value)


def test_a_figure_with_an_unknown_hedge_cannot_be_made():
    with pytest.raises(SourcebookError, match="unknown hedge: 'allegedly'"):
        figure("5", "allegedly")


# -------------------------------------------------------------- rules to an interval


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        pytest.param(figure("4.3"), "[4.25, 4.35]", id="bare"),
        pytest.param(figure("38", unit=""), "[38, 38]", id="count"),
        pytest.param(figure("2.5", unit=""), "[2.45, 2.55]", id="no whole things"),
        pytest.param(
            figure("20000", unit="", loose="10000"), "[15000, 25000]", id="round count"
        ),
        pytest.param(figure("1963", unit=""), "[1963, 1963]", id="no round count"),
        pytest.param(figure("90", unit="", loose="10"), "[90, 90]", id="small count"),
        pytest.param(figure("4.3", "exactly"), "[4.3, 4.3]", id="exactly"),
        pytest.param(figure("5", "around"), "[4.5, 5.5]", id="about"),
        pytest.param(figure("30", "around"), "[27, 33]", id="about by slack"),
        pytest.param(figure("3", "around"), "[2.5, 3.5]", id="about by rounding"),
        pytest.param(figure("50", "nearly"), "[45, 50)", id="nearly"),
        pytest.param(
            figure("3", "nearly", unit=""), "[2.7, 3)", id="nearly, unrounded"
        ),
        pytest.param(figure("5.5", "more than", unit="EUR"), "(5.5, ∞)", id="over"),
        pytest.param(figure("12", "at least", unit=""), "[12, ∞)", id="at least"),
        pytest.param(figure("40", "up to"), "[0, 40]", id="up to"),
        pytest.param(figure("90", "under", unit="USD"), "[0, 90)", id="under"),
        pytest.param(figure("20", high="25", unit="t"), "[20, 25]", id="dash"),
        pytest.param(figure("20", "between", high="25"), "[20, 25]", id="between"),
    ],
)
def test_the_published_intervals(quantity, expected):
    assert str(quantity.interval()) == expected


@pytest.mark.parametrize(
    ("hedge", "expected"),
    [
        ("around", "[18, 27.5]"),
        ("nearly", "[18, 25)"),
        ("more than", "(20, ∞)"),
        ("at least", "[20, ∞)"),
        ("up to", "[0, 25]"),
        ("under", "[0, 25)"),
        ("exactly", "[20, 25]"),
    ],
)
def test_a_hedged_range_moves_its_outer_ends(hedge, expected):
    assert str(figure("20", hedge, high="25", unit="t").interval()) == expected


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        pytest.param(figure("0.3"), "[0.25, 0.35]", id="inside"),
        pytest.param(figure("0"), "[0, 0.5]", id="from zero"),
        pytest.param(figure("100"), "[99.5, 100]", id="to a hundred"),
        pytest.param(figure("66", "more than"), "(66, 100]", id="over"),
        pytest.param(figure("66", "at least"), "[66, 100]", id="at least"),
        pytest.param(figure("95", "around"), "[85.5, 100]", id="about"),
    ],
)
def test_shares_stop_at_0_and_100(quantity, expected):
    assert quantity.is_share
    assert str(quantity.interval()) == expected


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        pytest.param(figure("120"), "[119.5, 120.5]", id="above a hundred"),
        pytest.param(figure("-3"), "[−3.5, −2.5]", id="below zero"),
        pytest.param(figure("100", "over"), "(100, ∞)", id="over a hundred"),
        pytest.param(figure("95", high="105"), "[95, 105]", id="range past a hundred"),
        pytest.param(figure("100", unit="t"), "[99.5, 100.5]", id="not a percentage"),
        pytest.param(figure("0", unit="percentage-point"), "[−0.5, 0.5]", id="points"),
    ],
)
def test_what_is_no_share_does_not_stop_there(quantity, expected):
    assert str(quantity.interval()) == expected


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        pytest.param(figure("-20", "around", unit="C"), "[−22, −18]", id="about"),
        pytest.param(figure("-20", "nearly", unit="C"), "(−20, −18]", id="nearly"),
        pytest.param(figure("-20", "up to", unit="C"), "(−∞, −20]", id="up to"),
        pytest.param(figure("-20", "under", unit="C"), "(−∞, −20)", id="under"),
        pytest.param(figure("0", "up to", unit="C"), "[0, 0]", id="up to zero"),
        pytest.param(figure("0", "under", unit="C"), "(−∞, 0)", id="under zero"),
    ],
)
def test_figures_at_and_below_zero(quantity, expected):
    assert str(quantity.interval()) == expected


@pytest.mark.parametrize(
    ("quantity", "strict", "loose"),
    [
        pytest.param(figure("40", loose="10"), "[39.5, 40.5]", "[35, 45]", id="bare"),
        pytest.param(
            figure("40", "around", loose="10"), "[36, 44]", "[35, 45]", id="about"
        ),
        pytest.param(
            figure("40", "exactly", loose="10"), "[40, 40]", "[40, 40]", id="exactly"
        ),
        pytest.param(
            figure("40", "up to", loose="10"), "[0, 40]", "[0, 40]", id="up to"
        ),
    ],
)
def test_a_loose_reading_drops_trailing_zeros_of_rounded_figures(
    quantity, strict, loose
):
    assert str(quantity.interval()) == strict
    assert str(quantity.interval(loose=True)) == loose


def test_the_declared_slacks():
    assert Fraction(1, 10) == DEFAULT_SLACK
    assert [plain(k * 100) for k in SLACKS] == ["5", "10", "20"]
    read = [str(figure("50", "about").interval(slack=k)) for k in SLACKS]
    assert read == ["[47.5, 52.5]", "[45, 55]", "[40, 60]"]


@pytest.mark.parametrize(
    ("hedge", "digits", "slack"),
    [
        pytest.param("around", "5", Fraction(-1, 10), id="negative"),
        pytest.param("nearly", "5", Fraction(0), id="nearly at none"),
        pytest.param("nearly", "0", Fraction(1, 10), id="nearly zero"),
    ],
)
def test_a_slack_that_leaves_no_value_is_refused(hedge, digits, slack):
    with pytest.raises(SourcebookError, match=rf"'{hedge} {digits}': a slack of"):
        figure(digits, hedge).interval(slack=slack)


def test_a_float_is_no_slack():
    with pytest.raises(SourcebookError, match=r"not an exact number: 0\.1"):
        figure("5", "around").interval(slack=0.1)


hedges = st.sampled_from(
    [row.words[0] for row in HEDGES if row.words and row.rule != "between"]
)
decimals = st.decimals(-200, 200, places=1).map(str)
parts = st.fractions(Fraction(1, 100), 2, max_denominator=100)


@given(decimals, hedges, parts, parts)
def test_more_slack_and_a_looser_reading_never_narrow(digits, hedge, k, more):
    quantity = figure(digits, hedge, loose="10")
    if hedge_rule(hedge) == "nearly" and quantity.low == 0:
        return
    narrow = quantity.interval(slack=k)
    assert narrow.within(quantity.interval(slack=k + more))
    assert narrow.within(quantity.interval(slack=k, loose=True))
    if not quantity.uses_slack:
        assert quantity.interval(slack=k + more) == narrow


# ---------------------------------------------------------------------- the table


@pytest.mark.parametrize("row", HEDGES, ids=lambda row: row.rule)
def test_the_example_of_each_row(row):
    (mention,) = read_numbers(row.example)
    quantity = Quantity.from_mention(mention)
    assert mention.text == row.example
    assert quantity.rule == row.rule
    assert str(quantity.interval()) == row.interval_example


@pytest.mark.parametrize(
    ("words", "interval"),
    [
        ("ten European countries", "[10, 10]"),
        ("They met five times", "[5, 5]"),
        ("It has five times as many", "[4.5, 5.5]"),
        ("It had a five-fold rise", "[4.5, 5.5]"),
        ("two thousand people", "[1500, 2500]"),
        ("three accidents per day", "[2.5, 3.5]"),
        ("two weeks", "[1.5, 2.5]"),
    ],
)
def test_what_is_counted_is_exact_and_what_is_measured_is_not(words, interval):
    (mention,) = read_numbers(words)
    assert str(Quantity.from_mention(mention).interval()) == interval


def test_a_count_read_loosely_keeps_its_trailing_zeros_open():
    assert str(figure("90", unit="", loose="10").interval(loose=True)) == "[85, 95]"


def test_no_words_stand_in_two_rows():
    words = [each for row in HEDGES for each in row.words]
    assert len(words) == len(set(words))


# ------------------------------------------------------------------------ figures


def test_a_figure_is_made_from_a_number_found_in_a_text():
    mention = NumberMention(
        start=0,
        end=28,
        text="more than 5.5 million Euros",
        role="quantity",
        low=Decimal(5_500_000),
        high=Decimal(5_500_000),
        step=Decimal(100_000),
        loose_step=Decimal(100_000),
        unit="EUR",
        per="year",
        noun="aid",
        hedge="more than",
    )
    quantity = Quantity.from_mention(mention)
    assert quantity == Quantity(
        low=Fraction(5_500_000),
        high=Fraction(5_500_000),
        step=Fraction(100_000),
        loose_step=Fraction(100_000),
        unit="EUR",
        per="year",
        hedge="more than",
        noun="aid",
        text="more than 5.5 million Euros",
    )
    assert quantity.value == 5_500_000


def test_a_label_is_no_figure():
    mention = NumberMention(
        0, 9, "Figure 34", "label", Decimal(34), Decimal(34), Decimal(1), Decimal(1)
    )
    with pytest.raises(SourcebookError, match="'Figure 34' is a label"):
        Quantity.from_mention(mention)


def test_a_range_has_no_single_value():
    assert figure("20", high="25").value is None
    assert figure("20", high="25").rule == "between"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({"high": Fraction(1)}, "runs backwards", id="backwards"),
        pytest.param({"hedge": "between"}, "needs two figures", id="lone between"),
        pytest.param({"low": 4.3}, "not an exact number", id="float"),
    ],
)
def test_figures_that_cannot_have_been_printed(change, fault):
    fields = {
        "low": Fraction(5),
        "high": Fraction(5),
        "step": Fraction(1),
        "loose_step": Fraction(1),
        "hedge": "",
    }
    with pytest.raises(SourcebookError, match=fault):
        Quantity(**(fields | change), unit="", per="", noun="", text="5")
