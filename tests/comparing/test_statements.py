"""Statements about the collection: what a query gives, and whether words say it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from sourcebook.comparing.questions import answer_all
from sourcebook.comparing.statement_words import COUNT_RULES, called, hold
from sourcebook.comparing.statements import Collection, Given, give, read_query
from sourcebook.errors import SourcebookError

ROOT = Path(__file__).parents[2]
NAMES = {
    "policy brief": frozenset({"brief"}),
    "the brief": frozenset({"brief"}),
    "bbc report": frozenset({"bbc"}),
    "the report": frozenset({"bbc", "un"}),
}
GAS = "texts: word=gas, source=van-gils-2017"
NAMED = "texts: word=NATO|OSCE|UN|CSTO|Amnesty, source=bbc-2025, each=word"
AMOUNT = "claims: topic=gas-volume, kind=quantity"
PARTS = "sources: are sponsor!=*"


@pytest.fixture(scope="module")
def collection(corpus):
    return Collection(corpus, answer_all(corpus))


@pytest.fixture(scope="module")
def says(collection):
    """Return a function: whether words hold of a query, in the book as it is."""
    names = called(collection.corpus.sources.values())

    def holds(words, query):
        try:
            hold(words, give(read_query(query), collection), names)
        except SourcebookError:
            return False
        return True

    return holds


def given(found, among, *sources, query="claims:"):
    everything = tuple(map(str, range(among)))
    return Given(
        read_query(query),
        everything[:found],
        everything,
        frozenset(sources),
        frozenset(),
    )


def counted(words):
    found, among = map(int, words.split(" of "))
    return given(found, among, *(("brief",) if found else ()))


def refused(words, state):
    try:
        hold(words, state, NAMES)
    except SourcebookError:
        return True
    return False


@pytest.mark.parametrize("rule", COUNT_RULES, ids=lambda rule: rule[0])
def test_each_rule_takes_its_example_and_no_other_count(rule):
    words, _, counts = rule[3].partition(": ")
    hold(words, counted(counts), NAMES)
    assert refused(words, counted(rule[4]))


@pytest.mark.parametrize(
    ("words", "found", "among"),
    [
        ("two of the five", 2, 6),
        ("two of the five", 1, 5),
        ("none of the five", 0, 4),
        ("all five documents", 5, 6),
        ("all five documents", 4, 4),
        ("every claim of it", 0, 0),
        ("at least three", 2, 9),
        ("the only amount", 2, 9),
        ("the brief's only amount", 2, 9),
        ("five shares", 6, 6),
        ("the brief and the report", 3, 9),
        ("a share of gas", 1, 1),
        ("two amounts and three shares and one more", 2, 3),
        ("two amounts beside three shares", 2, 3),
    ],
)
def test_words_that_say_something_else_are_refused(words, found, among):
    assert refused(words, given(found, among, "brief"))


@pytest.mark.parametrize(("found", "end"), [(8, "7"), (9, "7, …")])
def test_a_refusal_names_eight_of_what_is_found(found, end):
    with pytest.raises(SourcebookError, match=f": 0, 1, 2, 3, 4, 5, 6, {end}\n"):
        hold("two of them", given(found, 9, "brief"), NAMES)


def test_only_with_a_document_means_that_document_alone():
    hold("only the brief has amounts", given(3, 9, "brief"), NAMES)
    assert refused("only the brief has amounts", given(3, 9, "brief", "bbc"))
    assert refused("only the BBC report has amounts", given(3, 9, "brief"))


def test_a_document_in_which_nothing_is_found_needs_a_word_that_says_so():
    hold("the brief has no share", given(0, 9, "brief"), NAMES)
    assert refused("the brief has a share", given(0, 9, "brief"))


def test_a_name_that_two_documents_share_may_mean_either():
    hold("the brief and the report: two", given(2, 9, "brief", "un"), NAMES)
    assert refused("the brief and the BBC report: two", given(2, 9, "brief", "un"))


def test_quoted_words_count_nothing():
    hold("two that say “all five of them”", given(2, 9), NAMES)


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("the only amount of gas", AMOUNT),
        ("The policy brief's is the only amount of gas", AMOUNT),
        ("five totals", "claims: measure=share-of-gas, each=of"),
        ("two of the five", "claims: measure=share-of-gas, each=source"),
        ("all five", "claims: measure=share-of-gas are status=A"),
        ("five documents", "sources:"),
        ("the only one", "sources: sponsor=*"),
        ("four of five", "sources: are sponsor!=*"),
        ("The van Gils study does not name gas", GAS),
        ("none of the five", NAMED),
        ("no claim", "claims: source=anonymous-2025, topic=gas-share"),
        ("one claim", "claims: voice=cited:IWPR 2016"),
        ("no claim", "claims: actor=NATO, topic=gas-share"),
        ("nine claims", "claims: key=yes, source=bbc-2025"),
        ("nine claims", "claims: key=yes, source=bbc*"),
    ],
)  # fmt: skip
def test_what_the_book_holds(says, words, query):
    assert says(words, query)


@pytest.mark.parametrize(
    ("words", "query"),
    [
        ("The BBC report's is the only amount of gas", AMOUNT),
        ("six totals", "claims: measure=share-of-gas, each=of"),
        ("none of the five", "texts: word=gas"),
        ("all five documents", "texts: word=gas"),
        ("the BBC report does not name gas", GAS),
    ],
)
def test_what_the_book_does_not_hold(says, words, query):
    assert not says(words, query)


@pytest.fixture(scope="module")
def six(collection):
    """The collection with a sixth document, which gives an amount of gas."""
    corpus = collection.corpus
    known = corpus.claim("valiyev-yagubova-2022/gas-target")
    new = replace(known, id="acme-2026/amount", source="acme-2026")
    more = SimpleNamespace(
        root=corpus.root,
        codebook=corpus.codebook,
        sources={**corpus.sources, "acme-2026": corpus.sources[known.source]},
        claims=(*corpus.claims, new),
    )
    return Collection(more, collection.answers)


def test_a_sixth_document_with_an_amount_of_gas_ends_the_only_one(collection, six):
    """What was true of five sheets is looked at again with the sixth."""
    hold("the only amount of gas", give(read_query(AMOUNT), collection), NAMES)
    with pytest.raises(SourcebookError, match="acme-2026/amount"):
        hold("the only amount of gas", give(read_query(AMOUNT), six), NAMES)


@pytest.mark.parametrize(
    "page", ["notebooks/text/synthesis/gas.md", "book/questions/gas.yml"]
)
def test_a_sixth_amount_of_gas_is_noticed_where_the_book_says_only(
    collection, six, says, page
):
    """Words that are bound are of use only if a new sheet can falsify them."""
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
    bound = re.findall(r"\{holds\}`([^`]*) <(claims:[^`]*gas-volume[^`]*)>`", text)
    assert bound
    names = called(collection.corpus.sources.values())
    for words, query in bound:
        assert says(words, query)
        with pytest.raises(SourcebookError, match="acme-2026/amount"):
            hold(words, give(read_query(query), six), names)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("claim: topic=gas", "did you mean 'claims'"),
        ("claims: subject=gas", "have no field 'subject'"),
        ("claims: topic=gas-volum", "did you mean 'gas-volume'"),
        ("claims: of=EU gas demnd", "did you mean 'EU gas demand'"),
        ("claims: voice=aliyef", "did you mean 'aliyev'"),
        ("claims: topic", "not a condition"),
        ("claims: source=bbc-2026", "did you mean 'bbc-2025'"),
        ("texts: source=bbc-2025", "searches words"),
        ("claims: are each=source", "goes before"),
        ("the only amount", "not a query"),
    ],
)
def test_a_query_that_asks_for_what_nobody_has_is_refused(collection, query, said):
    with pytest.raises(SourcebookError, match=said):
        give(read_query(query), collection)


def test_a_count_says_of_how_many_where_that_tells_something(collection):
    said = [str(give(read_query(query), collection)) for query in (AMOUNT, PARTS)]
    assert [each.rpartition(": ")[2] for each in said] == ["1", "4 of 5"]


@pytest.mark.parametrize("words", ["at least two claims", "at most two claims"])
def test_a_bound_may_be_reached(words):
    assert not refused(words, given(2, 9))


def test_each_query_over_texts_has_the_words_it_asks_for(collection):
    said = {
        word: give(read_query(f"texts: word={word}, each=source"), collection).found
        for word in ("NATO", "OSCE", "nowhere-at-all")
    }
    assert len(set(said.values())) == 3
    assert said["nowhere-at-all"] == ()
