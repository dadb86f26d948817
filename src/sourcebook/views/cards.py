"""Cards of a source and of a verdict, and what a card shows of a claim.

A source card prints facts about a document and never a grade; what is known from
outside the file stands apart and says so. A verdict card shows both intervals and the
reason. Whatever comes from a source is escaped.

A claim's passage is shown among a few words of its sentence, never the whole of it:
the documents belong to their owners and stay out of the published book. The words are
cut at a word and marked with an ellipsis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from operator import eq

from sourcebook.coding.claims import Claim
from sourcebook.coding.hedges import DEFAULT_SLACK, Quantity, plain
from sourcebook.coding.source_looks import GENRES, short_name
from sourcebook.comparing.relations import Verdict, percent
from sourcebook.reading.dates import bounds
from sourcebook.views.fragment import Fragment, Line, escape, facts_html, facts_text

AROUND_PASSAGE = 60  # characters on either side
_CUT = "…"


def context(claim: Claim) -> tuple[str, str, str]:
    """Return the words before a claim's passage, the passage, and those after it."""
    before, passage, after = split_sentence(claim)
    left, right = _cut(before[::-1])[::-1], _cut(after)
    # All three would be the whole sentence, which stays out of the published book.
    if (before or after) and left == before and right == after:
        if before and (len(before) <= len(after) or not after.strip(" .,;:”’)")):
            left = _CUT
        else:
            right = _CUT
    return left, passage, right


def split_sentence(claim: Claim) -> tuple[str, str, str]:
    """Return a claim's sentence before, in and after its passage, or that alone."""
    sentence, exact = claim.sentence, claim.exact
    places = [
        place
        for place in range(len(sentence))
        if exact and sentence.startswith(exact, place)
    ]
    if not places:
        return "", exact, ""
    # The same words may stand twice in a sentence: those around the passage tell which.
    place = max(places, key=lambda each: _agreement(claim, each))
    end = place + len(exact)
    return sentence[:place], sentence[place:end], sentence[end:]


def _agreement(claim: Claim, place: int) -> int:
    """Count the characters around a place that are those around the passage."""
    before = claim.sentence[:place][::-1], claim.prefix[::-1]
    after = claim.sentence[place + len(claim.exact) :], claim.suffix
    return sum(1 for both in (before, after) for _ in takewhile(bool, map(eq, *both)))


def _cut(text: str) -> str:
    """Return a text's first words; of one turned round, its last."""
    return (
        text
        if len(text) <= AROUND_PASSAGE
        else f"{text[:AROUND_PASSAGE].rpartition(' ')[0]} {_CUT}"
    )


_SOURCE_FACTS = {  # the rest of what a sheet says, the file and its hash last
    "extent": "Extent",
    "issued": "Dated",
    "speakers": "Voices besides the author",
    "not_stated": "Not stated in the file",
    "coverage": "Coded",
    "file": "File",
    "sha256": "SHA-256",
}
_KEYS = {"date": "", "name": "", "state": "", "quote": "shown by"}


def interval_words(quantity: Quantity) -> str:
    """Return what a figure leaves open, and how wide its hedge is taken to be."""
    slack = DEFAULT_SLACK
    at = f", with “{quantity.hedge}” as {percent(slack)}" if quantity.uses_slack else ""
    return f"{quantity.interval(slack=slack).words}{at}"


def value_words(quantity: Quantity) -> str:
    """Return a parsed value with its unit, for people."""
    low, high = plain(quantity.low), plain(quantity.high)
    number = low if quantity.value is not None else f"{low} to {high}"
    return f"{number} {quantity.counted}".strip()


def source_card(
    facts: Mapping[str, object],
    *,
    citekey: str,
    outside: Mapping[str, object] | None = None,
) -> Fragment:
    """Return the provenance of a source as its sheet states it.

    ``facts`` is a plain mapping, such as a sheet's own fields; of these, the ones
    that describe the document are shown. ``outside`` holds what is known, but not
    from the file: it is shown apart, under its own keys.
    """
    name = short_name(citekey)
    rest = [
        (words, _words(facts[key]) or "not stated")
        for key, words in _SOURCE_FACTS.items()
        if key in facts
    ]
    inside = [*_at_a_glance(facts), *rest]
    beyond: list[Line] = [
        # As it is where it brings its links.
        (key, value if isinstance(value, Fragment) else _words(value))
        for key, value in (outside or {}).items()
    ]
    body, text = facts_html(inside), f"{name} {citekey}\n{facts_text(inside)}"
    if beyond:
        head = "Known from outside the file"
        body += f'<p class="sb-outside">{head}</p>{facts_html(beyond)}'
        text += f"\n{head}\n{facts_text(beyond)}"
    title = f"<strong>{escape(name)}</strong> <code>{escape(citekey)}</code>"
    return Fragment(_card("source-card", citekey, head=title, body=body), text)


def _at_a_glance(facts: Mapping[str, object]) -> list[Line]:
    """Return what a reader asks first of a document; an empty value is left out."""
    issued = facts.get("issued")
    day = str(issued["date"]) if isinstance(issued, Mapping) else ""
    genre = str(facts.get("genre", ""))
    length = [
        f"{facts[unit]:,} {unit}" for unit in ("words", "characters") if unit in facts
    ]
    return [
        ("Title", str(facts.get("title") or "none in the file")),
        ("Year", str(bounds(day)[1].year) if day else ""),
        ("Kind of text", GENRES.get(genre, genre)),
        ("Sponsor", _words(facts.get("sponsor")) or "none named"),
        ("Length", ", ".join(length)),
        ("About", str(facts.get("about", ""))),
    ]


def _words(value: object) -> str:
    """Return a field of a sheet as words; a nested field names its parts."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        parts = [(key, _words(part)) for key, part in value.items()]
        return "; ".join(_part(key, part) for key, part in parts if part)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(_words(part).removesuffix(".") for part in value)
    return str(value)


def _part(key: object, words: str) -> str:
    name = _KEYS.get(str(key), str(key))
    quoted = f"“{words}”" if key == "quote" else words
    return f"{name}: {quoted}" if name else quoted


def verdict_card(verdict: Verdict, *, a: str, b: str) -> Fragment:
    """Return a verdict with both intervals; ``a`` and ``b`` name the two claims."""
    slack = verdict.slack
    facts = [
        ("Axis", verdict.axis),
        (a, str(verdict.a or "")),
        (b, str(verdict.b or "")),
        ("Slack at which they meet", "" if slack is None else percent(slack)),
        ("Why", verdict.reason),
    ]
    head = f"<strong>{escape(verdict)}</strong>"
    card = _card("verdict", "", head=head, body=facts_html(facts))
    return Fragment(card, f"{verdict}\n{facts_text(facts)}")


def _card(kind: str, source: str, *, head: str, body: str) -> str:
    data = f' data-source="{escape(source)}"' if source else ""
    return (
        f'<div class="sb-card sb-{kind}"{data}>'
        f'<p class="sb-head">{head}</p>{body}</div>'
    )
