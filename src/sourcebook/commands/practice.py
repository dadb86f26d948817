"""A small copy of the book in a folder of its own, to try the commands in.

What the tutorial does to a book it does to this copy: the sources, their sheets, the
questions and the contents, under git like the real one. Commands are the real ones, and
what they print is shown as they print it. The book itself is only read, and the copy is
gone when it is closed.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from click.testing import CliRunner

from sourcebook.coding.book_files import find_root
from sourcebook.coding.source_cache import bring_kept
from sourcebook.commands.command_line import main
from sourcebook.errors import SourcebookError
from warm_kernels import warm_kernels

_COPIED = ("seeds", "book/questions", "book/declined.yml", "book/claims.md", "_toc.yml")
_STATEMENT = re.compile(r"\{holds\}`([^`<]*?)\s*<[^`>]*>`")
_WORDING = "unbound: [{files: '*', reason: written of a book without this document}]\n"
_IGNORED = ".gitignore"
_GIT = ("-c", "user.name=Reader", "-c", "user.email=", "-c", "commit.gpgsign=false")


@dataclass(frozen=True, slots=True)
class Practice:
    """The copy of a book: a folder, and what is to be cleared away at the end."""

    folder: Path
    _closing: contextlib.ExitStack

    @classmethod
    def begin(cls, root: Path | None = None) -> Self:
        """Copy what a check of the book needs, and commit it.

        Raises `SourcebookError` where there is no git.
        """
        root = root or find_root()
        with contextlib.ExitStack() as closing:
            place = closing.enter_context(tempfile.TemporaryDirectory())
            folder = Path(place).resolve()  # as commands name it
            closing.enter_context(warm_kernels())
            for name in _COPIED:
                _copy(root / name, folder / name)
            bring_kept(root, folder)
            _unbind(folder)
            (folder / _IGNORED).write_text("_build/\n", encoding="utf-8")
            for step in ("init -q", "add .", "commit -q -m 'The book as it was'"):
                _git(folder, shlex.split(step))
            return cls(folder, closing.pop_all())

    def close(self) -> None:
        """Remove the copy and everything in it."""
        self._closing.close()

    def put(self, file: Path | str) -> None:
        """Lay a document into the copy, beside its contents."""
        shutil.copyfile(file, self.folder / Path(file).name)

    def run(self, line: str) -> None:
        """Run a command as it is typed in the copy; print it, and what it says."""
        program, *words = shlex.split(line)
        if program == "git":
            said = _git(self.folder, words)
        elif program == "sourcebook":
            with contextlib.chdir(self.folder):
                said = CliRunner().invoke(main, words, catch_exceptions=False).output
        else:
            said = f"{program!r} is no command of this tutorial"
            raise SourcebookError(said, fix="begin with sourcebook or git")
        _show([f"$ {line}", *said.replace(str(self.folder), ".").splitlines()])

    def show(self, name: str, first: str, last: str = "") -> None:
        """Print a file of the copy from the line that begins with ``first``.

        It ends before the line that begins with ``last``, or with the file.
        """
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        start = _line(lines, first, name)
        rest = lines[start + 1 :]
        stop = _line(rest, last, name) if last else len(rest)
        while stop and not rest[stop - 1].strip():
            stop -= 1
        _show([lines[start], *rest[:stop]])

    def edit(self, name: str, changes: dict[str, str]) -> None:
        """Put words of a file in the place of others, as an editor would.

        Prints the lines that changed. Raises `SourcebookError` unless each of the words
        stands in the file, and once only.
        """
        path = self.folder / name
        before = after = path.read_text(encoding="utf-8")
        for old, new in changes.items():
            if after.count(old) != 1:
                said = f"{name}: {old!r} stands {after.count(old)} times in it"
                raise SourcebookError(said, fix="give words that stand there once")
            after = after.replace(old, new)
        path.write_text(after, encoding="utf-8")
        rows = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0)
        _show(row for row in list(rows)[2:] if row[0] != "@")


def _show(lines: Iterable[str]) -> None:
    """Write lines in one go: a kernel may send what comes in two as two outputs."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        shutil.copyfile(source, target)


def _unbind(folder: Path) -> None:
    """Turn statements about the whole collection into plain words."""
    # One more document would end what the book says of all of them together (only,
    # none, five), and the tutorial is about the document: these sentences become plain
    # words, and no page is asked to bind its own.
    for path in (folder / "book" / "questions").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(_STATEMENT.sub(r"\1", text), encoding="utf-8")
    (folder / "book").mkdir(exist_ok=True)
    (folder / "book" / "wording.yml").write_text(_WORDING, encoding="utf-8")


def _line(lines: list[str], words: str, name: str) -> int:
    """Return the first line that begins with words, blanks before them aside."""
    for number, line in enumerate(lines):
        if line.lstrip(" -").startswith(words):
            return number
    fix = "look at the file"
    raise SourcebookError(f"{name}: no line begins with {words!r}", fix=fix)


def _git(folder: Path, words: list[str]) -> str:
    """Run git in a folder, away from anybody's settings; return what it says."""
    aside = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            ["git", "-C", str(folder), *_GIT, *words],  # noqa: S607
            env=kept | aside,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise SourcebookError("no git here", fix="install git") from None
    if done.returncode:
        raise SourcebookError(f"git {' '.join(words)}: {done.stderr.strip()}")
    return done.stdout
