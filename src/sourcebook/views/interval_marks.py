"""The marks of an interval chart: two lines of words, a bar, its ends, its value.

Every row has its name above its bar and not beside it, so that a chart fits a phone.
An end that belongs to the interval is a stroke, one that does not is a hollow ring,
and an interval without an end runs into an arrow at the edge. The printed value has
the shape of its source, hollow where the words leave the value itself out.
"""

from __future__ import annotations

import altair as alt

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
    ).encode(tooltip=_tooltip(), href="href:N")
    return [
        _bar(drawn, height=height, domain=domain, title=title),
        _end(drawn, "left", "low_end", arrow="triangle-left"),
        _end(drawn, "right", "high_end", arrow="triangle-right"),
        _value(drawn),
        _line(drawn, "label", at=_NAME, bold=True),
        _line(drawn, "note", at=_NOTE),
    ]


def words_below(base: alt.Chart, fields: list[str], *, at: float) -> list[alt.Chart]:
    """Return lines of words below the rows: ``now``, which changes, then the fields.

    The first line is named, so that a page can read it out when it changes.
    """
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


def _bar(
    base: alt.Chart, *, height: float, domain: tuple[float, float], title: str
) -> alt.Chart:
    large = max(abs(end) for end in domain) >= _LARGE
    axis = alt.Axis(
        title=title,
        labelExpr=_SCALED if large else _PLAIN,
        tickCount=5,
        gridOpacity=0.5,
    )
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
    end: alt.Chart = drawn.mark_point(size=180, strokeWidth=2, opacity=1).encode(
        x=f"{field}:Q",
        shape=alt.Shape("end:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fill=_filled(f"datum.{kind} != 'open'"),
    )
    return end


def _value(base: alt.Chart) -> alt.Chart:
    printed = _down(base, _BAR).transform_filter("isValid(datum.value)")
    value: alt.Chart = printed.mark_point(size=80, strokeWidth=2, opacity=1).encode(
        x="value:Q",
        shape=alt.Shape("shape:N", scale=None),
        stroke=alt.Stroke("colour:N", scale=None),
        fill=_filled("datum.inside"),
    )
    return value


def _filled(test: str) -> object:
    """Fill with the source's colour where the test holds, else with the paper's."""
    return alt.condition(
        test, alt.Fill("colour:N", scale=None), alt.value({"expr": _PAPER})
    )


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("source:N", title="Source"),
        alt.Tooltip("quote:N", title="Passage"),
        alt.Tooltip("hedge:N", title="Hedge"),
        alt.Tooltip("interval:N", title="Read as"),
        alt.Tooltip("of:N", title="Out of"),
    ]
