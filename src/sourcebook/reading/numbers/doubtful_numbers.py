"""Bare figures that may be an age, or in a unit that is printed elsewhere or new.

Where the words beside a figure say that it is somebody's age, it is one; where they
leave open what it is of, it is said to be doubtful, with the reason.
"""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from sourcebook.reading.certainty import READ, is_doubtful
from sourcebook.reading.dates.reference_time import says
from sourcebook.reading.numbers.counted_nouns import FUNCTION
from sourcebook.reading.numbers.currencies import CODES
from sourcebook.reading.numbers.number_mention import NumberMention
from sourcebook.reading.numbers.numerals import any_of
from sourcebook.reading.numbers.rates import rate_of
from sourcebook.reading.numbers.shared_units import ENDS, SAME_KIND, lent
from sourcebook.reading.numbers.shares import FRACTIONS
from sourcebook.reading.patterns import later

_BARE_RULES: Final = frozenset({"count", "range", "between"})
_REACH: Final = 60
_SENTENCE_OF: Final = 200  # characters; beyond, nothing is compared
_SENTENCE: Final = later(r"[.!?]\s|\n")
_CLOSED: Final = re.compile(r"[(=<>\[/] ?\Z")
_OLDEST: Final = 109
_PRINTED: Final = re.compile(r"\d[\d,]{0,20}(?:\.\d{1,9})?(?<=\d)")
_WERE: Final = later(r" (?:is|are|was|were) \Z")
_CENT: Final = Decimal("0.01")
_SUM: Final = "inferred: coins, then cents"
_GOES: Final = later(r"\b(?:go|goes|went|going|gone) \Z")
_ONE_COIN: Final = later(
    r"\b[Aa]n? (?:(?:manat|euro|pound|dollar|franc|rouble|lira|lari)(?: and)?"
    r"|(?:hour|minute|day|week|month|year) and) \Z"
)
_OR_TWO: Final = later(r"\b[Aa]n? (?!hundred|thousand)(?P<noun>[a-z]{3,16}) or \Z")
# "more than 8" at the end of a line and "000 tonnes" on the next may be one figure.
_LINE_ENDS: Final = later(r"\n\d{3}(?![\d,.])")
_LINE_BEFORE: Final = later(r"[a-z€$£] ?\d{1,3}\n\Z")
_PARTED: Final = "doubtful: digits that the end of a line may part"
_AN_AGE: Final = "inferred: taken for an age, by the words beside"
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d")
# "Ms Hale, 73, was left", "the driver, 54.", and of a bare name "Ann Hale, 73, said":
# "for New Zealand, 15, and Fiji, 9" are no ages.
_SOMEBODY: Final = later(
    r"\b(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Prof|Cllr)\.?(?: [A-Z][\w’-]+){1,2}"
    r"|(?:eldest|oldest|youngest|official|driver|man|woman|boy|girl|teacher|officer|farmer"
    r"|student|pensioner|widow|mother|father|son|daughter|brother|sister|wife|husband"
    r"|cyclist|doctor|nurse|worker|soldier|priest|player|witness|victim|suspect|defendant)"
    r"(?: of(?: them| whom)?(?= )|(?: [A-Z][\w’-]+){1,2}(?=,))?),? (?:now |then )?\Z"
)
_NAMED: Final = later(r"\b[A-Z][a-z]+ [A-Z][\w’-]+, \Z")
_AGED_NEXT: Final = later(r", (?:[a-z]{2,}|a )|\.(?:\s|$)")
_SAYS: Final = later(
    r", (?:who|of [A-Z]|from [A-Z]|said|says|told|pleaded|denied|admitted|died)\b"
)
_THEY_ARE: Final = later(
    r"\b(?:[Hh]e|[Ss]he|I|who)(?: is| was|[’']s| am|[’']m)"
    r"(?: now| only| just| then)? \Z"
    r"|\b(?:brother|sister|son|daughter|wife|husband|victim|boy|girl)s?(?: is| was)"
    r"(?: now| only| just| then)? \Z"
    r"|\b(?:[Hh]e|[Ss]he|I|who) (?:will be|turns|would be) \Z"
    r"|\b(?:(?:died|retired|married|orphaned|widowed) at|turned|lived to(?: be)?) \Z"
)
_AFTER_COMMA: Final = later(r"[^\W\d_], (?:then )?\Z")
_BETWEEN_COMMAS: Final = later(r", (?!and(?! (?:his|her)\b)|or|but|\d|[A-Z])")
_AS_OLD: Final = later(
    r"[.,;]|$| (?:today|now|when|at the time|and|but|years|next (?:year|month)|by the"
    r"|this (?:year|month|week)|in (?:[A-Z][a-z]+|20\d\d))\b"
)
# "At 21 he was a sergeant", and "at 9 she left", which may be an hour.
_JOINED: Final = later(r"(?:,? (?:and|or|to)|,) |[^.;:!?\n]{0,60} and (?P<be>is|was) ")
_PARENT: Final = later(r"(?:father|mother|parent|dad|mum) of \Z")
_AT: Final = later(r"(?:^|[.;!?(,] )(?:At|By|at) \Z")
_SOMEBODY_NEXT: Final = later(r",? (?:he|she|I)\b")
_HOURS: Final = 12
_PERSONS: Final = later(
    r"(?i)\b(?:children|child|boys?|girls?|pupils?|kids|students|people|persons?|adults"
    r"|(?:any|every|no[ ]?)(?:one|body)|those|men|women|drivers|minors|voters|them) \Z"
)
_AGE_OF: Final = later(r"\b(?:ages? of|as (?:young|old) as) \Z")
_AGES: Final = {
    _AGE_OF: later(""),
    _SOMEBODY: _AGED_NEXT,
    _NAMED: _SAYS,
    _THEY_ARE: _AS_OLD,
}
# A count to the thousandth: "10.639 offences" may be ten thousand.
_THOUSANDTHS: Final = later(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3} [a-z]{3,20}s\Z")
# "€18.500" has no cents to a tenth; "€1.0850" and "$1.250 per litre" are rates.
_THOUSANDTHS_OF_MONEY: Final = later(
    r"(?<![\d.,])(?:[1-9]\d{1,2}\.\d{3}|[1-9]\.\d\d0)(?=\Z| ?[A-Za-z€₼₽₺£$]{1,9}\Z)"
)
# Two hundredths, "two in every hundred", and a mean with its deviation, 9.2 (1.3) kg.
_PART_NEXT: Final = later(
    r" (?:(?:ten|hundred|thousand|million)ths?\b|(?:in|out of|of) (?:each|every|a|the) "
    r"(?:hundred|thousand|dozen|score)\b)| point \d| \(\d[\d.]*\) ?[a-zµ]"
    r"| and a (?:half|bit|third)\b"
)
# "Forty buses leave the depot each day" are forty a day, if no day has fewer.
_DAILY: Final = later(
    r" (?P<flow>leave|left|cross(?:ed)?|pass(?:ed)?|arrived?|enter(?:ed)?|died?"
    r"|visit(?:ed)?|come|came|go|went|fle[ew]"
    r"|(?:are|were|being) [a-z]+(?:ed|[dm]e|orn|ld|lt|ght)\b)?"
    r"(?:(?<= )| )(?:(?!(?:and|or|but|who|which|that)\b)[a-z’-]+ ){0,5}"
    r"(?:each|every|per) (?P<per>day|week|month|year|night|hour)\b"
)
_OF_BEFORE: Final = "doubtful: it may belong to the figure before"
_HALF_MORE: Final = later(r" and an? (?:half|quarter)\b(?! of\b|-)")
_BESIDE: Final = later(
    r"(?: \((?:restated )?|; )(?:FY ?|[HQ][1-4] ?)?(?:(?:19|20)\d\d|(?<=FY)\d\d): "
    r"| \((?:minimum|maximum|target|limit|norm|average)[: ]{1,2}"
)
_OF_LAST: Final = "inferred: of what the figure before is of, by what parts them"
_OF_UNIT: Final = "doubtful: it may be in the unit of the figure before"
_IN_ALL: Final = "doubtful: so many each time, or in all"
_PART_OF_NEXT: Final = "doubtful: it may be a part of what stands behind"
NEW_UNIT: Final = "doubtful: what stands behind may be a unit that no table has"
_WHO: Final = later(r" whos?e?\b")
# "900 homes, up from 800", "900 homes including 80 here"; an index rises so far to.
_SAME_THING: Final = later(
    r",? (?:up|down) from |, from |(?: [a-z]+){0,2},? including "
    r"|(?: [a-z]+){0,3},? (?:compared (?:with|to)|against|versus) "
)
# "600 SWU of fuel", "2.7Rp", "0.4 erg": letters that no table has.
_STRANGE: Final = later(
    r"[A-Z][a-z]{1,2}\b"
    r"| (?!(?:US|UK|EU|UN|AM|PM|BC|AD|CE|GMT|UTC|CET|BST|IST|EST|AND|OR|NATO|NGO|MP|PC"
    r"|TV|VIP|GP|HIV|AIDS|IDP|CCTV|LED|ATM|GCSE|MEP|MLA|TD|A|I|X)s?\b)[A-Z]{1,4}"
    r"(?=[.,;:)]|$| [a-z(])"
    r"| [kMGTmµμnp][A-Z][A-Za-z]{0,3}(?!\w)"
    rf"|(?:(?<=\.\d)|(?<=\.\d\d)) (?!(?:{any_of(FUNCTION)}|new|old|low|due|day|one|two"
    r"|six|ten|hit|led|set|run|red|big|mid|top|end|own)\b)[a-z]{2,3}(?![\w’'-])"
)


