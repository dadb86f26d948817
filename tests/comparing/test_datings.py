"""Two datings clash, follow or meet as their periods say, on one matter only."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.comparing.relation_by_kind import compare_datings
from sourcebook.errors import SourcebookError


def dating(when, *, type="proposal", concept="pact", kind="event"):  # noqa: A002
    return SimpleNamespace(id="x/y", kind=kind, type=type, concept=concept, when=when)


def status(when):
    return dating(when, type="", kind="status")


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        (dating("2015"), dating("2016"), "clashes"),
        (dating("2016"), dating("2016"), "same-time"),
        (dating("2016"), dating("2016-05"), "order-unknown"),
        (dating("2016-05"), dating("2016-05", type="mandate"), "same-time"),
        (dating("../2016"), dating("../2016"), "order-unknown"),
        (dating("2016~"), dating("2016~"), "order-unknown"),
        (dating("1997", type="begun"), dating("1999", type="begun"), "before"),
        (dating("1997", type="begun"), dating("1999", type="in-force"), "before"),
        (dating("2015"), dating("2016-05", type="mandate"), "before"),
        (dating("2016-05", type="mandate"), dating("2015"), "after"),
        (dating("2016"), dating("2016-05", type="mandate"), "order-unknown"),
        (status("2022"), status("2025"), "before"),
        (status("2022-05-04/2022-05-05"), status("2022-05-05"), "order-unknown"),
        (status("2022-05-04"), status("2022-05-04"), "same-time"),
        (dating("2015"), dating("2016", concept="treaty"), "not-comparable(concept)"),
    ],
)
def test_relation(a, b, relation):
    assert str(compare_datings(a, b)) == relation


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        (dating("2016", concept=""), "no concept"),
        (dating(""), "no when"),
    ],
)
def test_what_cannot_be_placed_is_refused(claim, fault):
    with pytest.raises(SourcebookError, match=fault):
        compare_datings(claim, dating("2016"))


@given(st.integers(1900, 2100), st.integers(1900, 2100), st.sampled_from(["a", "b"]))
def test_turning_the_pair_round_turns_the_order_round(one, two, kind):
    a, b = dating(str(one), type="a"), dating(str(two), type=kind)
    turned = {"before": "after", "after": "before"}
    there, back = str(compare_datings(a, b)), str(compare_datings(b, a))
    assert back == turned.get(there, there)
