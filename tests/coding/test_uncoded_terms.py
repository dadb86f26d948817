"""What is left to code is said; drafts stand in a sheet, and count for nothing."""

from __future__ import annotations

import hashlib

import pytest

from sourcebook.coding.corpus import read, remaining
from sourcebook.errors import SheetError

TEXT = "It made 12 cars. It made 12 cars. “We are proud,” she said.\n"
CODEBOOK = """topics: {output: What is made}
measures: {cars: {label: cars, unit: "", definition: Cars}}
denominators: []
places: [plant]
concepts: {}
event_types: {}
"""
DRAFTS = """
  - {id: a, kind: quantity, topic: "", quote: "It made 12 cars", nth: 2, measure: ""}
  - {id: b, quote: "“We are proud,” she said", voice: ""}
"""


@pytest.fixture
def book(tmp_path):
    """Return a function that writes a one-source book and gives its root."""

    def write(*, coverage="state: partial, only: a", claims="", drafts="", extra=""):
        seeds = tmp_path / "seeds"
        seeds.mkdir(exist_ok=True)
        (seeds / "codebook.yml").write_text(CODEBOOK)
        (seeds / "acme.txt").write_text(TEXT, encoding="utf-8")
        sha = hashlib.sha256(TEXT.encode()).hexdigest()
        (seeds / "acme.yml").write_text(
            f'file: acme.txt\nsha256: {sha}\n{extra}issued: {{date: "2021", '
            f"inferred: so}}\ngenre: Report\nextent: {{state: whole}}\n"
            f"coverage: {{{coverage}}}\nclaims:{claims}\ndrafts:{drafts}\nwaivers:\n",
            encoding="utf-8",
        )
        return tmp_path

    return write


def _faults(root):
    with pytest.raises(SheetError) as caught:
        read("acme", root=root)
    return "\n".join(map(str, caught.value.faults))


def test_drafts_count_for_nothing_and_what_is_left_is_said(book):
    source = read("acme", root=book(drafts=DRAFTS))
    assert source.claims() == ()
    assert {item.state for item in source.census} == {"unread"}
    assert str(remaining(source)) == (
        "left in seeds/acme.yml: 2 drafts to complete; "
        "unread: 2 numbers, 1 quotation, 3 sentences"
    )


def test_a_sheet_with_nothing_left_may_call_itself_complete(book):
    waiver = '\n  - {quote: "It", to: "said.", nth: 1, reason: background}\n'
    root = book()
    sheet = root / "seeds" / "acme.yml"
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace("waivers:\n", f"waivers:{waiver}"), encoding="utf-8")
    assert str(remaining(read("acme", root=root))).endswith(
        "nothing; make its coverage `state: complete`, without `only:`"
    )
    text = sheet.read_text(encoding="utf-8")
    sheet.write_text(text.replace("partial, only: a", "complete"), encoding="utf-8")
    assert remaining(read("acme", root=root)) is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"coverage": "state: complete"}, "a complete sheet has no drafts"),
        ({"drafts": DRAFTS.replace("12", "13")}, "quote not found: 'It made 13"),
        ({"drafts": DRAFTS.replace("nth: 2", "nth: 3")}, "quote stands 2 times"),
        ({"drafts": DRAFTS.replace("id: b", "id: a")}, "repeated id 'a' @ drafts[1]"),
        ({"drafts": DRAFTS.replace("voice", "voices")}, "unknown field 'voices'"),
        ({"claims": DRAFTS, "drafts": ""}, "field 'topic' is still blank @ claims[0]"),
        ({"claims": DRAFTS, "drafts": ""}, "field 'voice' is still blank @ claims[1]"),
        (
            {"claims": DRAFTS.replace('topic: ""', "topic: output"), "drafts": ""},
            "kind: quantity needs measure, where, when, or a note on why",
        ),
    ],
)  # fmt: skip
def test_a_draft_that_is_wrong_or_is_no_claim_yet_is_a_fault(book, change, fault):
    assert fault in _faults(book(**({"drafts": DRAFTS} | change)))


@pytest.mark.parametrize(
    ("file", "sha", "fault"),
    [
        ("acme.pdf", "", "acme.pdf is not the file that the text was taken from"),
        ("none.pdf", "", "no file none.pdf in seeds/"),
        ("../acme.pdf", "", "must be a bare file name"),
        ("acme.pdf", hashlib.sha256(b"%PDF").hexdigest(), ""),
    ],
    ids="changed missing outside right".split(),
)
def test_the_original_is_held_to_its_hash(book, file, sha, fault):
    original = (
        f"original: {{file: {file}, sha256: {sha or 'a' * 64}, extracted_with: x}}"
    )
    root = book(extra=f"{original}\n")
    (root / "seeds" / "acme.pdf").write_bytes(b"%PDF")
    if fault:
        assert f"{fault} @ original.file" in _faults(root)
    else:
        assert read("acme", root=root).sheet.original.file == file
