"""Tables about sources: what the readers found, who speaks, what only one says.

All return plain pandas frames; `sourcebook.views.tables.show_table` puts them on a
page. Only single words and figures of a source appear here, never its sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from sourcebook.coding.claims import interviewees
from sourcebook.coding.corpus import Source
from sourcebook.coding.source_looks import GENRES, code_words, short_name
from sourcebook.comparing.witnesses import lone_witnesses
from sourcebook.reading.actors import co_mentions
from sourcebook.reading.dates import DateMention, time_words
from sourcebook.reading.numbers import NumberMention
from sourcebook.reading.text import Document


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
    return pd.DataFrame(rows, columns="source genre issued date file sponsor".split())


def lone_table(source: Source) -> pd.DataFrame:
    """One row for each interviewee on whom something rests alone, the most first.

    Columns: ``interviewee``, ``months``, ``claims`` (resting on nobody else),
    ``main claims`` (how many of them are among the source's main ones), ``topics``.
    """
    months = interviewees(source.document.text)
    rows = [
        (
            label,
            ", ".join(map(time_words, months[label])),
            len(claims),
            sum(claim.key for claim in claims),
            ", ".join(sorted({code_words(claim.topic) for claim in claims})),
        )
        for label, claims in lone_witnesses(source).items()
    ]
    names = ["interviewee", "months", "claims", "main claims", "topics"]
    return pd.DataFrame(rows, columns=names)


OWN_VOICE = "the document itself"
_MOST = 12  # pairs of actors


def parts_table(document: Document) -> pd.DataFrame:
    """Count a document's parts. Columns: ``part``, ``count``; sorted by part."""
    kinds = Counter(paragraph.kind for paragraph in document.paragraphs)
    rows = [(f"paragraphs: {kind}", count) for kind, count in kinds.items()]
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
    itself), ``claims`` (how many), ``topics``. A voice that may be that of another
    says so.
    """
    speakers = source.sheet.speakers
    rows = []
    for key in ("author", *speakers):
        claims = [claim for claim in source.claims() if claim.voice == key]
        topics = ", ".join(sorted({code_words(claim.topic) for claim in claims}))
        name, named = OWN_VOICE, ""
        if speaker := speakers.get(key):
            others = ", ".join(speakers[other].name for other in speaker.may_be)
            name = f"{speaker.name} (may be {others})" if others else speaker.name
            named = "yes" if speaker.named else "no"
        rows.append((name, named, len(claims), topics))
    return pd.DataFrame(rows, columns=["voice", "named", "claims", "topics"])


def absences_table(source: Source) -> pd.DataFrame:
    """One row per thing searched for and not found, in the order of the sheet.

    Columns: ``not in the file``, ``searched for``. That no term is there is checked
    whenever the source is read.
    """
    rows = [(a.what, ", ".join(a.terms)) for a in source.sheet.absences]
    return pd.DataFrame(rows, columns=["not in the file", "searched for"])


def together_table(source: Source) -> pd.DataFrame:
    """Count who is mentioned with whom, by sentence, the commonest first.

    Columns: ``actor``, ``with``, ``sentences``. Names alone count: a pronoun does not.
    """
    pairs = co_mentions(source.actors, source.document.sentences)[:_MOST]
    rows = [(pair.one, pair.other, pair.count) for pair in pairs]
    return pd.DataFrame(rows, columns=["actor", "with", "sentences"])
