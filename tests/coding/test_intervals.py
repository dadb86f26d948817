"""How intervals behave, and how the numbers at their ends are printed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.coding.hedges import Interval, plain
from sourcebook.errors import SourcebookError


def span(text):
    """An interval from its print: "[4, 5)"; a bare end is unbounded."""
    low, high = text[1:-1].split(",")
    return Interval(
        Fraction(low) if low.strip() else None,
        Fraction(high) if high.strip() else None,
        text[0] == "[",
        text[-1] == "]",
    )


@pytest.mark.parametrize(
    "text", ["[5, 4]", "[4, 4)", "(4, 4]", "(4, 4)"], ids=lambda text: text
)
def test_there_is_no_empty_interval(text):
    with pytest.raises(SourcebookError, match="empty interval"):
        span(text)


@pytest.mark.parametrize("text", ["[,5]", "[5,]"])
def test_an_unbounded_end_is_open(text):
    with pytest.raises(SourcebookError, match="cannot be closed"):
        span(text)


@pytest.mark.parametrize(
    ("one", "two", "common"),
    [
        ("[1, 3]", "[2, 4]", "[2, 3]"),
        ("[1, 2]", "[2, 3]", "[2, 2]"),
        ("[1, 2)", "[2, 3]", None),
        ("[1, 2]", "(2, 3]", None),
        ("[1, 2]", "[3, 4]", None),
        ("(1,)", "(, 5)", "(1, 5)"),
        ("(,)", "[2, 3)", "[2, 3)"),
        ("[1, 3)", "(1, 3]", "(1, 3)"),
        ("[1, 9]", "(2, 3)", "(2, 3)"),
    ],
)
def test_what_two_intervals_share(one, two, common):
    expected = span(common) if common else None
    for x, y in ((span(one), span(two)), (span(two), span(one))):
        assert x.common(y) == expected


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("[2, 3]", "[1, 4]", True),
        ("[1, 4]", "[1, 4]", True),
        ("[1, 4]", "(1, 4]", False),
        ("[1, 4]", "[1, 4)", False),
        ("(1, 4)", "[1, 4]", True),
        ("[0, 3]", "[1, 4]", False),
        ("[2, 5]", "[1, 4]", False),
        ("[2,)", "[1,)", True),
        ("[2,)", "[1, 4]", False),
    ],
)
def test_one_interval_within_another(inner, outer, expected):
    assert span(inner).within(span(outer)) is expected


def test_ends_belong_only_if_closed():
    half_open = span("[1, 2)")
    assert [half_open.contains(x) for x in (0, 1, Fraction(3, 2), 2, 3)] == [
        False,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("one", "sign", "two", "expected"),
    [
        ("[2, 3]", "*", "[4, 5]", "[8, 15]"),
        ("[2, 3)", "*", "(4, 5]", "(8, 15)"),
        ("(2, 3)", "*", "[4, 5]", "(8, 15)"),
        ("[2, 3]", "*", "[4,)", "[8, ∞)"),
        ("[2,)", "*", "[4, 5]", "[8, ∞)"),
        ("[0, 3]", "*", "(4, 5]", "[0, 15]"),
        ("(4, 5]", "*", "[0, 3]", "[0, 15]"),
        ("(0, 3]", "*", "[4, 5]", "(0, 15]"),
        ("[0, 0]", "*", "(4,)", "[0, 0]"),
        ("[0, 0]", "*", "[4,)", "[0, 0]"),
        ("[2, 3]", "*", "[0, 5)", "[0, 15)"),
        ("[2, 3]", "*", "(0, 5)", "(0, 15)"),
        ("[0, 0]", "/", "[2, 3]", "[0, 0]"),
        ("[0, 6]", "/", "(2, 3)", "[0, 3)"),
        ("[4, 6]", "/", "[0, 2]", "[2, ∞)"),
        ("[6, 8]", "/", "[2, 4]", "[1.5, 4]"),
        ("[6, 8)", "/", "(2, 4)", "(1.5, 4)"),
        ("(6, 8]", "/", "[2, 4]", "(1.5, 4]"),
        ("[6, 8)", "/", "[2, 4]", "[1.5, 4)"),
        ("[6, 8]", "/", "(2, 4]", "[1.5, 4)"),
        ("[6, 8]", "/", "[2,)", "(0, 4]"),
        ("[6, 8]", "/", "[0, 4]", "[1.5, ∞)"),
        ("[6,)", "/", "[2, 4]", "[1.5, ∞)"),
        ("[0, 8]", "/", "[2,)", "[0, 4]"),
        ("[0, 8]", "/", "[2, 4)", "[0, 4]"),
        ("[0, 0]", "/", "[0, 4]", "[0, 0]"),
    ],
)
def test_arithmetic_keeps_the_ends_right(one, sign, two, expected):
    x, y = span(one), span(two)
    assert str(x * y if sign == "*" else x / y) == expected


@pytest.mark.parametrize(
    ("one", "sign", "two", "made"),
    [
        ("[1000, 2000]", "+", "[3, 5]", "[1003, 2005]"),
        ("(1, 2]", "+", "[3, 5)", "(4, 7)"),
        ("[1, 2)", "+", "(3, 5]", "(4, 7)"),
        ("[1, )", "+", "[3, 5]", "[4, ∞)"),
        ("(, 2]", "+", "[3, 5]", "(−∞, 7]"),
        ("[1, 2]", "+", "[3, )", "[4, ∞)"),
        ("[4, 6]", "-", "[1, 3)", "(1, 5]"),
        ("[4, 6]", "-", "(1, )", "(−∞, 5)"),
        ("[4, 6]", "-", "(, 3]", "[1, ∞)"),
    ],
)
def test_sums_keep_the_ends_right(one, sign, two, made):
    x, y = span(one), span(two)
    assert str(x + y if sign == "+" else x - y) == made


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        ("(, )", "any number"),
        ("[5, )", "5 or more"),
        ("(, 5]", "up to 5"),
        ("(, 5)", "less than 5"),
        ("[5, 5]", "5"),
    ],
)
def test_an_interval_has_words(interval, words):
    assert span(interval).words == words


@pytest.mark.parametrize("text", ["[-1, 3]", "(,3]"])
def test_arithmetic_refuses_negative_numbers(text):
    for sum_ in (
        lambda x, y: x * y,
        lambda x, y: y * x,
        lambda x, y: x / y,
        lambda x, y: y / x,
    ):
        with pytest.raises(SourcebookError, match="it holds negative numbers"):
            sum_(span(text), span("[1, 2]"))


def test_dividing_by_nothing_is_refused():
    with pytest.raises(SourcebookError, match="by zero"):
        span("[1, 2]") / span("[0, 0]")


@st.composite
def spans(draw):
    """An interval of numbers from zero up, each end open or closed."""
    low, width = (draw(st.fractions(0, 50, max_denominator=20)) for _ in range(2))
    closed = [width == 0 or draw(st.booleans()) for _ in range(2)]
    return Interval(low, low + width, *closed)


def values(interval):
    middle = (interval.low + interval.high) / 2
    return [v for v in (interval.low, middle, interval.high) if interval.contains(v)]


@given(spans(), spans())
def test_products_and_quotients_hold_every_value_and_are_no_wider(x, y):
    product = x * y
    assert all(product.contains(v * w) for v in values(x) for w in values(y))
    assert (product.low, product.high) == (x.low * y.low, x.high * y.high)
    if y.low:
        quotient = x / y
        assert all(quotient.contains(v / w) for v in values(x) for w in values(y))
        assert (quotient.low, quotient.high) == (x.low / y.high, x.high / y.low)


# -------------------------------------------------------------- numbers for people


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Fraction(324), "324"),
        (Fraction("4.35"), "4.35"),
        (Fraction("16.2") * 10**9, "16.2 billion"),
        (Fraction(10**6), "1 million"),
        (Fraction(2 * 10**12), "2 trillion"),
        (Fraction(999_999), "999,999"),
        (Fraction(1960), "1,960"),
        (Fraction(0), "0"),
        (Fraction(-5, 2), "−2.5"),
        (Fraction(1, 3), "≈ 0.3333"),
        (Fraction(-2, 3), "≈ −0.6667"),
        (Fraction(1_234_567), "≈ 1.235 million"),
        (Fraction("999999.9"), "≈ 1 million"),
        (Fraction("4.35001"), "4.35001"),
        (Fraction("4.350001"), "≈ 4.35"),
        (Fraction(1, 2000), "0.0005"),
    ],
    ids=str,
)
def test_numbers_are_printed_for_people(number, expected):
    assert plain(number) == expected


def test_an_interval_prints_no_comma_within_a_number():
    assert str(span("[1955, 1965]")) == "[1955, 1965]"


@given(st.fractions(-(10**9), 10**9, max_denominator=1000).filter(bool))
def test_a_number_is_marked_as_rounded_only_if_it_is(number):
    shown = plain(number, grouped=False).replace("−", "-")
    digits, _, word = shown.removeprefix("≈ ").partition(" ")
    scale = {"": 1, "million": 10**6, "billion": 10**9}[word]
    printed = Fraction(digits) * scale
    assert shown.startswith("≈") == (printed != number)
    assert abs(printed - number) <= abs(number) / 2000
