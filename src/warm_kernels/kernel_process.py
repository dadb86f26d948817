"""A kernel just forked: what it must not have from its parent, and then its life.

Everything a plain kernel has by being started is set here by hand: session, folder,
environment, streams, arguments, random state. It ends without taking Python down
piece by piece, which is slow: what was registered for the end runs, and that is all.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import importlib
import json
import os
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    import socket

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER
_PORTS = ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port")
_PATIENCE = 2.0  # seconds for the threads that are about to end


def live(
    line: socket.socket, streams: list[int], *, zygote: int, added: dict[str, str]
) -> NoReturn:
    """Be the kernel that the order on the line describes, to its end.

    ``added`` are the variables that the libraries have set.
    """
    status = 1
    try:
        _leave_parent(streams, zygote=zygote)
        order = _order(line)
        order["environment"] = added | order["environment"]
        _be_new(order)
        _run(order, line)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - the last place where it can be seen
        traceback.print_exc(file=sys.__stderr__)
    finally:
        _end(status)


def adopt_orphans() -> None:
    """Be the parent of whatever our children leave behind, and not the system."""
    ctypes.CDLL(None).prctl(_ADOPT, 1)


def _leave_parent(streams: list[int], *, zygote: int) -> None:
    """Start a session of our own, end when the parent ends, take our streams.

    What a notebook detaches stays ours while we live; the zygote ends it after us.
    """
    os.setsid()
    adopt_orphans()
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != zygote:
        os._exit(1)
    for number, stream in enumerate(streams, start=1):
        os.dup2(stream, number)
        os.close(stream)


def _order(line: socket.socket) -> dict[str, Any]:
    with line.makefile("rb") as lines:
        order: dict[str, Any] = json.loads(lines.readline())
    return order


def _be_new(order: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    os.chdir(order["folder"])
    sys.orig_argv[:] = order["command"]
    found = importlib.util.find_spec("ipykernel_launcher")
    launcher = (found and found.origin) or "ipykernel_launcher.py"
    sys.argv[:] = [launcher, *order["command"][3:]]
    importlib.invalidate_caches()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()  # the old state; Python sees to its own


def _run(order: dict[str, Any], line: socket.socket) -> None:
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415 - imported long ago, in the parent

    if order["choose_ports"]:
        _forget_ports(order["choose_ports"])
    app: Any = IPKernelApp.instance()
    app.initialize(sys.argv[1:])
    if widgets := sys.modules.get("ipywidgets"):
        widgets.register_comm_target()  # else on import, where a kernel is there
    ports = {name: getattr(app, name) for name in _PORTS}
    ports["hb_port"] = app.heartbeat.port  # which may have chosen twice
    line.sendall(json.dumps({"pid": os.getpid(), "ports": ports}).encode() + b"\n")
    line.close()
    app.start()
    # ipykernel closes these threads at exit, and hangs if it meets them ending.
    for thread in (app.control_thread, app.shell_channel_thread):
        if thread is not None:
            thread.join(_PATIENCE)


def _forget_ports(file: str) -> None:
    """Let the kernel bind ports that are free, not those that were found for it."""
    with open(file, "r+", encoding="utf-8") as connection:  # noqa: PTH123 - in place
        written = json.load(connection)
        connection.seek(0)
        json.dump(written | dict.fromkeys(_PORTS, 0), connection)
        connection.truncate()


def _end(status: int) -> NoReturn:
    with suppress(BaseException):  # the process ends here, whatever is raised
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001
        atexit._run_exitfuncs()  # noqa: SLF001 - Python offers no public way to either
        gc.collect()
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)
