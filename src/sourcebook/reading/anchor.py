"""Bind a quotation to the one passage it comes from, exactly or not at all.

Typography is levelled character for character (curly and straight quotation marks,
kinds of dash, kinds of space) and any run of white space matches any other; nothing
else is forgiven. There is no fuzzy matching: a similarity score would take 4.8% for
4.3%. What stands nearest goes into the error message instead.

A passage that is found may still be refused: a quotation may not begin or end inside
a word, a figure or a date, and it may not leave behind a negation, a doubt, a hedge or
the verb of its own clause, before it or after it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from sourcebook.errors import SourcebookError
from sourcebook.reading.clause import left_after, left_before
from sourcebook.reading.dates import read_dates
from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.text import Document, Span

_LONG = 1000  # a text from here on is a document, and not a quotation
CONTEXT = 32  # characters of prefix and suffix, as the Web Annotation model uses them

_SINGLE, _DOUBLE, _DASH = "‘’‛ʼ′", "“”„‟″", "‐‑‒–—―−"
_SPACE = "\u00a0\u2007\u2009\u200a\u202f"
FOLD = str.maketrans(
    _SINGLE + _DOUBLE + _DASH + _SPACE,
    "'" * len(_SINGLE) + '"' * len(_DOUBLE) + "-" * len(_DASH) + " " * len(_SPACE),
)

# An unspaced hyphen or en dash makes one word of two: "anti-Acme", "EU–Azerbaijan".
_JOINERS = "-\u2010\u2011\u2013"
_CURRENCY = "€$£¥₼₽"


@dataclass(frozen=True, slots=True)
class Anchor:
    """One exact place: offsets in the clean text, and the raw range they map to."""

    start: int
    end: int
    raw: Span
    exact: str
    prefix: str
    suffix: str
    nth: int
    count: int


class QuoteError(SourcebookError):
    """A quotation that cannot be bound to exactly one passage."""


def fold(text: str) -> str:
    """Level typography, one character for one.

    >>> fold("“frank” talks – 2025")
    '"frank" talks - 2025'
    """
    return text.translate(FOLD) if len(text) < _LONG else _folded(text)


@lru_cache(maxsize=128)  # a document is folded once for all that is looked for
def _folded(text: str) -> str:
    return text.translate(FOLD)


def locate(
    quote: str,
    document: Document,
    *,
    nth: int | None = None,
    clause: bool = True,
    phrase: bool = False,
) -> Anchor:
    """Return the one place where ``quote`` stands in ``document``.

    ``nth`` (1-based) chooses among several; ``clause=False`` drops the check for a
    negation or a doubt left behind, for passages that are set aside and claim nothing.
    A ``phrase`` stands in a sentence of ours and has its verb there: only what comes
    before it may not be left behind. Raises `QuoteError`.
    """
    whole = places(quote, document)
    start, end = whole[_choose(quote, document, whole, nth)]
    if clause:
        _check_clause(quote, document, start, end, phrase=phrase)
    return Anchor(
        start=start,
        end=end,
        raw=document.raw_span(start, end),
        exact=document.text[start:end],
        prefix=document.text[max(0, start - CONTEXT) : start],
        suffix=document.text[end : end + CONTEXT],
        nth=whole.index((start, end)) + 1,
        count=len(whole),
    )


def locate_stretch(
    first: str, last: str, document: Document, *, nth: int | None = None
) -> Span:
    """Return the clean range from ``first`` to the nearest ``last`` after it.

    For stretches that are set aside as a whole. Raises `QuoteError`.
    """
    start = locate(first, document, nth=nth, clause=False).start
    ends = [end for at, end in places(last, document) if at >= start]
    if not ends:
        raise QuoteError(
            f"{document.citekey}: {last!r} does not stand after {first!r}\n"
            "  fix: end the stretch with words that come later"
        )
    return Span(start, ends[0])


def places(quote: str, document: Document) -> list[tuple[int, int]]:
    """Return where a quote stands and cuts through nothing, as (start, end) in order.

    Raises `QuoteError` where it does so nowhere.
    """
    words = fold(quote).split()
    if not words:
        raise QuoteError(
            f"{document.citekey}: the quote is empty\n  fix: copy a passage"
        )
    wanted = " ".join(words)
    # A letter may be copied in two pieces that look like the one of the text.
    forms = dict.fromkeys([wanted, normalize("NFC", wanted), normalize("NFD", wanted)])
    hits = next(filter(None, (_hits(each, document.text) for each in forms)), [])
    if not hits:
        raise QuoteError(_missing(quote, document))
    whole = [hit for hit in hits if _cut(document.text, *hit) is None]
    if not whole:
        raise QuoteError(_cutting(quote, document, hits[0]))
    return whole


@lru_cache(maxsize=256)  # one quote is asked for once for each of its places
def _hits(wanted: str, text: str) -> list[tuple[int, int]]:
    """Return every place of some folded words; a line's end is a blank like another."""
    level = _on_one_line(text)
    hits, at = [], level.find(wanted)
    while at >= 0:
        hits.append((at, at + len(wanted)))
        at = level.find(wanted, at + 1)
    return hits


