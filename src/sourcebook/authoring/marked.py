"""What a file says of its text beyond the letters, carried through as marks in it.

Every reader of files gives its text with the same marks around what is raised, struck,
deleted, hidden and so on, and one before what begins a place of the file. `resolve`
takes them out: each kind has one treatment, and what is lost, changed or doubtful is
told with its place. The marks are characters that no text may hold (U+FDD0 and on).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

PLACE: Final = "\ufdd0"
RAISED: Final = "\ufdd1"
LOWERED: Final = "\ufdd2"
NOTED: Final = "\ufdd3"
DELETED: Final = "\ufdd4"
INSERTED: Final = "\ufdd5"
MOVED: Final = "\ufdd6"
STRUCK: Final = "\ufdd7"
HIDDEN: Final = "\ufdd8"
EQUATION: Final = "\ufdd9"
PICTURE: Final = "\ufdda"
LEFT: Final = "\ufddb"
SPLIT: Final = "\ufddc"
DIGITS: Final = "\ufddd"
RUN: Final = "\ufdde"
STRANGE: Final = "\ufddf"
DOUBT: Final = "\ufde0"
END: Final = "\ufdef"
ANY: Final = re.compile("[\ufdd0-\ufdef]")
BY_TAG: Final = {"sup": RAISED, "sub": LOWERED, "del": DELETED, "ins": INSERTED,
                 "s": STRUCK, "strike": STRUCK}  # fmt: skip

_UP: Final = str.maketrans("0123456789+-−=()nabcdfghivx", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿᵃᵇᶜᵈᶠᵍʰⁱᵛˣ")
_DOWN: Final = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_TURNED: Final = re.compile(r"[\d+−=()n-]+(?:[,–] ?\d{1,3})*")
_LETTER: Final = re.compile(r"[abcdfgh](?:, ?[abcdfgh])*|[ivx]{1,5}")
_YEAR: Final = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d\Z")
_FRACTION: Final = re.compile(
    rf"(?:(\d) ?)?{RAISED}(\d{{1,2}}){END} ?[/⁄] ?{LOWERED}(\d{{1,2}}){END}"
)
_BACK: Final = 16  # characters a raised figure is read together with
_SHOWN: Final = 80  # characters of a place's words
_NEAR: Final = 24  # and of the words on each side of it
_LISTED: Final = 6  # places of what was lost or changed

# What is decided of a doubtful place, known by what it is, its words, and which of
# those alike it is, from 1: what stands for it in the text, None for its own words.
Decided: TypeAlias = "Mapping[tuple[str, str, int], str | None]"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place whose text is doubtful: its words in the file, and in the text.

    ``what`` is one of `DOUBTS` of sheets; ``at`` says where, in the file and in the
    text; ``text`` is "" where the words are left out.
    """

    what: str
    at: str
    words: str
    text: str
    near: str = ""


@dataclass(slots=True)
class Resolved:
    """A text without its marks, and what there is to tell."""

    text: str
    doubts: tuple[Doubt, ...]
    said: tuple[str, ...]


