"""Actors are found by name, once each, and never inside another word or name."""

import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.errors import SourcebookError
from sourcebook.reading.actors import co_mentions, read_actors, with_own
from sourcebook.reading.citations import read_citations, read_interviews
from sourcebook.reading.text import Span, read_document

SEEDS = Path(__file__).parents[2] / "seeds"
FILES = sorted(SEEDS.glob("*.txt"))
TABLE = yaml.safe_load((SEEDS / "actors.yml").read_text(encoding="utf-8"))
ALIASES = {actor: entry.get("aliases", ()) for actor, entry in TABLE.items()}


def named(text, aliases=ALIASES, **options):
    return [
        (mention.text, mention.actor)
        for mention in read_actors(text, aliases, **options)
    ]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Azerbaijan’s rise", [("Azerbaijan", "Azerbaijan")]),
        ("Azerbaijan's rise", [("Azerbaijan", "Azerbaijan")]),
        ("Anti-Azerbaijani rhetoric", [("Azerbaijani", "Azerbaijan")]),
        ("pro-Kremlin voices", [("Kremlin", "Russia")]),
        ("Azerbaijanization", []),
        ("the EUR and the EPF", []),
        ("azerbaijan and the eu", []),
        ("non-EU countries", []),
        ("Non-Russian gas", []),
        ("EU–Azerbaijan", [("EU", "EU"), ("Azerbaijan", "Azerbaijan")]),
        (
            "the EU–Azerbaijan Security Dialogue",
            [("EU", "EU"), ("Azerbaijan", "Azerbaijan")],
        ),
        ("held in “Brussels”—and", [("Brussels", "EU")]),
        ("© The Brussels Times.", [("The Brussels Times", "The Brussels Times")]),
        ("the Washington summit in Washington, DC", []),
        (
            "relations between Brussels and Baku",
            [("Brussels", "EU"), ("Baku", "Azerbaijan")],
        ),
        ("a visit to Baku", [("Baku", "Azerbaijan")]),
        ("Baku mayor's office", [("Baku mayor's office", "Baku mayor’s office")]),
        (
            "the EU Delegation in Baku",
            [("EU Delegation in Baku", "EU Delegation in Baku")],
        ),
        (
            "Georgia and the Georgian government",
            [("Georgia", "Georgia"), ("Georgian government", "Georgia")],
        ),
        ("President Ilham Aliyev", [("President Ilham Aliyev", "Ilham Aliyev")]),
        ("President Aliyev’s son", [("President Aliyev", "Ilham Aliyev")]),
        ("Heydar Aliyev’s son", [("Heydar Aliyev", "Heydar Aliyev")]),
        ("Aliyev said", []),
        (
            "the OSCE and the OSCE Minsk group",
            [("OSCE", "OSCE"), ("OSCE Minsk group", "OSCE Minsk group")],
        ),
        (
            "the European Parliament Delegation",
            [("European Parliament Delegation", "EP Delegation")],
        ),
        (
            "EU-Azerbaijan Cooperation Council",
            [("EU-Azerbaijan Cooperation Council", "Cooperation Council")],
        ),
        (
            "EU–Azerbaijan Cooperation Council",
            [("EU–Azerbaijan Cooperation Council", "Cooperation Council")],
        ),
        ("the C5+1 framework, a C6", [("C5+1", "C5+1"), ("C6", "C5+1")]),
        (
            "the Karabakh Armenians, Karabakh Armenian separatists",
            [
                ("Karabakh Armenians", "Karabakh Armenians"),
                ("Karabakh Armenian separatists", "Karabakh separatists"),
            ],
        ),
        ("Nagorno-Karabakh", [("Nagorno-Karabakh", "Karabakh")]),
        (
            "the Western Balkans, the West",
            [("Western Balkans", "Western Balkans"), ("the West", "the West")],
        ),
        ("Central Asia", [("Central Asia", "Central Asia")]),
        ("", []),
    ],
)
def test_names_in_running_text(text, answer):
    assert named(text) == answer


def test_an_author_is_no_actor_where_citations_are_kept_apart():
    text = "Aliyev fell (Paul in Chiragov et al. 2015, 83; Aliyev 2008); Aliyev left."
    aliases = {"Heydar Aliyev": ["Aliyev"], "Paul": []}
    apart = read_citations(text)
    assert named(text, aliases) == [
        ("Aliyev", "Heydar Aliyev"),
        ("Paul", "Paul"),
        ("Aliyev", "Heydar Aliyev"),
        ("Aliyev", "Heydar Aliyev"),
    ]
    assert [m.start for m in read_actors(text, aliases, apart=apart)] == [0, 61]


def test_a_name_is_kept_apart_only_where_it_touches():
    found = read_actors("EU EU EU", {"EU": []}, apart=[Span(1, 3), Span(5, 6)])
    assert [mention.start for mention in found] == [3, 6]
    assert read_actors("EU EU EU", {"EU": []}, apart=[Span(0, 8), Span(1, 2)]) == ()


def test_the_longer_name_wins_whatever_the_order_of_the_table():
    for order in (
        [("A", ["New"]), ("B", ["New York"])],
        [("B", ["New York"]), ("A", ["New"])],
    ):
        assert named("New York, New", dict(order)) == [("New York", "B"), ("New", "A")]


def test_no_table_finds_nobody():
    assert read_actors("Baku", {}) == ()


