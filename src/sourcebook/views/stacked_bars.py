"""Bars of counts in parts: one bar a source, its parts side by side, each counted.

A part says itself twice, by colour and by its place in a fixed order, and its count is
printed in it, or below the bar where there is no room. A part of nothing is not drawn;
the words still say it. Bars are as long as their counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

from sourcebook.coding.source_looks import LOOKS, Look, short_name
from sourcebook.errors import SourcebookError
from sourcebook.views.canvas import NOTE, Canvas, measure, number
from sourcebook.views.chart_frame import ChartWords, Picture, legend, picture

COLOURS = ("#6E6E6E", "#4A7BA6", "#8F5FA8", "#B2561A")  # white words stand out on all
_NAMES = 150  # units for the names beside bars
_BAR = 22  # units a bar is high


def stacks(
    counts: Mapping[str, Mapping[str, int]],
    *,
    unit: str,
    finding: str = "",
    **words: Unpack[ChartWords],
) -> Picture:
    """Draw one bar a source, of parts in the order given.

    ``counts`` is citekey (or any other name) → part → count; ``unit`` names what is
    counted.
    The description is the ``finding``. Raises `SourcebookError` for more parts than
    there are colours, or for none.
    """
    parts = list(dict.fromkeys(part for bar in counts.values() for part in bar))
    if not 0 < len(parts) <= len(COLOURS):
        raise SourcebookError(
            f"{len(parts)} parts to a bar\n"
            f"  fix: give between 1 and {len(COLOURS)}, or join some of them"
        )
    paints = dict(zip(parts, COLOURS, strict=False))

    def draw(canvas: Canvas) -> None:
        longest = max(sum(bar.values()) for bar in counts.values()) or 1
        for citekey, bar in counts.items():
            _draw_bar(canvas, _name(citekey), bar, whole=longest, colours=paints)
        if len(parts) > 1:
            key = [(Look(part, paints[part], "square"), part) for part in parts]
            legend(canvas, key, y=canvas.height + 6)

    words.setdefault("subtitle", f"Number of {unit}")
    words.setdefault("description", finding)
    return picture(
        draw,
        [
            {"source": _name(citekey), "part": part, unit: count}
            for citekey, bar in counts.items()
            for part, count in bar.items()
        ],
        said=[f"{_name(key)}: {_spoken(bar)}" for key, bar in counts.items()],
        citekeys=[key for key in counts if key in LOOKS],
        **words,
    )


def _name(key: str) -> str:
    return short_name(key) if key in LOOKS else key


def _draw_bar(
    canvas: Canvas,
    name: str,
    bar: Mapping[str, int],
    *,
    whole: int,
    colours: Mapping[str, str],
) -> None:
    y = canvas.height + 4
    left = 0 if canvas.narrow else _NAMES
    end = canvas.words(0, y + 2, name, width=(left or canvas.width) - 8)
    y = end if canvas.narrow else y
    x, scale, small = float(left), (canvas.width - left) / whole, []
    for part, count in bar.items():
        width = count * scale
        if not count:
            continue
        canvas.rect(x, y, width, _BAR, fill=colours[part])
        words = number(count)
        if measure(words, size=NOTE, bold=True) + 6 <= width:
            middle = x + width / 2
            canvas.words(
                middle, y + 3, words, size=NOTE, bold=True, anchor="middle",
                colour="#FFFFFF", width=width,
            )  # fmt: skip
        else:
            small.append(f"{part}: {words}" if len(bar) > 1 else words)
        x += width
    canvas.reach(y + _BAR + 4)
    if small:
        also = "; ".join(small)  # printed below where a bar is too short for it
        canvas.words(left, y + _BAR + 2, also, size=NOTE, muted=True)


def _spoken(bar: Mapping[str, int]) -> str:
    return ", ".join(f"{part} {count}" for part, count in bar.items())
