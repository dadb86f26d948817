"""A chapter says when it was read through, and how many answers are others."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.release_changes import ReleaseRecord, chapter_states

LAST = ReleaseRecord(
    "0.1.0",
    {("gas/old", "a", "b"): "agrees", ("gas/same", "a", "b"): "agrees"},
    {
        ("question", "gas/old"): {"adjudication": "open", "answer": "Yes."},
        ("question", "gas/same"): {"adjudication": "open"},
    },
)


def asked(name, *, relations=("agrees",), ours="open", answer="Yes.", formerly=()):
    return SimpleNamespace(
        chapter="gas",
        names=(name, *formerly),
        relations=relations,
        question=SimpleNamespace(adjudication=ours, answer=answer),
    )


def state(*answers, records=(LAST,), trust=None):
    return chapter_states(answers, records, trust, version="0.2.0")["gas"]


@pytest.mark.parametrize(
    ("answer", "otherwise", "new"),
    [
        pytest.param(asked("gas/old"), 0, 0, id="as-it-was"),
        pytest.param(asked("gas/old", relations=("clashes",)), 1, 0, id="relation"),
        pytest.param(asked("gas/old", ours="both-stand"), 1, 0, id="verdict"),
        pytest.param(asked("gas/old", answer="No."), 1, 0, id="answer"),
        pytest.param(asked("gas/same", answer="No."), 0, 0, id="no-answer-on-record"),
        pytest.param(asked("gas/x", formerly=("gas/old",)), 0, 0, id="renamed"),
        pytest.param(asked("gas/x"), 0, 1, id="new"),
    ],
)
def test_a_question_is_held_against_what_was_published(answer, otherwise, new):
    found = state(answer)
    assert (found.otherwise, found.new, found.questions) == (otherwise, new, 1)


def test_the_words_say_the_day_and_the_counts():
    trust = SimpleNamespace(read_through=lambda _: "2026-01-02")
    found = state(asked("gas/old"), asked("gas/x"), trust=trust)
    assert found.words == (
        "Read through against the documents on 2026-01-02. Of its 2 questions, 1 come "
        "out as in release 0.1.0, 0 otherwise, 1 are new."
    )


def test_without_an_older_release_nothing_is_said_of_change():
    assert state(asked("gas/x"), records=()).words == (
        "Not yet read through by somebody strange to it."
    )
