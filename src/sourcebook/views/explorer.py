"""Live controls: how loosely "about" is read, and which claims there are.

Where a kernel answers to a person (JupyterLab, Notebook), a slider runs the real
comparison at every stop and shows its verdict, and lists choose among all claims.
Anywhere else, in a build as in the finished book, charts with controls of their own
answer the same questions. No ``Output`` widget and no ``interact``: both can hang a
build.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import ipywidgets

from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.hedges import DEFAULT_SLACK
from sourcebook.comparing.relations import compare, percent
from sourcebook.views.cards import verdict_card
from sourcebook.views.chart_frame import unmarked
from sourcebook.views.charts import SLIDER, meeting, slack_control, stops_for
from sourcebook.views.claim_views import ClaimRow, choices, claim_rows, linked_views
from sourcebook.views.figure import Figure
from sourcebook.views.fragment import escape, table_rows
from sourcebook.views.live_kernel import is_live

ANY = "any"
LISTED = 25  # claims listed at a time


def slack_explorer(
    a: Claim,
    b: Claim,
    *,
    title: str = "",
    description: str = "",
    live: bool | None = None,
) -> Figure | ipywidgets.VBox:
    """Return a control for how loosely two figures are read.

    ``live`` says whether a kernel answers; without it, the kernel is asked. Raises
    `SourcebookError` when neither figure is hedged with "about" or "nearly".
    """
    if not (is_live() if live is None else live):
        return slack_control(a, b, title=title, description=description)
    stops = stops_for(a, b)
    slider = ipywidgets.FloatSlider(
        value=float(DEFAULT_SLACK),
        min=float(stops[0]),
        max=float(stops[-1]),
        step=0.01,
        description=SLIDER,
        readout_format=".0%",
        style={"description_width": "initial"},
        layout={"width": "auto", "max_width": "40rem"},
    )
    view = ipywidgets.HTML(value=view_html(a, b, slack=DEFAULT_SLACK, title=title))

    def redraw(change: dict[str, float]) -> None:
        # In steps of the slider, which are hundredths: a float would be no exact slack.
        moved = Fraction(round(change["new"] * 100), 100)
        view.value = view_html(a, b, slack=moved, title=title)

    slider.observe(redraw, names="value")
    return ipywidgets.VBox([slider, view])


def view_html(a: Claim, b: Claim, *, slack: Fraction, title: str) -> str:
    """Return what two figures come to at one slack, as HTML that is read out."""
    card = verdict_card(compare(a, b, slack=slack), a=a.id, b=b.id)
    heading = f"<p><strong>{escape(unmarked(title))}</strong></p>" if title else ""
    said = f"Read at ±{percent(slack)}. {meeting(a, b)}"
    return f'<div role="status">{heading}<p>{escape(said)}</p>{card.html}</div>'


def claims_explorer(
    corpus: Corpus, *, live: bool | None = None
) -> Figure | ipywidgets.VBox:
    """Return controls that choose among all claims, and what they leave.

    Lists for source, kind, topic, actor and time, and a field for words of a passage.
    ``live`` says whether a kernel answers; without it, the kernel is asked.
    """
    rows = claim_rows(corpus)
    if not (is_live() if live is None else live):
        return linked_views(rows)
    lists = {
        name: ipywidgets.Dropdown(
            options=[ANY, *values], description=name, layout={"width": "18rem"}
        )
        for name, values in choices(rows).items()
    }
    words = ipywidgets.Text(description="words", layout={"width": "18rem"})
    view = ipywidgets.HTML(value=rows_html(rows))

    def redraw(_: dict[str, object]) -> None:
        chosen = {name: each.value for name, each in lists.items() if each.value != ANY}
        view.value = rows_html(choose(rows, chosen, words=words.value), of=len(rows))

    for control in (*lists.values(), words):
        control.observe(redraw, names="value")
    box = ipywidgets.HBox(
        [*lists.values(), words], layout={"flex_flow": "row wrap", "width": "100%"}
    )
    return ipywidgets.VBox([box, view])


def choose(
    rows: Sequence[ClaimRow], chosen: Mapping[str, str], *, words: str = ""
) -> tuple[ClaimRow, ...]:
    """Return the rows that have every chosen value and hold all the words."""
    sought = words.casefold().split()
    return tuple(
        row
        for row in rows
        if all(_has(row, name, value) for name, value in chosen.items())
        and all(word in f"{row.id} {row.passage}".casefold() for word in sought)
    )


def _has(row: ClaimRow, name: str, value: str) -> bool:
    return value in row.actors if name == "actor" else getattr(row, name) == value


def rows_html(rows: Sequence[ClaimRow], *, of: int | None = None) -> str:
    """Return how many claims are left and the first of them, as HTML read out."""
    total = len(rows) if of is None else of
    head = f"<p><strong>{len(rows)} of {total} claims</strong></p>"
    body = table_rows((row.id, row.kind, row.passage) for row in rows[:LISTED])
    more = len(rows) - LISTED
    rest = f"<p>and {more} more</p>" if more > 0 else ""
    return f'<div role="status">{head}<table>{body}</table>{rest}</div>'
