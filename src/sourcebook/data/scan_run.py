"""One scan from the command line: who reads, and how far it has come.

Progress is shown on a terminal; a pipe gets the report alone.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from document_scan.scan_workers import cluster, processes
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from pathlib import Path

    from document_scan.folder_scan import Report


def run_scan(
    root: Path,
    folder: Path,
    target: Path,
    *,
    workers: int | None,
    scheduler: str | None,
) -> Report:
    """Scan a folder with processes, or with a cluster; return what was done.

    Raises `SourcebookError`; what was read until then stays.
    """
    try:
        from document_scan.folder_scan import book_names, scan  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        raise SourcebookError(
            "`sourcebook scan` needs the extra `scan`\n"
            "  fix: pip install 'sourcebook[scan]'"
        ) from None
    crew = cluster(scheduler) if scheduler else processes(workers or _processors())
    bar = click.progressbar(
        length=1,
        label="reading",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        show_pos=True,
    )

    def progress(done: int, of: int) -> None:
        bar.length = of
        bar.update(done - bar.pos)

    with crew as each, bar:
        return scan(
            folder, target, names=book_names(root), workers=each, progress=progress
        )


def _processors() -> int:
    return os.cpu_count() or 1