_POINT: Final = "doubtful: a point before decimals, or one that parts thousands"
_ANY: Final = later("")
_SUBSTANCES: Final = """powder yield synthesis solution structure crystal crystals
    spectrum spectra complex derivative oxidation properties""".split()
# "A ton of wheat costs $310": what a price is for stands before it.
_GOODS_BEFORE: Final = later(
    r"\b(?:[Aa]n?|[Ee]ach|[Ee]very|[Pp]er) (?:metric )?(?P<goods>tonn?e?|barrel"
    r"|lit(?:re|er)|kilo(?:gram(?:me)?)?|kg|gallon|bushel|ounce|hectare|acre|dozen"
    r"|quintal)(?: of(?: [a-z]+){1,3}?)? (?:(?:now|then|still|would|will|could"
    r"|only|just|sold|priced|trading|quoted|went|goes|rose|fell|costs?|was|is|sells?"
    r"|fetch(?:ed|es)?|at|for|to|about|up|down) ){1,4}\Z"
)
_FOR_EACH: Final = "inferred: so much for each of what stands before"
_THOUSAND: Final = 1000
_OR_METRES: Final = "doubtful: millions, or metres"
_OR_DEGREES: Final = "doubtful: a count, or degrees"
# What stands before a bare figure, the figure, what stands behind, and the doubt.
_DOUBTS: Final = (
    (_ANY, _ANY, _PART_NEXT, _PART_OF_NEXT),
    (later(r"\Z(?<=\bat )"), later(r"(?:about |around )?(?:1\d|2[0-3]|\d)\.[0-5]\d\Z"),
     _ANY, "doubtful: a time of day, or a figure"),
    (later(r"\Z(?<=\b[AaBb][ty] )"), _ANY, _SOMEBODY_NEXT,
     "doubtful: an age, a time of day, or a count"),
    (later(r"\Z(?<=\bper )"), _ANY, _ANY, "doubtful: what a rate is of, or a count"),
    (later(r"\b[Bb]etween pH (?:\d[\d.]* and )?\Z"), _ANY, _ANY,
     "doubtful: an end of a range, or a figure"),
    (later(r"(?<![\w-])R \Z"), _ANY, _ANY, "doubtful: rand, or behind a letter"),
    (later(r"\((?:[€$£¥₹]|[A-Z]{3} ?)(?:m|mn|bn|million|000)\) \Z"), _ANY, _ANY,
     "doubtful: it may be in what the brackets before say"),
    (later(r"(?i)\b(?:temperatures?|thermometer|mercury|degrees)\b[^.;!?\n]*\Z"),
     later(r"[-−–]\d{1,2}(?:\.\d)?\Z"), _ANY, _OR_DEGREES),
    (_ANY, later(r"[-−–]\d{1,2}(?:\.\d)?\Z"), later(r"[^.;!?\n\d]{1,80}\bdegrees?\b"),
     _OR_DEGREES),
    (_ANY, later(r"[248]K\Z"), _ANY, "doubtful: thousands, or a format of pictures"),
    (_ANY, later(r"\d{1,3}(?:\.\d{1,2})?m\Z"), ENDS, _OR_METRES),
    (_ANY, later(r"\d{1,3}(?:\.\d{1,2})?m\Z"), later(r" (?:above|below|away|apart)\b"),
     _OR_METRES),
    (_ANY, later(r"[1-9]\d{0,2}\.\d\d0\Z"), _ANY, _POINT),
    (_ANY, _ANY, later(r" ?[x×] ?\d"), "doubtful: a side, or so many times"),
    # "OAE 2 began", "the powder of 2 was white": a name, or what a paper calls a thing.
    # The end is asked for first, and no case is set aside: both took most of the time.
    (later(r"\Z(?:(?<=\b[A-Z]{2} )(?<!\bU[KS] )|(?<=\b[A-Z]{3} )|(?<=\b[A-Z]{4} )|"
           + "|".join(rf"(?<=\b{thing} of )" for thing in _SUBSTANCES) + ")"),
     later(r"\d{1,2}\Z"), _ANY, "doubtful: a count, or a part of a name"),
    # "Output is reckoned in tonnes. Last year it was 4,200."
    (later(
        r"\b(?:[Gg]iven|[Tt]old|[Qq]uoted|[Ee]xpressed|[Mm]easured|[Rr]eckoned|[Cc]ounted"
        r"|[Ss](?:hown|tated|ums)|[Rr]eported|[Ff]igures|[Aa]mounts|[Pp]rices"
        r"|[Vv](?:olum|alu)es)\b[^.;:\n]{0,40} in"
        r" (?:[a-z]+ ){0,3}?(?:thousand|million|billion|tonne|ton|euro|dollar|manat"
        r"|pound|litre|hectare|barrel|kilo|km|met|acre|hour|day|percent|per cent)"
        r"[^.;\n]{0,40}[.;:] [^.;\n]*\Z"
    ), _ANY, _ANY, "doubtful: it may be in the unit that the sentence before tells"),
)  # fmt: skip


