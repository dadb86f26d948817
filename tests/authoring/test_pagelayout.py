"""Lines, columns, rows and raised figures, out of where letters lie on a page."""

from __future__ import annotations

import base64
import io
import re
import time
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from sourcebook.authoring import marked
from sourcebook.authoring.incoming_file import Incoming
from sourcebook.authoring.pagelayout import lines_of, part_lines
from sourcebook.authoring.pagerows import Letter
from sourcebook.authoring.text_extraction import extract
from sourcebook.reading.numbers import read_numbers
from sourcebook.reading.text import clean

PRINTED = Path(__file__).parent / "files" / "printed-by-a-browser.pdf"
WORDS = "the port of Acton serves more ships in each year than the old one did".split()


DOT = base64.b64decode(  # a picture of one grey dot
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU"
    "5ErkJggg=="
)
WORDS_OF_TEN = " ".join(WORDS[:10])


def _read(draw, *, size=12):
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    page.setFont("Helvetica", size)
    draw(page)
    page.save()
    return extract(Incoming("a.pdf", ".pdf", out.getvalue()))


def _line(number):
    at = number * 7 % len(WORDS)
    return f"line {number} {' '.join([*WORDS[at:], *WORDS][:5])}"


def test_words_set_one_by_one_come_out_in_lines():
    def draw(page):
        x, y = 60.0, 700.0
        for word in WORDS * 20:
            if x + page.stringWidth(word) > 500:
                x, y = 60.0, y - 14
            page.drawString(x, y, word)
            x += page.stringWidth(word) + 3.5

    text = _read(draw).text
    assert "the port of Acton serves more ships in each year than the old" in text
    assert " ".join(text.split()) == " ".join(WORDS * 20)


def test_the_left_column_is_read_before_the_right_whatever_the_order_in_the_file():
    def draw(page):
        page.drawString(
            60, 740, "A title over both columns, as wide as the page is, no?"
        )
        for number in range(12):
            page.drawString(60, 700 - 14 * number, _line(number))
            page.drawString(330, 700 - 14 * number, _line(number + 50))
        page.drawString(
            60, 400, "A note under both of them, as wide as the page is, too."
        )

    lines = [line for line in _read(draw).text.split("\n") if line]
    assert lines[0].startswith("A title")
    assert lines[1:13] == [_line(number) for number in range(12)]
    assert lines[13:25] == [_line(number + 50) for number in range(12)]
    assert lines[25].startswith("A note")


def test_columns_need_not_share_their_base_lines():
    def draw(page):
        for number in range(12):
            page.drawString(60, 700 - 14 * number, _line(number))
            page.drawString(330, 694 - 14 * number, _line(number + 50))

    lines = _read(draw).text.split("\n")
    assert [line for line in lines if line] == [
        _line(number) for number in (*range(12), *range(50, 62))
    ]


@pytest.mark.parametrize("shorter", [(0, 8), (6, 14)], ids=["above", "below"])
@pytest.mark.parametrize("side", [0, 1], ids=["left", "right"])
def test_a_column_is_read_whole_where_the_other_is_shorter(side, shorter):
    left, right = ((0, 14), shorter) if side else (shorter, (0, 14))

    def draw(page):
        for number in range(*left):
            page.drawString(60, 700 - 14 * number, _line(number))
        for number in range(*right):
            page.drawString(330, 700 - 14 * number, _line(number + 50))

    lines = _read(draw).text.split("\n")
    assert [line for line in lines if line] == [
        *map(_line, range(*left)), *(_line(number + 50) for number in range(*right))
    ]  # fmt: skip


def test_three_columns_are_read_one_after_the_other():
    def draw(page):
        for number in range(12):
            for column in range(3):
                page.drawString(
                    40 + 180 * column, 700 - 12 * number, _line(number + 50 * column)
                )

    lines = _read(draw, size=9).text.split("\n")
    assert [line for line in lines if line] == [
        _line(number + 50 * column) for column in range(3) for number in range(12)
    ]


def test_columns_part_in_a_gap_as_narrow_as_a_letter():
    def draw(page):
        words = WORDS * 40
        for column, base in enumerate((700, 697, 693)):
            left = 40 + 171 * column
            for number in range(24):
                line = f"c{column}n{number}"
                while page.stringWidth(f"{line} {words[0]}", "Helvetica", 9) < 162:
                    line += f" {words.pop(0)}"
                page.drawString(left, base - 10 * number, line)

    found = _read(draw, size=9)
    first = [line.split()[0] for line in found.text.split("\n") if line]
    assert first == [f"c{column}n{n}" for column in range(3) for n in range(24)]
    assert not found.doubts


