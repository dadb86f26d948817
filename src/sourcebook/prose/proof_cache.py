"""Which texts were read before, with the same collection, and found without fault.

Reading the proofs of every page takes longer than all the rest of a check, and mostly
they are as they were. So a digest is kept of each text that had no fault, together with
all that it was held against; what has a fault is read again each time. Where there is
no `_build` to keep it in, nothing is kept.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

import sourcebook

KEPT = "_build/.sourcebook/clean.json"
_AGAINST = ("seeds/*", "book/questions/*.yml", "book/record/*.yml", "book/wording.yml")


class Clean:
    """The texts of a book that are known to be without fault."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._state = _state(root)
        self._before = self._read()
        self._now: set[str] = set()

    def knows(self, page: str, text: str) -> bool:
        """Whether a text was found without fault before."""
        key = self._key(page, text)
        if key in self._before:
            self._now.add(key)
        return key in self._before

    def add(self, page: str, text: str) -> None:
        """Remember that a text is without fault."""
        self._now.add(self._key(page, text))

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

    def _key(self, page: str, text: str) -> str:
        parts = (self._state, page, text)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _state(root: Path) -> str:
    """Return a digest of the code, and of what texts are held against."""
    digest = hashlib.sha256()
    for path in sorted(Path(sourcebook.__file__).parent.rglob("*.py")):
        facts = path.stat()
        digest.update(f"{path.name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    for path in sorted(each for pattern in _AGAINST for each in root.glob(pattern)):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
