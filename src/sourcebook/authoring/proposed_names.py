"""The names of a new document: whom the book's table knows, and whom it does not.

What the table of actors has is found by its aliases. Of the rest, runs of words with
capitals are proposed, a long form with its short one; what kind of name each seems to
be is a guess from the words in it and before it, for a person to settle. Nothing is
written into the table here.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from sourcebook.reading.actors import ActorMention, Aliases, read_actors
from sourcebook.reading.citations import CitationMention
from sourcebook.reading.citations.citation_reader import Reference, read_references
from sourcebook.reading.text import Document, Paragraph

_WORD: Final = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_OWN: Final = re.compile(r"[’'](?:s|S)?$")
_SHORT: Final = re.compile(r"\s?[(\[]([A-Z][\w&-]{1,11})[)\]]")
_PARTICLES: Final = frozenset(
    "de del della der den von van bin ibn al el da dos du le la ben ul".split()
)
_OFFICES: Final = frozenset(
    "mr mrs ms dr sir lord lady prof professor shri smt president minister chancellor "
    "ambassador commissioner chairperson chairman chair secretary king queen prince "
    "judge justice senator representative envoy director excellency spokesperson "
    "spokesman governor mayor mep mp colonel captain major general lt gen vice".split()
)
_BEFORE_OFFICE: Final = frozenset(
    "foreign prime deputy high special union interior defence defense finance energy "
    "permanent former acting first executive".split()
)
_BODIES: Final = frozenset(
    "commission council ministry parliament committee court bank agency union fund "
    "authority university institute group company corporation forces party department "
    "government office league organisation organization association bureau board house "
    "republic kingdom federation community society service forum panel foundation "
    "centre center assembly senate congress police army mission delegation "
    "administration secretariat tribunal consortium alliance".split()
)
_BELONGS: Final = frozenset({"of", "for", "on", "against"})
_NONE: Final = frozenset(
    "january february march april may june july august september october november "
    "december monday tuesday wednesday thursday friday saturday sunday article table "
    "figure chapter section paragraph annex appendix part page rule note notes box "
    "source sources press release background contents introduction conclusion total "
    "memorandum understanding agreement treaty convention declaration protocol act "
    "communiqué communique communiqués statement report reports state heads member "
    "members today yesterday phone mail fax tel email i the a an this that these those "
    "it its he she they we you in on at as for from to by with of and or but if when "
    "while where after before since although though however moreover furthermore there "
    "here all some many most no not such what who why how our their his her one two "
    "three both each also under over more".split()
)
_WORKS: Final = re.compile(
    r"(?i)(?:[\divx]{1,4}\.? )?(?:list of )?(?:references|bibliography|works cited"
    r"|literature(?: cited)?|notes|endnotes|footnotes|further reading)"
    r"(?: (?:and|cited)\b.{0,30})?:?"
)
_INITIALS: Final = re.compile(r"^(?:[A-Z]\.? ?){1,3}(?=[A-Z][a-z])")
_NAME: Final = r"([A-Z][^\W\d_]+(?:-[A-Z][^\W\d_]+)?)"
_LISTED: Final = re.compile(
    rf"{_NAME}, (?:[A-Z]\.|[A-Z][a-z-]+\b)|\b[A-Z]\. ?{_NAME}|{_NAME} [A-Z]{{1,2}}[,.]"
)
_NUMBERED: Final = re.compile(rf"{_NAME}(?: et al\.?| and colleagues|(?= \[\d))")
_AT: Final = frozenset("in at near to from across throughout outside within".split())
_HEADING: Final = 0.6  # of the words of a line: more capitals, and it is a heading
_TOLD: Final = 12  # on the command line; all stand in the sheet


@dataclass(slots=True)
class Name:
    """A name that the table does not have: its kind as it seems, and its places."""

    name: str
    kind: str = ""
    also: str = ""  # a short form that stands in brackets behind it
    count: int = 0
    lines: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    words: str
    first: bool  # whether it begins a sentence
    office: bool  # whether an office or a form of address stands before it
    place: bool


@dataclass(frozen=True, slots=True)
class Names:
    """Whom a document names: actors of the table by count, and whom it lacks."""

    known: tuple[tuple[str, int], ...]
    unknown: tuple[Name, ...]
    mentions: tuple[ActorMention, ...] = ()

    def told(self) -> list[str]:
        """Return what there is to say of them, a line each."""
        lines = []
        if self.known:
            listed = ", ".join(f"{name} ({count})" for name, count in self.known)
            lines.append(f"names of seeds/actors.yml: {listed}")
        if self.unknown:
            listed = ", ".join(map(shown, self.unknown[:_TOLD]))
            more = len(self.unknown) - _TOLD
            rest = f" and {more} more, in the sheet" if more > 0 else ""
            lines.append(f"names that seeds/actors.yml does not have: {listed}{rest}")
        return lines


def shown(name: Name) -> str:
    """Return a name with what is known of it.

    >>> shown(Name("Rapid Support Forces", "institution", "RSF", 2, [7]))
    'Rapid Support Forces = RSF (institution?, 2)'
    """
    also = f" = {name.also}" if name.also else ""
    kind = f"{name.kind}?, " if name.kind else ""
    return f"{name.name}{also} ({kind}{name.count})"


def find_names(document: Document, aliases: Aliases) -> Names:
    """Return the names of a document, the commonest first."""
    references = read_references(document.text)
    mentions = read_actors(document.text, aliases, apart=references)
    known = Counter(mention.actor for mention in mentions)
    taken = {at for each in mentions for at in range(each.start, each.end)}
    apart = [*references, *_works(document)]
    runs = [
        run
        for run in _runs(document, taken)
        if not any(each.start < run.end and run.start < each.end for each in apart)
    ]
    cited = _cited(document, references)
    unknown = [
        each
        for each in _gathered(runs, document)
        if each.kind == "person" or _INITIALS.sub("", each.name) not in cited
    ]
    by_count = sorted(known.items(), key=lambda each: (-each[1], each[0]))
    return Names(tuple(by_count), tuple(unknown), mentions)


def _works(document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs under the heads of works and notes."""
    under = False
    for paragraph in document.paragraphs:
        if _WORKS.fullmatch(document.text, paragraph.start, paragraph.end):
            under = True
        elif paragraph.kind == "heading":
            under = False
        if under:
            yield paragraph