def test_prose_beside_a_table_is_read_apart_from_it():
    def draw(page):
        for number in range(14):
            page.drawString(60, 700 - 14 * number, f"{number} {' '.join(WORDS[:8])}")
        for number in range(8):
            page.drawString(330, 691 - 19 * number, f"Harbour {number}")
            page.drawString(460, 691 - 19 * number, f"{number}.5")

    text = _read(draw).text
    words = " ".join(WORDS[:8])
    assert f"3 {words}\n4 {words}\n5 {words}" in text
    assert "| Harbour 3 | 3.5 |\n\n| Harbour 4 | 4.5 |" in text


PROSE = [
    "The quay was built in two summers and cost more than the town had been told.",
    "Ships of the northern line came first, and those of the islands followed later.",
    "Nobody had asked the fishermen, who found the water too deep and too busy.",
    "In the third winter the ice took a crane, and the owners asked for a loan.",
    "It was granted in March, at a rate that the mayor called fair and some did not.",
]
CELLS = [["Year", "Ships", "Share"], ["2019", "50", "0.1%"], ["2020", "120", "0.4%"],
         ["2021", "810", "2.4%"], ["2022", "999", "3.3%"]]  # fmt: skip


def _beside(prose, table, rows, height):
    """Draw lines of prose beside the first rows of a table, both from one base line."""

    def draw(page):
        lines = simpleSplit(" ".join(PROSE), "Helvetica", 12, 230)
        for at, line in enumerate(lines):
            page.drawString(prose, 700 - 14 * at, line)
        for at, row in enumerate(CELLS[:rows]):
            for column, words in enumerate(row):
                page.drawString(table + 70 * column, 700 - height * at, words)

    return draw


@pytest.mark.parametrize(("rows", "height"), [(3, 17), (3, 21), (5, 14), (5, 21)])
@pytest.mark.parametrize(("prose", "table"), [(60, 330), (330, 60)])
def test_a_table_beside_prose_stays_whole_on_the_same_lines(prose, table, height, rows):
    """Rows on the base lines of the prose were read as its lines, and parted them."""
    found = _read(_beside(prose, table, rows, height))
    text = clean(found.text).text
    assert found.doubts == ()
    assert [each for each in PROSE if each not in text] == []
    for row in CELLS[:rows]:
        assert f"| {' | '.join(row)} |" in text


def test_lines_that_run_on_beside_the_cells_of_a_table_are_doubted():
    """Each of three rows beside where a sentence begins, nothing tells them apart."""
    (doubt,) = _read(_beside(60, 330, 3, 14)).doubts
    assert doubt.words.startswith("lines that run on beside cells: cost more than")


@pytest.mark.parametrize("labels", ["1. 2. 3.", "Quay Loan Mayor", "• • •"])
def test_what_stands_beside_the_first_line_of_a_paragraph_stays_there(labels):
    def draw(page):
        at = 0
        for label, words in zip(labels.split(), PROSE[1:4], strict=True):
            page.drawString(60, 700 - 14 * at, label)
            for line in simpleSplit(f"{words} {words}", "Helvetica", 12, 330):
                page.drawString(120, 700 - 14 * at, line)
                at += 1

    text = clean(_read(draw).text).text
    for label, words in zip(labels.split(), PROSE[1:4], strict=True):
        assert re.search(rf"{re.escape(label)}(?: \|)? {words[:20]}", text) or (
            label == "•" and words in text
        )


def test_figures_set_between_the_two_lines_of_their_label_stay_beside_it():
    def draw(page):
        for number in range(8):
            page.drawString(
                60, 700 - 30 * number, f"Ships that came to harbour {number}"
            )
            page.drawString(
                60, 688 - 30 * number, f"in the years of the count {number}"
            )
            page.drawString(330, 694 - 30 * number, f"{number}.5")

    lines = [line for line in _read(draw).text.split("\n") if line]
    assert lines[:3] == [
        "Ships that came to harbour 0", "0.5", "in the years of the count 0"
    ]  # fmt: skip


def test_a_table_of_sentences_is_doubted_for_it_may_be_columns():
    def draw(page):
        for number in range(3):
            page.drawString(60, 700 - 14 * number, _line(number))
            page.drawString(330, 700 - 14 * number, _line(number + 50))

    assert "a table of sentences, or columns" in _read(draw).doubts[0].words


def test_a_small_figure_above_the_line_is_raised_and_one_below_is_lowered():
    def draw(page):
        x = 60.0
        for words, size, rise in (
            ("It sold 12.4", 12, 0),
            ("3", 7, 5),
            (" billion tons of CO", 12, 0),
            ("2", 7, -3),
            (" in 2022", 12, 0),
        ):
            page.setFont("Helvetica", size)
            page.drawString(x, 700 + rise, words)
            x += page.stringWidth(words, "Helvetica", size)

    found = _read(draw)
    assert "It sold 12.4³ billion tons of CO₂ in 2022" in found.text
    assert [(d.what, d.words) for d in found.doubts] == [("raised", "³")]


