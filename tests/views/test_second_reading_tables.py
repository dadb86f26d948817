"""A statement is shown with its first words, and what is cut says so."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.views.listings import PASSAGE
from sourcebook.views.second_reading_tables import _words


@pytest.mark.parametrize("more", [0, 1])
def test_only_words_that_are_cut_have_an_ellipsis(more):
    unit = SimpleNamespace(source="a", start=0, end=1, quote="x" * (PASSAGE + more))
    document = SimpleNamespace(raw="y")
    corpus = SimpleNamespace(sources={"a": SimpleNamespace(document=document)})
    assert _words(unit, corpus) == f"“{'x' * PASSAGE}{'…' * more}”"
