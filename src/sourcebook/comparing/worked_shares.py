"""Shares worked out from two facts of the record: so much of so much.

Volumes and heat are joined by the heat of a cubic metre, which the entry states as a
condition. The gas statistics are in gross calorific value; a net one would make every
share a tenth larger, so the two must not be mixed. Nothing is rounded before the end.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sourcebook.coding.hedges import DEFAULT_SLACK, Interval, plain
from sourcebook.comparing.bridge_parts import Bridged, Condition
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from sourcebook.coding.hedges import Quantity
    from sourcebook.comparing.record_schema import ShareEntry

TERAJOULES = "TJ"
_MEGA_IN_TERA = 10**6


def work_out(
    entry: ShareEntry, part: Quantity | None, whole: Quantity | None, unit: str
) -> Bridged:
    """Return the share that two figures make, with its steps.

    ``unit`` is the unit of the whole as the record writes it. Raises
    `SourcebookError` where a figure is missing, the units do not join, or the share
    is not what the entry says it gives.
    """
    if part is None or whole is None:
        raise SourcebookError(
            f"{entry.id}: a fact without a value makes no share\n"
            "  fix: name facts that have a value"
        )
    factor, told = _factor(entry, part, unit)
    slack = DEFAULT_SLACK
    heat = part.interval(slack=slack) * Interval.point(factor)
    share = heat / whole.interval(slack=slack) * Interval.point(100)
    printed = [end * factor / whole.low * 100 for end in (part.low, part.high)]
    _check(entry, printed)
    low, high = printed
    between = plain(low) if low == high else f"{plain(low)} to {plain(high)}"
    tera = f" {TERAJOULES}" if unit == TERAJOULES else ""
    held = (_ends(part, factor) if told else part.text) + tera
    return Bridged(
        kind="share",
        result=share,
        slack=slack,
        steps=(
            *told,
            f"{held} of {whole.text}{tera}: {between} %, as printed {entry.gives} %",
            f"with what the words leave open: {share.words} %",
        ),
        conditions=tuple(Condition(c.text, c.holds) for c in entry.conditions),
        unit="%",
        point=low if low == high else None,
    )


def _factor(
    entry: ShareEntry, part: Quantity, unit: str
) -> tuple[Fraction, tuple[str, ...]]:
    """Return what turns the part into the unit of the whole, and the step that says so.

    Terajoules are no unit to the reader of numbers, so they are known by the unit the
    fact writes.
    """
    volume, in_heat = part.unit == "m3", unit == TERAJOULES
    if (volume and in_heat) != bool(entry.per_m3):
        raise SourcebookError(
            f"{entry.id}: per_m3 is for a volume as a part of heat\n"
            "  fix: give it where the part is in bcm and the whole in TJ, nowhere else"
        )
    if not entry.per_m3:
        return Fraction(1), ()
    factor = Fraction(entry.per_m3) / _MEGA_IN_TERA
    step = f"{part.text} at {entry.per_m3} megajoules a cubic metre"
    return factor, (f"{step}: {_ends(part, factor)} {TERAJOULES} (terajoules)",)


def _ends(part: Quantity, factor: Fraction) -> str:
    """Return a figure in another unit, as a range where it is one."""
    ends = (plain(end * factor) for end in (part.low, part.high))
    return " to ".join(dict.fromkeys(ends))


def _check(entry: ShareEntry, printed: list[Fraction]) -> None:
    """Refuse an entry whose share does not come out as printed."""
    step = Fraction(1, 10 ** len(entry.gives.partition(".")[2]))
    given = Fraction(entry.gives)
    if any(abs(end - given) > step / 2 for end in printed):
        found = " to ".join(plain(end) for end in dict.fromkeys(printed))
        raise SourcebookError(
            f"{entry.id}: gives {entry.gives} %, but the figures make {found} %\n"
            "  fix: correct what it gives, or the figures"
        )
