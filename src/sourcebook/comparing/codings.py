"""Judgements about claims that no rule computes: who holds a lever, who is a buyer.

Each is a sheet in ``seeds/codings/``: what was asked of each passage, the values an
answer may have, in words, and one entry for each claim and row of its picture. Every
entry is coded twice; where the two differ, it is settled with a reason or refused. A
picture draws the settled value, and the data files have all of them.

The signs of stances are coded twice as well, the second time from the passage, actor,
target and concept alone, in ``seeds/second-coding.yml``. One with holes in it is
refused, and so is a difference that nobody settled::

    acme-2021/doubts: {sign: -1, settled: {sign: 0, first: 0, why: It only asks.}}

``first`` is the sign as it was first coded; the sheet has the one that stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from sourcebook.coding.claims import StanceClaim
from sourcebook.coding.corpus import AtFault, Corpus, nothing
from sourcebook.coding.schema import ClaimId, Strict, Words
from sourcebook.coding.sheets import Loaded, check_model, load_yaml, nearest, none_such
from sourcebook.errors import Fault, fault_of

CODINGS = "seeds/codings"


class SettledValue(Strict):
    """The value two codings were settled at, and why."""

    value: int
    why: Words


class CodingEntry(Strict):
    """What one passage says in one row, as coded the first and the second time."""

    claim: ClaimId
    row: Words
    first: int
    second: int
    settled: SettledValue | None = None
    words: Words | None = None  # of the passage, for a picture that labels each mark

    @model_validator(mode="after")
    def _agreed(self) -> CodingEntry:
        if self.first != self.second and self.settled is None:
            raise ValueError("coded differently: needs `settled: {value, why}`")
        return self

    @property
    def value(self) -> int:
        """The value both codings have, or the one they were settled at."""
        return self.settled.value if self.settled else self.first


class Coding(Strict):
    """One sheet of judgements."""

    title: Words
    rule: Words  # what is asked of each passage, so that another can code it again
    values: dict[int, Words]
    entries: Annotated[tuple[CodingEntry, ...], Field(min_length=1)]

    def triples(self) -> list[tuple[str, str, int]]:
        """Return row, claim id and value of each entry, as a picture takes them."""
        return [(entry.row, entry.claim, entry.value) for entry in self.entries]

    def sides(self) -> list[dict[str, str | int]]:
        """Return each entry as a picture between two poles takes it."""
        return [
            {"claim": each.claim, "label": label, "side": each.value, "about": each.row}
            for each in self.entries
            for label in [f"“{each.words}”" if each.words else each.row]
        ]


def coding_files(root: Path) -> list[Path]:
    """Return the sheets of codings, sorted."""
    return sorted((root / CODINGS).glob("*.yml"))


def load_coding(path: Path, corpus: Corpus) -> Coding:
    """Return one sheet of codings. Raises `SheetError` with every fault."""
    loaded = load_yaml(path, shown=f"{CODINGS}/{path.name}")
    coding = check_model(loaded, Coding)
    loaded.refuse(_faults(coding, loaded, corpus))
    return coding


def find_coding(name: str, corpus: Corpus) -> Coding:
    """Return a sheet of codings by its name. Raises `SourcebookError`."""
    known = {path.stem: path for path in coding_files(corpus.root)}
    if name not in known:
        fix = f"name a file of {CODINGS}/ without its ending"
        raise none_such("coding", name, known, fix=fix)
    return load_coding(known[name], corpus)


def _faults(coding: Coding, loaded: Loaded, corpus: Corpus) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    known = {claim.id: claim.quote for claim in corpus.claims}
    for number, entry in enumerate(coding.entries):
        here = ("entries", number)
        if entry.claim not in known:
            said = f"no claim {entry.claim!r}{nearest(entry.claim, known)}"
            yield loaded.fault(said, here, fix="name a claim of a sheet")
        elif entry.words and entry.words not in known[entry.claim]:
            said = f"{entry.claim} does not say {entry.words!r}"
            yield loaded.fault(said, here, fix="copy the words from its quote")
        if (entry.claim, entry.row) in seen:
            said = f"{entry.claim} stands twice in the row {entry.row!r}"
            yield loaded.fault(said, here, fix="keep one of them")
        seen.add((entry.claim, entry.row))
        for value in {entry.first, entry.second, entry.value}:
            if value not in coding.values:
                values = ", ".join(map(str, sorted(coding.values)))
                said = f"{entry.claim}: {value} is no value of this coding"
                yield loaded.fault(said, here, fix=f"use one of {values}")


STANCE_SIGNS = (-1, 0, 1)
SECOND_CODING = "second-coding.yml"
_NAME = "name a claim of kind stance, or remove the line"
_SIGN = "write one of the three"
_SETTLE = "read the passage again, and write {sign: …, settled: {sign, first, why}}"
_AGAIN = "let a second coder give its sign, without the first one, at the desk"


@dataclass(frozen=True, slots=True)
class Signs:
    """The two signs of a stance, and which one stands where they differ."""

    first: int
    second: int
    stands: int
    why: str = ""  # of a difference that is settled


class _Settled(Strict):
    sign: Literal[-1, 0, 1]
    first: Literal[-1, 0, 1]
    why: Words


class _Again(Strict):
    sign: Literal[-1, 0, 1]
    settled: _Settled


def load_second_coding(
    corpus: Corpus, *, at_fault: AtFault = nothing, settled: bool = True
) -> Mapping[str, Signs]:
    """Return both passes by claim id. Raises `SheetError` with all faults.

    Of claims that are ``at_fault`` themselves, nothing is said. A difference that is
    not ``settled`` is a fault, unless it is only counted.
    """
    loaded = load_yaml(
        corpus.root / "seeds" / SECOND_CODING, shown=f"seeds/{SECOND_CODING}"
    )
    data = loaded.data if isinstance(loaded.data, dict) else {}
    known = {c.id: c.sign for c in corpus.claims if isinstance(c, StanceClaim)}
    faults, signs = [], {}
    for name, coded in data.items():
        if name not in known:
            if not at_fault(name):
                said = f"{name!r} is not a stance{nearest(name, known)}"
                faults.append(loaded.fault(said, (name,), fix=_NAME))
            continue
        found = _signs(coded, known[name], settled=settled)
        if isinstance(found, Signs):
            signs[name] = found
        else:
            faults.append(loaded.fault(found[0], (name,), fix=found[1]))
    faults += [
        fault_of(f"stance not coded again: {name}\n  fix: {_AGAIN}", file=loaded.path)
        for name in sorted(known.keys() - data.keys())
    ]
    loaded.refuse(faults)
    return signs


def second_sign(coded: object) -> int | None:
    """Return the sign of the second pass, of whatever stands for a stance, or None."""
    sign = coded.get("sign") if isinstance(coded, dict) else coded
    if isinstance(sign, bool) or not isinstance(sign, int):
        return None
    return sign if sign in STANCE_SIGNS else None


def _signs(coded: object, sheet: int, *, settled: bool) -> Signs | tuple[str, str]:
    """Return the signs of one stance, or why they cannot stand, and what to do."""
    if not isinstance(coded, dict):
        second = second_sign(coded)
        if second is None:
            return f"sign must be -1, 0 or 1, not {coded!r}", _SIGN
        if settled and second != sheet:
            said = f"coded {sheet} in the sheet and {coded} again, and not settled"
            return said, _SETTLE
        return Signs(sheet, second, sheet)
    try:
        again = _Again.model_validate(coded)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        return f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}", _SETTLE
    given = again.settled
    if given.first == again.sign:
        return "settled, though both passes agree", "write the sign alone"
    if given.sign != sheet:
        said = f"settled as {given.sign}, and the sheet has {sheet}"
        return said, "let the sheet have the sign that stands"
    return Signs(given.first, again.sign, given.sign, given.why)
