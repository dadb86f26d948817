"""Live controls: how loosely "about" is read, and which claims there are.

Where a kernel answers to a person (JupyterLab, Notebook), a slider runs the real
comparison at every stop and shows its verdict, and lists choose among all claims.
Anywhere else, in a build as in the finished book, charts with controls of their own
answer the same questions. No ``Output`` widget and no ``interact``: both can hang a
build.

Those charts are linked: choose in one, and the others show what is left. Five count
claims by source, kind, topic, actor and time; a sixth view lists the first of those
chosen, each leading to its entry. A choice is made by clicking a bar or in the list of
its name, which a keyboard reaches. The pale bar behind each count is that of all
claims. An actor is named where its name stands in the passage, or where a claim is
coded as its doing or its stance.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

import altair as alt
import ipywidgets

from sourcebook.coding.book_files import REGISTER
from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus, Source
from sourcebook.coding.hedges import DEFAULT_SLACK
from sourcebook.coding.source_looks import LOOKS, code_words, short_name
from sourcebook.comparing.relations import compare, percent
from sourcebook.errors import SourcebookError
from sourcebook.views.cards import verdict_card
from sourcebook.views.chart_frame import Caption, unmarked
from sourcebook.views.charts import SLIDER, meeting, slack_control, stops_for
from sourcebook.views.figure import Figure, Spec, from_spec, is_live
from sourcebook.views.fragment import ROOT, escape, table_rows
from sourcebook.views.listings import passage, told_days

ANY = "any"
CLAIMS_LISTED = 25  # claims listed at a time


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
        if all(value in _values(row, name) for name, value in chosen.items())
        and all(word in f"{row.id} {row.passage}".casefold() for word in sought)
    )


def rows_html(rows: Sequence[ClaimRow], *, of: int | None = None) -> str:
    """Return how many claims are left and the first of them, as HTML read out."""
    total = len(rows) if of is None else of
    head = f"<p><strong>{len(rows)} of {total} claims</strong></p>"
    body = table_rows((row.id, row.kind, row.passage) for row in rows[:CLAIMS_LISTED])
    more = len(rows) - CLAIMS_LISTED
    rest = f"<p>and {more} more</p>" if more > 0 else ""
    return f'<div role="status">{head}<table>{body}</table>{rest}</div>'


NO_TIME = "no time stated"
FIRST_YEAR = 2010  # from here on by year; before, in longer stretches
_STRETCHES = ((2000, "before 2000"), (FIRST_YEAR, "2000 to 2009"))
_PASSAGE = 110  # characters of a passage


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim, by what a reader can choose it by."""

    id: str
    source: str  # short name
    kind: str
    topic: str
    actors: tuple[str, ...]  # names, sorted
    time: str  # the year, or stretch of years, in which it begins
    passage: str


def claim_rows(corpus: Corpus) -> tuple[ClaimRow, ...]:
    """Return every claim, source by source, in the order of the text."""
    known = {m.actor for source in corpus.sources.values() for m in source.actors}
    return tuple(
        ClaimRow(
            claim.id,
            short_name(claim.source),
            claim.kind,
            code_words(claim.topic),
            actors_of(claim, source, known=known),
            begins(claim.when),
            passage(claim, most=_PASSAGE),
        )
        for source in corpus.sources.values()
        for claim in source.claims()
    )


def actors_of(claim: Claim, source: Source, *, known: set[str]) -> tuple[str, ...]:
    """Return whom a claim names or is about, by the names of the table of actors."""
    coded = known & {*claim.acting}
    # The claim's place in the clean text, where mentions are: there are thousands.
    start, end = (bisect_left(source.document.offsets, at) for at in claim.span)
    named = {m.actor for m in source.actors if start <= m.start and m.end <= end}
    return tuple(sorted(coded | named))


def begins(when: str) -> str:
    """Return the year in which a time begins, or ends where the beginning is open.

    >>> begins("2014-05/2017"), begins("../2022-04"), begins("1994"), begins("")
    ('2014', '2022', 'before 2000', 'no time stated')
    """
    if not when:
        return NO_TIME
    year = told_days(when)[0].year
    return next((name for end, name in _STRETCHES if year < end), str(year))