def test_rows_whose_words_stand_under_each_other_are_a_table():
    rows = [
        ("Land", "Gas (bcm)", "Share (%)"),
        ("Acton and the islands", "8.1", "12"),
        ("Beeton", "12 300", ""),
        ("Total", "12 308", "31.5"),
    ]

    def draw(page):
        page.drawString(
            60, 730, "A sentence stands over the table, and another under it."
        )
        for number, row in enumerate(rows):
            for x, cell in zip((60, 300, 430), row, strict=True):
                page.drawString(x, 700 - 20 * number, cell)

    found = _read(draw)
    for row in rows:
        assert f"\n| {' | '.join(row)} |\n" in found.text
    units = [m.unit for m in read_numbers(clean(found.text).text)]
    assert units == ["m3", "percent", "m3", "m3", "percent"]


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_table_is_whole_where_one_parted_line_stands_above_the_words_over_it(lines):
    def draw(page):
        page.drawString(60, 730, PROSE[0])
        page.drawString(60, 716, "Harbour office")
        page.drawString(300, 716, "12 Quay")
        for number in range(lines):
            page.drawString(60, 702 - 14 * number, PROSE[1 + number])
        for number, row in enumerate(CELLS):
            for x, cell in zip((60, 200, 300), row, strict=True):
                page.drawString(x, 688 - 14 * (lines + number), cell)

    text = _read(draw).text
    assert [row for row in CELLS if f"| {' | '.join(row)} |" not in text] == []


def test_a_row_of_figures_between_the_lines_of_its_label_is_a_row():
    def draw(page):
        page.drawString(60, 714, "Matters that were")
        for number, figure in enumerate((426, 365, 285, 402)):
            page.drawString(200 + 60 * number, 707, str(figure))
        page.drawString(60, 700, "brought to the court")

    assert "\n| 426 | 365 | 285 | 402 |\n" in _read(draw).text


def test_a_list_is_no_table_and_dots_lead_to_no_cell():
    def draw(page):
        for number in range(1, 5):
            page.drawString(60, 700 - 16 * number, f"{number}.")
            page.drawString(90, 700 - 16 * number, f"{_line(number)} and 5 tons.")
        page.drawString(60, 500, "Ships . . . . . . . . . . . .")
        page.drawString(400, 500, "12")
        page.drawString(60, 480, "Tons . . . . . . . . . . . .")
        page.drawString(400, 480, "14")

    text = _read(draw).text
    assert "|" not in text
    assert f"\n2. {_line(2)}" in text


def test_dots_that_lead_to_several_cells_make_them_a_row():
    rows = [("Ships", "266,752", "84", "–237"), ("Tons and more", "1,783", "–", "0.1")]

    def draw(page):
        for number, (label, *cells) in enumerate(rows):
            dots = " ." * (40 - len(label)) if number else "." * 60
            page.drawString(60, 700 - 14 * number, f"{label}{dots}")
            for x, cell in zip((330, 400, 450), cells, strict=True):
                page.drawString(x, 700 - 14 * number, cell)
        page.drawString(60, 600, f"1. What came of it {'.' * 60} 4")

    text = _read(draw).text
    for row in rows:
        assert f"| {' | '.join(row)} |" in text
    assert "1. What came of it ....." in text


def test_the_numbers_of_a_page_s_lines_are_left_out():
    def draw(page):
        for number in range(1, 21):
            page.drawRightString(80, 750 - 24 * number, str(number))
            page.drawString(110, 750 - 24 * number, "" if number == 9 else WORDS_OF_TEN)
        page.drawString(300, 40, "1")

    def ranked(page):
        for number in range(1, 21):
            page.drawRightString(80, 750 - 24 * number, str(number))
            page.drawString(110, 750 - 24 * number, f"Harbour {number}")
            page.drawString(300, 750 - 24 * number, f"{number * 3}.5")

    found = _read(draw)
    assert found.text.count(WORDS_OF_TEN) == 19
    assert not re.search(r"\b(?:9|17)\b", found.text)
    assert "1 × left out the numbers of its lines (page 1)" in found.said

    def headed(page):
        for _ in range(3):
            draw(page)
            page.showPage()

    assert "3 × left out the numbers of its lines (page 1, page 2, page 3)" in (
        _read(headed).said
    )
    assert "| 17 | Harbour 17 | 51.5 |" in _read(ranked).text


def test_cells_that_do_not_line_up_are_doubted():
    def draw(page):
        page.drawString(
            60, 720, "A sentence stands over the table that is none at all."
        )
        for number, places in enumerate(
            ((60, 200, 330), (60, 140, 265), (95, 230, 300))
        ):
            for x in places:
                page.drawString(x, 700 - 18 * number, "tons of 123 kinds"[: 9 + number])

    found = _read(draw)
    assert [doubt.what for doubt in found.doubts] == ["layout"]
    assert "do not line up" in found.doubts[0].words


