"""What Word knows of its words beyond the letters comes through, or is told."""

from __future__ import annotations

import io
import zipfile

import pytest

from sourcebook.authoring.incoming_file import Incoming
from sourcebook.authoring.text_extraction import extract

STRUCK_NOT = '<w:strike w:val="0"/>'
UP = '<w:vertAlign w:val="superscript"/>'
DOWN = '<w:vertAlign w:val="subscript"/>'
HIGH = '<w:position w:val="6"/>'
LOW = '<w:position w:val="-2pt"/>'
NEAR = '<w:position w:val="2"/>'
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def _run(words, properties=""):
    properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _deleted(words):
    return f"<w:r><w:delText>{words}</w:delText></w:r>"


def _read(body, parts=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}" xmlns:m="{M}"><w:body>{body}</w:body>'
            "</w:document>",
        )
        for name, data in dict(parts).items():
            packed.writestr(name, data)
    return extract(Incoming("a.docx", ".docx", out.getvalue()))


@pytest.mark.parametrize(
    ("runs", "text", "doubts"),
    [
        (
            (
                f"{_run('It sold ')}<w:del>{_deleted('12')}</w:del>"
                f"<w:ins>{_run('10')}</w:ins>{_run(' tons.')}"
            ),
            "It sold 10 tons.",
            [("deleted", "12"), ("inserted", "10")],
        ),
        (
            (
                f"<w:moveFrom>{_run('300 came. ')}</w:moveFrom>{_run('It rained. ')}"
                f"<w:moveTo>{_run('300 came.')}</w:moveTo>"
            ),
            "It rained. 300 came.",
            [],
        ),
        (
            (
                f'{_run("On ")}<w:fldSimple w:instr="DATE">{_run("4 May")}'
                f"</w:fldSimple><w:bdo>{_run(' it sold 5.')}</w:bdo>"
            ),
            "On 4 May it sold 5.",
            [],
        ),
        (
            f"{_run('some ')}{_run('15', '<w:strike/>')}{_run(' 21 tons')}",
            "some 21 tons",
            [("struck", "15")],
        ),
        (
            f"{_run('some ')}{_run('15', STRUCK_NOT)}{_run(' tons')}",
            "some 15 tons",
            [],
        ),
        (
            f"{_run('Seen ')}{_run('77 men', '<w:vanish/>')}{_run(' there')}",
            "Seen there",
            [("hidden", "77 men")],
        ),
        (
            (
                f"{_run('was ')}<m:oMath><m:r><m:t>45</m:t></m:r><m:r><m:t>%</m:t>"
                f"</m:r></m:oMath>{_run(' of it')}"
            ),
            "was 45% of it",
            [("equation", "45%")],
        ),
        (
            (
                "<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>4</m:t></m:r></m:num><m:den>"
                "<m:r><m:t>5</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>"
            ),
            "4/5",
            [("equation", "4/5")],
        ),
        (
            f"{_run('rose by 45')}{_run('3', UP)}{_run(' percent')}",
            "rose by 45³ percent",
            [("raised", "³")],
        ),
        (
            f"{_run('CO')}{_run('2', DOWN)}",
            "CO₂",
            [],
        ),
        (
            (
                "<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r>"
                "<w:t>15 men</w:t></w:r></w:rubyBase></w:ruby></w:r>"
            ),
            "15 men",
            [],
        ),
        (
            (
                f"{_run('some 15')}{_run('3', HIGH)}{_run(' tons, CO')}"
                f"{_run('2', LOW)}{_run('th', NEAR)}"
            ),
            "some 15³ tons, CO₂th",
            [("raised", "³")],
        ),
        (
            f"{_run('17 men')}<w:r><w:br w:type='page'/></w:r>{_run('and 5')}",
            "17 men and 5",
            [],
        ),
    ],
    ids=(
        "tracked moved field struck unstruck hidden maths fraction raised lowered ruby "
        "placed page"
    ).split(),
)
def test_what_word_knows_of_its_words_comes_through(runs, text, doubts):
    found = _read(f"<w:p>{_run('First.')}</w:p><w:p>{runs}</w:p>")
    assert found.text == f"First.\n\n{text}\n"
    assert [(doubt.what, doubt.words) for doubt in found.doubts] == doubts
    for doubt in found.doubts:
        assert doubt.at.startswith("paragraph 2; line 3")


