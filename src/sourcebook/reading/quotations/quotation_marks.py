"""Pair the quotation marks of an English text.

Reads “ ” and ‘ ’ and the straight " and '; « », » «, „ “ and ``…'' are brought to
“ ” first, each in its place. A single mark between letters, after a plural (*CSOs’*) or
before a clipped word (*’90s*) is an apostrophe. A quotation ends with its paragraph
unless the next paragraph opens with the same mark again, or the next of the marks “ and
” closes. A mark that is neither an apostrophe nor half of a pair is a stray: unclosed,
inverted, or alone; so is a quotation nested more than four deep.
"""

import re
from dataclasses import dataclass, field
from typing import Final

DOUBLE: Final = '“”"'
SINGLE: Final = "‘’'"
_MARK: Final = re.compile(r"[“”\"‘’'\n]")
_CLIPPED: Final = re.compile(
    r"(?:\d\ds?|tis|twas|twere|em|til|till|cause|bout|n|round)\b", re.IGNORECASE
)
_LOW: Final = re.compile(r"„([^„“”\n]{1,2000})[“”]")
_FRENCH: Final = re.compile(r"(?<!\w)«([^«»\n]{1,2000})»")
_GERMAN: Final = re.compile(r"(?<!\w)»([^«»\n]{1,2000})«(?!\w)")
_SWEDISH: Final = re.compile(r"(?<!\w)”(?=\w)([^”\n]{1,2000})”")
_CURLY: Final = re.compile("[“”]")
_FURTHEST: Final = 2000
_DEEPEST: Final = 4
_OPENERS: Final = frozenset("([{“‘\"'—–-/")


@dataclass(frozen=True, slots=True)
class Pair:
    """One quotation: the offsets of its opening and its closing mark."""

    opening: int
    closing: int
    double: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """Every mark of a text, accounted for; all offsets, in order.

    ``repeats`` are opening marks that a quotation over several paragraphs prints again.
    """

    pairs: tuple[Pair, ...]
    apostrophes: tuple[int, ...]
    repeats: tuple[int, ...]
    strays: tuple[int, ...]


@dataclass(slots=True)
class _Desk:
    """What has been settled so far, and the marks still open, outermost first."""

    text: str
    pairs: list[Pair] = field(default_factory=list)
    apostrophes: list[int] = field(default_factory=list)
    repeats: list[int] = field(default_factory=list)
    strays: list[int] = field(default_factory=list)
    still_open: list[int] = field(default_factory=list)

    def is_open(self, *, double: bool) -> bool:
        return any((self.text[at] in DOUBLE) == double for at in self.still_open)

    def open(self, at: int) -> None:
        """Begin a quotation, unless that would nest beyond all sense."""
        full = len(self.still_open) >= _DEEPEST
        (self.strays if full else self.still_open).append(at)

    def goes_on(self, at: int) -> bool:
        """Whether a straight mark only opens again what a sentence before it opened."""
        return bool(
            self.text[at] == '"'
            and self.still_open
            and self.text[self.still_open[-1]] == '"'
            and self.text[at - 2 : at].strip() in {".", "!", "?"}
        )

    def close(self, at: int, *, double: bool) -> None:
        """Pair ``at`` with the last open mark of its sort; those inside are strays."""
        while self.still_open:
            opening = self.still_open.pop()
            if (self.text[opening] in DOUBLE) == double:
                self.pairs.append(Pair(opening, at, double))
                return
            self.strays.append(opening)


def pair_marks(text: str) -> Marks:
    """Account for every quotation mark of a clean text.

    >>> pair_marks("the EU’s ‘soft’ power").pairs
    (Pair(opening=9, closing=14, double=False),)
    """
    text = in_english_marks(text)
    found = [match.start() for match in _MARK.finditer(text)]
    roles = [_role(text, at) for at in found]
    certain = _close_ahead(text, found, roles)
    desk = _Desk(text)
    skip = -1
    for at, role, ahead in zip(found, roles, certain, strict=True):
        if role == "break":
            skip = _end_paragraph(desk, at)
        elif at > skip:
            _settle(desk, at, role, ahead=ahead)
    _end_paragraph(desk, len(text))
    return Marks(
        tuple(sorted(desk.pairs, key=lambda pair: pair.opening)),
        tuple(desk.apostrophes),
        tuple(desk.repeats),
        tuple(sorted(desk.strays)),
    )


