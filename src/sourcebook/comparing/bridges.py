"""Arithmetic that joins two figures which cannot be compared as they stand.

A bridge takes two figures and states the conditions it rests on; it shows every step.
It says what would follow *if* its conditions hold, and never that they do.  ``BRIDGES``
is the list of kinds; any other kind is refused, and so are figures of the wrong unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING

from sourcebook.coding.hedges import DEFAULT_SLACK, Interval, Quantity, plain
from sourcebook.coding.intervals import ROUNDED
from sourcebook.comparing.relations import percent, smallest_slack
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HOLDS = ("assumed", "stated", "unknown")
_PERCENT = Interval.point(100)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must be so for a bridge to bear weight."""

    text: str
    holds: str  # "stated" by a source, "assumed" by us, or "unknown"

    def __post_init__(self) -> None:
        """Refuse a condition that does not say where it stands."""
        if self.holds not in _HOLDS:
            raise SourcebookError(
                f"condition {self.text!r}: unknown holds {self.holds!r}\n"
                f"  known: {', '.join(_HOLDS)}\n"
                "  fix: say who vouches for it, or that nobody does"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridged:
    """What a bridge came to, with its arithmetic in plain lines."""

    kind: str
    result: Interval
    slack: Fraction  # the slack the figures were read at
    steps: tuple[str, ...]
    conditions: tuple[Condition, ...]
    unit: str = ""  # of the result, "" for a ratio
    point: Fraction | None = None  # the same with the printed figures, if no range
    verdict: str = ""  # of an inequality: "holds", "violated" or "open"
    needed: Fraction | None = None  # least slack from which it is not violated
    cap: Fraction | None = None  # of a whole: its upper end


def share_of_smaller_whole(
    of_whole: Quantity,
    of_smaller: Quantity,
    *,
    conditions: Sequence[Condition] = (),
    slack: Fraction = DEFAULT_SLACK,
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
        of_whole, of_smaller, holds=lambda k: _can_hold(of_whole, of_smaller, k)
    )
    verdict, why = _order(first, second)
    ratio, printed = first / second, _quotient(of_whole, of_smaller)
    steps = (
        f"{of_whole.text} of the whole: {_reading(of_whole, slack)}",
        f"{of_smaller.text} of the smaller whole: {_reading(of_smaller, slack)}",
        "one part, two wholes: of the smaller whole it cannot be the smaller share",
        f"{verdict}: {why}",
        *_turning_point(of_whole, of_smaller, needed),
        *_as_printed(of_whole, of_smaller, printed, unit="", sign=""),
        f"smaller whole ÷ whole: {first} ÷ {second} = {ratio}",
    )
    return Bridged(
        kind="part-of-whole",
        result=ratio,
        slack=slack,
        steps=steps,
        conditions=_conditions("part-of-whole", conditions),
        point=printed,
        verdict=verdict,
        needed=needed,
    )


def implied_whole(
    share: Quantity,
    part: Quantity,
    *,
    conditions: Sequence[Condition] = (),
    slack: Fraction = DEFAULT_SLACK,
) -> Bridged:
    """Return the whole that a part and its share of the whole imply.

    ``point`` divides the printed figures, ``result`` everything the words leave open.
    Where the part is only an upper limit on what belongs to the share, the lower end
    of ``result`` falls away and ``cap`` is what remains.
    """
    _check_shares(share)
    unit = _amount_unit(part)
    portion, amount = share.interval(slack=slack), part.interval(slack=slack)
    whole = amount / (portion / _PERCENT)
    printed = _quotient(part, share)
    point = None if printed is None else printed * 100
    steps = (
        f"{part.text} is {share.text} of the whole",
        f"{part.text}: {_reading(part, slack)}",
        f"{share.text}: {_reading(share, slack)}",
        *_as_printed(part, share, point, unit=unit, sign="%"),
        f"{amount} ÷ {portion}% = {whole}{unit}",
        _cap_line(whole, unit),
    )
    return Bridged(
        kind="implied-whole",
        result=whole,
        slack=slack,
        steps=steps,
        conditions=_conditions("implied-whole", conditions),
        unit=unit.strip(),
        point=point,
        cap=whole.high,
    )


@dataclass(frozen=True, slots=True)
class BridgeKind:
    """One kind of bridge: what it takes, in order, and what it rests on."""

    kind: str
    takes: tuple[str, str]
    conditions: tuple[str, ...]  # what it rests on, unless a question says more
    run: Callable[..., Bridged]


BRIDGES: tuple[BridgeKind, ...] = (
    BridgeKind(
        "part-of-whole",
        ("share of the whole", "share of the smaller whole"),
        (
            "both shares are of the same part",
            "both shares are for the same period",
            "the smaller whole is no larger than the whole",
        ),
        share_of_smaller_whole,
    ),
    BridgeKind(
        "implied-whole",
        ("share of the whole", "amount of the part"),
        (
            "the share and the amount are of the same part",
            "the share and the amount are for the same period",
        ),
        implied_whole,
    ),
)


def run_bridge(
    kind: str,
    quantities: Sequence[Quantity],
    conditions: Sequence[Condition] = (),
    *,
    slack: Fraction = DEFAULT_SLACK,
) -> Bridged:
    """Work out the bridge a question declares.  Raises `SourcebookError`."""
    row = _kind(kind)
    if len(quantities) != len(row.takes):
        raise SourcebookError(
            f"bridge {kind}: {len(quantities)} figures given, not {len(row.takes)}\n"
            f"  fix: give, in this order, the {' and the '.join(row.takes)}"
        )
    one, two = quantities
    return row.run(one, two, conditions=conditions, slack=slack)


def _kind(kind: str) -> BridgeKind:
    known = {row.kind: row for row in BRIDGES}
    if kind not in known:
        near = get_close_matches(kind, known, n=1)
        raise SourcebookError(
            f"unknown kind of bridge: {kind!r}\n"
            + (f"  nearest: {near[0]}\n" if near else "")
            + f"  fix: use one of {', '.join(known)}"
        )
    return known[kind]


def _conditions(kind: str, given: Sequence[Condition]) -> tuple[Condition, ...]:
    """Return the conditions given, or those the kind rests on, all assumed."""
    rests_on = _kind(kind).conditions
    return tuple(given) or tuple(Condition(text, "assumed") for text in rests_on)


def _check_shares(*shares: Quantity) -> None:
    for share in shares:
        if not share.is_share or share.high == 0:
            raise SourcebookError(
                f"{share.text!r} is not a share: a bridge needs a percentage above 0 "
                "and up to 100\n"
                "  fix: give a figure printed in percent"
            )


def _amount_unit(part: Quantity) -> str:
    """Return the unit of an amount with a space before it; refuse a share."""
    if part.unit == "percent":
        raise SourcebookError(
            f"{part.text!r} is a share, and the part must be an amount\n"
            "  fix: give the share first and the amount second"
        )
    words = f"{part.unit or part.noun}{f' per {part.per}' if part.per else ''}"
    return f" {words}" if words else ""


def _can_hold(of_whole: Quantity, of_smaller: Quantity, slack: Fraction) -> bool:
    return of_whole.interval(slack=slack).reaches(of_smaller.interval(slack=slack))


def _order(first: Interval, second: Interval) -> tuple[str, str]:
    """Return whether the second is never, always or sometimes below the first."""
    if not first.reaches(second):
        return "violated", f"every value of {second} lies below every value of {first}"
    if first.high is not None and second.low is not None and first.high <= second.low:
        return "holds", f"no value of {second} lies below any value of {first}"
    return "open", f"some values of {second} lie below some of {first}, some do not"


def _reading(quantity: Quantity, slack: Fraction) -> str:
    """Return what a figure reads as, with the slack if it matters."""
    at = f" at a slack of {percent(slack)}" if quantity.uses_slack else ""
    return f"{quantity.interval(slack=slack)}{at}"


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


def _as_printed(
    one: Quantity, two: Quantity, result: Fraction | None, *, unit: str, sign: str
) -> list[str]:
    """Return the same sum with the printed figures, where neither is a range."""
    if result is None:
        return []
    shown = plain(result)
    equals = "" if shown.startswith(ROUNDED) else "= "
    total = f"{plain(one.low)} ÷ {plain(two.low)}{sign} {equals}{shown}{unit}"
    return [f"with the printed figures alone: {total}"]


def _cap_line(whole: Interval, unit: str) -> str:
    given = "if the part is only an upper limit on what belongs to the share:"
    if whole.high is None:
        return f"{given} the whole has no upper end"
    how = "at most" if whole.high_closed else "less than"
    return f"{given} the whole is {how} {plain(whole.high)}{unit}"


def _quotient(one: Quantity, two: Quantity) -> Fraction | None:
    """Return one printed figure divided by another, or None if either is a range."""
    if one.value is None or two.value is None:
        return None
    return one.value / two.value
