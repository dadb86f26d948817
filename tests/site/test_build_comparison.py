"""Two builds are the same or the difference is shown; downloads are as listed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sourcebook.data.export import sha256
from sourcebook.errors import SourcebookError
from sourcebook.site import build_comparison
from sourcebook.site.build_comparison import (
    _python,
    build_under,
    check_alike,
    check_manifest,
    check_same,
    differences,
)
from sourcebook.site.build_hooks import settings_digest


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


def test_of_a_long_line_only_what_is_around_the_difference_is_shown(two):
    for folder, byte in zip(two, (b"1", b"2"), strict=True):
        (folder / "index.html").write_bytes(b"<" * 40 + b"b" * 30 + byte + b"a" * 40)
    around = [f"'{'b' * 30}{byte}{'a' * 29}'" for byte in "12"]
    said = f"index.html: differs from byte 70: {' against '.join(around)}"
    assert [*differences(*two)] == [said]


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


PAGE = '<p>{}</p><a class="sb-claim x">a</a><a class="sb-claim">b</a>'


def _page(side, words, name="index.html"):
    (side / name).write_text(PAGE.format(words), encoding="utf-8")


def test_sites_of_other_libraries_are_alike_in_what_is_ours(two):
    for side, words in zip(two, ("old", "new"), strict=True):
        _page(side, words)
    said = check_alike(*two)
    assert said.startswith("1 pages, 2 data files, 0 cards, 2 links to claims,")
    with pytest.raises(SourcebookError, match="differs from byte"):
        check_same(*two)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda to: _page(to, '<i class="sb-card">'),
            "l: 0 sb-card against 1",
        ),
        (lambda to: _page(to, "", "more.html"), "more.html: in one of them only"),
        (lambda to: (to / "data" / "a.csv").write_bytes(b""), "a.csv: differs from"),
    ],
    ids=["card", "page", "data"],
)
def test_what_is_ours_and_not_alike_is_shown(two, change, fault):
    for side in two:
        _page(side, "")
    change(two[1])
    with pytest.raises(SourcebookError, match=fault):
        check_alike(*two)


def test_another_python_builds_a_copy_from_settings_that_are_written_first(
    two, monkeypatch, tmp_path
):
    root, ran = tmp_path / "book", []
    two[0].rename(root)
    (root / "_build").mkdir()
    shutil.copytree(two[1], root / build_comparison.SITE)

    def run(command, copy, env):
        assert copy != root
        assert {"SOURCE_DATE_EPOCH"} == env.keys()
        ran.append(command)
        if "sphinx" in command[1:3]:
            shutil.copytree(two[1], copy / build_comparison.SITE)

    monkeypatch.setattr(build_comparison, "_run", run)
    monkeypatch.setattr(build_comparison, "commit_time", lambda _: "0")
    assert build_under(root, Path("python3")).startswith("1 pages")
    (_, _, _, *configure, copy), (python, *build, _) = ran
    assert configure == ["config", "sphinx"]
    assert "-W" in build
    assert build[-1] == copy
    assert Path(python).is_absolute()


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


def test_pages_of_one_site_alone_are_told_in_order(two):
    for number in range(9):
        (two[number % 2] / f"{number}.html").write_bytes(b"<p>built</p>")
    with pytest.raises(SourcebookError) as caught:
        check_alike(*two)
    told = [line for line in str(caught.value).splitlines() if "in one of" in line]
    assert [line.split(".html")[0].strip() for line in told] == list("012345678")


def test_a_copy_that_was_not_built_shows_the_last_that_was_said(tmp_path):
    say = [sys.executable, "-c", "print(*range(99), sep='\\n'); raise SystemExit(1)"]
    with pytest.raises(SourcebookError) as caught:
        build_comparison._run(say, tmp_path, {})
    last = [*map(str, range(99))][-build_comparison.SHOWN :]
    assert str(caught.value).splitlines() == ["a copy of the book was not built", *last]
