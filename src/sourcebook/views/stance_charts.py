"""Who is said to be on whose side: passages between two poles, stances by target.

`poles` puts each passage where its reader did: on one side, on the other, or between.
`stance_dots` has a row for each target and a column for each document in order of
year, and a mark for each stance. Neither averages: every mark is one passage.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Unpack

from sourcebook.coding.claims import Claim, StanceClaim
from sourcebook.coding.source_looks import (
    LOOKS,
    Look,
    dated_name,
    in_order,
    looks,
    short_name,
)
from sourcebook.errors import SourcebookError
from sourcebook.views.canvas import NOTE, Canvas
from sourcebook.views.chart_frame import (
    ChartWords,
    Picture,
    citekey_of,
    id_of,
    legend,
    picture,
    reference,
)

PRAISES, _NEITHER, BLAMES = "#2166AC", "#757575", "#B2561A"
SIGN_LOOKS = {  # how a stance of each sign is marked, and what the key says
    1: Look("praises", PRAISES, "triangle-up"),
    0: Look("neither", _NEITHER, "circle"),
    -1: Look("blames", BLAMES, "triangle-down"),
}
SILENT = "no judgement"
ONE = "Each mark is one passage."
LABEL_WORDS = 6  # words of a label at most: a strip is read at a glance
_ARROWS = {-1: "◀ ", 0: "", 1: "▶ "}
_LEFT = 128  # units for the names of rows, where names stand beside


def poles(
    rows: Sequence[Mapping[str, Any]],
    *,
    left: str,
    right: str,
    **words: Unpack[ChartWords],
) -> Picture:
    """Draw passages between two poles, one labelled dot each.

    A row has ``claim`` (one, or its id), ``label`` (a few words), ``side`` (−1 left,
    0 between, 1 right) and, if need be, ``about``: the heading it stands under. Raises
    `SourcebookError` for another side, a long label, or no rows.
    """
    for row in rows:
        if (
            row["side"] not in SIGN_LOOKS
            or len(str(row["label"]).split()) > LABEL_WORDS
        ):
            fix = f"a label of at most {LABEL_WORDS} words, and a side of −1, 0 or 1"
            raise SourcebookError(f"{row['label']!r} on side {row['side']!r}", fix=fix)
    if not rows:
        raise SourcebookError("no passages to draw\n  fix: give at least one row")
    citekeys = [citekey_of(row["claim"]) for row in rows]
    heads, known = {-1: left, 0: "neither", 1: right}, looks(citekeys)

    def draw(canvas: Canvas) -> None:
        _draw_poles(canvas, rows, heads)
        key = [(known[each], known[each].name) for each in in_order(citekeys)]
        legend(canvas, key, y=canvas.height + 10)

    data = [
        {
            "about": row.get("about", ""),
            "side": heads[row["side"]],
            "label": row["label"],
            "source": short_name(citekey_of(row["claim"])),
            "claim": id_of(row["claim"]),
        }
        for row in rows
    ]
    said = [f"{heads[row['side']]}: {row['label']}" for row in rows]
    return picture(draw, data, said=said, citekeys=citekeys, **words)


def _draw_poles(
    canvas: Canvas, rows: Sequence[Mapping[str, Any]], heads: Mapping[int, str]
) -> None:
    """Draw the heads, then a band for each thing that passages are about."""
    words = {side: f"{_ARROWS[side]}{head}" for side, head in heads.items()}
    bands: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        bands[str(row.get("about", ""))].append(row)
    # On a phone three columns leave a label no room for a long word.
    if canvas.narrow:
        _draw_sides(canvas, bands, words)
        return
    left = _LEFT if any(bands) else 0
    sides = [side for side in heads if side or any(not row["side"] for row in rows)]
    width = (canvas.width - left) / len(sides)
    columns = {side: left + width * place for place, side in enumerate(sides)}
    top = 0.0
    for side, x in columns.items():
        end = canvas.words(x + 4, 0, words[side], width=width - 8, bold=True)
        top = max(top, end + 4)
    canvas.line(0, top, canvas.width, top, thick=2)
    y = top
    for about, own in bands.items():
        y = _draw_band(canvas, about, own, columns, width - 8, y + 6, left=left)
        canvas.line(0, y, canvas.width, y)
    for x in list(columns.values())[0 if left else 1 :]:
        canvas.line(x, top, x, y)


def _draw_sides(
    canvas: Canvas,
    bands: Mapping[str, Sequence[Mapping[str, Any]]],
    words: Mapping[int, str],
) -> None:
    """Draw each band as a list, one side after the other."""
    y = 0.0
    for about, rows in bands.items():
        y = canvas.words(0, y + 6, about, bold=True)
        for side, head in words.items():
            own = [row for row in rows if row["side"] == side]
            if own:
                y = canvas.words(0, y + 2, head, size=NOTE, muted=True)
            for row in own:
                y = _draw_dot(canvas, row, 4, y, canvas.width - 8)
        canvas.line(0, y + 2, canvas.width, y + 2)
        y += 2


def _draw_band(  # noqa: PLR0913, PLR0917  (one band, and where it stands)
    canvas: Canvas,
    about: str,
    rows: Sequence[Mapping[str, Any]],
    columns: Mapping[int, float],
    width: float,
    y: float,
    *,
    left: float,
) -> float:
    end = canvas.words(0, y, about, width=left - 8, bold=True) if about else y
    for side, x in columns.items():
        at = y
        for row in rows:
            if row["side"] == side:
                at = _draw_dot(canvas, row, x + 4, at, width)
        end = max(end, at)
    return end + 5


def _draw_dot(
    canvas: Canvas, row: Mapping[str, Any], x: float, y: float, width: float
) -> float:
    citekey = citekey_of(row["claim"])
    look = looks([citekey])[citekey]
    link = reference(row["claim"], name=look.name, words=str(row["label"]))
    with canvas.linked(*link):
        canvas.mark(look.shape, x + 6, y + 9, colour=look.colour)
        return canvas.words(x + 17, y, row["label"], width=width - 17, size=NOTE) + 4


def stance_dots(
    stances: Iterable[Claim],
    *,
    targets: Mapping[str, Sequence[str]] | None = None,
    **words: Unpack[ChartWords],
) -> Picture:
    """Draw a mark for each stance: targets down, documents across, the oldest first.

    ``targets`` says which are counted in which row; without it each has its own. Every
    source of the book has a column, and an empty cell says that the document judges
    nothing there. Raises `SourcebookError` for no stances.
    """
    cells, across = _cells(stances, targets), list(LOOKS)
    if not cells:
        raise SourcebookError("no stances to draw\n  fix: give at least one")
    said = [
        f"{row}, {short_name(key)}: {_counted(found)}"
        for row, by_source in cells.items()
        for key in across
        if (found := by_source.get(key))
    ]

    def draw(canvas: Canvas) -> None:
        draw_cells = _draw_narrow if canvas.narrow else _draw_grid
        draw_cells(canvas, cells, across)
        key = [(look, look.name) for look in SIGN_LOOKS.values()]
        legend(canvas, key, y=canvas.height + 8)
        canvas.words(0, canvas.height, ONE, size=NOTE, muted=True)

    data = [
        {"target": row, "source": short_name(key), "stances": _counted(found.get(key))}
        for row, found in cells.items()
        for key in across
    ]
    return picture(draw, data, said=said, citekeys=across, **words)


_Stances = Sequence[StanceClaim]
_Cells = dict[str, dict[str, list[StanceClaim]]]  # by target or row, by source


def _cells(
    stances: Iterable[Claim], targets: Mapping[str, Sequence[str]] | None
) -> _Cells:
    rows = {each: row for row, named in (targets or {}).items() for each in named}
    cells: _Cells = {row: {} for row in targets or ()}
    for claim in stances:
        row = rows.get(claim.target) if targets else claim.target
        if row is not None and isinstance(claim, StanceClaim):
            found = cells.setdefault(row, {}).setdefault(claim.source, [])
            insort(found, claim, key=lambda claim: -claim.sign)
    return cells


def _counted(found: _Stances | None) -> str:
    count = Counter(claim.sign for claim in found or ())
    said = [f"{look.name} {count[s]}" for s, look in SIGN_LOOKS.items() if count[s]]
    return ", ".join(said) or SILENT


def _draw_grid(canvas: Canvas, cells: _Cells, across: Sequence[str]) -> None:
    width = (canvas.width - _LEFT) / len(across)
    columns = {key: _LEFT + width * place for place, key in enumerate(across)}
    y = 0.0
    for key, x in columns.items():
        y = max(y, canvas.words(x + 4, 0, dated_name(key), width=width - 8, size=NOTE))
    y += 4
    for row, found in cells.items():
        canvas.line(0, y, canvas.width, y)
        end = canvas.words(0, y + 6, row, width=_LEFT - 8, bold=True)
        for key, x in columns.items():
            own = found.get(key, [])
            end = max(end, _draw_marks(canvas, own, x + 4, y + 6, width - 8, key))
        y = end + 6
    canvas.line(0, y, canvas.width, y)


def _draw_narrow(canvas: Canvas, cells: _Cells, across: Sequence[str]) -> None:
    y = 0.0
    for row, found in cells.items():
        y = canvas.words(0, y + 6, row, bold=True) + 2
        for key in across:
            end = canvas.words(0, y, dated_name(key), width=_LEFT + 20, size=NOTE)
            room = canvas.width - _LEFT - 28
            own = found.get(key, [])
            y = max(end, _draw_marks(canvas, own, _LEFT + 28, y, room, key)) + 2
        canvas.line(0, y + 2, canvas.width, y + 2)


def _draw_marks(  # noqa: PLR0913, PLR0917  (one cell, and where it stands)
    canvas: Canvas, found: _Stances, x: float, y: float, width: float, key: str
) -> float:
    if not found:
        return canvas.words(x, y, SILENT, width=width, size=NOTE, muted=True)
    step = 17
    along = max(int(width // step), 1)
    for place, claim in enumerate(found):
        look = SIGN_LOOKS[claim.sign]
        name = f"{short_name(key)} {look.name}"
        with canvas.linked(*reference(claim, name=name)):
            at = x + 7 + place % along * step
            canvas.mark(
                look.shape, at, y + 9 + place // along * step, colour=look.colour
            )
    return y + ((len(found) - 1) // along + 1) * step + 2
