r"""How data become bytes: as JSON, and as CSV.

The same data always give the same bytes: UTF-8, one order, "\n" at each end.

A CSV file begins with the mark of UTF-8 (U+FEFF). LibreOffice without a window guesses
the code page of its machine whether there is a mark or not, and has to be told UTF-8
(``--infilter=CSV:44,34,76``). Who would rather not have it has the same rows as JSON.

In CSV, an empty cell is ``null`` or no text. Sources may hold anything, so a text that
a spreadsheet could take for a formula gets a leading apostrophe, and so does a text
that begins with one: take one leading apostrophe off to have the text. Numbers are
left alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

Number = int | float
Cell = str | Number | bool | None
Row = dict[str, Cell]

# Without it, a spreadsheet that opens the file by double click reads it in the code
# page of its machine: every quotation mark, dash and "€" comes out as something else.
# pandas, R's readr and Frictionless take the mark for what it is.
MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
_SPECIAL = re.compile(r'[",\r\n]')


def number(value: Fraction | None) -> Number | None:
    """Return a fraction as a number that JSON can hold: whole if it is whole."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def as_json(data: object) -> bytes:
    """Return data as JSON, one field a line, non-Latin letters as they are."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(rows: Iterable[Row], fields: Sequence[str]) -> bytes:
    """Return rows as CSV with a header; no cell can be taken for a formula."""
    lines = [list(fields), *([_cell(row[name]) for name in fields] for row in rows)]
    return (MARK + "".join(",".join(line) + "\n" for line in lines)).encode()


def _cell(value: Cell) -> str:
    """Return a value as one cell; a text that needs quotation marks gets them."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value)
    text = f"'{value}" if value.startswith(_FORMULA) else value
    # Not the csv module's writer: it leaves a lone carriage return unquoted.
    return '"{}"'.format(text.replace('"', '""')) if _SPECIAL.search(text) else text
