"""No page is heavy, and none keeps its text back until a script has come.

With ``--log-cli-level=INFO``, the table of what each page weighs is printed.
"""

from __future__ import annotations

import gzip
import logging
from functools import cache

import pytest
from bs4 import BeautifulSoup

from sourcebook.site.offline_files import OFFLINE

pytestmark = pytest.mark.book

_log = logging.getLogger(__name__)
SETTINGS = ("early.js",)  # small, and needed at once
WIRE = {"book/index": 300_000, "notebooks/synthesis": 700_000}  # bytes, compressed
# Bytes of a page's own: its markup with the drawings and cards in it. The longest
# prints every fact of the record with the pages that bear it out, folded.
MOST = 500_000


def test_no_page_is_heavy(site):
    heavy = {
        str(path.relative_to(site)): path.stat().st_size
        for path in site.rglob("*.html")
        if path.stat().st_size > MOST and OFFLINE not in path.parts
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
    assert "BBC report: Different totals" in words


@cache
def wire(path):
    return len(gzip.compress(path.read_bytes(), 6))


def weight(site, name, page):
    """Return what a page and the files it names weigh on the way to a reader."""
    named = [tag["src"] for tag in page.find_all(["script", "img"], src=True)]
    named += [tag["href"] for tag in page.find_all("link", rel=["stylesheet", "icon"])]
    named += [tag["href"] for tag in page.find_all("link", rel="preload")]
    here = site / f"{name}.html"
    own = [here.parent / each.partition("?")[0] for each in named if ":" not in each]
    return sum(map(wire, {path.resolve() for path in [here, *own]}))


def test_a_page_is_light_on_the_way(site, pages):
    weights = {name: weight(site, name, page) for name, page in pages.items()}
    for name, bytes_ in sorted(weights.items(), key=lambda item: -item[1]):
        _log.info("%7.1f kB  %s", bytes_ / 1000, name)
    heavy = [
        (name, weights[name])
        for start, most in WIRE.items()
        for name in weights
        if name.startswith(start) and weights[name] > most
    ]
    assert heavy == []


def test_the_drawing_library_comes_where_it_draws(pages):
    for name, page in pages.items():
        loads = any("vega-bundle" in tag.get("src", "") for tag in page("script"))
        assert loads is bool(page.select("figure.vega")), name
