"""The claims as linked data: W3C Web Annotations, and claims of schema.org.

Places are code points of the raw file; an annotation quotes the raw file, line breaks
and link marks included, so that a reader of the file finds what it says. A claim is
named by its entry in the book.

Refused: terms of our own. Everything here is a term of the two published vocabularies.
"""

import base64
from collections.abc import Mapping
from typing import Any

from sourcebook.coding.claims import Claim, QuantityClaim, said_in
from sourcebook.coding.corpus import Corpus, Source
from sourcebook.data.citation import load_work
from sourcebook.data.data_rows import chapter_url, claim_rows
from sourcebook.data.fields import number
from sourcebook.data.references import Work

Node = dict[str, Any]

ANNOTATION_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SCHEMA_CONTEXT = "https://schema.org"
AROUND = 32  # code points on either side of a passage that is not the only one
_CODEBOOK = "codebook.json"
# What else a sheet says of a claim, and schema.org has no term for.
_SAID = (
    "status voice origin actor target type actors concept sign inferred note".split()
)
# What schema.org has instead of a genre that it lacks.
_GENRES = {"PressRelease": "Article", "Speech": "CreativeWork"}


def file_name(sha256: str) -> str:
    """Return the ``ni`` URI of a file, by the hash of its bytes.

    >>> file_name("00" * 32)
    'ni:///sha-256;AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    # By its hash (RFC 6920), for the files are pinned and not published: there is no
    # address.
    packed = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{packed}"


def annotation_collection(corpus: Corpus) -> Node:
    """Return every claim as an annotation of the raw file it stands in."""
    items = [_annotation(each, corpus.sources[each.source]) for each in corpus.claims]
    return {
        "@context": ANNOTATION_CONTEXT,
        "id": "annotations.jsonld#all",
        "type": "AnnotationCollection",
        "label": "Every claim of every source, at its passage",
        "total": len(items),
        "first": {
            "id": "annotations.jsonld#page",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }


def _annotation(claim: Claim, source: Source) -> Node:
    sheet = source.sheet
    return {
        "id": f"annotations.jsonld#{claim.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"id": chapter_url(claim.id), "format": "text/html"},
            {"type": "TextualBody", "purpose": "classifying", "value": claim.kind},
            {"type": "TextualBody", "purpose": "tagging", "value": claim.topic},
        ],
        "target": {
            "type": "SpecificResource",
            "source": {
                "id": file_name(sheet.sha256),
                "type": "Text",
                "format": "text/plain",
                "language": "en",
                "label": sheet.file,
            },
            "state": {"type": "oa:State", "value": f"sha256:{sheet.sha256}"},
            "selector": [
                {
                    "type": "TextPositionSelector",
                    "start": claim.span.start,
                    "end": claim.span.end,
                },
                _quoted(claim, source.document.raw),
            ],
        },
    }


def _quoted(claim: Claim, raw: str) -> Node:
    start, end = claim.span
    exact = raw[start:end]
    selector: Node = {"type": "TextQuoteSelector", "exact": exact}
    # Words around it only where it stands more than once: no more of a source than need
    # be.
    if raw.find(exact) != raw.rfind(exact):
        selector["prefix"] = raw[max(0, start - AROUND) : start]
        selector["suffix"] = raw[end : end + AROUND]
    return selector


def claims_graph(corpus: Corpus, works: Mapping[str, Work]) -> Node:
    """Return the sources, the topics and every claim as terms of schema.org."""
    us = {"@type": "Organization", "name": ", ".join(load_work(corpus.root).authors)}
    topics = [
        {
            "@id": f"{_CODEBOOK}#topic-{term}",
            "@type": "DefinedTerm",
            "termCode": term,
            "description": definition,
        }
        for term, definition in sorted(corpus.codebook.topics.items())
    ]
    return {
        "@context": SCHEMA_CONTEXT,
        "@graph": [
            *(_source_node(s, works[key]) for key, s in sorted(corpus.sources.items())),
            *topics,
            *(_claim_node(claim, corpus, us) for claim in corpus.claims),
        ],
    }


def _source_node(source: Source, work: Work) -> Node:
    sheet = source.sheet
    node: Node = {
        "@id": file_name(sheet.sha256),
        "@type": _GENRES.get(sheet.genre, sheet.genre),
        "identifier": source.citekey,
        "name": work.title,
        # Whether an author is a person, the name alone does not always tell.
        "creditText": "; ".join(work.names),
        "temporal": sheet.issued.date,
        "inLanguage": "en",
        "encoding": {
            "@type": "MediaObject",
            "name": sheet.file,
            "encodingFormat": "text/plain",
            "sha256": sheet.sha256,
        },
    }
    if sheet.sponsor:
        node["sponsor"] = {"@type": "Organization", "name": sheet.sponsor.name}
    if doi := work.fields.get("doi"):
        node["exampleOfWork"] = {"@id": f"https://doi.org/{doi}"}
    return node


def _claim_node(claim: Claim, corpus: Corpus, us: Node) -> Node:
    document = {"@id": file_name(corpus.sources[claim.source].sheet.sha256)}
    about: list[Node] = [{"@id": f"{_CODEBOOK}#topic-{claim.topic}"}]
    node: Node = {
        "@id": chapter_url(claim.id),
        "@type": "Claim",
        "identifier": claim.id,
        "text": claim.exact,
        "appearance": document,
        "isBasedOn": document,
        "claimInterpreter": us,
        "keywords": claim.kind,
        "about": about,
    }
    if isinstance(claim, QuantityClaim):
        about.append(_figure(claim, corpus))
    row = next(iter(claim_rows([claim], {})))
    about += [
        {"@type": "PropertyValue", "propertyID": name, "value": row[name]}
        for name in _SAID
        if row[name] not in ("", None)
    ]
    if claim.when:
        node["temporalCoverage"] = claim.when
    if place := said_in(claim, "where") or said_in(claim, "place"):
        node["spatialCoverage"] = {"@type": "Place", "name": place}
    if claim.references:
        node["citation"] = list(claim.references)
    return node


def _figure(claim: QuantityClaim, corpus: Corpus) -> Node:
    """Return a claim's figure as a value with the ends its words leave open."""
    quantity = claim.quantity
    interval = quantity.interval()
    value: Node = {
        "@type": "PropertyValue",
        "propertyID": claim.measure,
        "name": corpus.codebook.measures[claim.measure].label,
        "description": claim.figure,
    }
    numbers = {
        "value": quantity.value,
        "minValue": interval.low,
        "maxValue": interval.high,
    }
    value |= {key: number(n) for key, n in numbers.items() if n is not None}
    if quantity.unit:
        value["unitText"] = quantity.unit
    if claim.of:
        value["valueReference"] = {"@type": "DefinedTerm", "name": claim.of}
    return value
