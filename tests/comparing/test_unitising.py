"""Alpha-U is what its author worked out by hand."""

from __future__ import annotations

import pytest

from sourcebook.comparing.coder_agreement import (
    alpha_u,
    disagreement,
    merged,
    ranges_between,
)

# Krippendorff 2004, the worked example: a continuum from 150 to 450, two observers, two
# categories; units as (begin, length). Printed there, to four places: 0.0144 observed
# and 0.0532 expected in c, 0 and 0.0490 in k, and so 0.8591 for both together.
C = [(225, 70), (370, 30)], [(220, 80), (355, 20), (400, 20)]
K = [(180, 60), (300, 50)], [(180, 60), (300, 50)]
START, LENGTH = 150, 300


def _read(category):
    observers = [[(b - START, b - START + n) for b, n in each] for each in category]
    return disagreement(*observers, LENGTH)


@pytest.mark.parametrize(
    ("category", "seen", "expected"),
    [(C, 0.0144, 0.0532), (K, 0, 0.0490)],
    ids=["c", "k"],
)
def test_the_worked_example_comes_out_as_printed(category, seen, expected):
    assert _read(category) == pytest.approx((seen, expected), abs=0.00005)


def test_the_categories_of_the_worked_example_together_come_out_as_printed():
    # The paper divides figures that it rounded before.
    assert alpha_u([_read(C), _read(K)]) == pytest.approx(0.8591, abs=0.0005)


def test_the_same_units_agree_wholly():
    assert alpha_u([disagreement([(3, 9)], [(3, 9)], 40)]) == 1


def test_units_at_other_places_agree_less_than_units_that_meet():
    near = alpha_u([disagreement([(3, 9)], [(4, 9)], 40)])
    far = alpha_u([disagreement([(3, 9)], [(20, 26)], 40)])
    assert far < 0 < near < 1


def test_a_unit_that_one_reading_lacks_is_disagreement():
    assert alpha_u([disagreement([(3, 9), (20, 26)], [(3, 9)], 40)]) < 1


def test_without_a_unit_there_is_nothing_to_agree_on():
    assert alpha_u([disagreement([], [], 40)]) is None


def test_units_that_overlap_in_one_reading_are_one():
    assert merged([(0, 4), (4, 6), (5, 9)]) == [(0, 4), (4, 9)]


def test_gaps_fill_what_the_units_leave():
    assert ranges_between([(0, 4), (6, 9)], 10) == [(4, 6), (9, 10)]
    assert ranges_between([], 10) == [(0, 10)]
