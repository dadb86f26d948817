"""What questions lose with a source: the worst of it, counted once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.leave_one_out import LOSSES, loss, tally_losses
from sourcebook.comparing.questions import Answer, Silence
from sourcebook.comparing.relations import (
    APART,
    COLLIDING,
    DISSENT,
    RELATIONS,
    Verdict,
)


def claim(name):
    return SimpleNamespace(
        id=name, source=name.partition("/")[0], origin="", voice="author"
    )


def answer(names, relations, *, silent=()):
    claims = tuple(map(claim, names))
    pairs = [(x, y) for i, x in enumerate(claims) for y in claims[i + 1 :]]
    verdicts = tuple(
        (x, y, Verdict(r, "so")) for (x, y), r in zip(pairs, relations, strict=True)
    )
    silences = tuple(Silence(source, ("term",)) for source in silent)
    return Answer(
        "chapter",
        SimpleNamespace(id="q", bridges=(), adjudication="open"),
        claims,
        verdicts,
        silences,
    )


PAIR = answer(["a/x", "b/y"], ["supports"])
THREE = answer(["a/x", "b/y", "c/z"], ["shares", "opposes", "opposes"])
MIXED = answer(["a/x", "b/y", "c/z"], ["supports", "updates", "updates"])
STILL = answer(["a/x", "b/y", "c/z"], ["opposes", "opposes", "opposes"])
QUIET = answer(["a/x"], [], silent=("b",))


@pytest.mark.parametrize(
    ("asked", "source", "lost"),
    [
        (PAIR, "a", "loses all comparison"),
        (THREE, "c", "loses its only dissent"),
        (THREE, "a", "loses other relations"),
        (MIXED, "c", "loses other relations"),
        (STILL, "a", "keeps its relations"),
        (QUIET, "a", "loses all comparison"),
        (QUIET, "b", "loses all comparison"),
    ],
)
def test_loss(asked, source, lost):
    assert loss(asked, source) == lost


def test_only_questions_with_the_source_count():
    tally = tally_losses([PAIR, THREE, STILL], ["a", "c"])
    assert {citekey: sum(bar.values()) for citekey, bar in tally.items()} == {
        "a": 3,
        "c": 2,
    }
    assert tuple(tally["a"]) == LOSSES
    assert tally["c"]["loses its only dissent"] == 1


def test_what_collides_is_apart_and_dissents_and_no_mark_is_unknown():
    assert COLLIDING < APART
    assert COLLIDING < DISSENT
    marks = {mark for row in RELATIONS.values() for mark in row.marks}
    assert marks == {"collides", "apart", "dissents"}