def choices(rows: Sequence[ClaimRow]) -> dict[str, dict[str, int]]:
    """Return, for each thing to choose by, how many claims have each of its values.

    Times in order of time, all others by how many claims have them, then by name.
    """
    found: dict[str, dict[str, int]] = {}
    for name in _TITLES:
        counts = Counter(value for row in rows for value in _values(row, name))
        order = sorted(counts, key=lambda value: (-counts[value], value))
        order = sorted(counts, key=_in_time) if name == "time" else order
        found[name] = {value: counts[value] for value in order}
    return found


def _values(row: ClaimRow, name: str) -> tuple[str, ...]:
    return row.actors if name == "actor" else (getattr(row, name),)


def _in_time(name: str) -> tuple[int, str]:
    stretches = [NO_TIME, *(each for _, each in _STRETCHES)]
    return (stretches.index(name) if name in stretches else len(stretches), name)


MOST_ACTORS = 16  # the rest are named too rarely to compare
_LISTED = 12  # claims listed at a time
_WIDTH, _LABEL = 158, 150  # pixels of bars and of their names: a phone has both
_LINE = 15  # pixels of a bar and its gap
_PALE, _BAR = "#8a8f98", "#15748C"
_TITLES = {
    "source": "Source",
    "kind": "Kind",
    "topic": "Topic",
    "actor": "Actor or place named",
    "time": "Time it is about",
}
# What is chosen, and whether a claim has it; of the actors a claim names, any will do.
_CHOSEN = {name: f"data('by_{name}_store')[0].values[0]" for name in _TITLES}
_TESTS = {
    name: f"!length(data('by_{name}_store')) || {chosen} === null || "
    + (
        f"indexof(datum.actors, {chosen}) >= 0"
        if name == "actor"
        else f"datum.{name} === {chosen}"
    )
    for name, chosen in _CHOSEN.items()
}
# A choice with a control hears every click on the drawing: only its own bars count.
_CLICK = "click[event.item && event.item.mark.marktype === 'rect' && {own}]"


def linked_views(rows: Sequence[ClaimRow]) -> Figure:
    """Return the linked views over these claims. Raises `SourcebookError` for none."""
    if not rows:
        raise SourcebookError("no claims to show\n  fix: give at least one claim")
    values = choices(rows)
    views = {name: _bars(name, found) for name, found in values.items()}
    left = alt.vconcat(*(views[name] for name in ("source", "kind", "time", "actor")))
    right = alt.vconcat(views["topic"], _count(len(rows)), _list())
    chart = alt.hconcat(left, right, spacing=24).properties(
        data=alt.Data(values=[asdict(row) for row in rows])
    )
    chart = chart.configure_view(stroke=None).configure_concat(spacing=14)
    chart = chart.configure_mark(aria=False)  # the description speaks for all marks
    said = next(iter(values["source"]))
    words = (
        f"All {len(rows)} claims, counted by source, kind, topic, actor and time; a "
        f"choice in one view filters the others. Commonest source: {said}."
    )
    spec: Spec = chart.to_dict()
    for param in spec["params"]:  # in two layers a choice would be declared twice
        param["views"] = param["views"][:1]
    order = [f"by_{name}" for name in _TITLES]
    spec["params"].sort(key=lambda param: order.index(param["name"]))
    return from_spec(spec, Caption("", words))


