"""Statements about the collection: what a small, closed query over it gives.

"The only amount of gas" is a statement about every sheet at once, and the next sheet
may make it false. So it names a query, and its words are held to what the query gives
(`sourcebook.comparing.statement_words`). A query is a noun with conditions:

    claims: measure=gas-volume, source!=bbc-2025
    claims: kind=forecast are status=F
    texts: word=climat*|emission*

Nothing can be computed here but counts.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, get_args

from sourcebook.coding.claims import Claim, quantity_in, said_in, sign_in
from sourcebook.coding.corpus import Corpus, Source
from sourcebook.coding.named_fields import AUTHOR
from sourcebook.coding.schema import WAIVER_REASONS, Genre, Kind, Status
from sourcebook.coding.sheets import load_actors, nearest
from sourcebook.comparing.matters import search
from sourcebook.comparing.question_files import Adjudication, Cause, Rank
from sourcebook.comparing.questions import Answer
from sourcebook.errors import SourcebookError

_Row = dict[str, tuple[str, ...]]  # a record: each field to its values

_CLAIM = (
    "id source kind topic measure of where when status voice origin actor target "
    "concept sign type actors place key unit"
)
# What each noun has, and what of it is counted where `each=` does not say.
FIELDS: dict[str, tuple[str, ...]] = {
    "claims": tuple(_CLAIM.split()),
    "questions": tuple(
        "id chapter source claim relation adjudication cause rank silent".split()
    ),
    "sources": tuple("source genre sponsor extent coverage issued speaker".split()),
    "texts": ("source", "word"),
    "waivers": ("id", "source", "reason"),
    "absences": ("id", "source", "term"),
}
COUNTED = {"sources": "source", "texts": "source"}
_OPEN = frozenset({"when", "issued", "word", "term", "origin", "sponsor"})
_QUERY = re.compile(r"(?s)\s*([a-z]+):(.*)")
_ARE = re.compile(r"(?:^|\s)are\s+(?=[a-z]+!?=)")
_CONDITION = re.compile(r"(?s)\s*([a-z]+)\s*(!?=)\s*(.*?)\s*")
_SYNTAX = "write <noun: field=value, field!=value|value are field=value>"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a field must be, or must not be, for a row to count."""

    field: str
    values: tuple[str, ...]
    negated: bool = False

    def holds(self, row: _Row) -> bool:
        """Whether a row counts; one that has nothing in the field is no match."""
        found = any(_like(each, own) for each in self.values for own in row[self.field])
        return found != self.negated

    def __str__(self) -> str:
        """Print it in words."""
        values = " or ".join("anything" if v == "*" else v for v in self.values)
        return f"{self.field} {'not ' if self.negated else ''}{values}"


def _like(value: str, own: str) -> bool:
    """Whether a value, which may end in ``*``, is that of a row."""
    if value.endswith("*"):
        return bool(own) and own.startswith(value[:-1])
    return own == value


@dataclass(frozen=True, slots=True)
class Query:
    """A noun, the conditions on it, those after *are*, and what is counted."""

    noun: str
    conditions: tuple[Condition, ...]
    then: tuple[Condition, ...] = ()
    each: str = "id"

    def __str__(self) -> str:
        """Print the query as a reader is told it."""
        said = ", ".join(map(str, self.conditions))
        then = ", ".join(map(str, self.then))
        each = "" if self.each == _counted(self.noun) else f", each {self.each} once"
        return f"{self.noun}{f' with {said}' if said else ''}{each}" + (
            f"; of these, {then}" if then else ""
        )


@dataclass(frozen=True, slots=True)
class Given:
    """What a query gives: names of what it found, of what it found it among.

    ``sources`` are the citekeys behind what was found, or, where nothing was, those
    that the query looks into by name; ``claims`` are the claims it rests on.
    """

    query: Query
    found: tuple[str, ...]
    among: tuple[str, ...]
    sources: frozenset[str]
    claims: frozenset[str]

    def __str__(self) -> str:
        """Print the query and the count; of how many, where that says something."""
        parted = self.query.then or self.query.each in {"source", "word"}
        among = f" of {len(self.among)}" if parted else ""
        return f"{self.query}: {len(self.found)}{among}"


@dataclass(frozen=True)
class Collection:
    """What statements are about: the sources, and the questions with their answers."""

    corpus: Corpus
    answers: tuple[Answer, ...]
    _kept: dict[tuple[str, ...], list[_Row]] = field(default_factory=dict, repr=False)

    def rows(self, query: Query) -> list[_Row]:
        """Return every record of a query's noun; of texts, with the words they have."""
        words = _searched(query) if query.noun == "texts" else ()
        known = (query.noun, *words)
        if known not in self._kept:
            make = _ROWS.get(query.noun)
            self._kept[known] = make(self) if make else _texts(words, self)
        return self._kept[known]


