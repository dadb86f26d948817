"""Whether each notebook has the cells of its text pair.

jupytext decides; but loading it takes longer than all the rest of a check. So a text
that holds nothing but paragraphs and plain code cells is split here, and where that
gives the notebook's very cells, the two are in step. Anything else is left to jupytext:
nothing is called out of step before it was asked.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sourcebook.errors import Fault, printable

if TYPE_CHECKING:
    from pathlib import Path

RUN = "run `sourcebook notebooks`"
Cell = tuple[str, str, list[str]]  # type, source, tags

_HEADER = re.compile(r"---\n.*?\n---\n", re.DOTALL)
_CODE = re.compile(r"^```\{code-cell\}\n(.*?)^```$\n?", re.DOTALL | re.MULTILINE)
_TAGS = re.compile(r":tags: \[([\w, -]*)\]\n")
# What may hold a cell or part two of them, and is read by jupytext alone.
_UNUSUAL = re.compile(r"^[ \t>*+-]*(?:```|~~~|<)|^\+\+\+|^(?:\t|    )", re.MULTILINE)


def text_pairs(root: Path) -> tuple[Path, ...]:
    """Return every text pair of the book, sorted."""
    return tuple(sorted((root / "notebooks" / "text").glob("*/*.md")))


def notebook_of(pair: Path) -> Path:
    """Return the notebook that belongs to a text pair."""
    folder = pair.parent
    return folder.parent.parent / folder.name / f"{pair.stem}.ipynb"


def out_of_step(root: Path) -> tuple[Fault, ...]:
    """Return a fault for each notebook whose cells are not those of its text pair."""
    faults = []
    pairs = text_pairs(root)
    for pair in pairs:
        path = notebook_of(pair)
        if not path.is_file():
            faults.append(_fault(root, path, "missing"))
        elif problem := _problem(root, pair, path):
            faults.append(_fault(root, path, problem, fix=_remedy(root, pair)))
    made = {notebook_of(pair) for pair in pairs}
    for path in sorted((root / "notebooks").glob("*/*.ipynb")):
        if path not in made:
            faults.append(_fault(root, path, "has no text pair"))
    return tuple(faults)


def out_of_sync(root: Path) -> tuple[str, ...]:
    """Return one line for each notebook whose cells are not those of its text pair."""
    return tuple(str(fault) for fault in out_of_step(root))


def _fault(root: Path, path: Path, fault: str, *, fix: str = RUN) -> Fault:
    shown = path.relative_to(root).as_posix()
    hint = "" if fix == RUN else f"\n  fix: {fix}"
    return Fault(shown, fault, fix=fix, said=f"{printable(shown)}: {fault}{hint}")


def _remedy(root: Path, pair: Path) -> str:
    """Return what brings a pair together, and loses nothing."""
    from sourcebook.running.edited_half import (  # noqa: PLC0415 - it imports us
        is_edited,
    )

    if not is_edited(root, pair):
        return RUN
    return (
        f"it was edited itself: run `sourcebook notebooks --from-notebook {pair.stem}` "
        "to keep its cells, or with `--from-text` to write it anew"
    )


def _problem(root: Path, pair: Path, path: Path) -> str:
    try:
        if is_in_step(pair, path):
            return ""
    except ValueError as error:  # not UTF-8, or not the JSON of a notebook
        return f"cannot be compared: {printable(str(error)[:80])}"
    return f"differs from {pair.relative_to(root).as_posix()}"


def is_in_step(pair: Path, path: Path) -> bool:
    """Whether a notebook has the cells of its text; a `ValueError` if it is none."""
    plain = plain_cells(pair.read_text(encoding="utf-8"))
    if plain is not None and plain == cells_of(path.read_bytes()):
        return True
    import nbformat  # noqa: PLC0415 - slow to import, and seldom needed

    from sourcebook.running.notebooks import from_text  # noqa: PLC0415 - likewise

    made = _cells(nbformat.read(path, as_version=4).cells)
    return made == _cells(from_text(pair).cells)


def plain_cells(text: str) -> list[Cell] | None:
    r"""Return the cells of a plain text pair, or None where it is not plain.

    >>> plain_cells("# Gas\n\n```{code-cell}\n1 + 1\n```\n")
    [('markdown', '# Gas', []), ('code', '1 + 1', [])]
    >>> plain_cells("* a list\n  ```{code-cell}\n  1 + 1\n  ```\n")
    """
    header = _HEADER.match(text)
    cells: list[Cell] = []
    pieces = _CODE.split(text[header.end() if header else 0 :])
    for number, piece in enumerate(pieces):
        if number % 2:
            tags = _TAGS.match(piece)
            body = piece[tags.end() if tags else 0 :].split("\n")[:-1]
            if body and body[0].startswith((":", "---")):
                return None
            if body and not body[0].strip():
                del body[0]
            names = sorted(tags[1].split(", ")) if tags and tags[1] else []
            cells.append(("code", "\n".join(body), names))
        elif _UNUSUAL.search(piece):
            return None
        elif prose := piece.rstrip().lstrip("\n"):
            cells.append(("markdown", prose, []))
    return cells


def cells_of(data: bytes) -> list[Cell] | None:
    """Return the cells of a notebook of the usual format, or None."""
    try:
        notebook = json.loads(data)
        return _cells(notebook["cells"]) if notebook["nbformat"] == 4 else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None  # for nbformat to say what is wrong with it


def _cells(cells: list[dict[str, Any]]) -> list[Cell]:
    return [
        (
            cell["cell_type"],
            "".join(cell["source"]),
            sorted(cell["metadata"].get("tags", ())),
        )
        for cell in cells
    ]