def with_doubts(text: str, mentions: list[NumberMention]) -> list[NumberMention]:
    """Say of bare figures that a unit may be meant which is printed elsewhere or new.

    "Eased to 4.3% from 4.6", "wages 24": what stands bare, and counts nothing, may be
    in the unit of the figure before in its sentence.
    """
    told: list[NumberMention] = []
    last: NumberMention | None = None  # the last one with a unit
    rated: dict[str, NumberMention] = {}  # the last money by each rate
    for mention in mentions:
        before = told[-1] if told else None
        each = mention
        if before and (sum_ := _with_change(text, before, mention)):
            told[-1:], each = [], sum_
        elif mention.ground == READ:
            each = _surer(text, last, _counting(text, before, mention))
            one = rated.get(each.per) if each.per else before
            if each.ground == READ and one and _leaves_out(text, one, each):
                each = replace(each, ground=_OF_UNIT)
        told.append(each)
        if each.unit in CODES and each.per:
            rated[each.per] = each
        if (each.unit or each.per) and each.rule not in FRACTIONS:
            last = each
    return told


def _counting(
    text: str, before: NumberMention | None, mention: NumberMention
) -> NumberMention:
    """One figure with what it counts, where the words or the figure before tell."""
    noun, why = "", "inferred: counted as the figure before"
    if not mention.is_bare:
        return mention
    ahead = max(0, mention.start - _REACH), mention.start
    if mention.text == "two" and (one := _OR_TWO.search(text, *ahead)):
        start, why = one.start(), "inferred: one or two, of the noun before"
        return replace(mention, start=start, text=text[start : mention.end],
                       low=Decimal(1), noun=one["noun"], ground=why)  # fmt: skip
    if _WHO.match(text, mention.end):
        noun, why = "people", "inferred: who are people"
    elif before and not before.unit:
        points = before.noun == "points" and text[before.end : mention.start] == " to "
        if points or _SAME_THING.fullmatch(text, before.end, mention.start):
            noun = before.noun
    return replace(mention, noun=noun, ground=why) if noun else mention


