"""A question file says what is wrong with it, all at once, with the place."""

from __future__ import annotations

import json

import pytest
import yaml

from sourcebook.comparing.question_files import load_chapter
from sourcebook.comparing.questions import answer_chapter
from sourcebook.errors import SheetError

A, B = "bbc-2025/little-leverage", "anonymous-2025/immune-to-pressure"
GOOD = {
    "id": "leverage",
    "asks": "Who can press whom?",
    "claims": [A, B],
    "expect": "supports",
    "declares": [{"a": A, "b": B, "relation": "supports", "because": "so"}],
    "adjudication": "both-stand",
    "cause": "none",
    "why": "so",
    "settles": "that",
}


@pytest.fixture
def answered(tmp_path, corpus):
    def answer(**changes):
        path = tmp_path / "leverage.yml"
        question = {k: v for k, v in {**GOOD, **changes}.items() if v is not None}
        text = yaml.safe_dump({"title": "Leverage", "questions": [question]})
        path.write_text(text, encoding="utf-8")
        return answer_chapter(path, corpus)[0]

    return answer


def test_questions_of_which_some_cannot_be_read_are_not_taken_for_all(tmp_path):
    path = tmp_path / "leverage.yml"
    questions = [GOOD, GOOD | {"id": "other", "cause": "weather"}]
    text = json.dumps({"title": "Leverage", "questions": questions})
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SheetError, match="1 fault"):
        load_chapter(path)


def test_a_question_with_a_declared_relation(answered):
    answer = answered()
    assert answer.relations == ("supports",)
    assert answer.sources == ("bbc-2025", "anonymous-2025")


def test_one_claim_and_a_silent_source(answered):
    answer = answered(
        claims=[A],
        expect="silent",
        declares=None,
        silent=[{"source": "brussels-times-2025", "terms": ["leverage"]}],
    )
    assert answer.relations == ("silent",)
    assert [row[:2] for row in answer.rows()] == [(A, "brussels-times-2025")]


def test_three_claims_expect_three_relations(answered):
    third = "bbc-2025/pocketed-attention"
    pairs = [(A, B, "supports"), (A, third, "reframes"), (B, third, "weakens")]
    answer = answered(
        claims=[A, B, third],
        expect=[relation for _, _, relation in pairs],
        declares=[
            {"a": a, "b": b, "relation": relation, "because": "so"}
            for a, b, relation in pairs
        ],
    )
    assert answer.relations == ("supports", "reframes", "weakens")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"asks": "Who can press whom"}, "asks"),
        ({"claims": [A]}, "one claim needs `silent:`"),
        (
            {
                "claims": [A],
                "declares": None,
                "silent": [{"source": "brussels-times-2025", "terms": ["leverage"]}],
            },
            "with one claim, expect: silent",
        ),
        ({"claims": [A, A]}, "named twice"),
        ({"expect": ["supports", "supports"]}, "its claims make 1 pairs"),
        ({"adjudication": "prefer-a"}, "no relation sets the claims apart"),
        (
            {"adjudication": "no-conflict", "expect": "opposes"},
            "no-conflict, though a pair opposes",
        ),
        ({"expect": "weakens"}, "come out as supports, not as weakens"),
        ({"declares": None}, "no relation can be computed"),
        (
            {"declares": [{"a": B, "b": A, "relation": "supports", "because": "so"}]},
            "no relation can be computed",
        ),
        (
            {"declares": [{"a": A, "b": B, "relation": "agrees", "because": "so"}]},
            "'agrees' cannot be declared",
        ),
        (
            {"silent": [{"source": "bbc-205", "terms": ["x"]}]},
            "no source 'bbc-205'; did you mean 'bbc-2025'",
        ),
        (
            {"silent": [{"source": "bbc-2025", "terms": ["leverage"]}]},
            "not silent: 'leverage'",
        ),
    ],
)
def test_a_fault_is_named(answered, changes, fault):
    with pytest.raises(SheetError) as caught:
        answered(**changes)
    assert fault in str(caught.value)
    assert "leverage.yml" in str(caught.value)


def test_a_pair_declared_beside_the_question_is_refused(answered):
    extra = {"a": A, "b": "bbc-2025/not-happy", "relation": "weakens", "because": "so"}
    with pytest.raises(SheetError, match="are no pair of it"):
        answered(declares=[*GOOD["declares"], extra])
