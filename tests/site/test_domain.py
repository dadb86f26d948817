"""What is known of pages: their faults, who cites what, which questions they show."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from sourcebook.errors import SourcebookError
from sourcebook.site import domain as of_site
from sourcebook.site.domain import SourcebookDomain, get_domain

REGISTER = "book/claims/acme-2021"


def made(root, **titles):
    named = {
        page: SimpleNamespace(astext=words.strip) for page, words in titles.items()
    }
    config = SimpleNamespace(sourcebook_root=".")
    env = SimpleNamespace(
        domaindata={}, config=config, srcdir=root, docname="", titles=named
    )
    return SourcebookDomain(env)


@pytest.fixture
def domain(tmp_path):
    return made(tmp_path, a="A", b="B")


def test_faults_come_by_page_and_line_and_then_registers_that_are_missing(domain):
    for page, fault in (("b", (3, "x")), ("b", (1, "y")), ("a", (2, "z"))):
        domain.add("faults", page, fault)
    domain.add("cited", "b", "acme-2021/a")
    first = [("a", 2, "z"), ("b", 1, "y"), ("b", 3, "x")]
    *others, (page, line, said) = domain.faults()
    assert others == first
    assert (page, line) == (REGISTER, 0)
    assert said.startswith("no {claim-register} on this page\n  fix: ")
    domain.add("listed", REGISTER, "acme-2021/a")
    assert domain.faults() == first


def test_registers_that_are_missing_are_told_in_order(domain):
    for name in "dbeca":
        domain.add("cited", "b", f"{name}-2021/a")
    assert [page for page, *_ in domain.faults()] == [
        f"book/claims/{name}-2021" for name in "abcde"
    ]


def test_registers_are_linked_anew_when_pages_cite_other_claims(domain):
    for page in ("book/claims/bob-2021", REGISTER):
        domain.add("listed", page, "x")
    domain.add("cited", "b", "acme-2021/a")
    registers = [REGISTER, "book/claims/bob-2021"]
    assert domain.relink() == registers
    assert domain.relink() == []
    domain.add("cited", "a", "acme-2021/a")
    assert domain.relink() == registers
    assert [page for page, *_ in domain.data["linked"]] == ["a", "b"]


def test_listed_claims_can_be_referred_to(domain):
    domain.add("listed", REGISTER, "acme-2021/a")
    assert [*domain.get_objects()] == [
        ("acme-2021/a", "acme-2021/a", "claim", REGISTER, "claim-acme-2021-a", 1)
    ]


def test_a_page_knows_the_cards_of_questions_it_shows(domain):
    card = nodes.raw("", '<details id="question-share"><p id="other">', format="html")
    domain.process_doc(None, "a", nodes.container("", card))
    assert domain.question_cards("a") == {"question-share"}
    assert domain.question_cards("b") == frozenset()


def test_a_question_is_found_by_all_its_names_and_the_first_keeps_them(domain):
    one, two = (SimpleNamespace(names=names) for names in (("g/a", "g/b"), ("t/b",)))
    vars(domain)["_answers"] = (one, two)
    assert domain.asked == {"question-a": one, "question-b": one}
    assert domain.question_names == {"g/a", "g/b", "t/b"}


def test_a_fault_of_ours_ends_the_build(domain, monkeypatch):
    def refuse(_):
        raise SourcebookError("a.yml: wrong")

    monkeypatch.setattr(of_site, "load_corpus", refuse)
    with pytest.raises(ExtensionError, match=r"a\.yml: wrong"):
        _ = domain.corpus
    env = SimpleNamespace(get_domain=lambda _: domain)
    assert get_domain(env) is domain
    env.get_domain = lambda _: None
    with pytest.raises(ExtensionError, match="another extension uses the domain name"):
        get_domain(env)


def test_each_fact_a_page_asks_for_is_noted_for_it_alone(domain):
    told = {"source names": "1", "claim a/b": "1"}
    facts = SimpleNamespace(digest=lambda name: told.get(name, "0"))
    vars(domain).update(_facts=facts, moment="now")
    vars(domain)["_corpus"] = SimpleNamespace(sources={"a": 1}, claim=str.upper)
    assert domain.source_names == ("a",)  # no page is read
    assert domain.data["used"] == {}
    domain.data["moment"] = "now"
    domain.env.docname = "page"
    assert domain.claim("a/b") == "A/B"
    assert (domain.source_names, domain.source("a")) == (("a",), 1)
    assert domain.data["used"] == {
        "page": {"claim a/b": "1", "source names": "1", "source a": "0"}
    }
    assert domain.pages_to_read() == set()
    vars(domain)["moment"] = "later"
    assert domain.pages_to_read() == set()
    told["claim a/b"] = "2"
    assert domain.pages_to_read() == {"page"}
    assert domain.pages_to_read(besides="claim a/b") == set()
    assert domain.once("x", lambda: 1) == domain.once("x", lambda: 2) == 1
