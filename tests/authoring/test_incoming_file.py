"""A document comes in as one plain file of a known kind, or one error says why not."""

from __future__ import annotations

import os

import pytest

from sourcebook.authoring.incoming_file import MOST_BYTES, take_in
from sourcebook.errors import SourcebookError


def test_a_file_is_taken_in_as_it_is(file):
    incoming = take_in(file("Report.PDF", b"%PDF"))
    assert (incoming.name, incoming.kind, incoming.data) == (
        "Report.PDF", ".pdf", b"%PDF",
    )  # fmt: skip


def test_what_is_no_file_of_its_own_is_refused(file, tmp_path):
    file("a.txt", b"A")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "c.txt").mkdir()
    os.mkfifo(tmp_path / "d.txt")
    for name, fault in [
        ("b.txt", "a link to another file"),
        ("c.txt", "a folder"),
        ("d.txt", "not a file"),
        ("aa.txt", "No such file or directory; did you mean 'a.txt'"),
        ("a.txt/e.txt", "Not a directory"),
    ]:
        with pytest.raises(SourcebookError, match=fault) as caught:
            take_in(tmp_path / name)
        assert f"{name}: " in str(caught.value)
        assert "\n  fix: " in str(caught.value)


def test_an_unknown_kind_an_empty_file_and_a_huge_one_are_refused(file, tmp_path):
    for name, data, fault in [
        ("a.odt", b"A", "end in '.odt' are not read"),
        ("README", b"A", "end in 'nothing' are not read"),
        ("a.txt", b"", "a.txt: empty"),
    ]:
        with pytest.raises(SourcebookError, match=fault):
            take_in(file(name, data))
    with (tmp_path / "huge.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    with pytest.raises(
        SourcebookError, match=r"huge.txt: 50 MB, and the most is 20 MB"
    ):
        take_in(tmp_path / "huge.txt")
    assert MOST_BYTES == 20_000_000
