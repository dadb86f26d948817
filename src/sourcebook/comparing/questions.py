"""Questions put to several sources, and the answers that come out.

A question names claims and says what comparing them must return. The relation is
computed, or declared where words alone bear it; the adjudication is ours, with a
reason. When a relation is not the expected one, nothing is answered: the question must
be looked at again.

A main claim of a source stands in a question with another document, or says why none
can be set beside it (``alone``). The others are counted by source and by who acts
(``sides`` of the codebook), so that nobody's case is left out unnoticed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from sourcebook.coding.book_files import contents, digest
from sourcebook.coding.claims import Claim, figured
from sourcebook.coding.corpus import AtFault, Corpus, nothing
from sourcebook.coding.hedges import DEFAULT_SLACK
from sourcebook.coding.sheets import load_sheet, none_such
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.comparing.bridges import Bridged, run_bridge
from sourcebook.comparing.matters import check_silent
from sourcebook.comparing.question_files import (
    ADJUDICATION_WORDS,
    BridgeEntry,
    Question,
    chapter_files,
    claims_of,
    place_of,
    read_chapter,
    sources_of,
)
from sourcebook.comparing.relation_by_kind import declare, relate
from sourcebook.comparing.relations import RELATIONS, Verdict, relation_words
from sourcebook.comparing.witnesses import Origins, origins
from sourcebook.errors import Fault, SheetError, SourcebookError, together
from sourcebook.reading.dates import bounds

_AGAIN = "change the question, or the claims that it names"
_NAME = "name one of its ids"
# Where we decide nothing, the badge says what comparing came to instead.
_UNDECIDED = frozenset({"both-stand", "no-conflict"})


@dataclass(frozen=True, slots=True)
class Silence:
    """A source in which terms were searched and none was found."""

    source: str  # citekey
    terms: tuple[str, ...]
    claim: str = ""  # the one claim that the terms stand for, "" for the question

    @property
    def verdict(self) -> Verdict:
        """The relation of any claim with a source that is silent."""
        reason = f"Searched and not found: {', '.join(self.terms)}."
        return Verdict("silent", reason)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its claims and the relation of each pair of them."""

    chapter: str
    question: Question
    claims: tuple[Claim, ...]
    verdicts: tuple[tuple[Claim, Claim, Verdict], ...]
    silences: tuple[Silence, ...] = ()
    origins: Origins = field(default_factory=Origins)  # of its claims

    @property
    def id(self) -> str:
        """The question's name in the whole book: ``<chapter>/<id>``."""
        return f"{self.chapter}/{self.question.id}"

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by in the whole book: its own, then those it took over."""
        ids = (self.question.id, *self.question.formerly)
        return tuple(f"{self.chapter}/{each}" for each in ids)

    @property
    def relations(self) -> tuple[str, ...]:
        """Every relation of the question once, in order of pairs, silence last."""
        return relations_of(self.verdicts, self.silences)

    @property
    def sources(self) -> tuple[str, ...]:
        """The citekeys of its claims and silences, in order of appearance."""
        named = [claim.source for claim in self.claims]
        return tuple(dict.fromkeys([*named, *(s.source for s in self.silences)]))

    def rows(self) -> Iterator[tuple[str, str, Verdict]]:
        """Yield every relation with the names of its two sides, silences last."""
        for a, b, verdict in self.verdicts:
            yield a.id, b.id, verdict
        for silence in self.silences:
            for claim in self.claims:
                if silence.claim in {"", claim.id}:
                    yield claim.id, silence.source, silence.verdict


def relations_of(
    verdicts: tuple[tuple[Claim, Claim, Verdict], ...], silences: tuple[Silence, ...]
) -> tuple[str, ...]:
    """Return the relations among verdicts and silences, each once, in order."""
    found = [str(verdict) for _, _, verdict in verdicts]
    return tuple(dict.fromkeys([*found, *("silent" for _ in silences)]))


def badge(answer: Answer) -> str:
    """Return what a question came to, as a reader's page prints it.

    A verdict of ours goes first. Where both stand or nothing conflicts, it is the words
    of the relation if all pairs have the same words, else those of the adjudication, or
    where nothing conflicts those of the pair that is furthest apart.
    """
    ours = answer.question.adjudication
    if ours in _UNDECIDED:
        # Between documents; within one where there is nothing else.
        across = tuple(str(v) for a, b, v in answer.verdicts if a.source != b.source)
        codes = across or (("silent",) if answer.silences else answer.relations)
        words = {relation_words(code) for code in codes}
        if len(words) == 1 or ours == "no-conflict":
            kinds = {code: RELATIONS[code.partition("(")[0]] for code in codes}
            return relation_words(min(codes, key=lambda code: kinds[code].apart))
    if ours in {"prefer-a", "prefer-b"}:
        return "One is better supported"
    return ADJUDICATION_WORDS[ours]


def answer_chapter(path: Path, corpus: Corpus) -> tuple[Answer, ...]:
    """Answer all questions of a chapter. Raises `SheetError` with every fault."""
    answers, faults = _try_chapter(path, corpus)
    if faults:
        raise SheetError(f"book/questions/{path.name}", faults)
    return tuple(answers)


def _try_chapter(
    path: Path, corpus: Corpus, at_fault: AtFault = nothing
) -> tuple[list[Answer], list[Fault]]:
    """Return the answers that can be given, and the faults of the other questions."""
    chapter, loaded, faults = read_chapter(path)
    if chapter is None:
        return [], faults
    corpus.read(sources_of(chapter))
    answers = []
    for number, question in enumerate(chapter.questions):
        named = {*claims_of(question), *(entry.source for entry in question.silent)}
        if len(question.expected()) != question.pairs or any(map(at_fault, named)):
            continue  # which has been said
        try:
            answer = _answer(path.stem, question, corpus)
            for bridge in question.bridges:
                _bridge(bridge, corpus, DEFAULT_SLACK)
        except SourcebookError as error:
            faults.append(loaded.fault(error, ("questions", number), fix=_AGAIN))
            continue
        answers.append(answer)
    return answers, faults


def answer_all(corpus: Corpus, *, keep: bool = False) -> tuple[Answer, ...]:
    """Answer every question of the book, in order of chapter file; see `try_all`.

    Raises one `SourcebookError` with the faults of all sheets; else with those of all
    chapters, and with every question that is asked twice.
    """
    corpus.read()
    answers, wrong = try_all(corpus, keep=keep)
    if wrong:
        raise together(wrong)
    return answers


def try_all(
    corpus: Corpus, *, at_fault: AtFault = nothing, keep: bool = False
) -> tuple[tuple[Answer, ...], list[SourcebookError]]:
    """Return every answer that can be given, and what is wrong with other questions.

    Questions that rest on what is ``at_fault`` itself are passed over. Where nothing is
    and the book may ``keep`` them, answers stay until its file or a source moves.
    """
    seeds = sorted((corpus.root / "seeds").glob("*"))
    told = digest(contents(seeds)) if keep else ""
    answers: list[Answer] = []
    wrong: list[SourcebookError] = []
    for path in chapter_files(corpus.root):
        try:
            if keep:
                found, faults = _kept_chapter(path, corpus, told)
            else:
                found, faults = _try_chapter(path, corpus, at_fault=at_fault)
        except SourcebookError as error:
            wrong.append(error)
            continue
        answers += found
        if faults:
            wrong.append(SheetError(f"book/questions/{path.name}", faults))
    for answer, fault in duplicates(answers):
        path = corpus.root / "book" / "questions" / f"{answer.chapter}.yml"
        wrong.append(SourcebookError(fault).within(place_of(answer.question, path)))
    return tuple(answers), wrong


def _kept_chapter(
    path: Path, corpus: Corpus, told: str
) -> tuple[list[Answer], list[Fault]]:
    place = corpus.root / KEPT / f"answers-{path.stem}.pickle"
    return kept(place, lambda: ([path], _try_chapter(path, corpus)), told=told)


def ask(chapter: str, name: str, *, corpus: Corpus) -> Answer:
    """Return one question's answer. Raises `SourcebookError`.

    >>> from sourcebook.coding.corpus import load_corpus
    >>> ask("gas", "share-of-eu-gas", corpus=load_corpus()).relations
    ('not-comparable(of)',)
    """
    path = corpus.root / "book" / "questions" / f"{chapter}.yml"
    answers = {a.question.id: a for a in answer_chapter(path, corpus)}
    if name not in answers:
        raise none_such("question", name, answers, where=path.name, fix=_NAME)
    return answers[name]


def build_bridge(
    answer: Answer, name: str, *, corpus: Corpus, slack: Fraction = DEFAULT_SLACK
) -> Bridged:
    """Work out one bridge of a question. Raises `SourcebookError`."""
    entries = {entry.id: entry for entry in answer.question.bridges}
    if name not in entries:
        raise none_such("bridge", name, entries, where=answer.id, fix=_NAME)
    return _bridge(entries[name], corpus, slack)


def _bridge(entry: BridgeEntry, corpus: Corpus, slack: Fraction) -> Bridged:
    claims = [figured(corpus.claim(name)) for name in entry.uses]
    quantities = [claim.quantity for claim in claims]
    year = bounds(claims[0].when)[1].year if claims[0].when else None
    return run_bridge(entry.kind, quantities, entry.conditions, slack=slack, year=year)


def outcome(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """Return what each pair of a question comes out as, whatever it expects.

    Raises `SourcebookError` where a claim is missing or cannot be compared, and where
    a source is not silent that should be.
    """
    _silences(question, corpus)
    claims = tuple(map(corpus.claim, question.claims))
    found = _verdicts(question, claims, corpus)
    return tuple(str(verdict) for _, _, verdict in found)


def _answer(chapter: str, question: Question, corpus: Corpus) -> Answer:
    claims = tuple(map(corpus.claim, question.claims))
    verdicts = tuple(_verdicts(question, claims, corpus))
    _check_expected(question, verdicts)
    silences = _silences(question, corpus)
    found = origins(claims, corpus.sources)
    return Answer(chapter, question, claims, verdicts, silences, found)


def _silences(question: Question, corpus: Corpus) -> tuple[Silence, ...]:
    found = []
    for entry in question.silent:
        if entry.source not in corpus.sources:
            raise none_such("source", entry.source, corpus.sources, fix=_AGAIN)
        check_silent(corpus.sources[entry.source], entry.terms)
        found.append(Silence(entry.source, entry.terms, entry.claim))
    return tuple(found)


def _verdicts(
    question: Question, claims: tuple[Claim, ...], corpus: Corpus
) -> Iterator[tuple[Claim, Claim, Verdict]]:
    """Yield the relation of each pair: declared where declared, else computed."""
    declared = {(entry.a, entry.b): entry for entry in question.declares}
    for a, b in combinations(claims, 2):
        entry = declared.pop((a.id, b.id), None)
        if entry is None:
            yield a, b, relate(a, b)
        else:
            yield a, b, declare(a, b, entry, sources=corpus.sources)
    for a_id, b_id in declared:
        said = f"{question.id}: {a_id} and {b_id} are declared, and are no pair of it"
        raise SourcebookError(said, fix="name both under claims, the first one first")


def _check_expected(
    question: Question, verdicts: tuple[tuple[Claim, Claim, Verdict], ...]
) -> None:
    for (a, b, verdict), expected in zip(verdicts, question.expected(), strict=True):
        if str(verdict) != expected:
            raise SourcebookError(
                f"{question.id}: {a.id} and {b.id} come out as {verdict}, "
                f"not as {expected}\n"
                f"  because: {verdict.reason}\n"
                "  fix: read both passages again; then change the claims, or expect, "
                "adjudication and why"
            )


def duplicates(answers: Iterable[Answer]) -> Iterator[tuple[Answer, str]]:
    """Yield each question that repeats an earlier one, with a fault that names both."""
    first: dict[tuple[frozenset[str], frozenset[str]], Answer] = {}
    for answer in answers:
        held = frozenset(claim.id for claim in answer.claims)
        silent = frozenset(silence.source for silence in answer.silences)
        earlier = first.setdefault((held, silent), answer)
        if earlier is not answer:
            fault = (
                f"{answer.id} asks what {earlier.id} asks: "
                "the same claims and the same silent sources\n"
                "  fix: keep the one where a reader looks for it, take over what the "
                "other's `why` adds, and link to its card"
            )
            yield answer, fault


_AUTHOR, _OTHERS = "its author", "others"


def compared(answers: Iterable[Answer]) -> frozenset[str]:
    """Return the claims that a question sets beside another document."""
    return frozenset(
        claim.id for each in answers if len(each.sources) > 1 for claim in each.claims
    )


def check_key_claims(corpus: Corpus, answers: Iterable[Answer]) -> None:
    """Raise `SourcebookError` with every main claim that nothing is set beside."""
    used = compared(answers)
    faults = [
        _fault(corpus.root, claim)
        for claim in corpus.claims
        if claim.key and not claim.alone and claim.id not in used
    ]
    if faults:
        said = "\n".join(f"{each.fault}\n  fix: {each.fix}" for each in faults)
        raise SourcebookError(said, faults=faults)


def _fault(root: Path, claim: Claim) -> Fault:
    sheet, loaded = load_sheet(root / "seeds" / f"{claim.source}.yml")
    own = claim.id.partition("/")[2]
    number = [entry.id for entry in sheet.claims].index(own)
    said = f"{claim.id}: a key claim that no question sets beside another document"
    fix = "ask a question with it, or give it `alone:` and the reason"
    return loaded.fault(said, ("claims", number, "key"), fix=fix)


def usage(corpus: Corpus, answers: Iterable[Answer]) -> list[tuple[str, str, int, int]]:
    """Return a row for each source and side, in order.

    A row has the citekey, the side that acts in the claims, else their author, else
    others; how many there are, and how many of them are compared.
    """
    used = compared(answers)
    sides = {who: side for side, all_ in corpus.codebook.sides.items() for who in all_}
    claims: Counter[tuple[str, str]] = Counter()
    beside: Counter[tuple[str, str]] = Counter()
    for claim in corpus.claims:
        key = claim.source, _who(claim, sides)
        claims[key] += 1
        beside[key] += claim.id in used
    return [(*key, claims[key], beside[key]) for key in sorted(claims)]


def usage_line(corpus: Corpus, answers: Iterable[Answer]) -> str:
    """Say in one line how many claims of each side are compared."""
    every, used = Counter[str](), Counter[str]()
    for _, who, claims, beside in usage(corpus, answers):
        every[who] += claims
        used[who] += beside
    parts = [f"{who} {used[who]} of {every[who]}" for who in sorted(every)]
    said = ", ".join(parts) or "nothing, for nothing is coded yet"
    return f"compared with another document: {said}"


def _who(claim: Claim, sides: Mapping[str, str]) -> str:
    if claim.actor in sides or claim.voice in sides:
        return sides.get(claim.actor) or sides[claim.voice]
    return _AUTHOR if claim.voice == "author" else _OTHERS
