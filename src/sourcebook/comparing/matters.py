"""What each source speaks of and what it does not: matters, searched by their terms.

The matters and their terms are written down in one file, so that an empty cell can be
read together with what was looked for. A term is one or more words, matched whole and
without regard to case; a ``*`` at the end of a word takes any ending. A count is of
places, not of weight; nothing found means that none of the terms stands there, and
tells nothing of what a source thinks.

What readers search the book itself for, where their words are not its own, is written
down beside it, in another file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, RootModel

from sourcebook.coding.corpus import Corpus, Source, by_issue
from sourcebook.coding.plain_yaml import Where
from sourcebook.coding.schema import Slug, Strict, Words
from sourcebook.coding.sheets import OWN_ID, check_model, load_yaml
from sourcebook.errors import SourcebookError
from sourcebook.reading.anchor import fold
from sourcebook.reading.text import Document

if TYPE_CHECKING:
    import pandas as pd

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
    text_of = document.text
    text = fold(text_of)
    found = [
        Hit(term, text_of[slice(*m.span())], document.line_at(m.start()), m.start())
        for term in terms
        for m in (_pattern(term).finditer(text) if _may_hold(text, term) else ())
    ]
    # Of those that begin at one place the longest comes first, and so is the one kept.
    hits: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -len(hit.words), hit.term)):
        if not hits or hit.start >= hits[-1].start + len(hits[-1].words):
            hits.append(hit)
    return tuple(hits)


def check_silent(source: Source, terms: Iterable[str]) -> None:
    """Refuse a silence that is none. Raises `SourcebookError` with the first place."""
    for hit in search(source.document, terms):
        found = f"{hit.term!r} is found as {hit.words!r} on line {hit.line}"
        said = f"{source.citekey} is not silent: {found} of {source.sheet.file}"
        fix = "read the passage; then compare it, or choose narrower terms"
        raise SourcebookError(said, fix=fix)


def _pattern(term: str) -> re.Pattern[str]:
    if not (stems := _stems(term)):
        fix = "give one or more words, with * at the end of one for any ending"
        raise SourcebookError(f"not a term to search for: {term!r}", fix=fix)
    words = [re.escape(stem) + (r"\w*" if open_ else "") for stem, open_ in stems]
    body = r"\s+".join(words)
    return re.compile(rf"(?<!\w){body}(?!\w)", re.IGNORECASE)


def _stems(term: str) -> list[tuple[str, bool]]:
    """Return each word of a term, and whether it takes any ending; none if unfit."""
    words = fold(term).split()
    stems = [(word.removesuffix("*"), word.endswith("*")) for word in words]
    return stems if all(stem and "*" not in stem for stem, _ in stems) else []


def _may_hold(text: str, term: str) -> bool:
    """Whether a text holds the first word of a term; most texts hold few."""
    stem = next(iter(_stems(term)), ("", True))[0]
    return not (stem and stem.isascii()) or stem.lower() in _lower(text)


@lru_cache(maxsize=128)  # texts of a collection, which every search goes through
def _lower(text: str) -> str:
    """Return a text in small letters, as a search without regard to case sees it."""
    return text.translate(_SMALL).lower()


SEARCHES = "book/searches.yml"


class Matter(Strict):
    """One matter and the terms that stand for it."""

    id: Slug
    label: Words
    terms: Annotated[tuple[Words, ...], Field(min_length=1)]


class _Matters(RootModel[tuple[Matter, ...]]):
    """The whole file."""


def load_matters(root: Path) -> tuple[Matter, ...]:
    """Return the matters in the order of the file. Raises `SheetError`."""
    loaded = load_yaml(root / SEARCHES, shown=SEARCHES)
    matters = check_model(loaded, _Matters).root
    ids = [matter.id for matter in matters]
    loaded.refuse(
        loaded.fault(f"repeated id {name!r}", (number,), fix=OWN_ID)
        for number, name in enumerate(ids)
        if name in ids[:number]
    )
    return matters


def search_table(corpus: Corpus, matters: tuple[Matter, ...]) -> pd.DataFrame:
    """Return one row per matter and source, in the order of the matters.

    Columns: ``matter`` (in words), ``source`` (citekey), ``places`` (where any of its
    terms stands), ``found`` (the words, each once, in order of the text), ``searched``
    (the terms). Sources stand in order of issue.
    """
    import pandas as pd  # noqa: PLC0415 - slow to import, and a check needs none

    rows = []
    for matter in matters:
        for source in by_issue(corpus.sources):
            hits = search(source.document, matter.terms)
            found = dict.fromkeys(" ".join(hit.words.split()) for hit in hits)
            words = ", ".join(found), ", ".join(matter.terms)
            rows.append((matter.label, source.citekey, len(hits), *words))
    return pd.DataFrame(rows, columns="matter source places found searched".split())


def unfound_terms(
    corpus: Corpus, matters: Iterable[Matter]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the terms that stand in no document: those of silent matters, and others.

    Others' matters are spoken of in other words, so that they alone show little.
    """
    documents = [source.document for source in corpus.sources.values()]
    whole: list[str] = []
    single: list[str] = []
    for matter in matters:
        missing = [
            t for t in matter.terms if not any(search(d, [t]) for d in documents)
        ]
        (whole if len(missing) == len(matter.terms) else single).extend(missing)
    return tuple(whole), tuple(single)


READER_WORDS = "book/search.yml"
_Group = Annotated[str, Field(pattern=r"^\S+( \S+)+$")]  # one word is alike to none


class ReaderWords(Strict):
    """What readers type, where the book says it otherwise.

    ``alike`` has words of one sense, ``short`` a name with the words in full that stand
    for it, ``pages`` a page with what it is looked up by. ``unfound`` is the page, and
    a place in it, that tells what no document has.
    """

    alike: tuple[_Group, ...] = ()
    short: dict[str, tuple[Words, ...]] = Field(default_factory=dict)
    pages: dict[str, Words] = Field(default_factory=dict)
    unfound: str = ""


def load_reader_words(root: Path) -> ReaderWords:
    """Return the readers' words; none without the file. Raises `SheetError`."""
    if not (root / READER_WORDS).is_file():
        return ReaderWords()
    loaded = load_yaml(root / READER_WORDS, shown=READER_WORDS)
    words = check_model(loaded, ReaderWords)
    named: dict[Where, str] = {("pages", page): page for page in words.pages}
    named[("unfound",)] = words.unfound.partition("#")[0]
    loaded.refuse(
        loaded.fault(f"no page {page!r}", place, fix="name a page as _toc.yml does")
        for place, page in named.items()
        if page
        and not any((root / f"{page}.{end}").is_file() for end in ("md", "ipynb"))
    )
    return words
