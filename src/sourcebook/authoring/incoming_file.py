"""A document on its way in: one plain file of a known kind, neither empty nor huge.

Refuses what is no file of its own (a folder, a link, a device), what is too large to
be read by people, and a kind that nothing here can read. It opens the file to read it,
and never writes to it.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.coding.sheets import nearest
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from pathlib import Path

KINDS = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it was handed in: its name, its kind (``.pdf``) and its bytes."""

    name: str
    kind: str
    data: bytes


def take_in(path: Path) -> Incoming:
    """Read the file that is to be added. Raises `SourcebookError`."""
    try:
        found = path.lstat()
        _check(path, found.st_mode, found.st_size)
        return Incoming(path.name, path.suffix.lower(), path.read_bytes())
    except OSError as error:
        near = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
        raise SourcebookError(
            f"{path}: {error.strerror}{nearest(path.name, near)}\n"
            "  fix: name a document that can be read"
        ) from None


def _check(path: Path, mode: int, size: int) -> None:
    """Say what is wrong with a file before it is opened."""
    kinds = ", ".join(KINDS)
    if stat.S_ISLNK(mode):
        raise SourcebookError(
            f"{path}: a link to another file\n  fix: name the file it leads to"
        )
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not a file"
        raise SourcebookError(f"{path}: {what}\n  fix: name one document ({kinds})")
    if path.suffix.lower() not in KINDS:
        raise SourcebookError(
            f"{path}: files that end in {path.suffix or 'nothing'!r} are not read\n"
            f"  fix: save the document as one of {kinds}"
        )
    if size == 0:
        raise SourcebookError(f"{path}: empty\n  fix: name a document with a text")
    if size > MOST_BYTES:
        raise SourcebookError(
            f"{path}: {size / 1e6:.0f} MB, and the most is {MOST_BYTES / 1e6:.0f} MB\n"
            "  fix: add the part that is read as a document of its own, "
            "or leave the pictures out"
        )
