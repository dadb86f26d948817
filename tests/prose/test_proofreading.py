"""What is wrong with a page is said of its marks, its quotations and its pictures."""

from __future__ import annotations

import pytest

from sourcebook.comparing.statements import Collection
from sourcebook.prose.counting_words import WORDING, Wording, load_wording
from sourcebook.prose.markdown import Role, read_prose
from sourcebook.prose.proofreading import (
    Evidence,
    held,
    quoted_in,
    role_fault,
    statement_tip,
    worded,
)


@pytest.fixture(scope="module")
def evidence(corpus) -> Evidence:
    return Evidence(Collection(corpus, ()), frozenset(), Wording())


@pytest.mark.parametrize("name", ["claim", "fact", "holds"])
def test_a_mark_without_words_is_told_how_it_is_written(evidence, name):
    said = role_fault(Role(name, "", "gas-share", 0, (1, 1)), evidence)
    assert said.startswith(f"{{{name}}}`gas-share` has no words\n  fix: write")
    assert f"write {{{name}}}`words <" in said


@pytest.mark.parametrize(
    ("words", "query", "tip"),
    [
        (
            "five documents",
            "sources:",
            (
                "sources: 5 of 5 (opinion piece, BBC report, sponsored article, policy "
                "brief, van Gils study)"
            ),
        ),
        (
            "none",
            "texts: word=zebra, source=bbc-2025",
            "texts with word zebra, source bbc-2025: 0 of 1",
        ),
    ],
)
def test_a_statement_is_told_with_its_count_and_where(evidence, words, query, tip):
    given = held(words, query, evidence)
    assert statement_tip(given) == f"Computed from the sheets: {tip}"


def test_a_quotation_of_nobody_has_its_place(evidence):
    text = "\n“no such words” are here,\nand “the EU”, and “nor these”\n"
    found = [(each.line, each.column) for each in quoted_in(text, evidence)]
    assert found == [(2, 1), (3, 19)]


def test_words_in_a_mark_that_leads_nowhere_are_not_told_twice(evidence):
    stretches = read_prose("It is {claim}`all of it <bbc-2025/none>`.")
    assert [*worded(stretches, evidence, page="a.md")] == []
    assert "no claim" in role_fault(stretches[0].roles[0], evidence)


def test_quoted_words_are_of_that_document_or_ours(evidence, tmp_path):
    assert evidence.has("a modest 4.3%", "bbc-2025")
    assert not evidence.has("a modest 4.3%", "van-gils-2017")
    (tmp_path / "book").mkdir()
    freed = "ours: [{words: so we say, reason: ours}]\n"
    (tmp_path / WORDING).write_text(freed, encoding="utf-8")
    ours = Evidence(evidence.collection, evidence.allowed, load_wording(tmp_path)[0])
    assert ours.has("so we say", "bbc-2025")
