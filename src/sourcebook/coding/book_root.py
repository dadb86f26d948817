"""Where a book is: its folder, found upwards from the working folder."""

from __future__ import annotations

import os
from pathlib import Path

from sourcebook.errors import SourcebookError, printable

_HELD = ("seeds", "book", "notebooks")  # and what lies at the top


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
    """Raise `SourcebookError` for each pipe, socket or device in place of a file.

    Whoever opened one would wait for ever, so they are looked for before anything is.
    """
    below = (os.walk(root / folder) for folder in _HELD)
    found = [Path(here, name) for walk in below for here, _, names in walk
             for name in names] + [*root.iterdir()]  # fmt: skip
    odd = [p for p in found if p.exists() and not (p.is_file() or p.is_dir())]
    if odd:
        named = "\n".join(
            f"{printable(p.relative_to(root).as_posix())}: a pipe, a socket or a device"
            for p in sorted(odd)
        )
        raise SourcebookError(f"{named}\n  fix: put the file itself there")
