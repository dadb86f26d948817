"""Who speaks, acts and is meant: the actors of all sources, with what is said of them.

A claim names its parties in the words of its sheet. A name of the table of actors, or
another name the table or the sheet has for it, stands for that actor; two such names
joined by "and" stand for both. Any other words ("officials, not named", "young people
of Azerbaijan") stay as they are, as a party of their own: nothing is guessed. Likewise
a speaker whom the table does not have is a party under the name that the sheet gives.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.named_fields import actor_names
from sourcebook.coding.sheets import actor_table, load_actors
from sourcebook.coding.sources import Source
from sourcebook.reading.actors import Aliases, read_actors

UNKNOWN = "other"  # the kind of a party that the table of actors does not have
_WORK = re.compile(r"^cited:| \d{4}$")


@dataclass(frozen=True, slots=True)
class Party:
    """One actor: its kind, and by source how often it is named and in which claims.

    ``acting`` holds claims in which it is the actor of a stance or a status, or takes
    part in an event; ``meant`` those in which a stance is about it; ``saying`` those
    that it says itself; ``named`` those whose passage has its name.
    """

    name: str
    kind: str
    mentions: Mapping[str, int]
    acting: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    meant: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    saying: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    named: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    who: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that name it, code it or let it speak, sorted."""
        held = (self.mentions, self.acting, self.meant, self.saying)
        return tuple(sorted({key for each in held for key in each}))


def parties(corpus: Corpus) -> tuple[Party, ...]:
    """Return every actor and every other party of a claim, sorted by name."""
    shared, table = load_actors(corpus.root), actor_table(corpus.root)
    mentions: defaultdict[str, Counter[str]] = defaultdict(Counter)
    roles: dict[str, dict[str, dict[str, tuple[Claim, ...]]]] = {}
    for citekey, source in corpus.sources.items():
        for mention in source.actors:
            mentions[mention.actor][citekey] += 1
        known = actor_names(shared, source.sheet.aliases)
        for name, role, claim in _parts(source, known):
            held = roles.setdefault(name, {}).setdefault(role, {})
            if claim not in (before := held.get(citekey, ())):
                held[citekey] = (*before, claim)
    return tuple(
        Party(
            name,
            table[name].kind if name in table else UNKNOWN,
            mentions[name],
            **roles.get(name, {}),
            who=table[name].who if name in table else "",
        )
        for name in sorted({*mentions, *roles}, key=lambda n: (n.casefold(), n))
    )


def _parts(
    source: Source, known: Mapping[str, str]
) -> Iterator[tuple[str, str, Claim]]:
    """Yield who has which part in which claim, in the order of the text."""
    places = [
        (mention.actor, source.document.raw_span(mention.start, mention.end))
        for mention in source.actors
    ]
    for claim in source.claims():
        acting = [("acting", words) for words in claim.acting]
        for role, words in (*acting, ("meant", claim.target)):
            for name in _resolve(words, known) if words else ():
                yield name, role, claim
        if name := _speaker(claim, source, known):
            yield name, "saying", claim
        for name, (start, end) in places:
            if claim.span.start <= start and end <= claim.span.end:
                yield name, "named", claim


def _speaker(claim: Claim, source: Source, known: Mapping[str, str]) -> str:
    """Return whose words a claim tells; "" where they are the document's own.

    A cited work speaks for an author of the table, and else for nobody here.
    """
    speaker = source.sheet.speakers.get(claim.voice)
    words = speaker.name if speaker else _WORK.sub("", claim.voice)
    # A speaker's name may bring an office behind a comma.
    for each in (words, words.partition(",")[0]):
        if (whole := each.removeprefix("the ").casefold()) in known:
            return known[whole]
    return words if speaker else ""


def _resolve(words: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Return the actors some words stand for, or the words themselves.

    >>> _resolve("Baku", {"baku": "Azerbaijan"})
    ('Azerbaijan',)
    >>> _resolve("EU and Baku", {"baku": "Azerbaijan", "eu": "EU"})
    ('EU', 'Azerbaijan')
    >>> _resolve("friends of Baku", {"baku": "Azerbaijan"})
    ('friends of Baku',)
    """
    whole = words.removeprefix("the ").casefold()
    if whole in known:
        return (known[whole],)
    parts = [part.removeprefix("the ").casefold() for part in words.split(" and ")]
    if all(part in known for part in parts):
        return tuple(dict.fromkeys(known[part] for part in parts))
    return (words,)


def parties_of(words: str, names: Aliases) -> frozenset[str]:
    """Return the actors that some words name; the words themselves if they name none.

    >>> names = {"EU": ["Brussels"], "Azerbaijan": ["Baku"]}
    >>> one = parties_of("relations between Brussels and Baku", names)
    >>> one == parties_of("EU–Azerbaijan relations", names)
    True
    >>> parties_of("Equal footing", names)
    frozenset({'equal footing'})
    """
    if not words:
        return frozenset()
    found = frozenset(mention.actor for mention in read_actors(words, names))
    return found or frozenset([words.casefold()])
