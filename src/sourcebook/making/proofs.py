"""The proofs of a book: every page and every question's text, read without building."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.comparing.chapters import chapter_files, read_chapter
from sourcebook.errors import SheetError, SourcebookError, fault_of
from sourcebook.showing.proofreading import proofread, text_read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sourcebook.errors import Fault
    from sourcebook.showing.markdown import Role
    from sourcebook.showing.proofreading import Desk, Remark

PAGES = ("book/**/*.md", "notebooks/text/**/*.md")
TEXTS = ("answer", "why", "settles")  # of a question, printed with their marks


def proofs(
    root: Path, desk: Desk, *, passed: Callable[[Role], bool]
) -> Iterator[SourcebookError]:
    """Yield one error for each page and chapter file at fault, sorted by name.

    Of marks that are ``passed`` over, nothing is said.
    """
    for path in sorted(each for pattern in PAGES for each in root.glob(pattern)):
        shown = path.relative_to(root).as_posix()
        remarks = proofread(path.read_text(encoding="utf-8"), desk, passed=passed)
        if remarks:
            yield SheetError(shown, [_fault(remark, shown) for remark in remarks])
    for path in chapter_files(root):
        if faults := list(_chapter(path, desk, passed)):
            yield SheetError(faults[0].file, faults)


def _fault(remark: Remark, shown: str) -> Fault:
    told = fault_of(remark.message, file=shown)
    place = f"line {remark.line}"
    return type(told)(
        shown,
        told.fault,
        place,
        remark.line,
        remark.column,
        told.fix,
        said=f"{remark.message} @ {place}",
    )


def _chapter(path: Path, desk: Desk, passed: Callable[[Role], bool]) -> Iterator[Fault]:
    """Yield what is wrong with the texts of a chapter's questions."""
    try:
        chapter, loaded, _ = read_chapter(path)
    except SourcebookError:
        return  # which has been said
    for number, question in enumerate(chapter.questions if chapter else ()):
        if "}`" in question.asks:
            said, fix = "a question takes no marks", "put them into its answer"
            yield loaded.fault(said, ("questions", number, "asks"), fix=fix)
        for field in TEXTS:
            for remark in text_read(getattr(question, field), desk, passed=passed):
                yield loaded.fault(remark.message, ("questions", number, field))
