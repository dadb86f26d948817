"""What a change touches: claims, the questions on them, the sentences that cite them.

Two states of a book are compared claim by claim: what was bound and is not, what came
and what went, and which of a claim's facts are other than before. From there to the
questions, with the relation before and after, and to every line that rests on a
touched claim. Nothing has to be built, and a book that does not hold together can be
asked as well.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebook.checking.claim_usage import Use, questions, statements, uses
from sourcebook.coding.claims import Claim
from sourcebook.coding.partial_corpus import Survey, survey
from sourcebook.comparing.question_files import claims_of
from sourcebook.comparing.questions import outcome, try_all
from sourcebook.comparing.statements import Collection, Given, give, read_query
from sourcebook.errors import SourcebookError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from sourcebook.comparing.question_files import Question

_INPUTS = ("seeds", "book/questions", "_toc.yml")
_MOVES = frozenset({"span", "prefix", "suffix", "paragraph", "nth"})  # place, not sense
_NONE = "nothing: a claim is missing or cannot be compared"


@dataclass(frozen=True, slots=True)
class Impact:
    """What is touched; every mapping is sorted by its keys."""

    claims: Mapping[str, str]  # claim id to what happened to it
    questions: Mapping[str, str]  # question id to its relation, before and after
    lines: tuple[Use, ...]
    statements: tuple[str, ...] = ()  # about the collection, with what each now gives

    def __str__(self) -> str:
        """Print what is touched, part by part; nothing at all if nothing is."""
        parts = (
            ("claims", [f"{name}: {what}" for name, what in self.claims.items()]),
            ("questions", [f"{name}: {what}" for name, what in self.questions.items()]),
            ("sentences and cells", [str(line) for line in self.lines]),
            ("statements about the collection", list(self.statements)),
        )
        return "\n".join(
            f"{title} touched ({len(rows)}):\n" + "\n".join(f"  {row}" for row in rows)
            for title, rows in parts
            if rows
        )


def broken(root: Path, now: Survey | None = None) -> Impact:
    """Return what is touched by everything that does not hold together now.

    A source that cannot be read takes all that rests on it along: it stands alone.
    """
    now, asked = now or survey(root), questions(root)
    claims = {name: _short(fault) for name, fault in now.unbound.items()}
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
    """Return what the work tree touches, compared with a revision of git.

    Raises `SourcebookError` where there is no such revision.
    """
    with tempfile.TemporaryDirectory() as folder:
        before_root = Path(folder)
        _check_out(root, against, before_root)
        before, asked_before = survey(before_root), questions(before_root)
        held_before = _collection(before)
    now, asked = survey(root), questions(root)
    claims = _changes(before, now)
    flips = {}
    for name in sorted(asked.keys() | asked_before.keys()):
        was = _outcome(asked_before[name], before) if name in asked_before else "absent"
        is_ = _outcome(asked[name], now) if name in asked else "withdrawn"
        rests = claims_of(asked.get(name) or asked_before[name])
        if was != is_:
            flips[name] = f"{was} → {is_}"
        elif rests & claims.keys():
            flips[name] = f"{is_}, as before"
    found = _impact(root, claims, flips, claims.keys())
    held = _statements(root, held_before, _collection(now), claims.keys())
    return replace(found, statements=tuple(held))


def _collection(state: Survey) -> Collection:
    answers, _ = try_all(state.corpus, at_fault=state.at_fault)
    return Collection(state.corpus, answers)


def _statements(
    root: Path, before: Collection, now: Collection, touched: Container[str]
) -> Iterator[str]:
    """Yield each statement that gives another count, or counts a touched claim."""
    for each in statements(root):
        was, is_ = _give(each.query, before), _give(each.query, now)
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
    for name in sorted(old.keys() | new.keys()):
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
    for field in fields(Claim):
        was, is_ = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _MOVES and was != is_ and field.name != "quantity":
            parts.append(f"{field.name}: {was!r} → {is_!r}")
    return "; ".join(parts)


def _short(fault: str) -> str:
    return fault.partition("\n")[0]


def _check_out(root: Path, revision: str, folder: Path) -> None:
    """Write a revision's inputs into an empty folder."""
    command = ["git", "-C", str(root), "archive", revision, *_INPUTS]
    made = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    if made.returncode:
        said = made.stderr.decode(errors="replace").strip()
        raise SourcebookError(
            f"cannot read revision {revision!r}: {said}\n"
            "  fix: name a commit, a branch or a tag of this repository"
        )
    unpack = ["tar", "-x", "-C", str(folder)]
    subprocess.run(unpack, input=made.stdout, check=True)  # noqa: S603
