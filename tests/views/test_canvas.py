"""Words stay on the sheet, and numbers read as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.views.canvas import Canvas, measure, number, ticks, wrap


@given(st.text("abcMW il.", max_size=80), st.floats(20, 300))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(words, width):
    lines = wrap(words, width)
    assert all(measure(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())


def test_a_word_that_is_broken_fills_its_room():
    assert wrap("mmmmm", measure("mm")) == ["mm", "mm", "m"]


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [(0, 5, [0, 1, 2, 3, 4, 5]), (0, 10, [0, 2, 4, 6, 8, 10]),
     (0, 12.5, [0, 2.5, 5, 7.5, 10, 12.5]), (0, 250, [0, 50, 100, 150, 200, 250])],
)  # fmt: skip
def test_a_step_is_one_two_two_and_a_half_or_five(low, high, values):
    assert ticks(low, high, most=5) == values


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e6), st.integers(2, 9))
def test_an_axis_has_few_round_values_within_its_ends(low, run, most):
    values = ticks(low, low + run, most=most)
    assert len(values) <= most + 1
    assert all(low - 1e-6 <= value <= low + run + 1e-6 for value in values)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1580, "1,580"),
        (16.2, "16.2"),
        (1e6, "1 m"),
        (1e9, "1 bn"),
        (2e9, "2 bn"),
        (-0.5, "−0.5"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, said):
    assert number(value) == said


def test_the_sheet_is_as_long_as_what_is_on_it_and_marks_count_their_claims():
    links = {}
    canvas = Canvas(200, links)
    end = canvas.words(0, 0, "some words " * 20)
    for address in ("b", "a", "b"):
        with canvas.linked(address, "says"):
            canvas.mark("circle", 5, end + 30, colour="#000000")
    assert canvas.height == end + 36
    assert [each for each in canvas.parts if "sb-mark" in each][1].find("sb-mark-2") > 0
    assert list(links) == ["b", "a"]
