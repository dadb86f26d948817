"""What a number may be a number *of*: units, currencies, scales and rates.

Each row gives the canonical name, the factor that brings the printed unit to it, and
the printed forms. *ton* is the metric ton, never the US short ton; a decade is ten
years and a century a hundred, because texts count one thing in all three. Nothing else
is converted: miles stay miles and dollars stay dollars.

A form in capitals or with a capital is matched as written (``MW`` is not ``mW``);
a lower-case word of four letters or more is matched in any case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Final

from sourcebook.errors import SourcebookError
from sourcebook.reading.numbers.numerals import any_of
from sourcebook.reading.spaces import GAP

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit, the printed forms of it, and what one of them is worth."""

    name: str
    factor: Decimal
    forms: tuple[str, ...]


_UNITS: Final = """
percent          | 1    | % ; percent ; per cent ; pct ; percents
percentage-point | 1    | percentage points ; percentage point ; pp ; ppt ; ppts ; \
  p.p. ; points of a percent ; percent points
basis-point      | 1    | basis points ; basis point ; bps ; bp
m3               | 1    | cubic meters ; cubic metres ; cubic meter ; cubic metre ; \
  m3 ; m³ ; cu m ; cu. m ; cbm
m3               | 1e9  | bcm ; BCM ; Bcm
m3               | 1e6  | mcm ; MCM ; mmcm
m3               | 1e12 | tcm ; TCM
t                | 1    | tons ; tonnes ; ton ; tonne ; t ; metric tons ; \
  metric tonnes ; metric ton ; metric tonne
t                | 1e3  | kt ; kilotons ; kilotonnes
t                | 1e6  | Mt ; megatons ; megatonnes
t                | 1e9  | Gt ; gigatons ; gigatonnes
toe              | 1    | toe ; tons of oil equivalent ; tonnes of oil equivalent
toe              | 1e6  | Mtoe ; mtoe
kg               | 1    | kg ; kilograms ; kilogrammes ; kilogram ; kilos ; kilo
g                | 1    | g ; grams ; grammes ; gram
lb               | 1    | lb ; lbs
barrel/day       | 1    | bpd ; b/d
barrel/day       | 1e6  | mb/d ; mbpd ; mbd
barrel           | 1    | barrels ; barrel ; bbl ; boe
W                | 1e3  | kW ; kilowatts ; kilowatt
W                | 1e6  | MW ; megawatts ; megawatt ; MWp ; MWe
W                | 1e9  | GW ; gigawatts ; gigawatt ; GWp
W                | 1e12 | TW ; terawatts ; terawatt
Wh               | 1e3  | kWh ; kilowatt-hours ; kilowatt hours ; kilowatt-hour ; KWh
Wh               | 1e6  | MWh ; megawatt-hours ; megawatt hours ; megawatt-hour
Wh               | 1e9  | GWh ; gigawatt-hours ; gigawatt hours
Wh               | 1e12 | TWh ; terawatt-hours ; terawatt hours
kV               | 1    | kV ; kilovolts ; kilovolt
km               | 1    | km ; kms ; kilometers ; kilometres ; kilometer ; kilometre
m                | 1    | m ; meters ; metres ; meter ; metre
cm               | 1    | cm ; centimeters ; centimetres ; centimeter ; centimetre
mm               | 1    | mm ; millimeters ; millimetres ; millimeter ; millimetre
mile/hour        | 1    | mph
km/hour          | 1    | kph ; kmh
m3/year          | 1e9  | bcma
mile             | 1    | miles ; mile ; mi
ft               | 1    | ft ; feet
nmi              | 1    | nautical miles ; nautical mile
km2              | 1    | km2 ; km² ; sq km ; sq. km ; square kilometers ; \
  square kilometres ; square kilometer ; square kilometre ; square km
m2               | 1    | m2 ; m² ; sqm ; sq m ; sq. m ; square meters ; \
  square metres ; square meter ; square metre
sq mile          | 1    | square miles ; square mile ; sq miles
ha               | 1    | ha ; hectares ; hectare
acre             | 1    | acres ; acre
l                | 1    | litres ; liters ; litre ; liter
gallon           | 1    | gallons ; gallon
degC             | 1    | °C ; ° C ; degrees Celsius ; degrees centigrade ; \
  degree Celsius
degF             | 1    | °F ; degrees Fahrenheit
degree           | 1    | ° ; degrees ; degree
second           | 1    | seconds ; secs ; sec
minute           | 1    | minutes ; minute ; mins ; min
hour             | 1    | hours ; hour ; hrs ; hr ; h
day              | 1    | days ; day
night            | 1    | nights
week             | 1    | weeks ; week
month            | 1    | months ; month
quarter          | 1    | quarters
year             | 1    | years ; year ; yrs ; yr
year             | 10   | decades ; decade
year             | 100  | centuries ; century
times            | 1    | times ; -fold ; fold ; x
EUR              | 1    | EUR ; € ; euros ; euro
USD              | 1    | USD ; US$ ; $ ; US dollars ; U.S. dollars ; US dollar ; \
  American dollars ; dollars ; dollar ; bucks ; greenbacks
GBP              | 1    | GBP ; £ ; pounds sterling ; British pounds ; pounds ; \
  sterling ; pound
AZN              | 1    | AZN ; ₼ ; Azerbaijani manats ; Azerbaijani manat ; manats ; \
  manat
RUB              | 1    | RUB ; RUR ; ₽ ; Russian roubles ; Russian rubles ; \
  roubles ; rubles ; rouble ; ruble
TRY              | 1    | TRY ; ₺ ; Turkish lira ; Turkish liras ; liras ; lira
AMD              | 1    | AMD ; ֏ ; Armenian drams ; drams ; dram
GEL              | 1    | GEL ; ₾ ; Georgian lari ; laris ; lari
UAH              | 1    | UAH ; ₴ ; hryvnias ; hryvnia
KZT              | 1    | KZT ; ₸ ; tenge
JPY              | 1    | JPY ; ¥ ; Japanese yen ; yen
CNY              | 1    | CNY ; RMB ; yuan ; renminbi
CHF              | 1    | CHF ; Swiss francs ; Swiss franc
PLN              | 1    | PLN ; zlotys ; zloty ; zł
SEK              | 1    | SEK ; Swedish kronor ; Swedish krona
NOK              | 1    | NOK ; Norwegian kroner ; Norwegian krone
DKK              | 1    | DKK ; Danish kroner
HUF              | 1    | HUF ; forints ; forint
RON              | 1    | RON ; Romanian lei
BGN              | 1    | BGN ; Bulgarian leva ; levs ; leva
CZK              | 1    | CZK ; Czech crowns ; Czech koruna
INR              | 1    | INR ; ₹ ; Indian rupees ; rupees
AED              | 1    | AED ; dirhams ; UAE dirhams
CAD              | 1    | CAD ; C$ ; CA$ ; Canadian dollars
AUD              | 1    | AUD ; A$ ; AU$ ; Australian dollars
IRR              | 1    | IRR ; Iranian rials ; rials
"""

