"""Agreement of two readings is counted on what was kept, with intervals."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from sourcebook.comparing.coder_agreement import (
    Alpha,
    agreed,
    alpha,
    alpha_u,
    disagreement,
    nominal,
    other_kinds,
    unitising,
)
from sourcebook.comparing.outside_readings import Rate
from sourcebook.comparing.second_reading import Readings, Unit, pairs, settled_readings
from sourcebook.reading.text import Span


@pytest.fixture(scope="module")
def readings(corpus):
    return settled_readings(corpus)


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        # By hand: of eight values, five and three; 2/8 differ of 2·5·3/(8·7).
        ([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")], 1 - (1 / 4) / (30 / 56)),
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -0.5),
        ([("a", "a"), ("a", "a")], None),
    ],
    ids=["one differs", "perfect", "always differing", "one name alone"],
)
def test_nominal_alpha(units, expected):
    assert nominal(units) == (None if expected is None else pytest.approx(expected))


def test_with_two_values_nominal_and_ordinal_alpha_are_one():
    units = [(1, 1), (-1, -1), (1, -1), (-1, -1), (1, 1)]
    assert nominal(units) == pytest.approx(alpha(units))


def test_an_interval_of_a_share_is_wilsons():
    # Printed in many tables: 81 of 263 is 25.5 to 36.6 %.
    assert Rate(81, 263).interval == pytest.approx((0.255, 0.366), abs=0.0005)
    assert Rate(0, 0).interval == (0, 1)


def test_figures_lie_within_their_intervals_and_say_the_same_twice(readings):
    result = agreed(readings)
    for measure in (result.units, result.kind, result.target, result.sign):
        assert measure.low <= measure.value <= measure.high
    assert agreed(readings) == result


def test_counts_of_all_documents_are_the_sums_of_each(readings):
    whole, parts = agreed(readings), [agreed([each]) for each in readings]
    for field in ("kind", "target", "sign", "units"):
        assert getattr(whole, field).of == sum(getattr(p, field).of for p in parts)
    assert whole.first.count == sum(part.first.count for part in parts)
    assert whole.second.of == sum(len(each.second) for each in readings)


def test_kinds_together_agree_as_their_parts_do(readings):
    values = [unitising(readings, kind).value for kind in ("stance", "status", "event")]
    assert all(-1 < value < 1 for value in values)
    assert len(set(values)) == len(values)


def unit(start, end, kind="status", *, sign=None, target=""):
    return Unit(f"{start}", "x", kind, start, end, parties=frozenset(target), sign=sign)


def read(first, second):
    blocks = Span(0, 40), Span(60, 100)
    return [Readings("x", None, blocks, first, second, (), {})]


def test_units_are_cut_where_the_paragraphs_that_were_read_end():
    first = unit(5, 15), unit(45, 50), unit(55, 75)
    second = unit(5, 15), unit(60, 110)
    by_hand = disagreement([(5, 15), (40, 55)], [(5, 15), (40, 80)], 80)
    assert unitising(read(first, second)).value == alpha_u([by_hand])
    assert unitising(read((), ())) == Alpha(0, None)


def test_a_stance_for_neither_side_has_a_sign_too():
    first = [
        unit(n, n + 9, "stance", sign=int(n == 0), target="ab"[n > 0]) for n in (0, 20)
    ]
    second = [replace(each, sign=1) for each in first]
    assert agreed(read(first, first)).sign.value == 1
    assert agreed(read(first, second)).sign.value < 1
    assert agreed(read(first, second)).target.value == 1


def test_other_kinds_are_the_pairs_whose_kinds_differ(readings):
    made = [p for each in readings for p in pairs(each.first, each.second)]
    differing = Counter(p.differ for p in made)["kind"]
    assert other_kinds(readings).total() == differing
