"""What takes long to read, kept in the book's ``_build`` until something moves.

To read a document and hold its sheet against it takes a second for each; a check, a
build and the kernel of each notebook want all of them. What comes out depends on a few
files, on the code of the rooms that read, and on the libraries. Where all of these
are as they were, so is the source. A sheet at fault is not kept. `Clean` remembers what
was checked and had no fault. Where there is no `_build`, nothing is kept.
"""

import hashlib
import io
import json
import os
import pickle
import shutil
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sourcebook.coding.book_files import digest, put
from sourcebook.coding.schema import Codebook
from sourcebook.coding.sheets import sheet_paths
from sourcebook.coding.sources import Source, read_source
from sourcebook.reading.actors import Aliases

KEPT = "_build/.sourcebook/kept"
_CLEAN = "_build/.sourcebook/clean.json"
_PACKAGE = Path(__file__).parents[1]
_PARTS = {"key", "files", "made"}
_SHAPED = ("__dataclass_fields__", "model_fields", "_fields")  # which values have

Made = TypeVar("Made")


def kept_source(
    path: Path, codebook: Codebook, aliases: Aliases, *, held: bool = True
) -> Source:
    """Return the source of a sheet as `read_source` does, read again if need be."""
    sheet = sheet_paths(path)
    told = repr((codebook, sorted(aliases.items()), held, len(sheet)))

    def make() -> tuple[list[Path], Source]:
        source = read_source(path, codebook, aliases, held=held)
        original = source.sheet.original
        names = [source.sheet.file, *([original.file] if original else [])]
        return [*sheet, *(path.parent / name for name in names)], source

    place = path.parents[1] / KEPT / f"{path.stem}.pickle"
    return kept(place, make, told=told, rooms=("reading", "coding"))


def bring_kept(root: Path, copy: Path) -> None:
    """Let a copy of a book know what was read of it; what misfits is read again."""
    (copy / "_build").mkdir(exist_ok=True)
    if (root / KEPT).is_dir():
        shutil.copytree(root / KEPT, copy / KEPT)


def kept(
    place: Path,
    make: Callable[[], tuple[list[Path], Made]],
    *,
    told: str,
    rooms: tuple[str, ...] = ("reading", "coding", "comparing"),
) -> Made:
    """Return what ``make`` makes, with the files it read, or made before.

    It depends on the bytes of these files, on what is ``told``, and on the code of some
    rooms. Nothing is kept beside a book that was never built.
    """
    root = place.parents[3]
    if not place.parents[2].is_dir():
        return make()[1]
    told = f"{_code(rooms)}\0{told}"
    before = _load(place)
    if before and before["key"] == _key(root, before["files"], told):
        found: Made = before["made"]
        return found
    began = time.time_ns()
    files, made = make()
    # Of a file saved meanwhile nobody knows which of both it was that was read.
    if any(path.stat().st_mtime_ns >= began for path in files):
        return made
    names = [os.path.relpath(path, root) for path in files]  # the book may be copied
    _put(place, {"key": _key(root, names, told), "files": names, "made": made})
    return made


def _load(place: Path) -> dict[str, Any]:
    """Return what was kept; nothing where there is none, or it is damaged."""
    with suppress(Exception):  # whatever is wrong with it, it is made anew
        # The digest tells damage before anything of it is unpickled.
        digest, _, data = place.read_bytes().partition(b"\n")
        if digest.decode() == hashlib.sha256(data).hexdigest():
            kept = _Unpickler(io.BytesIO(data)).load()
            return kept if kept.keys() == _PARTS else {}
    return {}


class _Unpickler(pickle.Unpickler):
    """Reads values alone: a book may come from others, and its ``_build`` with it."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as pickle has it
        """Return a class of values. Raises `UnpicklingError` for anything else."""
        found = super().find_class(module, name)
        home = getattr(found, "__module__", "")  # and not where it is imported
        ours = home.startswith("sourcebook.") and any(
            hasattr(found, k) for k in _SHAPED
        )
        if ours or home in {"array", "fractions"}:
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _put(place: Path, kept: dict[str, Any]) -> None:
    with suppress(OSError):  # a folder that cannot be written keeps nothing
        data = pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)
        put(place, hashlib.sha256(data).hexdigest().encode() + b"\n" + data)


def _key(root: Path, files: Iterable[str], told: str) -> str:
    """Return a digest of all that something is made from, files by their bytes."""
    return digest([told, *(f"{name} {_sha256(root / name)}" for name in files)])


@cache
def _code(rooms: tuple[str, ...]) -> str:
    """Return a digest of what reads: our code, Python, the libraries there are."""
    paths = [path for room in rooms for path in (_PACKAGE / room).rglob("*.py")]
    paths.append(_PACKAGE / "errors.py")
    code = [_sha256(path) for path in sorted(paths)]
    # Where a library was taken in or out, its folder's names are others; its version is
    # in the name of its metadata.
    libraries = sorted(os.listdir(sysconfig.get_path("purelib")))  # noqa: PTH208
    told = "\n".join([sys.version, *libraries, *code])
    return hashlib.sha256(told.encode()).hexdigest()


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


class Clean:
    """What of a book is known to be without fault; each named by all its parts.

    What has a fault is not known, and looked at again each time.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._code = _package_state()
        self._before = self._read()
        self._now: dict[str, str] = {}  # each with what it can be known by besides

    def knows(self, *parts: str) -> bool:
        """Whether something was found without fault before."""
        key = self._key(parts)
        if key in self._before:
            self._now[key] = self._before[key]
        return key in self._before or key in self._before.values()

    def add(self, *parts: str, besides: tuple[str, ...] = ()) -> None:
        """Remember that something is without fault, as is what has other parts."""
        self._now[self._key(parts)] = self._key(besides) if besides else ""

    def keep(self) -> None:
        """Write down what is known now, and nothing older."""
        path = self._root / _CLEAN
        if self._now != self._before and path.parents[1].is_dir():
            with suppress(OSError):  # a folder that is only to be read
                put(path, json.dumps(self._now).encode())

    def _read(self) -> dict[str, str]:
        with suppress(OSError, ValueError, TypeError):
            return dict(json.loads((self._root / _CLEAN).read_text(encoding="utf-8")))
        return {}

    def _key(self, parts: Iterable[str]) -> str:
        return digest((self._code, *parts))


def _package_state() -> str:
    # By size and time: to read all of the package takes longer than most checks.
    facts = ((path.name, path.stat()) for path in sorted(_PACKAGE.rglob("*.py")))
    return digest(f"{name} {each.st_size} {each.st_mtime_ns}" for name, each in facts)
