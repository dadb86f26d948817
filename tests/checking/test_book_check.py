"""Every fault of a book is said at once, with its place and its remedy."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from nbformat import v4

from sourcebook.checking import book_check
from sourcebook.checking.book_check import look
from sourcebook.commands.command_line import main
from sourcebook.errors import Fault, SourcebookError
from sourcebook.prose.prose_check import _Grounds, _Reader
from sourcebook.running.execution_record import Reads, Result
from sourcebook.running.execution_store import Store
from sourcebook.running.text_pairs import RUN

TEXTS = {
    "acme": "Ada sold 12 tons. Ada praises the town of Doe for its help.\n",
    "bob": "Bob bought 12 tons. Bob praises the town of Doe for its help.\n",
}
SHORT = {"acme": "sales book", "bob": "bank letter"}
SHEET = """\
file: {name}.txt
sha256: {digest}
issued: {{date: "2021", inferred: so}}
genre: Report
extent: {{state: whole}}
coverage: {{state: complete}}
claims:
  - id: tons
    kind: quantity
    topic: sales
    quote: "{who} {did} 12 tons."
    measure: tons
    where: Doe
    when: "2021"
  - id: praise
    kind: stance
    topic: sales
    quote: "{who} praises the town of Doe"
    actor: {who}
    target: Doe
    concept: praise
    sign: 1
waivers:
  - {{quote: "for its help", reason: background}}
short: {short}
"""
FILES = {
    "_toc.yml": "root: index\n",
    "seeds/codebook.yml": """\
topics: {sales: What was sold}
measures: {tons: {label: tons, unit: t, definition: Weight}}
denominators: []
places: [Doe]
concepts: {praise: Words of praise}
event_types: {}
""",
    "seeds/actors.yml": "Doe: {kind: region}\n",
    "seeds/second-coding.yml": "acme/praise: 1\nbob/praise: 1\n",
    "book/questions/trade.yml": """\
title: Trade
questions:
  - id: tons
    asks: How much?
    claims: [acme/tons, bob/tons]
    expect: agrees
    adjudication: both-stand
    cause: none
    why: They say so.
    settles: The books.
  - id: praise
    asks: Who praises?
    claims: [acme/praise, bob/praise]
    expect: shares
    adjudication: both-stand
    cause: none
    why: They say so.
    settles: Nothing.
