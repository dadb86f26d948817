"""The tone of a document: the stances that its author takes, and two word lists.

Stances are coded by hand from the whole text, so they are *counted*: how often an
author praises, blames or does neither. They are no sample of anything, and no interval
is drawn round them.

The word lists score a sentence without knowing what it is about. Each gives a mean
between −1 and 1, with a 95 % interval from resampling the sentences: how far the mean
hangs on which sentences happen to be there. A mean may be held against the same list's
mean of another document, never against another list's. The lists are given what a
reader reads: typographic quotes and dashes are levelled to ASCII, which is all that
their tokenisers know, and what is no part of the text is left out: page furniture, the
sponsor's notice, and a sentence printed again word for word, such as a headline.

Sources: C. J. Hutto and E. Gilbert, VADER (2014); T. De Smedt and W. Daelemans, the
lexicon of Pattern (2012), as TextBlob ships it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from sourcebook.coding.claims import StanceClaim
from sourcebook.coding.corpus import Corpus, Source, by_issue
from sourcebook.comparing.coder_agreement import alpha, drawn_again, middle
from sourcebook.reading.anchor import fold, locate
from sourcebook.reading.text import Span

VADER, PATTERN = "VADER", "Pattern"
INSTRUMENTS = (VADER, PATTERN)
OWN = frozenset({"author", "the author", "the authors", "the article", "the report"})
_DASH = re.compile(r"\s*[–—]\s*")
_NEUTRAL = 0.05  # a lexicon's score within this of zero counts as neither


@dataclass(frozen=True, slots=True)
class Rival:
    """How far a lexicon signs the hand-coded sentences as the coder did.

    ``mixed`` counts the sentences set aside because their stances differ in sign.
    """

    instrument: str
    sentences: int
    same: int
    opposite: int
    mixed: int


def own_stances(source: Source) -> tuple[StanceClaim, ...]:
    """Return the stances that the document's author takes in its own voice."""
    return tuple(
        claim
        for claim in source.claims()
        if isinstance(claim, StanceClaim)
        if claim.actor in OWN and claim.voice == "author"
    )


def tone_table(corpus: Corpus) -> pd.DataFrame:
    """Return one row per source and instrument, by date of issue.

    Columns: ``source`` (citekey), ``instrument``, ``scored`` (sentences), ``mean``
    (from −1 to 1), ``low`` and ``high`` (of the resampled 95 % interval; empty where
    scores do not vary).
    """
    rows = []
    for source in by_issue(corpus.sources):
        for instrument in INSTRUMENTS:
            scores = scores_of(source, instrument)
            low, high = interval(scores)
            mean = float(np.mean(scores)) if scores else None
            rows.append((source.citekey, instrument, len(scores), mean, low, high))
    return pd.DataFrame(rows, columns="source instrument scored mean low high".split())


def scores_of(source: Source, instrument: str) -> tuple[float, ...]:
    """Return what a word list gives a document's sentences, in order of its text."""
    return tuple(score(sentence, instrument) for sentence in _sentences(source))


def score(sentence: str, instrument: str) -> float:
    """Return a lexicon's score of one sentence, from −1 to 1."""
    sentence = levelled(sentence)
    if instrument == VADER:
        return float(_vader().polarity_scores(sentence)["compound"])
    from textblob import TextBlob  # noqa: PLC0415 - slow, and needed here alone

    return float(TextBlob(sentence).sentiment.polarity)


@cache
def _vader() -> Any:  # noqa: ANN401 - the library has no types
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415 - as above

    return SentimentIntensityAnalyzer()


def levelled(text: str) -> str:
    """Return a text in ASCII quotes and dashes, dashes set apart.

    To both tokenisers “good” in typographic quotes, or "active" in "positive—active",
    is a word of its own that no list knows.

    >>> levelled("It is ‘good’—so far")
    "It is 'good' - so far"
    """
    return fold(_DASH.sub(" - ", text))


def _sentences(source: Source) -> Iterator[str]:
    """Yield each sentence of the text proper once, in one line."""
    furniture = tuple(_furniture(source))
    # A sentence printed again word for word, as a headline is, counts once.
    seen = set()
    for sentence in source.document.sentences:
        printed = source.document.text[sentence.start : sentence.end]
        text = " ".join(printed.split())
        start = sentence.start + len(printed) - len(printed.lstrip())
        end = start + len(printed.strip())
        apart = any(span.start <= start and end <= span.end for span in furniture)
        if any(letter.isalpha() for letter in text) and not apart and text not in seen:
            seen.add(text)
            yield text


