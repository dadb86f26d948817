"""A folder of Parquet files: a folder for each table, in it a file for each chunk.

A file is written whole or not at all, and that of ``documents`` last: where it is, the
chunk is there. ``scan.json`` says what the tables hold, and that the folder is a
scan's: no other folder is written to, and nothing in it is deleted but files of chunks.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from document_scan.document_folder import Refused, shown
from document_scan.table_reader import ScanError, Table

ABOUT: Final = "scan.json"
_CHUNK: Final = re.compile(r"\.?[0-9a-f]{64}\.parquet(?:\.part)?")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a chunk's files hold: how much, and which documents no reader could read."""

    documents: int
    mentions: Mapping[str, int]
    refused: tuple[Refused, ...]


class Dataset:
    """The files of a scan. Raises `ScanError` when the folder is not its own."""

    def __init__(
        self, folder: Path, *, source: Path, tables: Mapping[str, Table], made_by: str
    ) -> None:
        self.folder, self.tables = folder, tables
        self.mentions = tuple(tables)[:-1]
        _check_apart(folder, source)
        if folder.exists() and not folder.is_dir():
            raise ScanError(
                f"{shown(str(folder))} is a file\n  fix: name another folder with --to"
            )
        if folder.is_dir() and any(folder.iterdir()) and not _is_scan(folder, made_by):
            raise ScanError(
                f"{shown(str(folder))} holds something else than a scan\n"
                "  fix: name an empty folder, or a new one, with --to"
            )
        for table in self.tables:
            (folder / table).mkdir(parents=True, exist_ok=True)
        _put(folder / ABOUT, _about(tables, made_by))

    def kept(self, digest: str) -> Kept | None:
        """Return what is there of a chunk; nothing where a file is missing or torn."""
        paths = [self.folder / table / f"{digest}.parquet" for table in self.tables]
        if not all(path.is_file() for path in paths):
            return None
        columns = ["document", *self.mentions, "fault"]
        try:
            documents = pq.read_table(paths[-1], columns=columns).to_pydict()
        except (pa.ArrowException, OSError):
            return None
        return _kept(documents, self.mentions)

    def add(self, digest: str, contents: Mapping[str, bytes]) -> Kept:
        """Write a chunk's files, that of the documents last."""
        for table in self.tables:
            _put(self.folder / table / f"{digest}.parquet", contents[table])
        kept = self.kept(digest)
        if kept is None:
            raise ScanError(
                f"{shown(str(self.folder))}: a file that was written cannot be read\n"
                "  fix: look at the disk, and scan again"
            )
        return kept

    def drop_others(self, digests: Collection[str]) -> int:
        """Delete the files of chunks that are not among these; return how many were."""
        dropped = set()
        for table in self.tables:
            for path in [*(self.folder / table).iterdir()]:  # some of which go
                digest = path.name.lstrip(".").partition(".")[0]
                if _CHUNK.fullmatch(path.name) and (
                    digest not in digests or path.suffix == ".part"
                ):
                    path.unlink()
                    dropped.add(digest)
        return len(dropped)


def _kept(documents: Mapping[str, list[str | int]], mentions: Collection[str]) -> Kept:
    faults = zip(documents["document"], documents["fault"], strict=True)
    refused = tuple(
        Refused(str(name), f"could not be read: {fault}")
        for name, fault in faults
        if fault
    )
    return Kept(
        documents=len(documents["document"]) - len(refused),
        mentions={table: sum(map(int, documents[table])) for table in mentions},
        refused=refused,
    )


def _check_apart(folder: Path, source: Path) -> None:
    here, there = folder.resolve(), source.resolve()
    if here.is_relative_to(there) or there.is_relative_to(here):
        raise ScanError(
            f"{shown(str(folder))} and {shown(str(source))} lie one in the other\n"
            "  fix: name a folder beside the documents with --to"
        )


def _is_scan(folder: Path, made_by: str) -> bool:
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(about, dict) and about.get("made_by") == made_by


def _about(tables: Mapping[str, Table], made_by: str) -> bytes:
    """Return what the tables hold, for people and programs."""
    about = {
        "made_by": made_by,
        "tables": {
            name: {
                "title": table.title,
                "path": f"{name}/*.parquet",
                "fields": [
                    {
                        "name": field.name,
                        "type": field.type,
                        "description": field.description,
                    }
                    for field in table.fields
                ],
            }
            for name, table in tables.items()
        },
    }
    return (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()


def _put(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, unless it is there."""
    if path.is_file() and path.read_bytes() == content:
        return
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
