"""A page carries a card for each claim and term it links to, once, and no more."""

from __future__ import annotations

from functools import partial
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sourcebook.coding.book_files import question_page
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.relations import Verdict
from sourcebook.site import hovercards
from sourcebook.site.domain import SourcebookDomain
from sourcebook.site.hovercards import MANY, linked

# Sphinx and its extensions use what Python and docutils are about to drop.
pytestmark = pytest.mark.filterwarnings("ignore::Warning")

SHARE = "{claim}`around 5% <valiyev-yagubova-2022/share>`"
PAGES = {
    "index.md": "# Book\n\n```{toctree}\n:glob:\n\n*/**\n```\n",
    "book/claims/valiyev-yagubova-2022.md": (
        "# Claims\n\n{term}`Slack`\n\n```{claim-register} valiyev-yagubova-2022\n```\n"
    ),
    "book/glossary.md": (
        "# Glossary\n\n:::{glossary}\nSlack\n  How far *around*\n  reaches.\n\n"
        "  Ours.\n\nUnused\n  Nothing.\n:::\n"
    ),
    "book/both.md": f"# Both\n\n{SHARE}, again {SHARE}, with {{term}}`slack`.\n",
    "book/none.md": "# None\n\nWords alone, and [a link](both.md).\n",
    "notebooks/synthesis/gas.md": (
        f'# Gas\n\n{SHARE}\n\n<div id="question-share">What share?</div>\n'
    ),
}


NOWHERE = Path("/no/such/book")  # which has no table of actors


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cards")
    for name, text in PAGES.items():
        path = folder / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def page(site, around, bare, monkeypatch):
    """Return a function that gives a page of the small book, parsed."""
    source = SimpleNamespace(
        citekey=around.source,
        claims=lambda: (around,),
        sheet=SimpleNamespace(
            issued=SimpleNamespace(date="2022-04-29"), speakers={}, short="policy brief"
        ),
    )
    corpus = SimpleNamespace(
        root=NOWHERE,
        claims=(around,),
        claim=lambda _: around,
        sources={around.source: source},
    )
    said = Verdict("contradicts", "so")

    def question(name, asks):
        return SimpleNamespace(id=name, asks=asks, formerly=())

    asked = question("share", "What share?")
    hidden = question("hidden", "What, without a card?")
    elsewhere = question("lost", "What else?")
    pair = (around, bare), ((around, bare, said),)
    answers = [
        Answer("gas", asked, *pair),
        Answer("gas", hidden, *pair),
        Answer("nowhere", elsewhere, *pair),
    ]
    monkeypatch.setattr("sourcebook.site.domain.load_corpus", lambda _: corpus)
    monkeypatch.setattr("sourcebook.site.domain.answer_all", lambda *_, **__: answers)

    def build(name, builder="html"):
        settings = {
            "extensions": [
                "myst_nb", "sourcebook.site.roles", "sourcebook.site.hovercards",
            ],
            "nb_execution_mode": "off",
            "myst_enable_extensions": ["colon_fence"],
            "sourcebook_root": ".",
        }  # fmt: skip
        out, warnings = site / builder, StringIO()
        with patch_docutils(), docutils_namespace():
            Sphinx(
                str(site / "src"), None, str(out), str(site / "trees"), builder,
                confoverrides=settings, status=None, warning=warnings,
            ).build()  # fmt: skip
        suffix = "xhtml" if builder == "epub" else "html"
        text = (out / f"{name}.{suffix}").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser")

    return build


def cards(soup):
    return [card.div["id"] for card in soup.select("template.sb-evidence-of")]


def loads(soup):
    files = [tag.get("src") or tag.get("href") for tag in soup.select("script, link")]
    return [name for name in ("evidence.js", "evidence.css") if name in str(files)]


def test_a_page_has_one_card_for_each_thing_it_links_to(page):
    soup = page("book/both")
    assert cards(soup) == ["card-claim-valiyev-yagubova-2022-share", "card-term-Slack"]
    claim, term = [BeautifulSoup(str(t.div), "html.parser") for t in soup("template")]
    assert claim.select("a")[-1]["href"] == (
        "claims/valiyev-yagubova-2022.html#claim-valiyev-yagubova-2022-share"
    )
    assert [p.get_text() for p in term.select("p")] == [
        "Slack", "How far around reaches.", "Ours.", "In the glossary",
    ]  # fmt: skip
    assert term.a["href"] == "glossary.html#term-Slack"
    assert loads(soup) == ["evidence.js", "evidence.css"]
    assert soup.select_one("script[src*='evidence.js']").has_attr("defer")


def test_a_card_leads_to_the_question_from_any_page(page):
    hrefs = [a["href"] for a in page("book/both").select("template a")]
    assert hrefs[:2] == [
        "../notebooks/synthesis/gas.html#question-share",
        "../notebooks/synthesis/gas.html",  # the chapter does not show this one
    ]
    own = [a["href"] for a in page("notebooks/synthesis/gas").select("template a")]
    assert own[:2] == ["#question-share", "#"]
    assert not any("nowhere" in href for href in hrefs + own)  # it has no page


def test_a_page_without_such_links_loads_nothing(page):
    soup = page("book/none")
    assert cards(soup) == []
    assert loads(soup) == []


@pytest.mark.parametrize(("claims", "kept"), [(MANY, MANY + 1), (MANY + 1, 2)])
def test_a_list_of_claims_has_cards_for_its_prose_alone(claims, kept):
    marked = '<a class="sb-claim reference" href="x.html#claim-0">5%</a>'
    links = [f'<a href="x.html#claim-{number}">y</a>' for number in range(claims)]
    term = '<a href="g.html#term-Slack">slack</a>'
    found = linked("".join([*links, marked, term]))
    assert len(found) == kept
    assert {"claim-0", "term-Slack"} <= set(found)


def test_a_register_has_no_cards_because_it_has_the_entries(page):
    assert cards(page("book/claims/valiyev-yagubova-2022")) == []


def test_the_words_of_cards_are_not_words_of_the_page(page):
    assert "EU gas demand" not in page("book/both").get_text()


def test_other_forms_of_the_book_have_no_cards(page):
    assert "sb-evidence" not in str(page("book/both", "epub"))


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"all_docs": {"b", "gas", "a"}}, True),
        ({"all_docs": {"a", "gas"}}, False),
        ({"found_docs": set()}, False),
        ({"cards": {"z"}}, False),
        ({"state": "other"}, False),
        ({"sourcebook_code": "other"}, False),
        ({"terms": {"term-a": ("p", "a", ["other"])}}, False),
    ],
    ids="nothing order page no-page card corpus code term".split(),
)
def test_what_cards_are_made_from_has_one_digest(monkeypatch, change, same):
    def digest(**given):
        page = question_page("gas")
        has = {
            "all_docs": {"a", "b", "gas"}, "found_docs": {page}, "cards": {"x", "y"},
            "state": "so", "sourcebook_code": "1", "terms": {}, **given,
        }  # fmt: skip
        domain = SimpleNamespace(
            answers=[SimpleNamespace(chapter="gas")], state=has["state"],
            question_cards=lambda _: has["cards"], kept={"terms": has["terms"]},
        )  # fmt: skip
        domain.once = partial(SourcebookDomain.once, domain)
        monkeypatch.setattr(hovercards, "get_domain", lambda _env: domain)
        app = SimpleNamespace(env=SimpleNamespace(**has))
        made = hovercards.made_from(app)
        domain.answers = None  # it is not worked out again
        assert hovercards.made_from(app) == made
        return made

    assert (digest() == digest(**change)) is same
