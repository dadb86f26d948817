"""Bridges of plain arithmetic: difference, ratio, quotient, remainder, first year.

A bridge joins figures that cannot be compared as they stand. Each takes figures as
their words leave them and keeps every step. It says what would follow *if* its
conditions hold, and never that they do.
"""

import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from sourcebook.coding.hedges import Interval, Quantity, plain
from sourcebook.coding.intervals import ROUNDED
from sourcebook.comparing.question_files import ConditionEntry
from sourcebook.comparing.relations import percent
from sourcebook.errors import SourcebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridged:
    """What a bridge came to, with its arithmetic in plain lines."""

    kind: str
    result: Interval
    slack: Fraction  # the slack the figures were read at
    steps: tuple[str, ...]
    conditions: tuple[ConditionEntry, ...] = ()
    unit: str = ""  # of the result, "" for a ratio
    point: Fraction | None = None  # the same with the printed figures, if no range
    verdict: str = ""  # of an inequality: "holds", "violated" or "open"
    needed: Fraction | None = None  # least slack from which it is not violated
    cap: Fraction | None = None  # of a whole: its upper end
    # Whether no figure is read more loosely than it is printed, whatever "about" may
    # add: two slacks at which this is so give one result.
    rounding_governs: bool = False


def check_shares(*shares: Quantity) -> None:
    """Refuse a figure that is not a percentage above 0 and up to 100."""
    for share in shares:
        if not share.is_share or share.high == 0:
            raise SourcebookError(
                f"{share.text!r} is not a share: a bridge needs a percentage above 0 "
                "and up to 100\n"
                "  fix: give a figure printed in percent"
            )


def reading(quantity: Quantity, slack: Fraction) -> str:
    """Return what a figure reads as, with the slack if it matters."""
    at = f" at a slack of {percent(slack)}" if quantity.uses_slack else ""
    return f"{quantity.interval(slack=slack)}{at}"


def with_printed(
    work: Callable[[Fraction, Fraction], Fraction], one: Quantity, two: Quantity
) -> Fraction | None:
    """Work with the printed figures, or return None if either is a range."""
    if one.value is None or two.value is None:
        return None
    return work(one.value, two.value)


def as_printed(result: Fraction | None, total: str, unit: str) -> tuple[str, ...]:
    """Return the line with the printed figures alone, where none is a range."""
    if result is None:
        return ()
    shown = plain(result)
    equals = "" if shown.startswith(ROUNDED) else "= "
    return (f"with the printed figures alone: {total} {equals}{shown}{unit}",)


def difference(more: Quantity, less: Quantity, *, slack: Fraction) -> Bridged:
    """Take one figure from another in the same unit; the result may be negative."""
    _same_unit(more, less)
    shares = more.unit == "percent"  # they differ by percentage points
    unit = "percentage points" if shares else more.counted
    return _worked("difference", more, less, ("−", operator.sub), unit, slack)


def ratio(more: Quantity, less: Quantity, *, slack: Fraction) -> Bridged:
    """Say how many times one figure is another in the same unit."""
    _same_unit(more, less)
    return _worked("ratio", more, less, ("÷", operator.truediv), "", slack)


def quotient(amount: Quantity, base: Quantity, *, slack: Fraction) -> Bridged:
    """Divide one amount by another of a different unit: the first per one second."""
    if (amount.unit, amount.noun) == (base.unit, base.noun):
        said = f"{amount.text!r} and {base.text!r} are in one unit"
        raise SourcebookError(said, fix="use a ratio, or figures of two units")
    unit = f"{amount.counted} {_for_one(base)}"
    return _worked("quotient", amount, base, ("÷", operator.truediv), unit, slack)


def remainder(*shares: Quantity, slack: Fraction) -> Bridged:
    """Say what shares of one whole leave of it. Raises when they leave nothing."""
    check_shares(*shares)
    total = reduce(operator.add, (share.interval(slack=slack) for share in shares))
    left = Interval.point(100) - total
    rest = left.common(Interval(Fraction(0), None, True, False))
    if rest is None:
        said = f"{' and '.join(share.text for share in shares)} are more than a whole"
        raise SourcebookError(said, fix="give shares of one whole that do not overlap")
    printed = [share.value for share in shares]
    point = None if None in printed else 100 - sum(filter(None, printed), Fraction(0))
    taken = " − ".join(plain(share.low) for share in shares)
    return Bridged(
        kind="remainder",
        result=rest,
        slack=slack,
        steps=(
            *(f"{share.text}: {reading(share, slack)}" for share in shares),
            *as_printed(point, f"100 − {taken}", "%"),
            f"100 − {total}, no less than nothing: {rest}%",
        ),
        unit="percent",
        point=point,
    )


def year_since(length: Quantity, *, year: int, slack: Fraction) -> Bridged:
    """Count a length in years back from a year; a decade is ten years."""
    if length.unit != "year":
        fix = "give a figure counted in years"
        raise SourcebookError(f"{length.text!r} is not a length in years", fix=fix)
    # A bare length is counted in whole years: 33 years before 2025 is 1992, and no half
    # of a year is anybody's first year.
    whole = length.rule == "bare" and length.step == 1
    years = Interval.point(length.low) if whole else length.interval(slack=slack)
    result = Interval.point(year) - years
    point = None if length.value is None else year - length.value
    read = f"{years}, counted in whole" if whole else reading(length, slack)
    steps = [f"{length.text}: {read} years"]
    if point is not None:
        steps.append(
            "with the printed figure alone: "
            f"{year} − {plain(length.low)} = {plain(point, grouped=False)}"
        )
    return Bridged(
        kind="year-since",
        result=result,
        slack=slack,
        steps=(*steps, f"{year} − {years} = {result}"),
        point=point,
    )


def _worked(  # noqa: PLR0913, PLR0917 - the parts of one step
    kind: str,
    one: Quantity,
    two: Quantity,
    by: tuple[str, Callable[[Any, Any], Any]],
    unit: str,
    slack: Fraction,
) -> Bridged:
    """Work with two figures; ``by`` is the sign between them and its operator."""
    sign, work = by
    first, second = one.interval(slack=slack), two.interval(slack=slack)
    result, point = work(first, second), with_printed(work, one, two)
    shown = f" {unit}" if unit else ""
    return Bridged(
        kind=kind,
        result=result,
        slack=slack,
        steps=(
            *(f"{each.text}: {reading(each, slack)}" for each in (one, two)),
            *as_printed(point, f"{plain(one.low)} {sign} {plain(two.low)}", shown),
            f"{first} {sign} {second} = {result}{shown}",
        ),
        unit=unit,
        point=point,
    )


def _for_one(base: Quantity) -> str:
    """Return the words for one of what an amount is divided by."""
    # A counted noun stands as in its passage, in the plural: "per" would misread it.
    counted = base.noun and not base.unit
    return f"for each of the {base.noun}" if counted else f"per {base.counted}"


def _same_unit(one: Quantity, two: Quantity) -> None:
    if (one.unit, one.per) != (two.unit, two.per):
        raise SourcebookError(
            f"{one.text!r} and {two.text!r} are in different units: "
            f"{one.counted or 'a count'} and {two.counted or 'a count'}\n"
            "  fix: give figures of one unit, or use a quotient"
        )
