"""The zygote and its kernels as their client sees them: one zygote for each process.

It is started when the first kernel is wanted or by `begin`, and ends with its client or
by `stop`. Nothing of it lies in the file system. Where it cannot serve, `fork` returns
None and says why on stderr, once.

A forked kernel is the child of the zygote (`fork_server`), not of the client. A line (a
connected socket) stands for it: what the kernel has to say comes over it once, its end
comes over it from the zygote, and closing it ends the kernel. Until then the zygote
does not collect the dead kernel, so that its number cannot come to mean another
process.
"""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from warm_kernels import wanted
from warm_kernels.chart_drawing import DRAWER, Drawer

_ROOT = str(Path(__file__).parents[1])  # the folder from which the package is imported
# What is on the path while the package is imported is off it for what comes after.
_PROGRAM = """
import sys
root, line = sys.argv[1:]
sys.path.insert(0, root)
from warm_kernels.fork_server import main
sys.path.remove(root)
if sys.path[0] == "": del sys.path[0]
main(int(line))
"""
_PATIENCE = 60.0  # seconds until a kernel must be there, the imports included
_PARTING = 5.0  # seconds for a zygote to end its kernels and itself
# Variables of the environment that a library or Python itself reads only once.
_READ_ONCE = ("PYTHON", "LC_", "LANG", "LD_", "OMP_", "OPENBLAS_", "MKL_", "ARROW_")
_NEVER_PASSED = ("PYTHONEXECUTABLE",)
# Arrow's allocator would start a thread in the zygote, and a thread is lost in a fork.
_THREADLESS = {"JE_ARROW_MALLOC_CONF": "background_thread:false", "JPY_PARENT_PID": "1"}

_zygotes: dict[int, Zygote] = {}  # by process: a client that forks has none in the copy
_said: set[str] = set()
_lock = Lock()


def _renew_lock() -> None:
    global _lock  # noqa: PLW0603 - another thread may have held it when we forked
    _lock = Lock()


os.register_at_fork(after_in_child=_renew_lock)


_LOOK = 0.005  # seconds between two looks at whether a kernel has ended
GONE = -signal.SIGKILL  # the status of a kernel whose zygote went first


class Fork:
    """A kernel process: its number, and its status once it has ended."""

    stdin = stdout = stderr = None  # which jupyter_client would close

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._heard = b""
        self.pid = 0
        self.returncode: int | None = None

    async def order(self, order: dict[str, Any]) -> None:
        """Tell the kernel, just forked, what it is to be."""
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._line, json.dumps(order).encode() + b"\n")

    async def greeting(self) -> dict[str, int]:
        """Return the ports of the kernel, whose sockets are bound by now.

        There are none if it ended at once. Raises `EOFError` if it was never born.
        """
        loop = asyncio.get_running_loop()
        while b"\n" not in self._heard:
            part = await loop.sock_recv(self._line, 4096)
            if not part:
                raise EOFError("the zygote hung up")
            self._heard += part
        first, _, self._heard = self._heard.partition(b"\n")
        said = json.loads(first)
        self.pid = said["pid"]
        self.returncode = said.get("exit")
        return dict(said.get("ports", {}))

    def poll(self) -> int | None:
        """Return the status of the kernel, or None while it runs."""
        while self.returncode is None:
            try:
                part = self._line.recv(4096)
            except BlockingIOError:
                return None
            except OSError:
                part = b""
            self._heard += part
            if b"\n" in self._heard:
                self.returncode = json.loads(self._heard)["exit"]
            elif not part:
                self.returncode = GONE
            if self.returncode is not None:
                self.close()  # nobody may ask again: then it would stay open
        return self.returncode

    def wait(self) -> int:
        """Wait for the kernel's end, let the zygote collect it, return its status."""
        while (status := self.poll()) is None:
            time.sleep(_LOOK)
        self.close()
        return status

    async def ended(self, seconds: float) -> bool:
        """Wait some time for the kernel's end; return whether it came."""
        until = time.monotonic() + seconds
        while self.poll() is None and time.monotonic() < until:
            await asyncio.sleep(_LOOK)
        return self.returncode is not None

    def send_signal(self, signum: int) -> None:
        """Signal the kernel, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signum)

    def kill(self) -> None:
        """End the kernel at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """Hang up: the zygote ends the kernel if it still runs, and forgets it."""
        self._line.close()


