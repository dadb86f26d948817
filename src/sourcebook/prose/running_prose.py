"""Checks of our own running prose, so that it cannot drift from what it reports.

`verify` holds the words of a ``{claim}`` role against the claim they point to: figures
by value, unit and kind of hedge, dates by the time they cover, quotations letter by
letter. They may deny nothing where the passage denies nothing, and go no way that is
opposite to its own. Words without any of these are a link in our words, and pass.

`bare_numbers` reports every number of a chapter that nothing verifies. A percentage
counts as a number even when it is spelled out; "five documents" does not.

Neither mends anything, and neither can tell whether a sentence is fair: they look at
figures, dates, quoted words and a few words that have an opposite.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from sourcebook.coding.claims import Claim, lies_within, quantity_in
from sourcebook.coding.hedges import Quantity, plain
from sourcebook.comparing.statement_words import unquoted
from sourcebook.errors import SourcebookError
from sourcebook.prose.markdown import GAP, QUOTED, Stretch, gap, read_prose
from sourcebook.reading.anchor import fold, locate
from sourcebook.reading.clause import denial_in, turns
from sourcebook.reading.dates import DateMention, read_dates
from sourcebook.reading.dates.date_words import MONTHS
from sourcebook.reading.numbers import NumberMention, read_numbers
from sourcebook.reading.quotations import read_quotations
from sourcebook.reading.text import clean

_DIGIT = r"[\d\u00bc-\u00be\u2150-\u215e]"  # digits of any script, and fractions
# Begun at the beginning of a word alone: a word without end is then read but once.
_TOKEN = re.compile(rf"(?<![^\s{GAP}])[^\s{GAP}]*{_DIGIT}[^\s{GAP}]*")
_EDGES = "“”‘’\"'.,;:!?()[]{}…*_"
_ADDRESS = re.compile(r"\bhttps?://\S+|\bdoi:\s?\S+|\b10\.\d{4,9}/\S+")
_SECTION = re.compile(
    r"(?i)(?:\b(?:section|chapter)s?|§+)\s*\d+(?:\.\d+)*(?:[ ]?[-–][ ]?\d+(?:\.\d+)*)?"
)
_TRAILING_ZERO = re.compile(r"\d\.\d*0(?!\d)")
_SHORT = 8  # words: a passage of fewer is seldom a statement
_PERCENT = re.compile(r"(?i)per\s?cent(?!ages)")

# Two ways apart; `*` stands for any ending. Words that lead one way are not for a
# passage that leads the other way alone.
WAYS = """
more most increas* rise* rising rose risen grow* grew gain* higher upper \
| less fewer least declin* decreas* fall* fell drop* reduc* lower
strong* | weak*
support* favour* favor* | oppos* against
import* | export*
before earlier | after later
largest biggest | smallest
accept* agree* | reject* refus* disagree*
freed releas* | jail* arrest* imprison* detain*
improv* | worsen* deteriorat*
begin* began start* open* | end ends ended stop* clos*
easy easily | difficult* hard
allow* permit* | forbid* ban bans banned prohibit*
succe* | fail*
peace* | war wars
possibl* | impossibl*
likely | unlikely
public* | private*
buyer* buys bought | seller* sells sold
"""


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something wrong on a page: line and column from 1, and what stands there.

    Of a number that nothing verifies that is the number, else what to do.
    """

    line: int
    column: int
    text: str


def _fault(expected: str, got: str, fix: str) -> str:
    return f"  expected: {expected}\n  got: {got}\n  fix: {fix}"


# A process that stays has the same short words checked after each change.
_numbers = lru_cache(maxsize=4096)(read_numbers)
_dates = lru_cache(maxsize=4096)(read_dates)


def verify(words: str, claim: Claim) -> None:
    """Raise with all that ``words`` say otherwise than the claim's passage."""
    own = unquoted(words, GAP)
    numbers, dates = _numbers(own), _dates(own)
    faults = [
        *_quotation_faults(words, claim),
        *_number_faults(numbers, claim),
        *_date_faults(dates, claim),
        *_turned(own, claim),
        *_unread(own, [*numbers, *dates]),
    ]
    if faults:
        head = f"{claim.id}: the words do not say what the passage says: {words!r}"
        raise SourcebookError("\n".join([head, *dict.fromkeys(faults)]))


def _quotation_faults(words: str, claim: Claim) -> Iterator[str]:
    """Quoted words must stand in the passage, whole, and keep their negation."""
    for mention in read_quotations(words):
        try:
            passage = clean(claim.exact, citekey=claim.id)
            locate(mention.inner, passage, nth=1, phrase=True)
        except SourcebookError as error:
            reason, *_ = str(error).removeprefix(f"{claim.id}: ").splitlines()
            yield _fault(
                f"words of “{claim.exact}”",
                f"{mention.text} ({reason})",
                "copy the words from the passage, or say it without quotation marks",
            )
    if re.search("[“”]", unquoted(words, GAP)):
        yield _fault("quotation marks in pairs", words, "add the missing mark")


