"""What surrounds a figure is guarded like the figure: field by field, in one table.

Each guard holds one field of a claim against the words where the claim stands. A field
that fails is a fault, unless the sheet says why it is right all the same, with
``inferred: {field: why}``. The reason has to name the value it argues for; a reason for
a field that needs none, or that is empty, is a fault as well.

What a code says is held against words that go with it, as the codebook lists them: for
a measure the nouns and units it counts. A word of the list begins a word of the text:
"prison" finds "prisoners". A measure is held against the words around its own figure,
as far as the figures on either side, so that soldiers and vehicles counted in one
sentence stay apart. Whether something is or is only planned is held against `CUES`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sourcebook.coding import named_fields
from sourcebook.coding.claims import Claim, said_in, within
from sourcebook.coding.named_fields import Named
from sourcebook.coding.schema import STATUSES, CueKind, Measure
from sourcebook.reading.anchor import Anchor, fold
from sourcebook.reading.certainty import is_doubtful
from sourcebook.reading.numbers import NumberMention, read_numbers
from sourcebook.reading.text import Document, Span

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


def doubted(value: str, _: Claim, named: Named, anchor: Anchor) -> bool:
    """Say whether the reader of a figure had its doubts about what it says."""
    return any(
        is_doubtful(mention.ground) and mention.text == value
        for mention in _figures(named, anchor)
    )


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
    return not has_counted(measure, named.text(_around_figure(claim, named, anchor)))


def has_counted(measure: Measure, text: str) -> bool:
    """Say whether a text has a word of what a measure counts, if it lists any."""
    return not measure.counts or _finds(measure.counts, text)


def _around_figure(claim: Claim, named: Named, anchor: Anchor) -> Span:
    """Return the words from the figure before a claim's own to that after it."""
    sentence = named.around(anchor)[0]
    said = said_in(claim, "figure")
    own = (
        m.start
        for m in within(read_numbers(named.document.text), sentence)
        if anchor.start <= m.start and m.role == "quantity" and m.text == said
    )
    return around_figure(next(own, -1), sentence, named.document)


def around_figure(at: int, sentence: Span, document: Document) -> Span:
    """Return the part of a sentence from the figure before one to that after it.

    ``at`` is where the one begins; figures close by, as of a range, are one. Where no
    figure begins there, it is the sentence.
    """
    figures = [
        m
        for m in within(read_numbers(document.text), sentence)
        if m.role == "quantity" and m.end <= sentence.end
    ]
    own = next((n for n, each in enumerate(figures) if each.start == at), None)
    if own is None:
        return sentence
    first = own
    while first and figures[first].start - figures[first - 1].end < _NEAR:
        first -= 1
    return Span(
        figures[first - 1].end if first else sentence.start,
        figures[own + 1].start if own + 1 < len(figures) else sentence.end,
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


def _holds(reason: str, words: str) -> bool:
    return words.casefold() in reason.casefold()


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
    sentence, *wider = map(named.text, named.around(anchor))
    if field == "status":
        read = [code for code, cue in CUES.items() if cue.search(sentence)]
        return f"cues read there: {', '.join(read) or 'none'}"
    cues = {str(kind): words for kind, words in named.codebook.cues.items()}
    measures = named.codebook.measures.items()
    cues["measure"] = {code: each.counts for code, each in measures if each.counts}
    texts = [sentence, *(wider if field in {"concept", "topic"} else ())]
    near = [
        code
        for code, words in cues.get(field, {}).items()
        if any(_finds(words, text) for text in texts)
    ]
    return f"words there speak of: {', '.join(near) or 'none of the codebook'}"


@dataclass(frozen=True, slots=True)
class Guard:
    """How one field is held: what counts for it, and what finds that it is missing."""

    field: str
    counts: str
    misses: Misses
    said: Callable[[str, str, Named], bool]  # whether a reason names the value


_STATUS = "take the status that the words make it: planned, expected, or so"
_COUNT = "take the measure of what stands by the figure"
_DOUBT = "quote more of the passage, or settle what the figure says"
_CUE = "take the code whose words the codebook lists stand there"
_PARTY = named_fields.PARTY, named_fields.unnamed_party, named_fields.says_party
_PLACE = named_fields.NEAR_PLACE, named_fields.unnamed_place, named_fields.says_party
GUARDS: Final = (
    *(Guard(name, *_PARTY) for name in ("actor", "target", "actors")),
    *(Guard(name, *_PLACE) for name in ("place", "where")),
    Guard("of", named_fields.WHOLE, named_fields.unlike_whole, says_code),
    Guard("when", named_fields.TIME, named_fields.undated, named_fields.says_time),
    Guard("voice", named_fields.VOICE, named_fields.unheard, named_fields.says_voice),
    Guard("origin", named_fields.ORIGIN, named_fields.uncited, named_fields.says_voice),
    Guard("status", _STATUS, unlike_status, lambda v, why, _: _holds(why, STATUSES[v])),
    Guard("measure", _COUNT, uncounted, says_code),
    Guard("type", _CUE, uncued("type", reach=1), says_code),
    Guard("concept", _CUE, uncued("concept"), says_code),
    Guard("topic", _CUE, uncued("topic"), says_code),
)
# A figure is read from the quote and needs no word beside it, unless its reader doubts.
FIGURE: Final = Guard("figure", _DOUBT, doubted, lambda v, why, _: _holds(why, v))


def guard_faults(
    claim: Claim, named: Named, anchor: Anchor
) -> Iterator[tuple[str, str]]:
    """Yield (field, fault) for every field that its passage does not bear out."""
    left = dict(claim.inferred)
    for guard in (*GUARDS, FIGURE):
        held = said_in(claim, guard.field)
        values = [v for v in (held if isinstance(held, tuple) else (held,)) if v]
        missed = [v for v in values if guard.misses(v, claim, named, anchor)]
        reason = left.pop(guard.field, "")
        unsaid = [v for v in missed if not guard.said(v, reason, named)]
        if reason and not missed:
            out = f"{_listed(values)} is borne out"
            what = out if values else f"{guard.field} is empty"
            said = f"inferred: {guard.field} needs no reason: {what}"
            yield "inferred", f"{said}\n  fix: remove {guard.field} from inferred"
        elif unsaid:
            yield guard.field, _fault(guard, unsaid, reason, named, anchor)
    for field in left:
        yield "inferred", f"inferred: {field} is not held\n  fix: remove it"


def _fault(
    guard: Guard, values: list[str], reason: str, named: Named, anchor: Anchor
) -> str:
    value = _listed(values)
    if reason:
        return (
            f"{guard.field}: the reason inferred does not name {value}: {reason!r}\n"
            f"  fix: say in it why it is {value}, or correct {guard.field}"
        )
    return (
        f"{guard.field}: {value} does not follow from its passage\n"
        f"  {_found(guard.field, named, anchor)}\n"
        f"  fix: {guard.counts}; or say `inferred: {{{guard.field}: why}}`"
    )


def _found(field: str, named: Named, anchor: Anchor) -> str:
    if field == "figure":
        doubts = [m.ground for m in _figures(named, anchor) if is_doubtful(m.ground)]
        return "; ".join(dict.fromkeys(doubts))
    if field in {"status", "measure", "type", "concept", "topic"}:
        return codes_found(field, named, anchor)
    return named_fields.what_stands(field, named, anchor)


def _listed(values: list[str]) -> str:
    return " and ".join(repr(value) for value in values)
