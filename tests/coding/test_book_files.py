"""A book is found from below; what is no file in it is named; files are put whole."""

from __future__ import annotations

import os
import re
import resource

import pytest

from sourcebook.coding.book_files import find_root, put, refuse_unreadable
from sourcebook.errors import SourcebookError


@pytest.fixture
def book(tmp_path):
    """Return the folder of a book with a file in each of its folders."""
    for name in ("seeds", "book", "notebooks"):
        (tmp_path / name / "deep").mkdir(parents=True)
        (tmp_path / name / "deep" / "a.txt").touch()
    (tmp_path / "_toc.yml").touch()
    return tmp_path


def test_the_nearest_folder_with_seeds_and_contents_is_the_book(book):
    inner = book / "book" / "deep"
    (inner / "seeds").mkdir()
    assert find_root(inner) == find_root(inner / "seeds") == book.resolve()
    (inner / "_toc.yml").symlink_to("nowhere")  # a damaged book is one
    assert find_root(inner) == inner.resolve()


def test_outside_a_book_there_is_none(tmp_path):
    (tmp_path / "_toc.yml").touch()
    with pytest.raises(
        SourcebookError, match=r"not inside a book(.|\n)*sourcebook init FOLDER"
    ):
        find_root(tmp_path)


def test_a_book_that_can_be_read_is_let_pass(book):
    (book / "seeds" / ".#a.yml").symlink_to("nowhere")  # an editor's own
    refuse_unreadable(book)


def test_what_is_no_file_is_named_in_order(book):
    os.mkfifo(book / "notebooks" / "pipe")
    for name in ("z.txt", "seeds/deep/lost", "book/a.md", "seeds/deep/b.txt"):
        (book / name).symlink_to("nowhere")
    names = (
        "book/a.md",
        "notebooks/pipe",
        "seeds/deep/b.txt",
        "seeds/deep/lost",
        "z.txt",
    )
    said = "no file, but a link to nowhere, a pipe, a socket or a device"
    told = "\n".join(f"{name}: {said}" for name in names)
    with pytest.raises(SourcebookError, match=f"^{re.escape(told)}\n  fix: put the"):
        refuse_unreadable(book)


def test_a_folder_in_the_place_of_a_file_is_named(book):
    (book / "_config.yml").mkdir()
    with pytest.raises(SourcebookError, match=r"^_config\.yml: a folder\n  fix: put"):
        refuse_unreadable(book)


def test_a_file_that_is_the_same_is_left_alone(tmp_path):
    path = tmp_path / "file"
    put(path, b"one")
    before = path.stat().st_mtime_ns
    assert not put(path, b"one")
    assert path.stat().st_mtime_ns == before
    assert put(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_nothing_by_halves(tmp_path):
    """What was there stays; the half that was written goes."""
    path = tmp_path / "file"
    put(path, b"one")
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3, limit[1]))
    try:
        with pytest.raises(OSError, match="too large") as caught:
            put(path, b"three")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"one"
    assert caught.value.filename == str(path)  # which the system does not say
