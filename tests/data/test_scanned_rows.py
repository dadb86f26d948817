"""What is read in a document stands where the row says, and says what the row says."""

from __future__ import annotations

import datetime as dt

import pytest

from sourcebook.authoring.text_extraction import extract_bytes
from sourcebook.data.scanned_rows import AROUND, BookReader

NAMES = {"Arcadia": ("Arcadian",)}, {"Arcadia": "state"}
LETTER = (
    "## Supplies\n\nIn May 2022, [Arcadia](#) sold around 5% of its gas. “We sell it "
    "gladly,” its minister said.\n\nSee Figure 34: between 20 and 25 bcm a year.\n"
)


READER = BookReader(*NAMES, extract_bytes)


def _read(text, name="a.txt"):
    return READER.read(name, text.encode())


@pytest.fixture(scope="module")
def rows():
    return _read(LETTER)


def test_names_in_another_order_are_the_same_names():
    names = {"Arcadia": ("Arcadian",), "Utopia": ()}
    kinds = dict.fromkeys(names, "state")
    turned = dict(reversed(names.items()))
    one, other = (BookReader(each, kinds, extract_bytes) for each in (names, turned))
    assert one.digest == other.digest != READER.digest


def test_every_row_points_at_its_words_in_the_raw_file(rows):
    for table in ("numbers", "dates", "quotations", "actors"):
        assert rows[table]
        for row in rows[table]:
            assert LETTER[row["start"] : row["end"]] == row["text"]
            assert LETTER[: row["start"]].count("\n") + 1 == row["line"]


def test_a_number_has_its_interval_and_what_it_is_a_share_of(rows):
    share, label, volume = rows["numbers"]
    assert (share["text"], share["value"], share["unit"]) == ("around 5%", 5, "percent")
    assert (share["value_low"], share["value_high"]) == (4.5, 5.5)
    assert share["low_closed"] is share["high_closed"] is True
    assert (share["hedge_rule"], share["of"]) == ("about", "its gas")
    assert share["context"] == "In May 2022, Arcadia sold around 5% of its gas."
    assert (label["role"], label["text"]) == ("label", "See Figure 34")
    assert "value" not in label
    assert volume["value"] is None
    assert (volume["low"], volume["high"]) == (20e9, 25e9)
    assert (volume["unit"], volume["per"]) == ("m3", "year")


def test_a_date_has_its_days(rows):
    (date,) = rows["dates"]
    assert (date["edtf"], date["kind"]) == ("2022-05", "date")
    assert (date["first"], date["last"]) == (dt.date(2022, 5, 1), dt.date(2022, 5, 31))


def test_a_row_says_what_its_reading_rests_on():
    rows = _read("It has 12 500 staff. It cost 40 pesos.")["numbers"]
    assert [each["ground"].partition(":")[0] for each in rows] == [
        "inferred",
        "doubtful",
    ]


def test_an_open_date_and_one_without_a_year_have_no_end():
    dates = _read("It is so 2014–present. It fell on May 22.")["dates"]
    assert [(each["edtf"], each["first"], each["last"]) for each in dates] == [
        ("2014/..", dt.date(2014, 1, 1), None),
        ("", None, None),
    ]


def test_quotations_and_actors(rows):
    assert [(each["kind"], each["marks"]) for each in rows["quotations"]] == [
        ("speech", "double")
    ]
    assert [(each["actor"], each["kind"]) for each in rows["actors"]] == [
        ("Arcadia", "state")
    ]


def test_a_document_counts_what_it_has(rows):
    (document,) = rows["documents"]
    assert document["title"] == "Supplies"
    assert document["characters"] == len(LETTER)
    assert document["sentences"] == 4
    for table in ("numbers", "dates", "quotations", "actors", "doubts"):
        assert document[table] == len(rows[table])


def test_sentences_are_the_same_in_every_table(rows):
    assert [row["sentence"] for row in rows["numbers"]] == [1, 3, 3]
    assert [row["sentence"] for row in rows["dates"]] == [1]
    assert [row["sentence"] for row in rows["quotations"]] == [2]


def test_a_context_is_short_however_long_the_sentence():
    text = "and so on " * 50 + "5% of it " + "and so on " * 50
    (row,) = _read(text)["numbers"]
    assert "5% of it" in row["context"]
    assert len(row["context"]) <= 2 * AROUND + len(row["text"])


def test_a_figure_without_an_interval_is_listed_all_the_same():
    (row,) = _read("It sold nearly 0 tons of gas.")["numbers"]
    assert (row["text"], row["value"], row["hedge"]) == ("nearly 0 tons", 0, "nearly")
    assert "value_low" not in row


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# Salt\n\n> It sold\n> 12<sup>3</sup> tons, ~~15~~ 21 in all.\n"),
        ("a.md", "---\ntitle: Salt\n---\n<!-- 7 --> It&nbsp;sold 5 of 9 mines.\n"),
        (
            "a.txt",
            "\ufeffIt sold 5\u200b tons of mil-\nling salt, and 7 12 500 tons.\n",
        ),
        ("a.txt", "\f".join(f"Salt {n}\n\nMine {n * 7} is shut.\n" for n in (1, 2, 3))),
    ],
    ids=["marks", "front matter", "unseen", "pages"],
)
def test_a_text_is_taken_as_it_is_when_it_is_added(name, text):
    added = extract_bytes(name, text.encode())
    rows = _read(text, name)
    (document,) = rows["documents"]
    assert document["characters"] == len(added.text)
    assert document["changed"] == "; ".join(added.said) != ""
    assert document["doubts"] == len(rows["doubts"]) == len(added.doubts)
    assert [each["words"] for each in rows["doubts"]] == [
        each.words for each in added.doubts
    ]
    for row in rows["numbers"]:
        assert added.text[row["start"] : row["end"]].split() == row["text"].split()