def _short(words: str) -> str:
    """Return words on one line, cut where they are many."""
    flat = " ".join(words.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"


def mark(kind: str, words: str) -> str:
    """Return words within the marks of a kind."""
    return f"{kind}{words}{END}"


@dataclass(slots=True)
class _Way:
    """How far a text has been taken, and what was met on the way."""

    out: list[str] = field(default_factory=list)
    length: int = 0
    line: int = 1
    place: str = ""
    doubts: list[tuple[int, int, Doubt]] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    decided: Decided = field(default_factory=dict)
    dropped: bool = False  # whether something was left out just now

    def at(self) -> str:
        line = f"line {self.line}"
        return f"{self.place}; {line} of the text" if self.place else line

    def tell(self, what: str) -> None:
        self.told.setdefault(what, []).append(self.place or f"line {self.line}")

    def put(self, words: str) -> None:
        """Add words; what was left out before them leaves no second blank."""
        if self.dropped and words:
            before = self.before()[-2:]
            if before[-1:] in (" ", "\n", ""):
                words = words.removeprefix(" ")
            if before in ("\n\n", ""):
                words = words.lstrip("\n")
        if words:
            self.out.append(words)
            self.length += len(words)
            self.line += words.count("\n")
            self.dropped = False

    def before(self) -> str:
        """Return the last characters put into the text so far."""
        return "".join(piece[-_BACK:] for piece in self.out[-3:])[-_BACK:]

    def doubt(self, what: str, words: str, text: str) -> None:
        """Put a doubtful place into the text, as decided or as it is taken at first."""
        shown = _short(words)
        self.seen[what, shown] += 1
        said = self.decided.get((what, shown, self.seen[what, shown]), text)
        text = words if said is None else said
        at, start = self.at(), self.length
        self.put(text)
        self.dropped = not text
        self.doubts.append((start, self.length, Doubt(what, at, shown, _short(text))))


def resolve(marked: str, *, decided: Decided | None = None) -> Resolved:
    """Return a marked text without its marks."""
    way = _Way(decided=decided or {})
    # A figure over a figure is a fraction.
    over = _FRACTION.sub(lambda m: f"{m[1] or ''} {m[2]}/{m[3]}".lstrip(), marked)
    pieces = iter(re.split(f"({ANY.pattern})", over))
    for piece in pieces:
        if piece == END or not piece:
            continue
        if ANY.fullmatch(piece):
            _TREAT[piece](way, _content(pieces))
        else:
            way.put(piece)
    text = "".join(way.out)
    said = tuple(_counted(what, places) for what, places in way.told.items())
    doubts = tuple(
        replace(doubt, near=_near(text, start, end)) for start, end, doubt in way.doubts
    )
    return Resolved(text, doubts, said)


def without_marks(marked: str) -> str:
    """Return words without the marks among them, the numbers of places with them."""
    return ANY.sub("", re.sub(f"{PLACE}[^{END}]*{END}", "", marked))


def _content(pieces: Iterable[str]) -> str:
    """Return what stands between a mark and its end, marks within it as they are."""
    depth, inside = 1, []
    for piece in pieces:
        if ANY.fullmatch(piece):
            depth += -1 if piece == END else 1
            if not depth:
                break
        inside.append(piece)
    return "".join(inside)


def _near(text: str, start: int, end: int) -> str:
    """Return the words on both sides of a place, on its own line."""
    before = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    after = text[end : end + _NEAR].partition("\n")[0]
    return f"{' '.join(before.split())} … {' '.join(after.split())}"


def _counted(what: str, places: list[str]) -> str:
    """Say how often something was done, and where."""
    named = list(dict.fromkeys(places))
    more = f" and {len(named) - _LISTED} more" if len(named) > _LISTED else ""
    return f"{len(places)} × {what} ({', '.join(named[:_LISTED])}{more})"


def _place(way: _Way, label: str) -> None:
    way.place = label


def _raised(way: _Way, words: str) -> None:
    """Keep a raised figure raised; behind a figure it may be a note's mark or a power.

    So is a letter that marks a note in a table, else "1.2" and its b are billions. A
    year has no power, and other words ("20th", "1er") stay as they are.
    """
    words = without_marks(words)
    if not (_TURNED.fullmatch(words) or _LETTER.fullmatch(words)):
        way.put(words)
        return
    before = way.before()
    up = words.translate(_UP)
    if before[-1:].isdigit() and not _YEAR.search(before):
        way.doubt("raised", up, up)
    else:
        way.tell("kept a figure raised")
        way.put(up)


def _lowered(way: _Way, words: str) -> None:
    words = without_marks(words)
    if _TURNED.fullmatch(words):
        way.tell("kept a figure lowered")
        words = words.translate(_DOWN)
    way.put(words)


def _noted(way: _Way, words: str) -> None:
    words = without_marks(words)
    way.tell("kept the mark of a note")
    way.put(words.translate(_UP) if words.isdecimal() else words)


def _doubted(what: str, *, kept: bool) -> Callable[[_Way, str], None]:
    """Return the treatment of what is doubted, and taken in or left out."""

    def treat(way: _Way, words: str) -> None:
        inner = resolve(words).text
        if inner.strip():
            way.doubt(what, inner, inner if kept else "")
        elif kept:
            way.put(inner)

    return treat


def _picture(way: _Way, words: str) -> None:
    words = " ".join(without_marks(words).split())
    if re.search(r"\d", words):
        way.doubt("picture", words, "")
    else:
        _left(way, f"left out a picture{f' of {words[:60]!r}' if words else ''}")


def _left(way: _Way, words: str) -> None:
    way.tell(without_marks(words))
    way.dropped = True


def _split(way: _Way, words: str) -> None:
    """A word parted by a hyphen at a line's end, of which nothing says what it is."""
    first, _, last = words.partition("-")
    last = last.lstrip()
    way.doubt("hyphen", f"{first}-{last}", f"{first}{last}")


def _layout(way: _Way, words: str) -> None:
    way.doubt("layout", without_marks(words), "")
    way.dropped = False


_TREAT: Final[dict[str, Callable[[_Way, str], None]]] = {
    PLACE: _place,
    RAISED: _raised,
    LOWERED: _lowered,
    NOTED: _noted,
    DELETED: _doubted("deleted", kept=False),
    INSERTED: _doubted("inserted", kept=True),
    MOVED: lambda way, _: _left(way, "left out words where they were moved away from"),
    STRUCK: _doubted("struck", kept=False),
    HIDDEN: _doubted("hidden", kept=False),
    EQUATION: _doubted("equation", kept=True),
    PICTURE: _picture,
    LEFT: _left,
    SPLIT: _split,
    DIGITS: _doubted("digits", kept=True),
    RUN: _doubted("run", kept=True),
    STRANGE: _doubted("strange", kept=True),
    DOUBT: _layout,
}
