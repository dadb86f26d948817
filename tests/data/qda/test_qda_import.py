"""New codings become drafts that a sheet can take; what cannot is refused by name."""

from __future__ import annotations

import re

import pytest
import yaml

from sourcebook.coding.claims import bind
from sourcebook.coding.schema import ClaimEntry
from sourcebook.coding.sheets import load_yaml
from sourcebook.data.qda_exchange import as_yaml


@pytest.fixture
def sheet_of(small, tmp_path):
    """Write drafts as the claims of a sheet, and return them as it is read."""

    def writes(found):
        path = tmp_path / "drafts.yml"
        path.write_text("claims:\n" + as_yaml(found, small), encoding="utf-8")
        return load_yaml(path).data["claims"]

    return writes


@pytest.fixture
def words(report):
    """Words of the report that no claim has as its passage."""
    sentence = next(
        claim.sentence for claim in report.claims() if len(claim.sentence.split()) > 20
    )
    return " ".join(sentence.split()[3:9]).strip(",.“”")


def test_a_new_passage_becomes_a_draft_that_a_sheet_takes(
    add, parts, read, report, sheet_of
):
    words = "shrinking civic space"
    add(words, "rights", "status", note="New.")
    found = read(parts)
    assert found.faults == []
    (entry,) = sheet_of(found)
    assert entry == {
        "id": "draft-1",
        "kind": "status",
        "topic": "rights",
        "quote": words,
        "note": "New.",
    }
    claim, _ = bind(ClaimEntry(**entry), report.document, report.sheet)
    assert claim.exact == words


def test_a_passage_that_stands_twice_says_which(add, parts, read, report):
    text = report.document.raw
    twice = re.search(r"\b(diplomat)\b.*\b\1\b", text, re.DOTALL)[1]
    second = text.index(twice, text.index(twice) + 1)
    add(twice, "rights", shift=second - text.index(twice))
    (draft,) = read(parts).drafts
    assert draft.nth == 2
    assert draft.kind == ""


def test_codes_apart_at_one_place_are_one_draft(add, parts, read, words):
    add(words, "rights")
    add(words, "status")
    (draft,) = read(parts).drafts
    assert (draft.topic, draft.kind) == ("rights", "status")


def test_one_more_topic_of_a_claim_is_a_draft(add, parts, read, report):
    claim = next(each for each in report.claims() if each.topic == "rights")
    add(claim.exact, "energy", text=report.document.raw)
    (draft,) = read(parts).drafts
    assert (draft.topic, draft.kind, draft.quote) == ("energy", "", claim.exact)


def test_a_code_of_their_own_stands_in_a_comment(add, parts, read, small, words):
    name = "Energy&#10;&#x2028;- id: &quot;x&quot;: "
    folder = b'<Code guid="F" name="Mine" isCodable="false">'
    code = f'<Code guid="C" name="{name}" isCodable="true"/></Code>'.encode()
    parts["project.qde"] = parts["project.qde"].replace(
        b"<Codes>", b"<Codes>" + folder + code
    )
    add(words)
    parts["project.qde"] = (
        parts["project.qde"]
        .replace(f"{{{words}}}".encode(), b"x")
        .replace(
            b"<Description></Description>",
            b'<Coding guid="0"><CodeRef targetGUID="{c}"/></Coding>',
            1,
        )
    )
    found = read(parts)
    text = as_yaml(found, small)
    assert [each.codes for each in found.drafts] == [
        ('Mine / Energy\n\u2028- id: "x": ',)
    ]
    comment = r'    # coded, and not in the codebook: "Mine / Energy\n\L- id: \"x\": "'
    assert text.splitlines()[5:] == [comment]
    assert list(yaml.safe_load(text)[0]) == ["id", "kind", "topic", "quote"]


def test_a_claim_that_was_moved_is_named(parts, read, report, small, words):
    claim = report.claims()[5]
    start = report.document.raw.index(words)
    moved = parts["project.qde"].decode()
    old = f'startPosition="{claim.span.start}" endPosition="{claim.span.end}"'
    assert moved.count(old) == 1
    moved = moved.replace(
        old, f'startPosition="{start}" endPosition="{start + len(words)}"'
    )
    parts["project.qde"] = moved.encode()
    (draft,) = read(parts).drafts
    assert draft.was == claim.id
    assert f"# moved here from {claim.id}" in as_yaml(read(parts), small)


