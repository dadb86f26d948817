"""The register: by section where a document has several, each section a fold."""

from __future__ import annotations

import pytest
from docutils import nodes

from sourcebook.coding.book_files import claim_anchor
from sourcebook.coding.claims import QuantityClaim
from sourcebook.site.claim_register import (
    BEFORE,
    _section,
    _status,
    claim_entries,
    claim_facts,
)


@pytest.fixture(scope="module")
def entries(corpus):
    def made(citekey):
        source = corpus.sources[citekey]
        return claim_entries(source, cited=[nodes.Text("") for _ in source.claims()])

    return made


def anchors(made):
    return [
        name
        for node in made
        for target in node.findall(nodes.target)
        for name in target["ids"]
    ]


@pytest.mark.parametrize("citekey", ["van-gils-2017", "bbc-2025"])
def test_every_claim_has_its_anchor_once_in_the_order_of_the_text(
    entries, corpus, citekey
):
    claims = corpus.sources[citekey].claims()
    wanted = [claim_anchor(name) for claim in claims for name in claim.names]
    assert anchors(entries(citekey)) == wanted


def test_a_document_with_sections_is_shown_section_by_section(entries, corpus):
    claims = corpus.sources["van-gils-2017"].claims()
    made = entries("van-gils-2017")
    assert all(isinstance(node, nodes.section) for node in made)
    titles = [node.next_node(nodes.title).astext() for node in made]
    assert titles == list(dict.fromkeys(claim.section for claim in claims))
    for node in made:
        words = [raw.astext() for raw in node.children if isinstance(raw, nodes.raw)]
        assert words[0].startswith("<details")
        assert words[-1] == "</details>"
        terms = {term.astext() for term in node.findall(nodes.term)}
        assert "place" in terms
        assert "section" not in terms  # it is the heading


@pytest.mark.parametrize(
    ("count", "words"), [(1, "Show its passage"), (2, "Show its 2 passages")]
)
def test_a_section_says_how_many_passages_it_folds_away(count, words):
    made = _section("", [nodes.target(), nodes.container()] * count)
    assert made.next_node(nodes.title).astext() == BEFORE
    assert made.next_node(nodes.inline).astext() == words


def test_a_text_without_sections_is_one_list(entries):
    made = entries("bbc-2025")
    assert not any(isinstance(node, nodes.section) for node in made)


def test_an_entry_begins_with_the_passage(entries):
    entry = next(n for n in entries("bbc-2025") if isinstance(n, nodes.container))
    assert [type(child) for child in entry.children] == [
        nodes.block_quote,
        nodes.paragraph,
        nodes.definition_list,
    ]


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "valiyev-yagubova-2022/gas-share",
            {
                "figure": "around 5%", "reads as": "[4.5, 5.5] percent",
                "hedge": "around", "measure": "share-of-gas",
                "share of": "EU gas demand", "where": "EU", "when": "April 2022",
                "status": "actual", "voice": "the document", "section": "Background",
                "place": "000_4fd19ad99e483c22.txt, characters 5504–5588",
            },
        ),
        (
            "brussels-times-2025/belgian-meetings",
            {"event": "meeting", "actors": "Elchin Amirbayov, Azerbaijan, Belgium"},
        ),
        (
            "brussels-times-2025/wants-partnership",
            {"stance": "Azerbaijan for EU (eu-azerbaijan-relations)"},
        ),
        (
            "van-gils-2017/buys-supporters",
            {"origin": "expert interview 3, July 2014; ESI 2012"},
        ),
    ],
)  # fmt: skip
def test_what_is_known_of_a_claim_stands_below_it(corpus, name, facts):
    claim = corpus.claim(name)
    known = dict(claim_facts(claim, corpus.sources[claim.source]))
    some = {"figure", "event", "stance", "origin", *facts}  # and others
    assert {each: known[each] for each in some if known[each]} == facts


def test_what_was_so_is_said_of_figures_and_goes_without_saying_of_words(corpus):
    actual = [claim for claim in corpus.claims if claim.status == "A"]
    said = {
        (isinstance(claim, QuantityClaim), bool(_status(claim))) for claim in actual
    }
    assert said == {(True, True), (False, False)}
    assert all(
        _status(claim) for claim in corpus.claims if claim.status not in {"A", ""}
    )
