"""Documents and parties named in our own words: whether they are the ones meant.

In a sentence that rests on claims a document is named only if a claim of it is linked
there, or a statement there is about it. What is quoted there is of one of them.
Wherever one is told with a date, as in "the BBC report of July 2025", the date is that
of its issue.

A party is named there only if a document names it near one of the claims: what is told
of Turkey does not rest on a passage on Georgia. Whom every document names the book is
about, and they may be named anywhere.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain, pairwise

from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.sheets import load_actors
from sourcebook.coding.sources import Source
from sourcebook.comparing.statement_words import named
from sourcebook.comparing.statements import Collection, give, read_query
from sourcebook.errors import SourcebookError
from sourcebook.prose.markdown import GAP, QUOTED, Role, Stretch, gap
from sourcebook.prose.running_prose import printed_dates
from sourcebook.reading.actors import read_actors, with_own
from sourcebook.reading.clause import denial_in
from sourcebook.reading.dates.date_words import MONTHS
from sourcebook.reading.text.sentences import split_sentences

Names = Mapping[str, frozenset[str]]  # of documents, as `called` gives them

_OUTSIDE = frozenset({"fact", "holds"})  # roles that bring others in
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

_NEAR = 900  # characters before and after a sentence, in which a party is still meant
_ENDING = 2  # letters: "Georgia" is in "Georgian", "Ukraine" in "Ukrainian"
_STRANGER = (
    "{name!r} is named in a sentence that rests on {linked}, and not named near it\n"
    "  fix: name the party that is meant, or link the claim that is about it"
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
    for start, end, roles in _clauses(stretch):
        linked = {
            role.target.partition("/")[0] for role in roles if role.name == "claim"
        }
        if not linked:
            continue
        about = linked.union(*(_about(role, collection) for role in roles))
        for words in (stretch.text[start:end], *(role.words for role in roles)):
            for name, may in named(QUOTED.sub(GAP, words), names):
                if not may & about:
                    told = ", ".join(sorted(linked))
                    yield start, _MISNAMED.format(name=name, linked=told)


@dataclass(frozen=True)
class Parties:
    """Whom the documents of a book name, by its table of actors, and where."""

    corpus: Corpus
    # by claim, and by document: words, and whom they name
    _known: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """The other names of each actor of the book."""
        try:
            return load_actors(self.corpus.root)
        except SourcebookError:
            return {}  # what is wrong with the table has been said

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        sources = self.corpus.sources.values()
        found = (frozenset(each.actor for each in source.actors) for source in sources)
        return frozenset.intersection(*found)

    def strange(self, text: str, claims: Sequence[str]) -> Iterator[str]:
        """Yield parties that a text names, and no document does near one of its claims.

        One that is said not to be there, after a denial, is left alone.
        """
        seen, near = 0, None
        for mention in read_actors(text, self.aliases):
            if denial_in(text[seen : mention.start]):
                return
            seen = mention.start
            if mention.actor in self._everywhere:
                continue
            if near is None:  # as seldom: most sentences name none but those
                near = []
                for name in claims:
                    with suppress(SourcebookError):  # which is said of the mark
                        near.append(self._around(self.corpus.claim(name)))
            stem = mention.text[: max(len(mention.text) - _ENDING, _ENDING * 2)]
            if near and not any(
                mention.actor in who or stem in words for words, who in near
            ):
                yield mention.text

    def _around(self, claim: Claim) -> tuple[str, frozenset[str]]:
        """Return the words around a claim with what is coded, and whom they name."""
        if claim.id not in self._known:
            source = self.corpus.sources[claim.source]
            text, (head, besides) = source.document.text, self._of_all(source)
            at = text.find(claim.sentence)
            first, last = at - _NEAR, at + len(claim.sentence) + _NEAR
            if at < 0:  # it lies across what the text leaves out
                first, last = 0, len(text)
            coded = "\n".join([*claim.acting, claim.target])
            named_there = (m.actor for m in source.actors if first <= m.start < last)
            who = besides.union(named_there, self._named(coded, source))
            words = "\n".join([text[max(0, first) : last], coded, head])
            self._known[claim.id] = words, who
        return self._known[claim.id]

    def _of_all(self, source: Source) -> tuple[str, frozenset[str]]:
        """Return what goes for all claims of a document: its head, and who speaks."""
        if source.citekey not in self._known:
            voices = (speaker.name for speaker in source.sheet.speakers.values())
            head = source.document.raw[:_NEAR]  # with its authors and its publisher
            words = "\n".join([head, source.sheet.about, *voices])
            self._known[source.citekey] = words, self._named(words, source)
        return self._known[source.citekey]

    def _named(self, words: str, source: Source) -> frozenset[str]:
        table = with_own(self.aliases, source.sheet.aliases) if words.strip() else {}
        return frozenset(mention.actor for mention in read_actors(words, table))


def strangers(
    stretch: Stretch, parties: Parties, names: Names, *, beside: Sequence[str] = ()
) -> Iterator[tuple[int, str]]:
    """Yield parties named in a sentence whose claims are about others.

    ``beside`` has the claims that the whole text rests on, such as those of a question.
    A sentence without a claim's link, or with one to a fact or a statement, is left
    alone.
    """
    for start, end, roles in _clauses(stretch):
        linked = [role.target for role in roles if role.name == "claim"]
        if not linked or any(role.name in _OUTSIDE for role in roles):
            continue
        for words in (stretch.text[start:end], *(role.words for role in roles)):
            own = QUOTED.sub(gap, words)
            for name, _ in named(own, names):
                own = re.sub(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", gap, own)
            for name in parties.strange(own, [*linked, *beside]):
                yield start, _STRANGER.format(name=name, linked=", ".join(linked))


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
    for start, end, roles in _clauses(stretch):
        said = list(_SAID.finditer(stretch.text, start, end))
        if not said:
            continue  # as nearly always
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


def _clauses(stretch: Stretch) -> Iterator[tuple[int, int, Sequence[Role]]]:
    """Yield the parts that a full stop or a semicolon ends, each with its roles."""
    roles = sorted(stretch.roles, key=lambda role: role.at)
    places = [role.at for role in roles]
    for start, end in split_sentences(stretch.text):
        halves = (m.end() for m in _HALF.finditer(stretch.text, start, end))
        for first, last in pairwise([start, *halves, end]):
            begin, stop = bisect_left(places, first), bisect_left(places, last)
            yield first, last, roles[begin:stop]


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
