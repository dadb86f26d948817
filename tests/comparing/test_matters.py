"""Who speaks of what is counted from the texts, with the terms kept beside."""

from __future__ import annotations

import pytest

from sourcebook.coding.corpus import read
from sourcebook.comparing.matters import (
    ReaderWords,
    load_matters,
    load_reader_words,
    search,
    search_table,
    unfound_terms,
)
from sourcebook.errors import SheetError, SourcebookError


@pytest.fixture(scope="module")
def found(corpus):
    return search_table(corpus, load_matters(corpus.root))


def test_every_matter_is_searched_in_every_source(found, corpus):
    assert len(found) == len(load_matters(corpus.root)) * len(corpus.sources)


def test_a_star_ends_any_word_of_a_term_and_stands_nowhere_else():
    document = read("van-gils-2017").document
    found = search(document, ["civi* society"])
    assert [hit.words.lower() for hit in found[:2]] == ["civil society"] * 2
    for unfit in ("ci*il society", "*", "", "civil *"):
        with pytest.raises(SourcebookError, match="not a term"):
            search(document, [unfit])


def test_words_are_found_where_they_stand_and_nowhere_else(found):
    cells = found.set_index(["matter", "source"])
    assert cells.loc[("Russia, Moscow, Kremlin", "brussels-times-2025"), "places"] == 0
    assert cells.loc[("Visas and travel", "anonymous-2025"), "found"] == "visa"
    # "importance" is no import
    trade = cells.loc[("Trade, exports and imports", "anonymous-2025")]
    assert trade.found == "trade"


def test_a_place_is_counted_once_whatever_terms_meet_in_it():
    hits = search(read("van-gils-2017").document, ["karabakh", "nagorno-karabakh"])
    assert [hit.words for hit in hits] == ["Nagorno-Karabakh"] * 3


def test_empty_words_and_no_places_go_together(found):
    assert ((found.places == 0) == (found.found == "")).all()


def test_a_matter_named_twice_is_a_fault(tmp_path):
    (tmp_path / "book").mkdir()
    line = "- {id: gas, label: Gas, terms: [gas]}\n"
    (tmp_path / "book/searches.yml").write_text(line * 2, encoding="utf-8")
    with pytest.raises(SheetError, match="repeated id 'gas'"):
        load_matters(tmp_path)


def test_terms_in_no_document_are_told_apart_by_whether_their_matter_has_others(corpus):
    matters = load_matters(corpus.root)
    silent, others = unfound_terms(corpus, matters)
    assert {"corrupt*", "brib*", "iran*", "2023"} <= set(silent)
    assert "COP29" in others  # the climate is spoken of
    assert not {"gas", "climate", "russia*"} & {*silent, *others}


def test_a_book_without_words_of_readers_has_none(tmp_path):
    assert load_reader_words(tmp_path) == ReaderWords()


def test_a_page_that_readers_words_name_must_be_there(tmp_path):
    (tmp_path / "book").mkdir()
    words = "pages: {book/topics: subjects}\nunfound: book/gone#top\n"
    (tmp_path / "book/search.yml").write_text(words, encoding="utf-8")
    (tmp_path / "book/topics.md").write_text("# Topics\n", encoding="utf-8")
    with pytest.raises(SheetError, match="no page 'book/gone'") as told:
        load_reader_words(tmp_path)
    assert "book/topics" not in str(told.value)
