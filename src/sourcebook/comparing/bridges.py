"""Bridges: what would join figures that cannot be compared as they stand.

Each takes figures as their words leave them and keeps every step. It says what would
follow *if* its conditions hold, and never that they do. ``BRIDGES`` is the list of
kinds; any other kind is refused, and so are figures of the wrong unit.

A share worked out from two facts of the record joins volumes and heat by the heat of a
cubic metre, which the entry states as a condition. Nothing is rounded before the end.
"""

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import Any

from sourcebook.coding.hedges import DEFAULT_SLACK, ROUNDED, Interval, Quantity, plain
from sourcebook.coding.sheets import none_such
from sourcebook.comparing.question_files import ConditionEntry
from sourcebook.comparing.record_schema import ShareEntry
from sourcebook.comparing.relations import percent, smallest_slack
from sourcebook.errors import SourcebookError

_PERCENT = Interval.point(100)
TERAJOULES = "TJ"
_MEGA_IN_TERA = 10**6


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
    # Whether no figure is read more loosely than it is printed, whatever "about" may
    # add: two slacks at which this is so give one result.
    rounding_governs: bool = False


def _check_shares(*shares: Quantity) -> None:
    """Refuse a figure that is not a percentage above 0 and up to 100."""
    for share in shares:
        if not share.is_share or share.high == 0:
            needs = "a bridge needs a percentage above 0 and up to 100"
            said = f"{share.text!r} is not a share: {needs}"
            raise SourcebookError(said, fix="give a figure printed in percent")


def _reading(quantity: Quantity, slack: Fraction) -> str:
    """Return what a figure reads as, with the slack if it matters."""
    at = f" at a slack of {percent(slack)}" if quantity.uses_slack else ""
    return f"{quantity.interval(slack=slack)}{at}"


def _with_printed(
    work: Callable[[Fraction, Fraction], Fraction], one: Quantity, two: Quantity
) -> Fraction | None:
    """Work with the printed figures, or return None if either is a range."""
    if one.value is None or two.value is None:
        return None
    return work(one.value, two.value)


def _as_printed(result: Fraction | None, total: str, unit: str) -> tuple[str, ...]:
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
    # A counted noun stands as in its passage, in the plural: "per" would misread it.
    counted = base.noun and not base.unit
    one = f"for each of the {base.noun}" if counted else f"per {base.counted}"
    unit = f"{amount.counted} {one}"
    return _worked("quotient", amount, base, ("÷", operator.truediv), unit, slack)


def remainder(*shares: Quantity, slack: Fraction) -> Bridged:
    """Say what shares of one whole leave of it. Raises when they leave nothing."""
    _check_shares(*shares)
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
            *(f"{share.text}: {_reading(share, slack)}" for share in shares),
            *_as_printed(point, f"100 − {taken}", "%"),
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
    read = f"{years}, counted in whole" if whole else _reading(length, slack)
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
    result, point = work(first, second), _with_printed(work, one, two)
    shown = f" {unit}" if unit else ""
    return Bridged(
        kind=kind,
        result=result,
        slack=slack,
        steps=(
            *(f"{each.text}: {_reading(each, slack)}" for each in (one, two)),
            *_as_printed(point, f"{plain(one.low)} {sign} {plain(two.low)}", shown),
            f"{first} {sign} {second} = {result}{shown}",
        ),
        unit=unit,
        point=point,
    )


def _same_unit(one: Quantity, two: Quantity) -> None:
    if (one.unit, one.per) != (two.unit, two.per):
        units = " and ".join(each.counted or "a count" for each in (one, two))
        said = f"{one.text!r} and {two.text!r} are in different units: {units}"
        raise SourcebookError(said, fix="give figures of one unit, or use a quotient")