""",
    "seeds/references.bib": "".join(
        f"@misc{{{name}, title={{A}}, year={{2021}}}}\n"
        for name in ("acme", "bob", "cy")
    ),
    "book/searches.yml": "- {id: gas, label: Gas, terms: [gas]}\n",
    "book/search.yml": "alike: [tons tonnes]\nunfound: notebooks/sources/acme\n",
    "book/declined.yml": "- {pair: [acme/tons, bob/praise], reason: Not the same.}\n",
    "notebooks/text/sources/acme.md": "# Acme\n",
    "notebooks/sources/acme.ipynb": json.dumps(
        {
            "cells": [
                {
                    "cell_type": "markdown",
                    "id": "cell-01",
                    "metadata": {},
                    "source": "# Acme",
                }
            ],
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {},
        }
    ),
}


@pytest.fixture
def book(tmp_path):
    """Return a function that writes a book of two sources, with some things changed."""

    def write(*changes):
        files = dict(FILES)
        for (name, text), did in zip(TEXTS.items(), ("sold", "bought"), strict=True):
            digest = sha256(text.encode()).hexdigest()
            files[f"seeds/{name}.txt"] = text
            files[f"seeds/{name}.yml"] = SHEET.format(
                name=name, digest=digest, who=text[:3], did=did, short=SHORT[name]
            )
        for name, found, instead in changes:
            assert found in files[name]
            files[name] = files[name].replace(found, instead, 1)
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def _check(root, *arguments):
    return CliRunner().invoke(main, ["--root", str(root), "check", *arguments])


def _report(root):
    done = _check(root, "--json")
    assert done.stdout, done.exception
    report = json.loads(done.stdout)
    assert done.stdout.endswith("}\n")
    assert not done.stdout.endswith("\n\n")
    printed = CliRunner().invoke(main, ["--root", str(root), "schema", "check"])
    assert not printed.stdout.endswith("\n\n")
    Draft202012Validator(json.loads(printed.stdout)).validate(report)
    assert done.stderr == ""
    assert done.exit_code == bool(report["faults"])
    assert all(fault["file"] and fault["fix"] for fault in report["faults"])
    return report


def test_a_book_that_holds_together_has_an_empty_report(book):
    root = book()
    assert _report(root) == {"version": 1, "faults": [], "left": []}
    assert _check(root).output == (
        "2 sources, 4 claims, 2 questions: no fault found\n"
        "compared with another document: its author 4 of 4\n"
    )


ACME, BOB, TRADE = "seeds/acme.yml", "seeds/bob.yml", "book/questions/trade.yml"
SIGNS, DECLINED = "seeds/second-coding.yml", "book/declined.yml"
TWICE = "  - {id: tons, kind: status, topic: sales, quote: for its help}\n"
TWO_DOES = "region}\nDoe's: {kind: person, aliases: [Doe]}"
# file, words found, words instead; then line, column, place and words of the fault
KINDS = {
    "quote": (ACME, "12 tons", "13 tons", 11, 12, "claims[0].quote", "not found"),
    "word": (ACME, "measure: tons", "measure: ton", 12, 14, "claims[0].measure", "ton"),
    "id": (ACME, "waivers:", f"{TWICE}waivers:", 23, 10, "claims[2].id", "repeated"),
    "field": (ACME, 'quote: "Ada sold', 'colour: red\n    quote: "Ada sold', 11, 13,
              "claims[0].colour", "unknown field"),
    "blank": (ACME, "target: Doe", "target: ''", 15, 5, "claims[1]", "needs target"),
    "list": (ACME, "whole}", "half}", 5, 17, "extent.state", "Input should be"),
    "tab": (ACME, "claims:\n", "claims:\n\t", 8, 1, "line 8", "cannot start any token"),
    "anchor": (ACME, "genre: Report", "genre: &x Report", 4, 8, "line 4", "anchors"),
    "pin": (ACME, "sha256: ", "sha256: " + "0" * 64 + " #", 1, 7, "file", "pinned"),
    "waiver": (ACME, "for its help", "for his help", 24, 5, "waivers[0]", "not found"),
    "codebook": ("seeds/codebook.yml", "[Doe]", "Doe", 4, 9, "places", "no list"),
    "actors": ("seeds/actors.yml", "region", "town", 1, 13, "Doe.kind", "should be"),
    "alias of two": ("seeds/actors.yml", "region}", TWO_DOES, 2, 8, "Doe's", "two act"),
    "alias of none": ("seeds/actors.yml", "region}", "region, aliases: [' ']}", 1, 6,
                      "Doe", "without a letter"),
    "relation": (TRADE, "agrees", "contradicts", 3, 5, "questions[0]", "come out as"),
    "claim": (TRADE, "bob/tons]", "bob/ton]", 3, 5, "questions[0]", "did you mean"),
    "pairs": (TRADE, "agrees", "[agrees, agrees]", 3, 5, "questions[0]", "1 pairs"),
    "twice": (TRADE, "[acme/praise, bob/praise]\n    expect: shares",
              "[bob/tons, acme/tons]\n    expect: agrees", 11, 5, "questions[1]",
              "asks what"),
    "sign": (SIGNS, "acme/praise: 1", "acme/praise: 2", 1, 14, "acme/praise", "sign"),
    "differs": (SIGNS, "acme/praise: 1", "acme/praise: 0", 1, 14, "acme/praise",
                "not settled"),
    "settled": (SIGNS, "acme/praise: 1",
                "acme/praise: {sign: 0, settled: {sign: -1, first: 1, why: So.}}",
                1, 14, "acme/praise", "settled as -1, and the sheet has 1"),
    "no why": (SIGNS, "acme/praise: 1",
               "acme/praise: {sign: 0, settled: {sign: 1, first: 1}}",
               1, 14, "acme/praise", "settled.why: Field required"),
    "once": (SIGNS, "bob/praise: 1\n", "", 1, 1, "", "not coded again"),
    "matter": ("book/searches.yml", "[gas]", "[]", 1, 32, "[0].terms", "at least 1"),
    "alike to none": ("book/search.yml", "tons tonnes", "tons", 1, 9, "alike[0]",
                      "pattern"),
    "no page": ("book/search.yml", "acme", "acne", 2, 10, "unfound", "no page"),
    "work": ("seeds/references.bib", "2021", "2012", 1, 1, "", "acme is of 2012"),
    "decline": (DECLINED, "tons, b", "ton, b", 1, 3, "[0]", "did you mean"),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_fault_has_its_file_line_place_and_remedy(book, name):
    file, found, instead, line, column, place, words = KINDS[name]
    root = book((file, found, instead))
    told = [
        fault for fault in _report(root)["faults"] if not fault["file"].endswith(".txt")
    ]
    assert [(f["file"], f["line"], f["column"], f["place"]) for f in told] == [
        (file, line, column, place)
    ]
    assert words in told[0]["fault"]
    said = _check(root)
    assert said.exit_code == 1
    assert told[0]["fault"].split("\n")[0] in said.output
    assert told[0]["fix"] in said.output


@pytest.mark.parametrize("text", ["", "null\n", "7\n", "- 1\n", "a: 1\n"])
@pytest.mark.parametrize(
    "name", [f for f in FILES if f.endswith(".yml") and f[0] != "_"]
)
def test_a_file_of_another_shape_is_told_with_its_remedy(book, name, text):
    root = book()
    (root / name).write_text(text, encoding="utf-8")
    told = [fault for fault in _report(root)["faults"] if fault["file"] == name]
    said = _check(root).output
    assert all(fault["fault"].split("\n")[0] in said for fault in told)
    assert all(fault["fix"] in said for fault in told)
    assert "Input should be a valid" not in said


def test_what_nobody_coded_is_marked_where_it_stands_in_the_text(book):
    waiver = 'waivers:\n  - {quote: "for its help", reason: background}\n'
    text = 'quote: "Ada sold 12 tons."'
    root = book(
        (ACME, waiver, ""),
        (ACME, text, 'quote: "Ada praises the town of Doe"'),
        (ACME, "kind: quantity", "kind: status"),
        (ACME, "    measure: tons\n    where: Doe\n", ""),
    )
    faults = _report(root)["faults"]
    number = next(f for f in faults if f["fault"].startswith("number"))
    assert (number["file"], number["line"], number["column"]) == (
        "seeds/acme.txt", 1, 10,
    )  # fmt: skip


def test_every_gap_is_reported_and_the_first_are_said(book):
    more = "".join(f" It is {n} tons." for n in range(20, 50))
    text = f"{TEXTS['acme']}\n{more.strip()}\n"
    digest = [sha256(t.encode()).hexdigest() for t in (TEXTS["acme"], text)]
    root = book(("seeds/acme.txt", TEXTS["acme"], text), (ACME, *digest))
    faults = _report(root)["faults"]
    assert len(faults) > 30
    number = next(f for f in faults if f["fault"].endswith("'20 tons'"))
    assert (number["line"], number["column"]) == (3, 7)
    said = _check(root).output
    assert said.startswith("Error: seeds/acme.yml: 21 faults\n")
    assert f"  … and {len(faults) - 20} more gaps" in said


def test_no_kind_of_fault_hides_another(book):
    root = book(
        (ACME, "12 tons", "13 tons"),
        (BOB, "target: Doe", "target: ''"),
        (BOB, 'quote: "Bob bought', 'quote: "Bob brought'),
        (TRADE, "shares", "opposes"),
        (SIGNS, "acme/praise: 1", "acme/praise: 2"),
        ("book/searches.yml", "[gas]", "[]"),
        (DECLINED, "acme/tons", "acme/ton"),
        ("notebooks/text/sources/acme.md", "# Acme", "# Acne"),
    )
    told = {(f["file"], f["place"]) for f in _report(root)["faults"]}
    assert told >= {
        (ACME, "claims[0].quote"), (BOB, "claims[1]"), (BOB, "claims[0].quote"),
        (SIGNS, "acme/praise"), ("book/searches.yml", "[0].terms"), (DECLINED, "[0]"),
        ("notebooks/sources/acme.ipynb", ""),
    }  # fmt: skip


def test_a_sheet_at_fault_does_not_hide_questions_on_other_claims(book):
    root = book((ACME, "12 tons", "13 tons"), (TRADE, "shares", "opposes"))
    told = [f["place"] for f in _report(root)["faults"] if f["file"] == TRADE]
    assert told == ["questions[1]"]


def test_what_rests_on_a_fault_that_was_said_is_passed_over(book):
    root = book((ACME, "genre: Report", "genre: &x Report"))
    assert [f["file"] for f in _report(root)["faults"]] == [ACME]


def test_a_page_is_not_blamed_for_a_claim_at_fault(book):
    root = book((ACME, "12 tons", "13 tons"))
    text = "# Page\n\nIt sold {claim}`12 tons <acme/tons>`.\n"
    (root / "book/page.md").write_text(text, encoding="utf-8")
    assert "book/page.md" not in {f["file"] for f in _report(root)["faults"]}


def test_a_sheet_at_fault_does_not_hide_what_is_open_in_the_next(book):
    place = "{at: line 1, words: '12', text: '12'}"
    doubts = f"genre: Report\ndoubts: [{{what: raised, places: [{place}]}}]"
    root = book(
        (ACME, "genre: Report", doubts.replace("raised", "&x raised")),
        (BOB, "genre: Report", doubts),
    )
    told = {(f["file"], f["place"]) for f in _report(root)["faults"]}
    assert (BOB, "doubts[0]") in told


def test_a_question_at_fault_does_not_hide_the_next(book):
    root = book(
        (TRADE, "asks: How much?", "asks: How much"),
        (TRADE, "shares", "opposes"),
    )
    places = [fault["place"] for fault in _report(root)["faults"]]
    assert places == ["questions[0].asks", "questions[1]"]


def test_without_a_codebook_the_shapes_of_files_are_still_checked(book):
    root = book(
        ("seeds/codebook.yml", "places", "place"),
        ("seeds/actors.yml", "region", "town"),
        (BOB, "target: Doe", "target: ''"),
        (TRADE, "settles: Nothing.", "settles: ''"),
    )
    told = {fault["file"] for fault in _report(root)["faults"]}
    assert told == {"seeds/codebook.yml", "seeds/actors.yml", BOB, TRADE}


def test_the_table_of_actors_hides_no_sheet(book):
    root = book(
        ("seeds/actors.yml", "region", "town"), (ACME, "target: Doe", "target: ''")
    )
    told = [fault["file"] for fault in _report(root)["faults"]]
    assert told == ["seeds/actors.yml", ACME]


def test_what_is_left_is_counted_beside_the_faults_of_others(book):
    partial = "state: partial, only: the tons"
    root = book(
        (BOB, "state: complete", partial),
        (BOB, 'waivers:\n  - {quote: "for its help", reason: background}\n', ""),
        (BOB, 'quote: "Bob bought 12 tons."', 'quote: "Bob praises the town"'),
        (BOB, "kind: quantity", "kind: status"),
        (BOB, "    measure: tons\n    where: Doe\n", ""),
        (ACME, "12 tons", "13 tons"),
    )  # fmt: skip
    (left,) = _report(root)["left"]
    assert left["file"] == BOB
    assert left["unread"]["number"] == 1


def test_hostile_names_neither_steer_a_terminal_nor_forge_a_line(book):
    name = "evil\x1b[2J\n\u202e<script>"
    root = book()
    (root / "seeds" / f"{name}.yml").write_text("a: &x 1\n", encoding="utf-8")
    for done in (_check(root), _check(root, "--json")):
        assert not {"\x1b", "\u202e"} & set(done.output)
        said = "seeds/evil\\x1b[2J\\n\\u202e<script>.yml: a name that cannot be shown"
        assert said in done.output


def test_the_error_of_a_check_carries_its_faults(book):
    root = book((ACME, "12 tons", "13 tons"), (BOB, "target: Doe", "target: ''"))
    with pytest.raises(SourcebookError) as caught:
        look(root).held()
    assert {fault.file for fault in caught.value.faults} == {
        ACME, "seeds/acme.txt", BOB,
    }  # fmt: skip


def test_the_task_of_vs_code_finds_each_fault_in_the_report(book, root):
    task = json.loads((root / ".vscode/tasks.json").read_text(encoding="utf-8"))
    pattern = task["tasks"][0]["problemMatcher"]["pattern"]
    printed = _check(
        book((ACME, "12 tons", "13 tons"), (BOB, "target: Doe", "target: ''")), "--json"
    ).stdout
    found = [re.search(pattern["regexp"], line) for line in printed.splitlines()]
    told = [
        [m[pattern[part]] for part in ("file", "line", "column", "message")]
        for m in found
        if m
    ]
    faults = json.loads(printed)["faults"]
    assert len(told) == len(faults) == 4
    for (file, line, column, message), fault in zip(told, faults, strict=True):
        assert (file, int(line), int(column)) == (
            fault["file"], fault["line"], fault["column"],
        )  # fmt: skip
        assert json.loads(f'"{message}"') == fault["fault"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It sold 12 tons.", "number outside a role: '12'"),
        ("The \u202eevil\u202c letter.", "cannot be seen (U+202E)"),
        ("It sold {claim}`13 tons <acme/tons>`.", "give the figure of the passage"),
        ("It sold {claim}`“ten tons” <acme/tons>`.", "quote not found"),
        ("It sold {claim}`much <acme/sold>`.", "no claim 'acme/sold'"),
        ("See {question}`there <trade/much>`.", "no question 'trade/much'"),
        ("It was {fact}`13 tons <sold-2021>`.", "no fact 'sold-2021'"),
        ("See {data}`claim.json`.", "did you mean 'claims.json'"),
        ("{holds}`The only one <claims: measure=tons>` sold.", "measure tons: 2"),
        ("It says “twelve tons”.", "no source has these words: 'twelve tons'"),
        ("It says «many tons».", "no source has these words: 'many tons'"),
        ("It says ‘many tons’ so.", "no source has these words: 'many tons'"),
        ('Between "Ada" and "for its" is "no".', "no source has these words: 'no'"),
        ('It "{claim}`has <acme/tons>` sold".', "has <acme/tons>` sold'"),
        ("Dozens of towns did.", "bound to nothing: 'Dozens'"),
        ("There are thirteen towns.", "bound to nothing: 'thirteen'"),
        ("It is the only one.", "bound to nothing: 'only'"),
        ("There are three towns.", "bound to nothing: 'three'"),
        ("<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> theirs", "a merge was left undecided"),
        ("Nobody else did.", "bound to nothing: 'Nobody else'"),
        ("![All of them](a.png)", "bound to nothing: 'All'"),
        ("He praised {claim}`every town <acme/praise>`.", "bound to nothing: 'every'"),
        ("The letter has {claim}`12 tons <acme/tons>`.", "'the letter' is named"),
        ("{claim}`So <acme/tons>`, not by the bank letter.", "'bank letter' is named"),
        (
            "{claim}`So <bob/tons>`; the letter has {claim}`12 tons <acme/tons>`.",
            "'the letter' is named",
        ),
        ("It is so; the letter has {claim}`12 tons <acme/tons>`.", "'the letter' is"),
    ],
)
def test_a_page_at_fault_is_named_with_its_line(book, text, said):
    root = book()
    (root / "book/page.md").write_text(f"# Page\n\n{text}\n", encoding="utf-8")
    (fault,) = look(root).faults
    assert (fault.file, fault.line) == ("book/page.md", 3)
    assert said in fault.said
    assert fault.fix


def test_a_page_that_is_not_utf_8_is_named_and_blames_no_other_file(book):
    root = book()
    free = 'anywhere: [{words: all, reason: "as ever"}]\n'
    (root / "book/wording.yml").write_text(free, encoding="utf-8")
    (root / "book/page.md").write_bytes(b"# Page\n\nAll of it \xff\n")
    (fault,) = look(root).faults
    assert (fault.file, fault.fault) == ("book/page.md", "not UTF-8 at byte 18")
    assert fault.fix == "save it as UTF-8"
    told = "book/page.md: 1 fault\n  not UTF-8 at byte 18\n  fix: save it as UTF-8"
    done = CliRunner().invoke(main, ["--root", str(root), "sign", "--all"])
    assert done.output == f"Error: {told}\n"


def test_where_the_free_words_are_at_fault_no_word_is(book):
    root = book()
    (root / "book/page.md").write_text("# Page\n\nAll of it.\n", encoding="utf-8")
    (root / "book/wording.yml").write_text("anywhere: [{words: all}]\n", "utf-8")
    assert [fault.file for fault in look(root).faults] == ["book/wording.yml"]


def test_faults_of_a_page_stand_in_the_order_of_its_lines(book):
    root = book()
    text = "# Page\n\nIt says ‘many tons’ so.\n\nDozens of towns did.\n"
    (root / "book/page.md").write_text(text, encoding="utf-8")
    assert [fault.line for fault in look(root).faults] == [3, 5]


@pytest.mark.parametrize(("text", "column"), [("It is\u200b so.", 6), ("<<<<<<< a", 1)])
def test_what_nobody_sees_and_what_nobody_meant_has_its_column(book, text, column):
    root = book()
    (root / "book/page.md").write_text(f"# Page\n\n{text}\n", encoding="utf-8")
    faults = look(root).faults
    assert [(fault.line, fault.column) for fault in faults] == [(3, column)]


def test_names_are_one_ground_in_whatever_order_they_come(tmp_path):
    corpus = SimpleNamespace(root=tmp_path, sources={})
    more = {"allowed": (), "questions": ()}
    one, other = (
        SimpleNamespace(
            names={"a": may}, collection=SimpleNamespace(corpus=corpus), **more
        )
        for may in (["x", "y"], ["y", "x"])
    )
    assert _Grounds(one).of("") == _Grounds(other).of("")
    known = SimpleNamespace(share=lambda _: None, fact=lambda name: name.upper())
    one.record, other.record = None, known
    marked = "{fact}`It sold much <sold-2021>`"
    assert _Grounds(one).of(marked) != _Grounds(other).of(marked)


@pytest.mark.parametrize(
    "text",
    [
        "It says “Ada sold 12 tons”.",
        'It says "for {claim}`its help <acme/tons>`".',
        "The letter (2021), the 2021 sales book and a book of 2021 are short.",
        "{holds}`Two documents <sources:>` have {holds}`two sums <claims: unit=t>`.",
        "The letter has {claim}`12 tons <bob/tons>`, as has {claim}`Ada <acme/tons>`.",
        "The letter is short. It is {claim}`12 tons <acme/tons>`.",
        "{claim}`12 tons <acme/tons>`; {holds}`no word <texts: word=x, source=bob>`.",
        "He sold {claim}`twelve tons <acme/tons>`.",
        "If not {claim}`“Ada sold” <acme/tons>`, one day they will.",
    ],
)  # fmt: skip
def test_words_that_are_bound_quoted_or_named_rightly_pass(book, text):
    root = book()
    (root / "book/page.md").write_text(f"# Page\n\n{text}\n", encoding="utf-8")
    assert look(root).faults == ()


WORDING = """\
anywhere: [{pattern: "only if", reason: a condition}]
pages:
  book/page.md: [{words: every town, reason: of the map}]