def _with_change(
    text: str, coins: NumberMention, mention: NumberMention
) -> NumberMention | None:
    """Coins and cents behind them in one: "six pounds fifty", "5 manats 40 gapik"."""
    whole = coins.rule == "coin" and coins.step == 1 and coins.low == coins.high
    between = text[coins.end : mention.start]
    pence = coins.unit == "pound" and mention.unit == "GBP"
    unit = "GBP" if pence else coins.unit
    own = between in {" ", " and "} and mention.unit in {unit, "cent"}
    if mention.is_bare and mention.rule == "count" and mention.low >= 10:
        own = between == " " and ENDS.match(text, mention.end) is not None
    cents = mention.low * (_CENT if mention.unit in {"", "cent"} else 1)
    if not (own and whole and 0 < cents < 1) or coins.per or mention.hedge:
        return None
    value = coins.low + cents
    ground = coins.ground if is_doubtful(coins.ground) and not pence else _SUM
    return replace(
        coins, end=mention.end, text=text[coins.start : mention.end], ground=ground,
        low=value, high=value, step=_CENT, loose_step=_CENT, unit=unit, per=mention.per,
    )  # fmt: skip


def _doubt_of_whole(text: str, mention: NumberMention) -> str:
    """Why a figure, whatever it is of, may be read wrong, or ""."""
    fine = mention.unit in CODES and not mention.per and mention.step < 1
    points = _THOUSANDTHS_OF_MONEY if fine else _THOUSANDTHS if mention.noun else None
    if points and points.search(text, mention.start, mention.end):
        return _POINT
    ahead = max(0, mention.start - len("a dollar and ")), mention.start
    parts, begun = _LINE_ENDS.match(text, mention.end), max(0, mention.end - 6)
    if (parts and _LINE_BEFORE.search(text[begun : mention.end] + "\n")) or (
        _LINE_ENDS.match(text, mention.start - 1) and _LINE_BEFORE.search(text, *ahead)
    ):
        return _PARTED
    if not mention.noun and _ONE_COIN.search(text, *ahead):
        return _OF_BEFORE  # "a manat seventy", "and ten gapik"
    if mention.hedge == "up to" and _GOES.search(text, *ahead):
        return "doubtful: risen to so much, or no more than it"
    return _PART_OF_NEXT if mention.noun and _HALF_MORE.match(text, mention.end) else ""


