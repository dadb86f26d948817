"""Read who wrote a cited work: surnames and bodies, out of the words before a year.

The words are taken as printed: "et al." is noted and left out, initials are dropped,
and "and", "&", commas and slashes part one author from the next. An "and" inside the
name of a body ("Ministry of Trade and Industry") does not. Words that stand before a
year in running English and name no author (months, labels, events) are refused.
"""

from itertools import pairwise
from typing import Final, NamedTuple

from sourcebook.reading.patterns import later

_UPPER: Final = "".join(chr(code) for code in range(0x530) if chr(code).isupper())
_WORD: Final = (
    rf"(?:[a-z]{{1,3}}[-’'])?[{_UPPER}](?:(?:\.-?[{_UPPER}])*\.(?!\w)|[\w’'&-]*)"
)
_LOWER: Final = (
    r"(?:van|von|de|der|den|del|della|di|da|das|dos|du|do|la|le|les|el|al|bin|ibn|ben"
    r"|ter|ten|te|zu|zur|af|av|y|of|the|for|on|des)"
)
PHRASE: Final = rf"(?:{_LOWER} ){{0,3}}{_WORD}(?: (?:{_LOWER} ){{0,3}}{_WORD})*"
ET_AL: Final = r"(?:,? (?:et al\.?|and others|and colleagues)(?!\w))"
# A list as it stands in a bracket, and as it runs in a sentence, where a comma alone
# may part a place from an author ("In Baku, Fox (2001) found …").
AUTHORS: Final = rf"(?>{PHRASE}(?:(?:,? (?:and|&) | ?/ ?|, ){PHRASE})*{ET_AL}?)"
RUNNING: Final = (
    rf"(?<!\w){PHRASE}(?:(?:, {PHRASE}){{0,8}},? (?:and|&) {PHRASE}|/{PHRASE})?{ET_AL}?"
)

_PARTED: Final = later(r"(,? (?:and|&) | ?/ ?|, )")
_ET_AL: Final = later(ET_AL + r"\Z")
_INITIALS: Final = later(rf"(?:[{_UPPER}]\.[ -]?)+|[{_UPPER}]")
_LEADING: Final = later(rf"(?:[{_UPPER}]\.[ -]?)+(?=\w)")
_TRAILING: Final = later(rf" (?:[{_UPPER}]\.[ -]?)+\Z")
_POSSESSIVE: Final = later(r"(?:[’']s|(?<=s)[’'])\Z")
_BODY: Final = later(
    r" (?:of|for) |\b(?:Ministry|Committee|Council|Commission|Office|Organi[sz]ation"
    r"|Department|Institute|Agency|Bank|Fund|Cent(?:re|er)|Association|Board|Union"
    r"|Foundation|Service|Bureau|Court|Parliament|Assembly|Initiative|Secretariat)\b"
)
_SHORT: Final = later(rf"[{_UPPER}]{{2,}}\b")
# Capitalised only because they open a sentence or a bracket.
_OPENING: Final = frozenset(
    "As In The While However For See According Following Also But And Both Although "
    "Unlike Like Since By From On At This That These Those Thus Here Hence Indeed "
    "Moreover Similarly Recently When Where If After Before During Until Between With "
    "What Whereas Yet Then Drawing Born Early Late Mid About Around Circa To Or Not "
    "Source Sources Cf Compare Still Later Earlier Today Now Only Even".split()
)
_MONTHS: Final = (
    "January February March April May June July August September October November "
    "December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Spring Summer Autumn "
    "Winter Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
_LABELS: Final = (
    "Figure Fig Figures Table Tables Chart Box Map Annex Appendix Chapter Section Part "
    "Article Articles Resolution Decree Directive Regulation Decision Order No Nr Law "
    "Room Horizon Agenda Vision Expo Euro Eurovision COP Version Windows Note "
    "Notes Step Phase Flight Form Type Model Olympics Games Cup"
)
_NEVER: Final = frozenset(f"{_MONTHS} {_LABELS}".split())
# The year after one of these is when it happened.
_HAPPENED: Final = frozenset(
    "War Wars Revolution Summit Crisis Election Elections Referendum Coup Genocide "
    "Massacre Battle Uprising Conference Championship Festival Republic".split()
)
_AGREED: Final = frozenset(
    "Treaty Agreement Partnership Convention Declaration Constitution Act Protocol "
    "Charter Accord Accords Pact Strategy Programme Program Policy Memorandum".split()
)

_LAST: Final = later(rf"(?:\b(?:[Aa]s|[Ss]o|[Nn]or) do )?(?P<who>{RUNNING}) ?\Z")


class Authors(NamedTuple):
    """The authors of a work in print order, and whether "et al." follows them."""

    names: tuple[str, ...]
    et_al: bool

    def __str__(self) -> str:
        """Say them as one reference would."""
        if self.et_al:
            return f"{', '.join(self.names)} et al."
        return " and ".join(filter(None, [", ".join(self.names[:-1]), self.names[-1]]))


def read_authors(words: str) -> Authors | None:
    """Return who the words before a year name; None when they name no author.

    >>> read_authors("Fox, J., Hen and Ministry of Trade and Industry")
    Authors(names=('Fox', 'Hen', 'Ministry of Trade and Industry'), et_al=False)
    >>> str(read_authors("Trend/Fox")), str(read_authors("Kotzian et al."))
    ('Trend and Fox', 'Kotzian et al.')
    >>> read_authors("Baku, May")
    """
    head = _ET_AL.sub("", words)
    names = [_LEADING.sub("", _TRAILING.sub("", name)) for name in _names(head)]
    if not names or any(_refused(name) for name in names):
        return None
    return Authors(tuple(names), head != words)


def _names(words: str) -> list[str]:
    """Part the words into names; a lone initial is nobody's."""
    parts = _PARTED.split(words.removeprefix("the "))
    names = [parts[0]]
    for between, name in zip(parts[1::2], parts[2::2], strict=True):
        one_body = _BODY.search(names[-1]) and not (
            _BODY.search(name) or _SHORT.match(name)
        )
        if one_body and " and " in between:
            names[-1] += between + name
        else:
            names.append(name)
    return [name for name in names if not _INITIALS.fullmatch(name)]


def _refused(name: str) -> bool:
    words = name.replace(".", "").split()
    return (
        any(word in _NEVER for word in words)
        or words[0] in _OPENING
        or words[-1] in _HAPPENED
    )


def authors_before(words: str) -> tuple[int, Authors] | None:
    """Return the authors that a sentence names last, and where their names begin.

    ``words`` end where a bracket with a year opens.

    >>> authors_before("As Fox and Hen’s ")
    (3, Authors(names=('Fox', 'Hen'), et_al=False))
    >>> authors_before("since the Lisbon Treaty ")
    """
    found = _LAST.search(words)
    if not found:
        return None
    start, name = found.start("who"), found["who"]
    first, _, rest = name.partition(" ")
    while rest and first in _OPENING:
        start, name = start + len(first) + 1, rest
        first, _, rest = name.partition(" ")
    start, name = start + 4 * name.startswith("the "), name.removeprefix("the ")
    name = _POSSESSIVE.sub("", name)
    pairs = pairwise(f"{name} of".split())
    if any(word in _AGREED and after == "of" for word, after in pairs):
        return None
    authors = read_authors(name)
    return (start, authors) if authors else None
