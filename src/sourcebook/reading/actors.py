"""Find whom a text mentions, by a table of names, and who is mentioned with whom.

The table is given: each actor's name and its aliases, as printed. A name is found in
"Azerbaijan’s", "Anti-Azerbaijani" and "EU–Azerbaijan", and not in "Azerbaijanization"
or after "non-". Of two names that begin at one place the longer is read, so that "The
Brussels Times" is not Brussels.

Nothing else is known here. A capital stands for its government when the table says so,
and then always, also where the city is meant; a surname that two people share belongs
in the table of one source, not in a shared one; pronouns and descriptions ("her
predecessor") are found only if the table has them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

from sourcebook.errors import SourcebookError
from sourcebook.reading.text.document import Ranges, Stretch

Aliases = Mapping[str, Sequence[str]]

# One for one, so that offsets stay: the marks that a printer may choose between.
_FOLDED: Final = str.maketrans("’‘–—‑", "''---")


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A name as printed, by offsets in the text given, and the actor it names."""

    start: int
    end: int
    text: str
    actor: str


@dataclass(frozen=True, slots=True)
class CoMention:
    """Two actors, by name, and the sentences that mention both, counted from 0."""

    one: str
    other: str
    sentences: tuple[int, ...]

    @property
    def count(self) -> int:
        """In how many sentences they stand together."""
        return len(self.sentences)


def read_actors(
    text: str, aliases: Aliases, *, apart: Iterable[Stretch] = ()
) -> tuple[ActorMention, ...]:
    """Return the actors a text mentions, in order and without overlap.

    ``aliases`` has each actor's other names; its own name counts too, and capitals
    matter. Names that touch a range of ``apart`` are passed over: in a citation,
    "Aliyev 2008" is an author. Raises `SourcebookError` when one alias names two
    actors or is empty.

    >>> found = read_actors("Baku’s EU–Azerbaijan talks", {"Azerbaijan": ["Baku"]})
    >>> [(mention.text, mention.actor) for mention in found]
    [('Baku', 'Azerbaijan'), ('Azerbaijan', 'Azerbaijan')]
    """
    actors, pattern = _finder(tuple((who, *names) for who, names in aliases.items()))
    if not actors:
        return ()
    taken = Ranges(apart)
    return tuple(
        ActorMention(
            found.start(), found.end(), text[slice(*found.span())], actors[found[0]]
        )
        for found in pattern.finditer(text.translate(_FOLDED))
        if not taken.touch(found.start(), found.end())
    )


@lru_cache(maxsize=32)  # a page has a hundred sentences, and one table
def _finder(
    table: tuple[tuple[str, ...], ...],
) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return whom each alias names, and what finds them all, the longest first."""
    actors = by_alias({who: names for who, *names in table})
    longest_first = sorted(actors, key=lambda alias: (-len(alias), alias))
    names = "|".join(re.escape(alias) for alias in longest_first)
    return actors, re.compile(rf"(?<!\w)(?<!\b[Nn]on-)(?:{names})(?!\w)")


def with_own(shared: Aliases, own: Aliases) -> dict[str, tuple[str, ...]]:
    """Return a shared table with what one source's own table adds and overrules.

    An alias of the source's own is taken from whoever else has it. A name that the
    shared table knows as an alias stands for that actor.

    >>> with_own({"EU": ["European Union"]}, {"European Union": ["the bloc"]})
    {'EU': ('European Union', 'the bloc')}
    >>> with_own({"Russia": ["Baku"], "Azerbaijan": []}, {"Azerbaijan": ["Baku"]})
    {'Russia': (), 'Azerbaijan': ('Baku',)}
    """
    known = by_alias(shared)
    added: dict[str, list[str]] = {}
    for name, others in own.items():
        actor = known.get(name.translate(_FOLDED), name)
        added.setdefault(actor, []).extend(others)
    overruled = {alias for others in added.values() for alias in others}
    table = {
        actor: [alias for alias in others if alias not in overruled]
        for actor, others in shared.items()
    }
    for actor, others in added.items():
        table.setdefault(actor, []).extend(others)
    return {actor: tuple(dict.fromkeys(names)) for actor, names in table.items()}


def co_mentions(
    mentions: Iterable[ActorMention], sentences: Sequence[Stretch]
) -> tuple[CoMention, ...]:
    """Return the pairs of actors that share a sentence, the commonest first.

    ``sentences`` are in order and do not overlap. However often a sentence names two
    actors, it counts once for the pair; pairs of one count are sorted by name.

    >>> from sourcebook.reading.text import Span
    >>> found = read_actors("A met B. B met A. A left.", {"A": [], "B": []})
    >>> co_mentions(found, [Span(0, 8), Span(9, 17), Span(18, 25)])
    (CoMention(one='A', other='B', sentences=(0, 1)),)
    """
    actors: dict[int, set[str]] = {}
    starts = [sentence.start for sentence in sentences]
    for mention in mentions:
        at = bisect_right(starts, mention.start) - 1
        if at >= 0 and mention.start < sentences[at].end:
            actors.setdefault(at, set()).add(mention.actor)
    pairs: dict[tuple[str, str], list[int]] = {}
    for at in sorted(actors):
        for pair in combinations(sorted(actors[at]), 2):
            pairs.setdefault(pair, []).append(at)
    ranked = sorted(pairs, key=lambda pair: (-len(pairs[pair]), pair))
    return tuple(CoMention(*pair, tuple(pairs[pair])) for pair in ranked)


def by_alias(aliases: Aliases) -> dict[str, str]:
    """Return the actor of each alias, folded. Raises `SourcebookError`."""
    actors: dict[str, str] = {}
    for actor, others in aliases.items():
        for alias in (actor, *others):
            folded = alias.translate(_FOLDED)
            if not folded.strip():
                said = f"actor {actor!r}: an alias without a letter"
                fix = "delete it, or write the name as it is printed"
                raise SourcebookError(said, fix=fix)
            if actors.setdefault(folded, actor) != actor:
                raise SourcebookError(
                    f"alias {alias!r} names two actors: {actors[folded]!r} and "
                    f"{actor!r}\n  fix: keep it with one of them; a name that only one "
                    "source uses so belongs in that source's own aliases"
                )
    return actors
