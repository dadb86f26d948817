"""The commands that put something into a book, call it anew, or take it out."""

import sys
from pathlib import Path

import click

from sourcebook.commands.command_help import source_names

_NEXT_SOURCE = """\
next:  complete the drafts in seeds/{key}.yml, or at the coding desk (`make lab`)
       sourcebook check   # says what is wrong, and what is left
       sourcebook drafts {key}   # more drafts, once these are done
       sourcebook suggest {key}   # which claims of others to compare its claims with
       sourcebook notebooks {key}   # after each change to its text or its sheet
       sourcebook build   # the book with the new source in it"""
_NEXT_CHAPTER = """\
next:  write its questions in book/questions/{key}.yml, then `sourcebook check`
       sourcebook notebooks {key}   # after each change to its text or its questions
       sourcebook build   # the book with the new chapter in it"""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", required=True, help="Its citekey, such as acme-2024.")
@click.option(
    "--bib",
    type=click.Path(path_type=Path),
    help="A .bib or CSL-JSON file with an entry under the key.",
)
@click.option("--title", help="Its title; in [brackets] if the document has none.")
@click.option(
    "--author",
    help="'Family, Given', or an organisation's name; several with ';' between them.",
)
@click.option("--issued", help="Its date: 2024-05-17, 2024-05 or 2024.")
@click.option("--genre", help="What it is: Report, ScholarlyArticle, …")
@click.option("--publisher", help="The journal, outlet or body that published it.")
@click.option("--url", help="Its address.")
@click.option(
    "--as-proposed",
    is_flag=True,
    help="Take what the file says about itself where nothing else says it.",
)
@click.pass_obj
def add(
    root: Path,
    /,
    file: Path,
    key: str,
    bib: Path | None,
    *,
    as_proposed: bool,
    **typed: str,
) -> None:
    """Add FILE (.txt, .md, .html, .htm, .xhtml, .pdf, .docx) to the book as a source.

    Writes its text, a sheet with every number, date and quotation as a draft to
    complete, its notebook, its bibliography entry and its place in the contents; all of
    it or nothing, and nothing over anything. What is not given is asked for on a
    terminal.
    """
    from sourcebook.authoring.add import Arrival, add_source, check_new
    from sourcebook.authoring.incoming_file import DATED, take_in
    from sourcebook.authoring.source_metadata import gather, read_entry
    from sourcebook.authoring.text_extraction import extract

    check_new(root, key)
    incoming = take_in(file)
    entry = read_entry(bib, key) if bib else None
    found = extract(incoming)
    metadata, taken = gather(
        typed, found, entry=entry, ask=sys.stdin.isatty(), as_proposed=as_proposed
    )
    said = [f"took from the file itself: {', '.join(taken)}"] if taken else []
    if "issued" in taken and incoming.kind in DATED:
        said.append(f"{metadata.issued} is the day the file was made: the document's "
                    "own may be another; give it with --issued")  # fmt: skip
    arrival = Arrival(key, incoming, found, metadata, entry, tuple(said))
    for line in add_source(root, arrival):
        click.echo(line)
    click.echo(_NEXT_SOURCE.format(key=key))


@click.command()
@click.argument("source")
@click.option(
    "--section", default="", help="Only from under headings with these words."
)
@click.pass_obj
def drafts(root: Path, source: str, section: str) -> None:
    """Write the next page of drafts into the sheet of SOURCE, the likeliest first.

    What is coded, set aside or a draft already does not come again.
    """
    from sourcebook.authoring.suggestions import next_page

    written, left = next_page(root, source, section=section)
    click.echo(f"{written} drafts into seeds/{source}.yml, {left} left")


@click.command()
@click.argument("chapter")
@click.option("--title", required=True, help="The chapter's title.")
@click.option("--asks", default="", help="A first question, with its claims.")
@click.option("--claims", default="", help="Ids of the claims it compares: a/x,b/y.")
@click.pass_obj
def new(root: Path, chapter: str, title: str, asks: str, claims: str) -> None:
    """Begin the synthesis chapter CHAPTER: questions, notebook, place in the contents.

    All of it or nothing, and nothing over anything.
    """
    from sourcebook.authoring.new_chapter import begin_chapter

    ids = [name.strip() for name in claims.split(",") if name.strip()]
    for line in begin_chapter(root, chapter, title=title, asks=asks, claims=ids):
        click.echo(line)
    click.echo(_NEXT_CHAPTER.format(key=chapter))