def read_query(text: str) -> Query:
    """Return a query as written. Raises `SourcebookError`.

    >>> str(read_query("claims: measure=gas-volume, each=source are status=T|F"))
    'claims with measure gas-volume, each source once; of these, status T or F'
    """
    match = _QUERY.fullmatch(text)
    if match is None or match[1] not in FIELDS:
        known = ", ".join(FIELDS)
        near = nearest(match[1], FIELDS) if match else ""
        fix = f"{_SYNTAX}; nouns: {known}"
        raise SourcebookError(f"not a query: {text!r}{near}", fix=fix)
    noun = match[1]
    first, *rest = _ARE.split(match[2], maxsplit=1)
    said = tuple(_conditions(first, noun))
    then = tuple(_conditions(rest[0], noun)) if rest else ()
    if any(condition.field == "each" for condition in then):
        raise SourcebookError("`each=` goes before `are`\n  fix: move it there")
    each = [_field(c.values[0], noun) for c in said if c.field == "each"]
    conditions = tuple(c for c in said if c.field != "each")
    return Query(noun, conditions, then, each[-1] if each else _counted(noun))


def _counted(noun: str) -> str:
    return COUNTED.get(noun, "id")


def _conditions(text: str, noun: str) -> Iterator[Condition]:
    for part in filter(str.strip, text.split(",")):
        match = _CONDITION.fullmatch(part)
        if match is None or not match[3]:
            raise SourcebookError(f"not a condition: {part.strip()!r}", fix=_SYNTAX)
        name, sign, values = match.groups()
        field = name if name == "each" else _field(name, noun)
        alternatives = tuple(each.strip() for each in values.split("|"))
        yield Condition(field, alternatives, negated=sign == "!=")


def _field(name: str, noun: str) -> str:
    if name not in FIELDS[noun]:
        known = ", ".join(FIELDS[noun])
        said = f"{noun} have no field {name!r}{nearest(name, FIELDS[noun])}"
        raise SourcebookError(said, fix=f"use one of {known}")
    return name


def give(query: Query, collection: Collection) -> Given:
    """Return what a query gives. Raises `SourcebookError` for a value nobody has."""
    _check_values(query, collection)
    base = _holding(query.conditions, collection.rows(query))
    found = _holding(query.then, base)
    sources = {name for row in found for name in row["source"]}
    rests = {"claims": "id", "questions": "claim"}.get(query.noun)
    claims = frozenset(name for row in base if rests for name in row[rests])
    among = _names(base, query.each) if query.then else _among(query, collection)
    shown = frozenset(sources or _named(query))
    return Given(query, _names(found, query.each), among, shown, claims)


def _among(query: Query, collection: Collection) -> tuple[str, ...]:
    """Return among what a query without *are* finds: all words, all sources, all rows.

    Of its conditions those on the source alone part what it looks into.
    """
    if query.each == "word":
        asked = (c.values for c in query.conditions if c.field == "word")
        return tuple(chain(*asked))
    rows = collection.rows(query)
    if query.each == "source":  # also those that have no row, as a text without claims
        rows = [{"source": (name,)} for name in collection.corpus.sources]
    apart = [c for c in query.conditions if c.field == "source"]
    return _names(_holding(apart, rows), query.each)


def _names(rows: list[_Row], field: str) -> tuple[str, ...]:
    return tuple(sorted({name for row in rows for name in row[field] if name}))


def _holding(conditions: Iterable[Condition], rows: list[_Row]) -> list[_Row]:
    return [row for row in rows if all(c.holds(row) for c in conditions)]


def _named(query: Query) -> set[str]:
    return {
        value
        for c in (*query.conditions, *query.then)
        if c.field == "source" and not c.negated
        for value in c.values
    }


def _claim(claim: Claim) -> _Row:
    row: _Row = {}
    for name in FIELDS["claims"]:
        value = said_in(claim, name)
        row[name] = value if isinstance(value, tuple) else (str(value),)
    found = sign_in(claim)
    sign = {None: "", 1: "+1"}.get(found, str(found))
    figure = quantity_in(claim)
    row |= {"sign": (sign,), "key": ("yes" if claim.key else "no",)}
    return row | {"unit": (figure.unit if figure else "",)}


