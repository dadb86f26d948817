"""The evidence card: what a link to a claim shows without leaving the sentence.

It holds the passage among the few words that the register shows, who says it and
when, the value with its hedge and interval, and how the claim stands to others. It
is small, because a page carries one for every claim that it links to. Other kinds hold
a question with its answer, and a word of the glossary. Whatever comes from a source is
escaped.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sourcebook.coding.claims import Claim, quantity_in
from sourcebook.coding.corpus import Source
from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.questions import Answer, badge
from sourcebook.comparing.relations import relation_words
from sourcebook.reading.dates import time_words
from sourcebook.site.claim_register import ACTUAL, claim_facts
from sourcebook.views.answers import quoted
from sourcebook.views.cards import context, interval_words, value_words
from sourcebook.views.fragment import Line, escape, facts_html, plain_words, printed

_OWN = "elsewhere in it"  # of a pair within one document
_SEEN = {"before": "this came earlier", "after": "this came later"}
_TURNED = {"before": "after", "after": "before"}
_SHOWN = ("share of", "where", "when", "status", "stance", "origin")  # of the register


@dataclass(frozen=True, slots=True)
class Meeting:
    """One question that a claim answers, and what its pairs with others came to."""

    chapter: str
    question: str  # id within the chapter
    asks: str
    pairs: tuple[str, ...]  # "BBC report: The same figure"


def meetings(answers: Iterable[Answer]) -> dict[str, tuple[Meeting, ...]]:
    """Return, by claim id, the questions it answers, in the order of the book."""
    found: dict[str, list[Meeting]] = defaultdict(list)
    for answer in answers:
        question = answer.question
        for claim in answer.claims:
            pairs = tuple(_pairs(claim, answer))
            entry = Meeting(answer.chapter, question.id, question.asks, pairs)
            found[claim.id].append(entry)
    return {name: tuple(each) for name, each in found.items()}


def _pairs(claim: Claim, answer: Answer) -> Iterator[str]:
    """Yield what a claim came to beside each other document, in a reader's words."""
    found: dict[str, list[str]] = defaultdict(list)
    for a, b, verdict in answer.verdicts:
        if claim.id in {a.id, b.id}:
            other = b if a.id == claim.id else a
            code = (
                str(verdict) if other is b else _TURNED.get(str(verdict), str(verdict))
            )
            name = _OWN if other.source == claim.source else short_name(other.source)
            found[name].append(_SEEN.get(code) or relation_words(code))
    for silence in answer.silences:
        found[short_name(silence.source)].append("does not speak of it")
    for name, words in found.items():
        yield f"{name}: {'; '.join(dict.fromkeys(words))}"


def evidence_card(
    claim: Claim,
    source: Source,
    *,
    meets: Sequence[tuple[Meeting, str]] = (),
    entry: str,
    name: str,
) -> str:
    """Return the card of a claim as HTML.

    ``meets`` holds each question with the address of its card, "" where there is
    none; ``entry`` is the address of the claim's entry; ``name`` is the card's id.
    """
    before, passage, after = context(claim)
    words = f"{escape(before)}<mark>{escape(passage)}</mark>{escape(after)}"
    quoted = f'<blockquote class="sb-quote"><p>{words}</p></blockquote>'
    issued, short = source.sheet.issued.date, short_name(claim.source)
    head = _head(short, f"issued {time_words(issued)}" if issued else "undated")
    lines = "".join(_line(each, href) for each, href in meets)
    met = f'<p class="sb-met">Held against others</p><ul>{lines}</ul>' if lines else ""
    more = facts_html(card_facts(claim, source)) + met + _on("The claim’s entry", entry)
    label, data = f"Evidence: {short}", f' data-source="{escape(claim.source)}"'
    return _frame(head + quoted, more, name=name, label=label, data=data)


def card_facts(claim: Claim, source: Source) -> list[Line]:
    """Return what a card states of a claim; an empty value is not known."""
    known: Mapping[str, str] = dict(claim_facts(claim, source))
    facts: list[Line] = [("voice", known["voice"])]
    if figure := quantity_in(claim):
        facts += [("value", value_words(figure)), ("read as", interval_words(figure))]
    rest = ((name, known[name]) for name in _SHOWN)
    return [*facts, *((name, value) for name, value in rest if value != ACTUAL)]


def question_card(answer: Answer, *, entry: str, name: str) -> str:
    """Return the card of a question as HTML: its answer, badge and passages.

    ``entry`` is the address of its full card, ``name`` is the id of this one.
    """
    asks = answer.question.asks
    reply = (
        f'<p class="sb-reply">{printed(plain_words(answer.question.answer))} '
        f'<span class="sb-badge">{escape(badge(answer))}</span></p>'
    )
    facts = [(short_name(each.source), quoted(each.exact)) for each in answer.claims]
    more = facts_html(facts) + _on("The question’s entry", entry)
    return _frame(_head(asks, "") + reply, more, name=name, label=f"Question: {asks}")


def term_card(term: str, paragraphs: Iterable[str], *, entry: str, name: str) -> str:
    """Return the card of a word of the glossary as HTML; see `evidence_card`."""
    meaning = "".join(f"<p>{printed(each)}</p>" for each in paragraphs)
    says, more = _head(term, "") + meaning, _on("In the glossary", entry)
    return _frame(says, more, name=name, label=f"Glossary: {term}")


def _head(title: str, more: str) -> str:
    note = f" <span>{printed(more)}</span>" if more else ""
    return f'<p class="sb-head"><strong>{printed(title)}</strong>{note}</p>'


def _line(meeting: Meeting, href: str) -> str:
    """Return a question that a claim answers, with what its pairs came to."""
    asks = printed(meeting.asks)
    asked = f'<a href="{escape(href)}">{asks}</a>' if href else asks
    pairs = "".join(f"<br>{printed(pair)}" for pair in meeting.pairs)
    return f"<li>{asked}{pairs}</li>"


def _on(words: str, entry: str) -> str:
    return f'<p class="sb-on"><a href="{escape(entry)}">{words}</a></p>'


def _frame(says: str, more: str, *, name: str, label: str, data: str = "") -> str:
    """Return a card: what it says, and what is known besides."""
    return (
        f'<div class="sb-card sb-evidence" id="{escape(name)}"{data} role="group"'
        f' aria-label="{escape(label)}" popover="manual">'
        f'<div id="{escape(name)}-says">{says}</div>{more}</div>'
    )
