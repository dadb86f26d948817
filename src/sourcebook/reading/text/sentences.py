"""Sentences of one paragraph, by a small set of rules.

A sentence ends at a full stop, a question or exclamation mark or an ellipsis,
with whatever closes after it, when something that can begin a sentence follows.
It does not end after an abbreviation or an initial, inside brackets, nor inside
a quotation that its own sentence carries on ("“Go. Run,” he said."). A quotation
that stands alone is split. No model, no language but English, and no attempt at
text without capitals.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

# The mark of a note goes with the stop before it: "[3]", a raised figure, or a plain
# one that stands right behind a word, a year or what closes, and before a capital.
_NOTE = (
    r"(?:(?:\[\d{1,3}(?:[,–-]\s?\d{1,3}){0,5}\])+|[¹²³⁰⁴-⁹]{1,3}"
    r"|(?:(?<=[a-z”’)\]%][.!?])|(?<=[.!?][”’\")\]])|(?<=\b(?:19|20)\d\d\.))"
    r"\d{1,3}(?:, ?\d{1,3}){0,5}(?=\s+[“‘\"«(]?[A-Z]|\s*\Z))?"
)
_STOP = re.compile(rf"[.!?…]+[”’\"'»)\]]*{_NOTE}")
_AHEAD = re.compile(r"[\s“‘\"'«(\[*–—-]*(\S?)")
_WORD = re.compile(r"(?:M/s|[^\W\d_]+(?:\.[^\W\d_]+)*)\Z")
_NEXT = re.compile(r"[\s“‘\"'«(\[]*([^\W\d_]+)(\.?)")
_ITEM = re.compile(r"\s*\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})\)?\s?[.)]*\Z")
_SAID = re.compile(
    r"\s+(?:[^\W\d_]+\s+){0,2}(?:said|says|asked|asks|told|added|adds|replied|wrote)\b"
)
_IN_BRACKETS = re.compile(  # … as in Hon. (Eng.) Okello, and Gen. Weiss (ret.)
    r"[(\[](?:[.!?…]+|(?:[A-Z][a-z]{1,4}|retd?|eds?|trans)\.)[)\]]+\Z"
)
_OWN_SMALL = re.compile(r"[\s“‘\"'«(\[]*[a-z]{1,2}[A-Z]")  # iPhone, eBay
_CLOCK = frozenset({"a.m", "p.m"})
_CLOCK_FIRST = re.compile(
    r"\b(?:At|By|Around|About|Before|After|Until|From)\s[\d:.]+\s?[ap]\.m\.\Z"
)
_CLOCK_NEXT = re.compile(
    r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep"
    r"|Oct|Nov|Dec)[a-z]*\b|[A-Z]{2,4}\b|Eastern|Central|Pacific|Greenwich|Local"
    r"|(?!(?:The|This|That|Some|Any|No|One|His|Her|Their|Our)\b)[A-Z][a-z]+\s[Tt]ime\b)"
)
_MONTH_NEXT = re.compile(
    r"\s+(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?:\s+\d{4}|\s+[a-z])"
)
_ROMAN_NEXT = re.compile(r"\s+[IVXLC]+\b")
_DAY_BEFORE = re.compile(r"(?<!\d)[0-3]?\d\Z")
_WORD_REACH = 24
_TOKEN_REACH = 80

# The sentence goes on after these.
_CARRIES_ON = frozenset(
    "e.g i.e eg ie cf vs v viz ca dr mr mrs ms mx prof rev hon rt gen col lt sgt "
    "capt maj adm brig cmdr cdr cpl insp supt fr m/s sen rep gov pres amb st mt ft fig "
    "figs nos vol vols pp eds trans feb apr aug sep sept oct nov messrs mmes mme ser "
    "approx rs nr smt shri er eng engr adv acad assoc asst atty cllr incl reg".split()
)
# These are words, or may close a sentence: the sentence goes on before a number.
_BEFORE_NUMBER = frozenset(
    "no p ch sec art ed para jan mar jun jul dec n nn sect cl str tel fax est".split()
)
# The sentence goes on before a number in Roman figures, too.
_PARTS = frozenset("pt ch art vol bk sec sect cl para".split())
# The sentence goes on unless a word follows that commonly opens one.
_MAY_END = frozenset(
    "al etc inc ltd co corp jr sr pvt llc plc stat min dept govt univ assn bros "
    "Sec".split()
)
_OPENERS = frozenset(
    "a after although an and as at both but by during for from he her here his how "
    "however if in instead it its many meanwhile moreover most no on one our she "
    "since so some such that the their then there these they this those thus to under "
    "we what when where while who why with yet you".split()
)


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the (start, end) of each sentence of one paragraph.

    >>> text = "He met Mr. Fox in 2014 (cf. Fox 2015). “Go. Run,” he said. It ended."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['He met Mr. Fox in 2014 (cf. Fox 2015).', '“Go. Run,” he said.', 'It ended.']
    """
    spans = []
    start = 0
    for end in [*_ends(text), len(text)]:
        piece = text[start:end]
        if piece.strip():
            head = start + len(piece) - len(piece.lstrip())
            spans.append((head, head + len(piece.strip())))
        start = end
    return tuple(spans)


def _ends(text: str) -> Iterator[int]:
    """Yield the offset after each sentence that another one follows."""
    pairs = _pairs(text)
    shelters = _shelters(text, pairs)
    starts = [start for start, _ in shelters]
    since = 0
    for stop in _STOP.finditer(text):
        end = stop.end()
        if end == len(text):
            return
        near = bisect_right(starts, stop.start()) - 1
        if near >= 0 and end < shelters[near][1]:
            continue
        if text[end].isspace():
            ends = _can_begin(text, end, pairs) and not (
                _carries_on(text, stop) or _ITEM.match(text, since, end)
            )
        else:
            ends = _is_glued(text, stop)
        if ends:
            yield end
            since = end


