"""The signs of all stances as they were coded the second time.

Each is coded from the passage, actor, target and concept alone, without the sign of
the sheet. A second coding with holes in it is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.coding.sheets import load_yaml, nearest
from sourcebook.errors import SheetError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourcebook.coding.corpus import Corpus

SIGNS = (-1, 0, 1)
FILE = "second-coding.yml"


def load_second_coding(corpus: Corpus) -> Mapping[str, int]:
    """Return the second pass: claim id to sign. Raises `SheetError` with all faults."""
    loaded = load_yaml(corpus.root / "seeds" / FILE, shown=f"seeds/{FILE}")
    signs = loaded.data if isinstance(loaded.data, dict) else {}
    known = {claim.id for claim in corpus.claims if claim.kind == "stance"}
    faults = [
        f"{name!r} is not a stance{nearest(name, known)} @ {loaded.place((name,))}"
        for name in signs
        if name not in known
    ]
    faults += [
        f"sign must be -1, 0 or 1, not {sign!r} @ {loaded.place((name,))}"
        for name, sign in signs.items()
        if sign not in SIGNS or isinstance(sign, bool)
    ]
    faults += [
        f"stance not coded again: {name}\n"
        "  fix: let a second coder give its sign, without the first one, at the desk"
        for name in sorted(known - set(signs))
    ]
    if faults:
        raise SheetError(loaded.path, faults)
    return signs
