"""A dating is drawn as long as it is vague, and refused where it has no place."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from sourcebook.coding.source_looks import GREY
from sourcebook.errors import SourcebookError
from sourcebook.views.canvas import NOTE, measure
from sourcebook.views.timeline import lanes, series, sources_line, timeline

NAMES = ("van-gils-2017/mandate-2016", "valiyev-yagubova-2022/partnership-proposed")
YEARS = [{"year": 2021, "value": 8.2}, {"year": 2022, "value": 11.4}]
MARK = {"year": 2022, "value": 16.2, "text": "a target"}
MARK |= {"claim": "valiyev-yagubova-2022/gas-target"}
BAR = re.compile(
    r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="11" fill="(.*?)"'
)


@pytest.fixture
def pair(corpus):
    return [corpus.claim(name) for name in NAMES]


def words(svg):
    return [html.unescape(each) for each in re.findall(r"<text[^>]*>([^<]*)", svg)]


def test_a_year_is_drawn_as_a_year_and_a_month_as_a_month(pair):
    drawn = timeline(pair, words={name: name for name in NAMES}, title="When")
    (year, *_), (month, *_) = [
        (float(wide), fill) for _, wide, fill in BAR.findall(drawn.wide)
    ]
    assert year / month == pytest.approx(12, abs=1)
    assert "May 2016" in drawn.description


def test_what_is_not_highlighted_is_grey_and_a_gap_is_named(pair):
    said = {name: name for name in NAMES}
    gaps = [(2016.2, 2016.4, "nothing dated")]
    drawn = timeline(pair, words=said, title="When", highlight=NAMES[:1], gaps=gaps)
    assert sorted(fill == GREY for *_, fill in BAR.findall(drawn.wide)) == [False, True]
    assert "Shaded: nothing dated" in words(drawn.narrow)


def test_a_row_without_words_is_refused(pair):
    with pytest.raises(SourcebookError, match="no words"):
        timeline(pair, words={NAMES[0]: "mandate"}, title="When")


def test_a_dating_without_a_beginning_is_refused(corpus):
    claim = corpus.claim("brussels-times-2025/talks-paused")
    with pytest.raises(SourcebookError, match="no first day"):
        timeline([claim], words={claim.id: "pause"}, title="When")


def test_a_dating_without_an_end_is_refused(pair):
    open_ = replace(pair[0], when="2016/..")
    with pytest.raises(SourcebookError, match="no last day"):
        timeline([open_], words={open_.id: "mandate"}, title="When")


def test_each_lane_has_its_heading_and_its_rows_by_date(pair):
    said = dict(zip(NAMES, ("Mandate", "Proposal"), strict=True))
    drawn = lanes({"Second": pair[1:], "First": pair[:1]}, words=said, title="Who")
    seen = words(drawn.narrow)
    assert seen[:6] == [
        *("Second", "Proposal", "policy brief", "First", "Mandate", "van Gils study"),
    ]
    assert drawn.description.startswith("Who: Proposal (policy brief): 2016")


def test_an_empty_lane_is_refused():
    with pytest.raises(SourcebookError, match="without a claim: 'Held'"):
        lanes({"Held": []}, words={}, title="Who")


def test_the_documents_stand_in_order_with_sponsor_and_length(corpus):
    drawn = sources_line(corpus, title="Five texts, 2017 to 2025")
    assert [row["year"] for row in drawn.rows] == [2017, 2022, 2025, 2025, 2025]
    sponsors = {row["name"]: row["sponsor"] for row in drawn.rows}
    named = [name for name, who in sponsors.items() if who.startswith("sponsor: ")]
    assert named == ["sponsored article"]
    assert len(drawn.wide.encode()) + len(drawn.narrow.encode()) < 12_000
    notes = [each for each in words(drawn.wide) if "words, " in each]
    assert all(measure(each, size=NOTE) <= 288 for each in notes)


@pytest.mark.parametrize("at", ["wide", "narrow"])
def test_a_circle_stands_beside_its_documents_words_or_below_them(corpus, at):
    drawn = getattr(sources_line(corpus, title="Five texts"), at)
    pattern = r'<text x="0" y="([\d.]+)"|<circle .*?cy="(.*?)" r="(.*?)"'
    lines: list[float] = []
    bottom = 0.0
    for baseline, middle, radius in re.findall(pattern, drawn):
        if baseline:
            assert float(baseline) > bottom
            lines.append(float(baseline))
        elif at == "narrow":
            bottom = float(middle) + float(radius)
            assert float(middle) - float(radius) > lines[-1]
        else:
            bottom = float(middle) + float(radius)
            assert abs(float(middle) - (lines[0] + lines[-1]) / 2) < NOTE
            lines.clear()
    assert bottom


def test_a_documents_figure_is_lettered_on_the_record_and_named_below():
    drawn = series(
        YEARS, unit="bcm", marks=[MARK], title="Deliveries", source="An office"
    )
    assert words(drawn.wide)[-2:] == ["A", "policy brief: a target (2022)"]
    assert drawn.links[0][0].endswith("#claim-valiyev-yagubova-2022-gas-target")
    two = series(
        YEARS, unit="bcm", marks=[MARK, MARK], title="Deliveries", source="An office"
    )
    letters = [each for each in words(two.wide) if len(each) == 1 and each.isalpha()]
    assert letters == ["A", "B", "A", "B"]


def test_a_bar_stands_over_the_middle_of_its_year():
    drawn = series(YEARS, unit="bcm", title="Deliveries", form="bar").wide
    bars = re.findall(
        r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" [^>]*opac', drawn
    )
    years = re.findall(r'<text x="([\d.]+)"[^>]*>20\d\d<', drawn)
    assert [float(x) + float(wide) / 2 for x, wide in bars] == list(map(float, years))
    assert len(bars) == 2


@pytest.mark.parametrize(
    ("rows", "form"),
    [([], "line"), ([YEARS[0], YEARS[0]], "line"), (YEARS, "cake")],
    ids=["none", "a year twice", "form"],
)
def test_a_row_of_years_that_cannot_be_drawn_is_refused(rows, form):
    with pytest.raises(SourcebookError, match="fix: give one row a year"):
        series(rows, unit="bcm", title="t", form=form)