def _cited(document: Document, references: Iterable[Reference]) -> set[str]:
    """Return the surnames of people whom the text only cites.

    What is cited alone, as "Eurostat 2020", is a person's only if the works have it
    with a first name or an initial.
    """
    works = "\n".join(document.text[p.start : p.end] for p in _works(document))
    listed = {name for names in _LISTED.findall(works) for name in names}
    cited = {found[1] for found in _NUMBERED.finditer(document.text)}
    for each in references:
        if isinstance(each, CitationMention):
            names = {name.split()[-1] for name in each.authors if name}
            cited |= names if len(names) > 1 or each.et_al else names & listed
    return cited


def _runs(document: Document, taken: set[int]) -> Iterator[_Run]:
    """Yield the runs of words with capitals in sentences that are no headings."""
    text = document.text
    for sentence in document.sentences:
        words = list(_WORD.finditer(text, sentence.start, sentence.end))
        capitals = sum(word[0][0].isupper() for word in words)
        titled = capitals > _HEADING * len(words) and len(words) > 2
        if text.startswith("#", sentence.start) or (
            titled and text[sentence.end - 1] not in ".!?;”|"
        ):
            continue
        at = 0
        while at < len(words):
            end = _end_of(words, at, text)
            if run := _run(words, at, end, text, taken):
                yield run
            at = max(end, at + 1)


def _end_of(words: list[re.Match[str]], at: int, text: str) -> int:
    """Return where a run of capitals that begins at a word ends, if one does."""
    end = at
    while _opens_name(words[end][0]):
        end += 1
        after = end
        while after < len(words) and _joins(words, at, after, text):
            after += 1
        if after == len(words) or not _follows(words[after - 1], words[after], text):
            break
        if _is_office(words, after):
            break  # "European Commission President Ursula von der Leyen" is two
        end = after
    return end


def _opens_name(word: str) -> bool:
    """Say whether a word is one of a name: "Baku", "al-Rashid"."""
    particle, _, rest = word.partition("-")
    return word[0].isupper() or (particle in _PARTICLES and rest[:1].isupper())


def _is_office(words: list[re.Match[str]], at: int) -> bool:
    """Say whether a word is an office or a form of address, or begins one."""
    word = words[at][0].lower()
    if any(part in _OFFICES for part in word.split("-")) or word == "h":
        return True
    after = "".join(each[0].lower() for each in words[at + 1 : at + 2])
    return (word in _BEFORE_OFFICE and after in _OFFICES) or (
        word == "e" and words[at - 1][0] == "H"
    )


