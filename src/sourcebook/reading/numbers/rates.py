"""What a number is counted per: a year, a barrel, 1,000 cubic metres, a student.

``RATE`` is the pattern of a rate behind a number; ``rate_of`` gives its canonical name.
A word the table does not know is kept as printed, in lower case; *per cent* and
*per se* are no rates, nor is the year of "a year earlier".
"""

import re
from typing import Final

from sourcebook.reading.numbers.units import scale_of
from sourcebook.reading.patterns import GAP

_SPELLED_OUT: Final = {
    word: name
    for name, words in (
        line.split(" | ")
        for line in """year | yr ; y ; annum ; annually ; yearly ; p.a. ; pa
week | pw ; p/w ; weekly
month | pcm ; p/m ; monthly ; mo
lb | pound
oz | ounce
kg | kilo ; kilogram ; kilogramme
cm2 | cm²
cm3 | cm³
m2 | m² ; square metre ; square meter ; sq m ; sq. m ; sq.m ; sqm
m2 | sq. meter ; sq. metre
sq ft | square foot ; sq. ft
day | d ; daily
hour | hourly ; hr ; h
minute | min
second | s ; sec
capita | head ; person
barrel | bbl ; bl ; b
piece | apiece
quintal | qtl
t | ton ; tonne ; metric ton ; metric tonne ; mt
m3 | cubic metre ; cubic meter ; cubic metres ; cubic meters ; m³
l | litre ; liter
km2 | square kilometre ; square km ; sq km ; sq. km ; km² ; square kilometer
km | kilometre ; kilometer
ha | hectare
MMBtu | 1000000 btu
MMBtu | mmbtu ; 1000000 british thermal units ; 1000000 british thermal unit
kWh | kwh ; kilowatt-hour ; kilowatt hour
MWh | mwh ; megawatt-hour ; megawatt hour""".splitlines()
    )
    for word in words.split(" ; ")
}
_PER_WORD: Final = (
    r"(?:cubic met(?:re|er)s?|square kilomet(?:re|er)|sq\.? ?(?:km|m|ft|met(?:re|er))\b"
    r"|square km|(?:kilo|mega)watt[- ]hour"
    r"|metric ton|US dollar|British thermal units?|square inch|live births?"
    r"|(?:vehicle|passenger|working)[ -]"
    r"(?:miles|kilometres|km|journeys|hours|women|people)"
    r"|[A-Za-z]{1,16}[²³23]?(?:-(?:kilomet(?:re|er)|km|mile|hour|day|years?|h|d|yr|month|s|K|mol)\b)?)"
)
_MANY: Final = (
    r"(?:1[ ,.]?000[ ,.]?000|[12]00[ ,.]?000|10[ ,.]?000|1[ ,.]?000|1m|thousand|ml?n"
    r"|million|billion|hundred|100)"
)
_SMALL: Final = (  # no thing to count: "8.5 per 1,000 the rate"
    r"(?:the|an?|of|in|on|at|to|for|by|as|and|or|but|with|than|is|are|was|were|against"
    r"|compared)"
)
_TIMES: Final = r"(?:year|month|week|day|hour|minute|second|decade|quarter|night)"
RATE: Final = (
    r"(?:-|[ \u00a0]){0,4}(?:"
    rf"(?:/ ?|per[ -](?!cents?\b|se\b|[A-Z]{{3}} ?\d))(?P<per>(?:{_MANY}[ "
    rf"-](?!{_SMALL}\b)|100(?=(?:m?l|k?g|km)\b))?{_PER_WORD}"
    rf"|{_MANY}(?=[.,;)]?(?:\s|$)))(?![\w$€£])"
    r"|to the (?P<to>gallon|lit(?:re|er)|acre|hectare|kilo|tonne|ton)\b"
    rf"|(?:an?|each|every)[ -](?P<a>{_TIMES}|head|game|match|episode|trip|journey"
    r"|shift|barrel|hectare|acre|(?:metric )?tonne|(?:metric )?ton|kilo|litre|piece"
    r"|person|share)\b(?! (?:earlier|later|ago"
    r"|before(?! (?:tax|deductions)\b)|after(?! tax\b)|old)\b)"
    r"|(?P<adverb>annually|apiece|(?:yearly|daily|weekly|monthly|hourly)"
    r"(?! (?:active )?(?!(?:is|was|as|its|his|this|across|plus|thus|versus)\b)"
    r"[a-z]{2,15}s\b))\b"
    r"|(?P<pa>p\.a\.|p/a\b)|(?:(?<=\d)|(?<=[a-zA-Z\d][ ]))(?P<short>pcm|p/?w|p/m|pa)\b)"
)
# What a price is for; "two men a mile away" are no rate.
GOODS: Final = (
    r"(?:-|[ \u00a0]){0,4}(?:(?:an?|each|every)[ -]|per[ -]|for (?:1|one|each) )"
    r"(?P<a>(?:\d{1,4}[ -]?(?:kg|g|lb|ml|l)"
    r"[ -])?(?:bag|sack|cylinder|crate|tin|jar|box)|gallons?|pints?|kg"
    r"|kWh|kilowatt[- ]hour"
    r"|kilogram(?:me)?|gram|lb|pound|ounce|oz|dozen|mile|bushel|quintal|bottle|bale|unit|acre|hectare"
    r"|(?:tonne|ton)(?!-)|litre|liter|therm|ticket|trip|ride|cup|loaf|packet|pack|plate|copy|cow|hen|bunch|roll|pair"
    r"|square (?:foot|met(?:re|er))|cubic met(?:re|er)|word|vote|pupil"
    r"|child|seat)\b"
)


_AS_PRINTED: Final = frozenset("kW MW GW GJ TJ Nm3 USG QALY m-K g-K kg-K".split())


def rate_of(printed: str) -> str:
    """The canonical name of what follows *per*.

    >>> rate_of("annum"), rate_of("1,000 cubic metres"), rate_of("student")
    ('year', '1000 m3', 'student')
    """
    spaced = re.sub(r"(?<=\d)[ ,.](?=\d{3})", "", re.sub(rf"{GAP}", " ", printed))
    many, thing = re.findall(
        r"^(?:([12]0{2,6}|1m|thousand|ml?n|million|billion|hundred)"
        r"(?:[ -]|$|(?=[a-z])))?(.*)",
        spaced,
    )[0]
    if many.isalpha() or many == "1m":
        many = f"{scale_of(many.removeprefix('1'))}"
    tail = thing[1:]
    mixed = " " not in tail and tail not in {tail.lower(), tail.upper()}  # "MHz"
    word = thing if mixed or thing in _AS_PRINTED else thing.lower()
    time = re.search(r"(?<=-)(?:h|d|s|yr)$", word)  # "m2-h", of "m−2 h−1"
    word = word[: time.start()] + _SPELLED_OUT[time[0]] if time else word
    name = _SPELLED_OUT.get(word.lower(), word)
    full = f"{many} {name}".strip()
    return _SPELLED_OUT.get(full.lower(), full)
