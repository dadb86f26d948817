"""A matrix shows every cell, says its sign in more than colour, and leads to claims."""

from __future__ import annotations

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.showing.matrix import counts, matrix

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


def _values(figure):
    return figure.spec["data"]["values"]


def test_signs_are_printed_as_well_as_coloured():
    drawn = _values(matrix(CELLS, title="t", description="d"))
    assert [cell["glyph"] for cell in drawn] == ["+", "−", "0", ""]
    assert len({cell["colour"] for cell in drawn}) == 4
    assert drawn[3]["words"] == "nothing found"


def test_a_cell_leads_to_its_claim():
    drawn = _values(matrix(CELLS, title="t", description="d"))
    assert drawn[0]["href"].endswith("#claim-bbc-2025-gas-share")
    assert "href" not in drawn[1]


def test_rows_and_columns_keep_their_order():
    layer = matrix(CELLS[::-1], title="t", description="d").spec["layer"][0]
    assert layer["encoding"]["y"]["sort"] == ["trade", "gas"]
    assert layer["encoding"]["x"]["sort"] == ["B", "A"]


def test_a_count_of_nothing_stays_empty():
    cells = [{**cell, "value": n} for n, cell in enumerate(CELLS)]
    assert [c["glyph"] for c in _values(counts(cells, title="t", description="d"))] == [
        "",
        "1",
        "2",
        "3",
    ]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ([], "no cells"),
        ([CELLS[0], CELLS[0]], "given twice"),
        ([{**CELLS[0], "value": 2}], "2 is no sign"),
    ],
)
def test_what_cannot_be_drawn_is_refused(cells, fault):
    with pytest.raises(SourcebookError, match=fault):
        matrix(cells, title="t", description="d")
