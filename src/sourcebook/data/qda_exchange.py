"""The claims of all sheets as a REFI-QDA project; and what such a project says besides.

Topics and kinds are codes, each in a folder that says which it is; a claim is a passage
with both, and its note goes along. Positions count code points of the pinned file,
which is in the archive byte for byte: the project is made for a desk, and not for
publication. A file that is there already is never written over.

A passage that comes in is bound to the pinned file as a sheet's quotation is, or
refused. No sheet is written to: drafts are YAML, to be finished by hand and put into a
sheet. A line without a value is to be filled, and a comment says what does not fit the
codebook. Whatever came from outside stands in quotation marks, with no character that
could end a line.
"""

import datetime as dt
import re
import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, takewhile
from operator import eq
from pathlib import Path
from typing import Final, get_args

import refi_qda
from refi_qda import Code, Project, ProjectError, Selection, squeeze
from sourcebook.coding.book_files import put
from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus, Source
from sourcebook.coding.schema import Kind
from sourcebook.coding.sheets import nearest
from sourcebook.data.citation import commit_time, load_work
from sourcebook.desk.sheet_edits import double_quoted
from sourcebook.errors import SourcebookError
from sourcebook.reading.anchor import Anchor, locate
from sourcebook.reading.text import Document, Span

_POSITION: Final = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CodedDraft:
    """A passage coded elsewhere and in no sheet; what is "" is left to fill."""

    source: str
    quote: str
    nth: int  # 0 where the words stand once
    topic: str
    kind: str
    note: str
    codes: tuple[str, ...]  # those that are not in the codebook
    was: str = ""  # the claim that was moved here, by its id


@dataclass(slots=True)
class Incoming:
    """What was found in a project."""

    known: int = 0  # passages that are claims already, with all their codes
    drafts: list[CodedDraft] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # of claims, changed
    faults: list[str] = field(default_factory=list)
    passed: tuple[str, ...] = ()

    def report(self) -> Iterator[str]:
        """Yield what there is to say besides the drafts, a fault a line or two."""
        yield from self.faults
        yield from (f"passed over, no plain text: {each}" for each in self.passed)
        yield (
            f"{self.known} passages are claims of the sheets, {len(self.drafts)} "
            f"drafts, {len(self.notes)} notes differ, {len(self.faults)} refused"
        )


@dataclass(slots=True)
class _Passage:
    """All that is coded at one place."""

    topics: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    guids: list[str] = field(default_factory=list)


def compare(project: Project, corpus: Corpus) -> Incoming:
    """Hold a project against the sheets. What cannot be placed is in ``faults``."""
    found = Incoming(passed=project.passed)
    ours = {squeeze(each.document.raw).words: each for each in corpus.sources.values()}
    for text in project.texts:
        theirs = squeeze(text.text)
        source = ours.get(theirs.words)
        if text.fault or source is None:
            fault = text.fault or _not_ours(text, theirs.words, corpus)
            found.faults.append(f"{text.name!r}: {fault}")
            continue
        passages, faults = _passages(text, source.document, project, corpus)
        found.faults += [f"{text.name!r}: {fault}" for fault in faults]
        _settle(passages, source, found)
    return found


def _not_ours(text: refi_qda.TextSource, words: str, corpus: Corpus) -> str:
    """Say what is wrong with a text that is none of the pinned ones."""
    for citekey, source in corpus.sources.items():
        file = source.sheet.file
        if text.name in {citekey, file, file.rpartition(".")[0]}:
            pinned = squeeze(source.document.raw).words
            at = sum(1 for _ in takewhile(bool, map(eq, words, pinned)))
            return (
                f"its text is not that of {file}: it has {words[at : at + 20]!r}, not "
                f"{pinned[at : at + 20]!r}\n  fix: code the text as it is exported"
            )
    return (
        f"its text is none of ours{nearest(text.name, corpus.sources)}\n"
        "  fix: add the document first"
    )


def _passages(
    text: refi_qda.TextSource, document: Document, project: Project, corpus: Corpus
) -> tuple[dict[Span, _Passage], list[str]]:
    """Return what is coded at each place of the clean text, and what has no place."""
    numbered, faults = [], []
    for each in text.selections:
        if _POSITION.fullmatch(each.start) and _POSITION.fullmatch(each.end):
            numbered.append(each)
        else:
            faults.append(f"a passage from {each.start!r} to {each.end!r} has no place")
    positions = [(int(each.start), int(each.end)) for each in numbered]
    try:
        spans = refi_qda.spans_in(text.text, positions)
    except ProjectError as error:
        fix = "\n  fix: export it again as UTF-8 without a mark, lines ending in LF"
        return {}, [f"{error}{fix}"]
    theirs, ours = squeeze(text.text), squeeze(document.raw)
    passages: dict[Span, _Passage] = {}
    for selection, span in zip(numbered, spans, strict=True):
        at = _in_pinned(span, theirs, ours, document) if span else None
        if at is None:
            what = "selects no words" if span else "lies beyond the end of the text"
            faults.append(f"the passage {selection.start}–{selection.end} {what}")
            continue
        _gather(passages.setdefault(at, _Passage()), selection, project, corpus)
    return passages, faults


