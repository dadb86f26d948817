"""What was read is not read again until something moves, and damage is noticed."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import time
from array import array
from fractions import Fraction
from pathlib import Path

import pytest

from sourcebook.coding import source_cache as keeping
from sourcebook.coding.corpus import read, survey
from sourcebook.coding.sheets import load_actors, load_codebook
from sourcebook.coding.source_cache import KEPT, kept
from sourcebook.errors import Fault, SourcebookError


class Book:
    """A book of one file, and how often that was read."""

    def __init__(self, root):
        self.root, self.file, self.reads = root, root / "a.txt", 0
        self.place = root / KEPT / "a.pickle"

    def read(self, told="", rooms=("reading",)):
        def make():
            self.reads += 1
            return [self.file], self.file.read_text("utf-8")

        return kept(self.place, make, told=told, rooms=rooms)


@pytest.fixture
def book(tmp_path):
    made = Book(tmp_path / "book")
    (made.root / "_build").mkdir(parents=True)
    made.file.write_text("one", "utf-8")
    assert made.read() == "one"
    return made


def test_what_is_as_it_was_is_read_once(book):
    assert (book.read(), book.reads) == ("one", 1)


def test_what_is_kept_comes_back_as_it_was(book):
    told = Fault("a.md", ("b", Fraction(1, 3)), array("q", [1, 2]))
    made = {"told": told, "more": [told, told.place]}

    def make():
        return [], made

    for _ in range(2):
        back = kept(book.place, make, told="record", rooms=("reading",))
        assert back == made
        assert back["told"] is back["more"][0]
        assert type(back["told"].fault[1]) is Fraction
    assert back is not made


class Harm:
    """What a book of others may bring with it, in place of values."""

    def __init__(self, act, *words):
        self.how = act, words

    def __reduce__(self):
        return self.how


@pytest.mark.parametrize("act", [os.mkdir, exec, Path.touch, keeping.kept])
def test_what_is_kept_does_nothing_when_it_is_read(book, act):
    there = book.root / "harm"
    words = {os.mkdir: str(there), exec: f"import os; os.mkdir({str(there)!r})"}
    harm = Harm(act, words.get(act, there))
    data = pickle.dumps({"key": "", "files": [], "made": harm})
    digest = hashlib.sha256(data).hexdigest().encode()
    book.place.write_bytes(digest + b"\n" + data)
    assert (book.read(), book.reads) == ("one", 2)
    assert not there.exists()


def test_another_text_is_read_again(book):
    book.file.write_text("two", "utf-8")
    assert (book.read(), book.reads) == ("two", 2)


def test_what_was_saved_while_it_was_read_is_read_again(book):
    def make():
        read = book.file.read_text("utf-8")
        book.file.write_text("saved meanwhile", "utf-8")
        os.utime(book.file, ns=(time.time_ns(), time.time_ns() + 10**7))
        return [book.file], read

    assert kept(book.place, make, told="new", rooms=("reading",)) == "one"
    assert book.read(told="new") == "saved meanwhile"


def test_so_it_is_where_more_is_told_or_other_code_reads(book, monkeypatch):
    book.read(told="other words")
    book.read(told="other words", rooms=("reading", "coding"))
    assert book.reads == 3
    monkeypatch.setattr(keeping, "_code", lambda _: "new code")
    book.read(told="other words", rooms=("reading", "coding"))
    assert book.reads == 4


@pytest.mark.parametrize("at", [0, 70, -40, -1])
def test_what_is_damaged_is_read_again(book, at):
    data = bytearray(book.place.read_bytes())
    data[at] ^= 1
    book.place.write_bytes(data)
    assert (book.read(), book.reads) == ("one", 2)
    book.place.write_bytes(data[:at])
    assert (book.read(), book.reads) == ("one", 3)


def test_a_copy_of_the_book_looks_at_its_own_files(book, tmp_path):
    copy = Book(shutil.copytree(book.root, tmp_path / "copy"))
    assert (copy.read(), copy.reads) == ("one", 0)
    copy.file.write_text("two", "utf-8")
    assert copy.read() == "two"
    assert book.read() == "one"


def test_a_source_is_read_again_under_another_codebook(root, tmp_path):
    (tmp_path / "_build").mkdir()
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    path, codebook = tmp_path / "seeds/bbc-2025.yml", load_codebook(root)
    assert keeping.kept_source(path, codebook, load_actors(root)).claims
    topics = {name: said for name, said in codebook.topics.items() if name != "rights"}
    less = codebook.model_copy(update={"topics": topics})
    with pytest.raises(SourcebookError, match="unknown topic 'rights'"):
        keeping.kept_source(path, less, load_actors(root))


def test_beside_a_book_that_was_never_built_nothing_is_kept(tmp_path):
    (tmp_path / "a.txt").write_text("one", "utf-8")
    book = Book(tmp_path)
    book.read()
    book.read()
    assert book.reads == 2
    assert not (tmp_path / "_build").exists()


def test_a_further_file_of_a_sheet_is_read_when_it_comes_and_when_it_moves(unfinished):
    root = unfinished.parent.parent
    (root / "_build").mkdir()
    text = unfinished.read_text("utf-8").replace(
        "state: complete", "state: partial, only: some"
    )
    unfinished.write_text(text, "utf-8")
    assert len(read("acme-2021", root=root).waivers) == 1
    part = unfinished.with_name("acme-2021.part-2.yml")
    more = '  - {quote: "It was so.", nth: 1, reason: transition}\n'
    part.write_text(f"waivers:\n{more}", "utf-8")
    assert len(read("acme-2021", root=root).waivers) == 2
    part.write_text(f"waivers:\n{more}{more.replace('1', '2')}", "utf-8")
    assert len(read("acme-2021", root=root).waivers) == 3


def test_a_copy_that_is_told_what_was_read_is_surveyed_without_reading(
    unfinished, tmp_path_factory, monkeypatch
):
    root, copy = unfinished.parents[1], tmp_path_factory.mktemp("copy")
    (root / "_build").mkdir()
    text = unfinished.read_text("utf-8").replace(
        "state: complete", "state: partial, only: some"
    )
    unfinished.write_text(text, "utf-8")
    claims = read("acme-2021", root=root).claims()
    shutil.copytree(root / "seeds", copy / "seeds")
    keeping.bring_kept(root, copy)
    for name in ("source_cache.read_source", "corpus.read_document"):
        monkeypatch.setattr(f"sourcebook.coding.{name}", None)
    assert tuple(survey(copy).claims.values()) == claims
