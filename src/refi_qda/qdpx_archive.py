"""A ``.qdpx`` file as an archive: read with care, written the same each time.

Nothing is unpacked onto the disk. Refused: an archive or a part of it beyond a size, a
name that leads out of the archive, a part under a password, and what is no archive.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final, NoReturn

PROJECT: Final = "project.qde"
SOURCES: Final = "Sources"
LARGEST: Final = 50_000_000  # bytes of the file itself
LARGEST_PART: Final = 10_000_000  # bytes of one part, unpacked
_MOST_PARTS: Final = 10_000
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the first moment an archive can tell
_READABLE: Final = 0o644 << 16


class ProjectError(Exception):
    """A file that is no project, or cannot be read as one: what, and how to mend it."""


class Archive:
    """The parts of a ``.qdpx`` file, by name. Raises `ProjectError`."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        if not path.is_file():
            self._refuse("there is no such file", "check the name")
        if path.stat().st_size >= LARGEST:
            limit = f"{LARGEST // 1_000_000} MB or more"
            self._refuse(f"it holds {limit}", "export the project without media")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            self._refuse(f"it is no .qdpx archive ({error})", "export it once more")
        self._check_names()

    def _check_names(self) -> None:
        names = self._zip.namelist()
        if len(names) > _MOST_PARTS:
            self._refuse(f"it has {len(names)} parts", "export fewer documents at once")
        for name in names:
            path = PurePosixPath(name.replace("\\", "/"))
            drive = ":" in path.as_posix().split("/")[0]
            if path.is_absolute() or ".." in path.parts or drive:
                self._refuse(
                    f"the part {name!r} leads out of the archive",
                    "do not open it; ask where it comes from",
                )
        self._names = {name.casefold(): name for name in names}
        if len(self._names) < len(names):
            self._refuse("two parts have one name", "export it once more")

    def project(self) -> bytes:
        """Return the part that describes the project."""
        if PROJECT not in self._names:
            there = ", ".join(repr(name) for name in sorted(self._names.values())[:5])
            self._refuse(
                f"it has no {PROJECT} (parts: {there or 'none'})",
                "export the whole project as REFI-QDA, not the codebook alone",
            )
        return self._read(PROJECT)

    def source(self, name: str) -> bytes | None:
        """Return the part of that name in the folder of sources, if there is one."""
        for known in (f"{SOURCES}/{name}".casefold(), name.casefold()):
            if known in self._names:
                return self._read(known)
        return None

    def _read(self, known: str) -> bytes:
        name = self._names[known]
        try:
            with self._zip.open(name) as part:
                content = part.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, RuntimeError, zlib.error, EOFError) as error:
            self._refuse(f"{name!r} cannot be read ({error})", "export it once more")
        if len(content) > LARGEST_PART:
            limit = f"{LARGEST_PART // 1_000_000} MB"
            self._refuse(
                f"{name!r} unpacks to more than {limit}",
                "do not open it; ask where it comes from",
            )
        return content

    def _refuse(self, fault: str, fix: str) -> NoReturn:
        raise ProjectError(f"{self.name}: {fault}\n  fix: {fix}")


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of these parts, in their order, with no clock in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.external_attr = _READABLE
            info.create_system = 3  # as on Unix, wherever it is made
            archive.writestr(info, content, compress_type=zipfile.ZIP_DEFLATED)
    return file.getvalue()
