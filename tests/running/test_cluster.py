"""Notebooks run on other machines: here, by a real scheduler and two workers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.running.cluster import reach
from sourcebook.running.renewal import renew
from sourcebook.running.stale_notebooks import reasons

# Each run leaves a mark that names its worker, and waits until it may end.
CODE = """\
from pathlib import Path
import os, sourcebook, time
Path({marks!r}, "{name}-" + str(os.getppid())).write_text(sourcebook.__file__)
while not Path({marks!r}, "go").exists():
    time.sleep(0.1)
print(Path("../../seeds/a.yml").read_text())
"""


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path_factory):
    """Return a function that starts a program of Dask; all end with the test."""
    folder = tmp_path_factory.mktemp("dask")
    # Not in a folder from which the package could be imported, nor with a path to it.
    env = {**os.environ, "WARM_KERNELS": "plain"}
    env.pop("PYTHONPATH", None)
    started = []

    def start(program, *arguments):
        module = f"distributed.cli.dask_{program}"
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", module, "--no-dashboard", *arguments],
                cwd=folder,
                env=env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        )
        return started[-1]

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.2)


def _answers(address):
    try:
        reach(address).close()
    except SourcebookError:
        return False
    return True


def test_no_scheduler_is_a_plain_error(monkeypatch):
    monkeypatch.setattr("sourcebook.running.cluster._WAIT", "1s")
    with pytest.raises(SourcebookError, match=r"no answer from 'tcp://127.0.0.1:1'"):
        reach("tcp://127.0.0.1:1")
    with pytest.raises(SourcebookError, match="fix: start one"):
        reach("nonsense://x")


def test_a_missing_extra_is_a_plain_error(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SourcebookError, match=r"sourcebook\[cluster\]"):
        reach("tcp://127.0.0.1:1")


@pytest.mark.slow
def test_a_lost_workers_notebooks_are_run_by_another(book, start, tmp_path_factory):
    marks = tmp_path_factory.mktemp("marks")
    names = [book.write(n, CODE.format(marks=str(marks), name=n)) for n in "abcd"]
    address = f"tcp://127.0.0.1:{_free_port()}"
    start("scheduler", "--host", address)
    for _ in range(2):
        start("worker", address, "--nthreads", "1", "--no-nanny")
    _wait(lambda: _answers(address))

    def ran():
        return {(m.name[0], int(m.name[2:])) for m in marks.glob("?-*")}

    thread = threading.Thread(
        target=renew,
        args=(book.root, names),
        kwargs={"scheduler": address},
        daemon=True,
    )
    thread.start()
    _wait(lambda: len({worker for _, worker in ran()}) == 2)
    lost, worker = min(ran())
    os.kill(worker, signal.SIGKILL)
    (marks / "go").touch()
    thread.join(120)
    assert not thread.is_alive()
    assert set(reasons(book.root).values()) == {""}
    assert len({other for name, other in ran() if name == lost}) == 2
    travelled = {mark.read_text() for mark in marks.glob("?-*")}
    assert all("/book-" in path and "/code/sourcebook/" in path for path in travelled)
