"""A book is built by one process at a time, and whoever waits for it says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from click.testing import CliRunner

from sourcebook.commands import command_line as command
from sourcebook.errors import SourcebookError
from sourcebook.running import build_lock
from sourcebook.running.build_lock import HOLDER, alone
from sourcebook.site import build_comparison as verify

PROGRAM = (sys.executable, "-P", build_lock.__file__)


@pytest.fixture
def holder(tmp_path):
    """A process that holds the folder until its input ends."""
    with subprocess.Popen(
        [*PROGRAM, "sh", "-c", "echo held; read end"],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_waits_and_says_for_whom(tmp_path, holder):
    with subprocess.Popen(
        [*PROGRAM, "echo", "my turn"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as second:  # fmt: skip
        assert second.stderr.readline() == (
            f"another build of this book is running (process {holder.pid}); waiting\n"
        )
        assert second.poll() is None
        holder.stdin.close()
        assert second.communicate()[0] == "my turn\n"


def test_who_was_killed_holds_nothing(tmp_path, holder, capfd):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with alone(tmp_path):
        assert capfd.readouterr().err == ""
        assert (tmp_path / HOLDER).read_text(encoding="ascii") == str(os.getpid())


@pytest.mark.usefixtures("holder")
def test_taking_the_built_book_away_takes_no_lock_away(tmp_path):
    for path in ((tmp_path / HOLDER), *(tmp_path / HOLDER).parents[:2]):
        path.rmdir() if path.is_dir() else path.unlink()
    with subprocess.Popen(
        [*PROGRAM, "true"], cwd=tmp_path, stderr=subprocess.PIPE
    ) as waits:
        assert b"(process unknown); waiting" in waits.stderr.readline()
        assert waits.poll() is None
        waits.kill()


@pytest.mark.parametrize("name", ["build", "notebooks", "epub", "pdf", "reproduce"])
def test_what_builds_holds_the_book(root, name, monkeypatch):
    @contextmanager
    def asked(book):
        raise SourcebookError(f"asked for {book}")
        yield

    for module in (command, verify):
        monkeypatch.setattr(module, "alone", asked)
    done = CliRunner().invoke(command.main, ["--root", str(root), name])
    assert f"asked for {root}" in done.output
