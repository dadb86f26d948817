"""Check whether a book holds together, and report every fault at once.

One fault hides no other. Where a sheet is at fault, the claims of it that can be bound
stand in for it, and what rests on the others is passed over, because it was reported.
For editors the report is one JSON document with a fault a line, so that an editor that
reads line by line finds it. Whatever steers a terminal or hides from a reader is
escaped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from sourcebook.checking.answer_checks import check_answers
from sourcebook.checking.book_settings import setting_errors
from sourcebook.checking.impact import broken
from sourcebook.coding.book_files import contents
from sourcebook.coding.corpus import (
    Corpus,
    Left,
    Sources,
    Survey,
    nothing,
    remaining,
    sheet_files,
    survey,
)
from sourcebook.coding.schema import RECORD, Strict
from sourcebook.coding.sheets import load_actors, load_codebook, load_sheet
from sourcebook.coding.source_cache import Clean
from sourcebook.coding.sources import Source, doubt_faults
from sourcebook.comparing.codings import coding_files, load_coding, load_second_coding
from sourcebook.comparing.corrections import (
    REASONS,
    WITHDRAWN,
    check_published,
    check_reasons,
    led_on,
)
from sourcebook.comparing.matters import SEARCHES, load_matters, load_reader_words
from sourcebook.comparing.outside_readings import READINGS, TRUST, load_trust
from sourcebook.comparing.public_record import load_record
from sourcebook.comparing.question_files import chapter_files, load_chapter
from sourcebook.comparing.questions import Answer, check_key_claims, try_all
from sourcebook.comparing.release_changes import FACT, RECORDS, Name, load_records
from sourcebook.comparing.second_reading import second_files, settled
from sourcebook.comparing.statement_words import called
from sourcebook.comparing.statements import Collection
from sourcebook.comparing.suggested_pairs import load_declined
from sourcebook.errors import Fault, SheetError, SourcebookError, together
from sourcebook.prose.prose_check import check_prose
from sourcebook.running.execution_store import Store
from sourcebook.running.text_pairs import RUN, out_of_step, text_pairs

Made = TypeVar("Made")
_Natural = Annotated[int, Field(ge=0)]
_Position = Annotated[int, Field(ge=1)]


class FaultRow(Strict):
    """One thing that is wrong."""

    file: str = Field(description="the file, from the top of the book")
    line: _Position = Field(description="from 1; 1 where only the file is known")
    column: _Position = Field(description="in characters from 1; 1 where not known")
    place: str = Field(description="such as claims[3].quote; empty for the whole file")
    fault: str = Field(
        description="what is wrong, with the nearest match; may have lines"
    )
    fix: str = Field(description="how to mend it")


class LeftRow(Strict):
    """What is left to do in a sheet that calls itself partial, and is not at fault."""

    file: str = Field(description="the sheet, from the top of the book")
    drafts: _Natural = Field(description="how many drafts are to be completed")
    unread: dict[str, _Natural] = Field(
        description="how many numbers, dates and so on are neither coded nor set aside"
    )


class Report(Strict):
    """What `sourcebook check --json` prints."""

    version: Literal[1] = Field(description="of this form")
    faults: tuple[FaultRow, ...] = Field(
        description="none in a book that holds together"
    )
    left: tuple[LeftRow, ...] = Field(description="by sheet, sorted")


def report_text(checked: Checked) -> str:
    """Return the document, which keeps the schema of `Report`."""
    faults, left = _lines(FaultRow, checked.faults), _lines(LeftRow, checked.left)
    return f'{{"version": 1,\n"faults": [{faults}],\n"left": [{left}]}}\n'


def _lines(kind: type[Strict], rows: Iterable[object]) -> str:
    made = (kind.model_validate(each, from_attributes=True) for each in rows)
    texts = (json.dumps(each.model_dump(), ensure_ascii=False) for each in made)
    lines = ",\n".join(
        "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
        for text in texts
    )
    return f"\n{lines}\n" if lines else ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a book holds, what is left to do in it, and what is wrong with it."""

    root: Path
    corpus: Corpus | None  # None without a codebook
    answers: tuple[Answer, ...]
    left: tuple[Left, ...]
    errors: tuple[SourcebookError, ...]
    state: Survey | None = None  # of the claims, where a sheet is at fault
    resting: bool = False  # whether claims or questions are at fault
    altered: tuple[str, ...] = ()  # notebooks with outputs that no run gave

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is wrong, each once."""
        return together(self.errors).faults if self.errors else ()

    def held(self) -> tuple[Corpus, tuple[Answer, ...]]:
        """Return the corpus and the answers when everything holds together.

        Raises one `SourcebookError` with all faults, and with the questions and
        sentences that rest on what is at fault.
        """
        if self.errors or self.corpus is None:
            touched = str(broken(self.root, self.state)) if self.resting else ""
            raise together(self.errors, touched)
        return self.corpus, self.answers


@dataclass(frozen=True, slots=True)
class _Checks:
    """The checks of a book: what they found wrong, and what is known to be right."""

    clean: Clean
    errors: list[SourcebookError] = field(default_factory=list)

    def run(self, check: Callable[[], Made], *parts: str) -> Made | None:
        """Return what a check makes, None where it fails.

        With ``parts``, all that it depends on, nothing is made of what was found
        without fault before, and what is now is remembered.
        """
        if parts and self.clean.knows(*parts):
            return None
        try:
            made = check()
        except SourcebookError as error:
            self.errors.append(error)
            return None
        if parts:
            self.clean.add(*parts)
        return made


def look(root: Path) -> Checked:
    """Check sheets, questions, searches, second readings, declines, record, pairs."""
    checks = _Checks(clean := Clean(root))
    run, errors = checks.run, checks.errors
    codebook = run(partial(load_codebook, root))
    if codebook is None:
        _shapes(root, checks)
        _beside(root, checks)
        return Checked(root, None, (), (), tuple(errors))
    sources = Sources(root, codebook)
    if run(lambda: sources.aliases) is None:  # then it is read without the table
        sources = Sources(root, codebook, aliases={})
    tried = {citekey: run(partial(sources.get, citekey)) for citekey in sources}
    sound = {citekey: source for citekey, source in tried.items() if source}
    errors += _twice(root, sound)
    errors += _unsettled(root, sources)
    _listed(root, sound, checks)
    state = survey(root, sound) if len(sound) < len(sources) else None
    corpus = state.corpus if state else Corpus(root, codebook, sources)
    at_fault = state.at_fault if state else nothing
    answers, wrong = try_all(corpus, at_fault=at_fault, keep=not state)
    errors += wrong
    resting = bool(state or wrong)
    if not resting:  # else what an answer leans on may be what is at fault
        _answered(corpus, checks)
        run(lambda: check_key_claims(corpus, answers))
        for path in coding_files(root):
            run(partial(load_coding, path, corpus))
        for path in second_files(root):
            run(partial(settled, path, corpus))
    run(lambda: load_second_coding(corpus, at_fault=at_fault))
    run(lambda: load_declined(corpus, answers, at_fault=at_fault))
    record = run(lambda: load_record(corpus, at_fault=at_fault))
    if record and not resting:
        _published(root, led_on(corpus.claims, answers, record), checks)
    _beside(root, checks)
    altered = tuple(_altered(root, clean))
    collection = Collection(corpus, answers)
    errors += check_prose(collection, clean, at_fault=at_fault, whole=not resting)
    if not resting:
        clean.keep()
    left = tuple(filter(None, map(remaining, sound.values())))
    return Checked(root, corpus, answers, left, tuple(errors), state, resting, altered)


def _answered(corpus: Corpus, checks: _Checks) -> None:
    """Check the answers of each chapter: they depend on its file and on names."""
    names = called(corpus.sources.values())
    meant = [f"{name}: {', '.join(sorted(may))}" for name, may in sorted(names.items())]
    for path in chapter_files(corpus.root):
        parts = ("answers", *contents([path]), *meant)
        checks.run(partial(check_answers, path, names), *parts)


def _published(root: Path, known: Mapping[Name, str], checks: _Checks) -> None:
    """Check that no published id is gone: it depends on the records and the ids."""
    records = (
        each for found in (RECORDS, REASONS) for each in (root / found).glob("*")
    )
    files = [root / WITHDRAWN, *sorted(records), *_trust_files(root)]
    parts = ("published", *contents(files), *map(" ".join, sorted(known)))
    checks.run(partial(_check_published, root, known), *parts)


def _check_published(root: Path, known: Mapping[Name, str]) -> None:
    records = load_records(root)
    check_published(records, known, root)
    check_reasons(records, known, root)
    names = {*known}.union(*(record.items for record in records))
    own = {f"{RECORD}/{name}" if what == FACT else name for what, name in names}
    load_trust(root, names=own)


def _unsettled(root: Path, sources: Mapping[str, Source]) -> Iterator[SheetError]:
    """Yield the faults of sheets with doubtful places of their files in them."""
    # No fault of what stands in the sheet: a source is read with such places open.
    for citekey in sources:
        path = root / "seeds" / f"{citekey}.yml"
        if "\ndoubts:" in path.read_text(encoding="utf-8", errors="replace"):
            try:
                sheet, loaded = load_sheet(path)
            except SourcebookError:
                continue  # it has been said
            if faults := doubt_faults(citekey, sheet, loaded):
                yield SheetError(loaded.path, faults)


def _twice(root: Path, sound: Mapping[str, Source]) -> Iterator[SourcebookError]:
    """Yield a fault for each sheet of a document that another sheet has already."""
    first: dict[str, str] = {}
    for citekey, source in sound.items():
        for said in (source.sheet.file, source.sheet.sha256):
            if said in first and first[said] != citekey:
                path = root / "seeds" / f"{citekey}.yml"
                what = f"the same document as in seeds/{first[said]}.yml"
                fix = "remove the sheet, or name the document it is of"
                _, loaded = load_sheet(path)
                yield SheetError(loaded.path, [loaded.fault(what, ("file",), fix=fix)])
                break
            first[said] = citekey


def _listed(root: Path, sound: Mapping[str, Source], checks: _Checks) -> None:
    """Check the bibliography: it depends on its file, and on titles and dates."""
    path = root / "seeds" / "references.bib"
    heads = (f"{name} {s.sheet.title} {s.sheet.issued}" for name, s in sound.items())

    def check() -> None:
        from sourcebook.data.references import check_works  # noqa: PLC0415 - slow

        check_works(sound.values(), path)

    checks.run(check, "bibliography", *contents([path]), *heads)


def _shapes(root: Path, checks: _Checks) -> None:
    """Check the shape of sheets and questions, and no more."""
    checks.run(partial(load_actors, root))
    for path in sheet_files(root):
        checks.run(partial(load_sheet, path))
    for path in chapter_files(root):
        checks.run(partial(load_chapter, path))


def _beside(root: Path, checks: _Checks) -> None:
    """Check what needs no claims: searches, readings, notebooks against their texts."""
    chapters = [path.stem for path in chapter_files(root)]
    files = _trust_files(root)
    parts = ("trust", *contents(files), *chapters)
    checks.run(partial(load_trust, root, chapters=chapters), *parts)
    if (root / SEARCHES).is_file():
        checks.run(partial(load_matters, root))
    checks.run(partial(load_reader_words, root))
    checks.errors.extend(setting_errors(root))
    files = [*text_pairs(root), *sorted((root / "notebooks").glob("*/*.ipynb"))]
    names = (path.relative_to(root).as_posix() for path in files)
    parts = ("pairs", *contents(files), *names)
    checks.run(partial(_in_step, root), *parts)


def _altered(root: Path, clean: Clean) -> Iterator[str]:
    """Yield the notebooks that show other outputs than a run that still holds."""
    store = Store(root)
    for path in sorted((root / "notebooks").glob("*/*.ipynb")):
        name = path.relative_to(root).as_posix()
        parts = ("outputs", name, *contents([path, store.record_path(name)]))
        if clean.knows(*parts) or store.shows(name):
            clean.add(*parts)
        elif store.record(name) and not store.why(name):
            yield name


def _trust_files(root: Path) -> list[Path]:
    return [root / TRUST, *sorted((root / READINGS).glob("*.yml"))]


def _in_step(root: Path) -> None:
    if faults := out_of_step(root):
        lines = [str(fault) for fault in faults]
        if any(fault.fix == RUN for fault in faults):
            lines.append(f"  fix: {RUN}")
        raise SourcebookError("\n".join(lines), faults=faults)
