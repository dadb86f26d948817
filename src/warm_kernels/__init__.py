"""Warm kernels: what runs notebooks, without importing the libraries each time.

A kernel takes most of its start to import pandas, Altair and the like. Here one parent
process, the zygote, imports them once and forks a kernel whenever one is wanted;
another, the drawer, has the engine running that draws their charts. What runs notebooks
(nbclient, nbval, jupyter-cache, Jupyter Book) need not know: it asks for the kernel
``python3`` and gets a forked one while `warm_kernels` is on.

It is turned on by a kernel of the same name, earlier on Jupyter's path: notebooks keep
asking for ``python3``, and caches stay valid. The environment variable
``WARM_KERNELS=plain`` leaves everything as it is. Forking needs Linux. Elsewhere, and
wherever a zygote cannot be had, kernels start the plain way, and one line on stderr
says why.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

__all__ = ["environment", "warm_kernels"]

SPEC = Path(__file__).parent / "spec"  # a folder as JUPYTER_PATH lists them
_PATH = "JUPYTER_PATH"
_lock = Lock()
_users: list[str | None] = []  # one for each block inside: the path as it was outside


def wanted() -> bool:
    """Return whether warm kernels are allowed, and possible on this system."""
    allowed = os.environ.get("WARM_KERNELS") != "plain"
    return allowed and sys.platform == "linux"


def environment() -> dict[str, str]:
    """Return the variables with which another process runs warm kernels, too."""
    before = os.environ.get(_PATH, "")
    if not wanted() or str(SPEC) in before.split(os.pathsep):
        return {}
    return {_PATH: os.pathsep.join(part for part in (str(SPEC), before) if part)}


@contextmanager
def warm_kernels() -> Iterator[None]:
    """Run notebooks with warm kernels, in this process and its children.

    May be nested, and used by several threads: the last to leave ends the zygote.
    """
    with _lock:
        _users.append(os.environ.get(_PATH))
        os.environ.update(environment())
    try:
        yield
    finally:
        with _lock:
            before = _users.pop()
            if not _users:
                _leave(before)


def _leave(before: str | None) -> None:
    """Put the path back, and end this process's zygote, if it has one."""
    if before is None:
        os.environ.pop(_PATH, None)
    else:
        os.environ[_PATH] = before
    if zygote := sys.modules.get("warm_kernels.fork_client"):
        zygote.stop()
