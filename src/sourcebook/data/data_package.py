"""What the downloads are: a Frictionless data package, and a list of hashes.

The data package gives every CSV file a table schema. The manifest names every file by
the SHA-256 of its bytes: the documents, the executed notebooks, and the downloads,
itself left out.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sourcebook.data.citation import short_slug
from sourcebook.data.fields import TABLES, Field, Table

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
