"""Execute a notebook in a kernel of its own, within limits, noting what it reads.

Whatever goes wrong in a notebook comes back as a failure that names the cell, and its
kernel is killed at once. Nothing else is raised.

The client runs the cells as nbclient's does, with two silent requests around them that
leave neither a count nor an output: one has the kernel watch what is read, one asks for
it.
"""

import ast
import asyncio
import atexit
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from click import unstyle
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from sourcebook.running import read_watch
from sourcebook.running.execution_record import Failure, Reads, Result, Task

_KERNEL = "python3"


class Client(NotebookClient):
    """nbclient's client, which can be told to stop and counts what it is sent."""

    def __init__(self, notebook: NotebookNode, task: Task) -> None:
        folder = str(Path(task.root, task.name).parent)
        super().__init__(
            notebook, timeout=task.limits.cell, record_timing=False,
            kernel_name=notebook.metadata.get("kernelspec", {}).get("name", _KERNEL),
            extra_arguments=["--log-level=CRITICAL"],  # what fails is told by us
            resources={"metadata": {"path": folder}},
        )  # fmt: skip
        self.task = task
        self.halted = ""
        self.at = -1
        self._taken = 0

    def halt(self, why: str) -> None:
        """Stop at once, as if the kernel had died, and remember why."""
        self.halted = self.halted or why
        self.shutdown_kernel = "immediate"
        if self.task_poll_for_reply is not None:
            self.task_poll_for_reply.cancel()

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take a message from the kernel, unless there were too many bytes of them."""
        self._taken += sum(_sizes(msg["content"]))
        if self._taken > self.task.limits.bytes:
            self.halt(f"wrote more than {self.task.limits.megabytes:g} MB of output")
            return None
        return super().process_message(msg, cell, cell_index)

    async def tell(self, request: str, *words: str, **more: object) -> dict[str, Any]:
        """Send the kernel a request; return what it replies."""
        msg_id = getattr(self.kc, request)(*words, **more)
        reply = await self.async_wait_for_reply(msg_id)
        if reply is None:
            raise DeadKernelError("Kernel died")
        content: dict[str, Any] = reply["content"]
        return content

    async def ask(self, expression: str) -> str:
        """Return the text that an expression has in the kernel; nothing is shown."""
        asked = {"it": expression}
        told = await self.tell("execute", "", silent=True, user_expressions=asked)
        answer = told["user_expressions"]["it"]
        if answer["status"] != "ok":
            raise DeadKernelError(f"{answer['ename']}: {answer['evalue']}")
        return str(ast.literal_eval(answer["data"]["text/plain"]))

    async def run_cells(self) -> str:
        """Run every cell; return what the watch noted."""
        text = Path(read_watch.__file__).read_text(encoding="utf-8")
        begin = f"namespace['begin']({self.task.root!r})"
        await self.ask(
            f"(lambda namespace: exec({text!r}, namespace) or {begin} or '')"
            "({'__name__': '_sourcebook_watch'})"
        )
        for index, cell in enumerate(self.nb.cells):
            if self.halted:
                raise DeadKernelError(self.halted)
            self.at = index if cell.cell_type == "code" else self.at
            await self.async_execute_cell(
                cell, index, execution_count=self.code_cells_executed + 1
            )
        noted = await self.ask(f"__import__('sys').{read_watch.NAME}.report()")
        self.set_widgets_metadata()
        return noted

    def cell_name(self, count: int = 0) -> str:
        """Return how a person finds the cell that runs, or the one with a count."""
        cells = self.nb.cells
        code = [i for i, cell in enumerate(cells) if cell.cell_type == "code"]
        ran = [i for i in code if cells[i].source.strip()]
        at = ran[count - 1] if count else self.at
        return f"cell {code.index(at) + 1}" if at in code else ""


def _sizes(content: object) -> Iterator[int]:
    if isinstance(content, str):
        yield len(content)
    elif isinstance(content, dict):
        for value in content.values():
            yield from _sizes(value)
    elif isinstance(content, list):
        yield 8 * len(content)
        for value in content:
            yield from _sizes(value)


_INTERRUPTED = "was interrupted"
_MOST_LINES, _WIDEST = 40, 500  # of a traceback: its end says what happened
_ENDED = "mostly there was no memory left: close other programs, or ask for less"
_REFUSED = "a notebook must not change files of the book"


# The notebooks that run in threads of this process, so that they can be ended.
_clients: dict[Client, asyncio.AbstractEventLoop] = {}
_ended = threading.Event()
allow = _ended.clear


def end_all() -> None:
    """End every notebook that runs, and any that begins, until it is allowed again."""
    _ended.set()
    for client, loop in tuple(_clients.items()):
        loop.call_soon_threadsafe(client.halt, _INTERRUPTED)


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
    text, reads = nbformat.writes(notebook, version=4), Reads(**read["reads"])
    return Result(task.name, seconds, text, reads, outside=tuple(read["outside"]))


def _meddled(name: str) -> str:
    return (
        f"would change {name}, which no notebook may\n"
        "  fix: write elsewhere, or below _build; the file is as it was"
    )


async def _supervise(client: Client) -> str | Failure:
    _clients[client] = asyncio.get_running_loop()
    if _ended.is_set():
        client.halted = _INTERRUPTED
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
        said = f"ended its kernel ({error})\n  fix: {_ENDED}"
        return _failure(client, client.halted or said)
    finally:
        _clients.pop(client, None)
        # Where a kernel never began, the library would trip over it at the very end.
        atexit.unregister(client._cleanup_kernel)  # noqa: SLF001


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
    lines = unstyle(traceback).strip().splitlines()
    if len(lines) > _MOST_LINES:
        lines = ["…", *lines[-_MOST_LINES:]]
    text = "\n".join(line[:_WIDEST] for line in lines)
    return Failure(client.task.name, client.cell_name(), what, text)
