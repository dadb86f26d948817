"""``sourcebook record``: whether the public pages that facts rest on still answer."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sourcebook.comparing.public_record import Record

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
