"""Everything that can be wrong in a page of ours, found without building the book.

A page is compared with the collection: figures and quotations in marks, links to
claims, questions and downloads, statements about the collection, bare numbers, words
that count and are not bound, and documents named in a sentence that rests on another.
The build and `sourcebook check` say the same of a page, because both ask here.

The words of a ``{fact}`` mark are checked as those of a ``{claim}`` are: the fact's own
sentence, its value, its time and what each publisher gives stand where a claim has its
passage.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from sourcebook.coding.book_files import DOWNLOADS
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.sheets import none_such
from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.public_record import Record, Share, as_claim, load_record
from sourcebook.comparing.record_schema import Fact
from sourcebook.comparing.statement_words import called, hold
from sourcebook.comparing.statements import Collection, Given, give, read_query
from sourcebook.errors import SourcebookError
from sourcebook.prose.counting_words import COUNTING, Wording, level, strange
from sourcebook.prose.document_names import (
    Parties,
    misdated,
    misnamed,
    misquoted,
    strangers,
)
from sourcebook.prose.markdown import GAP, Role, Stretch, picture_words
from sourcebook.prose.running_prose import Remark, bare_in, printed_dates, verify


def verify_fact(words: str, record: Record, name: str) -> None:
    """Raise `SourcebookError` unless ``words`` say what the fact ``name`` says.

    A share that was worked out from two facts counts as one, under its own name.
    """
    share = record.share(name)
    fact = share.part if share else record.fact(name)
    text, when = all_words(fact), fact.when
    if share:
        text, when = share_words(share), share.entry.when
    stand_in = partial(as_claim, fact, id=f"record/{name}", exact=text, sentence=text)
    try:  # dates as the text prints them, or the time of the fact and what holds it
        verify(words, stand_in(when=""))
    except SourcebookError:
        verify(words, stand_in(when=when))


def all_words(fact: Fact) -> str:
    """Return all that a fact says: its sentence, its value, what each publisher has."""
    parts = (fact.fact, fact.printed, *(figure.says for figure in fact.figures))
    return " ".join(f"{each.rstrip('.')}." for each in parts if each)


def share_words(share: Share) -> str:
    """Return a share of ours as a sentence says it, with its whole and its year."""
    entry = share.entry
    return f"{entry.gives}% of {entry.of} in {entry.when}."


CLAIM_FIX = "write {claim}`words <citekey/id>`"
FACT_FIX = "write {fact}`words <id>`, with an id from book/record/"
HOLDS_FIX = "write {holds}`words <noun: field=value, …>`"
_CODE = re.compile(r"```.*?```", re.DOTALL)
_CELL = re.compile(r"```\{code-cell\}[^\n]*\n(.*?)```", re.DOTALL)
_CLAIMED = re.compile(r"\{claim\}`[^`]*`")
_MARK = re.compile(r"\{\w+\}`([^`<]*?)\s*(?:<[^`]*)?`")
# No quotation is longer: else each mark that is never closed is looked for to the end.
_SAID = re.compile(
    r"“([^”]{1,2000})”|\"([^\"\n]+)\"|«([^»]{1,2000})»|‘([^’]{1,2000})’(?!\w)"
)
_NO_QUOTE = (
    "no source has these words: {words!r}\n"
    "  fix: copy them from the source, or say it without quotation marks; a formula of "
    "ours goes under `ours` in book/wording.yml"
)
_BARE = (
    "number outside a role: {!r} (column {})\n"
    "  fix: write {{claim}}`words <citekey/id>`, or quote the passage in “…”"
)
_UNBOUND = (
    "a word that counts, and is bound to nothing: {words!r}\n"
    "  fix: write {{holds}}`words <noun: field=value, …>`, quote the source, or free "
    "the phrase in book/wording.yml with a reason"
)
QUESTION_FIX = "write {question}`words <chapter/id>`, with an id from book/questions/"
DOWNLOAD_FIX = f"use one of {', '.join(DOWNLOADS)}"


def allowed_numbers(corpus: Corpus, *more: str) -> frozenset[str]:
    """Return what may stand bare: when the sources were issued, and ``more``."""
    ways = set(more)
    for citekey, source in corpus.sources.items():
        ways |= printed_dates(source.sheet.issued.date)
        ways |= printed_dates(citekey)
    return frozenset(ways)


@dataclass(frozen=True)
class Evidence:
    """What pages are held against."""

    collection: Collection
    allowed: frozenset[str]  # numbers that may stand bare
    wording: Wording

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """What documents are called."""
        return called(self.collection.corpus.sources.values())

    @cached_property
    def parties(self) -> Parties:
        """Whom documents name."""
        return Parties(self.collection.corpus)

    @cached_property
    def _texts(self) -> dict[str, tuple[str, str]]:
        # The head of a page is left out of the text, and is the file's all the same.
        return {
            citekey: (level(source.document.text), level(source.document.raw))
            for citekey, source in self.collection.corpus.sources.items()
        }

    def quotes(self, words: str, citekey: str = "") -> bool:
        """Whether words stand in a source, or in any, whatever case and line ends."""
        among = [citekey] if citekey in self._texts else self._texts
        return any(level(words) in text for each in among for text in self._texts[each])

    def has(self, words: str, citekey: str) -> bool:
        """Whether quoted words are of that document, or a formula of ours."""
        return self.wording.ours(words) or self.quotes(words, citekey)

    @cached_property
    def record(self) -> Record | None:
        """The facts from outside; None where a file of them is at fault."""
        try:
            return load_record(self.collection.corpus)
        except SourcebookError:
            return None

    @cached_property
    def questions(self) -> frozenset[str]:
        """The ids of all questions, those they took over included."""
        answers = self.collection.answers
        return frozenset(name for answer in answers for name in answer.names)


def held(words: str, target: str, evidence: Evidence) -> Given:
    """Return what a statement's query gives. Raises `SourcebookError`."""
    given = give(read_query(target), evidence.collection)
    hold(words, given, evidence.names)
    return given


