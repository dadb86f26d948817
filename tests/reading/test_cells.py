"""The unit of a figure in a table stands in a head, and not beside the figure."""

from __future__ import annotations

import pytest

from sourcebook.reading.dates import read_dates
from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.text import clean

BCM, EUR = "m3", "EUR"


def _table(*rows, before=""):
    return before + "\n\n".join(f"| {row} |" for row in rows) + "\n\nIt rained."


@pytest.mark.parametrize(
    ("table", "read"),
    [
        (("Year | Gas (bcm)", "2021 | 8.1"), [("8.1", "8100000000", BCM, "column")]),
        (("Year | Gas, in bcm", "2021 | 8.1"), [("8.1", "8100000000", BCM, "column")]),
        (("Year | Share (%)", "2021 | 2.4"), [("2.4", "2.4", "percent", "column")]),
        (("Year | Share (%)", "2021 | 2.4%"), [("2.4%", "2.4", "percent", "")]),
        (
            ("Year | Cost (EUR million)", "2021 | 1,250.5"),
            [("1,250.5", "1250500000", EUR, "column")],
        ),
        (("Year | Staff ('000)", "2021 | 4"), [("4", "4000", "", "column")]),
        (("Land | Staff", " | 1995 (000)*", "A | 4"), [("4", "4000", "", "column")]),
        (("Land | Sales ($000's)", "A | 4"), [("4", "4000", "USD", "column")]),
        (("Year | Gas | Unit", "2021 | 8 | bcm"), [("8", "8000000000", BCM, "beside")]),
        (
            ("Item | 2021", "Imports (million euros) | 3.4"),
            [("3.4", "3400000", EUR, "row")],
        ),
        (("Year | Ships", "2021 | 7"), [("7", "7", "", "")]),
        (("2021 | 7", "2022 | 8"), [("7", "7", "", ""), ("8", "8", "", "")]),
    ],
)
def test_a_cell_takes_the_unit_that_stands_nearest(table, read):
    every = read_numbers(clean(_table(*table)).text)
    found = [mention for mention in every if mention.role == "quantity"]
    assert [(m.text, f"{m.low:f}", m.unit) for m in found] == [r[:3] for r in read]
    for mention, (*_, where) in zip(found, read, strict=True):
        assert mention.ground.startswith("inferred: ") == bool(where)
        assert where in mention.ground


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (
            ("S. No. | Scheme | Outlay (Rs. in crore)", "1 | Roads | 120.5"),
            ["1 = label", "1205000000 INR"],
        ),
        ((" | State | Sum in ₹ lakh", "1 | Goa | 3", "2 | Bihar | 4", "3 | Up | 5"),
         ["1 = label", "300000 INR", "2 = label", "400000 INR", "3 = label",
          "500000 INR"]),
        (("Year | Rupees in crore", "2021 | 120"), ["1200000000 INR"]),
        (("Tea | KSh million", "Dry | 120"), ["120000000 KES"]),
        (("Ships | Ports", "1 | 5", "2 | 6", "3 | 7"), ["1", "5", "2", "6", "3", "7"]),
    ],
)  # fmt: skip
def test_rows_are_numbered_and_money_is_counted_as_the_head_says(rows, read):
    found = read_numbers(clean(_table(*rows)).text)
    assert read == [
        f"{m.low:f} = label" if m.role == "label" else f"{m.low:f} {m.unit}".rstrip()
        for m in found
    ]


@pytest.mark.parametrize(
    ("rows", "figures", "years"),
    [
        (("Land | Men to a shop", "A | 1111", "B | 1667"), ["1111", "1667"], []),
        ((" | 2021 | 2022", "A | 12 | 1850", "B | 1612 | 13"),
         ["12", "1850", "1612", "13"], ["2021", "2022"]),
        (("Firm | Founded | Staff", "A | 1995 | 12", "B | 980 | 1612"),
         ["12", "980", "1612"], ["1995"]),
        (("Staff | 120", "Founded | 1995", "Ships | 12"), ["120", "12"], ["1995"]),
        ((" | 2006 | 2007", "A | 12 | 13", "Men | 2006 | 2007", "A | 5 | 6"),
         ["12", "13", "5", "6"], ["2006", "2007"] * 2),
    ],
)  # fmt: skip
def test_four_digits_among_the_figures_of_a_column_are_no_year(rows, figures, years):
    text = clean(_table(*rows)).text
    assert [m.text for m in read_numbers(text)] == figures
    assert [date.text for date in read_dates(text)] == years


@pytest.mark.parametrize(
    "line", ["(yrs) No. (95% CI) Women", "(m) The sum", "As in paragraph (h)(2) of it"]
)
def test_brackets_that_open_a_line_are_no_unit_of_a_table(line):
    table = _table("A | 45", "B | 47", before=f"{line}\n\n")
    assert {m.unit for m in read_numbers(clean(table).text)} <= {"", "percent"}


def test_a_caption_gives_its_unit_to_the_whole_table_and_to_nothing_else():
    table = _table("Year | Wind | Sun", "2030 | 12.3 | 6", before="Power in GW\n\n")
    found = read_numbers(clean(f"{table} It took 5 ships.").text)
    assert [(m.text, m.unit) for m in found] == [
        ("12.3", "W"),
        ("6", "W"),
        ("5 ships", ""),
    ]


def test_the_mark_of_a_note_hides_no_figure_behind_which_it_stands():
    found = read_numbers("It sold 12.4³ billion cubic metres, 45¹² percent, 5 km².")
    assert [(f"{m.low.normalize():f}", m.unit) for m in found] == [
        ("12400000000", "m3"),
        ("45", "percent"),
        ("5", "km2"),
    ]


def test_the_head_of_a_second_table_right_below_is_no_row_of_the_first():
    first = _table("Town | Share, %", "Ganja | 25", before="Output (tonnes)\n\n")
    second = _table(" | USD million | Change (%)", "Tea | 3,410.5 | -1.1")
    found = read_numbers(clean(first.removesuffix("It rained.") + second).text)
    assert [f"{m.low:f} {m.unit}" for m in found] == [
        "25 percent",
        "3410500000 USD",
        "-1.1 percent",
    ]


@pytest.mark.parametrize(
    ("rows", "grounds"),
    [
        (("Year | Gain, %", "2022 | (4)"), {"doubtful"}),
        (("Year | Gain, %", "2022 | (4.5)"), {"doubtful"}),
        (("Year | Gain, %", "2022 | 4.5"), {"inferred"}),
        (("(1) | (2)", "Tea | rose"), set()),
    ],
    ids=["whole", "decimals", "plain", "columns"],
)
def test_a_figure_alone_in_brackets_may_be_a_loss(rows, grounds):
    found = read_numbers(clean(_table(*rows)).text)
    told = {m.ground.split(":")[0] for m in found if m.role == "quantity"}
    assert told == grounds
