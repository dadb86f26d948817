"""A ledger says in words what was foreseen and what came of it."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from sourcebook.errors import SourcebookError
from sourcebook.views.forecast_ledger import ledger

ROW = {
    "claim": "valiyev-yagubova-2022/gas-target",
    "text": "More <gas>",
    "later": [
        {
            "claim": "bbc-2025/supplies-uptick",
            "outcome": "came so",
            "text": "an uptick",
        },
        {"source": "anonymous-2025", "outcome": "not mentioned"},
    ],
}


def test_each_report_has_its_badge_in_words_and_leads_to_its_passage():
    made = ledger([ROW], title="One of one came so")
    page = BeautifulSoup(made.html, "html.parser")
    assert page.select_one("tbody th").get_text() == "More <gas> policy brief (2022)"
    badges = [each.get_text() for each in page.select("td .sb-badge")]
    assert badges == ["came so", "not mentioned"]
    assert [a["href"].partition("#")[2] for a in page.select("tbody a")] == [
        "claim-valiyev-yagubova-2022-gas-target",
        "claim-bbc-2025-supplies-uptick",
    ]
    assert "came so (BBC report (2025)), not mentioned (opinion piece" in made.text


def test_a_row_without_what_came_of_it_is_refused():
    with pytest.raises(SourcebookError, match="not whole: More"):
        ledger([{**ROW, "later": []}], title="t")
