"""What a claim says around its passage, held against the words that stand there.

Who acts and towards whom, where, when and in whose voice: each is named in the claim's
own sentence, or failing that in its paragraph, in the line that leads into a list, or
in the heading above. What the text leaves to its reader, the sheet says with
``inferred: {field: why}``; such a reason has to name what it argues for, so that
neither can be changed without the other.

Nothing is guessed: a pronoun names nobody, and a date is one that `read_dates` reads.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from sourcebook.coding.claims import Claim, within
from sourcebook.coding.schema import Codebook, Sheet
from sourcebook.errors import SourcebookError
from sourcebook.reading.actors import ActorMention, Aliases, with_own
from sourcebook.reading.anchor import Anchor, fold
from sourcebook.reading.certainty import is_doubtful
from sourcebook.reading.dates import DateMention, bounds, read_dates
from sourcebook.reading.text import Document, Span

PARTY: Final = "take a party that the sentence, paragraph or heading names"
NEAR_PLACE: Final = "take a place that the sentence, paragraph or heading names"
WHOLE: Final = "take the whole that the sentence names, as the codebook has it"
TIME: Final = "take a date that the sentence prints, else its paragraph, or the issue"
ORIGIN: Final = "take the producer or work that the paragraph names, in its words"
VOICE: Final = "take the voice that is named as speaking, author where none is"
AUTHOR: Final = "author"
# How a document speaks of itself, if the sheet does not say what it is called; it takes
# stances, and in its own voice alone.
_AUTHORS: Final = frozenset({AUTHOR, "authors"})
_ITSELF: Final = frozenset({"article", "report", "brief"})
_TAKEN: Final = {"stance", "recommendation"}  # kinds of claim that somebody stands for
# Words of ours around names of parties: "EU–Georgia relations", "officials, not named".
_AROUND: Final = re.compile(r"\s(?:relations|peace)$|['’]s\saccession$|,\snot named$")
_BETWEEN: Final = re.compile(r"\s+and\s+|,\s+|–")
_WORD: Final = re.compile(r"[\w’'&+]+")
# Words that join others in a description of ours: a text need not have them.
_JOINING: Final = frozenset(
    "a an the of in and or not it its those these some another calls asked".split()
)
_STEM = 6  # so many letters of a word are compared: "Azerbaijan’s elites", "elite"
_BRACKETS: Final = re.compile(r"\([^()]*\)")
# A voice that is not the author's is heard: somebody says, finds, feels, or is quoted.
_SAYING: Final = re.compile(
    r"\b(?:sa(?:id|ys?)|t(?:ells?|old)|according to|warn\w*|noted?|stat(?:ed?|es)"
    r"|describ\w+|emphasi[sz]\w+|underlin\w+|point(?:s|ed) out|express\w+|explain\w*"
    r"|mention\w*|argue\w*|claim\w*|call\w*|referenced|acknowledge\w*|assess\w*|feels?"
    r"|felt|show\w*|add(?:s|ed)|insist\w*|polls?|suggest\w*|believ\w+|interviews?)\b"
    r"|[“”\"]"
)
# Words that end with the time of issue and say of no day that it was the first.
_LATELY: Final = re.compile(r"\b(?:recent(?:ly)?|lately|so far)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """What one document names, and where: its actors, its dates, its words."""

    document: Document
    sheet: Sheet
    shared: Aliases
    codebook: Codebook
    mentions: Sequence[ActorMention]  # in order; authors of cited works are none
    ranges: dict[tuple[int, int], tuple[Span, ...]] = field(default_factory=dict)

    @cached_property
    def known(self) -> Mapping[str, str]:
        """Every name an actor goes by, in small letters, with the actor."""
        return actor_names(self.shared, self.sheet.aliases)

    @cached_property
    def dates(self) -> Sequence[DateMention]:
        """The sure dates the text prints, in order, but for the years of references."""
        found = read_dates(self.document.text, issued=self.sheet.issued.date)
        sure = [d for d in found if d.edtf and not is_doubtful(d.ground)]
        return [d for d in sure if d.rule != "citation-year"]

    def actors_in(self, span: Span) -> set[str]:
        """Return the actors that a range names."""
        return {mention.actor for mention in within(self.mentions, span)}

    def times_in(self, span: Span) -> list[str]:
        """Return the dates that a range prints, as EDTF."""
        return [date.edtf for date in within(self.dates, span)]

    def text(self, span: Span) -> str:
        """Return the text of a range."""
        return self.document.text[span.start : span.end]

    def words(self, span: Span) -> str:
        """Return the text of a range, levelled and in small letters."""
        return fold(self.text(span)).casefold()

    def around(self, anchor: Anchor) -> tuple[Span, ...]:
        """Return where a claim's surroundings may be named, the nearest first."""
        place = (anchor.start, anchor.end)  # each guard of a claim asks
        if place not in self.ranges:
            self.ranges[place] = tuple(self._ranges(*place))
        return self.ranges[place]

    def _ranges(self, start: int, end: int) -> Iterator[Span]:
        """Yield sentence, paragraph, heading, and the line that leads into a list."""
        document = self.document
        yield document.sentences_at(start, end)
        first, last = document.paragraph_at(start), document.paragraph_at(end - 1)
        yield Span(first.start, last.end)
        head = document.section_at(start)
        if head.title:
            yield Span(head.start, head.start + len(head.title))
        lead = first
        while lead.kind == "list-item" and lead.start:
            lead = document.paragraph_at(lead.start - 1)
        if lead != first and lead.kind != "list-item":
            yield Span(lead.start, lead.end)

    def nearest(self, anchor: Anchor) -> tuple[Span, ...]:
        """Return where a party may be named: its sentence alone, if that names any."""
        ranges = self.around(anchor)
        return ranges[:1] if self.actors_in(ranges[0]) else ranges


