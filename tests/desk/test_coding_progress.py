"""What is coded, what is set aside, what is open: sentence by sentence."""

from __future__ import annotations

from hashlib import sha256

import pytest

from sourcebook.desk import coder
from sourcebook.desk.coding_progress import read_progress
from sourcebook.errors import SourcebookError
from sourcebook.reading.anchor import locate


@pytest.fixture
def read(unfinished):
    def again(*changes):
        text = unfinished.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        unfinished.write_text(text, encoding="utf-8")
        return read_progress(unfinished.parent.parent, unfinished.stem)

    return again


def proposals(progress, number):
    """Return the fields of what is proposed for a sentence."""
    offers = coder._drafts(progress, number)
    return [offer.fields for offer in offers if not offer.draft]


def test_every_sentence_has_a_state(read):
    progress = read()
    states = [progress.state(number) for number in range(len(progress.sentences))]
    assert states == ["waived", "gap", "gap", "gap", "coded", "gap", "gap", "gap"]
    assert progress.gaps() == (1, 2, 3, 5, 6, 7)
    assert [item.text for item in progress.found(1)] == ["around 14 tons"]
    assert [each.claim.id for each in progress.coded(4)] == ["acme-2021/praise"]
    assert [each.reason for each in progress.waived(0)] == ["label"]
    assert progress.faults == ()


def test_a_proposal_has_what_was_read_and_nothing_that_must_be_judged(read):
    progress = read()
    fields = [proposals(progress, number) for number in (1, 2, 3, 4)]
    assert fields == [
        [
            {
                "id": "sales-rose-around",
                "kind": "quantity",
                "quote": "Sales rose to around 14 tons",
                "measure": "tons",
                "voice": "author",
            }
        ],
        [
            {
                "id": "company-founded-2021",
                "kind": "event",
                "quote": "The company was founded in May 2021",
                "when": "2021-05",
                "voice": "author",
            }
        ],
        [{"id": "pleased-with", "quote": "“We are pleased with it,”"}],
        [],
    ]


def test_a_date_is_proposed_for_the_passage_in_which_it_stands(read, unfinished):
    path = unfinished.with_name("acme.txt")
    old = path.read_text(encoding="utf-8")
    new = old.replace("in May 2021.", "in May 2021, sold in June 2022, lost in 2023.")
    path.write_text(new, encoding="utf-8")
    digests = [sha256(text.encode()).hexdigest() for text in (old, new)]
    found = proposals(read(digests), 2)
    assert {each["when"]: each["quote"] for each in found} == {
        "2021-05": "The company was founded in May 2021",
        "2022-06": "sold in June 2022",
        "2023": "lost in 2023",
    }


def test_of_a_paragraph_that_is_one_quotation_no_quote_is_proposed(read, unfinished):
    """No sheet may quote a whole paragraph, and less of it would be no quotation."""
    path = unfinished.with_name("acme.txt")
    old = path.read_text(encoding="utf-8")
    new = f"{old}\n“We are as pleased as one can be.”\n"
    path.write_text(new, encoding="utf-8")
    progress = read([sha256(text.encode()).hexdigest() for text in (old, new)])
    assert proposals(progress, len(progress.sentences) - 1) == []


def test_drafts_stand_where_their_words_do_and_strays_in_the_first(read):
    drafts = """drafts:
  - {id: second, quote: "It was so", nth: 2}
  - {id: first, quote: "It was so", nth: 1}
  - {id: lost, quote: "It was not so"}
  - {id: early, quote: "rose to around 14 tons"}
  - {id: verbless, quote: "The company"}

waivers:"""
    progress = read(("waivers:", drafts))
    where = {
        number: [each.id for each in progress.drafted(number)]
        for number in range(len(progress.sentences))
    }
    found = {number: ids for number, ids in where.items() if ids}
    assert found == {
        0: ["lost"], 1: ["early"], 2: ["verbless"], 6: ["first"], 7: ["second"],
    }  # fmt: skip
    assert [each.id for each in progress.unfinished] == [
        "second", "first", "lost", "early", "verbless",
    ]  # fmt: skip
    assert all(each.draft for each in progress.unfinished)