@pytest.mark.parametrize("turn", [-2, 1, 4, 90, 92, 180, 270])
def test_a_turned_page_is_read_upright(turn):
    def draw(page):
        page.translate(300, 400)
        page.rotate(turn)
        for number in range(6):
            page.drawString(-120, 100 - 14 * number, _line(number))

    lines = [line for line in _read(draw).text.split("\n") if line]
    assert lines == [_line(number) for number in range(6)]


def test_letters_that_slope_stay_on_their_lines():
    def draw(page):
        for number in range(6):
            at = 700 - 14 * number
            text = page.beginText()
            text.setTextTransform(1, 0, 0.06, 1, 60, at)
            text.textOut(_line(number))
            page.drawText(text)
            page.drawString(63.5 + page.stringWidth(_line(number)), at, "of it")

    lines = [line for line in _read(draw).text.split("\n") if line]
    assert lines == [f"{_line(number)} of it" for number in range(6)]


def test_words_at_an_angle_and_letters_under_a_picture_are_doubted():
    def slanted(page):
        for number in range(6):
            page.drawString(60, 700 - 14 * number, _line(number))
        page.rotate(45)
        page.drawString(500, 100, "DRAFT 7")

    (doubt,) = _read(slanted).doubts
    assert doubt.words == "page 1: left out words set at an angle: DRAFT 7"

    def unprinted(page):
        text = page.beginText(60, 700)
        text.setTextRenderMode(3)
        for number in range(6):
            text.textLine(_line(number))
        page.drawText(text)

    (doubt,) = _read(unprinted).doubts
    assert doubt.words == "page 1: recognised from a picture, not printed"


@pytest.mark.parametrize(("size", "at"), [(30, 645), (14, 645), (30, 720)])
def test_large_words_over_others_are_left_out_and_doubted(size, at):
    """Those of a title, and of an initial, lie over no others."""

    def draw(page):
        for number in range(9):
            page.drawString(60, 700 - 14 * number, _line(number))
        page.setFont("Helvetica-Bold", size)
        page.drawString(70, at, "SECRET 7")

    found = _read(draw)
    over = "page 1: left out large words that lie over others: SECRET 7"
    lies_over = (size, at) == (30, 645)
    assert [doubt.words for doubt in found.doubts if "large" in doubt.words] == (
        [over] * lies_over
    )
    assert (_line(4) in found.text) == (at == 720 or lies_over)


def test_a_drawing_of_very_many_parts_is_doubted_and_soon_read():
    def draw(page):
        for number in range(6):
            page.drawString(60, 700 - 14 * number, _line(number))
        path = "".join(f"{n % 600} 9 m 9 {n % 500} l S\n" for n in range(60_000))
        page._code.append(path)

    held = bytearray(1_200_000_000)  # by who reads it, and no part of what it may take
    (doubt,) = _read(draw).doubts
    assert doubt.words.startswith("page 1: a drawing of so many parts")
    assert held


def test_a_column_goes_on_behind_a_gap_where_the_other_one_ends():
    def draw(page):
        for number in range(8):
            page.drawString(60, 700 - 14 * number - 11 * (number > 5), _line(number))
        for number in range(7):
            page.drawString(
                330, 711 - 14 * number - 11 * (number > 2), f"right {_line(number)}"
            )

    text = _read(draw).text
    assert text.index(_line(7)) < text.index("right line 0")


def test_a_box_close_beside_prose_is_read_after_all_of_it():
    """The longest line of the prose comes under the box, and nearer to it."""
    line = "the port of Acton serves more ships in each year than it di"
    box = ("Ships of last year", "Acton had twelve of them", "Beeton had seven")

    def draw(page):
        for number in range(9):
            page.drawString(
                60, 700 - 14 * number, f"{line}d so" if number > 6 else line
            )
        for number, words in enumerate(box):
            page.drawString(
                60 + page.stringWidth(f"{line}d so") + 11, 700 - 14 * number, words
            )

    lines = [each for each in _read(draw).text.split("\n") if each]
    assert lines[-3:] == [*box]


def test_boxes_beside_each_other_are_doubted_for_they_are_read_row_by_row():
    def draw(page):
        for x, box in (
            (60, ("2024", "Acton sells two of", "its nine ships")),
            (220, ("2026", "Beeton buys them, and", "pays for 12")),
            (380, ("2029", "Ceeton has 5", "ships")),
        ):
            for number, words in enumerate(box):
                page.drawString(x, 700 - 14 * number, words)

    (doubt,) = _read(draw).doubts
    assert doubt.words.startswith("lines that run on beside cells: its nine ships")


