"""What a number may be a number *of*: units, currencies, scales and rates.

Each row gives the canonical name ("=" where each printed form is one), the factor that
brings the printed unit to it or the sizes it comes in, and the printed forms. *ton* is
the metric ton, never the US short ton; a decade is ten years and a century a hundred,
because texts count one thing in all three; pence are hundredths of a pound. Nothing
else is converted: miles stay miles, dollars stay dollars. Money is in ``currencies``.

A form in capitals or with a capital is matched as written (``MW`` is not ``mW``);
a lower-case word of four letters or more is matched in any case.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from sourcebook.errors import SourcebookError
from sourcebook.reading.numbers.currencies import BY_SIGN, SIGN, WORD, currency_of
from sourcebook.reading.numbers.numerals import any_of
from sourcebook.reading.patterns import GAP


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit, the printed forms of it, and what one of them is worth."""

    name: str
    factor: Decimal
    forms: tuple[str, ...]


_UNITS: Final = """
percent          | 1    | % ; percent ; per cent ; pct ; percents ; per cents ; faiz ; \
  prozent ; pour cent ; pc ; p.c. ; wt% ; wt.% ; wt % ; wt. % ; vol% ; vol.% ; vol % ; \
  mol% ; mol % ; at.% ; at. %
=                | 1    | nmol ; bpm ; lux ; Gy ; ksi ; mol ; PS ; rpm ; mAh ; meV ; \
  keV ; MeV ; GeV ; Pa ; GPa ; MPa ; kPa ; sen ; kobo
permille         | 1    | ‰ ; per mille ; promille
percentage-point | 1    | percentage points ; percentage point ; pp ; ppt ; ppts ; \
  p.p. ; points of a percent ; percent points ; of a percentage point
basis-point      | 1    | basis points ; basis point ; bps ; bp
m3               | 1    | cubic meters ; cubic metres ; cubic meter ; cubic metre ; \
  ㎥ ; m3 ; m³ ; cu m ; cu. m ; cbm
m3               | 1e9  | bcm ; BCM ; Bcm ; km3 ; km³ ; cubic kilometres ; \
  cubic kilometers
m3               | 1e3  | kcm
m3               | 1e6  | mcm ; MCM ; Mcm ; mmcm ; Mm3 ; Mm³ ; hm3 ; hm³
m3/day           | 1e6  | MMSCMD ; mmscmd
m3               | 1e12 | tcm ; TCM
t                | 1    | tons ; tonnes ; ton ; tonne ; t ; metric tons ; \
  metric tonnes ; metric ton ; metric tonne ; tC ; tCO2 ; tCO2e ; tCO2eq
t                | 1e5  | LMT
t                | 1e6  | MMT
t                | k M G | t ; tons ; tonnes ; tC ; tCO2 ; tCO2e ; tCO2eq
MT               | 1    | MT ; mt
TEU              | 1    | TEU ; TEUs ; twenty foot equivalent units ; \
  twenty foot equivalent unit
dwt              | 1    | dwt ; DWT ; deadweight tonnes ; deadweight tons
GT               | 1    | GT ; GRT ; gross tonnage ; gross register tons
t/year           | 1e6  | mtpa ; MTPA ; Mtpa
cu ft            | 1    | cubic feet ; cubic foot ; cu ft ; cu. ft
cu ft            | 1e6  | MMscf ; mmscf ; MMcf ; mmcf
cu ft/day        | 1e6  | MMscf/d ; MMscfd ; mmscf/d ; mmscfd ; MMcf/d ; mmcfd ; MMcfd
dth              | 1    | Dth ; dth ; dekatherms ; dekatherm
MMBtu            | 1e-6 | British thermal units ; British thermal unit
MMBtu            | 1    | MMBtu ; mmBtu ; MMBTU ; mmbtu
cu ft            | 1e9  | bcf ; Bcf ; BCF
cu ft            | 1e12 | tcf ; Tcf ; TCF
toe              | 1    | toe ; tons of oil equivalent ; tonnes of oil equivalent
toe              | 1e6  | Mtoe ; mtoe
kg               | 1e6  | mkg
kg               | 1    | ㎏ ; kg ; kilograms ; kilogrammes ; kilogram ; kilogramme ; \
  kilos ; kilo
g                | 1    | g ; grams ; grammes ; gram ; gramme
gravity          | 1    | standard gravity
mg               | 1    | mg ; milligrams ; milligram
ng               | 1    | ng ; nanograms ; nanogram
pg               | 1    | pg ; picograms ; picogram
µg               | 1    | µg ; μg ; mcg ; micrograms ; microgram
IU               | 1    | IU ; international units
ppm              | 1    | ppm ; parts per million
ppb              | 1    | ppb ; parts per billion
stone            | 1    | stones of weight
kg               | 100  | quintals ; quintal ; qtls ; qtl
line of code     | 1e3  | KLoC ; KLOC ; kLOC
FTE              | 1    | FTE ; FTEs
lb               | 1    | lb ; lbs ; lbs.
oz               | 1e3  | koz
oz               | 1e6  | Moz ; moz
fathom           | 1    | fathoms ; fathom
oz               | 1    | oz ; ounces ; ounce
lb ft            | 1    | pound feet ; lb ft ; foot pounds ; lb. ft ; lb. ft. ; \
  pound foot ; ft lb ; ft lbs ; lbs ft ; lbft ; lb.ft
Nm               | 1    | Nm ; newton metres ; newton meters
barrel/day       | 1    | bpd ; b/d ; boe/d ; boepd ; bopd
barrel/day       | 1e3  | kb/d ; kbd ; kbpd ; kboe/d ; kboepd
barrel/day       | 1e6  | mb/d ; mbpd ; mbd ; MMbpd ; MMb/d ; mmbpd
barrel           | 1    | barrels ; barrel ; bbl ; bbls ; boe ; bl
barrel           | 1e3  | kbbl ; kbbls
barrel           | 1e6  | mmbbl ; MMbbl ; MMbbls ; mmboe ; MMboe
Wh               | 1e3  | KWh ; kW hours ; kW·h
Wh               | 1 k M G T | Wh ; watt hours ; watt hour
GJ               | 1    | GJ ; gigajoules
TJ               | 1    | TJ ; terajoules
PJ               | 1    | PJ ; petajoules
kV               | 1    | kV ; kilovolts ; kilovolt
km               | 1 | ㎞ ; km ; kms ; kilometers ; kilometer ; kilometres ; kilometre
m                | 1    | m ; meters ; metres ; meter ; metre
cm               | 1    | ㎝ ; cm ; centimeters ; centimetres ; centimeter ; centimetre
mm               | 1    | mm ; millimeters ; millimetres ; millimeter ; millimetre
inch             | 1    | inches ; inch ; ″
yard             | 1    | yards ; yard
mile/hour        | 1    | mph
knot             | 1    | knots ; knot ; kn ; kts
km/hour          | 1    | kph ; kmh ; kmph ; km/h
m3/year          | 1e9  | bcma
m3/second        | 1    | cumecs ; cumec
mile             | 1    | miles ; mile ; mi
ft               | 1    | ft ; feet
nm               | 1    | nm ; nanometres ; nanometers
nmi              | 1    | nautical miles ; nautical mile
km2              | 1    | ㎢ ; km2 ; km² ; sq km ; sq. km ; square kilometers ; \
  square kilometres ; square kilometer ; square kilometre ; square km ; sq.km
m2               | 1    | ㎡ ; m2 ; m² ; sqm ; sq m ; sq. m ; sq.m ; square meters ; \
  square metres ; square meter ; square metre
mm2              | 1    | mm2 ; mm² ; sq mm ; square millimetres
cm2              | 1    | cm2 ; cm² ; sq cm ; square centimetres
cm3              | 1    | cm3 ; cm³ ; cubic centimetres ; cubic centimeters
sq mile          | 1    | square miles ; square mile ; sq miles ; sq mi ; sq. mi
ha               | 1 k M | ha ; hectares ; hectare
cusec            | 1    | cusecs ; cusec
acre-foot        | 1    | acre feet ; acre foot
acre-foot        | 1e6  | MAF
acre             | 1    | acres ; acre ; ac
sq ft            | 1    | sq ft ; sq. ft ; sqft ; square feet ; square foot
l/minute         | 1    | L/min ; l/min ; LPM
mmol             | 1    | mmol ; millimoles
µmol             | 1    | µmol ; μmol ; umol
l/day            | 1e6  | Ml/d ; ML/d ; MLD
l                | 1e6  | Ml ; ML ; megalitres ; megaliters
l                | 0.01 | cl ; centilitres ; centiliters
tbsp             | 1    | tablespoons ; tablespoon ; tbsp
tsp              | 1    | teaspoons ; teaspoon ; tsp
bushel           | 1    | bushels ; bushel ; bu
l                | 100  | hl ; hectolitres ; hectoliters
l                | 1    | litres ; liters ; litre ; liter
µSv              | 1    | µSv ; μSv ; microsieverts
mSv              | 1    | mSv ; millisieverts
Bq               | 1    | Bq ; becquerels
light-year       | 1    | light years ; light year
µl               | 1    | µl ; µL ; μl ; μL
ml               | 1    | cc ; ml ; mL ; millilitres ; milliliters
bar              | 1    | bar ; barg ; bara
psi              | 1    | psi ; pounds per square inch
hPa              | 1    | hPa ; hectopascals ; millibars ; mbar
mmHg             | 1    | mmHg ; mm Hg
dB               | 1    | dB ; decibels ; decibel
kJ               | 1    | kJ ; kilojoules
kcal             | 1    | kcal ; kilocalories
N                | k M | N ; newtons
VA               | k M | VA
au               | 1    | au ; astronomical units ; astronomical unit
hp               | 1    | hp ; HP ; bhp ; horsepower
MB               | 1    | MB ; megabytes ; megabyte
GB               | 1    | GB ; gigabytes ; gigabyte
TB               | 1    | TB ; terabytes ; terabyte
Mbit/second      | 1    | Mbps ; Mb/s ; Mbit/s ; megabits per second
Gbit/second      | 1    | Gbps ; Gbit/s
V                | 1    | V ; volts ; volt
W                | 1 k M G T | W ; watts ; watt ; Wp
W                | k M G | We
W                | 1e-3 | mW ; milliwatts
mA               | 1    | mA ; milliamps
A/cm2            | 1    | A/cm2 ; A/cm²
Hz               | 1 k M G | Hz ; hertz
mpg              | 1    | mpg ; miles per gallon
gallon           | 1    | gallons ; gallon
degC             | 1    | ℃ ; °C ; ° C ; degrees Celsius ; degrees centigrade ; \
  degree Celsius ; degC ; deg C ; Celsius
K                | 1    | kelvins ; kelvin
degF             | 1    | ℉ ; °F ; degrees Fahrenheit ; degF ; deg F ; Fahrenheit
degree           | 1    | ° ; degrees ; degree
ns               | 1    | ns ; nanoseconds
ms               | 1    | ms ; milliseconds
µm               | 1    | µm ; μm ; micrometres ; micrometers ; microns
eV               | 1    | eV ; electron volts
Å                | 1    | Å ; angstroms ; angstrom
mV               | 1    | mV ; millivolts
hPa              | 1e-3 | µbar ; μbar
µm2              | 1    | µm2 ; μm2 ; µm² ; μm²
MP               | 1    | megapixels ; megapixel
frame/second     | 1    | fps
second           | 1    | seconds ; secs ; sec
minute           | 1    | minutes ; minute ; mins ; min
hour             | 1    | hours ; hour ; hrs ; hr ; h
day              | 1    | days ; day
night            | 1    | nights
week             | 1    | weeks ; week
month            | 1    | months ; month ; mths ; mth
quarter          | 1    | quarters
year             | 1    | years ; year ; yrs ; yr
year             | 1e3  | ka ; kyr ; kya
year             | 1e6  | Ma ; Myr ; mya
year             | 10   | decades ; decade
year             | 100  | centuries ; century
times            | 1    | times ; -fold ; fold ; x
USD              | 0.01 | US cents ; US cent ; U.S. cents
EUR              | 0.01 | euro cents ; eurocents ; eurocent ; euro cent
cent             | 1    | cents ; cent ; ct ; cts ; ¢
kopeck           | 1    | kopecks ; kopeks ; kopeck
AZN              | 0.01 | gapik ; gapiks ; qapik ; qapiks ; qepik ; qepiks ; gepik ; \
  qəpik
paisa            | 1    | paise ; paisa
GEL              | 0.01 | tetri
TRY              | 0.01 | kuruş ; kurus
PLN              | 0.01 | groszy ; grosz
KZT              | 0.01 | tiyn ; tiyns
UAH              | 0.01 | kopiykas ; kopiyka
RON              | 0.01 | bani
BGN              | 0.01 | stotinki
GHS              | 0.01 | pesewas ; pesewa
GBP              | 0.01 | pence ; penny
"""