@pytest.mark.parametrize(
    ("quote", "left"),
    [
        ("no such words stand here", ["It sold 9 tons of tin"]),
        ("It sold 9 tons of tin", []),
    ],
)
def test_a_draft_hides_the_proposals_in_its_words_and_no_other(
    read, unfinished, quote, left
):
    path = unfinished.with_name("acme.txt")
    old = path.read_text(encoding="utf-8")
    new = f"It sold 9 tons of tin. It rained.\n\n{old}"
    path.write_text(new, encoding="utf-8")
    draft = f'drafts:\n  - {{id: a, quote: "{quote}"}}\nwaivers:'
    digests = [sha256(text.encode()).hexdigest() for text in (old, new)]
    found = proposals(read(digests, ("waivers:", draft)), 0)
    assert [each["quote"] for each in found] == left


def test_a_sentence_that_stands_twice_is_quoted_with_which_it_is(read):
    progress = read()
    assert [coder.passage(progress, number)["nth"] for number in (6, 7)] == [1, 2]
    assert "nth" not in coder.passage(progress, 5)


def test_a_measure_is_proposed_only_where_the_unit_leaves_one(read, unfinished):
    book = unfinished.with_name("codebook.yml")
    more = "measures:\n  load: {label: load, unit: t, definition: Weight}"
    book.write_text(book.read_text().replace("measures:", more), encoding="utf-8")
    assert "measure" not in proposals(read(), 1)[0]


def test_every_proposal_for_the_book_can_be_bound(root, tmp_path):
    """What is proposed for a sheet without claims binds, apart from what is missing."""
    (tmp_path / "seeds").mkdir()
    for path in (root / "seeds").glob("*.*"):
        text = path.read_text(encoding="utf-8")
        if path.stem == "brussels-times-2025":
            text = text[: text.index("\nclaims:")] + "\n"
        (tmp_path / "seeds" / path.name).write_text(text, encoding="utf-8")
    progress = read_progress(tmp_path, "brussels-times-2025")
    made = [each for n in progress.gaps() for each in proposals(progress, n)]
    assert len(made) > 20
    for each in made:
        assert locate(each["quote"], progress.document, nth=each.get("nth"))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("    sign: 1\n", ""), "needs sign"),
        (("Acme praises the", "Acme praised the"), "cannot be bound"),
    ],
    ids=["field-missing", "words-not-there"],
)
def test_an_unfinished_claim_does_not_stop_the_rest(read, change, fault):
    progress = read(change)
    (left,) = progress.unfinished
    assert (left.id, left.fields["actor"]) == ("praise", "Acme")
    assert fault in left.fault
    assert len(progress.faults) == 1
    assert left in progress.drafted(4 if left.start >= 0 else 0)
    assert progress.state(0) == "waived"


def test_a_claim_at_fault_hides_none_behind_it(read):
    gone = "id: gone, kind: stance, topic: firm, quote: no such words, actor: Acme"
    gone = f"claims:\n  - {{{gone}, target: Doe, concept: praise, sign: 1}}\n"
    progress = read(("claims:\n", gone))
    assert len(progress.faults) == 1
    assert progress.state(4) == "coded"


def test_what_is_no_sheet_is_refused(read):
    with pytest.raises(SourcebookError, match="not a list of fields"):
        read(("  - id: praise  # ours", "  - praise\n  - id: b"))
    with pytest.raises(SourcebookError, match=r"seeds/acme-2021\.yml"):
        read(("file: acme.txt", "nothing: acme.txt"))


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("claims", ("claims:\n", "claims: 5\nwas:\n")),
        ("drafts", ("waivers:\n", "drafts: 5\nwaivers:\n")),
    ],
)
def test_a_part_that_is_no_list_is_named(read, part, change):
    with pytest.raises(SourcebookError, match=f"{part} is no list of entries"):
        read(change)
