"""What figures stand on, drawn and counted."""

from __future__ import annotations

from sourcebook.comparing.footing import footings
from sourcebook.showing.footing import footing_matrix, footing_table


def test_gaps_are_drawn_and_said(corpus):
    rows = footings(corpus.sources["anonymous-2025"])
    figure = footing_matrix(rows, title="t", finding="Nobody is named.")
    glyphs = [cell["glyph"] for cell in figure.spec["data"]["values"]]
    assert glyphs == ["", "+", "−", "", "0", "−"]
    assert figure.description.startswith("Nobody is named. €10 million: origin missing")


def test_the_table_counts_each_source_by_itself(corpus):
    table = footing_table([corpus.sources["bbc-2025"]]).to_dict("records")[0]
    assert table["figures"] == 7
    assert table["shares"] == 4
    assert table["shares without a base"] == 0
    assert table["without a period"] == 5
    assert table["without an origin"] == 7
