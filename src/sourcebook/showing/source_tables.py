"""Tables about one source: what the readers found, who speaks, what is not said.

All return plain pandas frames; `sourcebook.showing.tables.show_table` puts them on a
page. Only single words and figures of a source appear here, never its sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.coding.census import Item
    from sourcebook.coding.corpus import Source
    from sourcebook.reading.dates import DateMention
    from sourcebook.reading.numbers import NumberMention
    from sourcebook.reading.text import Document

AUTHOR = "the document itself"


def parts_table(document: Document) -> pd.DataFrame:
    """Count a document's parts. Columns: ``part``, ``count``; sorted by part."""
    kinds = [paragraph.kind for paragraph in document.paragraphs]
    rows = [(f"paragraphs: {kind}", kinds.count(kind)) for kind in set(kinds)]
    rows += [("sentences", len(document.sentences))]
    rows += [("passages cut out as marks of the file", len(document.cuts))]
    return pd.DataFrame(sorted(rows), columns=["part", "count"])


def numbers_table(mentions: Iterable[NumberMention]) -> pd.DataFrame:
    """One row per number, in the order of the text.

    Columns: ``as printed``, ``role``, ``hedge``, ``low`` and ``high`` (floats, scale
    applied), ``unit``, ``counts`` (the counted noun).
    """
    rows = [
        (m.text, m.role, m.hedge, float(m.low), float(m.high), m.unit, m.noun)
        for m in mentions
    ]
    names = ["as printed", "role", "hedge", "low", "high", "unit", "counts"]
    return pd.DataFrame(rows, columns=names)


def dates_table(mentions: Iterable[DateMention]) -> pd.DataFrame:
    """One row per date, in the order of the text.

    Columns: ``as printed``, ``kind``, ``EDTF`` (empty when it cannot be said) and
    ``inferred`` (whether the date of the source was needed to say it).
    """
    rows = [(m.text, m.kind, m.edtf, m.inferred) for m in mentions]
    return pd.DataFrame(rows, columns=["as printed", "kind", "EDTF", "inferred"])


def voices_table(source: Source) -> pd.DataFrame:
    """One row per voice, the document first, then in the order of the sheet.

    Columns: ``voice``, ``named`` (of persons and bodies other than the document
    itself), ``claims`` (how many), ``topics``.
    """
    speakers = source.sheet.speakers
    rows = []
    for key in ("author", *speakers):
        claims = [claim for claim in source.claims() if claim.voice == key]
        topics = ", ".join(sorted({claim.topic for claim in claims}))
        name = speakers[key].name if key in speakers else AUTHOR
        named = ("yes" if speakers[key].named else "no") if key in speakers else ""
        rows.append((name, named, len(claims), topics))
    return pd.DataFrame(rows, columns=["voice", "named", "claims", "topics"])


def absences_table(source: Source) -> pd.DataFrame:
    """One row per thing searched for and not found, in the order of the sheet.

    Columns: ``not in the file``, ``searched for``. That no term is there is checked
    whenever the source is read.
    """
    rows = [(a.what, ", ".join(a.terms)) for a in source.sheet.absences]
    return pd.DataFrame(rows, columns=["not in the file", "searched for"])


def waivers_table(items: Iterable[Item]) -> pd.DataFrame:
    """Count what was set aside. Columns: ``kind``, ``reason``, ``count``."""
    pairs = [(i.kind, reason) for i in items if i.state == "waived" for reason in i.by]
    rows = [(kind, reason, pairs.count((kind, reason))) for kind, reason in set(pairs)]
    return pd.DataFrame(sorted(rows), columns=["kind", "reason", "count"])
