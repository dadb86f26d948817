"""One scan from the command line: who reads, and how far it has come.

Progress is shown on a terminal; a pipe gets the report alone.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from pathlib import Path

    from document_scan import Report


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
        import document_scan  # noqa: PLC0415 - an extra, as are the libraries it needs
        from sourcebook.data.scanned_rows import book_reader  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        raise SourcebookError(
            "`sourcebook scan` needs the extra `scan`\n"
            "  fix: pip install 'sourcebook[scan]'"
        ) from None
    crew = (
        document_scan.cluster(scheduler)
        if scheduler
        else document_scan.processes(workers or os.cpu_count() or 1)
    )
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

    try:
        with crew as each, bar:
            return document_scan.scan(
                folder,
                target,
                reader=book_reader(root),
                workers=each,
                made_by="sourcebook scan",
                progress=progress,
            )
    except document_scan.ScanError as error:
        raise SourcebookError(str(error)) from None