unbound: [{files: book/old.md, reason: not yet read}]
"""


def test_words_are_freed_with_a_reason_and_a_page_may_wait(book):
    root = book()
    (root / "book/wording.yml").write_text(WORDING, encoding="utf-8")
    page, old = root / "book/page.md", root / "book/old.md"
    page.write_text("# P\n\nOnly if every\ntown.\n", encoding="utf-8")
    old.write_text("# O\n\nAll three.\n", encoding="utf-8")
    assert look(root).faults == ()
    page.write_text("# P\n\nOnly every hill.\n", encoding="utf-8")
    old.unlink()
    said = [(fault.file, fault.line, fault.fault) for fault in look(root).faults]
    assert said == [
        ("book/page.md", 3, "a word that counts, and is bound to nothing: 'Only'"),
        ("book/page.md", 3, "a word that counts, and is bound to nothing: 'every'"),
        ("book/wording.yml", 3, "book/page.md has no such words: 'every town'"),
        ("book/wording.yml", 4, "no file 'book/old.md'"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The bank letter of June 2021.", "'bank letter' is not of June 2021"),
        ("So has the letter\n(March 2021).", "'letter' is not of March 2021"),
        ("So says the May 2021 sales book.", "'sales book' is not of May 2021"),
        ("The letter of May 2021, the 2 May 2021 letter and a paper of 2021.", ""),
        ("The letter of 2021, the 2021 sales book and the book (2021).", ""),
    ],
)
def test_a_document_is_told_with_the_day_of_its_issue(book, text, said):
    root = book((BOB, 'date: "2021"', 'date: "2021-05-02"'))
    (root / "book/page.md").write_text(f"# Page\n\n{text}\n", encoding="utf-8")
    told = [fault.fault for fault in look(root).faults]
    assert [fault[: len(said)] for fault in told] == ([said] if said else [])


BOTH = """\
  - id: both
    asks: Do 12 of 2021 praise?
    claims: [acme/praise, bob/tons]
    expect: reframes
    declares: [{a: acme/praise, b: bob/tons, relation: reframes, because: Both.}]
    adjudication: no-conflict
    cause: none
    why: The town was told.
    settles: The books.
