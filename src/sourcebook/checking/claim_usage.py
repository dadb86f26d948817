"""Where the book rests on a claim: its sentences, its cells, its questions.

And where it states something of the whole collection.

A sentence uses a claim through a ``{claim}`` role; a line of a page is one sentence. A
cell uses the claims it names, a picture's words included; a coding those it judges. A
question uses the claims it compares, declares a relation of, or builds a bridge on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.comparing.codings import coding_files
from sourcebook.comparing.question_files import chapter_files, load_chapter
from sourcebook.comparing.second_reading import second_files
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sourcebook.comparing.question_files import Question

_ROLE = re.compile(r"\{claim\}`[^`]*?<([^<>`]+)>`")
_MARK = re.compile(r"\{(?:claim|holds|question)\}`([^`]*?)\s*<[^<>`]+>`")
_HOLDS = re.compile(r"\{holds\}`([^`<]+?)\s*<([^<>`]+)>`")
_NAMED = re.compile(r"[\"']([a-z0-9-]+/[a-z0-9-]+)[\"']")
_CODED = re.compile(r"\bclaim: *([a-z0-9-]+/[a-z0-9-]+)")
# Of a difference that was settled: the claim of the first reading, or those that stand.
_SETTLED = re.compile(
    r"^ +(?:- )?(?:first: *|claims: *\[)([a-z0-9-]+(?:, [a-z0-9-]+)*)"
)
_CELL = re.compile(r"^`{3,}\{code-cell\}")
_FENCE = re.compile(r"^`{3,}\s*$")


@dataclass(frozen=True, slots=True)
class Use:
    """One line of the book that rests on claims."""

    path: str  # from the top of the book
    line: int
    text: str
    claims: tuple[str, ...]

    def __str__(self) -> str:
        """Print the place and the line without its marks."""
        words = re.sub(
            r"\{(?:claim|holds|question)\}`([^`]*?)\s*<[^<>`]+>`", r"\1", self.text
        )
        return f"{self.path}:{self.line}: {words.strip()}"


def uses(root: Path) -> tuple[Use, ...]:
    """Return every line of pages, notebooks, codings, settlements on claims."""
    pages = [*(root / "book").rglob("*.md"), *(root / "notebooks/text").rglob("*.md")]
    on_pages = [use for path in sorted(pages) for use in _page(path, root)]
    coded = [use for path in coding_files(root) for use in _coding(path, root)]
    settled = [use for path in second_files(root) for use in _differences(path, root)]
    return (*on_pages, *coded, *settled)


def _differences(path: Path, root: Path) -> Iterator[Use]:
    shown = path.relative_to(root).as_posix()
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if found := _SETTLED.match(line):
            names = tuple(f"{path.stem}/{name}" for name in found[1].split(", "))
            yield Use(shown, number, line, names)


def _coding(path: Path, root: Path) -> Iterator[Use]:
    shown = path.relative_to(root).as_posix()
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if found := _CODED.findall(line):
            yield Use(shown, number, line, tuple(found))


def _page(path: Path, root: Path) -> Iterator[Use]:
    shown, in_cell = path.relative_to(root).as_posix(), False
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if _CELL.match(line):
            in_cell = True
        elif in_cell and _FENCE.match(line):
            in_cell = False
        found = _ROLE.findall(line) + (_NAMED.findall(line) if in_cell else [])
        if found:
            yield Use(shown, number, line, tuple(dict.fromkeys(found)))


@dataclass(frozen=True, slots=True)
class Statement:
    """Words about the collection, with the query that they are held to."""

    path: str  # from the top of the book
    line: int
    words: str
    query: str

    def __str__(self) -> str:
        """Print the place and the words."""
        return f"{self.path}:{self.line}: {self.words}"


def statements(root: Path) -> tuple[Statement, ...]:
    """Return every statement of every page and question, in order."""
    pages = [*(root / "book").rglob("*.md"), *(root / "notebooks/text").rglob("*.md")]
    found = []
    for path in sorted([*pages, *chapter_files(root)]):
        text, shown = (
            path.read_text(encoding="utf-8"),
            path.relative_to(root).as_posix(),
        )
        for match in _HOLDS.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            words, query = (" ".join(part.split()) for part in match.groups())
            found.append(Statement(shown, line, words, query))
    return tuple(found)


def questions(root: Path) -> dict[str, Question]:
    """Return every question that can be read, by ``<chapter>/<id>``."""
    found: dict[str, Question] = {}
    for path in chapter_files(root):
        try:
            chapter, _ = load_chapter(path)
        except SourcebookError:
            continue  # `check` says what is wrong with the file
        found |= {f"{path.stem}/{each.id}": each for each in chapter.questions}
    return found
