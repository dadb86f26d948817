"""Intervals on one axis: what each figure leaves open, or a mean and its spread.

An end that belongs to the interval is a stroke, one that does not is a hollow ring, and
an interval without an end runs into an arrow at the edge. The printed value has the
shape of its source, hollow where the words leave the value itself out.

A word list's means between −1 and 1 have one row each. A mean without an interval is a
mark without a line: what was scored did not vary, and no spread could be had from it.
Stances are no sample and have none: `stance_dots` marks each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Unpack

import altair as alt
import pandas as pd

from sourcebook.coding.source_looks import Look, looks
from sourcebook.views.canvas import INK, NOTE, Canvas, measure, number, ticks
from sourcebook.views.chart_frame import ChartWords, MarkLink, Picture, picture

ROW = 64  # pixels a row is high
LINE = 0.3  # of a row: one line of words
_NAME, _NOTE, _BAR = 0.2, 0.46, 0.78  # where things stand within a row
_PAPER = "background"  # Vega's name for the colour behind the chart, light or dark
_LARGE = 10**6
_SCALED = "replace(replace(format(datum.value, '~s'), 'G', ' bn'), 'M', ' m')"
_PLAIN = "format(datum.value, ',~r')"
_STROKE = "M0,-1L0,1"


def interval_layers(
    base: alt.Chart, *, height: float, domain: tuple[float, float], title: str
) -> list[alt.Chart]:
    """Return the layers that draw rows made by `rows_of`, ``height`` rows high."""
    drawn = base.transform_calculate(
        left=f"isValid(datum.low) ? datum.low : {domain[0]}",
        right=f"isValid(datum.high) ? datum.high : {domain[1]}",
    ).encode(
        tooltip=[alt.Tooltip(f"{name}:N", title=words) for name, words in _TIP.items()],
        href="href:N",
    )
    valued = _down(drawn, _BAR).transform_filter("isValid(datum.value)")
    return [
        _mark_bar(drawn, height=height, domain=domain, title=title),
        _end(drawn, "left", "low_end", arrow="triangle-left"),
        _end(drawn, "right", "high_end", arrow="triangle-right"),
        _point(valued, "value", "shape", size=80, filled="datum.inside"),
        _line(drawn, "label", at=_NAME, bold=True),
        _line(drawn, "note", at=_NOTE),
    ]


def words_below(base: alt.Chart, fields: list[str], *, at: float) -> list[alt.Chart]:
    """Return lines of words: ``now``, which a page reads out, then the fields."""
    here = base.transform_calculate(place=str(at))
    first = _line(here, "now", at=LINE, bold=True).properties(name="verdict")
    rest = [_line(here, each, at=LINE * n) for n, each in enumerate(fields, 2)]
    return [first, *rest]


def _line(base: alt.Chart, field: str, *, at: float, bold: bool = False) -> alt.Chart:
    """Draw one line of words, cut to the width of the chart."""
    mark = _down(base, at).mark_text(
        align="left",
        baseline="middle",
        fontSize=13 if bold else 12,
        fontWeight="bold" if bold else "normal",
        limit=alt.ExprRef("width"),
    )
    line: alt.Chart = mark.encode(x=alt.value(0), text=f"{field}:N")
    return line


def _down(base: alt.Chart, at: float) -> alt.Chart:
    """Place marks ``at`` a part of a row below the top of their row."""
    return base.transform_calculate(down=f"datum.place + {at}").encode(
        y=alt.Y("down:Q", axis=None)
    )


def _mark_bar(
    base: alt.Chart, *, height: float, domain: tuple[float, float], title: str
) -> alt.Chart:
    label = _SCALED if max(map(abs, domain)) >= _LARGE else _PLAIN
    axis = alt.Axis(title=title, labelExpr=label, tickCount=5, gridOpacity=0.5)
    across = alt.Scale(domain=list(domain), nice=False, zero=False)
    down = alt.Scale(domain=[0, height], reverse=True)
    bar: alt.Chart = (
        _down(base, _BAR)
        .mark_rule(strokeWidth=4)
        .encode(
            x=alt.X("left:Q", axis=axis, scale=across),
            x2="right:Q",
            y=alt.Y("down:Q", axis=None, scale=down),
            color=alt.Color("colour:N", scale=None),
        )
    )
    return bar


def _end(base: alt.Chart, field: str, kind: str, *, arrow: str) -> alt.Chart:
    shapes = f"{{closed: '{_STROKE}', open: 'circle', arrow: '{arrow}'}}"
    ends = _down(base, _BAR).transform_calculate(end=f"{shapes}[datum.{kind}]")
    # A value left out of its interval is drawn hollow: that is its open end.
    drawn = ends.transform_filter(
        f"datum.{kind} != 'open' || datum.{field} != datum.value"
    )
    return _point(drawn, field, "end", size=180, filled=f"datum.{kind} != 'open'")


def _point(
    base: alt.Chart, field: str, shape: str, *, size: int, filled: str
) -> alt.Chart:
    """Draw a mark in its source's colour, filled with that where ``filled`` holds."""
    paper = alt.value({"expr": _PAPER})
    point: alt.Chart = base.mark_point(size=size, strokeWidth=2, opacity=1).encode(
        x=f"{field}:Q",
        shape=alt.Shape(f"{shape}:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fill=alt.condition(filled, alt.Fill("colour:N", scale=None), paper),
    )
    return point


_TIP = {
    "source": "Source",
    "quote": "Passage",
    "hedge": "Hedge",
    "interval": "Read as",
    "of": "Out of",
}
_EDGE = 12  # units left free at either end of the axis, for marks


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One interval: what to call it, where it begins, ends and has its value."""

    label: str
    note: str
    look: Look
    low: float | None
    high: float | None
    value: float | None = None
    low_end: str = "closed"  # closed, open, or arrow where there is no end
    high_end: str = "closed"
    link: MarkLink = ("", "")


def draw_intervals(
    canvas: Canvas,
    rows: Sequence[IntervalRow],
    *,
    domain: tuple[float, float],
    unit: str,
    zero: bool = False,
) -> None:
    """Draw rows on one axis; with ``zero``, a line marks nought."""
    (low, high), run = domain, canvas.width - 2 * _EDGE

    def across(value: float) -> float:
        return round(_EDGE + run * (value - low) / (high - low), 1)

    top = canvas.height
    y = top
    for row in rows:
        # Words stand above the bar and not beside it: they never meet the marks, and
        # fit a phone.
        y = canvas.words(0, y + 4, row.label, bold=True)
        y = canvas.words(0, y, row.note, size=NOTE, muted=True) if row.note else y
        with canvas.linked(*row.link):
            _bar(canvas, row, y + 12, across=across, domain=domain)
        y += 26
    if zero:
        canvas.line(across(0), top, across(0), y, dashed=True)
    # Below everything an axis, with round values and what it counts.
    canvas.line(across(domain[0]), y, across(domain[1]), y)
    for value in ticks(*domain, most=4 if canvas.narrow else 7):
        words, x = number(value), across(value)
        canvas.line(x, y, x, y + 5)
        half = measure(words, size=NOTE) / 2
        at = min(max(x, half), canvas.width - half)
        canvas.words(at, y + 7, words, size=NOTE, anchor="middle", width=2 * half + 9)
    canvas.words(0, y + 24, unit, size=NOTE, muted=True)


def _bar(
    canvas: Canvas,
    row: IntervalRow,
    y: float,
    *,
    across: Callable[[float], float],
    domain: tuple[float, float],
) -> None:
    colour = row.look.colour
    if (row.low, row.high) != (None, None):  # else there is a value alone
        left = across(domain[0] if row.low is None else row.low)
        right = across(domain[1] if row.high is None else row.high)
        canvas.line(left, y, right, y, colour=colour, thick=4)
        for x, end, shape in (
            (left, row.low_end, "triangle-left"),
            (right, row.high_end, "triangle-right"),
        ):
            if end == "arrow":
                canvas.mark(shape, x, y, colour=colour)
            elif end == "open":
                canvas.mark("circle", x, y, colour=colour, size=5, hollow=True)
            else:
                canvas.line(x, y - 8, x, y + 8, colour=colour, thick=2)
    if row.value is not None:
        inside = row.low_end != "open" or row.low != row.value
        inside = inside and (row.high_end != "open" or row.high != row.value)
        x, shape = across(row.value), row.look.shape
        canvas.mark(shape, x, y, colour=colour or INK, hollow=not inside)


AXIS = "from −1, against, to 1, in favour"


def instrument_chart(
    tone: pd.DataFrame, instrument: str, **words: Unpack[ChartWords]
) -> Picture:
    """Draw one instrument's mean of each source; ``tone`` is a `tone_table`."""
    records = tone[tone["instrument"] == instrument].to_dict("records")
    rows = [_row(record) for record in records]
    words.setdefault("subtitle", "Mean over the sentences of each document")
    return picture(
        lambda at: draw_intervals(at, rows, domain=(-1, 1), unit=AXIS, zero=True),
        records,
        shown="source scored mean low high",
        said=[f"{row.label} {row.note}: {_said(row)}" for row in rows],
        citekeys=[record["source"] for record in records],
        **words,
    )


def _row(record: Mapping[Any, Any]) -> IntervalRow:
    look = looks([record["source"]])[record["source"]]
    mean, low, high = (
        None if pd.isna(record[name]) else round(float(record[name]), 3)
        for name in ("mean", "low", "high")
    )
    return IntervalRow(look.name, f"{record['scored']} scored", look, low, high, mean)


def _said(row: IntervalRow) -> str:
    if row.value is None:
        return "no mean"
    spread = "" if row.low is None else f" ({row.low:.2f} to {row.high:.2f})"
    return f"{row.value:.2f}{spread}"
