"""Cards: a claim, a source or a verdict, laid out so that it can be checked.

A claim card shows the passage among a few words of its sentence, what was read from
it, and where in the pinned file it stands. A source card prints facts about a
document and never a grade; what is known from outside the file stands apart and says
so. A verdict card shows both intervals and the reason. Whatever comes from a source
is escaped.

A few words on either side of a passage, and never the whole of its sentence.

The documents belong to their owners and stay out of the published book: a passage is
shown with enough words around it to be understood, cut at a word and marked with an
ellipsis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from sourcebook.coding.claims import Claim
from sourcebook.coding.hedges import DEFAULT_SLACK, Quantity, plain
from sourcebook.coding.source_looks import GENRES, short_name
from sourcebook.comparing.relations import Verdict, percent
from sourcebook.reading.dates import bounds, time_words
from sourcebook.views.figure_rows import ROOT, address
from sourcebook.views.fragment import Fact, Fragment, escape, facts_html, facts_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.coding.claims import Claim

MOST = 60  # characters on either side
CUT = "…"


def context(claim: Claim) -> tuple[str, str, str]:
    """Return the words before a claim's passage, the passage, and the words after it.

    When the three would make up the whole sentence, one side is left out.
    """
    before, passage, after = split_sentence(claim)
    left, right = _last_words(before), _first_words(after)
    if (before or after) and left == before and right == after:
        if before and (len(before) <= len(after) or not after.strip(" .,;:”’)")):
            left = CUT
        else:
            right = CUT
    return left, passage, right


def split_sentence(claim: Claim) -> tuple[str, str, str]:
    """Return a claim's sentence before, in and after its passage.

    The same words may stand twice in a sentence; the words around the passage tell
    which is meant. A sentence without the passage gives the passage alone.
    """
    sentence, exact = claim.sentence, claim.exact
    places = [
        place
        for place in range(len(sentence) - len(exact) + 1)
        if exact and sentence.startswith(exact, place)
    ]
    if not places:
        return "", exact, ""
    place = max(places, key=lambda each: _agreement(claim, each))
    end = place + len(exact)
    return sentence[:place], sentence[place:end], sentence[end:]


def _agreement(claim: Claim, place: int) -> int:
    """Count the characters around a place that are those around the passage."""
    before = reversed(claim.sentence[:place]), reversed(claim.prefix)
    after = claim.sentence[place + len(claim.exact) :], claim.suffix
    return _shared(*before) + _shared(*after)


def _shared(one: Iterable[str], two: Iterable[str]) -> int:
    count = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        count += 1
    return count


def _last_words(text: str) -> str:
    if len(text) <= MOST:
        return text
    return CUT + " " + text[-MOST:].partition(" ")[2]


def _first_words(text: str) -> str:
    if len(text) <= MOST:
        return text
    return text[:MOST].rpartition(" ")[0] + " " + CUT


STATUSES = {
    "A": "actual",
    "E": "estimate",
    "F": "forecast",
    "P": "provisional",
    "T": "target",
}
_SIGNS = {-1: "−1, against", 0: "0, neither", 1: "+1, in favour"}
_SOURCE_FACTS = {  # the rest of what a sheet says, the file and its hash last
    "extent": "Extent",
    "issued": "Dated",
    "speakers": "Voices besides the author",
    "not_stated": "Not stated in the file",
    "coverage": "Coded",
    "file": "File",
    "sha256": "SHA-256",
}
_KEYS = {"date": "", "name": "", "state": "", "quote": "shown by", "named": "named"}


def claim_card(
    claim: Claim,
    *,
    slack: Fraction = DEFAULT_SLACK,
    label: str = "",
    root: str = ROOT,
) -> Fragment:
    """Return a claim with its passage marked and everything derived from it.

    ``slack`` is the reading of "about"; ``label`` overrides the source's short name.
    """
    name = label or short_name(claim.source)
    facts = [*_coded(claim), *_read(claim, slack=slack), *_placed(claim)]
    before, passage, after = context(claim)
    quoted = f"{escape(before)}<mark>{escape(passage)}</mark>{escape(after)}"
    link = f'<a href="{escape(address(claim.id, root))}">{escape(claim.id)}</a>'
    head = f"<strong>{escape(name)}</strong> {link}"
    body = f'<blockquote class="sb-quote"><p>{quoted}</p></blockquote>'
    return Fragment(
        _card("claim", claim.source, head=head, body=body + facts_html(facts)),
        f"{name} {claim.id}\n  {before}>>{passage}<<{after}\n{facts_text(facts)}",
    )


def _coded(claim: Claim) -> list[Fact]:
    return [
        ("Voice", claim.voice),
        ("Date", time_words(claim.when)),
        ("Kind", claim.kind),
        ("Status", STATUSES.get(claim.status, claim.status)),
        ("Event", claim.type),
        ("Actors", ", ".join(claim.actors)),
        ("Actor", claim.actor),
        ("Target", claim.target),
        ("Concept", claim.concept),
        ("Sign", "" if claim.sign is None else _SIGNS[claim.sign]),
        ("Measure", claim.measure),
        ("Out of", claim.of),
        ("Where", claim.where or claim.place),
        ("Origin", claim.origin),
        ("Stands alone", claim.alone),
        ("Note", claim.note),
    ]


def _read(claim: Claim, *, slack: Fraction) -> list[Fact]:
    """Return what was parsed from the passage, for claims that hold a figure."""
    quantity = claim.quantity
    if quantity is None:
        return []
    return [
        ("Figure as printed", quantity.text),
        ("Value", value_words(quantity)),
        ("Hedge", f"{quantity.hedge or 'none'} (read as {quantity.rule})"),
        ("Interval", interval_words(quantity, slack=slack)),
    ]


def interval_words(quantity: Quantity, *, slack: Fraction = DEFAULT_SLACK) -> str:
    """Return what a figure leaves open, and how wide its hedge is taken to be."""
    at = f", with “{quantity.hedge}” as {percent(slack)}" if quantity.uses_slack else ""
    return f"{quantity.interval(slack=slack).words}{at}"


def value_words(quantity: Quantity) -> str:
    """Return a parsed value with its unit, for people."""
    low, high = plain(quantity.low), plain(quantity.high)
    number = low if quantity.value is not None else f"{low} to {high}"
    unit = quantity.unit or quantity.noun
    return f"{number} {unit}".strip() + (f" per {quantity.per}" if quantity.per else "")


def _placed(claim: Claim) -> list[Fact]:
    start, end = claim.span
    return [
        ("Section", claim.section or "before the first heading"),
        ("Paragraph", str(claim.paragraph)),
        ("In the file", f"{claim.file}, characters {start}–{end} (end not included)"),
    ]


def source_card(
    facts: Mapping[str, object],
    *,
    citekey: str,
    outside: Mapping[str, object] | None = None,
    label: str = "",
) -> Fragment:
    """Return the provenance of a source as its sheet states it.

    ``facts`` is a plain mapping, such as a sheet's own fields; of these, the ones
    that describe the document are shown. ``outside`` holds what is known, but not
    from the file: it is shown apart, under its own keys.
    """
    name = label or short_name(citekey)
    rest = [
        (words, _words(facts[key]) or "not stated")
        for key, words in _SOURCE_FACTS.items()
        if key in facts
    ]
    inside = [*_at_a_glance(facts), *rest]
    beyond: list[Fact] = [
        (key, _outside(value)) for key, value in (outside or {}).items()
    ]
    body, text = facts_html(inside), f"{name} {citekey}\n{facts_text(inside)}"
    if beyond:
        head = "Known from outside the file"
        body += f'<p class="sb-outside">{head}</p>{facts_html(beyond)}'
        text += f"\n{head}\n{facts_text(beyond)}"
    title = f"<strong>{escape(name)}</strong> <code>{escape(citekey)}</code>"
    return Fragment(_card("source-card", citekey, head=title, body=body), text)


def _at_a_glance(facts: Mapping[str, object]) -> list[Fact]:
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


def _outside(value: object) -> str | Fragment:
    """Return what is known from outside: as it is where it brings its links."""
    return value if isinstance(value, Fragment) else _words(value)


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


def verdict_card(verdict: Verdict, *, a: str = "", b: str = "") -> Fragment:
    """Return a verdict with both intervals; ``a`` and ``b`` name the two claims."""
    slack = verdict.slack
    facts = [
        ("Axis", verdict.axis),
        (a or "First", str(verdict.a or "")),
        (b or "Second", str(verdict.b or "")),
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
