"""Cards show where a thing stands and what was read from it, and escape all of it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.comparing.relations import compare
from sourcebook.views.cards import (
    source_card,
    split_sentence,
    value_words,
    verdict_card,
)
from sourcebook.views.fragment import Fragment

HOSTILE = "\"><script>alert(1)</script><b onclick='x'>&"
OURS = {
    "div", "p", "strong", "a", "blockquote", "mark", "code",
    "table", "tbody", "tr", "th", "td",
}  # fmt: skip


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.attributes, self.cells, self.marked = set(), set(), [], []

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        if self.lasttag in {"th", "td"}:
            self.cells.append(data)
        if self.lasttag == "mark":
            self.marked.append(data)


def read(card):
    reader = Reader()
    reader.feed(card._repr_html_())
    return reader


def facts(card):
    cells = read(card).cells
    return dict(zip(cells[::2], cells[1::2], strict=True))


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_the_passage_meant_is_the_one_marked(claim, nth):
    sentence = "It rose 5% here, rose 5% there, rose 5% in all."
    start = [8, 22, 37][nth]
    meant = claim(
        "bbc-2025/x",
        exact="5%",
        sentence=sentence,
        prefix=f"Before. {sentence[:start]}"[-12:],
        suffix=f"{sentence[start + 2 :]} After."[:12],
    )
    assert split_sentence(meant) == (sentence[:start], "5%", sentence[start + 2 :])


@settings(deadline=None)
@given(st.text("ab 5%", max_size=20).map(str.strip).filter(bool), st.data())
def test_a_sentence_is_only_ever_divided(sentence, data):
    from sourcebook.coding.claims import Claim  # noqa: PLC0415

    start = data.draw(st.integers(0, len(sentence) - 1))
    end = data.draw(st.integers(start + 1, len(sentence)))
    fields = dict.fromkeys(Claim.__dataclass_fields__, "")
    fields |= {
        "sentence": sentence,
        "exact": sentence[start:end],
        "prefix": f"Full stop. {sentence[:start]}",
        "suffix": f"{sentence[end:]} Next.",
    }
    assert split_sentence(Claim(**fields)) == (
        sentence[:start],
        sentence[start:end],
        sentence[end:],
    )


def test_only_the_words_next_to_a_passage_say_which_of_two_is_meant(claim):
    """Letters further off that are alike by chance do not count."""
    sentence = "wxyza 5% qqqqb 5%"
    meant = claim("a/x", exact="5%", sentence=sentence, prefix="wxyzb ", suffix="")
    assert split_sentence(meant)[0] == "wxyza 5% qqqqb "


def test_a_passage_that_is_not_in_its_sentence_is_shown_by_itself(claim):
    assert split_sentence(claim("a/x", exact="gone", sentence="Other.")) == (
        "",
        "gone",
        "",
    )


@pytest.mark.parametrize(
    ("low", "high", "fields", "said"),
    [
        pytest.param("5", "", {}, "5 percent", id="unit"),
        pytest.param("20e9", "25e9", {"unit": "m3", "per": "year"},
                     "20 billion to 25 billion m3 per year", id="range"),
        pytest.param("380", "", {"unit": "", "noun": "lives"}, "380 lives", id="noun"),
        pytest.param("7", "", {"unit": ""}, "7", id="count"),
    ],
)  # fmt: skip
def test_a_value_is_said_with_its_unit(quantity, low, high, fields, said):
    assert value_words(quantity("x", low, high, **fields)) == said


SHEET = {
    "file": "002.txt",
    "sha256": "ab",
    "issued": {"date": "2025", "quote": "", "inferred": "from <the> text"},
    "sponsor": None,
    "genre": "Speech",
    "words": 1200,
    "characters": 7000,
    "about": "What <they> said",
    "speakers": {"d1": {"name": "a diplomat", "named": False, "quote": "a diplomat"}},
    "not_stated": ("author", "outlet"),
    "claims": ({"id": "x"},),
}


def test_a_source_card_states_facts_and_leaves_the_coding_out():
    shown = facts(source_card(SHEET, citekey="bbc-2025"))
    assert list(shown.items()) == [
        ("Title", "none in the file"),
        ("Year", "2025"),
        ("Kind of text", "speech"),
        ("Sponsor", "none named"),
        ("Length", "1,200 words, 7,000 characters"),
        ("About", "What <they> said"),
        ("Dated", "2025; inferred: from <the> text"),
        (
            "Voices besides the author",
            "d1: a diplomat; named: no; shown by: “a diplomat”",
        ),
        ("Not stated in the file", "author; outlet"),
        ("File", "002.txt"),
        ("SHA-256", "ab"),
    ]


def test_a_source_card_says_who_is_the_sponsor_and_by_which_words():
    paid = {**SHEET, "title": "A <b>", "sponsor": {"name": "Acme", "quote": "by Acme"}}
    shown = facts(source_card(paid, citekey="x-1"))
    assert shown["Sponsor"] == "Acme; shown by: “by Acme”"
    assert shown["Title"] == "A <b>"


def test_what_is_known_from_outside_stands_apart():
    known = {"DOI": HOSTILE, "Read": Fragment("<p>there</p>", "there"), "By": {"a": 1}}
    card = source_card(SHEET, citekey="x-1", outside=known)
    inside, apart, beyond = card.html.partition("Known from outside the file")
    assert apart
    assert "DOI" not in inside
    assert "DOI" in beyond
    assert "<p>there</p>" in beyond  # which brings its own markup
    assert "a: 1" in beyond
    assert read(card).names <= OURS
    assert "outside" not in source_card(SHEET, citekey="x-1").html


def test_a_verdict_card_shows_both_intervals_and_the_reason(around, bare):
    verdict = compare(around, bare)
    card = verdict_card(verdict, a=around.id, b=bare.id)
    assert facts(card) == {
        around.id: "[4.5, 5.5]",
        bare.id: "[4.25, 4.35]",
        "Slack at which they meet": "13%",
        "Why": verdict.reason,
    }
    assert repr(card).startswith("contradicts\n")


def test_a_verdict_that_failed_a_gate_names_the_axis(claim, quantity, around):
    other = claim("bbc-2025/x", quantity("5%", "5"), of="EU imports")
    shown = facts(verdict_card(compare(around, other), a="a", b="b"))
    assert shown["Axis"] == "of"
    assert "Slack at which they meet" not in shown
