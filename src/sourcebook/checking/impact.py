"""What a change touches: claims, questions on them, and sentences that rest on them.

Two states of a book are compared claim by claim: which cannot be bound any more, which
came or went, and which facts of a claim differ. From there to the questions, with the
relation before and after, and to every line that rests on a touched claim or states
something of the whole collection. Whatever else a reader would notice is a text of its
own: it is named. Nothing has to be built, and a book with faults can be asked as well.

A sentence uses a claim through a ``{claim}`` role; a line of a page is one sentence. A
cell uses the claims it names, a picture's words included; a coding those it judges. A
question uses the claims it compares, declares a relation of, or builds a bridge on.
"""

import re
import subprocess
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path

from sourcebook.checking.signed_texts import RECORDS, Text, differing, texts
from sourcebook.coding.book_files import file_text
from sourcebook.coding.claims import Claim, said_in
from sourcebook.coding.corpus import Survey, survey
from sourcebook.coding.source_cache import bring_kept
from sourcebook.comparing.codings import coding_files
from sourcebook.comparing.question_files import (
    Question,
    chapter_files,
    claims_of,
    load_chapter,
)
from sourcebook.comparing.questions import outcome, try_all
from sourcebook.comparing.second_reading import second_files
from sourcebook.comparing.statements import Collection, Given, give, read_query
from sourcebook.errors import SourcebookError
from sourcebook.running.git_history import asked, unheard

_ROLE = re.compile(r"\{claim\}`[^`]*?<([^<>`]+)>`")
_MARK = re.compile(r"\{(?:claim|holds|question)\}`([^`]*?)\s*<[^<>`]+>`")
_HOLDS = re.compile(r"\{holds\}`([^`<]+?)\s*<([^<>`]+)>`")
_NAMED = re.compile(r"[\"']([a-z0-9-]+/[a-z0-9-]+)[\"']")
_CODED = re.compile(r"\bclaim: *([a-z0-9-]+/[a-z0-9-]+)")
# Of a difference that was settled: the claim of the first reading, or those that stand.
_SETTLED = re.compile(r"^ +(?:- )?(?:first: *|claims: *\[)([a-z\d-]+(?:, [a-z\d-]+)*)")
_CELL = re.compile(r"^`{3,}\{code-cell\}")
_FENCE = re.compile(r"^`{3,}\s*$")


@dataclass(frozen=True, slots=True)
class Use:
    """One line of the book that rests on claims, or on the whole collection."""

    path: str  # from the top of the book
    line: int
    words: str
    claims: tuple[str, ...]

    def __str__(self) -> str:
        """Print the place and the words, without marks."""
        return f"{self.path}:{self.line}: {self.words}"


def uses(root: Path) -> tuple[Use, ...]:
    """Return every line of pages, notebooks, codings, settlements on claims."""
    read: list[tuple[Path, Callable[[str], list[str]]]]
    read = [(path, _on_page()) for path in sorted(_pages(root))]
    read += [(path, _CODED.findall) for path in coding_files(root)]
    read += [(path, partial(_settled, path.stem)) for path in second_files(root)]
    return tuple(
        Use(shown, number, _MARK.sub(r"\1", line).strip(), tuple(dict.fromkeys(found)))
        for path, claims_on in read
        for shown in [path.relative_to(root).as_posix()]
        for number, line in enumerate(file_text(path, shown).split("\n"), 1)
        if (found := claims_on(line))
    )


def _pages(root: Path) -> list[Path]:
    return [*(root / "book").rglob("*.md"), *(root / "notebooks/text").rglob("*.md")]


def _settled(source: str, line: str) -> list[str]:
    found = _SETTLED.match(line)
    return [f"{source}/{name}" for name in found[1].split(", ")] if found else []


def _on_page() -> Callable[[str], list[str]]:
    """Return what finds the claims on each line of a page, asked in order."""
    in_cell = False

    def claims_on(line: str) -> list[str]:
        nonlocal in_cell
        in_cell = bool(_CELL.match(line)) or (in_cell and not _FENCE.match(line))
        return _ROLE.findall(line) + (_NAMED.findall(line) if in_cell else [])

    return claims_on


