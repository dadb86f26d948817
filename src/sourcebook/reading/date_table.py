"""The grammar of English dates: a vocabulary and a table of named rules.

A rule is one line: its name, the maker that turns a match into EDTF, its pattern, and
an example read as if issued on 31 July 2025, with the answer it must give. In a
pattern, a space is any one space that stays on its line, and ``<word>`` is looked up
in the vocabulary. Where two rules want the same words, the match that begins first
wins, then the longer one, then the one higher up. Numerals are day first (05/06/2020
is 5 June) unless that cannot be.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from sourcebook.reading.spelled import ONES, ORDINALS, TENS

MONTHS: Final = tuple(
    "January February March April May June July August September October November "
    "December".split()
)
_NAMES: Final = "|".join(MONTHS)
_MONTH: Final = (
    rf"(?:\b(?:{_NAMES}|{_NAMES.upper()})\b"
    r"|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY: Final = (
    r"(?<![\d.,:/€$£-])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%]|[.,]\d)"
)
_YEAR: Final = r"(?<![\d.,/€$£])(?:1[5-9]|20)\d\d(?!\d|[.,]\d)"
_POINT: Final = (
    rf"(?:{_DAY}(?: of)? {_MONTH},? {_YEAR}|{_MONTH} {_DAY},? {_YEAR}"
    rf"|{_DAY}(?: of)? {_MONTH}|{_MONTH} {_DAY}|{_MONTH},?(?: of)? {_YEAR}"
    rf"|{_DAY},? {_YEAR}|{_MONTH}|{_YEAR}|{_DAY})"
)
_WEEKDAY: Final = r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NUMBER: Final = (
    rf"(?:\b(?:an?|half an?|one and a half|two and a half|(?:{TENS})(?:-(?:{ONES}))?"
    rf"|(?:one |a )?hundred|{ONES})\b|(?<![\d.,€$£])\d{{1,4}}(?![\d%]|[.,]\d))"
)

VOCABULARY: Final[dict[str, str]] = {
    "d": rf"(?P<d>{_DAY})",
    "m": rf"(?P<m>{_MONTH})",
    "y": rf"(?P<y>{_YEAR})",
    "name": rf"\b(?P<m>{_NAMES})\b",
    "y4": r"(?<![\w.,/–-])(?P<y>(?:1[5-9]|20)\d\d)",
    "4y": r"(?P<y>(?:1[5-9]|20)\d\d)(?![\w/-]|[.,]\d)",
    "mm": r"(?P<m>0?[1-9]|1[0-2])",
    "dd": r"(?P<d>0?[1-9]|[12]\d|3[01])",
    "13+": r"(?P<d>1[3-9]|2\d|3[01])",
    "left": r"(?<![\w.,/–-])",
    "right": r"(?![\w/–-]|[.,]\d)",
    "a": rf"(?P<a>{_POINT})",
    "z": rf"(?P<z>{_POINT})",
    "day": _DAY,
    "days": rf"{_DAY}(?:, {_DAY})* and {_DAY}",
    "month": _MONTH,
    "months": rf"{_MONTH}(?:, {_MONTH})*,? and {_MONTH}",
    "weekday": rf"{_WEEKDAY}(?P<w>)",
    "W": rf"(?:{_WEEKDAY},? (?:the )?)?",
    "to": r"(?: ?[–—-] ?| (?:to|until|till|through|up to) )",
    "about": r"(?P<about>\b(?:[Aa]round|[Cc]irca|[Cc]a?\.|[Aa]pproximately|[Rr]oughly) )?",
    "part": (
        r"(?P<part>\b(?:[Vv]ery )?(?:[Ee]arly|[Mm]id|[Ll]ate|[Bb]eginning|[Ss]tart|[Ee]nd"
        r"|[Mm]iddle|[Cc]lose|[Tt]urn|first (?:weeks?|days?|half)|second half"
        r"|last (?:weeks?|days?))(?:-to-late|-to-mid| to mid| to late|[ -]and late)?"
        r"(?: in| of)?(?: the |[ -]))"
    ),
    "season": r"\b(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)",
    "nth": rf"(?P<nth>\b(?:\d\d?(?:st|nd|rd|th)|{ORDINALS}))",
    "i": r"(?P<i>\b(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th))",
    "n": rf"(?P<n>{_NUMBER})",
    "few": r"\b(?:(?:a )?few|several|(?:a )?couple of|(?:a )?number of|many)",
    "dates": rf"{_DAY} {_MONTH} and {_DAY} {_MONTH}",
    "some": rf"(?:{_DAY} )?{_MONTH}(?: {_DAY})?",
    "next": r"(?:[/–-]\d\d(?:\d\d)?\b)",
    "phase": r"\b(?:beginning|start|end|middle|rest|course)",
    "that": r"(?:previous|following|same|preceding)",
    "way+": r"\b(?P<way>[Ll]ast|[Pp]ast|[Nn]ext)",
    "adj": (
        r"\b(?:[Rr]ecent|[Cc]oming|[Pp]revious|[Pp]ast|[Ll]ast|[Nn]ext|[Ff]uture"
        r"|[Ss]ubsequent|[Ff]ollowing|[Ee]arlier|[Ll]ater|[Pp]receding)"
    ),
    "long": r"for (?:so |such )?a long (?:period of )?time|[Ll]ong ago",
    "vague": (
        r"[Rr]ecently|[Ll]ately|[Nn]owadays|[Tt]oday|[Tt]hese days|[Ss]oon"
        r"|[Oo]ver time|[Oo]ver the years|[Aa]t the time of writing|[Aa]t present"
        r"|[Ii]n the (?:near |foreseeable |distant |not too distant )?future|in future"
        r"|[Ii]n the (?:recent |distant )?past|[Tt]urn of the century"
    ),
    "u": r"(?P<u>day|week|month|quarter|year|decade|century|centurie)s?\b",
    "units": r"\b(?:hours|days|weeks|months|years|decades|centuries)\b",
    "time": r"(?:minute|hour|day|week|month|year|decade|century|centurie|fortnight)s?\b",
    "hedge": (
        r"(?P<hedge>\b(?:[Mm]ore than|[Oo]ver|[Aa]t least|[Nn]early|[Aa]lmost|[Jj]ust over"
        r"|[Jj]ust under|[Ll]ess than|[Ff]ewer than|[Uu]p to|[Uu]nder|[Aa]bout|[Aa]round"
        r"|[Rr]oughly|[Ss]ome|[Aa]pproximately|[Ww]ell over) )?"
    ),
    "unit": r"(?P<u>week|month|quarter|year|decade|century)\b(?! of)",
    "ten": r"(?P<ten>(?:1[5-9]|20)\d)",
    "of": r"(?: of| in)? (?:(?P<y>(?:1[5-9]|20)\d\d)\b(?![.,]\d)|(?P<way>this|last|next|the) year\b(?! of))",
    "way": r"\b(?P<way>[Tt]his|[Ll]ast|[Nn]ext)",
    "when": (
        r"(?:\b(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly|[Mm]id|[Ll]atter half of"
        r"|(?:[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|[Rr]est|[Cc]ourse) of)[ -](?:in )?)?"
    ),
}

_TABLE: Final = r"""
iso-day | point | <y4>-<mm>-<dd>(?=T\d|<right>) | date 2025-07-31 -> 2025-07-31
year-first | point | <y4>(?P<s>[/.])<mm>(?P=s)<dd><right> | 2020/09/27 -> 2020-09-27
day-first | point | <left><dd>(?P<s>[/.-])<mm>(?P=s)<4y> | 27/09/2020 -> 2020-09-27
month-first | point | <left><mm>/<13+>/<4y> | on 9/27/2020 -> 2020-09-27
iso-month | iso-month | <y4>-<mm><right> | in 2020-05 -> 2020-05
day-month-year | point | <W><d>[ -](?:of )?<m>,?[ -]<y> | 22 May, 2022 -> 2022-05-22
month-day-year | point | <W><m> <d>,? <y> | February 22, 2022 -> 2022-02-22
nth-of-month | point | <nth> of <m>(?:,? <y>)? | the first of May 2022 -> 2022-05-01
day-month | point | <W><d>[ -](?:of )?<m> | the 22nd of May -> 2025-05-22
month-day | month-day | <W><m> <d> | On May 22, he -> 2025-05-22
month-year | point | <about><part>?<m>,?(?: of)?[ -]<y> | in March of 2022 -> 2022-03
part-of-month | point | <part><name> | by mid-May -> 2025-05
bare-month | month | <name> | in March -> 2025-03
range | range | (?:[Ff]rom )?<a><to><z> | 3 to 9 May 2022 -> 2022-05-03/2022-05-09
between | range | [Bb]etween <a> and <z> | between 1969 and 1982 -> 1969/1982
open-range | open | <y><to>(?:the )?(?:present|today|now)\b | 2014–present -> 2014/..
short-range | short | <y4>(?P<s>[/–-])(?P<z>\d\d)<right> | in 2018/19 -> 2018/2019
days-of-month | each | <days> <month>(?:,? <y>)? | 4 and 5 May -> 2025-05-04 2025-05-05
month-and-days | each | <month> <days>(?:,? <y>)? | May 4 and 5 -> 2025-05-04 2025-05-05
months-of-year | each | <months>,? <y> | May and July 2014 -> 2014-05 2014-07
days-of-year | each | <dates> <y> | 2 May and 3 June 2023 -> 2023-05-02 2023-06-03
citation-year | citation | <y>[a-z]?(?!\w) | (EC 2010a) -> 2010
year | year | <about><part>?<y>(?!\w) | since 1992 -> 1992
decade | decade | <about><part>?\b<ten>0[’']?s\b | in the late 1990s -> 199X
short-decade | decade | (?<![\w’'])[’'‘](?P<ten>\d)0s\b | the ’90s -> 199X
century | century | <part>?<nth>[ -]century\b | the 19th century -> 18XX
season | season | <part>?<season>(?: of)? <y><next>? | spring 2019 -> 2019-21
season-of-issue | season | (?<=the )<season>\b(?! of) | in the spring -> 2025-21
quarter | quarter | \bQ(?P<i>[1-4])(?:,? (?:of )?|-)<y> | Q3 2024 -> 2024-07/2024-09
nth-quarter | quarter | <i>[ -]quarter<of> | third quarter of 2024 -> 2024-07/2024-09
half | half | <i> half<of> | the first half of 2023 -> 2023-01/2023-06
half-year | half | \bH(?P<i>[12])<of> | H1 2023 -> 2023-01/2023-06
months | months | <i> <n> months<of> | first nine months of 2024 -> 2024-01/2024-09
unit | unit | <when><way> <unit> | earlier this year -> 2025
unit-of-issue | unit | <phase> of (?P<way>the) <unit> | by the end of the year -> 2025
named-month | named-month | <when><way> <name> | last December -> 2024-12
month-of-unit | dated | (?P<a><some>)(?: of)? <way> year\b | in May last year -> 2024-05
named-season | named-season | <when><way> <season>\b | last summer -> 2024-22
weekday | weekday | (?:<way> )?<weekday>\b | last Monday -> 2025-07-28
day-word | day-word | \b(?P<word>[Yy]esterday|[Tt]omorrow)\b | yesterday -> 2025-07-30
ago | ago | <hedge><n>[ -]<u> ago\b | two years ago -> 2023
from-now | ago | <n> <u> from (?P<on>now)\b | ten years from now -> 2035
in-time | ago | (?<=in )<n> <u>(?P<on>[’']s?) time\b | in two years’ time -> 2027
last-n | last-n | <way+> <n> <u>(?! (?:of|before|after)) | last 30 years -> 1995/2025
past | last-n | (?P<way>past) <unit> | over the past year -> 2024/2025
narrative | unsaid | \b<that> (?:day|week|month|year|decade)\b | the same year ->
later | unsaid | (?:<hedge><n> |<few> )?<units> (?:later|earlier)\b | two days later ->
units-ago | unsaid | (?:<few> )?<units> ago\b | decades ago ->
last-few | vague | <adj> (?:<few> )?<units> | in recent years ->
long | vague | \b<long>\b | for a long period of time ->
vague | vague | \b(?:<vague>)\b | at the time of writing ->
duration | duration | <hedge><n><n2>[ -]<time>(?!-old| old| ago) | the 44-day war ->
durations | duration | (?:<few> )<units>|(?<=for )<units>|<units>(?=-long| of\b) | for decades ->
"""


class Rule(NamedTuple):
    """One line of the table: ``example`` must give ``answer``, if it can be said."""

    name: str
    maker: str
    pattern: re.Pattern[str]
    example: str
    answer: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return the table, its patterns compiled, in order of preference."""
    return tuple(_rule(line) for line in _TABLE.strip().splitlines())


def _rule(line: str) -> Rule:
    name, maker, pattern, example = line.split(" | ")
    words, answer = example.split(" ->")
    return Rule(name, maker, re.compile(_spelled(pattern)), words, answer.strip())


def _spelled(pattern: str) -> str:
    """Put in the vocabulary, then let a space be any space within a line."""
    while (bare := _WORD.sub(_look_up, pattern)) != pattern:
        pattern = bare
    return _SPACE.sub(lambda found: found[0] if found[0] != " " else _ANY, pattern)


def _look_up(word: re.Match[str]) -> str:
    return VOCABULARY[word[1]]
