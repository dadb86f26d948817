"""What each source speaks of and what it does not: matters, searched by their terms.

The matters and their terms are written down in one file, so that an empty cell can be
read together with what was looked for. A count is of places, not of weight; nothing
found means that none of the terms stands there, and no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, RootModel

from sourcebook.coding.schema import Slug, Strict, Words
from sourcebook.coding.sheets import check_model, load_yaml
from sourcebook.coding.uncoded_terms import OWN
from sourcebook.comparing.silence import search
from sourcebook.errors import SheetError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from sourcebook.coding.corpus import Corpus

FILE = "book/searches.yml"
COLUMNS = {
    "matter": "the matter, in words",
    "source": "citekey of the document",
    "places": "how many places any of its terms stands in",
    "found": "the words found, each once, in order of the text",
    "searched": "the terms that were searched",
}


class Matter(Strict):
    """One matter and the terms that stand for it."""

    id: Slug
    label: Words
    terms: Annotated[tuple[Words, ...], Field(min_length=1)]


class _Matters(RootModel[tuple[Matter, ...]]):
    """The whole file."""


def load_matters(root: Path) -> tuple[Matter, ...]:
    """Return the matters in the order of the file. Raises `SheetError`."""
    loaded = load_yaml(root / FILE, shown=FILE)
    matters = check_model(loaded, _Matters).root
    ids = [matter.id for matter in matters]
    faults = [
        loaded.fault(f"repeated id {name!r}", (number,), fix=OWN)
        for number, name in enumerate(ids)
        if name in ids[:number]
    ]
    if faults:
        raise SheetError(loaded.path, faults)
    return matters


def search_table(corpus: Corpus, matters: tuple[Matter, ...]) -> pd.DataFrame:
    """Return one row per matter and source, in the order of the matters.

    Columns as in ``COLUMNS``; sources stand in order of issue.
    """
    import pandas as pd  # noqa: PLC0415 - slow to import, and a check needs none

    ordered = sorted(
        corpus.sources.values(), key=lambda s: (s.sheet.issued.date, s.citekey)
    )
    rows = []
    for matter in matters:
        for source in ordered:
            hits = search(source.document, matter.terms)
            places = {hit.start for hit in hits}
            found = dict.fromkeys(" ".join(hit.words.split()) for hit in hits)
            searched = ", ".join(matter.terms)
            rows.append(
                (
                    matter.label,
                    source.citekey,
                    len(places),
                    ", ".join(found),
                    searched,
                )
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))