"""


@pytest.mark.parametrize(
    ("found", "instead", "place", "said"),
    [
        ("12 of", "13 of", "asks", "no claim of the question has the number '13'"),
        ("Do 12", "Do “all” 12", "asks", "no source has these words"),
        ("Both.", "By 2020.", "declares[0].because", "has the number '2020'"),
        ("Both.", "A “no”.", "declares[0].because", "no source has these words"),
        ("The town", "The “city”", "why", "no source has these words"),
        ("The books", "The “books”", "settles", "no source has these words"),
    ],
)
def test_what_a_question_says_in_any_place_is_read(book, found, instead, place, said):
    last = "    settles: Nothing.\n"
    assert look(book((TRADE, last, last + BOTH))).faults == ()
    asked = BOTH.replace(found, instead, 1)
    (fault,) = look(book((TRADE, last, last + asked))).faults
    assert (fault.file, fault.place) == (TRADE, f"questions[2].{place}")
    assert said in fault.fault


def test_a_reading_finds_errors_in_what_there_is_or_was(book):
    root = book()
    (root / "book/trust").mkdir()
    (root / "book/trust.yml").write_text("kinds: {unclear: one may stumble}\n")
    slip = "{id: trade/tons, severity: debatable, kind: unclear, was: so, now: thus}"
    reading = root / "book/trust/first.yml"
    reading.write_text(
        "what: All.\nby: a stranger\ndate: '2026-01-02'\nstage: mended\n"
        f"questions: {{n: 2, substantive: 0, debatable: 1}}\nerrors: [{slip}]\n"
    )
    assert look(root).faults == ()
    reading.write_text(reading.read_text().replace("trade/tons", "trade/ton"))
    (fault,) = look(root).faults
    assert fault.file == "book/trust/first.yml"
    assert "'trade/ton'; did you mean 'trade/tons'" in fault.fault


def test_another_document_ends_what_was_true_of_the_others(book):
    """A new claim anywhere turns the sentence red that said there was none."""
    root = book()
    (root / "_build").mkdir()  # where it is kept that the page had no fault
    statement = "{holds}`Only the sales book and the letter <claims: measure=tons>`"
    (root / "book/page.md").write_text(f"# P\n\n{statement} do.\n")
    assert look(root).faults == ()
    text = "Cy sold 14 tons. So said Cy of Doe for its help.\n"
    digest = sha256(text.encode()).hexdigest()
    (root / "seeds/cy.txt").write_text(text, encoding="utf-8")
    sheet = SHEET.partition("  - id: praise")[0].replace("12", "14")
    sheet = sheet.format(name="cy", digest=digest, who="Cy", did="sold")
    sheet += (
        'waivers: [{quote: "So said Cy of Doe for its help.", reason: background}]\n'
    )
    (root / "seeds/cy.yml").write_text(sheet, encoding="utf-8")
    (fault,) = look(root).faults
    assert (fault.file, fault.line) == ("book/page.md", 3)
    assert "acme/tons, bob/tons, cy/tons" in fault.said


NOTES = {
    "of the document": ('"12 … tons", in 2021 as coded; 12 is +1', ""),
    "another claim": ("As in tons-2.", ""),
    "another number": ("It sold 13 tons.", "document does not print: '13'"),
    "another year": ("It was in 2020.", "document does not print: '2020'"),
    "another's words": ('It says "12 tonnes".', "no source has these words: '12 ton"),
    "half its own": ('It says "12 … tonnes".', "no source has these words: 'tonnes'"),
}
TONS_2 = """\
  - id: tons-2
    kind: status
    topic: sales
    quote: "sold 12 tons"
