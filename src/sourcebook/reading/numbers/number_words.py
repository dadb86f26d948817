"""The words a rule about quantities is made of, and how a text is held against them.

A word is one part, or a few in a row, and a part may be taken in several *ways*, the
preferred first. A way is an expression that fits in one way or not at all. So a rule is
followed part by part, and step by step back again, and each expression is compiled
once, when a text first asks for it, however many rules it is in: one expression for
each rule would hold the table of units, and the numerals in words, dozens of times.

In an expression a plain space is any gap that stays on its line.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from sourcebook.reading.numbers.hedge_words import ODD
from sourcebook.reading.numbers.numerals import NUMERAL, compiled
from sourcebook.reading.numbers.units import (
    CURRENCY,
    MONEY_WORD,
    SCALE_SHORT,
    SCALE_WORD,
    UNIT,
)
from sourcebook.reading.patterns import GAP

Spans = dict[str, tuple[int, int]]


class Part(NamedTuple):
    """One step through a text: its ways, and what is found there.

    The group ``it`` of a way, or all of it where there is none, is kept as ``name``;
    other groups keep their own names. The way "" takes nothing. A ``barred`` part takes
    nothing where none of its ways fits, and else does not fit.
    """

    ways: tuple[str, ...]
    name: str = ""
    barred: bool = False


# "5m" is five million, unless what follows measures; "5 m" is five metres.
_MEASURING: Final = (
    r"[ -](?:(?:high|tall|deep|long|wide)(?!-| (?:earn|pay|rank|risk|scor)[a-z]+\b)"
    r"|apart(?! from)|away(?! [a-z]+s\b)|sprint|race"
    r"|(?:above|below)(?! (?:it|that|this|target|forecast|plan|budget)s?\b)"
    r"|from (?:(?:the|its|a|an|any|each|his|her) )?(?:wall|road|door|edge|shore|coast"
    r"|sea|river|kerb|house|net|goal|line|ground|surface|bank|track|fence|gate|post|finish"
    r"|home|building|boundary|water)|of (?:water|snow|ice|rock|sand|soil|cable|pipe"
    r"|rope|fencing|elevation))\b|[²³23]"
)
_GLUED: Final = (
    rf"[kK](?<!\d{{4}}K)(?<!\d,\d{{3}}K)|[mM](?!{_MEASURING})|mn|mln|mio|mil|bn|bln|bil|mlrd|mrd|mld|mia|tn|trn|trln"
    r"|[BT](?= (?:param|token|user)\w*\b)"
)
_LETTERS: Final = (
    "mn|mln|mio|Mio|bn|bln|mlrd|mld|mrd|Mrd"
    "|tys|thsd|thous|thou|ths|tn|trn|trln|tril|bil|mia|mill"
)
# "71 straight years" last as long as 71 years.
_UNBROKEN: Final = (
    r"(?: (?:straight|consecutive|successive|long|full|whole|solid|further|additional"
    r"|extra|more|flight|flying|banking|clear|sitting|calendar|fiscal|financial"
    r"|academic|school|working|business|trading|short|good|bad|lean|hard|tough|dark|wet|dry|fat))?"
)


_OF_MILLIONS: Final = (
    rf"(?:[kKbB]|MM|[mM]|mil|[cC]r|lacs?)(?={GAP}(?:{MONEY_WORD}|people|tonnes|tons|t|barrels"
    r"|households|homes|jobs|users|customers|workers|children|passengers|visitors)(?![\w-]))"
    rf"|Md(?=€)|[kKmM](?=[€$£]|{GAP}(?:EUR|USD|GBP)\b)"
)


def _scale(*, money: bool) -> tuple[str, ...]:
    """A scale behind a numeral; after a currency sign a bare letter is one, too."""
    spaced = f"{_LETTERS}|m|mm|MM|k|b|[cC]r|[lL]acs?" if money else _LETTERS
    glued = f"{SCALE_SHORT}|Cr|t|T|mm|MM" if money else _GLUED
    return (
        rf"(?:-|{GAP})?(?P<it>{SCALE_WORD})\b(?:(?<=mlrd|hous|thsd|thou)\.(?={GAP}[€a-z]))?",
        rf"(?:-|{GAP})?(?P<it>{_LETTERS})\.(?={GAP}(?:[€a-z]|Euro|EUR|USD|CHF|TL))",
        rf"(?:-|{GAP})(?P<it>(?:{spaced})\b|{_OF_MILLIONS})",
        rf"(?P<it>{glued})(?!\w)",
        rf"{GAP}(?P<it>min)(?={GAP}(?:manat|AZN))",
        rf"-odd{GAP}(?P<it>{SCALE_WORD})\b",
        "",
    )


SCALE: Final = _scale(money=False)
MONEY_SCALE: Final = _scale(money=True)
JOIN: Final = (
    r"- (?:to|or) ",
    r" ?[–—-] ?",
    r" to (?:about |around |nearly )?",
    r" or ",
    r"-to-",
    r" to-",
    r" (?:and )?up to ",
    r" till ",
    r", (?:perhaps|maybe|possibly) ",
    r" through ",
    r" ?~ ?",
)
_UNITS: Final = {
    "percent": (
        r"(?:(?:(?:(?:wt|vol|at)\.?|mol) ?)?%"
        r"|(?i:p(?:er|our) ?cents?|pct|faiz|prozent)\b(?![ -]points?\b)"
        r"|p\.c\.|(?<=\d)pc\b)"
    ),
    "points": (
        r"(?:(?i:percentage[ -]points?|percent points|basis points?)\b"
        r"|p\.p\.|(?:(?<!\d{3}[ ])(?<!\d{3})pp|ppts?|bps?)\b)"
    ),
    "money": rf"(?:{MONEY_WORD}|(?<=\d)p)(?!\w)",
    "time": (
        r"(?i:seconds|(?:(?<=-)|(?<=\.\d[ ])|(?<=\.\d\d[ ]))second"
        r"|(?:(?<=\.\d)|(?<=\.\d\d)|(?<=\d[ ])(?<![12][90]\d0[ ])"
        r"(?<!the[ ]\d{4}[ ])(?<!the[ ][2-9]0[ ])(?=s(?:[).,;/]|$| [a-z(])))(?-i:s)"
        r"|secs?|minutes?|mins?|hours?|hrs?|h(?=\d{1,2}m(?:in)?\b)|h(?-i:(?<!H(?=-[A-Z])))|days?|nights"
        r"|weeks?|months?|mths?|quarters|years?|yrs?|decades?|century|centuries)(?:(?!\w)|(?<=\dh)(?=\d{1,2}m))"
    ),
    "unit": (
        rf"(?!(?<=\d{{3}}[ ])pp\b|(?<=\d)m(?!{_MEASURING}|\w)|(?:{_OF_MILLIONS}))"
        rf"{UNIT}(?!\w)"
    ),
}
# "4,314 degree-granting schools" are schools; "a 5 km-long tunnel" is of kilometres.
_ALONE: Final = (
    r"(?!-(?!(?:long|high|wide|deep|tall|thick|olds?|strong|plus|per|equivalent)\b)"
    r"[a-z]{3})"
)
UNIT_WAYS: Final = {
    name: (
        rf"(?:\+|-(?:odd|plus)(?=[ -])|{ODD})?{_UNBROKEN if name == 'time' else ''}"
        rf"(?:(?<=[nd]s){GAP}of(?={GAP}))?"
        rf"(?:{GAP}|-)?(?:d[’']|de{GAP})?(?P<it>{pattern})"
        rf"{_ALONE if name in ('time', 'unit') else ''}"
    )
    for name, pattern in _UNITS.items()
}
# A scale left standing would make the figure a thousand times too small.
_END: Final = (
    r"(?!(?!p(?:cm|w|a)\b|(?<=\d\.\d)[A-Z][a-z]{1,2}\b)[\w½¼¾⅓⅔]|[.,]\d|[/+:’'′]\d"
    r"|[-‑](?!odd\b|plus\b|an?-(?:year|month|week|day|night|hour|head|tonne|ton|barrel|litre|kilo|piece|share|person)\b)\w"
    rf"|[ -]{SCALE_WORD}\b)"
)
_SIGN: Final = Part((r"[-−–+]|\([-−–]\)[ ]?|(?i:minus|negative)[ -]", ""), "sign")
_SECOND_SIGN: Final = Part((r"[-−+]|(?i:minus|negative|plus) ", ""), "sign_b")
WORDS: Final[dict[str, tuple[Part, ...]]] = {
    "a": (_SIGN, Part((NUMERAL,), "a")),
    "b": (_SECOND_SIGN, Part((NUMERAL,), "b")),
    "A": (Part((NUMERAL,), "a"),),
    "B": (Part((NUMERAL,), "b"),),
    "k": (Part(SCALE, "scale"),),
    "kb": (Part(SCALE, "scale_b"),),
    "$k": (Part(MONEY_SCALE, "scale"),),
    "$kb": (Part(MONEY_SCALE, "scale_b"),),
    "cur": (
        _SIGN,
        Part((CURRENCY,), "cur"),
        Part((r"[ ]?(?P<sign_in>[-−–])(?=\d)", "[ ]", "")),
    ),
    "curb?": (Part((rf"(?P<it>{CURRENCY})[ -]?", ""), "cur_b"),),
    "to": (Part(JOIN, "to"),),
    "and": (Part((r" and (?:about |around |nearly |over )?",)),),
    "between": (
        Part((r"(?i:between) (?:about |around |roughly |approximately |some )?",)),
    ),
    "end": (Part((_END,)),),
    "clear": (Part((r"(?!\w)",)),),
    "no-unit": (Part(tuple(UNIT_WAYS.values()), barred=True),),
} | {
    key: (Part(ways, named),)
    for name, way in UNIT_WAYS.items()
    for key, ways, named in (
        (name, (way,), "unit"),
        (f"{name}-again", (way, ""), "unit_a"),
    )
}  # fmt: skip
LIGHT: Final = {
    "few": "(?i:an?|one|two|three|four|five|six|seven|eight|nine)",
    "whole": (
        "second|minute|hour|day|week|month|year|century|decade|per ?cent"
        "|percentage point|mile|inch|foot|yard|degree|(?:kilo|centi|milli)?met(?:re|er)"
        "|kilo|tonne|ton|litre|acre|hectare|gram|ounce|gallon|barrel|knot"
    ),
    "nfold": "two|three|four|five|six|seven|eight|nine|ten|hundred",
    "multiply": "(?:doubl|tripl|trebl|quadrupl|quintupl)",
    "multiplies": "(?:e|ed|ing|es(?= (?:again|every|each|if|by|the|its|their) ))",
    "ends": (
        r"(?=[,.;:)]|$| \(| (?:the|this|is|are|was|were|has|had|have|do|now|lives?|say"
        r"|stands|stood|cannot|can|will|does|did|dies?|lacks?|lost|goes|went|fails?|left"
        r"|until|since|because|when|who|which|than|[a-z]{2,12}ed)\b)"
    ),
    "size": (
        "(?:size|number|amount|rate|level|price|cost|value|volume|length|width|height"
        "|weight|area|population|average|share|sum|total|figure|capacity|budget|output"
        "|speed|distance|quantity|norm|limit)"
    ),
    "nth": r"(?i:half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?"
    r"|ninths?|tenths?|twentieths?)",
}
"""Words short enough to be written out where a rule has them."""


def parts(pattern: str) -> tuple[Part, ...]:
    """Spell a rule: its words, and what it has between them as it stands.

    >>> [part.name for part in parts("<A> in <B><end>")]
    ['a', '', 'b', '']
    """
    for word, written in LIGHT.items():
        pattern = re.sub(rf"(?<!\?P)<{word}>", written.replace("\\", r"\\"), pattern)
    found: list[Part] = []
    for number, piece in enumerate(re.split(r"(?<!\?P)<([$\w?-]+)>", pattern)):
        if number % 2:
            found += WORDS[piece]
        elif piece:
            found.append(Part((piece,)))
    return tuple(found)


class Place:
    """Where a number may stand: a text up to a limit, and what was looked up there."""

    __slots__ = ("_seen", "limit", "text")

    def __init__(self, text: str, limit: int) -> None:
        self.text = text
        self.limit = limit
        self._seen: dict[tuple[str, int], re.Match[str] | None] = {}

    def look(self, way: str, at: int) -> re.Match[str] | None:
        """Whether one way fits at an offset: rules share most of theirs."""
        key = (way, at)
        if key in self._seen:
            return self._seen[key]
        found = self._seen[key] = compiled(way).match(self.text, at, self.limit)
        return found

    def follow(
        self, steps: Sequence[Part], at: int, since: int = 0
    ) -> tuple[int, Spans] | None:
        """Where a row of parts ends that begins at ``at``, and what it holds."""
        if since == len(steps):
            return at, {}
        part = steps[since]
        look, further = self.look, since + 1
        if part.barred:
            barred = any(look(way, at) for way in part.ways)
            return None if barred else self.follow(steps, at, further)
        for way in part.ways:
            if not way:
                return self.follow(steps, at, further)
            if (match := look(way, at)) and (
                rest := self.follow(steps, match.end(), further)
            ):
                _keep(part, match, rest[1])
                return rest
        return None


def _keep(part: Part, match: re.Match[str], spans: Spans) -> None:
    """Put what a way holds among the spans, by name, as far as it was printed."""
    groups = match.re.groupindex
    if not groups:
        start, end = match.span()
        if part.name and start < end:
            spans.setdefault(part.name, (start, end))
        return
    for name in groups:
        start, end = match.span(name)
        if start < end:
            spans.setdefault(part.name if name == "it" else name, (start, end))
