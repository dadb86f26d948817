"""Bars of counts in parts: one bar a source, its parts side by side, each counted.

A part says itself twice, by colour and by its place in a fixed order, and its count is
printed in it. A part of nothing is not drawn; the words still say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from sourcebook.errors import SourcebookError
from sourcebook.showing.figure import Figure, show
from sourcebook.showing.palette import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

ROW = 34  # pixels a bar has, with its gap
COLOURS = ("#6E6E6E", "#4A7BA6", "#8F5FA8", "#B2561A")  # white words stand out on all


def stacks(
    counts: Mapping[str, Mapping[str, int]], *, title: str, unit: str, finding: str
) -> Figure:
    """Draw one bar a source, of parts in the order given.

    ``counts`` is citekey → part → count; ``unit`` names what is counted. The
    description is the ``finding`` and every count in words. Raises `SourcebookError`
    for more parts than there are colours, or for none.
    """
    parts = list(dict.fromkeys(part for bar in counts.values() for part in bar))
    if not 0 < len(parts) <= len(COLOURS):
        raise SourcebookError(
            f"{len(parts)} parts to a bar\n"
            f"  fix: give between 1 and {len(COLOURS)}, or join some of them"
        )
    rows = _rows(counts)
    names = [short_name(citekey) for citekey in counts]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("source:N", sort=names, title=None, axis=alt.Axis(labelLimit=190)),
        tooltip=["source:N", "part:N", alt.Tooltip("count:Q", title=unit)],
    )
    bars = base.mark_bar(height=24).encode(
        x=alt.X("start:Q", title=unit, axis=alt.Axis(tickMinStep=1)),
        x2="end:Q",
        color=alt.Color(
            "part:N",
            sort=parts,
            title=None,
            scale=alt.Scale(domain=parts, range=list(COLOURS[: len(parts)])),
            legend=alt.Legend(orient="bottom", columns=1, labelLimit=320),
        ),
    )
    figures = base.mark_text(color="white", fontWeight="bold").encode(
        x="middle:Q", text="shown:N"
    )
    chart = (bars + figures).properties(
        title=title, width="container", height=ROW * len(names)
    )
    return show(chart, description=f"{finding} {_spoken(counts)}")


def _rows(counts: Mapping[str, Mapping[str, int]]) -> list[dict[str, Any]]:
    most = max(sum(bar.values()) for bar in counts.values()) or 1
    rows = []
    for citekey, bar in counts.items():
        start = 0
        for part, count in bar.items():
            if count:
                rows.append(
                    {
                        "source": short_name(citekey),
                        "part": part,
                        "count": count,
                        "start": start,
                        "end": start + count,
                        "middle": start + count / 2,
                        "shown": str(count) if count / most >= 0.05 else "",
                    }
                )
            start += count
    return rows


def _spoken(counts: Mapping[str, Mapping[str, int]]) -> str:
    said = [
        f"{short_name(citekey)}: "
        + ", ".join(f"{part} {count}" for part, count in bar.items())
        for citekey, bar in counts.items()
    ]
    return "; ".join(said) + "."
