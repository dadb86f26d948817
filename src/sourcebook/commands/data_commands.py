"""The commands ``scan``, ``exchange``, ``record``: what other programs and pages hold.

Many documents into tables, with its progress on a terminal (a pipe gets the report
alone); codings to and from other programs; whether the public pages that facts rest on
still answer.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from sourcebook.comparing.public_record import Record


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

    pool = (
        document_scan.cluster(scheduler)
        if scheduler
        else document_scan.processes(workers or os.cpu_count() or 1)
    )
    try:
        with pool as started, bar:
            report = document_scan.scan(
                folder,
                target,
                reader=book_reader(root, extract_bytes),
                workers=started,
                made_by="sourcebook scan",
                progress=progress,
            )
    except document_scan.ScanError as error:
        raise SourcebookError(str(error)) from None
    for refused in report.refused:
        click.echo(str(refused), err=True)
    click.echo(str(report))
    click.echo(f"wrote {target}")
    if report.refused:
        raise SystemExit(1)


@click.group()
def exchange() -> None:
    """Codings to and from QualCoder, MAXQDA, NVivo or ATLAS.ti (REFI-QDA, .qdpx)."""


@exchange.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_codings(root: Path, file: Path) -> None:
    """Write every claim as a coded passage into FILE, a new .qdpx project.

    The documents are in it, whole: it is for a desk, and not for publication.
    """
    from sourcebook.coding.corpus import load_corpus
    from sourcebook.data.qda_exchange import write_project

    corpus = load_corpus(root)
    write_project(corpus, file)
    click.echo(f"wrote {file}: {len(corpus.claims)} passages")


@exchange.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A new file for the drafts; printed when not given.",
)
@click.pass_obj
def import_codings(root: Path, file: Path, to: Path | None) -> None:
    """Draft a claim for every passage coded in FILE and in no sheet.

    No sheet is changed: what comes out is YAML, to be finished and put into one.
    """
    from sourcebook.coding.corpus import load_corpus
    from sourcebook.data.qda_exchange import read_drafts, write_new

    incoming, drafts = read_drafts(file, load_corpus(root))
    if to:
        write_new(to, drafts.encode())
        click.echo(f"wrote {to}")
    else:
        click.echo(drafts, nl=False)
    for line in incoming.report():
        click.echo(line, err=True)
    if incoming.faults:
        raise SystemExit(1)


_AGENT = "sourcebook (checks whether cited pages answer)"
_TRY_WHOLE = {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
_REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
_LONGEST = 3600  # seconds
_KEPT = ":/?#[]@!$&'()*+,;=%~"  # what an address may hold as it is


def pages_of(record: Record) -> dict[str, tuple[str, ...]]:
    """Return the ids of the facts that rest on each address, sorted by address."""
    found: dict[str, list[str]] = {}
    for fact in record.facts:
        for url in dict.fromkeys((fact.url, *(page.url for page in fact.second))):
            found.setdefault(url, []).append(fact.id)
    return {url: tuple(found[url]) for url in sorted(found)}


def answers(
    pages: Iterable[str], *, pause: float, timeout: float
) -> Iterator[tuple[str, str]]:
    """Yield each address and what is wrong with it, "" where it answers."""
    for number, page in enumerate(pages):
        # One at a time, with a pause between them: nobody's server should notice us.
        if number:
            time.sleep(pause)
        yield page, fault_at(page, timeout=timeout)


def fault_at(page: str, *, timeout: float) -> str:
    """Return why a page does not answer, or "" where it does."""
    from http.client import HTTPException
    from urllib.error import HTTPError

    # Only for the head of a page, where a server allows that.
    for method in ("HEAD", "GET"):
        try:
            _ask(page, method, timeout=timeout)
        except HTTPError as error:
            if method == "HEAD" and error.code in _TRY_WHOLE:
                continue
            # Many news sites refuse programs altogether: a refusal says nothing about
            # the page.
            refused = error.code in _REFUSED
            return f"{'refuses programs' if refused else 'is gone'} ({error.code})"
        except (OSError, HTTPException, ValueError) as error:  # no address, no answer
            return f"no answer: {getattr(error, 'reason', error)}"
        break
    return ""


def _ask(page: str, method: str, *, timeout: float) -> None:
    """Ask for a page and drop what comes; addresses in any script are encoded."""
    from urllib.parse import quote
    from urllib.request import Request, urlopen

    headers = {"User-Agent": _AGENT}
    asked = Request(quote(page, safe=_KEPT), headers=headers, method=method)  # noqa: S310 - the schema lets http and https alone pass
    with urlopen(asked, timeout=timeout):  # noqa: S310 - likewise
        pass


@click.group()
def record() -> None:
    """Facts from public pages, outside the documents (book/record/)."""


@record.command("check")
@click.option("--pause", default=1.0, show_default=True, help="Seconds between pages.")
@click.option("--timeout", default=20.0, show_default=True, help="Seconds for a page.")
@click.pass_obj
def check_pages(root: Path, pause: float, timeout: float) -> None:
    """Ask every page of the record whether it still answers; name those that do not.

    This needs a network, and is never part of a build. What a page says today, it
    does not read.
    """
    from sourcebook.coding.corpus import load_corpus
    from sourcebook.comparing.public_record import load_record

    if not (0 <= pause <= _LONGEST and 1 <= timeout <= _LONGEST):
        raise click.UsageError("--pause takes 0 to 3600 seconds, --timeout 1 to 3600")
    pages = pages_of(load_record(load_corpus(root)))
    silent = 0
    for page, said in answers(pages, pause=pause, timeout=timeout):
        if said:
            silent += 1
            click.echo(f"{page}: {said} ({', '.join(pages[page])})")
    click.echo(f"{len(pages)} pages asked, {silent} did not answer")
