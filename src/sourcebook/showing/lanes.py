"""A timeline in lanes: who did what and when, one lane an actor or a kind of thing.

A lane has a heading and, below it, one row per claim, the earliest first. Bars are as
long as the dating is vague, as on a plain timeline; lanes only keep apart what must
not be read as one series, such as people held and people let go. A lane without a
claim is refused, and so are two rows of the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds
from sourcebook.showing.figure import Figure, show
from sourcebook.showing.palette import looks
from sourcebook.showing.timeline import bar_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sourcebook.coding.claims import Claim

ROW = 22  # pixels a row is high, headings included
_MARK = ":"  # behind a heading, so that it differs without bold type too


def lanes(
    groups: Mapping[str, Sequence[Claim]], *, words: Mapping[str, str], title: str
) -> Figure:
    """Draw each group of claims as a lane, in the order given.

    ``words`` says, by claim id, what a row is about. Raises `SourcebookError` for an
    empty lane, a claim without words or without a first day, and rows named alike.
    """
    lines, rows = _lines(groups, words)
    chart = alt.Chart(
        alt.Data(values=rows), title=title, width="container", height=ROW * len(lines)
    )
    bars = _bars(chart, lines=lines, rows=rows)
    return show(bars, description=f"{title}: {_read_out(groups, rows)}.")


def _bars(
    chart: alt.Chart, *, lines: list[str], rows: Sequence[Mapping[str, Any]]
) -> alt.Chart:
    used = {row["source"]: row["colour"] for row in rows}
    colours = alt.Scale(domain=list(used), range=list(used.values()))
    heading = f"substring(datum.label, length(datum.label) - 1) == '{_MARK}'"
    bold = alt.condition(heading, alt.value("bold"), alt.value("normal"))
    years = alt.Axis(format="d")
    names = alt.Axis(labelLimit=280, labelFontWeight=bold)
    drawn: alt.Chart = chart.mark_bar(height=10, strokeWidth=2).encode(
        x=alt.X("first:Q", title=None, scale=alt.Scale(zero=False), axis=years),
        x2="after:Q",
        y=alt.Y("row:N", title=None, scale=alt.Scale(domain=lines), axis=names),
        color=alt.Color("source:N", scale=colours, legend=None),  # each row names it
        stroke=alt.Stroke("source:N", scale=colours, legend=None),
        href="href:N",
        tooltip=["source:N", "when:N", "quote:N"],
    )
    return drawn


def _lines(
    groups: Mapping[str, Sequence[Claim]], words: Mapping[str, str]
) -> tuple[list[str], list[dict[str, Any]]]:
    """Return every line of the axis, headings included, and the rows with bars."""
    names = looks([claim.source for group in groups.values() for claim in group])
    lines: list[str] = []
    rows: list[dict[str, Any]] = []
    for heading, claims in groups.items():
        if not claims:
            raise SourcebookError(
                f"a lane without a claim: {heading!r}\n"
                "  fix: leave it out, or say in prose that nothing is dated"
            )
        lines.append(f"{heading}{_MARK}")
        for claim in sorted(claims, key=lambda each: (bounds(each.when), each.id)):
            look = names[claim.source]
            row = {**bar_row(claim, words, look.name), "colour": look.colour}
            if row["row"] in lines:
                raise SourcebookError(
                    f"two rows are named alike: {row['row']!r}\n"
                    "  fix: say in words how they differ"
                )
            lines.append(row["row"])
            rows.append({**row, "lane": heading})
    return lines, rows


def _read_out(
    groups: Mapping[str, Sequence[Claim]], rows: Sequence[Mapping[str, Any]]
) -> str:
    """Return the lanes in words, for a reader who cannot see them."""
    parts = []
    for heading in groups:
        own = [row for row in rows if row["lane"] == heading]
        said = "; ".join(f"{row['row']}: {row['when']}" for row in own)
        parts.append(f"{heading}: {said}")
    return ". ".join(parts)