def statements(root: Path) -> Iterator[tuple[Use, str]]:
    """Yield every statement of every page and question, in order, with its query."""
    for path in sorted([*_pages(root), *chapter_files(root)]):
        shown = path.relative_to(root).as_posix()
        text = file_text(path, shown)
        for match in _HOLDS.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            words, query = (" ".join(part.split()) for part in match.groups())
            yield Use(shown, line, words, ()), query


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


_INPUTS = (".", ":!src", ":!tests")  # all but code
_FILES = (*RECORDS, "book/_*/*", "seeds/*.txt")  # which a reader sees something of
_MOVES = frozenset({"span", "prefix", "suffix", "paragraph", "nth"})  # place, not sense
_NONE = "nothing: a claim is missing or cannot be compared"


@dataclass(frozen=True, slots=True)
class Impact:
    """What is touched; every mapping is sorted by its keys."""

    claims: Mapping[str, str]  # claim id to what happened to it
    questions: Mapping[str, str]  # question id to its relation, before and after
    lines: tuple[Use, ...]
    statements: tuple[str, ...] = ()  # about the collection, with what each now gives
    texts: tuple[str, ...] = ()  # and files, that are other than they were

    def __str__(self) -> str:
        """Print what is touched, part by part; nothing at all if nothing is."""
        parts = (
            ("claims", [f"{name}: {what}" for name, what in self.claims.items()]),
            ("questions", [f"{name}: {what}" for name, what in self.questions.items()]),
            ("sentences and cells", [str(line) for line in self.lines]),
            ("statements about the collection", list(self.statements)),
            ("other texts", list(self.texts)),
        )
        return "\n".join(
            f"{title} touched ({len(rows)}):\n" + "\n".join(f"  {row}" for row in rows)
            for title, rows in parts
            if rows
        )


def broken(root: Path, now: Survey | None = None) -> Impact:
    """Return what is touched by everything that does not hold together now."""
    now, asked = now or survey(root), questions(root)
    claims = {name: _short(fault) for name, fault in now.unbound.items()}
    # A source that cannot be read takes all that rests on it along: it stands alone.
    if unread := {name for name in claims if "/" not in name}:
        what = "nothing of it can be read, so what rests on it is not listed"
        return Impact(dict.fromkeys(sorted(unread), what), {}, ())
    failing = {}
    for name, question in asked.items():
        expected, found = _words(question.expected()), _outcome(question, now)
        if expected != found:
            failing[name] = f"expects {expected}, comes out as {found}"
    touched = set(claims)
    for name in failing:
        touched |= claims_of(asked[name])
    return _impact(root, claims, failing, touched)


def changed(root: Path, *, against: str = "HEAD") -> Impact:
    """Return what the work tree touches against a git revision, or raise without it."""
    with tempfile.TemporaryDirectory() as folder:
        before_root = Path(folder)
        _check_out(root, against, before_root)
        bring_kept(root, before_root)
        try:
            before, asked_before = survey(before_root), questions(before_root)
        except SourcebookError as error:  # which is of no file that lies here
            raise SourcebookError(f"in revision {against!r}: {error}") from None
        held_before, told_before = _collection(before), _told(before_root, before)
    now, asked = survey(root), questions(root)
    claims = _changes(before, now)
    flips = {}
    for name in asked.keys() | asked_before.keys():
        was = _outcome(asked_before[name], before) if name in asked_before else "absent"
        is_ = _outcome(asked[name], now) if name in asked else "withdrawn"
        rests = claims_of(asked.get(name) or asked_before[name])
        if was != is_:
            flips[name] = f"{was} → {is_}"
        elif rests & claims.keys():
            flips[name] = f"{is_}, as before"
    found = _impact(root, claims, flips, claims.keys())
    held = _statements(root, held_before, _collection(now), claims.keys())
    other = _other(told_before, _told(root, now), {*claims, *flips})
    return replace(found, statements=tuple(held), texts=tuple(dict.fromkeys(other)))


