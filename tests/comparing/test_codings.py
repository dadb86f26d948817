"""A judgement is coded twice, and what differs is settled or refused."""

from __future__ import annotations

import pytest

from sourcebook.comparing.codings import coding_files, find_coding, load_coding
from sourcebook.errors import SourcebookError

SHEET = """
title: Who is named
rule: Named or planned.
values: {{1: named, 0: planned}}
entries:
  - {{claim: bbc-2025/share-italy, row: Italy, first: 1, second: {second}{more}}}
"""


def _load(tmp_path, corpus, **parts):
    path = tmp_path / "who.yml"
    path.write_text(SHEET.format(**{"second": 1, "more": "", **parts}), "utf-8")
    return load_coding(path, corpus)


def test_every_coding_of_the_book_holds(corpus):
    paths = coding_files(corpus.root)
    assert paths
    assert all(load_coding(path, corpus).triples() for path in paths)


def test_what_two_codings_agree_on_is_drawn(tmp_path, corpus):
    coding = _load(tmp_path, corpus)
    assert coding.triples() == [("Italy", "bbc-2025/share-italy", 1)]


def test_a_difference_has_to_be_settled(tmp_path, corpus):
    with pytest.raises(SourcebookError, match="coded differently"):
        _load(tmp_path, corpus, second=0)
    why = ", settled: {value: 0, why: It is a plan.}"
    settled = _load(tmp_path, corpus, second=0, more=why)
    assert settled.triples()[0][2] == 0


def test_a_mark_is_labelled_with_words_of_its_passage(tmp_path, corpus):
    (bare,) = _load(tmp_path, corpus).sides()
    assert (bare["label"], bare["about"], bare["side"]) == ("Italy", "Italy", 1)
    (told,) = _load(tmp_path, corpus, more=", words: Italy and Greece").sides()
    assert told["label"] == "“Italy and Greece”"


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"more": ", words: Italy alone"}, "does not say 'Italy alone'"),
        ({"second": 7, "more": ", settled: {value: 1, why: x}"}, "7 is no value"),
        (
            {
                "more": "}\n  - {claim: bbc-2025/share-italy, row: Italy, first: 1, "
                "second: 1"
            },
            "stands twice in the row 'Italy'",
        ),
    ],
)
def test_what_a_coding_may_not_hold(tmp_path, corpus, parts, said):
    with pytest.raises(SourcebookError, match=said):
        _load(tmp_path, corpus, **parts)


def test_a_coding_is_found_by_its_name(corpus):
    assert find_coding("buyers", corpus).title
    with pytest.raises(SourcebookError, match="no coding 'buyer'"):
        find_coding("buyer", corpus)
