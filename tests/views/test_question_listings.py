"""Questions are listed with their relations; totals add up; changes are told."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.questions import Answer, Silence
from sourcebook.comparing.relations import Verdict
from sourcebook.comparing.release_changes import Change, Changes
from sourcebook.site.listing_pages import said
from sourcebook.views.listings import (
    PageLink,
    changes_listing,
    questions_listing,
    totals_chart,
    totals_listing,
)


def verdict(relation, axis=""):
    return Verdict(relation, "so", axis)


@pytest.fixture
def answers(around, bare, claim):
    third = claim("bbc-2025/other", topic="russia")
    one = SimpleNamespace(
        id="share",
        asks="How much?",
        answer="The brief has {claim}`around 5% <valiyev-yagubova-2022/share>`.",
        adjudication="open",
        cause="denominator",
    )
    two = SimpleNamespace(
        id="more", asks="More?", answer="Yes.", adjudication="prefer-a", cause="none"
    )
    return (
        Answer(
            "gas",
            one,
            (around, bare, third),
            (
                (around, bare, verdict("not-comparable", "of")),
                (around, third, verdict("supports")),
                (bare, third, verdict("supports")),
            ),
        ),
        Answer("war", two, (bare,), (), (Silence("van-gils-2017", ("x",)),)),
    )


def test_a_question_has_its_relations_sources_and_topics_once(answers):
    first, second = questions_listing(answers).rows
    assert first[0] == PageLink(
        "How much?", "notebooks/synthesis/gas", "question-share"
    )
    assert first[1] == "The brief has around 5%."
    assert first[3:5] == (
        ("Different totals", "They point the same way"),
        "Left open",
    )
    assert [link.words for link in first[5]] == [
        "“around 5%”",
        "“4.3%”",
        "“some words”",
    ]
    assert first[6] == ("policy brief", "BBC report")
    assert first[7:] == (("gas share", "Russia"), "gas")
    assert second[3] == ("Not in every text",)
    assert second[6] == ("BBC report", "van Gils study")


def test_what_proves_a_row_away_stands_aside(answers):
    aside = [c.name for c in questions_listing(answers).columns if c.aside]
    assert {"how claims compare", "what we make of it", "passages"} <= set(aside)
    assert {"question", "answer", "what came out"}.isdisjoint(aside)


def test_totals_add_up(answers):
    listing = totals_listing(answers)
    assert [column.name for column in listing.columns] == [
        "relation",
        "pairs",
        "Left open",
        "The first is better supported",
    ]
    assert listing.rows == (
        ("They point the same way", "2", "2", "0"),
        ("Not in every text", "1", "0", "1"),
        ("Not the same thing", "1", "1", "0"),
        ("all", "4", "3", "1"),
    )


def test_the_chart_says_what_it_draws(answers):
    assert totals_chart(answers).description == (
        "“They point the same way” comes out most often: "
        "They point the same way 2; Not in every text 1; Not the same thing 1."
    )


def test_relations_come_by_number_and_then_by_name_with_room_for_the_number(answers):
    spec = totals_chart(answers).spec
    pairs = [(row["relation"], row["pairs"]) for row in spec["data"]["values"]]
    assert pairs == sorted(pairs, key=lambda row: (-row[1], row[0]))
    text = str(spec)
    assert "'domain': [0, 2.4]" in text


def test_a_change_leads_to_its_question_while_there_is_one(answers):
    changes = (
        Change("gas/share", "a/x", "b/x", "agrees", "supports"),
        Change("gas/gone", "a/x", "b/x", "agrees", ""),
    )
    rows = changes_listing(changes, answers, caption="c").rows
    assert rows[0][0] == PageLink(
        "How much?", "notebooks/synthesis/gas", "question-share"
    )
    assert rows[0][3:] == ("The same figure", "They point the same way")
    assert rows[1][0] == "gas/gone"
    assert rows[1][3:] == ("The same figure", "not compared")


def test_the_sentence_about_changes_counts_every_heap():
    one = (Change("q", "a", "b", "x", "y"),)
    assert (
        said(Changes("", (), one, (), ())) == "There is no earlier release on record."
    )
    words = said(Changes("0.1.0", (), one * 2, one * 3, one * 4))
    assert words == (
        "Held against release 0.1.0, pair by pair: none flipped, 4 unchanged, 2 new, "
        "3 no longer compared."
    )
    assert "1 flipped" in said(Changes("0.1.0", one, (), (), ()))
