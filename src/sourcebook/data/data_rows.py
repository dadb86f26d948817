"""The rows of the downloads: claims, relations, record, sources, codebook, the rest.

``value_low`` and ``value_high`` are the ends of the interval a figure is read as, at
the declared slack; ``null`` is an end that is not bounded, and also a claim without a
figure. Whether an end belongs to the interval follows from ``hedge``. ``value`` is the
figure itself, ``null`` for a range. Whole numbers are printed whole, others as the
shortest decimal that reads back as the same double.

No row holds a source's text beyond the quotations: passages that were set aside, items
of the census and units of a reading, which may be whole paragraphs, are given by place.

Both readings are in one table of units, so that every figure of agreement can be worked
out again from it: where each begins and ends, how it is coded, and which unit of the
other reading it is paired with.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sourcebook.coding.book_files import (
    claim_anchor,
    question_anchor,
    question_page,
    register_page,
)
from sourcebook.coding.census import tally
from sourcebook.coding.claims import Claim, quantity_in, said_in, sign_in
from sourcebook.coding.corpus import Corpus, Source
from sourcebook.coding.hedges import HEDGES, Quantity
from sourcebook.coding.schema import STATUSES, WAIVER_REASONS, Codebook, Speaker
from sourcebook.comparing.codings import coding_files, load_coding
from sourcebook.comparing.corrections import Correction
from sourcebook.comparing.leave_one_out import left_words, pivotal
from sourcebook.comparing.outside_readings import Trust
from sourcebook.comparing.public_record import Record, figure_of, relation_names
from sourcebook.comparing.questions import Answer, badge
from sourcebook.comparing.relations import RELATIONS
from sourcebook.comparing.second_reading import (
    Readings,
    Unit,
    differences,
    is_found,
    pairs,
)
from sourcebook.data import fields
from sourcebook.data.fields import CLAIMS, Row, number
from sourcebook.data.references import Work
from sourcebook.views.fragment import plain_words


def second_rows(readings: Iterable[Readings]) -> list[Row]:
    """Return one row per unit of either reading, with the fields of `SECOND`."""
    rows = []
    for each in readings:
        made = pairs(each.first, each.second)
        partner = {p.first.id: p.second for p in made if p.first}
        back = {p.second.id: p.first for p in made if p.second}
        rows += [_unit(u, "first", partner[u.id], each.second) for u in each.first]
        rows += [_unit(u, "second", back[u.id], each.first) for u in each.second]
    return rows


def _unit(unit: Unit, reading: str, pair: Unit | None, other: Sequence[Unit]) -> Row:
    both = pair is not None and unit.kind == pair.kind == "stance"
    facts: Row = {
        "reading": reading,
        "found": is_found(unit, other),
        "pair": pair.id if pair else "",
        "same_kind": unit.kind == pair.kind if pair else None,
        "same_target": unit.parties == pair.parties if both and pair else None,
        "same_sign": unit.sign == pair.sign if both and pair else None,
        "parties": "; ".join(sorted(unit.parties)),
    }
    return fields.SECOND.row(facts, unit)


def difference_rows(readings: Iterable[Readings]) -> list[Row]:
    """Return one row per difference that was settled, with fields of `DIFFERENCES`."""
    rows = []
    for each in readings:
        settled = {(entry.first, entry.second): entry for entry in each.settled}
        for pair in differences(each):
            entry = settled[pair.key]
            facts: Row = {
                "id": f"{each.source}/{'+'.join(filter(None, pair.key))}",
                "source": each.source,
                "first": pair.first.id if pair.first else "",
                "second": pair.second.id if pair.second else "",
                "claims": "; ".join(f"{each.source}/{name}" for name in entry.claims),
            }
            rows.append(fields.DIFFERENCES.row(facts, entry))
    return rows


VOICE_OPEN = "Voice open"  # how a note begins where the text leaves open who speaks
KIND_MEANINGS = {
    "quantity": "a figure with what it measures",
    "event": "something that took place, or will, at a time",
    "status": "how things stand",
    "stance": "an actor for, against or neither, towards a target, on a matter",
    "argument": "a reason, an explanation or a judgement",
    "forecast": "what is expected to come",
    "recommendation": "what somebody should do",
    "method": "how the document came to what it says",
}


def claim_rows(
    claims: Iterable[Claim], speakers: Mapping[str, Mapping[str, Speaker]]
) -> list[Row]:
    """Return one row per claim, with the fields of `CLAIMS`, sorted by id.

    ``speakers`` are those of each source, by its citekey.
    """
    said = ((each, speakers.get(each.source, {}).get(each.voice)) for each in claims)
    return CLAIMS.rows((_claim_facts(*each), None) for each in said)


def _claim_facts(claim: Claim, speaker: Speaker | None) -> Row:
    quantity = quantity_in(claim)
    return {
        **{name: said_in(claim, name) for name in CLAIMS.names},
        "sign": sign_in(claim),
        "start": claim.span.start,
        "end": claim.span.end,
        **_values(quantity),
        "unit": quantity.unit if quantity else "",
        "hedge": quantity.hedge if quantity else "",
        "voice_name": speaker.name if speaker else "",
        "voice_open": claim.note.startswith(VOICE_OPEN),
        "actors": "; ".join(said_in(claim, "actors")),
        "formerly": "; ".join(claim.names[1:]),
        "inferred": "; ".join(f"{name}: {why}" for name, why in claim.inferred.items()),
        "chapter_url": chapter_url(claim.id),
    }


def _values(figure: Quantity | None) -> Row:
    """Return what a figure is read as, empty where there is none."""
    if figure is None:
        return dict.fromkeys(("value_low", "value_high", "value"))
    ends = figure.interval()
    low, high = number(ends.low), number(ends.high)
    return {"value_low": low, "value_high": high, "value": number(figure.value)}


def chapter_url(name: str) -> str:
    """Return the page and place of a claim's entry, from the folder of downloads."""
    return f"../{register_page(name)}.html#{claim_anchor(name)}"