def _place(parts, start, end):
    qde = parts["project.qde"].decode()
    passage = (
        f'<PlainTextSelection guid="x" startPosition="{start}" endPosition="{end}"/>'
    )
    opened = re.search(r'<TextSource [^>]*name="bbc-2025"[^>]*>', qde)
    parts["project.qde"] = (
        qde[: opened.end()] + passage + qde[opened.end() :]
    ).encode()


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        ("0", "999999", "lies beyond the end of the text"),
        ("999998", "999999", "lies beyond the end of the text"),
        ("9", "9", "lies beyond the end of the text"),
        ("20", "9", "lies beyond the end of the text"),
        ("-5", "9", "has no place"),
        ("", "9", "has no place"),
        ("1e3", "2000", "has no place"),
        ("٣", "٩", "has no place"),
        ("9" * 5000, "9" * 5001, "has no place"),
    ],
)
def test_a_passage_without_a_place_is_refused_and_the_rest_is_read(
    start, end, fault, parts, read
):
    known = read(parts).known
    _place(parts, start, end)
    found = read(parts)
    assert found.drafts == []
    assert found.known == known
    (said,) = found.faults
    assert "'bbc-2025'" in said
    assert fault in said


def test_white_space_alone_is_no_passage(parts, read, report):
    at = report.document.raw.index("\n")
    _place(parts, at, at + 1)
    assert "selects no words" in read(parts).faults[0]


def test_a_passage_that_cuts_a_figure_is_refused(parts, read, report):
    at = report.document.raw.index("4.3%")
    known = read(parts).known
    _place(parts, at, at + 1)
    found = read(parts)
    assert found.known == known  # what comes after it in the text is read
    (fault,) = found.faults
    assert "cuts through" in fault
    assert "fix:" in fault


def test_a_passage_that_leaves_its_negation_behind_is_refused(parts, read, report):
    claim = next(
        each
        for each in report.claims()
        if re.search(r"\bnot [a-z]+", each.exact, re.ASCII)
    )
    word = re.search(r"\bnot ([a-z]+)", claim.exact)[1]
    at = report.document.raw.index(f"not {word}") + len("not ")
    _place(parts, at, at + len(word))
    assert "leaves" in read(parts).faults[0]


@pytest.mark.parametrize(
    "called", ["bbc-2025", "002_c6e903471105ff21.txt", "002_c6e903471105ff21"]
)
def test_a_text_that_is_not_the_pinned_one_is_refused_with_the_difference(
    parts, read, called
):
    name = next(name for name in parts if b"modest 4.3%" in parts[name])
    parts[name] = parts[name].replace(b"modest 4.3%", b"modest 4.8%")
    qde = parts["project.qde"]
    assert qde.count(b'name="bbc-2025"') == 1
    parts["project.qde"] = qde.replace(b'name="bbc-2025"', f'name="{called}"'.encode())
    found = read(parts)
    (fault,) = found.faults
    assert "is not that of 002_c6e903471105ff21.txt: it has '8%" in fault
    assert "not '3%" in fault
    assert [len(words) for words in fault.split("'")[3::2]] == [20, 20]
    assert found.known > 0


def test_a_text_of_somebody_elses_is_refused_and_ours_are_read(parts, read):
    known = read(parts).known
    qde = parts["project.qde"].replace(
        b"<Sources>",
        b'<Sources><TextSource guid="1" name="bbc-2024" plainTextPath="internal://o"/>'
        b'<TextSource guid="2" name="far" plainTextPath="relative:///etc/passwd"/>'
        b'<TextSource guid="3" name="gone" plainTextPath="internal://../../gone"/>'
        b'<TextSource guid="5" name="old" plainTextPath="internal://old"/>'
        b'<PDFSource guid="4" name="scan"/>',
    )
    texts = {"Sources/o": b"Something else.", "Sources/old": b"caf\xe9"}
    found = read({**parts, "project.qde": qde, **texts})
    assert found.known == known
    assert found.passed == ("'scan' (PDFSource)",)
    other, far, gone, old = found.faults
    assert "none of ours; did you mean 'bbc-2025'?" in other
    assert "not in the archive" in far
    assert "lacks its text" in gone
    assert "not UTF-8 at byte 3" in old


def test_positions_that_could_mean_two_things_are_refused(parts, read):
    name = next(name for name in parts if b"modest 4.3%" in parts[name])
    parts[name] = b"\xef\xbb\xbf" + parts[name]
    qde = parts["project.qde"].decode()
    parts["project.qde"] = re.sub(
        r"(<PlainTextSelection [^>]*startPosition=\")(\d+)",
        lambda found: found[1] + str(int(found[2]) + 1),
        qde,
    ).encode()
    (fault,) = [each for each in read(parts).faults if "'bbc-2025'" in each]
    assert "not certain what its positions count" in fault
    assert "fix:" in fault