_SCALES: Final = {
    "hundred": 100,
    "thousand": 10**3,
    "k": 10**3,
    "K": 10**3,
    "million": 10**6,
    "millions": 10**6,
    "m": 10**6,
    "M": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "billion": 10**9,
    "billions": 10**9,
    "b": 10**9,
    "B": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "trn": 10**12,
    "lakh": 10**5,
    "crore": 10**7,
}
_SYMBOLS: Final = frozenset("€$£¥₼₽₺֏₾₴₸₹")
_MONEY_CODE: Final = re.compile(r"[A-Z]{3}|(?:US|C|CA|A|AU)\$")
_ALWAYS_AS_WRITTEN: Final = 3


def _rows() -> tuple[Unit, ...]:
    rows = []
    for line in _UNITS.strip().splitlines():
        name, factor, forms = (cell.strip() for cell in line.split("|"))
        printed = tuple(form.strip() for form in forms.split(" ; "))
        rows.append(Unit(name, Decimal(int(Decimal(factor))), printed))
    return tuple(rows)


UNITS: Final = _rows()
CURRENCIES: Final = frozenset(
    row.name for row in UNITS if _MONEY_CODE.fullmatch(row.forms[0])
)
_BY_FORM: Final = {form: row for row in UNITS for form in row.forms}
_JOINED: Final = {"second": "seconds"}  # a unit only behind a hyphen, else an ordinal
_BY_LOWER: Final = {form.lower(): row for row in reversed(UNITS) for form in row.forms}


def _pattern(forms: Iterable[str]) -> str:
    """A pattern for printed forms; words in any case, abbreviations as written."""
    parts = []
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        loose = form.isascii() and form.islower() and len(form) > _ALWAYS_AS_WRITTEN
        spaced = re.escape(form).replace(r"\ ", f"(?:{GAP}|-)")
        parts.append(f"(?i:{spaced})" if loose else spaced)
    return rf"(?:{'|'.join(parts)})"


_PREFIXES: Final = [
    form
    for row in UNITS
    for form in row.forms
    if row.name in CURRENCIES and (form in _SYMBOLS or _MONEY_CODE.fullmatch(form))
]
CURRENCY: Final = _pattern(_PREFIXES)
MONEY_WORD: Final = _pattern(
    form for row in UNITS if row.name in CURRENCIES for form in row.forms
)
UNIT: Final = _pattern(form for row in UNITS for form in row.forms)
_LONG: Final = any_of(word for word in _SCALES if len(word) > _ALWAYS_AS_WRITTEN)
_SHORT: Final = any_of(word for word in _SCALES if len(word) <= _ALWAYS_AS_WRITTEN)
SCALE_WORD: Final = rf"(?i:{_LONG})"
SCALE_SHORT: Final = _SHORT


@cache
def unit_of(printed: str) -> Unit:
    """The row of a printed unit.

    >>> unit_of("bcm").name, unit_of("tonnes").name, unit_of("$").name
    ('m3', 't', 'USD')
    """
    spaced = re.sub(rf"{GAP}", " ", printed)
    for form in (spaced, spaced.replace("-", " "), _JOINED.get(spaced.lower(), "")):
        row = _BY_FORM.get(form) or _BY_LOWER.get(form.lower())
        if row:
            return row
    message = f"unknown unit: {printed!r}\n  fix: add a row for it to the unit table"
    raise SourcebookError(message)


def scale_of(printed: str) -> Decimal:
    """What a printed scale multiplies by.

    >>> scale_of("bn")
    Decimal('1000000000')
    """
    return Decimal(_SCALES.get(printed) or _SCALES[printed.lower()])


TIME_UNITS: Final = frozenset(
    "second minute hour day night week month quarter year".split()
)
