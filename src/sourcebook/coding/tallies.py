"""How many items a census has, by kind and state: the table that pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sourcebook.coding.census import KINDS, STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.coding.census import Item


def tally(items: Iterable[Item]) -> pd.DataFrame:
    """Count items by kind and state.

    Rows: the kinds in the order of `KINDS`. Columns: `STATES` and ``total``.
    """
    rows = [(item.kind, item.state) for item in items]
    table = pd.DataFrame(
        [[rows.count((kind, state)) for state in STATES] for kind in KINDS],
        index=pd.Index(KINDS, name="kind"),
        columns=list(STATES),
    )
    table["total"] = table.sum(axis=1)
    return table
