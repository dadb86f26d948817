"""One build of a book at a time: whoever comes second waits, and says so.

What is locked is the book's own folder, by the system.

Run as a program, it holds the working folder while the command that follows runs.
`make` needs that before there is any library: nothing more than the standard one is
imported here.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HOLDER = "_build/.sourcebook/running"  # says who has it, to those who wait


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the book: nothing else builds it, or runs its notebooks, meanwhile."""
    # The folder itself and no file of ours: nothing can be left behind, by a build that
    # was killed or by `make clean`. Where a file system knows no locks, nobody waits.
    folder = os.open(root, os.O_RDONLY)  # which no child inherits
    try:
        with suppress(OSError):
            _take(folder, root / HOLDER)
        with suppress(OSError):  # a folder that cannot be written: no number is said
            (root / HOLDER).parent.mkdir(parents=True, exist_ok=True)
            (root / HOLDER).write_text(f"{os.getpid()}", encoding="ascii")
        yield
    finally:
        os.close(folder)


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold a folder, if nobody does; give whether it is held now."""
    number, free = os.open(folder, os.O_RDONLY), False
    with suppress(OSError):  # others have it, or the file system knows no locks
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        free = True
    try:
        yield free
    finally:
        os.close(number)


def drop_unheld(folders: Iterable[Path]) -> None:
    """Remove those of some folders whose holders have gone without doing so."""
    for folder in folders:
        with held(folder) as free:
            if free:
                shutil.rmtree(folder, ignore_errors=True)


def _take(folder: int, holder: Path) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        who = "unknown"
        with suppress(OSError, ValueError):
            who = str(int(holder.read_text(encoding="ascii")))
        said = f"another build of this book is running (process {who}); waiting"
        print(said, file=sys.stderr)  # noqa: T201 - there may be no click
        fcntl.flock(folder, fcntl.LOCK_EX)


if __name__ == "__main__":
    with alone(Path.cwd()):
        sys.exit(subprocess.call(sys.argv[1:]))  # noqa: S603 - what `make` asks for
