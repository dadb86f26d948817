"""The proofs of a book: every page and every question's text, read without building."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sourcebook.coding.plain import DECIDE, MERGE, merge_mark
from sourcebook.comparing.chapters import chapter_files, read_chapter
from sourcebook.errors import Fault, SheetError, SourcebookError, fault_of
from sourcebook.showing.markdown import read_prose
from sourcebook.showing.proofreading import (
    Desk,
    Remark,
    allowed_numbers,
    role_fault,
    worded,
)
from sourcebook.showing.wording import Wording, load_wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sourcebook.comparing.statements import Collection
    from sourcebook.showing.markdown import Role, Stretch

PAGES = ("book/**/*.md", "notebooks/text/**/*.md")
TEXTS = ("answer", "why", "settles")  # of a question, printed with their marks
_ON_ALL = ("holds", "question")  # marks that rest on every sheet or every question


def proofs(
    collection: Collection, *, at_fault: Callable[[str], bool], whole: bool
) -> Iterator[SourcebookError]:
    """Yield one error for each page and chapter file at fault, sorted by name.

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
    desk = Desk(collection, allowed_numbers(collection.corpus), wording)
    reader = _Reader(desk, at_fault, whole)
    for path in sorted(each for pattern in PAGES for each in root.glob(pattern)):
        page = path.relative_to(root).as_posix()
        if remarks := sorted(reader.read(path.read_text(encoding="utf-8"), page)):
            yield SheetError(page, [_fault(remark, page) for remark in remarks])
    for path in chapter_files(root):
        page = path.relative_to(root).as_posix()
        if faults := list(_chapter(path, page, reader)):
            yield SheetError(page, faults)
    if loaded and (faults := wording.unused(reader.texts, loaded)):
        yield SheetError(loaded.path, faults)


@dataclass(frozen=True)
class _Reader:
    """Reads one text after the other, and remembers their words by page."""

    desk: Desk
    at_fault: Callable[[str], bool]
    whole: bool
    texts: dict[str, str] = field(default_factory=dict)

    def read(self, text: str, page: str) -> Iterator[Remark]:
        if line := merge_mark(text):
            yield Remark(line, 1, f"{MERGE}\n  fix: {DECIDE}")
            return
        stretches = read_prose(text)
        words = "\n".join(stretch.text for stretch in stretches)
        self.texts[page] = "\n".join([self.texts.get(page, ""), words])
        if self.whole:
            yield from worded(stretches, self.desk, page=page)
        yield from self._marks(stretches)

    def _marks(self, stretches: tuple[Stretch, ...]) -> Iterator[Remark]:
        for role in (role for stretch in stretches for role in stretch.roles):
            if not self._passed(role) and (fault := role_fault(role, self.desk)):
                yield Remark(*role.place, fault)

    def _passed(self, role: Role) -> bool:
        """Whether a mark rests on what is at fault itself, which has been said."""
        return self.at_fault(role.target) or (not self.whole and role.name in _ON_ALL)


def _fault(remark: Remark, page: str) -> Fault:
    told, place = fault_of(remark.message, file=page), f"line {remark.line}"
    said = f"{remark.message} @ {place}"
    return Fault(
        page, told.fault, place, remark.line, remark.column, told.fix, said=said
    )


def _chapter(path: Path, page: str, reader: _Reader) -> Iterator[Fault]:
    """Yield what is wrong with the texts of a chapter's questions."""
    reader.texts[page] = ""
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
            for remark in sorted(reader.read(getattr(question, name), page)):
                yield loaded.fault(remark.message, (*here, name))
