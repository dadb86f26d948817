"""Run one command and say how long it took and how much memory it held.

A command that fails ends the benchmark with its last lines: a time of something that
did not work is no time. An interrupt ends the command's whole group first.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from sourcebook.errors import SourcebookError

BIN = Path(os.sys.executable).parent
EVERY = 0.5  # seconds between two looks at memory
LAST = 25  # lines of a failed command that are shown
PARENTS = ("jupyter-book", "sourcebook")  # programs that build; all else works for them
# What a Python that builds is told to begin with, now and in older versions.
WITHIN = ("from sourcebook.site.build", "from jupyter_book.")
WARM = "from warm_kernels.fork_server "  # and one that kernels are forked from
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run took: seconds, and megabytes by process where they were watched."""

    seconds: float
    memory: dict[str, float] = field(default_factory=dict)
    output: str = ""


def run(
    command: list[str], *, cwd: Path, env: dict[str, str], watch: bool = False
) -> Ran:
    """Run a command of the environment in ``cwd``; return what it took."""
    with tempfile.TemporaryFile() as log:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [str(BIN / command[0]), *command[1:]],
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watcher = _Watcher(process.pid) if watch else None
        try:
            code = process.wait()
        except BaseException:  # Ctrl-C too: the command must not outlive us
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()
            raise
        finally:
            seconds = time.perf_counter() - begun
            memory = watcher.stop() if watcher else {}
        log.seek(0)
        said = log.read().decode(errors="replace")
    if code:
        lines = said.splitlines()
        amiss = [line for line in lines if "WARNING" in line or "ERROR" in line]
        tail = "\n".join([*amiss[:LAST], *lines[-LAST:]])
        raise SourcebookError(f"{' '.join(command)} failed in {cwd}:\n{tail}")
    return Ran(round(seconds, 4), memory, said)


class _Watcher:
    """Looks at a process and its descendants now and then, and keeps the most."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most: defaultdict[str, float] = defaultdict(float)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> dict[str, float]:
        """End watching; return megabytes: each role at its largest, all together."""
        self._done.set()
        self._thread.join()
        names = ("parent", "warm", "worker", "together")
        return {name: round(self._most[name] / _MB, 1) for name in names}

    def _watch(self) -> None:
        while not self._done.wait(EVERY):
            try:
                root = psutil.Process(self._pid)
                seen = [root, *root.children(recursive=True)]
            except psutil.Error:
                continue
            self._look(seen)

    def _look(self, processes: list[psutil.Process]) -> None:
        together = 0
        for process in processes:
            try:
                held, above = process.memory_full_info(), process.parent()
                kind = role(process.cmdline(), above.cmdline() if above else [])
            except psutil.Error:  # it has just ended
                continue
            self._most[kind] = max(self._most[kind], held.rss)
            together += held.pss  # what is shared counts once
        self._most["together"] = max(self._most["together"], together)


def builds(command: list[str]) -> bool:
    """Return whether a process with this command line builds, or works for one."""
    if command[1:2] == ["-c"]:
        return any(each in part for each in WITHIN for part in command[2:3])
    return any(Path(part).name in PARENTS for part in command[:2])


def role(command: list[str], above: list[str]) -> str:
    """Return what a process is to a build, by its command line and its parent's.

    A kernel has the command line of the warm process that it was forked from.
    """
    if builds(command):
        return "parent"
    warm = command[1:2] == ["-c"] and any(WARM in part for part in command[2:3])
    return "warm" if warm and builds(above) else "worker"
