"""Tables about the sources as witnesses: what each is, and who stands alone in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sourcebook.coding.source_looks import GENRES, short_name
from sourcebook.comparing.witnesses import interviewees, lone_witnesses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.coding.corpus import Source


def witnesses_table(sources: Iterable[Source]) -> pd.DataFrame:
    """One row a source, in the order given, as its sheet describes it.

    Columns: ``source``, ``genre``, ``issued`` (EDTF), ``date`` (printed or inferred),
    ``file`` (whole, damaged or fragment), ``sponsor`` (named or none named).
    """
    rows = [
        (
            short_name(source.citekey),
            GENRES[source.sheet.genre],
            source.sheet.issued.date,
            "inferred" if source.sheet.issued.inferred else "printed",
            source.sheet.extent.state,
            "named" if source.sheet.sponsor else "none named",
        )
        for source in sources
    ]
    names = ["source", "genre", "issued", "date", "file", "sponsor"]
    return pd.DataFrame(rows, columns=names)


def lone_table(source: Source) -> pd.DataFrame:
    """One row for each interviewee on whom something rests alone, the most first.

    Columns: ``interviewee``, ``months`` (EDTF), ``claims`` (resting on nobody else),
    ``main claims`` (how many of them are among the source's main ones), ``topics``.
    """
    months = interviewees(source)
    rows = [
        (
            label,
            ", ".join(months[label]),
            len(claims),
            sum(claim.key for claim in claims),
            ", ".join(sorted({claim.topic for claim in claims})),
        )
        for label, claims in lone_witnesses(source).items()
    ]
    names = ["interviewee", "months", "claims", "main claims", "topics"]
    return pd.DataFrame(rows, columns=names)
