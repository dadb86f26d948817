"""Charts: everything a chapter draws, under one name; and intervals on one axis.

``spread`` draws one row per claim. ``slack_control`` draws two claims and a slider
that says how loosely "around" is read; it runs in the reader's browser, without a
kernel and without a network. A notebook shows a chart by ending a cell with it.

Exact numbers become floats here and nowhere earlier, because a drawing has pixels.
Nothing is averaged. Refused: a claim without a figure, the same claim twice, and
figures in different units on one axis.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Unpack

import altair as alt

from sourcebook.coding.claims import Claim, figured
from sourcebook.coding.hedges import DEFAULT_SLACK, Quantity
from sourcebook.coding.source_looks import Look, looks
from sourcebook.comparing.relations import compare, meets, percent, slack_to_meet
from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import time_words
from sourcebook.views.canvas import number
from sourcebook.views.chart_frame import (
    ChartWords,
    Picture,
    picture,
    reference,
    source_line,
)
from sourcebook.views.figure import Figure, show
from sourcebook.views.fragment import address
from sourcebook.views.interval_chart import (
    LINE,
    ROW,
    IntervalRow,
    draw_intervals,
    interval_layers,
    words_below,
)

__all__ = ["STOPS", "Figure", "Picture", "meeting", "show", "slack_control", "spread"]

STOPS = tuple(Fraction(n, 100) for n in range(31))  # of the slider: 0 to 30 per cent
SLIDER = "How loosely “around” is read"
_PHONE = 46  # characters of a line of words that a phone has room for
_ROOM = 0.06  # of the axis, left free beyond the outermost mark


def spread(claims: Sequence[Claim], **words: Unpack[ChartWords]) -> Picture:
    """Draw the interval each claim leaves open, one row a claim, in the order given.

    For claims of one unit and one whole; shares of different wholes are for `parts`.
    Raises `SourcebookError` for claims without a figure or in different units.
    """
    claims = tuple(claims)
    rows = rows_of(claims)
    unit, domain = axis_title(claims), _domain(rows)
    drawn = list(map(_interval, rows, claims))
    return picture(
        lambda canvas: draw_intervals(canvas, drawn, domain=domain, unit=unit),
        rows,
        shown="id source label note low high value",
        said=[f"{row['label']} {row['note']}, read as {_span(row)}" for row in rows],
        citekeys=[claim.source for claim in claims],
        **words,
    )


def _interval(row: _Row, claim: Claim) -> IntervalRow:
    look = looks([claim.source])[claim.source]
    same = ("label", "note", "low", "high", "value", "low_end", "high_end")
    given = {name: row[name] for name in same}
    return IntervalRow(look=look, link=reference(claim, name=look.name), **given)


def slack_control(
    a: Claim, b: Claim, *, title: str = "", description: str = ""
) -> Figure:
    """Draw two claims with a slider for how loosely "around" and "nearly" are read.

    Every stop of the slider shows what the figures leave open at that slack, and
    says whether the two meet. Raises `SourcebookError` when neither figure is hedged
    so.
    """
    stops = stops_for(a, b)
    rows = rows_of((a, b))
    widest = rows_of((a, b), slack=stops[-1])
    said = _said(a, b, stops=stops)
    fixed = [field for field in said if field != "stops"]
    height = 2 + (len(fixed) + 2) * LINE
    layers = interval_layers(
        _moving(rows, (a, b), stops=stops),
        height=height,
        domain=_domain(widest),
        title=axis_title((a, b)),
    )
    words = alt.Chart(alt.Data(values=[said])).transform_calculate(now=_chosen(stops))
    layers += words_below(words, fixed, at=2)
    # In whole per cents, which is what the page prints beside the slider.
    low, high = int(stops[0] * 100), int(stops[-1] * 100)
    ends = alt.binding_range(min=low, max=high, step=1, name=SLIDER)
    slider = alt.param(name="slack", value=int(DEFAULT_SLACK * 100), bind=ends)
    read = "; ".join(f"{row['label']}, read as {_span(row)}" for row in rows)
    return show(
        _framed(layers, rows=rows, height=height).add_params(slider),
        title=title,
        source=source_line([a.source, b.source]),
        description=description or f"{read}. {meeting(a, b)}",
    )


def meeting(a: Claim, b: Claim) -> str:
    """Say in one sentence from what slack on two figures meet."""
    one, two = figured(a).quantity, figured(b).quantity
    needed = slack_to_meet(one, two)
    if needed is None:
        return "They meet at no reading."
    if needed == 0:
        return "They meet at every reading."
    readable = meets(one, two, slack=needed)
    where = f"from {percent(needed)} on" if readable else f"above {percent(needed)}"
    return f"They meet {where}."


def stops_for(a: Claim, b: Claim) -> tuple[Fraction, ...]:
    """Return the stops of a slider for two claims; refuse two that none moves."""
    figures = figured(a).quantity, figured(b).quantity
    if not any(figure.uses_slack for figure in figures):
        said = f"{a.id} and {b.id}: no reading to loosen, neither says about or nearly"
        raise SourcebookError(said, fix="show them with spread")
    nearly = any(figure.rule == "nearly" for figure in figures)
    return STOPS[1:] if nearly else STOPS  # "nearly" leaves nothing at a slack of 0


def _moving(
    rows: list[_Row], claims: tuple[Claim, Claim], *, stops: tuple[Fraction, ...]
) -> alt.Chart:
    """Return the rows with what each is at every stop, chosen by the slider."""
    # The browser picks a reading and never works one out: what moves on a page is what
    # the tested functions say.
    for row, claim in zip(rows, claims, strict=True):
        row["stops"] = [reading(figured(claim).quantity, slack=stop) for stop in stops]
    moved = {name: f"{_chosen(stops)}.{name}" for name in rows[0]["stops"][0]}
    return alt.Chart().transform_calculate(**moved)


def _said(a: Claim, b: Claim, *, stops: tuple[Fraction, ...]) -> dict[str, object]:
    """Return the words below the chart: one text a stop, then what does not move."""
    one, two = figured(a).quantity, figured(b).quantity
    said: dict[str, object] = {
        "stops": [
            f"At ±{percent(stop)} the two intervals "
            f"{'meet' if meets(one, two, slack=stop) else 'do not meet'}."
            for stop in stops
        ],
        "lasting": meeting(a, b),
    }
    verdict = compare(a, b)
    if verdict.axis:  # numbers may meet and still say nothing about each other
        gate = textwrap.wrap(f"Yet {verdict}: {verdict.reason}", width=_PHONE)
        said |= {f"gate{number}": line for number, line in enumerate(gate)}
    return said


def _chosen(stops: tuple[Fraction, ...]) -> str:
    return f"datum.stops[round(slack) - {stops[0] * 100}]"


def _framed(
    layers: Sequence[alt.Chart], *, rows: list[_Row], height: float
) -> alt.LayerChart:
    return alt.LayerChart(
        layer=list(layers),
        data=alt.Data(values=rows),
        width="container",
        height=round(height * ROW),
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        # The description speaks for the whole drawing; its marks would only add noise.
        config=alt.Config(
            view=alt.ViewConfig(stroke=None), mark=alt.MarkConfig(aria=False)
        ),
    )


def _domain(rows: Sequence[_Row]) -> tuple[float, float]:
    """Return the ends of an axis that shows every mark and an arrow's run."""
    marks = [row[name] for row in rows for name in ("low", "value", "high")]
    seen = [mark for mark in marks if mark is not None]
    low, high = min(seen), max(seen)
    if 0 <= low < high / 2:
        low = 0.0  # near enough to zero to show how large the figures are
    width = (high - low) or abs(high) or 1.0
    run = 0.25 if any(row["high"] is None for row in rows) else _ROOM
    fall = 0.25 if any(row["low"] is None for row in rows) else _ROOM
    bottom = low if low == 0 else low - fall * width
    return round(bottom, 9), round(high + run * width, 9)


