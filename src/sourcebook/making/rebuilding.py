"""What a save touches: watch the book's files, and build again what depends on them.

Each build is a process of its own, so that it starts from the code as it is on the
disk, and so that an interrupted one leaves nothing running.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from typing import TYPE_CHECKING

from watchfiles import watch

from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = ("seeds", "book", "notebooks/text", "src")
FILES = frozenset({"_config.yml", "_toc.yml", "CITATION.cff", "pyproject.toml"})
SUFFIXES = frozenset(
    ".bib .cff .css .csv .html .js .md .py .svg .toml .txt .yaml .yml".split()
)
# Beside this Python, so that it is the pinned one whatever the shell's PATH says.
PROGRAM = Path(sys.executable).parent / "sourcebook"
PATIENCE = 10  # seconds a build has to end when asked to


def matters(path: Path, root: Path) -> bool:
    """Whether a saved file is one that the book is made from.

    >>> [matters(Path(p), Path("b")) for p in ("b/seeds/a.yml", "b/seeds/.a.yml.part")]
    [True, False]
    >>> [matters(Path(p), Path("b")) for p in ("b/_toc.yml", "b/_build/html/x.md")]
    [True, False]
    """
    within = path.relative_to(root)
    if any(part.startswith(".") or part == "__pycache__" for part in within.parts):
        return False
    if len(within.parts) == 1:
        return within.name in FILES
    inside = any(within.is_relative_to(folder) for folder in FOLDERS)
    return inside and path.suffix in SUFFIXES


def pairs_in(saved: tuple[Path, ...], root: Path) -> tuple[str, ...]:
    """Return the names of the notebooks whose text was saved, and is still there."""
    texts = root / "notebooks" / "text"
    found = {
        path.stem for path in saved if path.is_relative_to(texts) and path.is_file()
    }
    return tuple(sorted(found))


@contextmanager
def saves(root: Path) -> Iterator[Iterator[tuple[Path, ...]]]:
    """Give the files saved from now on, a batch at a time, while it is open."""
    found: Queue[set[Path]] = Queue()
    stop = Event()

    def look(*paths: Path, deep: bool) -> None:
        for changes in watch(
            *paths, stop_event=stop, recursive=deep, raise_interrupt=False
        ):
            kept = {Path(path) for _, path in changes if matters(Path(path), root)}
            if kept:
                found.put(kept)

    # Files of the top are watched through their folder, because an editor that saves
    # by renaming would take a watched file away; all of the folder would be too much.
    deep = [root / folder for folder in FOLDERS if (root / folder).is_dir()]
    threads = [
        Thread(target=look, args=deep, kwargs={"deep": True}, daemon=True),
        Thread(target=look, args=[root], kwargs={"deep": False}, daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield _batches(found)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _batches(found: Queue[set[Path]]) -> Iterator[tuple[Path, ...]]:
    """Yield what was saved since the last batch; what comes during a build waits."""
    while True:
        try:
            saved = found.get(timeout=0.5)  # short, so that Ctrl-C is heard
        except Empty:
            continue
        while not found.empty():
            saved |= found.get()
        yield tuple(sorted(saved))


def rebuild(root: Path, saved: tuple[Path, ...]) -> None:
    """Run the notebooks whose text was saved, then build. Raises `SourcebookError`."""
    if names := pairs_in(saved, root):
        _run(root, "notebooks", *names)
    _run(root, "build")


def _run(root: Path, *arguments: str) -> None:
    command = [str(PROGRAM), "--root", str(root), *arguments]
    with subprocess.Popen(command, start_new_session=True) as process:  # noqa: S603
        try:
            code = process.wait()
        except BaseException:
            _end(process)
            raise
    if code:
        raise SourcebookError(f"sourcebook {' '.join(arguments)} ended with {code}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a build and everything it started: asked first, then made to."""
    with suppress(ProcessLookupError):
        for how in (signal.SIGINT, signal.SIGTERM):
            os.killpg(process.pid, how)
            with suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
                break
        os.killpg(process.pid, signal.SIGKILL)  # whatever of its group is left
