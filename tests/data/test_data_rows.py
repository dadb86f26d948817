"""The rows of the downloads: fields as promised, places of the raw file, no text.

The downloads hold both readings, and what was settled between them.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from sourcebook.coding.hedges import Quantity
from sourcebook.comparing.outside_readings import load_trust
from sourcebook.comparing.second_reading import differences, settled_readings
from sourcebook.data.data_rows import (
    absences,
    census,
    claim_rows,
    codebook_rows,
    difference_rows,
    question_rows,
    relation_rows,
    second_rows,
    source_rows,
    trust_rows,
    waivers,
)
from sourcebook.data.fields import (
    CLAIMS,
    CODEBOOK,
    DIFFERENCES,
    RELATIONS,
    SECOND,
    SOURCES,
)
from sourcebook.data.references import read_works


@pytest.fixture(scope="module")
def readings(corpus):
    return settled_readings(corpus)


def test_every_unit_is_a_row_and_every_pair_is_told_from_both_ends(readings):
    rows = {row["id"]: row for row in second_rows(readings)}
    assert len(rows) == sum(len(each.first) + len(each.second) for each in readings)
    paired = [row for row in rows.values() if row["pair"]]
    assert all(rows[row["pair"]]["pair"] == row["id"] for row in paired)
    assert all(list(row) == SECOND.names for row in rows.values())


def test_targets_and_signs_are_compared_of_stances_alone(readings):
    rows = {row["id"]: row for row in second_rows(readings)}
    for row in rows.values():
        other = rows.get(row["pair"])
        if row["same_target"] is not None:
            assert row["same_target"] == (row["parties"] == other["parties"])
            assert row["same_sign"] == (row["sign"] == other["sign"])
        stances = row["kind"] == "stance" and row["same_kind"] is True
        assert (row["same_target"] is not None) == stances
        assert (row["same_sign"] is not None) == stances


def test_every_settled_difference_is_a_row_with_its_reason(readings):
    rows = difference_rows(readings)
    assert len(rows) == sum(len(differences(each)) for each in readings)
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(list(row) == DIFFERENCES.names and row["why"] for row in rows)


PROMISED_CLAIMS = (
    "id source file start end quote nth kind topic measure figure value_low value_high "
    "value unit hedge of where when status voice voice_name voice_open origin actor "
    "target type actors place concept sign key alone term inferred note formerly "
    "chapter_url"
)
PROMISED_RELATIONS = "question a b relation axis slack adjudication cause why by reason"


def test_claims_have_exactly_the_promised_fields(make) -> None:
    assert PROMISED_CLAIMS.split() == CLAIMS.names
    assert list(claim_rows([make.claim()], {})[0]) == CLAIMS.names


def test_relations_have_exactly_the_promised_fields(make) -> None:
    assert PROMISED_RELATIONS.split() == RELATIONS.names
    answer = make.answer("q/1", make.claim(), make.claim("b"))
    assert list(relation_rows([answer])[0]) == RELATIONS.names


def test_a_question_has_the_names_it_took_over(make) -> None:
    answer = make.answer("z/2", make.claim(), make.claim())
    own = answer.question.model_copy(update={"formerly": ("old", "older")})
    (row,) = question_rows([replace(answer, question=own)])
    assert (row["id"], row["formerly"]) == ("z/2", "z/old; z/older")


@pytest.mark.parametrize(
    ("figure", "values"),
    [
        pytest.param(("4.3",), (4.25, 4.35, 4.3), id="bare"),
        pytest.param(("5", "", "around"), (4.5, 5.5, 5), id="about"),
        pytest.param(("40", "", "up to"), (0, 40, 40), id="up-to"),
        pytest.param(("7", "", "at least"), (7, 100, 7), id="a-share"),
        pytest.param(("20", "25"), (20, 25, None), id="range"),
        pytest.param(None, (None, None, None), id="no-figure"),
    ],
)
def test_values_are_numbers(make, figure, values) -> None:
    low, high, hedge = (*(figure or ()), "", "")[:3] if figure else ("", "", "")
    quantity = make.quantity(low, high, hedge=hedge) if figure else None
    (row,) = claim_rows([make.claim(quantity=quantity)], {})
    assert (row["value_low"], row["value_high"], row["value"]) == values
    assert type(row["value"]) is type(values[2])


def test_an_end_without_bound_is_null(make) -> None:
    quantity = Quantity(
        low=Fraction(14), high=Fraction(14), step=Fraction(1), loose_step=Fraction(1),
        unit="t", per="", hedge="more than", noun="", text="more than 14 t",
    )  # fmt: skip
    (row,) = claim_rows([make.claim(quantity=quantity)], {})
    assert (row["value_low"], row["value_high"]) == (14, None)


def test_a_claim_links_to_its_entry(make) -> None:
    (row,) = claim_rows([make.claim()], {})
    assert row["chapter_url"] == "../book/claims/acme-2021.html#claim-acme-2021-sales"


def test_a_row_has_all_that_its_sheet_says(corpus) -> None:
    source = corpus.sources["brussels-times-2025"]
    speakers = {source.citekey: source.sheet.speakers}
    rows = {row["id"]: row for row in claim_rows(source.claims(), speakers)}
    row = rows["brussels-times-2025/belgian-meetings"]
    assert row["type"], row["place"] == ("meeting", "Belgium")
    assert row["actors"] == "Elchin Amirbayov; Azerbaijan; Belgium"
    assert row["note"].startswith("Dated only by")
    assert "place: Belgium: the visit" in row["inferred"]
    assert rows["brussels-times-2025/trade"]["figure"] == "under $90 million"
    voices = {
        (row["voice"], row["voice_name"], row["voice_open"]) for row in rows.values()
    }
    assert ("author", "", True) in voices
    assert any(name.startswith("Elchin Amirbayov,") for _, name, _ in voices)


def test_places_are_those_of_the_raw_file(make) -> None:
    source = make.source()
    (waiver,) = waivers(source)
    assert (waiver["start"], waiver["end"]) == (31, 74)
    counted = census(source)
    assert [item["start"] for item in counted["items"]] == [1, 31]
    assert counted["counts"]["sentence"] == {
        "coded": 1, "waived": 1, "gap": 0, "unread": 0, "total": 2,
    }  # fmt: skip


def test_an_absence_shows_the_terms_that_were_searched(make) -> None:
    (row,) = absences(make.source())
    assert (row["source"], row["what"]) == ("acme-2021", "Costs")
    assert row["terms"] == ["cost", "loss"]


def test_a_source_says_what_it_is_and_how_far_it_was_read(make) -> None:
    (row,) = source_rows([make.source()], read_works(make.bibtex))
    assert list(row) == SOURCES.names
    assert row["title"] == "On Sales: a Report"
    assert (row["claims"], row["waivers"], row["absences"]) == (1, 1, 1)


def test_every_coded_word_is_in_the_codebook(corpus) -> None:
    words = {(row["list"], row["term"]) for row in codebook_rows(corpus.codebook)}
    for row in claim_rows(corpus.claims, {}):
        for field in "kind topic measure of where status concept hedge".split():
            assert not row[field] or (field, row[field]) in words, (row["id"], field)


def test_a_word_stands_once_in_its_list_and_says_what_it_means(corpus) -> None:
    rows = codebook_rows(corpus.codebook)
    keys = [(row["list"], row["term"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert keys == sorted(keys)
    assert [list(row) for row in rows] == [CODEBOOK.names] * len(rows)
    bare = {row["list"] for row in rows if not row["definition"]}
    assert bare == {"of", "where"}  # these name things by their own names


def test_a_book_whose_readings_were_never_measured_has_an_empty_table() -> None:
    assert trust_rows(None) == {}


def test_every_reading_is_there_with_its_errors_and_what_stands_beside(root) -> None:
    rows = trust_rows(load_trust(root))
    assert [*rows] == ["kinds", "aim", "readings", "planted", "others"]
    assert all(rows.values())
    slips = [slip for each in rows["readings"] for slip in each["errors"]]
    assert {kind for slip in slips for kind in slip["kind"]} <= set(rows["kinds"])