def in_english_marks(text: str) -> str:
    """The text with the marks of other languages and of typewriters as “ and ”.

    Which of « and » opens, the first of them tells; “ closes what „ has opened.

    >>> in_english_marks("«Oui», »Ja« and „so“"), in_english_marks("»Ja« and »nein«")
    ('“Oui”, »Ja« and “so”', '“Ja” and “nein”')
    """
    if "``" in text:
        text = text.replace("``", " “").replace("''", "” ")
    if "”" in text and "“" not in text:
        text = _SWEDISH.sub(lambda same: f"“{same[1]}”", text)
    if "„" in text:
        text = _LOW.sub(lambda low: f"“{low[1]}”", text)
    for pattern in (_FRENCH, _GERMAN):
        if pattern.search(text):
            return pattern.sub(lambda pair: f"“{pair[1]}”", text)
    return text


def _role(text: str, at: int) -> str:
    """What a mark looks like from its two neighbours alone."""
    mark = text[at]
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
    outside = before.isspace() or before in _OPENERS
    if mark == "\n":
        return "break"
    if mark == "“":
        return "open"
    if mark == "”":
        return "close"
    if mark == '"':
        return _straight(before, after, outside=outside)
    return _single(text, at, outside=outside)


def _straight(before: str, after: str, *, outside: bool) -> str:
    if before.isspace() and after.isspace():
        return "toggle"
    if outside and not after.isspace():
        return "open" if before.isspace() or after.isalnum() else "toggle"
    return "toggle" if after.isalnum() else "close"


def _single(text: str, at: int, *, outside: bool) -> str:
    mark, before, after = text[at], text[at - 1 : at] or " ", text[at + 1 : at + 2]
    if outside and _CLIPPED.match(text, at + 1):
        return "apostrophe"
    if mark == "‘":
        if before.isalpha() and after.isalpha():
            return "apostrophe"
        return "open" if after and not after.isspace() else "stray"
    if not outside and after.isalpha():
        return "apostrophe"
    if outside and after and not after.isspace() and (after.isalnum() or mark == "'"):
        return "open" if mark == "'" else "stray"
    if before.isspace():
        return "stray"
    return "plural" if before in "sS" else "close"


def _close_ahead(text: str, found: list[int], roles: list[str]) -> list[bool]:
    """Say of each mark whether a sure closing single comes before all else."""
    answers = [False] * len(found)
    ahead = False
    for place in range(len(found) - 1, -1, -1):
        answers[place] = ahead
        if roles[place] in ("apostrophe", "plural"):
            continue
        ahead = roles[place] == "close" and text[found[place]] in SINGLE
    return answers


def _settle(desk: _Desk, at: int, role: str, *, ahead: bool) -> None:
    double = desk.text[at] in DOUBLE
    if role == "apostrophe":
        desk.apostrophes.append(at)
    elif role == "open" and desk.goes_on(at):
        desk.repeats.append(at)
    elif role == "open":
        desk.open(at)
    elif role == "stray":
        desk.strays.append(at)
    elif role == "plural" and ahead:
        desk.apostrophes.append(at)
    elif desk.is_open(double=double):
        desk.close(at, double=double)
    elif role == "toggle":
        desk.open(at)
    elif _measures_or_clips(desk.text, at):
        desk.apostrophes.append(at)
    else:
        desk.strays.append(at)


def _measures_or_clips(text: str, at: int) -> bool:
    """Feet and inches, and a word clipped at its end, when nothing is open."""
    before = text[at - 1 : at]
    if text[at] in "'’":
        return before.isalnum()
    return text[at] == '"' and before.isdecimal()


def _end_paragraph(desk: _Desk, at: int) -> int:
    """Keep open what the next paragraph opens again; the rest was never closed."""
    kept = 0
    after = at + 1
    for opening in desk.still_open:
        closes = _CURLY.search(desk.text, after, after + _FURTHEST)
        if desk.text[after : after + 1] == desk.text[opening]:
            desk.repeats.append(after)
            after += 1
        elif desk.text[opening] != "“" or not closes or closes[0] != "”":
            break
        kept += 1
    while len(desk.still_open) > kept:
        desk.strays.append(desk.still_open.pop())
    return after - 1