def share_of_smaller_whole(
    of_whole: Quantity, of_smaller: Quantity, *, slack: Fraction = DEFAULT_SLACK
) -> Bridged:
    """Hold two shares of one part against each other: of a whole, of a smaller whole.

    The share of the smaller whole can then not be the smaller share.  The verdict is
    *holds* if that is so for every value the words leave open, *violated* if for none,
    *open* otherwise.  ``result`` is the size of the smaller whole as a multiple of the
    whole, ``needed`` the least slack from which the inequality is not violated (just
    above which, where an end is open); None if no slack is enough.
    """
    _check_shares(of_whole, of_smaller)
    first, second = of_whole.interval(slack=slack), of_smaller.interval(slack=slack)
    needed = smallest_slack(
        of_whole,
        of_smaller,
        holds=lambda k: of_whole.interval(slack=k).reaches(
            of_smaller.interval(slack=k)
        ),
    )
    verdict, why = _order(first, second)
    ratio, printed = (
        first / second,
        _with_printed(operator.truediv, of_whole, of_smaller),
    )
    alone = f"{plain(of_whole.low)} ÷ {plain(of_smaller.low)}"
    steps = (
        f"{of_whole.text} of the whole: {_reading(of_whole, slack)}",
        f"{of_smaller.text} of the smaller whole: {_reading(of_smaller, slack)}",
        "one part, two wholes: of the smaller whole it cannot be the smaller share",
        f"{verdict}: {why}",
        *_turning_point(of_whole, of_smaller, needed),
        *_as_printed(printed, alone, ""),
        f"smaller whole ÷ whole: {first} ÷ {second} = {ratio}",
    )
    return Bridged(
        kind="part-of-whole",
        result=ratio,
        slack=slack,
        steps=steps,
        point=printed,
        verdict=verdict,
        needed=needed,
    )


def implied_whole(
    share: Quantity, part: Quantity, *, slack: Fraction = DEFAULT_SLACK
) -> Bridged:
    """Return the whole that a part and its share of the whole imply.

    ``point`` divides the printed figures, ``result`` everything the words leave open.
    Where the part is only an upper limit on what belongs to the share, the lower end
    of ``result`` falls away, and the upper end is what remains.
    """
    _check_shares(share)
    if part.unit == "percent":
        said = f"{part.text!r} is a share, and the part must be an amount"
        raise SourcebookError(said, fix="give the share first and the amount second")
    unit = f" {part.counted}" if part.counted else ""
    portion, amount = share.interval(slack=slack), part.interval(slack=slack)
    whole = amount / (portion / _PERCENT)
    printed = _with_printed(operator.truediv, part, share)
    point = None if printed is None else printed * 100
    steps = (
        f"{part.text} is {share.text} of the whole",
        f"{part.text}: {_reading(part, slack)}",
        f"{share.text}: {_reading(share, slack)}",
        *_as_printed(point, f"{plain(part.low)} ÷ {plain(share.low)}%", unit),
        f"{amount} ÷ {portion}% = {whole}{unit}",
        _cap_line(whole, unit),
    )
    return Bridged(
        kind="implied-whole",
        result=whole,
        slack=slack,
        steps=steps,
        unit=unit.strip(),
        point=point,
        rounding_governs=all(
            each.rounding_governs(slack) for each in (share, part) if each.uses_slack
        ),
    )


def _order(first: Interval, second: Interval) -> tuple[str, str]:
    """Return whether the second is never, always or sometimes below the first."""
    if not first.reaches(second):
        return "violated", f"every value of {second} lies below every value of {first}"
    if first.high is not None and second.low is not None and first.high <= second.low:
        return "holds", f"no value of {second} lies below any value of {first}"
    return "open", f"some values of {second} lie below some of {first}, some do not"


def _turning_point(
    of_whole: Quantity, of_smaller: Quantity, needed: Fraction | None
) -> list[str]:
    """Return the line that says from which slack on the inequality can hold."""
    if needed == 0:
        return []
    if needed is None:
        return ["no slack is enough for it to hold"]
    first, second = (q.interval(slack=needed) for q in (of_whole, of_smaller))
    how = "from" if first.reaches(second) else "above"
    return [f"it can hold {how} a slack of {percent(needed)}: {first} and {second}"]


def _cap_line(whole: Interval, unit: str) -> str:
    given = "if the part is only an upper limit on what belongs to the share:"
    if whole.high is None:
        return f"{given} the whole has no upper end"
    how = "at most" if whole.high_closed else "less than"
    return f"{given} the whole is {how} {plain(whole.high)}{unit}"


