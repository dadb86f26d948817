"""Carries a book to another machine, and there a notebook to its kernel.

This module is sent along with each notebook, so it needs nothing but Python. The book
comes as one archive, named for its content: a worker unpacks it once. The package
itself is in it; nothing of ours need be installed there, only the environment.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import io
import os
import sys
import tarfile
import tempfile
import threading
from pathlib import Path
from typing import Any

_PACKAGE = "sourcebook"
_LOCK = "_sourcebook_courier"  # in `sys`: what travels by value shares nothing else


def pack(root: Path, package: Path) -> bytes:
    """Return what notebooks can read of a book, and the package, as one archive.

    The same content gives the same bytes.
    """
    found = {
        f"book/{path.relative_to(root).as_posix()}": path
        for path in _inputs(root)
        if package not in path.parents
    }
    for path in _inputs(package):
        found[f"code/{path.relative_to(package.parent).as_posix()}"] = path
    stream = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        for name, path in sorted(found.items()):
            content = path.read_bytes()
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def _inputs(root: Path) -> list[Path]:
    """Return the files of a book, without what was built and what tools keep."""
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [n for n in folders if not n.startswith((".", "_build", "__"))]
        found += [Path(folder, name) for name in names if not name.startswith(".")]
    return [path for path in found if path.is_file()]


def same(archive: bytes) -> bytes:
    """Return an archive: this makes it a task of its own, which others wait for."""
    return archive


def deliver(archive: bytes, task: dict[str, Any]) -> dict[str, Any]:
    """Run a packed task on the book in ``archive``; return its packed result.

    This is what a worker does.
    """
    with vars(sys).setdefault(_LOCK, threading.Lock()):
        folder = _unpack(archive)
        code = str(folder / "code")
        if code not in sys.path[:1]:
            _forget()
            sys.path.insert(0, code)
        execution = importlib.import_module(f"{_PACKAGE}.running.execution")
        tasks = importlib.import_module(f"{_PACKAGE}.running.task")
    moved = {"root": str(folder / "book"), "path": (code,)}
    result = execution.execute(tasks.Task.unpacked(task | moved))
    packed: dict[str, Any] = result.packed()
    return packed


def _unpack(archive: bytes) -> Path:
    """Return the folder an archive lies unpacked in; it is whole or not there."""
    name = hashlib.sha256(archive).hexdigest()[:16]
    above = Path(_own_folder())
    folder = above / f"book-{name}"
    if not folder.is_dir():
        part = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=above))
        with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
            packed.extractall(part, filter="data")
        part.rename(folder)
    return folder


def _own_folder() -> str:
    """Return a folder of this worker, which goes when it ends."""
    from distributed import get_worker  # noqa: PLC0415 - there on a worker alone

    return str(get_worker().local_directory)


def _forget() -> None:
    """Forget the package as an earlier book had it, or as it is installed."""
    for name in [*sys.modules]:
        if name.partition(".")[0] == _PACKAGE:
            del sys.modules[name]
