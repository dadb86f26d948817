"""What a notebook reads, noted as it reads it. This runs inside the notebook's kernel.

The text of this module is sent to the kernel before the first cell; it needs nothing
but Python. A hook on Python's own events notes every file opened and every folder
listed below the book's root. It also refuses to open one for writing, to move or to
remove it: a notebook must not change the book. Files elsewhere that are nobody's tools
are told: another reader has none of them. What a program started by the notebook does,
or a library beneath Python, is not seen.
"""

import hashlib
import json
import os
import sys
import tempfile
import time
from typing import Any

NAME = "_sourcebook_watch"  # under which the kernel keeps what was noted
_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_APART = {"_build", "__pycache__", "node_modules"}  # made by tools, not by people
# Where the machine's own files lie; libraries open many.
_MACHINE = tuple("/proc /dev /sys /etc /usr /lib /var /opt /System /Library".split())
_FOLDERS = "/proc/self/fd" if os.path.isdir("/proc/self/fd") else "/dev/fd"
_FINDERS = ("importlib", "pkgutil")  # Python looking for modules is no reading
_LISTS = {"os.listdir", "os.scandir"}
_CHANGES = {  # events, and which arguments are a path and the folder it is below
    "os.remove": ((0, 1),),
    "os.rmdir": ((0, 1),),
    "os.truncate": ((0, None),),
    "os.rename": ((0, 2), (1, 3)),
    "os.link": ((1, 3),),
    "os.symlink": ((1, 2),),
    "os.mkdir": ((0, 2),),  # of one that is there, nothing comes
}


class Watch:
    """The notes on one notebook."""

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root)
        self.files: set[str] = set()
        self.folders: set[str] = set()
        self.outside: set[str] = set()
        self.changed: list[tuple[int, str]] = []
        self.count = 0
        self.on = True
        self.since = time.time_ns()

    def next_cell(self, *_: object) -> None:
        """Count a code cell that begins."""
        self.count += 1

    def hook(self, event: str, args: tuple[Any, ...]) -> None:
        """Note one of Python's events."""
        __tracebackhide__ = True  # a reader's traceback ends in the reader's code
        if not self.on:
            return
        if event == "open":
            self._opened(*args)
        elif event in _LISTS:
            self._listed(*args)
        for path, folder in _CHANGES.get(event, ()):
            at = -1 if folder is None else args[folder]
            if event != "os.mkdir" or not os.path.exists(_below(at, args[path])):
                self._refuse(args[path], at)

    def _opened(self, path: object, _mode: object, flags: object) -> None:
        __tracebackhide__ = True
        if isinstance(flags, int) and flags & _WRITE:
            self._refuse(path)
        elif (name := self.inside(path)) is not None:
            self.files.add(name)
        elif isinstance(path, str | bytes | os.PathLike):
            self.outside.add(os.path.realpath(os.fsdecode(path)))

    def _listed(self, path: object = None) -> None:
        name = self.inside("." if path is None else _below(-1, path))
        caller = sys._getframe(2).f_code.co_filename  # noqa: SLF001 - the only way
        if name is not None and not any(finder in caller for finder in _FINDERS):
            self.folders.add(name)

    def _refuse(self, path: object, folder: int = -1) -> None:
        name = self.inside(_below(folder, path))
        if name is None:
            return
        self.changed.append((self.count, name))
        raise PermissionError(f"{name}: a notebook must not change files of the book")

    def inside(self, path: object) -> str | None:
        """Return a path below the root as the book names it; None for any other."""
        if not isinstance(path, str | bytes | os.PathLike):
            return None  # opened before, and noted then
        full = os.path.abspath(os.fsdecode(path))
        if not full.startswith(self.root + os.sep):
            full = os.path.realpath(full)
        if full == self.root:
            return "."
        if not full.startswith(self.root + os.sep):
            return None
        parts = full[len(self.root) + 1 :].split(os.sep)
        if any(part in _APART or part.startswith(".") for part in parts):
            return None
        return "/".join(parts)

    def report(self) -> str:
        """Return all notes, with a digest for each, as JSON."""
        self.on = False
        home = _package_home()
        files = {name: self._digest(name) for name in self.files}
        modules = {}
        for path in [
            *(os.path.join(self.root, name) for name in self.files),
            *(getattr(module, "__file__", None) for module in [*sys.modules.values()]),
        ]:
            if not isinstance(path, str):
                continue
            if home and path.startswith(home + os.sep):
                name = os.path.relpath(path, os.path.dirname(home))
                modules[name.replace(os.sep, "/")] = self._digest(path)
                files.pop(self.inside(path) or "", None)
            elif (inside := self.inside(path)) is not None:
                files[inside] = self._digest(inside)
        folders = {n: names(os.path.join(self.root, n)) for n in self.folders}
        found = {"files": files, "folders": folders, "modules": modules}
        told = {"changed": self.changed, "outside": self._elsewhere()}
        return json.dumps({"reads": found, **told})

    def _elsewhere(self) -> list[str]:
        """Return the files outside the book that no tool has brought, sorted."""
        places = [self.root, sys.prefix, sys.base_prefix, tempfile.gettempdir()]
        places += [*filter(None, sys.path), *_MACHINE]
        homes = tuple(os.path.realpath(place) + os.sep for place in places)
        found = (p for p in self.outside if not p.startswith(homes) and "/." not in p)
        return sorted(filter(os.path.isfile, found))

    def _digest(self, name: str) -> str:
        path = os.path.join(self.root, name)
        try:
            if self.since < os.stat(path).st_mtime_ns <= time.time_ns():
                return "changed"
        except OSError:
            return ""
        return digest(path)


def digest(path: str) -> str:
    """Return the SHA-256 of a file's bytes; "" where there is no file."""
    try:
        with open(path, "rb") as stream:
            return hashlib.sha256(stream.read()).hexdigest()
    except OSError:
        return ""


def names(path: str) -> str:
    """Return how many names a folder holds, and a SHA-256; those of tools left out."""
    try:
        found = sorted(os.listdir(path))
    except OSError:
        return ""
    kept = [n for n in found if n not in _APART and not n.startswith(".")]
    return f"{len(kept)} {hashlib.sha256(chr(0).join(kept).encode()).hexdigest()}"


def _below(folder: int, path: object) -> str:
    """Return a path that may be given as, or below, an open folder."""
    if isinstance(path, int):
        return os.path.realpath(f"{_FOLDERS}/{path}")
    name = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
    base = os.path.realpath(f"{_FOLDERS}/{folder}") if folder >= 0 else ""
    return os.path.join(base, name)


def _package_home() -> str:
    file = getattr(sys.modules.get("sourcebook"), "__file__", None)
    return os.path.dirname(os.path.abspath(file)) if file else ""


def begin(root: str) -> None:
    """Watch from here on."""
    watch = Watch(root)
    setattr(sys, NAME, watch)
    shell = sys.modules["IPython"].get_ipython()
    shell.events.register("pre_run_cell", watch.next_cell)
    sys.addaudithook(watch.hook)
