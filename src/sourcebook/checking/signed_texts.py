"""Which hand-written texts have changed since somebody read them beside their passages.

Rules hold figures, dates, names and quotations. No rule sees a negation that fell out
of an answer, an *upper* for a *lower*, or a fair sentence made unfair. So whoever has
read a text beside what it speaks of signs it, and a text that was changed since is told
with its place until it is read, and signed, again.

A text is a paragraph of a page, or one entry of a YAML file. How its lines are broken
does not matter, where it stands does: one that was moved may now stand under another's
heading, and one that was taken out may have been a limit to the next. A record of what
was (a release, a reading) is one text: it is signed when it is made, and then kept.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path, PurePath
from typing import NamedTuple

from sourcebook.coding.book_files import file_text, put
from sourcebook.errors import SourcebookError, printable

SIGNED = "book/trust/signed.txt"
_FILES = (
    "book/**/*.md", "notebooks/text/**/*.md",
    "book/questions/*.yml", "book/record/*.yml", "book/declined.yml",
    "book/search.yml", "book/searches.yml", "book/trust.yml", "book/wording.yml",
    "seeds/*.yml", "seeds/codings/*.yml", "seeds/references.bib",
    "_config.yml", "_toc.yml", "CITATION.cff", "CHANGELOG.md",
)  # fmt: skip
RECORDS = (  # of what was: kept as they are, each a text by itself
    "book/releases/*", "book/releases/why/*", "book/trust/*.yml", "seeds/second/*",
    "book/*.json",
)  # fmt: skip
_PROSE = (".md", ".bib")  # parted by empty lines
_ENTRY = re.compile(r"(?m)^(?=(?: {0,2}- |[^\s#-]))")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
# Where a line ends something, and how far one is set in, where that says what it is: to
# join a line to a comment or a fence takes it out of the book, and no word changes.
_ENDS = {
    ".yml": re.compile(r"(?m)(?:^|[ \t])#.*"),
    ".md": re.compile(r"(?m)(?:^|(?<= {4}))(?: {4}|\t)"
                      r"|^ {0,3}(?:[#%|>:`~]|\([^\s()]+\)=).*(?=\n)"
                      r"|$(?=\n[ \t]*(?:[|>:`~]|(?:[*+-]|\d+\.) ))"),
}  # fmt: skip
_NAME = re.compile(r"(?:- )?\{?(?:id|claim): ([\w./-]+)")
_SPACE = "%20"  # in the name of a file, which ends at a space
_SHOWN = 40  # characters by which a text without a name is known


class Text(NamedTuple):
    """One text: the file it stands in, what it is called there, and its digest."""

    file: str
    name: str
    digest: str  # of its words, the spaces between them apart
    gone: bool = False  # whether it was signed, and has been taken out

    @property
    def place(self) -> str:
        """Where it stands, or stood."""
        name = self.name + "…" * (len(self.name) == _SHOWN)
        return f"{self.file}: {name}{' (taken out)' if self.gone else ''}"

    @property
    def called(self) -> str:
        """Its name with that of its file, one for all files of a sheet."""
        return f"{PurePath(self.file).name.partition('.')[0]}/{self.name}"

    def __str__(self) -> str:
        """Return it as the file of signatures has it."""
        return f"{self.digest} {self.file.replace(' ', _SPACE)} {self.name}"


def texts(root: Path, *, records: Iterable[str] = RECORDS) -> Iterator[Text]:
    """Yield every hand-written text of a book, by file and in its order.

    Then come ``records``, patterns of files that are each one text.
    """
    for path in sorted({each for found in _FILES for each in root.glob(found)}):
        file = path.relative_to(root).as_posix()
        whole = file_text(path, file)
        parts = (_PARAGRAPH if path.suffix in _PROSE else _ENTRY).split(whole)
        ends = _ENDS.get(path.suffix, _ENDS[".yml"])
        for part in parts:
            if words := " ".join(part.split()):
                named = _NAME.match(words)
                name = named[1] if named else words[:_SHOWN]
                told = " ".join(ends.sub(r"\g<0> ↵", part.strip("\n")).split())
                yield Text(file, name, sha256(told.encode()).hexdigest()[:12])
    for path in sorted({each for found in records for each in root.glob(found)}):
        if path.is_file():
            file, digest = path.relative_to(root).as_posix(), sha256(path.read_bytes())
            yield Text(file, path.name, digest.hexdigest()[:12])


def unsigned(root: Path) -> tuple[Text, ...]:
    """Return what is not as it was signed, or gone; nothing where nobody signs."""
    signs = (root / SIGNED).is_file()
    return differing(_signed(root), texts(root)) if signs else ()


def differing(before: Iterable[Text], now: Iterable[Text]) -> tuple[Text, ...]:
    """Return the texts that are not as or where they were, and those that are gone."""
    old, new = _by_file(before), _by_file(now)
    return tuple(
        each for file in sorted({*old, *new}) for each in _changed(old[file], new[file])
    )


def _signed(root: Path) -> Iterator[Text]:
    lines = file_text(root / SIGNED, SIGNED).split("\n")
    for number, line in enumerate(lines[:-1], 1):
        digest, _, place = line.partition(" ")
        file, _, name = place.partition(" ")
        if not file:
            said = f"no signature of a text: {printable(line[:_SHOWN])!r}"
            fix = "  fix: take the file back from git"
            raise SourcebookError(f"{SIGNED}:{number}: {said}\n{fix}")
        yield Text(file.replace(_SPACE, " "), name.rstrip(), digest)


def _by_file(every: Iterable[Text]) -> defaultdict[str, list[Text]]:
    files = defaultdict(list)
    for each in every:
        files[each.file].append(each)
    return files


def _changed(before: list[Text], now: list[Text]) -> Iterator[Text]:
    """Yield what is not as and where it was signed, and what went without a successor.

    >>> [one, two, way] = [Text("a.md", name, name) for name in ("one", "two", "way")]
    >>> [(each.name, each.gone) for each in _changed([one, two, way], [two, one])]
    [('two', False), ('way', True)]
    """
    old, new = ([each.digest for each in some] for some in (before, now))
    if old == new:
        return  # as nearly always
    # Where a text stands matters too: one that was moved may now stand under another's
    # heading.
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for step, first, last, start, end in steps:
        if step == "equal":
            continue
        yield from now[start:end]
        names = [each.name for each in now[start:end]]
        gone = [each for each in before[first:last] if each.digest not in new]
        gone.sort(key=lambda each: each.name not in names)  # the reworded come first
        yield from (each._replace(gone=True) for each in gone[len(names) :])


def sign(root: Path, places: Collection[str]) -> tuple[Text, ...]:
    """Sign the texts of some files, or those of some names; return what was signed.

    A name that several files have is given with its file, as in ``gas/imports``.
    Without any place everything is signed. Signatures of texts that are no more go
    when that is signed.
    """
    every = (*texts(root),)
    fresh = unsigned(root) if (root / SIGNED).is_file() else every
    known = {(each.name, each.file) for each in (*every, *fresh)}
    homes = Counter(name for name, _ in known)
    done = tuple(
        each
        for each in fresh
        if not places or not _called(each, homes).isdisjoint(places)
    )
    left = dict.fromkeys(each for each in fresh if each not in done)
    kept = [each for each in every if each not in left]
    kept += [each for each in left if each.gone]
    if done:
        put(root / SIGNED, "".join(f"{each}\n" for each in kept).encode())
    return done


def _called(text: Text, homes: Mapping[str, int]) -> set[str]:
    """Return what a text may be named by: its own name where no other file has it."""
    whole = {text.file, f"{text.file}: {text.name}", text.called}
    return whole | ({text.name} if homes[text.name] == 1 else set())
