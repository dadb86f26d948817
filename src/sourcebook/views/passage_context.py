"""A few words on either side of a passage, and never the whole of its sentence.

The documents belong to their owners and stay out of the published book: a passage is
shown with enough words around it to be understood, cut at a word and marked with an
ellipsis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.coding.claims import Claim

MOST = 60  # characters on either side
CUT = "…"


def context(claim: Claim) -> tuple[str, str, str]:
    """Return the words before a claim's passage, the passage, and the words after it.

    When the three would make up the whole sentence, one side is left out.
    """
    before, passage, after = split_sentence(claim)
    left, right = _last_words(before), _first_words(after)
    if (before or after) and left == before and right == after:
        if before and (len(before) <= len(after) or not after.strip(" .,;:”’)")):
            left = CUT
        else:
            right = CUT
    return left, passage, right


def split_sentence(claim: Claim) -> tuple[str, str, str]:
    """Return a claim's sentence before, in and after its passage.

    The same words may stand twice in a sentence; the words around the passage tell
    which is meant. A sentence without the passage gives the passage alone.
    """
    sentence, exact = claim.sentence, claim.exact
    places = [
        place
        for place in range(len(sentence) - len(exact) + 1)
        if exact and sentence.startswith(exact, place)
    ]
    if not places:
        return "", exact, ""
    place = max(places, key=lambda each: _agreement(claim, each))
    end = place + len(exact)
    return sentence[:place], sentence[place:end], sentence[end:]


def _agreement(claim: Claim, place: int) -> int:
    """Count the characters around a place that are those around the passage."""
    before = reversed(claim.sentence[:place]), reversed(claim.prefix)
    after = claim.sentence[place + len(claim.exact) :], claim.suffix
    return _shared(*before) + _shared(*after)


def _shared(one: Iterable[str], two: Iterable[str]) -> int:
    count = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        count += 1
    return count


def _last_words(text: str) -> str:
    if len(text) <= MOST:
        return text
    return CUT + " " + text[-MOST:].partition(" ")[2]


def _first_words(text: str) -> str:
    if len(text) <= MOST:
        return text
    return text[:MOST].rpartition(" ")[0] + " " + CUT
