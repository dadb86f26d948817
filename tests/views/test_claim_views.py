"""The linked views count every claim, and a choice in one filters all the others."""

from __future__ import annotations

import json

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.views.claim_rows import claim_rows
from sourcebook.views.claim_views import MOST_ACTORS, linked_views

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