def relation_rows(answers: Iterable[Answer]) -> list[Row]:
    """Return one row per question and pair of claims, with fields of `RELATIONS`.

    A silence has the citekey of the silent source as ``b``, once for each claim.
    """
    return fields.RELATIONS.rows(
        (
            {
                "question": answer.id,
                "a": a,
                "b": b,
                "slack": number(verdict.slack),
                "adjudication": answer.question.adjudication,
                "cause": answer.question.cause,
                "why": plain_words(answer.question.why),
            },
            verdict,
        )
        for answer in answers
        for a, b, verdict in answer.rows()
    )


def coding_rows(corpus: Corpus) -> list[Row]:
    """Return one row per entry of every coding, with the fields of `CODINGS`."""
    found: list[tuple[Row, object]] = []
    for path in coding_files(corpus.root):
        coding = load_coding(path, corpus)
        for entry in coding.entries:
            words, settled = coding.values[entry.value], entry.settled
            why = settled.why if settled else ""
            found.append(({"coding": path.stem, "words": words, "settled": why}, entry))
    return fields.CODINGS.rows(found)


def question_rows(answers: Iterable[Answer]) -> list[Row]:
    """Return one row per question, with the fields of `QUESTIONS`, sorted by id."""
    return fields.QUESTIONS.rows((_asked(each), each.question) for each in answers)


def _asked(answer: Answer) -> Row:
    question = answer.question
    place = f"{question_page(answer.chapter)}.html#{question_anchor(question.id)}"
    return {
        "id": answer.id,
        "formerly": "; ".join(answer.names[1:]),
        "chapter": answer.chapter,
        "answer": plain_words(question.answer),
        "badge": badge(answer),
        "relations": "; ".join(answer.relations),
        "why": plain_words(question.why),
        "settles": plain_words(question.settles),
        "claims": "; ".join(question.claims),
        "sources": "; ".join(answer.sources),
        "pivotal": "; ".join(
            f"{left.claim}: {left_words(left, answer)}" for left in pivotal(answer)
        ),
        "chapter_url": f"../{place}",
    }


def record_rows(record: Record, corpus: Corpus) -> list[Row]:
    """Return one row per fact of the record, with the fields of `RECORD`, by id."""
    found: list[tuple[Row, object]] = []
    for fact in record.facts:
        pages = [f"{p.publisher}: {p.says} <{p.url}>" for p in fact.second]
        derived: Row = {
            **_values(figure_of(fact)),
            "witnesses": len(fact.countries),
            "second": " | ".join(pages),
            "figures": " | ".join(f"{f.publisher}: {f.says}" for f in fact.figures),
            "claims": " ".join(fact.claims),
            "relations": " ".join(relation_names(fact, corpus).values()),
        }
        found.append((derived, fact))
    return fields.RECORD.rows(found)


def correction_rows(found: Iterable[Correction]) -> list[Row]:
    """Return one row per correction, with the fields of `CORRECTIONS`, newest first."""
    return [fields.CORRECTIONS.row({}, each) for each in found]


