"""Bars of counts in parts: one bar a source, its parts side by side, each counted.

A part says itself twice, by colour and by its place in a fixed order, and its count is
printed in it. A part of nothing is not drawn; the words still say it. Bars are as long
as their counts, or all of one length where the parts of each are to be compared.
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
ROOM = 0.04  # of the longest bar: what a part needs to have its count printed in it
COLOURS = ("#6E6E6E", "#4A7BA6", "#8F5FA8", "#B2561A")  # white words stand out on all


def stacks(
    counts: Mapping[str, Mapping[str, int]],
    *,
    title: str,
    unit: str,
    finding: str,
    share: bool = False,
) -> Figure:
    """Draw one bar a source, of parts in the order given.

    ``counts`` is citekey → part → count; ``unit`` names what is counted. With
    ``share``, each bar is a hundred per cent of its own counts, which stay printed.
    The description is the ``finding`` and every count in words. Raises
    `SourcebookError` for more parts than there are colours, or for none.
    """
    parts = list(dict.fromkeys(part for bar in counts.values() for part in bar))
    if not 0 < len(parts) <= len(COLOURS):
        raise SourcebookError(
            f"{len(parts)} parts to a bar\n"
            f"  fix: give between 1 and {len(COLOURS)}, or join some of them"
        )
    rows = _rows(counts, share=share)
    names = [short_name(citekey) for citekey in counts]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("source:N", sort=names, title=None, axis=alt.Axis(labelLimit=190)),
        tooltip=["source:N", "part:N", alt.Tooltip("count:Q", title=unit)],
    )
    bars = base.mark_bar(height=24).encode(
        x=alt.X(
            "start:Q",
            title=f"per cent of {unit}" if share else unit,
            axis=alt.Axis(tickMinStep=1),
        ),
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


def _rows(
    counts: Mapping[str, Mapping[str, int]], *, share: bool
) -> list[dict[str, Any]]:
    longest = max(sum(bar.values()) for bar in counts.values()) or 1
    rows = []
    for citekey, bar in counts.items():
        whole = sum(bar.values()) or 1
        scale = 100 / whole if share else 1
        done = 0
        for part, count in bar.items():
            if count:
                room = count / (whole if share else longest)
                rows.append(
                    {
                        "source": short_name(citekey),
                        "part": part,
                        "count": count,
                        "start": round(done * scale, 2),
                        "end": round((done + count) * scale, 2),
                        "middle": round((done + count / 2) * scale, 2),
                        "shown": str(count) if room >= ROOM else "",
                    }
                )
            done += count
    return rows


def _spoken(counts: Mapping[str, Mapping[str, int]]) -> str:
    said = [
        f"{short_name(citekey)}: "
        + ", ".join(f"{part} {count}" for part, count in bar.items())
        for citekey, bar in counts.items()
    ]
    return "; ".join(said) + "."
