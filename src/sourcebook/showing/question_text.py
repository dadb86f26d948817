"""Our words about a question: an answer with marks, rendered and checked.

An answer is one plain sentence with ``{claim}`` marks where it leans on a passage. It
is held to the same rules as running prose: what a mark says must be what its passage
says, and no number stands outside one. It must also be readable without the book: no
word of the book's own vocabulary, at most ``MOST`` words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.errors import SourcebookError
from sourcebook.showing.fragment import Fragment, escape
from sourcebook.showing.prose import bare_numbers, verify
from sourcebook.showing.rows import address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sourcebook.coding.claims import Claim

MOST = 25  # words of an answer
MOST_IN_SHORT = 90  # words of the answers that open a chapter, together
# Words that mean something else, or nothing, to who has not read the method page.
HOUSE_WORDS = re.compile(
    r"(?i)\b(relations? of (?:claims|pairs)|slack|adjudicat\w+|stances?|silent|"
    r"denominators?|hedges?|hedged|intervals?|sheets?|coded|census|waive\w*|"
    r"not[- ]comparable|both[- ]stand|cannot[- ]judge|the article)\b"
)
_MARK = re.compile(r"\{claim\}`(?P<words>[^`<]+?)\s*<(?P<claim>[^`>]+)>`")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text: words, and the claim they are a mark of, if any."""

    words: str
    claim: str = ""


def segments(text: str) -> tuple[Segment, ...]:
    """Return a text in stretches of plain words and marks.

    >>> [s.claim for s in segments("It is {claim}`4.3% <bbc-2025/gas-share>`.")]
    ['', 'bbc-2025/gas-share', '']
    """
    found, at = [], 0
    for match in _MARK.finditer(text):
        if match.start() > at:
            found.append(Segment(text[at : match.start()]))
        found.append(Segment(match["words"], match["claim"]))
        at = match.end()
    if at < len(text):
        found.append(Segment(text[at:]))
    return tuple(found)


def plain_words(text: str) -> str:
    """Return a text as it reads, without what its marks point to."""
    return "".join(segment.words for segment in segments(text))


def linked_words(text: str) -> Fragment:
    """Return a text with each mark as a link to its claim's entry."""
    html = "".join(
        f'<a class="sb-claim" href="{escape(address(each.claim))}">'
        f"{escape(each.words)}</a>"
        if each.claim
        else escape(each.words)
        for each in segments(text)
    )
    return Fragment(html, plain_words(text))


def count_words(text: str) -> int:
    """Return how many words a text has, those of its marks included."""
    return len(plain_words(text).split())


def answer_faults(
    text: str, *, claim: Callable[[str], Claim], allow: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an answer and how to mend it.

    ``claim`` returns a claim by its id, ``allow`` holds what may stand bare, as for
    `sourcebook.showing.prose.bare_numbers`.
    """
    number = count_words(text)
    if number > MOST:
        yield f"an answer of {number} words", f"say it in at most {MOST}"
    for found in HOUSE_WORDS.findall(plain_words(text)):
        yield f"a word readers do not know: {found!r}", "say it in plain words"
    for mark in segments(text):
        if mark.claim:
            try:
                verify(mark.words, claim(mark.claim))
            except SourcebookError as error:
                yield str(error), ""
    for bare in bare_numbers(_blanked(text), allow=allow):
        yield (
            f"number outside a mark: {bare.text!r}",
            "write {claim}`words <citekey/id>`",
        )


def _blanked(text: str) -> str:
    return _MARK.sub("—", text)
