"""The rows that a build writes for its search, before a browser sees them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.coding.book_files import RECORD_PAGE, fact_anchor
from sourcebook.comparing.matters import SEARCHES, load_reader_words
from sourcebook.comparing.public_record import load_record
from sourcebook.comparing.questions import ask
from sourcebook.site import search_index
from sourcebook.site.search_index import (
    _BEGINS,
    DATA_SCRIPT,
    _asked_for,
    _page_rows,
    _rows,
    _term_rows,
    _unfound,
    _write,
    answer_row,
    behind,
    fact_rows,
    name_rows,
    read_index,
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
        assert row[5] == f"{RECORD_PAGE}.html#{fact_anchor(fact.id)}"


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


def _app(titles, **more):
    named = {page: SimpleNamespace(astext=words.strip) for page, words in titles}
    env = SimpleNamespace(titles=named, found_docs=set(named), **more)
    builder = SimpleNamespace(name="html", get_target_uri="{}.html".format)
    return SimpleNamespace(env=env, builder=builder)


def test_a_question_is_found_by_its_passages_and_says_how_they_compare(corpus):
    answer = ask("gas", "share-of-eu-gas", corpus=corpus)
    rank, asks, said, unseen, below, address = answer_row(answer, "Gas")
    assert (rank, asks) == (answer.question.rank, answer.question.asks)
    assert said.startswith("No fall is shown")
    assert "`" not in said
    assert unseen.startswith("share of eu gas")
    assert all(claim.exact in unseen for claim in answer.claims)
    assert below == "Different totals · Gas · policy brief, BBC report"
    assert address == "notebooks/synthesis/gas.html#question-share-of-eu-gas"


def test_a_name_is_found_with_its_kind_and_the_documents_that_have_it(corpus):
    rows = {row[1]: row for row in name_rows(corpus)}
    assert rows["EU"][2].endswith(".")
    assert ", policy brief, van Gils study." in rows["EU"][2]
    assert "European Union" in rows["EU"][3]
    assert rows["EU"][4] == "organisation"
    assert {row[4] for row in rows.values()} >= {"actor", "topic"}
    assert "unknown" not in {row[4] for row in rows.values()}
    topics = [row[5] for row in name_rows(corpus) if row[4] == "topic"]
    assert topics == sorted(topics)


def test_a_page_is_found_by_its_first_words_and_what_readers_ask_for():
    pages = [("notebooks/synthesis/gas", "Gas"), ("book/method", "Method")]
    kept = {"book/method": {_BEGINS: ("It begins.", "One · Two")}}
    app = _app(pages, metadata={"notebooks/synthesis/gas": {}} | kept)
    readers = SimpleNamespace(pages={"book/method": "how"})
    assert [row[2:] for row in _page_rows(app, readers, {})] == [
        ("It begins.", "how · One · Two", "page", "book/method.html"),
        ("", "gas · ", "chapter", "notebooks/synthesis/gas.html"),
    ]


def test_terms_come_in_order_and_lead_to_the_glossary(monkeypatch):
    terms = {"b": ("book/terms", "Beta", ("Is", "b.")), "a": ("book/terms", "A", ())}
    monkeypatch.setattr(search_index, "glossary", lambda _: terms)
    assert [*_term_rows(_app([]))] == [
        ("name", "A", "", "", "term of this book", "book/terms.html#a"),
        ("name", "Beta", "Is b.", "", "term of this book", "book/terms.html#b"),
    ]


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("book/other", set()),
        ("notebooks/synthesis/gas", {"lead"}),
        (RECORD_PAGE, {"fact"}),
    ],
)
def test_what_is_on_no_page_is_not_found(corpus, record, monkeypatch, page, kinds):
    answers = [ask("gas", "share-of-eu-gas", corpus=corpus)]
    domain = SimpleNamespace(answers=answers, corpus=corpus, record=record, state="")
    monkeypatch.setattr(search_index, "get_domain", lambda _: domain)
    monkeypatch.setattr(search_index, "glossary", lambda _: {})
    kept = ([("passage",)], [("name",)])
    monkeypatch.setattr(search_index, "kept", lambda *_, **__: kept)
    app = _app([(page, "Title")], metadata={page: {}})
    found = [row[0] for row in _rows(app, SimpleNamespace(pages={}))]
    assert {*found} == {"passage", "page", "name"} | kinds


def test_the_index_of_a_site_can_be_read_again(tmp_path, monkeypatch):
    (tmp_path / DATA_SCRIPT).parent.mkdir()
    app = SimpleNamespace(builder=SimpleNamespace(name="html"), outdir=tmp_path, env=0)
    readers = SimpleNamespace(short={}, alike=[["gas", "fuel"]])
    row = ("page", "Gas", "§", "", "page", "a.html")
    for name, value in (
        ("get_domain", SimpleNamespace(root=tmp_path)),
        ("load_reader_words", readers),
    ):
        monkeypatch.setattr(search_index, name, lambda _, value=value: value)
    monkeypatch.setattr(search_index, "_rows", lambda *_: [row])
    monkeypatch.setattr(search_index, "_unfound", lambda *_: None)
    _write(app)
    script = (tmp_path / DATA_SCRIPT).read_text(encoding="utf-8")
    assert "§" in script
    assert read_index(script) == {
        "rows": [["page", "Gas", "§", "", "page", "a.html"]],
        "alike": [["gas", "fuel"]],
        "unfound": None,
    }


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


def test_what_no_document_has_needs_a_page_that_says_so(monkeypatch, tmp_path):
    domain = SimpleNamespace(corpus=SimpleNamespace(root=tmp_path), root=tmp_path)
    monkeypatch.setattr("sourcebook.site.search_index.get_domain", lambda _: domain)
    readers = SimpleNamespace(unfound="book/silences#not-there")
    for titles in ({}, {"book/silences": None}):  # and the book names no matters
        app = SimpleNamespace(env=SimpleNamespace(titles=titles))
        assert _unfound(app, readers) is None
    terms = lambda *_, **__: (["a matter"], ["a word"])  # noqa: E731
    monkeypatch.setattr(search_index, "kept", terms)
    (tmp_path / SEARCHES).parent.mkdir()
    (tmp_path / SEARCHES).touch()
    domain.corpus.sources, domain.state = {"acme-2021": None, "bob-2021": None}, ""
    assert _unfound(_app([("book/index", "Index")]), readers) is None
    assert _unfound(_app([("book/silences", "Silences")]), readers) == {
        "matters": ["a matter"],
        "words": ["a word"],
        "said": searched(2),
        "address": "book/silences.html#not-there",
    }
