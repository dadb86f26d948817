"""Documents and parties are named where a claim is about them, and rightly dated."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.statements import Collection
from sourcebook.prose.counting_words import Wording
from sourcebook.prose.document_names import (
    Parties,
    misdated,
    misnamed,
    misquoted,
    strangers,
)
from sourcebook.prose.markdown import read_prose
from sourcebook.prose.proofreading import Evidence, allowed_numbers, worded

NAMES = {
    "bank letter": frozenset({"bank-2021"}),
    "the letter": frozenset({"bank-2021", "mill-2020"}),
    "mill letter": frozenset({"mill-2020"}),
    "van gils": frozenset({"van-gils-2017"}),
}
NO_GAS = "{holds}`no gas <texts: word=gas, source=van-gils-2017>`"
SAYS = "{claim}`it grew <bank-2021/sales>`"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mill letter says so.", []),
        (f"In the bank letter {SAYS}.", []),
        (f"In the letter {SAYS}.", []),
        (f"In the mill letter {SAYS}.", ["'mill letter'"]),
        (f"In “the mill letter” {SAYS}.", []),
        (f"The mill letter is long. Then {SAYS}.", []),
        (f"It began. In the mill letter {SAYS}.", ["'mill letter'"]),
        (f"The mill letter is long; {SAYS}.", []),
        (f"See {{doc}}`x <y>`: in the mill letter {SAYS}.", ["'mill letter'"]),
        ("{claim}`The mill letter <bank-2021/sales>` grew.", ["'mill letter'"]),
        (
            f"{SAYS}, unlike in van Gils {{holds}}`none <noun: nothing>`.",
            ["'van gils'"],
        ),
        (f"{SAYS}, where van Gils has {NO_GAS}.", []),
    ],
)
def test_a_document_is_named_where_a_claim_of_it_is_linked(text, found, corpus):
    [stretch] = read_prose(text)
    said = misnamed(stretch, Collection(corpus, ()), NAMES)
    assert [words.partition(" is named")[0] for _, words in said] == found


def test_what_a_sentence_rests_on_is_told_in_one_order(corpus):
    linked = " ".join(f"{{claim}}`it grew <doc-{n}/sales>`" for n in (5, 3, 1, 4, 2))
    [stretch] = read_prose(f"In the mill letter {linked}.")
    [(_, said)] = misnamed(stretch, Collection(corpus, ()), NAMES)
    assert "rests on doc-1, doc-2, doc-3, doc-4, doc-5\n" in said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('The mill letter says "it sold".', ["'it sold'"]),
        ("The mill letter says “it sold”.", ["'it sold'"]),
        ('The bank letter says "it sold".', []),
        ('The letter says "it sold".', []),
        ('It says "it sold".', []),
        ('The mill letter is long; it says "it sold".', []),
        ('The mill letter is long, and "it sold" is of the bank letter.', []),
        (f'{SAYS}, as "it sold".', []),
        (f'{SAYS}, as "it bought".', ["'it bought'"]),
        (f'It has {NO_GAS} and "it sold".', ["'it sold'"]),
        (f'The mill letter says "{SAYS}".', []),
        ('{claim}`The mill letter <bank-2021/sales>`: "it bought".', []),
        (
            'The mill letter says "the bank letter it sold".',
            ["'the bank letter it sold'"],
        ),
    ],
)
def test_what_is_quoted_is_of_a_document_of_its_sentence(text, found, corpus):
    [stretch] = read_prose(text)
    letters = {("it sold", "bank-2021"), ("it bought", "mill-2020")}
    said = misquoted(
        stretch, Collection(corpus, ()), NAMES, lambda *asked: asked in letters
    )
    assert [words.partition(" is quoted")[0] for _, words in said] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The bank letter of June 2021.", []),
        ("The bank letter (2021).", []),
        ("The June 2021 bank letter.", []),
        ("The letter of June 2021, the letter of 2020.", []),
        ("The bank letter of 2020.", [(4, "'bank letter' is not of 2020")]),
        ("The May\n2021 bank letter.", [(4, "'bank letter' is not of May 2021")]),
        ("The letter of May 2021.", [(4, "'letter' is not of May 2021")]),
    ],
)
def test_a_document_is_told_with_the_date_of_its_issue(text, found):
    sources = {
        name: SimpleNamespace(sheet=SimpleNamespace(issued=SimpleNamespace(date=date)))
        for name, date in (("bank-2021", "2021-06"), ("mill-2020", "2020"))
    }
    collection = SimpleNamespace(corpus=SimpleNamespace(sources=sources))
    said = misdated(text, collection, NAMES)
    assert [(at, words.partition("\n")[0]) for at, words in said] == found


SHARE = "{claim}`a share of gas <bbc-2025/gas-share>`"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Belgium buys {SHARE}.", ["Belgium"]),
        (f"Azerbaijan sells {SHARE} to the EU.", []),  # which every document names
        (f"Bulgaria buys {SHARE}, as the next sentences say.", []),
        (f"The Bulgarians buy {SHARE}.", []),
        (f"Belgium buys gas. It is {SHARE}.", []),
        (f"Belgium buys gas; it is {SHARE}.", []),
        (f"It is {SHARE}, and nobody names Belgium.", []),
        (f"As “Belgium” it buys {SHARE}.", []),
        (f"Belgium buys {SHARE}, {{fact}}`by the record <gas-eu-2022>`.", []),
        ("It is {claim}`for Belgium <bbc-2025/gas-share>`.", ["Belgium"]),
        (f"In the BBC report of Belgium {SHARE} is told.", ["Belgium"]),
        (f"Belgium buys {SHARE}, or {{claim}}`more <bbc-2025/no-such>`.", ["Belgium"]),
        ("Belgium buys {claim}`much <bbc-2025/no-such>`.", []),
    ],
)
def test_a_party_is_named_near_a_claim_of_its_sentence(text, found, corpus):
    names = {"bbc report": frozenset({"bbc-2025"})}
    [stretch] = read_prose(text)
    said = strangers(stretch, Parties(corpus), names)
    assert [words.partition("'")[2].partition("'")[0] for _, words in said] == found


def test_a_party_may_be_named_that_another_claim_of_the_question_is_about(corpus):
    [stretch] = read_prose(f"Belgium buys {SHARE}.")
    belgian = next(each.id for each in corpus.claims if "Belgium" in each.sentence)
    assert not [*strangers(stretch, Parties(corpus), {}, beside=[belgian])]


def test_a_page_is_told_where_a_party_is_a_stranger(corpus):
    evidence = Evidence(Collection(corpus, ()), allowed_numbers(corpus), Wording())
    page = f"# Gas\n\nWho pays?\nBelgium buys {SHARE}.\n"
    [remark] = worded(read_prose(page), evidence, page="a.md")
    assert remark.text.startswith("'Belgium' is named in a sentence that rests on")
    assert remark.line == 4