def unnamed_party(value: str, claim: Claim, named: Named, anchor: Anchor) -> bool:
    """Say whether an actor or a target is named nowhere around its claim."""
    if _bare(value) in _AUTHORS.union(_called(named.sheet.short)):
        return claim.kind not in _TAKEN or claim.voice != AUTHOR
    ranges = named.nearest(anchor)
    return not all(
        any(_names_party(part, named, span) for span in ranges)
        for part in _parts(value)
    )


def _called(short: str) -> frozenset[str]:
    """Return what a document calls itself: "brief", and not "report", a policy brief.

    >>> sorted(_called("policy brief"))
    ['brief']
    """
    return frozenset(short.casefold().split()[-1:]) or _ITSELF


def unnamed_place(value: str, _: Claim, named: Named, anchor: Anchor) -> bool:
    """Say whether a place is named nowhere; an adjective inside a name will do."""
    text = "\n".join(named.words(span) for span in named.nearest(anchor))
    return not all(_places(part, text, named) for part in _parts(value))


def _places(part: str, text: str, named: Named) -> bool:
    """Say whether a text names a place; only a country goes by other names as well."""
    actor = named.known.get(_bare(part), "")
    own = actor.casefold() == _bare(part)
    return _in_words(part, text, named) if own else _has_words(part, text)


def _names_party(part: str, named: Named, span: Span) -> bool:
    if actor := named.known.get(_bare(part)):
        return actor in named.actors_in(span)
    return _has_words(part, named.words(span))


def _in_words(part: str, text: str, named: Named) -> bool:
    """Say whether words in small letters name a party, by any name it goes by."""
    actor = named.known.get(_bare(part))
    if actor is None:
        return _has_words(part, text)
    names = [name for name, whose in named.known.items() if whose == actor]
    return any(re.search(rf"(?<!\w){re.escape(fold(n))}(?!\w)", text) for n in names)


def _has_words(part: str, text: str) -> bool:
    """Say whether each word of a description stands in a text, but for its ending."""
    words = [w for w in _WORD.findall(fold(part).casefold()) if w not in _JOINING]
    there = _words_of(text)
    return bool(words) and all(
        word in there or any(_alike(word, other) for other in there) for word in words
    )


@lru_cache(maxsize=512)  # a sentence is asked for each speaker of its document
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def _alike(one: str, other: str) -> bool:
    """Say whether two words are the same but for the ending of a long one."""
    return one == other or (len(one) > 3 and other.startswith(one[:_STEM].rstrip("s")))


def _parts(value: str) -> list[str]:
    """Return the parties that a field holds, one by one.

    >>> _parts("EU–Georgia relations"), _parts("officials, not named")
    (['EU', 'Georgia'], ['officials'])
    """
    return [part for part in _BETWEEN.split(_AROUND.sub("", value)) if part]


def _bare(value: str) -> str:
    return value.removeprefix("the ").casefold()


def unlike_whole(value: str, _: Claim, named: Named, anchor: Anchor) -> bool:
    """Say whether the sentence does not name the whole of which a share is given."""
    text = named.words(named.around(anchor)[0])
    words = (each.removesuffix("'s") for each in _WORD.findall(_bare(fold(value))))
    there = _words_of(text)
    return not all(
        any(_alike(word, other) for other in there) or _in_words(word, text, named)
        for word in words
        if word not in _JOINING
    )


