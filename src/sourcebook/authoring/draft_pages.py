"""The drafts of a long document in pages: the likeliest first, more when they are done.

A sheet begins with one page of drafts. The next one holds what is neither coded, set
aside nor a draft already, so that nothing comes twice and nothing is left out.
"""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from sourcebook.authoring.file_changes import Changes
from sourcebook.authoring.sheet_writing import drafts_text
from sourcebook.coding.census import OPEN
from sourcebook.coding.corpus import read
from sourcebook.coding.schema import Codebook
from sourcebook.coding.sheets import load_codebook, load_yaml, nearest, sheet_paths
from sourcebook.coding.sources import Source
from sourcebook.desk.claim_drafts import Draft, find_drafts
from sourcebook.errors import SourcebookError

PAGE: Final = 60
_NUMBER: Final = re.compile(r"draft-(\d+)")
_DRAFTS: Final = re.compile(r"(?m)^drafts:[^\n]*\n(?:(?:[ #-][^\n]*)?\n)*")


def first_page(drafts: tuple[Draft, ...], *, begin: int = 1) -> tuple[Draft, ...]:
    """Return a page of the likeliest drafts, in the order of the text, numbered."""
    ranked = sorted(drafts, key=lambda d: (d.is_bare, -_likely(d), d.start))
    page = sorted(ranked[:PAGE], key=lambda each: (each.start, each.end))
    return tuple(
        replace(each, fields=(("id", f"draft-{number}"), *each.fields[1:]))
        for number, each in enumerate(page, begin)
    )


def _likely(draft: Draft) -> int:
    """Return how much of a claim could be read: its measure, its time, its actors."""
    given = dict(draft.fields)
    told = sum(bool(given.get(name)) for name in ("when", "actors"))
    return 2 * bool(draft.likely.get("measure")) + told - ("|" in str(given["quote"]))


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
    page = first_page(left, begin=max(taken, default=0) + 1)
    if page:
        path = sheet_paths(root / "seeds" / f"{key}.yml")[-1]
        before = path.read_bytes()
        begun = bool(load_yaml(path).data.get("drafts"))
        with Changes(root) as changes:
            more = _with_drafts(before.decode(), page, begun=begun)
            changes.edit(path, before, more)
            changes.write()
    return len(page), len(left) - len(page)


def _left(source: Source, codebook: Codebook) -> tuple[Draft, ...]:
    """Return the drafts of what is not coded, set aside, or a draft of the sheet."""
    unread = (item for item in source.census if item.state in OPEN)
    had = {(d.quote, d.nth or 0, d.figure) for d in source.sheet.drafts}
    drafts, _ = find_drafts(
        source.document, source.sheet, codebook, source.actors, items=unread
    )

    def place(draft: Draft) -> tuple[object, ...]:
        given = dict(draft.fields)
        return given["quote"], given.get("nth", 0), given.get("figure", "")

    return tuple(each for each in drafts if place(each) not in had)


def _under(
    drafts: tuple[Draft, ...], section: str, source: Source
) -> tuple[Draft, ...]:
    document = source.document
    titles = [each.title for each in document.sections if each.title]
    if not any(section.lower() in title.lower() for title in titles):
        fix = f"use words of a heading, as `sourcebook status {source.citekey}` lists"
        said = f"{source.citekey}: no section {section!r}{nearest(section, titles)}"
        raise SourcebookError(said, fix=f"{fix} them")
    return tuple(
        each
        for each in drafts
        if section.lower() in document.section_at(each.start).title.lower()
    )


def _with_drafts(sheet: str, page: tuple[Draft, ...], *, begun: bool) -> str:
    """Return a sheet with more drafts behind those it has, where it has ``begun``."""
    found = _DRAFTS.search(sheet)
    if not found:
        return f"{sheet.rstrip()}\n\ndrafts:\n{drafts_text(page)}\n"
    held = found[0].rstrip() if begun else "drafts:"
    if "[" in held.partition("\n")[0].partition("#")[0]:
        said = "drafts: they stand in one line, to which nothing can be added"
        raise SourcebookError(said, fix="begin a line with `- ` for each")
    rest = sheet[found.end() :]
    return f"{sheet[: found.start()]}{held}\n{drafts_text(page)}\n\n{rest}"
