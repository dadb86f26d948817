"""A text taken out anew keeps what still fits, and tells what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up_book import cut_in_two

from sourcebook.authoring import new_collection as collection
from sourcebook.authoring.add import write_unrun
from sourcebook.authoring.book_parts import reread
from sourcebook.authoring.new_collection import EXAMPLE, begin
from sourcebook.checking.book_check import look
from sourcebook.coding.sheets import load_sheet
from sourcebook.errors import SourcebookError

ROOT = Path(__file__).parents[2]
TEXT = """A museum and its visitors
1 March 2024
The town museum counted 1,200 visitors in 2023.
"""


@pytest.fixture(params=["whole", "cut"])
def book(request, tmp_path, monkeypatch):
    """A book with one source, its sheet in one file or in two."""
    monkeypatch.setattr(collection, "_bring_engine", lambda *_: None)
    monkeypatch.setattr(collection, "run_or_write", lambda p: write_unrun(p) or [])
    begin(tmp_path / "book", title="Visits", author="Us", like=ROOT)
    if request.param == "cut":
        cut_in_two(tmp_path / f"book/seeds/{EXAMPLE}.yml", "visitors-2023")
    return tmp_path / "book"


def _copy(book, text):
    path = book.parent / "copy.txt"
    path.write_text(text, encoding="utf-8")
    return path


def _files(book):
    return {path.name: path.read_bytes() for path in (book / "seeds").iterdir()}


def test_what_still_fits_is_kept(book):
    claims = load_sheet(book / "seeds" / f"{EXAMPLE}.yml")[0].claims
    told = reread(book, EXAMPLE, _copy(book, TEXT.replace("The town", "Our town")))
    assert "removed seeds/000_example.txt" in told
    sheet = load_sheet(book / "seeds" / f"{EXAMPLE}.yml")[0]
    assert sheet.claims == claims
    assert sheet.file == f"000_{sheet.sha256[:16]}.txt"
    assert "Our town" in (book / "seeds" / sheet.file).read_text(encoding="utf-8")
    assert not look(book).faults


def test_what_no_longer_fits_is_told_and_all_is_as_it_was(book):
    before = _files(book)
    with pytest.raises(SourcebookError, match="quote not found") as caught:
        reread(book, EXAMPLE, _copy(book, TEXT.replace("1,200", "1,300")))
    assert "--anyway" in str(caught.value)
    assert _files(book) == before
    told = reread(book, EXAMPLE, _copy(book, TEXT.replace("1,200", "9")), anyway=True)
    assert any("quote not found" in line for line in told)


def test_a_text_that_comes_out_the_same_is_nothing_to_do(book):
    with pytest.raises(SourcebookError, match="comes out as it is"):
        reread(book, EXAMPLE)
