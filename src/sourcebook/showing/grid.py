"""Cells of a matrix of sources: every matter by every source, blank where none speaks.

The signs are a reader's coding and come from the chapter; the words of a cell are the
passage itself, so that a sign can be held against what it rests on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds
from sourcebook.showing.palette import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.coding.corpus import Corpus

Cell = dict[str, Any]


def claim_cells(
    signs: Iterable[tuple[str, str, int]], *, corpus: Corpus
) -> tuple[Cell, ...]:
    """Return one cell for each matter and source, the oldest source first.

    ``signs`` gives a matter, the id of a claim and a sign; matters keep their order.
    Raises `SourcebookError` when a matter has two claims of one source.
    """
    given: dict[tuple[str, str], Cell] = {}
    matters: dict[str, None] = {}
    for matter, name, sign in signs:
        claim = corpus.claim(name)
        matters[matter] = None
        if (matter, claim.source) in given:
            raise SourcebookError(
                f"{matter}: two claims of {claim.source}\n"
                "  fix: choose the one that says more, or part the matter in two"
            )
        given[matter, claim.source] = {
            "value": sign,
            "words": f"“{claim.exact.strip('“”')}”",
            "claim": claim.id,
        }
    return tuple(
        {"row": matter, "column": short_name(key), **given.get((matter, key), {})}
        for matter in matters
        for key in by_age(corpus)
    )


def by_age(corpus: Corpus) -> tuple[str, ...]:
    """Return the citekeys, the oldest document first."""
    issued = {
        key: bounds(source.sheet.issued.date) for key, source in corpus.sources.items()
    }
    return tuple(sorted(issued, key=lambda key: (issued[key], key)))
