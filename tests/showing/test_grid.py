"""A matrix of sources leaves no source out and gives each sign its passage."""

from __future__ import annotations

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.showing.grid import by_age, claim_cells

SIGNS = [
    ("gas", "bbc-2025/not-reliant", 0),
    ("gas", "valiyev-yagubova-2022/interests-congruent", 0),
    ("pressure", "bbc-2025/little-leverage", 1),
]


def test_every_source_has_a_cell_for_every_matter(corpus):
    cells = claim_cells(SIGNS, corpus=corpus)
    assert [cell["row"] for cell in cells] == ["gas"] * 5 + ["pressure"] * 5
    assert [cell["column"] for cell in cells[:2]] == [
        "Van Gils 2017",
        "Valiyev and Yagubova 2022",
    ]
    blank = [cell for cell in cells if "value" not in cell]
    assert len(blank) == 7


def test_a_sign_stands_beside_its_passage(corpus):
    cells = claim_cells(SIGNS, corpus=corpus)
    cell = next(c for c in cells if c.get("claim") == "bbc-2025/little-leverage")
    assert cell["value"] == 1
    assert "credible leverage" in cell["words"]


def test_two_claims_of_one_source_on_one_matter_are_refused(corpus):
    twice = [*SIGNS, ("gas", "bbc-2025/gas-share", 0)]
    with pytest.raises(SourcebookError, match="two claims of bbc-2025"):
        claim_cells(twice, corpus=corpus)


def test_the_oldest_document_comes_first(corpus):
    order = by_age(corpus)
    assert order[:2] == ("van-gils-2017", "valiyev-yagubova-2022")
    assert order[-1] == "brussels-times-2025"
