"""The built book: every page is there, says something, and leads where it says."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest

from sourcebook.reading.anchor import fold
from sourcebook.reading.text import clean

pytestmark = pytest.mark.book

LONGEST = 60  # characters of a paragraph that is too short to be anybody's work


def _text(page):
    return " ".join(page.find("article").get_text(" ").split())


def test_no_page_is_empty(pages):
    for name, page in pages.items():
        assert page.find("h1"), name
        assert len(_text(page)) > 300, name


def test_every_internal_link_leads_somewhere(site, pages, parsed):
    @cache  # most links stand on every page
    def target(folder, path):
        return (folder / unquote(path)).resolve()

    @cache
    def ids(path):
        return {tag["id"] for tag in parsed(path).find_all(id=True)}

    def leads(here, href):
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return True
        path = target(here.parent, parts.path) if parts.path else here
        if not path.is_file():
            return False
        if not parts.fragment or path.suffix != ".html":
            return True
        return unquote(parts.fragment) in ids(path)

    broken = []
    for name, page in pages.items():
        here = site / f"{name}.html"
        for link in page.find_all(["a", "link"], href=True):
            broken += [f"{name}: {link['href']}"] * (not leads(here, link["href"]))
    assert broken == []


def test_no_page_asks_another_host_for_anything(pages):
    asked = [
        f"{name}: {tag}"
        for name, page in pages.items()
        for tag in page.find_all(["script", "img", "link", "iframe", "source"])
        if re.match(r"(https?:)?//", tag.get("src") or tag.get("href") or "")
        and "canonical" not in (tag.get("rel") or [])
    ]
    assert asked == []


def test_every_claim_has_its_entry(pages, corpus):
    for source in corpus.sources:
        page = pages[f"book/claims/{source}"]
        ids = {tag["id"] for tag in page.find_all(id=True)}
        claims = corpus.sources[source].claims()
        assert {f"claim-{claim.id.replace('/', '-')}" for claim in claims} <= ids


def test_marked_words_lead_to_their_claim(pages):
    links = pages["book/index"].select("a.sb-claim")
    assert [link.get_text() for link in links[:2]] == ["around 5%", "4.3%"]
    assert links[0]["href"].endswith(
        "claims/valiyev-yagubova-2022.html#claim-valiyev-yagubova-2022-gas-share"
    )


def test_the_chapter_shows_both_figures_and_why_they_cannot_be_compared(pages):
    text = _text(pages["notebooks/synthesis/gas"])
    for expected in [
        "[4.5, 5.5]",
        "[4.25, 4.35]",
        "not-comparable(of)",
        "324 billion",
        "EU gas demand",
        "EU natural gas imports",
    ]:
        assert expected in text


def test_charts_have_words_and_a_still_picture(pages):
    figures = pages["notebooks/synthesis/gas"].select("figure.vega")
    assert figures
    for figure in figures:
        assert figure.find("svg")["aria-label"]


def test_no_whole_paragraph_of_a_source_is_published(site, root):
    published = [
        (path, _flat(path.read_text(encoding="utf-8", errors="replace")))
        for path in sorted(site.rglob("*"))
        if path.suffix in {".html", ".json", ".csv", ".ipynb", ".js", ".md", ".txt"}
    ]
    found = [
        f"{path.relative_to(site)}: {paragraph[:60]}"
        for source in sorted((root / "seeds").glob("*.txt"))
        for paragraph in map(_flat, _paragraphs(source.read_text("utf-8")))
        if len(paragraph) > LONGEST
        for path, text in published
        if paragraph in text
    ]
    assert found == []


def _paragraphs(raw):
    """Return what an author wrote: no titles, captions or page furniture."""
    document = clean(raw)
    for paragraph in document.paragraphs:
        if paragraph.kind in {"prose", "note", "list-item"}:
            yield document.text[paragraph.start : paragraph.end]


def _flat(text):
    """Return text without markup, escapes and typography, one space between words."""
    bare = re.sub(r"<[^>]+>|\\u003c.*?>|\\n", " ", text)
    bare = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), bare)
    bare = bare.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
    return " ".join(re.sub(r"[*#\[\]()\\]", "", fold(bare)).split())
