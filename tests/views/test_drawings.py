"""Small charts of made-up claims, and every mark, word and place that they draw.

A picture is as it stands in `drawings/`, one thing a line. One that is meant to look
otherwise is looked at, and its new lines are put in place of the old.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
import yaml
from made_up_claims import make_claim, make_quantity

from sourcebook.coding.source_looks import Look
from sourcebook.comparing.witnesses import Footing
from sourcebook.views.canvas import INK, MUTED, RULE, Canvas
from sourcebook.views.charts import spread
from sourcebook.views.explorer import ClaimRow, linked_views, slack_control
from sourcebook.views.interval_chart import (
    IntervalRow,
    draw_intervals,
    instrument_chart,
)
from sourcebook.views.matrix import counts, footing_matrix, matrix
from sourcebook.views.share_charts import parts, stacks, unlike
from sourcebook.views.stance_charts import poles, stance_dots
from sourcebook.views.timeline import lanes, series, sources_line, timeline

KEPT = Path(__file__).parent / "drawings"
BRIEF, BBC, GILS = "valiyev-yagubova-2022", "bbc-2025", "van-gils-2017"


def share(name, text, number, **more):
    return make_claim(name, make_quantity(text, number, **more))


def km(name, number):
    return make_claim(name, make_quantity(f"{number} km", str(number), unit="km"))


def dated(name, when):
    return make_claim(name, when=when)


def stance(name, target, sign):
    return make_claim(name, kind="stance", target=target, sign=sign)


ABOUT = share(f"{BRIEF}/a", "around 40%", "40", hedge="around")
BARE = share(f"{BBC}/b", "38.5%", "38.5", step="0.5")
UP_TO = share(f"{GILS}/c", "up to 60%", "60", hedge="up to")
TIMES = [dated(f"{BRIEF}/t", "2014-05/2017"), dated(f"{BBC}/t", "2012-03-04"),
         dated(f"{GILS}/t", "2019")]  # fmt: skip
SAID = {each.id: f"what was agreed in {each.when[:4]}" for each in TIMES}
YEARS = [{"year": 2019, "value": 8}, {"year": 2021, "value": 19.5},
         {"year": 2020, "value": 12, "text": "twelve, in all that year"}]  # fmt: skip
MARKS = [{"year": 2020, "value": 12, "text": "hoped for", "claim": f"{BRIEF}/g"},
         {"year": 2022, "value": 9, "text": "feared"},
         {"year": 2030, "value": 19, "text": "feared later"}]  # fmt: skip
CELLS = [
    {"row": row, "column": column, "value": value, "words": f"{row} words", **more}
    for row, column, value, more in (
        ("gas", "one", 1, {"claim": f"{BBC}/gas"}),
        ("gas", "two", -1, {}),
        ("gas", "three", 9, {}),
        ("a matter of many words that needs two lines", "one", 0, {}),
        ("a matter of many words that needs two lines", "two", None, {}),
        ("a matter of many words that needs two lines", "three", 8, {}),
    )
]
SIGNS = {1: "in favour of all of it", 0: "neither", -1: "against", 9: "other", 8: "odd"}
POLES = [
    {"claim": f"{BBC}/p", "label": "“a hold on none”", "side": 1, "about": "Energy"},
    {"claim": f"{BRIEF}/p", "label": "“the key”", "side": -1, "about": "Energy"},
    {"claim": f"{GILS}/p", "label": "“as one sees it”", "side": 0, "about": "Talks"},
    {"claim": f"{BBC}/q", "label": "“both gain”", "side": 1, "about": "Talks"},
]
TONE = pd.DataFrame(
    [(BBC, "X", 3, 0.5, 0.25, 0.75), (GILS, "X", 1, -1.0, None, None),
     (BRIEF, "X", 0, None, None, None)],
    columns=["source", "instrument", "scored", "mean", "low", "high"],
)  # fmt: skip
FOUND = [
    ClaimRow(f"{key}/{n}", name, kind, topic, actors, time, f"what it says {n} times")
    for n, (key, name, kind, topic, actors, time) in enumerate(
        [(BBC, "BBC report", "quantity", "gas", ("EU",), "2022"),
         (BBC, "BBC report", "event", "gas", ("Baku", "EU"), "before 2000"),
         (GILS, "van Gils study", "event", "talks", (), "no time stated")]
    )
]  # fmt: skip
LONG = "what was said at some length and then once more, so that it needs lines"
WIDE = [
    {"row": f"{LONG} {row}", "column": f"column of {n} words", "value": (n + row) % 3}
    for row in range(2) for n in range(6)
]  # fmt: skip


def _documents():
    """Return three documents of made-up dates, lengths and sponsors."""
    return SimpleNamespace(sources={
        key: SimpleNamespace(
            citekey=key,
            sheet=SimpleNamespace(
                issued=SimpleNamespace(date=date), genre=genre,
                sponsor=SimpleNamespace(name="Doe (a firm)") if date == "2025" else "",
            ),
            document=SimpleNamespace(text="word " * words),
        )
        for key, date, genre, words in (
            (GILS, "2017-02/2017-11", "ScholarlyArticle", 9000),
            (BRIEF, "2022-12-31", "Report", 1200),
            (BBC, "2025", "Speech", 40),
        )
    })  # fmt: skip


def _ends():
    """Draw all ways in which an interval ends, on two sheets."""
    for wide in (700, 360):
        canvas = Canvas(wide, {})
        canvas.words(0, 0, "above")
        look = Look("Acme", "#000000", "square")
        rows = [
            IntervalRow("open", "a note", look, 2, 5, 2, "open", "closed"),
            IntervalRow("arrows", "", look, None, None, 4, "arrow", "arrow"),
            IntervalRow("no end", "", look, 3, None, 6, "closed", "arrow"),
            IntervalRow("none", "", look, None, 5, 5, "arrow", "open", ("#a", "A")),
        ]
        draw_intervals(canvas, rows, domain=(-1, 8), unit="tons", zero=True)
        yield canvas.svg("all ends")


def _sheet():
    """Draw everything that a sheet can, but for what a chart asks of it."""
    canvas = Canvas(200, {}, key="k")
    for anchor in ("start", "middle", "end"):
        canvas.words(150, canvas.height, "words that run on", anchor=anchor)
    canvas.words(0, 80, "in the middle of what is high", width=90, high=70, muted=True)
    canvas.rect(5, 160, 50, 10, stroke="#8A8F98", opacity=0.5)
    canvas.line(0, 180, 200, 184.5, thick=2, dashed=True)
    for place, shape in enumerate(("circle", "square", "diamond", "cross")):
        canvas.mark(shape, 10 + 20 * place, 200, colour="#111111", hollow=place == 1)
    canvas.rect(5, 220, 50, 10, fill=canvas.fade("#222222"))
    with canvas.linked("", "nowhere"), canvas.linked("#a", "there"):
        canvas.rect(5, 240, -1, 10, fill="#333333")
    yield canvas.svg("a sheet")


def _footings():
    return [
        Footing(claim, {"base": base, "period": period, "origin": origin})
        for claim, base, period, origin in (
            (ABOUT, "printed", "half", "missing"),
            (UP_TO, "not needed", "missing", "printed"),
        )
    ]


CHARTS = {
    "a sheet": _sheet,
    "all ends": _ends,
    "spread": lambda: spread(
        [ABOUT, BARE, UP_TO], title="Gas", subtitle="Shares", source="An office"
    ),
    "spread of lengths": lambda: spread(
        [
            km(f"{BBC}/k", 1200),
            share(f"{GILS}/k", "over 2 m km", "2e6", unit="km", hedge="over"),
        ],
        title="Pipes",
    ),
    "means": lambda: instrument_chart(TONE, "X", title="Tone"),
    "parts": lambda: parts(
        [ABOUT, BARE, UP_TO], title="Shares", wholes={BARE.id: "all that is bought"}
    ),
    "with its words": lambda: [
        parts([BARE], title="A share", subtitle="of all", source="An office").svg()
    ],
    "parts with open ends": lambda: parts(
        [
            share(f"{BBC}/o", "over 60%", "60", hedge="over"),
            make_claim(f"{BBC}/w", make_quantity("7%", "7"), of="", where=""),
        ],
        title="Open",
    ),
    "unlike in long words": lambda: unlike(
        *(
            {
                "heading": f"{LONG} {n}",
                "note": LONG,
                "rows": [{"text": LONG, "label": f"{LONG} as a label"}],
            }
            for n in range(2)
        ),
        title="Two",
    ),
    "unlike": lambda: unlike(
        {"heading": "Lengths", "rows": [km(f"{BBC}/k", 10), km(f"{GILS}/k", 25)]},
        {
            "heading": "Words",
            "note": "a note",
            "rows": [
                {"text": "nothing", "label": "is said"},
                {"text": "some", "value": 3, "claim": f"{BRIEF}/x"},
            ],
        },
        {
            "heading": "No bars",
            "scale": False,
            "rows": [km(f"{BBC}/k", 10), km(f"{GILS}/k", 25)],
        },
        title="Three",
    ),
    "stacks": lambda: stacks(
        {BBC: {"kept": 30, "lost": 1, "moved": 2}, "others": {"kept": 0, "lost": 12}},
        unit="questions",
        finding="Most stay.",
        title="What stays",
    ),
    "stacks of one part": lambda: stacks(
        {LONG: {"all": 1}, BBC: {"all": 40}}, unit="t", finding="One.", title="Whole"
    ),
    "poles in long words": lambda: poles(
        [
            {**each, "about": f"{LONG} {each['side']}", "label": label}
            for each in POLES[:3]
            for label in ("“incomprehensibilities misunderstandings contradictions”",)
        ],
        left=LONG,
        right=f"{LONG} elsewhere",
        title="Long",
    ),
    "poles": lambda: poles(POLES, left="one has it", right="the other", title="Holds"),
    "poles of one band": lambda: poles(
        [{**each, "about": ""} for each in POLES[:2]], left="a", right="b", title="P"
    ),
    "stances": lambda: stance_dots(
        [stance(f"{BBC}/{n}", "EU", n % 3 - 1) for n in range(9)]
        + [stance(f"{GILS}/s", "Baku", 1), stance(f"{BRIEF}/s", "Council", -1)],
        targets={"the EU and its bodies": ("EU", "Council"), "Baku": ("Baku",)},
        title="Who praises whom",
    ),
    "stances of many": lambda: stance_dots(
        [stance(f"{BBC}/{n}", LONG, n % 3 - 1) for n in range(16)]
        + [stance(f"{GILS}/{n}", LONG, 0) for n in range(12)],
        title="Many",
    ),
    "matrix of many columns": lambda: matrix(
        WIDE, signs={0: "so", 1: LONG, 2: "neither"}, title="Wide"
    ),
    "matrix without an empty cell": lambda: matrix(
        CELLS[:4], signs=SIGNS, title="Full"
    ),
    "matrix": lambda: matrix(CELLS, signs=SIGNS, title="Matters"),
    "counts": lambda: counts(CELLS[2:], title="Words", lengths={"one": 8046}),
    "footings": lambda: footing_matrix(_footings(), finding="Little.", title="Ground"),
    "timeline": lambda: timeline(
        TIMES,
        words=SAID,
        highlight=[TIMES[0].id],
        title="When",
        gaps=[(2014.5, 2016.25, "nothing dated")],
    ),
    "timeline of one year": lambda: timeline(
        [dated(f"{BBC}/y", "2021-03"), dated(f"{GILS}/y", "2021-02-03")],
        words={f"{BBC}/y": LONG, f"{GILS}/y": "briefly"},
        title="One year",
    ),
    "documents": lambda: sources_line(_documents(), title="Texts"),
    "lanes": lambda: lanes(
        {"Held": TIMES[1:], "Let go": TIMES[:1]}, words=SAID, title="Who"
    ),
    "years": lambda: series(YEARS, unit="tons", marks=MARKS, title="Sales"),
    "years as bars": lambda: series(YEARS[:2], unit="tons", form="bar", title="Sales"),
    "slack": lambda: slack_control(ABOUT, BARE, title="How loosely"),
    "linked views": lambda: linked_views(FOUND),
}


def lines_of(chart) -> Iterator[str]:
    """Yield each thing that a chart draws and says."""
    if hasattr(chart, "spec"):  # drawn by another library: what that is told
        yield from _told(chart.spec)
    elif hasattr(chart, "wide"):
        yield from _things(chart.wide)
        yield from _things(chart.narrow)
        yield chart.description
        yield from (f"{name} -> {href}" for href, name in chart.links)
        told = (" ".join(map(str, row.values())) for row in chart.rows)
        yield from dict.fromkeys(told)
    else:
        for svg in chart:
            yield from _things(svg)


def _told(spec) -> list[str]:
    """Return a specification without what the library adds, and every stop but two."""
    del spec["$schema"]
    for name in ("continuousHeight", "continuousWidth"):
        spec["config"]["view"].pop(name, None)
    for row in spec["data"]["values"]:
        row["stops"] = row.get("stops", [])[:2]
    form = {"default_flow_style": None, "width": 120, "allow_unicode": True}
    return yaml.safe_dump(spec, **form).splitlines()


PLAIN = "x y width height d class cx cy font-size font-weight text-anchor".split()
USUAL = {  # what a thing has that says nothing else
    "sb-ink": {"fill": INK}, "sb-muted": {"fill": MUTED},
    "sb-line": {"fill": "none", "stroke": RULE, "stroke-width": "1"},
}  # fmt: skip


def _things(svg: str) -> Iterator[str]:
    """Yield the elements of a drawing, without what all of them have."""
    sheet = ET.fromstring(svg)  # noqa: S314 - our own drawing
    yield f"sheet {sheet.get('viewBox')}"
    for each in [*sheet.iter()][1:]:
        name, of = each.tag.rpartition("}")[2], dict(each.items())
        usual = USUAL.get(of.get("class", ""), {}).items()
        told = [
            v.removeprefix("sb-") if k in PLAIN else f"{k}={v}"
            for k, v in of.items()
            if (k, v) not in usual
        ]
        yield " ".join([name, *told]) + (f" | {each.text}" if each.text else "")


@pytest.mark.parametrize("name", CHARTS)
def test_a_small_chart_draws_what_it_should(name, tmp_path):
    kept, drawn = KEPT / f"{name}.txt", tmp_path / f"{name}.txt"
    drawn.write_text("\n".join(lines_of(CHARTS[name]())) + "\n", encoding="utf-8")
    told = f"if this is meant, look at it, then: cp '{drawn}' '{kept}'"
    assert drawn.read_text("utf-8") == kept.read_text("utf-8"), told
