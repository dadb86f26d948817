"""A figure: one Altair chart in every form a reader may need.

A chart leaves a notebook four times: as a specification that JupyterLab draws, as
HTML for the book (a still drawing that a script brings to life, with no address of
another host in it, and below it a list of links to the claims it draws), as SVG where
nothing runs, and as words. Only a live front end gets less: it shows HTML before
anything else, and would show the still. There are no random ids, so the same chart
gives the same bytes.

Refused: a chart without a description, because a reader who cannot see it would
have nothing; and a chart that fetches its data, because a book must open offline.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from sourcebook.errors import SourcebookError
from sourcebook.showing.drawing import draw
from sourcebook.showing.live import is_live
from sourcebook.showing.palette import claim_words

# JupyterLab 4 draws Vega-Lite up to version 5 and shows nothing for a later one; the
# charts of this floor mean the same in versions 5 and 6, and a test draws both.
VEGALITE_MIME = "application/vnd.vegalite.v5+json"
_SCHEMA_5 = "https://vega.github.io/schema/vega-lite/v5.json"
WIDTH = 640  # pixels, of a still and in JupyterLab; the book gives what width it has
_LINK = re.compile(r"</?a\b[^>]*>")
_ID = re.compile(r'(?<= id=")[^"]+|(?<=url\(#)[^)]+|(?<=href="#)[^"]+')

# How a drawing begins: its size, and the ground that it stands on.
_SIZE = re.compile(
    r'width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)" viewBox="[^"]*">'
    r'(?:<rect width="[\d.]+" height="[\d.]+" fill="(?P<ground>[^"]*)"/>)?'
)
STRIP = 17  # pixels above a drawing, for its title

MOST = 90  # characters of a passage in the list of a chart's claims
LISTED = "The claims in this chart"
ROW = 22  # pixels for each named row of a chart without a height of its own

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """A chart that shows itself the same way in the book and in JupyterLab."""

    source: str  # the Vega-Lite specification, as JSON with sorted keys
    description: str

    @property
    def spec(self) -> Spec:
        """A fresh copy of the Vega-Lite specification."""
        spec: Spec = json.loads(self.source)
        return spec

    def _fixed(self) -> Spec:
        """Return the specification with a width, for where nothing supplies one."""
        spec = self.spec
        if spec.get("width") == "container":
            spec["width"] = WIDTH
        return spec

    def svg(self, *, title: bool = True) -> str:
        """Return the still drawing, with or without the chart's own title."""
        drawn, words = _still(self), self.spec.get("title")
        return _titled(drawn, words) if title and isinstance(words, str) else drawn

    def html(self) -> str:
        """Return the still drawing and the specification that replaces it.

        The title becomes the caption, which wraps on a narrow screen as a title
        inside a drawing does not.
        """
        spec = self.spec
        caption = ""
        if isinstance(spec.get("title"), str):
            caption = f"<figcaption>{html.escape(spec.pop('title'))}</figcaption>"
        packed = json.dumps(spec, sort_keys=True, separators=(",", ":"))
        text = packed.replace("<", "\\u003c")  # no "</script>" can end it early
        return (
            f'<figure class="vega sb-chart">{caption}'
            f'<div class="sb-still">{self.svg(title=False)}</div>'
            f'<script type="application/json">{text}</script></figure>'
            f"{claims_list(spec)}"
        )

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        forms: dict[str, Any] = {
            VEGALITE_MIME: {**self._fixed(), "$schema": _SCHEMA_5},
            "text/html": self.html(),
            "image/svg+xml": self.svg(),
            "text/plain": self.description,
        }
        if is_live():  # JupyterLab would show a still rather than draw
            del forms["text/html"], forms["image/svg+xml"]
        return forms

    def __repr__(self) -> str:
        """Return the description."""
        return self.description


def claims_list(spec: Spec) -> str:
    """Return the links of a chart's marks as a folded list, "" if it has none.

    A mark is followed with a pointer only; the list serves the keyboard, a screen
    reader, and a page without scripts.
    """
    marks: dict[str, Spec] = {}
    for row in _marks(spec):
        if row.get("href"):
            marks.setdefault(row["href"], row)
    lines = "".join(
        f'<li><a href="{html.escape(href)}">{html.escape(_named(row))}</a></li>'
        for href, row in marks.items()
    )
    if not lines:
        return ""
    return (
        f'<details class="sb-chart-claims"><summary>{LISTED}</summary>'
        f"<ul>{lines}</ul></details>"
    )


def _marks(spec: Spec) -> list[Spec]:
    """Return the rows that a chart and the charts within it draw, in order."""
    tables = [spec.get("data", {}).get("values") or []]
    tables += [rows for _, rows in sorted(spec.get("datasets", {}).items())]
    inner = ("layer", "hconcat", "vconcat", "concat")
    tables += [_marks(part) for name in inner for part in spec.get(name, ())]
    return [row for rows in tables for row in rows]


