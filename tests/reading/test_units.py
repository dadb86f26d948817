"""Units, currencies, scales and rates."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.numbers.rates import rate_of
from sourcebook.reading.numbers.units import UNIT, UNITS, scale_of, unit_of


@pytest.mark.parametrize(
    ("printed", "name", "factor"),
    [
        ("tons", "t", 1),
        ("Tonnes", "t", 1),
        ("bcm", "m3", 10**9),
        ("mcm", "m3", 10**6),
        ("cubic metres", "m3", 1),
        ("MW", "W", 10**6),
        ("GWh", "Wh", 10**9),
        ("decades", "year", 10),
        ("second", "second", 1),
        ("US$", "USD", 1),
        ("Euros", "EUR", 1),
        ("hryvnias", "UAH", 1),
        ("manat", "manat", 1),
        ("kilowatt-hours", "Wh", 1000),
        ("MYR", "MYR", 1),
        ("Ft", "HUF", 1),
    ],
)
def test_a_printed_unit_has_one_canonical_name(printed, name, factor) -> None:
    assert (unit_of(printed).name, unit_of(printed).factor) == (name, factor)


def test_every_printed_form_is_found_whole_and_in_one_row() -> None:
    forms = [form for row in UNITS for form in row.forms]
    assert len(forms) == len(set(forms))
    assert [form for form in forms if not re.fullmatch(UNIT, form)] == []
    assert re.fullmatch(UNIT, "MILES")
    assert not re.fullmatch(UNIT, "MPH")  # short ones are read as they are written


@pytest.mark.parametrize("row", UNITS, ids=lambda row: row.forms[0])
def test_a_unit_in_a_sentence_has_its_name_and_its_worth(row) -> None:
    for form in row.forms if row.name != "MT" else ():
        (told,) = read_numbers(f"It came to 12.5 {form} in all.")
        name, _, per = row.name.partition("/")
        read = (told.low, told.unit, told.per)
        assert read == (Decimal("12.5") * row.factor, name, per), form


@pytest.mark.parametrize("scale", ["million", "trillion", "lakh", "bln", "mlrd", "tn"])
def test_a_scale_behind_a_hyphen_is_no_noun(scale: str) -> None:
    (told,) = read_numbers(f"a 3-{scale} people")
    assert told.low == 3 * scale_of(scale)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("annum", "year"),
        ("1,000 cubic metres", "1000 m3"),
        ("thousand cubic meters", "1000 m3"),
        ("100,000 people", "100000 people"),
        ("MWh", "MWh"),
        ("head", "capita"),
        ("student", "student"),
    ],
)
def test_a_rate_has_one_canonical_name(printed: str, name: str) -> None:
    assert rate_of(printed) == name


def test_scales_multiply() -> None:
    assert [int(scale_of(each)) for each in ("k", "mn", "Million", "bn", "tn")] == [
        10**3,
        10**6,
        10**6,
        10**9,
        10**12,
    ]


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(SourcebookError, match="unknown unit"):
        unit_of("furlongs")
