"""What takes long to read, kept in the book's ``_build`` until something moves.

To read a document and hold its sheet against it takes a second for each; a check, a
build and the kernel of each notebook want all of them. What comes out depends on a few
files, on the code of the rooms that read, and on the libraries. Where all of these
are as they were, so is the source. A sheet at fault is not kept.
"""

import hashlib
import io
import os
import pickle
import shutil
import sys
import sysconfig
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from sourcebook.coding.book_files import digest
from sourcebook.coding.schema import Codebook
from sourcebook.coding.sheets import sheet_paths
from sourcebook.coding.sources import Source, read_source
from sourcebook.reading.actors import Aliases

KEPT = "_build/.sourcebook/kept"
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
        if ours or home in {"array", "fractions"} or found is _filled:
            return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _put(place: Path, kept: dict[str, Any]) -> None:
    with suppress(OSError):  # a folder that cannot be written keeps nothing
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_name(f".{place.name}.{os.getpid()}.part")
        into = io.BytesIO()
        _Pickler(into, pickle.HIGHEST_PROTOCOL).dump(kept)
        data = into.getvalue()
        try:
            part.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
            part.replace(place)
        finally:  # a full disk: half a file is in nobody's way
            part.unlink(missing_ok=True)


class _Pickler(pickle.Pickler):
    """Keeps dataclasses and fractions in a form that is read in half the time."""

    def reducer_override(self, what: object) -> Any:  # noqa: ANN401 - as pickle has it
        """Return how something is made again; anything else in its own way."""
        if isinstance(what, Fraction):
            return Fraction, (what.numerator, what.denominator)
        if is_dataclass(what) and not isinstance(what, type):
            kind = type(what)
            return _filled, (kind, *(getattr(what, name) for name in _names(kind)))
        return NotImplemented


def _filled(kind: Any, *values: object) -> Any:  # noqa: ANN401 - of any kind
    made = object.__new__(kind)
    for name, value in zip(_names(kind), values, strict=True):
        object.__setattr__(made, name, value)
    return made


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any dataclass
    return tuple(each.name for each in fields(kind))


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
