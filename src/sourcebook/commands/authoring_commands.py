"""The commands `add`, `new` and `schema`: what is typed goes in, files come out."""

import sys
from pathlib import Path

import click

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
    """Add FILE (.txt, .md, .html, .pdf, .docx) to the book as a source.

    Writes its text, a sheet with every number, date and quotation as a draft to
    complete, its notebook, its bibliography entry and its place in the contents; all of
    it or nothing, and nothing over anything. What is not given is asked for on a
    terminal.
    """
    from sourcebook.authoring.add import Arrival, add_source, check_new
    from sourcebook.authoring.bibliography_entries import read_entry
    from sourcebook.authoring.incoming_file import take_in
    from sourcebook.authoring.source_metadata import gather
    from sourcebook.authoring.text_extraction import extract

    check_new(root, key)
    incoming = take_in(file)
    entry = read_entry(bib, key) if bib else None
    found = extract(incoming)
    metadata, taken = gather(
        typed, found, entry=entry, ask=sys.stdin.isatty(), as_proposed=as_proposed
    )
    said = [f"took from the file itself: {', '.join(taken)}"] if taken else []
    if "issued" in taken and incoming.kind in {".pdf", ".docx"}:
        said.append(f"{metadata.issued} is the day the file was made: the document's "
                    "own may be another; give it with --issued")  # fmt: skip
    arrival = Arrival(key, incoming, found, metadata, entry)
    added = add_source(root, arrival)
    said += added.said
    for line in (*added.written, *(f"note:  {words}" for words in said)):
        click.echo(line)
    for line in added.doubts:
        click.echo(f"to settle:  {line}")
    more = f", the likeliest of {added.drafts + added.left}" if added.left else ""
    click.echo(f"{added.drafts} drafts to complete{more}")
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
    from sourcebook.authoring.draft_pages import next_page

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
    begun = begin_chapter(root, chapter, title=title, asks=asks, claims=ids)
    for line in (*begun.written, *(f"note:  {words}" for words in begun.said)):
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
