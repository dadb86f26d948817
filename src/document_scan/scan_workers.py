"""Who reads: processes of this machine, or the workers of a Dask cluster.

Either way it is an executor of ``concurrent.futures``. A process of ours ends with its
parent, however that ended, and leaves Ctrl-C to it.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Final

from document_scan.table_reader import ScanError

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
        wait([parent.sentinel])
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
