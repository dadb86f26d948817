"""What is open about a draft and about a doubtful place, case by case."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.coding.sources import doubt_faults, draft_faults
from sourcebook.reading.text import clean

LOADED = SimpleNamespace(fault=lambda said, place, fix="": (str(said), place, fix))
KEPT = {"settled": "kept", "why": "seen"}


def _doubts(what, doubt, *places):
    blank = {"settled": "", "why": "", "to": "", "at": "line 1"}
    given = [SimpleNamespace(**blank | {"words": "3", "text": "3"} | p) for p in places]
    whole = {"settled": "", "why": ""} | doubt
    sheet = SimpleNamespace(doubts=[SimpleNamespace(what=what, places=given, **whole)])
    return doubt_faults("acme-2021", sheet, LOADED)


@pytest.mark.parametrize(
    ("what", "doubt", "place", "said"),
    [
        ("raised", {}, {}, "is not settled"),
        ("raised", {"settled": "kept"}, {}, "is settled as kept, without a reason"),
        ("raised", KEPT, {}, ""),
        ("raised", {}, KEPT, ""),
        ("raised", KEPT, {"settled": "dropped", "text": ""}, ""),
        ("raised", KEPT, {"text": "4"}, "is settled as kept, and its text is '4'"),
        ("raised", {}, KEPT | {"settled": "corrected", "to": "4", "text": "4"}, ""),
        ("layout", KEPT, {"text": "another"}, ""),
        ("layout", KEPT | {"settled": "dropped"}, {}, "is settled as dropped: "),
    ],
)
def test_a_place_is_open_until_the_text_is_as_it_was_settled(what, doubt, place, said):
    told = [fault for fault, *_ in _doubts(what, doubt, place)]
    assert [said in fault for fault in told] == [True] * bool(said)
    assert all("\n  fix: " in fault and "more like it" not in fault for fault in told)


def test_of_each_kind_the_first_open_place_is_told_and_the_others_counted():
    ((told, place, _),) = _doubts("struck", {}, KEPT, {"words": "4"}, {"words": "5"})
    assert told.startswith("struck '4' (line 1) is not settled, and 1 more like it: ")
    assert place == ("doubts", 0)


def test_a_draft_may_begin_and_end_where_a_claim_may_not():
    document = clean("It does not sell 12 tons now.", citekey="x")
    drafts = [
        SimpleNamespace(id=name, quote=quote, nth=None)
        for name, quote in (("a", "sell 12 tons"), ("b", "sell 13 tons"), ("b", "now"))
    ]
    sheet = SimpleNamespace(claims=[SimpleNamespace(id="a")], drafts=drafts)
    faults = draft_faults(document, sheet, LOADED)
    told = [(said.removeprefix("x: ").partition(":")[0], at) for said, at, _ in faults]
    assert told == [
        ("repeated id 'a'", ("drafts", 0, "id")),
        ("quote not found", ("drafts", 1, "quote")),
        ("repeated id 'b'", ("drafts", 2, "id")),
    ]