def _surer(
    text: str, last: NumberMention | None, mention: NumberMention
) -> NumberMention:
    """One figure as an age where it is one, and with its doubt where it has one."""
    money = mention.unit in CODES and not mention.per
    ahead = max(0, mention.start - _SENTENCE_OF), mention.start
    if money and (price := _GOODS_BEFORE.search(text, *ahead)):
        return replace(mention, per=rate_of(price["goods"]), ground=_FOR_EACH)
    if why := _doubt_of_whole(text, mention):
        return replace(mention, ground=why)
    if mention.noun and not mention.per and (each := _DAILY.match(text, mention.end)):
        per = each["per"] if each["flow"] else ""
        return replace(mention, per=per, ground=_IN_ALL)
    of = mention.of and not (last and last.unit == "percent" and last.of)
    counts = mention.unit or mention.noun or of or mention.per
    if counts or mention.rule not in _BARE_RULES:
        return mention
    if last and last.unit and _is_told_of(text, last, mention):
        return _as_last(last, mention)
    if _is_age(text, mention) or (last and _is_age_too(text, last, mention)):
        return replace(mention, unit="year", ground=_AN_AGE)
    if strange := _STRANGE.match(text, mention.end):
        words = text[mention.start : strange.end()]
        return replace(mention, end=strange.end(), text=words,
                       noun=strange[0].strip(), ground=NEW_UNIT)  # fmt: skip
    why = _doubt(text, last, mention)
    return replace(mention, ground=why) if why else mention


def _as_last(last: NumberMention, mention: NumberMention) -> NumberMention:
    """A figure in the unit of the one before, and its scale where they are alike."""
    worth = _worth(last)
    if not 1 / SAME_KIND <= mention.low * worth / (last.low or 1) <= SAME_KIND:
        worth = Decimal(1)
    return replace(lent(mention, last, worth), ground=_OF_LAST)


def _worth(mention: NumberMention) -> Decimal:
    """What one of the printed figure is worth: of "€2.2m" a million, of words one."""
    printed = _PRINTED.search(mention.text)
    figure = Decimal(printed[0].replace(",", "")) if printed else mention.low
    return mention.low / (figure or 1)


