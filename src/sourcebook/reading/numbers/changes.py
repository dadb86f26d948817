"""Whether two figures are the bounds of one thing, or a change and what it came to.

"From 10 to 15 percent" moves where something *rose*, and is a range where it *ranges*;
"rose 32,000 to 1.41 million" is a change and then a level.
"""

import re
from decimal import Decimal
from typing import Final

from sourcebook.reading.certainty import READ
from sourcebook.reading.patterns import later

_VERB: Final = (
    r"(?:r[io]ses?|risen|rising|fell|fall(?:en|ing|s)?|climb\w*|jump\w*|gain\w*|slid\w*"
    r"|drop\w*|declin\w*|increas\w*|decreas\w*|grew|grow(?:n|s|ing)?|add(?:s|ed|ing)|up|down"
    r"|advanc\w*|lost|los(?:es|ing)|surg\w*|soar\w*|plung\w*|tumbl\w*|slump\w*|shed\w*|cut(?:s|ting)?"
    r"|rais(?:es|ed|ing)|lower\w*|reduc\w*|shr[aiu]nk|widen\w*|narrow\w*|sank|rall\w*"
    r"|(?:eas|edg)(?:es|ed|ing)|(?:lift|firm|tick)(?:s|ed|ing)|strengthen\w*|weaken\w*|dip\w*|higher|lower)"
)
_MOVES: Final = later(
    rf"(?i)\b(?:{_VERB}|went|gone|expan\w*|enlarg\w*|upgrad\w*|moved?|doubl\w*|tripl\w*)"
    r"(?: \w+){0,6},? from $"
)
_EITHER: Final = "doubtful: a range, or a change and what it came to"
FROM: Final = later(r"(?i)\bfrom $")
_SPREAD: Final = later(
    r"(?i)\b(?:rang\w{1,3}|var(?:y|ies|ied|ying)|anywhere|spanning|somewhere|runs?|running"
    r"|extend\w*|stretch\w*|costing|priced|lasting|weighing|measuring) from $"
)
# What changes by one figure and comes to another: "rose 32,000 to 1.41 million".
_CHANGE: Final = later(rf"(?i)\b{_VERB}\b(?P<gap>(?:[^.;:!?]|\.(?=\d)){{0,40}}) $")
_BY: Final = later(r"(?: \w+ly)?(?: (?:by|another|a further|some|about|nearly))?")
_FAR: Final = 4  # a level this many times the change is no end of a range
_NEAR: Final = 2  # so, too, where they are counted to the last: "by 11,400 to 38,600"
_FINE: Final = later(r"^\d,?\d,?0{0,3},?[1-9]")
_STILL: Final = later(r"(?i)\b(?:is|are|was|were|be|it) from $")
_SCALED_FROM: Final = later(
    r"(?i)\b(?:scale|range|fines?|prices?|costs?|fees|sizes?|ages?|terms?|sentences?|estimates?"
    r"|amounts?|sums?|grants?|loans?|lengths?|figures|everything|anything|between)"
    r"(?: of \w+| \w+){0,2} from $"
    r"|\b(?:contain|compris|includ|hold|rang)(?:s|e|ed|es|ing)?\b[^;]{0,60} from $"
)


def range_ground(groups: dict[str, str], ahead: str, ratio: Decimal) -> str:
    """The ground on which two figures are a range; "" where they are a change."""
    joined = groups.get("to", "").strip()
    if joined in {"up to", "till"} and _MOVES.search(ahead):
        return _EITHER
    if not joined.startswith("to"):
        return READ
    if FROM.search(ahead) and not (_SPREAD.search(ahead) or _is_spread(ahead)):
        return ""
    apart = bool(groups.get("unit_a") or groups.get("cur_b"))
    by = apart and ratio >= _FAR and ahead.endswith(" by ")
    change = _CHANGE.search(ahead)
    if by or (change and _is_change(change, groups, ratio)):
        return ""
    return _EITHER if change and apart else READ


def _is_spread(ahead: str) -> bool:
    """Whether *from* opens the bounds of one thing, and not a change."""
    if ahead.endswith(", from ") and not _CHANGE.search(ahead[: -len("from ")]):
        return not _MOVES.search(ahead)
    scaled = _SCALED_FROM.search(ahead) and not _MOVES.search(ahead)
    return bool(scaled or _STILL.search(ahead))


def _is_change(change: re.Match[str], groups: dict[str, str], ratio: Decimal) -> bool:
    """Whether what follows a verb of change is the change, and then what it came to."""
    apart = bool(groups.get("unit_a") or groups.get("cur_b") or not groups.get("unit"))
    if _BY.fullmatch(change["gap"]):
        fine = "unit" not in groups and _FINE.search(groups["b"])
        return ratio >= (_NEAR if fine else _FAR) or "cur_b" in groups
    return ratio >= _FAR and apart


def is_moved_by(ahead: str) -> bool:
    """Whether a verb of change and nothing else stands before: *fell sharply by*."""
    change = _CHANGE.search(ahead)
    return change is not None and _BY.fullmatch(change["gap"]) is not None
