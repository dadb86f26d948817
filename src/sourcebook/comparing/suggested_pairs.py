"""Pairs of claims that may be worth a question, those declined, and uncoded passages.

A pair is proposed by *structure*, when two sources speak of the same measure, concept,
kind of event or pair of actors, and by *words*, when their passages share rare ones
(TF-IDF, cosine). Claims are looked up by what they have in common. A score only ranks;
whether a pair is worth asking about is for people to say.

Of the strongest `RANK` proposals, every one is taken up by a question or declined with
its reason. A pair that is declined and asked about all the same, or that names no
claim, is a fault, so that the list cannot outlive its reasons.

Of passages that nobody has coded, one with a figure in a unit that other sources use,
or with the rare words of their claims, is likelier to be worth a claim than others.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated

from pydantic import Field, RootModel

from sourcebook.coding.census import OPEN, Item
from sourcebook.coding.claims import Claim, quantity_in, said_in, sign_in
from sourcebook.coding.corpus import AtFault, Corpus, Source, nothing
from sourcebook.coding.schema import ClaimId, Strict, Words
from sourcebook.coding.sheets import check_model, load_yaml, nearest
from sourcebook.comparing.questions import Answer
from sourcebook.reading.anchor import fold
from sourcebook.reading.numbers import read_numbers

MOST_EACH = 3  # proposals that one claim may be in: the rest would say the same
COMMON = 60  # claims that share a key, and are all paired with each other: no more
NEIGHBOURS = 6  # how many a claim is paired with, either way, where more share a key
_WORDS_WEIGH = 4.0
_YEAR = re.compile(r"\d{4}")
_WORD = re.compile(r"[a-z][a-z-]{2,}")
_FUNCTION_WORDS = frozenset(
    "the and for that with from this which was were are has have had not but its their "
    "his her who whom they them been being into upon than then there these those such "
    "also more most very can could may might will would should does did between within "
    "during after before about over under any all some other one two".split()
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two claims of two sources, how strongly they are proposed, and by what."""

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """What two claims may have in common, and how much that weighs.

    A rule that ``tells`` little by itself is passed over where many claims share a key.
    """

    name: str
    weight: float
    key: Callable[[Claim], str]  # "" of a claim that has nothing of it
    tells: bool = True


def _year_of(claim: Claim) -> str:
    year = _YEAR.match(claim.when)
    return year[0] if year and claim.kind in {"event", "quantity"} else ""


def _sides_of(claim: Claim) -> str:
    both = claim.actor and claim.target
    return f"{claim.actor} → {claim.target}" if both else ""


PAIR_RULES = (
    _Rule("measure", 3.0, lambda claim: str(said_in(claim, "measure"))),
    _Rule("concept", 2.0, lambda claim: claim.concept),
    _Rule("event", 1.5, lambda claim: str(said_in(claim, "type"))),
    _Rule("actor and target", 1.0, _sides_of),
    _Rule("topic", 1.0, lambda claim: claim.topic, tells=False),
    _Rule("year", 0.5, _year_of, tells=False),
)
_NEAR = ("of", "where", "place", "when", "id")  # what makes two claims neighbours
_OPPOSED = 1.5  # more for two stances of opposite sign on one concept


def suggest(claims: Iterable[Claim]) -> tuple[Proposal, ...]:
    """Return proposals, the strongest first, each claim in at most `MOST_EACH`."""
    ordered = sorted(claims, key=lambda claim: claim.id)
    scores: defaultdict[tuple[int, int], float] = defaultdict(float)
    reasons: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for pair, weight, reason in (*_by_structure(ordered), *_by_words(ordered)):
        scores[pair] += weight
        reasons[pair].append(reason)
    ranked = sorted(scores, key=lambda pair: (-round(scores[pair], 6), pair))
    taken: Counter[int] = Counter()
    proposals = []
    for pair in ranked:
        if any(taken[each] >= MOST_EACH for each in pair):
            continue
        taken.update(pair)
        a, b = (ordered[each].id for each in pair)
        proposals.append(
            Proposal(a, b, round(scores[pair], 2), tuple(sorted(reasons[pair])))
        )
    return tuple(proposals)


def taken_up(answers: Iterable[Answer]) -> frozenset[frozenset[str]]:
    """Return every pair of claims, by id, that one question already holds."""
    return frozenset(
        frozenset((a.id, b.id))
        for answer in answers
        for a, b in combinations(answer.claims, 2)
    )


def _by_structure(
    claims: Sequence[Claim],
) -> Iterator[tuple[tuple[int, int], float, str]]:
    for rule in PAIR_RULES:
        keys = ([key] if (key := rule.key(claim)) else [] for claim in claims)
        for key, numbers in sorted(_holders(keys).items()):
            if len(numbers) > COMMON and not rule.tells:
                continue
            # What many claims share tells little about any two of them.
            weight = rule.weight / (1 + math.log(max(len(numbers) / 2, 1)))
            for pair in _across(claims, numbers):
                yield pair, weight, f"{rule.name}: {key}"
                if rule.name == "concept" and _opposed(claims, pair):
                    yield pair, _OPPOSED, f"opposed signs on {key}"


def _holders(keys: Iterable[Iterable[str]]) -> defaultdict[str, list[int]]:
    """Return by key the numbers of those that hold it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, held in enumerate(keys):
        for key in held:
            found[key].append(number)
    return found


def _across(
    claims: Sequence[Claim], numbers: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs that join two sources: all, or of many claims the nearest."""
    # The sorted neighbourhood of record linkage: each claim with its neighbours, in
    # order of whole, place and time. The work grows with the claims, and not with their
    # square.
    crowded = len(numbers) > COMMON
    pairs = _neighbours(claims, numbers) if crowded else combinations(numbers, 2)
    for one, two in pairs:
        if claims[one].source != claims[two].source:
            yield one, two


