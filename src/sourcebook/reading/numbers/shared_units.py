"""Figures that stand in a row and share what is printed once: a unit, a scale, bounds.

"2 and 3 km" has one unit, "from 5 to 4 million" one scale, and "more than 100 but fewer
than 300" is one range.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from sourcebook.reading.numbers.changes import FROM
from sourcebook.reading.numbers.currencies import CODES
from sourcebook.reading.numbers.hedge_words import FAMILY
from sourcebook.reading.numbers.number_mention import Amount, NumberMention
from sourcebook.reading.numbers.shares import FRACTIONS
from sourcebook.reading.patterns import later

_LOWER: Final = frozenset({"over", "at-least"})
_UPPER: Final = frozenset({"under", "up-to"})
_BOUND: Final = later(r",? (?:and|but)(?: (?:is|are))? |, ")
_LIST: Final = later(
    r"-?(?:,? and (?:then )?|,? or (?:even |perhaps )?| to | from |, )|[–-]| ?± ?"
)
# "Of 340, 60 km away" is no list; "5, 10, 20 mg" is one.
_IN_LIST: Final = later(r"\d(?:, | to | and )\Z")
_AT_AGE: Final = later(r"\b(?:before|aged?|turn\w{0,3}) \Z")
# "The score was 42, and 15 per cent were poor": what follows is of another clause.
_SAID: Final = later(r"\b(?:was|were|is|are|stood at|came to|scored) \Z")
_OF_ITS_OWN: Final = later(r" (?:was|were|is|are|had|has|have|did|said)\b")
# "AZN 10, 14 and 20" are money, all three.
_OF_ROW: Final = "inferred: the money of the first in the row"
_LAST_OF_ROW: Final = (
    r",? (?:and|or) \d[\d.]{0,12}(?:,\d{3})?(?=[.,;:)]|$"
    r"| (?:by|per|in|for|a|at|to|from|on|each|according|depending|respectively)\b)"
)
_ROW_END: Final = later(_LAST_OF_ROW)
_ROW: Final = later(rf"(?:, \d[\d.]{{0,12}}){{1,9}}{_LAST_OF_ROW}")
ENDS: Final = later(
    r"[.,;:)]|$| (?:of|in|on|at|from|a|an|the|to|and|but|last|this|for|by|when|before"
    r"|already|short|goe?s? (?:to|on|into|for)|he|she|it|they|we|I|after|no|yes|among"
    r"|(?:more|fewer|less|higher|lower) than|with|today|yesterday|respectively"
    r"|[a-z]{1,6} (?:days?|weeks?|months?|years?|decades?) (?:ago|earlier|before))\b"
)
SAME_KIND: Final = 20
_MANY_OF: Final = 1000
_BEFORE: Final = 24


def join_bounds(text: str, mentions: list[NumberMention]) -> list[NumberMention]:
    """Make one range of two bounds: "more than 100 but fewer than 300 people"."""
    joined: list[NumberMention] = []
    for mention in mentions:
        if joined and (both := _bounds(text, joined[-1], mention)):
            joined[-1] = both
        else:
            joined.append(mention)
    return joined


def _bounds(
    text: str, first: NumberMention, second: NumberMention
) -> NumberMention | None:
    falls = FAMILY.get(first.hedge) in _UPPER
    low, high = (second, first) if falls else (first, second)
    bounds = FAMILY.get(low.hedge) in _LOWER and FAMILY.get(high.hedge) in _UPPER
    if not (bounds and _BOUND.fullmatch(text, first.end, second.start)):
        return None
    if low.high >= high.low or (low.unit and high.unit and low.unit != high.unit):
        return None
    if first.noun and second.noun and first.noun != second.noun:
        return None
    return replace(
        second, start=first.start, text=text[first.start : second.end],
        low=low.low, high=high.high, unit=first.unit or second.unit,
        step=min(first.step, second.step), noun=first.noun or second.noun,
        loose_step=min(first.loose_step, second.loose_step), hedge="between",
    )  # fmt: skip


def share_units(
    text: str, found: list[tuple[Amount, NumberMention]]
) -> list[NumberMention]:
    """Give "2 and 3 km", "from 41 to 30%" one unit, "from 5 to 4 million" one scale."""
    shared: list[tuple[Amount, NumberMention]] = []
    for amount, mention in reversed(found):
        pair = (amount, mention)
        if shared and _lends(text, amount, mention, *shared[-1]):
            later, after = shared[-1]
            scale = _lent_scale(amount, later, after)
            factor = amount.factor if amount.unit else later.factor
            scaled = replace(amount, scale=amount.scale * scale, factor=factor)
            if not amount.unit:  # "3 and 5 bcm" are billions, both
                scale *= factor
            pair = (scaled, lent(mention, after, scale))
        shared.append(pair)
    return _lent_on(text, [*reversed(shared)])


def _lent_on(
    text: str, found: list[tuple[Amount, NumberMention]]
) -> list[NumberMention]:
    """Give what a change came to its unit: "rose $2 bn to 8 bn", "9 hours to 5"."""
    told: list[NumberMention] = []
    for amount, mention in found:
        last = told[-1] if told else None
        bare = not (mention.unit or mention.noun or mention.of or mention.hedge)
        between = text[last.end : mention.start] if last else ""
        ground = ""
        if bare and last and last.unit in CODES:
            if between == " to " and amount.scale > 1:
                ground = "inferred: the money of the change before"
            elif _ROW.match(text, last.end) or (
                last.ground == _OF_ROW and _ROW_END.match(text, last.end)
            ):
                ground = _OF_ROW
        elif last and last.unit and _is_moved_to(text, last, mention):
            ground = "inferred: the unit of what it came from"
        lent_on = last and ground and replace(mention, unit=last.unit, ground=ground)
        told.append(lent_on or mention)
    return told


def _is_moved_to(text: str, last: NumberMention, mention: NumberMention) -> bool:
    """Whether a bare figure is what one with a unit came to: "from 9 hours to 5"."""
    joined = text[last.end : mention.start] == " to "
    if not (mention.is_bare and joined and ENDS.match(text, mention.end)):
        return False
    ratio = mention.low / (last.low or 1)
    moved = FROM.search(text, max(0, last.start - len("from ") - 1), last.start)
    return moved is not None and (1 / SAME_KIND <= ratio <= SAME_KIND)


def _lends(
    text: str,
    amount: Amount,
    mention: NumberMention,
    later: Amount,
    after: NumberMention,
) -> bool:
    """Whether the next figure's unit is meant for this one, too."""
    told = after.unit or after.noun or after.per or later.scale > 1
    # A share in words has its own ("14 million, and one in five"); no millions are %.
    other = later.rule in FRACTIONS or (amount.scale > 1 and later.unit == "percent")
    if not told or other or mention.rule == "votes":
        return False
    between = text[mention.end : after.start]
    if later.rule == "money" and not mention.unit:  # "5 or $6", and not "5, or $9"
        return between == " or " and mention.low < after.low <= 2 * mention.low
    ahead = text[max(0, mention.start - _BEFORE) : mention.start]
    whole = later.unit and not (mention.unit and after.text[-1:].isdigit())
    parted = between == ", or " or (whole and between == ", ")
    if parted and not _IN_LIST.search(ahead):
        return False  # "of 45, 20 km off", "17,402, or 38 percent"
    if not _LIST.fullmatch(between) or (between[0] == "," and _AT_AGE.search(ahead)):
        return False
    if "and" in between and _SAID.search(ahead) and _OF_ITS_OWN.match(text, after.end):
        return False
    if mention.unit:
        listed = between == " to " or (later.scale > 1 and mention.low < _MANY_OF)
        return mention.unit == after.unit and listed  # "$4, $6 and $9 million"
    if mention.noun or mention.of or (after.hedge and between != " to "):
        return False
    one, other = (any(map(str.isdigit, each.text)) for each in (mention, after))
    return one == other


def _lent_scale(amount: Amount, later: Amount, after: NumberMention) -> Decimal:
    """The next figure's scale, where both count in it: "from $5 to $10 billion"."""
    if amount.scale != 1 or later.scale == 1 or amount.unit == "percent":
        return Decimal(1)
    printed = after.low / later.scale / later.factor
    ratio = amount.low.value / amount.factor / (printed or 1)
    return later.scale if 1 / SAME_KIND <= ratio <= SAME_KIND else Decimal(1)


def lent(mention: NumberMention, after: NumberMention, scale: Decimal) -> NumberMention:
    """Give a figure what another one beside it is of, and its scale."""
    return replace(
        mention,
        low=mention.low * scale,
        high=mention.high * scale,
        step=mention.step * scale,
        loose_step=mention.loose_step * scale,
        unit=after.unit,
        per=mention.per or after.per,
        noun=mention.noun or after.noun,
        of=mention.of or after.of,
    )
