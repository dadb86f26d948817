"""What a bridge is made of: its conditions, its arithmetic and what it came to.

A bridge joins figures that cannot be compared as they stand. It says what would follow
*if* its conditions hold, and never that they do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

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
