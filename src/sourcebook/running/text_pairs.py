"""Notebooks and their text pairs: whether they have the same cells, and which holds.

jupytext decides; but loading it takes longer than all the rest of a check. So a text
that holds nothing but paragraphs and plain code cells is split here, and where that
gives the notebook's very cells, the two are in step. Anything else is left to jupytext:
nothing is called out of step before it was asked.

People edit the text, and the notebook is written from it. Some editors save the
notebook alone; then its cells are neither those of the text, nor those that were last
written from it, nor those of the last commit. Such a notebook is never written over
unasked: its cells go home into the text, or a copy of what goes is kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sourcebook.coding.book_files import put
from sourcebook.errors import Fault, SourcebookError, printable
from sourcebook.running.git_history import asked

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python"}  # its version would differ from one machine to the next
RUN = "run `sourcebook notebooks`"
WRITTEN = "_build/.sourcebook/written"  # digests of the cells as they were written
_FILTERS = {  # as in pyproject.toml: what a text has of a notebook's metadata
    "notebook_metadata_filter": "kernelspec,-jupytext",
    "cell_metadata_filter": "tags",
}
COPIES = "_build/.sourcebook/copies"
NotebookCell = tuple[str, str, list[str]]  # type, source, tags

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


def _fault(root: Path, path: Path, fault: str, *, fix: str = RUN) -> Fault:
    shown = path.relative_to(root).as_posix()
    hint = "" if fix == RUN else f"\n  fix: {fix}"
    return Fault(shown, fault, fix=fix, said=f"{printable(shown)}: {fault}{hint}")


def _remedy(root: Path, pair: Path) -> str:
    """Return what brings a pair together, and loses nothing."""
    if not is_edited(root, pair):
        return RUN
    return (
        f"it was edited itself: run `sourcebook notebooks --from-notebook {pair.stem}` "
        "to keep its cells, or with `--from-text` to write it anew"
    )


def _problem(root: Path, pair: Path, path: Path) -> str:
    try:
        if is_in_step(pair, path):
            kernel = json.loads(path.read_bytes())["metadata"].get("kernelspec", KERNEL)
            same = kernel["name"] == KERNEL["name"]
            return "" if same else f"is for another kernel than {KERNEL['name']}"
    except (ValueError, LookupError, TypeError, AttributeError) as error:  # none at all
        return f"cannot be compared: {printable(str(error)[:80])}"
    return f"differs from {pair.relative_to(root).as_posix()}"


def is_in_step(pair: Path, path: Path) -> bool:
    """Whether a notebook has the cells of its text; a `ValueError` if it is none."""
    plain = plain_cells(pair.read_text(encoding="utf-8"))
    if plain is not None and plain == cells_of(path.read_bytes()):
        return True
    import nbformat  # noqa: PLC0415 - slow to import, and seldom needed

    try:
        made = _cells(nbformat.read(path, as_version=4).cells)
    except Exception as error:  # noqa: BLE001 - JSON of any kind, but no notebook
        raise ValueError(f"no notebook: {error}") from None
    return made == _cells(from_text(pair).cells)


def plain_cells(text: str) -> list[NotebookCell] | None:
    r"""Return the cells of a plain text pair, or None where it is not plain.

    >>> plain_cells("# Gas\n\n```{code-cell}\n1 + 1\n```\n")
    [('markdown', '# Gas', []), ('code', '1 + 1', [])]
    >>> plain_cells("* a list\n  ```{code-cell}\n  1 + 1\n  ```\n")
    """
    header = _HEADER.match(text)
    cells: list[NotebookCell] = []
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


def cells_of(data: bytes) -> list[NotebookCell] | None:
    """Return the cells of a notebook of the usual format, or None."""
    try:
        notebook = json.loads(data.decode())  # of bytes, it would take UTF-16 as well
        return _cells(notebook["cells"]) if notebook["nbformat"] == 4 else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None  # for nbformat to say what is wrong with it


def _cells(cells: list[dict[str, Any]]) -> list[NotebookCell]:
    return [
        (
            cell["cell_type"],
            "".join(cell["source"]),
            sorted(cell["metadata"].get("tags", ())),
        )
        for cell in cells
    ]


def from_text(pair: Path) -> NotebookNode:
    """Return the notebook a text pair describes, without outputs."""
    import jupytext  # noqa: PLC0415 - slow to import, and seldom needed here

    notebook: NotebookNode = jupytext.read(pair, fmt="md:myst")
    notebook.metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE}
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:02d}"
    return notebook


def note_written(root: Path, name: str, data: bytes) -> None:
    """Note the cells of a notebook that was written from its text."""
    put(root / WRITTEN / f"{name}.sha256", _digest(data).encode())


def is_edited(root: Path, pair: Path) -> bool:
    """Whether a notebook has cells that would be lost if it were written anew."""
    notebook = notebook_of(pair)
    if not notebook.is_file() or _in_step(pair, notebook):
        return False
    name, now = notebook.relative_to(root).as_posix(), _digest(notebook.read_bytes())
    known, note = [], root / WRITTEN / f"{name}.sha256"
    if note.is_file():
        known.append(note.read_text(encoding="ascii", errors="replace"))
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
        found = [notebook_of(pair).relative_to(root) for pair in edited]
        told = "\n".join(f"{name}: edited apart from its text" for name in found)
        names = " ".join(pair.stem for pair in edited)
        fix = f"`sourcebook notebooks --from-notebook {names}` takes its cells into "
        more = "the text; with `--from-text` it is written anew, a copy kept"
        raise SourcebookError(told, fix=f"{fix}{more}")
    return []


def take_home(root: Path, pair: Path) -> Path:
    """Write a text from the cells of its notebook; return where a copy of it is kept.

    Raises `SourcebookError` where the text would not give the same cells again.
    """
    import jupytext  # noqa: PLC0415 - slow, and seldom needed
    import nbformat  # noqa: PLC0415 - likewise

    notebook = nbformat.read(notebook_of(pair), as_version=4)
    notebook.metadata = {"kernelspec": KERNEL, "jupytext": _FILTERS}
    beside = pair.with_name(f".{pair.name}.part")
    try:
        beside.write_text(jupytext.writes(notebook, fmt="md:myst"), encoding="utf-8")
        if not _in_step(beside, notebook_of(pair)):
            name = notebook_of(pair).relative_to(root)
            said = f"{name}: its cells cannot be told in a text"
            fix = "copy what you changed into the text by hand"
            raise SourcebookError(said, fix=fix)
        copy = keep_copy(root, pair)
        beside.replace(pair)
    finally:
        beside.unlink(missing_ok=True)
    return copy


def keep_copy(root: Path, path: Path) -> Path:
    """Keep a file as it is now, under a name that nothing has; return where."""
    folder = root / COPIES / path.parent.relative_to(root)
    data = path.read_bytes()
    copy = folder / f"{path.stem}-{hashlib.sha256(data).hexdigest()[:8]}{path.suffix}"
    put(copy, data)
    return copy


def _in_step(pair: Path, notebook: Path) -> bool:
    try:
        return is_in_step(pair, notebook)
    except ValueError:  # not a notebook at all: nothing of it can be taken home
        return True


def _digest(data: bytes) -> str:
    cells: Any = cells_of(data)
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()
