"""What is counted, and what a share is a share of: cheap, cautious noun phrases.

No parser: a phrase ends at its first plural head, and where no plural comes within five
words nothing is returned rather than something wrong. Possessives, verbs, prepositions
and punctuation stop it.
"""

import re
from typing import Final

from sourcebook.reading.dates.date_words import whole
from sourcebook.reading.numbers.numerals import POWER
from sourcebook.reading.patterns import GAP, later

_WORD: Final = later(rf"{GAP}(?P<word>U\.[SKN]\.|[^\W\d_][\w’'.&/-]{{0,40}})")
_WORD_OR_NUMBER: Final = later(
    rf"{GAP}(?P<word>U\.[SKN]\.|\d[\d,.]{{0,15}}(?<=\d)(?:{POWER}-?\d{{1,2}})?"
    r"|[^\W_][\w’'.&/-]{0,40})"
)
_NOUN_WORDS: Final = 6
_LOOK_BACK: Final = 110
_OF_WORDS: Final = 9

FUNCTION: Final = frozenset(
    """a an the this that these those his her its their our your my each every some any
    no of in on at by for from to into onto with without within over under about
    above below between among amongst against during after before since until till
    upon via per through throughout across around along behind beyond despite
    towards toward near off out up down as than like and or but nor so yet because
    although though while whereas if when where which who whom whose what how why
    whether both either neither all not also only just even still already now then
    there here it he she they we you i him them us me itself themselves is are was
    were be been being am has have had having do does did done will would shall
    should can could may might must ought according including compared versus vs
    later ago earlier respectively together instead again too once twice yesterday
    today tomorrow i.e e.g percent""".split()
)
_WITH_S: Final = """say come make take get give become rise fall grow hold stand
remain agree live work want support think believe depend exceed include meet show need
use seem appear find lose win leave die vote begin start bring pay keep help run know
see consist amount account cost feel face receive arrive refer belong"""
_VERBS: Final = frozenset(
    """said told tells came coming went go goes going made took taken got gave given
    became rose risen fell fallen grew grown held stood remained agreed wanted
    supported thought included met showed shown found lost won left died voted signed
    began started ended followed according sent brought paid kept put knew saw seen
    rely relies killed arrested detained approve approved described called considered
    reported expected felt faced arrived""".split()
) | {verb + end for verb in _WITH_S.split() for end in ("", "s")}
_PLURALS: Final = frozenset(
    """people men women children personnel staff police aircraft media data cattle
    sheep fish crew infantry criteria phenomena alumni feet teeth spacecraft offspring
    dead injured wounded missing youth cavalry faculty servicemen servicewomen policemen
    policewomen fishermen businessmen businesswomen congressmen lawmen gunmen countrymen
    spokesmen clergy livestock poultry militia paramilitary watercraft warcraft
    referenda memoranda bacteria grandchildren schoolchildren mice geese oxen""".split()
)
_LIVES: Final = frozenset(
    """lives works votes finds needs shows costs uses faces supports accounts wins runs
    amounts starts stands falls rises meets""".split()
)
_SINGULAR_S: Final = frozenset(
    """brussels paris texas naples athens maldives philippines news politics economics
    physics mathematics ethics logistics diabetes christmas thus always perhaps
    sometimes besides thanks its this gas bias bus canvas atlas plus overseas towards
    afterwards onwards upwards years-long alias axis tennis campus virus status focus
    consensus census bonus surplus corpus strategic-level swiss airbus""".split()
)
_MODIFIERS: Final = frozenset(
    """rights arms weapons sports services goods affairs customs sanctions savings news
    operations communications systems logistics economics politics sales drugs
    materials elections human-rights nations states narcotics humanities
    telecommunications women men children people personnel police staff media youth
    data crew livestock fish cattle infantry""".split()
)
_WITH_OF: Final = frozenset("units pieces sets pairs items rounds batches".split())
_ATTRIBUTIVE: Final = frozenset(
    """page member man woman person player nation country door cylinder speed seat bed
    seater bedroom storey story floor piece part point match game race hole""".split()
)
_ADJECTIVE: Final = later(
    r"(?:al|ous|ive|ic|ed|ese|ish|ian|ary|able|ful|young|old|new|more|other|single"
    r"|large|small|senior|junior)$"
)
_PART: Final = later(r"(?:ten|hundred|thousand|million)ths\Z")
_PAIRS: Final = later(
    r"(?i)(?:oil and gas|wind and solar|goods and services|men and women|coal and gas"
    r"|research and development|gas and oil|food and drink)\b"
)


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun.

    >>> is_plural("countries"), is_plural("EU’s"), is_plural("serious")
    (True, False, False)
    """
    low = word.lower().rstrip(".")
    last = low.rsplit("-", 1)[-1]
    if last in _PLURALS:
        return True
    if low in _SINGULAR_S or re.search(r"(?:['’]s|['’]|ss|ous|sis)$", low):
        return False
    return len(low) > 2 and low.endswith("s")


def _words(
    text: str, at: int, most: int, *, pattern: re.Pattern[str] = _WORD
) -> list[tuple[str, int, int]]:
    """The words that follow ``at`` without punctuation: word, start, end."""
    found = []
    for _ in range(most):
        match = pattern.match(text, at)
        if not match:
            break
        word = match["word"]
        end = match.end()
        if word.endswith((".", "/", "-", "'", "’")) and not word.startswith("U."):
            trimmed = word.rstrip("./-'")
            end -= len(word) - len(trimmed)
            found.append((trimmed, match.start("word"), end))
            break
        found.append((word, match.start("word"), end))
        at = end
    return found


def counted_noun(text: str, at: int) -> tuple[int, int] | None:
    """The span of the noun counted by the number that ends at ``at``.

    >>> text = "ten European countries, including eight"
    >>> text[slice(*counted_noun(text, 3))]
    'European countries'
    """
    words = _words(text, at, _NOUN_WORDS)
    if words and whole(words[0][0]) is not None:
        return None  # "from 4.1 five years ago"
    for index, (word, _, end) in enumerate(words):
        low = word.lower()
        if (
            low == "and"
            and 0 < index < len(words) - 1
            and words[index - 1][0][0].isupper()
            and whole(words[index + 1][0]) is None  # which counts for itself
        ):
            continue
        if len(word) == 1 or low in FUNCTION or (low in _VERBS and low not in _LIVES):
            described = index > 1 and words[0][0] in _ATTRIBUTIVE
            return words[0][1:] if described else None  # "a 12 page report is"
        if is_plural(word):
            if _PART.match(low):
                return None  # "two hundredths behind" counts nothing
            if low in _MODIFIERS and _is_head(words[index + 1 : index + 2]):
                continue
            return words[0][1], _with_of(text, low, end)
    if len(words) > 1 and words[0][0] in _ATTRIBUTIVE:
        return words[0][1:]
    return None


def _is_head(following: list[tuple[str, int, int]]) -> bool:
    """Whether the next word is the plural that the one before only describes."""
    word = following[0][0] if following else ""
    return is_plural(word) and word.lower() not in FUNCTION | _VERBS


def single_noun(text: str, at: int) -> tuple[int, int] | None:
    """The span of the noun after a *one* that counts: "at least one soldier died".

    >>> text = "at least one Russian soldier died"
    >>> text[slice(*single_noun(text, 12))]
    'Russian soldier'
    """
    words = _words(text, at, 3)
    for word, _, end in words:
        if word.lower() in FUNCTION | _VERBS:
            return None
        if not (word[0].isupper() or _ADJECTIVE.search(word)):
            return words[0][1], end
    return None


def _with_of(text: str, head: str, end: int) -> int:
    """Stretch "380 units" over "of automobiles": the head alone says nothing."""
    of = _BARE_OF.match(text, end) if head in _WITH_OF else None
    for word, _, stop in _words(text, of.end(), 3) if of else ():
        if word.lower() in FUNCTION | _VERBS:
            break
        end = stop
        if is_plural(word):
            break
    return end


_BARE_OF: Final = later(rf"{GAP}of\b")
_BARE_OPENING: Final = later(rf"{GAP}(?:of|among|amongst)\b")
_SHARE_OPENING: Final = later(
    rf"{GAP}(?:share|stake|interest|slice|portion|holding|cut){GAP}(?:of|in)\b"
)
_SHARE_BEFORE: Final = later(
    rf"\b(?:shares?|percentage|proportion){GAP}(?:of|in|among){GAP}"
    r"(?P<phrase>[^\W_][\w’'&-]*(?: [^\W_][\w’'&-]*){0,7}?)"
    rf"{GAP}(?:has |have |had |will |would |could |now |currently |already |also )*"
    r"(?:is|was|were|are|be|been|remains?|remained|reache[ds]|reach|st(?:ands|ood)"
    r"|rose|fell|grew|increased|decreased|declined|dropped|climbed|jumped|rises?|falls?"
    r"|grows?|amount(?:s|ed)|hit|exceed(?:s|ed)|risen|fallen|grown|accounted)\b"
    r"(?: (?:[^\W\d_][\w’'-]*|[\d.]+%)){0,6} $"
)
_DETERMINERS: Final = frozenset(
    "the a an this these that those its his her their our all both such every".split()
)
_LATE_VERB: Final = later(
    rf"{GAP}(?:the|a|an|in|by|on|for|that|their|his|her|its|to|with|it|as|at|from"
    r"|said)\b"
    r"|[.,;:)]|$"
)


def denominator_after(text: str, at: int) -> str:
    """The phrase a share that ends at ``at`` is taken of; "" if there is none.

    >>> denominator_after("5% of the EU’s gas demand and targets", 2)
    'the EU’s gas demand'
    """
    opening = _BARE_OPENING.match(text, at) or _SHARE_OPENING.match(text, at)
    return _phrase(text, opening.end()) if opening else ""


def denominator_before(text: str, at: int, *, floor: int = 0) -> str:
    """The phrase a share that begins at ``at`` is taken of, where it comes first.

    >>> text = "its overall share in EU gas imports remains a modest 4.3%"
    >>> denominator_before(text, text.index("4.3"))
    'EU gas imports'
    """
    found = _SHARE_BEFORE.search(text, max(floor, at - _LOOK_BACK), at)
    return found["phrase"] if found else ""


def _phrase(text: str, start: int) -> str:
    """A noun phrase that may begin with a determiner and hold one inner *of*."""
    words = _words(text, start, _OF_WORDS, pattern=_WORD_OR_NUMBER)
    end, inner, head = start, False, False
    for index, (word, _, stop) in enumerate(words):
        low = word.lower()
        before = words[index - 1][0] if index else "of"
        if low == "of" and index and not inner:
            inner, head = True, False
            continue
        if low == "and" and _joins(text, words, index):
            head = False
            continue
        opens = before.lower() in {"of", "all", "both"} and low in _DETERMINERS
        if head or (low in FUNCTION and not opens) or (index and low in _VERBS):
            break
        if before.lower() == "those" and low.endswith("ed"):
            end = stop
            break
        if index and low.endswith("ed") and _LATE_VERB.match(text, stop):
            break
        end = stop
        head = is_plural(word) and low not in _MODIFIERS and low not in _DETERMINERS
    phrase = text[start:end].strip()
    return "" if phrase.lower() in _DETERMINERS - {"all", "those"} else phrase


def _joins(text: str, words: list[tuple[str, int, int]], index: int) -> bool:
    """Whether this *and* ties two halves of one name: "Greece and Italy"."""
    if not 0 < index < len(words) - 1:
        return False
    if _PAIRS.match(text, words[index - 1][1]):
        return True
    return words[index - 1][0][0].isupper() and words[index + 1][0][0].isupper()
