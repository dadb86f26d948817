"""Sources as they were read, kept in the book's ``_build`` until something moves.

To read a document and hold its sheet against it takes a second for each; a check, a
build and the kernel of each notebook want all of them. What comes out depends on a few
files, on the code of the floors that read, and on the libraries. Where all of these
are as they were, so is the source. A sheet at fault is not kept.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import sysconfig
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sourcebook.coding.sources import Source, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.coding.schema import Codebook
    from sourcebook.reading.actors import Aliases

FOLDER = "_build/.sourcebook/sources"
_PACKAGE = Path(__file__).parents[1]
_FLOORS = ("reading", "coding")


def kept_source(
    path: Path, codebook: Codebook, aliases: Aliases, *, held: bool = True
) -> Source:
    """Return the source of a sheet as `read_source` does, read again if need be.

    Nothing is kept beside a book that was never built.
    """
    folder = path.parents[1] / FOLDER
    if not folder.parents[1].is_dir():
        return read_source(path, codebook, aliases, held=held)
    place = folder / f"{path.stem}.pickle"
    told = repr((codebook, sorted(aliases.items()), held))
    before = _load(place)
    if before and before.get("key") == _key(path.parent, before["files"], told):
        found = before["source"]
        if isinstance(found, Source):
            return found
    source = read_source(path, codebook, aliases, held=held)
    files = [path.name, source.sheet.file]
    if source.sheet.original:
        files.append(source.sheet.original.file)
    _put(
        place, {"key": _key(path.parent, files, told), "files": files, "source": source}
    )
    return source


def _load(place: Path) -> dict[str, Any]:
    """Return what was kept; nothing where there is none, or it cannot be read."""
    try:
        kept = pickle.loads(place.read_bytes())  # noqa: S301 - of our own _build
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is made anew
        return {}
    return kept if isinstance(kept, dict) and "files" in kept else {}


def _put(place: Path, kept: dict[str, Any]) -> None:
    with suppress(OSError):  # a folder that cannot be written keeps nothing
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.{os.getpid()}.part")
        part.write_bytes(pickle.dumps(kept, pickle.HIGHEST_PROTOCOL))
        part.replace(place)


def _key(folder: Path, files: Iterable[str], told: str) -> str:
    """Return a digest of all that a source is read from, files by their bytes."""
    read = [_sha256(folder / name) for name in files]
    return hashlib.sha256("\0".join([_code(), told, *read]).encode()).hexdigest()


@cache
def _code() -> str:
    """Return a digest of what reads: our code, Python, the libraries there are."""
    paths = [path for floor in _FLOORS for path in (_PACKAGE / floor).rglob("*.py")]
    paths.append(_PACKAGE / "errors.py")
    code = [_sha256(path) for path in sorted(paths)]
    libraries = sorted(os.listdir(sysconfig.get_path("purelib")))  # noqa: PTH208
    told = "\n".join([sys.version, *libraries, *code])
    return hashlib.sha256(told.encode()).hexdigest()


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