def _span(row: _Row) -> str:
    """Return an interval in words: brackets say nothing to who hears them."""
    low, high = (None if row[e] is None else number(row[e]) for e in ("low", "high"))
    if low is None or high is None:
        return f"up to {high}" if high else f"{low} or more"
    return low if low == high else f"{low} to {high}"


_Row = dict[str, Any]
_UNITS = {
    "percent": "per cent",
    "percentage-point": "percentage points",
    "m3": "cubic metres",
    "t": "tonnes",
    "km": "kilometres",
}


def rows_of(claims: Sequence[Claim], *, slack: Fraction = DEFAULT_SLACK) -> list[_Row]:
    """Return one row per claim, in the order given. Raises `SourcebookError`."""
    if not claims:
        raise SourcebookError("no claims to show\n  fix: give at least one claim")
    times = Counter(claim.id for claim in claims)
    if twice := sorted(name for name, count in times.items() if count > 1):
        fix = "give each claim once"
        raise SourcebookError(f"given more than once: {', '.join(twice)}", fix=fix)
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
        fix = "draw each unit by itself"
        raise SourcebookError(f"more than one unit on one axis: {seen}", fix=fix)
    ((unit, per),) = units
    nouns = {figured(claim).quantity.noun for claim in claims}
    counted = nouns.pop() if len(nouns) == 1 else ""
    words = _UNITS.get(unit, unit) or counted or "count"
    return f"{words} per {per}" if per else words


def _row(claim: Claim, look: Look, *, slack: Fraction, place: int) -> _Row:
    own = figured(claim)
    quantity, value = own.quantity, own.quantity.value
    base = (own.of and f"of {own.of}", own.where, time_words(own.when))
    return {
        "id": claim.id,
        "place": place,
        "source": look.name,
        "colour": look.colour,
        "shape": look.shape,
        "label": f"{look.name}: “{quantity.text}”",
        "note": " · ".join(filter(None, base)),
        "quote": claim.exact,
        "hedge": quantity.hedge or "none",
        "of": own.of or "not stated",
        "href": address(claim.id),
        "value": None if value is None else float(value),
        **reading(quantity, slack=slack),
    }


def reading(quantity: Quantity, *, slack: Fraction) -> _Row:
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
