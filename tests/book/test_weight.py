"""No page is heavy, and none keeps its text back until a script has come."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from sourcebook.showing.evidence import THIS

pytestmark = pytest.mark.book

SETTINGS = ("documentation_options.js", "early.js")  # small, and needed at once
MOST = 400_000  # bytes of a page's own: its markup with the drawings and cards in it


def test_no_page_is_heavy(site):
    heavy = {
        str(path.relative_to(site)): path.stat().st_size
        for path in site.rglob("*.html")
        if path.stat().st_size > MOST
    }
    assert heavy == {}


def test_no_script_is_waited_for_before_the_text(pages):
    blocking = [
        f"{name}: {script['src']}"
        for name, page in pages.items()
        for script in page.head.find_all("script", src=True)
        if not (script.has_attr("defer") or script.has_attr("async"))
        and not any(name in script["src"] for name in SETTINGS)
    ]
    assert blocking == []


def test_every_claim_link_of_a_page_has_its_card_once(pages):
    for name, page in pages.items():
        cards = [card.div["id"] for card in page.select("template.sb-evidence-of")]
        assert len(cards) == len(set(cards)), name
        linked = {a["href"].partition("#")[2] for a in page.select("a.sb-claim[href]")}
        assert {f"card-{anchor}" for anchor in linked} <= set(cards), name


def test_cards_know_the_relations_of_the_book(pages):
    card = pages["book/index"].find(id="card-claim-valiyev-yagubova-2022-gas-share")
    words = BeautifulSoup(str(card), "html.parser").get_text(" ")
    assert f"{THIS} – BBC report: not-comparable(of)" in words
