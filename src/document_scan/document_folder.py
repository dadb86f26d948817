"""The documents of a folder: which files they are, and their bytes.

A document is a file whose name ends in one of `SUFFIXES`, in the folder or below it.
What begins with a dot is passed over; files of other kinds are counted. Links are not
followed, wherever they lead, and what is not a regular file is not opened. A file that
cannot be opened, or is too large, is refused with its reason, and the others are read.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from document_scan.table_reader import ScanError

SUFFIXES: Final = (".md", ".txt")
LARGEST: Final = 4_000_000  # bytes: four long novels, and seconds for every reader


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not read, by its name below the folder, and why."""

    name: str
    reason: str

    def __str__(self) -> str:
        """Print the name so that it can do no harm to a terminal, and the reason."""
        return f"{shown(self.name)} {shown(self.reason)}"


@dataclass(frozen=True, slots=True)
class Text:
    """A document: its name below the folder, with slashes, and its bytes."""

    name: str
    data: bytes


def shown(name: str) -> str:
    r"""Return a name for people: whatever could move a cursor is spelled out.

    >>> print(shown("a\nb\u202etxt.md"))
    a\nb\u202etxt.md
    """
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode("ascii")
        for each in name
    )


def find_documents(folder: Path) -> tuple[list[str], list[Refused], Counter[str]]:
    """Return the names of all documents below a folder, sorted, and what was refused.

    With them comes how many other files there are, by the end of their names: a reader
    who expects their texts in the tables must be told that they are not there.

    Raises `ScanError` when there is no such folder, or nothing in it to read.
    """
    if not folder.is_dir():
        raise ScanError(
            f"no folder {shown(str(folder))}\n  fix: name the folder of the documents"
        )
    found, refused = [], []
    others = Counter[str]()

    def unreadable(error: OSError) -> None:
        name = os.path.relpath(error.filename, folder)
        refused.append(Refused(name, f"cannot be listed: {error.strerror}"))

    for path, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = [each for each in folders if not each.startswith(".")]
        for name in [*folders, *files]:
            below = os.path.relpath(os.path.join(path, name), folder)  # noqa: PTH118
            if os.path.islink(os.path.join(path, name)):  # noqa: PTH114, PTH118
                if name in folders or _is_document(name):
                    refused.append(Refused(below, "is a link; links are not followed"))
            elif name in files and _is_document(name):
                found.append(below.replace(os.sep, "/"))
            elif name in files and not name.startswith("."):
                others[os.path.splitext(name)[1].lower() or "no ending"] += 1  # noqa: PTH122
    if not found and not refused:
        raise ScanError(
            f"no document in {shown(str(folder))}: no file ends in "
            f"{' or '.join(SUFFIXES)}\n  fix: save the texts as UTF-8 in such files"
        )
    return sorted(found), sorted(refused, key=lambda each: each.name), others


def _is_document(name: str) -> bool:
    return not name.startswith(".") and name.lower().endswith(SUFFIXES)


def read_texts(folder: Path, names: Iterable[str]) -> Iterator[Text | Refused]:
    """Read the named documents one after the other, or say why one cannot be read."""
    for name in names:
        try:
            yield Text(name, _read_bytes(folder / name))
        except ScanError as error:
            yield Refused(name, str(error).partition("\n")[0].strip())
        except OSError as error:
            yield Refused(name, f"cannot be opened: {error.strerror}")


def _read_bytes(path: Path) -> bytes:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise ScanError("has a name that is not UTF-8") from None
    if path.is_symlink() or not path.is_file():
        raise ScanError("is not a file")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        limit = LARGEST // 1_000_000
        raise ScanError(f"is larger than {limit} MB, which is no one document")
    return data
