"""Words that count are found, unless they are a source's or freed for a reason."""

from __future__ import annotations

import pytest

from sourcebook.coding.sheets import Loaded
from sourcebook.errors import SheetError
from sourcebook.prose.counting_words import WORDING, Wording, load_wording

FREED = """\
ours: [{words: "So we say", reason: ours}]
anywhere: [{pattern: "only (?:if|when)", reason: a condition}]
pages:
  book/a*.md: [{words: all of it, reason: of the map}]
unbound: [{files: book/old/*.md, reason: not yet read}]
"""


@pytest.fixture
def wording(tmp_path) -> tuple[Wording, Loaded]:
    (tmp_path / "book").mkdir()
    (tmp_path / WORDING).write_text(FREED, encoding="utf-8")
    return load_wording(tmp_path)


@pytest.mark.parametrize(
    ("text", "page", "found"),
    [
        ("Two say “all three”, and Nobody else.", "book/b.md", ["Two", "Nobody else"]),
        ("Only if all\nof it is one.", "book/abc.md", []),
        ("Only if all of it is one.", "book/b.md", ["all"]),
        ("Often, tens and wholly; “one”.", "book/b.md", []),
        ("He is the one; the only.", "book/b.md", ["the one", "only"]),
    ],
)
def test_what_counts_is_found(wording, text, page, found):
    words, _ = wording
    assert [each for _, each in words.counting(text, page)] == found


def test_a_page_that_waits_is_known_by_its_path(wording):
    words, _ = wording
    assert words.waits("book/old/x.md")
    assert not words.waits("book/old.md")


def test_an_entry_that_no_page_needs_is_a_fault(wording):
    words, loaded = wording
    used = {"book/ab.md": "It is all of\nit. “So we\nsay”.", "book/old/x.md": ""}
    assert words.unused(used, loaded) == []
    said = [fault.fault for fault in words.unused({"book/b.md": "all of it"}, loaded)]
    assert said == [
        "book/a*.md has no such words: 'all of it'",
        "no page has 'So we say'",
        "no file 'book/old/*.md'",
    ]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{words: all, pattern: all, reason: so}", "either words or a pattern"),
        ("{reason: so}", "either words or a pattern"),
        ("{pattern: '(', reason: so}", "not a pattern"),
        ("{words: all}", "missing field 'reason'"),
    ],
)
def test_an_entry_has_words_and_a_reason(tmp_path, entry, fault):
    (tmp_path / "book").mkdir()
    (tmp_path / WORDING).write_text(f"anywhere: [{entry}]\n", encoding="utf-8")
    with pytest.raises(SheetError, match=fault):
        load_wording(tmp_path)


def test_without_the_file_nothing_is_freed(tmp_path):
    assert load_wording(tmp_path) == (Wording(), None)
