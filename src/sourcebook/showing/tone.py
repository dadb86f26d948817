"""Tone, drawn: a word list's means as dots, and stances as counts; one row each.

A row has its words above its line, so that the chart fits a phone, and the colour of
its source. A mean without an interval is a dot without a line: what was scored did not
vary, and no spread could be had from it. Stances were coded from the whole text, so
they are drawn as what they are: how many praise, to the right of nought, how many
blame, to the left, and a ring on nought where some do neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from sourcebook.showing.figure import Figure, show
from sourcebook.showing.palette import Look, looks
from sourcebook.showing.rows import address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROW = 40  # pixels a row is high
_WORDS, _LINE = 0.3, 0.72  # where things stand within a row


def instrument_chart(tone: pd.DataFrame, instrument: str, *, title: str) -> Figure:
    """Draw one instrument's mean of each source; ``tone`` is a `tone_table`."""
    chosen = tone[tone["instrument"] == instrument]
    drawn = looks(chosen["source"])
    rows = [
        _row(place, record, drawn, words=f"{record['scored']} scored")
        for place, record in enumerate(chosen.to_dict("records"))
    ]
    return _draw(rows, title=title)


def target_chart(stances: pd.DataFrame, *, title: str) -> Figure:
    """Draw how often each source praises and blames each target; a `stance_table`."""
    drawn = looks(stances["source"])
    rows = []
    for place, record in enumerate(stances.to_dict("records")):
        look = drawn[record["source"]]
        row = {
            "place": place,
            "label": f"{look.name} on {record['target']}: {_counted(record)}",
            "colour": look.colour,
            "blames": -record["blames"],
            "praises": record["praises"],
            "neither": record["neither"],
            "href": address(record["claim"]),
        }
        rows.append(row)
    return _draw_counts(rows, title=title)


def _counted(record: Mapping[Any, Any]) -> str:
    """Return the counts of a row in words; every stance of it is in one of them.

    >>> _counted({"praises": 3, "neither": 0, "blames": 5})
    '3 praise, 5 blame'
    >>> _counted({"praises": 1, "neither": 1, "blames": 0})
    '1 praises, 1 does neither'
    """
    one = {"praises": "praises", "neither": "does neither", "blames": "blames"}
    many = {"praises": "praise", "neither": "do neither", "blames": "blame"}
    return ", ".join(
        f"{record[name]} {(one if record[name] == 1 else many)[name]}"
        for name in one
        if record[name]
    )


def _draw_counts(rows: Sequence[dict[str, Any]], *, title: str) -> Figure:
    most = max([1, *(max(row["praises"], -row["blames"]) for row in rows)])
    across = alt.Scale(domain=[-most - 0.2, most + 0.2], nice=False)
    # Ends to the left are negative for the drawing alone: what is read is a count.
    axis = alt.Axis(
        title="← stances that blame · stances that praise →",
        values=list(range(-most, most + 1)),
        labelExpr="abs(datum.value)",
    )
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, len(rows)], reverse=True))
    base = alt.Chart(alt.Data(values=list(rows)))
    line = base.transform_calculate(y=f"datum.place + {_LINE}")
    colour = alt.Color("colour:N", scale=None)
    bars = [
        line.mark_rule(strokeWidth=10).encode(
            x=alt.X(f"{side}:Q", scale=across, axis=axis),
            x2=alt.X2Datum(0),
            y=y,
            color=colour,
            href="href:N",
        )
        for side in ("blames", "praises")
    ]
    rings = (
        line.transform_filter("datum.neither > 0")
        .transform_calculate(nought="0")
        .mark_point(size=90, filled=False, strokeWidth=2)
        .encode(
            x=alt.X("nought:Q", scale=across, axis=axis),
            y=y,
            color=colour,
            href="href:N",
        )
    )
    return _layered([*bars, rings, _words(base, y)], rows, across=across, title=title)


def _words(base: alt.Chart, y: alt.Y) -> alt.Chart:
    """Return the words of each row, above its line."""
    drawn: alt.Chart = (
        base.transform_calculate(y=f"datum.place + {_WORDS}")
        .mark_text(align="left", baseline="middle", fontSize=12)
        .encode(x=alt.value(0), y=y, text="label:N")
    )
    return drawn


def _layered(
    layers: Sequence[alt.Chart],
    rows: Sequence[dict[str, Any]],
    *,
    across: alt.Scale,
    title: str,
) -> Figure:
    """Lay a drawing over a line at nought, as high as it has rows."""
    zero = (
        alt.Chart(alt.Data(values=[{"x": 0}]))
        .mark_rule(strokeDash=[4, 3])
        .encode(x=alt.X("x:Q", scale=across), color=alt.value("#8A8A8A"))
    )
    chart = alt.layer(zero, *layers).properties(
        title=title,
        width="container",
        height=ROW * len(rows),
        config=alt.Config(
            view=alt.ViewConfig(stroke=None), mark=alt.MarkConfig(aria=False)
        ),
    )
    return show(chart, description=f"{title}: {'; '.join(map(_said, rows))}.")


def _row(
    place: int, record: Mapping[Any, Any], drawn: Mapping[str, Look], *, words: str
) -> dict[str, Any]:
    look = drawn[record["source"]]
    mean, low, high = (
        None if pd.isna(record[name]) else round(float(record[name]), 3)
        for name in ("mean", "low", "high")
    )
    return {
        "place": place,
        "label": f"{look.name}: {words}",
        "source": look.name,
        "colour": look.colour,
        "shape": look.shape,
        "mean": mean,
        "low": low,
        "high": high,
    }


def _draw(rows: Sequence[dict[str, Any]], *, title: str) -> Figure:
    base = alt.Chart(alt.Data(values=list(rows)))
    across = alt.Scale(domain=[-1.05, 1.05], nice=False)
    down = alt.Scale(domain=[0, len(rows)], reverse=True)
    axis = alt.Axis(
        title="from −1, against, to 1, in favour", values=[-1, -0.5, 0, 0.5, 1]
    )
    tooltip = [alt.Tooltip(f"{each}:Q") for each in ("mean", "low", "high")]
    line = base.transform_calculate(y=f"datum.place + {_LINE}")
    colour = alt.Color("colour:N", scale=None)
    y = alt.Y("y:Q", axis=None, scale=down)
    bars = (
        line.transform_filter("isValid(datum.low)")
        .mark_rule(strokeWidth=4)
        .encode(
            x=alt.X("low:Q", scale=across, axis=axis), x2="high:Q", y=y, color=colour
        )
    )
    dots = (
        line.transform_filter("isValid(datum.mean)")
        .mark_point(size=90, filled=True, opacity=1)
        .encode(
            x=alt.X("mean:Q", scale=across, axis=axis),
            y=y,
            color=colour,
            shape=alt.Shape("shape:N", scale=None),
            tooltip=tooltip,
            href="href:N",
        )
    )
    return _layered([bars, dots, _words(base, y)], rows, across=across, title=title)


def _said(row: dict[str, Any]) -> str:
    if "mean" not in row:
        return str(row["label"])
    if row["mean"] is None:
        return f"{row['label']}, no mean"
    spread = "" if row["low"] is None else f" ({row['low']:.2f} to {row['high']:.2f})"
    return f"{row['label']}, {row['mean']:.2f}{spread}"
