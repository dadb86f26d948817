"""Read every number of a running text: value or range, unit, rate, hedge and noun."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class NumberMention:
    """One number as printed, with what it says."""

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


_PLAIN = re.compile(r"(?<![\w.,])\d+(?:\.\d+)?%")


def read_numbers(text: str) -> tuple[NumberMention, ...]:
    """All numbers of ``text``, in order and without overlap."""
    found = []
    for match in _PLAIN.finditer(text):
        value = Decimal(match[0][:-1])
        step = Decimal(1).scaleb(int(value.as_tuple().exponent))
        found.append(
            NumberMention(match.start(), match.end(), match[0], "quantity", value,
                          value, step, step, unit="percent", rule="share")
        )
    return tuple(found)
