"""A passage is shown with a few words around it, never as a whole sentence."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.views.passage_context import context


@pytest.mark.parametrize(
    ("sentence", "exact", "shown"),
    [
        ("Sales rose to 41 in May.", "rose to 41", ("…", " in May.")),
        ("Yesterday sales rose to 41.", "rose to 41", ("…", ".")),
        ("Sales rose to 41 in the month of May.", "Sales rose to 41", ("", "…")),
        ("Sales rose to 41.", "Sales rose to 41.", ("", "")),
    ],
)
def test_a_short_sentence_is_never_completed(sentence, exact, shown):
    claim = SimpleNamespace(sentence=sentence, exact=exact, prefix="", suffix="")
    before, passage, after = context(claim)
    assert (before, after) == shown
    assert passage == exact
    assert exact == sentence or before + exact + after != sentence


def test_a_long_sentence_is_cut_at_words():
    words = " ".join(f"word{n}" for n in range(60))
    claim = SimpleNamespace(sentence=words, exact="word30", prefix="", suffix="")
    before, _, after = context(claim)
    assert before.startswith("… word2")
    assert after.endswith(" …")
    assert max(len(before), len(after)) < 70
