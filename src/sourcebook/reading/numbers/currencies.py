"""The currencies of the world: their codes, signs and words, and whose they are.

Codes and nouns are those of the Unicode CLDR as Babel gives it (a test holds the table
to it); signs and stems of place names are what public texts print. A noun that several
countries share (shillings, rupees, pounds) is settled by what the text says of itself:
a code, a sign, or one of the places. Where it says nothing, the noun itself is kept as
the unit, and that is said: a wrong currency is worse than none.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from sourcebook.reading.numbers.numerals import any_of
from sourcebook.reading.patterns import later

# Noun and plurals; then code and, by slashes, stems of its places ("_" for a blank).
_TABLE: Final = """
afghani afghanis ; AFN Afghan
ariary ariaries ; MGA Malagasy/Madagascar
baht bahts ; THB Thai/Bangkok
balboa balboas ; PAB Panama
birr birrs ; ETB Ethiopia/Addis
bolívar bolívars bolivars bolivar ; VES Venezuela
boliviano bolivianos ; BOB Bolivia
cedi cedis ; GHS Ghana/Accra
colón colóns colones ; CRC Costa_Rica
convertible_mark convertible_marks ; BAM Bosnia-Herzegovina/Bosnia
córdoba córdobas cordobas ; NIO Nicaragua
crown crowns ; CZK Czech ; SEK Swed ; NOK Norw ; DKK Danish/Denmark ; ISK Iceland
dalasi dalasis ; GMD Gambia
denar denari denars ; MKD Macedonia/Skopje
dinar dinars ; DZD Algeria ; BHD Bahrain ; IQD Iraq/Baghdad ; JOD Jordan/Amman ; \
  KWD Kuwait ; LYD Libya/Tripoli ; RSD Serbia/Belgrade ; TND Tunis
dirham dirhams ; AED UAE/Emirat/United_Arab/Dubai/Abu_Dhabi ; MAD Morocc/Rabat
dobra dobras ; STN São_Tomé_&_Príncipe/São_Tomé
dollar dollars ; USD US/U.S./America/United_States ; AUD Australia ; BBD Barbad ; \
  BMD Bermud ; BND Brunei ; BSD Baham ; BZD Belize ; CAD Canad ; FJD Fiji ; \
  GYD Guyan ; HKD Hong_Kong ; JMD Jamaica ; KYD Cayman ; LRD Liberia ; NAD Namibia ; \
  NZD New_Zealand ; SBD Solomon ; SGD Singapore ; SRD Surinam ; \
  TTD Trinidad_&_Tobago/Trinidad ; \
  TWD New_Taiwan/Taiwan ; XCD East_Caribbean
dong dongs ; VND Vietnam/Hanoi
dram drams ; AMD Armenia
escudo escudos ; CVE Cape_Verd
euro euros ; EUR Euro
florin florins ; AWG Aruba
forint forints ; HUF Hungar
franc francs ; CHF Swiss/Switzerland ; BIF Burundi ; CDF Congo ; DJF Djibouti ; \
  GNF Guinea ; KMF Comor ; RWF Rwanda ; XAF Central_African/Cameroon/Gabon ; \
  XOF West_African/Senegal/Ivor/Burkina/Benin/Togo/Niger ; XPF CFP
gourde gourdes ; HTG Haiti
guarani guaranis guaraníes ; PYG Paraguay
guilder guilders ; XCG Caribbean
hryvnia hryvnias ; UAH Ukrain
kina kinas ; PGK Papua_New_Guinea/Papua
kip kips ; LAK Lao
koruna korunas ; CZK Czech
krona kronor ; SEK Swed
krone kroner ; NOK Norw ; DKK Danish/Denmark
króna krónur ; ISK Iceland
kwacha kwachas ; MWK Malawi ; ZMW Zambia
kwanza kwanzas ; AOA Angola
kyat kyats ; MMK Myanmar/Burm
lari laris ; GEL Georgia
lek lekë leks ; ALL Albania
lempira lempiras ; HNL Hondur
leone leones ; SLE Sierra_Leone
leu lei ; RON Romania/Bucharest ; MDL Moldova/Chișinău
lev leva levs ; BGN Bulgaria
lilangeni emalangeni ; SZL Swazi/Eswatini
lira liras ; TRY Turk/Türk
loti maloti lotis ; LSL Lesotho
manat manats ; AZN Azerbaijan/Azeri/Baku ; TMT Turkmen
metical meticals meticais ; MZN Mozambi
naira nairas ; NGN Nigeria/Lagos/Abuja
nakfa nakfas ; ERN Eritrea
ngultrum ngultrums ; BTN Bhutan
ouguiya ouguiyas ; MRU Mauritania
pataca patacas ; MOP Maca
paʻanga paanga ; TOP Tonga
peso pesos ; ARS Argentin ; CLP Chile ; COP Colombia ; CUP Cuba ; DOP Dominican ; \
  MXN Mexic ; PHP Philippin/Manila ; UYU Uruguay
