"""The words that a notebook's code gives to a picture: title, subtitle, description.

They state findings, so they are prose of ours and held to the same rules; they may have
the same marks, which are taken off when the picture is drawn.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = frozenset({"title", "subtitle", "description", "finding"})
_OPTION = ":"  # begins a line of the cell's options
COMPUTED = "`…`"  # stands in an f-string for what is worked out


def picture_words(cell: str) -> Iterator[tuple[int, str]]:
    """Yield line (from 1) and words of each text that a cell gives to a picture.

    A text may be given by a name that the cell sets. Code that does not parse gives
    nothing: whoever runs it will be told.

    >>> list(picture_words('sb.parts(x, title="A share")'))
    [(1, 'A share')]
    """
    lines = cell.split("\n")
    code = "\n".join("" if line.startswith(_OPTION) else line for line in lines)
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except (SyntaxError, ValueError):
        return
    given = [n.value for n in nodes if isinstance(n, ast.keyword) and n.arg in WORDS]
    names = {value.id for value in given if isinstance(value, ast.Name)}
    given += [
        node.value
        for node in nodes
        if isinstance(node, ast.Assign)
        and any(isinstance(to, ast.Name) and to.id in names for to in node.targets)
    ]
    for value in given:
        if words := _written(value):
            yield value.lineno, words


def _written(value: ast.expr) -> str:
    """Return a text as it is written, with a gap for each part that is computed."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    if isinstance(value, ast.JoinedStr):
        return "".join(_written(part) or COMPUTED for part in value.values)
    return ""
