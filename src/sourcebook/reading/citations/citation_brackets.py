"""Find the brackets of a text, and the entries between their semicolons.

Round and square brackets are paired within one line of the clean text, which is one
paragraph. A bracket without its partner is passed over, and so is one longer than
``LONGEST``: nothing that long is a reference. A square bracket that holds the year of
an older edition, "1976 [1832]", is not a bracket of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sourcebook.reading.text import Span

LONGEST: Final = 2000

_MARK: Final = re.compile(r"[()\[\]\n]")
_PARTNER: Final = {")": "(", "]": "["}
_EDITION: Final = re.compile(r"(?<=\d{4}[ ])\[\d{4}\]|\[\d{4}\](?= \d{4})")
_BLANK: Final = "\0"


def read_brackets(text: str) -> tuple[Span, ...]:
    """Return the range of each pair, marks included, by start; inner ones too.

    >>> text = "(a (b) c) [d"
    >>> [text[start:end] for start, end in read_brackets(text)]
    ['(a (b) c)', '(b)']
    """
    editions = {found.start() for found in _EDITION.finditer(text)}
    opened: list[int] = []
    found: list[Span] = []
    for mark in _MARK.finditer(text):
        if mark[0] == "\n":
            opened.clear()
        elif mark[0] in "([":
            opened.append(mark.start())
        elif opened and text[opened[-1]] == _PARTNER[mark[0]]:
            start = opened.pop()
            if start not in editions and mark.end() - start <= LONGEST:
                found.append(Span(start, mark.end()))
    return tuple(sorted(found))


def entries(text: str, bracket: Span) -> Iterator[tuple[int, str]]:
    """Yield offset and words of each entry of a bracket.

    Semicolons part entries. A bracket within is blanked out, as it has its own entries;
    the year of an older edition stays.

    >>> text = "see (Fox 2001; Hen (ed.) 2004)"
    >>> [(at, words.replace(chr(0), "*")) for at, words in entries(text, Span(4, 30))]
    [(5, 'Fox 2001'), (15, 'Hen ***** 2004')]
    """
    inner = text[bracket.start + 1 : bracket.end - 1]
    at = bracket.start + 1
    for words in _blanked(inner).split(";"):
        yield at + len(words) - len(words.lstrip()), words.strip()
        at += len(words) + 1


def _blanked(inner: str) -> str:
    """Blank the brackets within, and keep the length."""
    kept = {at for found in _EDITION.finditer(inner) for at in range(*found.span())}
    letters = list(inner)
    depth = 0
    for at, letter in enumerate(inner):
        if at in kept:
            continue
        depth += letter in "(["
        if depth > 0:
            letters[at] = _BLANK
        depth -= letter in ")]"
    return "".join(letters)