def statement_tip(given: Given) -> str:
    """Return what a reader is told of a statement: what was counted, and where."""
    documents = ", ".join(short_name(name) for name in sorted(given.sources))
    return f"Computed from the sheets: {given}" + (
        f" ({documents})" if documents and given.found else ""
    )


def role_fault(role: Role, evidence: Evidence) -> str:
    """Return what is wrong with a role of ours, or ""; others are not looked at."""
    try:
        match role.name:
            case "claim" | "holds" if not role.words:
                fix = CLAIM_FIX if role.name == "claim" else HOLDS_FIX
                return f"{{{role.name}}}`{role.target}` has no words\n  fix: {fix}"
            case "claim":
                verify(role.words, evidence.collection.corpus.claim(role.target))
            case "fact" if not role.words:
                return f"{{fact}}`{role.target}` has no words\n  fix: {FACT_FIX}"
            case "fact" if evidence.record:  # else what is wrong with it has been said
                verify_fact(role.words, evidence.record, role.target)
            case "holds":
                held(role.words, role.target, evidence)
            case "question" if role.target not in evidence.questions:
                raise none_such(
                    "question", role.target, evidence.questions, fix=QUESTION_FIX
                )
            case "data" if role.target not in DOWNLOADS:
                raise none_such("download", role.target, DOWNLOADS, fix=DOWNLOAD_FIX)
    except SourcebookError as error:
        return str(error)
    return ""


def worded(
    stretches: Sequence[Stretch],
    evidence: Evidence,
    *,
    page: str,
    beside: Sequence[str] = (),
) -> Iterator[Remark]:
    """Yield what is wrong with a page's own words, its roles apart.

    ``beside`` has the claims that a text rests on besides those it links.
    """
    waits = evidence.wording.waits(page)
    if not (waits and page.endswith(".yml")):
        for found in bare_in(stretches, allow=evidence.allowed):
            yield replace(found, text=_BARE.format(found.text, found.column))
    if waits:
        return
    for stretch in stretches:
        for start, words in evidence.wording.counting(stretch.text, page):
            yield Remark(*stretch.places[start], _UNBOUND.format(words=words))
        for role in stretch.roles:
            for words in _strange(role, evidence):
                yield Remark(*role.place, _UNBOUND.format(words=words))
        known = evidence.collection, evidence.names
        faults = [
            *misnamed(stretch, *known),
            *misdated(stretch.text, *known),
            *misquoted(stretch, *known, evidence.has),
            *strangers(stretch, evidence.parties, evidence.names, beside=beside),
        ]
        for at, fault in faults:
            yield Remark(*stretch.places[at], fault)


def quoted_in(markdown: str, evidence: Evidence) -> Iterator[Remark]:
    """Yield words in quotation marks that are no source's, and no formula of ours.

    Code is left out but for the words of pictures, and what stands in a claim's mark:
    that is held to its passage.
    """
    text = _CODE.sub(lambda match: re.sub(r"[^\n]", GAP, match[0]), markdown)
    yield from _quoted(text, 1, evidence)
    for cell in _CELL.finditer(markdown):
        before = markdown.count("\n", 0, cell.start(1))
        for line, words in picture_words(cell[1]):
            yield from _quoted(words, before + line, evidence)


def _quoted(text: str, first: int, evidence: Evidence) -> Iterator[Remark]:
    """Yield words that no source has, of a text that begins on line ``first``."""
    marks = [match.span() for match in _CLAIMED.finditer(text)]
    for match in _SAID.finditer(text):
        words = next(filter(None, match.groups()))
        if any(start < match.start() and match.end() < end for start, end in marks):
            continue
        said = _MARK.sub(r"\1", words)
        if not evidence.wording.ours(words) and not evidence.quotes(said):
            line = text.count("\n", 0, match.start()) + first
            column = match.start() - text.rfind("\n", 0, match.start())
            yield Remark(line, column, _NO_QUOTE.format(words=words))


def _strange(role: Role, evidence: Evidence) -> list[str]:
    """Return what counts in a claim's mark, and does not stand in its sentence."""
    if role.name != "claim" or not COUNTING.search(role.words):
        return []
    try:
        return strange(
            role.words, evidence.collection.corpus.claim(role.target).sentence
        )
    except SourcebookError:
        return []  # which is said of the mark
