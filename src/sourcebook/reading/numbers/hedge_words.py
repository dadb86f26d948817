"""The words that loosen or bound a number, and the family each belongs to.

``HEDGES`` is the whole table: family, printed words. ``hedge_before`` reads the hedge
that ends where a number begins, ``hedge_after`` the one that follows it ("50 or more").
Both refuse words that only look like a hedge: "talks *about* two issues", "a row *over*
two islands", "€2bn *over* five years".
"""

import re
from typing import Final

from sourcebook.reading.numbers.numerals import any_of
from sourcebook.reading.patterns import GAP, later

_TABLE: Final = """
exactly  | exactly ; precisely
about    | about ; around ; roughly ; some ; approximately ; approx. ; approx ; \
  circa ; ca. ; c. ; ~ ; ≈ ; an estimated ; estimated ; in the region of ; \
  in the order of ; on the order of ; of the order of ; somewhere around ; or so ; \
  -odd ; odd ; something ; barely ; scarcely ; hardly ; a mere ; mere
nearly   | nearly ; near ; almost ; virtually ; practically ; just under ; close to ; \
  just below ; slightly less than ; slightly under ; slightly below ; \
  a little less than ; a little under ; just short of ; very nearly ; not quite ; \
  shy of ; just shy of ; the best part of ; the better part of ; getting on for ; \
  nigh on ; the thick end of ; little short of ; not far off ; not far short of
over     | over ; more than ; above ; just over ; just above ; well over ; \
  well above ; slightly over ; slightly above ; slightly more than ; a little over ; \
  a little more than ; little more than ; little over ; far more than ; \
  much more than ; many more than ; upwards of ; upward of ; in excess of ; \
  older than ; taller than ; heavier than ; exceeding ; exceed ; exceeds ; exceeded ; \
  surpass ; surpasses ; surpassed ; surpassing ; topped ; topping ; north of ; \
  bigger than ; greater than ; higher than ; larger than ; longer than ; > ; + ; \
  -plus ; and over ; and above ; or more than ; or greater than
at-least | at least ; at the very least ; no fewer than ; no less than ; \
  not fewer than ; not less than ; nothing less than ; no lower than ; \
  not lower than ; a minimum of ; minimum of ; min. ; not under ; not below ; \
  or more ; or above ; or over ; or higher ; or greater ; or older ; or longer ; \
  or taller ; ≥ ; as little as ; as few as ; >= ; > = ; greater than or equal to ; \
  more than or equal to ; higher or equal than ; bigger or equal than ; \
  greater or equal than ; at least or equal to
up-to    | up to ; at most ; at the most ; no more than ; not more than ; as many as ; \
  as much as ; a maximum of ; maximum of ; max. ; not over ; not above ; \
  not exceeding ; not exceed ; not to exceed ; no higher than ; not higher than ; \
  no greater than ; no longer than ; up to about ; up to around ; up to some ; \
  up to an estimated ; or less ; or fewer ; or younger ; or shorter ; or under ; \
  or below ; ≤ ; <= ; < = ; less than or equal to ; smaller or equal than ; \
  less or equal than ; lower or equal than ; lower than or equal to ; \
  fewer than or equal to
under    | under ; less than ; fewer than ; below ; lower than ; smaller than ; \
  shorter than ; younger than ; lighter than ; well under ; well below ; \
  far less than ; far fewer than ; much less than ; <
between  | between
"""


def _rows() -> dict[str, tuple[str, ...]]:
    rows = {}
    for line in _TABLE.strip().splitlines():
        family, words = (cell.strip() for cell in line.split("|"))
        rows[family] = tuple(word.strip() for word in words.split(" ; "))
    return rows


HEDGES: Final = _rows()
FAMILY: Final = {words: name for name, row in HEDGES.items() for words in row}
_BARE: Final = frozenset({"+", "odd", "something"})
_TRAILING: Final = frozenset(
    words
    for words in FAMILY
    if words.startswith(("or ", "and ", "-")) or words in _BARE
)
_WINDOW: Final = 48


def _pattern(words: frozenset[str] | set[str]) -> str:
    return any_of(words).replace(r"\ ", GAP)


