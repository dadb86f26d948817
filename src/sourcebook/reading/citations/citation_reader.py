"""Find the author-year citations and the interviews that a text refers to.

References stand in brackets; the entries between their semicolons are read one by one.
Four more forms are read: an interview that fills a note of its own ("12 Interview 7,
March 2015."), a year in brackets after its author ("Fox (2001)"), a year
with pages whose author the sentence names ("Fox says that it rose (2001, 5)"), and a
work after "see" or "cf." without brackets. *Idem* is whatever was referred to last.

Refused: months, labels and events before a year, ranges of years, works without a year
("Fox in this volume"), numbered and footnoted styles. A place and a year in brackets,
"(Baku, 2014)", cannot be told from an author and a year, and is read as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from sourcebook.reading.citations.citation_grammar import rules_of
from sourcebook.reading.citations.cited_authors import Authors
from sourcebook.reading.citations.cited_works import (
    CitationMention,
    Dated,
    Entry,
    mention,
    read_works,
    read_years,
)
from sourcebook.reading.citations.interviews import InterviewMention, read_entry
from sourcebook.reading.citations.narrative_citations import (
    entries,
    read_brackets,
    read_narratives,
)
from sourcebook.reading.text import Span
from sourcebook.reading.text.document import Ranges

Reference = CitationMention | InterviewMention

_BARE, _IDEM, _RUNNING, _NOTED = (
    rules_of(reader)[0].pattern for reader in ("bare", "idem", "running", "noted")
)
_REACH: Final = 400


def read_citations(text: str) -> tuple[CitationMention, ...]:
    """Return the works a clean text cites, one mention each, in order.

    >>> cited = read_citations("As Fox (2001: 5) and others (cf. EC 1996a, 2004) say.")
    >>> [(each.key, each.pages, each.narrative, each.prefix) for each in cited]
    [('Fox 2001', '5', True, ''), ('EC 1996a', '', False, 'cf.'), \
('EC 2004', '', False, 'cf.')]
    """
    return tuple(
        each for each in read_references(text) if isinstance(each, CitationMention)
    )


def read_interviews(text: str) -> tuple[InterviewMention, ...]:
    """Return the interviews a clean text refers to, one mention each, in order.

    >>> text = "It is so (interviews with experts 1, April 2014 and 12, 2 May 2015)."
    >>> [(each.key, each.date) for each in read_interviews(text)]
    [('expert 1', '2014-04'), ('expert 12', '2015-05-02')]
    """
    return tuple(
        each for each in read_references(text) if isinstance(each, InterviewMention)
    )


@lru_cache(maxsize=64)  # a document is asked for its references by each of its claims
def read_references(text: str) -> tuple[Reference, ...]:
    """Return citations and interviews together, in order."""
    brackets = read_brackets(text)
    found: list[Reference] = []
    bare: list[Span] = []
    for bracket in brackets:
        found.extend(_in_bracket(text, bracket))
        if _BARE.match(text, bracket.start + 1):
            bare.append(bracket)
    found.extend(_running(text, brackets))
    found.extend(_noted(text))
    works = [each for each in found if isinstance(each, CitationMention)]
    found.extend(read_narratives(text, bare, works))
    found.sort(key=lambda each: (each.start, each.end))
    return tuple(_resolved(found))


forget: Final = (
    read_references.cache_clear
)  # for those who read many documents, once each


def _in_bracket(text: str, bracket: Span) -> Iterator[Reference]:
    """Yield what the entries of a bracket refer to."""
    prefix, kind = "", None
    works: Sequence[CitationMention] = ()
    for at, words in entries(text, bracket):
        entry = Entry(at, words, bracket)
        if same := _same(entry):
            yield same
        elif works and (more := _more(entry, works[-1])):
            yield from more
        elif interviews := read_entry(entry, kind=kind):
            kind = interviews[-1].kind
            yield from interviews
        elif works := read_works(entry, prefix=prefix):
            prefix, kind = works[-1].prefix, None
            yield from works


def _more(entry: Entry, last: CitationMention) -> tuple[CitationMention, ...]:
    """Read an entry of mere years as further works of the authors before it."""
    years = list(read_years(entry.words, 0))
    if not years or years[-1].end != len(entry.words):
        return ()
    authors = Authors(last.authors, last.et_al)
    made = (mention(entry, year, authors, rule="years") for year in years)
    return tuple(replace(each, prefix=last.prefix) for each in made)


def _same(entry: Entry) -> CitationMention | None:
    """Read "idem", for the time being as a citation of nobody."""
    match = _IDEM.match(entry.words)
    if not match:
        return None
    dated = Dated(0, match.end(), "", "", match["pages"] or "")
    return replace(mention(entry, dated, Authors((), False), rule="idem"), idem=True)


def _resolved(found: Iterable[Reference]) -> Iterator[Reference]:
    """Yield the references, each *idem* as the one before it."""
    last: Reference | None = None
    for each in found:
        if isinstance(each, CitationMention) and each.idem and last:
            last = _again(last, each)
        else:
            last = each
        yield last


def _again(last: Reference, idem: CitationMention) -> Reference:
    """Return a reference once more, where an *idem* stands."""
    if isinstance(last, CitationMention):
        last = replace(last, pages=idem.pages or last.pages, prefix="", narrative=False)
    own = ("start", "end", "text", "idem", "bracket", "rule")
    return replace(last, **{name: getattr(idem, name) for name in own})


def _running(text: str, brackets: Sequence[Span]) -> Iterator[CitationMention]:
    """Yield the works named after "see" or "cf." outside brackets."""
    inside = Ranges(brackets)
    done = 0
    for match in _RUNNING.finditer(text):
        start = match.start("authors")
        while start >= done and not inside.touch(start, start + 1):
            words = text[start : start + _REACH].partition("\n")[0]
            works = read_works(Entry(start, words, None), prefix=match["prefix"])
            yield from (replace(work, rule="running") for work in works)
            done = works[-1].end if works else start + 1
            start = done + 2 if text.startswith("; ", done) and works else -1


def _noted(text: str) -> Iterator[Reference]:
    """Yield the interviews that fill a note, as they would fill a bracket."""
    for note in _NOTED.finditer(text):
        own = Span(note.start("own") - 1, note.end("own") + 1)
        for each in _in_bracket(text, own):
            yield replace(each, bracket=None, rule="noted")
