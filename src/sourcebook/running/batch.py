"""Stale notebooks run, many at once, the longest first; one report of what failed.

Each is made from its text pair (MyST Markdown under ``notebooks/text``), which people
edit, with nothing in it that differs from run to run. Threads run them, each with the
kernel of one notebook, since the work is done in the kernels. What has finished is kept
at once; an interrupt ends every kernel before it goes on.
"""

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from weakref import WeakKeyDictionary

import click
import nbformat
from nbformat import NotebookNode

from sourcebook.coding.book_files import put
from sourcebook.errors import SourcebookError, counted, explained, printable
from sourcebook.running import text_pairs
from sourcebook.running.execution_record import Code, Failure, Limits, Result, Task
from sourcebook.running.execution_store import Store

Submit = Callable[[Task], Future[Result]]

_WAITING = 2  # kernels that may be there beside those that keep a core busy each


def in_order(tasks: Iterable[Task], seconds: Mapping[str, float]) -> list[Task]:
    """Return the tasks, the longest first.

    ``seconds`` tells how long a notebook took the last time; one that never ran goes
    before all that did, those with the most code first.
    """

    def rank(task: Task) -> tuple[bool, float, int, int, str]:
        took, (cells, size) = seconds.get(task.name), weight(task.notebook)
        return took is not None, -(took or 0), -cells, -size, task.name

    return sorted(tasks, key=rank)


def weight(notebook: str) -> tuple[int, int]:
    """Return what a notebook has to run, by its JSON: code cells, then characters."""
    return notebook.count('"cell_type": "code"'), len(notebook)


def run_all(tasks: Iterable[Task], keep: Callable[[Result], None]) -> None:
    """Run every task; hand each executed notebook to ``keep``, as they finish.

    Raises one `SourcebookError` with all that failed; a failing one stops no other.
    """
    if tasks := list(tasks):
        with _submitting(tasks) as submit:
            failures = run_with(submit, tasks, keep)
        if failures:
            raise SourcebookError(report(failures))


def run_with(
    submit: Submit, tasks: Iterable[Task], keep: Callable[[Result], None]
) -> tuple[Failure, ...]:
    """Run every task through ``submit``, which returns a future of its `Result`.

    Returns the failures, sorted by name.
    """
    futures = {submit(task): task for task in tasks}
    failures = []
    try:
        for future in _shown(as_completed(futures), futures):
            # Taken out, so that memory does not grow with the notebooks that are done.
            result = _result(future, futures.pop(future))
            if result.failure:
                failures.append(result.failure)
            else:
                keep(result)
            for name in result.outside:
                said = f"{result.name}: opens {printable(name)}: no file of the book"
                click.echo(f"{said}, which nobody else has", err=True)
    except BaseException:  # Ctrl-C too: nothing more is to be begun
        for future in futures:
            future.cancel()
        raise
    return tuple(sorted(failures, key=lambda failure: failure.name))


def report(failures: Iterable[Failure]) -> str:
    """Return one text for all failures."""
    failures = list(failures)
    failed = counted(len(failures), "notebook")
    head = f"{failed} failed; what the others gave is kept"
    return "\n".join([head, *map(str, failures)])


def _result(future: Future[Result], task: Task) -> Result:
    """Return what came of a task; one that no executor could run has failed."""
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - a worker's death has many names
        what = f"could not be run: {explained(error)}"
        return Result(task.name, 0, failure=Failure(task.name, "", what))


@contextmanager
def _submitting(tasks: list[Task]) -> Iterator[Submit]:
    if find_spec("ipykernel") is None:  # else each kernel says so, in a traceback
        fix = "make env"
        raise SourcebookError("ipykernel, which runs notebooks, is gone", fix=fix)
    # What drives a kernel is slow to import, and not needed when nothing has to run.
    from sourcebook.running.execution import allow, end_all, execute  # noqa: PLC0415
    from warm_kernels import warm_kernels  # noqa: PLC0415

    # A kernel waits now and then: while it starts, between two cells, while it ends.
    at_once = (os.cpu_count() or 1) + _WAITING
    pool = ThreadPoolExecutor(max_workers=min(len(tasks), at_once))
    with warm_kernels():
        try:
            yield lambda task: pool.submit(execute, task)
        except BaseException:  # Ctrl-C too: no kernel is left behind
            end_all()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            allow()  # all have ended: what is run next in this process may


def _shown(
    done: Iterator[Future[Result]], futures: dict[Future[Result], Task]
) -> Iterator[Future[Result]]:
    """Pass futures on; on a terminal, show in one line how many are done."""
    if not sys.stderr.isatty():
        yield from done
        return
    names = WeakKeyDictionary({future: task.name for future, task in futures.items()})
    with click.progressbar(
        done, length=len(futures), label="running notebooks", file=sys.stderr,
        item_show_func=lambda future: names[future] if future else "",
    ) as shown:  # fmt: skip
        yield from shown


def renew(
    root: Path, names: Collection[str], *, cache: Path | None = None
) -> dict[str, str]:
    """Run the notebooks that are out of date; return each with the reason why.

    Raises one `SourcebookError` with all that failed; what the others gave is kept.
    """
    store = Store(root, cache)
    seconds = {n: took for n in names if (took := store.seconds(n)) is not None}
    stale = store.drop_stale(names)
    texts = {name: (root / name).read_text(encoding="utf-8") for name in stale}
    limits = Limits.of(root)
    tasks = [Task(name, text, str(root), limits) for name, text in texts.items()]
    run_all(in_order(tasks, seconds), lambda made: store.keep(made, texts[made.name]))
    return stale


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
    run_all(in_order(tasks, written.seconds), written.keep)
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
        path = text_pairs.notebook_of(pair)
        name = path.relative_to(self.root).as_posix()
        notebook = text_pairs.from_text(pair)
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
        language = text_pairs.LANGUAGE
        notebook.metadata = {"kernelspec": text_pairs.KERNEL, "language_info": language}
        text = nbformat.writes(notebook, version=4) + "\n"
        path = self.root / name
        text_pairs.note_written(self.root, name, text.encode())
        if put(path, text.encode()):
            self.changed.append(path)
