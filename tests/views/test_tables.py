"""Tables are plain for those who calculate and accessible for those who read."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from sourcebook.errors import SourcebookError
from sourcebook.views.fragment import Fragment
from sourcebook.views.tables import (
    CLAIM_COLUMNS,
    FIGURE_COLUMNS,
    MANY,
    cell,
    claims_table,
    figures_table,
    show_table,
)


def test_claims_come_sorted_with_the_documented_columns(claim, around, bare):
    frame = claims_table([around, claim("anonymous-2025/x"), bare])
    assert list(frame.columns) == list(CLAIM_COLUMNS)
    assert list(frame["id"]) == ["anonymous-2025/x", bare.id, around.id]
    assert list(frame.index) == [0, 1, 2]
    assert (frame.loc[2, "start"], frame.loc[2, "end"]) == (10, 20)


def test_the_passage_is_the_text_of_the_source_not_the_sheet(claim):
    frame = claims_table([claim("a/x", quote="a 'quote'", exact="a ‘quote’")])
    assert frame.loc[0, "quote"] == "a ‘quote’"


def test_figures_leave_out_claims_without_one(claim, around):
    frame = figures_table([claim("a/x"), around])
    assert list(frame.columns) == list(FIGURE_COLUMNS)
    row = frame.loc[0]
    assert len(frame) == 1
    assert (row["figure"], row["hedge"], row["rule"]) == (
        "around 5%",
        "around",
        "about",
    )
    assert (row["value_low"], row["value_high"]) == (5, 5)
    assert row["interval"] == "[4.5, 5.5]"


@pytest.mark.parametrize("make", [claims_table, figures_table])
def test_no_claims_give_an_empty_table_that_still_shows(make):
    frame = make([])
    assert frame.empty
    assert show_table(frame, caption="None").html.count("<th ") == len(frame.columns)


def test_a_table_on_a_page_can_be_read_out_and_scrolled():
    markup = show_table(pd.DataFrame({"n": [1960, 4]}), caption="Two <numbers>").html
    assert markup.startswith(
        '<div class="sb-table" role="region" tabindex="0" '
        'aria-label="Two &lt;numbers&gt;"><table class="dataframe">'
        "<caption>Two &lt;numbers&gt;</caption>"
    )
    assert '<th scope="col">n</th>' in markup
    assert '<td class="sb-number">1,960</td>' in markup
    assert "id=" not in markup
    assert "style" not in markup


def test_a_page_writes_out_times_topics_and_claims_and_the_frame_keeps_them(claim):
    one = claim("bbc-2025/gas-share", when="../2025-05-22", topic="eu-azerbaijan")
    frame = claims_table([one])[["id", "topic", "when"]]
    markup = show_table(frame, caption="c").html
    assert "<td>by 22 May 2025</td>" in markup
    assert "<td>EU–Azerbaijan</td>" in markup
    assert '#claim-bbc-2025-gas-share">gas share</a>' in markup
    assert list(frame.loc[0]) == ["bbc-2025/gas-share", "eu-azerbaijan", one.when]


def test_cells_and_headings_are_escaped():
    frame = pd.DataFrame({"<i>": ["<script>", '"&']})
    markup = show_table(frame, caption="c").html
    assert "<script>" not in markup
    assert "<td>&lt;script&gt;</td>" in markup
    assert "&lt;i&gt;" in markup


def test_what_is_missing_is_empty_and_never_nan():
    frame = pd.DataFrame({"n": [0.1 + 0.2, float("nan")], "s": ["x", None]})
    assert repr(show_table(frame, caption="c")).splitlines() == [
        "c",
        "n\ts",
        "0.3\tx",
        "\t",
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (pd.NaT, ""),
        (float("nan"), ""),
        (Fraction(1, 3), "≈ 0.3333"),
        (False, "no"),
        (float(MANY), "1 million"),
        (1234.5, "1,234.5"),
        (Fragment("<b>x</b>", "x"), "x"),
    ],
)
def test_each_kind_of_value_has_its_words(value, words):
    assert cell(value) == words


@pytest.mark.parametrize("name", ["acme", "/acme"])
def test_what_is_no_claim_is_no_link(name):
    frame = pd.DataFrame({"id": [name]})
    assert f"<td>{name}</td>" in show_table(frame, caption="c").html


@pytest.mark.parametrize("value", [True, pd.Series([True])[0]], ids=["python", "numpy"])
def test_truth_is_said_in_words(value):
    frame = pd.DataFrame({"key": pd.Series([value], dtype=object)})
    assert "<td>yes</td>" in show_table(frame, caption="c").html


def test_a_column_of_yes_and_no_is_not_set_as_numbers(around):
    markup = show_table(claims_table([around])[["key"]], caption="c").html
    assert "<td>no</td>" in markup


@pytest.mark.parametrize("caption", ["", "  "])
def test_a_table_without_a_caption_is_refused(caption):
    with pytest.raises(SourcebookError, match="without a caption"):
        show_table(pd.DataFrame({"n": [1]}), caption=caption)
