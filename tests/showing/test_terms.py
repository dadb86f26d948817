"""Words are counted as a search for silence finds them, sources by date of issue."""

from __future__ import annotations

from sourcebook.showing.terms import term_cells


def test_sources_stand_in_order_of_issue_and_a_count_says_what_was_searched(corpus):
    cells = term_cells(corpus.sources, ["Zangezur", "prisoner*"])
    assert [cell["column"] for cell in cells[:2]] == [
        "Van Gils 2017",
        "Valiyev and Yagubova 2022",
    ]
    found = {(c["row"], c["column"]): c["value"] for c in cells if c["value"]}
    assert found == {
        ("Zangezur", "Brussels Times 2025"): 1,
        ("prisoner*", "Van Gils 2017"): 6,
    }
    assert "Zangezur: not found" in [cell["words"] for cell in cells]
