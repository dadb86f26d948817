"""A book is found from below, and what is no file in it is named before it is read."""

from __future__ import annotations

import os
import re

import pytest

from sourcebook.coding.book_root import find_root, refuse_unreadable
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
