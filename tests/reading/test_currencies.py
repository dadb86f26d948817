"""Currencies: every code and name that CLDR has, and no guess at whose money it is."""

import re

import pytest
from babel.core import Locale, get_global

from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.numbers.currencies import (
    BY_SIGN,
    CODES,
    STANDING_FOR,
    WORD,
    currency_of,
)


def current() -> dict[str, set[str]]:
    """The currencies that are tender somewhere today, with their English names."""
    names = Locale("en")._data["currency_names_plural"]
    codes = {
        code
        for rows in get_global("territory_currencies").values()
        for code, _, ended, tender in rows
        if tender and ended is None
    }
    return {code: set(names[code].values()) for code in codes}


def test_the_table_has_the_currencies_of_today() -> None:
    assert set(current()) == CODES


@pytest.mark.parametrize("code", sorted(current()))
def test_a_full_name_is_read_as_its_code(code: str) -> None:
    for name in sorted(current()[code]):
        assert re.fullmatch(WORD, name), name
        assert currency_of(name) == code


@pytest.mark.parametrize("sign", sorted(set(BY_SIGN) - set(STANDING_FOR.values())))
def test_a_sign_before_an_amount_is_money(sign: str) -> None:
    blank = " " if sign[1:] and sign[-1].isalpha() else ""
    for amount in ("5 million", "2.5bn", "1,250", "12.50"):
        (told,) = read_numbers(f"They paid {sign}{blank}{amount} for it.")
        assert told.unit, amount


@pytest.mark.parametrize(
    ("text", "unit", "ground"),
    [
        ("They paid 400 pesos.", "peso", "doubtful"),
        ("In Chile they paid 400 pesos.", "CLP", "inferred"),
        ("From Chile to Mexico they paid 400 pesos.", "peso", "doubtful"),
        ("It cost $5.", "USD", "read"),
        ("China paid ¥5bn.", "CNY", "inferred"),
        ("It cost 50 pounds.", "pound", "doubtful"),
        ("It cost 50 pounds, or £60 today.", "GBP", "inferred"),
        ("It weighs 50 pounds.", "lb", "inferred"),
        ("Rs 40 lakh was spent.", "INR", "inferred"),
        ("Rs 400 was spent.", "Rs", "doubtful"),
    ],
)
def test_whose_money_it_is_comes_from_the_text_or_stays_open(
    text: str, unit: str, ground: str
) -> None:
    mention = next(each for each in read_numbers(text) if each.unit)
    assert mention.unit == unit
    assert mention.ground.startswith(ground)


def test_a_bare_dollar_in_a_text_of_another_country_is_doubtful():
    (told,) = read_numbers("In Canada it cost $5 million.")
    assert (told.unit, told.ground[:8]) == ("USD", "doubtful")
    (told,) = read_numbers("In Canada and America it cost $5 million.")
    assert told.ground == "read"
