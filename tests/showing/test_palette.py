"""A source looks the same everywhere, and can be told apart without colour."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from sourcebook.errors import SourcebookError
from sourcebook.showing.palette import GREY, LOOKS, looks, short_name

PAPERS = {"light": "#ffffff", "dark": "#121212", "panel-dark": "#14181e"}
# How the three kinds of colour blindness mix red, green and blue light (Machado 2009).
EYES = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def light(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(colour):
    red, green, blue = light(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, two):
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
@pytest.mark.parametrize("colour", [*(look.colour for look in LOOKS.values()), GREY])
def test_colours_stand_out_on_light_and_on_dark_paper(colour, paper):
    assert contrast(colour, paper) >= 3


@pytest.mark.parametrize("eye", EYES.values(), ids=EYES)
def test_colours_stay_apart_for_colour_blind_readers(eye):
    def seen(colour):
        rgb = light(colour)
        mixed = [sum(a * b for a, b in zip(row, rgb, strict=True)) for row in eye]
        return [max(0, c) ** (1 / 2.4) for c in mixed]

    for one, two in combinations(LOOKS.values(), 2):
        gaps = zip(seen(one.colour), seen(two.colour), strict=True)
        assert sum((a - b) ** 2 for a, b in gaps) ** 0.5 > 0.15, (one.name, two.name)


def test_shapes_tell_sources_apart_without_colour():
    assert len({look.shape for look in LOOKS.values()}) == len(LOOKS)


def test_cards_wear_the_colours_of_the_charts(root):
    style = (root / "book/_static/book.css").read_text(encoding="utf-8")
    worn = dict(re.findall(r'\[data-source="([\w-]+)"\] \{ --sb-source: (#\w+)', style))
    assert worn == {key: look.colour.lower() for key, look in LOOKS.items()}


def test_a_new_source_looks_the_same_in_any_order_and_unlike_the_others():
    one = looks(["zeta-2030", "bbc-2025", "acme-2021"])
    assert one == looks(["acme-2021", "bbc-2025", "zeta-2030"])
    assert len({look.shape for look in one.values()}) == 3
    assert one["zeta-2030"].name == short_name("zeta-2030") == "Zeta 2030"


def test_more_new_sources_than_shapes_is_an_error():
    with pytest.raises(SourcebookError, match="6 sources without a look"):
        looks([f"new-{number}" for number in range(6)])
