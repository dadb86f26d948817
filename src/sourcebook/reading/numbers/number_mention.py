"""What is read of one printed number: an amount, then a mention with all around it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sourcebook.reading.certainty import READ
from sourcebook.reading.numbers.numerals import Numeral

_ONE: Final = Decimal(1)


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

    @property
    def is_bare(self) -> bool:
        """Whether nothing says what the figure is of."""
        return not (self.unit or self.noun or self.of or self.per)


@dataclass(frozen=True, slots=True)
class Amount:
    """What a number amounts to, and where it stands without its hedge."""

    start: int
    end: int
    low: Numeral
    high: Numeral
    unit: str
    per: str
    rule: str
    noun: str = ""
    scale: Decimal = _ONE
    ground: str = READ
    factor: Decimal = _ONE  # what one of the printed unit is worth in ``unit``

    @property
    def is_one(self) -> bool:
        """Whether it is a lone 1, whose noun is no plural."""
        return self.low.value == self.high.value == 1
