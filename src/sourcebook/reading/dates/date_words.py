"""The vocabulary of English dates: named pieces that the grammar's rules are made of.

A space in a piece is any one space that stays on its line; ``<word>`` is another piece.
Months keep their capital, so that *may* is never a month; other words may begin a
sentence. Numbers in words are whole, and none is above a hundred.
"""

import re
from typing import Final

from sourcebook.reading.patterns import GAP

_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FIRSTS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENTHS: Final = {"twentieth": 20, "thirtieth": 30}
_WHOLES: Final = (
    dict(zip(_ONES + _FIRSTS, [*range(1, 20)] * 2, strict=True))
    | dict(zip(_TENS, range(20, 100, 10), strict=True))
    | _TENTHS
    | {"a": 1, "an": 1, "hundred": 100, "a hundred": 100, "one hundred": 100}
)


def whole(words: str) -> int | None:
    """Read a cardinal or an ordinal, in figures or words; None if it is neither.

    >>> [whole(each) for each in ("thirty-three", "21st", "a", "sixty", "thirtieth")]
    [33, 21, 1, 60, 30]
    >>> whole("half a"), whole("twenty-eleven"), whole("hundred")
    (None, None, 100)
    """
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", words.lower())
    if words.isdecimal():
        return int(words)
    tens, _, ones = words.rpartition("-")
    unit = _WHOLES.get(ones)
    if not tens or unit is None:
        return unit
    return _WHOLES[tens] + unit if tens in _TENS and unit < 10 else None