def undated(value: str, _: Claim, named: Named, anchor: Anchor) -> bool:
    """Say whether a time is none that the sentence prints, nor that of the issue.

    Where the sentence has no date, one of its paragraph or heading will do. An end may
    be that of the issue where the other end is printed.
    """
    try:
        bounds(value)
    except SourcebookError:
        return False  # it is no time at all, and that has been said
    issue = named.sheet.issued.date
    sentence, *wider = named.around(anchor)
    if printed := named.times_in(sentence):
        return not _dated(value, printed, [issue])
    # "In recent years" has no beginning: one that is set at the issue would leave out
    # the years it is about.
    if _LATELY.search(anchor.exact) and not value.startswith(".."):
        return True
    near = [time for span in wider for time in named.times_in(span)]
    return not (_dated(value, near, [issue]) or _covers(value, issue))


def _dated(value: str, printed: Sequence[str], issue: Sequence[str]) -> bool:
    """Say whether a time lies in a printed one, or begins with one and ends with one.

    Its end may be that of the ``issue``. An end that is left open needs no word.
    """
    first, last = bounds(value)
    ranges = [bounds(time) for time in printed]
    if any(low <= first and last <= high for low, high in ranges):
        return True
    every = ranges + [bounds(time) for time in issue]
    begun = value.startswith("..") or any(low == first for low, _ in ranges)
    ended = value.endswith("..") or any(high == last for _, high in every)
    return begun and ended and bool(ranges)


def _covers(value: str, issue: str) -> bool:
    """Say whether a time is that of the issue, its month or year, or all before it."""
    (first, last), (low, high) = bounds(value), bounds(issue)
    begun = first <= low or value.startswith("../")
    return begun and high <= last and value.removeprefix("../") in issue


def unheard(value: str, claim: Claim, named: Named, anchor: Anchor) -> bool:
    """Say whether a voice is not heard where the claim stands.

    A speaker is named there, and somebody says something; the author is heard where no
    speaker of the sheet is.
    """
    sentence, paragraph = named.around(anchor)[:2]
    if value == AUTHOR:
        return any(_speaks(key, named, sentence) for key in named.sheet.speakers)
    if value.startswith("cited:"):
        return uncited(value.removeprefix("cited:"), claim, named, anchor)
    return not any(_speaks(value, named, s, cited=True) for s in (sentence, paragraph))


def uncited(value: str, _: Claim, named: Named, anchor: Anchor) -> bool:
    """Say whether a producer or a work is not named, word by word, in the paragraph."""
    words = named.words(named.around(anchor)[1])
    return not all(w in words for w in _WORD.findall(fold(value).casefold()))


def _speaks(key: str, named: Named, span: Span, *, cited: bool = False) -> bool:
    """Say whether a speaker is named and speaks there, in brackets too if ``cited``."""
    speaker = named.sheet.speakers.get(key)
    text = named.text(span) if cited else _BRACKETS.sub(" ", named.text(span))
    if speaker is None or not _SAYING.search(text):
        return False
    name, words = speaker.name.partition(",")[0], fold(text).casefold()
    if fold(speaker.quote).casefold() in words or _has_words(name, words):
        return True
    return speaker.named and _in_words(name.split()[-1], words, named)


def says_party(value: str, reason: str, named: Named) -> bool:
    """Say whether a reason names the parties it argues for."""
    text = fold(reason).casefold()
    return all(_in_words(_bare(part), text, named) for part in _parts(value))


def says_time(value: str, reason: str, _: Named) -> bool:
    """Say whether a reason holds a time as the field writes it, or each end of it."""
    ends = [end for end in value.split("/") if end not in ("", "..")]
    return value in reason or all(end in reason for end in ends)


def says_voice(value: str, reason: str, named: Named) -> bool:
    """Say whether a reason names the voice it argues for."""
    speaker = named.sheet.speakers.get(value)
    name = speaker.name.partition(",")[0] if speaker else value.removeprefix("cited:")
    return fold(name).casefold() in fold(reason).casefold()


def what_stands(field: str, named: Named, anchor: Anchor) -> str:
    """Say what stands around a claim instead of what its sheet says."""
    ranges = named.around(anchor)
    if field == "when":
        times = dict.fromkeys(t for span in ranges for t in named.times_in(span))
        read = ", ".join(times) or "none"
        return f"dates read there: {read}; issued: {named.sheet.issued.date}"
    if field == "voice":
        heard = [k for k in named.sheet.speakers if _speaks(k, named, ranges[0])]
        return f"heard in the sentence: {', '.join(heard) or 'nobody but the author'}"
    actors = sorted({actor for span in ranges for actor in named.actors_in(span)})
    return f"named there: {', '.join(actors) or 'nobody'}"


def actor_names(shared: Aliases, own: Aliases) -> dict[str, str]:
    """Return every name an actor goes by in one source, folded, with the actor."""
    table = with_own(shared, own)
    known = {alias.casefold(): actor for actor, each in table.items() for alias in each}
    return known | {actor.casefold(): actor for actor in table}
