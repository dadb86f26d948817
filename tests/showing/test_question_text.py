"""An answer reads alone, leans on passages, and says no more than they do."""

from __future__ import annotations

import pytest

from sourcebook.showing.question_text import (
    answer_faults,
    count_words,
    linked_words,
    plain_words,
)

_GOOD = "The BBC report says {claim}`4.3% <bbc-2025/gas-share>` of imports in 2025."


def _faults(corpus, text):
    allow = frozenset({"2025"})
    return [said for said, _ in answer_faults(text, claim=corpus.claim, allow=allow)]


def test_a_mark_becomes_a_link_and_counts_as_its_words(corpus):
    assert _faults(corpus, _GOOD) == []
    assert plain_words(_GOOD) == "The BBC report says 4.3% of imports in 2025."
    assert count_words(_GOOD) == 9
    assert '#claim-bbc-2025-gas-share">4.3%</a>' in linked_words(_GOOD).html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_GOOD.replace("4.3%", "4.8%"), "the words do not say what the passage says"),
        (_GOOD.replace("2025.", "2019."), "number outside a mark: '2019'"),
        (_GOOD.replace("gas-share", "gas-sharf"), "gas-sharf"),
        (f"The slack is wide: {_GOOD}", "a word readers do not know: 'slack'"),
        (f"The article and {_GOOD}", "a word readers do not know: 'The article'"),
        (" ".join(["word"] * 26), "an answer of 26 words"),
    ],
)
def test_what_an_answer_may_not_say(corpus, text, said):
    assert any(said in fault for fault in _faults(corpus, text))


def test_what_stands_in_an_answer_is_escaped():
    assert linked_words("<b> & co").html == "&lt;b&gt; &amp; co"
