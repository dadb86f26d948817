"""Build the book: check first, then run Jupyter Book with warnings as errors."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import click

from sourcebook.checking.book_check import look
from sourcebook.data.citation import commit_time
from sourcebook.errors import SourcebookError
from sourcebook.running.execution_store import CACHE
from sourcebook.running.git_history import distrust
from sourcebook.site.build_process import BUILT, DAMAGED, INTO, STAY
from sourcebook.site.publication import READ, SITE, clear, stamped

_PROGRAM = "from sourcebook.site.build_process import main; main()"


def build_book(root: Path, *, fresh: bool = False) -> Path:
    """Build the book's pages and data; return the folder that readers have.

    Raises `SourcebookError` when the book does not hold together, and when Jupyter Book
    reports an error or a warning; then readers have what they had. ``fresh`` has every
    page read and written again.
    """
    look(root).held()  # or raise with every fault
    if said := distrust(root):
        click.echo(said, err=True)
    with stamped(root, fresh=fresh) as into:
        run_jupyter_book(root, into=into)
    return root / SITE


def run_jupyter_book(root: Path, *more: str, into: Path | None = None) -> None:
    """Run ``jupyter-book build`` with warnings as errors. Raises `SourcebookError`."""
    program = [sys.executable, "-c", _PROGRAM]  # of this Python, whatever PATH says
    command = [*program, "build", str(root), "-W", "--keep-going", *more]
    env = {**os.environ, "SOURCE_DATE_EPOCH": commit_time(root)}
    env |= {INTO: str(into)} if into else {}
    code = _run(command, env)
    if code == DAMAGED:
        _forget(root, into)
        code = _run(command, env)
    if code:
        raise SourcebookError(
            "the book was not built: Jupyter Book stopped with an error or a warning\n"
            "  fix: read the first WARNING or ERROR above; it names what to mend"
        )


def _forget(root: Path, into: Path | None) -> None:
    """Take away all that an earlier build kept, where part of it cannot be read."""
    click.echo("what an earlier build kept is damaged; made anew", err=True)
    for kept in (root / READ, root / CACHE, into):
        if kept:
            clear(kept)


def _run(command: list[str], env: dict[str, str]) -> int:
    """Run a command; when interrupted, let it end what it began."""
    if STAY in env:
        return _run_until_built(command, env)
    with subprocess.Popen(command, env=env) as process:  # noqa: S603 - our own
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
            process.wait()
            raise


def _run_until_built(command: list[str], env: dict[str, str]) -> int:
    """Run a build that stays: it is done when it says so, or when it has ended."""
    told, built = os.pipe()
    process = subprocess.Popen(  # noqa: S603 - our own
        command, env={**env, BUILT: str(built)}, pass_fds=(int(env[STAY]), built)
    )
    os.close(built)
    with open(told, "rb") as pipe:  # noqa: PTH123 - no file, a number
        return 0 if pipe.read() else process.wait()
