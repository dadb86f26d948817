"""Forecasts stand beside later reports as the answers have them, silence included."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sourcebook.comparing.questions import answer_chapter
from sourcebook.errors import SourcebookError
from sourcebook.views.forecasts import foreseen_rows, later_reports, left_out_table

BRIEF = "valiyev-yagubova-2022"
LABELS = {
    f"{BRIEF}/room-shrinking": "room shrinks",
    f"{BRIEF}/balanced-policy": "balance goes on",
    f"{BRIEF}/russia-maximizes": "peacekeepers are used",
    f"{BRIEF}/hard-power-harshened": "hard power is harsher",
}
PLAN = f"{BRIEF}/network-plans"
LATER = ["anonymous-2025", "bbc-2025", "brussels-times-2025"]


def answered(corpus, *chapters):
    return [
        answer
        for name in chapters
        for answer in answer_chapter(corpus.root / f"book/questions/{name}.yml", corpus)
    ]


@pytest.fixture(scope="module")
def answers(corpus):
    return answered(corpus, "moscow", "gas")


@pytest.fixture(scope="module")
def brief(corpus):
    return corpus.sources[BRIEF]


@pytest.fixture(scope="module")
def left_out(brief):
    others = [claim.id for claim in brief.claims(kind="forecast")]
    return {name: f"so: {name}" for name in others if name not in LABELS}


@pytest.fixture(scope="module")
def draw(answers, brief):
    def drawn(labels, left_out):
        return foreseen_rows(
            answers,
            by=brief,
            labels=LABELS | labels,
            left_out=left_out,
            words={"bbc-2025/larger-role": "experts see a challenge"},
            sources=LATER,
        )

    return drawn


@pytest.fixture(scope="module")
def rows(draw, left_out):
    drawn = draw({PLAN: "Bulgaria is reached"}, left_out)
    return {row["text"]: row["later"] for row in drawn}


def test_each_later_claim_has_the_outcome_that_its_relation_bears(rows):
    said = {each["claim"]: each["outcome"] for each in rows["balance goes on"]}
    assert said == {
        "bbc-2025/larger-role": "points the other way",
        "bbc-2025/pocketed-attention": "points that way",
        "brussels-times-2025/not-directed": "points that way",
        "brussels-times-2025/wants-partnership": "cannot be told",
    }
    (reached,) = rows["Bulgaria is reached"]
    assert reached["outcome"] == "points that way"


def test_a_report_of_something_else_says_nothing_of_the_outcome(rows):
    spoken = {each["outcome"] for each in rows["hard power is harsher"][:-1]}
    assert spoken == {"cannot be told"}


def test_a_later_claim_is_told_in_words_or_quoted(rows):
    told = {each["claim"]: each["text"] for each in rows["room shrinks"]}
    assert told["bbc-2025/larger-role"] == "experts see a challenge"
    assert told["bbc-2025/pocketed-attention"].startswith("“Azerbaijan has pocketed")


def test_what_is_not_mentioned_is_one_entry_for_all_who_were_searched(rows):
    assert rows["peacekeepers are used"] == [
        {
            "outcome": "not mentioned",
            "text": "opinion piece (2025), BBC report (2025), sponsored article (2025)",
        }
    ]


def test_who_speaks_of_a_forecast_is_not_said_not_to_mention_it(
    answers, brief, left_out
):
    named = {answer.question.id: answer for answer in answers}
    room, name = named["room-to-manoeuvre"], f"{BRIEF}/room-shrinking"
    searched = named["peacekeepers-as-lever"].silences[:3]
    silences = tuple(replace(each, claim=name) for each in searched)
    (row,) = foreseen_rows(
        [replace(room, silences=silences)],
        by=brief,
        labels={name: "room shrinks"},
        left_out=left_out | {other: "x" for other in LABELS if other != name},
        words={},
        sources=LATER,
    )
    assert row["later"][-1]["text"] == "opinion piece (2025), sponsored article (2025)"


def test_a_row_is_silent_on_its_own_words_only(answers):
    """The threat's terms say nothing of the forecast that it is an example of."""
    harder = [
        each.verdict.reason
        for each in later_reports(answers)
        if each.forecast == f"{BRIEF}/hard-power-harshened" and not each.claim
    ]
    assert len(harder) == 2
    assert all("hard power" in reason for reason in harder)


def test_terms_that_stand_for_no_claim_by_name_are_no_row_s_own(corpus):
    """What Karabakh's inhabitants are called is not what was foreseen of talks."""
    foreseen = {each.forecast for each in later_reports(answered(corpus, "peace"))}
    assert f"{BRIEF}/eu-reconstruction" in foreseen
    assert f"{BRIEF}/talks-with-moscow" not in foreseen


def test_an_earlier_document_reports_nothing_of_a_forecast(corpus, brief, left_out):
    name = f"{BRIEF}/guarantees-needed"
    (row,) = [
        row
        for row in foreseen_rows(
            answered(corpus, "moscow", "leverage"),
            by=brief,
            labels=LABELS | {name: "guarantees"},
            left_out={key: left_out[key] for key in left_out if key != name},
            words={},
            sources=LATER,
        )
        if row["claim"] == name
    ]
    assert "van-gils-2017" not in {
        each.get("claim", "").partition("/")[0] for each in row["later"]
    }


@pytest.mark.parametrize(
    ("labels", "others", "fault"),
    [
        pytest.param({}, {f"{BRIEF}/betrayal": None}, "not left out: ", id="missing"),
        pytest.param({f"{BRIEF}/betrayal": "x"}, {}, "and left out: ", id="twice"),
        pytest.param({}, {f"{BRIEF}/ceasefire": "x"}, "that are none: ", id="none"),
        pytest.param(
            {f"{BRIEF}/own-arsenals": "x"},
            {f"{BRIEF}/own-arsenals": None},
            "no question holds against a later document: ",
            id="unasked",
        ),
    ],
)
def test_no_forecast_drops_out_unseen(draw, left_out, labels, others, fault):
    kept = {k: v for k, v in (left_out | others).items() if v}
    with pytest.raises(SourcebookError, match=fault):
        draw(labels, kept)


def test_what_is_left_out_is_printed_with_its_reason(brief, left_out):
    table = left_out_table(brief, left_out)
    assert len(table) == len(left_out)
    own = table[table["forecast"].str.contains("their own arsenal")].iloc[0]
    assert own["why it is left out"] == f"so: {BRIEF}/own-arsenals"


def test_a_source_is_no_later_report_of_its_own_forecast(answers):
    assert all(
        not each.forecast.startswith(each.source) for each in later_reports(answers)
    )
