"""The rows that a build writes for its search, before a browser sees them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.matters import load_reader_words
from sourcebook.comparing.public_record import load_record
from sourcebook.prose.addresses import RECORD, fact_anchor
from sourcebook.site.search_index import (
    _asked_for,
    _unfound,
    _write,
    behind,
    fact_rows,
    searched,
    with_short_names,
)


@pytest.fixture(scope="module")
def record(corpus):
    return load_record(corpus)


@pytest.fixture(scope="module")
def facts(record):
    """The rows of the record, by the last part of their address."""
    return {row[5].partition("#fact-")[2]: row for row in fact_rows(record)}


def test_every_fact_and_every_share_leads_to_its_place_in_the_record(record, facts):
    assert len(facts) == len(record.facts) + len(record.shares)
    for fact in record.facts:
        row = facts[fact.id]
        assert (row[0], row[2]) == ("fact", fact.fact)
        assert row[5] == f"{RECORD}.html#{fact_anchor(fact.id)}"


def test_a_fact_is_shown_with_its_publisher_and_the_day_of_its_page(record, facts):
    fact = record.fact("eu-imports-2024")
    assert facts["eu-imports-2024"][4] == f"{fact.publisher} · {fact.date}"


def test_a_share_worked_out_here_says_so(facts):
    assert facts["demand-2021"][2] == "2.0% of EU gas demand in 2021."
    assert facts["demand-2021"][4].startswith("worked out here")


def test_a_fact_is_found_by_all_who_publish_it(record, facts):
    for fact in record.facts:
        assert all(page.publisher in facts[fact.id][3] for page in fact.second)


def test_who_stands_behind_a_document_is_answered_from_its_sheet(corpus):
    sources = corpus.sources
    assert behind(sources["anonymous-2025"]).startswith("Not in the file: who wrote")
    assert behind(sources["brussels-times-2025"]).startswith("“Promoted by Embassy of")
    assert "polls" not in behind(sources["valiyev-yagubova-2022"])


def test_pages_are_asked_for_by_the_document_or_chapter_they_are(corpus):
    own, said = _asked_for("notebooks/sources/bbc-2025", corpus.sources)
    assert own.startswith("BBC report wrote")
    assert said == behind(corpus.sources["bbc-2025"])
    assert _asked_for("notebooks/synthesis/treaty", corpus.sources)[0] == "treaty"
    assert _asked_for("book/claims/bbc-2025", corpus.sources) == ("", "")


def test_names_in_short_stand_for_words_that_some_row_has(corpus, facts):
    short = load_reader_words(corpus.root).short
    texts = [source.document.text for source in corpus.sources.values()]
    rows = [("page", "", " ".join(text.split()), "", "", "") for text in texts]
    found = [with_short_names(row, short)[3] for row in (*rows, *facts.values())]
    idle = [name for name in short if not any(f" · {name}" in each for each in found)]
    assert idle == []


@pytest.mark.parametrize(
    ("documents", "words"),
    [
        (1, "Searched for in the document, and not in it"),
        (2, "Searched for in both documents, and in neither of them"),
        (19, "Searched for in all nineteen documents, and in none of them"),
        (20, "Searched for in all 20 documents, and in none of them"),
    ],
)
def test_what_was_searched_is_counted(documents, words):
    assert searched(documents) == words


@pytest.mark.parametrize(
    ("builder", "failure"), [("epub", None), ("html", ValueError())],
    ids=["another form", "failed"],
)  # fmt: skip
def test_an_index_is_of_a_site_that_was_built(tmp_path, builder, failure):
    app = SimpleNamespace(builder=SimpleNamespace(name=builder), outdir=tmp_path)
    _write(app, failure)
    assert list(tmp_path.iterdir()) == []


def test_what_no_document_has_needs_a_page_that_says_so(monkeypatch, tmp_path):
    domain = SimpleNamespace(corpus=SimpleNamespace(root=tmp_path), root=tmp_path)
    monkeypatch.setattr("sourcebook.site.search_index.get_domain", lambda _: domain)
    readers = SimpleNamespace(unfound="book/silences#not-there")
    for titles in ({}, {"book/silences": None}):  # and the book names no matters
        app = SimpleNamespace(env=SimpleNamespace(titles=titles))
        assert _unfound(app, readers) is None