def trust_rows(trust: Trust | None) -> dict[str, Any]:
    """Return every reading with its errors, what was planted, and others' figures."""
    if trust is None:
        return {}
    said: dict[str, Any] = {"kinds": trust.kinds, "aim": trust.aim}
    lists = ("readings", "planted", "others")
    return said | {n: [each.model_dump() for each in getattr(trust, n)] for n in lists}


def source_rows(sources: Iterable[Source], works: Mapping[str, Work]) -> list[Row]:
    """Return one row per source, with the fields of `SOURCES`."""
    rows = []
    for source in sources:
        sheet, work = source.sheet, works[source.citekey]
        facts: Row = {
            "source": source.citekey,
            "title": work.title,
            "authors": "; ".join(work.names),
            "issued": sheet.issued.date,
            "inferred": sheet.issued.inferred,
            "sponsor": sheet.sponsor.name if sheet.sponsor else "",
            "extent": sheet.extent.state,
            "missing": sheet.extent.missing,
            "not_stated": " ".join(sheet.not_stated),
            "coverage": sheet.coverage.state,
            "characters": len(source.document.raw),
            "claims": len(source.all_claims),
            "waivers": len(source.waivers),
            "absences": len(sheet.absences),
        }
        rows.append(fields.SOURCES.row(facts, sheet))
    return rows


def codebook_rows(codebook: Codebook) -> list[Row]:
    """Return one row per word, with the fields of `CODEBOOK`, list by list."""
    hedges = {
        word: f"{hedge.meaning}; {hedge.example} reads as {hedge.interval_example}"
        for hedge in HEDGES
        for word in hedge.words
        if word
    }
    measures = codebook.measures
    lists: dict[str, Mapping[str, str]] = {
        "kind": KIND_MEANINGS,
        "measure": {name: m.definition for name, m in measures.items()},
        "topic": codebook.topics,
        "of": dict.fromkeys(codebook.denominators, ""),
        "where": dict.fromkeys(codebook.places, ""),
        "status": STATUSES,
        "concept": codebook.concepts,
        "type": codebook.event_types,
        "hedge": hedges,
        "waiver": WAIVER_REASONS,
        "relation": {name: f"{r.meaning} ({r.how})" for name, r in RELATIONS.items()},
    }
    cues = {"measure": {name: m.counts for name, m in measures.items()}}
    cues |= {str(name): terms for name, terms in codebook.cues.items()}
    found: list[tuple[Row, object]] = []
    for name, terms in lists.items():
        for term, definition in terms.items():
            measure = measures[term] if name == "measure" else None
            words: Row = {
                "list": name,
                "term": term,
                "label": measure.label if measure else "",
                "unit": measure.unit if measure else "",
                "definition": definition,
                "cues": "; ".join(cues.get(name, {}).get(term, ())),
            }
            found.append((words, None))
    return fields.CODEBOOK.rows(found)


def waivers(source: Source) -> Iterator[Row]:
    """Yield each passage set aside, by its place in the raw file, in order."""
    for waiver in sorted(source.waivers, key=lambda each: (each.start, each.end)):
        start, end = source.document.raw_span(waiver.start, waiver.end)
        yield {
            "source": source.citekey,
            "file": source.sheet.file,
            "start": start,
            "end": end,
            "reason": waiver.reason,
            "note": waiver.note,
        }


def absences(source: Source) -> Iterator[dict[str, Any]]:
    """Yield what the source does not say, with the terms that were searched for."""
    for absence in source.sheet.absences:
        yield {
            "source": source.citekey,
            "id": absence.id,
            "what": absence.what,
            "terms": list(absence.terms),
            "note": absence.note,
        }


def census(source: Source) -> dict[str, Any]:
    """Return the counts of a source by kind and state, and every item by its place."""
    counts = tally(source.census)
    items = []
    for item in source.census:
        start, end = source.document.raw_span(item.start, item.end)
        place = {"kind": item.kind, "start": start, "end": end, "line": item.line}
        items.append({**place, "state": item.state, "by": list(item.by)})
    return {
        "source": source.citekey,
        "file": source.sheet.file,
        "sha256": source.sheet.sha256,
        "coverage": source.sheet.coverage.state,
        "counts": {
            str(kind): {str(state): int(n) for state, n in row.items()}
            for kind, row in counts.to_dict("index").items()
        },
        "items": items,
    }
