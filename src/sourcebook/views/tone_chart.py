"""A word list's means between −1 and 1 with their intervals, one row each.

A mean without an interval is a mark without a line: what was scored did not vary, and
no spread could be had from it. Stances are no sample and have none: `stance_dots`
marks each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from sourcebook.coding.source_looks import looks
from sourcebook.views.chart_frame import Picture, captioned, picture
from sourcebook.views.interval_chart import Row, draw_intervals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sourcebook.views.canvas import Canvas

AXIS = "from −1, against, to 1, in favour"
Words = tuple[str, str, str, str]  # title, subtitle, source, description


def instrument_chart(
    tone: pd.DataFrame,
    instrument: str,
    *,
    title: str,
    subtitle: str = "Mean over the sentences of each document",
    description: str = "",
) -> Picture:
    """Draw one instrument's mean of each source; ``tone`` is a `tone_table`."""
    chosen = tone[tone["instrument"] == instrument].to_dict("records")
    rows = [_row(record, note=f"{record['scored']} scored") for record in chosen]
    return _draw(rows, chosen, (title, subtitle, "", description))


def _row(record: Mapping[Any, Any], *, note: str) -> Row:
    look = looks([record["source"]])[record["source"]]
    mean, low, high = (
        None if pd.isna(record[name]) else round(float(record[name]), 3)
        for name in ("mean", "low", "high")
    )
    return Row(look.name, note, look, low, high, mean)


def _draw(
    rows: Sequence[Row], records: Sequence[Mapping[Any, Any]], words: Words
) -> Picture:
    title, subtitle, source, description = words
    caption = captioned(
        title,
        subtitle=subtitle,
        source=source,
        description=description,
        said=[f"{row.label} {row.note}: {_said(row)}" for row in rows],
        citekeys=[record["source"] for record in records],
    )

    def draw(canvas: Canvas) -> None:
        draw_intervals(canvas, rows, domain=(-1, 1), unit=AXIS, zero=True)

    shown = ("source", "scored", "mean", "low", "high")
    data = [{k: record[k] for k in shown if k in record} for record in records]
    return picture(draw, caption, rows=data)


def _said(row: Row) -> str:
    if row.value is None:
        return "no mean"
    spread = "" if row.low is None else f" ({row.low:.2f} to {row.high:.2f})"
    return f"{row.value:.2f}{spread}"
