"""Which statement of one reading is which of the other, and where the two differ.

Two units *meet* when they share at least half of the characters of the shorter one. A
unit is *found* by the other reading when some unit there meets it. Of units that meet,
pairs are made one to one, the best first: same kind, then same parties as target, then
same sign, then the greater share of what both cover together. Units that are left over
are in one reading only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sourcebook.coding.claims import Claim, sign_in
from sourcebook.coding.corpus import Corpus
from sourcebook.comparing.second_reading import (
    Readings,
    SettledEntry,
    Unit,
    load_readings,
    parties_of,
    second_files,
)
from sourcebook.errors import Fault

SETTLED_KINDS = frozenset({"stance", "forecast"})  # whose differences are settled
_HALF = 0.5
_UNKNOWN = "remove it, or correct its ids"
_STAND = "let the sheet have what stands, and claims name it"
_SETTLE = "read the passage by the rule, and add it under settled, with stands and why"


@dataclass(frozen=True, slots=True)
class Pair:
    """One statement as both readings have it; the other is None where one has not."""

    first: Unit | None
    second: Unit | None

    @property
    def differ(self) -> str:
        """In what the two differ; "" where they agree in all that both have."""
        if self.first is None or self.second is None:
            return "only-second" if self.first is None else "only-first"
        if self.first.kind != self.second.kind:
            return "kind"
        return "-".join([name for name, same in self.same().items() if not same])

    def same(self) -> dict[str, bool]:
        """Say of a stance that both have whether target and sign are the same."""
        one, other = self.first, self.second
        if not (one and other and one.kind == other.kind == "stance"):
            return {}
        return {
            "target": one.parties == other.parties,
            "sign": one.sign == other.sign,
        }

    @property
    def key(self) -> tuple[str, str]:
        """The local ids of both, as a settlement names them."""
        return _local(self.first), _local(self.second)


def _local(unit: Unit | None) -> str:
    return unit.id.partition("/")[2] if unit else ""


def meet(one: Unit, other: Unit) -> bool:
    """Say whether two units share half of the shorter one."""
    shorter = min(one.end - one.start, other.end - other.start)
    return _shared(one, other) >= _HALF * shorter


def _shared(one: Unit, other: Unit) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def pairs(first: Sequence[Unit], second: Sequence[Unit]) -> tuple[Pair, ...]:
    """Return every unit of both readings once, in the order of the text."""
    close = [
        (a, b)
        for a in first
        for b in second
        if a.start < b.end and b.start < a.end and meet(a, b)  # mostly far apart
    ]
    # A stance that stands beside an argument is paired with a stance where there is
    # one: that favours agreement.
    close.sort(key=lambda each: (_rank(*each), each[0].start, each[0].id, each[1].id))
    partner: dict[str, Unit] = {}
    taken: set[str] = set()
    for a, b in close:
        if a.id not in partner and b.id not in taken:
            partner[a.id] = b
            taken.add(b.id)
    made = [Pair(a, partner.get(a.id)) for a in first]
    made += [Pair(None, b) for b in second if b.id not in taken]
    return tuple(sorted(made, key=_place))


def _rank(one: Unit, other: Unit) -> tuple[bool, bool, bool, float]:
    both = max(one.end, other.end) - min(one.start, other.start)
    alike = one.parties == other.parties, one.sign == other.sign
    kind, shared = one.kind != other.kind, _shared(one, other) / both
    return kind, not alike[0], not alike[1], -shared


def _place(pair: Pair) -> tuple[int, int, str]:
    unit = pair.first or pair.second
    return (unit.start, unit.end, unit.id) if unit else (0, 0, "")


def found(unit: Unit, other: Iterable[Unit]) -> bool:
    """Say whether another reading has a unit that meets this one, of any kind."""
    return any(meet(unit, each) for each in other)


def differences(readings: Readings) -> tuple[Pair, ...]:
    """Return the pairs that differ in what is settled one by one."""
    return tuple(
        pair
        for pair in pairs(readings.first, readings.second)
        if pair.differ
        and any(u and u.kind in SETTLED_KINDS for u in (pair.first, pair.second))
    )


def settled_readings(corpus: Corpus) -> tuple[Readings, ...]:
    """Return both readings of each document that has two.

    Raises `SheetError` with every fault of a file, and with every difference in stance
    or forecast that nobody settled.
    """
    return tuple(settled(path, corpus) for path in second_files(corpus.root))


def settled(path: Path, corpus: Corpus) -> Readings:
    """Return both readings of one document, with every difference settled."""
    readings = load_readings(path, corpus)
    readings.loaded.refuse(_unsettled(readings, corpus))
    return readings


def _unsettled(readings: Readings, corpus: Corpus) -> Iterator[Fault]:
    """Yield a fault for each difference without a settlement, and the other way."""
    loaded = readings.loaded
    open_ = {pair.key: pair for pair in differences(readings)}
    claims = {c.id: c for c in corpus.sources[readings.source].claims()}
    for number, entry in enumerate(readings.settled):
        pair = open_.pop((entry.first, entry.second), None)
        said = ""
        names = _names(entry.first, entry.second)
        if pair is None:
            said = f"{names}: no difference, or settled twice\n  fix: {_UNKNOWN}"
        elif pair.differ != entry.differ:
            said = f"{names} differ: {pair.differ}, not {entry.differ}"
            said = f"{said}\n  fix: write differ: {pair.differ}"
        elif wrong := _not_so(entry, pair, readings, claims):
            said = f"{wrong}\n  fix: {_STAND}"
        if said:
            yield loaded.fault(said, ("settled", number))
    for key, pair in open_.items():
        said = f"{_names(*key)}: {pair.differ}, and not settled\n  fix: {_SETTLE}"
        yield loaded.fault(said, ("settled",))


def _names(first: str, second: str) -> str:
    return " and ".join(name for name in (first, second) if name)


def _not_so(
    entry: SettledEntry, pair: Pair, readings: Readings, claims: Mapping[str, Claim]
) -> str:
    """Say where the sheet does not have what a settlement says stands, or ""."""
    named = [claims.get(f"{readings.source}/{name}") for name in entry.claims]
    if None in named:
        missing = entry.claims[named.index(None)]
        return f"claims: no claim {missing!r} in the sheet"
    held = [claim for claim in named if claim]
    kept = pair.first is not None and _holds(pair.first, claims)
    if pair.first and entry.stands in ("first", "both") and not kept:
        return f"{entry.first} stands, and the sheet has it no more as it was"
    if kept and entry.stands in ("second", "neither"):
        return f"{entry.first} does not stand, and the sheet still has it as it was"
    if pair.second and entry.stands in ("second", "both"):
        target = entry.differ.startswith("target") and entry.stands == "second"
        if not any(_says(claim, pair.second, readings, target) for claim in held):
            return f"{entry.second} stands, and claims name none with its codes"
    return ""


def _says(claim: Claim, unit: Unit, readings: Readings, target: bool) -> bool:  # noqa: FBT001
    """Say whether a claim has the kind and sign of a unit, and the target if asked."""
    parties = parties_of(claim.target, readings.names) if target else unit.parties
    return (claim.kind, sign_in(claim), parties) == (unit.kind, unit.sign, unit.parties)


def _holds(unit: Unit, claims: Mapping[str, Claim]) -> bool:
    """Say whether the sheet has a claim of the first reading with the same codes."""
    claim = claims.get(unit.id)
    if claim is None or claim.kind != unit.kind:
        return False
    same = (claim.target, sign_in(claim)) == (unit.target, unit.sign)
    return same or unit.kind != "stance"
