"""What a save touches: watch the book's files, and build again what depends on them.

Each build is a process of its own, so that it starts from the code as it is on the
disk, and so that an interrupted one leaves nothing running. When it is done it stays,
to show single pages at once (`resident_build`), until the next one takes its place.
"""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

from click import unstyle
from watchfiles import watch

from sourcebook.errors import SourcebookError
from sourcebook.site.build import STAY

FOLDERS = ("seeds", "book", "notebooks/text", "src")
FILES = frozenset({"_config.yml", "_toc.yml", "CITATION.cff", "pyproject.toml"})
SUFFIXES = frozenset(
    ".bib .cff .css .csv .html .js .md .py .svg .toml .txt .yaml .yml".split()
)
# Beside this Python, so that it is the pinned one whatever the shell's PATH says.
PROGRAM = Path(sys.executable).parent / "sourcebook"
_FAULT = re.compile(r"\b(?:WARNING|ERROR|CRITICAL): ")
_OF_US = "Error: the book was not built"  # which says no more than what was said
_LAST = 20  # lines that are shown where none is known to say what is wrong
END_WITHIN = 10  # seconds a build has to end when asked to


def matters(path: Path, root: Path) -> bool:
    """Whether a saved file is one that the book is made from.

    >>> [matters(Path(p), Path("b")) for p in ("b/seeds/a.yml", "b/seeds/.a.yml.part")]
    [True, False]
    >>> [matters(Path(p), Path("b")) for p in ("b/_toc.yml", "b/_build/html/x.md")]
    [True, False]
    """
    within = path.relative_to(root)
    if any(part.startswith(".") for part in within.parts):
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


class Resident:
    """A build that stayed, and shows pages faster than a new one could."""

    def __init__(self, line: socket.socket, process: int) -> None:
        self.line, self.process = line, process
        self._lines = line.makefile("r", encoding="utf-8")

    def show(self, saved: Iterable[str], opened: Iterable[str]) -> Iterator[Any]:
        """Yield the pages that show what was saved, those that are open first.

        Each is a dict of its ``page``, its ``files`` (where each lies, by where it
        belongs in the site) and ``faults``; with a fault it has no files.
        """
        asked = json.dumps({"saved": [*saved], "open": [*opened]})
        self.line.sendall(f"{asked}\n".encode())
        for said in self._lines:
            shown = json.loads(said)
            if "done" in shown:
                return
            yield shown
        raise ConnectionError("the build that stayed has ended")

    def end(self) -> None:
        """Have it end; whatever it does is done by the next build, too."""
        self._lines.close()
        self.line.close()
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGTERM)


class Build:
    """One build in a process of its own, which can be ended, and may stay."""

    def __init__(
        self, root: Path, saved: tuple[Path, ...], *, aloud: bool = False
    ) -> None:
        self.root, self.names, self.aloud = root, pairs_in(saved, root), aloud
        self._process: subprocess.Popen[bytes] | None = None
        self.ended = False

    def run(self) -> Resident | None:
        """Run the notebooks whose text was saved, then build; return what stayed.

        Raises `SourcebookError` with what the build said of faults.
        """
        if self.names:
            self._run("notebooks", *self.names)
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._run("build", line=theirs)
            with ours.makefile("r", encoding="utf-8") as lines:
                said = lines.readline()  # "" where none stayed
            if not said:
                return None
            return Resident(ours.dup(), json.loads(said)["ready"])

    def end(self) -> None:
        """End it, with everything it started."""
        self.ended = True
        if self._process is not None:
            _end(self._process)

    def _run(self, *arguments: str, line: socket.socket | None = None) -> None:
        command = [str(PROGRAM), "--root", str(self.root), *arguments]
        fds = (line.fileno(),) if line else ()
        env = {**os.environ, STAY: str(fds[0])} if fds else None
        # A file and no pipe: what a build leaves running would keep a pipe open.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own
                command,
                start_new_session=True,
                pass_fds=fds,
                env=env,
                stdout=None if self.aloud else log,
                stderr=None if self.aloud else log,
            )
            if self.ended:
                _end(self._process)
            code = self._process.wait()
            log.seek(0)
            output = log.readlines()
        if code:
            what = f"sourcebook {' '.join(arguments)} ended with {code}"
            last = "".join(output[-_LAST:]).strip()
            said = faults_in(output) or last or what
            raise SourcebookError(said.replace(f"{self.root}/", ""))


def faults_in(output: Iterable[str]) -> str:
    r"""Return what a build says is wrong, out of all that it says.

    >>> faults_in(["reading a\n", "\x1b[91ma.md:3: WARNING: odd\x1b[39m\n", "done\n"])
    'a.md:3: WARNING: odd'
    >>> faults_in(["Error: a.yml: no quote\n", "  fix: give one\n"])
    'a.yml: no quote\n  fix: give one'
    """
    found: list[str] = []
    inside = last = False  # of a warning, with its lines; of what is said at the end
    for raw in output:
        line = unstyle(raw).rstrip()
        last = last or line.startswith(("Error: ", "ERROR: "))
        start = _FAULT.search(line)
        inside = bool(start) or (inside and line.startswith(" "))
        if line.startswith(_OF_US):
            break
        if inside or last:
            found.append(line.removeprefix("Error: ").removeprefix("ERROR: "))
    return "\n".join(found).strip()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a build and everything it started: asked first, then made to."""
    with suppress(ProcessLookupError):
        for how in (signal.SIGINT, signal.SIGTERM):
            os.killpg(process.pid, how)
            with suppress(subprocess.TimeoutExpired):
                process.wait(END_WITHIN)
                break
        os.killpg(process.pid, signal.SIGKILL)  # whatever of its group is left
