"""The versions on the page are those of the lock, for what the book asks for."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import version
from types import SimpleNamespace

import pytest
from docutils import nodes

from sourcebook.data.export import MANIFEST
from sourcebook.reading.scoring import CORPUS
from sourcebook.site import directives
from sourcebook.site.directives import DIRECTIVES, MUTANTS, pinned_versions


def test_every_library_asked_for_is_pinned_and_is_the_one_installed(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    pins = pinned_versions(root)
    assert len(pins) == len(project["project"]["dependencies"])
    assert {name: version(name) for name in pins} == pins


def test_a_library_without_a_pin_is_not_passed_over(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["Some_Thing[extra]>=1", "other"]\n'
    )
    (tmp_path / "requirements.lock").write_text(
        "some-thing[extra]==1.5 \\\n    --hash=sha256:00\nmother==3 \\\n"
    )
    assert pinned_versions(tmp_path) == {"Some_Thing": "1.5", "other": "not pinned"}


def test_the_pages_use_every_directive(root):
    pages = (root / "book").glob("*.md")
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert [name for name in DIRECTIVES if f"```{{{name}}}" not in text] == []


@pytest.mark.parametrize(
    ("name", "patterns"),
    [
        ("pinned-versions", ["pyproject.toml", "requirements.lock"]),
        ("executed-notebooks", ["notebooks/*/*.ipynb"]),
    ],
)
def test_a_table_is_made_anew_when_what_it_tells_changes(root, printed, name, patterns):
    """The page depends on each of the files, and tells something of every one."""
    noted = []
    env = SimpleNamespace(note_dependency=noted.append)
    (table,) = printed(DIRECTIVES[name], SimpleNamespace(root=root, env=env))
    files = sorted(path for pattern in patterns for path in root.glob(pattern))
    assert noted == [str(path) for path in files]
    told = table.astext()
    assert all(path.name in told for path in files if path.suffix == ".ipynb")


@pytest.fixture
def rows(printed, tmp_path):
    """Return a function that gives the rows of one table, below its head."""
    corpus = SimpleNamespace(root=tmp_path)
    env = SimpleNamespace(note_dependency=lambda _: None)
    domain = SimpleNamespace(root=tmp_path, corpus=corpus, env=env)

    def made(name, *arguments):
        (table,) = printed(DIRECTIVES[name], domain, *arguments)
        found = [
            [entry.astext() for entry in row.findall(nodes.entry)]
            for row in table.findall(nodes.row)
        ]
        return found[1:] or table.astext()

    return made


def test_libraries_are_told_in_order(rows, tmp_path):
    asked = 'dependencies = ["zinc>=1", "tin", "oak>=2", "ash"]'
    (tmp_path / "pyproject.toml").write_text(f"[project]\n{asked}\n")
    (tmp_path / "requirements.lock").write_text("tin==3\nzinc==1\noak==2\nash==4\n")
    told = [name for name, _ in rows("pinned-versions")]
    assert told == ["Python", "ash", "oak", "tin", "zinc"]


def test_each_column_of_a_download_and_of_a_scan_is_told(rows):
    for name in ("claims", "numbers"):
        table = {**directives.SCANNED, **directives.TABLES}[name]
        told = [[f.name, f.type, f.description] for f in table.fields]
        assert rows("data-fields", name) == told
    with pytest.raises(ValueError, match="no part 'claim'; did you mean 'claims'"):
        rows("data-fields", "claim")


def test_what_the_readers_get_right_is_counted_by_kind_and_in_all(
    rows, monkeypatch, tmp_path
):
    (tmp_path / CORPUS).parent.mkdir(parents=True)
    (tmp_path / CORPUS).touch()
    told = {"a-date": (3, 4), "number": (9, 10)}
    monkeypatch.setattr(directives, "scores", lambda _: told)
    assert rows("reader-scores") == [
        ["a date", "3 of 4"], ["number", "9 of 10"], ["all", "12 of 14"],
    ]  # fmt: skip


def test_lies_that_were_noticed_are_counted_by_room(rows, tmp_path):
    assert rows("mutant-scores") == "None was planted yet."
    (tmp_path / MUTANTS).parent.mkdir()
    score = {"reading": {"noticed": 2, "of": 3}}
    (tmp_path / MUTANTS).write_text(json.dumps(score), encoding="utf-8")
    assert rows("mutant-scores") == [["reading", "2 of 3"]]


def test_a_notebook_is_told_with_its_code_and_outputs(rows, tmp_path):
    cells = [
        {"cell_type": "code", "outputs": [1, 2]},
        {"cell_type": "markdown"},
        {"cell_type": "code", "outputs": []},
    ]
    for folder in ("synthesis", "sources"):
        path = tmp_path / "notebooks" / folder / "a.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert rows("executed-notebooks") == [
        ["sources/a.ipynb", "2", "2"], ["synthesis/a.ipynb", "2", "2"],
    ]  # fmt: skip


@pytest.mark.parametrize(("group", "more"), [("sources", 0), ("data", 1)])
def test_the_hash_of_each_file_is_that_of_the_manifest(rows, monkeypatch, group, more):
    manifest = {group: [{"name": "a.csv", "sha256": "12ab"}]}
    made = {MANIFEST: json.dumps(manifest)}
    monkeypatch.setattr(directives, "exports", lambda _: made)
    first, *others = rows("file-hashes", group)
    assert first == ["a.csv", "12ab"]
    assert [name for name, _ in others] == [MANIFEST] * more
    with pytest.raises(ValueError, match="no part 'book'"):
        rows("file-hashes", "book")
