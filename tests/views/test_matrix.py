"""A matrix shows every cell in words, leaves no source out, and leads to claims."""

from __future__ import annotations

import html
import re

import pandas as pd
import pytest

from sourcebook.comparing.witnesses import footings
from sourcebook.errors import SourcebookError
from sourcebook.views.matrix import (
    by_age,
    by_matter,
    claim_cells,
    counts,
    footing_matrix,
    footing_table,
    matrix,
    term_cells,
    unspoken,
)

CELLS = [
    {
        "row": "gas",
        "column": "A",
        "value": 1,
        "words": "for",
        "claim": "bbc-2025/gas-share",
    },
    {"row": "gas", "column": "B", "value": -1, "words": "against"},
    {"row": "trade", "column": "A", "value": 0},
    {"row": "trade", "column": "B"},
]
SIGNS = {1: "praises", 0: "neither", -1: "blames"}
PASSAGES = [
    ("gas", "bbc-2025/not-reliant", 0),
    ("gas", "valiyev-yagubova-2022/interests-congruent", 0),
    ("pressure", "bbc-2025/little-leverage", 1),
]
FOUND = pd.DataFrame(
    [
        ("Gas", "bbc-2025", 2, "gas", "gas"),
        ("Gas", "acme-2021", 0, "", "gas"),
        ("Iran", "bbc-2025", 0, "", "iran*"),
        ("Iran", "acme-2021", 0, "", "iran*"),
    ],
    columns=["matter", "source", "places", "found", "searched"],
)


def words(svg):
    return [html.unescape(each) for each in re.findall(r"<text[^>]*>([^<]*)", svg)]


def test_a_cell_says_in_words_what_it_holds():
    drawn = matrix(CELLS, signs=SIGNS, title="t")
    assert words(drawn.wide) == [
        *("A", "B", "gas", "praises", "blames", "trade", "neither"),
        "An empty cell: nothing said.",
    ]
    fills = re.findall(r'<rect [^>]*fill="(#[0-9A-F]{6})"/>', drawn.wide)
    assert len(set(fills[1:])) == 3  # after the ground


def test_where_every_cell_says_something_nothing_is_said_of_empty_ones():
    drawn = matrix(CELLS[:2], signs=SIGNS, title="t")
    assert not any("empty cell" in each for each in words(drawn.wide))


def test_a_phone_gets_rows_with_who_speaks_and_who_does_not():
    drawn = matrix(CELLS, signs=SIGNS, title="t")
    assert words(drawn.narrow)[:8] == [
        *("gas", "praises", "A", "blames", "B", "trade", "neither", "A"),
    ]
    assert words(drawn.narrow)[8] == "nothing: B"


def test_a_cell_leads_to_its_claim():
    ((href, says),) = matrix(CELLS, signs=SIGNS, title="t").links
    assert href.endswith("#claim-bbc-2025-gas-share")
    assert says == "A, gas: for"


def test_a_count_of_nothing_says_not_once_and_a_column_its_length():
    cells = [{**cell, "value": n} for n, cell in enumerate(CELLS)]
    drawn = counts(cells, title="t", lengths={"A": 8046})
    seen = " ".join(words(drawn.wide))
    assert "not once" in seen
    assert "A (8,046 words)" in seen


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        pytest.param([], "no cells", id="none"),
        pytest.param([CELLS[0], CELLS[0]], "given twice", id="twice"),
        pytest.param([{**CELLS[0], "value": 2}], "no words for 2", id="sign"),
    ],
)
def test_what_cannot_be_drawn_is_refused(cells, fault):
    with pytest.raises(SourcebookError, match=fault):
        matrix(cells, signs=SIGNS, title="t")


def test_every_source_has_a_cell_for_every_matter(corpus):
    cells = claim_cells(PASSAGES, corpus=corpus)
    assert [cell["row"] for cell in cells] == ["gas"] * 5 + ["pressure"] * 5
    assert [cell["column"] for cell in cells[:2]] == ["van Gils study", "policy brief"]
    assert len([cell for cell in cells if "value" not in cell]) == 7
    found = next(c for c in cells if c.get("claim") == "bbc-2025/little-leverage")
    assert "credible leverage" in found["words"]


def test_two_claims_of_one_source_on_one_matter_are_refused(corpus):
    twice = [*PASSAGES, ("gas", "bbc-2025/gas-share", 0)]
    with pytest.raises(SourcebookError, match="two claims of bbc-2025"):
        claim_cells(twice, corpus=corpus)


def test_the_oldest_document_comes_first(corpus):
    order = by_age(corpus)
    assert order[:2] == ("van-gils-2017", "valiyev-yagubova-2022")
    assert order[-1] == "brussels-times-2025"


def test_words_are_counted_as_a_search_for_silence_finds_them(corpus):
    cells = term_cells(corpus.sources, ["Zangezur", "prisoner*"])
    found = {(c["row"], c["column"]): c["value"] for c in cells if c["value"]}
    assert found == {
        ("Zangezur", "sponsored article"): 1,
        ("prisoner*", "van Gils study"): 6,
    }
    assert "Zangezur: not found" in [cell["words"] for cell in cells]


def test_tables_say_who_has_what_and_who_has_nothing():
    table = by_matter(FOUND).set_index("matter")
    assert table.loc["Gas", "found in"] == "BBC report: gas"
    assert table.loc["Gas", "silent"] == "Acme 2021"
    assert list(unspoken(FOUND).matter) == ["Iran"]


def test_what_a_figure_lacks_is_said_in_its_row(corpus):
    rows = footings(corpus.sources["anonymous-2025"])
    drawn = footing_matrix(rows, title="t", finding="Nobody is named.")
    assert [row["said"] for row in drawn.rows][:3] == ["", "printed", "missing"]
    assert drawn.description == "Nobody is named."


def test_the_table_counts_each_source_by_itself(corpus):
    table = footing_table([corpus.sources["bbc-2025"]]).to_dict("records")[0]
    assert (table["figures"], table["shares"]) == (7, 4)
    assert table["without a period"] == 5