_SCALES: Final = {
    word: 10 ** int(power)
    for power, words in (
        line.split(" | ")
        for line in """2  | hundred
3  | thousand ; thousands ; min ; k ; K ; tys ; thsd ; thous ; thou ; ths
5  | L ; lakh ; lakhs ; lac ; lacs ; hundred thousand
6  | million ; millions ; millionen ; milyon ; m ; M ; mn ; mln ; mio ; mil ; mill
7  | crore ; crores ; cr
8  | hundred million
9  | billion ; billions ; b ; B ; bn ; bln ; bil ; mia ; mlrd ; mld ; mrd
9  | thousand million
9  | md ; milliard ; milliards ; milliarden ; milyard ; milyar
10 | thousand crore
11 | hundred billion
12 | trillion ; tn ; tr ; trn ; trln ; tril ; lakh cr ; lakh crore""".splitlines()
    )
    for word in words.split(" ; ")
} | {"dozen": 12}
_ALWAYS_AS_WRITTEN: Final = 3


# What a letter before a unit multiplies by, and its word: kW, megawatts.
_SIZES: Final = {
    "k": ("1e3", "kilo"), "M": ("1e6", "mega"),
    "G": ("1e9", "giga"), "T": ("1e12", "tera"),
}  # fmt: skip


def _rows() -> tuple[Unit, ...]:
    rows = []
    for line in _UNITS.strip().splitlines():
        name, sizes, cell = (cell.strip() for cell in line.split("|"))
        forms = [form.strip() for form in cell.split(" ; ")]
        for size in sizes.split():
            worth, word = _SIZES.get(size, (size, ""))
            if word:
                sized = [(size, word)[len(f) > 3 and f.islower()] + f for f in forms]
            factor, printed = Decimal(f"{Decimal(worth):f}"), sized if word else forms
            if name == "=":  # each form is its own unit
                rows += [Unit(form, factor, (form,)) for form in printed]
            else:
                rows.append(Unit(name, factor, tuple(printed)))
    return tuple(rows)


