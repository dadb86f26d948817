"""The words of a picture are read in a notebook's code, and held to what they say."""

from __future__ import annotations

import json

import altair as alt
import pytest

from sourcebook.checking.impact import uses
from sourcebook.coding.hedges import DEFAULT_SLACK
from sourcebook.comparing.statements import Collection
from sourcebook.prose.counting_words import Wording
from sourcebook.prose.markdown import picture_words, read_prose
from sourcebook.prose.proofreading import (
    Evidence,
    allowed_numbers,
    quoted_in,
    role_fault,
    worded,
)
from sourcebook.views.charts import spread
from sourcebook.views.explorer import view_html
from sourcebook.views.figure import show

SHARE = "{claim}`4.3% <bbc-2025/gas-share>`"
PAGE = "# Gas\n\n```{{code-cell}}\n:tags: [hide-input]\n\n{code}\n```\n"


@pytest.fixture(scope="module")
def evidence(corpus) -> Evidence:
    return Evidence(Collection(corpus, ()), allowed_numbers(corpus), Wording())


def faults(code: str, evidence: Evidence) -> list[tuple[int, str]]:
    """Return line and first line of each fault of a page that holds a cell."""
    text = PAGE.format(code=code)
    stretches = read_prose(text)
    remarks = [*worded(stretches, evidence, page="a.md"), *quoted_in(text, evidence)]
    found = [(each.line, each.text.split("\n")[0]) for each in remarks]
    roles = [role for stretch in stretches for role in stretch.roles]
    said = [
        (role.place[0], role_fault(role, evidence).split("\n")[0]) for role in roles
    ]
    return found + [each for each in said if each[1]]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('show(x, title="A", subtitle="B")', ["A", "B"]),
        ('show(x, description="A" " b")', ["A b"]),
        ('show(x, finding="A" + " b")', ["A b"]),
        ('show(x, title="A" if one else "B")', ["A B"]),
        ('show(x, title=f"{n} of {len(x)} {{claim}}")', ["`…` of `…` {claim}"]),
        ('a = "A"\nb = "B"\nshow(x, title=a)', ["A"]),
        ('a, b = 1, "B"\nshow(x, title=b)', ["B"]),
        ('a, *b = "A", 1, 2\nshow(x, title=a)', ["A"]),
        ('show(x, title="A" + n)', ["A"]),
        ('a = "A"\nb = f"{a}."\nshow(x, title=b)', ["`…`.", "A"]),
        ('a = f"{a}"\nshow(x, title=a)', ["`…`"]),
        (':tags: [hide-input]\n\nshow(x, title="A")', ["A"]),
        ('show(x, caption="A", title=said(x), unit="B")', []),
        ('%load x\nshow(x, title="A")', []),
    ],
)
def test_the_words_of_a_picture_are_found(cell, found):
    assert [words for _, words in picture_words(cell)] == found


def test_a_bare_number_in_a_description_is_refused_where_it_stands(evidence):
    told = 'sb.show(\n    x,\n    description="It is 4.3% of "\n    "imports.",\n)'
    assert faults(told, evidence) == [(8, "number outside a role: '4.3%' (column 7)")]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (SHARE, ""),
        (SHARE.replace("4.3%", "5%"), "bbc-2025/gas-share: the words do not say"),
        ("Two texts", "a word that counts, and is bound to nothing"),
        ("{holds}`five documents <sources:>`", ""),
        ("{holds}`two documents <sources:>`", "the words do not say"),
        ("It is “never printed”", "no source has these words"),
        ("It is “a modest 4.3%”", ""),
    ],
)
def test_a_mark_in_a_picture_is_held_as_one_in_prose(evidence, words, fault):
    doubled = words.replace("{", "{{").replace("}", "}}")
    for code in (f'show(x, title="{words}")', f'show(x, title=f"{{n}}: {doubled}")'):
        found = [said for _, said in faults(code, evidence)]
        assert [said.startswith(fault) for said in found] == [True] * bool(fault)


def test_marks_are_gone_from_what_is_drawn_and_said(corpus):
    claim = corpus.claim("bbc-2025/gas-share")
    title, said = f"It is {SHARE}", f"Said: {SHARE}."
    drawn = spread([claim], title=title, subtitle=f"Of {SHARE}", description=said)
    chart = alt.Chart(alt.Data(values=[{"x": 1}]), title=title).mark_point()
    shown = show(chart.encode(x="x:Q"), subtitle=f"Of {SHARE}", description=said)
    for picture in (drawn, shown):
        everything = json.dumps(picture._repr_mimebundle_(), ensure_ascii=False)
        for words in ("It is 4.3%", "Of 4.3%", "Said: 4.3%."):
            assert words in everything
        assert "{claim}" not in everything
    assert "It is 4.3%" in drawn.svg()
    live = view_html(claim, claim, slack=DEFAULT_SLACK, title=title)
    assert "It is 4.3%" in live


def test_a_description_has_fifty_words_without_its_marks(corpus):
    claims = [corpus.claim("bbc-2025/gas-share")]
    fifty = " ".join([SHARE] * 50)
    assert spread(claims, title="A share", description=fifty)


def test_a_claim_linked_in_a_picture_is_a_use_of_it(tmp_path):
    page = tmp_path / "notebooks/text/a.md"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE.format(code=f'show(x, title="{SHARE}")'), encoding="utf-8")
    assert [(each.line, each.claims) for each in uses(tmp_path)] == [
        (6, ("bbc-2025/gas-share",))
    ]


def test_marks_that_are_never_closed_are_passed_in_one_go(evidence):
    """Each would else be looked for to the end of the page."""
    assert [*quoted_in("“word " * 100_000, evidence)] == []
