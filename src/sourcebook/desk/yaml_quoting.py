"""How a field is written in a sheet: plain where that is safe, else in double quotes.

The habits of the sheets are kept: quotations, figures and dates always in double
quotes, lists on one line, a long note folded. Every value reads back as itself.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

import yaml

Fields = Mapping[str, object]

_WIDTH = 92  # of a folded note
_QUOTED = frozenset({"quote", "to", "figure", "when"})  # by the habit of the sheets
_PLAIN = re.compile(
    r"[^\W\d_](?!.*(: |:$| #|  | $))[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]*"
)
_PLAIN_IN_LIST = re.compile(r"[^\W\d_](?:[\w’/.;()–-]| (?=[\w(“’]))*")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def field_lines(name: str, value: object, indent: str) -> list[str]:
    """Return the lines of one field.

    >>> field_lines("quote", "a “b”", "  ")
    ['  quote: "a “b”"']
    >>> field_lines("actors", ["EU", "x: y"], "")
    ['actors: [EU, "x: y"]']
    """
    if isinstance(value, list | tuple):
        return [f"{indent}{name}: [{', '.join(_word(v, listed=True) for v in value)}]"]
    words = _word(value, quoted=name in _QUOTED)
    line = f"{indent}{name}: {words}"
    text = str(value)
    if name != "note" or len(line) <= _WIDTH or not _folds(text):
        return [line]
    width = _WIDTH - len(indent) - 2
    folded = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return [f"{indent}{name}: >-", *(f"{indent}  {part}" for part in folded)]


def _folds(text: str) -> bool:
    """Whether line breaks in place of some spaces can be taken back exactly."""
    return text == " ".join(text.split()) and text.isprintable()


def _word(value: object, *, quoted: bool = False, listed: bool = False) -> str:
    """Return a value as YAML: plain where that is safe, else in double quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    safe = (_PLAIN_IN_LIST if listed else _PLAIN).fullmatch(text)
    if safe and not quoted and text.casefold() not in _WORDS:
        return text
    dumped: str = yaml.dump(
        text, default_style='"', allow_unicode=True, width=10**9, line_break="\n"
    )
    return dumped.rstrip("\n")


def entry_lines(fields: Fields, indent: str) -> list[str]:
    """Return the lines of a new entry of a list."""
    deeper = f"{indent}  "
    lines = [
        line for name in fields for line in field_lines(name, fields[name], deeper)
    ]
    return [f"{indent}- {lines[0].lstrip()}", *lines[1:]]


def as_text(fields: Fields) -> dict[str, Any]:
    """Return fields as the base loader reads them: everything is text."""

    def told(value: object) -> object:
        if isinstance(value, list | tuple):
            return [told(each) for each in value]
        return _word(value) if isinstance(value, bool) else str(value)

    return {name: told(value) for name, value in fields.items()}
