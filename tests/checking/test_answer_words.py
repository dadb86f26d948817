"""An answer reads alone, leans on passages, and says no more than they do."""

from __future__ import annotations

import pytest

from sourcebook.checking.answer_checks import answer_faults, count_words
from sourcebook.views.fragment import linked_words, plain_words

_GOOD = "The BBC report says {claim}`4.3% <bbc-2025/gas-share>` of imports in 2025."


def _faults(text):
    return [said for said, _ in answer_faults(text)]


def test_a_mark_becomes_a_link_and_counts_as_its_words():
    assert _faults(_GOOD) == []
    assert plain_words(_GOOD) == "The BBC report says 4.3% of imports in 2025."
    assert count_words(_GOOD) == 9
    assert '#claim-bbc-2025-gas-share">4.3%</a>' in linked_words(_GOOD).html


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"The slack is wide: {_GOOD}", "a word readers do not know: 'slack'"),
        (f"The article and {_GOOD}", "a word readers do not know: 'The article'"),
        (" ".join(["word"] * 26), "an answer of 26 words"),
    ],
)
def test_what_an_answer_may_not_say(text, said):
    assert any(said in fault for fault in _faults(text))


def test_what_stands_in_an_answer_is_escaped():
    assert linked_words("<b> & co").html == "&lt;b&gt; &amp; co"


def test_a_statement_has_its_tip_and_a_question_its_link():
    text = "{holds}`No other <texts: word=a|b>`, see {question}`there <gas/share>`."
    shown = linked_words(text)
    assert shown.text == "No other, see there."
    assert 'title="Computed from the sheets: texts with word a or b"' in shown.html
    assert '<a href="gas.html#question-share">there</a>' in shown.html
