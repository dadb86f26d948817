"""A card becomes lines: passages by name, outcomes once, one page for a fact."""

from __future__ import annotations

from lxml import etree

from sourcebook.edition.abridged_pages import LINES, shorten_evidence

CLAIM = "book/claims/acme.xhtml#claim-acme-5"


def _shortened(*rows: tuple[str, str]):
    lines = "".join(f"<tr><th>{name}</th><td>{cell}</td></tr>" for name, cell in rows)
    card = etree.fromstring(
        '<div xmlns="http://www.w3.org/1999/xhtml"><table class="sb-facts"><tbody>'
        f"{lines}</tbody></table></div>"
    )
    shorten_evidence(card)
    return card


def _said(card) -> str:
    return " ".join("".join(card.itertext()).split())


def test_a_question_names_its_passages_and_tells_why():
    card = _shortened(
        ("Acme, 2021", f'<a href="{CLAIM}">“five”</a>'),
        ("How they compare", "a (x) – b (y): They agree. Both are five."),
        ("How they compare", "a (x) – b (z): They agree. Both are still five."),
        ("Who does not say it", "Zenith: none of the words searched for"),
        ("What we make of it", "Both can stand"),
        ("Why", 'As <a href="#x">five</a> is five.'),
        ("What would settle it", "A count."),
        ("The record", '<a href="r.xhtml#fact-one">One.</a> (completes)'),
    )
    assert _said(card) == (
        "Passages: Acme, 2021 How they compare: They agree (2 pairs). "
        "Who does not say it: Zenith What we make of it: Both can stand. "
        "As five is five. What would settle it: A count. The record: completes"
    )
    links = {a.text: (a.get("class"), a.get("href")) for a in card.iter("{*}a")}
    assert links == {
        "Acme, 2021": ("sb-claim", CLAIM),
        "five": (None, "#x"),
        "completes": ("sb-fact", "r.xhtml#fact-one"),
    }


def test_a_fact_names_one_page_and_says_where_pages_differ():
    rows = [
        ("The record", "<strong>It was five.</strong>"),
        ("The policy brief", f'<a href="{CLAIM}">“five”</a> · by figures alone: equal'),
        ("How it bears", "Bears out"),
        ("Page", '<a href="https://example.org/">Office, 2021</a> (press)'),
        ("Also", "Paper"),
        ("Do pages agree?", "Paper: six"),
        ("To note", "Rounded."),
        ("Looked up", "2026-11-29"),
    ]
    assert _said(_shortened(*rows)) == (
        "It was five. (bears out) Beside: policy brief Page: Office, 2021 (press) "
        "Do pages agree? Paper: six To note: Rounded."
    )
    rows[5] = ("Do pages agree?", "yes, as far as they were read")
    assert "agree" not in _said(_shortened(*rows))


def test_a_share_is_a_line_and_another_table_stays():
    worked = _shortened(("Worked out", "2 per cent"))
    assert worked[0].get("class") == LINES
    assert _said(worked) == "Worked out: 2 per cent"
    assert _said(_shortened(("Issued", "2021"))) == "Issued2021"


def test_a_table_of_something_else_stays_and_stops_nothing():
    tables = "".join(
        f'<table class="sb-facts"><tr><th>{name}</th><td>x</td></tr></table>'
        for name in ("Size", "What we make of it")
    )
    card = etree.fromstring(f'<div xmlns="http://www.w3.org/1999/xhtml">{tables}</div>')
    shorten_evidence(card)
    assert _said(card) == "SizexWhat we make of it: x."
