"""A hand-made file is plain data, and all its faults are said at once."""

from __future__ import annotations

import os
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from sourcebook.coding import claims, schema
from sourcebook.coding.book_files import find_root
from sourcebook.coding.corpus import sheet_files
from sourcebook.coding.schema import ClaimEntry, Codebook, Sheet
from sourcebook.coding.sheets import (
    Loaded,
    check_model,
    load_codebook,
    load_kinds,
    load_sheet,
    load_yaml,
)
from sourcebook.coding.sources import read_source
from sourcebook.errors import SheetError, SourcebookError


def _load(tmp_path, text):
    path = tmp_path / "acme.yml"
    path.write_text(text, encoding="utf-8")
    return load_yaml(path)


def test_each_field_of_one_kind_is_a_field_of_its_class():
    """A field that one side alone has would fall out of every claim in silence."""
    common = {field.name for field in fields(claims.Claim)}
    own = {
        field.name: kind
        for kind, made in claims._OF_KIND.items()
        for field in fields(made)
        if field.name not in common
    }
    assert own.pop("quantity") == "quantity"  # which is worked out
    assert own == schema.KIND_OF


def test_dates_and_words_stay_text(tmp_path):
    data = _load(tmp_path, "when: 2022-04-29\nyes: no\nnth: 2\nkey: true\nnone:\n").data
    assert data == {
        "when": "2022-04-29",
        "yes": "no",
        "nth": 2,
        "key": True,
        "none": None,
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &x [1]\nb: *x\n", "anchors and aliases"),
        ("a: !!python/object:os.system x\n", "tags are not allowed"),
        ("a: 1\nb: 2\na: 3\n", "repeated key 'a' @ line 3"),
        ("a:\n\t- 1\n", "line 2"),
        ("a: [1\n", "line"),
        ("? [1]\n: 2\n", "a key must be plain text"),
        ("a: 1\n---\nb: 2\n", "a second document begins here.* @ line 2"),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n", "a merge was left undecided here @ line 2"),
        ("why: >-\n  Of one\n  state: >-\n    more\n", "`state:` has slipped.* line 3"),
        ("why: |\n  Of\n  one: |\n", "`one:` has slipped into .* @ line 3"),
        ("why: >-\n  Of one.\n  why: x\n", "`why:` has slipped into .* @ line 3"),
        ("why: >-\n  Of one. a: x\na: y\n", "`a:` has slipped into .* @ line 2"),
        ("why: >-\n  Of one.\n  - Another.\n", "`-` has slipped into .* @ line 3"),
        ("a: b\nc: \u202eevil", r"cannot be seen \(U\+202E\) @ line 2"),
        ("a: Ac\u200bme", r"cannot be seen \(U\+200B\) @ line 1"),
        ("[" * 3000, "nested more than 20 deep"),
        (f"a: {'9' * 5000}\n", "a whole number of 5000 digits"),
    ],
    ids=[
        "anchor",
        "tag",
        "repeated key",
        "tab",
        "unclosed",
        "key not text",
        "second",
        "merge",
        "slipped key",
        "slipped key, kept lines",
        "slipped line",
        "slipped onto the line",
        "slipped item",
        "turned letters",
        "parted word",
        "deep",
        "many digits",
    ],
)
def test_what_plain_data_does_not_need_is_refused(tmp_path, text, fault):
    with pytest.raises(SheetError, match=fault) as caught:
        _load(tmp_path, text)
    assert caught.value.path == "acme.yml"
    if "plain text" not in fault:
        assert "\n  fix: " in str(caught.value)


def test_a_file_that_is_not_utf8_is_named(tmp_path):
    path = tmp_path / "acme.yml"
    path.write_bytes(b"a: \xff\n")
    with pytest.raises(SheetError, match="not UTF-8 at byte 3\n  fix: "):
        load_yaml(path)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_lies_in_the_place_of_a_file_is_told(tmp_path, make):
    """A pipe is not waited for."""
    make(tmp_path / "acme.yml")
    with pytest.raises(SheetError, match="not a file\n  fix: "):
        load_yaml(tmp_path / "acme.yml")


@pytest.mark.parametrize(
    ("coverage", "fault"),
    [
        ("state: partial", "needs `only:`, which says what is coded"),
        ("state: complete, only: x", "takes no `only:`; remove that line"),
    ],
    ids=["partial", "complete"],
)
def test_a_coverage_says_what_to_do_with_only(tmp_path, coverage, fault):
    loaded = _load(tmp_path, f"coverage: {{{coverage}}}\n")
    with pytest.raises(SheetError, match=fault):
        check_model(loaded, Sheet)


def test_a_figure_without_a_place_says_why():
    figure = {"id": "deaths", "kind": "quantity", "topic": "x", "quote": "x"}
    figure |= {"measure": "deaths", "when": "2024"}
    with pytest.raises(ValueError, match="needs where, or a note on why"):
        ClaimEntry(**figure)
    assert ClaimEntry(**figure, note="Where it fell is not said.").where == ""
    assert ClaimEntry(**figure, where="EU").where == "EU"


def test_a_sheet_that_is_a_link_or_empty_is_no_sheet(tmp_path):
    path = tmp_path / "acme.yml"
    path.write_text("# nothing\n")
    with pytest.raises(SheetError, match="empty\n  fix: "):
        load_sheet(path)
    link = tmp_path / "linked.yml"
    link.symlink_to(path)
    with pytest.raises(SheetError, match="a link to another file"):
        load_sheet(link)


