"""Linked data: terms that exist, places that hold, sources named by their hash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from sourcebook.data.references import read_works
from sourcebook.data.web_annotations import (
    AROUND,
    _quoted,
    annotation_collection,
    claims_graph,
    file_name,
)

# What the published context of the Web Annotation model defines, as far as it may be
# of use here; a compact name needs one of its prefixes.
ANNOTATION_TERMS = set(
    """
    id type Annotation AnnotationCollection AnnotationPage SpecificResource TextualBody
    TextQuoteSelector TextPositionSelector Text classifying tagging body target source
    selector state first items motivation purpose value format language label exact
    prefix suffix start end total startIndex oa:State @context
    """.split()
)
# Types of schema.org with the properties used here that their definitions list.
WORK = set(
    "identifier name creditText temporal inLanguage encoding sponsor exampleOfWork "
    "about text isBasedOn keywords temporalCoverage spatialCoverage citation".split()
)
SCHEMA = {
    "Claim": WORK | {"appearance", "claimInterpreter"},
    "Report": WORK,
    "ScholarlyArticle": WORK,
    "ReportageNewsArticle": WORK,
    "OpinionNewsArticle": WORK,
    "AdvertiserContentArticle": WORK,
    "Article": WORK,
    "CreativeWork": WORK,
    "MediaObject": {"name", "encodingFormat", "sha256"},
    "Organization": {"name"},
    "Place": {"name"},
    "DefinedTerm": {"name", "termCode", "description"},
    "PropertyValue": set(
        "propertyID name description value minValue maxValue unitText "
        "valueReference".split()
    ),
}


@pytest.fixture(scope="module")
def items(corpus):
    page = annotation_collection(corpus)["first"]
    assert page["startIndex"] == 0
    return page["items"]


@pytest.fixture(scope="module")
def graph(corpus, root):
    works = read_works((root / "seeds" / "references.bib").read_text("utf-8"))
    return claims_graph(corpus, works)["@graph"]


def _objects(data: object) -> Iterator[dict]:
    if isinstance(data, dict):
        yield data
    for part in data.values() if isinstance(data, dict) else data:
        if isinstance(part, dict | list):
            yield from _objects(part)


def test_annotations_use_the_terms_of_their_context_alone(items):
    used = set()
    for node in _objects(items):
        used |= set(node) | {node.get(key, "id") for key in ("type", "purpose")}
    assert used <= ANNOTATION_TERMS


def test_claims_use_the_terms_of_schema_org_alone(graph):
    for node in _objects(graph):
        known = SCHEMA[node["@type"]] if "@type" in node else set()
        assert set(node) - {"@id", "@type"} <= known, node


def test_both_selectors_find_one_passage_of_the_raw_file(items, corpus):
    for item in items:
        claim = corpus.claim(item["id"].partition("#")[2])
        raw = corpus.sources[claim.source].document.raw
        position, quote = item["target"]["selector"]
        assert raw[position["start"] : position["end"]] == quote["exact"]
        words = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
        assert raw.count(words) == 1, claim.id
        assert raw.index(words) + len(quote.get("prefix", "")) == position["start"]


def test_words_around_a_passage_are_given_only_where_they_are_needed(items, corpus):
    for item in items:
        quote = item["target"]["selector"][1]
        raw = corpus.sources[item["id"].partition("#")[2].partition("/")[0]]
        alone = raw.document.raw.count(quote["exact"]) == 1
        assert ("prefix" in quote) is not alone


@pytest.mark.parametrize(
    ("start", "end", "prefix", "suffix"),
    [(2, 5, "a ", "_" * AROUND), (45, 48, "_" * AROUND, "."), (48, 49, None, None)],
)
def test_so_many_letters_around_a_passage_are_given(start, end, prefix, suffix):
    raw = f"a one{'_' * 40}one."
    quote = _quoted(SimpleNamespace(span=(start, end)), raw)
    assert (quote.get("prefix"), quote.get("suffix")) == (prefix, suffix)


def test_sources_and_topics_come_in_one_order(corpus, root, graph):
    works = read_works((root / "seeds" / "references.bib").read_text("utf-8"))
    topics = dict(reversed([*corpus.codebook.topics.items()]))
    other = SimpleNamespace(
        root=root,
        sources=dict(reversed([*corpus.sources.items()])),
        codebook=corpus.codebook.model_copy(update={"topics": topics}),
        claims=corpus.claims,
    )
    assert claims_graph(other, works)["@graph"] == graph


def test_a_source_is_named_by_its_hash_in_both(items, graph, corpus):
    named = {node["@id"]: node for node in graph if "identifier" in node}
    for item in items:
        target = item["target"]
        assert target["source"]["id"] in named
    for source in corpus.sources.values():
        node = named[file_name(source.sheet.sha256)]
        assert node["@type"] == source.sheet.genre
        assert node["encoding"]["sha256"] == source.sheet.sha256


def test_the_share_of_gas_as_a_claim(graph):
    node = next(n for n in graph if n.get("identifier") == "bbc-2025/gas-share")
    topic, figure, *said = node["about"]
    assert {"status": "A", "voice": "author"}.items() <= {
        each["propertyID"]: each["value"] for each in said
    }.items()
    assert topic == {"@id": "codebook.json#topic-gas-share"}
    assert (figure["minValue"], figure["value"], figure["maxValue"]) == (
        4.25, 4.3, 4.35,
    )  # fmt: skip
    assert figure["unitText"] == "percent"
    assert figure["valueReference"]["name"] == "EU natural gas imports"
    assert node["appearance"] == node["isBasedOn"]


def test_every_name_in_the_graph_is_given_once(graph):
    names = [node["@id"] for node in graph]
    assert len(names) == len(set(names))
    about = {part["@id"] for n in graph for part in n.get("about", ()) if "@id" in part}
    assert about <= set(names)
    assert json.dumps(graph)
