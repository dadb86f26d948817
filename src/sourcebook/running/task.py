"""One notebook to run, and what came of it: plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

import yaml

from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from pathlib import Path

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
