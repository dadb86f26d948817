"""What talks to the kernel that runs a notebook: nbclient's client, with a limit.

It runs the cells as nbclient does, with two silent requests around them that leave
neither a count nor an output: one has the kernel watch what is read, one asks for it.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from sourcebook.running import read_watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

    from sourcebook.running.task import Task

_KERNEL = "python3"


class Client(NotebookClient):
    """nbclient's client, which can be told to stop and counts what it is sent."""

    def __init__(self, notebook: NotebookNode, task: Task) -> None:
        folder = str(Path(task.root, task.name).parent)
        super().__init__(
            notebook,
            timeout=task.limits.cell,
            kernel_name=notebook.metadata.get("kernelspec", {}).get("name", _KERNEL),
            record_timing=False,
            extra_arguments=["--log-level=CRITICAL"],  # what fails is told by us
            resources={"metadata": {"path": folder}},
        )
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
        begin = f"namespace['begin']({self.task.root!r}, {self.task.path!r})"
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