def work_out(
    entry: ShareEntry, part: Quantity | None, whole: Quantity | None
) -> Bridged:
    """Return the share that two figures make, with its steps.

    Raises `SourcebookError` where a figure is missing, the units do not join, or the
    share is not what the entry says it gives.
    """
    if part is None or whole is None:
        said = f"{entry.id}: a fact without a value makes no share"
        raise SourcebookError(said, fix="name facts that have a value")
    factor, told = _factor(entry, part, whole)
    slack = DEFAULT_SLACK
    heat = part.interval(slack=slack) * Interval.point(factor)
    share = heat / whole.interval(slack=slack) * _PERCENT
    printed = [end * factor / whole.low * 100 for end in (part.low, part.high)]
    _check(entry, printed)
    low, high = printed
    between = plain(low) if low == high else f"{plain(low)} to {plain(high)}"
    held = f"{_ends(part, factor)} {TERAJOULES}" if told else part.text
    return Bridged(
        kind="share",
        result=share,
        slack=slack,
        steps=(
            *told,
            f"{held} of {whole.text}: {between} %, as printed {entry.gives} %",
            f"with what the words leave open: {share.words} %",
        ),
        conditions=entry.conditions,
        unit="%",
        point=low if low == high else None,
    )


def _factor(
    entry: ShareEntry, part: Quantity, whole: Quantity
) -> tuple[Fraction, tuple[str, ...]]:
    """Return what turns the part into the unit of the whole, and the step for it."""
    volume, in_heat = part.unit == "m3", whole.unit == TERAJOULES
    if (volume and in_heat) != bool(entry.per_m3):
        said = f"{entry.id}: per_m3 is for a volume as a part of heat"
        fix = "give it where the part is in bcm and the whole in TJ, nowhere else"
        raise SourcebookError(said, fix=fix)
    if not entry.per_m3:
        return Fraction(1), ()
    # The heat of a cubic metre has to be the gross calorific value, as the statistics
    # are: a net one would make every share a tenth larger.
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
        said = f"{entry.id}: gives {entry.gives} %, but the figures make {found} %"
        raise SourcebookError(said, fix="correct what it gives, or the figures")


YEAR_SINCE = "year-since"  # counts from the year the claim is about
# Each kind with the figures it takes, in order, and what works it out.
BRIDGES: dict[str, tuple[tuple[str, ...], Callable[..., Bridged]]] = {
    "part-of-whole": (
        ("share of the whole", "share of the smaller whole"),
        share_of_smaller_whole,
    ),
    "implied-whole": (("share of the whole", "amount of the part"), implied_whole),
    "difference": (("figure to take from", "figure to take"), difference),
    "ratio": (("figure that is so many times", "figure it is a multiple of"), ratio),
    "quotient": (("amount to divide", "amount to divide by"), quotient),
    "remainder": (("one share of the whole", "another share of the whole"), remainder),
    YEAR_SINCE: (("length in years",), year_since),
}


def run_bridge(
    kind: str,
    quantities: Sequence[Quantity],
    conditions: tuple[ConditionEntry, ...] = (),
    *,
    slack: Fraction = DEFAULT_SLACK,
    year: int | None = None,
) -> Bridged:
    """Work out the bridge a question declares.  Raises `SourcebookError`.

    ``year`` is the year the claim is about, for a bridge that counts from it.
    """
    if kind not in BRIDGES:
        fix = f"use one of {', '.join(BRIDGES)}"
        raise none_such("kind of bridge", kind, BRIDGES, fix=fix)
    takes, run = BRIDGES[kind]
    if len(quantities) != len(takes):
        said = f"bridge {kind}: {len(quantities)} figures given, not {len(takes)}"
        fix = f"give, in this order, the {' and the '.join(takes)}"
        raise SourcebookError(said, fix=fix)
    if kind == YEAR_SINCE and year is None:
        fix = "give the claim a when, the time it is about"
        raise SourcebookError(f"bridge {kind}: no year to count from", fix=fix)
    of_year = {"year": year} if kind == YEAR_SINCE else {}
    return replace(run(*quantities, slack=slack, **of_year), conditions=conditions)
