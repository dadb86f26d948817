"""Everything that can be wrong in a page of ours, found without building the book.

A page is held against the collection: figures and quotations in marks, links to claims,
questions and downloads, statements about the collection, bare numbers, words that count
and are not bound, and documents named in a sentence that rests on another. The build
and `sourcebook check` say the same of a page, because both ask here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sourcebook.coding.sheets import nearest
from sourcebook.comparing.statements import Collection, Given, give, read_query
from sourcebook.comparing.wordings import hold, names_of
from sourcebook.errors import SourcebookError
from sourcebook.showing.addresses import DOWNLOADS
from sourcebook.showing.markdown import read_prose
from sourcebook.showing.palette import short_name
from sourcebook.showing.prose import bare_in, printed_dates, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sourcebook.coding.corpus import Corpus
    from sourcebook.showing.markdown import Role, Stretch
    from sourcebook.showing.prose import Finding

_CLAIM = "write {claim}`words <citekey/id>`"
_HOLDS = "write {holds}`words <noun: field=value, …>`"
_QUESTION = "write {question}`words <chapter/id>`, with an id from book/questions/"


def _none(_role: Role) -> bool:
    return False


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something wrong on a page: line and column from 1, and what to do."""

    line: int
    column: int
    message: str


def allowed_numbers(corpus: Corpus, *more: str) -> frozenset[str]:
    """Return what may stand bare: when the sources were issued, and ``more``."""
    ways = set(more)
    for citekey, source in corpus.sources.items():
        ways |= printed_dates(source.sheet.issued.date)
        ways |= printed_dates(citekey)
    return frozenset(ways)


@dataclass(frozen=True)
class Desk:
    """What pages are held against."""

    collection: Collection
    allowed: frozenset[str]  # numbers that may stand bare

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """What documents are called."""
        return names_of(self.collection.corpus.sources.values())

    @cached_property
    def questions(self) -> frozenset[str]:
        """The ids of all questions, those they took over included."""
        answers = self.collection.answers
        return frozenset(name for answer in answers for name in answer.names)


def held(words: str, target: str, desk: Desk) -> Given:
    """Return what a statement's query gives. Raises `SourcebookError`."""
    given = give(read_query(target), desk.collection)
    hold(words, given, desk.names)
    return given


def statement_tip(given: Given) -> str:
    """Return what a reader is told of a statement: what was counted, and where."""
    documents = ", ".join(short_name(name) for name in sorted(given.sources))
    return f"Computed from the sheets: {given}" + (
        f" ({documents})" if documents and given.found else ""
    )


def role_fault(role: Role, desk: Desk) -> str:
    """Return what is wrong with a role of ours, or ""; others are not looked at."""
    try:
        match role.name:
            case "claim" | "holds" if not role.words:
                fix = _CLAIM if role.name == "claim" else _HOLDS
                return f"{{{role.name}}}`{role.target}` has no words\n  fix: {fix}"
            case "claim":
                verify(role.words, desk.collection.corpus.claim(role.target))
            case "holds":
                held(role.words, role.target, desk)
            case "question" if role.target not in desk.questions:
                near = nearest(role.target, desk.questions)
                return f"no question {role.target!r}{near}\n  fix: {_QUESTION}"
            case "data" if role.target not in DOWNLOADS:
                near = nearest(role.target, DOWNLOADS)
                known = ", ".join(DOWNLOADS)
                return f"no download {role.target!r}{near}\n  fix: use one of {known}"
    except SourcebookError as error:
        return str(error)
    return ""


def proofread(
    markdown: str, desk: Desk, *, passed: Callable[[Role], bool] = _none
) -> tuple[Remark, ...]:
    """Return everything that is wrong with a page of Markdown, in order of place.

    Roles that are ``passed`` over are not looked at.
    """
    stretches = read_prose(markdown)
    remarks = [
        Remark(found.line, found.column, bare_fault(found))
        for found in bare_in(stretches, allow=desk.allowed)
    ]
    return tuple(sorted([*remarks, *_marks(stretches, desk, passed)]))


def text_read(
    text: str, desk: Desk, *, passed: Callable[[Role], bool] = _none
) -> Iterator[Remark]:
    """Yield what is wrong with the marks of a question's text."""
    if "}`" in text:
        yield from _marks(read_prose(text), desk, passed)


def _marks(
    stretches: Iterable[Stretch], desk: Desk, passed: Callable[[Role], bool]
) -> Iterator[Remark]:
    for stretch in stretches:
        for role in stretch.roles:
            if not passed(role) and (fault := role_fault(role, desk)):
                yield Remark(*role.place, fault)


def bare_fault(found: Finding) -> str:
    """Return what is said of a number that stands bare."""
    return (
        f"number outside a role: {found.text!r} (column {found.column})\n"
        "  fix: write {claim}`words <citekey/id>`, or quote the passage in “…”"
    )
