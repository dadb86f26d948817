"""What a coder does is counted both ways, and the sheet is put back."""

from __future__ import annotations

import pytest
from bench import coding
from bench.coding import Actions, begun, main, seconds, typed

from sourcebook.errors import SourcebookError


def test_the_same_claim_is_made_and_the_sheet_put_back(unfinished):
    before = unfinished.read_bytes()
    done = main(unfinished.parent.parent, "acme-2021", 1)
    assert unfinished.read_bytes() == before
    assert 0 < done["desk"]["K"] < done["yaml"]["K"]
    # One thought for each of eight fields; its note is in neither.
    assert (done["yaml"]["M"], done["desk"]["M"]) == (8, 8)


def test_a_claim_that_comes_out_otherwise_is_no_measure(unfinished, monkeypatch):
    monkeypatch.setattr(coding, "at_desk", lambda *_: Actions())
    with pytest.raises(SourcebookError, match="not those that were taken out"):
        main(unfinished.parent.parent, "acme-2021", 1)


@pytest.mark.parametrize(
    ("done", "took"),
    [(typed("Doe"), 0.6), (begun("Azerbaijan"), 0.8), (begun("EU"), 0.6)],
    ids=["typed", "completed", "shorter than what is begun"],
)
def test_a_word_takes_its_keys(done, took):
    assert round(seconds(done), 2) == took
