"""Documents named in our own words: whether they are the ones meant, and of that date.

In a sentence that rests on claims a document is named only if a claim of it is linked
there, or a statement there is about it. What is quoted there is of one of them.
Wherever one is told with a date, as in "the BBC report of July 2025", the date is that
of its issue.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain, pairwise

from sourcebook.comparing.statement_words import named
from sourcebook.comparing.statements import Collection, give, read_query
from sourcebook.errors import SourcebookError
from sourcebook.prose.markdown import GAP, Role, Stretch
from sourcebook.prose.running_prose import MONTHS, printed_dates
from sourcebook.reading.text.sentences import split_sentences

Names = Mapping[str, frozenset[str]]  # of documents, as `names_of` gives them

_QUOTED = re.compile(r"“[^”]*”")
_HALF = re.compile(r";\s")  # parts two statements, each with documents of its own
_MISNAMED = (
    "{name!r} is named in a sentence that rests on {linked}\n"
    "  fix: link a claim of it there, name the document that is meant, or bind what is "
    "said of it: {{holds}}`words <noun: source=…>`"
)
_SAID = re.compile(r"“([^”]+)”|\"([^\"\n]+)\"")
_MISQUOTED = (
    "{words!r} is quoted in a sentence on {about}, and does not stand there\n"
    "  fix: name the document that has the words, or leave the quotation marks out"
)
_MISDATED = (
    "{name!r} is not of {date}\n"
    "  fix: give the time when the document was issued, or name the one that is meant"
)


def misnamed(
    stretch: Stretch, collection: Collection, names: Names
) -> Iterator[tuple[int, str]]:
    """Yield documents named in a sentence that rests on other documents.

    A document may be named where a claim of it is linked in the same sentence, or where
    a statement there is about it.
    """
    # A sentence without a claim's link rests on nothing that could be another's.
    if not any(role.name == "claim" for role in stretch.roles):
        return
    for start, end in _clauses(stretch.text):
        roles = [role for role in stretch.roles if start <= role.at < end]
        linked = {
            role.target.partition("/")[0] for role in roles if role.name == "claim"
        }
        if not linked:
            continue
        about = linked.union(*(_about(role, collection) for role in roles))
        for words in (stretch.text[start:end], *(role.words for role in roles)):
            for name, may in named(_QUOTED.sub(GAP, words), names):
                if not may & about:
                    yield start, _MISNAMED.format(name=name, linked=", ".join(linked))


def misquoted(
    stretch: Stretch,
    collection: Collection,
    names: Names,
    has: Callable[[str, str], bool],
) -> Iterator[tuple[int, str]]:
    """Yield quotations that none of the documents has which their sentence is about.

    It is about those that it names, links to, or has a statement on; one without any is
    left alone. ``has`` says whether a document has some words.
    """
    for start, end in _clauses(stretch.text):
        said = list(_SAID.finditer(stretch.text, start, end))
        if not said:
            continue  # as nearly always
        roles = [role for role in stretch.roles if start <= role.at < end]
        own = _SAID.sub(GAP, stretch.text[start:end])
        called = (named(text, names) for text in (own, *(each.words for each in roles)))
        about = {each for found in called for _, may in found for each in may}
        about |= {r.target.partition("/")[0] for r in roles if r.name == "claim"}
        about = about.union(*(_about(role, collection) for role in roles))
        for match in said:
            words = match[1] or match[2]
            if about and GAP not in words and not any(has(words, a) for a in about):
                told = ", ".join(sorted(about))
                yield match.start(), _MISQUOTED.format(words=words, about=told)


def misdated(
    text: str, collection: Collection, names: Names
) -> Iterator[tuple[int, str]]:
    """Yield documents that are told with another date than that of their issue."""
    sources = collection.corpus.sources
    for match in _dated(tuple(names)).finditer(text):
        name = match["name"] or match["then"]
        date = " ".join((match["after"] or match["before"]).split())
        meant = (names.get(f"{the}{name.lower()}", ()) for the in ("", "the "))
        issued = (sources[each].sheet.issued.date for each in chain(*meant))
        if not any(date in printed_dates(each) for each in issued):
            yield match.start(), _MISDATED.format(name=name, date=date)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that a full stop or a semicolon ends."""
    for start, end in split_sentences(text):
        edges = [start, *(m.end() for m in _HALF.finditer(text, start, end)), end]
        yield from pairwise(edges)


def _about(role: Role, collection: Collection) -> frozenset[str]:
    """Return the documents that a statement is about: found, or looked into."""
    if role.name != "holds":
        return frozenset()
    try:
        return give(read_query(role.target), collection).sources
    except SourcebookError:
        return frozenset()  # which is said of the mark


@cache
def _dated(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds a document with a date before or after its name."""
    short = sorted({name.removeprefix("the ") for name in names}, key=len)
    name = "|".join(map(re.escape, reversed(short))) or "(?!)"
    date = rf"(?:(?:\d\d?\s)?(?:{'|'.join(MONTHS)})\s)?\d{{4}}"
    return re.compile(
        rf"(?i)\b(?:(?P<before>{date})\s(?P<then>{name})"
        rf"|(?P<name>{name})(?:\sof\s|\s\()(?P<after>{date}))(?!\w)"
    )