MONTHS: Final = tuple(
    "January February March April May June July August September October November "
    "December".split()
)
_NAMES: Final = "|".join(MONTHS)
WEEKDAYS: Final = tuple(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
# As translations leave them standing: French, German, Turkish, Azerbaijani, Russian.
MONTHS_ELSEWHERE: Final = {
    word: at
    for at, words in enumerate(
        """janvier januar ocak yanvar yanvarya; février fevrier februar şubat fevral
        fevralya; mars märz mart marta; avril nisan aprel aprelya; mai mayıs maya; juin
        juni haziran iyun iyunya; juillet juli temmuz iyul iyulya; août aout ağustos
        avqust avgusta; septembre eylül sentyabr sentyabrya; octobre oktober ekim
        oktyabr oktyabrya; novembre kasım noyabr noyabrya; décembre decembre dezember
        aralık dekabr dekabrya""".split(";"),
        start=1,
    )
    for word in words.split()
}
_TABLE: Final = r"""
# Days, months and years without a name, then the same as groups d, m and y.
# "3.–5. May" has the points of another tongue.
day | (?:(?<![\w.,:/€$£])(?<![wW]eek[ ])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%]|[.,]\d)(?:\.(?= ?[–-] ?\d\d?\.? [A-Z]| (?:to|until|till|and) \d\d?\. [A-Z]))?|(?:(?<=\b[Oo]n[ ])|(?<=rom[ ])|(?<=ntil[ ])|(?<=\bto[ ])|(?<=he[ ])|(?<=,[ ])|(?<=[–-])|(?<=[–-][ ])|(?<=\b[dD]en[ ])|(?<=\bvom[ ])|(?<=[Ss]ince[ ])|(?<=[Dd]ated[ ])|(?<=\b[Oo]f[ ])(?=\d\d?\. <month> \d{4}))(?:0?[1-9]|[12]\d|3[01])\.(?=(?: of(?: the)?)? <month>))
month | (?:\b(?:<names>|<NAMES>)\b|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT|SEP|OCT|NOV|DEC)\b\.?)
year | (?<![\d.,/€$£])(?<!\b[RNPK])(?:1[5-9]|20)\d\d(?!\d|[.,]\d)
d | (?P<d><day>)
m | (?P<m><month>)
y | (?P<y><year>)
# Of before 1500 too, where a day, a month or a season stands beside it.
Y | (?P<y><year>|(?<![\d.,/€$£])1[0-4]\d\d(?!\d|[.,]\d| (?:[a-z-]+ )?(?:people|men|women|(?!this|thus|does)[a-z]{3,}s)\b))
name | \b(?P<m><names>)\b
# Numerals: a code may neither run into them from the left nor on to the right.
left | (?<![\w.,/–-])
right | (?![\w/–]|-(?!year\b)|[.,]\d)
y4 | <left>(?P<y>(?:1[5-9]|20)\d\d)
4y | (?P<y>(?:1[5-9]|20)\d\d)<right>
99 | (?P<yy>\d\d)<right>
mm | (?P<m>0?[1-9]|1[0-2])
dd | (?P<d>0?[1-9]|[12]\d|3[01])
low-m | (?P<m><low-names>)
amid | (?:(?<=\b[Ii]n[ ])|(?<=\b[Oo]f[ ])|(?<=[Ff]or[ ])|(?<=ring[ ])|(?<=\b[Bb]y[ ])|(?<=ince[ ])|(?<=ntil[ ])|(?<=rom[ ]))
roman | (?P<m>I{1,3}|I?[VX]|VI{1,3}|XI{1,2}|(?<=\d\.)(?:i{1,3}|i?[vx]|vi{1,3}|xi{1,2})(?=\.\d{4}))
13+ | (?P<d>1[3-9]|2\d|3[01])
# Either end of a range, a or z: as much of a date as is printed.
point | (?:<day>(?: of)? <month>,? <year>|<month> <day>(?:,| of)? <year>|<day>(?: of)? <month>|<month> <day>|<month>,?(?: of)? <year>|<day>(?:,| of)? <year>|<month>|<year>|<day>)
a | (?P<a><point>)
z | (?P<z><point>)
to | (?: ?[–—-] ?|-to-| (?:to|until|till|through|up to|(?<=\d{4}[ ])(?:bis|à)) )
days | <day>(?:, <day>){0,9},? (?:and|or|&) <day>
led | (?P<led>(?:<day> )?<month>,? (?:<day>,? )?)?
some | (?:\b(?:[Ee]arly|[Mm]id|[Ll]ate)[ -])?
# What may stand before a date and belongs to it.
weekday | \b(?:<weekdays>)
W | (?:<weekday>,? (?:the )?)?
about | (?P<about>\b(?:(?i:around|circa|approximately|roughly|ca?\.)|(?<=[Ii]n[ ])about) )?
part | (?P<part>\b(?i:(?:very )?(?:early|mid|late|beginning|start|end|middle|close|turn|first (?:weeks?|days?|half)|second half|last (?:weeks?|days?))(?:-to-late|-to-mid| to mid| to late|[ -]and late)?(?: in| of)?(?: the |[ -])))
when | (?:\b(?i:(?:earlier|later|late|early|mid|(?:beginning|start|end|middle|rest|course) of)[ -](?:in )?))?
# Decades (the twenties by themselves may be an age), centuries, seasons, quarters.
ten | (?P<ten>(?:1[5-9]|20)\d|(?:(?<=he[ ])|(?<=ly[ ])|(?<=te[ ]))1[0-4]0)
ties | (?P<ties>(?i:(?:(?(hundreds)twent|thirt)|thirt|fort|fift|sixt|sevent|eight|ninet)ies))
ordinals | (?:twenty|thirty)-(?:<first-nine>)|<firsts>
nth | (?P<nth>\b(?:\d\d?(?:st|nd|rd|th)|(?i:<ordinals>)))
last-nth | (?P<z>\b(?:\d\d?(?:st|nd|rd|th)|(?i:<ordinals>)))
season | \b(?P<season>(?i:spring|summer|autumn|fall|winter))
i | (?P<i>\b(?:(?i:first|second|third|fourth|last|final|1st|2nd|3rd|4th)))
no-pair | (?![–/-](?:19|20)?\d\d\b)
to-month | (?P<i>\b(?:March|June|September|December))
fiscal-next | (?=,? (?:of |in )?(?:the )?(?:fiscal|FY|(?:19|20)\d\d[/–-]\d\d\b))
figures | (?:GDP|growth|earnings|profits?|results?|sales|revenues?|net(?! of)|income|loss(?:es)?|output|inflation|current|trade|surplus|deficit|turnover|figures|exports|imports|data|gross|trading|report|numbers|operating)\b
i4 | (?P<i>[1-4])
yy-y | (?P<y>(?:20)?\d\d)
z4 | (?P<z>[1-4])
of | (?: of| in)?(?: the year)? (?:(?P<y>(?:1[5-9]|20)\d\d)\b(?![.,]\d)<no-pair>|(?:the (?=current))?(?P<way>this|last|next|current|the) year\b(?! of))
# How far from the issue, and which way.
way | \b(?P<way>(?i:this|last|next|current))
unit | (?P<u>week|month|quarter|year|decade|century)\b(?! of|-long)
u | (?P<u>day|week|month|quarter|year|decade|century|centurie)s?\b
# How long, exactly or not.
number | an?|half an?|one and a half|two and a half|(?:<tens>)(?:-(?:<ones>))?|(?:one |a )?hundred|<ones>
n | (?P<n>\b(?i:<number>)\b|(?<![\d.,/€$£])\d{1,3}(?![\d%]|[.,]\d))
n-more | (?:(?:-|–| to | or )(?:\d{1,3}|<ones>))?
few | \b(?i:(?:a )?few|several|(?:a )?couple of|(?:a )?number of|many)
hedge | (?P<hedge>\b(?i:more than|over|at least|nearly|almost|just over|just under|less than|fewer than|up to|under|about|around|roughly|some|approximately|well over) )?
the | (?<=[Tt]he[ ])
not-of | \b(?! (?:of|in)\b)
time | (?:minute|hour|day|week|month|year|decade|century|centurie)s?\b
times | \b(?:hours|days|weeks|months|years|decades|centuries)\b
and-half | (?: and a half)?
# Vague on purpose; reviewed: *now*, *currently* and *so far* are left to the verbs.
vague | \b(?i:recently|lately|nowadays|today|these days|soon(?! as\b)|over time|over the years|at the time of writing|at present|turn of the century|in the (?:near |foreseeable |distant |not too distant )?future|in future|in the (?:recent |distant )?past(?! [a-z0-9-]+ <times>))
"""  # noqa: E501 - one piece a line

VOCABULARY: Final = {
    "names": _NAMES,
    "NAMES": _NAMES.upper(),
    "low-names": _NAMES.lower(),
    "elsewhere": "|".join(f"{each}|{each.title()}" for each in MONTHS_ELSEWHERE),
    "weekdays": "|".join(WEEKDAYS),
    "ones": "|".join(_ONES[::-1]),
    "tens": "|".join(_TENS),
    "firsts": "|".join([*_FIRSTS[::-1], *_TENTHS]),
    "first-nine": "|".join(_FIRSTS[:9]),
} | {
    name: pattern
    for name, _, pattern in (line.partition(" | ") for line in _TABLE.splitlines())
    if pattern
}

_PIECE: Final = re.compile(r"(?<!\?P)<([\w+-]+)>")
_SPACE: Final = re.compile(r"\[[^\]]*\]| ")


def compiled(pattern: str) -> re.Pattern[str]:
    """Put the pieces in, let a space be any space within a line, and compile."""
    while (fuller := _PIECE.sub(lambda name: VOCABULARY[name[1]], pattern)) != pattern:
        pattern = fuller
    return re.compile(
        _SPACE.sub(lambda found: GAP if found[0] == " " else found[0], pattern)
    )
