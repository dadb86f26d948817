"""The page of the record: its matters, its marks, its pictures, its line on cards."""

from __future__ import annotations

import re

import pytest

from sourcebook.comparing.public_record import Record, load_record
from sourcebook.comparing.questions import ask
from sourcebook.errors import SourcebookError
from sourcebook.prose.proofreading import verify_fact
from sourcebook.views.answers import answer_card
from sourcebook.views.record_view import RecordView, matter_card
from sourcebook.views.timeline import lanes


@pytest.fixture(scope="module")
def record(corpus):
    return load_record(corpus)


@pytest.fixture
def view(corpus):
    return RecordView(corpus)


def test_every_fact_and_worked_share_has_one_anchor_on_the_page(view):
    html = view.matters("the mandate").html + view.table().html
    found = re.findall(r'id="fact-([^"]+)"', html)
    shares = [share.entry.id for share in view.record.shares]
    assert sorted(found) == sorted([*(f.id for f in view.record.facts), *shares])


def test_the_record_says_its_size_and_finds_a_fact(view):
    found = len({fact.matter for fact in view.record.facts})
    told = f"{len(view.record.facts)} facts on {found} matters"
    assert repr(view) == f"record: {told}"


def test_the_page_shows_passage_and_fact_side_by_side(root, view):
    page = (root / "notebooks/text/synthesis/record.md").read_text(encoding="utf-8")
    cells = re.findall(r"record\.matters\(([^)]*)\)", page)
    names = [name for cell in cells for name in re.findall(r'"([^"]+)"', cell)]
    assert len(set(names)) == len(names) >= 25
    for name in names:
        card = view.matters(name).html
        assert "#claim-" in card
        assert '<a rel="noopener" href="http' in card


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("8.1 billion cubic metres", "gas-eu-2021"),
        ("14 November 2016", "mandate-2016"),
        ("in 2016", "mandate-2016"),
        ("3.2% in 2022", "demand-2022"),
        ("2.4 %", "share-imports-2021"),
    ],
)
def test_words_that_say_what_a_fact_says_pass(record, words, name):
    verify_fact(words, record, name)


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        ("8.2 billion cubic metres", "gas-eu-2021", "copy one of the figures"),
        ("May 2016", "mandate-2016", "2016-11-14"),
        ("3.3%", "demand-2022", "3.2%"),
        ("the mandate", "mandate-2061", "did you mean 'mandate-2016'"),
    ],
)
def test_words_that_say_something_else_are_refused(record, words, name, said):
    with pytest.raises(SourcebookError, match=said):
        verify_fact(words, record, name)


def test_the_box_at_the_top_takes_no_number_that_nothing_holds(view):
    with pytest.raises(SourcebookError, match="number outside a mark: '9%'"):
        view.in_short("It was 9%, not {fact}`3.2% <demand-2022>`.")
    with pytest.raises(SourcebookError, match="demand-2022"):
        view.in_short("It was {fact}`9% <demand-2022>`.")


def test_a_card_has_the_record_and_is_otherwise_as_before(corpus, record):
    asked = ask("gas", "share-of-eu-gas", corpus=corpus)
    alone, beside = answer_card(asked).text, answer_card(asked, record=record).text
    own = [line for line in beside.split("\n") if not line.startswith("  The record:")]
    assert own == alone.split("\n")
    assert len(beside.split("\n")) - len(own) == 2
    assert answer_card(asked, record=Record()).text == alone


def test_a_line_on_a_card_leads_to_the_fact(corpus, record):
    card = answer_card(ask("treaty", "proposal-year", corpus=corpus), record=record)
    assert 'href="../../notebooks/synthesis/record.html#fact-partnership-' in card.html


def test_the_bars_are_the_facts_and_say_what_they_count(view):
    rows = view.years("gas-eu-2021", "gas-eu-2022", "gas-europe-2024", "demand-2024")
    assert [(row["year"], row["value"], row["text"]) for row in rows] == [
        (2021, 8.1, "8.1"),
        (2022, 11.35, "11.3–11.4"),
        (2024, 12.9, "12.9 (Europe)"),
        (2024, 3.9, "3.9 *"),
    ]


def test_a_fact_in_a_chart_is_no_document_and_no_quotation(view):
    words = {"record/mandate-2016": "mandate", "van-gils-2017/mandate-2016": "said"}
    drawn = lanes(
        {
            "Pages": view.facts("mandate-2016"),
            "Documents": view.claims("van-gils-2017/mandate-2016"),
        },
        words=words,
        title="Two datings",
    )
    (to, said), (_, quoted) = drawn.links
    assert to.endswith("synthesis/record.html#fact-mandate-2016")
    assert said.startswith("public record: The Council")
    assert "“" in quoted
    assert "record" not in view.corpus.sources


def test_a_matter_is_led_by_what_bears_most_on_the_documents(corpus, record):
    added, correct = (
        fact.model_copy(update={"bears": bears})
        for fact, bears in zip(record.facts, ("completes", "corrects"), strict=False)
    )
    card = matter_card([added, correct], [], corpus)
    assert '<span class="sb-badge">Corrects, Completes</span>' in card.html
    assert f'<span class="sb-reply">{correct.fact[:20]}' in card.html


def test_what_a_document_is_comes_with_its_pages(view):
    (first, *_) = view.identity("anonymous-2025").values()
    assert "News.Az" in first.text
    assert '<a rel="noopener" href="https://news.az/' in first.html
    assert view.identity("valiyev-yagubova-2022") == {}
