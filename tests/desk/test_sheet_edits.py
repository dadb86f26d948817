"""An edit writes what was meant, and leaves every other byte of the file alone."""

from __future__ import annotations

import difflib
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sourcebook.coding.sheets import load_yaml
from sourcebook.desk.sheet_edits import (
    add_entry,
    change_entry,
    drop_entry,
    field_lines,
    set_sign,
)
from sourcebook.errors import SourcebookError

SHEET = """\
# A sheet with everything a person may write.
file: acme.txt   # the file
claims:
  # the first
  - id: sales
    kind: quantity   # why a quantity
    quote: "rose to 14 tons"
    actors: [Acme,
      "Doe: Jane"]
    note: >-   # folded
      Said once,
      and not again.
    # a remark inside

  # the second
  - id: costs
    kind: argument
    quote: 'it''s dear'
    note: |
      # not a comment

      last line
  - {id: tight, kind: method, quote: "x", topic: t}

# what is set aside
waivers:
  - {quote: "Promoted", reason: label}  # the mark
absences: []
"""
IDS = ("sales", "costs")
REMARKS = ("# A sheet", "# the file", "# the first", "# why a quantity", "# folded")
REMARKS += ("# a remark inside", "# the second", "# what is set aside", "# the mark")
WORDS = st.text(max_size=150).filter(lambda text: text.isprintable())
ANY_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "kind": WORDS,
        "quote": ANY_WORDS,
        "nth": st.integers(1, 99),
        "figure": WORDS,
        "sign": st.sampled_from([-1, 0, 1]),
        "actors": st.lists(WORDS, min_size=1, max_size=3),
        "key": st.booleans(),
        "note": ANY_WORDS,
    },
)


def _read(text, tmp):
    path = tmp / "sheet.yml"
    path.write_text(text, encoding="utf-8", newline="")
    return load_yaml(path).data


@pytest.fixture(scope="module")
def tmp(tmp_path_factory):
    return tmp_path_factory.mktemp("sheets")


def _changed(before, after):
    """The lines that went and those that came."""
    lines = difflib.ndiff(before.split("\n"), after.split("\n"))
    told = [line for line in lines if line[:2] in {"- ", "+ "}]
    return (
        [line[2:] for line in told if line[0] == "-"],
        [line[2:] for line in told if line[0] == "+"],
    )


def _without(text, name):
    """A sheet without the lines of one claim: what an edit of it may not touch."""
    start = text.index(f"  - id: {name}\n")
    end = text.index("\n\n  # the second" if name == "sales" else "  - {id: tight")
    return text[:start], text[end:]


@settings(max_examples=40)
@given(st.sampled_from(IDS), FIELDS)
@example("sales", {"note": "a: b # c " * 20})
@example("sales", {"note": "one two three " * 20 + "end"})
@example("costs", {"quote": "\u2028\x85\ufeff\x07", "note": "yes"})
def test_a_changed_claim_says_what_was_meant_and_nothing_else_moves(tmp, name, fields):
    new = change_entry(SHEET, name, fields)
    before, after = _read(SHEET, tmp), _read(new, tmp)
    at = IDS.index(name)
    assert after["claims"][at] == before["claims"][at] | fields
    before["claims"][at] = after["claims"][at]
    assert after == before
    head, tail = _without(SHEET, name)
    assert new.startswith(head)
    assert new.endswith(tail)
    assert [remark for remark in REMARKS if remark not in new] == []


@settings(max_examples=40)
@given(FIELDS, st.sampled_from(["claims", "waivers"]), st.sampled_from(["", *IDS]))
def test_a_new_entry_is_the_only_thing_new(tmp, fields, part, after):
    given_fields = {"id": "new", **fields} if part == "claims" else {"reason": "label"}
    new = add_entry(SHEET, part, given_fields, after=after)
    before, now = _read(SHEET, tmp), _read(new, tmp)
    added = [each for each in now[part] if each not in before[part]]
    assert added == [given_fields]
    now[part].remove(given_fields)
    assert now == before
    assert _changed(SHEET, new)[0] == []