def test_items_beside_items_are_two_lists():
    left = ("• Acton sells its cranes", "• The bay runs dry", "• A court says no")
    right = ("• Beeton sells", "• Ceeton is faster, and buys 5", "ships", "• Rain")

    def draw(page):
        for number, words in enumerate(left):
            page.drawString(60, 700 - 20 * number, words)
        for at, words in zip((700, 680, 666, 646), right, strict=True):
            page.drawString(330, at, words)

    assert [line for line in _read(draw).text.split("\n") if line] == [*left, *right]


def test_an_item_beside_a_parted_line_makes_no_table():
    def draw(page):
        page.drawString(60, 714, "•")
        page.drawString(76, 714, "an item of some words")
        page.drawString(60, 700, "It sold twelve of them to a man of")
        page.drawString(300, 700, "Beeton, who paid for 7")
        page.drawString(60, 686, "men and for their ships.")

    assert "|" not in _read(draw).text


def test_the_mark_of_a_note_stands_before_its_words():
    def draw(page):
        page.drawString(60, 700, "It sold twelve of its ships to a man of Beeton.")
        for number, x in ((3, 64.6), (4, 67)):
            at = 680 - 14 * number
            page.setFont("Helvetica", 7)
            page.drawString(60, at + 4, str(number))
            page.setFont("Helvetica", 10)
            page.drawString(x, at, f"Doe says so on page {number} of her book.")

    text = _read(draw).text
    assert "³Doe says so on page 3" in text
    assert "⁴ Doe says so on page 4" in text


@pytest.mark.parametrize(
    ("left", "bottom", "wide", "high", "told"),
    [
        (500, 100, 60, 60, False), (100, 700, 60, 60, False),
        (100, 100, 200, 200, True), (380, 400, 200, 200, True),
    ],
)  # fmt: skip
def test_a_picture_is_told_where_it_is_more_than_a_sign(left, bottom, wide, high, told):
    def draw(page):
        page.drawString(60, 780, PROSE[0])
        page.drawImage(ImageReader(io.BytesIO(DOT)), left, bottom, wide, high)

    assert any("picture" in said for said in _read(draw).said) == told


@pytest.mark.parametrize(
    ("height", "words"), [(3.4, "It sold 15"), (-1.5, ""), (9, "")]
)
def test_words_with_a_line_through_them_are_doubted(height, words):
    """So a text prints what an amendment takes out; a line may stand under words."""

    def draw(page):
        page.drawString(
            60, 700, "It sold 15 21 tons in the year of the count, and rose."
        )
        page.setLineWidth(0.6)
        page.line(59, 700 + height, 115, 700 + height)

    doubts = [doubt.words for doubt in _read(draw).doubts]
    told = f"page 1: words with a line through them: {words}"
    assert doubts == [told] * bool(words)


def test_letters_seen_in_a_mirror_are_left_out_and_told():
    def draw(page):
        for number in range(6):
            page.drawString(60, 700 - 14 * number, _line(number))
        page.showPage()
        page.scale(-1, 1)
        for number in range(6, 9):
            page.drawString(-500, 700 - 14 * number, _line(number))

    found = _read(draw)
    assert "line 7" not in found.text
    (doubt,) = found.doubts
    assert doubt.words.startswith("page 2: left out words set at an angle: ")


def test_what_a_browser_printed_reads_as_it_was_written():
    found = extract(Incoming("a.pdf", ".pdf", PRINTED.read_bytes()))
    text = clean(found.text).text
    assert "file://" not in text
    assert "office staff was settled" in text
    assert "rose to 12.4³ billion cubic metres in 2022⁴" in text
    assert "considered the demonstration unauthorised. Meanwhile 35 percent" in text
    assert "responsibility and sustainable transformation of the manufacturing" in text
    assert "\n| 2021 | 8.1 | 2.4% |\n" in text
    values = {f"{m.low.normalize():f} {m.unit}" for m in read_numbers(text)}
    assert values >= {
        "12400000000 m3",
        "1250000000 EUR",
        "8100000000 m3",
        "35 percent",
        "2500000000 EUR",
        "77 ",
    }
    assert [(d.what, d.words) for d in found.doubts] == [
        ("layout", "page 1: words with a line through them: Eight"),
        ("raised", "³"),
    ]
    assert found.doubts[1].at.startswith("page 1; line ")


