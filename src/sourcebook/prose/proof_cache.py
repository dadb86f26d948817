"""What was held against a book before, and found without fault.

To read the proofs of every page, and to set second readings beside their sheets, takes
longer than all the rest of a check, and mostly all is as it was. So a digest is kept of
what had no fault, together with the code and with all that it was held against; what
has a fault is looked at again each time. Where there is no `_build` to keep it in,
nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import sourcebook

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT = "_build/.sourcebook/clean.json"
_AGAINST = ("seeds/*", "book/questions/*.yml", "book/record/*.yml", "book/wording.yml")


class Clean:
    """What of a book is known to be without fault; each named by all its parts."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._code = _code()
        self._before = self._read()
        self._now: set[str] = set()

    def knows(self, *parts: str) -> bool:
        """Whether something was found without fault before."""
        key = self._key(parts)
        if key in self._before:
            self._now.add(key)
        return key in self._before

    def add(self, *parts: str) -> None:
        """Remember that something is without fault."""
        self._now.add(self._key(parts))

    def keep(self) -> None:
        """Write down what is known now, and nothing older."""
        path = self._root / KEPT
        if self._now != self._before and path.parents[1].is_dir():
            with suppress(OSError):  # a folder that is only to be read
                path.parent.mkdir(exist_ok=True)
                part = path.with_suffix(".part")
                part.write_text(json.dumps(sorted(self._now)), encoding="utf-8")
                part.replace(path)

    def _read(self) -> set[str]:
        try:
            return set(json.loads((self._root / KEPT).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return set()

    def _key(self, parts: Iterable[str]) -> str:
        return hashlib.sha256("\0".join((self._code, *parts)).encode()).hexdigest()


def _code() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(sourcebook.__file__).parent.rglob("*.py")):
        facts = path.stat()
        digest.update(f"{path.name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def contents(paths: Iterable[Path]) -> str:
    """Return a digest of some files, by their names and bytes."""
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            read = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.name} {read}\n".encode())
    return digest.hexdigest()


def held_against(root: Path) -> str:
    """Return a digest of all that the words of a page are held against."""
    return contents(sorted(each for given in _AGAINST for each in root.glob(given)))
