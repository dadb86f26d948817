"""Whether words say what a query gives: how many, only, none, all, which documents.

The grammar is one table: a rule, the words it takes, what must hold, and examples
that run as tests. Words that no rule takes are refused; nothing is guessed.
"""

import re
from collections.abc import Iterable, Mapping

from sourcebook.coding.corpus import Source
from sourcebook.comparing.statements import Given
from sourcebook.errors import SourcebookError
from sourcebook.reading.quotations import read_quotations

# rule | words | holds when | example: F of A | not: F of A. F were found, among A.
TABLE = """
part | N of (the) M | F = N, A = M | two of the five: 2 of 5 | 2 of 6
none-of | none of (the) M | F = 0, A = M | none of the five: 0 of 5 | 1 of 5
whole | all M, each of M | F = A = M | all five documents: 5 of 5 | 5 of 6
least | at least N | F >= N | at least two claims: 3 of 9 | 1 of 9
most | at most N | F <= N | at most two claims: 1 of 9 | 3 of 9
number | N, only N | F = N | only two shares: 2 of 9 | 3 of 9
both | both | F = 2 | both documents: 2 of 2 | 3 of 3
some-not | not all, not every | F < A | not every document: 4 of 5 | 5 of 5
all | all, every, each | F = A, A > 0 | every claim of it: 3 of 3 | 2 of 3
none | no, none, no one, nobody, nothing, neither | F = 0 | no claim: 0 of 5 | 1 of 5
silent | does not, never, not once, silent | F = 0 | it is silent: 0 of 1 | 1 of 1
the-only | the only, the one, sole, nobody else | F = 1 | the only one: 1 of 9 | 2 of 9
only | only, alone, no other; a name | F > 0, as named | only the brief: 3 of 9 | 0 of 9
no-other | no other, without a name | F = 0 | no other document: 0 of 4 | 1 of 4
named | names of documents | those found | the brief: 1 of 9 | 0 of 9
"""
COUNT_RULES = [
    [cell.strip() for cell in row.split("|")] for row in TABLE.strip().split("\n")
]
SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNIT = "|".join(SMALL[1:10])
_NUMBER = rf"(?:{'|'.join(TENS)})(?:[- ](?:{_UNIT}))?|{'|'.join(reversed(SMALL))}|\d+"
# Longer words first: "not one" is none, "the one" is only, "one" alone is a number.
_TOKEN = re.compile(
    r"(?i)\b(?:"
    r"(?P<somenot>not (?:all|every)(?: of)?)"
    r"|(?P<only>only|alone|sole(?:ly)?|the one|no other|no one else|nobody else"
    r"|nothing else)"
    r"|(?P<none>not one|no one|no|none|nobody|nothing|neither|never|silent"
    r"|not once|(?:do|does|did) not)"
    r"|(?P<whole>both)"
    r"|(?P<all>all|every|each)"
    r"|(?P<least>at least)|(?P<most>at most)"
    rf"|(?P<number>{_NUMBER})"
    r")\b"
)
_OF = re.compile(
    r"(?i)\s+(?:one )?of (?:the |these |those |its |their |our )?(?:other )?"
)
_THE = re.compile(r"(?i)(?:\bthe|\bits|\btheir|['’]s)\s+$")  # "the only", "its only"
_NEAR = re.compile(
    r"(?i)\s+(?:of )?(?:the |these |those |its |their |our )?(?:other )?"
)


def number_of(word: str) -> int:
    """Return the number that a word or digits stand for.

    >>> number_of("twelve"), number_of("Twenty-one"), number_of("7")
    (12, 21, 7)
    """
    if word.isdecimal():
        return int(word)
    ten, _, unit = word.lower().replace("-", " ").partition(" ")
    if ten in TENS:
        return (TENS.index(ten) + 2) * 10 + (SMALL.index(unit) if unit else 0)
    return SMALL.index(ten)


def unquoted(words: str, gap: str) -> str:
    """Return words with a gap for each character of a source's words in them."""
    for mention in read_quotations(words):
        blank = gap * (mention.end - mention.start)
        words = words[: mention.start] + blank + words[mention.end :]
    return words


