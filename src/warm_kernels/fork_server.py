"""The zygote itself: a process of one thread that imports, forks, and buries.

What a kernel is made of is listed here. What notebooks import is for the packages they
use to say: each names a function that imports it, in the group of entry points `GROUP`.
The package of that function is forgotten afterwards, so that a kernel imports it anew
and runs the code as it is then. A list that lacks a library costs time, nothing else;
one that names a library which starts a thread, or speaks when it is imported, costs
the zygote: it refuses to serve.

It listens on one line for its client. Each request brings a line for one kernel, over
which the kernel reads its order and greets, and over which the zygote tells its end. A
kernel whose line is hung up is ended; when the client goes, however it goes, all are.
"""

import builtins
import gc
import io
import os
import select
import signal
import socket
import sys
from collections.abc import Collection, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

from warm_kernels import kernel_process

_HUNG_UP = select.EPOLLRDHUP | select.EPOLLHUP


# What a kernel is made of, and what it imports late.
KERNEL = (
    "ipykernel.kernelapp ipykernel.debugger ipykernel.zmqshell ipykernel.displayhook "
    "IPython.core.completerlib IPython.core.debugger IPython.extensions.storemagic "
    "faulthandler psutil resource runpy sqlite3 tornado.platform.asyncio".split()
)
# Packages that want libraries preloaded name a function in this group of entry points.
GROUP = "warm_kernels.preload"


class Later(io.TextIOBase):
    """A stream for libraries that keep the one they find: it writes to the later one.

    Its encoding is that of a kernel's stream, which pandas notes when it is imported.
    """

    encoding = "UTF-8"

    def __init__(self, name: str) -> None:
        self._name = name
        self.said = ""

    def write(self, text: str) -> int:
        """Write to the stream that has the name now; until there is one, keep it."""
        now = getattr(sys, self._name)
        if now is not self:
            return int(now.write(text))
        self.said += text
        return len(text)

    def flush(self) -> None:
        """Flush the stream that has the name now."""
        now = getattr(sys, self._name)
        if now is not self:
            now.flush()


def preload() -> set[str]:
    """Import all, the notebooks' libraries as if in a kernel: some look where they are.

    Return the packages that asked for them, which are not to be kept. Raises
    `RuntimeError` if a library has something to say, which belongs into a notebook.
    """
    for name in KERNEL:
        import_module(name)
    asked = entry_points(group=GROUP)
    builtins.get_ipython = lambda: SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    try:
        with (
            redirect_stdout(Later("stdout")) as out,
            redirect_stderr(Later("stderr")) as err,
        ):
            for each in asked:
                each.load()()
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]
    if said := out.said + err.said:
        raise RuntimeError(f"a library speaks when it is imported: {said.strip()}")
    return {each.module.split(".")[0] for each in asked}


class Kernel:
    """A child: its number, the line to its client, and what tells that it ended."""

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid, self.line = pid, line
        self.watch = os.pidfd_open(pid)
        self.ended = False

    def report(self) -> None:
        """Tell the client the status; the dead is not collected yet."""
        found = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        assert found is not None  # noqa: S101 - only WNOHANG returns None
        exited = found.si_code == os.CLD_EXITED
        status = found.si_status if exited else -found.si_status
        self.ended = True
        with suppress(OSError):
            self.line.sendall(b'{"pid": %d, "exit": %d}\n' % (self.pid, status))

    def bury(self) -> None:
        """End the kernel and what it started, if it still runs, and collect it."""
        if not self.ended:
            with suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
            with suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)
        os.waitid(os.P_PID, self.pid, os.WEXITED)
        self.let_go()

    def let_go(self) -> None:
        """Close what is open for this kernel."""
        self.line.close()
        os.close(self.watch)


