"""Tables: claims as plain pandas frames, and any frame as accessible HTML.

Frames are plain and sorted, so that a reader can go on working with them. Numbers in
a frame are floats, for arithmetic; the printed figure and its interval stand beside
them as words. On a page a column of times, of words of the codebook or of claims is
written out as a reader reads it (`_WRITTEN`). The HTML has a caption, column headings
that say so, and a frame of its own that scrolls on a narrow screen and by keyboard. No
ids, no styles inside.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from fractions import Fraction
from numbers import Integral, Real

import pandas as pd

from sourcebook.coding.claims import Claim, QuantityClaim, said_in
from sourcebook.coding.hedges import plain
from sourcebook.coding.source_looks import code_words, own_words
from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import time_words
from sourcebook.views.fragment import Fragment, address, escape, printed

MANY = 1_000_000  # from here on a number is easier in words: 16.2 billion
CLAIM_COLUMNS = (
    "id source kind topic quote measure of where when status voice section start end "
    "key"
).split()
FIGURE_COLUMNS = (
    "id source figure hedge rule value_low value_high unit per of where when interval"
).split()


def claims_table(claims: Iterable[Claim]) -> pd.DataFrame:
    """Return one row per claim, sorted by id; what its kind has not is empty.

    Columns: ``id`` (citekey and local id), ``source`` (citekey), ``kind``, ``topic``,
    ``quote`` (in the cleaned text), ``measure``, ``of`` (the denominator), ``where``,
    ``when`` (EDTF), ``status`` (A actual, E estimate, F forecast, P provisional, T
    target), ``voice``, ``section`` (its title), ``start`` and ``end`` (in the raw file,
    end exclusive), ``key`` (whether it is one of the main claims).
    """
    rows = [
        {
            **{name: said_in(claim, name) for name in CLAIM_COLUMNS},
            "quote": claim.exact,
            "start": claim.span[0],
            "end": claim.span[1],
        }
        for claim in claims
    ]
    return _frame(rows, CLAIM_COLUMNS)


def figures_table(claims: Iterable[Claim]) -> pd.DataFrame:
    """Return one row per claim that holds a figure, sorted by id.

    Columns: ``id``, ``source``, ``figure`` (as printed), ``hedge`` (its words),
    ``rule`` (that they are read by), ``value_low`` and ``value_high`` (as printed,
    equal but for a range), ``unit``, ``per``, ``of``, ``where``, ``when`` (EDTF),
    ``interval`` (every value the words leave open).
    """
    of_claim, of_figure = "id source of where when", "hedge rule unit per"
    rows = [
        {
            **{name: getattr(claim, name) for name in of_claim.split()},
            **{name: getattr(claim.quantity, name) for name in of_figure.split()},
            "figure": claim.quantity.text,
            "value_low": float(claim.quantity.low),
            "value_high": float(claim.quantity.high),
            "interval": str(claim.quantity.interval()),
        }
        for claim in claims
        if isinstance(claim, QuantityClaim)
    ]
    return _frame(rows, FIGURE_COLUMNS)


def _frame(rows: list[dict[str, object]], columns: Iterable[str]) -> pd.DataFrame:
    rows.sort(key=lambda row: str(row["id"]))
    return pd.DataFrame(rows, columns=list(columns))


def show_table(frame: pd.DataFrame, *, caption: str) -> Fragment:
    """Return a frame as HTML and as tab-separated text, without its index.

    ``caption`` says what the table shows; it also names the part of the page that
    scrolls. Raises `SourcebookError` without one.
    """
    if not caption.strip():
        raise SourcebookError(
            'a table without a caption\n  fix: pass caption="…", what the table shows'
        )
    names = [str(name) for name in frame.columns]
    rows = [list(map(_written, names, row)) for row in frame.itertuples(index=False)]
    numbers = frame.select_dtypes("number").columns
    numeric = [name in numbers for name in frame.columns]
    head = "".join(f'<th scope="col">{printed(name)}</th>' for name in names)
    body = "".join(f"<tr>{_cells(row, numeric)}</tr>" for row in rows)
    lines = [caption, "\t".join(names)]
    lines += ["\t".join(cell(value) for value in row) for row in rows]
    return Fragment(
        f'<div class="sb-table" role="region" tabindex="0" '
        f'aria-label="{escape(caption)}"><table class="dataframe">'
        f"<caption>{printed(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>",
        "\n".join(lines),
    )


def _entry(claim_id: str) -> Fragment | str:
    """Return a claim as a link to its entry, named in words."""
    source, slash, _ = claim_id.partition("/")
    if not source or not slash:
        return claim_id
    to, words = escape(address(claim_id)), escape(own_words(claim_id))
    return Fragment(f'<a href="{to}">{words}</a>', claim_id)


# Columns that hold what data keep, and how a page writes it.
_WRITTEN: dict[str, Callable[[str], Fragment | str]] = {
    "id": _entry,
    **dict.fromkeys(("when", "issued"), time_words),
    **dict.fromkeys(("topic", "concept", "type", "event"), code_words),
}


def _written(name: str, value: object) -> object:
    write = _WRITTEN.get(name)
    return write(value) if write and isinstance(value, str) else value


def _cells(row: list[object], numeric: list[bool]) -> str:
    opened = {True: '<td class="sb-number">', False: "<td>"}
    # Only a fragment brings markup of its own.
    parts = [v.html if isinstance(v, Fragment) else escape(cell(v)) for v in row]
    return "".join(
        f"{opened[number]}{part}</td>"
        for part, number in zip(parts, numeric, strict=True)
    )


def cell(value: object) -> str:
    """Return one value of a table in words; what is missing is empty.

    >>> cell(1960.0), cell(0.1 + 0.2), cell(16.2e9), cell(True), cell(float("nan"))
    ('1,960', '0.3', '16.2 billion', 'yes', '')
    """
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, Fragment):
        return value.text
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, Integral):
        return f"{int(value):,}"
    if isinstance(value, Real):
        number = float(value)
        if math.isnan(number):
            return ""
        return plain(Fraction(number)) if abs(number) >= MANY else f"{number:,.10g}"
    return str(value)