"""


@pytest.mark.parametrize("name", NOTES)
@pytest.mark.parametrize("field", ["about", "missing", "not_stated", "note", "what"])
def test_our_words_in_a_sheet_have_the_numbers_and_words_of_the_document(
    book, field, name
):
    words, said = NOTES[name]
    told = f"'{words}'"
    found, instead = {
        "about": ("genre:", f"about: {told}\ngenre:"),
        "missing": ("{state: whole}", f"{{state: damaged, missing: {told}}}"),
        "not_stated": ("genre:", f"not_stated: [{told}]\ngenre:"),
        "note": ("    measure: tons\n", f"    measure: tons\n    note: {told}\n"),
        "what": (
            "waivers:", f"absences: [{{id: a, what: {told}, terms: [gas]}}]\nwaivers:"
        ),
    }[field]  # fmt: skip
    root = book((ACME, "waivers:", f"{TONS_2}waivers:"), (ACME, found, instead))
    faults = look(root).faults
    assert [fault.file for fault in faults] == [ACME] * bool(said), faults
    assert all(said in fault.fault and field in fault.place for fault in faults)


READER = "sourcebook.prose.prose_check.read_prose"


def test_a_text_without_fault_is_read_once(book, monkeypatch):
    root = book()
    (root / "_build").mkdir()
    page = root / "book/page.md"
    page.write_text("# Page\n\nAll of it.\n", encoding="utf-8")
    assert len(look(root).faults) == 1
    monkeypatch.setattr(
        "sourcebook.prose.prose_check.read_prose", lambda _: pytest.fail("read")
    )
    page.write_text("# Page\n", encoding="utf-8")
    with pytest.raises(pytest.fail.Exception):
        look(root)
    monkeypatch.undo()
    assert look(root).faults == ()
    monkeypatch.setattr(
        "sourcebook.prose.prose_check.read_prose", lambda _: pytest.fail("read")
    )
    assert look(root).faults == ()


OF_ACME, WAIVED = "book/acme.md", "book/waived.md"
OF_BOB, CHAPTER = "book/bob.md", "book/questions/trade.yml"
TEXT_FILES = (OF_ACME, OF_BOB, CHAPTER, WAIVED, "notebooks/text/sources/acme.md")


@pytest.mark.parametrize(
    ("found", "instead", "again"),
    [
        ("    sign: 1", "    sign: 1\n    note: Ours.", (CHAPTER,)),
        ("    measure: tons", "    measure: tons\n    note: Ours.", (OF_ACME, CHAPTER)),
        ("reason: background", "reason: transition", (WAIVED,)),
        ("short: sales book", "short: sales ledger", TEXT_FILES),
        ('date: "2021"', 'date: "2021-02"', TEXT_FILES),
    ],
    ids=["a claim of a question", "and of a page", "a statement", "a name", "a date"],
)
def test_only_texts_are_read_again_that_name_what_changed(
    book, monkeypatch, found, instead, again
):
    """And so after a look at which nothing had changed, too."""
    root, read = book(), []
    (root / "_build").mkdir()
    pages = {
        OF_ACME: "{claim}`12 tons <acme/tons>` were sold.",
        OF_BOB: "{claim}`12 tons <bob/tons>` were bought.",
        WAIVED: "{holds}`Both texts <waivers:\nreason=background, each=source>` help.",
    }
    for name, words in pages.items():
        (root / name).write_text(f"# Page\n\n{words}\n", encoding="utf-8")
    faults = _Reader.faults
    monkeypatch.setattr(_Reader, "faults", lambda *a: read.append(a[2]) or faults(*a))
    assert look(root).faults == look(root).faults == ()
    assert sorted(read) == [*TEXT_FILES]
    read.clear()
    sheet = root / "seeds/acme.yml"
    sheet.write_text(sheet.read_text("utf-8").replace(found, instead, 1), "utf-8")
    said = {fault.file for fault in look(root).faults}
    assert sorted(read) == [*again]
    assert said == ({WAIVED} if again == (WAIVED,) else set())


def test_answers_without_fault_are_held_once_and_others_each_time(book, monkeypatch):
    root = book()
    (root / "_build").mkdir()
    chapter = root / "book/questions/trade.yml"
    sound = chapter.read_text("utf-8")
    chapter.write_text(f"in_short: [tons]\n{sound}", "utf-8")
    first = look(root).faults
    assert first
    assert look(root).faults == first
    chapter.write_text(sound, "utf-8")
    assert look(root).faults == ()
    monkeypatch.setattr(
        "sourcebook.checking.book_check.check_answers",
        lambda *_, **__: pytest.fail("held"),
    )
    assert look(root).faults == ()
    chapter.write_text(f"{sound}# More.\n", "utf-8")
    with pytest.raises(pytest.fail.Exception):
        look(root)
    chapter.write_text(sound, "utf-8")
    monkeypatch.setattr(
        "sourcebook.checking.book_check.called", lambda _: {"the letter": {"acme"}}
    )
    with pytest.raises(pytest.fail.Exception):  # a document has another name
        look(root)


def test_a_bare_number_in_an_answer_is_told_once(book):
    root = book()
    chapter = root / "book/questions/trade.yml"
    text = chapter.read_text("utf-8")
    assert "\n    answer:" not in text
    asks = "    claims:"
    changed = text.replace(asks, f"    answer: It sold 12 tons.\n{asks}", 1)
    chapter.write_text(f"in_short: [tons]\n{changed}", "utf-8")
    told = [each.fault for each in look(root).faults if "'12'" in each.fault]
    assert len(told) == 1
    assert "number outside a role" in told[0]


def test_a_check_keeps_what_it_found_in_a_book_that_was_never_built(book):
    root = book()
    assert _check(root).exit_code == 0
    assert (root / "_build/.sourcebook/clean.json").is_file()
    assert (root / "_build/.sourcebook/kept/acme.pickle").is_file()


def test_pairs_in_step_are_compared_once_and_others_each_time(book, monkeypatch):
    root = book()
    (root / "_build").mkdir()
    assert look(root).faults == ()
    compared = []
    monkeypatch.setattr(
        "sourcebook.checking.book_check.out_of_step",
        lambda _: compared.append(1) or (),
    )
    look(root)
    assert compared == []
    notebook = next((root / "notebooks").glob("*/*.ipynb"))
    notebook.write_text(f"{notebook.read_text('utf-8')}\n", encoding="utf-8")
    look(root)
    assert compared == [1]
    notebook.rename(notebook.with_name("other.ipynb"))
    look(root)
    assert compared == [1, 1]


def test_outputs_that_no_run_gave_are_told_as_long_as_the_run_holds(book):
    name = "notebooks/sources/acme.ipynb"
    pair = "notebooks/text/sources/acme.md"
    root = book((pair, "# Acme\n", "# Acme\n\n```{code-cell}\n6 + 6\n```\n"))
    shown = v4.new_output("execute_result", {"text/plain": "12"}, execution_count=1)
    cells = v4.new_markdown_cell("# Acme"), v4.new_code_cell("6 + 6", outputs=[shown])
    text = nbformat.writes(v4.new_notebook(cells=cells))
    path = root / name
    path.write_text(text, encoding="utf-8")
    reads = Reads(files={"seeds/acme.txt": sha256(TEXTS["acme"].encode()).hexdigest()})
    Store(root).keep(Result(name, 1, text, reads), text)
    told = f"{name}: not what its last run gave"
    assert told not in _check(root).output
    path.write_text(text.replace('"12"', '"13"'), encoding="utf-8")
    assert _check(root).output.count(told) == 1
    assert _check(root).output.count(told) == 1  # nor is it forgotten
    (root / "seeds/acme.txt").write_text("Ada sold 13 tons.\n", encoding="utf-8")
    assert look(root).altered == ()


def test_the_remedy_of_some_pairs_is_told_beside_that_of_others(book, monkeypatch):
    root = book()
    faults = [
        Fault("notebooks/a.ipynb", "differs", fix=RUN, said="a differs"),
        Fault("notebooks/b.ipynb", "differs", fix="take either", said="b differs"),
    ]
    monkeypatch.setattr("sourcebook.checking.book_check.out_of_step", lambda _: faults)
    assert f"fix: {RUN}" in _check(root).output


def test_a_sheet_that_was_copied_under_another_name_is_a_fault(book):
    root = book()
    copy = (root / "seeds/acme.yml").read_text(encoding="utf-8")
    (root / "seeds/zoe.yml").write_text(copy, encoding="utf-8")
    faults = [fault for fault in look(root).faults if fault.place == "file"]
    assert [(fault.file, fault.line, fault.fault) for fault in faults] == [
        ("seeds/zoe.yml", 1, "the same document as in seeds/acme.yml")
    ]


def test_the_marks_of_a_question_are_read(book):
    words = "They {claim}`sold 13 tons <acme/tons>`."
    root = book(("book/questions/trade.yml", "They say so.", f'"{words}"'))
    (fault,) = look(root).faults
    assert (fault.place, fault.line) == ("questions[0].why", 9)
    assert "give the figure of the passage" in fault.said


@pytest.mark.parametrize(
    ("fix", "said"), [(RUN, 1), ("decide", 0)], ids=["run", "other"]
)
def test_pairs_that_a_run_would_settle_say_so_once(monkeypatch, fix, said):
    faults = [Fault("notebooks/a.ipynb", "is not as its text", fix=fix)] * 2
    monkeypatch.setattr(book_check, "out_of_step", lambda _: faults)
    with pytest.raises(SourcebookError) as caught:
        book_check._in_step(Path())
    assert str(caught.value).count(f"\n  fix: {RUN}") - 2 * (fix == RUN) == said
    assert caught.value.faults == tuple(faults)
