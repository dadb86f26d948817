"""A notebook to run, what came of it, and what its outputs rest on: plain values.

A record is written when a notebook has run, and kept beside its outputs. It is small,
plain JSON, and read without any library of notebooks: the question what is stale, and
why, must cost next to nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from dataclasses import asdict, dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import yaml

import sourcebook
from sourcebook.coding.book_files import put
from sourcebook.errors import SourcebookError
from sourcebook.running import read_watch

if TYPE_CHECKING:
    from pathlib import Path


_LOCK = "requirements.lock"
NEVER = "never run"


_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a notebook may use: seconds a cell, seconds in all, megabytes of output.

    They are settings of the book: ``execute: timeout`` in ``_config.yml``, and below
    ``sphinx: config`` there ``sourcebook_notebook_timeout`` and
    ``sourcebook_output_limit``.
    """

    cell: float = 120
    notebook: float = 600
    megabytes: float = 20

    @property
    def bytes(self) -> int:
        """Return how many bytes the outputs of a notebook may take."""
        return int(self.megabytes * _MEGABYTE)

    @classmethod
    def of(cls, root: Path) -> Self:
        """Return the limits a book sets. Raises `SourcebookError`."""
        path = root / "_config.yml"
        if not path.is_file():
            return cls()
        book = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        more = (book.get("sphinx") or {}).get("config") or {}
        given = {
            "cell": ((book.get("execute") or {}).get("timeout"), "execute: timeout"),
            "notebook": (more.get(NOTEBOOK), NOTEBOOK),
            "megabytes": (more.get(OUTPUT), OUTPUT),
        }
        return cls(**{k: _number(*v) for k, v in given.items() if v[0] is not None})


NOTEBOOK, OUTPUT = "sourcebook_notebook_timeout", "sourcebook_output_limit"


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        fix = "write a number above zero"
        raise SourcebookError(f"_config.yml: {name}: {value!r} is not a limit", fix=fix)
    return value


@dataclass(frozen=True, slots=True)
class Task:
    """A notebook to run: its name below the book's ``root``, and its JSON."""

    name: str
    notebook: str
    root: str
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Reads:
    """What a run read below the book's root, each with a digest of what it held.

    ``files`` are files of the book, "" for one that was looked for and not there;
    ``folders`` are lists of names; ``modules`` are files of the package. A digest
    "changed" stands for what moved while the notebook ran.
    """

    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    modules: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong: the notebook, where in it, what, and the traceback if any."""

    name: str
    cell: str
    what: str
    traceback: str = ""

    def __str__(self) -> str:
        """Return the failure for a person to read."""
        head = f"{self.name}: {self.cell or 'the notebook'} {self.what}"
        lines = self.traceback.splitlines()
        return "\n".join([head, *(f"    {line}".rstrip() for line in lines)])


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a task: the executed notebook's JSON, or a failure."""

    name: str
    seconds: float
    notebook: str = ""
    reads: Reads = field(default_factory=Reads)
    failure: Failure | None = None
    outside: tuple[str, ...] = ()  # files it opened that are none of the book


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One notebook's last run.

    ``key`` is where Jupyter's cache keeps its outputs; ``cells`` has a digest for each
    code cell.
    """

    key: str
    seconds: float
    kernel: str
    cells: tuple[str, ...]
    environment: dict[str, str]
    reads: Reads

    def write(self, path: Path) -> None:
        """Write the record in one step."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True) + "\n"
        put(path, text.encode())

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Return the record in a file; None where there is none that can be read."""
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
            reads, cells = Reads(**fields["reads"]), tuple(fields["cells"])
            return cls(**(fields | {"reads": reads, "cells": cells}))
        except (OSError, ValueError, KeyError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class Code:
    """What of a notebook is run: its kernel, and a digest for each code cell."""

    kernel: str
    cells: tuple[str, ...]

    @classmethod
    def of(cls, notebook: dict[str, Any]) -> Self:
        """Return the code of a notebook's JSON."""
        cells = tuple(
            _digest(["".join(cell["source"]), cell.get("metadata", {})])
            for cell in notebook["cells"]
            if cell["cell_type"] == "code"
        )
        return cls(_digest(notebook.get("metadata", {}).get("kernelspec", {})), cells)

    def moved(self, record: RunRecord) -> str:
        """Return what differs from the code that was run; "" for nothing.

        >>> ran = RunRecord("", 1, "k", ("a", "b"), {}, Reads())
        >>> Code("k", ("a",)).moved(ran), Code("k", ("a", "c")).moved(ran)
        ('2 code cells before, 1 now', 'cell 2 changed')
        >>> Code("k", ("c", "d")).moved(ran), Code("l", ("a", "b")).moved(ran)
        ('cells 1, 2 changed', 'its kernel changed')
        >>> Code("k", ("a", "b")).moved(ran)
        ''
        """
        if len(self.cells) != len(record.cells):
            return f"{len(record.cells)} code cells before, {len(self.cells)} now"
        pairs = zip(self.cells, record.cells, strict=True)
        differ = [n for n, (now, then) in enumerate(pairs, start=1) if now != then]
        if differ:
            word = "cells" if len(differ) > 1 else "cell"
            return f"{word} {', '.join(map(str, differ))} changed"
        return "" if self.kernel == record.kernel else "its kernel changed"


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


