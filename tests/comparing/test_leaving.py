"""Leaving a source out changes a question only where that source carried it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.leaving import leave_each_out
from sourcebook.comparing.questions import Answer, Silence
from sourcebook.comparing.relations import Verdict


def claim(name):
    return SimpleNamespace(id=name, source=name.partition("/")[0])


def verdict(relation):
    return Verdict(relation, "", None, None, None, "so")


A, B, C = claim("one/a"), claim("two/b"), claim("three/c")


def answer(claims, relations, silences=()):
    pairs = [(x, y) for i, x in enumerate(claims) for y in claims[i + 1 :]]
    verdicts = tuple(
        (x, y, verdict(r)) for (x, y), r in zip(pairs, relations, strict=True)
    )
    return Answer("chapter", SimpleNamespace(id="q"), tuple(claims), verdicts, silences)


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