pound pounds ; GBP Brit/UK/U.K./United_Kingdom/England/English/London/Scot/Wales ; \
  EGP Egypt ; FKP Falkland ; GIP Gibraltar ; LBP Leban ; SDG Sudan/Khartoum ; \
  SHP St._Helena/Helena ; SSP South_Sudan ; SYP Syria
pula pulas ; BWP Botswana
quetzal quetzals ; GTQ Guatemala
rand rands ; ZAR South_Africa/Pretoria/Johannesburg/Cape_Town/Durban/Soweto
real reals reais ; BRL Brazil
renminbi yuan yuans ; CNY China/Chinese
rial rials ; IRR Iran ; OMR Oman ; YER Yemen
riel riels ; KHR Cambodia
ringgit ringgits ; MYR Malaysia
riyal riyals ; QAR Qatar/Doha ; SAR Saudi
ruble rubles rouble roubles ; RUB Russia ; BYN Belarus
rufiyaa rufiyaas ; MVR Maldiv
rupee rupees ; INR India/Delhi/Mumbai/Kerala/Gujarat/Maharashtra/Tamil ; \
  PKR Pakistan/Islamabad/Karachi/Lahore ; LKR Sri_Lanka/Colombo ; \
  NPR Nepal/Kathmandu ; MUR Mauriti ; SCR Seychell
rupiah rupiahs ; IDR Indonesia/Jakarta
shekel shekels ; ILS Israel
shilling shillings ; KES Kenya/Nairobi/Mombasa/Kisumu ; TZS Tanzania/Dodoma ; \
  UGX Uganda/Kampala ; SOS Somali
