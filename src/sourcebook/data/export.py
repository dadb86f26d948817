"""Write what the book knows as files other programs can read, and say what they are.

The same book always gives the same bytes. No file holds a source's text beyond the
quotations. A file is replaced whole or not at all.

A Frictionless data package gives every CSV file a table schema. The manifest names
every file by the SHA-256 of its bytes: the documents, the executed notebooks, and the
downloads, itself left out.
"""

import hashlib
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

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
from sourcebook.data.citation import about_book, short_slug
from sourcebook.data.fields import TABLES, Field, Table, as_csv, as_json
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


Node = dict[str, Any]

DESCRIPTOR, MANIFEST = "datapackage.json", "manifest.json"
OTHERS = {
    f"{name}.json": f"{table.title.partition(':')[0]}, as in {name}.csv"
    for name, table in TABLES.items()
    if name != "sources"  # which a bibliography has: sources.csl.json
} | {
    "absences.json": "What each source does not say, with the terms searched for",
    "annotations.jsonld": "Claims as W3C Web Annotations of the raw files",
    "census.json": "What was read in each source, and what became of it",
    "claims.jsonld": "Claims in the vocabulary of schema.org",
    "questions.json": "Questions with their answers, as in questions.csv",
    "references.bib": "The sources as BibTeX",
    "sources.csl.json": "The sources as CSL-JSON",
    "trust.json": "Readings by strangers, with every error; what was planted; others",
    "waivers.json": "Passages set aside, by place, with the reason",
}
TYPES = {
    "bib": "application/x-bibtex",
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
}


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def data_package(contents: Mapping[str, bytes], about: Mapping[str, Any]) -> Node:
    """Return the descriptor of the files in ``contents``.

    ``about`` is CITATION.cff: title, version and words about the book are said there.
    """
    return {
        "profile": "data-package",
        "name": short_slug(about["title"]),
        "title": about["title"],
        "description": (
            f"{about['abstract']} Passages quoted from the documents remain their "
            "owners' and are not covered by the licence."
        ),
        "version": str(about["version"]),
        "keywords": about["keywords"],
        "contributors": [
            {"title": author["name"], "role": "author"} for author in about["authors"]
        ],
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0 International",
            }
        ],
        "resources": [_resource(name, contents[name]) for name in sorted(contents)],
    }


def _resource(path: str, content: bytes) -> Node:
    stem, _, ending = path.rpartition(".")
    # A file in JSON has the shape of the table of its name, or a standard's.
    table = TABLES.get(stem) if ending == "csv" else None
    resource: Node = {
        # A name may hold dots but no capitals; a table has the plain one.
        "name": stem if table else path,
        "path": path,
        "title": table.title if table else OTHERS[path],
        "format": ending,
        "mediatype": TYPES[ending],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content)}",
    }
    if table:
        resource["profile"] = "tabular-data-resource"
        resource["schema"] = _schema(table)
    return resource


def _schema(table: Table) -> Node:
    schema: Node = {
        "fields": [_field(field, table) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.points_at:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": other, "fields": [theirs]}}
            for field, other, theirs in table.points_at
        ]
    return schema


def _field(field: Field, table: Table) -> Node:
    described: Node = {
        "name": field.name,
        "type": field.type,
        "description": field.description,
    }
    constraints: Node = {"required": True} if field.required else {}
    if table.key == (field.name,):
        constraints["unique"] = True
    return described | ({"constraints": constraints} if constraints else {})


def manifest(
    contents: Mapping[str, bytes], *, sources: Iterable[Path], notebooks: Iterable[Path]
) -> Node:
    """Return the hash and length of every file, sorted by name within each group."""
    groups = {
        "sources": {path.name: path.read_bytes() for path in sources},
        "notebooks": {
            f"{path.parent.name}/{path.name}": path.read_bytes() for path in notebooks
        },
        "data": contents,
    }
    return {"algorithm": "SHA-256"} | {
        group: [
            {"name": name, "bytes": len(files[name]), "sha256": sha256(files[name])}
            for name in sorted(files)
        ]
        for group, files in groups.items()
    }
