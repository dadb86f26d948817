"""A claim's figure as one row to draw: where it begins, ends, and what to call it.

Exact numbers become floats here and nowhere earlier, because a drawing has pixels.
Refused: a claim without a figure, the same claim twice, and figures in different
units on one axis.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sourcebook.coding.claims import Claim, QuantityClaim, figured
from sourcebook.coding.hedges import DEFAULT_SLACK, Quantity
from sourcebook.coding.schema import RECORD
from sourcebook.coding.source_looks import Look, looks
from sourcebook.errors import SourcebookError
from sourcebook.prose.addresses import RECORD as RECORD_PAGE
from sourcebook.prose.addresses import claim_anchor, fact_anchor, register_page
from sourcebook.reading.dates import time_words

Row = dict[str, Any]
ROOT = "../../"  # the top of the site, seen from a notebook
_UNITS = {
    "percent": "per cent",
    "percentage-point": "percentage points",
    "m3": "cubic metres",
    "t": "tonnes",
    "km": "kilometres",
}


def address(claim_id: str) -> str:
    """Return the address of a claim's entry, or of a fact's from outside.

    >>> address("bbc-2025/gas-share")
    '../../book/claims/bbc-2025.html#claim-bbc-2025-gas-share'
    >>> address("record/mandate-2016")
    '../../notebooks/synthesis/record.html#fact-mandate-2016'
    """
    source, _, name = claim_id.partition("/")
    if source == RECORD:
        return f"{ROOT}{RECORD_PAGE}.html#{fact_anchor(name)}"
    return f"{ROOT}{register_page(claim_id)}.html#{claim_anchor(claim_id)}"


def rows_of(claims: Sequence[Claim], *, slack: Fraction = DEFAULT_SLACK) -> list[Row]:
    """Return one row per claim, in the order given. Raises `SourcebookError`."""
    if not claims:
        raise SourcebookError("no claims to show\n  fix: give at least one claim")
    ids = [claim.id for claim in claims]
    if len(set(ids)) < len(ids):
        twice = sorted({each for each in ids if ids.count(each) > 1})
        raise SourcebookError(
            f"given more than once: {', '.join(twice)}\n  fix: give each claim once"
        )
    axis_title(claims)
    drawn = looks([claim.source for claim in claims])
    return [
        _row(claim, drawn[claim.source], slack=slack, place=place)
        for place, claim in enumerate(claims)
    ]


def axis_title(claims: Sequence[Claim]) -> str:
    """Return what the axis counts, in words; refuse more than one unit."""
    units: dict[tuple[str, str], str] = {}
    for claim in claims:
        quantity = figured(claim).quantity
        units.setdefault((quantity.unit, quantity.per), claim.id)
    if len(units) > 1:
        seen = "; ".join(
            f"{' per '.join(filter(None, unit)) or 'a count'} ({claim_id})"
            for unit, claim_id in units.items()
        )
        raise SourcebookError(
            f"more than one unit on one axis: {seen}\n  fix: draw each unit by itself"
        )
    (unit, per), _ = next(iter(units.items()))
    words = _UNITS.get(unit, unit) or _counted(claims)
    return f"{words} per {per}" if per else words


def _counted(claims: Sequence[Claim]) -> str:
    nouns = {figured(claim).quantity.noun for claim in claims}
    return nouns.pop() if len(nouns) == 1 and "" not in nouns else "count"


def _row(claim: Claim, look: Look, *, slack: Fraction, place: int) -> Row:
    quantity = figured(claim).quantity
    value = quantity.value
    return {
        "id": claim.id,
        "place": place,
        "source": look.name,
        "colour": look.colour,
        "shape": look.shape,
        "label": f"{look.name}: “{quantity.text}”",
        "note": " · ".join(filter(None, _base(figured(claim)))),
        "quote": claim.exact,
        "hedge": quantity.hedge or "none",
        "of": figured(claim).of or "not stated",
        "href": address(claim.id),
        "value": None if value is None else float(value),
        **reading(quantity, slack=slack),
    }


def reading(quantity: Quantity, *, slack: Fraction) -> Row:
    """Return what a figure leaves open at one slack, and how its ends are drawn."""
    interval = quantity.interval(slack=slack)
    value = quantity.value
    return {
        "interval": str(interval),
        "inside": value is not None and interval.contains(value),
        "low": None if interval.low is None else float(interval.low),
        "high": None if interval.high is None else float(interval.high),
        "low_end": _end(interval.low, closed=interval.low_closed),
        "high_end": _end(interval.high, closed=interval.high_closed),
    }


def _end(value: Fraction | None, *, closed: bool) -> str:
    if value is None:
        return "arrow"
    return "closed" if closed else "open"


def _base(claim: QuantityClaim) -> tuple[str, ...]:
    out_of = f"of {claim.of}" if claim.of else ""
    return out_of, claim.where, time_words(claim.when)