def test_a_note_and_a_section_begin_a_paragraph():
    page = (
        "The ships that sailed from Acton came back with salt and all of the iron\n"
        "12Doe says so, and she has counted them all in the harbour of Beeton in May,\n"
        "5G or not, before the rain. What she counted is in table three, at 3.2.1.\n"
        "3.2 Ships and what they carried when they came back from Beeton to Acton as\n"
        "20th in line. She says no more of it, and Doe has not come back to say so\n"
        "33. Roe has counted the ships of Beeton, too, and those that Acton sent on\n"
        "40. Roe says.\n"
    )
    parted = "\n".join(part_lines(page.split("\n")))
    assert [part.split()[0] for part in parted.split("\n\n")] == [
        "The", "12Doe", "3.2"
    ]  # fmt: skip
    after = parted.replace("to say so\n", "to say so.\n").split("\n")
    parted = "\n".join(part_lines([line for line in after if line]))
    assert parted.split("\n\n")[-1].startswith("33. Roe")


def test_a_column_in_other_type_does_not_go_on_in_the_next():
    def draw(page):
        page.setFont("Helvetica", 9)
        for at, words in enumerate(["Contents", *PROSE[:4], "Press office, 12 Quay"]):
            for half in (0, 1):
                page.drawString(60, 700 - 22 * at - 11 * half, words[38 * half :][:38])
        page.setFont("Helvetica", 12)
        for at, line in enumerate(simpleSplit(" ".join(PROSE), "Helvetica", 12, 230)):
            page.drawString(300, 704 - 14 * at, line)

    assert f"Press office, 12 Quay\n\n{PROSE[0][:30]}" in _read(draw).text


def test_lines_too_near_to_be_of_one_column_are_doubted():
    """A box of few lines beside the first lines of a text, which go on under it."""

    def draw(page):
        lines = simpleSplit(" ".join(PROSE), "Helvetica", 12, 230)
        for at, line in enumerate(lines[:3]):
            page.drawString(60, 700 - 14 * at, line)
        page.drawString(60, 658, " ".join(lines[3:5]))
        page.setFont("Helvetica", 9)
        for at, words in enumerate(PROSE[:3]):
            page.drawString(310, 694 - 13 * at, words[:40])

    (doubt,) = _read(draw).doubts
    assert doubt.words.startswith("lines too near to be of one column: ")


def _typed(*rows, size=10.0):
    """Return what is read of rows in type of size 10, all letters 5 wide.

    A row is its base line, and where each of its parts begins with its words; letters
    of another size are a part's third.
    """
    letters = []
    for base, *parts in rows:
        for left, words, *other in parts:
            at, high = left, (other or [size])[0]
            for word in words.split():
                for sign in word:
                    letters.append(Letter(sign, at, at + 5, base, high))
                    at += 5
                at += 3
    lines, told = lines_of(letters)
    return [line for line in lines if line], [_bare(each) for each in told], lines


@pytest.mark.parametrize(
    ("left", "wide", "step", "doubted"),
    [(230, 1, 20, True), (230, 1, 45, False), (242, 1, 20, False), (50, 3, 20, False)],
    ids="on far other across".split(),
)
def test_the_middle_of_three_columns_that_goes_on_below_both_is_doubted(
    left, wide, step, doubted
):
    columns = [(700 - 12 * n, (at, LONG)) for at in (50, 230, 410) for n in range(9)]
    foot = [(604 - step - 12 * n, (left, " ".join([LONG] * wide))) for n in range(5)]
    told = _typed(*columns, *foot)[1]
    assert any("read after the column beside" in each for each in told) == doubted


def _bare(told):
    return re.sub(f"[{marked.DOUBT}{marked.LEFT}{marked.END}]", "", told)


LONG = "abcde fghij klmno pqrst uvwxy"  # of 25 letters, 29 with its blanks


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        (("426", "365"), False), (("426", "365", "285"), True),
        (("Room 5", "Floor 2", "Hall 1"), False), (("426", "365", "Hall"), False),
    ],
)  # fmt: skip
def test_a_row_on_its_own_is_one_where_it_is_figures_alone(cells, row):
    middle = (80, *((100 + 60 * at, words) for at, words in enumerate(cells)))
    lines, _, _ = _typed((100, (0, LONG)), middle, (60, (0, LONG)))
    assert lines[1] == (f"| {' | '.join(cells)} |" if row else " ".join(cells))


@pytest.mark.parametrize(
    ("count", "cells", "table"),
    [
        (2, ("Acton", "port"), False), (3, ("Acton", "port"), True),
        (2, ("Acton", "5 t"), True), (3, ("1.", "port"), False),
        (3, ("1.", "port", "so"), True), (3, ("1.", "5 t"), False),
    ],
)  # fmt: skip
def test_rows_of_cells_are_a_table_where_they_are_several_or_have_figures(
    count, cells, table
):
    rows = [
        (200 - 20 * at, *((100 * n, words) for n, words in enumerate(cells)))
        for at in range(count)
    ]
    row = f"| {' | '.join(cells)} |" if table else " ".join(cells)
    assert _typed(*rows)[0] == [row] * count


