"""Whatever was published and reads otherwise now is in the log, with its reason."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook import __version__
from sourcebook.comparing import corrections as module
from sourcebook.comparing.corrections import (
    NOW,
    REASONS,
    check_reasons,
    corrections,
    newest,
)
from sourcebook.comparing.public_record import load_record
from sourcebook.comparing.questions import answer_all
from sourcebook.comparing.release_changes import RECORDS, as_lines, load_records
from sourcebook.errors import SourcebookError

OLD = {
    ("claim", "acme-2021/sales"): {"quote": "rose to 14", "when": "2021"},
    ("claim", "acme-2021/gone"): {"quote": "it was so"},
    ("question", "gas/q"): {"asks": "How?", "why": "So."},
    ("question", "gas/same"): {"asks": "Who?"},
}
NEW = {
    ("claim", "acme-2021/sold"): {"quote": "rose to around 14", "when": "2021"},
    ("claim", "acme-2021/more"): {"quote": "new ones are no corrections"},
    ("question", "gas/q"): {"asks": "How?", "why": "Thus.", "answer": "By ship."},
    ("question", "gas/same"): {"asks": "Who?"},
}
KNOWN = {
    ("claim", "acme-2021/sales"): "acme-2021/sold",
    ("claim", "acme-2021/sold"): "acme-2021/sold",
    ("question", "gas/q"): "gas/q",
}
PAIR = ("gas/q", "acme-2021/sales", "bob-2021/x")
MOVED = ("gas/q", "acme-2021/sold", "bob-2021/x")


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Return a book with a release on record, and what it says now."""
    put(tmp_path, "0.1.0", OLD, {PAIR: "agrees"})
    now = {"items": NEW, "relations": {MOVED: "contradicts"}}
    monkeypatch.setattr(module, "present_items", lambda *_: now["items"])
    monkeypatch.setattr(module, "present_relations", lambda _: now["relations"])
    monkeypatch.setattr(module, "led_on", lambda *_: KNOWN)
    return SimpleNamespace(root=tmp_path, claims=(), now=now)


def put(root, version, items, relations):
    folder = root / RECORDS
    folder.mkdir(parents=True, exist_ok=True)
    rows = [f"{','.join(pair)},{relation}\n" for pair, relation in relations.items()]
    table = "".join(["question,a,b,relation\n", *rows])
    (folder / f"{version}.csv").write_text(table, encoding="utf-8")
    (folder / f"{version}.jsonl").write_bytes(as_lines(items))


def log(book, version="0.2.0"):
    found = corrections(book, (), None, version=version)
    return [(c.what, c.id, c.field, c.old, c.new) for c in found]


def test_old_and_new_stand_side_by_side(book):
    assert log(book) == [
        ("claim", "acme-2021/sales", "id", "acme-2021/sales", "acme-2021/sold"),
        ("claim", "acme-2021/sales", "quote", "rose to 14", "rose to around 14"),
        ("claim", "acme-2021/gone", "id", "acme-2021/gone", ""),
        ("question", "gas/q", "why", "So.", "Thus."),
        ("relation", "gas/q", "acme-2021/sales – bob-2021/x", "agrees", "contradicts"),
    ]


def test_a_field_that_the_older_record_knew_nowhere_is_no_correction(book):
    assert not [row for row in log(book) if row[2] == "answer"]


def test_what_did_not_change_is_not_in_it(book):
    book.now["items"], book.now["relations"] = OLD, {PAIR: "agrees"}
    assert log(book) == []


def test_a_step_between_old_releases_has_the_names_of_its_time(book):
    """A claim that gets another name later is not gone in the releases before."""
    put(book.root, "0.2.0", OLD, {PAIR: "agrees"})
    found = corrections(book, (), None, version="0.3.0")
    assert {c.since for c in found} == {"0.2.0"}


