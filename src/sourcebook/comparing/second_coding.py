"""The signs of all stances as they were coded the second time.

Each is coded from the passage, actor, target and concept alone, without the sign of
the sheet. A second coding with holes in it is refused, and so is a difference that
nobody settled. A settled one keeps both signs, and says which stands and why::

    acme-2021/doubts: {sign: -1, settled: {sign: 0, first: 0, why: It only asks.}}

``first`` is the sign as it was first coded; the sheet has the one that stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import ValidationError

from sourcebook.coding.claims import StanceClaim
from sourcebook.coding.corpus import Corpus, nothing
from sourcebook.coding.schema import Strict, Words
from sourcebook.coding.sheets import load_yaml, nearest
from sourcebook.errors import SheetError, SourcebookError, fault_of

SIGNS = (-1, 0, 1)
FILE = "second-coding.yml"
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
    corpus: Corpus, *, at_fault: Callable[[str], bool] = nothing, settled: bool = True
) -> Mapping[str, Signs]:
    """Return both passes by claim id. Raises `SheetError` with all faults.

    Of claims that are ``at_fault`` themselves, nothing is said. A difference that is
    not ``settled`` is a fault, unless it is only counted.
    """
    loaded = load_yaml(corpus.root / "seeds" / FILE, shown=f"seeds/{FILE}")
    data = loaded.data if isinstance(loaded.data, dict) else {}
    known = {c.id: c.sign for c in corpus.claims if isinstance(c, StanceClaim)}
    faults, signs = [], {}
    for name, coded in data.items():
        if name not in known:
            if not at_fault(name):
                said = f"{name!r} is not a stance{nearest(name, known)}"
                faults.append(loaded.fault(said, (name,), fix=_NAME))
            continue
        try:
            signs[name] = _signs(coded, known[name], settled=settled)
        except _Unfit as error:
            faults.append(loaded.fault(error, (name,), fix=error.fix))
    faults += [
        fault_of(f"stance not coded again: {name}\n  fix: {_AGAIN}", file=loaded.path)
        for name in sorted(known.keys() - data.keys())
    ]
    if faults:
        raise SheetError(loaded.path, faults)
    return signs


class _Unfit(SourcebookError):
    """Signs that cannot stand as they are written."""

    def __init__(self, said: str, fix: str) -> None:
        super().__init__(said)
        self.fix = fix


def second_sign(coded: object) -> int | None:
    """Return the sign of the second pass, of whatever stands for a stance, or None."""
    sign = coded.get("sign") if isinstance(coded, dict) else coded
    if isinstance(sign, bool) or not isinstance(sign, int):
        return None
    return sign if sign in SIGNS else None


def _signs(coded: object, sheet: int, *, settled: bool) -> Signs:
    """Return the signs of one stance, held against the sign of its sheet."""
    if not isinstance(coded, dict):
        second = second_sign(coded)
        if second is None:
            raise _Unfit(f"sign must be -1, 0 or 1, not {coded!r}", _SIGN)
        if settled and second != sheet:
            said = f"coded {sheet} in the sheet and {coded} again, and not settled"
            raise _Unfit(said, _SETTLE)
        return Signs(sheet, second, sheet)
    try:
        again = _Again.model_validate(coded)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        at = ".".join(map(str, wrong["loc"]))
        raise _Unfit(f"{at}: {wrong['msg']}", _SETTLE) from None
    given = again.settled
    if given.first == again.sign:
        raise _Unfit("settled, though both passes agree", "write the sign alone")
    if given.sign != sheet:
        said = f"settled as {given.sign}, and the sheet has {sheet}"
        raise _Unfit(said, "let the sheet have the sign that stands")
    return Signs(given.first, again.sign, given.sign, given.why)
