"""A doubtful place of a file is asked for until it is settled, and the text follows."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sourcebook.authoring import new_collection as collection
from sourcebook.authoring.add import write_unrun
from sourcebook.authoring.book_parts import reread
from sourcebook.authoring.marked import Doubt as Found
from sourcebook.authoring.new_collection import EXAMPLE, begin
from sourcebook.authoring.sheet_writing import (
    decided_in,
    doubts_text,
    gathered,
    told_doubts,
)
from sourcebook.checking.book_check import look
from sourcebook.coding.schema import Doubt
from sourcebook.coding.sheets import load_sheet
from sourcebook.errors import SourcebookError

ROOT = Path(__file__).parents[2]
PAGE = """<main><h1>A museum and its visitors</h1><p>1 March 2024</p>
<p>The town museum counted 1,200 visitors in 2023.</p>
<p>It has 12<sup>3</sup> rooms, <s>15</s> and <s>16</s> doors.</p></main>"""


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Return a book whose one source was taken from a page with doubtful places."""
    monkeypatch.setattr(collection, "_bring_engine", lambda *_: None)
    monkeypatch.setattr(collection, "run_or_write", lambda p: write_unrun(p) or [])
    root = tmp_path / "book"
    begin(root, title="Visits", author="Us", like=ROOT)
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    reread(root, EXAMPLE, page, anyway=True)
    return root


def _sheet(book):
    return book / "seeds" / f"{EXAMPLE}.yml"


def _settle(book, *changes):
    sheet = _sheet(book).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in sheet
        sheet = sheet.replace(old, new)
    _sheet(book).write_text(sheet, encoding="utf-8")


def _told(book):
    faults = [fault for fault in look(book).faults if "doubts" in fault.place]
    assert all(fault.fix for fault in faults)
    assert all(fault.line > 1 for fault in faults)
    return [f"{fault.place}: {fault.fault}" for fault in faults]


def _text(book):
    sheet = load_sheet(_sheet(book))[0]
    return (book / "seeds" / sheet.file).read_text(encoding="utf-8")


def test_check_asks_for_each_kind_until_it_is_settled_with_a_reason(book):
    first, second = _told(book)
    assert first.startswith("doubts[0]: raised '³' (line 3 of the file; line 7 of the")
    assert "is not settled" in first
    assert "struck '15'" in second
    assert "and 1 more like it" in second
    _settle(book, ('settled: ""', 'settled: "dropped"'))
    assert [told.count("without a reason") for told in _told(book)] == [1, 1]


def test_the_text_is_made_anew_as_it_was_settled(book):
    _settle(
        book,
        ('settled: ""', 'settled: "dropped"'),
        ('why: ""', 'why: "a note, and slips"'),
        ('words: "16", text: ""', 'words: "16", text: "", settled: kept, why: "seen"'),
    )
    told = _told(book)
    assert "doubts[0]: raised '³'" in told[0]
    assert "is settled as dropped, and its text is '³'" in told[0]
    assert "struck '16'" in told[1]
    assert "is settled as kept, and its text is ''" in told[1]
    reread(book, EXAMPLE, anyway=True)
    assert "It has 12 rooms, and 16 doors.\n" in _text(book)
    assert _told(book) == []
    with pytest.raises(SourcebookError, match="the text comes out as it is"):
        reread(book, EXAMPLE)


def test_one_place_is_corrected(book):
    _settle(
        book,
        ('settled: ""', 'settled: "dropped"'),
        ('why: ""', 'why: "slips"'),
        ('text: "³"', 'text: "³", settled: corrected, to: "^3", why: "a power"'),
    )
    reread(book, EXAMPLE, anyway=True)
    assert "It has 12^3 rooms, and doors.\n" in _text(book)
    assert _told(book) == []


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ({"what": "strange-type"}, "unknown 'strange-type'"),
        ({"settled": "corrected"}, "place by place"),
        (
            {"places": ({"at": "1", "words": "a", "settled": "corrected"},)},
            "needs `to:`",
        ),
        ({"places": ({"at": "1", "words": "a", "to": "b"},)}, "needs `to:`"),
        ({"places": ()}, "at least 1 item"),
    ],
)
def test_a_doubt_without_sense_is_no_doubt(field, fault):
    given = {"what": "raised", "places": ({"at": "1", "words": "a"},)} | field
    with pytest.raises(ValueError, match=fault):
        Doubt.model_validate(given)


def test_doubts_are_gathered_by_kind_and_come_back_from_the_sheet():
    found = [
        Found("struck", "line 1", "8", "", "sold … tons"),
        Found("raised", "line 2", "³", "³"),
        Found("struck", "line 3", "8", "8", 'a "quoted" # word'),
    ]
    groups = gathered(found)
    assert [group.what for group in groups] == ["raised", "struck"]
    again = yaml.safe_load(doubts_text(groups))["doubts"]
    assert [Doubt.model_validate(each) for each in again] == groups
    assert decided_in(groups) == {}
    first, second = told_doubts(groups)
    assert first.startswith("1 × raised (a figure set above the line")
    assert second.endswith("the first: '8', line 1")
    again[1]["settled"], again[1]["why"] = "dropped", "slips"
    again[1]["places"][1] |= {"settled": "corrected", "to": "eight"}
    held = [Doubt.model_validate(each) for each in again]
    assert decided_in(held) == {("struck", "8", 1): "", ("struck", "8", 2): "eight"}
    assert gathered(found, before=held)[1] == held[1]


def test_a_text_without_doubts_has_no_part_on_them():
    assert doubts_text([]) == ""
