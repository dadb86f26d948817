"""Which half of a notebook pair was edited: the text, or the notebook itself.

People edit the text, and the notebook is written from it. Some editors save the
notebook alone; then its cells are neither those of the text, nor those that were last
written from it, nor those of the last commit. Such a notebook is never written over
unasked: its cells go home into the text, or a copy of what goes is kept.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sourcebook.errors import SourcebookError
from sourcebook.running.git_history import asked
from sourcebook.running.text_pairs import cells_of, is_in_step, notebook_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WRITTEN = "_build/.sourcebook/written"  # digests of the cells as they were written
_FILTERS = {  # as in pyproject.toml: what a text has of a notebook's metadata
    "notebook_metadata_filter": "kernelspec,-jupytext",
    "cell_metadata_filter": "tags",
}
COPIES = "_build/.sourcebook/copies"


def note_written(root: Path, name: str, data: bytes) -> None:
    """Note the cells of a notebook that was written from its text."""
    path = root / WRITTEN / f"{name}.sha256"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_digest(data), encoding="ascii")


def is_edited(root: Path, pair: Path) -> bool:
    """Whether a notebook has cells that would be lost if it were written anew."""
    notebook = notebook_of(pair)
    if not notebook.is_file() or _in_step(pair, notebook):
        return False
    name, now = notebook.relative_to(root).as_posix(), _digest(notebook.read_bytes())
    note = root / WRITTEN / f"{name}.sha256"
    known = [note.read_text(encoding="ascii")] if note.is_file() else []
    if committed := asked(root, "show", f"HEAD:./{name}"):
        known.append(_digest(committed.encode()))
    if not known:  # nobody knows what it was: the younger half is the edited one
        return notebook.stat().st_mtime > pair.stat().st_mtime
    return now not in known


def settle_halves(root: Path, pairs: Iterable[Path], *, half: str = "") -> list[Path]:
    """Prepare notebooks to be written from their texts; return the copies kept.

    ``half`` says which one holds where a notebook was edited: "text" or "notebook".
    Raises `SourcebookError` where that is not said, and where it cannot be done.
    """
    edited = [pair for pair in pairs if is_edited(root, pair)]
    if half == "text":
        return [keep_copy(root, notebook_of(pair)) for pair in edited]
    if half == "notebook":
        return [take_home(root, pair) for pair in edited]
    if edited:
        names = " ".join(pair.stem for pair in edited)
        told = "".join(
            f"{notebook_of(pair).relative_to(root)}: edited apart from its text\n"
            for pair in edited
        )
        raise SourcebookError(
            f"{told}  fix: `sourcebook notebooks --from-notebook {names}` takes its "
            "cells into the text; with `--from-text` it is written anew, a copy kept"
        )
    return []


def take_home(root: Path, pair: Path) -> Path:
    """Write a text from the cells of its notebook; return where a copy of it is kept.

    Raises `SourcebookError` where the text would not give the same cells again.
    """
    import jupytext  # noqa: PLC0415 - slow, and seldom needed
    import nbformat  # noqa: PLC0415 - likewise

    from sourcebook.running.notebooks import KERNEL  # noqa: PLC0415 - it imports us

    notebook = nbformat.read(notebook_of(pair), as_version=4)
    notebook.metadata = {"kernelspec": KERNEL, "jupytext": _FILTERS}
    before = pair.read_bytes()
    copy = keep_copy(root, pair)
    pair.write_text(jupytext.writes(notebook, fmt="md:myst"), encoding="utf-8")
    if not _in_step(pair, notebook_of(pair)):
        pair.write_bytes(before)
        name = notebook_of(pair).relative_to(root)
        raise SourcebookError(
            f"{name}: its cells cannot be told in a text\n"
            "  fix: copy what you changed into the text by hand"
        )
    return copy


def keep_copy(root: Path, path: Path) -> Path:
    """Keep a file as it is now, under a name that nothing has; return where."""
    folder = root / COPIES / path.parent.relative_to(root)
    folder.mkdir(parents=True, exist_ok=True)
    data = path.read_bytes()
    copy = folder / f"{path.stem}-{hashlib.sha256(data).hexdigest()[:8]}{path.suffix}"
    copy.write_bytes(data)
    return copy


def _in_step(pair: Path, notebook: Path) -> bool:
    try:
        return is_in_step(pair, notebook)
    except ValueError:  # not a notebook at all: nothing of it can be taken home
        return True


def _digest(data: bytes) -> str:
    cells: Any = cells_of(data)
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()
