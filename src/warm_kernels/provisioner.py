"""What Jupyter asks for a kernel: forks one where it can, else starts a plain one.

The ports are chosen by the kernel as it binds them. (Chosen by the client beforehand,
as is usual, they may be taken by another process before the kernel gets to them.)
"""

import os
import pathlib
import subprocess
import sys
from typing import Any

from jupyter_client.connect import KernelConnectionInfo, LocalPortCache
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from warm_kernels import fork_client, wanted
from warm_kernels.fork_client import Fork

_LAUNCH = [sys.executable, "-m", "ipykernel_launcher"]
_UNDERSTOOD = {"cwd", "env", "stdin", "stdout", "stderr", "independent"}
_PATIENCE = 1.0  # seconds given to a kernel that was told to end before others look


class WarmProvisioner(LocalProvisioner):
    """Starts kernels by forking them from this process's zygote."""

    parent: Any  # the manager of the kernel

    async def launch_kernel(
        self,
        cmd: list[str],
        **kwargs: Any,  # noqa: ANN401 - whatever Popen takes
    ) -> KernelConnectionInfo:
        """Fork a kernel, or start a plain one; return where it listens."""
        again = self.process is not None or self.pid is not None
        plain = self._scrub_kwargs(kwargs)
        fork = None
        if wanted() and _fits(cmd, plain):
            fork = await self._forked(cmd, plain, again=again)
        if fork is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process: Any = fork
        self.pid = self.pgid = fork.pid
        self.cwd = kwargs.get("cwd", pathlib.Path.cwd())
        return self.connection_info

    async def _forked(
        self, cmd: list[str], kwargs: dict[str, Any], *, again: bool
    ) -> Fork | None:
        streams = [
            1 if kwargs.get("stdout") is None else kwargs["stdout"],
            2 if kwargs.get("stderr") is None else kwargs["stderr"],
        ]
        order = {
            "command": cmd,
            "folder": os.fspath(kwargs.get("cwd") or pathlib.Path.cwd()),
            "environment": {**kwargs["env"], "JPY_PARENT_PID": str(os.getpid())},
            "choose_ports": "" if again else self._connection_file(),
        }
        born = await fork_client.fork(order, streams)
        if born is None:
            return None
        fork, ports = born
        self._adopt(ports)
        return fork

    def _connection_file(self) -> str:
        """Return the file whose ports may be chosen anew, or nothing."""
        file = pathlib.Path(self.parent.connection_file).resolve()
        return str(file) if self.connection_info["transport"] == "tcp" else ""

    def _adopt(self, ports: dict[str, int]) -> None:
        """Make the ports that the kernel has bound those of its manager."""
        cache = LocalPortCache.instance()
        for name, port in ports.items():
            cache.return_port(self.connection_info[name])  # type: ignore[literal-required]
            self.connection_info[name] = port  # type: ignore[literal-required]
            setattr(self.parent, name, port)

    async def shutdown_requested(
        self,
        restart: bool = False,  # noqa: FBT001, FBT002 - Jupyter's signature
    ) -> None:
        """Wait for the end that the kernel was asked for: it comes in no time."""
        await super().shutdown_requested(restart=restart)
        await self._ended()

    async def kill(
        self,
        restart: bool = False,  # noqa: FBT001, FBT002 - likewise
    ) -> None:
        """End the kernel at once."""
        await super().kill(restart=restart)
        await self._ended()

    async def _ended(self) -> None:
        if isinstance(self.process, Fork):
            await self.process.ended(_PATIENCE)


def _fits(cmd: list[str], kwargs: dict[str, Any]) -> bool:
    """Return whether a fork would be what the command and arguments ask for."""
    if cmd[:3] != _LAUNCH or kwargs.keys() - _UNDERSTOOD:
        return False
    alone = kwargs.get("independent") or kwargs.get("stdin") is not None
    streams = (kwargs.get("stdout"), kwargs.get("stderr"))
    return not alone and subprocess.PIPE not in streams
