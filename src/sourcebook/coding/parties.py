"""Who acts, and who is meant: the actors of all sources, with what is said of them.

A claim names its parties in the words of its sheet. A name of the table of actors, or
another name the table or the sheet has for it, stands for that actor; two such names
joined by "and" stand for both. Any other words ("officials, not named", "young people
of Azerbaijan") stay as they are, as a party of their own: nothing is guessed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sourcebook.coding.named_fields import names_of
from sourcebook.coding.sheets import load_actors, load_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sourcebook.coding.claims import Claim
    from sourcebook.coding.corpus import Corpus

UNKNOWN = "other"  # the kind of a party that the table of actors does not have


@dataclass(frozen=True, slots=True)
class Party:
    """One actor: its kind, and by source how often it is named and in which claims.

    ``acting`` holds claims in which it is the actor of a stance or a status, or takes
    part in an event; ``meant`` those in which a stance is about it.
    """

    name: str
    kind: str
    mentions: Mapping[str, int]
    acting: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)
    meant: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that name it or code it, sorted."""
        return tuple(sorted({*self.mentions, *self.acting, *self.meant}))


def parties(corpus: Corpus) -> tuple[Party, ...]:
    """Return every actor and every other party of a claim, sorted by name."""
    shared, kinds = load_actors(corpus.root), load_kinds(corpus.root)
    mentions: dict[str, Counter[str]] = {}
    roles: dict[tuple[str, str, str], list[Claim]] = {}
    for citekey, source in sorted(corpus.sources.items()):
        for mention in source.actors:
            mentions.setdefault(mention.actor, Counter())[citekey] += 1
        known = names_of(shared, source.sheet.aliases)
        for claim in source.claims():
            for role, words in _coded(claim):
                for name in _resolve(words, known):
                    held = roles.setdefault((name, role, citekey), [])
                    if claim not in held:
                        held.append(claim)
    names = {*mentions, *(name for name, _, _ in roles)}
    return tuple(
        Party(
            name,
            kinds.get(name, UNKNOWN),
            dict(sorted(mentions.get(name, Counter()).items())),
            _held(roles, name, "acting"),
            _held(roles, name, "meant"),
        )
        for name in sorted(names, key=lambda name: (name.casefold(), name))
    )


def _held(
    roles: Mapping[tuple[str, str, str], list[Claim]], name: str, role: str
) -> dict[str, tuple[Claim, ...]]:
    return {
        citekey: tuple(claims)
        for (party, part, citekey), claims in sorted(roles.items(), key=_place)
        if (party, part) == (name, role)
    }


def _place(entry: tuple[tuple[str, str, str], object]) -> tuple[str, str, str]:
    return entry[0]


def _coded(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield each part a claim gives somebody, with the words of the sheet."""
    for words in (claim.actor, *claim.actors):
        if words:
            yield "acting", words
    if claim.target:
        yield "meant", claim.target


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