def _bars(name: str, counts: Mapping[str, int]) -> alt.LayerChart:
    """Return the counts of one thing to choose by, over those of all claims."""
    values = list(counts)[: MOST_ACTORS if name == "actor" else None]
    most = max(counts.values(), default=1)  # an axis that is told its end never asks
    chosen = alt.selection_point(
        name=f"by_{name}",
        fields=[name],
        on=_CLICK.format(own=f"isDefined(event.item.datum.{name})"),
        clear="dblclick",
        toggle=False,
        bind=alt.binding_select(
            options=[None, *values], labels=["any", *values], name=_TITLES[name]
        ),
    )
    base = alt.Chart()
    if name == "actor":
        base = base.transform_flatten(["actors"], as_=["actor"])
        base = base.transform_filter(
            alt.FieldOneOfPredicate(field="actor", oneOf=values)
        )
    base = base.encode(
        y=alt.Y(
            f"{name}:N",
            title=None,
            scale=alt.Scale(domain=values),
            axis=alt.Axis(labelLimit=_LABEL, minExtent=_LABEL, ticks=False),
        ),
        x=alt.X(
            "count():Q",
            title=None,
            scale=alt.Scale(domain=[0, most]),
            axis=alt.Axis(tickCount=4, format="d"),
        ),
    )
    pale = base.mark_bar(color=_PALE, opacity=0.3).add_params(chosen)
    left = base
    for other in _TITLES:
        if other != name:
            left = left.transform_filter(_TESTS[other])
    bars = left.mark_bar(height={"band": 0.7}).encode(
        color=_colour(name),
        opacity=alt.condition(chosen, alt.value(1), alt.value(0.35)),
        tooltip=[alt.Tooltip(f"{name}:N"), alt.Tooltip("count():Q", title="claims")],
    )
    layers = (pale, "all"), (bars, "left")
    return alt.LayerChart(
        layer=[each.properties(name=f"{name}_{of}") for each, of in layers],
        width=_WIDTH,
        height=_LINE * len(values),
        title=alt.TitleParams(_TITLES[name], anchor="start", fontSize=12, offset=4),
    )


def _colour(name: str) -> alt.Color | alt.ColorValue:
    if name != "source":
        return alt.ColorValue(_BAR)
    names = [look.name for look in LOOKS.values()]
    colours = [look.colour for look in LOOKS.values()]
    scale = alt.Scale(domain=names, range=colours)
    return alt.Color("source:N", scale=scale, legend=None)


def _count(total: int) -> alt.Chart:
    """Say how many claims the choices leave, none included."""
    every = " && ".join(f"({test})" for test in _TESTS.values())
    counted = (
        alt.Chart(name="verdict", width=_WIDTH, height=_LINE)
        .transform_calculate(one=f"{every} ? 1 : 0")
        .transform_aggregate(left="sum(one)")
        .transform_calculate(words=f"datum.left + ' of {total} claims chosen'")
    )
    words: alt.Chart = counted.mark_text(align="left", fontWeight="bold", fontSize=12)
    return words.encode(x=alt.value(-_LABEL), y=alt.value(8), text="words:N")


def _list() -> alt.LayerChart:
    """List the first claims that the choices leave, each leading to its entry."""
    address = (
        f"'{ROOT}{REGISTER}/' + split(datum.id, '/')[0] + '.html#claim-' "
        "+ replace(datum.id, '/', '-')"
    )
    places = list(range(1, _LISTED + 1))
    listed = (
        alt.Chart(transform=[alt.FilterTransform(test) for test in _TESTS.values()])
        .transform_window(place="row_number()")
        .transform_filter(f"datum.place <= {_LISTED}")
        .transform_calculate(
            href=address, about="datum.source + ' · ' + split(datum.id, '/')[1]"
        )
        .encode(
            x=alt.value(-_LABEL),
            y=alt.Y("place:O", axis=None, scale=alt.Scale(domain=places)),
            href="href:N",
            tooltip=["passage:N", "source:N", "kind:N", "topic:N", "time:N"],
        )
    )
    limit = _WIDTH + _LABEL
    above = listed.mark_text(align="left", dy=-6, limit=limit)
    below = listed.mark_text(align="left", dy=7, limit=limit, opacity=0.75)
    return alt.LayerChart(
        layer=[above.encode(text="passage:N"), below.encode(text="about:N")],
        width=_WIDTH,
        height=round(_LISTED * 2.1 * _LINE),
    )
