"""Brackets of a text, and those of mere years whose authors the sentence names outside.

The authors stand right before the bracket ("Fox (2001)") or further off in its
sentence ("Fox says that it rose (2001, 5)"). Further off they are taken only when
another reference makes them known, or, for a year with pages, when they say something.

Round and square brackets are paired within one line of the clean text, which is one
paragraph. A bracket without its partner is passed over, and so is one longer than
``LONGEST``: nothing that long is a reference. A square bracket that holds the year of
an older edition, "1976 [1832]", is not a bracket of its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from sourcebook.reading.citations.cited_authors import (
    RUNNING,
    Authors,
    authors_before,
    read_authors,
)
from sourcebook.reading.citations.cited_works import (
    CitationMention,
    Dated,
    Entry,
    mention,
    read_years,
)
from sourcebook.reading.patterns import later
from sourcebook.reading.text import Span
from sourcebook.reading.text.sentences import split_sentences

LONGEST: Final = 2000

_MARK: Final = re.compile(r"[()\[\]\n]")
_PARTNER: Final = {")": "(", "]": "["}
_EDITION: Final = re.compile(r"(?<=\d{4}[ ])\[\d{4}\]|\[\d{4}\](?= \d{4})")
_BLANK: Final = "\0"


def read_brackets(text: str) -> tuple[Span, ...]:
    """Return the range of each pair, marks included, by start; inner ones too.

    >>> text = "(a (b) c) [d"
    >>> [text[start:end] for start, end in read_brackets(text)]
    ['(a (b) c)', '(b)']
    """
    editions = {found.start() for found in _EDITION.finditer(text)}
    opened: list[int] = []
    found: list[Span] = []
    for mark in _MARK.finditer(text):
        if mark[0] == "\n":
            opened.clear()
        elif mark[0] in "([":
            opened.append(mark.start())
        elif opened and text[opened[-1]] == _PARTNER[mark[0]]:
            start = opened.pop()
            if start not in editions and mark.end() - start <= LONGEST:
                found.append(Span(start, mark.end()))
    return tuple(sorted(found))


def entries(text: str, bracket: Span) -> Iterator[tuple[int, str]]:
    """Yield offset and words of each entry of a bracket.

    Semicolons part entries. A bracket within is blanked out, as it has its own entries;
    the year of an older edition stays.

    >>> text = "see (Fox 2001; Hen (ed.) 2004)"
    >>> [(at, words.replace(chr(0), "*")) for at, words in entries(text, Span(4, 30))]
    [(5, 'Fox 2001'), (15, 'Hen ***** 2004')]
    """
    inner = text[bracket.start + 1 : bracket.end - 1]
    for start, end in read_brackets(inner):
        inner = inner[:start] + _BLANK * (end - start) + inner[end:]
    at = bracket.start + 1
    for words in inner.split(";"):
        yield at + len(words) - len(words.lstrip()), words.strip()
        at += len(words) + 1


_BEFORE: Final = 160
_AFAR: Final = 800
_WORD: Final = later(r"[^\W\d_]+")
# The year after "in Tbilisi" is more likely of an event than of a book.
_WHERE: Final = later(r"(?<!as )\b(?:[Ii]n|[Aa]t|[Tt]o|[Ff]rom|[Nn]ear) \Z")
_SAYING: Final = later(
    rf"(?P<who>{RUNNING})(?:[’']s?\b|(?: ha[sd]| have)?(?: (?:also|further|once))?"
    r" (?:argu|assert|call|claim|conclud|contend|defin|describ|explain|f[io]u?nd"
    r"|identif|insist|not(?:e|ed|es|ing)\b|observ|point|propos|sa(?:id|ys)\b|see\b"
    r"|sees\b|show|stat|stress|suggest|term|warn|writ|wrote))"
)

Known = Mapping[str, Sequence[CitationMention]]  # by the first word of the first author


def read_narratives(
    text: str, brackets: Iterable[Span], works: Iterable[CitationMention]
) -> Iterator[CitationMention]:
    """Yield the works of such brackets; ``works`` are those already found."""
    known: dict[str, list[CitationMention]] = defaultdict(list)
    mixed = set()
    for work in works:
        _learn(known, work)
        mixed.add(work.bracket)
    for bracket in brackets:
        for work in _read(text, bracket, known, mixed=bracket in mixed):
            _learn(known, work)
            yield work


def _learn(known: dict[str, list[CitationMention]], work: CitationMention) -> None:
    if found := _WORD.search(work.authors[0]) if work.authors else None:
        same = known[found[0]]
        if all((each.authors, each.year) != (work.authors, work.year) for each in same):
            same.append(work)


def _read(
    text: str, bracket: Span, known: Known, *, mixed: bool
) -> Iterator[CitationMention]:
    """Yield the works of mere years; a bracket that is ``mixed`` has others, too."""
    dated = []
    for at, words in entries(text, bracket):
        years = list(read_years(words, 0))
        if years and years[-1].end == len(words):
            dated += [(Entry(at, words, bracket), year) for year in years]
        elif not mixed:
            return
    if not dated:
        return
    named = _named(text, bracket, dated[0][1], known)
    if not named:
        return
    start, authors = named
    for entry, year in dated:
        work = mention(entry, year, authors, rule="years")
        if start is not None:
            end = work.end if mixed or len(dated) > 1 else bracket.end
            work = replace(work, start=start, end=end, text=text[start:end])
            start = None
        yield replace(work, narrative=True)


def _named(
    text: str, bracket: Span, year: Dated, known: Known
) -> tuple[int | None, Authors] | None:
    """Return the authors of a bracket, and where they begin if right before it.

    One name after "in" may be a place: then whoever the sentence names further off
    comes first, and the name itself only counts before pages.
    """
    line = text.rfind("\n", 0, bracket.start) + 1
    begin = max(line, bracket.start - _BEFORE)
    near = authors_before(text[begin : bracket.start])
    if near:
        start, authors = begin + near[0], near[1]
        alone = len(authors.names) == 1 and not authors.et_al
        if not (alone and _WHERE.search(text[max(line, start - 10) : start])):
            return start, authors
    afar = _named_afar(
        text[max(line, bracket.start - _AFAR) : bracket.start], year, known
    )
    if afar:
        return None, afar
    return (start, authors) if near and year.pages else None


def _named_afar(before: str, year: Dated, known: Known) -> Authors | None:
    """Return the authors that the sentence of a bracket names further off.

    Known from another reference of the year, or else, for a year with pages, known
    from any reference, or else saying something; the nearest of them.
    """
    says, words = _told(before)
    if not (says and year.pages) and known.keys().isdisjoint(words):
        return None
    sentence = before[split_sentences(before)[-1][0] :]
    here = [
        work
        for word in reversed(_WORD.findall(sentence))
        for work in known.get(word, ())
        if all(
            re.search(rf"(?<!\w){re.escape(name)}(?!\w)", sentence)
            for name in work.authors
        )
    ]
    of_year = [work for work in here if work.year == year.year]
    if of_year or (here and year.pages):
        nearest = (of_year or here)[0]
        return Authors(nearest.authors, nearest.et_al)
    said = list(_SAYING.finditer(sentence)) if year.pages else []
    return read_authors(said[-1]["who"]) if said else None


@lru_cache(maxsize=256)
def _told(before: str) -> tuple[bool, frozenset[str]]:
    """Whether somebody says something in some words, and the words."""
    return _SAYING.search(before) is not None, frozenset(_WORD.findall(before))
