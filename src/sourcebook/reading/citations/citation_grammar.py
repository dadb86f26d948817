"""The grammar of references in brackets: a table of named rules.

A rule is one line: its name, the reader that goes on from its match, its pattern, and
an example with the answer it must give. ``<word>`` is looked up in the vocabulary.
The rules of one reader are tried from the top, where an entry of a bracket begins; the
first that matches reads it.
"""

import re
from functools import cache
from typing import Final, NamedTuple

from sourcebook.reading.citations.cited_authors import AUTHORS
from sourcebook.reading.dates.date_words import MONTHS
from sourcebook.reading.patterns import later

_MONTH: Final = "|".join(MONTHS)
_BY: Final = (
    "(?:as )?(?:cited|quoted|reported|argued|noted|discussed|described|shown|suggested"
    "|put|outlined|mentioned|reviewed) (?:in|by)"
)
_STRONG: Final = rf"see|cf\.?|compare|contra|pace|e\.g\.,?|according to|based on|{_BY}"

VOCABULARY: Final[dict[str, str]] = {
    "authors": rf"(?P<authors>{AUTHORS})",
    "within": rf"(?P<within>{AUTHORS})",
    "gap": r"(?:,? |,)",
    # A year, and the letter that tells one work of that year from another.
    "yyyy": r"(?:1[5-9]|20)\d\d",
    "edition": r"(?: ?\[<yyyy>\])?",
    "year": (
        r"(?:\[<yyyy>\] |<yyyy>/)?(?P<year><yyyy>)(?P<letter>[a-z])?(?!\w)<edition>"
        r"(?! ?[–-] ?\d{4}|/\d|[.]\d)"
    ),
    "unsaid": r"(?:n\.d\.|forthcoming|in press|undated)(?!\w)",
    # Pages, in both styles: "2011, 395" and "2011: 77, 78".
    "p": r"(?:pp?\.? ?)",
    "leaf": (
        r"(?:\d{1,4}(?: ?[–-] ?\d{1,4})?(?:ff?\b\.?)?|[ivxlc]+(?:[–-][ivxlc]+)?)"
        r"(?![\w%]|[.]\d| (?:<month>|[mb]illion)\b)"
    ),
    "part": (
        r"(?:(?:ch(?:ap(?:ter)?)?|para(?:graph)?|sec(?:tion)?|fn|n|note|vol|art)s?\.?"
        r"|§§?|Annex|Table|Figure|Fig\.) ?[\dIVX]{1,4}(?!\w)"
    ),
    "leaves": (
        r"(?:(?:: ?<p>?|,? ?<p>)<leaf>|, ?(?!<yyyy>(?!\d))(?=\d)<leaf>|[,:] ?<part>)"
        r"(?:,? ?(?:and |& )?(?!<yyyy>(?!\d))<p>?(?=\d)<leaf>|, ?<part>)*"
    ),
    # What may stand before the first author of an entry.
    "cue": (
        r"(?P<prefix>(?:[^;\n\d]{0,120}?\b(?i:<strong>)|(?:and|also|but|in|by|from|after"
        r"|following|via|for example,?|for instance,?|inter alia,?"
        r"|[Ss]ources?:|[Aa]dapted from))"
        r"(?:,? (?:also|e\.g\.|for example|for instance|especially|esp\.|inter alia"
        r"|in particular|among others))*,? )?"
    ),
    "strong": _STRONG,
    "see": (
        r"(?:[Ss]ee|[Cc]f\.|[Cc]ompare)"
        r"(?: also|,? e\.g\.,?|,? for example,?|,? for instance,?)*"
    ),
    # Interviews.
    "month": f"(?:{_MONTH})",
    "message": (
        r"(?:[Pp]ersonal|[Ee]-?mail) (?:communication|correspondence|conversation"
        r"|exchange)s?"
    ),
    "interviews": r"(?:[Ii]nterviews?|INTERVIEWS?|<message>)",
    "whose": (
        r"(?>(?P<lead>(?:and|see also|see|e\.g\.|cf\.),? )?"
        r"(?:(?i:(?:the )?author[’']?s?[’']?|personal(?! co)|own|my|our|anonymous"
        r"|field(?:work)?|online|(?:tele)?phone|video|e-?mail(?= int)|informal) ){0,2})"
    ),
    "a": r"(?:(?:an?|the|two|three|four|five|several|various|some) )?",
    "kind": r"(?P<kind>[^\W\d][^,;:()\d\0\n]{0,80}?)",
    # An interview that fills a note; "Interview with Fox was aired, in 2014" does not.
    "mark": r"[ \t]{0,8}(?:(?:\d{1,3}[.)]?|[¹²³⁰⁴-⁹]{1,3}) ?)?",
    "whom": (
        r"(?:(?: conducted)? with [^\W\d][^,;:()\d\n]{1,60}(?:,| \d)|,|(?: no\.)? \d)"
        r"[^.()\n]{0,200}<yyyy>"
    ),
    "told": r"[^,;\n]{0,80} (?:was|were|is|are|has|have|had|took|shows?|suggests?)\b",
    "stop": r"(?= ?(?:[,:#]|\d|no\.|\Z))",
    "person": (
        r"(?P<kind>(?:[^\W\d][\w’'-]* ){0,5}?(?i:official|representative|expert"
        r"|diplomat|interviewee|respondent|participant|informant|activist|journalist"
        r"|officer|analyst|scholar|policy-maker|policymaker|practitioner|ambassador"
        r"|minister|advis[eo]r|lawyer|researcher|academic|MEP|MP|consultant|negotiator"
        r"|manager|director|civil servant|worker|politician|farmer|teacher|resident)s?)"
    ),
}

