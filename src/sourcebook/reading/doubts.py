"""Doubtful dates: a year or a count, a month or a verb, an event or a reference.

Four digits between 1500 and 2099 are a year unless something beside them says that
they count, measure, cost or number something. A round one (1800, 2000) has to earn it:
it is a year only after a word of time. *May* and *March* alone are months only after a
word of time or as the name of an event's month ("the March summit"); other months
stand by themselves. Nothing here looks further than a few words either way.
"""

from __future__ import annotations

import re
from typing import Final

_REACH: Final = 60
_CITATION_REACH: Final = 400

_UNITS: Final = (
    "million|billion|trillion|thousand|hundred|bn|mn|m|km|kilometres?|kilometers?|miles?"
    "|metres?|meters?|cm|mm|hectares?|ha|tonnes?|tons?|kg|kilograms?|grams?|litres?"
    "|barrels?|bcm|mcm|MW|GW|kW|MWh|GWh|kWh|euros?|dollars?|pounds?|manats?|roubles?"
    "|rubles?|cents?|EUR|USD|GBP|AZN|per cent|percent|percentage|degrees?|hours|hrs"
    "|GMT|CET|UTC|pages?|words?|times|days?|weeks?|months?|years?"
)
_COUNTED: Final = (
    "people|persons?|individuals|soldiers?|troops?|personnel|servicemen|servicewomen"
    "|fighters?|peacekeepers?|officers?|officials?|men|women|children|families"
    "|households?|residents?|inhabitants?|citizens?|voters?|votes?|members?|employees?"
    "|workers?|staff|students?|pupils?|teachers?|doctors?|refugees?|migrants?|IDPs"
    "|prisoners?|detainees?|protesters?|demonstrators?|journalists?|activists?"
    "|delegates?|participants?|visitors?|tourists?|respondents?|interviewees"
    "|companies|firms|villages|towns|settlements|houses|homes|schools|hospitals"
    "|vehicles|tanks|trucks|cars|aircraft|drones|missiles|rockets|shells|mines|units"
    "|carriers|weapons|deaths|casualties|victims|wounded|killed|injured|lives|cases"
    "|observers?|monitors|civilians?|veterans?|copies|items|pieces|signatures"
)
_KINDS: Final = (
    "military|armed|civilian|new|young|additional|foreign|local|political|ethnic|more"
    "|displaced|dead|other|small|large|[A-Z][a-z]+(?:ian|ish|ese|an|ch|i)s?"
)
_UNIT_NEXT: Final = re.compile(rf"[ -]?(?:[%°€$£]|(?:{_UNITS})\b(?![’']))")
_COUNTED_NEXT: Final = re.compile(rf" (?:(?:{_KINDS}) ){{0,2}}(?:{_COUNTED})\b")
_PLURAL_NEXT: Final = re.compile(r" (?:[a-z-]+ )?(?!(?:was|is|has|as|its|does|this|saw|thus|always|perhaps|besides|plus|versus|across|towards|sees|marks|marked|brings|remains)\b)[a-z]{3,}s\b")
_STRONG_NEXT: Final = re.compile(r"-(?:strong|year|mile|metre|meter|page|man|seat|odd)\b")
_NUMBER_NEXT: Final = re.compile(r"[/–-]\d|/[A-Z]")

_LABEL_BEFORE: Final = re.compile(
    r"(?:\b(?:[Nn]o|[Nn]os|pp?|[Aa]rt|[Ff]ig|[Vv]ol|[Cc]h|[Ss]ec)\. ?|№ ?|# ?|§ ?"
    r"|\b(?:Resolutions?|Articles?|Figures?|Tables?|Decisions?|Decrees?|Directives?"
    r"|Regulations?|Protocols?|Case|Flight|Room|Number|ISO|Boeing|Airbus|Order"
    r"|[Pp]ages?|[Pp]aragraphs?|Law)(?: No\.?)?(?: \([A-Z]+\))? )$"
)
_MONEY_BEFORE: Final = re.compile(r"(?:[€$£¥]|\b(?:EUR|USD|GBP|AZN|RUB|CHF)) ?$")
_COUNT_BEFORE: Final = re.compile(
    r"\b(?:(?:more|fewer|less|greater|larger) than|at least|nearly|almost|an estimated"
    r"|a total of|only|some|another|totall?(?:ed|ing)|number(?:ed|ing)|employ(?:s|ed|ing)"
    r"|exceed(?:s|ed|ing)|kill(?:ed|ing)|worth|cost(?:s|ing)?|sent|out of|as many as) $",
    re.IGNORECASE,
)
_TIME_BEFORE: Final = re.compile(
    r"(?:\b(?:in|since|until|till|by|before|after|during|from|of|between|to|through"
    r"|throughout|circa|as of|for|and|or|early|late|mid|beyond|post|pre|around|on|with"
    r"|compared|against|following|despite|over|under|upon|at|year|the|this|that|a|an|its"
    r"|their|his|her|our|into|about|than|but|when|while|whereas|where|as|mid|end"
    rf"|{'|'.join('January February March April May June July August September'.split())}"
    r"|October|November|December)[ -]|[’'](?:s )?|[(;,:—–“‘\[] ?)$",
    re.IGNORECASE,
)
_ROUND_TIME_BEFORE: Final = re.compile(
    r"(?:\b(?:in|since|until|till|by|before|after|during|from|of|between|to|through"
    r"|throughout|circa|as of|for|and|early|late|mid|beyond|post|pre|around|year|the|end"
    r"|spring|summer|autumn|fall|winter|[A-Z][a-z]+ber|January|February|March|April|May"
    r"|June|July|August|\d{4},?)[ -]|\(|\([^()]{1,80}\D )$",
    re.IGNORECASE,
)
_PLAIN_IN: Final = re.compile(r"\b(?:in|since|until|during)(?: early| late| mid)?[ -]$", re.I)
_HUNDRED: Final = 100


