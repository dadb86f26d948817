"""A folder of documents into a folder of tables, with no more in memory than needed.

The documents are read in chunks: what one worker reads, and one file a table holds.
Where a chunk ends is decided by a document's name, so that one more document changes
one chunk and not all that follow. Its digest covers names, bytes and what reads them:
two chunks of one digest give the same rows. So many are under way as keep the workers
busy, and no more, so memory does not grow with the documents. A chunk that is there
already is not read again: a scan that was stopped goes on where it stopped, and gives
the same bytes. What an earlier scan left of documents that are gone or changed goes at
the end.

Processes of this machine read, or the workers of a Dask cluster: either way it is an
executor of ``concurrent.futures``. A process of ours ends with its parent, however that
ended, and leaves Ctrl-C to it.
"""

import hashlib
import io
import multiprocessing
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import connection
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from document_scan.document_folder import (
    Refused,
    Text,
    find_documents,
    read_texts,
    shown,
)
from document_scan.parquet_dataset import Dataset, Kept
from document_scan.table_reader import Reader, Row, ScanError, Table, schema

_PATIENCE: Final = 10  # seconds a scheduler has to answer
_AHEAD: Final = 2  # chunks for each that reads: one at work, one in hand


@dataclass(frozen=True, slots=True)
class Workers:
    """An executor, and how many chunks keep it busy."""

    executor: Executor
    width: int


@contextmanager
def processes(count: int) -> Iterator[Workers]:
    """Yield so many processes; what waits is dropped when it ends in an error."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_begin)
    try:
        yield Workers(pool, count * _AHEAD)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


@contextmanager
def cluster(scheduler: str) -> Iterator[Workers]:
    """Yield the workers of a Dask scheduler; what one loses, another reads."""
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 - an extra
        from distributed.comm.addressing import get_address_host_port  # noqa: PLC0415
    except ImportError:
        raise ScanError(
            "--scheduler needs the extra `cluster`\n"
            "  fix: pip install 'sourcebook[cluster]'"
        ) from None
    try:
        if not scheduler.startswith("inproc:"):  # which is no host's
            get_address_host_port(scheduler)  # a client of none would wait at its end
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ScanError(
            f"no scheduler answers at {scheduler}: {error}\n"
            "  fix: start one with `dask scheduler`, and give the address it prints"
        ) from None
    try:
        threads = sum(client.nthreads().values())
        if not threads:
            raise ScanError(
                f"the scheduler at {scheduler} has no workers\n"
                f"  fix: start some with `dask worker {scheduler}`"
            )
        yield Workers(client.get_executor(pure=False), threads * _AHEAD)
    except KilledWorker as error:
        raise ScanError(
            f"chunk after chunk, the cluster's workers were ended from outside: {error}"
            "\n  fix: give them more memory; what was read is kept"
        ) from None
    finally:
        client.close()


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


@dataclass(slots=True)
class Report:
    """What a scan did: to be read when it is over."""

    read: int = 0  # documents
    kept: int = 0  # documents that were there already
    dropped: int = 0  # chunks of an earlier scan
    mentions: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)  # files of other kinds
    seconds: float = 0.0

    def add(self, kept: Kept, *, new: bool) -> None:
        """Count one chunk."""
        self.mentions.update(kept.mentions)
        self.refused += kept.refused
        if new:
            self.read += kept.documents
        else:
            self.kept += kept.documents

    def __str__(self) -> str:
        """Say it in two lines."""
        pace = f"{self.read / self.seconds:,.1f} a second" if self.read else "none new"
        there = f"{self.kept:,} were there already, {len(self.refused):,} refused"
        if self.dropped:
            there += f", {self.dropped:,} chunks of an earlier scan dropped"
        if self.others:
            kinds = ", ".join(
                f"{shown(end)} {n:,}" for end, n in self.others.most_common(5)
            )
            there += f", {self.others.total():,} of other kinds passed over ({kinds})"
        found = ", ".join(f"{count:,} {each}" for each, count in self.mentions.items())
        return f"{self.read:,} documents read ({pace}), {there}\n{found}"


def scan(  # noqa: PLR0913 - all but two by name
    folder: Path,
    target: Path,
    *,
    reader: Reader,
    workers: Workers,
    made_by: str = "document_scan",
    progress: Callable[[int, int], None] = lambda done, of: None,  # noqa: ARG005
) -> Report:
    """Read every document below ``folder`` into tables in ``target``.

    ``made_by`` is how the folder of tables is known again; ``progress`` is told how
    many files are done, and of how many. Raises `ScanError` when there is nothing to
    read, or nowhere to write; a file that cannot be read is in the report.
    """
    began = time.monotonic()
    found, refused, others = find_documents(folder)
    tables, digests = reader.tables, set()
    dataset = Dataset(target, source=folder, tables=tables, made_by=made_by)
    none = dict.fromkeys(dataset.mentions, 0)
    report = Report(mentions=Counter(none), refused=refused, others=others)

    def texts() -> Iterator[Text]:
        for text in read_texts(folder, found):
            if isinstance(text, Text):
                yield text
            else:
                report.refused.append(text)

    for digest, kept, new in _each(gather(texts(), reader), dataset, workers):
        digests.add(digest)
        report.add(kept, new=new)
        progress(report.read + report.kept + len(report.refused), len(found))
    report.dropped = dataset.drop_others(digests)
    report.refused.sort(key=lambda each: each.name)
    report.seconds = time.monotonic() - began
    return report


def _each(
    chunks: Iterable[Chunk], dataset: Dataset, workers: Workers
) -> Iterator[tuple[str, Kept, bool]]:
    """Yield each chunk's digest and content once it is there, and whether it is new."""
    running: dict[Future[dict[str, bytes]], str] = {}
    for chunk in chunks:
        digest = chunk.digest
        if kept := dataset.kept(digest):
            yield digest, kept, False
            continue
        while len(running) >= workers.width:
            yield from _finished(running, dataset)
        running[workers.executor.submit(read_chunk, chunk)] = digest
    while running:
        yield from _finished(running, dataset)


def _finished(
    running: dict[Future[dict[str, bytes]], str], dataset: Dataset
) -> Iterator[tuple[str, Kept, bool]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in sorted(done, key=running.__getitem__):
        digest = running.pop(future)
        try:
            contents = future.result()
        except (BrokenExecutor, CancelledError):
            raise ScanError(
                "the workers were ended from outside, perhaps for want of memory\n"
                "  fix: scan again, with fewer of them; what was read is kept"
            ) from None
        yield digest, dataset.add(digest, contents), True
