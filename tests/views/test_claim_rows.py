"""What a reader can choose claims by is what they say."""

from __future__ import annotations

import pytest

from sourcebook.views.claim_rows import NO_TIME, ClaimRow, begins, choices, claim_rows


def row(name, **fields):
    given = {"source": "S", "kind": "event", "topic": "gas", "actors": ("EU",)}
    given |= {"time": "2015", "passage": "“p”"}
    return ClaimRow(name, **(given | fields))


def test_every_claim_is_a_row(corpus):
    rows = claim_rows(corpus)
    assert sorted(row.id for row in rows) == [claim.id for claim in corpus.claims]


def test_who_is_named_stands_in_the_passage_or_is_coded(corpus):
    rows = {row.id: row for row in claim_rows(corpus)}
    assert rows["bbc-2025/no-sanctions"].actors == ("Azerbaijan", "Russia")
    coded = corpus.claim("anonymous-2025/meetings")
    assert set(rows["anonymous-2025/meetings"].actors) >= set(coded.actors)
    assert "author" not in {name for row in rows.values() for name in row.actors}


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ("1999", "before 2000"),
        ("2009-12/2014", "2000 to 2009"),
        ("2010", "2010"),
        ("../2025-12", "2025"),
        ("2026/..", "2026"),
        ("", NO_TIME),
    ],
)
def test_a_time_is_the_year_in_which_it_begins(when, name):
    assert begins(when) == name


def test_choices_come_by_number_and_times_in_order():
    rows = [
        row("s/a", topic="war", time="2015"),
        row("s/b", topic="gas", time="before 2000", actors=("EU", "Baku")),
        row("s/c", topic="gas", time=NO_TIME, actors=()),
        row("s/d", topic="art", time="2000 to 2009"),
    ]
    found = choices(rows)
    assert found["topic"] == ["gas", "art", "war"]
    assert found["actor"] == ["EU", "Baku"]
    assert found["time"] == [NO_TIME, "before 2000", "2000 to 2009", "2015"]
