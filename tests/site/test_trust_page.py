"""The page on trust gives the answer first, with its figures from the readings."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from docutils import nodes

from sourcebook.comparing.outside_readings import (
    READINGS,
    TRUST,
    Elsewhere,
    Rate,
    Slip,
    Trial,
    Trust,
    load_trust,
)
from sourcebook.comparing.questions import answer_all
from sourcebook.site import trust_page
from sourcebook.site.directives import printing
from sourcebook.site.trust_page import (
    PARTS,
    TITLE,
    _example,
    answer_sentences,
    draws_said,
    latest,
    passages_said,
    rate_words,
    rates_picture,
)
from sourcebook.views.canvas import WIDE
from sourcebook.views.listings import PageLink

READING = """\
what: All.
by: a stranger
date: "2026-01-02"
stage: {stage}
claims: {{n: {n}, substantive: 1, debatable: 0}}
errors:
  - {{id: acme-2021/a, severity: substantive, kind: unclear, was: it, now: gas}}
"""


DRAW = """\
what: Some.
by: a stranger
drawn: {n} of all
date: "2026-01-02"
stage: {stage}
questions: {{n: {n}, substantive: 2, debatable: 0}}
examples: true
"""


def drawn(root, stages, aim=5):
    """Return a book whose questions were drawn at these stages, so many at each."""
    (root / READINGS).mkdir(parents=True)
    (root / TRUST).write_text(f"kinds: {{}}\naim: {aim}\n", encoding="utf-8")
    for stage, n in stages.items():
        path = root / READINGS / f"{stage}.yml"
        path.write_text(DRAW.format(stage=stage, n=n), encoding="utf-8")
    return load_trust(root)


@pytest.fixture
def trust(tmp_path):
    (tmp_path / READINGS).mkdir(parents=True)
    (tmp_path / TRUST).write_text(
        "kinds: {unclear: one may stumble}\n", encoding="utf-8"
    )
    for stage, n in (("beginning", 10), ("mended", 40)):
        path = tmp_path / READINGS / f"{stage}.yml"
        path.write_text(READING.format(stage=stage, n=n), encoding="utf-8")
    return load_trust(tmp_path)


@pytest.fixture
def part(printed):
    """Return a function that makes one part of the page, for a book or for readings."""

    def made(name, root, **domain):
        at = SimpleNamespace(root=root, use=lambda _: None, **domain)
        shown = printing(trust_page._shown, takes=1, among=PARTS)
        return printed(shown, at, name)

    return made


def cells(table):
    rows = table.findall(nodes.row)
    return [[each.astext() for each in row.findall(nodes.entry)] for row in rows]


@pytest.mark.usefixtures("trust")
def test_a_part_is_asked_for_by_its_name_and_may_be_empty(part, tmp_path):
    with pytest.raises(ValueError, match="no part 'answers'; did you mean 'answer'"):
        part("answers", tmp_path)
    assert "Of 40 claims" in part("answer", tmp_path)[0].astext()
    assert part("draws", tmp_path) == []
    for path in (tmp_path / READINGS).glob("*.yml"):
        path.unlink()
    (said,) = part("answer", tmp_path)
    assert said.astext().startswith("Nobody strange to this book")
    assert part("kinds", tmp_path) == []
    (tmp_path / TRUST).write_text("kinds: 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="kinds"):
        part("answer", tmp_path)


@pytest.mark.usefixtures("trust")
def test_rates_stand_by_stage_and_kinds_by_how_often_they_were(part, tmp_path):
    _, table = part("chart", tmp_path)
    assert [row[:3] for row in cells(table)[1:]] == [
        ["claims", "before this edition", "10"],
        ["claims", "after mending", "40"],
    ]
    assert cells(table)[1][3].startswith("1: 10% (")
    assert cells(table)[1][4].startswith("0: 0% (")
    (table,) = part("kinds", tmp_path)
    shown = ["unclear: one may stumble", "2", "acme-2021/a: it", "gas"]
    assert cells(table)[1:] == [shown]


def test_an_error_leads_to_where_it_was_by_whatever_name(trust):
    claim = SimpleNamespace(id="acme-2021/b", names=("acme-2021/b", "acme-2021/a"))
    domain = SimpleNamespace(corpus=SimpleNamespace(claims=[claim]), answers=())
    rows = trust_page._errors(trust, domain).rows
    where = PageLink("acme-2021/a", "book/claims/acme-2021", "claim-acme-2021-b")
    stages = ("after mending", "before this edition")
    assert list(rows) == [(where, ("unclear",), "it", "gas", when) for when in stages]


def test_the_commonest_kind_comes_first():
    def slip(*kinds):
        return Slip(id="a/a", severity="substantive", kind=kinds, was="it", now="gas")

    slips = [(None, slip("b")), (None, slip("c", "a")), (None, slip("c"))]
    trust = SimpleNamespace(slips=lambda _: slips, kinds=dict.fromkeys("abc", "odd"))
    table = trust_page._kinds(trust)
    assert [row[:2] for row in cells(table)[1:]] == [
        ["c: odd", "2"], ["a: odd", "1"], ["b: odd", "1"],
    ]  # fmt: skip


def test_what_was_planted_and_what_others_found_is_told_in_full():
    of = {"stage": "mended", "by": "a check", "note": "So."}
    planted = Trial(what="Quotes", tried=1200, refused=1000, **of)
    told = {"of": "letters", "authors": "Doe", "year": 1999, "where": "Print"}
    told |= {"url": "https://example.org/a", "title": "Slips", "what": "Errors"}
    others = (
        Elsewhere(rate="5%", interval="1 to 9", note="So.", **told),
        Elsewhere(rate="6%", **told),
    )
    trust = Trust(readings=(), kinds={}, planted=(planted,), others=others)
    (table,) = PARTS["planted"](trust, None)
    assert cells(table)[1] == [
        "Quotes", "after mending", "1,200", "1,000", "200", "So.",
    ]  # fmt: skip
    (lines,) = PARTS["others"](trust, None)
    assert [line.astext() for line in lines] == [
        "Errors: 5% (1 to 9), letters. So. Doe (1999): Slips. Print.",
        "Errors: 6%, letters. Doe (1999): Slips. Print.",
    ]


def test_a_chapter_is_told_with_what_changed_since_it_was_read(monkeypatch, root):
    state = SimpleNamespace(
        chapter="gas", read="", since="1.0", questions=9, new=2, otherwise=3
    )
    monkeypatch.setattr(trust_page, "chapter_states", lambda *_, **__: {"gas": state})
    domain = SimpleNamespace(root=root, answers=())
    listing = trust_page._chapters(None, domain)
    assert list(listing.rows[0][1:]) == ["not yet", "9", "4", "3", "2"]
    assert listing.columns[3].name == "as in 1.0"


def test_the_answer_is_the_latest_rate_with_its_interval(trust):
    assert answer_sentences(trust) == [
        (
            "Of 40 claims read after mending, 1 was wrong in substance: "
            "2.5% (0.4% to 12.9%)."
        )
    ]
    assert latest(trust, "claims") == ("mended", Rate(1, 40))
    assert latest(trust, "questions") is None


def test_draws_are_told_in_turn_and_held_to_the_aim(tmp_path):
    said = draws_said(drawn(tmp_path, {"beginning": 9, "drawn-2": 25, "mended": 8}))
    assert "2 times in turn" in said  # what came before any mending is none of them
    assert "2 of 8, then 2 of 25 were wrong" in said
    assert "fewer than 5 in 100. The last rate, 8%, is not below it" in said
    assert said.endswith("lies on both sides of it.")


def test_what_nobody_read_is_passed_over_and_what_follows_is_told(tmp_path):
    (said,) = answer_sentences(drawn(tmp_path, {"mended": 8}))
    assert said.startswith("Of 8 questions read after mending, 2 were wrong")


@pytest.mark.parametrize(
    ("aim", "at", "lies"),
    [
        (50, "below", "below"),
        (8.05, "below", "on both sides of"),
        (8, "not below", "on both sides of"),
        (1, "not below", "above"),
    ],
)
def test_where_the_rate_and_its_range_lie_is_told(tmp_path, aim, at, lies):
    said = draws_said(drawn(tmp_path, {"mended": 8, "drawn-1": 25}, aim=aim))
    assert f"The last rate, 8%, is {at} it" in said
    assert said.endswith(f"lies {lies} it.")


def test_one_draw_shows_no_course(tmp_path):
    assert draws_said(drawn(tmp_path, {"mended": 8})) == ""


def test_this_book_tells_its_draws_and_that_its_aim_is_not_shown_to_be_met(root):
    said = draws_said(load_trust(root))
    assert "18 of 80, then 12 of 80, then 7 of 80, then 7 of 80, then 3 of 80" in said
    assert "The last rate, 3.8%, is below it" in said
    assert said.endswith("1.3% to 10.5%, lies on both sides of it.")


def test_a_rate_of_none_has_an_interval_too():
    assert rate_words(Rate(0, 100)) == "0% (0% to 3.7%)"


def test_the_picture_has_what_was_found_last(trust):
    drawn = rates_picture(trust)
    assert [row["n"] for row in drawn.rows] == [40]
    assert "Claims, after mending" in drawn.wide
    assert "1 of 40" in drawn.wide
    assert TITLE not in drawn.description  # of claims alone it finds nothing


@pytest.mark.parametrize(("of", "end"), [(40, 15), (100, 10), (23, 25)])
def test_the_axis_of_the_picture_ends_at_the_next_five_per_cent(monkeypatch, of, end):
    known = {"claims": ("mended", Rate(1, of))}
    monkeypatch.setattr(trust_page, "latest", lambda _, unit: known.get(unit))
    marks = re.findall(
        r'<text x="([\d.]+)"[^>]*>(\d+)</text>', rates_picture(None).wide
    )
    assert [*map(float, marks[-1])] == [pytest.approx(WIDE - 12, abs=9), end]


@pytest.mark.parametrize(
    ("questions", "told"), [(None, False), (1, False), (2, False), (3, True)]
)
def test_a_picture_says_that_questions_fare_worse_only_where_they_do(
    monkeypatch, questions, told
):
    known = {"claims": ("mended", Rate(2, 40))}
    if questions:
        known["questions"] = ("mended", Rate(questions, 40))
    monkeypatch.setattr(trust_page, "latest", lambda _, unit: known.get(unit))
    assert (trust_page._title(None) == TITLE) is told


def test_the_picture_of_this_book_has_the_title_that_its_rates_bear_out(root):
    assert rates_picture(load_trust(root)).description.startswith(TITLE)


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


@pytest.mark.parametrize(
    ("kinds", "shown"),
    [([("a", "b"), ("a",)], 1), ([("a", "b"), ("b", "a")], 0)],
    ids=["the one of that kind alone", "else the first"],
)
def test_an_error_stands_for_those_of_its_kind(kinds, shown):
    slips = [SimpleNamespace(id=f"c/{n}", kind=kind, was=f"was {n}", now=f"now {n}")
             for n, kind in enumerate(kinds)]  # fmt: skip
    assert _example(slips) == (f"c/{shown}: was {shown}", f"now {shown}")
