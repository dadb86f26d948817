"""What is read of one printed number: a value, with all that its words say."""

from dataclasses import dataclass
from decimal import Decimal

from sourcebook.reading.certainty import READ


@dataclass(frozen=True, slots=True)
class NumberMention:
    """One number as printed, with what it says; offsets are those of the text given.

    ``low`` and ``high`` have the scale applied and are equal unless a range is printed.
    ``step`` is one unit of the last printed digit, ``loose_step`` the same with end
    zeros taken as not significant. ``per`` is "year" or the like, ``noun`` what is
    counted, ``of`` what a share is taken of; each "" where nothing is printed.
    ``ground`` is "read", or "inferred: …" or "doubtful: …" with the reason.
    """

    start: int
    end: int
    text: str
    role: str
    low: Decimal
    high: Decimal
    step: Decimal
    loose_step: Decimal
    unit: str = ""
    per: str = ""
    noun: str = ""
    hedge: str = ""
    of: str = ""
    rule: str = ""
    ground: str = READ
