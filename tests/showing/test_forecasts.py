"""Forecasts stand beside later reports as the answers have them, silence included."""

from __future__ import annotations

import pytest

from sourcebook.comparing.questions import answer_chapter
from sourcebook.errors import SourcebookError
from sourcebook.showing.forecasts import (
    forecast_cells,
    forecasts_table,
    later_reports,
    left_out_table,
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
def brief(corpus):
    return corpus.sources[BRIEF]


@pytest.fixture(scope="module")
def left_out(brief):
    others = [claim.id for claim in brief.claims(kind="forecast")]
    return {name: f"so: {name}" for name in others if name not in LABELS}


@pytest.fixture(scope="module")
def cells(answers, brief, left_out):
    drawn = forecast_cells(
        answers, by=brief, labels=LABELS, left_out=left_out, sources=LATER
    )
    return {(cell["row"], cell["column"]): cell for cell in drawn}


def test_each_cell_says_what_the_answers_say(cells):
    assert cells["room shrinks", "BBC report"]["value"] == -1
    assert cells["balance goes on", "sponsored article"]["value"] == 1
    assert cells["no Finlandization", "BBC report"]["value"] == 0
    assert "runs-against" in cells["room shrinks", "BBC report"]["words"]


def test_a_source_that_says_both_is_not_booked_for_one(cells):
    both = cells["balance goes on", "BBC report"]
    assert both["value"] == 0
    assert "bears-out" in both["words"]
    assert "runs-against" in both["words"]


def test_silence_is_empty_and_shows_its_terms(cells):
    silent = cells["peacekeepers are used", "BBC report"]
    assert "value" not in silent
    assert "peacekeep*" in silent["words"]
    assert cells["room shrinks", "sponsored article"]["words"].startswith("not asked")


def test_a_row_is_silent_on_its_own_words_only(answers):
    """The threat's terms say nothing of the forecast that it is an example of."""
    harder = [
        each.verdict.reason
        for each in later_reports(answers)
        if each.forecast == f"{BRIEF}/hard-power-harshened" and not each.claim
    ]
    assert len(harder) == 2
    assert all("hard power" in reason for reason in harder)


def test_no_forecast_drops_out_unseen(answers, brief, left_out):
    def drawn(labels, others):
        return forecast_cells(
            answers, by=brief, labels=labels, left_out=others, sources=LATER
        )

    first, *rest = left_out
    with pytest.raises(SourcebookError, match=f"not left out: {first}\n"):
        drawn(LABELS, {name: left_out[name] for name in rest})
    with pytest.raises(SourcebookError, match=f"and left out: {first}\n"):
        drawn(LABELS | {first: "x"}, left_out)
    with pytest.raises(SourcebookError, match=f"none: {BRIEF}/ceasefire\n"):
        drawn(LABELS, left_out | {f"{BRIEF}/ceasefire": "x"})


def test_what_is_left_out_is_printed_with_its_reason(brief, left_out):
    table = left_out_table(brief, left_out)
    assert len(table) == len(left_out)
    own = table[table["forecast"].str.contains("their own arsenal")].iloc[0]
    assert own["why it is left out"] == f"so: {BRIEF}/own-arsenals"


def test_a_source_is_no_later_report_of_its_own_forecast(answers):
    assert all(
        not each.forecast.startswith(each.source) for each in later_reports(answers)
    )


def test_the_table_quotes_the_forecast_and_names_our_judgement(answers):
    row = forecasts_table(answers, labels=LABELS, sources=LATER).iloc[0]
    assert "likely to keep shrinking" in row["forecast"]
    assert row["later"] == "BBC report: runs-against; BBC report: in-tension"
    assert row["what we make of it"] == "open"


def test_a_row_has_no_judgement_of_another_claim(answers):
    harder = f"{BRIEF}/hard-power-harshened"
    table = forecasts_table(answers, labels={harder: "harder"}, sources=LATER)
    row = table.iloc[0]
    assert row["what we make of it"] == "cannot-judge"


@pytest.mark.parametrize(
    ("chapter", "name", "judged"),
    [
        pytest.param(
            "leverage",
            "guarantees-needed",
            "both-stand (opinion piece, BBC report); cannot-judge (opinion piece)",
            id="two judgements say on whom each is",
        ),
        pytest.param(
            "people", "people-to-people", "", id="an earlier document is none"
        ),
    ],
)
def test_judgements_are_of_the_later_documents(chapter, name, judged, corpus):
    asked = answer_chapter(corpus.root / f"book/questions/{chapter}.yml", corpus)
    row = forecasts_table(
        asked, labels={f"{BRIEF}/{name}": name}, sources=["anonymous-2025", "bbc-2025"]
    ).iloc[0]
    assert row["what we make of it"] == judged


def test_terms_that_stand_for_no_claim_by_name_are_no_row_s_own(corpus):
    """What Karabakh's inhabitants are called is not what was foreseen of talks."""
    peace = answer_chapter(corpus.root / "book/questions/peace.yml", corpus)
    foreseen = {each.forecast for each in later_reports(peace)}
    assert f"{BRIEF}/eu-reconstruction" in foreseen
    assert f"{BRIEF}/talks-with-moscow" not in foreseen
