"""``sourcebook scan``: many documents into tables."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="Folder of the tables; _build/scan/<name of FOLDER> when not given.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="How many processes read; as many as there are processors when not given.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Read on the workers of this Dask scheduler instead (tcp://…).",
)
@click.pass_obj
def scan(
    root: Path,
    folder: Path,
    to: Path | None,
    workers: int | None,
    scheduler: str | None,
) -> None:
    """Read every document below FOLDER (.txt, .md) into tables in Parquet.

    Numbers, dates, quotations, the actors of seeds/actors.yml and the documents
    themselves get a table each. Hidden files and links are passed over. A scan that
    was stopped goes on where it stopped, and one of a changed folder reads what
    changed. To ask the tables, in Python:

    \b
      import duckdb
      duckdb.sql(
          "SELECT document, text, context FROM '_build/scan/letters/numbers/*.parquet'"
          " WHERE unit = 'percent' AND context ILIKE '%trade%'"
      )
    """  # noqa: D301 - click's own mark for lines that stay as they are
    from sourcebook.data.scan_run import run_scan

    target = to or root / "_build" / "scan" / folder.resolve().name
    report = run_scan(root, folder, target, workers=workers, scheduler=scheduler)
    for refused in report.refused:
        click.echo(str(refused), err=True)
    click.echo(str(report))
    click.echo(f"wrote {target}")
    if report.refused:
        raise SystemExit(1)
