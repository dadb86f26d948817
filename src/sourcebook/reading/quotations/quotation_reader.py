"""Find what a text puts in quotation marks, and tell speech from terms.

A quotation is *speech* when it reads as somebody's words: it has four words or more,
or a finite verb, or ends with punctuation inside the marks, or stands beside a verb of
saying (a single word: right after one). It is a *term* when it is a name or a title
("Allied Interaction") or follows a word that announces one ("the term", "dubbed").
Marks inside marks are mentions of their own. Nothing is reported for a mark without
its partner.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from sourcebook.reading.patterns import later
from sourcebook.reading.quotations.quotation_marks import Pair, pair_marks

_REACH: Final = 80
_SPOKEN_WORDS: Final = 4
_SMALL_WORD: Final = 3
_WORD: Final = later(r"[^\W\d_][\w’'-]*")
_SAYING: Final = (
    "say|says|said|saying|tell|tells|told|describe[sd]?|describing"
    "|call(?:s|ed|ing)?(?= (?:for|on))|stated|stating|add(?:s|ed)|warn(?:s|ed|ing)?"
    "|note[sd]?|stress(?:es|ed)"
    "|argue[sd]?|claimed|insist(?:s|ed)?|declare[sd]?|announce[sd]?|ask(?:s|ed)"
    "|repl(?:y|ies|ied)|wr(?:ite|ites|ote)|admit(?:s|ted)?|acknowledge[sd]?"
    "|emphasi[sz]e[sd]?|explain(?:s|ed)?|quot(?:e|es|ed|ing)|reported"
    "|according to|comment(?:s|ed)|conclude[sd]?|accuse[sd]?|remark(?:s|ed)"
    "|tweet(?:s|ed)|vow(?:s|ed)?|pledge[sd]?|slam(?:s|med)|hail(?:s|ed)|condemn(?:s|ed)"
    "|denounce[sd]?|deplore[sd]?|decr(?:y|ies|ied)|dismiss(?:es|ed)|praise[sd]?"
    "|critici[sz]e[sd]?|f(?:inds|ound)|rule[sd]|deem(?:s|ed)|brand(?:s|ed)|spoke of"
    "|den(?:y|ies|ied)|think|thinks|thought|believe[sd]?|promise[sd]?|urge[sd]?"
)
_SAID_BEFORE: Final = later(
    rf"\b(?:{_SAYING})\b(?:[ ,:][^\s.;!?“”]*){{0,7}}[ :]*\Z", re.IGNORECASE
)
_SAID_AT_ONCE: Final = later(
    r"\b(?:say|says|said|replied|answered|asked|shouted|chanted)[,:]? \Z", re.IGNORECASE
)
_SAID_AFTER: Final = later(
    rf"[ ,]*(?:[^\s.;!?“”]+ ){{0,4}}(?:{_SAYING})\b", re.IGNORECASE
)
_TERM_BEFORE: Final = later(
    r"\b(?:terms?|words?|notions?|concepts?|labels?|phrases?|so-called|dubbed|called"
    r"|named|entitled|titled|known as|concepts? of|notions? of|form of|process of) \Z",
    re.IGNORECASE,
)
_TITLED_BEFORE: Final = later(
    r"\b(?:article|report|resolution|motion|paper|book|essay|film|song|study|column"
    r"|conference|exhibition|campaign|programme|program|project|panel|session|series"
    r"|chapter|section|episode|event|forum|initiative)(?:,| on)? \Z",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(r",? (?:and |or |but )?")  # between two of a list
_FINITE: Final = later(
    r"\b(?:am|is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might"
    r"|must|should|shall|\w+n[’']t)\b",
    re.IGNORECASE,
)
_LINKS: Final = frozenset(
    "about after against among before between beyond from into over through toward "
    "towards under upon versus with within without".split()
)
_ENDED: Final = (",", ".", "?", "!", "…")


@dataclass(frozen=True, slots=True)
class QuotationMention:
    """A quotation: ``text`` with its marks, ``inner`` without them.

    ``start`` and ``end`` are offsets in the text given. In a quotation over several
    paragraphs, ``inner`` keeps the marks that open each paragraph again.
    """

    start: int
    end: int
    text: str
    inner: str
    kind: Literal["speech", "term"]
    marks: Literal["double", "single"]


@lru_cache(maxsize=8)  # a document is asked for its quotations by each of its drafts
def read_quotations(text: str) -> tuple[QuotationMention, ...]:
    """Return the quotations of a clean text by start; one inside another comes after.

    >>> [(q.inner, q.kind) for q in read_quotations("It is “[very] good,” he said.")]
    [('[very] good,', 'speech')]
    """
    # Printers of laws set a double mark as two single ones.
    seen = text.replace("‘‘", " “").replace("’’", "” ") if "‘‘" in text else text
    found: list[QuotationMention] = []
    for pair in pair_marks(seen).pairs:
        last = found[-1] if found and found[-1].kind == "speech" else None
        goes_on = last and _LISTED.fullmatch(text, last.end, pair.opening)
        found.append(_mention(text, pair, seen, goes_on=bool(goes_on)))
    return tuple(found)


def _mention(text: str, pair: Pair, seen: str, *, goes_on: bool) -> QuotationMention:
    start, end = pair.opening, pair.closing + 1
    return QuotationMention(
        start,
        end,
        text[start:end],
        text[start + 1 : end - 1].strip(" \u00a0\u202f"),
        "speech" if _is_speech(seen, start, end, goes_on=goes_on) else "term",
        "double" if pair.double else "single",
    )


def _is_speech(text: str, start: int, end: int, *, goes_on: bool) -> bool:
    """Say whether a quotation is speech; it ``goes_on`` in a list that speech opens."""
    inner = text[start + 1 : end - 1]
    words = _WORD.findall(inner)
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if (
        not words
        or (_is_title(words) and inner[-1] != "!")
        or _TERM_BEFORE.search(before)
    ):
        return False
    finite, ended = _FINITE.search(inner), inner.rstrip().endswith(_ENDED)
    titled = inner[0].isupper() and not (finite or ended)
    if titled and _TITLED_BEFORE.search(before):
        return False
    if len(words) >= _SPOKEN_WORDS or finite:
        return True
    if len(words) == 1:
        answered = ended and _SAID_AFTER.match(after)
        return bool(answered or _SAID_AT_ONCE.search(before))
    if ended or goes_on:
        return True
    return bool(_SAID_BEFORE.search(before) or _SAID_AFTER.match(after))


def _is_title(words: list[str]) -> bool:
    """A name: an acronym, or capitals on its first word and on every weighty one."""
    if len(words) == 1:
        return words[0].isupper()
    capitals = sum(word[0].isupper() for word in words)
    return (words[0][0].isupper() and capitals > 1) and all(
        word[0].isupper() or len(word) <= _SMALL_WORD or word in _LINKS
        for word in words
    )
