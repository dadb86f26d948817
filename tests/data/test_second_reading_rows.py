"""The downloads hold both readings, and what was settled between them."""

from __future__ import annotations

import pytest

from sourcebook.comparing.unit_pairs import differences, settled_readings
from sourcebook.data.fields import DIFFERENCES, SECOND
from sourcebook.data.second_reading_rows import difference_rows, second_rows


@pytest.fixture(scope="module")
def readings(corpus):
    return settled_readings(corpus)


def test_every_unit_is_a_row_and_every_pair_is_told_from_both_ends(readings):
    rows = {row["id"]: row for row in second_rows(readings)}
    assert len(rows) == sum(len(each.first) + len(each.second) for each in readings)
    paired = [row for row in rows.values() if row["pair"]]
    assert all(rows[row["pair"]]["pair"] == row["id"] for row in paired)
    assert all(list(row) == SECOND.names for row in rows.values())


def test_targets_and_signs_are_compared_of_stances_alone(readings):
    for row in second_rows(readings):
        stances = row["kind"] == "stance" and row["same_kind"] is True
        assert (row["same_target"] is not None) == stances
        assert (row["same_sign"] is not None) == stances


def test_every_settled_difference_is_a_row_with_its_reason(readings):
    rows = difference_rows(readings)
    assert len(rows) == sum(len(differences(each)) for each in readings)
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(list(row) == DIFFERENCES.names and row["why"] for row in rows)