sol soles ; PEN Peru/Lima
som soms ; KGS Kyrgystan/Kyrgyz ; UZS Uzbek/Tashkent
somoni somonis ; TJS Tajik
sterling stg ; GBP Brit
taka takas ; BDT Bangladesh/Dhaka
tala talas ; WST Samoa
tenge tenges ; KZT Kazakh
tugrik tugriks ; MNT Mongolia
vatu vatus ; VUV Vanuatu
won ; KRW South_Korea/Korean ; KPW North_Korea
yen ; JPY Japan
¥ ; JPY Japan/Tokyo ; CNY China/Chinese/Beijing
P ; PHP Philippin/Manila/Filipin ; BWP Botswana/Gaborone
zloty zlotys złoty ; PLN Poland/Polish
gold ; ZWG Zimbabwe
"""
# A sign and the code it stands for, or the noun that it says and no more. "PS" and "Y="
# are what converters to plain ASCII leave of £ and ¥.
_SIGNS: Final = """
€ EUR ; $ USD ; US$ USD ; £ GBP ; ¥ ¥ ; JP¥ JPY ; CN¥ CNY ; RMB CNY ; ₼ AZN ; ₽ RUB
RUR RUB ; ₺ TRY ; ֏ AMD ; ₾ GEL ; ₴ UAH ; ₸ KZT ; zł PLN ; ₹ INR ; C$ CAD ; CA$ CAD
A$ AUD ; AU$ AUD ; HK$ HKD ; NZ$ NZD ; S$ SGD ; SG$ SGD ; NT$ TWD ; R$ BRL ; MX$ MXN
J$ JMD ; TT$ TTD ; EC$ XCD ; N$ NAD ; B$ BND ; BZ$ BZD ; FJ$ FJD ; G$ GYD ; L$ LRD
Bds$ BBD ; CI$ KYD ; SI$ SBD ; KSh KES ; Ksh KES ; KSH KES ; KShs KES ; Kshs KES
TSh TZS ; TShs TZS ; USh UGX ; UShs UGX ; Sh shilling ; Shs shilling ; Rs rupee
SLRs LKR ; Rwf RWF ; Frw RWF
NRs NPR ; MRs MUR ; ₦ NGN ; RM MYR ; SKr SEK ; NKr NOK ; DKr DKK ; SFr CHF ; Sfr CHF
Tk BDT ; ৳ BDT ; Rp IDR ; ₵ GHS ; GH₵ GHS ; GH¢ GHS ; ₱ PHP ; ₩ KRW ; ฿ THB ; ₫ VND
₭ LAK ; ₮ MNT ; ₲ PYG ; ₡ CRC ; ₪ ILS ; ៛ KHR ; Kč CZK ; Dh dirham ; Dhs dirham
FCFA XOF ; CFAF XOF ; E£ EGP ; LE EGP ; Can$ CAD ; Aus$ AUD ; CFA franc
TL TRY ; Yn CNY ; Kz AOA ; RD$ DOP ; WS$ WST
SDR SDR ; SR SAR ; KD KWD ; BD BHD ; RO OMR ; QR QAR ; JD JOD ; Le SLE
Birr ETB ; Naira NGN ; Taka BDT ; Baht THB ; Tenge KZT ; Manat AZN ; Euro EUR
Rupees rupee ; Eur EUR ; Usd USD ; Gbp GBP ; Br ETB
Lei RON ; lei RON ; Ft HUF ; R ZAR ; N NGN ; P P ; PS GBP ; Y= JPY
\U0001fffe ZAR ; \U0001ffff NGN ; \U0002fffe PHP
\U0002ffff BWP ; \U0003fffe ZMW ; \U0003ffff MWK
"""
# The noun alone means this one, unless the text has another of its places only.
_USUAL: Final = {
    "dollar": "USD", "ruble": "RUB", "lira": "TRY", "manat": "AZN", "won": "KRW",
    "¥": "JPY",
}  # fmt: skip
# Letters that also mean other things are money only before what is plainly an amount.
_ONLY_BEFORE_MUCH: Final = frozenset(
    "Le Br Birr Naira Taka Baht Tenge Manat Eur Euro Rupees Lei lei Ft SR KD BD RO QR "
    "JD P R N PS Y= LE "
    "ALL TOP TRY CUP COP MAD SOS PEN MOP BAM DOP GEL SLE ERN".split()
)
_NOT_BEHIND: Final = (_ONLY_BEFORE_MUCH - {"TRY", "MAD", "PEN", "DOP", "GEL"}) | set(
    "Sh Dh C$ S$ MRs NRs Rp".split()
)
_NO_WORD: Final = frozenset("¥ P gold real reals sol won som kip sterling".split())
# A dram is a draught, too: money only where the text speaks of its country.
_NEEDS_ITS_PLACE: Final = frozenset({"dram"})
RUPEE: Final = "Rs"  # what a rupee of no country is called


class Money(NamedTuple):
    """A currency of a noun: its code and the beginnings of its places' names."""

    code: str
    stems: tuple[str, ...]


def _families() -> dict[str, tuple[Money, ...]]:
    rows = {}
    for line in _TABLE.strip().replace("\\\n", "").splitlines():
        nouns, *owners = (cell.strip() for cell in line.split(";"))
        owned = []
        for owner in owners:
            code, stems = owner.split(" ", 1)
            owned.append(Money(code, tuple(stems.replace("_", " ").split("/"))))
        for noun in nouns.split():
            rows[noun.replace("_", " ")] = tuple(owned)
    return rows


_FAMILIES: Final = _families()
_SINGULAR: Final = {
    noun.replace("_", " "): line.split(" ", 1)[0].replace("_", " ")
    for line in _TABLE.strip().replace("\\\n", "").splitlines()
    for noun in line.split(";")[0].split()
}
CODES: Final = frozenset(each.code for row in _FAMILIES.values() for each in row)
NOUNS: Final = frozenset(_SINGULAR.values()) | {RUPEE}
"""Units that are money of a country not told."""
BY_SIGN: Final = {
    sign: code
    for line in _SIGNS.strip().splitlines()
    for sign, code in (pair.split() for pair in line.split(";"))
} | {code: code for code in CODES}