def test_a_new_claim_goes_after_the_one_before_it():
    new = add_entry(SHEET, "claims", {"id": "new", "quote": "x"}, after="sales")
    assert (
        '    # a remark inside\n  - id: new\n    quote: "x"\n\n  # the second\n' in new
    )
    assert "topic: t}\n  - id: new\n" in add_entry(SHEET, "claims", {"id": "new"})


def test_the_habits_of_the_sheets_are_kept():
    fields = {"quote": "it’s", "when": "2022-04", "note": "A note: of words. " * 9}
    new = add_entry(SHEET, "claims", {"id": "a", "kind": "status", **fields})
    added = _changed(SHEET, new)[1]
    assert added[:3] == ["  - id: a", "    kind: status", '    quote: "it’s"']
    assert added[3] == '    when: "2022-04"'
    trimmed = change_entry(SHEET, "costs", {"note": ("A note: of words. " * 9).strip()})
    assert "    note: >-\n      A note: of words." in trimmed
    assert max(map(len, trimmed.split("\n"))) <= 92


def test_a_field_on_one_line_keeps_its_comment_and_its_place():
    gone, came = _changed(SHEET, change_entry(SHEET, "sales", {"kind": "event"}))
    assert gone == ["    kind: quantity   # why a quantity"]
    assert came == ["    kind: event   # why a quantity"]


def test_a_field_is_dropped_and_a_new_one_stands_in_its_order(tmp):
    new = change_entry(SHEET, "sales", {"note": None, "topic": "gas"})
    assert "note" not in _read(new, tmp)["claims"][0]
    assert "# why a quantity\n    topic: gas\n" in new
    assert "    # a remark inside\n\n  # the second" in new


def test_windows_line_ends_and_a_file_without_a_last_one_stay(tmp):
    windows = SHEET.replace("\n", "\r\n")
    new = add_entry(windows, "claims", {"id": "new", "quote": "x"})
    assert new.replace("\r\n", "") == new.replace("\n", "").replace("\r", "")
    bare = SHEET.removesuffix("absences: []\n").rstrip("\n")
    assert _read(add_entry(bare, "waivers", {"quote": "y"}), tmp)["waivers"][1:]


@pytest.mark.parametrize(
    "rest",
    ["", "claims:\n", "claims: []  # none yet\n", "waivers: []\n", "absences: []\n"],
)
def test_a_list_that_is_not_there_is_begun(tmp, rest):
    text = f"file: a.txt\n\n{rest}"
    for part in ("claims", "waivers"):
        new = add_entry(text, part, {"quote": "x"})
        assert _read(new, tmp)[part] == [{"quote": "x"}]
        assert new.count("#") == text.count("#")


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_list_that_begins_at_the_end_stands_below_one_blank_line(end):
    new = add_entry(f"file: a.txt\n{end}", "claims", {"quote": "x"})
    assert new.partition("claims:")[0] == "file: a.txt\n\n"


@pytest.mark.parametrize("note", ["short  # why", "short", "\n      short  # why"])
@pytest.mark.parametrize("new", ["long words " * 20 + "end", "other"])
def test_a_note_is_written_anew_whatever_lines_it_takes(tmp, note, new):
    text = f"claims:\n  - id: a\n    note: {note}\n    kind: event\n"
    changed = change_entry(text, "a", {"note": new})
    assert _read(changed, tmp)["claims"] == [{"id": "a", "note": new, "kind": "event"}]
    assert changed.count("# why") == note.count("# why")


def test_a_note_is_folded_between_words_and_no_word_is_broken():
    words = f"See https://example.org/{'a-b' * 40} there, {'of ships ' * 20}"
    lines = field_lines("note", words.strip(), "    ")
    assert lines[0] == "    note: >-"
    assert "https://example.org/" + "a-b" * 40 in [line.strip() for line in lines]
    room = 92 - len("    note: ")
    assert field_lines("note", "of " * 9 + "a" * (room - 27), "    ")[1:] == []
    assert len(field_lines("note", "of " * 9 + "a" * (room - 26), "    ")) == 2


@pytest.mark.parametrize("note", [f"{'a' * 86} - of many", f"{'Of all. voice: ' * 9}x"])
def test_a_note_is_not_folded_where_a_line_might_be_taken_for_more(note):
    assert len(field_lines("note", note, "    ")) == 1


