"""``sourcebook scan``: many documents into tables, with its progress on a terminal.

A pipe gets the report alone.
"""

import os
import sys
from pathlib import Path

import click

from sourcebook.errors import SourcebookError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--to", type=click.Path(path_type=Path),
    help="Folder of the tables; _build/scan/<name of FOLDER> when not given.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(min=1),
    help="How many processes read; as many as there are processors when not given.",
)  # fmt: skip
@click.option(
    "--scheduler", metavar="ADDRESS",
    help="Read on the workers of this Dask scheduler instead (tcp://…).",
)  # fmt: skip
@click.pass_obj
def scan(
    root: Path,
    folder: Path,
    to: Path | None,
    workers: int | None,
    scheduler: str | None,
) -> None:
    """Read every document below FOLDER (.txt, .md) into tables in Parquet.

    A file's text is taken as `sourcebook add` takes it. Numbers, dates, quotations, the
    actors of seeds/actors.yml, what is doubtful in a text and the documents themselves
    get a table each. Hidden files and links are passed over, and files of other kinds
    are counted: add one of them with `sourcebook add`. A scan that
    was stopped goes on where it stopped, and one of a changed folder reads what
    changed. To ask the tables, in Python:

    \b
      import duckdb
      duckdb.sql(
          "SELECT document, text, context FROM '_build/scan/letters/numbers/*.parquet'"
          " WHERE unit = 'percent' AND context ILIKE '%trade%'"
      )
    """  # noqa: D301 - click's own mark for lines that stay as they are
    try:
        import document_scan  # an extra, as are the libraries it needs
        from sourcebook.authoring.text_extraction import extract_bytes
        from sourcebook.data.scanned_rows import book_reader
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        said = "`sourcebook scan` needs the extra `scan`"
        raise SourcebookError(said, fix="pip install 'sourcebook[scan]'") from None
    target = to or root / "_build" / "scan" / folder.resolve().name
    hidden = not sys.stderr.isatty()
    bar = click.progressbar(
        length=1, label="reading", file=sys.stderr, hidden=hidden, show_pos=True
    )

    def progress(done: int, of: int) -> None:
        bar.length = of
        bar.update(done - bar.pos)

    cluster, workers = document_scan.cluster, workers or os.cpu_count() or 1
    pool = cluster(scheduler) if scheduler else document_scan.processes(workers)
    try:
        with pool as started, bar:
            report = document_scan.scan(
                folder, target, reader=book_reader(root, extract_bytes),
                workers=started, made_by="sourcebook scan", progress=progress,
            )  # fmt: skip
    except document_scan.ScanError as error:
        raise SourcebookError(str(error)) from None
    for refused in report.refused:
        click.echo(str(refused), err=True)
    click.echo(str(report))
    click.echo(f"wrote {target}")
    if report.refused:
        raise SystemExit(1)