def _told(root: Path, state: Survey) -> list[Text]:
    # Whatever a claim says is compared field by field, wherever in a sheet it stands.
    found = texts(root, records=_FILES)
    return [t for t in found if t.called not in state.claims and t.name != "claims:"]


def _other(before: list[Text], now: list[Text], named: Container[str]) -> Iterator[str]:
    """Yield what changed besides claims and questions that are named already."""
    old, new = ({each.file for each in some} for some in (before, now))
    for each in differing(before, now):
        if each.called not in named:
            here = "gone" if each.file not in new else "" if each.file in old else "new"
            yield f"{each.file}: {here}" if here else each.place


def _collection(state: Survey) -> Collection:
    answers, _ = try_all(state.corpus, at_fault=state.at_fault)
    return Collection(state.corpus, answers)


def _statements(
    root: Path, before: Collection, now: Collection, touched: Container[str]
) -> Iterator[str]:
    """Yield each statement that gives another count, or counts a touched claim."""
    for each, query in statements(root):
        was, is_ = _give(query, before), _give(query, now)
        if isinstance(is_, str):
            yield f"{each}: {is_}"
        elif isinstance(was, str) or (was.found, was.among) != (is_.found, is_.among):
            was_ = was if isinstance(was, str) else f"{len(was.found)} found"
            yield f"{each}: {was_} → {is_}"
        elif any(name in touched for name in is_.found):
            yield f"{each}: {is_}, as before"


def _give(query: str, collection: Collection) -> Given | str:
    try:
        return give(read_query(query), collection)
    except SourcebookError as error:
        return _short(str(error))


def _impact(
    root: Path,
    claims: Mapping[str, str],
    asked: Mapping[str, str],
    touched: Iterable[str],
) -> Impact:
    lines = tuple(use for use in uses(root) if not set(touched).isdisjoint(use.claims))
    return Impact(dict(sorted(claims.items())), dict(sorted(asked.items())), lines)


def _outcome(question: Question, state: Survey) -> str:
    try:
        return _words(outcome(question, state.corpus))
    except SourcebookError:
        return _NONE


def _words(relations: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(relations)) or "silent"


def _changes(before: Survey, now: Survey) -> dict[str, str]:
    """Return what happened to each claim that is not as it was."""
    old, new = before.claims, now.claims
    found = {name: _short(fault) for name, fault in now.unbound.items()}
    for name in old.keys() | new.keys():
        if name in found or name in before.unbound:
            continue
        if name not in new:
            found[name] = "gone"
        elif name not in old:
            found[name] = "new"
        elif facts := _differing(old[name], new[name]):
            found[name] = facts
    return found


def _differing(old: Claim, new: Claim) -> str:
    parts = []
    for name in dict.fromkeys(each.name for each in (*fields(old), *fields(new))):
        was, is_ = said_in(old, name), said_in(new, name)
        if name not in _MOVES and was != is_ and name != "quantity":
            parts.append(f"{name}: {was!r} → {is_!r}")
    return "; ".join(parts)


def _short(fault: str) -> str:
    return fault.partition("\n")[0]


def _check_out(root: Path, revision: str, folder: Path) -> None:
    """Write a revision's inputs into an empty folder."""
    if not (asked(root, "rev-parse", "--git-dir") or unheard(root)):
        said = f"cannot read revision {revision!r}: the book has no history here"
        fix = "work in a clone of its repository, where there is git"
        raise SourcebookError(said, fix=fix)
    command = ["git", "-C", str(root), "archive", "--", revision, *_INPUTS]
    made = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    if made.returncode:
        said = made.stderr.decode(errors="replace").strip()
        if foreign := unheard(root):
            raise SourcebookError(f"cannot read revision {revision!r}: {foreign}")
        fix = "name a commit, a branch or a tag of this repository"
        raise SourcebookError(f"cannot read revision {revision!r}: {said}", fix=fix)
    unpack = ["tar", "-x", "-C", str(folder)]
    subprocess.run(unpack, input=made.stdout, check=True)  # noqa: S603