def test_all_faults_of_a_file_are_said_with_their_lines(tmp_path):
    loaded = _load(
        tmp_path,
        "file: a.txt\n"
        "sha256: short\n"
        "issued: {date: '2021'}\n"
        "genre: Poem\n"
        "extent: {state: whole}\n"
        "coverage: {state: complete}\n"
        "claims:\n"
        "  - {id: Bad Id, kind: quantity, topic: sales, quote: x, colour: red}\n",
    )
    with pytest.raises(SheetError) as caught:
        check_model(loaded, Sheet)
    said = "\n".join(map(str, caught.value.faults))
    for expected in [
        "@ sha256 (line 2)",
        "a date needs a quote that proves it",
        "@ genre (line 4)",
        "@ claims[0].id (line 8)",
        "unknown field 'colour' @ claims[0].colour (line 8)",
    ]:
        assert expected in said
    assert len(caught.value.faults) == 5


def test_the_codebook_of_the_book_is_sound(root):
    loaded = load_yaml(root / "seeds" / "codebook.yml")
    assert check_model(loaded, Codebook).measures


def test_a_folder_outside_a_book_is_said_to_be_one(tmp_path):
    with pytest.raises(SourcebookError, match="not inside a book"):
        find_root(tmp_path)


def test_only_a_key_claim_says_why_it_stands_alone(tmp_path):
    entry = "{id: a, kind: method, topic: b, quote: c, alone: No other defines it.%s}\n"
    assert check_model(_load(tmp_path, entry % ", key: true"), ClaimEntry).alone
    with pytest.raises(
        SheetError, match="only key: true takes alone; remove that line"
    ):
        check_model(_load(tmp_path, entry % ""), ClaimEntry)


def test_a_name_of_two_actors_is_told_with_its_line(tmp_path):
    (tmp_path / "seeds").mkdir()
    table = tmp_path / "seeds/actors.yml"
    table.write_text("Doe: {kind: state}\nRoe: {kind: person, aliases: [R]}\n", "utf-8")
    assert load_kinds(tmp_path) == {"Doe": "state", "Roe": "person"}
    table.write_text(
        "Doe: {kind: state, aliases: [R]}\nRoe: {kind: person, aliases: [R]}\n"
        "Poe: {kind: person}\n",
        "utf-8",
    )
    with pytest.raises(SheetError) as caught:
        load_kinds(tmp_path)
    (fault,) = caught.value.faults
    assert (fault.file, fault.place, fault.line) == ("seeds/actors.yml", "Roe", 2)


def test_an_entry_keeps_its_number_where_others_were_left_out():
    marks = {("claims", 4, "quote"): (9, 3)}
    loaded = Loaded("seeds/a.yml", {}, marks, kept={"claims": [0, 4]})
    fault = loaded.fault("is odd", ("claims", 1, "quote"))
    assert (fault.place, fault.line, fault.column) == ("claims[4].quote", 9, 3)


PART = """\
claims:
  - id: founded
    kind: event
    topic: firm
    quote: "The company was founded in May 2021"
    type: founded
    when: "2021-05"
waivers:
  - {quote: "It was so.", nth: 1, reason: transition}
"""


def _files(sheet, *parts):
    paths = [sheet.with_name(f"acme-2021.part-{n + 2}.yml") for n in range(len(parts))]
    for path, text in zip(paths, parts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_a_sheet_goes_on_in_further_files(unfinished):
    _files(unfinished, PART, "drafts:\n", PART.replace("founded", "again"))
    sheet, _ = load_sheet(unfinished)
    assert [claim.id for claim in sheet.claims] == ["praise", "founded", "again"]
    assert [each.reason for each in sheet.waivers] == ["label", *["transition"] * 2]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("kind: event", "kind: evemt", 3, "@ claims[0].kind (line 3 of {})"),
        ("nth: 1", "nth: x", 9, "@ waivers[0].nth (line 9 of {})"),
        ("id: founded", "id: praise", 2, "repeated id 'praise' @ claims[0].id (line 2"),
        ("founded in", "sold in", 5, "@ claims[0].quote (line 5 of {})"),
        ("topic: firm", "topic: farm", 4, "@ claims[0].topic (line 4 of {})"),
        ("waivers:", "speakers:", 9, "{}: 1 fault\n  not a list that a sheet can"),
        (PART, "claims: x", 1, "{}: 1 fault\n  not a list that a sheet can go on"),
        (PART, "", 1, "{}: 1 fault\n  empty"),
        ("claims:", "claims:\n\t-", 2, "{}: 1 fault\n  "),
    ],
    ids="kind waiver repeated quote word head list empty tab".split(),
)
def test_a_fault_in_a_further_file_names_it_and_its_line(
    unfinished, old, new, line, told
):
    (path,) = _files(unfinished, PART.replace(old, new))
    with pytest.raises(SheetError) as caught:
        read_source(unfinished, load_codebook(unfinished.parent.parent), {})
    file = f"seeds/{path.name}"
    assert told.format(file) in str(caught.value)
    assert [each.line for each in caught.value.faults if each.file == file] == [line]


def test_a_further_file_with_none_before_it_is_no_source_and_is_told(unfinished):
    root = unfinished.parent.parent
    two, three = _files(unfinished, PART, PART.replace("founded", "again"))
    assert sheet_files(root) == [unfinished]
    two.unlink()
    assert sheet_files(root) == [three, unfinished]
    with pytest.raises(
        SheetError, match=r"there is no acme-2021\.part-2\.yml\n  fix: "
    ):
        load_sheet(three)
    shutil.copy(three, three.with_name("codebook.part-2.yml"))
    assert three.with_name("codebook.part-2.yml") in sheet_files(root)
