"""What each source speaks of and what it does not: matters, searched by their terms.

The matters and their terms are written down in one file, so that an empty cell can be
read together with what was looked for. A term is one or more words, matched whole and
without regard to case; a trailing ``*`` takes any ending. A count is of places, not of
weight; nothing found means that none of the terms stands there, and tells nothing of
what a source thinks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, RootModel

from sourcebook.coding.corpus import by_issue
from sourcebook.coding.schema import Slug, Strict, Words
from sourcebook.coding.sheets import OWN, check_model, load_yaml
from sourcebook.errors import SheetError, SourcebookError
from sourcebook.reading.anchor import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

    from sourcebook.coding.corpus import Corpus, Source
    from sourcebook.reading.text import Document

_SMALL = str.maketrans("İıſ", "iis")  # letters whose small or capital one is in ASCII


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a term stands: the term, the words, and the line in the file."""

    term: str
    words: str
    line: int
    start: int  # in the clean text


def search(document: Document, terms: Iterable[str]) -> tuple[Hit, ...]:
    """Return every place of every term in a document, in order of the text.

    Where terms lie in one another, as *Karabakh* in *Nagorno-Karabakh*, the place is
    one, and the longest stands for it.

    >>> from sourcebook.coding.corpus import read
    >>> [hit.words for hit in search(read("bbc-2025").document, ["credible*"])]
    ['credible']
    """
    text = fold(document.text)
    found = [
        Hit(term, document.text[m.start() : m.end()], _line(document, m), m.start())
        for term in terms
        for m in (_pattern(term).finditer(text) if _may_hold(text, term) else ())
    ]
    hits: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -len(hit.words), hit.term)):
        if not hits or hit.start >= hits[-1].start + len(hits[-1].words):
            hits.append(hit)
    return tuple(hits)


def check_silent(source: Source, terms: Iterable[str]) -> None:
    """Refuse a silence that is none. Raises `SourcebookError` with the first place."""
    for hit in search(source.document, terms):
        raise SourcebookError(
            f"{source.citekey} is not silent: {hit.term!r} is found as {hit.words!r} "
            f"on line {hit.line} of {source.sheet.file}\n"
            "  fix: read the passage; then compare it, or choose narrower terms"
        )


def _pattern(term: str) -> re.Pattern[str]:
    words = fold(term).split()
    if not words or words == ["*"]:
        raise SourcebookError(
            f"not a term to search for: {term!r}\n"
            "  fix: give one or more words, with * for any ending"
        )
    stem, ending = words[-1].removesuffix("*"), r"\w*" if term.endswith("*") else ""
    body = r"\s+".join(map(re.escape, [*words[:-1], stem]))
    return re.compile(rf"(?<!\w){body}{ending}(?!\w)", re.IGNORECASE)


def _may_hold(text: str, term: str) -> bool:
    """Whether a text holds the first word of a term; most texts hold few."""
    words = fold(term).removesuffix("*").split()
    return not (words and words[0].isascii()) or words[0].lower() in _lower(text)


@lru_cache(maxsize=32)
def _lower(text: str) -> str:
    """Return a text in small letters, as a search without regard to case sees it."""
    return text.translate(_SMALL).lower()


def _line(document: Document, match: re.Match[str]) -> int:
    start, _ = document.raw_span(match.start(), match.end())
    return document.raw.count("\n", 0, start) + 1


FILE = "book/searches.yml"
COLUMNS = {
    "matter": "the matter, in words",
    "source": "citekey of the document",
    "places": "how many places any of its terms stands in",
    "found": "the words found, each once, in order of the text",
    "searched": "the terms that were searched",
}


class Matter(Strict):
    """One matter and the terms that stand for it."""

    id: Slug
    label: Words
    terms: Annotated[tuple[Words, ...], Field(min_length=1)]


class _Matters(RootModel[tuple[Matter, ...]]):
    """The whole file."""


def load_matters(root: Path) -> tuple[Matter, ...]:
    """Return the matters in the order of the file. Raises `SheetError`."""
    loaded = load_yaml(root / FILE, shown=FILE)
    matters = check_model(loaded, _Matters).root
    ids = [matter.id for matter in matters]
    faults = [
        loaded.fault(f"repeated id {name!r}", (number,), fix=OWN)
        for number, name in enumerate(ids)
        if name in ids[:number]
    ]
    if faults:
        raise SheetError(loaded.path, faults)
    return matters


def search_table(corpus: Corpus, matters: tuple[Matter, ...]) -> pd.DataFrame:
    """Return one row per matter and source, in the order of the matters.

    Columns as in ``COLUMNS``; sources stand in order of issue.
    """
    import pandas as pd  # noqa: PLC0415 - slow to import, and a check needs none

    rows = []
    for matter in matters:
        for source in by_issue(corpus.sources):
            hits = search(source.document, matter.terms)
            found = dict.fromkeys(" ".join(hit.words.split()) for hit in hits)
            searched = ", ".join(matter.terms)
            rows.append(
                (matter.label, source.citekey, len(hits), ", ".join(found), searched)
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))
