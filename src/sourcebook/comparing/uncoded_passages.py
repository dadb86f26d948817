"""Passages that nobody has coded yet, first those that others have claims near to.

The census says what of a document is unread. Where to begin is another matter: a
sentence with a figure in a unit that other sources use, or with the rare words of their
claims, is likelier to be worth a claim than one that stands alone. A score only ranks;
what the sentence claims, and whether it does, is for people to say.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sourcebook.coding.census import OPEN, Item
from sourcebook.coding.claims import Claim, quantity_in
from sourcebook.coding.corpus import Source
from sourcebook.comparing.suggested_pairs import COMMON, telling_words, vectors
from sourcebook.reading.numbers import read_numbers

_WEIGHTS = {"number": 1.0, "quotation": 0.5, "date": 0.25}  # of what is found in it
_UNIT_WEIGHS = 2.0
_WORDS_WEIGH = 4.0


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with something unread in it; ``near`` is a claim of another source."""

    source: str
    line: int
    text: str
    score: float
    reasons: tuple[str, ...]
    near: str


def uncoded(
    sources: Iterable[Source], claims: Iterable[Claim], *, source: str = ""
) -> tuple[Passage, ...]:
    """Return the unread sentences of all sources, or of one, the strongest first.

    ``claims`` are all that there are: what others say is looked for among them.
    """
    known = sorted(claims, key=lambda claim: claim.id)
    places = [
        (each.citekey, sentence, found)
        for each in sources
        if source in ("", each.citekey)
        for sentence, found in _unread(each)
    ]
    texts = [claim.exact for claim in known] + [each.text for _, each, _ in places]
    rows = vectors([telling_words(text) for text in texts])
    others = _Others(known, rows[: len(known)])
    passages = [
        _passage(key, sentence, found, row, others)
        for (key, sentence, found), row in zip(places, rows[len(known) :], strict=True)
    ]
    return tuple(
        sorted(passages, key=lambda each: (-each.score, each.source, each.line))
    )


def _unread(source: Source) -> Iterator[tuple[Item, list[Item]]]:
    """Yield each unread sentence with what is unread in it."""
    wanted = [
        item for item in source.census if item.kind in _WEIGHTS and item.state in OPEN
    ]
    for sentence in source.census:
        if sentence.kind != "sentence":
            continue
        inside = [
            item for item in wanted if sentence.start <= item.start < sentence.end
        ]
        if inside or sentence.state in OPEN:
            yield sentence, inside


class _Others:
    """All claims, to be found by a rare word or by the unit of their figure."""

    def __init__(
        self, claims: Sequence[Claim], rows: Sequence[Mapping[str, float]]
    ) -> None:
        self.claims, self.rows = claims, rows
        self.words: defaultdict[str, list[int]] = defaultdict(list)
        self.units: defaultdict[str, list[str]] = defaultdict(list)
        for number, (claim, row) in enumerate(zip(claims, rows, strict=True)):
            for word in row:
                self.words[word].append(number)
            if (figure := quantity_in(claim)) and figure.unit:
                self.units[figure.unit].append(claim.id)

    def nearest(
        self, row: Mapping[str, float], key: str
    ) -> tuple[str, float, list[str]]:
        """Return the claim of another source with most in common, and which words."""
        cosines: defaultdict[int, float] = defaultdict(float)
        shared: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(row):
            numbers = self.words.get(word, ())
            for number in numbers if len(numbers) <= COMMON else ():
                if self.claims[number].source != key:
                    cosines[number] += row[word] * self.rows[number][word]
                    shared[number].append(word)
        if not cosines:
            return "", 0.0, []
        best = min(cosines, key=lambda each: (-round(cosines[each], 9), each))
        return self.claims[best].id, cosines[best], shared[best]

    def in_unit(self, unit: str, key: str) -> list[str]:
        """Return the claims of other sources whose figure has a unit."""
        return [each for each in self.units[unit] if not each.startswith(f"{key}/")]


def _passage(
    key: str,
    sentence: Item,
    found: Sequence[Item],
    row: Mapping[str, float],
    others: _Others,
) -> Passage:
    score = 0.0
    reasons = [f"{item.kind} not coded: {item.text}" for item in found]
    score += sum(_WEIGHTS[item.kind] for item in found)
    near, cosine, words = others.nearest(row, key)
    if near:
        score += _WORDS_WEIGH * cosine
        reasons.append(f"words: {', '.join(words)}")
    mentions = read_numbers(sentence.text)
    for unit in sorted({each.unit for each in mentions if each.unit}):
        if alike := others.in_unit(unit, key):
            score += _UNIT_WEIGHS / (1 + math.log(len(alike)))
            reasons.append(f"unit: {unit}")
            near = near or alike[0]
    text = " ".join(sentence.text.split())
    return Passage(key, sentence.line, text, round(score, 2), tuple(reasons), near)