def _in_pinned(
    span: refi_qda.Span,
    theirs: refi_qda.Squeezed,
    ours: refi_qda.Squeezed,
    document: Document,
) -> Span | None:
    """Return a span of their text as one of the document's clean text.

    None where nothing but white space or marks of the page is selected.
    """
    first = bisect_left(theirs.offsets, span.start)
    last = bisect_left(theirs.offsets, span.end) - 1
    if last < first:
        return None
    start = bisect_left(document.offsets, ours.offsets[first])
    end = bisect_right(document.offsets, ours.offsets[last])
    words = document.text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return Span(start, end) if start < end else None


def _gather(
    passage: _Passage, selection: Selection, project: Project, corpus: Corpus
) -> None:
    passage.guids.append(selection.guid)
    if selection.note:
        passage.notes.append(selection.note)
    for each in selection.codes:
        code = project.codes.get(each)
        what, term = meaning(code, corpus.codebook.topics) if code else ("", each)
        if what == TOPIC:
            passage.topics.append(term)
        elif what == KIND:
            passage.kinds.append(term)
        else:
            passage.codes.append(str(code) if code else f"an unknown code, {each}")


def _settle(passages: Mapping[Span, _Passage], source: Source, found: Incoming) -> None:
    """Tell the claims among the passages from what is new."""
    # A claim is known by its place and its codes, not by its GUID: programs make new
    # ones.
    claims: dict[Span, list[Claim]] = {}
    for claim in source.claims():
        claims.setdefault(claim.span, []).append(claim)
    names = {guid("claim", claim.id): claim.id for claim in source.claims()}
    for at, passage in sorted(passages.items()):
        here = claims.get(source.document.raw_span(*at), [])
        found.notes += _changed_notes(passage, here)
        new = _new(passage, here)
        if not new:
            found.known += 1
            continue
        moved = {names.get(each, "") for each in passage.guids}
        was = moved - {claim.id for claim in here} - {""}
        try:
            anchor = _anchor(at, source.document)
        except SourcebookError as error:
            found.faults.append(str(error))
            continue
        found.drafts += [
            CodedDraft(
                source=source.citekey,
                quote=" ".join(anchor.exact.split()),
                nth=anchor.nth if anchor.count > 1 else 0,
                topic=topic,
                kind=kind,
                note=" ".join(" ".join(passage.notes).split()),
                codes=tuple(dict.fromkeys(passage.codes)),
                was=", ".join(sorted(was)),
            )
            for topic, kind in new
        ]


def _new(passage: _Passage, here: Sequence[Claim]) -> list[tuple[str, str]]:
    """Return the topic and the kind of each claim that the sheet does not make yet.

    >>> _new(_Passage(kinds=["event", "status"]), [])
    [('', 'event'), ('', 'status')]
    >>> _new(_Passage(topics=["gas"], kinds=["event"]), [])
    [('gas', 'event')]
    >>> _new(_Passage(), [])
    [('', '')]
    """
    topics = _missing(passage.topics, {claim.topic for claim in here})
    kinds = _missing(passage.kinds, {claim.kind for claim in here})
    kind = kinds[0] if len(kinds) == 1 else ""
    if topics:
        return [(topic, kind) for topic in topics]
    if kinds:
        return [("", kind) for kind in kinds]
    return [("", "")] if passage.codes or not here else []