class Zygote:
    """A process with the libraries imported, and the line on which to ask for forks."""

    def __init__(self) -> None:
        self.environment = _read_once(dict(os.environ))
        self.served = self.asked = False
        self.drawer = None if DRAWER in os.environ else Drawer()
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own arguments
                [sys.executable, "-c", _PROGRAM, _ROOT, str(theirs.fileno())],
                env={**os.environ, **_THREADLESS},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def ask(self, streams: Sequence[int]) -> Fork:
        """Ask for a fork whose output goes to these descriptors."""
        self.asked = True
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._line, [b"fork"], [theirs.fileno(), *streams])
        ours.setblocking(False)
        return Fork(ours)

    def farewell(self) -> str | None:
        """Return why the process has ended, "" if it did not say, None if it lives."""
        for _ in range(2):
            try:
                return self._line.recv(4096, socket.MSG_DONTWAIT).decode()
            except BlockingIOError:
                return None
            except ConnectionResetError:
                continue  # it left requests unread; what it said comes after
            except OSError:
                break
        return ""

    def close(self) -> None:
        """End the process and its kernels."""
        self._line.close()
        if self.drawer:
            self.drawer.close()
        if not self.asked:  # it has no kernels to end first
            self._process.kill()
        try:
            self._process.wait(_PARTING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


async def fork(
    order: dict[str, Any], streams: Sequence[Any]
) -> tuple[Fork, dict[str, int]] | None:
    """Fork a kernel by its order; return it with its ports, or None if there is none.

    ``streams`` are where standard output and errors go, as `subprocess.Popen` has them.
    """
    zygote = _ours()
    if zygote is None:
        return None
    asked = _read_once(order["environment"])
    if zygote.environment != asked:
        differs = dict(zygote.environment.items() ^ asked.items())
        _say(f"the environment has another {min(differs)}")
        return None
    if zygote.drawer:
        order["environment"] |= zygote.drawer.variables
    kernel = None
    try:
        kernel = zygote.ask([_descriptor(stream) for stream in streams])
        await kernel.order(order)
        born = kernel, await asyncio.wait_for(kernel.greeting(), _PATIENCE)
    except (OSError, EOFError, TimeoutError) as error:
        if kernel is not None:
            kernel.close()
        _say(zygote.farewell() or str(error) or "the zygote does not answer")
        return None
    zygote.served = True
    return born


def _ours() -> Zygote | None:
    """Return this process's zygote, started if need be; None if that is hopeless."""
    with _lock:
        zygote = _zygotes.get(os.getpid())
        if zygote is not None and zygote.farewell() is None:
            return zygote
        if zygote is not None:
            zygote.close()
            if not zygote.served:  # nor will another serve
                return None
        zygote = _zygotes[os.getpid()] = Zygote()
        return zygote


def begin() -> None:
    """Start this process's zygote where there may be one, before a kernel is wanted.

    What it imports takes seconds, in which its client can do something else.
    """
    if wanted():
        _ours()


def stop() -> None:
    """End this process's zygote, if it has one."""
    with _lock:
        zygote = _zygotes.pop(os.getpid(), None)
        if zygote is not None:
            zygote.close()


atexit.register(stop)


def _read_once(environment: dict[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(_READ_ONCE) and name not in _NEVER_PASSED
    }


def _descriptor(stream: Any) -> int:  # noqa: ANN401 - a file or its number
    return stream if isinstance(stream, int) else int(stream.fileno())


def _say(why: str) -> None:
    if why not in _said:
        _said.add(why)
        print(f"kernels start the plain way: {why}", file=sys.stderr)  # noqa: T201
