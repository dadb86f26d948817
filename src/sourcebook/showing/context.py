"""A few words on either side of a passage, and never the whole of its sentence.

The documents belong to their owners and stay out of the published book: a passage is
shown with enough words around it to be understood, cut at a word and marked with an
ellipsis.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sourcebook.coding.claims import Claim

MOST = 60  # characters on either side
CUT = "…"


def context(claim: Claim) -> tuple[str, str]:
    """Return the words before and after the claim's passage, clipped.

    When the two together with the passage would make up the whole sentence, the
    shorter side is left out.
    """
    before, found, after = claim.sentence.partition(claim.exact)
    if not found:
        return "", ""
    left, right = _last_words(before), _first_words(after)
    if (before or after) and left == before and right == after:
        if before and (len(before) <= len(after) or not after.strip(" .,;:”’)")):
            left = CUT
        else:
            right = CUT
    return left, right


def _last_words(text: str) -> str:
    if len(text) <= MOST:
        return text
    return CUT + " " + text[-MOST:].partition(" ")[2]


def _first_words(text: str) -> str:
    if len(text) <= MOST:
        return text
    return text[:MOST].rpartition(" ")[0] + " " + CUT