def _number_faults(numbers: Iterable[NumberMention], claim: Claim) -> Iterator[str]:
    """Every figure must be one of the claim's; a label must be printed in it."""
    figures = _figures(claim)
    for mention in numbers:
        if mention.role != "quantity":
            if not _printed(mention.text, claim.exact):
                yield _fault(
                    f"a name or number of “{claim.exact}”",
                    repr(mention.text),
                    "name it as the passage does, or leave it out of the role",
                )
            continue
        got = Quantity.from_mention(mention)
        differences = [_difference(got, figure) for figure in figures]
        if not differences:
            yield _fault(
                f"no figure: there is none in “{claim.exact}”",
                _describe(got),
                "link the claim that has the figure",
            )
        elif all(differences):
            fix = differences[0] if len(figures) == 1 else "copy one of the figures"
            expected = " or ".join(_describe(figure) for figure in figures)
            yield _fault(expected, _describe(got), fix)


def _figures(claim: Claim) -> list[Quantity]:
    """Return what may be said: the claim's figure, else all figures of its passage."""
    if (figure := quantity_in(claim)) is not None:
        return [figure]
    # Read within its sentence, so that a hedge just before the passage counts.
    around = claim.sentence if claim.exact in claim.sentence else claim.exact
    start = around.find(claim.exact)
    end = start + len(claim.exact)
    return [
        Quantity.from_mention(mention)
        for mention in _numbers(around)
        if mention.role == "quantity" and mention.start < end and start < mention.end
    ]


def _difference(got: Quantity, figure: Quantity) -> str:
    """Return how to mend the words, or "" when both say the same."""
    if (got.low, got.high) != (figure.low, figure.high):
        return f"give the figure of the passage, {figure.text!r}"
    if (got.unit, got.per) != (figure.unit, figure.per):
        return f"keep the unit ({_unit(figure) or 'none'}), as in {figure.text!r}"
    if got.rule != figure.rule:
        return f"keep the hedge ({figure.rule}), as in {figure.text!r}"
    if got.step < figure.step and _TRAILING_ZERO.search(got.text):
        return f"claim no more digits than the passage, {figure.text!r}"
    return ""


def _describe(figure: Quantity) -> str:
    low, high = plain(figure.low), plain(figure.high)
    value = low if low == high else f"{low} to {high}"
    return f"{figure.text!r} ({f'{value} {_unit(figure)}'.strip()}, {figure.rule})"


def _unit(figure: Quantity) -> str:
    return f"{figure.unit} per {figure.per}" if figure.per else figure.unit


def _date_faults(dates: Iterable[DateMention], claim: Claim) -> Iterator[str]:
    """A date must be, or cover, the claim's time; durations are figures."""
    for mention in dates:
        if mention.kind in {"duration", "vague"}:
            continue
        if not mention.edtf:
            if not _printed(mention.text, claim.sentence):
                yield _fault(
                    f"a date that stands by itself ({claim.when or 'none is coded'})",
                    repr(mention.text),
                    "say which day, month or year is meant",
                )
        elif not _covers(mention.edtf, claim):
            yield _fault(
                claim.when or f"a date of “{claim.exact}”",
                f"{mention.text!r} ({mention.edtf})",
                "give the time the claim is about, or a longer one that holds it",
            )


def _covers(edtf: str, claim: Claim) -> bool:
    if not claim.when:
        return edtf in {mention.edtf for mention in _dates(claim.exact)}
    return lies_within(claim.when, edtf)


def _turned(own: str, claim: Claim) -> Iterator[str]:
    """Our words may not deny, or turn round, what the passage affirms.

    Where the passage denies something too, nothing can be told: a denied fall is no
    fall. A short one is read within its sentence, as our words are mostly on that.
    """
    short = len(claim.exact.split()) < _SHORT
    passage = claim.sentence if short else claim.exact
    if denial := denial_in(own):
        if not turns(passage):
            fix = "say it as the passage does, or deny it outside of the mark"
            yield _fault(f"nothing denied, as in “{passage}”", repr(denial), fix)
    elif not denial_in(passage):
        for ours, theirs in _opposed(own, passage):
            fix = "say it as the passage does"
            yield _fault(f"{theirs!r}, as in “{passage}”", repr(ours), fix)


def _opposed(words: str, passage: str) -> Iterator[tuple[str, str]]:
    """Yield words that lead one way where the passage leads the other way alone.

    >>> [*_opposed("sales fell", "Sales grew.")]
    [('fell', 'grew')]
    >>> [*_opposed("sales fell", "Sales grew, and then they fell.")]
    []
    """
    for pair in _ways():
        for here, there in (pair, pair[::-1]):
            ours, theirs = here.search(words), there.search(passage)
            if ours and theirs and not (there.search(words) or here.search(passage)):
                yield ours[0], theirs[0]


