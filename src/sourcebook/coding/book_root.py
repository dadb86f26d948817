"""Where a book is: its folder, found upwards from the working folder."""

import os
from pathlib import Path

from sourcebook.errors import SourcebookError, printable

_HELD = ("seeds", "book", "notebooks")  # and what lies at the top
_FILES = ("_toc.yml", "_config.yml", "CITATION.cff", "seeds/references.bib")


def find_root(start: Path | None = None) -> Path:
    """Return the book's folder: the nearest upwards with ``seeds`` and ``_toc.yml``.

    Raises `SourcebookError` when there is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "seeds").is_dir() and os.path.lexists(folder / "_toc.yml"):
            return folder
    raise SourcebookError(
        f"{start}: not inside a book (no folder with seeds/ and _toc.yml above it)\n"
        "  fix: change into the repository, or pass its path"
    )


def refuse_pipes(root: Path) -> None:
    """Raise `SourcebookError` for what is no file, though it lies in the place of one.

    Whoever opened a pipe would wait for ever, so it is looked for before anything is.
    Hidden names are an editor's own.
    """
    below = (os.walk(root / folder) for folder in _HELD)
    found = {Path(here, name) for walk in below for here, _, names in walk
             for name in names} | {*root.iterdir()}  # fmt: skip
    odd = [path for path in sorted(found) if not (path.is_file() or path.is_dir())]
    named = [printable(path.relative_to(root).as_posix()) for path in odd
             if not path.name.startswith(".")]  # fmt: skip
    if named:
        said = "no file, but a link to nowhere, a pipe, a socket or a device"
        told = "\n".join(f"{name}: {said}" for name in named)
        raise SourcebookError(f"{told}\n  fix: put the file itself there")
    for name in _FILES:
        if (root / name).is_dir():
            raise SourcebookError(f"{name}: a folder\n  fix: put the file itself there")