class Children:
    """All children of this process, and what it waits for."""

    def __init__(self, client: socket.socket, added: dict[str, str]) -> None:
        self.client = client
        self.added = added  # variables that libraries set when they were imported
        self.parent = os.pidfd_open(os.getppid())
        self.epoll = select.epoll()
        self.epoll.register(client, select.EPOLLIN)
        self.epoll.register(self.parent, select.EPOLLIN)
        self.kernels: dict[int, Kernel] = {}  # each by its line and by its watch

    def serve(self) -> None:
        """Fork, report and bury until the client goes."""
        while True:
            for number, _ in self.epoll.poll():
                if number == self.parent:
                    return
                if number == self.client.fileno():
                    if not self._answer():
                        return
                elif number in self.kernels:
                    self._turn(number)

    def _answer(self) -> bool:
        """Fork one kernel as asked; return False when the client has hung up."""
        asked, numbers, _, _ = socket.recv_fds(self.client, 64, 3)
        if not asked:
            return False
        line, streams = socket.socket(fileno=numbers[0]), numbers[1:]
        try:
            pid = os.fork()
        except OSError:
            line.close()  # the client starts a plain kernel
        else:
            if pid == 0:
                self._become(line, streams)
            self._keep(Kernel(pid, line))
        for number in streams:
            os.close(number)
        return True

    def _become(self, line: socket.socket, streams: list[int]) -> NoReturn:
        """In the child: close all that is not the child's, and be a kernel."""
        zygote = os.getppid()
        for kernel in set(self.kernels.values()):
            kernel.let_go()
        self.epoll.close()
        self.client.close()
        os.close(self.parent)
        kernel_process.live(line, streams, zygote=zygote, added=self.added)

    def _keep(self, kernel: Kernel) -> None:
        self.kernels[kernel.line.fileno()] = self.kernels[kernel.watch] = kernel
        self.epoll.register(kernel.line, _HUNG_UP)
        self.epoll.register(kernel.watch, select.EPOLLIN)

    def _turn(self, number: int) -> None:
        """A kernel has ended, or its client has hung up."""
        kernel = self.kernels[number]
        if number == kernel.watch:
            self.epoll.unregister(kernel.watch)
            kernel.report()
        else:
            self.epoll.unregister(kernel.line)
            if not kernel.ended:
                self.epoll.unregister(kernel.watch)
            del self.kernels[kernel.line.fileno()], self.kernels[kernel.watch]
            kernel.bury()
        self._end_orphans()

    def _end_orphans(self) -> None:
        """End what kernels left behind; what that leaves behind is next."""
        spared = {kernel.pid for kernel in self.kernels.values()}
        while orphans := set(_children()) - spared:
            for pid in orphans:
                try:
                    os.kill(pid, signal.SIGKILL)
                except PermissionError:  # it has become somebody else's
                    spared.add(pid)
                else:
                    os.waitid(os.P_PID, pid, os.WEXITED)

    def close(self) -> None:
        """Bury all."""
        for kernel in set(self.kernels.values()):
            kernel.bury()
        self.kernels.clear()
        self._end_orphans()


def _children() -> Iterator[int]:
    """Yield the processes whose parent we are, those that have ended included."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has gone meanwhile
            _, parent, *_ = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(parent) == os.getpid():
                yield int(folder.name)


def _refuse_threads() -> None:
    """Raise if a library has started a thread: in a fork it would be missing.

    Some libraries tidy their threads away when the process forks, so we fork once
    before we look.
    """
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitid(os.P_PID, pid, os.WEXITED)
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads > 1:
        raise RuntimeError(f"a library has started {threads - 1} thread(s)")


def _forget(packages: Collection[str]) -> None:
    """Let each kernel import these packages anew, as they are then."""
    for name in [name for name in sys.modules if name.split(".")[0] in packages]:
        del sys.modules[name]


def main(number: int) -> None:
    """Be the zygote of the client at the other end of an inherited descriptor."""
    with socket.socket(fileno=number) as client:
        client.set_inheritable(False)
        kernel_process.adopt_orphans()
        try:
            before = dict(os.environ)
            packages = preload()
            added = {k: v for k, v in os.environ.items() if k not in before}
            _refuse_threads()
        except Exception as error:  # noqa: BLE001 - whatever it was, the client says it
            client.send(f"{type(error).__name__}: {error}".encode()[:4000])
            return
        _forget(packages)
        gc.collect()
        gc.freeze()
        children = Children(client, added)
        try:
            children.serve()
        finally:
            children.close()
