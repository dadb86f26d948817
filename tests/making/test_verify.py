"""Two builds are the same or the difference is shown; downloads are as listed."""

from __future__ import annotations

import json

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.making.package import sha256
from sourcebook.making.verify import check_manifest, check_same, differences


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
