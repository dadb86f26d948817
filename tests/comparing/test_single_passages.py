"""A card says which single passage an answer hangs on."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.leave_one_out import FIRM, hangs_on
from sourcebook.comparing.questions import Answer, Silence, ask
from sourcebook.comparing.relations import Verdict
from sourcebook.views.answers import answer_card


def claim(name):
    return SimpleNamespace(id=name, source=name.partition("/")[0])


A, B, C = claim("bbc-2025/a-b"), claim("van-gils-2017/b"), claim("anonymous-2025/c")


def answer(claims, relations, *, silences=(), bridges=(), ours="open"):
    pairs = [(x, y) for i, x in enumerate(claims) for y in claims[i + 1 :]]
    verdicts = tuple(
        (x, y, Verdict(r, "so")) for (x, y), r in zip(pairs, relations, strict=True)
    )
    question = SimpleNamespace(id="q", adjudication=ours, bridges=bridges)
    return Answer("gas", question, tuple(claims), verdicts, silences)


SUM = SimpleNamespace(id="sum", uses=(A.id,))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        pytest.param(answer([A, B, C], ["agrees"] * 3), FIRM, id="firm"),
        pytest.param(
            answer([A, B], ["agrees"]),
            "without any one passage: nothing to compare",
            id="two",
        ),
        pytest.param(
            answer([A], [], silences=(Silence("x", ("y",)),)),
            "without it: nobody says this",
            id="one",
        ),
        pytest.param(
            answer([A, B, C], ["agrees", "agrees", "clashes"]),
            "without BBC report (a b): The dates clash; without van Gils study (b): "
            "The same figure; without opinion piece (c): The same figure",
            id="named",
        ),
        pytest.param(
            answer([A, B, C], ["agrees"] * 3, bridges=(SUM,)),
            "without BBC report (a b): the sum drawn from it falls; "
            "any other passage can go",
            id="sum",
        ),
    ],
)
def test_what_an_answer_hangs_on_is_said_in_words(asked, words):
    assert hangs_on(asked) == words


def test_it_stands_on_the_card_beside_the_sources_left_out(corpus):
    card = answer_card(ask("gas", "share-of-eu-gas", corpus=corpus))
    folded = card.html.partition("How this was worked out")[2]
    assert "With one passage withdrawn" in folded
