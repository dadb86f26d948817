"""What to code next: a sheet's drafts page by page; passages and pairs proposed.

A sheet begins with one page of drafts, the likeliest first. The next one holds what is
neither coded, set aside nor a draft already, so that nothing comes twice and nothing is
left out. `sourcebook suggest` prints passages to code and pairs of claims to ask about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sourcebook.authoring.file_changes import Changes
from sourcebook.authoring.sheet_writing import drafts_text
from sourcebook.coding.census import OPEN
from sourcebook.coding.corpus import Corpus, read
from sourcebook.coding.schema import Codebook
from sourcebook.coding.sheets import load_codebook, load_yaml, nearest, sheet_paths
from sourcebook.coding.sources import Source
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.suggested_pairs import (
    DECLINED,
    RANK,
    uncoded,
    unsettled,
)
from sourcebook.desk.claim_drafts import Draft, find_drafts
from sourcebook.errors import SourcebookError, counted, printable
from sourcebook.views.answers import quoted

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


_SHOWN = 160  # characters of a passage


def propose(
    corpus: Corpus,
    answers: Sequence[Answer],
    *,
    source: str = "",
    rank: int | None = None,
) -> Iterator[str]:
    """Yield the proposals, line by line; those about one source where it is named.

    Raises `SourcebookError` where there is no such source.
    """
    if source and source not in corpus.sources:
        said = f"no source {source!r}{nearest(source, list(corpus.sources))}"
        raise SourcebookError(said, fix=f"use one of {', '.join(corpus.sources)}")
    yield from _passages(corpus, source, rank or RANK)
    yield from _pairs(corpus, answers, source, rank or RANK)


def _passages(corpus: Corpus, source: str, rank: int) -> Iterator[str]:
    passages = uncoded(corpus.sources.values(), corpus.claims, source=source)
    for each in passages[:rank]:
        near = f"; near {each.near}" if each.near else ""
        yield f"{each.score:5.2f}  {each.source}, line {each.line}: to code"
        yield f"       {printable('; '.join(each.reasons) or 'a sentence')}{near}"
        yield f"       {quoted(printable(each.text[:_SHOWN]))}"
    if passages:
        yield f"{counted(len(passages), 'passage')} neither coded nor set aside"


def _pairs(
    corpus: Corpus, answers: Sequence[Answer], source: str, rank: int
) -> Iterator[str]:
    proposals = unsettled(corpus, answers, rank=rank, source=source)
    for each in proposals:
        yield f"{each.score:5.2f}  {each.a} + {each.b}"
        yield f"       {'; '.join(each.reasons)}"
        for name in (each.a, each.b):
            yield f"       {quoted(corpus.claim(name).exact[:_SHOWN])}"
    of = f" with {source}" if source else ""
    yield f"{len(proposals)} of {rank}{of} not taken up and not declined"
    if proposals:
        yield f"next:  ask about a pair in book/questions, or decline it in {DECLINED}"