def _furniture(source: Source) -> Iterator[Span]:
    """Yield the ranges that are no part of the text: page furniture, who paid."""
    for waiver in source.waivers:
        if waiver.reason == "page-furniture":
            yield Span(waiver.start, waiver.end)
    if source.sheet.sponsor:
        notice = locate(source.sheet.sponsor.quote, source.document, clause=False)
        paragraph = source.document.paragraph_at(notice.start)
        yield Span(paragraph.start, paragraph.end)


def interval(scores: Sequence[float]) -> tuple[float | None, float | None]:
    """Return the 95 % interval of the mean, by resampling."""
    # Drawing again from what does not vary shows no spread, which would pass for
    # certainty.
    if len(set(scores)) < 2:
        return None, None
    return middle(np.asarray(scores)[drawn_again(len(scores))].mean(axis=1))


def stance_table(corpus: Corpus) -> pd.DataFrame:
    """Return one row per source and target of its own stances, by date of issue.

    Columns: ``source``, ``target``, ``stances`` (how many), of which ``praises``,
    ``neither``, ``blames``, and ``claim`` (the first of them).
    """
    rows = []
    for source in by_issue(corpus.sources):
        stances = own_stances(source)
        for target in dict.fromkeys(claim.target for claim in stances):
            about = [claim for claim in stances if claim.target == target]
            signs = Counter(claim.sign for claim in about)
            counts = signs[1], signs[0], signs[-1]
            rows.append((source.citekey, target, len(about), *counts, about[0].id))
    names = ["source", "target", "stances", "praises", "neither", "blames", "claim"]
    return pd.DataFrame(rows, columns=names)


def rivals(corpus: Corpus) -> tuple[Rival, ...]:
    """Hold each lexicon's sign against the coder's, sentence by sentence.

    A sentence counts when every stance coded in it has one sign; the others are
    mixed, and are counted apart.
    """
    signed, mixed = _signed_sentences(corpus)
    found = []
    for instrument in INSTRUMENTS:
        pairs = [(sign, _sign(score(text, instrument))) for text, sign in signed]
        same = sum(a == b for a, b in pairs)
        opposite = sum(a * b < 0 for a, b in pairs)
        found.append(Rival(instrument, len(pairs), same, opposite, mixed))
    return tuple(found)


def instruments_alpha(corpus: Corpus) -> float:
    """Return Krippendorff's alpha of coder and both lexicons over those sentences."""
    signed, _ = _signed_sentences(corpus)
    return alpha([(n, *(_sign(score(t, by)) for by in INSTRUMENTS)) for t, n in signed])


def _signed_sentences(corpus: Corpus) -> tuple[list[tuple[str, int]], int]:
    """Return each sentence whose stances have one sign, and how many have more."""
    signs: dict[tuple[str, str], set[int]] = {}
    for claim in corpus.claims:
        if isinstance(claim, StanceClaim):
            key = claim.source, " ".join(claim.sentence.split())
            signs.setdefault(key, set()).add(claim.sign)
    every = sorted(signs.items())
    agreed = [(text, min(found)) for (_, text), found in every if len(found) == 1]
    return agreed, len(signs) - len(agreed)


def _sign(value: float) -> int:
    return 0 if abs(value) < _NEUTRAL else (1 if value > 0 else -1)


def weighty_words(source: Source, *, most: int = 8) -> pd.DataFrame:
    """Return the words that move VADER's score of a document most.

    Columns: ``word``, ``places``, ``weight`` (valence, summed over the places).
    """
    lexicon = _vader().lexicon
    words: Counter[str] = Counter()
    for sentence in _sentences(source):
        printed = levelled(sentence).split()
        words.update(word.strip(".,;:!?()[]\"'").lower() for word in printed)
    rows = [(w, n, round(n * lexicon[w], 1)) for w, n in words.items() if w in lexicon]
    rows.sort(key=lambda row: (-abs(row[2]), row[0]))
    return pd.DataFrame(rows[:most], columns=["word", "places", "weight"])


def settings_table(corpus: Corpus) -> pd.DataFrame:
    """Return what else differs between the documents: year, genre, sponsor, length.

    Columns: ``source``, ``issued``, ``genre``, ``sponsor``, ``sentences``,
    ``own stances``, ``reported stances``.
    """
    rows = []
    for source in by_issue(corpus.sources):
        own, every = len(own_stances(source)), len(source.claims(kind="stance"))
        sponsor = source.sheet.sponsor.name if source.sheet.sponsor else "none stated"
        issued, genre = source.sheet.issued.date, source.sheet.genre
        length = sum(1 for _ in _sentences(source))
        rows.append((source.citekey, issued, genre, sponsor, length, own, every - own))
    names = "source,issued,genre,sponsor,sentences,own stances,reported stances"
    return pd.DataFrame(rows, columns=names.split(","))
