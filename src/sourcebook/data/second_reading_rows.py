"""The rows of the downloads on the second reading: its units, and what was settled.

Both readings are in one table, so that every figure of agreement can be worked out
again from it: where each unit begins and ends, how it is coded, and which unit of the
other reading it is paired with. Passages are given by place: the second reading may
quote whole paragraphs, and no source's text is published beyond the claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sourcebook.comparing.second_reading import Readings, Unit
from sourcebook.comparing.unit_pairs import differences, found, pairs
from sourcebook.data.encoding import Row
from sourcebook.data.fields import DIFFERENCES, SECOND


def second_rows(readings: Iterable[Readings]) -> list[Row]:
    """Return one row per unit of either reading, with the fields of `SECOND`."""
    rows = []
    for each in readings:
        made = pairs(each.first, each.second)
        partner = {p.first.id: p.second for p in made if p.first}
        back = {p.second.id: p.first for p in made if p.second}
        rows += [_unit(u, "first", partner[u.id], each.second) for u in each.first]
        rows += [_unit(u, "second", back[u.id], each.first) for u in each.second]
    return rows


def _unit(unit: Unit, reading: str, pair: Unit | None, other: Sequence[Unit]) -> Row:
    both = pair is not None and unit.kind == pair.kind == "stance"
    facts: Row = {
        "reading": reading,
        "found": found(unit, other),
        "pair": pair.id if pair else "",
        "same_kind": unit.kind == pair.kind if pair else None,
        "same_target": unit.parties == pair.parties if both and pair else None,
        "same_sign": unit.sign == pair.sign if both and pair else None,
        "parties": "; ".join(sorted(unit.parties)),
    }
    return SECOND.row(facts, unit)


def difference_rows(readings: Iterable[Readings]) -> list[Row]:
    """Return one row per difference that was settled, with fields of `DIFFERENCES`."""
    rows = []
    for each in readings:
        settled = {(entry.first, entry.second): entry for entry in each.settled}
        for pair in differences(each):
            entry = settled[pair.key]
            facts: Row = {
                "id": f"{each.source}/{'+'.join(filter(None, pair.key))}",
                "source": each.source,
                "first": pair.first.id if pair.first else "",
                "second": pair.second.id if pair.second else "",
                "differ": entry.differ,
                "stands": entry.stands,
                "claims": "; ".join(f"{each.source}/{name}" for name in entry.claims),
                "why": entry.why,
            }
            rows.append(DIFFERENCES.row(facts))
    return rows
