"""A notebook executed in a kernel of its own, within limits, and watched.

Whatever goes wrong in a notebook comes back as a failure that names the cell, and its
kernel is killed at once. Nothing else is raised.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time

import nbformat
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from sourcebook.running.kernel_client import Client
from sourcebook.running.task import Failure, Reads, Result, Task

_INTERRUPTED = "was interrupted"
_MOST_LINES, _WIDEST = 40, 500  # of a traceback: its end says what happened
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_REFUSED = "a notebook must not change files of the book"


class _Running:
    """The notebooks that run in threads of this process, so that they can be ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._clients: dict[Client, asyncio.AbstractEventLoop] = {}
        self.ended = False

    def add(self, client: Client) -> None:
        with self._lock:
            self._clients[client] = asyncio.get_running_loop()
            if self.ended:
                client.halted = _INTERRUPTED

    def drop(self, client: Client) -> None:
        with self._lock:
            self._clients.pop(client, None)

    def end(self) -> None:
        with self._lock:
            self.ended = True
            for client, loop in self._clients.items():
                loop.call_soon_threadsafe(client.halt, _INTERRUPTED)

    def allow(self) -> None:
        self.ended = False


_running = _Running()
end_all, allow = _running.end, _running.allow


def execute(task: Task) -> Result:
    """Run one notebook; return it executed, with what it read, or with its failure."""
    started = time.monotonic()
    notebook = nbformat.reads(task.notebook, as_version=4)
    client = Client(notebook, task)
    noted = asyncio.run(_supervise(client))  # a loop of this thread's own, and closed
    seconds = round(time.monotonic() - started, 3)
    if isinstance(noted, Failure):
        return Result(task.name, seconds, failure=noted)
    read = json.loads(noted)
    for count, name in read["changed"]:  # refused, and the notebook went on
        refused = Failure(task.name, client.cell_name(count), _meddled(name))
        return Result(task.name, seconds, failure=refused)
    text = nbformat.writes(notebook, version=4)
    return Result(task.name, seconds, text, Reads(**read["reads"]))


def _meddled(name: str) -> str:
    return (
        f"would change {name}, which no notebook may\n"
        "  fix: write elsewhere, or below _build; the file is as it was"
    )


async def _supervise(client: Client) -> str | Failure:
    _running.add(client)
    try:
        return await _in_kernel(client)
    except CellExecutionError as error:
        name, refused, _ = error.evalue.partition(f": {_REFUSED}")
        what = _meddled(name) if refused else f"raised {error.ename}"
        return _failure(client, what, error.traceback)
    except CellTimeoutError:
        what = f"did not end within the {client.task.limits.cell:g} s a cell may take"
        return _failure(client, what)
    except (DeadKernelError, RuntimeError) as error:
        what = client.halted or "ended its kernel"
        return _failure(client, what, "" if client.halted else str(error))
    finally:
        _running.drop(client)


async def _in_kernel(client: Client) -> str:
    limit = client.task.limits.notebook
    late = f"did not end within the {limit:g} s that a notebook may take"
    async with client.async_setup_kernel():
        timer = asyncio.get_running_loop().call_later(limit, client.halt, late)
        try:
            about = await client.tell("kernel_info")
            client.nb.metadata["language_info"] = about["language_info"]
            return await client.run_cells()
        except BaseException:
            client.shutdown_kernel = "immediate"  # it is in no state to be asked
            raise
        finally:
            timer.cancel()


def _failure(client: Client, what: str, traceback: str = "") -> Failure:
    lines = _COLOURS.sub("", traceback).strip().splitlines()
    if len(lines) > _MOST_LINES:
        lines = ["…", *lines[-_MOST_LINES:]]
    text = "\n".join(line[:_WIDEST] for line in lines)
    return Failure(client.task.name, client.cell_name(), what, text)