class Present:
    """The files of a book as they are now; each is looked at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._digest, self._names = cache(read_watch.digest), cache(read_watch.names)

    @cached_property
    def environment(self) -> dict[str, str]:
        """Return what every notebook rests on: the libraries and Python itself."""
        return {_LOCK: self.file(_LOCK), "Python": platform.python_version()}

    def file(self, name: str) -> str:
        """Return the digest of a file below the root; "" where there is none."""
        return self._digest(str(self.root / name))

    def module(self, name: str) -> str:
        """Return the digest of a file of the package."""
        return self._digest(os.path.join(_HOME, name))  # noqa: PTH118 - many, and quick

    def folder(self, name: str) -> str:
        """Return the digest of the names in a folder below the root."""
        return self._names(str(self.root / name))

    def moved(self, record: RunRecord) -> str:
        """Return what changed since a run, of all that it read; "" for nothing."""
        reads = record.reads
        for name, then in record.environment.items():
            if self.environment.get(name) != then:
                return f"{name} changed"
        for kind, known in ((self.file, reads.files), (self.module, reads.modules)):
            for name, then in known.items():
                if (now := kind(name)) != then:
                    return _happened(name, then, now)
        for name, then in reads.folders.items():
            if (now := self.folder(name)) != then:
                return _came_or_went(name, then, now)
        return ""


_HOME = str(Path(sourcebook.__file__).parent.parent)


def _happened(name: str, then: str, now: str) -> str:
    """Say what became of a file, by its digests.

    >>> _happened("a.py", "1", ""), _happened("a.py", "", "2")
    ('a.py is gone', 'a.py is new')
    >>> _happened("a.py", "1", "2"), _happened("a.py", "changed", "2")
    ('a.py changed', 'a.py changed while it ran')
    """
    if not now:
        return f"{name} is gone"
    if not then:
        return f"{name} is new"
    return f"{name} changed{' while it ran' if then == 'changed' else ''}"


def _came_or_went(folder: str, then: str, now: str) -> str:
    """Say what became of a folder, by the number and the digest of its names.

    >>> _came_or_went("book", "2 a", "3 b"), _came_or_went("book", "1 a", "")
    ('new file in book/', 'missing file in book/')
    >>> _came_or_went("book", "2 a", "2 b")
    'renamed file in book/'
    """
    before, after = (int(names.partition(" ")[0] or 0) for names in (then, now))
    if before == after:
        return f"renamed file in {folder}/"
    return f"{'new' if after > before else 'missing'} file in {folder}/"
