"""Read the works that one entry of a bracket cites: who, which year, which pages.

An entry may cite several: "EC 2001, 2004" is two works of one author, "Fox 2010a, b"
too, and "Fox 2010 and Hen 2011" two of two. Each becomes a mention with the words that
are its own. An entry that does not open with authors and a year, after words such as
"see also", cites no work.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from sourcebook.reading.citations.citation_grammar import Rule, compiled, rules_of
from sourcebook.reading.citations.cited_authors import Authors, read_authors
from sourcebook.reading.text import Span

_YEAR: Final = compiled("<year>")
_UNSAID: Final = compiled("<unsaid>")
_LEAVES: Final = compiled("<leaves>")
_PAGE: Final = compiled(r"\A[\s,:]*<p>?(?=[\divxlc])|\A[\s,:]*")
_NEXT_YEAR: Final = compiled(r"(?:, (?:and |& )?|,| and | & )(?=<year>)")
_NEXT_LETTER: Final = re.compile(
    r"(?:, ?(?:and |& )?| and | & )(?P<letter>[a-z])(?!\w)"
)
_NEXT_WORK: Final = re.compile(r",? (?:(?:and|&|or) )?")

Opening = tuple[Rule, re.Match[str], Authors]


@dataclass(frozen=True, slots=True)
class CitationMention:
    """One work, cited once.

    ``start`` and ``end`` are offsets in the text given. ``year`` is EDTF, "" when the
    work is not dated; ``pages`` is as printed, without "p."; ``prefix`` ("see e.g.")
    holds for the rest of its bracket. ``narrative`` says that the sentence, not the
    bracket, names the authors. An ``idem`` with no reference before it has none.
    """

    start: int
    end: int
    text: str
    authors: tuple[str, ...]
    et_al: bool
    year: str
    letter: str
    pages: str
    bracket: Span | None
    rule: str
    in_work: str = ""
    narrative: bool = False
    prefix: str = ""
    idem: bool = False

    @property
    def key(self) -> str:
        """The work in short, the same wherever it is cited: "EC 2010a"."""
        who = str(Authors(self.authors, self.et_al)) if self.authors else ""
        parts = (who, self.in_work and f"in {self.in_work}", self.year + self.letter)
        return " ".join(filter(None, parts))


class Dated(NamedTuple):
    """A year of a work with its letter and pages, by offsets in the entry."""

    start: int
    end: int
    year: str
    letter: str
    pages: str


class Entry(NamedTuple):
    """The words of one entry: where they begin in the text, and in which bracket."""

    at: int
    words: str
    bracket: Span | None


def read_works(entry: Entry, *, prefix: str = "") -> tuple[CitationMention, ...]:
    """Return the works an entry cites, in print order.

    ``prefix`` is what an earlier entry of the bracket said of all that follow.

    >>> entry = Entry(1, "see e.g. EC 2001, 2004: 5", None)
    >>> [(work.key, work.pages, work.prefix) for work in read_works(entry)]
    [('EC 2001', '', 'see e.g.'), ('EC 2004', '5', 'see e.g.')]
    """
    works: list[CitationMention] = []
    at = 0
    while opening := _opening(entry.words, at):
        prefix = (opening[1]["prefix"] or prefix).strip(" ,")
        works.extend(_works(entry, opening, prefix))
        joint = _NEXT_WORK.match(entry.words, works[-1].end - entry.at)
        if not joint:
            break
        at = joint.end()
    return tuple(works)


def _opening(words: str, at: int) -> Opening | None:
    """Return the rule that reads the words from an offset, and whom it found."""
    for rule in rules_of("work"):
        match = rule.pattern.match(words, at)
        authors = read_authors(match["authors"]) if match else None
        if match and authors:
            return rule, match, authors
    return None


def _works(entry: Entry, opening: Opening, prefix: str) -> Iterator[CitationMention]:
    """Yield a mention for each year after the authors; the first has their names."""
    rule, match, authors = opening
    in_work = match.groupdict().get("within") or ""
    start: int | None = match.start("authors")
    for dated in read_years(entry.words, match.end()):
        own = dated if start is None else dated._replace(start=start)
        work = mention(entry, own, authors, rule=rule.name)
        yield replace(work, in_work=in_work, prefix=prefix)
        start = None


def mention(
    entry: Entry, dated: Dated, authors: Authors, *, rule: str
) -> CitationMention:
    """Make the plain mention of one dated work of an entry."""
    return CitationMention(
        entry.at + dated.start,
        entry.at + dated.end,
        entry.words[dated.start : dated.end],
        *authors,
        *dated[2:],
        entry.bracket,
        rule,
    )


def read_years(words: str, at: int) -> Iterator[Dated]:
    """Yield the years of one author from an offset on, each with its own pages.

    >>> [(y.year, y.letter, y.pages) for y in read_years("2010a, b: 72, 75", 0)]
    [('2010', 'a', ''), ('2010', 'b', '72, 75')]
    """
    if unsaid := _UNSAID.match(words, at):
        yield Dated(at, unsaid.end(), "", "", "")
        return
    year = _YEAR.match(words, at)
    letter = None
    while year:
        span = letter.span("letter") if letter else year.span()
        sign, leaves = (letter or year)["letter"] or "", _LEAVES.match(words, span[1])
        pages = _PAGE.sub("", leaves[0]) if leaves else ""
        end = leaves.end() if leaves else span[1]
        yield Dated(span[0], end, year["year"], sign, pages)
        letter = _NEXT_LETTER.match(words, end) if sign else None
        if not letter:
            following = _NEXT_YEAR.match(words, end)
            year = _YEAR.match(words, following.end()) if following else None
