"""What git says of the book's own history; nothing of a repository around it.

Nothing here imports more than the standard library.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_DUBIOUS = "dubious ownership"
_OWN: set[Path] = set()  # the books whose history was found to be their own


def asked(root: Path, *words: str) -> str:
    """Return what git answers; "" without git, or where the book is not in it."""
    # A book that was unpacked inside another repository has no history: the dates of
    # that one are not its own. It has one where its contents are under control.
    if root not in _OWN:  # a book that is in no history yet may come into one
        own = _git(root, "ls-files", "--error-unmatch", "--", "_toc.yml")
        if own is None or own.returncode:
            return ""
        _OWN.add(root)
    done = _git(root, *words)
    return done.stdout if done and done.returncode == 0 else ""


def unheard(root: Path) -> str:
    """Return a sentence where the book has a history that git cannot or will not read.

    It will not where the folder is not ours.
    """
    done = _git(root, "ls-files", "--", "_toc.yml")
    if done is None or not done.returncode:
        return ""
    if _DUBIOUS in done.stderr:
        why = f"{root} belongs to somebody else, so git does not read its history"
        fix = f"git config --global --add safe.directory '{root}'"
    elif not os.path.lexists(root / ".git"):
        return ""
    else:
        why = f"{root / '.git'}: git cannot read it ({done.stderr.strip()})"
        fix = "make it yours (chmod, chown), or work in a clone"
    return f"{why}: dates are those of CITATION.cff\n  fix: {fix}"


def _git(root: Path, *words: str) -> subprocess.CompletedProcess[str] | None:
    command = ["git", "-C", str(root), *words]
    env = {**os.environ, "LC_ALL": "C"}  # for what it says is looked at
    if os.path.lexists(root / ".git"):  # and where that is no good, no other is
        env["GIT_CEILING_DIRECTORIES"] = str(root.parent)
    try:
        return subprocess.run(  # noqa: S603 - our own arguments
            command, check=False, capture_output=True, env=env,
            encoding="utf-8", errors="replace",  # of what was committed
        )  # fmt: skip
    except (FileNotFoundError, PermissionError):
        return None
