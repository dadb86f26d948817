"""Our words about a question: a text with marks, an answer, the passage it hangs on.

A text may hold the marks of a page, ``{claim}``, ``{fact}``, ``{holds}`` and
``{question}``, and they are held to the same rules (`sourcebook.prose.proofreading`).
An answer is one plain sentence that must be readable without the book: no word of the
book's own vocabulary, at most ``ANSWER_WORDS`` words.

With more, the passages are named whose withdrawal alone changes what came out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sourcebook.coding.book_files import question_anchor
from sourcebook.coding.schema import RECORD
from sourcebook.coding.source_looks import own_words, short_name
from sourcebook.comparing.badges import badge, relation_words
from sourcebook.comparing.leave_one_out import (
    ALONE,
    NOBODY,
    UNCHANGED,
    LeftOut,
    pivotal,
)
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.statements import read_query
from sourcebook.views.fragment import Fragment, address, escape, linked, printed

FIRM = "any one passage can go, and the same comes out"


def hangs_on(answer: Answer) -> str:
    """Say which passages change what came out, if that one alone is withdrawn."""
    found = pivotal(answer)
    if not found:
        return FIRM
    effects = [left_words(left, answer) for left in found]
    # With two passages it is plain: without either there is nothing to compare.
    if len(found) == len(answer.claims) and len(set(effects)) == 1:
        which = "it" if len(found) == 1 else "any one passage"
        return f"without {which}: {effects[0]}"
    parts = [
        f"without {short_name(left.source)} ({own_words(left.claim)}): {words}"
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
    words = dict.fromkeys(map(relation_words, left.relations))
    said = [] if left.effect == UNCHANGED else [", ".join(words)]
    if left.badge != badge(answer) and left.badge not in words:
        said.append(f"badge: {left.badge}")
    if left.bridges:
        said.append("the sum drawn from it falls")
    return ", and ".join(said)


ANSWER_WORDS = 25  # words of an answer
MOST_IN_SHORT = 90  # words of the answers that open a chapter, together
# Words that mean something else, or nothing, to who has not read the method page.
HOUSE_WORDS = re.compile(
    r"(?i)\b(relations? of (?:claims|pairs)|slack|adjudicat\w+|stances?|silent|"
    r"denominators?|hedges?|hedged|intervals?|sheets?|coded|census|waive\w*|"
    r"not[- ]comparable|both[- ]stand|cannot[- ]judge|the article)\b"
)
_MARK = re.compile(
    r"\{(?P<role>claim|fact|holds|question)\}`(?P<words>[^`<]+?)\s*<(?P<target>[^`<>]+)>`"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text: words, and where they are a mark, its role and target."""

    words: str
    role: str = ""
    target: str = ""


def segments(text: str) -> tuple[Segment, ...]:
    """Return a text in stretches of plain words and marks.

    >>> [s.target for s in segments("It is {claim}`4.3% <bbc-2025/gas-share>`.")]
    ['', 'bbc-2025/gas-share', '']
    """
    found, at = [], 0
    for match in _MARK.finditer(text):
        found.append(Segment(text[at : match.start()]))
        found.append(Segment(match["words"], match["role"], match["target"]))
        at = match.end()
    found.append(Segment(text[at:]))
    return tuple(segment for segment in found if segment.words)


def plain_words(text: str) -> str:
    """Return a text as it reads, without what its marks point to."""
    return "".join(segment.words for segment in segments(text))


def linked_words(text: str) -> Fragment:
    """Return a text with its marks as links, and a statement's with its tip."""
    return Fragment("".join(map(_html, segments(text))), plain_words(text))


def _html(segment: Segment) -> str:
    words = segment.words
    match segment.role:
        case "claim":
            return linked(address(segment.target), words, look="sb-claim").html
        case "fact":
            to = address(f"{RECORD}/{segment.target}")
            return linked(to, words, look="sb-fact").html
        case "holds":
            tip = escape(f"Computed from the sheets: {read_query(segment.target)}")
            return f'<abbr class="sb-holds" title="{tip}">{printed(words)}</abbr>'
        case "question":
            chapter, _, question = segment.target.partition("/")
            return linked(f"{chapter}.html#{question_anchor(question)}", words).html
    return printed(words)


def count_words(text: str) -> int:
    """Return how many words a text has, those of its marks included."""
    return len(plain_words(text).split())


def answer_faults(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an answer besides its marks, and how to mend it."""
    number = count_words(text)
    if number > ANSWER_WORDS:
        yield f"an answer of {number} words", f"say it in at most {ANSWER_WORDS}"
    for found in HOUSE_WORDS.findall(plain_words(text)):
        yield f"a word readers do not know: {found!r}", "say it in plain words"
