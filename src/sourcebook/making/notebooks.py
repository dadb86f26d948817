"""Write notebooks from their text pairs, and run them.

The text pair (MyST Markdown under ``notebooks/text``) is what people edit. From it
comes the notebook of the same name, executed, with nothing in it that differs from run
to run: cell ids count the cells, and clocks and versions are left out.
"""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from sourcebook.errors import SourcebookError
from sourcebook.making.kernels import warm_kernels

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nbformat import NotebookNode

TIMEOUT = 120  # seconds a cell may take
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def text_pairs(root: Path) -> tuple[Path, ...]:
    """Return every text pair of the book, sorted."""
    return tuple(sorted((root / "notebooks" / "text").glob("*/*.md")))


def notebook_of(pair: Path) -> Path:
    """Return the notebook that belongs to a text pair."""
    folder = pair.parent
    return folder.parent.parent / folder.name / f"{pair.stem}.ipynb"


def from_text(pair: Path) -> NotebookNode:
    """Return the notebook a text pair describes, without outputs."""
    notebook: NotebookNode = jupytext.read(pair, fmt="md:myst")
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:02d}"
    return notebook


def out_of_sync(root: Path) -> tuple[str, ...]:
    """Return one line for each notebook whose cells are not those of its text pair."""
    faults = []
    pairs = text_pairs(root)
    for pair in pairs:
        path = notebook_of(pair)
        shown = path.relative_to(root).as_posix()
        if not path.is_file():
            faults.append(f"{shown}: missing")
        elif _sources(nbformat.read(path, as_version=4)) != _sources(from_text(pair)):
            faults.append(f"{shown}: differs from {pair.relative_to(root).as_posix()}")
    made = {notebook_of(pair) for pair in pairs}
    for path in sorted((root / "notebooks").glob("*/*.ipynb")):
        if path not in made:
            faults.append(f"{path.relative_to(root).as_posix()}: has no text pair")
    return tuple(faults)


def _sources(notebook: NotebookNode) -> list[tuple[str, str, list[str]]]:
    return [
        (cell.cell_type, cell.source, sorted(cell.metadata.get("tags", ())))
        for cell in notebook.cells
    ]


def run_notebooks(pairs: Iterable[Path]) -> tuple[Path, ...]:
    """Execute the notebook of each pair; return those whose file changed.

    As many run at once as there are processors, the longest text first. Raises one
    `SourcebookError` that names every notebook and cell that failed; a notebook that
    fails is not written, and the others are.
    """
    ordered = sorted(pairs, key=lambda pair: (-pair.stat().st_size, pair))
    texts = [from_text(pair) for pair in ordered]  # reading is no work for threads
    with warm_kernels(), ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        try:
            results = dict(zip(ordered, pool.map(_run, ordered, texts), strict=True))
        except KeyboardInterrupt:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    faults = [results[pair][1] for pair in sorted(results) if results[pair][1]]
    if faults:
        raise SourcebookError("\n".join(faults))
    return tuple(notebook_of(pair) for pair in sorted(results) if results[pair][0])


def _run(pair: Path, notebook: NotebookNode) -> tuple[bool, str]:
    """Execute one notebook; return whether its file changed, and what failed."""
    path = notebook_of(pair)
    try:
        _execute(notebook, path)
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        return False, f"{path.name}: {_cell_at_fault(notebook)}\n{error}"
    text = nbformat.writes(notebook, version=4) + "\n"
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False, ""
    _replace(path, text)
    return True, ""


def _execute(notebook: NotebookNode, path: Path) -> None:
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name=KERNEL["name"],
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    asyncio.run(client.async_execute())  # a loop of this thread's own, and closed
    notebook.metadata["language_info"] = {"name": "python"}


def _cell_at_fault(notebook: NotebookNode) -> str:
    ran = [c for c in notebook.cells if c.cell_type == "code" and c.execution_count]
    return f"cell {ran[-1].id} failed" if ran else "no cell could be run"


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(beside, path)  # noqa: PTH105 - one step, so that no half file is seen
