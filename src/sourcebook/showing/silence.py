"""Silences as a matrix and as tables: who speaks of what, and what was searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.showing.matrix import counts
from sourcebook.showing.palette import short_name

if TYPE_CHECKING:
    import pandas as pd

    from sourcebook.showing.figure import Figure


def silence_matrix(found: pd.DataFrame, *, title: str) -> Figure:
    """Draw matters by sources, with the places found; nothing found stays empty.

    ``found`` is what `search_table` returns.
    """
    cells = [
        {
            "row": row.matter,
            "column": short_name(str(row.source)),
            "value": row.places,
            "words": row.found or f"none of: {row.searched}",
        }
        for row in found.itertuples(index=False)
    ]
    empty = sum(not cell["value"] for cell in cells)
    per_matter = found.groupby("matter", sort=False)["places"]
    alone = int((per_matter.apply(lambda places: (places > 0).sum()) == 1).sum())
    description = (
        f"{title}: of {len(cells)} cells, {empty} are empty; {alone} of "
        f"{len(per_matter)} matters stand in one document only."
    )
    return counts(cells, title=title, description=description)


def by_matter(found: pd.DataFrame) -> pd.DataFrame:
    """Return one row per matter: what was searched, and who has which words.

    Columns: ``matter``, ``searched``, ``found in`` (sources with their words),
    ``silent`` (sources without).
    """
    rows = found.assign(name=found["source"].map(short_name))
    spoken = rows[rows["places"] > 0].assign(
        words=lambda frame: frame["name"] + ": " + frame["found"]
    )
    table = rows.groupby("matter", sort=False).agg(searched=("searched", "first"))
    table["found in"] = spoken.groupby("matter")["words"].agg("; ".join)
    silent = rows[rows["places"] == 0]
    table["silent"] = silent.groupby("matter")["name"].agg(", ".join)
    return table.fillna("").reset_index()


def unspoken(found: pd.DataFrame) -> pd.DataFrame:
    """Return the matters that no source mentions: ``matter`` and ``searched``."""
    table = by_matter(found)
    return table.loc[table["found in"] == "", ["matter", "searched"]]
