"""The data files of the built book say what its pages say."""

from __future__ import annotations

import csv
import json

import jsonschema
import pytest

from sourcebook.comparing.questions import answer_all
from sourcebook.data.fields import CLAIMS, RELATIONS

pytestmark = pytest.mark.book

NUMBER = {"type": ["number", "null"]}
TEXT = {"type": "string"}
CLAIMS_SCHEMA = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": CLAIMS.names,
        "additionalProperties": False,
        "properties": {
            **{field: {} for field in CLAIMS.names},
            "id": {"type": "string", "pattern": "^[a-z0-9-]+/[a-z0-9-]+$"},
            "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer"},
            "quote": {"type": "string", "minLength": 1},
            "value_low": NUMBER,
            "value_high": NUMBER,
            "value": NUMBER,
            "key": {"type": "boolean"},
        },
    },
}


@pytest.fixture(scope="module")
def claims(site):
    return json.loads((site / "data" / "claims.json").read_text(encoding="utf-8"))


def test_claims_have_the_published_fields(claims, corpus):
    jsonschema.validate(claims, CLAIMS_SCHEMA)
    assert [row["id"] for row in claims] == [claim.id for claim in corpus.claims]


def test_offsets_point_into_the_raw_files(claims, root):
    for row in claims:
        raw = (root / "seeds" / row["file"]).read_text(encoding="utf-8")
        passage = raw[row["start"] : row["end"]]
        assert passage[0] == row["quote"][0]
        assert passage[-1] == row["quote"][-1]


def test_the_two_gas_shares_are_in_the_data(claims):
    shares = {row["source"]: row for row in claims if row["id"].endswith("/gas-share")}
    brief, report = shares["valiyev-yagubova-2022"], shares["bbc-2025"]
    assert (brief["value"], brief["hedge"], brief["of"]) == (
        5,
        "around",
        "EU gas demand",
    )
    assert (report["value"], report["hedge"]) == (4.3, "")
    assert (report["value_low"], report["value_high"]) == (4.25, 4.35)


def test_relations_are_the_computed_ones(site, corpus):
    text = (site / "data" / "relations.json").read_text(encoding="utf-8")
    rows = json.loads(text)
    assert [list(row) for row in rows] == [RELATIONS.names] * len(rows)
    computed = {
        (answer.id, a, b): (verdict.relation, verdict.axis, verdict.by, verdict.reason)
        for answer in answer_all(corpus)
        for a, b, verdict in answer.rows()
    }
    facts = ("relation", "axis", "by", "reason")
    assert {
        (row["question"], row["a"], row["b"]): tuple(row[fact] for fact in facts)
        for row in rows
    } == computed


@pytest.mark.parametrize("name", ["claims", "codebook", "relations"])
def test_csv_and_json_hold_the_same_rows(site, name):
    folder = site / "data"
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    rows = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    assert [list(row) for row in table] == [list(row) for row in rows]


def test_every_data_file_is_linked(site, pages):
    linked = {
        a["href"].rpartition("/")[2] for a in pages["book/data"].select("a[href]")
    }
    assert {path.name for path in (site / "data").iterdir()} <= linked