_MUCH: Final = (
    r"(?=[ ]?\d[\d,.]{0,15}(?:[ -]?(?:hundred|thousand|million|billion|trillion"
    r"|crore|lakh)\b"
    r"|[ ]?(?:bl?n|ml?n|trn?|tn|trn|m|k|b)\b)|[ ]?\d{1,3}(?:,\d{3})+"
    r"|(?:(?<=[a-zA-Z]{2})[ ])?\d{1,4}\.\d\d(?![\d.]))"
)
_PLAIN: Final = sorted(set(BY_SIGN) - _ONLY_BEFORE_MUCH)
_LETTERED: Final = any_of([s for s in _PLAIN if s[0].isascii() and s[0] != "$"])
_SYMBOLS: Final = "".join(s for s in _PLAIN if len(s) == 1 and not s.isalpha())
_DOLLARS: Final = "|".join(each.code for each in _FAMILIES["dollar"])
SIGN: Final = (
    rf"(?:(?=[A-Zzl])(?:(?:US|HK|NZ|NT|AU|CA|SG|S|R) \$|U\.S\. ?\$"
    r"|(?:Rs|K?[Ss]hs?|Tk|Rp)\."
    rf"|(?:{_DOLLARS}) ?\$"
    rf"|{_LETTERED}"
    rf"|{any_of(sorted(_ONLY_BEFORE_MUCH))}{_MUCH})"
    r"|\$(?:USD?|AUD?|NZD?|HKD?|CAD?|A|C)(?=[ ]?\d)"
    rf"|[{re.escape(_SYMBOLS)}])"
)
"""What may stand before an amount of money."""


def _words() -> str:
    """Nouns alone, and with whose they are: "Kenyan shillings"."""
    lone = sorted(set(_FAMILIES) - _NO_WORD)
    stems = {stem for row in _FAMILIES.values() for each in row for stem in each.stems}
    owned = "|".join(sorted(map(re.escape, stems), key=lambda stem: (-len(stem), stem)))
    nouns = any_of(sorted(set(_FAMILIES) - {"¥", "P"}))
    return (
        rf"(?:(?=[A-ZÀ-ÿ])(?:{owned})\w{{0,6}} (?:CFA |new |Islands? )?(?i:{nouns})"
        rf"|(?:(?<=illion[ ])|(?<=[btlm]n[ ])|(?<=usand[ ]))"
        rf"(?:won|soms?|reais|reals|kip|sol|soles|Br)\b"
        rf"|pounds sterling|CFA francs?|F[ ]?CFA\b|bucks|greenbacks"
        rf"|(?i:{any_of(lone)}))"
    )


_BEHIND: Final = [
    s for s in sorted(set(BY_SIGN) - _NOT_BEHIND) if s[0].isascii() and s[0] != "$"
]
WORD: Final = (
    rf"(?:(?=[A-Zz])(?:{any_of(_BEHIND)})(?![\w$])"
    rf"|[{re.escape(_SYMBOLS)}]|{_words()})"
)
"""What may stand behind an amount of money."""


@lru_cache(maxsize=512)
def currency_of(printed: str) -> str:
    """The code of a printed currency, the noun where several share it, "" if none.

    >>> currency_of("HK $"), currency_of("Kenyan shillings"), currency_of("shillings")
    ('HKD', 'KES', 'shilling')
    """
    sign = re.sub(r"[\s.]", "", printed)
    if sign[3:] == "$" or (sign[:1] == "$" and sign[1:]):  # "CAD $", "$US", "$AUD"
        sign = sign.strip("$")
        sign = sign if sign in CODES else f"{sign}$"
    if code := BY_SIGN.get(sign):
        return RUPEE if code == "rupee" else code
    words = " ".join(re.split(r"[\s-]+", printed.strip()))
    low = words.lower()
    if low in {"bucks", "greenbacks"}:
        return "USD"
    tails = (low.split(" ", at)[-1] for at in range(low.count(" ") + 1))
    noun = next((tail for tail in tails if tail in _FAMILIES), "")
    row = _FAMILIES.get(noun, ())
    single = _SINGULAR.get(noun, "")
    owners = [each.code for each in row if words.startswith(each.stems)]
    if owners and low != noun:
        return "SSP" if "SSP" in owners else owners[0]
    if len(row) == 1 and single not in _NEEDS_ITS_PLACE:
        return row[0].code
    return RUPEE if single == "rupee" else single


# A letter before any figure is money where the text is of one of its countries.
_LETTERS: Final = {"R": "rand", "N": "naira", "P": "P", "K": "kwacha"}
# The signs are noncharacters, which no text has.
STANDING_FOR: Final = {
    code: sign for sign, code in BY_SIGN.items() if sign > "\U00010000"
}


