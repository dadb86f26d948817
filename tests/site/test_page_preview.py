"""A page's picture says its title, whole, the same every time."""

from __future__ import annotations

import re

import pytest
from docutils import nodes
from docutils.utils import new_document

from sourcebook.coding.source_looks import LOOKS
from sourcebook.site.page_preview import (
    SIZE,
    first_words,
    preview_name,
    preview_png,
    preview_svg,
)

LONG = "What each of the five documents says about the talks, and what it leaves out"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Sales of tin\nrose.", "Sales of tin rose."),
        ("tin " * 60, "tin " * 49 + "…"),
        ("", ""),
    ],
    ids=["short", "long", "none"],
)
def test_a_page_begins_with_the_first_words_of_a_section(words, kept):
    page = new_document("a.md")
    page += nodes.paragraph("", "Above all sections.")
    page += nodes.section("", *([nodes.paragraph("", words)] if words else []))
    assert first_words(page) == kept


@pytest.mark.parametrize("title", ["Data", LONG])
def test_every_word_of_the_title_is_drawn(title):
    words = re.findall(r"<text[^>]*>([^<]*)</text>", preview_svg(title, "The book"))
    assert words[0] == "The book"
    assert " ".join(words[1:]) == title


def test_the_book_does_not_say_its_title_twice():
    assert preview_svg("The book", "The book").count("The book") == 1


def test_a_title_stays_text():
    assert "<b>" not in preview_svg("<b>", "x")


def test_the_bars_of_the_documents_stand_side_by_side_all_across():
    bars = re.findall(
        r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="28"',
        preview_svg("Data", "The book"),
    )
    wide, high = SIZE
    each = wide // len(LOOKS)
    assert bars == [
        (str(n * each), str(high - 28), str(each)) for n in range(len(LOOKS))
    ]


def test_the_paper_lies_under_all_of_it():
    wide, high = SIZE
    assert f'><rect width="{wide}" height="{high}" fill="' in preview_svg("Data", "")


def test_the_picture_has_the_size_it_claims_and_repeats():
    png = preview_png("Data", "The book")
    assert png.startswith(b"\x89PNG")
    size = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert size == SIZE
    assert preview_png("Data", "The book") == png


def test_letters_are_drawn_not_only_a_frame():
    assert len(preview_png("Data", "The book")) > len(preview_png("", "")) + 1000


def test_two_pages_have_two_pictures():
    assert preview_name("a/b") != preview_name("a/c")