def _named(row: Spec) -> str:
    """Return what to call a mark's claim: its source and passage, its cell, its id."""
    if row.get("quote"):
        quote = textwrap.shorten(row["quote"], MOST, placeholder=" …")
        return f"{row['source']}: “{quote}”" if row.get("source") else f"“{quote}”"
    if row.get("column"):
        words = textwrap.shorten(str(row.get("words", "")), MOST, placeholder=" …")
        return f"{row['column']}, {row.get('row', '')}: {words}"
    return str(row.get("id") or claim_words(row["href"]))


@lru_cache(maxsize=1)  # a figure shows it twice, and drawing is what takes time
def _still(figure: Figure) -> str:
    """Return the drawing of a figure without its title."""
    spec = figure._fixed()  # noqa: SLF001
    if isinstance(spec.get("title"), str):
        del spec["title"]
    drawn = draw(spec)
    # A still is one image, and nothing inside an image can be followed. The
    # drawing library would also point relative links at a host of its own.
    drawn = _LINK.sub("", drawn)
    key = hashlib.sha256(figure.source.encode()).hexdigest()[:8]
    drawn = _renamed(drawn, f"f{key}")
    label = f'<svg role="img" aria-label="{html.escape(figure.description)}" '
    return drawn.replace("<svg ", label, 1)


def _titled(svg: str, title: str) -> str:
    """Return a drawing with its title in a strip above it, as Vega sets one."""
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("a drawing that does not say its size")
    width, height = float(found["width"]), float(found["height"]) + STRIP
    size = f'width="{width:g}" height="{height:g}"'
    head = f'{size} viewBox="0 {-STRIP} {width:g} {height:g}">'
    ground = f'<rect y="{-STRIP}" {size} fill="{found["ground"] or "none"}"/>'
    words = (
        f'<text text-anchor="middle" x="{width / 2:g}" y="-2" font-family="sans-serif" '
        f'font-size="13px" font-weight="bold">{html.escape(title, quote=False)}</text>'
    )
    rest = svg[found.end() :].removesuffix("</svg>")
    return f"{svg[: found.start()]}{head}{ground}{rest}{words}</svg>"


def _renamed(svg: str, key: str) -> str:
    """Name the ids of a drawing after it.

    Two drawings of one page must not share an id, and the library counts on from one
    drawing to the next, so that its own ids depend on what was drawn before.
    """
    names: dict[str, str] = {}
    return _ID.sub(lambda found: names.setdefault(found[0], f"{key}-{len(names)}"), svg)


def show(chart: alt.TopLevelMixin, *, description: str = "") -> Figure:
    """Return any Altair chart as a figure of the book.

    ``description`` (or the chart's own) says what the chart shows to a reader who
    cannot see it. Raises `SourcebookError` without one, or when data are fetched.
    """
    return from_spec(chart.to_dict(), description=description)


def from_spec(spec: Spec, *, description: str = "") -> Figure:
    """Return a Vega-Lite specification as a figure; see `show`."""
    words = " ".join((description or spec.get("description") or "").split())
    if not words:
        raise SourcebookError(
            "a chart without a description\n"
            '  fix: pass description="…", what a reader should take from the chart'
        )
    if address := _fetched(spec):
        raise SourcebookError(
            f"a chart that fetches its data: {address}\n"
            "  fix: give the chart the rows themselves, as a pandas table"
        )
    named = {**spec, "description": words}
    if named.get("width") == "container":
        named.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
        # Said in pixels: a height in steps is fitted under protest, in the console.
        if "height" not in named and (rows := _rows(named)):
            named["height"] = ROW * rows
    return Figure(json.dumps(named, sort_keys=True, ensure_ascii=False), words)


def _rows(spec: Spec) -> int:
    """Return how many rows a chart with named rows has, 0 for any other."""
    layers = [spec, *spec.get("layer", ())]
    encodings = [each.get("encoding", {}) for each in layers]
    y: Spec = next((each["y"] for each in encodings if "y" in each), {})
    tables = [each.get("data", {}) for each in layers]
    values: list[Spec] = next((t["values"] for t in tables if "values" in t), [])
    if y.get("type") not in {"nominal", "ordinal"}:
        return 0
    field = str(y.get("field"))
    return len({str(row.get(field)) for row in values})


def _fetched(part: object) -> str:
    """Return the first address of data or of an image in a specification, or ""."""
    if isinstance(part, list):
        return next((found for each in part if (found := _fetched(each))), "")
    if not isinstance(part, dict):
        return ""
    address = part.get("url")
    if isinstance(address, str):
        return address
    rows = ("datasets", "values")  # a column may well be called url
    return _fetched([each for key, each in sorted(part.items()) if key not in rows])


def render(spec: Spec, **_: object) -> dict[str, Any]:
    """Render for Altair: ``alt.renderers.enable("book")`` for charts of your own."""
    return from_spec(spec)._repr_mimebundle_()


# Only makes the name known; nothing changes for a chart until someone enables it.
alt.renderers.register("book", render)
