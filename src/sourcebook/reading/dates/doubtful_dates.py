"""Doubtful dates: a year or a count, a month or a verb, an event or a reference.

Four digits between 1500 and 2099 are a year unless something beside them says that
they count, measure, cost or number something. A round one (1800, 2000) has to earn it:
it is a year only after a word of time. *May* and *March* alone are months only after a
word of time or as the name of an event's month ("the March summit"); other months
stand by themselves. Nothing here looks further than a few words either way.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Final

from sourcebook.reading.patterns import later

_REACH: Final = 60
_CITATION_REACH: Final = 400

_UNITS: Final = (
    "million|billion|trillion|thousand|hundred|bn|mn|m|km|kilometres?|kilometers?|miles?|metres?|meters?|cm|mm|hectares?|ha|tonnes?|tons?|kg|kilograms?|grams?|litres?|barrels?|bcm|mcm|MW|GW|kW|MWh|GWh|kWh"
    "|euros?|dollars?|pounds?|manats?|roubles?|rubles?|cents?|EUR|USD|GBP|AZN"
    "|per cent"
    "|percent|percentage|degrees?|hours|hrs|GMT|CET|UTC|pages?|words?|times|days?|weeks?|months?|years?"
)
_COUNTED: Final = (
    "people|persons?|individuals|soldiers?|troops?|personnel|servicemen|servicewomen|fighters?|peacekeepers?|officers?|officials?|men|women|children|families|households?|residents?|inhabitants?|citizens?|voters?|votes?|members?|employees?"
    "|workers?|staff|students?|pupils?|teachers?|doctors?|refugees?|migrants?|IDPs|prisoners?|detainees?|protesters?|demonstrators?|journalists?|activists?|delegates?|participants?|visitors?|tourists?|respondents?|interviewees|companies|firms"
    "|villages|towns|settlements|houses|homes|schools|hospitals|vehicles|tanks|trucks|cars|aircraft|drones|missiles|rockets|shells|mines|units|carriers|weapons|deaths|casualties|victims|wounded|killed|injured|lives|cases|police|jobs|passengers"
    "|observers?|monitors|civilians?|veterans?|copies|items|pieces|signatures"
)
_KINDS: Final = (
    "military|armed|civilian|new|young|additional|foreign|local|political|ethnic|more"
    "|displaced|dead|other|small|large|[A-Z][a-z]+(?:ian|ish|ese|an|ch|i)s?"
)
_UNIT_NEXT: Final = later(
    rf"(?:[ ]s(?=[).,;/]|$)|[ -]?(?:[%°€$£]|(?:{_UNITS})\b(?![’'])))"
)
_COUNTED_NEXT: Final = later(
    rf" (?:(?:{_KINDS}) ){{0,2}}(?:{_COUNTED})\b| of (?:them|whom|these|those)\b"
)
# "In the 2019 year" is a year, "a 1990-year wait" and "2000 years ago" are not.
_NAMED_YEAR: Final = later(
    r"\b(?:in|since|from|by|till|until|to|of|for|during|the)(?: the)? (?:19|20)(?!00)"
    r"\d\d[ -]year\b(?!-)"
    r"|\b(?:19|20)\d\d(?: ?[–-] ?| (?:to|till|until) )(?:19|20)\d\d years\b",
    re.IGNORECASE,
)
_CODE_NEXT: Final = later(
    r"[/–-]\d|/[A-Z]|[–-][A-Z]{2,4}[–-]\d|-(?:strong|year|mile|metre|meter|page|man|seat|odd)\b"
)
_VERBS_IN_S: Final = (
    "was is has does saw this its as thus always sees marks brings remains begins ends "
    "starts becomes shows means promises looks seems besides plus versus across towards"
)
_PLURAL_NEXT: Final = later(
    rf" (?:[a-z-]+ )?(?!(?:{'|'.join(_VERBS_IN_S.split())})\b)[a-z]{{3,}}s\b"
)

_AMOUNT_BEFORE: Final = later(
    r"""(?:(?i:\b(?:counter|count|views|hits|visitors|id|code|pin|total)[ ]?:[ ]?)
        |\b(?:[Nn]os?|pp?|[Aa]rt|[Ff]ig|[Vv]ol|[Cc]h|[Ss]ec)\.[ ]?|[№#§][ ]?
        |\b(?:Resolutions?|Articles?|Figures?|Tables?|Decisions?|Decrees?|Directives?
            |Regulations?|Protocols?|Case|Flight|Room|Number|ISO|Boeing|Airbus|Order
            |[Pp]ages?|[Pp]aragraphs?|Law|resolutions?|decisions?|directives?
            )(?:[ ]No\.?)?(?:[ ]\([A-Z]+\))?[ ]
        |\b[Rr]esolutions?(?:[ ]\d{1,4}(?:[ ]\(\d{4}\))?,?(?:[ ]and)?){1,6}[ ]
        |\b(?:UNSCRs?|UNSC|SCR)[ ]
        |\b[A-Z]{3,}\(|:[A-Z][A-Za-z]{0,7}:|[€$£¥][ ]?|\b(?:EUR|USD|GBP|AZN|RUB|CHF)[ ]?
        |(?i:\b(?:(?:more|fewer|less|greater|larger)[ ]than|at[ ]least|nearly|almost
            |an[ ]estimated|a[ ]total[ ]of|only|some|another|totall?(?:ed|ing)
            |number(?:ed|ing)|employ(?:s|ed|ing)|exceed(?:s|ed|ing)|kill(?:ed|ing)
            |worth|cost(?:s|ing)?|sent|out[ ]of|as[ ]many[ ]as
            |an[ ]average[ ]of|average[ds]?|priced?[ ]at|sold|some)[ ])
        |[\w][./_+]|\d[–-]|\b(?!(?:pre|post|mid|end|late|early)-)\w[\w.]*-)\Z""",
    re.VERBOSE,
)
_TIME: Final = (
    "in|since|until|till|by|before|after|during|from|of|between|to|through|throughout|circa|for|and|early|late|mid|beyond|post|pre|around|year|years|the|end|spring|summer|autumn|fall|winter|January|February|March|April|May"
    "|June|July|August|September|October|November|December"
)
_TIME_BEFORE: Final = later(
    rf"(?:\b(?:{_TIME}|\d{{4}},?)[ -]|\(|\([^()]{{1,80}}\D )\Z", re.IGNORECASE
)
_PLAIN_WORD_BEFORE: Final = later(
    rf"(?<![’'])\b(?!(?:{_TIME}|or|on|with|compared|against|following|despite|over|under|below|above|upon|at"
    r"|this|that|budget|programme|strategy|report|census|survey|forum|an?|its|their|his|her|our|into|about|than|but|when|while|whereas|where"
    r"|as|to)\b)[a-z]+ \Z"
)
_STREET_NEXT: Final = later(
    r" (?:[A-Z][\w’'-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Way)\b"
)
_IN_BEFORE: Final = later(
    r"\b(?:in|since|until|during)(?: early| late| mid)?[ -]\Z", re.IGNORECASE
)
_COUNTING_BEFORE: Final = later(r"\d to \Z|\b(?:of|for|and|with) \Z", re.IGNORECASE)
# "$5 in 2023 dollars" is money of a year.
_PRICES_OF: Final = later(r"\b(?:[Ii]n|constant|at(?: constant)?) \Z")
_PRICES: Final = later(r" (?:US )?(?:dollars|euros|pounds|rupees|prices|terms)\b")
_TABLE: Final = 800  # characters of it above and below that are looked at
_FIGURE: Final = re.compile(
    r" [(+–-]?(?!(?:(?:1[5-9]|20)\d\d|000)[) ])\d[\d., ]*[%)]? "
)
_YEAR_CELL: Final = re.compile(r" (?:1[5-9]|20)\d\d ")
_TIMED: Final = re.compile(
    r"(?i)year|date|since|found|establ|open|built|born|died|until"
)


def is_year(text: str, start: int, end: int) -> bool:
    """Tell whether the four digits at start..end name a year."""
    if is_of_figures(text, start, end):
        return False
    if _is_named(text, end):
        return True
    before = text[max(0, start - _REACH) : start]
    return _is_year(before, text[start:end], text[end : end + _REACH])


def is_of_figures(text: str, start: int, end: int) -> bool:
    r"""Tell whether four digits fill a cell of a table, under figures and beside them.

    What heads its rows or its columns, and what stands among years, is a year.

    >>> rows = "| Acton | 1667 | 12 |\n| Beeton | 670 | 14 |"
    >>> is_of_figures(rows, 10, 14), is_of_figures(rows.replace("670", "1670"), 10, 14)
    (True, False)
    """
    if text[max(0, start - 2) : start] != "| " or text[end : end + 2] != " |":
        return False
    above = text[max(0, start - _TABLE) : start].split("\n")
    below = text[end : end + _TABLE].split("\n")
    left = above.pop()
    own = f"{left}{text[start:end]}{below.pop(0)}".split("|")
    column = left.count("|")
    over, under = (
        [row[column] for row in _rows(lines) if len(row) > column]
        for lines in (reversed(above), below)
    )
    if column == 1 or any(map(_TIMED.search, (own[1], *over))):
        return False
    others = own[2:column] + own[column + 1 :]
    beside = any(map(_FIGURE.fullmatch, others))
    if not beside and any(map(_YEAR_CELL.fullmatch, others)):
        return False  # a head within the table
    return any(map(_FIGURE.fullmatch, over)) or (
        beside and any(map(_FIGURE.fullmatch, under))
    )


def _rows(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the cells of a table's lines, up to the first line that is none."""
    for line in takewhile(lambda line: line[:1] + line[-1:] == "||", lines):
        yield line.split("|")


@lru_cache(maxsize=1024)  # tables repeat themselves
def _is_year(before: str, digits: str, after: str) -> bool:
    if _AMOUNT_BEFORE.search(before):
        return False
    if _PRICES.match(after) and _PRICES_OF.search(before):
        return True
    if _UNIT_NEXT.match(after) or _CODE_NEXT.match(after):
        return False
    is_round = int(digits) % 100 == 0
    if _IN_BEFORE.search(before) and not is_round:
        return True
    if _COUNTED_NEXT.match(after):
        return False
    if _STREET_NEXT.match(after) and not before.endswith(("the ", "The ")):
        return False
    if is_round:
        counts = _COUNTING_BEFORE.search(before) and _PLURAL_NEXT.match(after)
        return bool(_TIME_BEFORE.search(before)) and not counts
    return not (_PLAIN_WORD_BEFORE.search(before) and _PLURAL_NEXT.match(after))


def is_span(text: str, start: int, end: int) -> bool:
    """Tell whether a printed range of four-digit numbers is one of years."""
    before = text[max(0, start - _REACH) : start]
    return not (_AMOUNT_BEFORE.search(before) or is_counted(text, end))


def _is_named(text: str, end: int) -> bool:
    """Tell whether "year" behind four digits makes them one, as translations do."""
    found = _NAMED_YEAR.search(text, max(0, end - len("2018 until 2019")), end + 6)
    return found is not None and found.start() < end < found.end()


def is_counted(text: str, end: int) -> bool:
    """Tell whether what follows a number says that it counts or measures something."""
    if _is_named(text, end):
        return False
    after = text[end : end + _REACH]
    return bool(_UNIT_NEXT.match(after) or _COUNTED_NEXT.match(after))


_MONTH_BEFORE: Final = later(
    r"\b(?:in|into|since|until|till|by|before|after|during|from|throughout|between|of|every"
    r"|each|early|late|mid|and|to|for|or|following|preceding|previous|that|next)[ -]$",
    re.IGNORECASE,
)
_ITS_MONTH_BEFORE: Final = later(
    r"(?:\b(?:the|this|a|its|their)|[’']s?) $", re.IGNORECASE
)
_EVENT_NEXT: Final = later(
    r" (?!(?:on|of|for|through|to|in|from|towards?|by|against|was|is|has|will)\b)[a-z]"
)
_NAME_NEXT: Final = later(r" [A-Z][a-z]+")
_AMBIGUOUS: Final = ("March", "May")


def is_month(text: str, start: int, end: int) -> bool:
    """Tell whether a capitalised month's name, printed alone, names a month."""
    before = text[max(0, start - _REACH) : start]
    return _is_month(before, text[start:end], text[end : end + _REACH])


@lru_cache(maxsize=1024)
def _is_month(before: str, name: str, after: str) -> bool:
    if after.startswith(" Day"):
        return False
    if name not in _AMBIGUOUS:
        return bool(_MONTH_BEFORE.search(before)) or not _NAME_NEXT.match(after)
    if _MONTH_BEFORE.search(before):
        return True
    told = name == "March" and after.startswith((" was ", " saw ", " brought "))
    return told or bool(_ITS_MONTH_BEFORE.search(before) and _EVENT_NEXT.match(after))


_SOMEONES: Final = later(
    r"\b(?:his|her|their|my|your|our|its|aged|ages)"
    r"(?: (?:very )?(?:early|mid|late|middle|early[- ]to[- ]mid|mid[- ]to[- ]late))?"
    r"[- ]\Z",
    re.IGNORECASE,
)
_THE_AGED: Final = later(r"\b(?:under|over)[- ](?:the )?\Z", re.IGNORECASE)
_HEAT: Final = later(
    r"\b(?:highs?|lows|temperatures?|thermometers?|mercury|dew points?|scored)\b"
    r"[^.;!?]{0,50}\Z",
    re.IGNORECASE,
)


def is_age_or_heat(text: str, start: int, *, bare: bool) -> bool:
    """Tell whether tens are no decade: "in her late 60s", "highs in the mid-80s"."""
    before = text[max(0, start - _REACH) : start]
    found = _SOMEONES.search(before) or _HEAT.search(before) or _THE_AGED.search(before)
    return bare and bool(found)


_OPENING: Final = later(
    r"(?:(?:see|cf\.?|e\.g\.?|also|i\.e\.?|for|example|in)[ ,:]*)*"
    r"[A-ZÀ-Þ](?:[^;()\d]|\d{4}[a-z]?, ){0,120}?,? ?(?:\d{4}[a-z]?, )*$"
)
_SEE_BEFORE: Final = later(r"\b[Ss]ee (?:also |e\.g\. )?[A-ZÀ-Þ][^;().,\d]{0,80},? \Z")
_CLOSING: Final = later(
    r"[a-z]?(?:, \d{4}[a-z]?(?!\d))*(?:[,:] ?(?:pp?\. ?)?[\dxvi]+(?:[ ,–-]*\d+)*)?[);]"
)
_DATED_WORD: Final = later(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|in|since|until|from|of|by"
    r"|after|before|early|late|spring|summer|autumn|winter)\w*\.?,? $"
)


def is_citation(text: str, start: int, end: int) -> bool:
    """Tell whether a year stands in an author-year reference: "(EC 2010a; Diez 2005)".

    Years of one author ("EC 2001, 2004"), pages after a comma or a colon, and a year
    alone with its page ("(1999, 2)") are references too; "(Baku, May 2014)" is not.
    """
    window = text[max(0, start - _CITATION_REACH) : start]
    return _is_cited(window, text[end : end + _CITATION_REACH])


@lru_cache(maxsize=1024)
def _is_cited(window: str, after: str) -> bool:
    if _AMOUNT_BEFORE.search(window[-_REACH:]):
        return False
    if _SEE_BEFORE.search(window):
        return True
    opened = max(window.rfind("("), window.rfind(";"))
    if window.rfind("(") < 0 or window.rfind(")") > window.rfind("("):
        return False
    inside = window[opened + 1 :].lstrip()
    closing = _CLOSING.match(after)
    if closing is None or _DATED_WORD.search(inside):
        return False
    if not inside:
        return closing[0][:1] in ",:"
    return bool(_OPENING.fullmatch(inside))
