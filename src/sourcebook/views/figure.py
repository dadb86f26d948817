"""A figure: one Altair chart in every form a reader may need.

A chart leaves a notebook four times: as a specification that JupyterLab draws, as
HTML for the book (a still drawing that a script brings to life, with no address of
another host in it, and below it a list of links to the claims it draws), as SVG where
nothing runs, and as words. Only a live front end gets less: it shows HTML before
anything else, and would show the still. There are no random ids, so the same chart
gives the same bytes.

Refused: a chart without a description, because a reader who cannot see it would
have nothing; and a chart that fetches its data, because a book must open offline.

Whether a person's front end is on the other side of the kernel is told by the cell:
JupyterLab and Notebook name it in the metadata of every request, and clients that run
notebooks for a build or a test send no metadata.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import sys
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from sourcebook.errors import SourcebookError
from sourcebook.views.chart_frame import (
    SHORTENED,
    Caption,
    Chart,
    MarkLink,
    check_description,
    framed,
    packed,
    unmarked,
    with_words,
)
from warm_kernels.chart_drawing import draw

# JupyterLab 4 draws Vega-Lite up to version 5 and shows nothing for a later one; the
# charts of this room mean the same in versions 5 and 6, and a test draws both.
VEGALITE_MIME = "application/vnd.vegalite.v5+json"
_SCHEMA_5 = "https://vega.github.io/schema/vega-lite/v5.json"
WIDTH = 640  # pixels, of a still and in JupyterLab; the book gives what width it has
_LINK = re.compile(r"</?a\b[^>]*>")
_ID = re.compile(r'(?<= id=")[^"]+|(?<=url\(#)[^)]+|(?<=href="#)[^"]+')

NAMED_ROW = 22  # pixels for each named row of a chart without a height of its own
_NAME_LINE, _NAME_LETTERS = 13, 28  # pixels of a line of a longer name, and its letters

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True, repr=False)
class Figure(Chart):
    """A chart that shows itself the same way in the book and in JupyterLab."""

    source: str  # the Vega-Lite specification, as JSON with sorted keys

    @property
    def spec(self) -> Spec:
        """A fresh copy of the Vega-Lite specification."""
        spec: Spec = json.loads(self.source)
        return spec

    def fixed(self) -> Spec:
        """Return the specification with a width, for where nothing supplies one."""
        spec = self.spec
        if spec.get("width") == "container":
            spec["width"] = WIDTH
        return spec

    def svg(self) -> str:
        """Return the still drawing with its title, subtitle and source as text."""
        return with_words(_still(self), self.caption)

    def html(self) -> str:
        """Return the still drawing and the specification that replaces it.

        The title becomes the caption, which wraps on a narrow screen as a title
        inside a drawing does not.
        """
        spec = _untitled(self.spec)
        drawn = f'<div class="sb-still">{_still(self)}</div>{packed(spec, "sb-spec")}'
        return framed(drawn, self.caption, links=_links(spec), kind="vega")

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        forms: dict[str, Any] = {
            VEGALITE_MIME: {**self.fixed(), "$schema": _SCHEMA_5},
            "text/html": self.html(),
            "image/svg+xml": self.svg(),
            "text/plain": self.description,
        }
        if is_live():  # JupyterLab would show a still rather than draw
            del forms["text/html"], forms["image/svg+xml"]
        return forms


def _untitled(spec: Spec) -> Spec:
    """Return a specification without its title, where that is in words alone."""
    words = isinstance(spec.get("title"), str)
    return {name: part for name, part in spec.items() if not words or name != "title"}


def _links(spec: Spec) -> list[MarkLink]:
    """Return the address of each mark once, with its source and passage, or its id."""
    marks: dict[str, str] = {}
    for row in _marks(spec):
        if (href := row.get("href")) and href not in marks:
            words = textwrap.shorten(row.get("quote", ""), SHORTENED, placeholder=" …")
            said = ": ".join(filter(None, (row.get("source"), f"“{words}”")))
            marks[href] = said if words else str(row.get("id", href))
    return list(marks.items())


def _marks(spec: Spec) -> list[Spec]:
    """Return the rows that a chart and the charts within it draw, in order."""
    tables = [spec.get("data", {}).get("values") or []]
    tables += [rows for _, rows in sorted(spec.get("datasets", {}).items())]
    inner = ("layer", "hconcat", "vconcat", "concat")
    tables += [_marks(part) for name in inner for part in spec.get(name, ())]
    return [row for rows in tables for row in rows]


@lru_cache(maxsize=1)  # a figure shows it twice, and drawing is what takes time
def _still(figure: Figure) -> str:
    """Return the drawing of a figure without its title."""
    # A still is one image, and nothing inside an image can be followed. The
    # drawing library would also point relative links at a host of its own.
    drawn = _LINK.sub("", draw(_untitled(figure.fixed())))
    # Two drawings of one page must not share an id, and the library counts on from one
    # drawing to the next: its own ids depend on what was drawn before.
    key = f"f{hashlib.sha256(figure.source.encode()).hexdigest()[:8]}"
    names: dict[str, str] = {}
    drawn = _ID.sub(lambda m: names.setdefault(m[0], f"{key}-{len(names)}"), drawn)
    label = f'<svg role="img" aria-label="{html.escape(figure.description)}" '
    return drawn.replace("<svg ", label, 1)


def show(
    chart: alt.TopLevelMixin,
    *,
    title: str = "",
    subtitle: str = "",
    source: str = "",
    description: str = "",
) -> Figure:
    """Return any Altair chart as a figure of the book.

    ``title`` (or the chart's own) is its finding; ``description`` (or the chart's own)
    says in at most fifty words what it shows to a reader who cannot see it. Raises
    `SourcebookError` without a description, for a longer one, or when data are fetched.
    """
    words = Caption(title, description, subtitle, source)
    return from_spec(chart.to_dict(), words)


def from_spec(spec: Spec, given: Caption) -> Figure:
    """Return a Vega-Lite specification as a figure; see `show`."""
    said = unmarked(given.description or spec.get("description") or "")
    if not said:
        raise SourcebookError(
            "a chart without a description\n"
            '  fix: pass description="…", what a reader should take from the chart'
        )
    if address := _fetched(spec):
        fix = "give the chart the rows themselves, as a pandas table"
        raise SourcebookError(f"a chart that fetches its data: {address}", fix=fix)
    spec, own = _hoisted(spec)
    title = unmarked(given.title or (own if isinstance(own, str) else ""))
    below = unmarked(given.subtitle), given.source
    caption = Caption(title, check_description(said), *below)
    named = {**spec, "description": said, **({"title": title} if title else {})}
    names = _row_names(named)
    lines = _wrap_names(named, names)
    if named.get("width") == "container":
        named.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
        # Said in pixels: a height in steps is fitted under protest, in the console.
        if "height" not in named and names:
            named["height"] = max(NAMED_ROW, _NAME_LINE * lines) * len(set(names))
    return Figure(caption, json.dumps(named, sort_keys=True, ensure_ascii=False))


def _wrap_names(spec: Spec, names: list[str]) -> int:
    """Break the long names of a chart's rows; return how many lines one has at most."""
    # Vega cuts a name that is longer than its room, and a phone has less room.
    broken = {name: textwrap.wrap(name, _NAME_LETTERS) for name in names}
    most = max(map(len, broken.values()), default=1)
    if most > 1:
        told = json.dumps(broken, ensure_ascii=False, sort_keys=True)
        y = _rows_axis(spec)
        y["axis"] = {**(y.get("axis") or {}), "labelExpr": f"{told}[datum.label]"}
    return most


