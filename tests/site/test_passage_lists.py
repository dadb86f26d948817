"""Lists of passages and questions: by document and year, folded where many."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.addnodes import pending_xref

from sourcebook.comparing.questions import answer_all
from sourcebook.site.claim_indexes import FEW, MANY, MOST_QUESTIONS, Lists, line
from sourcebook.site.evidence_cards import meetings


@pytest.fixture(scope="module")
def lists(corpus):
    answers = answer_all(corpus)
    domain = SimpleNamespace(
        name="sourcebook", corpus=corpus, answers=answers, meetings=meetings(answers)
    )
    return Lists(domain, "book/actors")


def targets(made, kind):
    found = [x for node in made for x in node.findall(pending_xref)]
    return [x["reftarget"] for x in found if x["reftype"] == kind]


def folds(made):
    raw = [x.astext() for node in made for x in node.findall(nodes.raw)]
    return sum(text.startswith("<details") for text in raw)


def test_passages_stand_by_document_the_oldest_first(lists, corpus):
    names = ["bbc-2025/gas-share", "valiyev-yagubova-2022/gas-share"]
    made = lists.passages("What they say", [corpus.claim(name) for name in names])
    assert made[0].astext() == "What they say"
    heads = [n.astext() for n in made if "sb-document" in n.get("classes", ())]
    assert heads == ["policy brief (2022)", "BBC report (2025)"]
    assert targets(made, "entry") == names[::-1]
    assert "a modest 4.3%, despite an uptick in supplies”" in made[-1].astext()


def test_much_of_one_document_is_folded(lists, corpus):
    claims = corpus.sources["bbc-2025"].claims()
    other = corpus.claim("anonymous-2025/veto-2024")
    few = lists.passages("x", [other, *claims[:3]])
    much = lists.passages("x", [other, *claims[:20]])
    alone = lists.passages("x", claims[:20])
    assert (folds(few), folds(much), folds(alone)) == (0, 1, 0)
    assert len(targets(much, "entry")) == 21


@pytest.mark.parametrize("over", [0, 1, 3])
def test_a_topic_says_how_many_passages_are_elsewhere(lists, corpus, over):
    claims = [c for c in corpus.claims if c.topic == "eu-azerbaijan"][: FEW + over]
    told = [node.astext() for node in lists._by_topic(claims)[2:]]
    words = f"{over} passage{'s' if over > 1 else ''} more: all on this topic"
    assert told == ([words] if over else [])


def test_on_its_own_page_a_topic_keeps_every_passage(lists, corpus):
    claims = [c for c in corpus.claims if c.topic == "eu-azerbaijan"]
    assert len(claims) > MANY
    shown = targets(lists.passages("x", claims, whole=True), "entry")
    assert sorted(shown) == sorted(claim.id for claim in claims)


def test_very_many_passages_show_a_few_of_each_topic_and_lead_to_the_rest(
    lists, corpus
):
    claims = [c for c in corpus.claims if c.topic in {"leverage", "rights"}]
    assert len(claims) > MANY
    made = lists.passages("x", claims)
    per = {(c.source, c.topic) for c in claims}
    assert len(targets(made, "entry")) <= FEW * len(per)
    more = set(targets(made, "place"))
    assert more == {"book/topics#index-leverage", "book/topics#index-rights"}


def test_of_a_topic_those_come_first_that_most_questions_rest_on(lists, corpus):
    claims = [c for c in corpus.claims if c.topic == "leverage"]
    shown = targets(lists.passages("x", claims), "entry")
    asked = {c.id: len(lists.domain.meetings.get(c.id, ())) for c in claims}
    for source in {name.partition("/")[0] for name in shown}:
        own = [asked[name] for name in shown if name.startswith(f"{source}/")]
        best = max(n for name, n in asked.items() if name.startswith(f"{source}/"))
        assert own[0] == best


def test_questions_come_with_answer_and_badge_those_first_that_lead(lists, corpus):
    made = lists.questions("x", corpus.claims)
    asked = [t for t in targets(made, "place") if "#question-" in t]
    assert len(asked) == MOST_QUESTIONS
    leads = [a.question.id for a in lists.domain.answers if a.question.rank == "lead"]
    assert [t.partition("#question-")[2] for t in asked] == leads[:MOST_QUESTIONS]
    assert targets(made, "place")[-1] == "book/questions"
    badges = [n for node in made for n in node.findall(nodes.inline)]
    assert sum("sb-badge" in n["classes"] for n in badges) == MOST_QUESTIONS


def test_speech_brings_its_own_quotation_marks_and_what_is_none_gets_some(
    lists, corpus
):
    speech, other = (
        corpus.claim(f"bbc-2025/{n}") for n in ("many-locations", "gas-share")
    )
    assert lists.passages("x", [speech])[-1].astext() == speech.exact
    assert lists.passages("x", [other])[-1].astext() == f"“{other.exact}”"


def test_a_question_on_these_passages_alone_comes_before_one_on_others_too(
    lists, corpus
):
    names = {c.id for c in corpus.claims if c.topic == "gas-share"}
    made = lists.questions("x", [corpus.claim(n) for n in names], most=None)
    asked = [t.partition("#question-")[2] for t in targets(made, "place")]
    shares = [
        sum(c.id in names for c in a.claims) / len(a.claims)
        for name in asked
        for a in lists.domain.answers
        if a.question.id == name
    ]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == 1
    assert shares[-1] < 1


def test_nothing_said_makes_no_list(lists):
    assert lists.passages("x", []) == []
    assert lists.questions("x", []) == []


def test_a_subject_is_one_line_with_its_anchor_inside_the_fold():
    made = line("index-Péter Szijjártó", "Péter Szijjártó", "A minister.", [])
    inside = list(made.findall(nodes.strong))
    assert inside[0]["ids"] == ["index-peter-szijjarto"]
    assert made.children[0].astext().startswith("<details")
    assert made.children[-1].astext() == "</details>"
