"""How digits are grouped: each text in one form, and every character in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.numbers.digit_groups import regroup


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("some 1\u00a0960 people", "some 1,960 people"),
        ("some 1 960 people", "some 1,960 people"),
        ("grew 4,3 % then", "grew 4.3 % then"),
        ("about 1.234,5 million", "about 1,234.5 million"),
        ("CHF 1'250'000 in all", "CHF 1,250,000 in all"),
        ("in 2022 300 people", "in 2022 300 people"),
        ("rows 12 450 300 12 450 301", "rows 12 450 300 12 450 301"),
        ("Sent 287 242 223 207 208 home", "Sent 287 242 223 207 208 home"),
        ("page 12 500 of it", "page 12 500 of it"),
        ("3, 4 and 5,6", "3, 4 and 5,6"),
        ("0,5 kg, 2,5 km and 7,25", "0.5 kg, 2.5 km and 7.25"),
        ("0,5 kg, 2,5 km and 1.250 men", "0.5 kg, 2.5 km and 1,250 men"),
        ("0,5 kg, 2,5 km, 1,250,000 men, 7,25", "0.5 kg, 2.5 km, 1,250,000 men, 7,25"),
    ],
)
def test_a_numeral_is_brought_to_one_form(text: str, written: str) -> None:
    assert regroup(text)[0] == written


@given(st.text(alphabet="019.,\u00a0 '%kg€", max_size=40))
def test_nothing_is_moved(text: str) -> None:
    assert len(regroup(text)[0]) == len(text)


def test_digits_parted_by_plain_blanks_say_what_they_rest_on() -> None:
    (mention,) = read_numbers("It has 12 500 staff.")
    assert (mention.low, mention.text) == (12500, "12 500 staff")
    assert mention.ground.startswith("inferred: digits parted by blanks")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("about 12 (twelve) tonnes left", [("about 12 (twelve) tonnes", "12", "t")]),
        ("ten thousand (10 000) lev", [("ten thousand (10 000) lev", "10000", "BGN")]),
        ("in 2 (two) copies", [("2 (two) copies", "2", "")]),
        (
            "15 million (fifteen million) euros and 5 (five)",
            [("15 million (fifteen million) euros", "15000000", "EUR"), ("5", "5", "")],
        ),
    ],
)
def test_a_number_said_again_in_brackets_is_one_number(text, told):
    found = read_numbers(text)
    assert [(m.text, f"{m.low:f}", m.unit) for m in found] == told
    assert all(m.text == text[m.start : m.end] for m in found)


def test_what_is_in_brackets_stays_where_it_is_another_number():
    found = read_numbers("12 (13 to 14) tonnes")
    assert [f"{m.low:f}" for m in found] == ["12", "13"]