@cache
def _ways() -> list[tuple[re.Pattern[str], ...]]:
    rows = WAYS.strip().replace("*", r"\w*").split("\n")
    ways = (["|".join(way.split()) for way in row.split(" | ")] for row in rows)
    return [tuple(re.compile(rf"(?i)\b(?:{way})\b") for way in row) for row in ways]


def _printed(words: str, passage: str) -> bool:
    pattern = rf"(?<!\w){re.escape(fold(words))}(?!\w)"
    return re.search(pattern, fold(passage), re.IGNORECASE) is not None


def _unread(own: str, mentions: Iterable[NumberMention | DateMention]) -> Iterator[str]:
    """Digits that no reader understood cannot be checked, and so are refused."""
    rest = list(own)
    for mention in mentions:
        rest[mention.start : mention.end] = GAP * (mention.end - mention.start)
    for token in _TOKEN.findall("".join(rest)):
        yield _fault(
            "a number or date that can be read",
            repr(token.strip(_EDGES)),
            "write it as the passage does",
        )


def bare_numbers(markdown: str, *, allow: frozenset[str]) -> tuple[Remark, ...]:
    """Return the numbers of a chapter that stand in our own words, in order of place.

    ``allow`` holds what may stand bare, as printed: "31 July 2025", "2022", "C5+1".
    It covers whole numbers only: "2022" allows neither "2022 tons" nor "€2022".

    >>> bare_numbers("It is 4.3% of “4 300”, in 2025.", allow=frozenset({"2025"}))
    (Remark(line=1, column=7, text='4.3%'),)
    """
    return bare_in(read_prose(markdown), allow=allow)


def bare_in(
    stretches: Iterable[Stretch], *, allow: frozenset[str]
) -> tuple[Remark, ...]:
    """Return the numbers that stand bare in a chapter that was read."""
    findings = {
        Remark(*stretch.places[start], text)
        for stretch in stretches
        for start, text in _bare(stretch.text, allow)
    }
    return tuple(sorted(findings))


def _bare(text: str, allow: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the offset and the words of each number left in one stretch."""
    if not (_TOKEN.search(text) or _PERCENT.search(text)):
        return  # as nearly always: nothing need be read
    for pattern in (QUOTED, _ADDRESS, _SECTION):
        text = pattern.sub(gap, text)
    mentions = _numbers(text)
    for phrase in sorted(allow, key=lambda phrase: (-len(phrase), phrase)):
        text = _allow(text, phrase, mentions)
    for mention in mentions:
        if _PERCENT.search(mention.text) and not re.search(_DIGIT, mention.text):
            yield mention.start, mention.text
    for match in _TOKEN.finditer(text):
        word = match[0].strip(_EDGES)
        yield match.start() + match[0].index(word), word


def _allow(text: str, phrase: str, mentions: tuple[NumberMention, ...]) -> str:
    """Blank a phrase that may stand bare, unless it is part of a longer figure."""
    if not all(word in text for word in phrase.split()):
        return text  # as nearly always: no pattern need be tried
    words = r"\s+".join(map(re.escape, phrase.split()))
    pattern = re.compile(rf"(?<![\w€$£%])(?<!\d[.,]){words}(?!\w|%|[.,]\d)")

    def blank(match: re.Match[str]) -> str:
        for mention in mentions:
            touches = mention.start < match.end() and match.start() < mention.end
            inside = match.start() <= mention.start and mention.end <= match.end()
            if touches and not inside and mention.role == "quantity" and mention.unit:
                return match[0]
        return gap(match)

    return pattern.sub(blank, text) if words else text


def printed_dates(edtf: str) -> frozenset[str]:
    """Return the ways in which a chapter may print a date of publication.

    >>> sorted(printed_dates("2025-07-31"))
    ['2025', '2025-07-31', '31 July', '31 July 2025', 'July 2025']
    >>> {"30–31 July", "30 and 31 July 2025"} - printed_dates("2025-07-30/2025-07-31")
    set()
    >>> [way for way in printed_dates("2025-06-30/2025-07-31") if "–" in way]
    []
    """
    ways = set()
    days = re.findall(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", edtf)
    for year, month, day in days:
        ways.add(year)
        if month and 1 <= int(month) <= len(MONTHS):
            name = MONTHS[int(month) - 1]
            ways.add(f"{name} {year}")
            if day:
                ways |= {f"{int(day)} {name} {year}", f"{int(day)} {name}"}
                ways.add(f"{year}-{month}-{day}")
    if len(days) > 1 and days[0][:2] == days[-1][:2] and all(d[2] for d in days):
        (year, month, first), (*_, last) = days[0], days[-1]
        for between in ("–", " and "):
            way = f"{int(first)}{between}{int(last)} {MONTHS[int(month) - 1]}"
            ways |= {way, f"{way} {year}"}
    return frozenset(ways)
