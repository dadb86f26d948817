"""Every mark is one passage, on its side, in its document's column."""

from __future__ import annotations

import html
import re

import pytest
from made_up_claims import make_claim

from sourcebook.errors import SourcebookError
from sourcebook.views.canvas import measure
from sourcebook.views.stance_charts import SILENT, poles, stance_dots

ROWS = [
    {"claim": "bbc-2025/not-reliant", "label": "“not reliant”", "side": 1},
    {
        "claim": "anonymous-2025/critical-player",
        "label": "“critical player”",
        "side": -1,
    },
]
STANCES = [
    make_claim(name, kind="stance", target=target, sign=sign)
    for name, target, sign in (
        ("van-gils-2017/a", "EU", -1),
        ("bbc-2025/a", "Council", 1),
        ("bbc-2025/b", "EU", 1),
        ("bbc-2025/c", "Russia", 0),
    )
]


def words(svg):
    return [html.unescape(each) for each in re.findall(r"<text[^>]*>([^<]*)", svg)]


def at(svg, said):
    found = next(m for m in re.finditer(r'<text x="([\d.]+)"[^>]*>([^<]*)', svg)
                 if html.unescape(m[2]) == said)  # fmt: skip
    return float(found[1])


def test_a_passage_stands_under_its_pole_and_the_key_names_its_document():
    drawn = poles(ROWS, left="Baku holds it", right="The EU holds it", title="t")
    wide = drawn.wide
    assert at(wide, "“critical player”") < 350 < at(wide, "“not reliant”")
    assert {"opinion piece", "BBC report"} <= set(words(drawn.narrow))
    assert "neither" not in words(wide)  # no passage stands there
    assert [row["side"] for row in drawn.rows] == ["The EU holds it", "Baku holds it"]


@pytest.mark.parametrize("blanks", range(1, 9))
def test_what_a_band_is_about_ends_before_its_passages(blanks):
    about = f"Pressing{' and resisting' * 4}{' i' * blanks}"
    wide = poles(
        [{**ROWS[1], "about": about}, {**ROWS[0], "about": "Energy"}],
        left="Baku holds it", right="The EU holds it", title="t",
    ).wide  # fmt: skip
    lines = [each for each in words(wide) if each in about]
    assert " ".join(lines) == about
    first = at(wide, "“critical player”")
    assert all(measure(each, bold=True) + 8 < first - 17 for each in lines)


def test_on_a_phone_no_word_and_no_pole_is_broken():
    long = "“can hinder the implementation”"
    rows = [
        {**ROWS[0], "label": long, "side": -1, "about": "Pressing and resisting"},
        {**ROWS[1], "side": 1, "about": "Energy"},
        {**ROWS[1], "label": "“congruent”", "side": 0, "about": "Energy"},
    ]
    left, right = "Azerbaijan has the hold", "the EU has it"
    narrow = words(poles(rows, left=left, right=right, title="t").narrow)
    assert narrow[:3] == ["Pressing and resisting", f"◀ {left}", long]
    assert [f"▶ {right}", "“critical player”"] == narrow[6:8]


@pytest.mark.parametrize(
    "fault", [{"side": 2}, {"label": "a label of far too many words indeed"}]
)
def test_another_side_or_a_long_label_is_refused(fault):
    with pytest.raises(SourcebookError, match="a side of"):
        poles([{**ROWS[0], **fault}], left="a", right="b", title="t")


def test_targets_are_joined_in_rows_and_a_silent_document_says_so():
    drawn = stance_dots(STANCES, title="t", targets={"the EU": ("EU", "Council")})
    said = [row["stances"] for row in drawn.rows if row["stances"] != SILENT]
    assert said == ["blames 1", "praises 2"]
    assert words(drawn.wide).count("no judgement") == 3
    assert {"praises", "neither", "blames"} <= set(words(drawn.wide))
    assert len(drawn.links) == 3


def test_without_targets_each_has_a_row_and_all_documents_a_column(corpus):
    drawn = stance_dots(STANCES, title="t")
    assert [row["target"] for row in drawn.rows[::5]] == ["EU", "Council", "Russia"]
    assert len(drawn.rows) == 3 * len(corpus.sources)
