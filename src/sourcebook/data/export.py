"""Write what the book knows as files that other programs can read.

The same book always gives the same bytes. No file holds a source's text beyond the
quotations. A file is replaced whole or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook import __version__
from sourcebook.coding.source_cache import FOLDER as KEPT
from sourcebook.coding.source_cache import kept
from sourcebook.comparing.corrections import corrections
from sourcebook.comparing.outside_readings import load_trust
from sourcebook.comparing.public_record import load_record
from sourcebook.comparing.unit_pairs import settled_readings
from sourcebook.data.data_package import DESCRIPTOR, MANIFEST, data_package, manifest
from sourcebook.data.data_rows import (
    absences,
    census,
    claim_rows,
    codebook_rows,
    coding_rows,
    correction_rows,
    question_rows,
    record_rows,
    relation_rows,
    source_rows,
    trust_rows,
    waivers,
)
from sourcebook.data.encoding import as_csv, as_json, put
from sourcebook.data.fields import (
    CLAIMS,
    CODEBOOK,
    CODINGS,
    CORRECTIONS,
    DIFFERENCES,
    QUESTIONS,
    RECORD,
    RELATIONS,
    SECOND,
    SOURCES,
)
from sourcebook.data.references import csl_items, read_works
from sourcebook.data.second_reading_rows import difference_rows, second_rows
from sourcebook.data.web_annotations import annotation_collection, claims_graph
from sourcebook.prose.addresses import DOWNLOADS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sourcebook.coding.corpus import Corpus
    from sourcebook.comparing.questions import Answer
    from sourcebook.site.domain import SourcebookDomain

_KEPT = "exports"


def write_exports(
    corpus: Corpus, answers: Iterable[Answer], folder: Path
) -> tuple[Path, ...]:
    """Write every file of `DOWNLOADS` into ``folder``; return their paths, sorted."""
    return put_all(export_contents(corpus, answers), folder)


def put_all(contents: dict[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Put files of these contents into a folder; return their paths, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in DOWNLOADS:
        put(folder / name, contents[name])
    return tuple(folder / name for name in DOWNLOADS)


def export_contents(
    corpus: Corpus, answers: Iterable[Answer], *, state: str = ""
) -> dict[str, bytes]:
    """Return the bytes of every file of `DOWNLOADS`, by name.

    The data package describes the files before it, and the manifest all of them. What
    was worked out before is taken where the ``state`` of all that people write about
    the documents is given, and is as it was.
    """
    contents = _kept_data(corpus, answers, state) if state else _data(corpus, answers)
    citation = (corpus.root / "CITATION.cff").read_text(encoding="utf-8")
    contents[DESCRIPTOR] = as_json(data_package(contents, citation))
    listed = manifest(
        contents,
        sources=[corpus.root / "seeds" / s.sheet.file for s in corpus.sources.values()],
        notebooks=(corpus.root / "notebooks").glob("*/*.ipynb"),
    )
    return contents | {MANIFEST: as_json(listed)}


def _kept_data(
    corpus: Corpus, answers: Iterable[Answer], state: str
) -> dict[str, bytes]:
    def make() -> tuple[list[Path], dict[str, bytes]]:
        return [], _data(corpus, answers)

    return kept(
        corpus.root / KEPT / "exports.pickle",
        make,
        told=f"{__version__} {state}",
        floors=("reading", "coding", "comparing", "showing", "making"),
    )


def exports(domain: SourcebookDomain) -> dict[str, bytes]:
    """Return the bytes of every file, worked out once for a build."""
    if _KEPT not in domain.kept:
        domain.kept[_KEPT] = export_contents(
            domain.corpus, domain.answers, state=domain.state
        )
    found: dict[str, bytes] = domain.kept[_KEPT]
    return found


def _data(corpus: Corpus, answers: Iterable[Answer]) -> dict[str, bytes]:
    """Return the files that hold data, by name."""
    bibtex = (corpus.root / "seeds" / "references.bib").read_bytes()
    works = read_works(bibtex.decode())
    sources = [source for _, source in sorted(corpus.sources.items())]
    references = csl_items(sources, works)  # says which source has no entry
    answers = tuple(answers)
    speakers = {source.citekey: source.sheet.speakers for source in sources}
    claims, relations = claim_rows(corpus.claims, speakers), relation_rows(answers)
    questions, codings = question_rows(answers), coding_rows(corpus)
    codebook = codebook_rows(corpus.codebook)
    outside = load_record(corpus)
    record = record_rows(outside, corpus)
    corrected = correction_rows(
        corrections(corpus, answers, outside, version=__version__)
    )
    readings = settled_readings(corpus)
    second, differences = second_rows(readings), difference_rows(readings)
    return {
        "absences.json": as_json([row for each in sources for row in absences(each)]),
        "annotations.jsonld": as_json(annotation_collection(corpus)),
        "census.json": as_json([census(each) for each in sources]),
        "claims.csv": as_csv(claims, CLAIMS.names),
        "claims.json": as_json(claims),
        "claims.jsonld": as_json(claims_graph(corpus, works)),
        "codebook.csv": as_csv(codebook, CODEBOOK.names),
        "codebook.json": as_json(codebook),
        "codings.csv": as_csv(codings, CODINGS.names),
        "codings.json": as_json(codings),
        "corrections.csv": as_csv(corrected, CORRECTIONS.names),
        "corrections.json": as_json(corrected),
        "differences.csv": as_csv(differences, DIFFERENCES.names),
        "differences.json": as_json(differences),
        "questions.csv": as_csv(questions, QUESTIONS.names),
        "questions.json": as_json(questions),
        "record.csv": as_csv(record, RECORD.names),
        "record.json": as_json(record),
        "references.bib": bibtex,
        "relations.csv": as_csv(relations, RELATIONS.names),
        "relations.json": as_json(relations),
        "second.csv": as_csv(second, SECOND.names),
        "second.json": as_json(second),
        "sources.csl.json": as_json(references),
        "sources.csv": as_csv(source_rows(sources, works), SOURCES.names),
        "trust.json": as_json(trust_rows(load_trust(corpus.root))),
        "waivers.json": as_json([row for each in sources for row in waivers(each)]),
    }
