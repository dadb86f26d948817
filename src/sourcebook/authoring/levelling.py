r"""What is made alike in every text that comes in, and what in it looks doubtful.

`level` mends what is certain: line ends, characters nobody sees, ligatures, letters in
two pieces, words parted at the end of a line. `suspect` marks what no rule can settle.
Both work on texts with the marks of `marked` in them. `refuse_unreadable` names a text
whose words do not stand in lines of their own.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final

from sourcebook.authoring import marked
from sourcebook.authoring.marked import mark, without_marks
from sourcebook.errors import SourcebookError
from sourcebook.reading.numbers.digit_groups import regroup

_NOTHING: Final = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")  # characters of no text
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Soft hyphen; zero width and direction marks; directions; joiners; byte order mark;
# and the tag characters, which spell hidden words.
_UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
_LIGATURES: Final = dict(
    zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)
_ACCENTS: Final = {"´": "\u0301", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303"}
_PARTED: Final = re.compile(
    r"(?<![\w-])([^\W\d_]{2,})-[ \t]*\n[ \t]*"
    r"((?!(?:and|or|to|und|oder|bis|et|ou|och|og)\b)[^\W\d_]+)(\S*)"
    r"(?:[^\S\n]+(?=\S)|(?=[^\S\n]*(?:\n|\Z)))"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-?\n)")
_PREFIXES: Final = frozenset(
    "all anti co counter cross ex extra half inter mid multi neo non over pan post pre "
    "pro quasi self semi sub super trans ultra well".split()
)
_BLANKED: Final = re.compile(
    r"(?<![\w.,'’:/+#|-])\d{1,3}(?: \d{3})+(?![\w/-]|[.,]\d)"
    # and where the point of "$1.1 billion" has been lost on the way
    r"|(?<=[$€£])\d{1,4} \d{1,2}(?= (?:[mb]|tr)illion\b)"
)
_CALLED: Final = re.compile(
    r"(?:(?i:tel|phone|fax|call|mobile|dial|box|code)\W|\+\d)[\d ()+-]*$"
)
# Without our marks: the end of one that stands before a run is no part of it.
_LONG: Final = re.compile(rf"(?:(?!{marked.ANY.pattern})\S){{1000,}}")
_ODD: Final = re.compile(
    "(?:[\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)"
    "|â€[\u0153\u2122\u2026\u0161\u017e\x9d\x80-\x9f“”˜¦œ™š]|Ã[\x80-\xbf]|Â[\xa0£§°»«]"
    "|=3D|(?:=[0-9A-F]{2}){2,})+"  # bytes of a mail as they are sent
)
_SIDE_BY_SIDE: Final = re.compile(r"[ \t]*\S.{12,}?\S(?: {3,}|\t+)\S.{12,}\S[ \t]*")
_CELLS: Final = re.compile(r" {3,}|\t+|\|")
_PRINTED: Final = 300  # characters: a longer line is no printed one
_FEWEST_LINES: Final = 4  # side by side, before columns are told from a gap
_MOST_ODD: Final = 50  # one character in so many stands for no letter
_SMALL_WORD: Final = re.compile(r"\b(?:(?!_)[^\W\dA-Z]){3,}\b")
_SAMPLE: Final = 3000  # words by which a language is told
_ENGLISH: Final = 0.65  # of them in the list: of English at least 0.8, of others 0.6
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[”\"’]?\s+|\n{2,}")
_FEWEST_WORDS: Final = 6  # blanks in a sentence, before its repetition is told
_FIRST: Final = 3  # of them are shown
_FEW: Final = 100  # lines, or words, before a text is judged by them


def without_unseen(text: str) -> tuple[str, str]:
    r"""Return a text without characters that nobody sees, and which and how many.

    They part a figure from its unit, turn the direction of what follows, or make two
    names of one.

    >>> without_unseen("12\u200b% of \u202egas\u200b")
    ('12% of gas', '2 U+200B, 1 U+202E')
    """
    found = Counter(_UNSEEN.findall(text))
    names = [f"{count} U+{ord(each):04X}" for each, count in sorted(found.items())]
    return _UNSEEN.sub("", text), ", ".join(names)


def without_nothing(text: str) -> tuple[str, list[str]]:
    """Return a file's text without the characters that are none, our marks with them.

    It is asked for the text of a file, before a mark of ours is in it.

    >>> without_nothing("12\ufdd0% of gas"), without_nothing("gas")
    (('12% of gas', ['dropped 1 noncharacter']), ('gas', []))
    """
    text, count = _NOTHING.subn("", text)
    return text, [f"dropped {count} noncharacter{'s' * (count != 1)}"] if count else []


def without_control(text: str) -> tuple[str, list[str]]:
    """Return a text without control characters, and how many they were."""
    text, count = _CONTROL.subn("", text)
    said = f"dropped {count} control character{'s' * (count != 1)}"
    return text, [said] if count else []


def level(text: str) -> tuple[str, list[str]]:
    """Return the text with one kind of line end and letter, and what was done for it.

    What is done at one place of a text and not at another is told with its line.
    """
    said = []
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        said.append("made every line end a line feed")
    text, dropped = without_control(text)
    said += dropped
    for what, pattern, new in _MENDED:
        text, told = _mended(text, what, pattern, new)
        said += told
    text, unseen = without_unseen(text)
    if unseen:
        said.append(f"dropped what cannot be seen: {unseen}")
    return text, said


def _mended(
    text: str, what: str, pattern: str, new: str | Callable[[re.Match[str]], str]
) -> tuple[str, list[str]]:
    """Replace what a pattern finds; say how often, and on which lines."""
    first = islice(re.finditer(pattern, text), _SOME)
    lines = [text.count("\n", 0, found.start()) + 1 for found in first]
    text, count = re.subn(pattern, new, text)
    if not count:
        return text, []
    named = ", ".join(map(str, dict.fromkeys(lines)))
    more = ", …" if count > len(lines) else ""
    return text, [f"{count} × {what} (line {named}{more})"]


_SOME: Final = 6
_MENDED: Final[tuple[tuple[str, str, str | Callable[[re.Match[str]], str]], ...]] = (
    ("joined a word at a soft hyphen", "\u00ad[ \t]*\n[ \t]*(?=[^\\W\\d_])", ""),
    # Where others are seen: 51 set to run back is 15.
    ("took the direction off words that it turns", "\u202e([^\u202c\n]+)\u202c?",
     lambda found: mark(marked.DOUBT, "seen from right to left: "
                        + without_unseen(without_marks(found[1]))[0]) + found[1]),
    ("read a control character as the letter that windows-1252 has in its place",
     "[\x80-\x9f]",
     lambda found: found[0].encode("latin-1").decode("windows-1252", "ignore")),
    ("wrote a soft hyphen between figures as a hyphen", "(?<=\\d)\u00ad(?=\\d)", "-"),
    ("wrote a ligature as its letters", f"[{''.join(_LIGATURES)}]",
     lambda found: _LIGATURES[found[0]]),
    ("wrote a letter of a formula as a plain one", "[\U0001d400-\U0001d7ff]+",
     lambda found: unicodedata.normalize("NFKC", found[0])),
    ("set a letter and its accent as one", r"[^\W\d_][\u0300-\u036f]+",
     lambda found: unicodedata.normalize("NFC", found[0])),
    # Printed on its own before or behind its letter, as some PDFs have it.
    ("set an accent on its letter",
     r"([´¨ˆ˜])([aeiouıAEIOU])|([aeiouAEIOUncsz])([´¨ˆ˜])(?![aeiouı])",
     lambda found: unicodedata.normalize("NFC", (found[2] or found[3]).replace("ı", "i")
                                         + _ACCENTS[found[1] or found[4]])),
    ("wrote a sign of a symbol font as a bullet",
     r"(?m)(^[ \t]*|\| )[\uf020-\uf0ff](?=[ \t])", r"\1•"),
)  # fmt: skip


@cache
def _known_words() -> frozenset[str]:
    """Return common English words: the list that TextBlob corrects spelling by."""
    listed = (files("textblob") / "en" / "en-spelling.txt").read_text(encoding="utf-8")
    return frozenset(line.split()[0] for line in listed.splitlines() if line)


def told_language(text: str) -> list[str]:
    """Say of a text whose words are not English that it is read as if they were."""
    found = islice(_SMALL_WORD.finditer(text), _SAMPLE)
    known = [word[0] in _known_words() for word in found]
    foreign = len(known) >= _FEW // 2 and sum(known) < len(known) * _ENGLISH
    return ["its words seem not to be English, and are read as if they were"] * foreign


def told_repeats(text: str) -> list[str]:
    r"""Say which sentences stand more than once: as where a page prints one large.

    >>> told_repeats("It sold five of its cranes in May.\n\n" * 2)
    ['1 × a sentence that stands more than once (It sold five of its cranes in May.)']
    """
    sentences = (" ".join(each.split()) for each in _SENTENCE_END.split(text))
    counts = Counter(each.strip('“”"‘’>* ') for each in sentences)
    found = [
        words
        for words, count in counts.items()
        if count > 1 and words.count(" ") >= _FEWEST_WORDS and "|" not in words
    ]
    some = "; ".join(words[:60] for words in found[:_FIRST])
    more = "; …" if len(found) > _FIRST else ""
    said = f"{len(found)} × a sentence that stands more than once ({some}{more})"
    return [said] if found else []


def join_parted(text: str) -> tuple[str, list[str]]:
    r"""Return a text with the words whole that a line's end parted, and what was done.

    A hyphen goes where the text, or the language, has the word without it; it stays
    where it has the two halves; else the place is marked as doubtful.

    >>> join_parted("5 mil-\nlion euros in the long-\nterm\n")[0]
    '5 million\neuros in the long-\nterm\n'
    """
    if not _PARTED.search(text):
        return text, []
    own = Counter(found[0].lower() for found in _WORD.finditer(text))
    joined = []

    def whole(found: re.Match[str]) -> str:
        first, last, rest = found.groups()
        parts, keeps = _judge(first, last, own)
        if keeps:
            return found[0]
        # What stands behind the word goes to the next line, as it did.
        after = "" if text[found.end() : found.end() + 1] in ("\n", "") else "\n"
        if parts:
            return f"{mark(marked.SPLIT, f'{first}-{last}')}{rest}{after}"
        joined.append(f"{first}{last}")
        return f"{first}{last}{rest}{after}"

    text = _PARTED.sub(whole, text)
    some = ", ".join(dict.fromkeys(joined[:_SOME]))
    more = ", …" if len(joined) > _SOME else ""
    count = len(joined)
    said = f"{count} × joined a word parted at a line's end ({some}{more})"
    return text, [said] if joined else []


def _judge(first: str, last: str, own: Counter[str]) -> tuple[bool, bool]:
    """Say of two halves of a word whether they are in doubt, and whether to be kept."""
    known = _known_words()
    joined, hyphened = f"{first}{last}".lower(), f"{first}-{last}".lower()
    if not last[0].islower() or own[hyphened] > own[joined]:
        return False, True
    if own[joined] or joined in known:
        return False, False
    halves = [half.lower() in known or own[half.lower()] > 0 for half in (first, last)]
    if all(halves) or (halves[1] and first.lower() in _PREFIXES):
        return False, True
    return True, False


def suspect(text: str) -> str:
    """Return a text with marks around what no rule can settle."""
    text = _LONG.sub(lambda found: mark(marked.RUN, found[0]), text)
    text = _ODD.sub(lambda found: mark(marked.STRANGE, found[0]), text)
    taken = {each.start for each in regroup(text)[1]}

    def doubted(found: re.Match[str]) -> str:
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        row = before.startswith("|") or _CALLED.search(before[-40:])
        sure = row or found.start() in taken
        return found[0] if sure else mark(marked.DIGITS, found[0])

    return _BLANKED.sub(doubted, text)


def mark_columns(text: str, *, name: str) -> str:
    """Return a plain text with a mark where two columns stand side by side.

    Raises `SourcebookError` where most of it is so.
    """
    lines = text.split("\n")
    beside = [
        len(line) < _PRINTED
        and len(_CELLS.split(line.strip())) == 2
        and bool(_SIDE_BY_SIDE.fullmatch(line))
        for line in lines
    ]
    full = sum(1 for line in lines if line.strip())
    if sum(beside) > max(_FEWEST_LINES * 4, full * 3 // 5):
        raise SourcebookError(
            f"{name}: {sum(beside)} of {full} lines hold two columns side by side, the "
            f"first is line {beside.index(True) + 1}",
            fix="save it with one column after the other, or add the document itself",
        )
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and beside[end]:
            end += 1
        if end - at >= _FEWEST_LINES:
            told = mark(marked.DOUBT, f"{end - at} lines of two columns")
            lines[at] = f"{told}{lines[at]}"
        at = end + 1
    return "\n".join(lines)


def refuse_unreadable(text: str, *, name: str) -> None:
    """Refuse a text whose words or letters do not stand as they are read."""
    text = without_marks(text)
    lines = [line.split() for line in text.split("\n") if line.strip()]
    alone = sum(len(line) == 1 for line in lines)
    if len(lines) >= _FEW and alone > len(lines) * 4 // 5:
        said = f"{name}: {alone:,} of {len(lines):,} lines hold one word"
        fix = "save it with whole lines, or add the document it was taken from"
        raise SourcebookError(said, fix=fix)
    words = [word for line in lines for word in line]
    spelt = sum(len(word) == 1 and word.isalpha() for word in words)
    if len(words) >= _FEW and spelt > len(words) // 2:
        said = f"{name}: {spelt:,} of {len(words):,} words are single letters"
        raise SourcebookError(said, fix="save it without blanks between the letters")
    found = [(each.start(), len(each[0])) for each in _ODD.finditer(text)]
    odd = sum(length for _, length in found)
    if odd > max(_FEW // 5, len(text) // _MOST_ODD):
        line = text.count("\n", 0, found[0][0]) + 1
        raise SourcebookError(
            f"{name}: {odd:,} of {len(text):,} characters stand for no letter, the "
            f"first on line {line}",
            fix="save it with its letters, as UTF-8, or have them recognised (OCR)",
        )
