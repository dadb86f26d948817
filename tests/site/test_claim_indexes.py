"""Who is who: what the page of actors says of each, and in whose words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes

from sourcebook.coding.parties import UNKNOWN, Party, parties
from sourcebook.comparing.relations import RELATIONS
from sourcebook.reading.text import Span
from sourcebook.site import claim_indexes
from sourcebook.site.claim_indexes import (
    RelationTable,
    _kind,
    _listed,
    _outermost,
    _where_named,
    _who,
    actor_entry,
)
from sourcebook.site.directives import printing


@pytest.fixture(scope="module")
def by_name(corpus):
    return {party.name: party for party in parties(corpus)}


def claim(name, start, end, source="a"):
    return SimpleNamespace(id=name, source=source, span=Span(start, end))


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        pytest.param([(0, 9), (2, 5)], ["0"], id="inside-one-before"),
        pytest.param([(0, 4), (0, 9)], ["1"], id="inside-one-after"),
        pytest.param([(0, 6), (4, 9)], ["0", "1"], id="overlapping"),
        pytest.param([(0, 6), (0, 6)], ["0"], id="alike"),
    ],
)
def test_a_passage_within_another_is_not_told_twice(spans, kept):
    claims = [claim(str(n), *span) for n, span in enumerate(spans)]
    assert [each.id for each in _outermost(claims)] == kept


def test_passages_of_two_documents_are_never_one_in_the_other():
    claims = [claim("0", 0, 9), claim("1", 2, 5, "b")]
    assert [each.id for each in _outermost(claims)] == ["0", "1"]


@pytest.mark.parametrize("how", ["", "computed", "declared"])
def test_relations_are_shown_as_they_are_had(how):
    directive = SimpleNamespace(options={"how": how} if how else {}, error=ValueError)
    (shown,) = RelationTable.run(directive)
    wanted = [name for name, row in RELATIONS.items() if how in ("", row.how)]
    assert [item[0].astext() for item in shown] == wanted
    assert all("<svg" in item[1].astext() for item in shown)
    directive.options = {"how": "guessed"}
    with pytest.raises(ValueError, match="no relation is 'guessed'; use computed"):
        RelationTable.run(directive)


def test_every_relation_has_a_row():
    (shown,) = claim_indexes._relations(None, "")
    words = shown.astext()
    assert all(row.meaning in words for row in RELATIONS.values())
    assert len(list(shown.findall(nodes.row))) == len(RELATIONS) + 1


def test_a_section_can_be_linked_to_by_its_title_and_by_another_name(
    printed, monkeypatch, tmp_path
):
    everybody = [Party("Doe", UNKNOWN, {}, saying={"x": ()})]
    monkeypatch.setattr(claim_indexes, "parties", lambda _: everybody)
    monkeypatch.setattr(claim_indexes, "actor_entry", lambda *_: nodes.paragraph())
    env = SimpleNamespace(docname="a", note_dependency=None)
    domain = SimpleNamespace(root=tmp_path, corpus=None, env=env)
    (made,) = printed(printing(claim_indexes._actors), domain)
    names = ["other-speakers-and-groups", "others-in-the-words-of-the-sheets"]
    assert (made["ids"], made["names"]) == (names, names)
    assert printed.noted == [made]


def test_who_speaks_is_told_apart_from_who_is_spoken_of():
    def said(name, start):
        return SimpleNamespace(id=name, source="bbc-2025", span=Span(start, start + 9))

    one, two, three = (said(name, 10 * n) for n, name in enumerate(("a", "b", "c")))
    party = Party(
        "Doe", "person", {}, acting={"x": (three, one)}, meant={"x": (two,)},
        saying={"x": (one,)},
    )  # fmt: skip
    told = []

    def tell(title, claims):
        told.append((title, [claim.id for claim in claims]))
        return []

    lists = SimpleNamespace(passages=tell, questions=tell)
    assert "Doe In the X." in actor_entry(party, lists).astext()
    assert told == [
        ("What Doe says", ["a"]),
        ("What is said of Doe", ["b", "c"]),
        ("Questions, with answers", ["a", "b", "c"]),
    ]


def test_a_documents_own_voice_is_introduced_by_the_document(by_name):
    said = "Whoever wrote the opinion piece, in the text's own voice."
    assert _who(by_name["the author"]) == said
    assert _who(by_name["Hungary"]).startswith("A member state of the EU")
    assert _who(Party("X", "person", {"bbc-2025": 1})) == "In the BBC report."


def test_what_is_only_judged_is_a_matter_and_who_acts_or_speaks_is_not(by_name):
    assert _kind(by_name["Armenia's accession"]) == "matter"
    assert _kind(by_name["an EU spokesman"]) == UNKNOWN
    assert _kind(by_name["Luxembourg"]) == "state"


def test_where_somebody_is_named_is_said_in_order_of_year():
    party = Party("X", "person", {"bbc-2025": 1, "van-gils-2017": 2})
    said = "Named twice in the van Gils study (2017), once in the BBC report (2025)."
    assert _where_named(party) == said
    assert "in no document" in _where_named(Party("X", UNKNOWN, {}))


def test_documents_are_listed_as_in_a_sentence():
    assert _listed({"bbc-2025"}) == "BBC report"
    assert _listed({"bbc-2025", "van-gils-2017"}) == "van Gils study and the BBC report"


def test_documents_of_one_year_stand_in_one_order():
    one = ["brussels-times-2025", "bbc-2025", "anonymous-2025"]
    assert _listed(one) == _listed(one[::-1])


def test_a_topic_counts_its_passages_and_stands_by_what_it_means(monkeypatch):
    said = [("many", "bbc-2025"), ("many", "van-gils-2017"), ("one", "bbc-2025")]
    corpus = SimpleNamespace(
        codebook=SimpleNamespace(
            topics={"none": "zeal", "one": "Gas", "many": "apples"}
        ),
        claims=[SimpleNamespace(topic=topic, source=source) for topic, source in said],
    )
    nothing = SimpleNamespace(
        questions=lambda *_, **__: [], passages=lambda *_, **__: []
    )
    monkeypatch.setattr(claim_indexes, "_lists", lambda _: nothing)
    made = claim_indexes._topics(SimpleNamespace(corpus=corpus), "")
    told = [" ".join(node.astext().split()) for node in made]
    assert [words for words in told if "passage" in words] == told
    for words, about in zip(told, (
        "2 passages, in the van Gils study and the BBC report.",
        "One passage, in the BBC report.",
        "No passage yet.",
    ), strict=True):  # fmt: skip
        assert about in words
