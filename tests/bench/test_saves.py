"""What is saved to be timed is another text each time; only what shows it counts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import yaml
from bench.saves import add_words, change_why, shown

from sourcebook.errors import SourcebookError

QUESTIONS = """\
title: Trade
questions:
  - id: tons
    why: >-
      They say so,
      both of them.
    settles: The books.
  - id: praise
    why: Ours.
"""


def test_the_first_reason_is_replaced_and_nothing_else(tmp_path):
    path = tmp_path / "trade.yml"
    path.write_text(QUESTIONS, "utf-8")
    for words in ("Measured again.", "Measured again, and again."):
        change_why(path, words)
        first, second = yaml.safe_load(path.read_text("utf-8"))["questions"]
        assert first == {"id": "tons", "why": words, "settles": "The books."}
        assert second["why"] == "Ours."


def test_a_page_ends_with_the_last_sentence_alone(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("# Page\n\nWords.\n", "utf-8")
    for words in ("Measured again.", "Measured again, and again."):
        add_words(path, words)
        assert path.read_text("utf-8") == f"# Page\n\nWords.\n\n{words}\n"


def _resident(*pages, faults=()):
    told = [{"page": page, "faults": faults} for page in pages]
    return SimpleNamespace(show=lambda *_: iter(told))


def test_the_page_that_is_open_is_waited_for():
    assert shown(_resident("b", "a"), "a.md", "a") > 0
    with pytest.raises(SourcebookError, match="c does not show"):
        shown(_resident("b", "a"), "a.md", "c")
    with pytest.raises(SourcebookError, match="odd"):
        shown(_resident("a", faults=["odd"]), "a.md", "a")
