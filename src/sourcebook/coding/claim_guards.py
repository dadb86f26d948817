"""What surrounds a figure is guarded like the figure: field by field, in one table.

Each guard holds one field of a claim against the words where the claim stands. A field
that fails is a fault, unless the sheet says why it is right all the same, with
``inferred: {field: why}``. The reason has to name the value it argues for; a reason for
a field that needs none, or that is empty, is a fault as well.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from sourcebook.coding import cue_words, named_fields
from sourcebook.coding.claims import Claim, said_in
from sourcebook.coding.named_fields import Named
from sourcebook.reading.anchor import Anchor


@dataclass(frozen=True, slots=True)
class Guard:
    """How one field is held: what counts for it, and what finds that it is missing."""

    field: str
    counts: str
    misses: cue_words.Misses
    said: Callable[[str, str, Named], bool]  # whether a reason names the value


_STATUS = "take the status that the words make it: planned, expected, or so"
_COUNT = "take the measure of what stands by the figure"
_DOUBT = "quote more of the passage, or settle what the figure says"
_CUE = "take the code whose words the codebook lists stand there"
_PARTY = named_fields.PARTY, named_fields.unnamed_party, named_fields.says_party
_PLACE = named_fields.PLACE, named_fields.unnamed_place, named_fields.says_party
GUARDS: Final = (
    *(Guard(name, *_PARTY) for name in ("actor", "target", "actors")),
    *(Guard(name, *_PLACE) for name in ("place", "where")),
    Guard("of", named_fields.WHOLE, named_fields.unlike_whole, cue_words.says_code),
    Guard("when", named_fields.TIME, named_fields.undated, named_fields.says_time),
    Guard("voice", named_fields.VOICE, named_fields.unheard, named_fields.says_voice),
    Guard("origin", named_fields.ORIGIN, named_fields.uncited, named_fields.says_voice),
    Guard("status", _STATUS, cue_words.unlike_status, cue_words.says_status),
    Guard("measure", _COUNT, cue_words.uncounted, cue_words.says_code),
    Guard("type", _CUE, cue_words.uncued("type", reach=1), cue_words.says_code),
    Guard("concept", _CUE, cue_words.uncued("concept"), cue_words.says_code),
    Guard("topic", _CUE, cue_words.uncued("topic"), cue_words.says_code),
)
# A figure is read from the quote and needs no word beside it, unless its reader doubts.
FIGURE: Final = Guard("figure", _DOUBT, cue_words.doubted, cue_words.says_figure)


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
            yield "inferred", _needless(guard.field, values)
        elif unsaid:
            yield guard.field, _fault(guard, unsaid, reason, named, anchor)
    for field in left:
        yield "inferred", f"inferred: {field} is not held\n  fix: remove it"


def _needless(field: str, values: list[str]) -> str:
    what = f"{_listed(values)} is borne out" if values else f"{field} is empty"
    return (
        f"inferred: {field} needs no reason: {what}\n"
        f"  fix: remove {field} from inferred"
    )


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
        return cue_words.doubts_found(named, anchor)
    if field in {"status", "measure", "type", "concept", "topic"}:
        return cue_words.codes_found(field, named, anchor)
    return named_fields.found(field, named, anchor)


def _listed(values: list[str]) -> str:
    return " and ".join(repr(value) for value in values)