def with_signs(text: str) -> str:
    """The text with the letters that are money in it put into signs of their own.

    >>> with_signs("South Africa paid R480, not on the R21.").index("R")
    35
    """
    if re.search(rf"(?<![\w-])PS{_MUCH}", text):
        text = re.sub(r"(?<![\w-])PS(?=\d)(?![1-5]\b)", "£ ", text)
    for letter, noun in _LETTERS.items():
        found = re.compile(
            rf"(?<![\w-])(?<!n the )(?<!g the ){letter}(?=[ ]?\d)"
            r"(?!\d{1,3} (?:road|highway|freeway|motorway|route)s?\b)"
        )
        if not found.search(text):
            continue
        named = _named(noun, text)
        if not named and len(_FAMILIES[noun]) == 1:
            told = (
                rf"\b{noun}s?\b|(?<![\w-]){letter} ?\d[\d.,]*"
                r"(?: ?bl?n| ?trn?| ?tn| [bt]r?illion|[ \u00a0]\d{3}(?![\w-]))\b"
            )
            named = (_FAMILIES[noun][0].code,) if re.search(told, text) else ()
        if len(named) == 1:
            text = found.sub(STANDING_FOR[named[0]], text)
    return text


_WHOSE: Final = later(
    rf"[ ]\(?(?:(?P<code>{_DOLLARS})(?!\w)"
    r"|(?P<place>U\.?S\.?|American|Australian|Canadian|New Zealand|Hong Kong|Singapore"
    r"|Jamaican|Namibian)(?!\w)(?= ?(?:[.,;:)]|$|an? |in |for |per |each |and ))\)?)"
)


def whose_dollars(text: str, end: int) -> tuple[int, str]:
    """Where "$5 million CAD" ends and its code, told behind it; "" where it is not.

    >>> whose_dollars("$20 Canadian", 3), whose_dollars("$5 US aid", 2)
    ((12, 'CAD'), (2, ''))
    """
    told = _WHOSE.match(text, end)
    if not told:
        return end, ""
    if told["code"]:
        return told.end("code"), told["code"]
    return told.end("place"), currency_of(f"{told['place']} dollars")


def is_open(text: str) -> str:
    """Why a bare $ may be no US dollar here: the text speaks of one other country's."""
    named = _named("dollar", text)
    if len(named) == 1 and named[0] != "USD":
        return f"doubtful: a bare $, where the text speaks of {named[0]}"
    return ""


def settle(unit: str, text: str, *, large: bool) -> tuple[str, str]:
    """The code that a shared noun stands for in a text, and the ground of that.

    ``large`` tells of a text that counts in lakhs or crores, or groups as India groups.

    >>> settle("shilling", "The Kenyan treasury raised Sh5bn.", large=False)
    ('KES', 'inferred: the text speaks of its country')
    """
    if unit not in NOUNS:
        return unit, "read"
    noun = "rupee" if unit == RUPEE else unit
    named = _named(noun, text)
    if len(named) == 1:
        return named[0], "inferred: the text speaks of its country"
    if noun == "rupee" and large and not named:
        return "INR", "inferred: counted as India counts"
    usual = _USUAL.get(noun, "")
    if usual and not named:
        return usual, "read"
    if usual in named:
        return usual, "inferred: the usual one of several named"
    why = "no country is named" if not named else "several countries are named"
    return unit, f"doubtful: {why}, so whose {noun} it is stays open"


@lru_cache(maxsize=256)
def _named(noun: str, text: str) -> tuple[str, ...]:
    """The currencies of a noun whose code, sign or place the text names."""
    found = []
    for code, stems in _FAMILIES[noun]:
        own = [sign for sign, meant in BY_SIGN.items() if meant == code]
        lettered = [re.escape(s) for s in own if s[0].isalpha() and s not in _LETTERS]
        marks = [re.escape(s) for s in own if not s[0].isalpha() and s != "$"]
        places = "|".join(re.escape(stem) for stem in stems)
        pattern = rf"\b(?:{places})|(?<![^\W\d_])(?:{'|'.join(lettered)})(?![^\W\d_])"
        pattern += "".join(f"|{mark}" for mark in marks)
        if re.search(pattern, text):
            found.append(code)
    if "SSP" in found and "SDG" in found and not re.search(r"(?<!South )\bSudan", text):
        found.remove("SDG")
    return tuple(found)