def hold(words: str, given: Given, names: Mapping[str, frozenset[str]]) -> None:
    """Refuse ``words`` that do not say what a query gives; ``names`` are documents'."""
    said = named(words, names)
    tokens = list(_TOKEN.finditer(unquoted(words, " ")))
    if not tokens and not said:
        what = f"no count and no document in the words {words!r}"
        fix = "say how many, only, none, all, or name the documents"
        raise SourcebookError(what, fix=fix)
    fault = "" if given.found else "nothing is found, and the words do not say so"
    if tokens:
        fault = _miscounted(tokens, words, given, documents=bool(said))
    if fault:
        raise _fault(words, given, fault)
    # Of the documents named none may be missing, and none more.
    meant = [may & given.sources for _, may in said]
    if said and not (all(meant) and frozenset().union(*meant) == given.sources):
        raise _fault(words, given, "the documents named are not those")


def _fault(words: str, given: Given, why: str) -> SourcebookError:
    found = ", ".join(given.found[:8]) + (", …" if len(given.found) > 8 else "")
    documents = ", ".join(sorted(given.sources)) or "none"
    return SourcebookError(
        f"the words do not say what the sheets hold: {words!r}: {why}\n"
        f"  found: {given}: {found or 'nothing'}\n"
        f"  documents: {documents}\n"
        "  fix: read what is found; then change the words, or the query"
    )


def _miscounted(
    tokens: list[re.Match[str]], words: str, given: Given, *, documents: bool
) -> str:
    """Return what the words count wrongly, or ""; ``documents`` if they name any."""
    if [token.lastgroup for token in tokens[:2]] == ["only", "number"]:
        tokens = tokens[1:]  # "only two", "the only one of the five"
    if len(tokens) > 2:
        several = ", ".join(repr(token[0]) for token in tokens)
        return f"more than one role can hold ({several}); write a role for each count"
    first, last = tokens[0], tokens[-1]
    holds = (
        _single(first, words, given, documents=documents)
        if first is last
        else _pair(first, last, words[first.end() : last.start()], given)
    )
    if holds is None:
        return f"no rule takes {first[0]!r} and {last[0]!r} together"
    return "" if holds else f"{len(given.found)} of {len(given.among)} are found"


def _pair(
    first: re.Match[str], last: re.Match[str], between: str, given: Given
) -> bool | None:
    """Whether two counts, such as "none of the five", hold; None: no rule for them."""
    found, among = len(given.found), len(given.among)
    match first.lastgroup, last.lastgroup:
        case (("number" | "none" | "only"), "number") if _OF.fullmatch(between):
            part = {"none": 0, "only": 1}.get(str(first.lastgroup))
            part = number_of(first[0]) if part is None else part
            return found == part and among == number_of(last[0])
        case "all", "number" if _NEAR.fullmatch(between):
            return found == among == number_of(last[0])
        case "least", "number":
            return found >= number_of(last[0])
        case "most", "number":
            return found <= number_of(last[0])
    return None


def _single(
    token: re.Match[str], words: str, given: Given, *, documents: bool
) -> bool | None:
    """Whether one count by itself holds; None where no rule takes it."""
    found, among = len(given.found), len(given.among)
    match token.lastgroup:
        case "number":
            return found == number_of(token[0])
        case "whole":
            return found == 2 and (among == 2 or not given.query.then)
        case "all":
            return found == among > 0
        case "somenot":
            return found < among
        case "none":
            return found == 0
        case "only" if documents and not _THE.search(words[: token.start()]):
            return found > 0  # "only the brief": the documents named are held below
        case "only" if token[0].lower() == "no other" and not documents:
            return found == 0
        case "only":
            return found == 1
    return None


def named(
    words: str, names: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return the documents that words name, each with the sources it may mean."""
    found = []
    lower = words.lower()
    for name in sorted(names, key=lambda each: (-len(each), each)):
        if name.split(" ")[-1] not in lower:
            continue
        pattern = re.compile(rf"(?i)(?<!\w){re.escape(name)}(?!\w)")
        if pattern.search(words):
            found.append((name, names[name]))
            words = pattern.sub(lambda match: " " * len(match[0]), words)
    return tuple(found)


def called(sources: Iterable[Source]) -> dict[str, frozenset[str]]:
    """Return what documents are called, in small letters, and which one is meant.

    A sheet gives the short name, "policy brief". Its last word after "the" names the
    document as well: "the brief". Where two share a name, either may be meant.
    """
    found: dict[str, set[str]] = {}
    for source in sources:
        short = source.sheet.short.lower()
        last = (f"the {short.split()[-1]}",) if short else ()
        for name in (short or source.citekey.replace("-", " "), *last):
            found.setdefault(name, set()).add(source.citekey)
    return {name: frozenset(citekeys) for name, citekeys in found.items()}
