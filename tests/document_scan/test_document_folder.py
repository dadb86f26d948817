"""Which files are documents, and which are refused and why."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from document_scan import ScanError
from document_scan.document_folder import Refused, Text, find_documents, read_texts


def test_documents_are_found_below_the_folder_and_in_order(folder):
    (folder / "notes.pdf").write_bytes(b"%PDF")
    (folder / ".hidden.txt").write_text("no")
    (folder / ".git").mkdir()
    (folder / ".git" / "d.txt").write_text("no")
    (folder / "old" / "Makefile").write_text("no")
    found, refused, others = find_documents(folder)
    assert (found, refused) == (["a.txt", "b.md", "old/c.TXT"], [])
    assert others == {".pdf": 1, "no ending": 1}


def test_there_must_be_a_folder_with_something_to_read(tmp_path):
    with pytest.raises(ScanError, match=r"no folder .*nowhere\n  fix: "):
        find_documents(tmp_path / "nowhere")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(ScanError, match=r"no document in .*\n  fix: "):
        find_documents(tmp_path)


def test_links_are_not_followed(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("5%")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "below").symlink_to(outside)
    (folder / "round").symlink_to(folder)
    names, refused, _ = find_documents(folder)
    assert names == ["a.txt", "b.md", "old/c.TXT"]
    assert [each.name for each in refused] == ["below", "link.txt", "round"]
    assert all("link" in each.reason for each in refused)


def test_a_folder_that_cannot_be_listed_is_named(folder, monkeypatch):
    def scandir(path):
        if os.fspath(path).endswith("old"):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return listed(path)

    listed = os.scandir
    monkeypatch.setattr(os, "scandir", scandir)
    names, refused, _ = find_documents(folder)
    assert names == ["a.txt", "b.md"]
    assert [str(each) for each in refused] == [
        "old cannot be listed: Permission denied"
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"caf\xe9 5%", "could not be read: not UTF-8 at byte 3 (0xe9); likely"),
        (b"", "could not be read: holds no words; fix: name a document with a"),
        (b" \n", "could not be read: holds no words; fix: name a document with"),
        (b"\x7fELF\0\0", "could not be read: a program under the name of a text;"),
        (b"It rose. " * 60_000_00, "is larger than 4 MB, which is no one document"),
    ],
    ids=["latin-1", "empty", "blank", "binary", "54 MB"],
)
def test_a_file_that_is_no_text_is_refused_and_the_others_are_read(
    content, reason, folder, run
):
    (folder / "a.txt").write_bytes(content)
    report, _ = run()
    (refused,) = report.refused
    assert refused.name == "a.txt"
    assert refused.reason.startswith(reason)
    assert report.mentions["numbers"] == 2


def test_a_file_that_goes_or_is_none_is_refused(folder):
    os.mkfifo(folder / "pipe.txt")
    read = read_texts(folder, ["gone.txt", "pipe.txt"])
    assert [each.reason for each in read] == ["is not a file", "is not a file"]


def test_a_file_that_may_not_be_opened_is_refused(folder, monkeypatch):
    def closed(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    (refused,) = read_texts(folder, ["a.txt"])
    assert refused.reason == "cannot be opened: Permission denied"


def test_names_cannot_harm_the_terminal(folder):
    names = ["a\nb.txt", "\u202etxt.exe.md", "x..\x1b[2J.txt", "‘ok’ é.txt"]
    for name in names:
        (folder / name).write_text("It rose.\n", encoding="utf-8")
    bad = os.fsdecode(b"caf\xe9.txt")
    (folder / bad).write_text("It rose.\n", encoding="utf-8")
    found, _, _ = find_documents(folder)
    read = {each.name: each for each in read_texts(folder, found)}
    assert set(names) < set(read)
    assert all(isinstance(read[name], Text) for name in names)
    assert str(read[bad]) == "caf\\udce9.txt has a name that is not UTF-8"
    assert str(Refused("a\nb\u202e\x1b.txt", "is empty")) == (
        r"a\nb\u202e\x1b.txt is empty"
    )