def _joins(words: list[re.Match[str]], at: int, here: int, text: str) -> bool:
    """Say whether a small word stands within a name: "van", "Ministry of the"."""
    word, before = words[here][0], words[here - 1][0].lower()
    titled = any(each[0].lower() in _BODIES for each in words[here + 1 : here + 3])
    return _follows(words[here - 1], words[here], text) and (
        word in _PARTICLES
        or (word in _BELONGS and before in _BODIES)
        or (word == "the" and before in _BELONGS)
        or (word == "and" and titled and text[: words[at].start()].endswith("the "))
    )


def _follows(before: re.Match[str], after: re.Match[str], text: str) -> bool:
    between = text[before.end() : after.start()]
    initial = len(before[0]) < 3 and between in (".", ". ")
    return (between in (" ", "\n") and not _OWN.search(before[0])) or initial


def _run(
    words: list[re.Match[str]], at: int, end: int, text: str, taken: set[int]
) -> _Run | None:
    """Return a run without offices, small words and known names at its ends."""
    office, body = False, words[end - 1][0].lower() in _BODIES
    first = at == 0 or text[words[at].start() - 1] in "“\"‘'*"
    begun = at
    while at < end and (
        _is_office(words, at)
        or words[at][0].lower() in _NONE
        or (words[at].start() in taken and not body)
    ):
        office = office or _is_office(words, at)
        at += 1
    while end > at and (
        words[end - 1].start() in taken
        or words[end - 1][0].lower() in _NONE | _PARTICLES
    ):
        end -= 1
    if at == end:
        return None
    start, stop = words[at].start(), words[end - 1].end()
    name = _OWN.sub("", " ".join(text[start:stop].split()))
    name = re.sub(r"^[A-Z] (?=[A-Z])", "", name)  # of "H.E Ambassador …"
    beside = text[max(start - 2, 0) : start] + text[stop : stop + 2]
    if (
        len(name) < 2
        or re.search(r"\d", name)
        or (len(name) < 5 and re.search(r"[\d/]", beside[:4]))
    ):
        return None  # a unit, a currency, a part of the number of a file
    before = words[at - 1][0].lower() if at else ""
    return _Run(start, stop, name, first and at == begun, office, before in _AT)


def _gathered(runs: list[_Run], document: Document) -> list[Name]:
    """Return runs by name; a word that only begins sentences is none."""
    inside = {run.words for run in runs if not run.first}
    small = {word.lower() for word in re.findall(r"\b[a-z]\w+", document.text)}
    names: dict[str, Name] = {}
    hints: dict[str, Counter[str]] = {}
    bracketed = -1  # where the short form begins that stands behind the last name
    for run in runs:
        name = run.words
        if run.start == bracketed:
            continue
        if run.first and name not in inside:
            head, _, rest = name.partition(" ")
            if rest and (
                head.lower() in small or rest in inside or head.endswith("ing")
            ):
                name = rest
            elif not rest and not name.isupper():
                continue
        if not name[0].isupper() or name.lower() in small | _NONE | _BODIES:
            continue
        entry = names.setdefault(name, Name(name))
        entry.count += 1
        entry.lines.append(document.line_at(run.start))
        short = _SHORT.match(document.text, run.end)
        if short and " " in name and _abbreviates(short[1], name):
            entry.also, bracketed = short[1], short.start(1)
        kinds = hints.setdefault(name, Counter())
        kinds["person"] += run.office
        kinds["place"] += run.place
    for entry in names.values():
        entry.kind = _kind(entry, hints[entry.name])
    return sorted(_merged(names), key=lambda each: (-each.count, each.lines[0]))


def _abbreviates(short: str, name: str) -> bool:
    letters = [word[0].lower() for word in name.split() if word[0].isupper()]
    return short[0].lower() in letters


def _kind(name: Name, hints: Counter[str]) -> str:
    words = {word.lower() for word in name.name.split()}
    if words & _BODIES or name.also:
        return "institution"
    if hints["person"] and not name.name.isupper():
        return "person"
    return "place" if hints["place"] * 2 > name.count else ""


def _merged(names: dict[str, Name]) -> Iterable[Name]:
    """Return names with a short form, or a surname, counted with the whole one."""
    shorts: dict[str, list[Name]] = {}
    for name in names.values():
        if name.also:
            shorts.setdefault(name.also, []).append(name)
        elif name.kind in {"", "person"} and " " in name.name:
            shorts.setdefault(name.name.rpartition(" ")[2], []).append(name)
    for short, whole in shorts.items():
        part, one = names.get(short), whole[0]
        if part is None or part is one or len(whole) > 1:
            continue
        if one.also or "person" in {part.kind, one.kind}:
            del names[short]
            one.kind = one.kind or part.kind
            one.count += part.count
            one.lines = sorted([*one.lines, *part.lines])
            one.also = short
    return names.values()
