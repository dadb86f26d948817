"""Figures that number what stands before them: *at berth 7*, *from pits 3 and 14*.

Whether a figure counts is known only once it is read, with the unit and noun behind it:
what is left bare behind a bare noun is a name. Nothing is named by what is measured
("of size 3"), nor by what says how, when or how much ("in return 3", "by noon 3").
Digits that a pattern tells for labels before anything is read are in `number_labels`.
"""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

from sourcebook.reading.certainty import READ
from sourcebook.reading.numbers.counted_nouns import FUNCTION, is_plural
from sourcebook.reading.numbers.number_mention import NumberMention
from sourcebook.reading.patterns import later

_RULE: Final = "numbered"
_BEFORE: Final = 24
_BARE: Final = re.compile(r"(\d{1,3})( [a-z]{3,12}s)?")
_OBJECT: Final = later(r" (?:\d|(?:an?|the|its|their|no|one|two|three|four)\b)")
_NO_NAME: Final = FUNCTION | frozenset(
    """least most best worst first last total full turn return addition contrast
    comparison response fact particular part average balance paper top noon midnight
    night dawn dusk present home default birth instance example course age length height
    width depth size speed weight value rank diameter magnitude intensity score scale
    mean median order price cost rate power capacity probability strength temperature
    altitude latitude longitude distance another exactly precisely mere barely well more
    less fewer minus plus number winter summer spring autumn public private office court
    place practice theory time strong next past other late early nought degree level
    volume today tonight overnight elsewhere meanwhile perhaps maybe altogether
    nationwide worldwide thereafter eventually soon""".split()
)
_IS: Final = r" (?:is|was|has|had|holds|held|contains|shows|showed|gave)\b"
_DOES: Final = (
    r" (?:[a-z]{2,12}ed|can|will|may|must|did|went|fell|rose|runs|ran|broke|came|took"
    r"|sank|stood)\b"
)
# A word with what stands before it, and what must stand behind its figure.
_NAMED: Final = (
    # "at berth 7"; of plurals, and "from pits 3", another figure must follow
    (later(r"\b(?i:in|of|from|at|for|by|under|on|near|into|via|through|than|with)[ ]"
           r"(?![a-z]+(?:ed|ing|ly)\b)(?P<word>[a-z]{3,15})[ ]\Z"), later("")),
    # "; layer 4 is of clay"
    (later(r"(?:[,;:]|\band)[ ](?P<word>[a-zA-Z][a-z]{2,14})[ ]\Z"), later(f",?{_IS}")),
    # "in Period 7;"
    (later(r"\b(?:in|into|of|from|at|for|by|under|on)[ ]"
           r"(?P<word>[A-Z][A-Za-z]{1,14})[ ]\Z"),
     later(rf"[.;)](?!\d)|{_IS}| \([A-Z]")),
    # "Compound 5 melted", "OAE 2 is recorded", "Bridge 17 carries 3 lanes"
    (later(r"(?:(?:^|[.!?][ ])(?![A-Z][a-z]+(?:ed|ing|ly|s)\b)|\b(?=[A-Z]{2,5}[ ]))"
           r"(?P<word>[A-Z][A-Za-z]{1,14})[ ]\Z"), later(f"{_IS}|{_DOES}")),
)  # fmt: skip
_MORE: Final = later(r"(?:,? (?:and|or) |, | ?[–-] ?)\d")  # "pits 3 and 14"
_NOTE: Final = later(r"(?m)^[ \t]{0,8}(\d{1,3})(?= [A-Z‘“(])")
_NEXT: Final = later(r",? (?:and|or) |, |[–-]")


def with_labels(text: str, mentions: list[NumberMention]) -> list[NumberMention]:
    """Return the numbers of a text, those that number a thing as labels."""
    told: list[NumberMention] = []
    notes = _notes(text)
    for mention in mentions:
        bare = _BARE.fullmatch(mention.text) and not (mention.unit or mention.per)
        names = (bare and not mention.of) and (
            _goes_on(text, told, mention) or _numbers(text, mention)
        )
        told.append(_as_label(mention) if names or mention.start in notes else mention)
    return told


def _notes(text: str) -> set[int]:
    """Where figures begin a line, and the next line that begins with one counts on."""
    found = [(note.start(1), int(note[1])) for note in _NOTE.finditer(text)]
    return {at for a, b in pairwise(found) if b[1] == a[1] + 1 for at, _ in (a, b)}


def _as_label(mention: NumberMention) -> NumberMention:
    """The figure alone as a label, of which nothing is in doubt."""
    figure, *_ = mention.text.split(" ")
    told = replace(mention, end=mention.start + len(figure), text=figure, noun="")
    return replace(told, role="label", rule=_RULE, ground=READ)


def _goes_on(text: str, told: list[NumberMention], mention: NumberMention) -> bool:
    """Whether the figure before, in the same list, numbers a thing."""
    if not told or told[-1].rule != _RULE or mention.noun:
        return False
    return _NEXT.fullmatch(text, told[-1].end, mention.start) is not None


def _numbers(text: str, mention: NumberMention) -> bool:
    """Whether the word before a bare figure is named by it."""
    around = text, max(0, mention.start - _BEFORE), mention.start
    tried = ((named.search(*around), behind) for named, behind in _NAMED)
    found, behind = next((each for each in tried if each[0]), (None, _MORE))
    if not found or found["word"].lower() in _NO_NAME:
        return False
    if mention.noun:  # which is a verb, where something follows that it acts on
        opens = behind is _NAMED[-1][1]
        return opens and _OBJECT.match(text, mention.end) is not None
    if behind is _NAMED[0][1] and is_plural(found["word"]):
        behind = _MORE
    return behind.match(text, mention.end) is not None
