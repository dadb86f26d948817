"""Write notebooks from their text pairs, and run them.

The text pair (MyST Markdown under ``notebooks/text``) is what people edit. From it
comes the notebook of the same name, executed, with nothing in it that differs from run
to run: cell ids count the cells, and clocks and versions are left out.
"""

from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from sourcebook.coding.book_files import put
from sourcebook.errors import SourcebookError
from sourcebook.running.batch import in_order, report, run_all
from sourcebook.running.execution_record import Code
from sourcebook.running.execution_store import Store
from sourcebook.running.task import Limits, Result, Task
from sourcebook.running.text_pairs import (
    KERNEL,
    LANGUAGE,
    from_text,
    note_written,
    notebook_of,
)


def run_notebooks(pairs: Iterable[Path], *, fresh: bool = False) -> tuple[Path, ...]:
    """Execute the notebook of each pair; return those whose file changed.

    What is in the book's cache and still holds is taken from there, unless ``fresh``;
    what is run is kept there. Raises one `SourcebookError` with all that failed; a
    notebook that fails is not written, and the others are.

    >>> run_notebooks([])
    ()
    """
    pairs = tuple(pairs)
    if not pairs:
        return ()
    written = _Written(pairs[0].parents[3])
    tasks = [task for pair in pairs if (task := written.task(pair, fresh=fresh))]
    failures = run_all(in_order(tasks, written.seconds), written.keep)
    if failures:
        raise SourcebookError(report(failures))
    return tuple(sorted(written.changed))


class _Written:
    """The notebooks of a book as they are made from text pairs, one after another."""

    def __init__(self, root: Path) -> None:
        self.root, self.store, self.limits = root, Store(root), Limits.of(root)
        self.seconds: dict[str, float] = {}
        self.changed: list[Path] = []
        self._texts: dict[str, NotebookNode] = {}

    def task(self, pair: Path, *, fresh: bool) -> Task | None:
        """Return what has to run; None when the cache had it, and it was written."""
        path = notebook_of(pair)
        name = path.relative_to(self.root).as_posix()
        notebook = from_text(pair)
        path.parent.mkdir(exist_ok=True)  # in which it runs
        if (took := self.store.seconds(name)) is not None:
            self.seconds[name] = took
        if not fresh and not self.store.why(name, code=Code.of(notebook)):
            self._write(name, self.store.fill(notebook))
            return None
        self._texts[name] = notebook
        return Task(name, nbformat.writes(notebook), str(self.root), self.limits)

    def keep(self, result: Result) -> None:
        """Write an executed notebook, and keep it in the cache."""
        self._write(result.name, nbformat.reads(result.notebook, as_version=4))
        self.store.keep(result, nbformat.writes(self._texts[result.name]))

    def _write(self, name: str, notebook: NotebookNode) -> None:
        notebook.metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE}
        text = nbformat.writes(notebook, version=4) + "\n"
        path = self.root / name
        note_written(self.root, name, text.encode())
        if put(path, text.encode()):
            self.changed.append(path)
