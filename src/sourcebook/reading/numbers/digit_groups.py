"""How a text groups digits and writes decimals, told before its numbers are read.

``regroup`` gives the text back with every numeral in one form, commas for thousands and
a point for decimals, and each character in its place: ``12 450`` becomes ``12,450`` and
``1.234,5`` becomes ``1,234.5``. What no look at the figure alone can tell (``12,5`` by
itself, ``1.250``) goes by the text's own habit, and stays as it is where it has none.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from sourcebook.reading.numbers.numerals import NUMERAL, POWER, compiled, numeral
from sourcebook.reading.numbers.units import MONEY_WORD, SCALE_WORD, UNIT, scale_of
from sourcebook.reading.patterns import later

_FREE: Final = r"(?<![\w.,'’:/+#-])"
_DONE: Final = r"(?!\w|[.,'’]\d|[-/]\d)"
FIRM: Final = "\u00a0\u2007\u2009\u202f"  # blanks that may stand within a number
_MEASURED: Final = (
    r"(?=-?fold\b|[ \u00a0\u202f]?(?:%|°|€|(?:per ?cents?|[Pp]rozent|faiz|pour cent)\b"
    rf"|(?:{SCALE_WORD}|bn|mn|m[il][no]|Mio|bln|ml?rd|mld|[Mm]rd|thous|thsd|ths|crore|lakh"
    r"|kg|g|mg|t|tonnes?|tons?|[ckm]?m[²³23]?|ha|hectares?|l|lit(?:re|er)s?|[kMGT]Wh?|[kMG]t|MT|hl"
    r"|years?|hours?|times|points?|(?:kilo)?met(?:re|er)s?|bcm|mcm|sq\.? ?k?m|barrels?"
    r"|kope[ck]k?s?|[gq][ae]pi[kq]s?|cents?|tetri)(?!\w)|(?:[kM]|Md)[€$£]"
    rf"|{MONEY_WORD}(?!\w)))"
)
# Of a run of digits parted by plain blanks, what stands around it tells one number from
# the cells of a row: a word of prose behind it, or one before it and a stop behind.
_ROW: Final = later(r"\d[ \u00a0]$")
_NUMBERED: Final = later(
    r"(?i:\b(?:pages?|pp?\.|chapters?|figures?|fig\.|tables?|articles?|nos?\.|rooms?|phase"
    r"|sections?|annex|step|tel|phone|telephone|fax|call|dial|mobile|box|code|cedex)"
    r"[.:]? |\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\w{0,6}\.? )$"
)
_PROSE_NEXT: Final = later(
    r" {0,5}(?:[kM]?[%€£$¥₹₼₽₺₴₸₾₪]|[a-zA-Z][\w-]*[a-z]|[A-Za-z][À-ɏ]\b|F?[A-Z]{2,3}\b"
    r"|[a-z]{1,3}[²³]?(?!\w))|\+ [a-z]"
)
_STOP_NEXT: Final = later(r"[.;:,)](?!\d)| \(")
_PROSE_BEFORE: Final = later(r"(?:[a-z]{2,}:? |\(\d{4}: |[€$£(] ?|\b[A-Z]{3} )$")
_MONEY_BEFORE: Final = later(r"(?:[€$£¥₦₹\U0001fffe-\U0003ffff] ?|\b[A-Z]{3} )$")
_CELL_ENDS: Final = later(r" \||\t|\n|\Z")
_SWAP: Final = str.maketrans(",.", ".,")
_NEAR: Final = 16
_LONGEST: Final = len("999 999 999 999")


class Grouped(NamedTuple):
    """A numeral brought into the one form, and what that rests on ("" if on itself)."""

    start: int
    end: int
    written: str
    why: str


_BLANKED: Final = later(
    rf"{_FREE}\d{{1,3}}(?:[ {FIRM}]\d{{3}}){{1,5}}(?:[.,]\d{{1,2}}(?!\d))?{_DONE}"
)
# "Rs 10,000/-", "Sh500/=" and "8,- €" have no cents.
_NO_CENTS: Final = later(r"(?<=\d)(?:,[-–]{1,2}|/[-=])(?![\w/-])")
# Accounts write a loss in brackets: "$(23.4) million".
_LOSS: Final = later(
    r"(?:(?<=[€$£¥₹])|(?<=\b[A-Z]{3} ))\(\d[\d,.]{0,15}\)"
    r"|(?:(?<=\bat )|(?<=\bof )|(?<=\bwas )|(?<=\bwere ))"
    r"\([€$£¥₹]\d[\d,.]{0,15}(?: ?(?:k|m|bn|million|billion))?\)"
)
# "£m 2,233.4" and "EUR million 12", as accounts print it.
_SIZE_FIRST: Final = later(
    r"(?:(?<!\w)|(?<=[A-Z]))([€$£¥₹]|\b(?:EUR|USD|GBP|CHF|SEK) )(m|mn|bn|million)"
    r"( ?)(\d[\d,]{0,12}(?:\.\d{1,3})?)(?![\w%]|[.,]\d)"
)
# "2 × 10⁷", and where its power has come down "2 × 10−9", "10−5 mbar", "1.5 × 1019".
_POWER: Final = later(
    rf"{_FREE}(?:(?:(?P<a>\d{{1,3}}(?:\.\d{{1,4}})?) ?[x×·] ?)?10"
    r"(?P<n>\^[-−–]?\d{1,2}|⁻?[¹²³⁰⁴-⁹]{1,2}|(?:(?<=[x×·]10)|(?<=[x×·] 10))−\d{1,2}"
    r"|−\d{1,2}(?= (?:m?bar|[kM]?Pa|[Tt]orr|[mµμn]?[MTWVAglm]|cm|km?|mol|s)\b))"
    r"|(?P<b>[1-9]\.\d{1,4}) ?× ?10(?P<low>[1-9]\d?))(?!\w|[.,]\d)"
)
# "12.3 km s−1", "0.18 g CO2 m−2 h−1", "1354 cm−1": what is counted per.
_INVERSE: Final = later(
    r"(?<=\d)(?P<unit> ?[µμ]?[a-zA-Z°]{1,5}[²³23]?(?: C?[A-Z][a-zO]?[2-4]?)?)?"
    r"(?P<per>(?:[ ·](?:s|h|hr|min|d|day|wk|yr|a|[cmk]?m|ha|k?g|mg|[mL]?l|m?L|mol|K|Pa)"
    r"(?:(?:[⁻−]|(?(unit)[–-]|(?!))) ?[1-3]|⁻[¹²³])(?!\w|[.,]\d))+)"
)
_UP: Final = str.maketrans("⁻¹²³⁰⁴⁵⁶⁷⁸⁹−–", "-1230456789--", "^")
_TICKED: Final = later(
    rf"{_FREE}\d{{1,3}}(?:['’]\d{{3}}){{1,5}}(?:\.\d{{1,2}}(?!\d))?{_DONE}"
)
_POINTED: Final = later(
    rf"{_FREE}(?:\d{{1,3}}(?:\.\d{{3}}){{1,5}},\d{{1,9}}|\d{{1,3}}(?:\.\d{{3}}){{2,5}}){_DONE}"
)
# "250.000,- Euro": the rest that has no cents is blanked by itself.
_WHOLE: Final = later(rf"{_FREE}\d{{1,3}}(?:\.\d{{3}}){{1,5}}(?=,[-–](?![\w-]))")
# "62·3%", as some journals print decimals, and "%4,5", as Turkish prints shares.
_MIDDLE: Final = later(r"(?<![\w.,·])\d{1,4}·\d{1,4}(?![\w·^⁰¹²³⁴-⁹⁻]|[.,]\d)")
_SHARE_FIRST: Final = later(r"(?<![\w%&+/])%\d{1,3}(?:[.,]\d{1,2})?(?![\w%]|[.,]\d)")
_COMMA: Final = later(
    rf"(?:{_FREE}|(?<=\d[-–])|(?<=[\s(|][-−–+]))(?:\d{{1,15}},\d{{1,2}}(?:{_MEASURED}"
    rf"|(?=(?: ?[-–] ?| (?:to|or|up to|till) )\d{{1,15}}(?:,\d{{1,2}})?{_MEASURED}))"
    r"|(?:0,\d{1,9}"
    r"|(?:(?<=[€£])|(?<=(?:EUR|USD|CHF|PLN|CZK|SEK|NOK|DKK|RON|BGN) ))"
    rf"\d{{1,6}},\d{{1,2}}){_DONE})"
)
_IN_CELL: Final = later(r"(?<=\| )[-−–+]?\d{1,4},\d{1,2}(?= \|)")
# Nobody counts these by thousandths.
_POINT_OF_COUNT: Final = later(
    rf"{_FREE}(?:\d{{2,3}}\.\d{{3}}|\d\.\d\d0)(?:(?= (?:people|persons?|inhabitants"
    rf"|residents|citizens"
    r"|men|women|children|soldiers|troops|families|households|homes|houses|refugees"
    r"|students|pupils|teachers|workers|employees|jobs|members|visitors|tourists"
    r"|passengers|protesters|demonstrators|victims|vehicles|cars|trucks|farms|schools|farmers|pensioners|voters|patients|migrants|animals|sheep|cattle|cows)\b"
    r"(?! (?:per|in each)\b))"
    r"|(?<=\d\.000)(?= [a-z]{3,20}s\b))"
)
_COMMA_OF_TEXT: Final = later(rf"{_FREE}\d{{1,15}},\d{{1,9}}{_DONE}")
_POINT_OF_TEXT: Final = later(rf"{_FREE}[1-9]\d{{0,2}}\.\d{{3}}{_DONE}")
_ONE_COMMA: Final = later(rf"{_FREE}[1-9]\d{{0,2}},\d{{3}}{_MEASURED}")
_POINT_DECIMALS: Final = later(r"\d\.\d{1,2}(?![\d.])")
EITHER_COMMA: Final = "doubtful: a comma before decimals, or one that parts thousands"
_ENGLISH: Final = later(
    rf"{_FREE}(?:\d{{1,3}}(?:,\d{{3}}){{1,5}}{_DONE}|\d{{1,15}}\.\d{{1,2}}{_MEASURED}|0\.\d{{1,9}}{_DONE})"
)


@lru_cache(maxsize=8)  # a text is asked for its numbers again and again
def regroup(text: str) -> tuple[str, tuple[Grouped, ...]]:
    """The text with its numerals in one form, and those that were in another.

    >>> regroup("some 12 450 people, 0,8 kg each")[0]
    'some 12,450 people, 0.8 kg each'
    """
    found = {each.start: each for each in _certain(text)}
    if _has_commas(text, found.values()):
        for each in _mixed(text) if _ENGLISH.search(text) else _habitual(text):
            found.setdefault(each.start, each)
    pieces, at = [], 0
    ordered = sorted(found.values())
    for each in ordered:
        if each.start < at:
            continue  # a part of the one before: of "56 512,3", the last figures
        pieces += [text[at : each.start], each.written]
        at = each.end
    return "".join([*pieces, text[at:]]), tuple(ordered)


def _certain(text: str) -> Iterator[Grouped]:
    """The numerals that say how they group, by themselves or by what is beside."""
    rewrites: tuple[tuple[re.Pattern[str], Callable[[str], str], str], ...] = (
        (_NO_CENTS, lambda printed: " " * len(printed), ""),
        (_LOSS, lambda printed: f"-{printed[1:-1]} ", ""),
        (_SIZE_FIRST, lambda printed: _SIZE_FIRST.sub(r"\1\4\3\2", printed), ""),
        (_TICKED, lambda printed: re.sub("['’]", ",", printed), ""),
        (_WHOLE, lambda printed: printed.replace(".", ","), ""),
        (_POINTED, lambda printed: printed.translate(_SWAP), ""),
        (_MIDDLE, lambda printed: printed.replace("·", "."), ""),
        (_SHARE_FIRST, lambda printed: f"{printed[1:].replace(',', '.')}%", ""),
        (_COMMA, lambda printed: printed.replace(",", "."), ""),
        (_POINT_OF_COUNT, lambda printed: printed.replace(".", ","),
         "a point taken to part thousands, by what is counted"),
        (_IN_CELL, lambda printed: printed.replace(",", "."),
         "a comma before so few digits taken for that of decimals"),
    )  # fmt: skip
    for pattern, rewrite, why in rewrites:
        for match in pattern.finditer(text):
            yield Grouped(*match.span(), rewrite(match[0]), why)
    for match in _POWER.finditer(text):
        power = (match["low"] or match["n"]).translate(_UP)
        written = f"{match['a'] or match['b'] or 1}{POWER}{power}"
        why = "doubtful: a power of ten that has come down, or a figure"
        yield Grouped(
            *match.span(), written.zfill(len(match[0])), why * bool(match["low"])
        )
    for match in _INVERSE.finditer(text):
        units = re.findall(r"([^\W\d_]+)[^\w]+([23²³]?)", match["per"])
        names = ("yr" if unit == "a" else unit + power for unit, power in units)
        per = "/" + "-".join(names)
        size = len(match["per"])
        written = per.rjust(min(size, len(per) + 4)).ljust(size)
        yield Grouped(*match.span("per"), written, "")
    for match in _BLANKED.finditer(text):
        plain = " " in match[0]
        if not plain or _is_one(text, *match.span()):
            written = re.sub(f"[ {FIRM}]", ",", match[0].replace(",", "."))
            why = "digits parted by blanks taken for one number" if plain else ""
            yield Grouped(*match.span(), written, why)


def _is_one(text: str, start: int, end: int) -> bool:
    """Whether digits parted by plain blanks are one number, by what is beside them."""
    before = text[max(0, start - _NEAR) : start]
    if before.endswith(("| ", "\t")) and _CELL_ENDS.match(text, end):
        return True  # all that a cell holds
    if _ROW.search(before) or _NUMBERED.search(before):
        return False
    if _MONEY_BEFORE.search(before):
        return True
    if end - start > _LONGEST:
        return False  # nobody counts as far: they are the cells of a row
    if _PROSE_NEXT.match(text, end):
        return True
    return bool(_PROSE_BEFORE.search(before) and _STOP_NEXT.match(text, end))


_AGAIN: Final = later(r"(?<=[\da-z%]) \(([\da-z][\da-z., -]{0,80})\)")
_FIGURES: Final = later(
    rf"(?<![\w.,])(?P<it>\d[\d,.]{{0,20}}(?: {SCALE_WORD})?)(?: ?%| [a-z]{{3,9}})?$"
)
_SPELT: Final = later(r"(?:[a-zA-Z]+[ -]){0,7}[a-zA-Z]+$")
_SCALED: Final = rf"({NUMERAL})(?: ({SCALE_WORD}))?(?:(?<=[a-z]) {UNIT})?"


def said_twice(text: str) -> tuple[tuple[int, int], ...]:
    """Where a text says a number again in brackets, in words or in figures.

    >>> [slice(*span) for span in said_twice("12 (twelve) tonnes of 30 (20) kinds")]
    [slice(2, 11, None)]
    """
    return tuple(
        match.span()
        for match in _AGAIN.finditer(text)
        if (value := _value(match[1])) is not None
        and value in _before(text[max(0, match.start() - 80) : match.start()])
    )


def _before(words: str) -> Iterator[Decimal | None]:
    """Yield what the figures, or the words, that end some words may amount to."""
    if figures := _FIGURES.search(words):
        yield _value(figures["it"])
    elif spelt := _SPELT.search(words):
        first = [0, *(blank.end() for blank in re.finditer("[ -]", spelt[0]))]
        yield from (_value(spelt[0][at:]) for at in first)


@lru_cache(maxsize=1024)
def _value(words: str) -> Decimal | None:
    found = compiled(_SCALED).fullmatch(words.lower())
    if not found:
        return None
    return numeral(found[1]).value * (scale_of(found[2]) if found[2] else 1)


def _has_commas(text: str, found: Iterable[Grouped]) -> bool:
    """Whether a text has the decimal comma, or what goes with it: "%5", 1.250.000."""
    return any(
        ("." in each.written and "," in text[each.start : each.end])
        or text[each.start] == "%"
        or text.count(".", each.start, each.end) > 1
        for each in found
    )


def _mixed(text: str) -> Iterator[Grouped]:
    """Yield what has two readings where commas part decimals, and thousands, too."""
    if not _POINT_DECIMALS.search(text):
        for match in _ONE_COMMA.finditer(text):
            yield Grouped(*match.span(), match[0], EITHER_COMMA)


def _habitual(text: str) -> Iterator[Grouped]:
    why = "decimals and thousands as the text writes others"
    for pattern in (_COMMA_OF_TEXT, _POINT_OF_TEXT):
        for match in pattern.finditer(text):
            yield Grouped(*match.span(), match[0].translate(_SWAP), why)
