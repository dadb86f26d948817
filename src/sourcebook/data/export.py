"""Write what the book knows as files that other programs can read.

The same book always gives the same bytes. No file holds a source's text beyond the
quotations. A file is replaced whole or not at all.
"""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from sourcebook import __version__
from sourcebook.coding.book_files import DOWNLOADS, put
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.comparing.corrections import corrections
from sourcebook.comparing.outside_readings import load_trust
from sourcebook.comparing.public_record import load_record
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.second_reading import settled_readings
from sourcebook.data import data_rows
from sourcebook.data.citation import about_book
from sourcebook.data.data_package import DESCRIPTOR, MANIFEST, data_package, manifest
from sourcebook.data.encoding import as_csv, as_json
from sourcebook.data.fields import TABLES
from sourcebook.data.references import csl_items, read_works
from sourcebook.data.web_annotations import annotation_collection, claims_graph


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
    if not state:
        contents = _data(corpus, answers)
    else:
        contents = kept(
            corpus.root / KEPT / "exports.pickle",
            lambda: ([], _data(corpus, answers)),
            told=f"{__version__} {state}",
            rooms=("reading", "coding", "comparing", "prose", "views", "data"),
        )
    contents[DESCRIPTOR] = as_json(data_package(contents, about_book(corpus.root)))
    listed = manifest(
        contents,
        sources=[corpus.root / "seeds" / s.sheet.file for s in corpus.sources.values()],
        notebooks=(corpus.root / "notebooks").glob("*/*.ipynb"),
    )
    return contents | {MANIFEST: as_json(listed)}


def _data(corpus: Corpus, answers: Iterable[Answer]) -> dict[str, bytes]:
    """Return the files that hold data, by name."""
    bibtex = (corpus.root / "seeds" / "references.bib").read_bytes()
    works = read_works(bibtex.decode())
    sources = [source for _, source in sorted(corpus.sources.items())]
    references = csl_items(sources, works)  # says which source has no entry
    answers = tuple(answers)
    speakers = {source.citekey: source.sheet.speakers for source in sources}
    outside, readings = load_record(corpus), settled_readings(corpus)
    changed = corrections(corpus, answers, outside, version=__version__)
    tables = {
        "claims": data_rows.claim_rows(corpus.claims, speakers),
        "codebook": data_rows.codebook_rows(corpus.codebook),
        "codings": data_rows.coding_rows(corpus),
        "corrections": data_rows.correction_rows(changed),
        "differences": data_rows.difference_rows(readings),
        "questions": data_rows.question_rows(answers),
        "record": data_rows.record_rows(outside, corpus),
        "relations": data_rows.relation_rows(answers),
        "second": data_rows.second_rows(readings),
        "sources": data_rows.source_rows(sources, works),
    }
    rows = {name: as_csv(tables[name], TABLES[name].names) for name in tables}
    del tables["sources"]  # which a bibliography has: sources.csl.json
    missing, waived = map(data_rows.absences, sources), map(data_rows.waivers, sources)
    return {
        **{f"{name}.csv": made for name, made in rows.items()},
        **{f"{name}.json": as_json(made) for name, made in tables.items()},
        "absences.json": as_json([*chain(*missing)]),
        "annotations.jsonld": as_json(annotation_collection(corpus)),
        "census.json": as_json([data_rows.census(each) for each in sources]),
        "claims.jsonld": as_json(claims_graph(corpus, works)),
        "references.bib": bibtex,
        "sources.csl.json": as_json(references),
        "trust.json": as_json(data_rows.trust_rows(load_trust(corpus.root))),
        "waivers.json": as_json([*chain(*waived)]),
    }
