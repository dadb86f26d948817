"""``sourcebook exchange``: codings to and from other programs."""

from pathlib import Path

import click


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
    from sourcebook.data.qda_export import write_project

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
    from sourcebook.data.qda_export import write_new
    from sourcebook.data.qda_import import read_drafts

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
