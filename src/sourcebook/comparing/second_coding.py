"""The signs of all stances as they were coded the second time.

Each is coded from the passage, actor, target and concept alone, without the sign of
the sheet. A second coding with holes in it is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.coding.sheets import load_yaml, nearest
from sourcebook.coding.survey import nothing
from sourcebook.errors import SheetError, fault_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sourcebook.coding.corpus import Corpus

SIGNS = (-1, 0, 1)
FILE = "second-coding.yml"
_NAME = "name a claim of kind stance, or remove the line"
_SIGN = "write one of the three"
_AGAIN = "let a second coder give its sign, without the first one, at the desk"


def load_second_coding(
    corpus: Corpus, *, at_fault: Callable[[str], bool] = nothing
) -> Mapping[str, int]:
    """Return the second pass: claim id to sign. Raises `SheetError` with all faults.

    Of claims that are ``at_fault`` themselves, nothing is said.
    """
    loaded = load_yaml(corpus.root / "seeds" / FILE, shown=f"seeds/{FILE}")
    signs = loaded.data if isinstance(loaded.data, dict) else {}
    known = {claim.id for claim in corpus.claims if claim.kind == "stance"}
    faults = [
        loaded.fault(
            f"{name!r} is not a stance{nearest(name, known)}", (name,), fix=_NAME
        )
        for name in signs
        if name not in known and not at_fault(name)
    ]
    faults += [
        loaded.fault(f"sign must be -1, 0 or 1, not {sign!r}", (name,), fix=_SIGN)
        for name, sign in signs.items()
        if sign not in SIGNS or isinstance(sign, bool)
    ]
    faults += [
        fault_of(f"stance not coded again: {name}\n  fix: {_AGAIN}", file=loaded.path)
        for name in sorted(known - set(signs))
    ]
    if faults:
        raise SheetError(loaded.path, faults)
    return signs
