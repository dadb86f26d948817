"""Leaving a source out changes a question only where that source carried it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.leave_one_out import leave_each_out, pivotal
from sourcebook.comparing.questions import Answer, Silence
from sourcebook.comparing.relations import Verdict


def claim(name):
    return SimpleNamespace(id=name, source=name.partition("/")[0])


def verdict(relation):
    return Verdict(relation, "so")


A, B, C = claim("one/a"), claim("two/b"), claim("three/c")


def answer(claims, relations, silences=(), *, ours="open", bridges=()):
    pairs = [(x, y) for i, x in enumerate(claims) for y in claims[i + 1 :]]
    verdicts = tuple(
        (x, y, verdict(r)) for (x, y), r in zip(pairs, relations, strict=True)
    )
    question = SimpleNamespace(id="q", adjudication=ours, bridges=bridges)
    return Answer("chapter", question, tuple(claims), verdicts, silences)


@pytest.mark.parametrize(
    ("asked", "effects"),
    [
        (answer([A, B], ["agrees"]), ["alone", "alone"]),
        (answer([A, B, C], ["agrees"] * 3), ["unchanged"] * 3),
        (
            answer([A, B, C], ["agrees", "contradicts", "contradicts"]),
            ["changed", "changed", "changed"],
        ),
        (
            answer([A], [], (Silence("two", ("x",)), Silence("three", ("y",)))),
            ["nobody", "unchanged", "unchanged"],
        ),
        (answer([A], [], (Silence("two", ("x",)),)), ["nobody", "alone"]),
        (
            answer([A, B], ["agrees"], (Silence("three", ("x",), "one/a"),)),
            ["alone", "changed", "changed"],
        ),
    ],
)
def test_effect(asked, effects):
    assert [left.effect for left in leave_each_out(asked)] == effects


def test_words_say_what_is_left():
    asked = answer([A, B, C], ["agrees", "contradicts", "contradicts"])
    words = {left.source: left.words for left in leave_each_out(asked)}
    assert words["three"] == "then: agrees"
    assert words["one"] == "then: contradicts"
    (only,) = leave_each_out(answer([A], []))
    assert only.words == "nobody says this"


D = claim("one/d")


def test_of_two_passages_of_one_source_each_is_withdrawn_by_itself():
    asked = answer([A, D, B], ["supports", "contradicts", "contradicts"])
    assert [left.claim for left in pivotal(asked)] == ["one/a", "one/d", "two/b"]
    assert [left.words for left in pivotal(asked)] == [
        "then: contradicts",
        "then: contradicts",
        "then: supports",
    ]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        pytest.param(answer([A, B, C], ["agrees"] * 3), [], id="each-can-go"),
        pytest.param(
            answer([A, B, C, D], ["agrees"] * 5 + ["clashes"]),
            ["three/c", "one/d"],
            id="the-two-that-clash",
        ),
        pytest.param(
            answer([A], [], (Silence("two", ("x",)),)), ["one/a"], id="nobody-says-it"
        ),
        pytest.param(
            answer(
                [A, B, C],
                ["agrees"] * 3,
                bridges=(SimpleNamespace(id="sum", uses=("two/b",)),),
            ),
            ["two/b"],
            id="a-sum-falls-with-it",
        ),
    ],
)
def test_a_passage_is_pivotal_if_another_thing_comes_out_without_it(asked, names):
    assert [left.claim for left in pivotal(asked)] == names


def test_another_order_of_the_same_relations_is_no_change():
    relations = ["agrees", "clashes", "clashes", "clashes", "clashes", "agrees"]
    asked = answer([A, B, C, D], relations)
    assert pivotal(asked) == ()


def test_a_badge_that_reads_otherwise_is_a_change():
    """Only pairs of two documents make it: a clash within one is none of its words."""
    relations = ["clashes", "agrees", "agrees", "agrees", "agrees", "clashes"]
    asked = answer([A, D, B, C], relations, ours="both-stand")
    assert [(left.claim, left.badge) for left in pivotal(asked)] == [
        ("two/b", "The same figure"),
        ("three/c", "The same figure"),
    ]
