"""What leaves the book takes its traces along; what rests on it is told, and stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up_book import cut_in_two

from sourcebook.authoring import book_parts as departures
from sourcebook.authoring import new_collection as collection
from sourcebook.authoring.add import write_unrun
from sourcebook.authoring.book_parts import named, remove, rename
from sourcebook.authoring.new_collection import EXAMPLE, begin
from sourcebook.checking.book_check import look
from sourcebook.errors import SourcebookError

ROOT = Path(__file__).parents[2]
CLAIM = f"{EXAMPLE}/visitors-2023"
QUESTIONS = """title: Visitors
questions:
  - id: many
    asks: Did many come?
    claims: [example-2024/visitors-2023]
"""


def _tree(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "_build" not in path.parts
    }


def _naming(root, words):
    """Return the files that say a word, but for what tells how to go on."""
    said = words.encode()
    names = [
        name for name, data in _tree(root).items() if said in data or words in name
    ]
    return [name for name in names if name != "README.md"]


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A collection with one example, made without an engine, a kernel or outputs."""
    monkeypatch.setattr(collection, "_bring_engine", lambda *_: None)
    for module in (collection, departures):
        monkeypatch.setattr(
            module, "run_or_write", lambda pair: write_unrun(pair) or []
        )
    begin(tmp_path / "book", title="Visits", author="Us", like=ROOT)
    assert not look(tmp_path / "book").faults
    return tmp_path / "book"


def test_a_source_goes_with_all_it_brought(book):
    told = remove(book, EXAMPLE)
    assert "removed seeds/000_example.txt" in told
    assert "edited _toc.yml" in told
    assert _naming(book, EXAMPLE) == []
    assert not look(book).faults
    assert "seeds/000_example.txt" not in _tree(book)


def test_an_emptied_list_of_sections_goes_from_the_contents_too(book):
    toc = book / "_toc.yml"
    nested = (
        "      - file: book/claims\n        sections:\n          - file: book/claims/"
    )
    text = toc.read_text(encoding="utf-8")
    text = text.replace("      - file: book/claims\n      - file: book/claims/", nested)
    toc.write_text(text, encoding="utf-8")
    remove(book, EXAMPLE)
    assert "sections" not in toc.read_text(encoding="utf-8")


def test_what_rests_on_a_claim_is_told_and_nothing_changes(book):
    before = _tree(book)
    with pytest.raises(SourcebookError, match="because this rests on it") as caught:
        remove(book, CLAIM)
    assert f"notebooks/text/sources/{EXAMPLE}.md" in str(caught.value)
    assert "visitors-2023" in str(caught.value)
    assert "--anyway" in str(caught.value)
    assert _tree(book) == before


def test_a_claim_goes_anyway_and_what_is_to_settle_is_told(book):
    told = remove(book, CLAIM, anyway=True)
    assert any(line.startswith("to settle: ") for line in told)
    sheet = (book / "seeds" / f"{EXAMPLE}.yml").read_text(encoding="utf-8")
    assert "visitors" not in sheet.replace("A museum and its visitors", "").replace(
        "How the visitors were counted", ""
    )
    assert "waivers:" in sheet


def test_a_source_takes_another_name_everywhere(book):
    told = rename(book, EXAMPLE, "museum-2024")
    assert any(
        "moved seeds/example-2024.yml to seeds/museum-2024.yml" in t for t in told
    )
    assert _naming(book, EXAMPLE) == []
    assert "notebooks/sources/museum-2024.ipynb" in _tree(book)
    assert not look(book).faults


def test_a_claim_takes_another_name_everywhere(book):
    rename(book, CLAIM, "came-in-2023")
    assert _naming(book, "visitors-2023") == []
    assert named(book, f"{EXAMPLE}/came-in-2023").what == "claim"
    assert not look(book).faults


def test_a_chapter_takes_another_name_and_words_of_prose_stay(book):
    page = book / "book" / "index.md"
    questions = book / "book" / "questions" / "visits.yml"
    questions.write_text("title: Visits\n", encoding="utf-8")
    words = "\nOf visits: see [it](../notebooks/synthesis/visits.ipynb).\n"
    page.write_text(page.read_text(encoding="utf-8") + words, encoding="utf-8")
    rename(book, "visits", "guests", anyway=True)
    assert words.replace("/visits.", "/guests.") in page.read_text(encoding="utf-8")
    assert not questions.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda book: remove(book, EXAMPLE),
        lambda book: rename(book, EXAMPLE, "new-2024"),
    ],
    ids=["remove", "rename"],
)
def test_what_fails_on_the_way_is_undone_whole(book, monkeypatch, change):
    before = _tree(book)

    def broken(*_):
        raise SourcebookError("the disk is full")

    real, asked = departures.look, []
    monkeypatch.setattr(departures, "run_or_write", broken)
    monkeypatch.setattr(
        departures,
        "look",
        lambda root: broken() if asked else asked.append(1) or real(root),
    )
    with pytest.raises(SourcebookError, match="disk is full"):
        change(book)
    assert _tree(book) == before


@pytest.mark.parametrize("name", ["nobody-2024", f"{EXAMPLE}/nothing", "../seeds"])
def test_what_is_not_there_is_told(book, name):
    with pytest.raises(SourcebookError, match="fix: "):
        named(book, name)


def test_a_name_that_is_taken_is_refused(book):
    with pytest.raises(SourcebookError, match="already"):
        rename(book, EXAMPLE, EXAMPLE)


def test_an_entry_of_the_same_id_in_another_part_stays():
    claims, drafts = "claims:\n  - id: sales\n    kind: quantity\n", "drafts:\n"
    other = "  - id: sales\n    kind: event\n"
    kept = departures._without_entry(f"{claims}{drafts}{other}", "sales")
    assert kept == f"claims:\n{drafts}{other}"


def test_what_stands_in_a_further_file_of_a_sheet_goes_and_moves_like_the_rest(book):
    part = cut_in_two(book / "seeds" / f"{EXAMPLE}.yml", "visitors-2023")
    assert not look(book).faults
    rename(book, CLAIM, "came-2023")
    assert "- id: came-2023\n" in part.read_text(encoding="utf-8")
    remove(book, f"{EXAMPLE}/came-2023", anyway=True)
    assert "came-2023" not in part.read_text(encoding="utf-8")
    rename(book, EXAMPLE, "visits-2024", anyway=True)
    assert _naming(book, f"{EXAMPLE}.part") == []
    assert (book / "seeds" / "visits-2024.part-2.yml").is_file()
    assert "removed seeds/visits-2024.part-2.yml" in remove(book, "visits-2024")
