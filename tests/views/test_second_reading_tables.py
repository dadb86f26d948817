"""A statement is shown with its first words, and what is cut says so."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.second_reading import load_readings, second_files
from sourcebook.views.listings import PASSAGE
from sourcebook.views.second_reading_tables import _words, differences_listing


@pytest.mark.parametrize("more", [0, 1])
def test_only_words_that_are_cut_have_an_ellipsis(more):
    unit = SimpleNamespace(source="a", start=0, end=1, quote="x" * (PASSAGE + more))
    document = SimpleNamespace(raw="y")
    corpus = SimpleNamespace(sources={"a": SimpleNamespace(document=document)})
    assert _words(unit, corpus) == f"“{'x' * PASSAGE}{'…' * more}”"


def test_each_difference_is_told_with_the_words_it_is_about(corpus):
    readings = [load_readings(path, corpus) for path in second_files(corpus.root)]
    rows = differences_listing(readings, corpus).rows
    assert rows
    assert [words for words, *_ in rows if len(words.strip("“”… ")) < 3] == []
