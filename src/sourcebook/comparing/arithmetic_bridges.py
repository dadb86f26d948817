"""Bridges of plain arithmetic: a difference, a ratio, a rate, a rest, a first year.

Each takes figures as their words leave them and keeps every step. What the result may
be said of is in its conditions; none of them is taken to hold.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

from sourcebook.coding.hedges import DEFAULT_SLACK, Interval, Quantity, plain
from sourcebook.coding.intervals import ROUNDED
from sourcebook.comparing.bridge_parts import (
    Bridged,
    Condition,
    check_shares,
    conditions_of,
    reading,
    unit_words,
)
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DIFFERENCE_NEEDS = ("both figures count the same kind of thing",)
RATIO_NEEDS = ("both figures count the same kind of thing",)
QUOTIENT_NEEDS = ("both figures are of the same thing",)
REMAINDER_NEEDS = (
    "the shares are of the same whole",
    "no part is counted in two of the shares",
)
YEAR_NEEDS = ("the years are counted back from the year the claim is about",)


def difference(
    more: Quantity,
    less: Quantity,
    *,
    conditions: Sequence[Condition] = (),
    slack: Fraction = DEFAULT_SLACK,
) -> Bridged:
    """Take one figure from another in the same unit; the result may be negative."""
    _same_unit(more, less)
    one, two = more.interval(slack=slack), less.interval(slack=slack)
    result = minus(one, two)
    unit = _points(more)
    point = _both(more, less, lambda a, b: a - b)
    steps = _two(more, less, slack) + _shown(
        point, f"{plain(more.low)} − {plain(less.low)}", unit
    )
    return Bridged(
        kind="difference",
        result=result,
        slack=slack,
        steps=(*steps, f"{one} − {two} = {result}{unit}"),
        conditions=conditions_of(conditions, DIFFERENCE_NEEDS),
        unit=unit.strip(),
        point=point,
    )


def ratio(
    more: Quantity,
    less: Quantity,
    *,
    conditions: Sequence[Condition] = (),
    slack: Fraction = DEFAULT_SLACK,
) -> Bridged:
    """Say how many times one figure is another in the same unit."""
    _same_unit(more, less)
    return _divided("ratio", more, less, conditions_of(conditions, RATIO_NEEDS), slack)


def quotient(
    amount: Quantity,
    base: Quantity,
    *,
    conditions: Sequence[Condition] = (),
    slack: Fraction = DEFAULT_SLACK,
) -> Bridged:
    """Divide one amount by another of a different unit: the first per one second."""
    if (amount.unit, amount.noun) == (base.unit, base.noun):
        raise SourcebookError(
            f"{amount.text!r} and {base.text!r} are in one unit\n"
            "  fix: use a ratio, or figures of two units"
        )
    given = conditions_of(conditions, QUOTIENT_NEEDS)
    return _divided("quotient", amount, base, given, slack)


def remainder(
    *shares: Quantity,
    conditions: Sequence[Condition] = (),
    slack: Fraction = DEFAULT_SLACK,
) -> Bridged:
    """Say what shares of one whole leave of it. Raises when they leave nothing."""
    check_shares(*shares)
    readings = [share.interval(slack=slack) for share in shares]
    total = reduce(plus, readings)
    whole = Interval.point(100)
    rest = minus(whole, total).common(Interval(Fraction(0), None, True, False))
    if rest is None:
        raise SourcebookError(
            f"{' and '.join(share.text for share in shares)} are more than a whole\n"
            "  fix: give shares of one whole that do not overlap"
        )
    printed = [share.value for share in shares]
    point = None if None in printed else 100 - sum(filter(None, printed), Fraction(0))
    steps = [f"{share.text}: {reading(share, slack)}" for share in shares]
    if point is not None:
        taken = " − ".join(plain(share.low) for share in shares)
        steps.append(f"with the printed figures alone: 100 − {taken} = {plain(point)}%")
    return Bridged(
        kind="remainder",
        result=rest,
        slack=slack,
        steps=(*steps, f"100 − {total}, no less than nothing: {rest}%"),
        conditions=conditions_of(conditions, REMAINDER_NEEDS),
        unit="percent",
        point=point,
    )


def year_since(
    length: Quantity,
    *,
    year: int,
    conditions: Sequence[Condition] = (),
    slack: Fraction = DEFAULT_SLACK,
) -> Bridged:
    """Count a length in years back from a year; a decade is ten years.

    A bare length printed to the year is counted in whole years: 33 years before 2025
    is 1992, and no half of a year is anybody's first year.
    """
    if length.unit != "year":
        raise SourcebookError(
            f"{length.text!r} is not a length in years\n"
            "  fix: give a figure counted in years"
        )
    whole = length.rule == "bare" and length.step == 1
    years = Interval.point(length.low) if whole else length.interval(slack=slack)
    result = minus(Interval.point(year), years)
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
        conditions=conditions_of(conditions, YEAR_NEEDS),
        unit="",
        point=point,
    )


def plus(one: Interval, two: Interval) -> Interval:
    """Add two intervals."""
    low = None if one.low is None or two.low is None else one.low + two.low
    high = None if one.high is None or two.high is None else one.high + two.high
    return Interval(
        low,
        high,
        low is not None and one.low_closed and two.low_closed,
        high is not None and one.high_closed and two.high_closed,
    )


def minus(one: Interval, two: Interval) -> Interval:
    """Take the second interval from the first."""
    low = None if two.high is None else -two.high
    high = None if two.low is None else -two.low
    return plus(one, Interval(low, high, two.high_closed, two.low_closed))


def _divided(
    kind: str,
    one: Quantity,
    two: Quantity,
    conditions: tuple[Condition, ...],
    slack: Fraction,
) -> Bridged:
    first, second = one.interval(slack=slack), two.interval(slack=slack)
    result = first / second
    unit = "" if kind == "ratio" else f" {unit_words(one)} {_for_one(two)}"
    point = _both(one, two, lambda a, b: a / b)
    steps = _two(one, two, slack) + _shown(
        point, f"{plain(one.low)} ÷ {plain(two.low)}", unit
    )
    return Bridged(
        kind=kind,
        result=result,
        slack=slack,
        steps=(*steps, f"{first} ÷ {second} = {result}{unit}"),
        conditions=conditions,
        unit=unit.strip(),
        point=point,
    )


def _for_one(base: Quantity) -> str:
    """Return the words for one of what an amount is divided by."""
    # A counted noun stands as in its passage, in the plural: "per" would misread it.
    counted = base.noun and not base.unit
    return f"for each of the {base.noun}" if counted else f"per {unit_words(base)}"


def _same_unit(one: Quantity, two: Quantity) -> None:
    if (one.unit, one.per) != (two.unit, two.per):
        raise SourcebookError(
            f"{one.text!r} and {two.text!r} are in different units: "
            f"{unit_words(one) or 'a count'} and {unit_words(two) or 'a count'}\n"
            "  fix: give figures of one unit, or use a quotient"
        )


def _points(quantity: Quantity) -> str:
    """Return the unit of a difference: shares differ by percentage points."""
    words = "percentage points" if quantity.unit == "percent" else unit_words(quantity)
    return f" {words}" if words else ""


def _both(
    one: Quantity, two: Quantity, work: Callable[[Fraction, Fraction], Fraction]
) -> Fraction | None:
    """Work with the printed figures, or return None if either is a range."""
    if one.value is None or two.value is None:
        return None
    return work(one.value, two.value)


def _two(one: Quantity, two: Quantity, slack: Fraction) -> tuple[str, ...]:
    return tuple(f"{each.text}: {reading(each, slack)}" for each in (one, two))


def _shown(point: Fraction | None, sum_: str, unit: str) -> tuple[str, ...]:
    """Return the line with the printed figures alone, where there is one."""
    if point is None:
        return ()
    shown = plain(point)
    equals = "" if shown.startswith(ROUNDED) else "= "
    return (f"with the printed figures alone: {sum_} {equals}{shown}{unit}",)
