"""An evidence card says what a claim rests on, in few words, and escapes all of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from sourcebook.comparing.questions import Answer, Silence, ask
from sourcebook.comparing.relations import Verdict
from sourcebook.site.evidence_cards import (
    evidence_card,
    meetings,
    question_card,
    term_card,
)

HOSTILE = "\"></template><script>alert(1)</script><b onclick='x'>&"
ENTRY = "../book/claims/a.html#claim-a"


def verdict(relation, by="computed"):
    return Verdict(relation, "so", by=by)


def source(date="2022-04-29", **speakers):
    named = {key: SimpleNamespace(name=name) for key, name in speakers.items()}
    sheet = SimpleNamespace(issued=SimpleNamespace(date=date), speakers=named)
    return SimpleNamespace(sheet=sheet)


def card(claim, *, of=None, meets=(), href="q#{}"):
    asked = [(meeting, href.format(meeting.question)) for meeting in meets]
    markup = evidence_card(
        claim, of or source(), meets=asked, entry=ENTRY, name="card-a"
    )
    return BeautifulSoup(markup, "html.parser")


def facts(soup):
    return {row.th.get_text(): row.td.get_text() for row in soup.select("tr")}


@pytest.fixture
def answers(around, bare, claim):
    other = claim("bbc-2025/other")

    def question(name):
        return SimpleNamespace(id=name, asks=f"What of {name}?")

    pairs = (
        (around, bare, verdict("contradicts")),
        (around, other, verdict("updates", "declared")),
        (bare, other, verdict("agrees")),
    )
    two = (around, bare)
    return (
        Answer("gas", question("share"), (around, bare, other), pairs),
        Answer(
            "gas", question("trend"), two, ((bare, around, verdict("before")),),
            (Silence("anonymous-2025", ("gas",)),),
        ),
    )  # fmt: skip


def test_a_card_says_who_when_and_how_a_figure_was_read(around):
    soup = card(around)
    assert soup.select_one(".sb-head").get_text() == (
        "policy brief issued 29 April 2022"
    )
    assert facts(soup) == {
        "voice": "the document",
        "value": "5 percent",
        "read as": "4.5 to 5.5, with “around” as 10%",
        "share of": "EU gas demand",
        "where": "EU",
        "when": "April 2022",
    }


def test_a_card_marks_the_passage_and_never_shows_the_whole_sentence(claim):
    tail = "and so on " * 20
    said = claim("bbc-2025/x", exact="it fell", sentence=f"He said it fell {tail}.")
    words = card(said).blockquote
    assert words.mark.get_text() == "it fell"
    assert words.get_text().startswith("He said it fell and so")
    assert words.get_text().endswith("…")
    assert "hedge" not in facts(card(said))


def test_a_speaker_is_named_and_a_missing_date_is_said(claim):
    soup = card(claim("bbc-2025/x", voice="d1"), of=source("", d1="a diplomat"))
    assert facts(soup)["voice"] == "a diplomat"
    assert "undated" in soup.select_one(".sb-head").get_text()


def test_questions_are_found_for_each_claim_in_the_order_of_each_pair(
    answers, around, bare
):
    found = meetings(answers)
    assert [meeting.question for meeting in found[around.id]] == ["share", "trend"]
    assert found[around.id][0].pairs == (
        "BBC report: They contradict each other; A later state",
    )
    assert found[around.id][1].pairs == (
        "BBC report: this came later",
        "opinion piece: does not speak of it",
    )
    assert found[bare.id][0].pairs[0] == "policy brief: They contradict each other"
    assert [meeting.question for meeting in found["bbc-2025/other"]] == ["share"]


def test_a_card_links_to_its_questions_and_to_the_entry(answers, around):
    soup = card(around, meets=meetings(answers)[around.id])
    links = {link.get_text(): link["href"] for link in soup.select("a")}
    assert links == {
        "What of share?": "q#share",
        "What of trend?": "q#trend",
        "The claim’s entry": ENTRY,
    }


def test_a_question_whose_chapter_has_no_page_is_words_only(answers, around):
    soup = card(around, meets=meetings(answers)[around.id], href="")
    assert [link["href"] for link in soup.select("a")] == [ENTRY]
    assert "What of share?" in soup.get_text()


def test_a_claim_held_against_nothing_says_nothing_of_it(around):
    assert "Held against" not in card(around).get_text()


def test_what_describes_a_link_is_there_by_its_id(around):
    soup = card(around)
    assert soup.div["id"] == "card-a"
    assert soup.div["role"] == "group"
    assert "around 5%" in soup.find(id="card-a-says").get_text()


def test_a_card_escapes_whatever_a_source_or_a_sheet_says(claim, quantity):
    said = claim(
        "bbc-2025/x", quantity(HOSTILE, "5"), exact=HOSTILE, sentence=HOSTILE * 3,
        of=HOSTILE, voice=HOSTILE,
    )  # fmt: skip
    for soup in (
        card(said),
        BeautifulSoup(term_card(HOSTILE, [HOSTILE], entry=ENTRY, name="t"), "lxml"),
    ):
        assert not soup.select("script, b, template")
        assert HOSTILE in soup.get_text()


def test_a_term_says_its_meaning_and_where_it_is_explained():
    markup = term_card("Slack", ["One.", "Two."], entry="g.html#t", name="card-t")
    soup = BeautifulSoup(markup, "html.parser")
    assert [p.get_text() for p in soup.select("p")] == [
        "Slack", "One.", "Two.", "In the glossary",
    ]  # fmt: skip
    assert soup.a["href"] == "g.html#t"


def test_the_card_of_a_question_has_its_answer_its_badge_and_its_passages(corpus):
    answer = ask("gas", "share-of-eu-gas", corpus=corpus)
    soup = BeautifulSoup(
        question_card(answer, entry=ENTRY, name="card-q"), "html.parser"
    )
    assert soup.find(id="card-q")["aria-label"] == f"Question: {answer.question.asks}"
    assert soup.select_one(".sb-badge").get_text() == "Different totals"
    reply = soup.select_one(".sb-reply").get_text()
    assert reply.startswith("No fall is shown")
    assert "`" not in reply
    said = [(row.th.get_text(), row.td.get_text()) for row in soup.select("tr")]
    assert [name for name, _ in said] == ["policy brief", "BBC report"]
    assert all(c.exact in w for c, (_, w) in zip(answer.claims, said, strict=True))
    assert soup.a["href"] == ENTRY
