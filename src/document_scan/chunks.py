"""Documents gathered into chunks: what one worker reads, and one file a table holds.

Where a chunk ends is decided by a document's name, so that one more document changes
one chunk and not all that follow. Its digest covers names, bytes and what reads them:
two chunks of one digest give the same rows.
"""

import hashlib
import io
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from document_scan.document_folder import Text
from document_scan.table_reader import Reader, Row, ScanError, Table, schema

IN_A_CHUNK: Final = 128  # documents a chunk holds
LENGTH: Final = 2_000_000  # bytes after which it ends
SECONDS: Final = 120.0  # that reading one document may take
_ONE_IN: Final = 64  # names that end a chunk


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some documents, with all that reading them needs: it travels to any worker."""

    texts: tuple[Text, ...]
    reader: Reader

    @property
    def digest(self) -> str:
        """The hash of everything that the rows depend on."""
        state = hashlib.sha256(self.reader.digest.encode())
        for text in self.texts:
            for part in (text.name.encode(), text.data):
                state.update(hashlib.sha256(part).digest())
        return state.hexdigest()


def gather(texts: Iterable[Text], reader: Reader) -> Iterator[Chunk]:
    """Yield the chunks of some documents, in their order."""
    held: list[Text] = []
    for text in texts:
        held.append(text)
        if _ends(text.name) or _is_full(held):
            yield Chunk(tuple(held), reader)
            held = []
    if held:
        yield Chunk(tuple(held), reader)


def _ends(name: str) -> bool:
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % _ONE_IN == 0


def _is_full(held: list[Text]) -> bool:
    return len(held) == IN_A_CHUNK or sum(len(each.data) for each in held) >= LENGTH


def read_chunk(chunk: Chunk) -> dict[str, bytes]:
    """Return the file of each table for a chunk. Runs in a worker, on any machine.

    A document that stops a reader gets its row, with the fault, and the others are
    read. Raises `ScanError` where another version of the readers is installed.
    """
    if not chunk.reader.is_here():
        raise ScanError(
            "a worker has another version of the readers than this machine\n"
            "  fix: install the same version on all of them"
        )
    rows: dict[str, list[Row]] = {table: [] for table in chunk.reader.tables}
    for text in chunk.texts:
        for table, found in _read(text, chunk.reader).items():
            rows[table] += found
    return {
        table: _as_parquet(chunk.reader.tables[table], found)
        for table, found in rows.items()
    }


def _read(text: Text, reader: Reader) -> dict[str, list[Row]]:
    try:
        with _at_most(SECONDS):
            return reader.read(text.name, text.data)
    except ScanError as error:
        fault = str(error).replace("\n  ", "; ")
    except Exception as error:  # noqa: BLE001 - whatever it is, the others are read
        said = str(error).partition("\n")[0]
        fault = f"{type(error).__name__}: {said}"
    return reader.refused(text.name, text.data, fault)


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` inside this when it takes longer.

    Only the first thread of a process can be stopped so; a cluster's workers, which
    read in others, have limits of their own.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError(f"takes longer than {seconds:g} seconds to read")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _as_parquet(table: Table, rows: list[Row]) -> bytes:
    columns = pa.Table.from_pylist(rows, schema=schema(table))
    file = io.BytesIO()
    pq.write_table(columns, file, compression="zstd", version="2.6")
    return file.getvalue()
