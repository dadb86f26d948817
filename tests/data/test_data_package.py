"""The data package says what the files are, and a validator of others agrees."""

from __future__ import annotations

import hashlib
import json

import frictionless
import pytest

from sourcebook.coding.book_files import DOWNLOADS
from sourcebook.comparing.questions import answer_all
from sourcebook.data.export import OTHERS, write_exports
from sourcebook.data.fields import TABLES


@pytest.fixture(scope="module")
def folder(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    write_exports(corpus, answer_all(corpus), folder)
    return folder


def _validate(folder):
    report = frictionless.validate(folder / "datapackage.json")
    faults = [(t.name, e.type, e.note) for t in report.tasks for e in t.errors]
    return report, faults + [("package", e.type, e.note) for e in report.errors]


def test_frictionless_accepts_the_package_and_its_tables(folder):
    report, faults = _validate(folder)
    assert faults == []
    assert report.valid
    assert {t.name for t in report.tasks if t.type == "table"} == set(TABLES)


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("claims.csv", ",true,,false,", ",perhaps,,false,", "type-error"),
        ("claims.csv", "\nacme-2021/", "\nacme-2021/sales,", "extra-cell"),
        ("sources.csv", "\nacme-2021,", "\nacme-2022,", "foreign-key"),
        ("relations.csv", ",acme-2021/sales,", ",acme-2021/all,", "hash-count"),
    ],
)
def test_frictionless_sees_a_file_that_is_not_as_described(  # noqa: PLR0917
    make, small, tmp_path, name, old, new, fault
):
    write_exports(small, [make.answer("z/2", *small.claims)], tmp_path)
    assert fault not in {kind for _, kind, _ in _validate(tmp_path)[1]}
    path = tmp_path / name
    content = path.read_bytes()
    assert old.encode() in content
    path.write_bytes(content.replace(old.encode(), new.encode(), 1))
    _, faults = _validate(tmp_path)
    assert fault in {kind for _, kind, _ in faults}, faults


def test_every_download_is_described_and_none_besides(folder):
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    paths = [resource["path"] for resource in package["resources"]]
    assert paths == sorted(set(DOWNLOADS) - {"datapackage.json", "manifest.json"})
    assert set(OTHERS) | {f"{name}.csv" for name in TABLES} == set(paths)
    (sources,) = (each for each in package["resources"] if each["name"] == "sources")
    held = {
        each["name"]: each.get("constraints") for each in sources["schema"]["fields"]
    }
    assert held["source"] == {"required": True, "unique": True}
    assert (held["title"], held["sponsor"]) == ({"required": True}, None)
    for resource in package["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_manifest_names_every_file_by_its_hash(folder, root):
    groups = json.loads((folder / "manifest.json").read_text("utf-8"))
    places = {
        "sources": root / "seeds",
        "notebooks": root / "notebooks",
        "data": folder,
    }
    for group, place in places.items():
        for entry in groups[group]:
            content = (place / entry["name"]).read_bytes()
            assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert len(groups["sources"]) == 5
    data = {entry["name"] for entry in groups["data"]}
    assert data == set(DOWNLOADS) - {"manifest.json"}
    executed = {path.name for path in (root / "notebooks").glob("*/*.ipynb")}
    assert {e["name"].partition("/")[2] for e in groups["notebooks"]} == executed
