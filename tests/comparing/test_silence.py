"""A source counts as silent only when every term was searched and none is found."""

from __future__ import annotations

import pytest

from sourcebook.comparing.matters import check_silent, search
from sourcebook.errors import SourcebookError


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("pandemic", ["pandemic"]),
        ("paus*", ["paused"]),
        ("paus", []),
        ("STRATEGIC   partnership", ["strategic partnership", "strategic partnership"]),
        ("war", ["war"]),
        ("human rights", []),
    ],
)
def test_terms_are_whole_words_without_case(corpus, term, words):
    document = corpus.sources["brussels-times-2025"].document
    found = [hit.words.lower() for hit in search(document, [term])]
    assert sorted(found) == sorted(words)


def test_a_hit_names_its_line_in_the_file(corpus):
    document = corpus.sources["brussels-times-2025"].document
    (hit,) = search(document, ["pandemic"])
    assert "pandemic" in document.raw.split("\n")[hit.line - 1]


def test_a_source_that_speaks_is_not_silent(corpus):
    source = corpus.sources["brussels-times-2025"]
    check_silent(source, ["human rights", "prison*"])
    with pytest.raises(SourcebookError, match="not silent: 'pandemic'") as caught:
        check_silent(source, ["human rights", "pandemic"])
    assert "line 57" in str(caught.value)


@pytest.mark.parametrize("term", ["", " ", "*"])
def test_nothing_is_no_term(corpus, term):
    document = corpus.sources["bbc-2025"].document
    with pytest.raises(SourcebookError, match="not a term"):
        search(document, [term])