UNITS: Final = _rows()
_BY_FORM: Final = {form: row for row in UNITS for form in row.forms}
# A second is a unit only behind a hyphen or decimals, else an ordinal; p, C, F and in
# only when glued; a foot may be on patrol.
_JOINED: Final = dict(
    pair.split(":") for pair in "second:seconds s:seconds p:pence C:°C F:°F in:inch "
    "foot:feet c:cents mp:megapixels ':feet ’:feet ′:feet \":inch ”:inch l:litre "
    "L:litre K:kelvin".split()
) | dict.fromkeys(("st", "stone"), "stones of weight")  # fmt: skip
_ONLY_GLUED: Final = (
    r"(?:(?<=\d)[CF](?![\w’'°-])|(?<=\d)MP(?!\w)|(?<=\d)′"
    r"|(?<=\d)['’\"”](?= (?:long|high|wide|tall|deep|thick|screen|monitor|display"
    r"|pipe|tyre|TV)\b)"
    r"|(?:(?<=ft[ ]\d)|(?<=ft[ ]\d\d))in"
    r"|(?<=\d)in(?=[- ](?:in|wide|long|high|tall|deep|thick|of|x|by|and)\b|[-,.;)]|$)"
    r"|(?<=\d)st(?<!1st)(?![\w’'-])|(?<=\b11)st(?![\w’'-])"
    r"|(?<=\d)l(?![\w’'-])|(?<=\d[ ])l(?=[ ,.;)/])|(?<=\d[ ])L(?=/)"
    r"|(?<=\d)c(?= (?:in the (?:dollar|euro|rand)|per|an? (?:litre|kilo|share"
    r"|unit|pound|gallon|pint|minute|ounce))\b)"
    r"|c(?=/(?:[kM]?Wh|li?t?|kg|lb|bb?l|mile|gal)\b)"
    r"|(?<=\d\.\d)L(?=[ -](?:engine|turbo|petrol|diesel|V\d))"
    r"|(?<=\d-)stone\b|(?:(?<=\d[ ])|(?<=\d{4})|(?<=,\d{3}))K(?![\w’'°-])"
    r"|(?<=\d[ ])stone(?= (?:in|since|and|over|after|heavier|lighter|\d)\b|[-,.;)]|$)"
    r"|(?i:foot)(?! (?:soldier|patrol|guard|pursuit|bridge|traffic"
    r"|path|print|massage|race|and \d[\d,]* (?:horse|cavalry)\b)))"
)
_BY_LOWER: Final = {form.lower(): row for row in reversed(UNITS) for form in row.forms}