def test_an_initial_and_what_lost_its_end_to_a_change_are_of_the_next_paragraph():
    initial = '<w:pPr><w:framePr w:dropCap="drop"/></w:pPr>'
    cut = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    found = _read(
        f"<w:p>{initial}{_run('I')}</w:p><w:p><w:pPr/>{_run('n May it sold 5.')}</w:p>"
        f"<w:p>{cut}{_run('It has 15 ')}</w:p><w:p>{_run('million tons.')}</w:p>"
        f"<w:p>{cut}{_run('The end.')}</w:p>"
    )
    assert found.text == "In May it sold 5.\n\nIt has 15 million tons.\n\nThe end.\n"
    (said,) = found.said
    assert said.startswith("1 × left out the end of a paragraph")


def test_words_of_a_box_are_doubted_for_their_order():
    """Word draws a box for newer versions, and once more for the others."""
    words = f"<w:txbxContent><w:p>{_run('77 men')}</w:p></w:txbxContent>"
    box = (
        "<w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:fill/><v:textbox>"
        f"{words}</v:textbox></v:shape></w:pict>"
    )
    twice = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-'
        f'compatibility/2006"><mc:Choice Requires="wps"><w:drawing>{words}</w:drawing>'
        f"</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    for drawn in (box, twice):
        found = _read(f"<w:p>{_run('See it.')}</w:p><w:p><w:r>{drawn}</w:r></w:p>")
        assert found.text.count("77 men") == 1
        assert [doubt.what for doubt in found.doubts] == ["layout"]
        assert found.said == ()


def test_what_of_a_word_file_nobody_reads_is_told():
    parts = {
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:id="0"><w:p/>'
        '</w:comment><w:comment w:id="1"><w:p/></w:comment></w:comments>',
        "word/header1.xml": f'<w:hdr xmlns:w="{W}"><w:p>{_run("Series 9")}</w:p>'
        "</w:hdr>",
        "word/charts/chart1.xml": "<c/>",
    }
    lost = f"<w:strange><w:p>{_run('99 ships')}</w:p></w:strange>"
    said = _read(f"<w:p>{_run('It rained.')}</w:p>{lost}", parts).said
    assert said[:3] == (
        "left out 2 comments",
        "left out 1 chart",
        "left out what stands on every page: Series 9",
    )
    assert "1 × lost the words of a paragraph (paragraph 2)" in said


def test_a_merged_cell_stands_in_each_of_its_rows():
    def cell(words, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{_run(words)}</w:p></w:tc>"

    rows = [
        cell("Year") + cell("Gas", '<w:gridSpan w:val="2"/>'),
        cell("2021", '<w:vMerge w:val="restart"/>') + cell("8") + cell("bcm"),
        "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" + cell("9") + cell("bcm"),
    ]
    table = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    assert _read(f"<w:tbl>{table}</w:tbl>").text == (
        "| Year | Gas | Gas |\n\n| 2021 | 8 | bcm |\n\n| 2021 | 9 | bcm |\n"
    )


def test_the_items_of_lists_keep_the_marks_that_word_shows():
    def item(words, level):
        listed = f'<w:ilvl w:val="{level}"/><w:numId w:val="1"/>'
        return f"<w:p><w:pPr><w:numPr>{listed}</w:numPr></w:pPr>{words}</w:p>"

    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{way}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
        for at, (way, shown) in enumerate([("lowerLetter", "(%1)"), ("bullet", "*")])
    )
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{levels}'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>"
    )
    related = "http://schemas.openxmlformats.org"
    links = (
        f'<Relationships xmlns="{related}/package/2006/relationships"><Relationship '
        f'Id="a" Type="{related}/officeDocument/2006/relationships/numbering" '
        'Target="numbering.xml"/></Relationships>'
    )
    found = _read(
        item(_run("It sells piers,", "<w:strike w:val='0'/>"), 0)
        + item(_run("of wood,"), 1)
        + f"<w:p>{_run('and then')}</w:p>"
        + item(_run("2", UP) + _run(" ships."), 0),
        {"word/numbering.xml": numbering, "word/_rels/document.xml.rels": links},
    )
    lines = [line.strip() for line in found.text.split("\n") if line.strip()]
    assert lines == ["(a) It sells piers,", "* of wood,", "and then", "(b) ² ships."]
