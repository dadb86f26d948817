"""What figures stand on, drawn and counted: base, period and origin.

The drawing has one row a figure and says for each part whether it is printed (+), half
said (0), missing (−) or not needed (empty). The table counts the gaps of each source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sourcebook.comparing.footing import (
    HALF,
    MISSING,
    NOT_NEEDED,
    PRINTED,
    Footing,
    footings,
)
from sourcebook.showing.matrix import matrix
from sourcebook.showing.palette import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sourcebook.coding.corpus import Source
    from sourcebook.showing.figure import Figure

_SIGNS = {PRINTED: 1, HALF: 0, MISSING: -1, NOT_NEEDED: None}
_WORDS = {HALF: "half said"}


def footing_matrix(rows: Sequence[Footing], *, title: str, finding: str) -> Figure:
    """Draw what some figures stand on, one row each, in the order given.

    The description is the ``finding`` and what is missing, figure by figure. Raises
    `SourcebookError` for two figures printed alike.
    """
    cells = [
        {
            "row": row.claim.figure,
            "column": part,
            "value": _SIGNS[state],
            "words": f"{_WORDS.get(state, state)} ({short_name(row.claim.source)})",
            "claim": row.claim.id,
        }
        for row in rows
        for part, state in row.parts.items()
    ]
    gaps = "; ".join(
        f"{row.claim.figure}: {', '.join(row.missing) or 'nothing'} missing"
        for row in rows
    )
    return matrix(
        cells, title=title, description=f"{finding} {gaps}.", heads=("Figure", "Part")
    )


def footing_table(sources: Iterable[Source]) -> pd.DataFrame:
    """One row a source, in the order given: its figures and what they lack.

    Columns: ``source``, ``figures``, ``shares``, ``shares without a base``,
    ``without a period``, ``without an origin``.
    """
    rows = []
    for source in sources:
        found = footings(source)
        rows.append(
            (
                short_name(source.citekey),
                len(found),
                sum(row.base != NOT_NEEDED for row in found),
                *(
                    sum(part in row.missing for row in found)
                    for part in ("base", "period", "origin")
                ),
            )
        )
    names = ["source", "figures", "shares", "shares without a base"]
    names += ["without a period", "without an origin"]
    return pd.DataFrame(rows, columns=names)
