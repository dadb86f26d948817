"""Where positions can count in several ways, the one that cuts no word is taken."""

from __future__ import annotations

import pytest

from refi_qda.qdpx_archive import ProjectError
from refi_qda.text_positions import Span, spans_in


@pytest.mark.parametrize(
    ("text", "position", "span"),
    [
        pytest.param("one two", (4, 7), Span(4, 7), id="one-way"),
        pytest.param("\ufeffone two", (5, 8), Span(5, 8), id="mark-counted"),
        pytest.param("\ufeffone two", (4, 7), Span(5, 8), id="mark-left-out"),
        # Neither way cuts a word, and one has a space at its end.
        pytest.param("\ufeff(a) (b)", (1, 4), Span(1, 4), id="no-space-at-an-end"),
        pytest.param("one", (2, 9), None, id="beyond-the-text"),
    ],
)
def test_a_passage_stands_where_no_word_is_cut(text, position, span):
    assert spans_in(text, [position]) == [span]


def test_one_way_of_counting_holds_for_all_passages():
    # The second passage, counted as shown, would begin inside a word.
    spans = spans_in("a\r\nbc,d", [(0, 1), (3, 5)])
    assert spans == [Span(0, 1), Span(3, 5)]


def test_a_passage_that_cuts_a_word_in_any_way_is_not_guessed():
    with pytest.raises(ProjectError, match="not certain what its positions count"):
        spans_in("ab\r\ncd e", [(1, 6)])


def test_what_can_be_counted_in_two_ways_is_not_guessed():
    with pytest.raises(ProjectError, match="not certain what its positions count"):
        spans_in("\ufeff...", [(1, 2)])
