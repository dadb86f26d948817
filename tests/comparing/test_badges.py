"""Readers meet words: every code of the data has its own."""

from __future__ import annotations

from typing import get_args

import pytest

from sourcebook.comparing.badges import (
    ADJUDICATION_WORDS,
    RELATION_WORDS,
    badge,
    relation_words,
)
from sourcebook.comparing.chapters import Adjudication
from sourcebook.comparing.questions import ask
from sourcebook.comparing.vocabulary import RELATIONS
from sourcebook.errors import SourcebookError


def test_every_relation_and_every_adjudication_has_words():
    assert set(RELATIONS) <= set(RELATION_WORDS)
    assert set(get_args(Adjudication)) == set(ADJUDICATION_WORDS)


def test_no_two_codes_share_their_words():
    words = [*RELATION_WORDS.values(), *ADJUDICATION_WORDS.values()]
    assert len(set(words)) == len(words)


def test_a_code_without_words_is_refused():
    with pytest.raises(SourcebookError, match="no words for the relation 'resembles'"):
        relation_words("resembles")


def test_what_is_undecided_is_called_by_what_comparing_came_to(corpus):
    asked = ask("gas", "share-of-eu-gas", corpus=corpus)
    assert asked.question.adjudication == "both-stand"
    assert badge(asked) == "Different totals"