def _questions(collection: Collection) -> list[_Row]:
    return [
        {
            "id": (answer.id,),
            "chapter": (answer.chapter,),
            "source": answer.sources,
            "claim": tuple(claim.id for claim in answer.claims),
            "relation": answer.relations,
            "adjudication": (answer.question.adjudication,),
            "cause": (answer.question.cause,),
            "rank": (answer.question.rank,),
            "silent": tuple(silence.source for silence in answer.silences),
        }
        for answer in collection.answers
    ]


def _source(source: Source) -> _Row:
    sheet = source.sheet
    return {
        "source": (source.citekey,),
        "genre": (sheet.genre,),
        "sponsor": (sheet.sponsor.name,) if sheet.sponsor else (),
        "extent": (sheet.extent.state,),
        "coverage": (sheet.coverage.state,),
        "issued": (sheet.issued.date,),
        "speaker": tuple(sheet.speakers),
    }


def _searched(query: Query) -> tuple[str, ...]:
    """Return the words that a query over texts searches."""
    asked = [c for c in query.conditions if c.field == "word"]
    if not asked or any(c.negated for c in asked):
        fix = "write <texts: word=term|other term*>, with * for any ending"
        raise SourcebookError("a query over texts searches words", fix=fix)
    return tuple(dict.fromkeys(value for c in asked for value in c.values))


def _texts(words: tuple[str, ...], collection: Collection) -> list[_Row]:
    """Return a row for each text, with those of the words that stand in it."""
    return [
        {
            "source": (name,),
            "word": tuple(word for word in words if search(source.document, [word])),
        }
        for name, source in collection.corpus.sources.items()
    ]


def _waivers(collection: Collection) -> list[_Row]:
    return [
        {
            "id": (f"{name}: {number}",),
            "source": (name,),
            "reason": (waiver.reason.partition(":")[0],),
        }
        for name, source in collection.corpus.sources.items()
        for number, waiver in enumerate(source.sheet.waivers)
    ]


def _absences(collection: Collection) -> list[_Row]:
    return [
        {"id": (f"{name}/{absence.id}",), "source": (name,), "term": absence.terms}
        for name, source in collection.corpus.sources.items()
        for absence in source.sheet.absences
    ]


_ROWS: dict[str, Callable[[Collection], list[_Row]]] = {
    "claims": lambda given: [_claim(each) for each in given.corpus.claims],
    "questions": _questions,
    "sources": lambda given: [_source(s) for s in given.corpus.sources.values()],
    "waivers": _waivers,
    "absences": _absences,
}


def _check_values(query: Query, collection: Collection) -> None:
    """Refuse a value that neither the vocabulary nor any row knows."""
    # A misspelt measure is in no claim, and "none" would be held for ever.
    for condition in (*query.conditions, *query.then):
        if condition.field in _OPEN:
            continue
        rows, known = (
            collection.rows(query),
            _vocabulary(condition.field, collection.corpus),
        )
        known |= {own for row in rows for own in row[condition.field] if own}
        for value in condition.values:
            if not any(_like(value, own) for own in known):
                said = f"no {query.noun} with {condition.field} {value!r}"
                fix = "use a value that the codebook, a sheet or a question has"
                raise SourcebookError(f"{said}{nearest(value, known)}", fix=fix)


# What a field may have, whether or not anything has it: the words of a type, a part of
# the codebook, or what is listed.
_TYPES: dict[str, Any] = {
    "kind": Kind, "status": Status, "genre": Genre, "adjudication": Adjudication,
    "cause": Cause, "rank": Rank,
}  # fmt: skip
_OF_CODEBOOK = {
    "topic": "topics", "measure": "measures", "where": "places", "of": "denominators",
    "concept": "concepts", "type": "event_types",
}  # fmt: skip
_LISTED = {
    "sign": "+1 0 -1", "key": "yes no", "extent": "whole fragment damaged",
    "coverage": "complete partial", "reason": " ".join(WAIVER_REASONS),
}  # fmt: skip


def _vocabulary(field: str, corpus: Corpus) -> set[str]:
    if field in _TYPES:
        return set(get_args(_TYPES[field]))
    if field in _OF_CODEBOOK:
        return set(getattr(corpus.codebook, _OF_CODEBOOK[field]))
    if field in {"actor", "target", "actors"}:
        return set(load_actors(corpus.root))
    if field in {"source", "silent"}:
        return set(corpus.sources)
    if field == "voice":
        speakers = (source.sheet.speakers for source in corpus.sources.values())
        return {AUTHOR, *chain(*speakers)}
    return set(_LISTED.get(field, "").split())
