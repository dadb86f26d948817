"""Which hand-written texts have changed since somebody read them beside their passages.

Rules hold figures, dates, names and quotations. No rule sees a negation that fell out
of an answer, an *upper* for a *lower*, or a fair sentence made unfair. So whoever has
read a text beside what it speaks of signs it, and a text that was changed since is told
with its place until it is read, and signed, again.

A text is a paragraph of a page, or one entry of a YAML file. How its lines are broken
does not matter.
"""

from __future__ import annotations

import re
from collections import Counter
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from sourcebook.data.encoding import put

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

SIGNED = "book/trust/signed.txt"
_FILES = (
    "book/*.md", "notebooks/text/sources/*.md", "notebooks/text/synthesis/*.md",
    "book/questions/*.yml", "book/record/*.yml", "book/wording.yml",
    "seeds/*.yml", "seeds/codings/*.yml",
)  # fmt: skip
_ENTRY = re.compile(r"(?m)^(?=(?: {0,2}- |[^\s#-]))")
_PARAGRAPH = re.compile(r"\n\s*\n")
_NAME = re.compile(r"(?:- )?\{?(?:id|claim): ([\w./-]+)")
_SHOWN = 40  # characters by which a text without a name is known


class Text(NamedTuple):
    """One text: the file it stands in, what it is called there, and its digest."""

    file: str
    name: str
    digest: str  # of its words, the spaces between them apart

    def __str__(self) -> str:
        """Return it as the file of signatures has it."""
        return f"{self.digest} {self.file} {self.name}"


def texts(root: Path) -> Iterator[Text]:
    """Yield every hand-written text of a book, by file and in its order."""
    for path in sorted({each for found in _FILES for each in root.glob(found)}):
        file, whole = path.relative_to(root).as_posix(), path.read_text("utf-8")
        parts = (_PARAGRAPH if path.suffix == ".md" else _ENTRY).split(whole)
        for words in (" ".join(part.split()) for part in parts):
            if words:
                named = _NAME.match(words)
                name = named[1] if named else words[:_SHOWN]
                yield Text(file, name, sha256(words.encode()).hexdigest()[:12])


def unsigned(root: Path) -> tuple[Text, ...]:
    """Return the texts that nobody signed as they stand; none where nobody signs."""
    if not (root / SIGNED).is_file():
        return ()
    lines = (root / SIGNED).read_text(encoding="utf-8").splitlines()
    known = {tuple(line.split(" ", 2)[:2]) for line in lines}
    return tuple(each for each in texts(root) if (each.digest, each.file) not in known)


def sign(root: Path, places: Collection[str]) -> tuple[Text, ...]:
    """Sign the texts of some files, or those of some names; return what was signed.

    A name that several files have is given with its file, as in ``gas/imports``.
    Without any place everything is signed. Signatures of texts that are no more go.
    """
    every = (*texts(root),)
    fresh = unsigned(root) if (root / SIGNED).is_file() else every
    homes = Counter(name for name, _ in {(each.name, each.file) for each in every})
    done = tuple(
        each
        for each in fresh
        if not places or not _called(each, homes).isdisjoint(places)
    )
    left = set(fresh) - set(done)
    lines = "".join(f"{each}\n" for each in every if each not in left)
    (root / SIGNED).parent.mkdir(exist_ok=True)  # which a new collection has not
    put(root / SIGNED, lines.encode())
    return done


def _called(text: Text, homes: Mapping[str, int]) -> set[str]:
    """Return what a text may be named by: its own name where no other file has it."""
    stem = PurePath(text.file).stem
    whole = {text.file, f"{text.file}: {text.name}", f"{stem}/{text.name}"}
    return whole | ({text.name} if homes[text.name] == 1 else set())
