"""Every relation of the vocabulary has a drawing of its own, with words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from sourcebook.comparing.relations import RELATIONS
from sourcebook.views.canvas import DRAWINGS, draw_relation


def test_each_relation_is_drawn_and_nothing_else():
    assert list(DRAWINGS) == list(RELATIONS)


def test_no_two_relations_look_or_read_alike():
    assert len({shapes for shapes, _ in DRAWINGS.values()}) == len(DRAWINGS)
    assert len({words for _, words in DRAWINGS.values()}) == len(DRAWINGS)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_one_image_with_words(name):
    svg = ET.fromstring(draw_relation(name))  # noqa: S314 - our own file
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == DRAWINGS[name][1]


@pytest.mark.parametrize("name", DRAWINGS)
def test_colours_come_from_the_page(name, root):
    style = (root / "book/_static/page.css").read_text(encoding="utf-8")
    for shape in ET.fromstring(draw_relation(name)):  # noqa: S314 - our own drawing
        assert not {"fill", "stroke", "style"} & set(shape.keys())
        for look in shape.get("class").split():
            assert f".sb-drawing .{look} " in style


@pytest.mark.parametrize("name", DRAWINGS)
def test_all_of_a_drawing_lies_on_its_sheet(name):
    svg = ET.fromstring(draw_relation(name))  # noqa: S314 - our own file
    _, _, width, height = map(float, svg.get("viewBox").split())
    for shape in svg:
        x, y = (float(shape.get(c, shape.get(f"c{c}", 0))) for c in "xy")
        assert 0 <= x < width
        assert 0 <= y < height


def test_bars_and_dots_lie_where_they_are_set():
    high = '<rect class="sb-first" x="25" y="15" width="100" height="10" rx="2"/>'
    low = '<rect class="sb-second" x="55" y="35" width="40" height="10" rx="2"/>'
    assert DRAWINGS["refines"][0] == high + low
    assert 'class="sb-first sb-planned"' in DRAWINGS["plan-vs-outcome"][0]
    first, second = (f'cx="{x}" cy="30" r="7"/>' for x in (45, 105))
    assert first in DRAWINGS["before"][0].partition("sb-second")[0]
    assert DRAWINGS["before"][0].endswith(second)