_TABLE: Final = r"""
running | running | \b(?P<prefix><see>) <authors><gap>(?=<year>) \
     | For more, see also Fox and Hen 2001. -> Fox and Hen 2001
idem | idem | (?i:idem|ibid\.?|ib\.|id\.)(?:[,:] ?(?P<pages><p>?<leaf>))?\Z \
     | (EC 2001) and (ibid., 4) -> EC 2001; EC 2001 @ 4
in-work | work | <cue><authors>,? in:? <within><gap>(?=<year>) \
     | (Hunter in Bremmer and Taras 1993: 231) -> Hunter in Bremmer and Taras 1993 @ 231
work | work | <cue><authors><gap>(?=<year>) \
     | (see e.g. EC 2001, 2004a) -> EC 2001; EC 2004a
undated | work | <cue><authors><gap>(?=<unsaid>) \
     | (Fox forthcoming) -> Fox
years | bare | (?=<year>|<unsaid>) \
     | Edkins (1999, 2) -> Edkins 1999 @ 2
with | interview | <whose><interviews> (?:conducted )?with <a><kind><stop> \
     | (interview with EEAS official 4, July 2014) -> EEAS official 4 2014-07
of | interview | <whose><a><kind>(?: <interviews>|, <message>)<stop> \
     | (expert interview 3, May 2014) -> expert 3 2014-05
person | interview | <person>(?=,? \d{1,3}(?!\d)) \
     | (EEAS official 1, 5 May 2014) -> EEAS official 1 2014-05-05
whom | interview | <whose><interviews>, <a><person><stop> \
     | (interview, diplomat, Baku, 2014) -> diplomat 2014
plain | interview | <whose><interviews>(?= (?:no\. )?\d|,) \
     | (Interview 12, 2014) -> 12 2014
noted | noted | (?m:^)<mark>(?P<own><whose><interviews>(?!<told>)<whom>)\.?(?m:$) \
     | 12 Interview 7, March 2015. -> 7 2015-03
more | more | (?:and )?(?=\d{1,3}(?!\d)) \
     | (interviews with experts 1, 2014; and 2, 2015) -> expert 1 2014; expert 2 2015
"""


class Rule(NamedTuple):
    """One line of the table: references of ``example`` must be ``answer``."""

    name: str
    reader: str
    pattern: re.Pattern[str]
    example: str
    answer: str


@cache
def rules() -> tuple[Rule, ...]:
    """Return the table, its patterns compiled, in order of preference."""
    lines = _TABLE.replace("\\\n", "").strip().splitlines()
    return tuple(_rule(line) for line in lines)


@cache
def rules_of(reader: str) -> tuple[Rule, ...]:
    """Return the rules of one reader, in order of preference."""
    return tuple(rule for rule in rules() if rule.reader == reader)


def _rule(line: str) -> Rule:
    name, reader, pattern, example = re.split(r" +\| ", line, maxsplit=3)
    words, answer = example.split(" -> ")
    return Rule(name, reader, compiled(pattern), words, answer)


_PIECE: Final = later(r"(?<!\?P)<([a-z]+)>")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Put the pieces of the vocabulary in, and compile."""
    while (fuller := _PIECE.sub(lambda name: VOCABULARY[name[1]], pattern)) != pattern:
        pattern = fuller
    return later(pattern)
