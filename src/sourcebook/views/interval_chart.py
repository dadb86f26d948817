"""Intervals on one axis: what each figure leaves open, or a mean and its spread.

Every row has its words above its bar and not beside it, so that they never meet the
marks. An end that belongs to the interval is a stroke, one that does not is a hollow
ring, and an interval without an end runs into an arrow at the edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.views.canvas import INK, NOTE, Canvas, measure, number, ticks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sourcebook.coding.source_looks import Look
    from sourcebook.views.chart_frame import Link

_EDGE = 12  # units left free at either end of the axis, for marks


@dataclass(frozen=True, slots=True)
class Row:
    """One interval: what to call it, where it begins, ends and has its value."""

    label: str
    note: str
    look: Look
    low: float | None
    high: float | None
    value: float | None = None
    low_end: str = "closed"  # closed, open, or arrow where there is no end
    high_end: str = "closed"
    link: Link = ("", "")

    @property
    def has_bar(self) -> bool:
        """Whether there is an interval, and not a value alone."""
        return self.low is not None or self.high is not None


def draw_intervals(
    canvas: Canvas,
    rows: Sequence[Row],
    *,
    domain: tuple[float, float],
    unit: str,
    zero: bool = False,
) -> None:
    """Draw rows on one axis; with ``zero``, a line marks nought."""
    across = axis_of(canvas, domain)
    top = canvas.height
    y = top
    for row in rows:
        y = canvas.words(0, y + 4, row.label, bold=True)
        y = canvas.words(0, y, row.note, size=NOTE, muted=True) if row.note else y
        with canvas.linked(*row.link):
            _bar(canvas, row, y + 12, across=across, domain=domain)
        y += 26
    if zero:
        canvas.line(across(0), top, across(0), y, dashed=True)
    draw_axis(canvas, y, domain=domain, unit=unit, across=across)


def axis_of(canvas: Canvas, domain: tuple[float, float]) -> Callable[[float], float]:
    """Return where a value of the domain stands on the sheet."""
    low, high = domain
    run = canvas.width - 2 * _EDGE
    return lambda value: round(_EDGE + run * (value - low) / (high - low), 1)


def draw_axis(
    canvas: Canvas,
    y: float,
    *,
    domain: tuple[float, float],
    unit: str,
    across: Callable[[float], float],
) -> None:
    """Draw an axis below everything, with round values and what it counts."""
    canvas.line(across(domain[0]), y, across(domain[1]), y)
    for value in ticks(*domain, most=4 if canvas.narrow else 7):
        words, x = number(value), across(value)
        canvas.line(x, y, x, y + 5)
        half = measure(words, size=NOTE) / 2
        at = min(max(x, half), canvas.width - half)
        canvas.words(at, y + 7, words, size=NOTE, anchor="middle", width=2 * half + 9)
    canvas.words(0, y + 24, unit, size=NOTE, muted=True)


def _bar(
    canvas: Canvas,
    row: Row,
    y: float,
    *,
    across: Callable[[float], float],
    domain: tuple[float, float],
) -> None:
    colour = row.look.colour
    if row.has_bar:
        left = across(domain[0] if row.low is None else row.low)
        right = across(domain[1] if row.high is None else row.high)
        canvas.line(left, y, right, y, colour=colour, thick=4)
        for x, end, shape in (
            (left, row.low_end, "triangle-left"),
            (right, row.high_end, "triangle-right"),
        ):
            if end == "arrow":
                canvas.mark(shape, x, y, colour=colour)
            elif end == "open":
                canvas.mark("circle", x, y, colour=colour, size=5, hollow=True)
            else:
                canvas.line(x, y - 8, x, y + 8, colour=colour, thick=2)
    if row.value is not None:
        inside = row.low_end != "open" or row.low != row.value
        inside = inside and (row.high_end != "open" or row.high != row.value)
        canvas.mark(
            row.look.shape,
            across(row.value),
            y,
            colour=colour or INK,
            hollow=not inside,
        )
