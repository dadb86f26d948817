"""Copies of books to measure in, and what makes one of them plain.

A copy is a repository of its own with one commit or more, so that the pages have their
dates. A plain copy differs in its settings alone: they name none of the extensions
that are there for speed, and `bench.stock` for the one that does both.
"""

from __future__ import annotations

import compileall
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from bench.books import REPOSITORY, make_book
from bench.pages import QUICK, write_book

from sourcebook.data.citation import commit_time

if TYPE_CHECKING:
    from collections.abc import Callable

STOCK = {"sourcebook.site.build_hooks": "bench.stock"}
OURS_ONLY = ("SOURCEBOOK_", "JUPYTER_PATH")  # variables that no run may inherit
_GIT = ("-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org")


@dataclass(frozen=True, slots=True)
class Place:
    """A book to measure in, plain or ours."""

    folder: Path
    plain: bool
    code: Path  # the repository whose package is measured

    @property
    def env(self) -> dict[str, str]:
        """The variables of every run here: what is measured is the copied package."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS_ONLY)}
        paths = os.pathsep.join(str(self.code / name) for name in ("src", "tests"))
        when = {"SOURCE_DATE_EPOCH": commit_time(self.folder)}
        return kept | when | {"PYTHONPATH": paths} | self.switches

    @property
    def switches(self) -> dict[str, str]:
        """The variables that make a run plain."""
        return {"WARM_KERNELS": "plain"} if self.plain else {}

    @property
    def site(self) -> Path:
        """The folder of the built pages."""
        return self.folder / "_build" / "html"

    def clear(self) -> None:
        """Take away all that a build leaves behind, caches included."""
        shutil.rmtree(self.folder / "_build", ignore_errors=True)


class Places:
    """The copies of one benchmark, each made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[str, Place] = {}
        self.code = folder / "code"
        _clone(self.code)
        compileall.compile_dir(self.code / "src", quiet=1)

    def this_book(self, *, plain: bool) -> Place:
        """Return a copy of this book as it was last committed."""
        return self._get("book", plain, _clone)

    def made_up(self, sources: int, *, plain: bool) -> Place:
        """Return a made-up book of this many sources."""
        return self._get(f"made-{sources}", plain, lambda to: make_book(to, sources))

    def only_pages(self, pages: int, *, plain: bool) -> Place:
        """Return a book of this many pages in which nothing is executed."""
        return self._get(f"pages-{pages}", plain, lambda to: write_book(to, pages))

    def drop(self, place: Place) -> None:
        """Take a copy away, to make room."""
        shutil.rmtree(place.folder)
        self._made = {k: v for k, v in self._made.items() if v is not place}

    def _get(self, name: str, plain: bool, make: Callable[[Path], object]) -> Place:
        name = f"{name}-{'plain' if plain else 'ours'}"
        if name not in self._made:
            # One name for both, since a longer path is more to read and to write.
            to = self.folder / ("a" if plain else "b") / name.rpartition("-")[0]
            make(to)
            if plain:
                _make_plain(to / "_config.yml")
            _commit(to)
            self._made[name] = Place(to, plain, self.code)
        return self._made[name]


def _make_plain(path: Path) -> None:
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    config["sphinx"]["extra_extensions"] = plain_extensions(
        config["sphinx"]["extra_extensions"]
    )
    path.write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")


def plain_extensions(names: list[str]) -> list[str]:
    """Return the extensions of a book without those that are there for speed."""
    return [STOCK.get(name, name) for name in names if name not in QUICK]


def change_note(sheet: Path, claim: str, note: str) -> None:
    """Give a claim that has no note one on measuring, or another than it had."""
    text = sheet.read_text(encoding="utf-8")
    head = re.compile(rf"^( *)- id: {claim}\n(?: +note: Measured.*\n)?", re.MULTILINE)
    found = head.search(text)
    if found is None:
        raise LookupError(f"{sheet.name} has no claim {claim}")
    line = f"{found[1]}- id: {claim}\n{found[1]}  note: {note}\n"
    sheet.write_text(text[: found.start()] + line + text[found.end() :], "utf-8")


def _clone(to: Path) -> None:
    _git("clone", "-q", "--local", str(REPOSITORY), str(to))


def _commit(folder: Path) -> None:
    if not (folder / ".git").exists():
        _git("init", "-q", cwd=folder)
        (folder / ".gitignore").write_text("/_build/\n", encoding="utf-8")
    _git("add", "--all", cwd=folder)
    _git("commit", "-q", "--allow-empty", "-m", "To measure", cwd=folder)


def _git(*words: str, cwd: Path | None = None) -> None:
    when = {
        f"GIT_{who}_DATE": "2025-08-01T12:00:00Z" for who in ("AUTHOR", "COMMITTER")
    }
    subprocess.run(["git", *_GIT, *words], cwd=cwd, check=True, env=os.environ | when)
