"""Notebooks run by the workers of a Dask scheduler, on this machine or on others.

A worker needs the same environment and nothing else: the book travels with the task.
When a worker is lost, the scheduler gives what it was running to another.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sourcebook
from sourcebook.errors import SourcebookError
from sourcebook.running import courier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor, Future

    from sourcebook.running.batch import Submit
    from sourcebook.running.task import Task

_WAIT = "10s"  # for a scheduler to answer


def reach(scheduler: str) -> Any:  # noqa: ANN401 - distributed has no types
    """Return a client of a Dask scheduler with at least one worker.

    Raises `SourcebookError` when there is none, or the extra is not installed.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError:
        raise SourcebookError(
            "--scheduler: the package `distributed` is not installed\n"
            "  fix: install the extra: sourcebook[cluster]; `make env` has it"
        ) from None
    try:
        client = Client(scheduler, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise SourcebookError(
            f"--scheduler: no answer from {scheduler!r}: {error}\n"
            "  fix: start one (`dask scheduler`), and give its address: tcp://host:8786"
        ) from None
    if not client.scheduler_info(n_workers=-1)["workers"]:
        client.close()
        raise SourcebookError(
            f"--scheduler: {scheduler} has no worker\n"
            f"  fix: start some: `dask worker {scheduler}`"
        )
    return client


@contextmanager
def submitting(tasks: list[Task], scheduler: str) -> Iterator[Submit]:
    """Give what sends a task to a worker and returns a future of its result, packed."""
    import cloudpickle  # noqa: PLC0415 - comes with the extra

    root, package = Path(tasks[0].root), Path(sourcebook.__file__).parent
    cloudpickle.register_pickle_by_value(courier)
    client = reach(scheduler)
    try:
        # A task like any other: were its worker lost, another would be given it.
        archive = client.submit(courier.same, courier.pack(root, package), pure=True)
        executor = client.get_executor(pure=False)
        yield partial(_submit, executor, archive)
    finally:
        client.close()
        cloudpickle.unregister_pickle_by_value(courier)


def _submit(executor: Executor, archive: bytes, task: Task) -> Future[Any]:
    return executor.submit(courier.deliver, archive, task.packed())
