"""A live control for how loosely "about" is read, and whether two figures then meet.

Where a kernel answers to a person (JupyterLab, Notebook), a slider runs the real
comparison at every stop and shows its verdict. Anywhere else, in a build as in the
finished book, the same question is answered by a chart with a slider of its own.
No ``Output`` widget and no ``interact``: both can hang a build.
"""

from __future__ import annotations

from fractions import Fraction

import ipywidgets

from sourcebook.coding.claims import Claim
from sourcebook.coding.hedges import DEFAULT_SLACK
from sourcebook.comparing.relations import compare, percent
from sourcebook.showing.cards import verdict_card
from sourcebook.showing.charts import SLIDER, meeting, slack_control, stops_for
from sourcebook.showing.figure import Figure
from sourcebook.showing.fragment import escape
from sourcebook.showing.live import is_live


def slack_explorer(  # noqa: PLR0913  (all but two are optional and named)
    a: Claim,
    b: Claim,
    *,
    slack: Fraction = DEFAULT_SLACK,
    title: str = "",
    description: str = "",
    live: bool | None = None,
) -> Figure | ipywidgets.VBox:
    """Return a control for how loosely two figures are read.

    ``live`` says whether a kernel answers; without it, the kernel is asked. Raises
    `SourcebookError` when neither figure is hedged with "about" or "nearly".
    """
    if not (is_live() if live is None else live):
        return slack_control(a, b, slack=slack, title=title, description=description)
    stops = stops_for(a, b, start=slack)
    slider = ipywidgets.FloatSlider(
        value=float(slack),
        min=float(stops[0]),
        max=float(stops[-1]),
        step=0.01,
        description=SLIDER,
        readout_format=".0%",
        style={"description_width": "initial"},
        layout={"width": "auto", "max_width": "40rem"},
    )
    view = ipywidgets.HTML(value=view_html(a, b, slack=slack, title=title))

    def redraw(change: dict[str, float]) -> None:
        moved = Fraction(round(change["new"] * 100), 100)
        view.value = view_html(a, b, slack=moved, title=title)

    slider.observe(redraw, names="value")
    return ipywidgets.VBox([slider, view])


def view_html(a: Claim, b: Claim, *, slack: Fraction, title: str = "") -> str:
    """Return what two figures come to at one slack, as HTML that is read out."""
    card = verdict_card(compare(a, b, slack=slack), a=a.id, b=b.id)
    heading = f"<p><strong>{escape(title)}</strong></p>" if title else ""
    said = f"Read at ±{percent(slack)}. {meeting(a, b)}"
    return f'<div role="status">{heading}<p>{escape(said)}</p>{card.html}</div>'