def _pattern(forms: Iterable[str]) -> str:
    """A pattern for printed forms; words in any case, abbreviations as written."""
    parts = []
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        loose = form.isascii() and form.islower() and len(form) > _ALWAYS_AS_WRITTEN
        spaced = re.escape(form).replace(r"\ ", f"(?:{GAP}|-)")
        parts.append(f"(?i:{spaced})" if loose else spaced)
    return rf"(?:{'|'.join(parts)})"


CURRENCY: Final = SIGN
MONEY_WORD: Final = (
    r"(?:pence(?!\w)|penny(?!\w)"
    r"|(?!(?i:pounds?[ -]{0,3}f[eo][eo]t"
    rf"|pounds? per square|euro[ -]cents?\b)){WORD})"
)
_MEASURE: Final = _pattern(form for row in UNITS for form in row.forms)
UNIT: Final = (
    rf"(?:(?!(?i:gram (?:panch|sabha|sevak))|x ?\d|x (?!EBIT)[A-Z€$£]|x $){_MEASURE}"
    rf"|{_ONLY_GLUED}|{MONEY_WORD})"
)
_LONG: Final = any_of(
    word for word in _SCALES if len(word) > _ALWAYS_AS_WRITTEN
).replace(r"\ ", " ")
_SHORT: Final = any_of(word for word in _SCALES if len(word) <= _ALWAYS_AS_WRITTEN)
SCALE_WORD: Final = rf"(?i:{_LONG})"
SCALE_SHORT: Final = _SHORT


