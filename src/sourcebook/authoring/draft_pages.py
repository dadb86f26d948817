"""The drafts of a long document in pages: the likeliest first, more when they are done.

A sheet begins with one page of drafts. The next one holds what is neither coded, set
aside nor a draft already, so that nothing comes twice and nothing is left out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sourcebook.authoring.claim_drafts import find_drafts
from sourcebook.authoring.file_changes import Changes
from sourcebook.authoring.sheet_writing import drafts_text
from sourcebook.coding.corpus import read
from sourcebook.coding.sheets import load_codebook, nearest
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from pathlib import Path

    from sourcebook.authoring.claim_drafts import Draft
    from sourcebook.coding.schema import Codebook
    from sourcebook.coding.sources import Source

PAGE: Final = 60
_NUMBER: Final = re.compile(r"draft-(\d+)")
_DRAFTS: Final = re.compile(r"(?m)^drafts:[^\n]*\n(?:(?:[ #-][^\n]*)?\n)*")


def first_page(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """Return a page of the likeliest drafts, in the order of the text."""
    ranked = sorted(drafts, key=lambda each: (-_likely(each), each.start))
    page = sorted(ranked[:PAGE], key=lambda each: (each.start, each.end))
    return tuple(_named(each, number) for number, each in enumerate(page, 1))


def _likely(draft: Draft) -> int:
    """Return how much of a claim could be read: its measure, its time, its actors."""
    given = dict(draft.fields)
    if "quote" in draft.hints and "alone" in draft.hints["quote"]:
        return -2  # to be set aside
    measured = given["kind"] == "quantity" and "none in" not in draft.hints["measure"]
    row = str(given["quote"]).count("|")
    return (
        2 * measured + bool(given.get("when")) + bool(given.get("actors")) - bool(row)
    )


def _named(draft: Draft, number: int) -> Draft:
    (_, _), *rest = draft.fields
    return replace(draft, fields=(("id", f"draft-{number}"), *rest))


def next_page(root: Path, key: str, *, section: str = "") -> tuple[int, int]:
    """Write the next drafts into a sheet; return how many, and how many are left.

    With a ``section``, only drafts from under headings that have these words. Raises
    `SourcebookError` where there is no such source, or section.
    """
    source = read(key, root=root)
    left = _left(source, load_codebook(root))
    if section:
        left = _under(left, section, source)
    taken = [int(found[1]) for each in (*source.sheet.drafts, *source.sheet.claims)
             if (found := _NUMBER.fullmatch(each.id))]  # fmt: skip
    page = first_page(left)
    page = tuple(_named(d, n) for n, d in enumerate(page, max(taken, default=0) + 1))
    if page:
        path = root / "seeds" / f"{key}.yml"
        before = path.read_bytes()
        with Changes(root) as changes:
            changes.edit(path, before, _with_drafts(before.decode(), page))
            changes.write()
    return len(page), len(left) - len(page)


def _left(source: Source, codebook: Codebook) -> tuple[Draft, ...]:
    """Return the drafts of what is not coded, set aside, or a draft of the sheet."""
    unread = {(i.start, i.end) for i in source.census if i.state in ("unread", "gap")}
    had = {(d.quote, d.nth or 0, d.figure) for d in source.sheet.drafts}
    drafts, _ = find_drafts(
        source.document, source.sheet, codebook, source.actors, only=unread
    )
    return tuple(
        each
        for each in drafts
        if (
            (given := dict(each.fields))["quote"],
            given.get("nth", 0),
            given.get("figure", ""),
        )
        not in had
    )


def _under(
    drafts: tuple[Draft, ...], section: str, source: Source
) -> tuple[Draft, ...]:
    document = source.document
    titles = [each.title for each in document.sections if each.title]
    if not any(section.lower() in title.lower() for title in titles):
        raise SourcebookError(
            f"{source.citekey}: no section {section!r}{nearest(section, titles)}\n"
            f"  fix: use words of a heading, as `sourcebook status {source.citekey}` "
            "lists them"
        )
    return tuple(
        each
        for each in drafts
        if section.lower() in document.section_at(each.start).title.lower()
    )


def _with_drafts(sheet: str, page: tuple[Draft, ...]) -> str:
    """Return a sheet with more drafts behind those it has."""
    found = _DRAFTS.search(sheet)
    text = drafts_text(page)
    if not found or found[0].partition("\n")[0].strip() != "drafts:":
        return (
            f"{sheet.rstrip()}\n\ndrafts:\n{text}\n"
            if not found
            else (f"{sheet[: found.start()]}drafts:\n{text}\n\n{sheet[found.end() :]}")
        )
    held = found[0].rstrip()
    held = "drafts:" if held == "drafts:\n  []" else held
    return f"{sheet[: found.start()]}{held}\n{text}\n\n{sheet[found.end() :]}"
