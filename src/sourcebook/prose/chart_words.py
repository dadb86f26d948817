"""The words that a notebook's code gives to a picture: title, subtitle, description.

They state findings, so they are prose of ours and held to the same rules; they may have
the same marks, which are taken off when the picture is drawn.
"""

import ast
from collections.abc import Iterator

WORDS = frozenset({"title", "subtitle", "description", "finding"})
_OPTION = ":"  # begins a line of the cell's options
COMPUTED = "`…`"  # stands in an f-string for what is worked out


def picture_words(cell: str) -> Iterator[tuple[int, str]]:
    """Yield line (from 1) and words of each text that a cell gives to a picture.

    A text may be given by a name that the cell sets, or stand in another text by its
    name.

    >>> list(picture_words('sb.parts(x, title="A share")'))
    [(1, 'A share')]
    """
    lines = cell.split("\n")
    code = "\n".join("" if line.startswith(_OPTION) else line for line in lines)
    try:
        nodes = list(ast.walk(ast.parse(code)))
    # Whoever runs code that does not parse will be told.
    except (SyntaxError, ValueError):
        return
    given = [n.value for n in nodes if isinstance(n, ast.keyword) and n.arg in WORDS]
    texts = [pair for n in nodes if isinstance(n, ast.Assign) for pair in _set(n)]
    names: set[str] = set()
    for value in given:  # which grows: a text by name may hold another by name
        new = set(_named(value)) - names
        names |= new
        given += [text for name, text in texts if name in new]
    for value in given:
        if words := _written(value):
            yield value.lineno, words


def _set(node: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that an assignment sets, with what it is set to."""
    for target in node.targets:
        match target, node.value:
            case ast.Name(id=name), value:
                yield name, value
            case ast.Tuple(elts=names), ast.Tuple(elts=values):
                for to, value in zip(names, values, strict=False):
                    if isinstance(to, ast.Name):
                        yield to.id, value


def _named(value: ast.expr) -> Iterator[str]:
    """Yield the names that stand for a text, or for a part of it."""
    match value:
        case ast.Name(id=name):
            yield name
        case ast.JoinedStr(values=parts):
            for part in parts:
                if isinstance(part, ast.FormattedValue):
                    yield from _named(part.value)
        case ast.BinOp(left=left, right=right) | ast.IfExp(body=left, orelse=right):
            yield from _named(left)
            yield from _named(right)


def _written(value: ast.expr) -> str:
    """Return a text as it is written, with a gap for each part that is computed."""
    match value:
        case ast.Constant(value=str(words)):
            return words
        case ast.JoinedStr(values=parts):
            return "".join(_written(part) or COMPUTED for part in parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _written(left) + _written(right)
        case ast.IfExp(body=left, orelse=right):
            return f"{_written(left)} {_written(right)}".strip()
    return ""