def _missing(words: Iterable[str], known: set[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word not in known]


def _changed_notes(
    passage: _Passage, here: Sequence[Claim]
) -> Iterator[tuple[str, str]]:
    """Yield what the note of a claim reads now, where that is not what it was."""
    known = {" ".join(claim.note.split()) for claim in here}
    new = _missing((" ".join(note.split()) for note in passage.notes), known)
    if new and len(here) == 1:
        yield here[0].id, " ".join(new)


def _anchor(at: Span, document: Document) -> Anchor:
    """Bind a passage as a sheet's quotation is bound, or refuse it for the same."""
    quote = " ".join(document.text[slice(*at)].split())
    count = locate(quote, document, nth=1, clause=False).count
    for nth in range(1, count + 1):
        if locate(quote, document, nth=nth, clause=False).start == at.start:
            return locate(quote, document, nth=nth)
    line = document.line_at(at.start)
    said = f"{document.citekey}: the passage on line {line} cuts through a word or a "
    fix = "select whole words and whole figures"
    raise SourcebookError(f"{said}figure: {quote!r}", fix=fix)


def read_drafts(path: Path, corpus: Corpus) -> tuple[Incoming, str]:
    """Return what a project says that the sheets do not, and its drafts as YAML."""
    try:
        project = refi_qda.read_project(refi_qda.Archive(path))
    except ProjectError as error:
        raise SourcebookError(str(error)) from None
    incoming = compare(project, corpus)
    return incoming, as_yaml(incoming, corpus)


def as_yaml(incoming: Incoming, corpus: Corpus) -> str:
    """Return the drafts and changed notes of every source, or nothing.

    Ids are free in the sheet they are meant for.
    """
    lines: list[str] = []
    for citekey, source in sorted(corpus.sources.items()):
        drafts = [each for each in incoming.drafts if each.source == citekey]
        taken = {claim.id.partition("/")[2] for claim in source.claims()}
        free = (f"draft-{n}" for n in count(1) if f"draft-{n}" not in taken)
        if drafts:
            lines += [f"# For `claims:` in seeds/{citekey}.yml; fill what is empty."]
        for draft in drafts:
            lines += _entry(draft, next(free))
    lines += [
        f"# The note of {claim} reads there: {double_quoted(note)}"
        for claim, note in incoming.notes
    ]
    return "".join(f"{line}\n" for line in lines)


def _entry(draft: CodedDraft, name: str) -> Iterator[str]:
    yield f"  - id: {name}"
    yield f"    kind: {draft.kind}".rstrip()
    yield f"    topic: {draft.topic}".rstrip()
    yield f"    quote: {double_quoted(draft.quote)}"
    if draft.nth:
        yield f"    nth: {draft.nth}"
    if draft.note:
        yield f"    note: {double_quoted(draft.note)}"
    for code in draft.codes:
        yield f"    # coded, and not in the codebook: {double_quoted(code)}"
    if draft.was:
        yield f"    # moved here from {draft.was}"


TOPIC: Final = "topic"
KIND: Final = "kind"
CODED_KINDS: Final[tuple[str, ...]] = get_args(Kind)


def guid(*name: str) -> str:
    """Return the GUID of a name: the same today and anywhere.

    >>> guid("claim", "bbc-2025/gas-share") == guid("claim", "bbc-2025/gas-share")
    True
    """
    # Other programs ask for GUIDs; these are made from our names, so that the same book
    # gives the same bytes.
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "sourcebook/" + "/".join(name)))


def meaning(code: Code, topics: Collection[str]) -> tuple[str, str]:
    """Return whether a code is a topic or a kind of ours, and its term; or ""."""
    term = code.name.strip()
    kinds = {KIND} if term in CODED_KINDS else set()
    kinds |= {TOPIC} if term in topics else set()
    # A word that is both counts as what its folder says, and else as neither.
    if len(kinds) > 1:
        kinds &= {name.strip() for name in code.above}
    return (kinds.pop(), term) if len(kinds) == 1 else ("", term)


def project_archive(corpus: Corpus, *, title: str, seconds: int) -> bytes:
    """Return a ``.qdpx`` file of every claim; ``seconds`` since 1970 date it."""
    us = ", ".join(load_work(corpus.root).authors)
    return refi_qda.write_project(
        title,
        origin="Sourcebook",
        user=(guid("user", us), us),
        made=dt.datetime.fromtimestamp(seconds, dt.UTC),
        folders=(
            _folder(TOPIC, corpus.codebook.topics),
            _folder(KIND, dict.fromkeys(CODED_KINDS, "")),
        ),
        texts=[_text(source) for _, source in sorted(corpus.sources.items())],
    )


def _folder(name: str, terms: Mapping[str, str]) -> refi_qda.CodeFolder:
    codes = [
        refi_qda.NewCode(guid(name, term), term, meaning)
        for term, meaning in sorted(terms.items())
    ]
    return refi_qda.CodeFolder(guid("codes", name), name, tuple(codes))


def _text(source: Source) -> refi_qda.CodedText:
    return refi_qda.CodedText(
        guid("source", source.citekey),
        source.citekey,
        source.document.raw,
        tuple(_passage(claim) for claim in source.claims()),
    )


def _passage(claim: Claim) -> refi_qda.Passage:
    return refi_qda.Passage(
        guid("claim", claim.id),
        claim.span.start,
        claim.span.end,
        claim.exact,
        tuple(
            (guid("coding", claim.id, name), guid(name, term))
            for name, term in ((TOPIC, claim.topic), (KIND, claim.kind))
        ),
        claim.note,
    )


SUFFIX = ".qdpx"


def write_project(corpus: Corpus, path: Path) -> None:
    """Write the claims of a book as a new project. Raises `SourcebookError`."""
    if path.suffix != SUFFIX:
        fix = "give it that ending"
        raise SourcebookError(f"{path.name} does not end in {SUFFIX}", fix=fix)
    title, seconds = load_work(corpus.root).title, int(commit_time(corpus.root))
    write_new(path, project_archive(corpus, title=title, seconds=seconds))


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, in a folder that is."""
    if path.exists() or path.is_symlink():
        raise SourcebookError(f"{path} is there already", fix="name a new file")
    if not path.parent.is_dir():
        raise SourcebookError(f"no folder {path.parent}", fix="make it first")
    put(path, content)
