"""``sourcebook record``: the facts from public pages."""

from __future__ import annotations

from pathlib import Path

import click


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
    from sourcebook.checking.link_check import answers, pages_of
    from sourcebook.coding.corpus import load_corpus
    from sourcebook.comparing.public_record import load_record

    pages = pages_of(load_record(load_corpus(root)))
    silent = 0
    for page, said in answers(pages, pause=pause, timeout=timeout):
        if said:
            silent += 1
            click.echo(f"{page}: {said} ({', '.join(pages[page])})")
    click.echo(f"{len(pages)} pages asked, {silent} did not answer")
