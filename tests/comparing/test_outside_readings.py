"""A reading's counts are those of its list, and rates come with their interval."""

from __future__ import annotations

import pytest

from sourcebook.comparing.outside_readings import READINGS, TRUST, Rate, load_trust
from sourcebook.errors import SourcebookError

BESIDE = "kinds: {lost hedge: a word was dropped, unclear: one may stumble}\n"
READING = """\
what: All.
by: a stranger
date: "2026-01-02"
stage: mended
chapters: [gas]
claims: {n: 10, substantive: 1, debatable: 0}
questions: {n: 4, substantive: 0, debatable: 1}
errors:
  - {id: acme-2021/tons, severity: substantive, kind: lost hedge, was: it is, now: may}
  - {id: gas/q, severity: debatable, kind: [unclear, lost hedge], was: it, now: gas}
"""


def write(root, text=READING, name="first.yml"):
    (root / READINGS).mkdir(parents=True, exist_ok=True)
    (root / TRUST).write_text(BESIDE, encoding="utf-8")
    (root / READINGS / name).write_text(text, encoding="utf-8")


def test_a_reading_is_counted_by_unit_and_stage(tmp_path):
    write(tmp_path)
    write(tmp_path, READING.replace("n: 10", "n: 30"), "second.yml")
    trust = load_trust(tmp_path)
    assert trust.rate("claims", "mended", "substantive") == Rate(2, 40)
    assert trust.rate("questions", "mended", "debatable") == Rate(2, 8)
    assert trust.rate("sentences", "mended", "substantive") is None
    assert trust.rate("claims", "beginning", "substantive") is None


def test_a_chapter_was_read_through_on_the_last_day_it_was(tmp_path):
    write(tmp_path)
    write(tmp_path, READING.replace("01-02", "03-04"), "again.yml")
    trust = load_trust(tmp_path)
    assert trust.read_through("gas") == "2026-03-04"
    assert trust.read_through("tone") == ""


def test_the_latest_stage_comes_first_among_errors(tmp_path):
    write(tmp_path)
    earlier = READING.replace("stage: mended", "stage: beginning").replace(
        "it is", "is"
    )
    write(tmp_path, earlier, "zero.yml")
    told = [slip.was for _, slip in load_trust(tmp_path).slips("substantive")]
    assert told == ["it is", "is"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            "substantive: 1,", "substantive: 2,", "2 substantive, and 1", id="few"
        ),
        pytest.param("debatable: 1}", "debatable: 0}", "0 debatable, and 1", id="many"),
        pytest.param("lost hedge, was", "lost edge, was", "lost hedge", id="kind"),
        pytest.param("[gas]", "[gass]", "no chapter", id="chapter"),
        pytest.param("stage: mended", "stage: soon", "stage", id="stage"),
        pytest.param("n: 10", "n: 0", "n", id="nothing-read"),
        pytest.param("gas/q, sev", "gas (top), sev", "sentences", id="not-counted"),
        pytest.param("gas/q, sev", "gas/p, sev", "did you mean 'gas/q'", id="nothing"),
        pytest.param("2021/tons", "2021/ton", "or was called", id="no-claim"),
    ],
)
def test_a_reading_that_does_not_add_up_is_refused(tmp_path, old, new, fault):
    assert old in READING
    write(tmp_path, READING.replace(old, new))
    with pytest.raises(SourcebookError, match=fault):
        load_trust(tmp_path, chapters=["gas"], names=["gas/q", "acme-2021/tons"])


def test_no_more_is_refused_than_was_tried(tmp_path):
    write(tmp_path)
    trial = "planted: [{what: a, stage: mended, tried: 9, refused: 9, by: a check}]\n"
    (tmp_path / TRUST).write_text(BESIDE + trial, encoding="utf-8")
    assert load_trust(tmp_path).planted[0].refused == 9
    (tmp_path / TRUST).write_text(
        BESIDE + trial.replace("d: 9, b", "d: 10, b"), "utf-8"
    )
    with pytest.raises(SourcebookError, match="10 refused of 9"):
        load_trust(tmp_path)


def test_as_many_were_read_as_were_drawn(tmp_path):
    claims = "claims: {n: 10, substantive: 0, debatable: 0}\n"
    head = READING.partition("claims:")[0]
    write(tmp_path, f"{head}{claims}drawn: 10 of 100, seed 7\n")
    assert load_trust(tmp_path).rate("claims", "mended", "debatable") == Rate(0, 10)
    write(tmp_path, f"{head}{claims}drawn: 100 of all, seed 7\n")
    with pytest.raises(SourcebookError, match="10 were read, and drawn: '100 of all"):
        load_trust(tmp_path)


def test_examples_need_not_be_all(tmp_path):
    text = READING.replace("substantive: 1,", "substantive: 9,") + "examples: true\n"
    write(tmp_path, text)
    assert load_trust(tmp_path).rate("claims", "mended", "substantive").count == 9


def test_a_book_that_nobody_read_again_has_none(tmp_path):
    assert load_trust(tmp_path) is None


@pytest.mark.parametrize(("wrong", "n"), [(0, 10), (10, 10), (5, 150), (1, 1)])
def test_an_interval_holds_its_rate_and_stays_in_bounds(wrong, n):
    low, high = Rate(wrong, n).interval
    assert 0 <= low <= wrong / n <= high <= 1
    assert low < high


def test_the_readings_of_this_book_add_up(root):
    chapters = [path.stem for path in (root / "book" / "questions").glob("*.yml")]
    trust = load_trust(root, chapters=chapters)
    assert trust.rate("claims", "beginning", "substantive") == Rate(13, 190)
    assert trust.rate("claims", "mended", "substantive") == Rate(5, 150)
    through = [
        trust.rate("questions", f"through-{turn}", "substantive")
        for turn in (1, 2, 3, 4)
    ]
    assert through == [Rate(51, 226), Rate(33, 226), Rate(11, 226), Rate(43, 226)]
    draws = [Rate(18, 80), Rate(12, 80), Rate(7, 80), Rate(7, 80), Rate(3, 80)]
    assert trust.draws("questions") == draws  # whole readings are none of them
    assert all(each.refused <= each.tried for each in trust.planted)
