"""What is worked out with intervals keeps to its ends: which it holds and which not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sourcebook.coding.intervals import Interval, plain
from sourcebook.errors import SourcebookError


def _of(text: str) -> Interval:
    """Read "[1, 2)"; an end left out is unbounded."""
    low, high = (Fraction(end) if end else None for end in text[1:-1].split(", "))
    return Interval(low, high, text[0] == "[", text[-1] == "]")


@pytest.mark.parametrize(
    ("one", "sign", "two", "made"),
    [
        ("[1, 2]", "+", "[3, 5]", "[4, 7]"),
        ("[1000, 2000]", "+", "[3, 5]", "[1003, 2005]"),
        ("(1, 2]", "+", "[3, 5)", "(4, 7)"),
        ("[1, 2)", "+", "(3, 5]", "(4, 7)"),
        ("[1, )", "+", "[3, 5]", "[4, ∞)"),
        ("(, 2]", "+", "[3, 5]", "(−∞, 7]"),
        ("[1, 2]", "+", "[3, )", "[4, ∞)"),
        ("[4, 6]", "-", "[1, 3)", "(1, 5]"),
        ("[4, 6]", "-", "(1, )", "(−∞, 5)"),
        ("[4, 6]", "-", "(, 3]", "[1, ∞)"),
        ("[2, 3]", "*", "[4, 5]", "[8, 15]"),
        ("(2, 3]", "*", "[4, 5)", "(8, 15)"),
        ("[0, 3]", "*", "(4, 5]", "[0, 15]"),
        ("(0, 3]", "*", "[4, 5]", "(0, 15]"),
        ("[2, 3]", "*", "[0, 5)", "[0, 15)"),
        ("[2, 3]", "*", "(0, 5)", "(0, 15)"),
        ("[2, )", "*", "[4, 5]", "[8, ∞)"),
        ("[2, 3]", "*", "[4, )", "[8, ∞)"),
        ("[0, 0]", "*", "[4, )", "[0, 0]"),
        ("[4, 6]", "/", "[2, 3]", "[1.333, 3]"),
        ("(4, 6]", "/", "(2, 4]", "(1, 3)"),
        ("[4, 6)", "/", "[2, 4)", "(1, 3)"),
        ("[4, 6]", "/", "[2, )", "(0, 3]"),
        ("[4, 6]", "/", "[0, 2]", "[2, ∞)"),
        ("[0, 1]", "/", "[2, 4]", "[0, 0.5]"),
        ("[4, )", "/", "[1, 2]", "[2, ∞)"),
        ("[0, 6]", "/", "(2, 3)", "[0, 3)"),
        ("[0, 0]", "/", "[2, 3]", "[0, 0]"),
    ],
)
def test_ends_are_worked_out(one, sign, two, made):
    work = {
        "+": Interval.__add__,
        "-": Interval.__sub__,
        "*": Interval.__mul__,
        "/": Interval.__truediv__,
    }
    assert str(work[sign](_of(one), _of(two))).replace("≈ ", "") == made


@pytest.mark.parametrize(
    ("one", "two", "common"),
    [
        ("[1, 2]", "[2, 3]", "[2, 2]"),
        ("[1, 2)", "[2, 3]", None),
        ("[1, 2]", "(2, 3]", None),
        ("[1, 4)", "(1, 4]", "(1, 4)"),
        ("(, 4]", "[1, )", "[1, 4]"),
        ("[1, 9]", "(2, 3)", "(2, 3)"),
    ],
)
def test_what_two_share(one, two, common):
    shared = _of(one).common(_of(two))
    assert (shared and str(shared)) == common
    assert (
        _of(one).intersects(_of(two)) == _of(two).intersects(_of(one)) == bool(common)
    )
    assert _of(two).within(_of(one)) == (common == two)


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
    assert _of(interval).words == words
    assert _of(interval).is_point == (words == "5")


@pytest.mark.parametrize("text", ["[2, 1]", "[1, 1)", "(1, 1]", "[, 1]", "(1, ]"])
def test_an_interval_that_holds_nothing_is_refused(text):
    with pytest.raises(SourcebookError, match=r"empty interval|cannot be closed"):
        _of(text)


@pytest.mark.parametrize("two", ["[-1, 2]", "(, 2]"])
def test_products_are_of_what_is_not_negative(two):
    for work in (Interval.__mul__, Interval.__truediv__):
        with pytest.raises(SourcebookError, match="holds negative numbers"):
            work(_of("[1, 2]"), _of(two))
    with pytest.raises(SourcebookError, match="by zero"):
        _of("[1, 2]") / Interval.point(0)


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (0, "0"),
        (-5, "−5"),
        (999_999, "999,999"),
        (1_000_000, "1 million"),
        (10**9, "1 billion"),
        (1_234_567, "≈ 1.235 million"),
    ],
)
def test_a_number_is_printed_for_people(number, printed):
    assert plain(number) == printed
