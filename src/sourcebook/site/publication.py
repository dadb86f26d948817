"""The site that readers have: replaced whole, or left as it was.

A build works in a folder beside it, which it keeps for the next build to go on from.
When all went well, a second folder is filled: files that are as readers have them are
linked, others copied. Then the two folders change places, in one step where the system
can. What readers have is never written into, so a build that fails, is refused or is
killed takes nothing away.

Nothing here imports more than the standard library.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from contextlib import suppress
from pathlib import Path

SITE = "_build/html"
WORK = "_build/html.next"  # where Sphinx writes
_FILLED = "_build/html.new"
_HERE, _EXCHANGE = -100, 2  # of renameat2(2): paths as they are, and both change places


def files_in(folder: Path) -> dict[str, list[int]]:
    """Return size and time of every file in a folder, by its path in there."""
    found = {}
    for here, _, files in os.walk(folder):
        for name in files:
            path = Path(here) / name
            facts = path.stat()
            at = path.relative_to(folder).as_posix()
            found[at] = [facts.st_size, facts.st_mtime_ns]
    return found


def publish(root: Path) -> None:
    """Give readers what was built. What they have must be as it was published."""
    site, work, filled = root / SITE, root / WORK, root / _FILLED
    shutil.rmtree(filled, ignore_errors=True)
    before = files_in(site)
    for name, facts in files_in(work).items():
        to = filled / name
        to.parent.mkdir(parents=True, exist_ok=True)
        _put(site / name if before.get(name) == facts else None, work / name, to)
    filled.mkdir(parents=True, exist_ok=True)
    _swap(filled, site)
    shutil.rmtree(filled, ignore_errors=True)


def _put(same: Path | None, made: Path, to: Path) -> None:
    """Link the file that readers have already; else copy the one that was made.

    A file that was made is never linked: the next build writes into it.
    """
    if same is not None:
        with suppress(OSError):  # a file system without links
            os.link(same, to)
            return
    shutil.copy2(made, to)


def _swap(new: Path, old: Path) -> None:
    """Let two folders change places."""
    if not old.exists():
        new.rename(old)
        return
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        paths = os.fsencode(new), os.fsencode(old)
        if rename(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0:
            return
    except (AttributeError, OSError):
        pass  # a system without it: two steps, with a moment between them
    aside = old.with_name(f"{old.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    old.rename(aside)
    new.rename(old)
    aside.rename(new)
