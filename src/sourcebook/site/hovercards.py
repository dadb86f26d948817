"""The Sphinx extension that puts evidence where a page points at it.

Every link of a page to a claim, to a question of another page or to a word of the
glossary gets its card, once, at the end of the page, inside a template: inert,
invisible, and there without asking a server or the disk. A small script, loaded only
where there are cards, shows them on hover, focus and tap. Without it the links lead
where they always led.

Add ``sourcebook.site.hovercards`` to the extensions; ``evidence.js`` and
``evidence.css`` have to stand in one of the static folders.
"""

import html
import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from sourcebook.coding.book_files import (
    digest,
    question_anchor,
    question_page,
    register_page,
)
from sourcebook.site.domain import get_domain
from sourcebook.site.evidence_cards import (
    Meeting,
    evidence_card,
    question_card,
    term_card,
)
from sourcebook.site.page_hooks import WrittenPage, on_each_page

_LATE = 900
MANY = 120  # claims that a page links to, from where on it is a list of claims
_MARKED = re.compile(r'<a class="sb-claim\b[^>]*?\bhref="[^"#]*#(claim-[^"]+)"')
# A question's card stands on its own page: only links from elsewhere need another.
_LINK = re.compile(
    r'<a\b[^>]*?\bhref="(?:[^"#]*#((?:claim|term)-[^"]+)|[^"#]+#(question-[^"]+))"'
)


def linked(body: str, *, most: int | None = MANY) -> list[str]:
    """Return the anchors of claims and terms a page links to, each once, in order.

    Of more than ``most`` claims, those that the prose marks.

    >>> linked('<a class="x" href="claims/a.html#claim-a-b">x</a> <a href="#top">y</a>')
    ['claim-a-b']
    """
    found = dict.fromkeys(
        html.unescape(claim or question) for claim, question in _LINK.findall(body)
    )
    claims = sum(each.startswith("claim-") for each in found)
    if most is None or claims <= most:
        return list(found)
    # With a card for each, a page that lists hundreds of claims would weigh three times
    # as much.
    marked = set(map(html.unescape, _MARKED.findall(body)))
    return [each for each in found if _is_term(each) or each in marked]


def _add_cards(page: WrittenPage) -> None:
    """Put the cards a page needs at its end; a register's entries are the cards."""
    app = page.app
    if page.name in get_domain(app.env).data["listed"]:
        return
    anchors = drawn(app)[page.name] = linked(page.body)
    if cards := cards_html(app, page.name, anchors):
        page.context["body"] += cards
        app.add_js_file("evidence.js", priority=_LATE, loading_method="defer")
        app.add_css_file("evidence.css", priority=_LATE)


def drawn(app: Sphinx) -> dict[str, list[str]]:
    """Return what the pages written in this build link to, page by page."""
    kept: dict[str, list[str]] = get_domain(app.env).kept.setdefault("drawn", {})
    return kept


def cards_html(app: Sphinx, page: str, anchors: list[str]) -> str:
    """Return the cards of what a page links to, inert; "" where there is none."""
    head, end = '<template class="sb-evidence-of">', "</template>\n"
    return "".join(f"{head}{card}{end}" for card in _cards(app, page, anchors))


def made_from(app: Sphinx) -> str:
    """Return a digest of all that cards are made from, worked out once for a build."""
    domain, env = get_domain(app.env), app.env

    def told() -> Iterator[str]:
        asked = {question_page(answer.chapter) for answer in domain.answers}
        yield from (getattr(env, "sourcebook_code", ""), domain.state)
        yield from sorted(env.all_docs)
        for page in sorted(asked & env.found_docs):
            yield f"{page} {sorted(domain.question_cards(page))}"
        yield str(_terms(app))

    return domain.once("cards-from", lambda: digest(told()))


def _cards(app: Sphinx, page: str, anchors: list[str]) -> Iterator[str]:
    domain = get_domain(app.env)

    def uri(target: str, anchor: str) -> str:
        here, there = map(app.builder.get_target_uri, (page, target))
        return f"{relative_uri(here, there)}#{anchor}".removesuffix("#") or "#"

    def chapter(meeting: Meeting) -> str:
        target = question_page(meeting.chapter)
        if target not in app.env.all_docs:
            return ""
        anchor = question_anchor(meeting.question)
        return uri(target, anchor if anchor in domain.question_cards(target) else "")

    claims = domain.anchors
    terms = _terms(app) if any(map(_is_term, anchors)) else {}
    for anchor in anchors:
        name = f"card-{anchor}"
        if claim := claims.get(anchor):
            yield evidence_card(
                claim,
                domain.corpus.sources[claim.source],
                meets=[(m, chapter(m)) for m in domain.meetings.get(claim.id, ())],
                entry=uri(register_page(claim.id), anchor),
                name=name,
            )
        elif answer := domain.asked.get(anchor):
            target = question_page(answer.chapter)
            yield question_card(answer, entry=uri(target, anchor), name=name)
        elif anchor in terms:
            target, word, meaning = terms[anchor]
            yield term_card(word, meaning, entry=uri(target, anchor), name=name)


def _terms(app: Sphinx) -> dict[str, tuple[str, str, list[str]]]:
    """Return the glossary, read once for all pages of a build."""
    return get_domain(app.env).once("terms", lambda: glossary(app))


def _is_term(anchor: str) -> bool:
    return anchor.startswith("term-")


def glossary(app: Sphinx) -> dict[str, tuple[str, str, list[str]]]:
    """Return page, word and meaning of every term of the book, by its anchor."""
    objects = app.env.get_domain("std").get_objects()
    found = {}
    for page in sorted({page for _, _, kind, page, *_ in objects if kind == "term"}):
        for item in app.env.get_doctree(page).findall(nodes.definition_list_item):
            said = item.findall(nodes.paragraph)  # all of them in its definition
            meaning = [each.astext().replace("\n", " ") for each in said]
            for term in item.findall(nodes.term):
                for anchor in term["ids"]:
                    found[anchor] = (page, term.astext(), meaning)
    return found


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    on_each_page(app, _add_cards)