def _hoisted(spec: Spec) -> tuple[Spec, object]:
    """Return a specification and its title, taken out of its layers."""
    # Inside a drawing a title does not wrap, and a phone would cut it.
    layers = [dict(each) for each in spec.get("layer", ())]
    inner = [layer.pop("title", None) for layer in layers]
    title = spec.get("title") or next(filter(None, inner), None)
    return ({**spec, "layer": layers} if layers else spec), title


def _rows_axis(spec: Spec) -> Spec:
    """Return what stands down the side of a chart."""
    encodings = [each.get("encoding", {}) for each in (spec, *spec.get("layer", ()))]
    found: Spec = next((each["y"] for each in encodings if "y" in each), {})
    return found


def _row_names(spec: Spec) -> list[str]:
    """Return the name of each row of a chart whose rows have names."""
    y = _rows_axis(spec)
    if y.get("type") not in {"nominal", "ordinal"}:
        return []
    tables = [each.get("data", {}) for each in (spec, *spec.get("layer", ()))]
    rows: list[Spec] = next((t["values"] for t in tables if "values" in t), [])
    return [str(row.get(str(y.get("field")))) for row in rows]


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


def is_live() -> bool:
    """Whether the running cell was sent by a front end that can show widgets."""
    python = sys.modules.get("IPython")  # a build runs no cell, and need not load it
    kernel = getattr(python.get_ipython() if python else None, "kernel", None)
    request = kernel.get_parent() if kernel else None
    return bool(request and request.get("metadata", {}).get("cellId"))
