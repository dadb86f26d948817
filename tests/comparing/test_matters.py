"""Who speaks of what is counted from the texts, with the terms kept beside."""

from __future__ import annotations

import pytest

from sourcebook.comparing.matters import load_matters, search_table
from sourcebook.errors import SheetError


@pytest.fixture(scope="module")
def found(corpus):
    return search_table(corpus, load_matters(corpus.root))


def test_every_matter_is_searched_in_every_source(found, corpus):
    assert len(found) == len(load_matters(corpus.root)) * len(corpus.sources)
    assert (found.searched != "").all()


def test_words_are_found_where_they_stand_and_nowhere_else(found):
    cells = found.set_index(["matter", "source"])
    assert cells.loc[("Russia", "brussels-times-2025"), "places"] == 0
    assert cells.loc[("Visas and travel", "anonymous-2025"), "found"] == "visa"
    # "importance" is no import
    assert cells.loc[("Trade and exports", "anonymous-2025"), "found"] == "trade"


def test_a_place_is_counted_once_whatever_terms_meet_in_it(found):
    cells = found.set_index(["matter", "source"])
    study = cells.loc[("Karabakh by any name", "van-gils-2017")]
    assert (study.places, study.found) == (3, "Nagorno-Karabakh")


def test_empty_words_and_no_places_go_together(found):
    assert ((found.places == 0) == (found.found == "")).all()


def test_a_matter_named_twice_is_a_fault(tmp_path):
    (tmp_path / "book").mkdir()
    line = "- {id: gas, label: Gas, terms: [gas]}\n"
    (tmp_path / "book/searches.yml").write_text(line * 2, encoding="utf-8")
    with pytest.raises(SheetError, match="repeated id 'gas'"):
        load_matters(tmp_path)