def test_reasons_are_kept_beside_the_record_and_not_asked_of_git(book):
    folder = book.root / REASONS
    folder.mkdir()
    table = (
        "why,what,ids\nA hedge,claim,acme-2021/sold acme-2021/no\nTwo,question,gas/q\n"
    )
    (folder / "0.2.0.csv").write_text(table, encoding="utf-8")
    found = corrections(book, (), None, version="0.2.0")
    why = {(c.what, c.field): c.why for c in found if c.id != "acme-2021/gone"}
    assert why["claim", "quote"] == "A hedge"
    assert why["question", "why"] == "Two"
    assert why["relation", "acme-2021/sales – bob-2021/x"] == "Two"


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("0.1.0", "So,claim,acme-2021/sold acme-2021/gone\nTwo,question,gas/q\n", []),
        ("0.1.0", "So,claim,acme-2021/sol\n", ["never was a claim 'acme-2021/sol'"]),
        ("0.1.0", "So,clam,acme-2021/sold gas/q\n", ["'clam' is none of claim, fact"]),
        ("0.1.0", ",claim,acme-2021/sold\n", ["no reason @ row 1"]),
        ("0.1.0", "So,claim,\nSo,question,gas/q\n", ["no ids @ row 1"]),
        (
            "0.1.0",
            "So,question,gas/q\nSo,question,gas/q gas/x\n",
            ["gas/q has this reason already @ row 2", "'gas/x' @ row 2"],
        ),
        ("0.2.0", "So,claim,acme-2021/sold\n", ["no record of such a release"]),
    ],
)
def test_a_table_of_reasons_names_a_release_and_what_there_is(book, name, rows, said):
    (book.root / REASONS).mkdir()
    table = book.root / REASONS / f"{name}.csv"
    table.write_text(f"why,what,ids\n{rows}", encoding="utf-8")
    try:
        check_reasons(load_records(book.root), KNOWN, book.root)
    except SourcebookError as error:
        faults = error.faults
    else:
        faults = ()
    assert len(faults) == len(said)
    for fault, words in zip(faults, said, strict=True):
        assert fault.file == f"{REASONS}/{name}.csv"
        assert words in fault.fault
        assert fault.fix


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"why,what\n", b'why,what,ids\n"', None]
)
def test_a_table_of_reasons_that_is_none_is_told_by_its_name(book, data):
    (book.root / REASONS).mkdir()
    table = book.root / REASONS / "0.1.0.csv"
    table.mkdir() if data is None else table.write_bytes(data)
    with pytest.raises(SourcebookError, match=r"0\.1\.0\.csv: 1 fault(?s:.*)fix: take"):
        check_reasons(load_records(book.root), KNOWN, book.root)


def test_what_lies_beside_a_table_while_it_is_written_is_none(book):
    (book.root / REASONS).mkdir()
    (book.root / REASONS / ".0.1.0.csv.old").touch()
    check_reasons(load_records(book.root), KNOWN, book.root)


def test_what_changed_since_the_one_release_there_is_belongs_to_none_yet(book):
    found = corrections(book, (), None, version="0.1.0")
    assert {(c.since, c.release) for c in found} == {("0.1.0", NOW)}


def test_a_correction_after_the_release_is_told_from_those_before_it(book):
    put(book.root, "0.2.0", NEW, {MOVED: "contradicts"})
    book.now["items"] = NEW | {("question", "gas/same"): {"asks": "Whose?"}}
    found = newest(corrections(book, (), None, version="0.2.0"))
    assert [(c.since, c.release) for c in found[:2]] == [
        ("0.2.0", NOW),
        ("0.1.0", "0.2.0"),
    ]
    assert (found[0].old, found[0].new) == ("Who?", "Whose?")


def test_the_log_of_this_book_has_what_is_known_to_have_changed(corpus, root):
    """One claim that was dated by its interview, in the release before this one."""
    found = corrections(
        corpus, answer_all(corpus), load_record(corpus), version=__version__
    )
    known = {(c.since, c.id, c.field): c for c in found}
    assert root == corpus.root
    assert known["0.2.0", "van-gils-2017/spa-in-negotiations", "when"].old == "2015-10"
    assert all(c.old or c.new for c in found)
