"""The schemas for editors say what the models say, and the book keeps to them."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from sourcebook.authoring.json_schemas import FILES, schema_text
from sourcebook.coding.corpus import sheet_files
from sourcebook.coding.sheets import load_yaml
from sourcebook.comparing.question_files import chapter_files

SHEET, PART, QUESTIONS = FILES


def _faults(name, data):
    validator = Draft202012Validator(json.loads(schema_text(name)))
    return [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize("name", FILES)
def test_a_schema_in_the_repository_is_the_one_of_the_models(root, name):
    kept = (root / name).read_text(encoding="utf-8")
    assert kept == schema_text(name), "fix: run `sourcebook schema`"
    Draft202012Validator.check_schema(json.loads(kept))


def test_every_sheet_and_every_file_of_questions_keeps_its_schema(root):
    for path in sheet_files(root):
        assert _faults(SHEET, load_yaml(path).data) == []
    for path in chapter_files(root):
        assert _faults(QUESTIONS, load_yaml(path).data) == []


def test_what_a_model_refuses_its_schema_marks(root):
    data = load_yaml(root / "seeds/bbc-2025.yml").data
    for change in (
        {"genre": "Poem"}, {"sha256": "short"}, {"gender": "x"}, {"claims": [{}]},
        {"claims": [{**data["claims"][0], "topics": "x"}]},
    ):  # fmt: skip
        assert _faults(SHEET, data | change)
    assert _faults(SHEET, data | {"drafts": None, "waivers": None}) == []
    lists = {"claims": data["claims"], "drafts": None, "waivers": data["waivers"]}
    assert _faults(PART, lists) == []
    for change in ({"genre": "Report"}, {"claims": [{}]}):
        assert _faults(PART, lists | change)
    assert _faults(QUESTIONS, {"title": "A", "questions": [{"id": "x"}]})


def test_vs_code_knows_every_sheet_of_the_book(root):
    settings = json.loads((root / ".vscode/settings.json").read_text(encoding="utf-8"))
    schemas = settings["yaml.schemas"]
    assert {name.removeprefix("./") for name in schemas} == set(FILES)
    named = set(schemas[f"./{SHEET}"])
    unnamed = [p for p in sheet_files(root) if f"seeds/{p.name}" not in named]
    for path in unnamed:  # a sheet that was added names its schema itself
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=sheet.schema.json"
