"""All prose of a book proofread without a build: pages, questions, notes in sheets.

What a page may not say is for `sourcebook.prose.proofreading`; here all of them are
asked. To read all takes longer than the rest of a check, and mostly all is as it was:
what had no fault, together with all that it was held against, is known to be clean. A
text whose own claims, facts and statements are as they were is not read again either,
whatever else moved.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sourcebook.coding.book_files import contents, digest, file_text
from sourcebook.coding.corpus import AtFault
from sourcebook.coding.plain_yaml import (
    DECIDE,
    MERGE,
    TAKE_OUT,
    merge_mark,
    unseen_mark,
)
from sourcebook.coding.schema import Sheet
from sourcebook.coding.sheets import load_sheet
from sourcebook.coding.source_cache import Clean
from sourcebook.comparing.question_files import Question, chapter_files, read_chapter
from sourcebook.comparing.statements import FIELDS, Collection, give, read_query
from sourcebook.errors import Fault, SheetError, SourcebookError, fault_of
from sourcebook.prose.counting_words import WORDING, Wording, load_wording
from sourcebook.prose.markdown import Stretch, read_prose
from sourcebook.prose.proofreading import (
    Evidence,
    allowed_numbers,
    quoted_in,
    role_fault,
    worded,
)
from sourcebook.prose.running_prose import Remark, bare_in, printed_dates
from sourcebook.reading.anchor import fold

_AGAINST = ("seeds/*", "book/questions/*.yml", "book/record/*.yml", "book/wording.yml")


def held_against(root: Path) -> str:
    """Return a digest of all that the words of a page are held against."""
    files = sorted(each for given in _AGAINST for each in root.glob(given))
    return digest(contents(files))


PAGES = ("book/**/*.md", "notebooks/text/**/*.md")
TEXTS = ("answer", "why", "settles")  # of a question, printed with their marks
_NO_CLAIM_HAS = (
    "no claim of the question has the number {!r}\n"
    "  fix: take it from a claim, add the claim that has it, or leave it out"
)
_NOT_PRINTED = (
    "a number that the document does not print: {!r}\n"
    "  fix: write what it prints, or leave the number out"
)
_WORDED = {  # lists of a sheet, and fields of their entries that readers meet
    "waivers": ("note",), "absences": ("what", "note"), "claims": ("note", "alone"),
}  # fmt: skip
_CODES = frozenset({"+1", "-1", "−1"})  # signs of stances, which are ours
_QUOTATION = re.compile(r'"[^"\n]*"|“[^”]*”')
_ON_ALL = ("holds", "question")  # marks that rest on every sheet or every question
_LEADING = ("claim", "fact", *_ON_ALL)  # marks whose words are held to something
_MARKED = re.compile(r"<([^<>`]+)>`")  # what a mark leads to, as it is typed
_ID = re.compile(r"[\w-]+/[\w-]+")


def check_prose(
    collection: Collection, clean: Clean, *, at_fault: AtFault, whole: bool
) -> Iterator[SourcebookError]:
    """Yield one error for each page and chapter file at fault, sorted by name.

    What ``clean`` knows is not read again, and what had no fault it is told.
    Nothing is said of a mark whose claim is itself ``at_fault``. Where the collection
    is not ``whole``, nothing is said that rests on all of it: statements, links to
    questions, and our own words, since a missing sheet's dates and name are unknown.
    Last comes what is wrong with the list of words that are free.
    """
    root, wording, loaded = collection.corpus.root, Wording(), None
    try:
        wording, loaded = load_wording(root)
    except SourcebookError as error:
        yield error
        whole = False  # else every word that it frees would be a fault
    evidence = Evidence(collection, allowed_numbers(collection.corpus), wording)
    reader, against = _Reader(evidence, at_fault, whole), held_against(root)
    grounds, texts = _Grounds(evidence), {}
    pages = sorted(each for pattern in PAGES for each in root.glob(pattern))
    for path in (*pages, *chapter_files(root)):
        page = path.relative_to(root).as_posix()
        try:
            texts[page] = text = file_text(path, page)
        except SourcebookError as error:
            yield error
            loaded = None  # nobody knows what words it has
            continue
        if whole and clean.knows(against, page, text):
            continue
        own = (grounds.of(text), page, text) if whole else ()
        if not (whole and clean.knows(*own)):
            reader.led.clear()
            if faults := list(reader.faults(path, page, text)):
                yield SheetError(page, faults)
                continue
            own = own if reader.led <= _led(text) else ()
        if whole:
            clean.add(against, page, text, besides=own)
    for citekey in sorted(collection.corpus.sources) if whole else ():
        yield from reader.sheet(citekey, clean, grounds.documents)
    if loaded and (faults := wording.unused(texts, loaded)):
        yield SheetError(loaded.path, faults)


def _led(text: str) -> set[str]:
    """Return all that a text could lead to: what its marks name, and ids of claims."""
    marks = (" ".join(each.split()) for each in _MARKED.findall(text))
    return {*marks, *_ID.findall(text)}


@dataclass(frozen=True)
class _Grounds:
    """What texts are held against: of claims, facts and statements, each its own."""

    evidence: Evidence
    _known: dict[str, str] = field(default_factory=dict)

    def of(self, text: str) -> str:
        """Return a digest of what a text is held against."""
        told = (f"{name} {self._said(name)}" for name in sorted(_led(text)))
        return digest([*self._shared, *told])

    @cached_property
    def documents(self) -> list[str]:
        """What our words are held against: documents, free words, names of parties."""
        corpus = self.evidence.collection.corpus
        pinned = (each.sheet.sha256 for each in corpus.sources.values())
        tables = corpus.root / WORDING, corpus.root / "seeds" / "actors.yml"
        return [*contents(tables), *sorted(pinned)]

    @cached_property
    def _shared(self) -> list[str]:
        """What every text is held against: these, names, dates, what is asked."""
        evidence = self.evidence
        sheets = [s.sheet for s in evidence.collection.corpus.sources.values()]
        dates = (sheet.issued.date for sheet in sheets)
        whose = (f"{s.aliases} {s.speakers} {s.about}" for s in sheets)
        names = (f"{name} {sorted(may)}" for name, may in evidence.names.items())
        parts = (*names, *dates, *whose, *evidence.allowed, *evidence.questions)
        return [*self.documents, *sorted(parts)]

    def _said(self, name: str) -> str:
        if name not in self._known:
            with suppress(SourcebookError):
                self._known[name] = self._looked_up(name)
        return self._known.setdefault(name, "")

    def _looked_up(self, name: str) -> str:
        """Return what a mark of that name is held to. Raises `SourcebookError`."""
        collection, record = self.evidence.collection, self.evidence.record
        if name.partition(":")[0] in FIELDS:
            given = give(read_query(name), collection)
            return f"{given} {given.found} {given.among} {sorted(given.sources)}"
        if source := collection.corpus.sources.get(name.partition("/")[0]):
            return repr(source.find(name))
        return repr(record.share(name) or record.fact(name)) if record else ""


@dataclass(frozen=True)
class _Reader:
    """Reads one text after the other."""

    evidence: Evidence
    at_fault: AtFault
    whole: bool
    # Names that marks looked up: a text is known by its grounds if `_led` has them all.
    led: set[str] = field(default_factory=set)

    def faults(self, path: Path, page: str, text: str) -> Iterator[Fault]:
        """Yield what is wrong with a page, or with a chapter's questions."""
        if path.suffix == ".yml":
            yield from self._chapter(path, page)
            return
        for remark in self.remarks(text, page):
            told, place = fault_of(remark.text, file=page), f"line {remark.line}"
            said, at = f"{remark.text} @ {place}", (remark.line, remark.column)
            yield Fault(page, told.fault, place, *at, told.fix, said=said)

    def remarks(
        self, text: str, page: str, *, beside: Sequence[str] = ()
    ) -> list[Remark]:
        """Return what is wrong with a text, in the order of its places."""
        return sorted([*self._read(text, page, beside), *self._quoted(text)])

    def _read(self, text: str, page: str, beside: Sequence[str]) -> Iterator[Remark]:
        if line := merge_mark(text):
            yield Remark(line, 1, f"{MERGE}\n  fix: {DECIDE}")
            return
        if unseen := unseen_mark(text):
            said, place = unseen
            yield Remark(*place, f"{said}\n  fix: {TAKE_OUT}")
        stretches = read_prose(text)
        if self.whole:
            yield from worded(stretches, self.evidence, page=page, beside=beside)
        yield from self._marks(stretches)

    def _chapter(self, path: Path, page: str) -> Iterator[Fault]:
        try:
            chapter, loaded, _ = read_chapter(path)
        except SourcebookError:
            return  # which has been said
        for number, question in enumerate(chapter.questions if chapter else ()):
            here = ("questions", number)
            if "}`" in question.asks:
                said, fix = "a question takes no marks", "put them into its answer"
                yield loaded.fault(said, (*here, "asks"), fix=fix)
            for name in TEXTS:
                own = getattr(question, name)
                for remark in self.remarks(own, page, beside=question.claims):
                    yield loaded.fault(remark.text, (*here, name))
            for place, text in _plain_texts(question) if self.whole else ():
                for remark in (*self._quoted(text), *self._strange(text, question)):
                    yield loaded.fault(remark.text, (*here, *place))

    def sheet(
        self, citekey: str, clean: Clean, shared: Sequence[str]
    ) -> Iterator[SourcebookError]:
        """Yield an error where our words in a sheet are not of its document."""
        corpus = self.evidence.collection.corpus
        source = corpus.sources[citekey]
        path = corpus.root / "seeds" / f"{citekey}.yml"
        parts = ("sheet", repr(source.sheet), *shared)
        if clean.knows(*parts):
            return
        printed, issued = fold(source.document.text), source.sheet.issued.date
        ours = _CODES.union(claim.id for claim in source.sheet.claims)
        faults = []
        # Readers meet these words beside each claim: a number in them is one that the
        # document prints, or of the time that is coded.
        for place, text, when in _own_words(source.sheet):
            for found in bare_in(read_prose(text), allow=printed_dates(issued)):
                stands = rf"(?<!\w){re.escape(fold(found.text))}(?!\w)"
                if found.text not in ours and not re.search(stands, printed + when):
                    faults.append((place, _NOT_PRINTED.format(found.text)))
            parted = _QUOTATION.sub(_in_parts, text)
            faults += [(place, remark.text) for remark in self._quoted(parted)]
        if faults:
            loaded = load_sheet(path)[1]
            yield SheetError(
                loaded.path, [loaded.fault(said, place) for place, said in faults]
            )
        else:
            clean.add(*parts)

    def _quoted(self, text: str) -> Iterator[Remark]:
        return quoted_in(text, self.evidence) if self.whole else iter(())

    def _strange(self, text: str, question: Question) -> Iterator[Remark]:
        """Yield numbers of a text without marks that no claim of its question has."""
        corpus = self.evidence.collection.corpus
        claims = [corpus.claim(name) for name in question.claims]
        said = " ".join(f"{each.sentence} {each.when}" for each in claims)
        for found in bare_in(read_prose(text), allow=self.evidence.allowed):
            if not re.search(rf"(?<!\w){re.escape(found.text)}(?!\w)", said):
                yield replace(found, text=_NO_CLAIM_HAS.format(found.text))

    def _marks(self, stretches: tuple[Stretch, ...]) -> Iterator[Remark]:
        for role in (role for stretch in stretches for role in stretch.roles):
            if role.name in _LEADING:
                self.led.add(" ".join(role.target.split()))
            # What rests on what is at fault itself is passed over: that has been said.
            rests_on_all = not self.whole and role.name in _ON_ALL
            passed = rests_on_all or self.at_fault(role.target)
            if not passed and (fault := role_fault(role, self.evidence)):
                yield Remark(*role.place, fault)


def _own_words(sheet: Sheet) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield our own words in a sheet, but for reasons: place, words, their time."""
    yield ("about",), sheet.about, ""
    yield ("extent", "missing"), sheet.extent.missing, ""
    for n, text in enumerate(sheet.not_stated):
        yield ("not_stated", n), text, ""
    for part, fields in _WORDED.items():
        for n, entry in enumerate(getattr(sheet, part)):
            for name in fields:
                when = f" {entry.when}" if part == "claims" else ""
                yield (part, n, name), getattr(entry, name), when


def _in_parts(quotation: re.Match[str]) -> str:
    """Return a quotation in two, or more, where something of it is left out."""
    words = quotation[0]
    parts = (part.strip() for part in words[1:-1].split("…"))
    return " ".join(f"{words[0]}{part}{words[-1]}" for part in parts if part)


def _plain_texts(question: Question) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts of a question that take no marks, each with its place."""
    yield ("asks",), question.asks
    for number, declared in enumerate(question.declares):
        yield ("declares", number, "because"), declared.because
    for number, bridge in enumerate(question.bridges):
        for at, condition in enumerate(bridge.conditions):
            yield ("bridges", number, "conditions", at, "text"), condition.text
