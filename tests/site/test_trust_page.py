"""The page on trust gives the answer first, with its figures from the readings."""

from __future__ import annotations

import pytest

from sourcebook.comparing.outside_readings import FILE, FOLDER, Rate, load_trust
from sourcebook.comparing.questions import answer_all
from sourcebook.site.trust_page import (
    PARTS,
    answer_sentences,
    latest,
    passages_said,
    rate_words,
    rates_picture,
)

READING = """\
what: All.
by: a stranger
date: "2026-01-02"
stage: {stage}
claims: {{n: {n}, substantive: 1, debatable: 0}}
errors:
  - {{id: acme-2021/a, severity: substantive, kind: unclear, was: it, now: gas}}
"""


@pytest.fixture
def trust(tmp_path):
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FILE).write_text(
        "kinds: {unclear: one may stumble}\n", encoding="utf-8"
    )
    for stage, n in (("beginning", 10), ("mended", 40)):
        path = tmp_path / FOLDER / f"{stage}.yml"
        path.write_text(READING.format(stage=stage, n=n), encoding="utf-8")
    return load_trust(tmp_path)


def test_the_answer_is_the_latest_rate_with_its_interval(trust):
    assert answer_sentences(trust) == [
        (
            "Of 40 claims read after mending, 1 was wrong in substance: "
            "2.5% (0.4% to 12.9%)."
        )
    ]
    assert latest(trust, "claims") == ("mended", Rate(1, 40))
    assert latest(trust, "questions") is None


def test_a_rate_of_none_has_an_interval_too():
    assert rate_words(Rate(0, 100)) == "0% (0% to 3.7%)"


def test_the_picture_has_a_row_for_each_stage_at_which_something_was_read(trust):
    drawn = rates_picture(trust)
    assert [row["n"] for row in drawn.rows] == [10, 40]
    assert "Claims, before this edition" in drawn.wide
    assert "1 of 40" in drawn.wide


def test_the_parts_of_the_page_are_those_that_there_are(root):
    page = (root / "book" / "trust.md").read_text(encoding="utf-8")
    asked = [
        line.split()[1] for line in page.splitlines() if line.startswith("```{trust}")
    ]
    assert sorted(asked) == sorted(PARTS)


def test_passages_are_counted_once_and_wholly(corpus):
    """The sentence's parts add up to all questions."""
    answers = answer_all(corpus)
    words = passages_said(answers).replace(",", "").split()
    total, several, firm, every, some, rest = (int(w) for w in words if w.isdigit())
    assert total == len(answers) == several + rest
    assert several == firm + every + some
