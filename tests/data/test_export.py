"""The data files: all of them, the same bytes each time, and no text of a source."""

from __future__ import annotations

import json
from typing import Any

from sourcebook.coding.book_files import DOWNLOADS
from sourcebook.data.export import export_contents, write_exports


def _answers(make, small) -> list[Any]:
    return [make.answer("z/2", *small.claims), make.answer("a/1", *small.claims)]


def test_the_same_files_with_the_same_bytes(make, small) -> None:
    answers = _answers(make, small)
    paths = write_exports(small, answers, small.root / "one")
    assert tuple(path.name for path in paths) == DOWNLOADS == tuple(sorted(DOWNLOADS))
    others = write_exports(small, answers[::-1], small.root / "two")
    for path, other in zip(paths, others, strict=True):
        content = path.read_bytes()
        assert content == other.read_bytes()
        assert content.endswith(b"\n")
        assert b"\r" not in content
    written = sorted(path.name for path in (small.root / "one").iterdir())
    assert written == list(DOWNLOADS)


def test_what_was_kept_is_what_would_be_worked_out(make, small) -> None:
    answers = _answers(make, small)
    (small.root / "_build").mkdir()  # beside a book that was built once
    plain = export_contents(small, answers)
    assert export_contents(small, answers, state="a") == plain
    assert export_contents(small, [], state="a") == plain  # asked by its state alone
    assert export_contents(small, [], state="b") == export_contents(small, []) != plain


def test_rows_are_sorted(make, small, tmp_path) -> None:
    write_exports(small, _answers(make, small), tmp_path)
    claims = json.loads((tmp_path / "claims.json").read_text(encoding="utf-8"))
    relations = json.loads((tmp_path / "relations.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in claims] == ["acme-2021/a-first", "acme-2021/sales"]
    assert [row["question"] for row in relations] == ["a/1", "z/2"]


def test_letters_are_kept_as_they_are(make, small, tmp_path) -> None:
    small.claims = (make.claim(quote="“the EU’s” €5", exact="“the EU’s” €5"),)
    for path in write_exports(small, [], tmp_path):
        if path.name.startswith("claims."):
            assert "“the EU’s” €5" in path.read_text(encoding="utf-8"), path.name


def test_a_file_that_is_the_same_is_left_alone(small, tmp_path) -> None:
    (path, *_) = write_exports(small, [], tmp_path / "of" / "ours")
    before = path.stat().st_mtime_ns
    write_exports(small, [], tmp_path / "of" / "ours")
    assert path.stat().st_mtime_ns == before
    path.write_text("old")
    write_exports(small, [], path.parent)
    assert path.read_text(encoding="utf-8") != "old"


def test_what_was_not_quoted_is_not_published(make, small, tmp_path) -> None:
    for path in write_exports(small, _answers(make, small), tmp_path):
        assert "long sentence" not in path.read_text(encoding="utf-8"), path.name
