"""The command as it is typed: processes, a cluster, an interruption, exit codes."""

from __future__ import annotations

import gc
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import nullcontext
from functools import partial

import psutil
import pytest
from click.testing import CliRunner
from distributed import LocalCluster

import document_scan
from document_scan import Report
from sourcebook.commands.command_line import main
from sourcebook.commands.data_commands import scan


@pytest.fixture(scope="module")
def letters(tmp_path_factory):
    """Enough documents for many chunks, and for a few seconds of two processes."""
    folder = tmp_path_factory.mktemp("letters")
    for number in range(400):
        text = f"In May 20{number % 100:02}, {number} tons of gas were sold. " * 4
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(root, letters, tmp_path_factory):
    """What a scan of them gives that nothing stops."""
    folder = tmp_path_factory.mktemp("tables") / "whole"
    assert _scan(root, letters, "--to", folder).exit_code == 0
    return _bytes(folder)


def _scan(root, *arguments):
    said = [str(each) for each in ("--root", root, "scan", *arguments)]
    return CliRunner().invoke(main, said)


def _command(root, *arguments):
    code = "from sourcebook.commands.command_line import main; main()"
    said = [str(each) for each in ("--root", root, "scan", *arguments)]
    return [sys.executable, "-c", code, *said]


def _bytes(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_help_shows_a_query_and_no_folder_is_one_plain_error(root, tmp_path):
    done = _scan(root, "--help")
    assert "duckdb.sql(\n" in done.output
    done = _scan(root, tmp_path / "nowhere")
    assert done.exit_code == 1
    assert "no folder" in done.output
    assert "Traceback" not in done.output


class Terminal(io.StringIO):
    """What a person looks at while a scan goes on."""

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("asked", "cores", "crew"),
    [
        ({}, 3, ("processes", 3)),
        ({}, None, ("processes", 1)),  # a system that does not say
        ({"workers": 2}, 3, ("processes", 2)),
        ({"scheduler": "tcp://a:1"}, 3, ("cluster", "tcp://a:1")),
    ],
)
def test_who_reads_is_as_asked_and_a_terminal_shows_how_far(
    tmp_path, monkeypatch, asked, cores, crew
):
    asked_of = []

    def read(*_, workers, progress, **__):
        for done in (1, 3):
            progress(done, 4)
        asked_of.append(workers)
        return Report()

    for name in ("processes", "cluster"):
        made = partial(lambda name, given: nullcontext((name, given)), name)
        monkeypatch.setattr(document_scan, name, made)
    monkeypatch.setattr(document_scan, "scan", read)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    given = {"workers": None, "scheduler": None} | asked
    for seen, told in ((Terminal(), ["3/4"]), (io.StringIO(), [])):
        monkeypatch.setattr(sys, "stderr", seen)
        scan.callback.__wrapped__(tmp_path, tmp_path, tmp_path, **given)
        assert asked_of.pop() == crew
        assert re.findall(r"\d/\d", seen.getvalue())[-1:] == told


def test_tables_lie_in_the_build_folder_where_no_other_is_given(
    root, tmp_path, monkeypatch
):
    monkeypatch.setattr(document_scan, "scan", lambda *_, **__: Report())
    for more, place in ((), root / "_build/scan/letters"), (("--to", "a"), "a"):
        done = _scan(root, tmp_path / "letters", *more)
        assert done.output.endswith(f"\nwrote {place}\n")


def test_a_missing_extra_is_named(root, tmp_path, monkeypatch):
    for name in list(sys.modules):
        if name.startswith(("document_scan", "sourcebook.data.scan")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = _scan(root, tmp_path)
    assert done.exit_code == 1
    assert "pip install 'sourcebook[scan]'" in done.output


def test_a_scheduler_that_is_not_there_is_named(root, letters, tmp_path, monkeypatch):
    monkeypatch.setattr("document_scan.folder_scan._PATIENCE", 1)
    done = _scan(root, letters, "--to", tmp_path / "x", "--scheduler", "tcp://[::1]:9")
    assert done.exit_code == 1
    assert "no scheduler answers at tcp://[::1]:9" in done.output
    done = _scan(root, letters, "--to", tmp_path / "x", "--scheduler", "over there")
    assert done.exit_code == 1
    assert "no scheduler answers at over there" in done.output
    assert not (tmp_path / "x").exists()


@pytest.mark.slow
def test_a_scan_in_a_pipe_reports_and_ends_with_1_when_something_was_refused(
    root, letters, tmp_path
):
    letters = shutil.copytree(letters, tmp_path / "letters")
    (letters / "bad\n.txt").write_bytes(b"\xff")
    done = subprocess.run(
        _command(root, letters, "--to", tmp_path / "tables", "--workers", 1),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    refused = "bad\\n.txt could not be read: not UTF-8 at byte 0 (0xff); likely "
    assert done.stderr.startswith(refused)
    assert done.stderr.count("\n") == 1
    first, second, last = done.stdout.splitlines()
    assert first.startswith("400 documents read (")
    assert first.endswith(" a second), 0 were there already, 1 refused")
    assert second.startswith("1,600 numbers, 1,600 dates, ")
    assert last == f"wrote {tmp_path / 'tables'}"


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_scan_that_was_stopped_goes_on_and_gives_the_same_bytes(
    how, root, letters, whole, tmp_path
):
    torn = tmp_path / "torn"
    command = _command(root, letters, "--to", torn, "--workers", 2)
    under_way = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while not list((torn / "documents").glob("*.parquet")):
        time.sleep(0.02)
    children = psutil.Process(under_way.pid).children(recursive=True)
    assert children
    os.kill(under_way.pid, how)
    assert under_way.wait(timeout=60) != 0
    _, alive = psutil.wait_procs(children, timeout=30)
    assert alive == []
    kept = {name for name in _bytes(torn) if not name.endswith(".part")}
    assert kept < set(whole)
    assert _scan(root, letters, "--to", torn, "--workers", 1).exit_code == 0
    assert _bytes(torn) == whole


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_cluster_gives_the_same_bytes_and_a_lost_worker_loses_nothing(
    root, letters, whole, tmp_path
):
    together = tmp_path / "together"
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        command = _command(
            root, letters, "--to", together, "--scheduler", cluster.scheduler_address
        )
        under_way = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        while not list((together / "documents").glob("*.parquet")):
            time.sleep(0.02)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        said, _ = under_way.communicate(timeout=120)
    gc.collect()  # what a cluster leaves open is met here, where it is forgiven
    assert under_way.returncode == 0
    assert said.startswith("400 documents read (")
    assert _bytes(together) == whole