_HEDGE: Final = (
    r"(?:(?<![\w-])|(?=[<>≥≤~≈]))"
    rf"(?i:(?P<words>{_pattern(set(FAMILY) - _TRAILING - {'between'})}))"
    rf"(?:(?<=[~≈<>≥≤=.])|{GAP}(?:an?{GAP})?)"
)
_BEFORE: Final = later(f"{_HEDGE}$")
_LEADING: Final = later(_HEDGE)
# Of a round number; of others it tells what is strange.
ODD: Final = (
    rf"(?:(?<=ty)|(?<=dred)|(?<=sand)|(?<=\d0)){GAP}(?:odd|something)"
    rf"(?={GAP}[a-z]|[.,;:)]|$)"
)
_AFTER: Final = later(
    rf"(?P<words>\+(?![\w+])|-(?:odd|plus)\b|{ODD}"
    rf"|{GAP}{_pattern({each for each in FAMILY if each[:3] == 'at '})}(?=[,.;:)]|$)"
    rf"|{GAP}(?i:{_pattern(_TRAILING - {*_BARE, '-odd', '-plus'})})\b(?!-))"
    rf"(?!(?<!\d\+){GAP}(?:than|(?<!or[ ]more[ ])(?<!or[ ]less[ ])(?<!fewer[ ])\d))"
)
_TOPIC: Final = later(
    r"(?i)\b(?:talk|ask|think|know|learn|worr|complain|concern|speak|spoke|question|argu"
    r"|inform|disagree|hear|doubt|fear|anxi|story|debate|optimis|pessimis|statement"
    r"|care|read|wr[io]t|said|say|clear|bring|brought)\w{0,7} (?:also )?$"
)
_CIRCLE: Final = later(
    r"(?i)\b(?:revolv|cent(?:re|er)|built|build|gather|rall(?:y|ied)|organi|structur|focus"
    r"|turn|travel|sit|sat|walk|unit|coalesc)\w{0,7} $"
)
_QUARREL: Final = later(
    r"(?i)\b(?:disput|clash|conflict|war|concern|disagree|row|control|vot|divid|rul|debat|hand"
    r"|sovereign|fight|fought|quarrel|split|jurisdict|claim|negotiat|took|take)"
    r"\w{0,7} $"
)
# "The fare goes up to £2": to that level; a scale goes up to ten, and no further.
_RISEN: Final = later(
    r"(?i)\b(?:(?:fares?|prices?|fees?|rates?|tax|charges?|rents?|wages?|costs?|duty"
    r"|tolls?|tickets?|bills?|pensions?|debt)(?: \w+){0,2}? (?:go(?:es|ing|ne)?|went)"
    r"|(?:mov|climb|push|rais|edg|jump)(?:e?s|e?d|ing)|r[io]ses?|risen|crept|shot) $"
)
_LOOK_ALIKE: Final = {
    "about": _TOPIC, "around": _CIRCLE, "over": _QUARREL, "up to": _RISEN,
}  # fmt: skip
# "Claims over £2,000" are of more than that; claims over two islands are not.
_CLAIMS: Final = later(r"\b(?:claims|disputes|contracts|orders|rulings|awards) $")
# He served under four kings, and fewer than four served him.
_RULERS: Final = later(
    r"[a-z]{2,12} (?:[a-z]{3,12} )?(?:ministers|presidents|kings|queens|managers"
    r"|coaches|governments|mayors|popes|directors|owners|names|headings|flags|titles)\b"
)
# "Near 5 %" bounds; near two villages says where.
_AMOUNT: Final = later(
    r"[€$£¥₹₦₼]|[A-Z]{1,3}[$£]?[ ]?\d"
    r"|\d[\d.,]{0,12}[ -]?(?:%|°|[CFKkmb]\b|per ?cent|[mb]n\b|[mbt]r?illion)"
)
# "2 points more than five years ago" bounds the points by what they were.
_AGO: Final = later(r"[\w-]{1,9} [a-z]{3,9} (?:ago|earlier|before)\b")
_SO_MUCH: Final = later(r"(?:\d|\b[a-z]{3,8} points)[^.,;]{0,12} $")
# "for over 30 years" bounds the years; "€2bn over five years" spreads the money.
_BOUNDS_TIME: Final = later(
    r"(?i)(?:^|[.!?:;(\n] ?|\b(?:for|after|of|is|are|was|were|been|be|lasts?|lasted"
    r"|lasting|takes?|took|taken|spent|with|within|and|to|by|than|has|have|had|wait(?:s|ed|ing)?"
    r"|stay(?:s|ed|ing)?|served) )$"
)


def hedge_before(text: str, at: int, *, floor: int = 0, reach: bool = False) -> int:
    """Where the hedge that ends at ``at`` begins; ``at`` itself if there is none.

    ``floor`` is the end of the mention before; ``reach`` tells that a duration or a
    distance follows.
    """
    window = max(floor, at - _WINDOW)
    found = _BEFORE.search(text, window, at)
    if not found:
        return at
    words = _plain(found["words"])
    ahead = text[max(0, found.start() - 24) : found.start()]
    if words == "over" and _CLAIMS.search(ahead) and _AMOUNT.match(text, at):
        return found.start()
    if (
        (words == "near" and not _AMOUNT.match(text, at))
        or (words == "under" and _RULERS.match(text, at))
        or (words[-4:] == "than" and _AGO.match(text, at) and _SO_MUCH.search(ahead))
    ):
        return at
    return at if _only_looks_like(words, ahead, reach=reach) else found.start()


def _only_looks_like(words: str, ahead: str, *, reach: bool) -> bool:
    """Whether the words before tell of a topic, a circle, a quarrel or a duration."""
    match words:
        case "over" if reach:
            return not _BOUNDS_TIME.search(ahead)
        case "exceed" | "exceeds" | "exceeded" | "surpass" | "surpassed":
            return bool(re.search(r"(?:n[’']t|not|never|cannot) $", ahead))
        case "minimum of" | "maximum of":
            return not re.search(r"(?:^|\b(?:an?|the|at|with) |[,(] ?)$", ahead)
        case _:
            return words in _LOOK_ALIKE and bool(_LOOK_ALIKE[words].search(ahead))


def hedge_words(printed: str) -> str:
    """The hedge at the start of ``printed``, lower case; "" if there is none.

    >>> hedge_words("More  than 5%"), hedge_words("5%")
    ('more than', '')
    """
    found = _LEADING.match(printed)
    return _plain(found["words"]) if found else ""


def hedge_after(text: str, at: int) -> tuple[int, str]:
    """Where a hedge behind a number ends, and its words; ``(at, "")`` if none.

    >>> hedge_after("50 or more", 2), hedge_after("50 or 60", 2)
    ((10, 'or more'), (2, ''))
    """
    found = _AFTER.match(text, at)
    return (found.end(), _plain(found["words"])) if found else (at, "")


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