def _neighbours(
    claims: Sequence[Claim], numbers: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield each claim with those next to it, by what is measured, place and time."""

    def order(number: int) -> tuple[str, ...]:
        claim = claims[number]
        return tuple(said_in(claim, name) for name in _NEAR)

    ordered = sorted(numbers, key=order)
    for at, one in enumerate(ordered):
        for two in ordered[at + 1 : at + 1 + NEIGHBOURS]:
            yield min(one, two), max(one, two)


def _opposed(claims: Sequence[Claim], pair: tuple[int, int]) -> bool:
    one, two = (sign_in(claims[each]) for each in pair)
    return one is not None and two is not None and one * two < 0


def _by_words(claims: Sequence[Claim]) -> Iterator[tuple[tuple[int, int], float, str]]:
    rows = vectors([telling_words(claim.exact) for claim in claims])
    cosines: defaultdict[tuple[int, int], float] = defaultdict(float)
    shared: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for word, numbers in sorted(_holders(rows).items()):
        if len(numbers) > COMMON:  # the word is not rare
            continue
        for pair in _across(claims, numbers):
            cosines[pair] += rows[pair[0]][word] * rows[pair[1]][word]
            shared[pair].append(word)
    for pair, cosine in cosines.items():
        yield pair, _WORDS_WEIGH * cosine, f"words: {', '.join(shared[pair])}"


def telling_words(text: str) -> list[str]:
    """Return the words of a text that tell something, levelled."""
    found = _WORD.findall(fold(text).lower())
    return [_stem(word) for word in found if word not in _FUNCTION_WORDS]


def _stem(word: str) -> str:
    """Level the commonest endings, so that plural and singular meet."""
    for ending in ("ies", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def vectors(texts: Sequence[Sequence[str]]) -> list[Mapping[str, float]]:
    """Return TF-IDF vectors of length one."""
    held = Counter(word for text in texts for word in set(text))
    rare = {word: math.log(len(texts) / count) for word, count in held.items()}
    rows: list[Mapping[str, float]] = []
    for text in texts:
        weights = {
            word: (1 + math.log(count)) * rare[word]
            for word, count in sorted(Counter(text).items())
        }
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        rows.append({word: weight / length for word, weight in weights.items()})
    return rows


RANK = 100  # how many of the strongest proposals must be settled
DECLINED = "book/declined.yml"
_ID = "name a claim as <citekey>/<id>, or remove the pair"
_ASKED = "remove the pair here"


class _Entry(Strict):
    pair: Annotated[tuple[ClaimId, ...], Field(min_length=2, max_length=2)]
    reason: Words


class _Declined(RootModel[tuple[_Entry, ...]]):
    """The whole file."""


def load_declined(
    corpus: Corpus, answers: Sequence[Answer], *, at_fault: AtFault = nothing
) -> dict[frozenset[str], str]:
    """Return the reason for each declined pair. Raises `SheetError` with all faults.

    Of claims that are ``at_fault`` themselves, nothing is said.
    """
    path = corpus.root / DECLINED
    if not path.is_file():
        return {}
    loaded = load_yaml(path, shown=DECLINED)
    known = {claim.id for claim in corpus.claims}
    asked = taken_up(answers)
    declined, faults = {}, []
    for number, entry in enumerate(check_model(loaded, _Declined).root):
        faults += [
            loaded.fault(f"no claim {name!r}{nearest(name, known)}", (number,), fix=_ID)
            for name in entry.pair
            if name not in known and not at_fault(name)
        ]
        if frozenset(entry.pair) in asked:
            said = "declined, and yet a question asks about it"
            faults.append(loaded.fault(said, (number,), fix=_ASKED))
        declined[frozenset(entry.pair)] = entry.reason
    loaded.refuse(faults)
    return declined


def unsettled(
    corpus: Corpus, answers: Sequence[Answer], *, rank: int = RANK, source: str = ""
) -> tuple[Proposal, ...]:
    """Return the open proposals above a rank, of all sources or of those with one."""
    settled = taken_up(answers) | load_declined(corpus, answers).keys()
    ranked = [
        proposal
        for proposal in suggest(corpus.claims)
        for sources in [{name.partition("/")[0] for name in (proposal.a, proposal.b)}]
        if not source or source in sources
    ]
    return tuple(
        proposal
        for proposal in ranked[:rank]
        if frozenset((proposal.a, proposal.b)) not in settled
    )


_WEIGHTS = {"number": 1.0, "quotation": 0.5, "date": 0.25}  # of what is found in it
_UNIT_WEIGHS = 2.0


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
    """Return the unread sentences of all sources, or of one, the strongest first."""
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
        self.claims, self.rows, self.words = claims, rows, _holders(rows)
        figures = map(quantity_in, claims)
        self.units = _holders([each.unit] if each else [] for each in figures)

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
        found = (self.claims[number] for number in self.units[unit])
        return [claim.id for claim in found if claim.source != key]


def _passage(
    key: str,
    sentence: Item,
    found: Sequence[Item],
    row: Mapping[str, float],
    others: _Others,
) -> Passage:
    reasons = [f"{item.kind} not coded: {item.text}" for item in found]
    score = sum(_WEIGHTS[item.kind] for item in found)
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
