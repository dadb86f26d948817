"""A question's card leads to its passages and escapes what a source says."""

from __future__ import annotations

from fractions import Fraction

from sourcebook.coding.book_files import BADGES, question_anchor
from sourcebook.comparing.questions import ask, build_bridge
from sourcebook.views.answers import (
    ChapterView,
    answer_card,
    answer_cards,
    answers_table,
    readings_table,
)
from sourcebook.views.fragment import Fragment, facts_html, facts_text
from sourcebook.views.tables import show_table


def test_each_passage_leads_to_its_entry(corpus):
    card = answer_card(ask("gas", "share-of-eu-gas", corpus=corpus))
    for name in ("valiyev-yagubova-2022-gas-share", "bbc-2025-gas-share"):
        assert f'#claim-{name}">“' in card.html
    assert 'id="question-share-of-eu-gas"' in card.html


def test_a_card_that_a_chapter_has_shown_does_not_come_again_at_its_end(corpus):
    chapter = ChapterView("tone", corpus)
    names = [*chapter.answers][:2]
    cards = [f'id="{question_anchor(name)}"><summary>' for name in chapter.answers]
    shown, rest = chapter.questions(*names).html, chapter.table().html
    assert [card in shown for card in cards[:3]] == [True, True, False]
    assert [card in rest for card in cards[:3]] == [False, False, True]


def test_a_chapter_says_its_size_and_finds_a_claim(corpus):
    chapter = ChapterView("tone", corpus)
    assert repr(chapter) == f"chapter tone: {len(chapter.answers)} questions"
    assert chapter.claim("bbc-2025/gas-share") is corpus.claim("bbc-2025/gas-share")


def test_what_opens_a_chapter_counts_its_questions(corpus):
    chapter = ChapterView("tone", corpus)
    assert f"{len(chapter.answers)} questions<span" in chapter.in_short().html


def test_a_card_says_what_came_out_in_words(corpus):
    card = answer_card(ask("gas", "share-of-eu-gas", corpus=corpus))
    assert '<span class="sb-badge">Different totals</span>' in card.html
    assert "not-comparable" not in card.html.partition("How this was worked out")[0]


def test_a_card_leads_to_what_its_badge_means(corpus):
    card = answer_card(ask("gas", "share-of-eu-gas", corpus=corpus))
    assert f'“Different totals”: <a href="../../{BADGES}">' in card.html


def test_a_badge_has_no_link_where_no_page_explains_it(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("sourcebook.views.answers.find_root", lambda: tmp_path)
    card = answer_card(ask("gas", "share-of-eu-gas", corpus=corpus))
    assert "“Different totals”" in card.html
    assert BADGES not in card.html


def test_a_card_says_what_each_source_carries(corpus):
    card = answer_card(ask("gas", "share-of-eu-gas", corpus=corpus))
    folded = card.html.partition("How this was worked out")[2]
    assert "not-comparable(of)" in folded
    assert "one claim left, nothing to compare" in folded
    assert "Independent origins: 2" in card.text


def test_many_pairs_alike_are_told_as_one_and_listed_with_the_workings(corpus):
    card = answer_card(ask("gas", "union-and-members", corpus=corpus))
    first, _, second = card.text.partition("In the data")[0].partition("One pair")
    assert first.count("How they compare") == 1
    assert "Different totals (10 pairs)." in first
    assert second.count("One pair") == 9


def test_a_fold_is_written_open(corpus):
    card = answer_card(ask("gas", "share-of-eu-gas", corpus=corpus))
    assert card.html.count("<details") == card.html.count(" open") == 2


def test_two_slacks_below_the_rounding_are_said_to_be_governed_by_it(corpus):
    """A share of 5 printed in whole percent is open by a tenth of itself either way."""
    asked = ask("gas", "share-of-eu-gas", corpus=corpus)
    slacks = [Fraction(1, 20), Fraction(1, 10), Fraction(1, 5)]
    table = readings_table(
        build_bridge(asked, "demand-cap", corpus=corpus, slack=k) for k in slacks
    )
    assert list(table["governed by"]) == ["rounding", "rounding", "slack"]
    assert table["at most"].nunique() == 2


def test_several_cards_stand_in_the_order_asked_for(corpus):
    asked = ask("gas", "share-of-eu-gas", corpus=corpus)
    both = answer_cards({"a": asked, "b": asked}, ["b", "a"])
    assert both.html.count("sb-answer") == 2


def test_the_overview_leads_to_the_cards(corpus):
    asked = ask("gas", "share-of-eu-gas", corpus=corpus)
    table = show_table(answers_table([asked]), caption="Questions")
    printed = "What share of the EU’s gas comes from Azerbaijan?"
    assert f'<a href="#question-share-of-eu-gas">{printed}</a>' in table.html
    assert table.text.splitlines()[2].split("\t")[0] == asked.question.asks


def test_only_a_fragment_brings_markup():
    facts = [("plain", "<b>"), ("made", Fragment("<i>x</i>", "x"))]
    assert "&lt;b&gt;" in facts_html(facts)
    assert "<i>x</i>" in facts_html(facts)
    assert facts_text(facts) == "  plain: <b>\n  made: x"