@lru_cache(maxsize=32)
def _on_one_line(text: str) -> str:
    return fold(text).replace("\n", " ")  # a clean text has no two blanks in a row


def _choose(
    quote: str, document: Document, hits: list[tuple[int, int]], nth: int | None
) -> int:
    if nth is None and len(hits) == 1:
        return 0
    if nth is not None and 1 <= nth <= len(hits):
        return nth - 1
    lines = ", ".join(str(document.line_at(start)) for start, _ in hits)
    wanted = "no nth given" if nth is None else f"nth: {nth}"
    raise QuoteError(
        f"{document.citekey}: quote stands {len(hits)} times ({wanted}): {quote!r}\n"
        f"  at (lines): {lines}\n"
        f"  fix: add nth: 1 to {len(hits)}, or quote more words"
    )


@lru_cache(maxsize=8192)
def _cut(text: str, start: int, end: int) -> str | None:
    """Name what the range would cut through, or None when its edges are clean."""
    for edge, inside in ((start, text[start]), (end, text[end - 1])):
        outside = text[edge - 1 : edge] if edge == start else text[edge : edge + 1]
        beyond = (
            text[edge - 2 : edge - 1] if edge == start else text[edge + 1 : edge + 2]
        )
        if inside.isalnum() and outside.isalnum():
            return "a word"
        if inside.isalnum() and outside in _JOINERS and outside and beyond.isalnum():
            return "a joined word"
        if inside.isdigit() and outside and outside in _CURRENCY + "%":
            return "a figure"
    for label, spans in _tokens(text).items():
        for edge in (start, end):
            before = bisect_left(spans, edge, key=lambda span: span.start) - 1
            if before >= 0 and edge < spans[before].end:
                return f"{label} {text[slice(*spans[before])]!r}"
    return None


@lru_cache(maxsize=32)
def _tokens(text: str) -> dict[str, list[Span]]:
    """Figures and dates of a text, in order, which no quotation may cut through."""
    dates = [m for m in read_dates(text) if m.kind in {"date", "range"}]
    return {
        "the figure": [Span(m.start, m.end) for m in read_numbers(text)],
        "the date": [Span(m.start, m.end) for m in dates],
    }


def _check_clause(
    quote: str, document: Document, start: int, end: int, *, phrase: bool
) -> None:
    """Refuse a quotation that leaves behind what its own clause turns on."""
    sentence = document.sentences_at(start, end)
    left = left_before(document.text[sentence.start : start])
    fix = "begin the quote at the start of its clause"
    if not left and not phrase:
        left = left_after(document.text[start:end], document.text[end : sentence.end])
        fix = "end the quote after the verb and any negation of its clause"
    if left:
        line, around = document.line_at(start), _window(document, start, end)
        raise QuoteError(
            f"{document.citekey}: quote leaves {left!r} behind: {quote!r}\n"
            f"  in (line {line}): {around!r}\n"
            f"  fix: {fix}"
        )


def _missing(quote: str, document: Document) -> str:
    wanted = set(fold(quote).split())
    best = max(
        document.sentences,
        key=lambda s: len(wanted & _words(document.text[s.start : s.end])),
        default=None,
    )
    line = document.line_at(best.start) if best else 0
    passage = _clip(document.text[best.start : best.end]) if best else ""
    return (
        f"{document.citekey}: quote not found: {quote!r}\n"
        f"  closest (line {line}): {passage!r}\n"
        "  fix: copy the words from the source; do not retype them"
    )


@lru_cache(maxsize=4096)
def _words(sentence: str) -> frozenset[str]:
    return frozenset(fold(sentence).split())


def _cutting(quote: str, document: Document, hit: tuple[int, int]) -> str:
    through = _cut(document.text, *hit)
    return (
        f"{document.citekey}: quote cuts through {through}: {quote!r}\n"
        f"  in (line {document.line_at(hit[0])}): {_window(document, *hit)!r}\n"
        "  fix: quote whole words and whole figures, with hedge and unit"
    )


def _window(document: Document, start: int, end: int) -> str:
    around = document.sentences_at(start, end)
    return _clip(
        document.text[max(around.start, start - 60) : min(around.end, end + 40)]
    )


def _clip(text: str, *, limit: int = 160) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