def _joined(printed: str) -> str:
    """The form that stands for one which is a unit only beside a figure."""
    return _JOINED.get(printed if len(printed) == 1 else printed.lower(), "")


@cache
def unit_of(printed: str) -> Unit:
    """The row of a printed unit.

    >>> unit_of("bcm").name, unit_of("tonnes").name, unit_of("$").name
    ('m3', 't', 'USD')
    """
    spaced = re.sub(rf"{GAP}", " ", printed)
    for form in (spaced, spaced.replace("-", " "), _joined(spaced)):
        row = _BY_FORM.get(form)
        if row or (form not in BY_SIGN and (row := _BY_LOWER.get(form.lower()))):
            return row
    if code := currency_of(spaced):
        return Unit(code, Decimal(1), (spaced,))
    message = f"unknown unit: {printed!r}\n  fix: add a row for it to the unit table"
    raise SourcebookError(message)


def is_scale(word: str) -> bool:
    """Whether a word multiplies: in "3-trillion", and not in "3-storey"."""
    return word in _SCALES


def scale_of(printed: str) -> Decimal:
    """What a printed scale multiplies by.

    >>> scale_of("bn")
    Decimal('1000000000')
    """
    plain = " ".join(re.split(r"[\s-]+", printed))
    return Decimal(_SCALES.get(plain) or _SCALES[plain.lower()])


TIME_UNITS: Final = frozenset(
    "second minute hour day night week month quarter year".split()
)
