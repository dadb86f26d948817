"""Write what the book knows as files that other programs can read.

The same book always gives the same bytes. No file holds a source's text beyond the
quotations. A file is replaced whole or not at all.
"""

from collections.abc import Iterable
from pathlib import Path

from sourcebook import __version__
from sourcebook.coding.book_files import put
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.comparing.corrections import corrections
from sourcebook.comparing.outside_readings import load_trust
from sourcebook.comparing.public_record import load_record
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.unit_pairs import settled_readings
from sourcebook.data.citation import about_book
from sourcebook.data.data_package import DESCRIPTOR, MANIFEST, data_package, manifest
from sourcebook.data.data_rows import (
    absences,
    census,
    claim_rows,
    codebook_rows,
    coding_rows,
    correction_rows,
    difference_rows,
    question_rows,
    record_rows,
    relation_rows,
    second_rows,
    source_rows,
    trust_rows,
    waivers,
)
from sourcebook.data.encoding import Row, as_csv, as_json
from sourcebook.data.fields import TABLES
from sourcebook.data.references import csl_items, read_works
from sourcebook.data.web_annotations import annotation_collection, claims_graph
from sourcebook.prose.addresses import DOWNLOADS


def write_exports(
    corpus: Corpus, answers: Iterable[Answer], folder: Path
) -> tuple[Path, ...]:
    """Write every file of `DOWNLOADS` into ``folder``; return their paths, sorted."""
    return put_all(export_contents(corpus, answers), folder)


def put_all(contents: dict[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Put files of these contents into a folder; return their paths, sorted."""
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
    contents[DESCRIPTOR] = as_json(data_package(contents, about_book(corpus.root)))
    listed = manifest(
        contents,
        sources=[corpus.root / "seeds" / s.sheet.file for s in corpus.sources.values()],
        notebooks=(corpus.root / "notebooks").glob("*/*.ipynb"),
    )
    return contents | {MANIFEST: as_json(listed)}


def _kept_data(
    corpus: Corpus, answers: Iterable[Answer], state: str
) -> dict[str, bytes]:
    return kept(
        corpus.root / KEPT / "exports.pickle",
        lambda: ([], _data(corpus, answers)),
        told=f"{__version__} {state}",
        rooms=("reading", "coding", "comparing", "prose", "views", "data"),
    )


def _data(corpus: Corpus, answers: Iterable[Answer]) -> dict[str, bytes]:
    """Return the files that hold data, by name."""
    bibtex = (corpus.root / "seeds" / "references.bib").read_bytes()
    works = read_works(bibtex.decode())
    sources = [source for _, source in sorted(corpus.sources.items())]
    references = csl_items(sources, works)  # says which source has no entry
    answers = tuple(answers)
    speakers = {source.citekey: source.sheet.speakers for source in sources}
    outside, readings = load_record(corpus), settled_readings(corpus)
    tables = {
        "claims": claim_rows(corpus.claims, speakers),
        "codebook": codebook_rows(corpus.codebook),
        "codings": coding_rows(corpus),
        "corrections": correction_rows(
            corrections(corpus, answers, outside, version=__version__)
        ),
        "differences": difference_rows(readings),
        "questions": question_rows(answers),
        "record": record_rows(outside, corpus),
        "relations": relation_rows(answers),
        "second": second_rows(readings),
    }
    return {
        **{f"{name}.csv": _table(name, rows) for name, rows in tables.items()},
        **{f"{name}.json": as_json(rows) for name, rows in tables.items()},
        "absences.json": as_json([row for each in sources for row in absences(each)]),
        "annotations.jsonld": as_json(annotation_collection(corpus)),
        "census.json": as_json([census(each) for each in sources]),
        "claims.jsonld": as_json(claims_graph(corpus, works)),
        "references.bib": bibtex,
        "sources.csl.json": as_json(references),
        "sources.csv": _table("sources", source_rows(sources, works)),
        "trust.json": as_json(trust_rows(load_trust(corpus.root))),
        "waivers.json": as_json([row for each in sources for row in waivers(each)]),
    }


def _table(name: str, rows: Iterable[Row]) -> bytes:
    return as_csv(rows, TABLES[name].names)
