"""The items of a list have the numbers that Word or a browser shows before them."""

from __future__ import annotations

import pytest
from lxml import etree

from sourcebook.authoring.incoming_file import Incoming
from sourcebook.authoring.list_numbering import numeral, word_numbering
from sourcebook.authoring.marked import DOUBT
from sourcebook.authoring.text_extraction import extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("number", "way", "shown"),
    [(4, "decimal", "4"), (26, "a", "z"), (2, "upperLetter", "B"), (49, "i", "xlix"),
     (104, "upper-roman", "CIV"), (7, "decimalZero", "07"), (3, "none", "")],
)  # fmt: skip
def test_a_number_is_shown_as_its_list_counts(number, way, shown):
    assert numeral(number, way) == shown


@pytest.mark.parametrize(
    ("number", "way"), [(27, "a"), (0, "A"), (400, "i"), (1, "hebrew"), (1, "chicago")]
)
def test_what_cannot_be_told_in_figures_is_doubted(number, way):
    assert numeral(number, way).startswith(DOUBT)


def _level(at, way, shown, more="", start=1):
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{way}"/>'
        f'<w:lvlText w:val="{shown}"/>{more}</w:lvl>'
    )


def _word(levels, nums, paragraphs, styles=""):
    parts = [
        etree.fromstring(f"<w:{name} {W}>{inside}</w:{name}>")
        for name, inside in (
            ("numbering", (f'<w:abstractNum w:abstractNumId="7">{levels}'
                          f"</w:abstractNum>{nums}")),
            ("styles", styles),
            ("body", paragraphs),
        )
    ]  # fmt: skip
    lists = word_numbering(*parts[:2])
    return [lists.number(each).strip() for each in parts[2]]


def _num(number, more=""):
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="7"/>{more}</w:num>'


def _item(number, level=0, style=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    listed = f"<w:numPr>{listed}</w:numPr>" if number else ""
    return f"<w:p><w:pPr>{style}{listed}</w:pPr></w:p>"


LETTERS = _level(0, "lowerLetter", "(%1)") + _level(1, "lowerRoman", "%1.%2")
ANEW = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        ([(1,), (1,), (0,), (1,)], ["(a)", "(b)", "", "(c)"]),
        ([(1,), (1, 1), (1, 1), (1,), (1, 1)], ["(a)", "a.i", "a.ii", "(b)", "b.i"]),
        ([(1,), (2,), (2,)], ["(a)", "(d)", "(e)"]),
        ([(1, 1), (9,), (1, 5)], ["a.i", "", ""]),
    ],
    ids="on deeper anew unknown".split(),
)
def test_word_counts_a_list_through_the_whole_file(items, shown):
    found = _word(
        LETTERS, _num(1) + _num(2, ANEW), "".join(_item(*each) for each in items)
    )
    assert found == shown


def test_word_counts_by_the_style_of_a_heading_and_of_one_that_it_is_based_on():
    levels = _level(0, "decimal", "%1", '<w:pStyle w:val="One"/>', start=3)
    levels += _level(1, "upperRoman", "%1.%2", '<w:pStyle w:val="Two"/><w:isLgl/>')
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:styleId="{name}">{inside}</w:style>'
        for name, inside in (
            ("One", listed), ("Two", listed), ("Own", '<w:basedOn w:val="Two"/>'),
            ("Ring", '<w:basedOn w:val="Ring"/>'),
        )
    )  # fmt: skip
    items = "".join(_item("", style=name) for name in ("One", "Two", "Own", "Ring"))
    assert _word(levels, _num(1), items, styles) == ["3", "3.I", "3.II", ""]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<ol type=a start=3><li>ships</li><li>piers</li></ol>", "c. ships/d. piers"),
        ("<ol reversed><li>ships</li><li value=7>piers</li></ol>", "2. ships/7. piers"),
        ("<ol type=I><li><p>ships</p></li></ol>", "I. ships"),
        ("<ol style='list-style: lower-roman inside'><li>ships</ol>", "i. ships"),
        ("<ol style='list-style-type:none'><li>ships</ol>", "ships"),
        (
            (
                "<style>.k>li:before{content:'' counter(k)} .l > li::before {content: "
                '"(" counter(l, upper-latin) ") "} .l{list-style-type:none}</style>'
                "<ol class='l'><li>ships</li><li>piers</li></ol>"
            ),
            "(A) ships/(B) piers",
        ),
    ],
    ids="letters back blocks styled none counted".split(),
)
def test_a_page_counts_as_a_browser_does(page, shown):
    found = extract(Incoming("a.html", ".html", page.encode()))
    assert [line for line in found.text.split("\n") if line] == shown.split("/")
    assert not found.doubts


def test_numbers_that_a_page_counts_in_another_way_are_doubted():
    style = "<style>.{0} h2::before {{content: counter(part)}}</style>"
    page = "<div class=k><h2>Piers</h2></div>"
    for name, doubts in (("k", 1), ("l", 0)):
        found = extract(
            Incoming("a.html", ".html", (style.format(name) + page).encode())
        )
        assert len(found.doubts) == doubts
