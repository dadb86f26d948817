"""Which words stand in which source: the cells of a matrix of counts.

Counting words is not reading. A count says that a document has a word, and a nought
that it has not; neither says what the document holds of the matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sourcebook.comparing.silence import search
from sourcebook.showing.palette import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sourcebook.coding.corpus import Source


def term_cells(
    sources: Mapping[str, Source], terms: Iterable[str]
) -> list[dict[str, Any]]:
    """Return one cell per term and source: how often the term stands in its text.

    A term is read as in a search for silence: whole words, a trailing ``*`` for any
    ending. Sources stand in order of issue, the earliest first.
    """
    ordered = sorted(sources, key=lambda key: (sources[key].sheet.issued.date, key))
    return [
        {
            "row": term,
            "column": short_name(key),
            "value": found,
            "words": f"{found} × {term}" if found else f"{term}: not found",
            "claim": "",
        }
        for term in terms
        for key in ordered
        for found in [len(search(sources[key].document, [term]))]
    ]