def _pairs(text: str) -> dict[int, int]:
    """Return where each bracket or double quotation mark that closes is closed."""
    closers = {")": "(", "]": "[", "”": "“", "»": "«"}
    open_at: dict[str, list[int]] = {"(": [], "[": [], "“": [], "«": []}
    pairs = {}
    for mark in re.finditer(r"[()\[\]“”«»]", text):
        sign = mark.group()
        if sign in open_at:
            open_at[sign].append(mark.start())
        elif open_at[closers[sign]]:
            pairs[open_at[closers[sign]].pop()] = mark.start()
    pairs.update(_straight(text))
    return pairs


def _straight(text: str) -> Iterator[tuple[int, int]]:
    """Pair straight double quotation marks: each that opens with one that closes."""
    opened = -1
    for mark in re.finditer('"', text):
        at = mark.start()
        opens = at + 1 < len(text) and not text[at + 1].isspace()
        if opened < 0 and opens and (at == 0 or not text[at - 1].isalnum()):
            opened = at
        elif opened >= 0 and not text[at - 1].isspace():
            yield opened, at
            opened = -1


def _shelters(text: str, pairs: dict[int, int]) -> list[tuple[int, int]]:
    """Return the outermost ranges within which no sentence may end."""
    shelters: list[tuple[int, int]] = []
    for start in sorted(pairs):
        end = pairs[start] + 1
        if shelters and start < shelters[-1][1]:
            continue
        if text[start] in '“"«' and _stands_alone(text, start, end):
            continue
        shelters.append((start, end))
    return shelters


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a quotation is a sentence, or several, of its own."""
    before = text[max(0, start - 4) : start].rstrip()
    opens = start == 0 or (before != "" and before[-1] in ".!?…”’)")
    closes = text[end - 2] in ".!?…" or text[end - 3 : end - 1] in (".’", "?’", "!’")
    follows = text[end : end + 1]
    if not opens or not closes or not (follows == "" or follows.isspace()):
        return False
    ahead = _AHEAD.match(text, end)
    lower = ahead is not None and ahead.group(1).islower()
    return not lower and not _SAID.match(text, end)


def _can_begin(text: str, at: int, pairs: dict[int, int]) -> bool:
    """Say whether what follows a stop and white space can begin a sentence."""
    ahead = _AHEAD.match(text, at)
    sign = ahead.group(1) if ahead else ""
    if sign.islower() and _OWN_SMALL.match(text, at):
        return True
    if sign == "" or sign.islower() or sign in ",;:)]”’.!?%":
        return False
    near = text[at : at + _WORD_REACH]
    opening = at + len(near) - len(near.lstrip())
    closing = pairs.get(opening, -1)
    # "… the youth. (Figure 5). Thus": the bracket belongs to what stands before it.
    late_stop = (
        text[closing + 1 : closing + 2] == "." and text[closing - 1] not in ".!?"
    )
    return not (closing > 0 and text[opening] == "(" and late_stop)


def _carries_on(text: str, stop: re.Match[str]) -> bool:
    """Say whether a stop before a capital is not the end of its sentence."""
    at, end = stop.span()
    if stop.group() != ".":
        bare = _IN_BRACKETS.search(text, max(0, end - _WORD_REACH), end)
        return bool(bare or _SAID.match(text, end))
    if _DAY_BEFORE.search(text, max(0, at - 3), at) and _MONTH_NEXT.match(text, end):
        return True  # "on 3. May 2020"
    found = _WORD.search(text[max(0, at - _WORD_REACH) : at])
    return found is not None and _is_short(found.group(), text, end)


def _is_short(word: str, text: str, end: int) -> bool:
    """Say whether a word before a stop is short for something that goes on."""
    lower = word.lower()
    if lower in _CARRIES_ON:
        return True
    if lower in _CLOCK:
        opens = _CLOCK_FIRST.search(text, max(0, end - _WORD_REACH), end)
        return bool(opens or _CLOCK_NEXT.match(text, end))
    if lower in _PARTS and _ROMAN_NEXT.match(text, end):
        return True
    listed = not _MAY_END.isdisjoint((word, lower))
    initials = len(word) == 1 and word.isupper()
    if lower in _BEFORE_NUMBER and not (initials or listed):
        return text[end:].lstrip()[:1].isdigit()
    dotted = "." in word and all(len(part) == 1 for part in word.split("."))
    if not (initials or dotted or listed):
        return False
    ahead = _NEXT.match(text, end)
    return not (ahead and ahead.group(1).lower() in _OPENERS and not ahead.group(2))


def _is_glued(text: str, stop: re.Match[str]) -> bool:
    """Say whether a stop ends a sentence though no space follows ("safety.On May")."""
    at, end = stop.span()
    two = text[max(0, at - 2) : at].rstrip("”’)]")
    if not (two.islower() or two.isupper()) or not text[at - 1 : at].isalpha():
        return False
    ahead = text[end : end + 3].lstrip("“‘(")
    if not ahead[:1].isupper() or not (ahead[1:2].islower() or ahead[1:2] == " "):
        return False
    token = text[max(0, at - _TOKEN_REACH) : at].rsplit(maxsplit=1)[-1]
    return not re.search(r"[/@.]|www", token)
