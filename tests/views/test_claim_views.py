"""The linked views count every claim, and a choice in one filters all the others.

What a reader can choose claims by is what they say.
"""

from __future__ import annotations

import json

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.views.explorer import (
    MOST_ACTORS,
    NO_TIME,
    ClaimRow,
    begins,
    choices,
    claim_rows,
    linked_views,
)


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
    found = {name: list(each) for name, each in choices(rows).items()}
    assert found["topic"] == ["gas", "art", "war"]
    assert found["actor"] == ["EU", "Baku"]
    assert found["time"] == [NO_TIME, "before 2000", "2000 to 2009", "2015"]


NAMES = ["source", "kind", "topic", "actor", "time"]


@pytest.fixture(scope="module")
def figure(corpus):
    return linked_views(claim_rows(corpus))


def views(spec):
    """Return the views of bars by their name."""
    found = {}
    for part in spec["hconcat"][0]["vconcat"] + spec["hconcat"][1]["vconcat"]:
        for layer in part.get("layer", ()):
            field = layer["encoding"]["y"]["field"]
            if field in NAMES:
                found.setdefault(field, part)
    return found


def test_each_choice_has_a_control_and_listens_once(figure):
    params = figure.spec["params"]
    assert [param["name"] for param in params] == [f"by_{name}" for name in NAMES]
    for param in params:
        assert param["bind"]["options"][0] is None
        assert len(param["views"]) == 1


def test_a_choice_filters_every_view_but_its_own(figure):
    for name, view in views(figure.spec).items():
        whole, left = view["layer"]
        assert "by_" not in json.dumps(whole.get("transform", []))
        tests = json.dumps(left["transform"])
        assert [other for other in NAMES if f"by_{other}_store" in tests] == [
            other for other in NAMES if other != name
        ]
        for other in set(NAMES) - {name}:  # of the actors of a claim, any will do
            held = "indexof(datum.actors, " if other == "actor" else f"datum.{other} =="
            assert held in tests


def test_axes_are_told_their_ends_so_that_an_empty_view_is_no_fault(figure):
    for view in views(figure.spec).values():
        for layer in view["layer"]:
            assert layer["encoding"]["x"]["scale"]["domain"][0] == 0


def test_the_still_drawing_counts_all_claims(figure, corpus):
    total = len(corpus.claims)
    assert f"{total} of {total} claims chosen" in figure.svg()
    assert f"All {total} claims" in figure.description


def test_only_the_commonest_actors_are_drawn(figure):
    domain = views(figure.spec)["actor"]["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert len(domain) == MOST_ACTORS
    assert domain[:2] == ["Azerbaijan", "EU"]


def test_the_same_claims_give_the_same_drawing(corpus, figure):
    assert linked_views(claim_rows(corpus)).source == figure.source


def test_nothing_to_show_is_refused():
    with pytest.raises(SourcebookError, match="no claims to show"):
        linked_views(())
