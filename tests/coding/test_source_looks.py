"""A source looks the same everywhere, and can be told apart without colour."""

from __future__ import annotations

import math
import operator
import os
import re
from itertools import combinations, pairwise
from typing import get_args

import pytest

from sourcebook.coding import source_looks
from sourcebook.coding.schema import Genre
from sourcebook.coding.source_looks import (
    GENRES,
    GREY,
    LOOKS,
    Look,
    dated_name,
    looks,
    short_name,
    source_style,
)
from sourcebook.data.references import TYPES

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


def lab(rgb):
    """Return linear red, green and blue as CIELAB (D65)."""
    x, y, z = (
        max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True))) / white
        for row, white in zip(XYZ, (0.95047, 1, 1.08883), strict=True)
    )
    x, y, z = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
        for t in (x, y, z)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


XYZ = (
    (0.41246, 0.35758, 0.18044),
    (0.21267, 0.71515, 0.07217),
    (0.01933, 0.1192, 0.9503),
)


def apart(one, two):
    """Return how far two colours are apart (CIEDE2000)."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    more = 1.5 - 0.5 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    c1, c2 = math.hypot(a1 * more, b1), math.hypot(a2 * more, b2)
    h1, h2 = (
        math.degrees(math.atan2(b, a * more)) % 360 for a, b in ((a1, b1), (a2, b2))
    )
    turn = (h2 - h1 + 180) % 360 - 180
    middle = (h1 + h2 + (360 if abs(h1 - h2) > 180 else 0)) / 2
    mean_c = (c1 + c2) / 2
    light_ = ((l1 + l2) / 2 - 50) ** 2
    t = 1 - sum(
        k * math.cos(math.radians(n * middle + off))
        for k, n, off in ((0.17, 1, -30), (-0.24, 2, 0), (-0.32, 3, 6), (0.2, 4, -63))
    )
    dl = (l2 - l1) / (1 + 0.015 * light_ / math.sqrt(20 + light_))
    dc = (c2 - c1) / (1 + 0.045 * mean_c)
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    dh /= 1 + 0.015 * mean_c * t
    blue = math.radians(60 * math.exp(-(((middle - 275) / 25) ** 2)))
    pull = -2 * math.sqrt(mean_c**7 / (mean_c**7 + 25**7)) * math.sin(blue)
    return math.sqrt(dl**2 + dc**2 + dh**2 + pull * dc * dh)


@pytest.mark.parametrize("eye", EYES.values(), ids=EYES)
def test_colours_stay_apart_for_colour_blind_readers(eye):
    def seen(colour):
        rgb = light(colour)
        return lab([min(1, max(0, sum(map(operator.mul, row, rgb)))) for row in eye])

    for one, two in combinations(LOOKS.values(), 2):
        assert apart(seen(one.colour), seen(two.colour)) > 20, (one.name, two.name)


def test_documents_that_follow_each_other_differ_in_grey():
    greys = [lab(light(look.colour))[0] for look in LOOKS.values()]
    assert all(abs(a - b) >= 8 for a, b in pairwise(greys))


def test_shapes_tell_sources_apart_without_colour():
    assert len({look.shape for look in LOOKS.values()}) == len(LOOKS)


def test_cards_wear_the_colours_of_the_charts():
    worn = dict(
        re.findall(r'\[data-source="([\w-]+)"\] { --sb-source: (#\w+)', source_style())
    )
    assert worn == {key: look.colour.lower() for key, look in LOOKS.items()}
    assert len(worn) == 5


def test_a_new_source_looks_the_same_in_any_order_and_unlike_the_others():
    one = looks(["zeta-2030", "bbc-2025", "acme-2021"])
    assert one == looks(["acme-2021", "bbc-2025", "zeta-2030"])
    assert len({look.shape for look in one.values()}) == 3
    assert one["zeta-2030"].name == short_name("zeta-2030") == "Zeta 2030"


def test_the_eleventh_source_has_a_look_too():
    drawn = looks([*LOOKS, *(f"new-{number}" for number in range(20))])
    seen = {(look.colour, look.shape) for look in drawn.values()}
    assert len(seen) == len(drawn) == 25


def test_a_sheet_says_how_its_source_looks(tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "_toc.yml").write_text("root: book/index\n", encoding="utf-8")
    sheet = tmp_path / "seeds/acme-2021.yml"
    head = (
        'short: Acme memo\ncolour: "#123456"\nshape: cross\nissued: {date: "2021-06"}\n'
    )
    sheet.write_text(f"{head}\nclaims:\n  - id: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert looks(["acme-2021"])["acme-2021"] == Look("Acme memo", "#123456", "cross")
    assert dated_name("acme-2021") == "Acme memo (2021)"
    sheet.write_text(head.replace("memo", "note"), encoding="utf-8")
    os.utime(sheet, ns=(1, 1))
    assert short_name("acme-2021") == "Acme note"
    sheet.write_text(head.replace("memo", "plan 2021"), encoding="utf-8")
    os.utime(sheet, ns=(2, 2))
    assert dated_name("acme-2021") == "Acme plan 2021"  # and not its year twice
    sheet.write_text("short: [\nclaims:\n", encoding="utf-8")
    os.utime(sheet, ns=(3, 3))
    assert short_name("acme-2021") == "Acme 2021"  # what is wrong is told elsewhere
    assert short_name("record") == "public record"


def test_a_builder_started_elsewhere_still_knows_its_book(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert short_name("bbc-2025") == "Bbc 2025"
    source_looks.use_book(root)
    try:
        assert short_name("bbc-2025") == "BBC report"
    finally:
        source_looks._elsewhere.clear()


def test_every_genre_has_words_here_and_in_bibliographies():
    assert tuple(GENRES) == tuple(TYPES) == get_args(Genre)
