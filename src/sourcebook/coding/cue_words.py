"""What a code says of a passage, held against the words a passage of that kind has.

The codebook lists for a measure the nouns and units it counts, and for an event type,
a concept or a topic the words that go with it. A word of the list begins a word of the
text: "prison" finds "prisoners". A measure is held against the words around its own
figure, as far as the figures on either side, so that soldiers and vehicles counted in
one sentence stay apart.

Whether something is or is only planned is held against `CUES`.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from sourcebook.coding.claims import Claim, said_in
from sourcebook.coding.named_fields import Named
from sourcebook.coding.schema import STATUSES, CueKind, Measure
from sourcebook.reading.anchor import Anchor, fold
from sourcebook.reading.certainty import is_doubtful
from sourcebook.reading.numbers import NumberMention, read_numbers
from sourcebook.reading.text import Span

Misses = Callable[[str, Claim, Named, Anchor], bool]

# What a sentence must say before it can be read as less than actual.
CUES: Final = {
    "E": re.compile(r"\bestimat", re.IGNORECASE),
    "F": re.compile(
        r"\b(?:will|would|(?-i:may)|might|could|(?:un)?likely|expect|project|forecast"
        r"|predict|potential|horizon|prospect|set to)",  # and May is a month
        re.IGNORECASE,
    ),
    "P": re.compile(r"\b(?:provisional|preliminar)", re.IGNORECASE),
    "T": re.compile(
        r"\b(?:target|plan|aim|goal|envisag|propos|attempt|pledg|intend|commit)",
        re.IGNORECASE,
    ),
}
# What a quotation may not say where it is read as actual.
_NOT_YET: Final = re.compile(
    r"\b(?:will|would|shall|targets? to|plans? to|aims? to|envisages?|to propose"
    r"|projections?|projected|expected|attempt)\b",
    re.IGNORECASE,
)
_TIMED: Final = {"quantity", "status"}  # kinds whose matter can be planned or done
_NEAR = 8  # characters between the figures of one range or one fall


def unlike_status(value: str, claim: Claim, named: Named, anchor: Anchor) -> bool:
    """Say whether a status is not what the words of its passage make of it."""
    sentence = named.text(named.around(anchor)[0])
    if (claim.kind == "forecast") != (value == "F") and claim.kind not in _TIMED:
        return True
    if value == "A":
        return claim.kind in _TIMED and bool(_NOT_YET.search(anchor.exact))
    return not CUES[value].search(sentence)


def says_status(value: str, reason: str, _: Named) -> bool:
    """Say whether a reason names the status it argues for."""
    return STATUSES[value] in reason.casefold()


def doubted(value: str, _: Claim, named: Named, anchor: Anchor) -> bool:
    """Say whether the reader of a figure had its doubts about what it says."""
    return any(
        is_doubtful(mention.ground) and mention.text == value
        for mention in _figures(named, anchor)
    )


def says_figure(value: str, reason: str, _: Named) -> bool:
    """Say whether a reason names the figure it settles."""
    return value.casefold() in reason.casefold()


def doubts_found(named: Named, anchor: Anchor) -> str:
    """Return what the reader was in doubt of in a passage."""
    doubts = [m.ground for m in _figures(named, anchor) if is_doubtful(m.ground)]
    return "; ".join(dict.fromkeys(doubts))


def _figures(named: Named, anchor: Anchor) -> list[NumberMention]:
    return [
        mention
        for mention in read_numbers(named.document.text)
        if anchor.start <= mention.start and mention.end <= anchor.end
    ]


def uncounted(value: str, claim: Claim, named: Named, anchor: Anchor) -> bool:
    """Say whether a measure counts something else than stands around its figure."""
    measure = named.codebook.measures.get(value)
    if measure is None:
        return False
    return not counts(measure, named.text(_around_figure(claim, named, anchor)))


def counts(measure: Measure, text: str) -> bool:
    """Say whether a text has a word of what a measure counts, if it lists any."""
    return not measure.counts or _finds(measure.counts, text)


def _around_figure(claim: Claim, named: Named, anchor: Anchor) -> Span:
    """Return the words from the figure before a claim's own to the one after it."""
    sentence = named.around(anchor)[0]
    figures = [
        Span(m.start, m.end)
        for m in read_numbers(named.document.text)
        if m.role == "quantity" and sentence.start <= m.start and m.end <= sentence.end
    ]
    own = [
        n
        for n, (start, end) in enumerate(figures)
        if anchor.start <= start
        and named.document.text[start:end] == said_in(claim, "figure")
    ]
    if not own:
        return sentence
    first = last = own[0]
    while first and figures[first].start - figures[first - 1].end < _NEAR:
        first -= 1
    return Span(
        figures[first - 1].end if first else sentence.start,
        figures[last + 1].start if last + 1 < len(figures) else sentence.end,
    )


def uncued(kind: CueKind, *, reach: int | None = None) -> Misses:
    """Return what says whether nothing around a claim speaks of a code of a kind.

    ``reach`` is how many of its surroundings are asked, the nearest first: all without.
    """

    def misses(value: str, _: Claim, named: Named, anchor: Anchor) -> bool:
        words = named.codebook.cues.get(kind, {}).get(value, ())
        spans = named.around(anchor)[:reach]
        return bool(words) and not any(_finds(words, named.text(s)) for s in spans)

    return misses


def says_code(value: str, reason: str, _: Named) -> bool:
    """Say whether a reason names the code it argues for, in its own words."""
    return value.replace("-", " ") in reason.casefold().replace("-", " ")


def _finds(words: Sequence[str], text: str) -> bool:
    return bool(_pattern(tuple(words)).search(fold(text)))


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(re.escape(fold(word)) for word in words)
    return re.compile(rf"(?<!\w)(?:{listed})", re.IGNORECASE)


def codes_found(field: str, named: Named, anchor: Anchor) -> str:
    """Say which codes of a field the words around a claim would bear out."""
    if field == "status":
        return "cues read there: " + (
            ", ".join(
                code
                for code, cue in CUES.items()
                if cue.search(named.text(named.around(anchor)[0]))
            )
            or "none"
        )
    cues: dict[str, Sequence[str]] = dict(
        {str(k): v for k, v in named.codebook.cues.items()}.get(field, {})
    )
    if field == "measure":
        cues = {k: m.counts for k, m in named.codebook.measures.items() if m.counts}
    spans = named.around(anchor)[: 1 if field in {"measure", "type"} else None]
    near = [
        code
        for code, words in cues.items()
        if any(_finds(words, named.text(s)) for s in spans)
    ]
    return f"words there speak of: {', '.join(near) or 'none of the codebook'}"
