"""Words of ours that count the collection, and what frees them from being bound.

*Two* to *ninety*, *dozens*, *only*, *none*, *all*, *every* and their like say something
about every sheet, unless they do not. So in our prose they are bound by ``{holds}``, or
are a source's words, or stand in one file with the reason why they count nothing. Pages
that nobody has gone through yet are listed in the same place, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from pydantic import Field, model_validator

from sourcebook.coding.schema import Strict, Words
from sourcebook.coding.sheets import Loaded, check_model, load_yaml
from sourcebook.comparing.statement_words import SMALL, TENS
from sourcebook.errors import Fault
from sourcebook.prose.markdown import QUOTED, gap
from sourcebook.reading.anchor import fold

WORDING = "book/wording.yml"
_MANY = "dozens? hundreds? thousands? millions billions".split()
COUNTING = re.compile(
    rf"(?i)\b(?:(?P<number>{'|'.join([*SMALL[2:], *TENS, *_MANY])})"
    r"|only|none|nobody(?: else)?|no other|no one(?: else)?|nothing else|all|every"
    r"|the one)\b"
)
_REMOVE = "remove the entry, or correct its words"


class Freed(Strict):
    """A phrase that counts nothing in the collection: words, or a pattern."""

    words: str = ""
    pattern: str = ""
    reason: Words

    @model_validator(mode="after")
    def _one(self) -> Freed:
        if bool(self.words) == bool(self.pattern):
            raise ValueError("give either words or a pattern")
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise ValueError(f"not a pattern: {error}") from None
        return self

    @property
    def regex(self) -> re.Pattern[str]:
        """What finds the phrase, over line ends and without regard to case."""
        words = r"\s+".join(map(re.escape, self.words.split()))
        return re.compile(rf"(?i)(?<!\w)(?:{words or self.pattern})(?!\w)")


class Waiting(Strict):
    """Files whose words nobody has gone through yet."""

    files: Words  # a path from the top of the book; * for any part of it
    reason: Words


class Formula(Strict):
    """Words in quotation marks that are ours."""

    words: Words
    reason: Words


class _File(Strict):
    ours: tuple[Formula, ...] = ()
    anywhere: tuple[Freed, ...] = ()
    pages: dict[str, tuple[Freed, ...]] = Field(default_factory=dict)
    unbound: tuple[Waiting, ...] = ()


@dataclass(frozen=True)
class Wording:
    """What the file says."""

    file: _File = field(default_factory=_File)

    def waits(self, page: str) -> bool:
        """Whether a page is on the list of those not gone through yet."""
        return any(fnmatchcase(page, each.files) for each in self.file.unbound)

    def ours(self, words: str) -> bool:
        """Whether words in quotation marks are a formula of ours."""
        return any(level(each.words) == level(words) for each in self.file.ours)

    @cached_property
    def _anywhere(self) -> tuple[re.Pattern[str], ...]:
        return tuple(each.regex for each in self.file.anywhere)

    def counting(self, text: str, page: str) -> Iterator[tuple[int, str]]:
        """Yield offset and words of what counts, and is neither quoted nor freed."""
        if not COUNTING.search(text):
            return
        own = (
            each.regex
            for pages, entries in self.file.pages.items()
            if fnmatchcase(page, pages)
            for each in entries
        )
        for pattern in (QUOTED, *self._anywhere, *own):
            text = pattern.sub(gap, text)
        for match in COUNTING.finditer(text):
            yield match.start(), match[0]

    def unused(self, texts: Mapping[str, str], loaded: Loaded) -> list[Fault]:
        """Return a fault for each entry that no page of ``texts``, by name, needs."""
        faults = [
            loaded.fault(
                f"{page} has no such words: {each.words or each.pattern!r}",
                ("pages", page, number),
                fix=_REMOVE,
            )
            for page, entries in self.file.pages.items()
            for here in ([t for name, t in texts.items() if fnmatchcase(name, page)],)
            for number, each in enumerate(entries)
            if not any(map(each.regex.search, here))
        ]
        whole = "\n".join(texts.values())
        faults += [
            loaded.fault(f"no page has {each.words!r}", ("ours", number), fix=_REMOVE)
            for number, each in enumerate(self.file.ours)
            if each.words not in whole and level(each.words) not in level(whole)
        ]
        fix = "remove the entry"
        return faults + [
            loaded.fault(f"no file {each.files!r}", ("unbound", number), fix=fix)
            for number, each in enumerate(self.file.unbound)
            if not any(fnmatchcase(page, each.files) for page in texts)
        ]


def level(words: str) -> str:
    """Return words as quotations are compared: case, line ends and edges apart."""
    return " ".join(fold(words).lower().split()).strip(" ,.;")


def strange(words: str, passage: str) -> list[str]:
    """Return what counts in the words of a claim's mark, and not in its passage.

    >>> strange("all “every” of only nine", "Only some of them.")
    ['all']
    """
    own = QUOTED.sub(gap, words)
    said = fold(passage).lower()
    return [
        match[0]
        for match in COUNTING.finditer(own)
        # Number words are held against the claim's figure.
        if not match["number"]
        and not re.search(rf"\b{re.escape(match[0].lower())}\b", said)
    ]


def load_wording(root: Path) -> tuple[Wording, Loaded | None]:
    """Return what the file says, nothing without one. Raises with every fault."""
    if not (root / WORDING).is_file():
        return Wording(), None
    loaded = load_yaml(root / WORDING, shown=WORDING)
    return Wording(check_model(loaded, _File)), loaded
