"""The versions on the page are those of the lock, for what the book asks for."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from types import SimpleNamespace

import pytest

from sourcebook.site import build_record
from sourcebook.site.build_record import DIRECTIVES, pinned_versions


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
    text = "".join(
        (root / "book" / name).read_text(encoding="utf-8")
        for name in ("data.md", "reproduce.md")
    )
    assert [name for name in DIRECTIVES if f"```{{{name}}}" not in text] == []


@pytest.mark.parametrize(
    ("name", "patterns"),
    [
        ("pinned-versions", ["pyproject.toml", "requirements.lock"]),
        ("executed-notebooks", ["notebooks/*/*.ipynb"]),
    ],
)
def test_a_table_is_made_anew_when_what_it_tells_changes(
    root, monkeypatch, name, patterns
):
    """The page depends on each of the files, and tells something of every one."""
    noted = []
    monkeypatch.setattr(
        build_record, "get_domain", lambda _env: SimpleNamespace(root=root)
    )
    env = SimpleNamespace(note_dependency=noted.append)
    (table,) = DIRECTIVES[name].run(SimpleNamespace(env=env))
    files = sorted(path for pattern in patterns for path in root.glob(pattern))
    assert noted == [str(path) for path in files]
    told = table.astext()
    assert all(path.name in told for path in files if path.suffix == ".ipynb")