@pytest.mark.parametrize(
    ("part", "there", "before", "below"),
    [
        ("waivers", "claims absences", "claims", "absences"),
        ("waivers", "claims", "claims", ""),
        ("claims", "waivers absences", "file", "waivers"),
        ("claims", "drafts waivers", "file", "drafts"),
        ("claims", "absences", "file", "absences"),
    ],
)
def test_a_list_begins_where_the_sheets_have_it(part, there, before, below):
    lists = "".join(f"\n{name}:\n  - {{id: {name}}}\n" for name in there.split())
    new = add_entry(f"file: a.txt\n{lists}", part, {"quote": "x"})
    keys = re.findall(r"^(\w+):", new, re.MULTILINE)
    assert [*keys, ""][keys.index(part) + 1] == below
    assert keys[keys.index(part) - 1] == before


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda: change_entry(SHEET, "nobody", {"kind": "event"}), "is not there"),
        (
            lambda: change_entry(SHEET.replace("costs", "sales"), "sales", {}),
            "more than once",
        ),
        (lambda: change_entry(SHEET, "tight", {"kind": "event"}), "inside { }"),
        (lambda: add_entry("claims: [{id: a}]\n", "claims", {"id": "b"}), "inside [ ]"),
        (lambda: set_sign("- a\n", "s/a", 1), "not a list of fields"),
        (
            lambda: drop_entry("claims:\n-\n  id: a\n- id: b\n", "claims", "a"),
            "would no longer say",
        ),
    ],
    ids=["unknown", "twice", "flow-entry", "flow-list", "no-mapping", "dash-alone"],
)  # fmt: skip
def test_what_cannot_be_edited_is_refused_with_a_remedy(edit, said):
    with pytest.raises(SourcebookError, match="fix:") as caught:
        edit()
    assert said in str(caught.value)


SIGNS = "# second pass\n\na/b: 1  # sure\nm/x: -1\n"


@pytest.mark.parametrize(
    ("name", "sign", "line"),
    [
        ("a/b", -1, "a/b: -1  # sure"),
        ("c/d", 0, "c/d: 0"),
        ("a/a", 1, "a/a: 1"),
        ("z/z", -1, "z/z: -1"),
    ],
)
def test_a_sign_is_written_in_its_place(tmp, name, sign, line):
    new = set_sign(SIGNS, name, sign)
    data = _read(new, tmp)
    assert data == {"a/b": 1, "m/x": -1, name: sign}
    assert list(data) == sorted(data)
    assert _changed(SIGNS, new)[1] == [line]
    assert set_sign("# only a comment\n", name, 1).endswith(f"comment\n{name}: 1\n")


def test_every_sheet_of_the_book_can_be_edited(root, tmp):
    for path in sorted((root / "seeds").glob("*-20*.yml")):
        text = path.read_text(encoding="utf-8")
        names = [entry["id"] for entry in _read(text, tmp)["claims"]]
        new = change_entry(text, names[len(names) // 2], {"note": "Looked at again."})
        assert len(_changed(text, new)[1]) == 1
        new = add_entry(text, "claims", {"id": "x", "quote": "y"}, after=names[0])
        assert _changed(text, new) == ([], ["  - id: x", '    quote: "y"'])


@pytest.mark.parametrize("name", [*IDS, "tight"])
def test_a_dropped_entry_takes_its_own_lines_and_no_other(tmp, name):
    new = drop_entry(SHEET, "claims", name)
    before, after = _read(SHEET, tmp), _read(new, tmp)
    before["claims"] = [each for each in before["claims"] if each["id"] != name]
    assert after == before
    gone, came = _changed(SHEET, new)
    assert came == []
    assert [
        line for line in gone if not line.startswith(("    ", "  - ")) and line
    ] == []


def test_the_last_draft_leaves_its_heading_and_claims_begin_above_it():
    text = "claims:\n\ndrafts:\n  - id: draft-1  # line 3\n    kind: \n\nwaivers:\n"
    left = drop_entry(text, "drafts", "draft-1")
    assert left == "claims:\n\ndrafts:\n\nwaivers:\n"
    new = add_entry(text, "claims", {"id": "a"})
    assert new.startswith("claims:\n  - id: a\n\ndrafts:\n  - id: draft-1  # line 3\n")
