"""Readers meet words: every code of the data has its own."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from sourcebook.comparing.question_files import ADJUDICATION_WORDS, Adjudication
from sourcebook.comparing.questions import answer_all, ask, badge
from sourcebook.comparing.relations import RELATION_WORDS, RELATIONS, relation_words


def test_every_adjudication_has_words():
    assert set(get_args(Adjudication)) == set(ADJUDICATION_WORDS)


def test_no_two_codes_share_their_words():
    words = [*RELATION_WORDS.values(), *ADJUDICATION_WORDS.values()]
    assert len(set(words)) == len(words)


def test_a_gate_without_words_of_its_own_has_those_of_the_relation():
    assert relation_words("not-comparable(kind)") == relation_words("not-comparable")


def test_what_is_undecided_is_called_by_what_comparing_came_to(corpus):
    asked = ask("gas", "share-of-eu-gas", corpus=corpus)
    assert asked.question.adjudication == "both-stand"
    assert badge(asked) == "Different totals"


def test_a_preference_of_ours_is_said_before_what_was_computed(corpus):
    asked = ask("gas", "share-of-eu-gas", corpus=corpus)
    ours = asked.question.model_copy(update={"adjudication": "prefer-b"})
    assert badge(replace(asked, question=ours)) == "One is better supported"


def test_no_pair_is_further_apart_than_the_badge_says(corpus):
    """What agrees within one document does not stand for the documents."""
    for answer in answer_all(corpus):
        said = badge(answer)
        across = {v.relation for a, b, v in answer.verdicts if a.source != b.source}
        if said == RELATION_WORDS["supports"] and across:
            assert across <= {"supports", "same-time", "repeats", "agrees"}, answer.id


def test_every_relation_has_its_place_from_apart_to_close():
    places = sorted(row.apart for row in RELATIONS.values())
    assert places == list(range(1, len(RELATIONS) + 1))
