"""Which single passage an answer hangs on, in words.

With two passages this is plain: without either there is nothing to compare, so nothing
is listed one by one. With more, the passages are named whose withdrawal alone changes
what came out; all others can go without a trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.coding.source_looks import short_name
from sourcebook.comparing.badges import badge, relation_words
from sourcebook.comparing.leave_one_out import ALONE, NOBODY, UNCHANGED, pivotal

if TYPE_CHECKING:
    from sourcebook.comparing.leave_one_out import LeftOut
    from sourcebook.comparing.questions import Answer

FIRM = "any one passage can go, and the same comes out"


def hangs_on(answer: Answer) -> str:
    """Say which passages change what came out, if that one alone is withdrawn."""
    found = pivotal(answer)
    if not found:
        return FIRM
    effects = [left_words(left, answer) for left in found]
    if len(found) == len(answer.claims) and len(set(effects)) == 1:
        which = "it" if len(found) == 1 else "any one passage"
        return f"without {which}: {effects[0]}"
    parts = [
        f"without {short_name(left.source)} ({_local(left)}): {words}"
        for left, words in zip(found, effects, strict=True)
    ]
    if len(found) < len(answer.claims):
        parts.append("any other passage can go")
    return "; ".join(parts)


def left_words(left: LeftOut, answer: Answer) -> str:
    """Say what is left of a question without one passage, as readers know it."""
    if left.effect == NOBODY:
        return "nobody says this"
    if left.effect == ALONE:
        return "nothing to compare"
    said = []
    words = dict.fromkeys(map(relation_words, left.relations))
    if left.effect != UNCHANGED:
        said.append(", ".join(words))
    if left.badge != badge(answer) and left.badge not in words:
        said.append(f"badge: {left.badge}")
    if left.bridges:
        said.append("the sum drawn from it falls")
    return ", and ".join(said)


def _local(left: LeftOut) -> str:
    """Return a claim's own name in words."""
    return left.claim.partition("/")[2].replace("-", " ")