@click.command()
@click.argument("printed", type=click.Choice(["check"]), required=False)
@click.pass_obj
def schema(root: Path, printed: str | None) -> None:
    """Write the JSON Schemas of sheets and questions, which editors check with.

    With the word check, print that of `sourcebook check --json` instead.
    """
    from sourcebook.authoring.json_schemas import FILES, schema_text

    if printed:
        click.echo(schema_text(printed).encode(), nl=False)
        return
    for name in FILES:
        (root / name).write_text(schema_text(name), encoding="utf-8", newline="\n")
        click.echo(f"wrote {name}")


@click.command()
@click.argument("source", default="", shell_complete=source_names)
@click.option(
    "--rank",
    type=click.IntRange(min=1),
    help="How many of the strongest proposals to look at; as many as must be settled.",
)
@click.pass_obj
def suggest(root: Path, source: str, rank: int | None) -> None:
    """Propose passages to code, and pairs of claims to ask about, with reasons.

    A passage is proposed where a sheet is not complete. With a SOURCE, only its
    passages, and only pairs that hold a claim of it.
    """
    from sourcebook.authoring.suggestions import propose
    from sourcebook.checking.book_check import look

    for line in propose(*look(root).held(), source=source, rank=rank):
        click.echo(line)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", required=True, help="What the collection is called.")
@click.option(
    "--author",
    default="The contributors",
    show_default=True,
    help="Who makes it, as its record is to say.",
)
@click.pass_obj
def init(root: Path, folder: Path, title: str, author: str) -> None:
    """Begin a collection of one's own in a new FOLDER: empty, whole, with its engine.

    It looks like the collection at hand; nothing else of that comes along.
    """
    from sourcebook.authoring.new_collection import EXAMPLE, begin

    for line in begin(folder, title=title, author=author, like=root):
        click.echo(line)
    click.echo(f"made {folder}, with one example")
    click.echo("next: make book, and make test, in there")
    click.echo(f"then: sourcebook remove {EXAMPLE}, and sourcebook add FILE --key KEY")


@click.command()
@click.argument("name", shell_complete=source_names)
@click.option("--anyway", is_flag=True, help="Do it even where something rests on it.")
@click.pass_obj
def remove(root: Path, name: str, *, anyway: bool) -> None:
    """Take the source, chapter or claim NAME out of the book, with all it brought.

    A claim is named <citekey>/<id>. What rests on it is told, and then nothing changes.
    """
    from sourcebook.authoring.book_parts import remove as leave

    for line in leave(root, name, anyway=anyway):
        click.echo(line)


@click.command()
@click.argument("name", shell_complete=source_names)
@click.argument("new")
@click.option("--anyway", is_flag=True, help="Do it even where something rests on it.")
@click.pass_obj
def rename(root: Path, name: str, new: str, *, anyway: bool) -> None:
    """Call the source, chapter or claim NAME from now on NEW, wherever it is named."""
    from sourcebook.authoring.book_parts import rename as call

    for line in call(root, name, new, anyway=anyway):
        click.echo(line)


@click.command()
@click.argument("source", shell_complete=source_names)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--anyway", is_flag=True, help="Do it even where claims no longer fit.")
@click.pass_obj
def reread(root: Path, source: str, file: Path | None, *, anyway: bool) -> None:
    """Take the text of SOURCE anew, from FILE or from what is kept of the document.

    What is coded stays. Claims that no longer fit are told, and then nothing changes.
    """
    from sourcebook.authoring.book_parts import reread as again

    for line in again(root, source, file, anyway=anyway):
        click.echo(line)


COMMANDS = (add, drafts, init, new, remove, rename, reread, schema, suggest)
