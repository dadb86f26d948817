"""A forked kernel as its client sees it: what `subprocess.Popen` is for a plain one.

The kernel is the child of the zygote (`fork_server`), not of the client. A line (a
connected socket) stands for it: what the kernel has to say comes over it once, its end
comes over it from the zygote, and closing it ends the kernel. Until then the zygote
does not collect the dead kernel, so that its number cannot come to mean another
process.
"""

import asyncio
import json
import os
import signal
import socket
import time
from contextlib import suppress
from typing import Any

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
