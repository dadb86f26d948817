"""What a release said stays on record, and every difference from it is found."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sourcebook.comparing.questions import Answer, Silence
from sourcebook.comparing.relations import Verdict
from sourcebook.comparing.release_changes import (
    RECORDS,
    Change,
    ReleaseRecord,
    as_lines,
    changes_since,
    load_records,
    order,
    present_items,
    present_relations,
)
from sourcebook.errors import SourcebookError

OLD = {
    ("gas/share", "a/x", "b/x"): "agrees",
    ("gas/share", "a/x", "c/x"): "clashes",
    ("gas/gone", "a/y", "b/y"): "overlaps",
}
NOW = {
    ("gas/share", "a/x", "b/x"): "contradicts",
    ("gas/share", "a/x", "c/x"): "clashes",
    ("gas/more", "a/z", "bbc-2025"): "silent",
}


def write(root, name, text):
    folder = root / RECORDS
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_every_pair_falls_into_one_heap():
    found = changes_since([ReleaseRecord("0.1.0", OLD)], NOW, version="0.2.0")
    assert found.since == "0.1.0"
    assert found.flipped == (
        Change("gas/share", "a/x", "b/x", "agrees", "contradicts"),
    )
    assert [change.question for change in found.new] == ["gas/more"]
    assert [change.question for change in found.withdrawn] == ["gas/gone"]
    assert [(c.before, c.now) for c in found.unchanged] == [("clashes", "clashes")]


def test_a_gate_that_moved_is_a_flip():
    pair = ("gas/share", "a/x", "b/x")
    old = ReleaseRecord("0.1.0", {pair: "not-comparable(of)"})
    found = changes_since([old], {pair: "not-comparable(where)"}, version="0.2.0")
    assert len(found.flipped) == 1


@pytest.mark.parametrize(
    ("version", "since"),
    [
        pytest.param("0.2.0", "0.1.0", id="not-itself"),
        pytest.param("0.10.0", "0.9.0", id="by-number-not-by-letter"),
        pytest.param("0.1.0", "", id="nothing-older"),
    ],
)
def test_the_newest_older_record_is_what_counts(version, since):
    records = [
        ReleaseRecord(name, {}) for name in ("0.1.0", "0.9.0", "0.10.0", "0.2.0")
    ]
    kept = records if version != "0.2.0" else [records[0], records[3]]
    assert changes_since(kept, NOW, version=version).since == since


def test_records_are_read_oldest_first(tmp_path):
    for version in ("0.10.0", "0.9.0"):
        write(
            tmp_path, f"{version}.csv", "question,a,b,relation\ngas/s,a/x,b/x,agrees\n"
        )
    records = load_records(tmp_path)
    assert [record.version for record in records] == ["0.9.0", "0.10.0"]
    assert records[0].relations == {("gas/s", "a/x", "b/x"): "agrees"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("question,a,b\n", "columns", id="other-columns"),
        pytest.param("question,a,b,relation\nq,a\n", "2 cells", id="short-row"),
        pytest.param("", "columns", id="empty"),
        pytest.param(
            "question,a,b,relation\nq,a,b,agrees\nq,a,b,clashes\n", "twice", id="twice"
        ),
    ],
)
def test_a_record_that_was_touched_is_refused(tmp_path, text, fault):
    write(tmp_path, "0.1.0.csv", text)
    with pytest.raises(SourcebookError, match=fault) as caught:
        load_records(tmp_path)
    assert str(caught.value).startswith("book/releases/0.1.0.csv: ")
    assert "\n  fix: " in str(caught.value)


@pytest.mark.parametrize("name", ["1.0", "v1.0.0", "1.0.0a1", "1.0.²"])
def test_a_name_that_is_no_version_is_refused(name):
    with pytest.raises(SourcebookError, match="not a version"):
        order(name)


def test_the_first_release_is_on_record(root):
    first = load_records(root)[0]
    assert first.version == "0.1.0"
    assert len(first.relations) == 10
    assert (
        first.relations[
            "treaty/proposal-year",
            "van-gils-2017/spa-proposed",
            "valiyev-yagubova-2022/partnership-proposed",
        ]
        == "clashes"
    )


def test_present_relations_name_the_gate_and_the_silent_source():
    a, b = SimpleNamespace(id="two/b"), SimpleNamespace(id="one/a")
    gate = Verdict("not-comparable", "so", "of")
    silences = (Silence("three", ("x",)),)
    asked = Answer("gas", SimpleNamespace(id="q"), (a, b), ((a, b, gate),), silences)
    assert list(present_relations([asked]).items()) == [
        (("gas/q", "one/a", "three"), "silent"),
        (("gas/q", "two/b", "one/a"), "not-comparable(of)"),
        (("gas/q", "two/b", "three"), "silent"),
    ]


CLAIM = SimpleNamespace(
    id="one/a", quote="around 14 tons", when="2021", sign=0, actors=("Ada", "Bob"),
    quantity=None, note="",
)  # fmt: skip
QUESTION = SimpleNamespace(asks="How much?", answer="A lot.", claims=("one/a",))
FACT = SimpleNamespace(id="mandate", fact="It was given.", when="2016")


def test_items_are_what_readers_saw_and_what_is_empty_is_left_out():
    answer = SimpleNamespace(id="gas/q", question=QUESTION)
    items = present_items([CLAIM], [answer], SimpleNamespace(facts=(FACT,)))
    assert [*items] == sorted(items)
    assert items == {
        ("claim", "one/a"): {
            "quote": "around 14 tons",
            "when": "2021",
            "actors": "Ada; Bob",
            "sign": "0",
        },
        ("fact", "mandate"): {"fact": "It was given.", "when": "2016"},
        ("question", "gas/q"): {
            "asks": "How much?",
            "answer": "A lot.",
            "claims": "one/a",
        },
    }


def test_lines_of_a_record_read_back(tmp_path):
    items = {("claim", "one/a"): {"quote": "“é”\n", "kind": "status"}}
    write(tmp_path, "0.1.0.csv", "question,a,b,relation\n")
    (tmp_path / RECORDS / "0.1.0.jsonl").write_bytes(as_lines(items))
    assert load_records(tmp_path)[0].items == items


@pytest.mark.parametrize("line", ["{", "[1]", '{"is":"claim"}', "7"])
def test_lines_that_were_touched_are_refused(tmp_path, line):
    write(tmp_path, "0.1.0.csv", "question,a,b,relation\n")
    write(tmp_path, "0.1.0.jsonl", f"{line}\n")
    with pytest.raises(SourcebookError, match="line 1"):
        load_records(tmp_path)


def test_what_each_release_said_is_on_record(root):
    first, second = load_records(root)[:2]
    assert second.version == "0.2.0"
    for record in (first, second):
        said = record.items["claim", "bbc-2025/gas-share"]
        assert said["reads"] == "[4.25, 4.35] percent"
    asked = {name for what, name in second.items if what == "question"}
    assert asked == {question for question, _, _ in second.relations}