@pytest.mark.parametrize(("letters", "doubted"), [(25, False), (26, True)])
def test_cells_of_more_letters_than_a_line_has_are_doubted(letters, doubted):
    rows = [(200 - 20 * at, (0, "A" * letters), (200, "5"), (300, "B" * 40))
            for at in range(3)]  # fmt: skip
    doubts = ["a table of sentences, or columns"] * doubted
    assert [doubt.partition(":")[0] for doubt in _typed(*rows)[1]] == doubts


@pytest.mark.parametrize(
    ("first", "after", "runs"),
    [
        ("A" * 26, "b" * 26, True), ("A" * 26, "B" * 26, False),
        ("A" * 25, "b" * 26, False), ("A" * 26, "b" * 25, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 2])
def test_prose_that_runs_on_in_the_cell_below_is_doubted(first, after, runs, at):
    rows = []
    for base, words in ((200, first), (180, after)):
        cells = ["5", "6", "7"]
        cells[at] = words
        rows.append((base, *zip((0, 200, 300), cells, strict=True)))
    doubts = ["lines that run on beside cells"] * runs
    assert [doubt.partition(":")[0] for doubt in _typed(*rows)[1]] == doubts


@pytest.mark.parametrize(("left", "lined"), [(54.5, True), (54, False)])
def test_cells_stand_under_each_other_where_a_gap_goes_down_between_them(left, lined):
    lines, doubts, _ = _typed(
        (200, (0, "a" * 10), (60, "5 t")), (180, (0, "a"), (left, "6 t")),
        (160, (0, "b"), (60, "7 t")),
    )  # fmt: skip
    assert lines[1] == "| a | 6 t |"
    assert bool(doubts) != lined


@pytest.mark.parametrize(
    ("step", "count", "letters", "sizes", "doubted"),
    [
        (7, 3, 26, (10, 10), True), (7.5, 3, 26, (10, 10), False),
        (7, 3, 25, (10, 10), False), (7, 2, 26, (10, 10), False),
        (7, 3, 26, (9, 10), True), (7, 3, 26, (9, 9), False),
    ],
)  # fmt: skip
def test_lines_are_too_near_where_type_would_not_fit_between(
    step, count, letters, sizes, doubted
):
    rows = [(200 - step * at, (0, "a" * letters, sizes[at % 2])) for at in range(count)]
    doubts = _typed(*rows)[1]
    assert bool(doubts) == doubted
    assert all(doubt.startswith("lines too near to be of one") for doubt in doubts)


@pytest.mark.parametrize(
    ("step", "size", "parted"),
    [(27, 10, False), (28, 10, True), (20, 11, False), (20, 11.5, True),
     (20, 9, False), (20, 8.5, True)],
)  # fmt: skip
def test_a_paragraph_ends_where_the_distance_or_the_type_changes(step, size, parted):
    rows = [(400 - 20 * at, (0, LONG)) for at in range(4)]
    lines = _typed(*rows, (340 - step, (0, LONG, size)))[2]
    assert lines == [LONG] * 4 + [""] * parted + [LONG]


@pytest.mark.parametrize(
    ("counted", "plain", "letters", "parted", "left"),
    [
        (15, 0, 14, 0, True), (14, 0, 14, 0, False), (15, 0, 13, 0, False),
        (16, 4, 14, 0, True), (16, 5, 14, 0, False),
        (16, 0, 14, 8, True), (16, 0, 14, 9, False),
    ],
)  # fmt: skip
def test_the_numbers_of_lines_are_told_from_those_of_a_table(
    counted, plain, letters, parted, left
):
    rows = [
        (900 - 20 * at, (0, str(at + 1)), (60, "a" * letters),
         *[(300, "b")] * (at < parted))
        for at in range(counted)
    ] + [(500 - 20 * at, (60, "c" * 14)) for at in range(plain)]  # fmt: skip
    lines, told, _ = _typed(*rows)
    assert ("left out the numbers of its lines" in told) == left
    assert any(line.lstrip("| ").startswith("3 ") for line in lines) != left


@pytest.mark.parametrize(
    ("line", "after", "ends"),
    [
        (f"{'a' * 62}.", "Words of it", True), (f"{'a' * 63}.", "Words of it", False),
        ("a" * 41, "Words of it", True), ("a" * 42, "Words of it", False),
        ("a" * 20, "words of it", False), (f"{'a' * 20}.", "words of it", False),
        ("", "Words of it", False), (f"{'a' * 79}.", "12. Words of it", True),
        ("a" * 80, "12. Words of it", False), ("a" * 80, "12Words of it", True),
        ("", "12Words of it", False), (f"{'a' * 20}.", "", False),
    ],
)  # fmt: skip
def test_a_line_is_the_last_where_the_next_word_would_have_fitted(line, after, ends):
    """Of lines of 80 letters at most, an eighth is room enough behind a full stop."""
    full = ["a" * 80] * 9
    found = part_lines([*full, line, after, *full])
    assert found[9:] == [line, *[""] * ends, after, *full]


def _ruled(rows, style, widths=(90, 60, 60, 120)):
    """Return the rows of a table that is drawn so, and what is doubted."""
    cells = [[Paragraph(cell) if len(cell) > 12 else cell for cell in row]
             for row in rows]  # fmt: skip
    out = io.BytesIO()
    table = Table(cells, colWidths=widths[: len(rows[0])], style=style)
    SimpleDocTemplate(out).build([Paragraph("The table shows it."), table])
    found = extract(Incoming("a.pdf", ".pdf", out.getvalue()))
    lines = [line for line in found.text.split("\n") if line.startswith("|")]
    return lines, [doubt.words for doubt in found.doubts]


NEEDS = [
    ["Sector", "Needs (tons)", "", "Who pays"],
    ["", "2025", "2030", ""],
    [
        "Ports, with the piers of the south",
        "10.5",
        "38.7",
        "All states oper-\nate",
    ],
    ["Towers", "56", "97", ""],
]
SPANS = [("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1)), ("SPAN", (3, 0), (3, 1))]
GRID = ("GRID", (0, 0), (-1, -1), 0.5, "black")
BOX = ("BOX", (0, 0), (-1, -1), 0.5, "black")


def test_cells_that_rules_part_are_whole_and_stand_in_each_row_they_span():
    lines, doubts = _ruled(NEEDS, [GRID, *SPANS])
    assert lines == [
        "| Sector | Needs (tons) | Needs (tons) | Who pays |",
        "| Sector | 2025 | 2030 | Who pays |",
        "| Ports, with the piers of the south | 10.5 | 38.7 | All states operate |",
        "| Towers | 56 | 97 |  |",
    ]
    assert doubts == ["oper-ate"]


def test_where_a_rule_is_missing_a_gap_parts_cells():
    rows = [["Towers", "56", "97"], ["Piers", "12", "5"], ["Ships", "8", "9"]]
    missing = [BOX, ("GRID", (0, 0), (-1, 1), 0.5, "black")]
    assert _ruled(rows, missing)[0] == [f"| {' | '.join(row)} |" for row in rows]


@pytest.mark.parametrize(
    "rows",
    [
        [["Year", "Tons"], ["2021", "5.5"], ["2022", "6.5"]],
        [["Port", "Land"], ["Acton", "West"], ["Beeton", "East"], ["Ceeton", "East"]],
    ],
)
def test_rows_that_only_a_frame_holds_are_parted_by_their_lines(rows):
    frame = [BOX, ("LINEBELOW", (0, 0), (-1, 0), 1, "black"),
             ("LINEBEFORE", (1, 0), (1, -1), 1, "black")]  # fmt: skip
    assert _ruled(rows, frame)[0] == [f"| {' | '.join(row)} |" for row in rows]


def test_a_drawing_of_few_words_or_of_very_many_rules_is_no_table():
    def draw(page):
        page.grid(range(100, 500, 50), range(300, 700, 50))
        page.drawString(110, 310, "A pier")
        page.drawString(160, 510, "A ship of 5 tons, seen far off")

    assert "|" not in _read(draw).text
    began = time.process_time()
    places = [(n, 0, n, 900) for n in range(490)] + [(0, n, 900, n) for n in range(490)]
    letters = [Letter(str(n % 10), n, n + 6, n, 8) for n in range(10, 480, 10)]
    assert lines_of(letters, places)[0]
    assert lines_of(letters, places * 9)[0]
    assert time.process_time() - began < 5


def test_cells_half_way_between_the_lines_of_another_are_doubted():
    frame = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEADING", (0, 0), (-1, -1), 12)]
    rows = [
        ["Sell the salt of the old pier, and\nsay so to the council", "In May", "All"]
    ]
    assert any(
        "amid the lines" in doubt for doubt in _ruled(rows, frame, (190, 90, 90))[1]
    )


def test_frames_beside_each_other_are_read_left_to_right_in_their_place():
    boxes = [("14 towns", "build", "piers"), ("9 ships", "carry", "salt")]
    boxes.append(("36 cranes", "stand", "idle"))

    def draw(page):
        page.drawString(60, 760, "What is known of the ports")
        for x, box in zip((60, 220, 380), boxes, strict=True):
            page.rect(x - 8, 640, 150, 80)
            for number, words in enumerate(box):
                page.drawString(x, 700 - 14 * number, words)
        for number in range(9):
            page.drawString(60, 600 - 14 * number, _line(number))

    read = _read(draw)
    lines = [each for each in read.text.split("\n") if each]
    assert lines[1:10] == [words for box in boxes for words in box]
    assert any("frames beside" in doubt.words for doubt in read.doubts)
