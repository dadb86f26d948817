"""A matrix of signs or counts: what each source says about each matter, or does not.

A cell says it three times: by colour, by a sign or a figure printed in it, and by its
tooltip. An empty cell is drawn empty, never left out, because what is not said is part
of the picture. A cell with a claim behind it leads there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from sourcebook.errors import SourcebookError
from sourcebook.showing.figure import Figure, show
from sourcebook.showing.rows import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROW = 26  # pixels a row is high
# A slanted name over the last column needs room that the drawing would not leave.
_PADDING = {"left": 5, "top": 5, "right": 32, "bottom": 5}
_FOR, _AGAINST, _NEITHER = "#2166AC", "#B2561A", "#8A8A8A"
_EMPTY = "transparent"
_GLYPHS = {1: "+", 0: "0", -1: "−"}
_COLOURS = {1: _FOR, 0: _NEITHER, -1: _AGAINST}


HEADS = ("Matter", "Source")  # what rows and columns are, in the tooltip


def matrix(
    cells: Iterable[Mapping[str, Any]],
    *,
    title: str,
    description: str,
    heads: tuple[str, str] = HEADS,
) -> Figure:
    """Draw a matrix of signs: +, 0, − or nothing.

    A cell is a mapping with ``row`` and ``column`` (words), ``value`` (1, 0, −1 or
    None), ``words`` (for the tooltip) and ``claim`` (an id, or ""). Rows and columns
    stand in the order in which they first appear; ``heads`` names them. Raises
    `SourcebookError` for a cell given twice or a value that is no sign.
    """
    drawn = [_signed(cell) for cell in _checked(cells)]
    return _draw(drawn, title=title, description=description, heads=heads)


def counts(
    cells: Iterable[Mapping[str, Any]], *, title: str, description: str
) -> Figure:
    """Draw a matrix of counts, as `matrix` does; a count of 0 stays empty."""
    checked = _checked(cells)
    most = max((cell["value"] or 0 for cell in checked), default=0) or 1
    drawn = [_counted(cell, most) for cell in checked]
    return _draw(drawn, title=title, description=description)


def _checked(cells: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    seen: set[tuple[str, str]] = set()
    checked = []
    for cell in cells:
        place = (str(cell["row"]), str(cell["column"]))
        if place in seen:
            raise SourcebookError(
                f"a cell is given twice: {' × '.join(place)}\n"
                "  fix: give each row and column once, with what it adds up to"
            )
        seen.add(place)
        checked.append({"value": None, "words": "", "claim": "", **cell})
    if not checked:
        raise SourcebookError("no cells to draw\n  fix: give at least one cell")
    return checked


def _signed(cell: dict[str, Any]) -> dict[str, Any]:
    value = cell["value"]
    if value is not None and value not in _GLYPHS:
        raise SourcebookError(
            f"{cell['row']} × {cell['column']}: {value!r} is no sign\n"
            "  fix: give 1, 0, −1, or None where nothing is said"
        )
    glyph = "" if value is None else _GLYPHS[value]
    colour = _EMPTY if value is None else _COLOURS[value]
    return _cell(cell, glyph=glyph, colour=colour, opacity=1.0)


def _counted(cell: dict[str, Any], most: int) -> dict[str, Any]:
    value = cell["value"] or 0
    opacity = round(0.55 + 0.45 * value / most, 2)
    return _cell(
        cell,
        glyph=str(value) if value else "",
        colour=_FOR if value else _EMPTY,
        opacity=opacity,
    )


def _cell(
    cell: dict[str, Any], *, glyph: str, colour: str, opacity: float
) -> dict[str, Any]:
    drawn = {
        "row": str(cell["row"]),
        "column": str(cell["column"]),
        "words": str(cell["words"]) or "nothing found",
        "glyph": glyph,
        "colour": colour,
        "opacity": opacity,
    }
    return {**drawn, "href": address(cell["claim"])} if cell["claim"] else drawn


def _draw(
    rows: Sequence[dict[str, Any]],
    *,
    title: str,
    description: str,
    heads: tuple[str, str] = HEADS,
) -> Figure:
    names = list(dict.fromkeys(row["row"] for row in rows))
    columns = list(dict.fromkeys(row["column"] for row in rows))
    base = alt.Chart(alt.Data(values=list(rows))).encode(
        x=alt.X(
            "column:N",
            sort=columns,
            title=None,
            axis=alt.Axis(orient="top", labelAngle=-35, labelLimit=180, domain=False),
        ),
        y=alt.Y(
            "row:N",
            sort=names,
            title=None,
            axis=alt.Axis(labelLimit=230, domain=False),
        ),
        tooltip=[
            alt.Tooltip("row:N", title=heads[0]),
            alt.Tooltip("column:N", title=heads[1]),
            alt.Tooltip("words:N", title="Found"),
        ],
        href="href:N",
    )
    tiles = base.mark_rect(stroke="#8A8A8A", strokeWidth=0.5).encode(
        color=alt.Color("colour:N", scale=None),
        opacity=alt.Opacity("opacity:Q", scale=None),
    )
    glyphs = base.mark_text(fontWeight="bold", fontSize=13, color="white").encode(
        text="glyph:N"
    )
    chart = (tiles + glyphs).properties(
        title=title,
        width="container",
        height=ROW * len(names),
        padding=_PADDING,
        # The description speaks for the whole; a label on each tile would be noise.
        config=alt.Config(mark=alt.MarkConfig(aria=False)),
    )
    return show(chart, description=description)
