"""Where a book is: its folder, found upwards from the working folder."""

from __future__ import annotations

from pathlib import Path

from sourcebook.errors import SourcebookError


def find_root(start: Path | None = None) -> Path:
    """Return the book's folder: the nearest upwards with ``seeds`` and ``_toc.yml``.

    Raises `SourcebookError` when there is none.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "seeds").is_dir() and (folder / "_toc.yml").is_file():
            return folder
    raise SourcebookError(
        f"{start}: not inside a book (no folder with seeds/ and _toc.yml above it)\n"
        "  fix: change into the repository, or pass its path"
    )
