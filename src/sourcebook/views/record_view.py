"""The record as its page shows it: facts from outside, beside what documents say.

One object for the page, as a chapter has one. Which matters have been shown is
remembered, because the table at the end brings the cards of all the others.

A matter is one fold with everything the record has on it. Pages are linked plainly and
never fetched. What is computed and how we read it stand apart: the one looks at figures
and dates as they are coded, the other at what a reader may take from them.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sourcebook.coding.book_files import fact_anchor, slug
from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus, load_corpus
from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.public_record import (
    NO_RELATION,
    ON_DOCUMENTS,
    Share,
    as_claim,
    figure_of,
    load_record,
    matters,
    relation_names,
)
from sourcebook.comparing.record_schema import BEARING_WORDS, Fact, Page
from sourcebook.comparing.relations import relation_words
from sourcebook.errors import SourcebookError
from sourcebook.prose.proofreading import allowed_numbers, share_words, verify_fact
from sourcebook.prose.running_prose import bare_numbers, verify
from sourcebook.reading.text.sentences import split_sentences
from sourcebook.views.answers import bridge_card, quoted
from sourcebook.views.fragment import (
    Fragment,
    Line,
    address,
    escape,
    facts_html,
    facts_text,
    folded,
    joined,
    linked,
    linked_words,
    plain_words,
    printed,
    segments,
    short_box,
)
from sourcebook.views.tables import show_table

PAGE_KINDS = {
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


def leading_words(facts: Iterable[Fact]) -> str:
    """Return the first sentence of the fact that bears most: what corrects, goes first.

    It can stand alone.
    """
    fact = min(facts, key=lambda fact: [*BEARING_WORDS, ""].index(fact.bears))
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
    said = textwrap.shorten(leading_words(facts), _LINE, placeholder=" …")
    body = joined([*(fact_part(f, corpus) for f in facts), *map(share_part, shares)])
    asks, bears = matter[:1].upper() + matter[1:], bearings(facts)
    anchor, html = matter_anchor(matter), body.html
    return Fragment(
        folded(anchor, asks=asks, reply=said, badge=bears, body=html),
        f"{matter}: {bears}\n{body.text}",
    )


def fact_part(fact: Fact, corpus: Corpus) -> Fragment:
    """Return one fact with the passages beside it, its pages, and what to note."""
    lines: list[Line] = [
        ("The record", Fragment(f"<strong>{printed(fact.fact)}</strong>", fact.fact)),
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
    link = f'<a rel="noopener" href="{escape(page.url)}">{printed(words)}</a>'
    return Fragment(link, f"{words} <{page.url}>")


def _page(page: Fact | Page, *, says: str = "") -> Fragment:
    link, told = page_link(page), f": {says}" if says else ""
    party = getattr(page, "party", "")
    whose = f"; the account of one side, {party.capitalize()}" if party else ""
    more = f"{told} ({PAGE_KINDS[page.kind]}{whose})"
    return Fragment(f"{link.html}{printed(more)}", f"{link.text}{more}")


def _passages(fact: Fact, corpus: Corpus) -> list[Line]:
    """Return each passage beside a fact, and what comparing the two comes to."""
    lines: list[Line] = []
    for name, relation in relation_names(fact, corpus).items():
        claim = corpus.claim(name)
        said = linked(address(claim.id), quoted(claim.exact), _compared(relation))
        lines.append((f"The {short_name(claim.source)}", said))
    return lines


def _compared(relation: str) -> str:
    """Return what comparing came to, as a remark; nothing where nothing could be."""
    if relation == NO_RELATION:
        return ""
    came = _ORDERED.get(relation) or relation_words(relation)
    return f" · by figures and dates alone: {came[:1].lower()}{came[1:]}"


def _agreement(fact: Fact) -> str:
    if not fact.agree:
        return "; ".join(f"{each.publisher}: {each.says}" for each in fact.figures)
    if fact.one_page:
        return "it rests on pages of one country, none of them primary"
    return "yes, as far as they were read" if fact.second else ""


class RecordView:
    """The facts from outside, and the forms a page shows them in."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.record = load_record(corpus)
        self._shown: set[str] = set()

    def __repr__(self) -> str:
        """Return how many facts there are, on how many matters."""
        return f"record: {self._size()}"

    def _size(self) -> str:
        return f"{len(self.record.facts)} facts on {len(matters(self.record))} matters"

    def claims(self, *names: str) -> list[Claim]:
        """Return several claims by ``citekey/id``, in the order asked for."""
        return [self.corpus.claim(name) for name in names]

    def facts(self, *names: str) -> list[Claim]:
        """Return several facts in the shape of claims, for a chart to draw."""
        return [as_claim(self.record.fact(name)) for name in names]

    def in_short(self, *texts: str) -> Fragment:
        """Return the box that opens the page, each sentence held to its marks.

        Raises `SourcebookError` for a mark whose words its claim or fact does not
        bear out, and for a number outside a mark.
        """
        for text in texts:
            self._hold(text)
        firm = sum(fact.firm for fact in self.record.facts)
        on = "rest on a party to the matter or on an official"
        told = f"{self._size()} · {firm} of them {on}"
        return Fragment(
            short_box((linked_words(text).html for text in texts), escape(told)),
            "\n".join(["In short", *map(plain_words, texts), told]),
        )

    def _hold(self, text: str) -> None:
        for part in segments(text):
            if part.role == "claim":
                verify(part.words, self.corpus.claim(part.target))
            elif part.role == "fact":
                verify_fact(part.words, self.record, part.target)
        for bare in bare_numbers(text, allow=allowed_numbers(self.corpus)):
            said = f"number outside a mark: {bare.text!r} in {text!r}"
            fix = "write {fact}`words <id>` or {claim}`words <citekey/id>`"
            raise SourcebookError(said, fix=fix)

    def says(self, name: str, words: str, outcome: str) -> dict[str, str]:
        """Return a line of a ledger that tells a fact, its words held to the fact."""
        verify_fact(words, self.record, name)
        return {"claim": f"record/{name}", "text": words, "outcome": outcome}

    def years(self, *names: str) -> list[dict[str, Any]]:
        """Return facts or worked shares as rows of a chart by year.

        A range is drawn at its middle and labelled as it is; a figure for a wider
        region, and one worked out by us, say so.
        """
        return [self._year(name) for name in names]

    def _year(self, name: str) -> dict[str, Any]:
        if share := self.record.share(name):
            year, given = int(share.entry.when), share.entry.gives
            return {"year": year, "value": float(given), "text": f"{given} *"}
        fact = self.record.fact(name)
        figure = figure_of(fact)
        if figure is None:
            raise SourcebookError(f"{name}: a fact without a value has no bar")
        scale = 10**9 if figure.unit == "m3" else 1
        place = "" if fact.where == "EU" else f" ({fact.where})"
        return {
            "year": int(fact.when[:4]),
            "value": float((figure.low + figure.high) / 2 / scale),
            "text": f"{fact.value.replace(' to ', '–')}{place}",
        }

    def matters(self, *names: str) -> Fragment:
        """Return the folded cards of some matters, by their names, in that order."""
        self._shown.update(names)
        return joined(
            matter_card(
                self.record.matter(name),
                [each for each in self.record.shares if each.whole.matter == name],
                self.corpus,
            )
            for name in names
        )

    def table(self) -> Fragment:
        """Return every matter, how it bears and its fact; then the cards not shown."""
        names = list(matters(self.record))
        rows = []
        for name in names:
            facts = self.record.matter(name)
            link = linked(f"#{matter_anchor(name)}", name)
            keys = {each.partition("/")[0] for fact in facts for each in fact.claims}
            beside = (short_name(key) for key in self.corpus.sources if key in keys)
            rows.append(
                (link, ", ".join(beside), leading_words(facts), bearings(facts))
            )
        heads = ["matter", "beside", "the record", "how it bears"]
        frame = pd.DataFrame(rows, columns=heads)
        table = show_table(frame, caption="All matters of the record")
        cards = self.matters(*(name for name in names if name not in self._shown))
        return joined([table, cards])

    def identity(self, citekey: str) -> dict[str, Fragment]:
        """Return what public pages say a document is, with each page, by matter."""
        found: dict[str, Fragment] = {}
        for fact in self.record.facts:
            of = {name.partition("/")[0] for name in fact.claims}
            if fact.chapter == ON_DOCUMENTS and of == {citekey}:
                pages = [page_link(page) for page in fact.pages]
                said = f"{fact.fact} {fact.caveat} Seen {fact.looked_up}: "
                found[f"Public pages ({len(found) + 1})"] = Fragment(
                    printed(said) + "; ".join(page.html for page in pages),
                    said + "; ".join(page.text for page in pages),
                )
        return found

    def kinds(self) -> Fragment:
        """Return how many facts rest first on which kind of page."""
        found = Counter[str](fact.kind for fact in self.record.facts)
        rows = [(words, found[kind]) for kind, words in PAGE_KINDS.items()]
        alone = [f for f in self.record.facts if f.party and len(f.countries) == 1]
        rows.append(("and told by one side only", len(alone)))
        frame = pd.DataFrame(rows, columns=["the fact's first page is", "facts"])
        return show_table(frame, caption="What the facts rest on")

    def not_found(self) -> Fragment:
        """Return what was looked for and not found."""
        rows = [(each.what, each.where, each.day) for each in self.record.not_found]
        frame = pd.DataFrame(rows, columns=["looked for", "where", "on"])
        return show_table(frame, caption="Looked for and not found")


def open_record(*, root: Path | None = None) -> RecordView:
    """Return the facts from outside, as the page of the record shows them."""
    return RecordView(load_corpus(root))
