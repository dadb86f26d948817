"""Every relation of the vocabulary has a drawing of its own, with words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from sourcebook.comparing.relation_vocabulary import RELATIONS
from sourcebook.views.relation_drawings import DRAWINGS, draw


def test_each_relation_is_drawn_and_nothing_else():
    assert list(DRAWINGS) == list(RELATIONS)


def test_no_two_relations_look_or_read_alike():
    assert len({each.shapes for each in DRAWINGS.values()}) == len(DRAWINGS)
    assert len({each.words for each in DRAWINGS.values()}) == len(DRAWINGS)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_one_image_with_words(name):
    svg = ET.fromstring(draw(name))  # noqa: S314 - our own file
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == DRAWINGS[name].words


@pytest.mark.parametrize("name", DRAWINGS)
def test_colours_come_from_the_page(name, root):
    style = (root / "book/_static/page.css").read_text(encoding="utf-8")
    for shape in ET.fromstring(draw(name)):  # noqa: S314 - our own drawing
        assert not {"fill", "stroke", "style"} & set(shape.keys())
        for look in shape.get("class").split():
            assert f".sb-drawing .{look} " in style
