"""Numerals in digits and in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.errors import SourcebookError
from sourcebook.reading.numbers.numerals import numeral


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1,960", "1960"),
        ("1.960", "1.960"),
        ("9,48,405", "948405"),
        (".5", "0.5"),
        ("two-thirds of a million", "666667"),
        ("2½", "2.5"),
        ("2 and a half", "2.5"),
        ("twenty-five", "25"),
        ("a hundred", "100"),
        ("fifteen hundred", "1500"),
        ("one hundred and forty", "140"),
        ("two thousand five hundred", "2500"),
        ("a thousand and one", "1001"),
        ("two and a half million", "2500000"),
        ("a million and a half", "1500000"),
        ("half a million", "500000"),
        ("a quarter of a million", "250000"),
        ("one hundred thousand", "100000"),
        ("one million five hundred thousand", "1500000"),
        ("three million, two hundred thousand", "3200000"),
        ("two and three-quarters", "2.75"),
        ("two point five", "2.5"),
        ("half a dozen", "6"),
        ("two dozen", "24"),
        ("three score", "60"),
        ("four score and seven", "87"),
    ],
)
def test_a_numeral_has_the_value_it_says(printed: str, value: str) -> None:
    assert numeral(printed).value == Decimal(value)


@pytest.mark.parametrize(
    "printed", ["1,23,4", "twenty-twelve", "dozens", "", "5 apples"]
)
def test_what_is_no_whole_numeral_is_refused(printed: str) -> None:
    with pytest.raises(SourcebookError, match="not a numeral"):
        numeral(printed)


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_digits_with_and_without_commas_are_one_value(number: int) -> None:
    assert numeral(f"{number:,}").value == numeral(str(number)).value == number
