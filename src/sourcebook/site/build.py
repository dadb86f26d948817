"""Build the book: check first, then run Sphinx with warnings as errors."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from sourcebook.errors import SourcebookError
from sourcebook.running.execution_store import CACHE
from sourcebook.running.git_history import unheard
from sourcebook.site.build_process import BUILT, DAMAGED, STAY, TOLD, WAIT
from sourcebook.site.publication import READ, WORK, clear, is_unchanged, stamped

_Run = Callable[[str], int]

_PROGRAM = "from sourcebook.site.build_process import main; main()"


def build_book(root: Path, *, fresh: bool = False) -> bool:
    """Build the book's pages and data, where anything changed; return whether it did.

    Raises `SourcebookError` when the book does not hold together, and when Sphinx
    reports an error or a warning; then readers have what they had. ``fresh`` has every
    page read and written again.
    """
    with book_builder(root, "html", root / WORK) as run:
        if not fresh and is_unchanged(root):
            return False
        # What checks a book takes a second to load: the time Sphinx needs, too.
        from sourcebook.checking.book_check import look  # noqa: PLC0415

        look(root).held()  # or raise with every fault
        if said := unheard(root):
            click.echo(said, err=True)
        with stamped(root, fresh=fresh):
            run()
    return True


@contextmanager
def book_builder(root: Path, builder: str, out: Path) -> Iterator[Callable[[], None]]:
    """Load a builder of Sphinx, and give what has it run with warnings as errors.

    Raises `SourcebookError`; what is given raises it too.
    """
    program = [sys.executable, "-c", _PROGRAM]  # of this Python, whatever PATH says
    command = [*program, str(root), builder, str(out)]
    # It takes as long to load as a book takes to be checked, so both are done at once.
    with _loaded(command) as run:
        yield lambda: _build(root, out, command, run)


def _build(root: Path, out: Path, command: list[str], run: _Run) -> None:
    """Run a build, once more where it found damage. Raises `SourcebookError`.

    Where the build has told what is wrong, this ends as if it had, and says no more.
    """
    from sourcebook.data.citation import commit_time  # noqa: PLC0415 - as above

    time = commit_time(root)
    code = run(time)
    if code == DAMAGED:
        click.echo("what an earlier build kept is damaged; made anew", err=True)
        ran = out.parent / "jupyter_execute"  # pages' notebooks, as MyST-NB ran them
        for kept in (root / READ, root / CACHE, ran, out):
            clear(kept)
        with _loaded(command) as again:
            code = again(time)
    if code < 0:
        how = signal.Signals(-code).name
        said = f"the book was not built: the system ended it ({how})"
        fix = "mostly there was no memory left: close other programs"
        raise SourcebookError(said, fix=fix)
    if code in {DAMAGED, TOLD}:
        sys.exit(1)  # what is wrong has been told
    if code:
        said = "the book was not built: there was an error or a warning"
        fix = "read the first WARNING or ERROR above; it names what to mend"
        raise SourcebookError(said, fix=fix)


@contextmanager
def _loaded(command: list[str]) -> Iterator[_Run]:
    """Start a command that waits; give what has it go on, which returns its exit code.

    It is told the time that the book is dated by. Where it never was told to go on, it
    ends here. If it is to stay, it is done when it says so, or when it has ended.
    """
    wait, go = os.pipe()
    told, built = os.pipe()
    stays = {int(os.environ[STAY])} if STAY in os.environ else set()
    process = subprocess.Popen(  # noqa: S603 - our own
        command,
        env={**os.environ, WAIT: str(wait), BUILT: str(built)},
        pass_fds=(wait, built, *stays),
    )
    os.close(wait)
    os.close(built)
    ran = False

    def run(time: str) -> int:
        nonlocal ran
        ran = True
        with suppress(BrokenPipeError):  # it could not be loaded, and said why
            os.write(go, time.encode())
        os.close(go)
        with open(told, "rb", closefd=False) as pipe:
            return 0 if stays and pipe.read() else _ended(process)

    try:
        yield run
    finally:
        os.close(told)
        if not ran:
            process.kill()  # it has begun nothing
            process.wait()
            os.close(go)


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process; when interrupted, let it end what it began."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()  # what is started with `&` may be deaf to Ctrl-C
        process.wait()
        raise
