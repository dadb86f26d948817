"""Doubtful places of a file on their way into a sheet, and decisions on the way back.

A sheet gathers them by kind. When the text is taken anew, what was settled holds for
the place that is the same: of the same kind, with the same words, and as manieth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sourcebook.coding.schema import DOUBTS, Doubt, DoubtfulPlace

if TYPE_CHECKING:
    from sourcebook.authoring.marked import Decided
    from sourcebook.authoring.marked import Doubt as Found

_Key = tuple[str, str, int]


def gathered(found: Iterable[Found], *, before: Iterable[Doubt] = ()) -> list[Doubt]:
    """Return doubtful places by kind, with what was settled ``before`` of the same."""
    settled = {key: place for key, _, place in _keyed(before)}
    groups = {doubt.what: doubt for doubt in before}
    places: dict[str, list[DoubtfulPlace]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for each in found:
        seen[each.what, each.words] += 1
        old = settled.get((each.what, each.words, seen[each.what, each.words]))
        held = {} if old is None else old.model_dump(include={"settled", "to", "why"})
        fields = {"at": each.at, "words": each.words, "text": each.text}
        place = DoubtfulPlace(**fields, near=each.near, **held)
        places.setdefault(each.what, []).append(place)
    return [
        Doubt(
            what=what,
            settled=groups[what].settled if what in groups else "",
            why=groups[what].why if what in groups else "",
            places=tuple(places[what]),
        )
        for what in DOUBTS
        if what in places
    ]


def decided_in(doubts: Iterable[Doubt]) -> Decided:
    """Return what a sheet decides of doubtful places."""
    decided: dict[_Key, str | None] = {}
    for key, doubt, place in _keyed(doubts):
        settled = place.settled or doubt.settled
        if settled:
            decided[key] = {"kept": None, "dropped": ""}.get(settled, place.to)
    return decided


def told_doubts(doubts: Iterable[Doubt]) -> Iterator[str]:
    """Say of each kind how many places there are, and where the first is."""
    for doubt in doubts:
        first = doubt.places[0]
        yield (
            f"{len(doubt.places)} × {doubt.what} ({DOUBTS[doubt.what]}); the first: "
            f"{first.words!r}, {first.at}"
        )


def _keyed(doubts: Iterable[Doubt]) -> Iterator[tuple[_Key, Doubt, DoubtfulPlace]]:
    seen: Counter[tuple[str, str]] = Counter()
    for doubt in doubts:
        for place in doubt.places:
            seen[doubt.what, place.words] += 1
            yield (
                (doubt.what, place.words, seen[doubt.what, place.words]),
                doubt,
                place,
            )