def is_year(text: str, start: int, end: int) -> bool:
    """Tell whether the four digits at start..end name a year, not an amount or label."""
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    if _LABEL_BEFORE.search(before) or _MONEY_BEFORE.search(before):
        return False
    if _joined(before) or _NUMBER_NEXT.match(after) or _STRONG_NEXT.match(after):
        return False
    if _UNIT_NEXT.match(after) or _COUNT_BEFORE.search(before):
        return False
    is_round = int(text[start:end]) % _HUNDRED == 0
    if _PLAIN_IN.search(before) and not is_round:
        return True
    if _COUNTED_NEXT.match(after):
        return False
    if is_round:
        return bool(_ROUND_TIME_BEFORE.search(before))
    return not (_follows_verb(before) and _PLURAL_NEXT.match(after))


def _joined(before: str) -> bool:
    """A hyphen or a point glued to the digits makes them part of a code."""
    return bool(re.search(r"(?:[\w\d][./_+]|\b(?!pre|post|mid|end|late|early)[\w.]+[-])$", before))


def _follows_verb(before: str) -> bool:
    return bool(re.search(r"[a-z] $", before)) and not _TIME_BEFORE.search(before)


_MONTH_BEFORE: Final = re.compile(
    r"\b(?:in|since|until|till|by|before|after|during|from|throughout|between|of|every"
    r"|each|early|late|mid|and|to|for|or)[ -]$",
    re.IGNORECASE,
)
_ITS_MONTH_BEFORE: Final = re.compile(r"(?:\b(?:the|this|a|its|their)|[’']s?) $", re.I)
_EVENT_NEXT: Final = re.compile(
    r" (?!(?:on|of|for|through|to|in|from|towards?|by|against|was|is|has|will)\b)[a-z]"
)
_PERSON_NEXT: Final = re.compile(r" [A-Z][a-z]+")
_AMBIGUOUS: Final = ("March", "May")


def is_month(text: str, start: int, end: int) -> bool:
    """Tell whether a capitalised month's name, printed alone, names a month."""
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    if text[start:end] not in _AMBIGUOUS:
        return bool(_MONTH_BEFORE.search(before)) or not _PERSON_NEXT.match(after)
    if _MONTH_BEFORE.search(before):
        return True
    return bool(_ITS_MONTH_BEFORE.search(before) and _EVENT_NEXT.match(after))


_OPENING: Final = re.compile(
    r"(?:(?:see|cf\.?|e\.g\.?|also|i\.e\.?|for|example|in)[ ,:]*)*"
    r"[A-ZÀ-Þ](?:[^;()\d]|\d{4}[a-z]?, ){0,120}?,? ?(?:\d{4}[a-z]?, )*$"
)
_CLOSING: Final = re.compile(
    r"[a-z]?(?:, \d{4}[a-z]?(?!\d))*(?:[,:] ?(?:pp?\. ?)?[\dxvi]+(?:[ ,–-]*\d+)*)?[);]"
)
_DATED_WORD: Final = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|in|since|until|from|of|by"
    r"|after|before|early|late|spring|summer|autumn|winter)\w*\.?,? $"
)


def is_citation(text: str, start: int, end: int) -> bool:
    """Tell whether a year stands in an author-year reference: "(EC 2010a; Diez 2005)".

    Years of one author ("EC 2001, 2004"), pages after a comma or a colon, and a year
    alone with its page ("(1999, 2)") are references too; "(Baku, May 2014)" is not.
    """
    window = text[max(0, start - _CITATION_REACH) : start]
    opened = max(window.rfind("("), window.rfind(";"))
    if window.rfind("(") < 0 or window.rfind(")") > window.rfind("("):
        return False
    inside = window[opened + 1 :].lstrip()
    closing = _CLOSING.match(text, end)
    if closing is None or _DATED_WORD.search(inside):
        return False
    if not inside:
        return closing[0][:1] in ",:"
    return bool(_OPENING.fullmatch(inside))
