"""Matrices: what each source says about each matter, in words or in counts.

A cell says what it holds in words and by colour; an empty cell is drawn empty, never
left out, because what is not said is part of the picture. A cell with a claim behind it
leads there. A phone gets the rows one below the other, each with who speaks.

Counting words is not reading: a count says that a document has a word, and nothing of
what it holds of the matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import cycle
from typing import Any, Unpack

import pandas as pd

from sourcebook.coding.corpus import Corpus, Source, by_issue
from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.matters import search
from sourcebook.comparing.witnesses import (
    HALF,
    MISSING,
    NOT_NEEDED,
    PRINTED,
    Footing,
    footings,
)
from sourcebook.errors import SourcebookError
from sourcebook.views.answers import quoted
from sourcebook.views.canvas import NOTE, RULE, Canvas, number, wrap
from sourcebook.views.chart_frame import ChartWords, Picture, picture
from sourcebook.views.fragment import address

MatrixCell = dict[str, Any]
_FOR, _AGAINST, _NEITHER = (
    "#2166AC",
    "#B2561A",
    "#6E6E6E",
)  # white words stand out on all
_SIGNED = {1: _FOR, 0: _NEITHER, -1: _AGAINST}
_SPARE = ("#7B4E9E", "#1F7A6B", "#8A5A00")  # for values of other kinds
NOT_ONCE = "not once"
_ROW, _PAD = 30, 5


def matrix(
    cells: Iterable[Mapping[str, Any]],
    *,
    signs: Mapping[Any, str],
    empty: str = "nothing said",
    **words: Unpack[ChartWords],
) -> Picture:
    """Draw a matrix of words, one a cell.

    A cell is a mapping with ``row`` and ``column`` (words), ``value`` (a key of
    ``signs``, or None), ``words`` (for its tooltip) and ``claim`` (an id, or "").
    ``signs`` says what is written for a value; ``empty`` what an empty cell means. Rows
    and columns stand in the order in which they first appear. Raises
    `SourcebookError` for a cell given twice or a value without words.
    """
    spare = cycle(_SPARE)
    # 1, 0 and −1 keep their colours, whichever of them are used and in what order.
    fills = {sign: _SIGNED.get(sign) or next(spare) for sign in signs} | {None: ""}
    told = {**signs, None: ""}
    drawn = []
    for cell in _checked(cells):
        value = cell["value"]
        if value not in told:
            said = f"{cell['row']} × {cell['column']}: no words for {value!r}"
            fix = f"give signs={{{value!r}: …}}, or None where nothing is said"
            raise SourcebookError(said, fix=fix)
        look = {"said": told[value], "fill": fills[value], "pale": 1.0}
        drawn.append({**cell, **look})
    note = f"An empty cell: {empty}." if any(not c["said"] for c in drawn) else ""
    return _drawn(drawn, note, **words)


def counts(
    cells: Iterable[Mapping[str, Any]],
    *,
    lengths: Mapping[str, int] | None = None,
    **words: Unpack[ChartWords],
) -> Picture:
    """Draw a matrix of counts, as `matrix` does; a count of nought reads "not once".

    ``lengths`` gives, by column, how many words its document has: a long one has more
    of everything.
    """
    checked = _checked(cells)
    most = max([1, *(cell["value"] or 0 for cell in checked)])
    long = lengths or {}
    drawn = []
    for cell in checked:
        value = cell["value"] or 0
        column = cell["column"]
        head = f"{column} ({number(long[column])} words)" if column in long else column
        look = {
            "said": number(value) if value else NOT_ONCE,
            "fill": _FOR if value else "",
        }
        pale = round(0.12 + 0.33 * value / most, 2)
        drawn.append({**cell, **look, "pale": pale, "column": head})
    note = "How often it stands there: the stronger the colour, the more often."
    return _drawn(drawn, note, **words)


def _checked(cells: Iterable[Mapping[str, Any]]) -> list[MatrixCell]:
    seen: set[tuple[str, str]] = set()
    checked = []
    for cell in cells:
        place = (str(cell["row"]), str(cell["column"]))
        if place in seen:
            said = f"a cell is given twice: {' × '.join(place)}"
            fix = "give each row and column once, with what it adds up to"
            raise SourcebookError(said, fix=fix)
        seen.add(place)
        named = {"row": place[0], "column": place[1]}
        checked.append({"value": None, "words": "", "claim": "", **cell, **named})
    if not checked:
        raise SourcebookError("no cells to draw\n  fix: give at least one cell")
    return checked


def _drawn(
    cells: Sequence[MatrixCell], note: str, **words: Unpack[ChartWords]
) -> Picture:
    def draw(canvas: Canvas) -> None:
        _draw_list(canvas, cells) if canvas.narrow else _draw_grid(canvas, cells)
        if note:
            canvas.words(0, canvas.height + 4, note, size=NOTE, muted=True)

    claims = [cell["claim"] for cell in cells if cell["claim"]]
    return picture(
        draw,
        cells,
        shown="row column said words claim",
        said=[f"{c['row']}, {c['column']}: {c['said']}" for c in cells if c["fill"]],
        citekeys=[claim.partition("/")[0] for claim in claims],
        **words,
    )


def _draw_grid(canvas: Canvas, cells: Sequence[MatrixCell]) -> None:
    columns = list(dict.fromkeys(cell["column"] for cell in cells))
    left = 190 if len(columns) < 6 else 150
    width = (canvas.width - left) / len(columns)
    y = 0.0
    for place, name in enumerate(columns):
        x = left + width * place + width / 2
        end = canvas.words(x, 0, name, width=width - 6, size=NOTE, anchor="middle")
        y = max(y, end)
    for name, row in _by_row(cells).items():
        lines = [len(wrap(name, left - 8)) * 18]
        lines += [len(wrap(c["said"], width - 8, size=NOTE)) * 16 for c in row]
        high = max(_ROW, *(each + 2 * _PAD for each in lines))
        canvas.words(0, y, name, width=left - 8, high=high)
        for cell in row:
            x = left + width * columns.index(cell["column"])
            _draw_cell(canvas, cell, (x, y), (width, high))
        y += high
    canvas.reach(y)


def _draw_cell(
    canvas: Canvas,
    cell: MatrixCell,
    place: tuple[float, float],
    size: tuple[float, float],
) -> None:
    (x, y), (width, high) = place, size
    with canvas.linked(*_link(cell)):
        if cell["fill"]:
            canvas.rect(x, y, width, high, fill=cell["fill"], opacity=cell["pale"])
        canvas.rect(x, y, width, high, stroke=RULE)
        colour = "#FFFFFF" if cell["fill"] and cell["pale"] == 1 else ""
        canvas.words(
            x + width / 2, y, cell["said"], width=width - 8, high=high, size=NOTE,
            anchor="middle", colour=colour, muted=cell["said"] == NOT_ONCE,
        )  # fmt: skip


def _draw_list(canvas: Canvas, cells: Sequence[MatrixCell]) -> None:
    """Draw the rows one below the other, each with who speaks and who does not."""
    y = 0.0
    for name, row in _by_row(cells).items():
        y = canvas.words(0, y + 4, name, bold=True)
        for cell in row:
            if cell["fill"]:
                y = _draw_line(canvas, cell, y)
        silent = [cell["column"] for cell in row if not cell["fill"]]
        if silent:
            none = NOT_ONCE if any(c["said"] == NOT_ONCE for c in row) else "nothing"
            words = f"{none}: {', '.join(silent)}"
            y = canvas.words(0, y, words, size=NOTE, muted=True)
        canvas.line(0, y + 4, canvas.width, y + 4)
        y += 5


def _draw_line(canvas: Canvas, cell: MatrixCell, y: float) -> float:
    left, room = 150.0, 138.0
    high = len(wrap(cell["said"], room, size=NOTE)) * 16 + 5
    with canvas.linked(*_link(cell)):
        canvas.rect(0, y + 1, left, high, fill=cell["fill"], opacity=cell["pale"])
        colour = "#FFFFFF" if cell["pale"] == 1 else ""
        said = cell["said"]
        canvas.words(6, y + 1, said, width=room, high=high, size=NOTE, colour=colour)
        end = canvas.words(left + 8, y + 3, cell["column"], size=NOTE)
    return max(end, y + high) + 4


def _by_row(cells: Sequence[MatrixCell]) -> dict[str, list[MatrixCell]]:
    rows: defaultdict[str, list[MatrixCell]] = defaultdict(list)
    for cell in cells:
        rows[cell["row"]].append(cell)
    return rows


def _link(cell: MatrixCell) -> tuple[str, str]:
    words = f"{cell['column']}, {cell['row']}: {cell['words']}"
    return (address(cell["claim"]), words) if cell["claim"] else ("", "")


# --------------------------------------------------------------------- makers of cells
def by_age(corpus: Corpus) -> tuple[str, ...]:
    """Return the citekeys, the oldest document first."""
    return tuple(source.citekey for source in by_issue(corpus.sources))


def claim_cells(
    signs: Iterable[tuple[str, str, int]], *, corpus: Corpus
) -> tuple[MatrixCell, ...]:
    """Return one cell for each matter and source, the oldest source first.

    ``signs`` gives a matter, the id of a claim and a sign; matters keep their order.
    The words of a cell are the passage itself. Raises `SourcebookError` when a matter
    has two claims of one source.
    """
    given: dict[str, dict[str, MatrixCell]] = {}  # by matter, by source
    for matter, name, sign in signs:
        claim, cells = corpus.claim(name), given.setdefault(matter, {})
        if claim.source in cells:
            fix = "choose the one that says more, or part the matter in two"
            raise SourcebookError(f"{matter}: two claims of {claim.source}", fix=fix)
        words = quoted(claim.exact)
        cells[claim.source] = {"value": sign, "words": words, "claim": claim.id}
    return tuple(
        {"row": matter, "column": short_name(key), **cells.get(key, {})}
        for matter, cells in given.items()
        for key in by_age(corpus)
    )


def term_cells(sources: Mapping[str, Source], terms: Iterable[str]) -> list[MatrixCell]:
    """Return one cell per term and source: how often the term stands in its text.

    A term is read as in a search for silence: whole words, a trailing ``*`` for any
    ending. Sources stand in order of issue, the earliest first.
    """
    return [
        {
            "row": term,
            "column": short_name(source.citekey),
            "value": found,
            "words": f"{found} × {term}" if found else f"{term}: not found",
            "claim": "",
        }
        for term in terms
        for source in by_issue(sources)
        for found in [len(search(source.document, [term]))]
    ]


def by_matter(found: pd.DataFrame) -> pd.DataFrame:
    """Return one row per matter: what was searched, and who has which words.

    Columns: ``matter``, ``searched``, ``found in`` (sources with their words),
    ``silent`` (sources without).
    """
    rows = found.assign(name=found["source"].map(short_name))
    spoken = rows[rows["places"] > 0].assign(
        words=lambda frame: frame["name"] + ": " + frame["found"]
    )
    table = rows.groupby("matter", sort=False).agg(searched=("searched", "first"))
    table["found in"] = spoken.groupby("matter")["words"].agg("; ".join)
    silent = rows[rows["places"] == 0]
    table["silent"] = silent.groupby("matter")["name"].agg(", ".join)
    return table.fillna("").reset_index()


def unspoken(found: pd.DataFrame) -> pd.DataFrame:
    """Return the matters that no source mentions: ``matter`` and ``searched``."""
    table = by_matter(found)
    return table.loc[table["found in"] == "", ["matter", "searched"]]


def footing_matrix(
    rows: Sequence[Footing], *, finding: str, **words: Unpack[ChartWords]
) -> Picture:
    """Draw what figures stand on: whether base, period and origin are printed.

    One row a figure, in the order given; the description is the ``finding``. Raises
    `SourcebookError` for two figures printed alike.
    """
    signs = {1: PRINTED, 0: "half said", -1: MISSING}
    value = {PRINTED: 1, HALF: 0, MISSING: -1}
    cells = [
        {
            "row": f"{row.claim.figure} ({short_name(row.claim.source)})",
            "column": part,
            "value": value.get(state),
            "words": signs[value[state]] if state in value else state,
            "claim": row.claim.id,
        }
        for row in rows
        for part, state in row.parts.items()
    ]
    words.setdefault("description", finding)
    return matrix(cells, signs=signs, empty=NOT_NEEDED, **words)


def footing_table(sources: Iterable[Source]) -> pd.DataFrame:
    """One row a source, in the order given: its figures and what they lack.

    Columns: ``source``, ``figures``, ``shares``, ``shares without a base``,
    ``without a period``, ``without an origin``.
    """
    rows = []
    for source in sources:
        found = footings(source)
        missing = Counter(part for row in found for part in row.missing)
        shares = sum(row.parts["base"] != NOT_NEEDED for row in found)
        lacking = missing["base"], missing["period"], missing["origin"]
        rows.append((short_name(source.citekey), len(found), shares, *lacking))
    names = "source,figures,shares,shares without a base,without a period"
    return pd.DataFrame(rows, columns=[*names.split(","), "without an origin"])
