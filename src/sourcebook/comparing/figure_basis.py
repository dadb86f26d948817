"""What a figure stands on: its base, its period and its origin, as far as printed.

A share needs a base. Every figure needs a time and somebody whose figure it is. Each
of the three is *printed*, *half* said or *missing*:

* the base of a share is printed if the sheet could take a denominator from the words;
  other figures need none;
* the period is printed if the passage holds a date, half said if it can be reckoned
  from words such as "last month", or if the words are vague ("the coming years");
* the origin is printed if a producer, a named speaker or a work is given, half said
  if it is a voice without a name.

Nothing is inferred here. A missing period may stand in the sheet as the month of the
document; it is missing all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.comparing.witnesses import CITED, NAMED, UNNAMED, interviewees, voice_of
from sourcebook.reading.dates import bounds, read_dates

if TYPE_CHECKING:
    from sourcebook.coding.claims import Claim
    from sourcebook.coding.corpus import Source
    from sourcebook.reading.dates import DateMention

PRINTED, HALF, MISSING, NOT_NEEDED = "printed", "half", "missing", "not needed"


@dataclass(frozen=True, slots=True)
class Footing:
    """One figure, and how much is said of what it stands on."""

    claim: Claim
    base: str
    period: str
    origin: str

    @property
    def parts(self) -> dict[str, str]:
        """The three parts by name, in order."""
        return {"base": self.base, "period": self.period, "origin": self.origin}

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that are needed and missing."""
        return tuple(name for name, state in self.parts.items() if state == MISSING)


def footings(source: Source) -> tuple[Footing, ...]:
    """Return the footing of every figure of a source, in the order of the text."""
    return tuple(footing(claim, source) for claim in source.claims(kind="quantity"))


def footing(claim: Claim, source: Source) -> Footing:
    """Return what is said of the ground of one figure."""
    return Footing(claim, _base(claim), _period(claim, source), _origin(claim, source))


def _base(claim: Claim) -> str:
    if claim.quantity is None or not claim.quantity.is_share:
        return NOT_NEEDED
    return PRINTED if claim.of else MISSING


def _period(claim: Claim, source: Source) -> str:
    mentions = read_dates(claim.exact, issued=source.sheet.issued.date)
    found = [mention for mention in mentions if _fits(mention, claim.when)]
    if any(not mention.inferred for mention in found):
        return PRINTED
    vague = any(mention.kind == "vague" for mention in mentions)
    return HALF if found or vague else MISSING


def _fits(mention: DateMention, when: str) -> bool:
    """Whether a date of the passage is, or meets, the time of the claim."""
    if not mention.edtf:
        return False
    (first, last), (start, end) = bounds(mention.edtf), bounds(when)
    return first <= end and start <= last


def _origin(claim: Claim, source: Source) -> str:
    works = set(claim.references) - set(interviewees(source))
    voice = voice_of(claim, source)
    if claim.origin or works or voice in {NAMED, CITED}:
        return PRINTED
    return HALF if claim.references or voice == UNNAMED else MISSING
