"""A timeline: when each source places what it dates, as precisely as it says.

A year is drawn as a year and a month as a month, so that no dating looks more exact
than its words. A dating without a beginning is refused; it has no place on a line.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import altair as alt

from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds
from sourcebook.showing.figure import Figure, show
from sourcebook.showing.palette import looks
from sourcebook.showing.rows import address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sourcebook.coding.claims import Claim


ROW = 32  # pixels a row is high: its words take two lines
# What a row is about stands above whose dating it is, so that neither is cut short.
_TWO_LINES = "split(replace(datum.label, / \\((?=[^(]*$)/, '\\n('), '\\n')"


def timeline(
    claims: Sequence[Claim], *, words: Mapping[str, str], title: str
) -> Figure:
    """Draw the claims' periods, one row each, the earliest first.

    ``words`` says, by claim id, what a row is about. Raises `SourcebookError` for a
    claim without words or without a first day.
    """
    ordered = sorted(claims, key=lambda claim: (bounds(claim.when), claim.id))
    names = looks([claim.source for claim in ordered])
    rows = [bar_row(claim, words, names[claim.source].name) for claim in ordered]
    used = {look.name: look.colour for look in names.values()}
    colours = alt.Scale(domain=list(used), range=list(used.values()))
    chart = alt.Chart(alt.Data(values=rows), title=title, width="container")
    bars = chart.mark_bar(height=10, strokeWidth=2).encode(
        x=alt.X(
            "first:Q",
            title=None,
            scale=alt.Scale(zero=False),
            axis=alt.Axis(format="d"),
        ),
        x2="after:Q",
        y=alt.Y(
            "row:N",
            sort=None,
            title=None,
            axis=alt.Axis(labelExpr=_TWO_LINES, labelLimit=260),
        ),
        color=alt.Color("source:N", scale=colours, legend=None),  # each row names it
        stroke=alt.Stroke("source:N", scale=colours, legend=None),
        href="href:N",
        tooltip=["source:N", "when:N", "quote:N"],
    )
    spoken = "; ".join(f"{row['row']}: {row['when']}" for row in rows)
    drawn = bars.properties(height=ROW * len(rows))
    return show(drawn, description=f"{title}: {spoken}.")


def _year(day: date) -> float:
    """Return a day as a point in its year: free of clocks and zones.

    >>> _year(date(2016, 7, 1))
    2016.497
    """
    start, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return round(day.year + (day - start) / (end - start), 3)


def bar_row(claim: Claim, words: Mapping[str, str], name: str) -> dict[str, Any]:
    """Return a claim as one bar: what it is about, and from when to when."""
    first, last = bounds(claim.when)
    if claim.id not in words or first == date.min:
        fault = "no words for it" if claim.id not in words else "no first day"
        raise SourcebookError(
            f"{claim.id}: cannot stand on a timeline, {fault}\n"
            "  fix: name it in words, or leave it out"
        )
    return {
        "row": f"{words[claim.id]} ({name})",
        "source": name,
        "first": _year(first),
        "after": _year(last + timedelta(days=1)),
        "when": claim.when,
        "quote": claim.exact,
        "href": address(claim.id),
    }