@pytest.mark.parametrize(
    ("aliases", "message"),
    [
        ({"A": ["x"], "B": ["x"]}, "alias 'x' names two actors: 'A' and 'B'"),
        ({"A": [], "B": ["A"]}, "alias 'A' names two actors: 'A' and 'B'"),
        ({"A": [""]}, "actor 'A': an alias without a letter"),
    ],
    ids=["shared", "name-of-another", "empty"],
)
def test_a_table_that_cannot_be_meant_is_refused(aliases, message):
    with pytest.raises(SourcebookError, match="fix: ") as error:
        read_actors("x", aliases)
    assert str(error.value).startswith(message)


def test_a_source_adds_to_the_shared_table_and_overrules_it():
    shared = {"EU": ["European Union", "Brussels"], "Azerbaijan": ["Baku"]}
    own = {"European Union": ["the bloc"], "city of Baku": ["Baku"]}
    assert with_own(shared, own) == {
        "EU": ("European Union", "Brussels", "the bloc"),
        "Azerbaijan": (),
        "city of Baku": ("Baku",),
    }
    assert shared["Azerbaijan"] == ["Baku"]


# ---------------------------------------------------------------------- the documents


def test_the_shared_table_is_whole():
    known = {"kind", "aliases", "who"}
    assert all({"kind"} <= set(entry) <= known for entry in TABLE.values())
    kinds = {"state", "institution", "organisation", "person", "group", "region"}
    assert {entry["kind"] for entry in TABLE.values()} == kinds
    for aliases in ALIASES.values():
        assert len(set(aliases)) == len(aliases)


def mentions_in(file):
    document = read_document(file, citekey="x")
    apart = [*read_citations(document.text), *read_interviews(document.text)]
    return document, read_actors(document.text, ALIASES, apart=apart)


def test_every_actor_of_the_table_is_named_in_a_document():
    actors = {mention.actor for file in FILES for mention in mentions_in(file)[1]}
    assert set(ALIASES) - actors == set()


def test_baku_is_always_the_government():
    found = [m for file in FILES for m in mentions_in(file)[1] if m.text == "Baku"]
    assert (len(found), {m.actor for m in found}) == (45, {"Azerbaijan"})


@pytest.mark.parametrize(
    ("number", "counts"),
    [
        (
            "000",
            {
                "Azerbaijan": 59,
                "Russia": 44,
                "EU": 38,
                "Ukraine": 10,
                "Karabakh Armenians": 2,
                "Karabakh separatists": 4,
            },
        ),
        (
            "001",
            {
                "Heydar Aliyev": 2,
                "Ilham Aliyev": 5,
                "Belarus": 4,
                "EEAS": 6,
                "Edkins": 2,
                "Cornell": 1,
            },
        ),
        ("002", {"Azerbaijan": 17, "EU": 10, "Russia": 9, "Kaja Kallas": 1, "EEAS": 2}),
        (
            "003",
            {
                "EU": 30,
                "Georgia": 13,
                "Armenia": 10,
                "Kaja Kallas": 4,
                "Hungary": 4,
                "Josep Borrell": 2,
            },
        ),
        (
            "004",
            {
                "Azerbaijan": 22,
                "Elchin Amirbayov": 8,
                "NATO": 4,
                "Belgium": 5,
                "The Brussels Times": 1,
            },
        ),
    ],
    ids=["brief", "article", "report", "opinion", "sponsored"],
)
def test_mentions_counted(number, counts):
    (file,) = [file for file in FILES if file.name.startswith(number)]
    found = Counter(mention.actor for mention in mentions_in(file)[1])
    assert {actor: found[actor] for actor in counts} == counts


def test_who_is_mentioned_with_whom_in_the_opinion_piece():
    document, found = mentions_in(FILES[3])
    pairs = {
        (pair.one, pair.other): pair for pair in co_mentions(found, document.sentences)
    }
    kallas = pairs["Ilham Aliyev", "Josep Borrell"]
    (at,) = kallas.sentences
    sentence = document.sentences[at]
    words = document.text[sentence.start : sentence.end]
    assert "her predecessor, Josep Borrell" in words
    assert pairs["Armenia", "Hungary"].count == 3


# ---------------------------------------------------------------------- pairs, any text


def test_pairs_are_counted_by_sentence_and_sorted():
    text = "A, A, B. C, B, A. B! C. A"
    sentences = [Span(0, 8), Span(9, 17), Span(18, 20), Span(21, 23)]
    found = read_actors(text, {"A": [], "B": [], "C": []})
    assert [
        (p.one, p.other, p.count, p.sentences) for p in co_mentions(found, sentences)
    ] == [
        ("A", "B", 2, (0, 1)),
        ("A", "C", 1, (1,)),
        ("B", "C", 1, (1,)),
    ]
    assert co_mentions(found, []) == ()


@given(
    st.lists(
        st.sampled_from([*ALIASES, "Baku", "and", "the", "’s", "-", ". "]), max_size=30
    )
)
def test_mentions_are_sorted_apart_and_as_printed(words):
    text = " ".join(words)
    found = read_actors(text, ALIASES)
    assert all(m.text == text[m.start : m.end] for m in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for actor in ALIASES:
        if actor in words:
            assert any(actor in mention.text for mention in found)


def test_reading_time_does_not_run_away():
    text = "the European Parliament Delegation for the South " * 4000
    start = time.process_time()
    assert len(read_actors(text, ALIASES)) == 4000
    assert time.process_time() - start < 2
