"""Read every number of a running text: value or range, unit, rate, hedge and noun.

``read_numbers`` gives two roles. A *quantity* says how much or how many; a *label*
(Figure 34, C5+1, sixth round) only names or orders, and is never a value. Digits of a
date are left to the reader of dates; durations are quantities. Not numbers at all:
vague amounts (dozens, several hundred), bare *one* and *zero* ("one issue"), and
figures run together with letters. Two scores of a vote ("45 to 12") are two counts, and
"from 41% to 30%" is two figures, not a range.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import fields, replace
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from operator import attrgetter
from typing import Final

from sourcebook.reading.certainty import READ, is_doubtful
from sourcebook.reading.dates import read_dates
from sourcebook.reading.dates.doubtful_dates import is_counted, is_of_figures
from sourcebook.reading.numbers.amounts import is_bare_dollar, rate_after, read_amount
from sourcebook.reading.numbers.cells import headed
from sourcebook.reading.numbers.counted_nouns import (
    counted_noun,
    denominator_after,
    denominator_before,
    single_noun,
)
from sourcebook.reading.numbers.currencies import (
    NOUNS,
    STANDING_FOR,
    is_open,
    settle,
    with_signs,
)
from sourcebook.reading.numbers.digit_groups import FIRM, Grouped, regroup, said_twice
from sourcebook.reading.numbers.doubtful_numbers import NEW_UNIT, with_doubts
from sourcebook.reading.numbers.guessed_units import is_weight
from sourcebook.reading.numbers.hedge_words import (
    hedge_after,
    hedge_before,
    hedge_words,
)
from sourcebook.reading.numbers.number_grammar import START
from sourcebook.reading.numbers.number_labels import Label, read_labels
from sourcebook.reading.numbers.number_mention import Amount, NumberMention
from sourcebook.reading.numbers.numbered_things import with_labels
from sourcebook.reading.numbers.shared_units import join_bounds, share_units
from sourcebook.reading.numbers.units import TIME_UNITS
from sourcebook.reading.patterns import later, without_runs

_AHEAD: Final = 60
# No rule looks further back than a share for what it is taken of, nor further on.
_BEHIND: Final = 150
_BEYOND: Final = 420
_YEAR: Final = later(r"(?:1[5-9]|20)\d\d")
_DATING: Final = later(
    r"(?i)\b(?:in|since|by|until|till|of|during|from|the|to|after|before|for|early|late"
    r"|mid)[ -]$"
)
# "Over" before these may say where or how long, and not how much.
_REACHES: Final = TIME_UNITS | {"km", "mile", "m", "ft"}
_UNKNOWN: Final = later(
    r"[ ]?(?!and/or|he/she|his/her|w/o|c/o|n/a)[µμa-zA-Z]{1,5} {0,4}/"
    r"[a-zA-Z]{1,5}[²³23]?(?!\w)"
)
_BELOW: Final = later(r" below(?: zero\b| freezing\b| in [A-Z]| at [a-z]|[.,;]|\Z)")
_DEGREES: Final = frozenset({"", "degree", "degC", "degF"})
_OCTANE: Final = later(r"RON ?(?:9[0-9]|10[0-2])")
_EACH_LONG: Final = later(r"-long [a-z-]{2,20}s\b")
_EACH_TIME: Final = later(
    r" (?:[a-z]+ )?(?:games|matches|seasons|rounds|episodes|visits|laps|innings"
    r"|sessions)\b"
)
# "220 rooms over 18 floors" says where they are.
_COUNTED: Final = later(r"\d [a-z-]{3,20} over \Z")
_FLOORS: Final = later(r" (?:floors|storeys|levels|sites|pages|stages|phases|halls)\b")
# "€2 ($2.30) a litre" is so much a litre in both.
_TWICE: Final = later(r"(?: \([^()\n%]{1,30}\)|(?<!%)\))(?=[ -](?:per|an?|each)\b)")
_BENEATH: Final = later(
    r" of (?:water|ice|snow|rock|soil|sand|sediments?|mud|rubble|ash|peat|earth|salt)\b"
)
# "HK$3.7 billion ($473 million)": what dollars come to is in others.
_CONVERTED: Final = later(
    r"(?:[A-Z]\$ ?\d[^()]{0,30}|\d[^()]{0,40} dollars[^()]{0,20})"
    r" \((?:about |or |some )?\Z"
)
_MUCH: Final = 100_000
_MANY_DRAMS: Final = 100
_INDIAN: Final = later(r"(?i)\d,\d\d,\d{3}(?!\d)|\b(?:lakh|crore)|\d ?(?:cr|lacs?)\b")
# "Five times" counts occasions, and "five times as many" measures: the same unit, so
# the noun tells them apart.
OCCASIONS: Final = "times"
_MULTIPLE: Final = later(r"(?i)\s+(?:as|more|less|fewer|over|the|that|its|\w+er)\b")


_BEFORE: Final = 24
_COUNTING: Final = later(
    r"(?i)\b(?:averag\w*|total(?:l?ed|l?ing)?|cost(?:s|ing)?|worth)(?: of)? $"
)
# "Only one state" and "4 dead and one hurt" count; "one state" may say which.
_ONLY: Final = later(
    r"(?i)\b(?:only|just|exactly|(?:\d{1,5}|two|three|four|five|six|seven|eight|nine|ten)"
    r"(?: (?!of\b)[a-z-]+){1,2},? and) $"
)
_VOTES_TO: Final = later(r"\bvotes to $")

_PLAIN_BLANK: Final = str.maketrans(dict.fromkeys(FIRM, " "))
_PLUS: Final = later(r"\w(?:(\+|-odd|-plus)| (odd)\b)")  # "90+ days"
_PAST: Final = later(r"(?:an?|the|last|this) (?:\w+ )?(?:year|month|week|quarter)\b")
_REST_OF: Final = attrgetter(*(field.name for field in fields(NumberMention)[2:]))
_Known = dict[tuple[str, int, int, int], tuple[int, list[tuple[Amount, NumberMention]]]]


def read_numbers(text: str) -> tuple[NumberMention, ...]:
    """All numbers of ``text``, in order and without overlap.

    >>> for mention in read_numbers("In 2022, around 5% of the EU’s gas demand."):
    ...     print(mention.text, mention.low, mention.unit, mention.of, sep=" | ")
    around 5% | 5 | percent | the EU’s gas demand
    """
    return _read(text)


@lru_cache(maxsize=64)  # a document is asked for its numbers by each of its claims
def _read(printed: str) -> tuple[NumberMention, ...]:
    text, rewritten = regroup(with_signs(without_runs(printed)))
    text = text.translate(_PLAIN_BLANK)
    if twice := said_twice(text):
        return _read_without(printed, twice)
    taken = _date_spans(printed)
    labels = _clear_of(taken, read_labels(text))
    taken = sorted([*taken, *((label.start, label.end) for label in labels)])
    mentions = with_labels(text, _quantities(text, taken))
    taken = sorted([*taken, *((each.start, each.end) for each in mentions)])
    labels += _clear_of(taken, read_labels(text, late=True))
    mentions = headed(text, _grounded(mentions, rewritten), read=_read)
    mentions += [_labelled(text, label) for label in labels]
    mentions.sort(key=lambda mention: mention.start)
    if text == printed:
        return tuple(mentions)
    return tuple(_as_printed(mention, text, printed) for mention in mentions)


def _read_without(
    printed: str, twice: tuple[tuple[int, int], ...]
) -> tuple[NumberMention, ...]:
    """The numbers of a text as if it said none again: "12 (twelve) tonnes"."""
    ends = [0, *(end for _, end in twice)]
    starts = [*(start for start, _ in twice), len(printed)]
    kept = [printed[a:z] for a, z in zip(ends, starts, strict=True)]
    seams = [*accumulate(map(len, kept[:-1]))]

    def place(at: int) -> int:
        since = bisect_left(seams, at)
        return at + ends[since] - (seams[since - 1] if since else 0)

    mentions = []
    for each in _read("".join(kept)):
        start, end = place(each.start), place(each.end)
        words = printed[start:end]
        mentions.append(replace(each, start=start, end=end, text=words))
    return tuple(mentions)


def _as_printed(mention: NumberMention, text: str, printed: str) -> NumberMention:
    """A mention with its words as they stand, where digits had been regrouped."""
    words, of = printed[mention.start : mention.end], mention.of
    at = text.find(of, max(0, mention.start - _BEHIND), mention.end + _BEYOND)
    of = printed[at : at + len(of)] if at >= 0 else of
    return replace(mention, text=words, of=of)


def _grounded(
    mentions: list[NumberMention], rewritten: tuple[Grouped, ...]
) -> list[NumberMention]:
    """Say of the mentions in regrouped digits what their grouping rests on."""
    unsure = [each for each in rewritten if each.why]
    if not unsure:
        return mentions
    starts = [each.start for each in unsure]
    told = []
    for mention in mentions:
        near = bisect_left(starts, mention.start)
        within = near < len(unsure) and starts[near] < mention.end
        why = unsure[near].why if within and mention.ground == READ else ""
        ground = why if is_doubtful(why) else f"inferred: {why}"
        told.append(replace(mention, ground=ground) if why else mention)
    return told


forget: Final = _read.cache_clear  # for those who read many documents, once each


def _date_spans(text: str) -> list[tuple[int, int]]:
    """Where dates stand; four digits that plainly count something are no date."""
    return [
        (date.start, date.end)
        for date in read_dates(text)
        if date.kind in {"date", "range"} and not _counts(text, date.start, date.end)
    ]


def _counts(text: str, start: int, end: int) -> bool:
    """Whether four digits count: "2000 soldiers", but "in 2022 soldiers"."""
    if not _YEAR.fullmatch(text, start, end) or not is_counted(text, end):
        return False
    return not _DATING.search(text, max(0, start - _AHEAD), start)


def _clear_of(taken: list[tuple[int, int]], labels: tuple[Label, ...]) -> list[Label]:
    """The labels that share no character with a span already taken."""
    ends = [end for _, end in taken]
    clear = []
    for label in labels:
        after = bisect_right(ends, label.start)
        if after == len(taken) or taken[after][0] >= label.end:
            clear.append(label)
    return clear


def _quantities(text: str, taken: list[tuple[int, int]]) -> list[NumberMention]:
    found: list[tuple[Amount, NumberMention]] = []
    known: _Known = {}
    at = floor = turn = 0
    while start := START.search(text, at):
        at = start.start()
        while turn < len(taken) and taken[turn][1] <= at:
            floor, turn = max(floor, taken[turn][1]), turn + 1
        limit = taken[turn][0] if turn < len(taken) else len(text)
        if at >= limit:
            at = taken[turn][1]
            continue
        read = _read_once(text, at, floor=floor, limit=limit, known=known)
        found += read
        at = floor = read[-1][1].end if read else at + 1
        floor = at if read else max(0, floor)
    shared = [each for each in share_units(text, found) if not _is_idle(text, each)]
    return with_doubts(text, join_bounds(text, shared))


def _read_once(
    text: str, at: int, *, floor: int, limit: int, known: _Known
) -> list[tuple[Amount, NumberMention]]:
    """What is read at ``at``, taken over where all that it hangs on was met before.

    Tables and hostile texts repeat themselves, and a number hangs on its surroundings.
    """
    around = text[max(0, at - _BEHIND) : at + _BEYOND]
    behind, beyond = min(at - floor, _BEHIND), min(limit - at, _BEYOND)
    key = around, min(at, _BEHIND), behind, beyond
    if key not in known:
        known[key] = at, _read_at(text, at, floor=floor, limit=limit)
    since, read = known[key]
    by = at - since
    if not by:
        return read
    return [  # made of its fields: ``replace`` takes far longer
        (amount, NumberMention(each.start + by, each.end + by, *_REST_OF(each)))
        for amount, each in read
    ]


def _read_at(
    text: str, at: int, *, floor: int, limit: int
) -> list[tuple[Amount, NumberMention]]:
    """The amounts that begin at ``at``, each with what is read around it."""
    hedged = hedge_before(text, at, floor=floor)
    ahead = text[max(0, hedged - _AHEAD) : hedged]
    found: list[tuple[Amount, NumberMention]] = []
    for amount in read_amount(text, at, ahead=ahead, limit=limit):
        floor = found[-1][1].end if found else floor
        found.append((amount, _mention(text, amount, floor=floor, limit=limit)))
    return found


def _mention(text: str, amount: Amount, *, floor: int, limit: int) -> NumberMention:
    """An amount with its hedge, its counted noun and its denominator."""
    reach = amount.unit in _REACHES or _EACH_TIME.match(text, amount.end) is not None
    ahead = text[max(0, amount.start - _AHEAD) : amount.start]
    reach |= bool(_COUNTED.search(ahead) and _FLOORS.match(text, amount.end))
    start = hedge_before(text, amount.start, floor=floor, reach=reach)
    if amount.unit in _REACHES and _BENEATH.match(text, amount.end):
        start = amount.start  # "under 485 m of water" says where
    end, hedge = hedge_after(text, amount.end)
    noun, per = amount.noun, amount.per
    if not hedge and (inside := _PLUS.search(text, amount.start, amount.end)):
        hedge = inside[1] or inside[2]
    if not amount.unit and not noun and amount.rule != "mark":
        span = single_noun(text, end) if amount.is_one else counted_noun(text, end)
        if span and span[1] <= limit:
            noun, end = text[slice(*span)], span[1]
            end, hedge = hedge_after(text, end) if not hedge else (end, hedge)
    if not per:
        end, per = rate_after(text, end, limit=limit)
    if not per and amount.unit and (told := _TWICE.match(text, end)):
        per = rate_after(text, told.end(), limit=limit)[1]
    if start < amount.start:
        hedge = hedge_words(text[start:end])
    elif amount.rule.endswith("between"):
        hedge = "between"
    if amount.unit == OCCASIONS and text[amount.start : end].endswith(f" {OCCASIONS}"):
        noun = "" if _MULTIPLE.match(text, end) else OCCASIONS
    unit, ground = _settled(text, amount)
    low, high = amount.low, amount.high
    mention = NumberMention(
        start, end, text[start:end], "quantity", low.value, high.value,
        min(low.step, high.step), min(low.loose_step, high.loose_step),
        unit, per, noun, hedge, "", amount.rule, ground,
    )  # fmt: skip
    of = _denominator(text, mention, floor=floor)
    return replace(mention, of=of) if of else mention


def _settled(text: str, amount: Amount) -> tuple[str, str]:
    """The unit, where the text must say whose money it is or how heavy a pound."""
    unit = amount.unit
    if unit == "pound" and is_weight(text, amount.start, amount.end):
        return "lb", "inferred: pounds of weight, by the words beside"
    if unit in NOUNS:
        code, ground = settle(unit, text, large=_counts_as_india(text))
        if code == "dram" and amount.low.value >= _MANY_DRAMS:
            return "AMD", "inferred: so many drams are money"
        if code == "pound" and max(amount.scale, amount.low.value / _MUCH) > 1:
            return "GBP", "inferred: so many pounds are money"
        return code, ground if amount.ground == READ else amount.ground
    if any(sign in text[amount.start : amount.end] for sign in STANDING_FOR.values()):
        return unit, "inferred: the text speaks of its country"
    if unit == "RON" and _OCTANE.fullmatch(text, amount.start, amount.end):
        return unit, "doubtful: lei, or a grade of petrol"
    if unit in _DEGREES and _BELOW.match(text, amount.end):
        return unit, "doubtful: so far below zero, or so much"
    if _EACH_LONG.match(text, amount.end) and " " in text[amount.start : amount.end]:
        return unit, "doubtful: so long, or so many of that length"
    at = amount.start
    bare = is_bare_dollar(text, amount)
    bare = bare and not _CONVERTED.search(text, max(0, at - _BEHIND), at)
    doubt = is_open(text) if bare else ""
    if not unit and _UNKNOWN.match(text, amount.end):
        doubt = NEW_UNIT
    return unit, doubt if doubt and amount.ground == READ else amount.ground


@lru_cache(maxsize=64)
def _counts_as_india(text: str) -> bool:
    """Whether a text counts in lakhs and crores, or groups as India groups."""
    return _INDIAN.search(text) is not None


def _denominator(text: str, mention: NumberMention, *, floor: int) -> str:
    """What a share is taken of; "three of the ten" is a share in this sense, too."""
    if mention.rule == "one-in-n":
        counted = counted_noun(text, mention.end)
        return text[slice(*counted)] if counted else ""
    share = mention.unit == "percent"
    if not share and (mention.unit or mention.noun):
        return ""
    after = denominator_after(text, mention.end)
    if not share:  # "than the 4.8 of a year ago"
        return "" if _PAST.match(after) else after
    if after:
        return after
    return denominator_before(text, mention.start, floor=floor)


def _is_idle(text: str, mention: NumberMention) -> bool:
    """A bare *one* or *zero* ("one issue", "zero tolerance"), or a lone year."""
    if mention.text.endswith(("below zero", "above zero")):
        return True
    if mention.unit or mention.hedge or mention.low != mention.high:
        return False
    around = max(0, mention.start - _BEFORE), mention.start
    if _YEAR.fullmatch(mention.text):
        counts = is_of_figures(text, mention.start, mention.end)
        return not (counts or _COUNTING.search(text, *around))
    word = re.split(r"[\s-]", mention.text.lower(), maxsplit=1)[0]
    if word == "one" and mention.low == 1:
        only = (mention.noun or mention.of) and _ONLY.search(text, *around)
        voted = mention.rule == "votes" or _VOTES_TO.search(text, *around)
        return not (only or voted)
    return mention.low == 0 and not mention.noun and word in {"zero", "nought"}


def _labelled(text: str, label: Label) -> NumberMention:
    """A label as a mention; its first whole number is kept as a value, or zero."""
    digits = re.search(r"\d{1,9}", text[label.start : label.end])
    value = Decimal(digits[0]) if digits else Decimal(0)
    words, one = text[label.start : label.end], Decimal(1)
    return NumberMention(
        label.start, label.end, words, "label", value, value, one, one, rule=label.rule
    )
