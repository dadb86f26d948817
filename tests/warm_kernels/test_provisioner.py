"""A warm kernel lives and dies as a plain one does, only faster."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from warm_kernels import fork_client, warm_kernels
from warm_kernels.provisioner import WarmProvisioner, _fits

pytestmark = pytest.mark.usefixtures("light")
WHILE = 60  # seconds that nothing here may take


def _until(true, seconds=WHILE):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def _alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_runs_code_in_the_folder_and_environment_asked_for(warm, tmp_path):
    environment = os.environ | {"SALES": "14 tons", "TZ": "Asia/Baku"}
    with warm(cwd=str(tmp_path), env=environment) as kernel:
        assert kernel.run("import os, time; print(os.getcwd())") == str(tmp_path)
        assert kernel.run("print(os.environ['SALES'], time.tzname[0])") == "14 tons +04"
        assert kernel.run("import pandas; print(pandas.Series([1, 2]).sum())") == "3"


def test_its_death_is_seen_with_its_status(warm):
    with warm() as kernel:
        kernel.client.execute("import os; os._exit(3)")
        _until(lambda: kernel.process.poll() is not None)
        assert kernel.process.returncode == 3
        assert not kernel.manager.is_alive()


def test_killing_it_is_seen_as_a_signal(warm):
    with warm() as kernel:
        os.kill(kernel.process.pid, signal.SIGKILL)
        _until(lambda: kernel.process.poll() is not None)
        assert kernel.process.returncode == -signal.SIGKILL


def test_a_long_cell_is_interrupted_and_the_kernel_goes_on(warm):
    with warm() as kernel:
        # An error would have the kernel drop what is asked of it right after.
        sleep = "import time; print('now'); time.sleep(60)"
        asked = kernel.client.execute(sleep, stop_on_error=False)
        while kernel.client.get_iopub_msg(timeout=WHILE)["msg_type"] != "stream":
            pass
        kernel.manager.interrupt_kernel()
        reply = kernel.client.get_shell_msg(timeout=WHILE)
        assert reply["parent_header"]["msg_id"] == asked
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert kernel.run("print(6 * 7)") == "42"


@pytest.mark.parametrize("now", [False, True], ids=["graceful", "forced"])
def test_it_is_restarted_with_its_ports_and_without_its_names(warm, now):
    with warm() as kernel:
        kernel.run("sales = 14")
        before, ports = kernel.process.pid, kernel.manager.ports
        kernel.manager.restart_kernel(now=now)
        kernel.client.wait_for_ready(timeout=WHILE)
        assert kernel.process.pid != before
        assert kernel.manager.ports == ports
        assert kernel.run("print(sales)") == "NameError"


def test_what_is_registered_for_the_end_runs_and_files_are_written(warm, tmp_path):
    with warm(cwd=str(tmp_path)) as kernel:
        kernel.run("kept = open('kept', 'w'); kept.write('all of it')")
        kernel.run("import atexit, pathlib")
        kernel.run("atexit.register(lambda: pathlib.Path('end').write_text('seen'))")
        process = kernel.process
    assert process.returncode == 0
    assert (tmp_path / "kept").read_text() == "all of it"
    assert (tmp_path / "end").read_text() == "seen"


def test_threads_may_start_the_first_kernels_at_once():
    def answer(number):
        cell = nbformat.v4.new_code_cell(f"print({number} * 2)")
        client = NotebookClient(nbformat.v4.new_notebook(cells=[cell]), timeout=WHILE)
        asyncio.run(client.async_execute())
        return cell.outputs[0]["text"].strip()

    fork_client.stop()
    with warm_kernels(), ThreadPoolExecutor(4) as pool:
        assert list(pool.map(answer, range(6))) == [str(n * 2) for n in range(6)]


def test_ports_are_those_that_the_kernel_has_bound(warm):
    with warm() as kernel:
        code = (
            "import json, ipykernel\n"
            "info = ipykernel.get_connection_info(unpack=True)\n"
            "names = 'shell stdin iopub hb control'.split()\n"
            "print(json.dumps([info[f'{name}_port'] for name in names]))"
        )
        assert kernel.run(code) == str(kernel.manager.ports)
        assert 0 not in kernel.manager.ports


def test_it_leaves_no_process_and_no_file(warm):
    with warm() as kernel:
        file, pid = Path(kernel.manager.connection_file), kernel.process.pid
        assert file.exists()
        assert _alive(pid)
    _until(lambda: not _alive(pid))  # its zygote collects it in its own time
    assert not file.exists()


@pytest.mark.slow
def test_starting_and_stopping_never_hangs(warm):
    for _ in range(30):
        with warm() as kernel:
            process = kernel.process
        assert process.returncode == 0  # not ended by a signal after waiting


@pytest.mark.parametrize(
    ("transport", "again", "chosen"),
    [("tcp", False, True), ("tcp", True, False), ("ipc", False, False)],
)
def test_ports_found_for_a_kernel_are_chosen_anew_the_first_time(
    monkeypatch, tmp_path, transport, again, chosen
):
    asked = []

    async def fork(order, streams):
        asked.append((order["choose_ports"], streams))

    monkeypatch.setattr(fork_client, "fork", fork)
    file = str(tmp_path / "kernel.json")
    started = WarmProvisioner(parent=KernelManager(connection_file=file))
    started.connection_info = {"transport": transport}
    given = {"env": {}, "stderr": subprocess.DEVNULL}
    assert asyncio.run(started._forked(["python"], given, again=again)) is None
    assert asked == [(file if chosen else "", [1, subprocess.DEVNULL])]


LAUNCH = [sys.executable, "-m", "ipykernel_launcher", "-f", "a.json"]


@pytest.mark.parametrize(
    ("command", "more", "fits"),
    [
        (LAUNCH, {}, True),
        (LAUNCH, {"cwd": "/", "stdin": None, "stdout": subprocess.DEVNULL}, True),
        (LAUNCH, {"independent": False}, True),
        (["other-python", *LAUNCH[1:]], {}, False),
        ([sys.executable, "-m", "xeus"], {}, False),
        (LAUNCH, {"independent": True}, False),
        (LAUNCH, {"umask": 0}, False),
        (LAUNCH, {"stdin": subprocess.DEVNULL}, False),
        (LAUNCH, {"stderr": subprocess.PIPE}, False),
    ],
)
def test_what_a_fork_would_not_be_is_started_plainly(command, more, fits):
    assert _fits(command, more) is fits
