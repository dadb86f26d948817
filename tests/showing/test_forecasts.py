"""Forecasts stand beside later reports as the answers have them, silence included."""

from __future__ import annotations

import pytest

from sourcebook.comparing.questions import answer_chapter
from sourcebook.showing.forecasts import (
    forecast_cells,
    forecasts_table,
    later_reports,
)

BRIEF = "valiyev-yagubova-2022"
LABELS = {
    f"{BRIEF}/room-shrinking": "room shrinks",
    f"{BRIEF}/balanced-policy": "balance goes on",
    f"{BRIEF}/russia-maximizes": "peacekeepers are used",
    f"{BRIEF}/not-finlandization": "no Finlandization",
}
LATER = ["bbc-2025", "brussels-times-2025"]


@pytest.fixture(scope="module")
def answers(corpus):
    return answer_chapter(corpus.root / "book/questions/moscow.yml", corpus)


@pytest.fixture(scope="module")
def cells(answers):
    drawn = forecast_cells(answers, labels=LABELS, sources=LATER)
    return {(cell["row"], cell["column"]): cell for cell in drawn}


def test_each_cell_says_what_the_answers_say(cells):
    assert cells["room shrinks", "BBC 2025"]["value"] == -1
    assert cells["balance goes on", "Brussels Times 2025"]["value"] == 1
    assert cells["no Finlandization", "BBC 2025"]["value"] == 0
    assert "runs-against" in cells["room shrinks", "BBC 2025"]["words"]


def test_a_source_that_says_both_is_not_booked_for_one(cells):
    both = cells["balance goes on", "BBC 2025"]
    assert both["value"] == 0
    assert "bears-out" in both["words"]
    assert "runs-against" in both["words"]


def test_silence_is_empty_and_shows_its_terms(cells):
    silent = cells["peacekeepers are used", "BBC 2025"]
    assert "value" not in silent
    assert "peacekeep*" in silent["words"]
    assert cells["room shrinks", "Brussels Times 2025"]["words"].startswith("not asked")


def test_a_source_is_no_later_report_of_its_own_forecast(answers):
    assert all(
        not each.forecast.startswith(each.source) for each in later_reports(answers)
    )


def test_the_table_quotes_the_forecast_and_names_our_judgement(answers):
    row = forecasts_table(answers, labels=LABELS).iloc[0]
    assert "likely to keep shrinking" in row["forecast"]
    assert row["later"] == "BBC 2025: runs-against; BBC 2025: in-tension"
    assert row["what we make of it"] == "open"


def test_two_judgements_of_one_forecast_say_on_whom_each_is(answers):
    harder = f"{BRIEF}/hard-power-harshened"
    row = forecasts_table(answers, labels={harder: "harder"}).iloc[0]
    assert row["what we make of it"] == (
        "both-stand (Anonymous 2025, BBC 2025, Brussels Times 2025); "
        "cannot-judge (BBC 2025)"
    )
