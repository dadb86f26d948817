"""Cards of facts from outside: the fact, its pages, and the passages it is beside.

A matter is one fold with everything the record has on it. Pages are linked plainly and
never fetched. What is computed and how we read it stand apart: the one looks at figures
and dates as they are coded, the other at what a reader may take from them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from sourcebook.coding.corpus import Corpus
from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.badges import BEARING_WORDS, relation_words
from sourcebook.comparing.public_record import Share
from sourcebook.comparing.record_relations import NONE, relation_names
from sourcebook.comparing.record_schema import Fact, Page
from sourcebook.prose.addresses import fact_anchor, slug
from sourcebook.prose.proofreading import share_words
from sourcebook.reading.text.sentences import split_sentences
from sourcebook.views.answers import bridge_card, quoted
from sourcebook.views.figure_rows import address
from sourcebook.views.fragment import Fact as Line
from sourcebook.views.fragment import Fragment, escape, facts_html, facts_text

KINDS = {
    "primary": "a page of those who did, counted or said it",
    "official-in-press": "an official or an office, as quoted in the press",
    "press": "press",
    "encyclopaedia": "an encyclopaedia",
}
_LINE = 100  # characters of a fact in the line of a closed card
_ORDERED = {
    "before": "the record has the earlier date",
    "after": "the record has the later date",
}


def matter_anchor(matter: str) -> str:
    """Return the HTML id of a matter's card.

    >>> matter_anchor("Georgia's place")
    'matter-georgia-s-place'
    """
    return f"matter-{slug(matter)}"


def leading(facts: Iterable[Fact]) -> Fact:
    """Return the fact that bears most on the documents: what corrects, goes first."""
    order = [*BEARING_WORDS, ""]
    return min(facts, key=lambda fact: order.index(fact.bears))


def first_sentence(fact: Fact) -> str:
    """Return the first sentence of a fact, which can stand alone."""
    (start, end), *_ = split_sentences(fact.fact)
    return fact.fact[start:end]


def bearings(facts: Iterable[Fact]) -> str:
    """Return how the facts on a matter bear on the documents, each way once."""
    found = {fact.bears for fact in facts}
    return ", ".join(BEARING_WORDS[each] for each in BEARING_WORDS if each in found)


def matter_card(
    facts: Sequence[Fact], shares: Sequence[Share], corpus: Corpus
) -> Fragment:
    """Return one matter as a line with a fold: its facts, and shares worked out."""
    matter = facts[0].matter
    said = textwrap.shorten(first_sentence(leading(facts)), _LINE, placeholder=" …")
    parts = [fact_part(fact, corpus) for fact in facts]
    parts += [share_part(share) for share in shares]
    head = (
        f'<span class="sb-asks">{escape(matter[:1].upper() + matter[1:])}</span> '
        f'<span class="sb-reply">{escape(said)}</span> '
        f'<span class="sb-badge">{escape(bearings(facts))}</span>'
    )
    body = "".join(part.html for part in parts)
    text = "\n".join(part.text for part in parts)
    return Fragment(
        '<details class="sb-card sb-answer sb-fold" open '
        f'id="{matter_anchor(matter)}"><summary>{head}</summary>{body}</details>',
        f"{matter}: {bearings(facts)}\n{text}",
    )


def fact_part(fact: Fact, corpus: Corpus) -> Fragment:
    """Return one fact with the passages beside it, its pages, and what to note."""
    lines: list[Line] = [
        ("The record", Fragment(f"<strong>{escape(fact.fact)}</strong>", fact.fact)),
        *_passages(fact, corpus),
        ("How it bears", BEARING_WORDS.get(fact.bears, "")),
        ("Page", _page(fact)),
        *(("Also", _page(page, says=page.says)) for page in fact.second),
        ("Do pages agree?", _agreement(fact)),
        ("To note", fact.caveat),
        ("Looked up", fact.looked_up),
    ]
    table = facts_html(lines)
    old = "".join(f'<span id="{fact_anchor(name)}"></span>' for name in fact.formerly)
    return Fragment(
        f'<div class="sb-outside-fact" id="{fact_anchor(fact.id)}">{old}{table}</div>',
        facts_text(lines),
    )


def share_part(share: Share) -> Fragment:
    """Return a share that we worked out from two facts, step by step."""
    said = share_words(share)
    line = facts_html([("Worked out", said)])
    card = bridge_card(share.worked)
    anchor = fact_anchor(share.entry.id)
    return Fragment(
        f'<div class="sb-outside-fact" id="{anchor}">{line}{card.html}</div>',
        f"  Worked out: {said}\n{card.text}",
    )


def page_link(page: Fact | Page) -> Fragment:
    """Return a page as a link with publisher, title and date. It is never fetched."""
    title = f"“{page.title}”" if page.title else "no title read"
    words = ", ".join(filter(None, (page.publisher, title, page.date)))
    link = f'<a rel="noopener" href="{escape(page.url)}">{escape(words)}</a>'
    return Fragment(link, f"{words} <{page.url}>")


def _page(page: Fact | Page, *, says: str = "") -> Fragment:
    link, told = page_link(page), f": {says}" if says else ""
    party = getattr(page, "party", "")
    whose = f"; the account of one side, {party.capitalize()}" if party else ""
    more = f"{told} ({KINDS[page.kind]}{whose})"
    return Fragment(f"{link.html}{escape(more)}", f"{link.text}{more}")


def _passages(fact: Fact, corpus: Corpus) -> list[Line]:
    """Return each passage beside a fact, and what comparing the two comes to."""
    lines: list[Line] = []
    for name, relation in relation_names(fact, corpus).items():
        claim = corpus.claim(name)
        words = quoted(claim.exact)
        told = _compared(relation)
        link = f'<a href="{escape(address(claim.id))}">{escape(words)}</a>'
        said = Fragment(f"{link}{escape(told)}", f"{words}{told}")
        lines.append((f"The {short_name(claim.source)}", said))
    return lines


def _compared(relation: str) -> str:
    """Return what comparing came to, as a remark; nothing where nothing could be."""
    if relation == NONE:
        return ""
    came = _ORDERED.get(relation) or relation_words(relation)
    return f" · by figures and dates alone: {came[:1].lower()}{came[1:]}"


def _agreement(fact: Fact) -> str:
    if not fact.agree:
        return "; ".join(f"{each.publisher}: {each.says}" for each in fact.figures)
    if fact.one_page:
        return "it rests on pages of one country, none of them primary"
    return "yes, as far as they were read" if fact.second else ""
