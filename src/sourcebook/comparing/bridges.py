"""The kinds of bridge, those of shares, and how one that a question declares is run.

``BRIDGES`` is the list of kinds; any other kind is refused, and so are figures of the
wrong unit. Every step of the arithmetic is kept.

A share worked out from two facts of the record joins volumes and heat by the heat of a
cubic metre, which the entry states as a condition. Nothing is rounded before the end.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from operator import truediv

from sourcebook.coding.hedges import DEFAULT_SLACK, Interval, Quantity, plain
from sourcebook.coding.sheets import none_such
from sourcebook.comparing.arithmetic_bridges import (
    Bridged,
    as_printed,
    check_shares,
    difference,
    quotient,
    ratio,
    reading,
    remainder,
    with_printed,
    year_since,
)
from sourcebook.comparing.question_files import ConditionEntry
from sourcebook.comparing.record_schema import ShareEntry
from sourcebook.comparing.relations import percent, smallest_slack
from sourcebook.errors import SourcebookError

_PERCENT = Interval.point(100)
TERAJOULES = "TJ"
_MEGA_IN_TERA = 10**6


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
    check_shares(of_whole, of_smaller)
    first, second = of_whole.interval(slack=slack), of_smaller.interval(slack=slack)
    needed = smallest_slack(
        of_whole,
        of_smaller,
        holds=lambda k: of_whole.interval(slack=k).reaches(
            of_smaller.interval(slack=k)
        ),
    )
    verdict, why = _order(first, second)
    ratio, printed = first / second, with_printed(truediv, of_whole, of_smaller)
    alone = f"{plain(of_whole.low)} ÷ {plain(of_smaller.low)}"
    steps = (
        f"{of_whole.text} of the whole: {reading(of_whole, slack)}",
        f"{of_smaller.text} of the smaller whole: {reading(of_smaller, slack)}",
        "one part, two wholes: of the smaller whole it cannot be the smaller share",
        f"{verdict}: {why}",
        *_turning_point(of_whole, of_smaller, needed),
        *as_printed(printed, alone, ""),
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
    of ``result`` falls away and ``cap`` is what remains.
    """
    check_shares(share)
    unit = _amount_unit(part)
    portion, amount = share.interval(slack=slack), part.interval(slack=slack)
    whole = amount / (portion / _PERCENT)
    printed = with_printed(truediv, part, share)
    point = None if printed is None else printed * 100
    steps = (
        f"{part.text} is {share.text} of the whole",
        f"{part.text}: {reading(part, slack)}",
        f"{share.text}: {reading(share, slack)}",
        *as_printed(point, f"{plain(part.low)} ÷ {plain(share.low)}%", unit),
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
        cap=whole.high,
        rounding_governs=all(
            each.rounding_governs(slack) for each in (share, part) if each.uses_slack
        ),
    )


def _amount_unit(part: Quantity) -> str:
    """Return the unit of an amount with a space before it; refuse a share."""
    if part.unit == "percent":
        said = f"{part.text!r} is a share, and the part must be an amount"
        raise SourcebookError(said, fix="give the share first and the amount second")
    return f" {part.counted}" if part.counted else ""


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


DATED = "year-since"  # counts from the year the claim is about
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
    DATED: (("length in years",), year_since),
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
    if kind == DATED and year is None:
        fix = "give the claim a when, the time it is about"
        raise SourcebookError(f"bridge {kind}: no year to count from", fix=fix)
    of_year = {"year": year} if kind == DATED else {}
    return replace(run(*quantities, slack=slack, **of_year), conditions=conditions)
