"""Two builds are the same or the difference is shown; downloads are as listed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from sourcebook.data.data_package import sha256
from sourcebook.errors import SourcebookError
from sourcebook.site.build_comparison import (
    _python,
    check_manifest,
    check_same,
    differences,
)
from sourcebook.site.incremental_build import settings_digest


@pytest.fixture
def two(tmp_path):
    for side in ("one", "two"):
        (tmp_path / side / "data").mkdir(parents=True)
        (tmp_path / side / "data" / "a.csv").write_bytes(b"x\n1\n")
        (tmp_path / side / "index.html").write_bytes(b"<p>built</p>")
        listed = [{"name": "a.csv", "sha256": sha256(b"x\n1\n")}]
        content = json.dumps({"data": listed}).encode()
        (tmp_path / side / "data" / "manifest.json").write_bytes(content)
    return tmp_path / "one", tmp_path / "two"


def test_the_same_files_are_counted(two):
    assert check_same(*two) == 3


def test_a_difference_is_shown_with_its_place(two):
    (two[1] / "index.html").write_bytes(b"<p>built at noon</p>")
    (line,) = differences(*two)
    assert line.startswith("index.html: differs from byte 8: '<p>built</p>' against")
    with pytest.raises(SourcebookError, match="the two builds differ"):
        check_same(*two)


def test_a_file_more_and_a_longer_file_are_differences(two):
    (two[0] / "data" / "b.csv").write_bytes(b"")
    (two[1] / "data" / "a.csv").write_bytes(b"x\n1\n2\n")
    lines = list(differences(*two))
    assert [line.split(":")[0] for line in lines] == ["data/a.csv", "data/b.csv"]
    assert "only in" in lines[1]


def test_downloads_are_held_against_the_manifest(two):
    assert check_manifest(two[0]) == check_manifest(two[0] / "data") == 1
    (two[0] / "data" / "a.csv").write_bytes(b"x\n2\n")
    (two[0] / "data" / "b.csv").write_bytes(b"")
    with pytest.raises(SourcebookError, match=r"a\.csv: not the file.*\nb\.csv: not l"):
        check_manifest(two[0])


def test_a_folder_without_a_book_is_refused(tmp_path):
    with pytest.raises(SourcebookError, match=r"no manifest\.json\n  fix: make book"):
        check_manifest(tmp_path)
    with pytest.raises(SourcebookError, match="no such folder"):
        check_same(tmp_path, tmp_path / "none")


def test_each_copy_has_its_environment_in_a_place_of_its_own(tmp_path):
    code = "import sys, sysconfig; print(sysconfig.get_path('purelib'))"
    places = []
    for name in ("one", "another place"):
        (tmp_path / name).mkdir()
        command = [_python(tmp_path / name), "-c", code]
        places.append(subprocess.check_output(command, text=True))
        assert places[-1].startswith(str(tmp_path / name))
    assert len(set(places)) == 2


class _Config:
    def __init__(self, place):
        self.settings = {
            "templates_path": [f"{place}/lib/python3.11/site-packages/a/theme", "own"],
            "html_theme_path": ({"deep": Path(place) / "book" / "_static"},),
        }

    def filter(self, kinds):
        assert kinds == {"html"}
        return [SimpleNamespace(name=n, value=v) for n, v in self.settings.items()]


def test_the_note_of_the_settings_does_not_know_where_anything_lies():
    one = settings_digest(_Config("/a/.venv"), Path("/a/.venv/book"))
    other, changed = _Config("/b c/d/env"), _Config("/b c/d/env")
    assert settings_digest(other, Path("/b c/d/env/book")) == one
    changed.settings["templates_path"][1] = "other"
    assert settings_digest(changed, Path("/b c/d/env/book")) != one