def _is_age(text: str, mention: NumberMention) -> bool:
    """Whether a bare figure tells how old somebody is: "Ms Hale, 73, was"."""
    ahead = max(0, mention.start - _REACH), mention.start
    if _PARENT.search(text, *ahead):
        return False
    if not _may_be_age(mention):
        return mention.high <= _OLDEST and _AGE_OF.search(text, *ahead) is not None
    if mention.low > _HOURS and _AT.search(text, *ahead):
        return _SOMEBODY_NEXT.match(text, mention.end) is not None
    return bool(mention.hedge and _PERSONS.search(text, *ahead)) or any(
        before.search(text, *ahead) and behind.match(text, mention.end)
        for before, behind in _AGES.items()
    )


def _is_age_too(text: str, last: NumberMention, mention: NumberMention) -> bool:
    """Whether an age is before, and so this: "ages of 12 and 17", "9 and is 23 now"."""
    by = _JOINED.fullmatch(text, last.end, mention.start)
    aged = last.rule == "age" or last.ground == _AN_AGE
    if not aged or not _may_be_age(mention):
        return False
    return bool(by and (not by["be"] or _AS_OLD.match(text, mention.end)))


def _is_aside(text: str, mention: NumberMention) -> bool:
    """Whether a bare figure is told of somebody: "the fourth, 19," or "was over 60"."""
    before = text[max(0, mention.start - len("d, then ")) : mention.start]
    when = mention.hedge or text.startswith(" when ", mention.end)
    parted = _AFTER_COMMA.search(before) and _BETWEEN_COMMAS.match(text, mention.end)
    return bool(parted or (when and _WERE.search(before)))


def _may_be_age(mention: NumberMention) -> bool:
    whole = mention.low == mention.high == mention.low.to_integral_value()
    return whole and 0 < mention.low <= _OLDEST


def _doubt(text: str, last: NumberMention | None, mention: NumberMention) -> str:
    """Why a bare figure may be something else, or ""."""
    ahead = text[max(0, mention.start - _SENTENCE_OF) : mention.start]
    for words, printed, behind, why in _DOUBTS:
        fits = printed.match(mention.text) and behind.match(text, mention.end)
        if fits and says(words, ahead):
            return why
    if _YEAR.fullmatch(text, mention.end - len("2022"), mention.end) and mention.hedge:
        return "doubtful: a year, or a count"
    if _may_be_age(mention) and _is_aside(text, mention):
        return "doubtful: an age, or a count"
    if last and text[last.end : mention.start] == " ":
        return _OF_BEFORE
    return _OF_UNIT if last and _is_alike(text, last, mention) else ""


def _leaves_out(text: str, one: NumberMention, mention: NumberMention) -> bool:
    """Whether the money of a rate before is meant too, or the scale of a figure."""
    if mention.unit or mention.noun or mention.per:
        return not (mention.unit or mention.noun) and _is_near(text, one, mention)
    scaled = not one.unit and _worth(one) >= _THOUSAND and mention.step < 1
    return scaled and _is_alike(text, one, mention)


def _is_near(text: str, last: NumberMention, mention: NumberMention) -> bool:
    far = mention.start - last.end > _SENTENCE_OF
    return not (far or _SENTENCE.search(text, last.end, mention.start))


def _is_alike(text: str, last: NumberMention, mention: NumberMention) -> bool:
    """Whether a bare figure may be of the kind of one before it in its sentence."""
    closed = _CLOSED.search(text, max(0, mention.start - 2), mention.start)
    aside = text[last.end : mention.start] == " (" and text[mention.end :][:1] == ")"
    ends = ENDS.match(text, mention.end) and (aside or not closed)
    if not (ends and _is_near(text, last, mention)):
        return False
    values = last.low, last.low / (_worth(last) or 1)  # "€2.2m, and the highest 3.1"
    ratios = (abs(mention.low / (value or 1)) for value in values)
    return any(1 / SAME_KIND <= ratio <= SAME_KIND for ratio in ratios)


def _is_told_of(text: str, last: NumberMention, mention: NumberMention) -> bool:
    """Whether a figure is of what stands before: "88% (84–91)", "88%, up from 84"."""
    between = text[last.end : mention.start]
    if _SAME_THING.fullmatch(between):
        return last.unit != "times" and _is_alike(text, last, mention)
    return _BESIDE.fullmatch(between) is not None or (
        between == " ("
        and text[mention.end : mention.end + 1] == ")"
        and mention.low < last.low <= last.high < mention.high
    )
