"""A small drawing for each relation: what the first says, what the second says.

The first is drawn above or before the second and filled; the second is hollow, so
that the two can be told apart without colour. Colours come from the page (the classes
of ``page.css``), for light, dark and paper alike. Each drawing has words of its own
for readers who cannot see it.
"""

from dataclasses import dataclass

from sourcebook.views.fragment import escape

_WIDTH, _HEIGHT = 150, 60
_UP, _DOWN, _MIDDLE = 20, 40, 30  # how far down things stand
_THICK = 10


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, as SVG without its frame, and the same in words."""

    shapes: str
    words: str


def draw(relation: str) -> str:
    """Return the drawing of a relation as SVG. Raises `KeyError` for an unknown one."""
    drawing = DRAWINGS[relation]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="sb-drawing" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" role="img" aria-label="{escape(drawing.words)}">'
        f"{drawing.shapes}</svg>"
    )


def _bar(who: str, start: int, end: int, y: int, *, planned: bool = False) -> str:
    look = f"sb-{who} sb-planned" if planned else f"sb-{who}"
    return (
        f'<rect class="{look}" x="{start}" y="{y - _THICK // 2}" '
        f'width="{end - start}" height="{_THICK}" rx="2"/>'
    )


def _dot(who: str, x: int) -> str:
    return f'<circle class="sb-{who}" cx="{x}" cy="{_MIDDLE}" r="7"/>'


def _path(points: str, look: str = "line") -> str:
    return f'<path class="sb-{look}" d="{points}"/>'


_ARROW = _path(f"M8 {_MIDDLE}H140M134 24L142 {_MIDDLE}L134 36")  # of time


def _bars(first: tuple[int, int], second: tuple[int, int]) -> str:
    return _bar("first", *first, _UP) + _bar("second", *second, _DOWN)


def _time(first: int, second: int) -> str:
    """Two events on a line that runs to the right."""
    return _ARROW + _dot("first", first) + _dot("second", second)


def _signs(second: str) -> str:
    """A stance in favour and another: up is for, down against, a bar neither."""
    arrows = {
        "for": "M{x} 50V12M{l} 22L{x} 12L{r} 22",
        "against": "M{x} 10V48M{l} 38L{x} 48L{r} 38",
        "neither": "M{l} 30H{r}",
    }
    drawn = ""
    for who, sign, x in (("first", "for", 50), ("second", second, 100)):
        points = arrows[sign].format(x=x, l=x - 10, r=x + 10)
        drawn += _path(points, f"{who}-line")
    return drawn


_GATE = _path("M75 8V52M68 16L82 30M82 16L68 30M68 30L82 44M82 30L68 44")
_LATER = _path(f"M62 {_MIDDLE}H84M78 24L86 {_MIDDLE}L78 36")
_ZIGZAG = _path("M52 30L60 20L68 40L76 20L84 40L92 20L98 30", "alarm")

DRAWINGS: dict[str, Drawing] = {
    "agrees": Drawing(_bars((40, 110), (40, 110)), "Two bars of one length, aligned"),
    "refines": Drawing(
        _bars((25, 125), (55, 95)), "A short bar within the length of a long one"
    ),
    "overlaps": Drawing(_bars((20, 90), (60, 130)), "Two bars that overlap in part"),
    "repeats": Drawing(
        _path("M16 30L40 20M16 30L40 40")
        + _path("M16 22L24 30L16 38L8 30Z", "mark")
        + _bars((40, 110), (40, 110)),
        "Two bars of one length, both coming from one mark",
    ),
    "contradicts": Drawing(
        _bars((15, 62), (88, 135)), "Two bars side by side that do not meet"
    ),
    "depends-on-reading": Drawing(
        _path(f"M62 {_UP}H84M66 {_DOWN}H88", "dashed") + _bars((15, 62), (88, 135)),
        "Two bars that do not meet, with dashed ends that would",
    ),
    "not-comparable": Drawing(
        _bar("first", 12, 60, _MIDDLE) + _GATE + _bar("second", 90, 138, _MIDDLE),
        "Two bars with a closed gate between them",
    ),
    "different-period": Drawing(
        _path("M12 44H138M12 38V50M60 38V50M90 38V50M138 38V50")
        + _bar("first", 12, 60, _UP)
        + _bar("second", 90, 138, _UP),
        "Two bars over two stretches of time that do not meet",
    ),
    "plan-vs-outcome": Drawing(
        _bar("first", 30, 120, _UP, planned=True) + _bar("second", 30, 95, _DOWN),
        "A dashed bar for what is planned above a bar for what is",
    ),
    "before": Drawing(_time(45, 105), "On a line of time, the first before the second"),
    "after": Drawing(_time(105, 45), "On a line of time, the first after the second"),
    "same-time": Drawing(
        _ARROW + _bar("first", 45, 105, 22) + _bar("second", 45, 105, 38),
        "On a line of time, two periods that begin and end together",
    ),
    "order-unknown": Drawing(
        _ARROW + _bar("first", 45, 95, 22) + _bar("second", 60, 110, 38),
        "On a line of time, two periods that meet and are not one",
    ),
    "clashes": Drawing(
        _path("M8 30H44M106 30H140")
        + _ZIGZAG
        + _dot("first", 45)
        + _dot("second", 105),
        "Two places on a line of time for one event, with a jagged line between",
    ),
    "shares": Drawing(_signs("for"), "Two arrows that point the same way"),
    "opposes": Drawing(_signs("against"), "One arrow up and one arrow down"),
    "differs": Drawing(_signs("neither"), "One arrow up and one level bar"),
    "silent": Drawing(
        _bar("first", 30, 120, _UP) + _path("M30 35H120V45H30Z", "dashed"),
        "A bar above an empty dotted outline",
    ),
    "updates": Drawing(
        _bar("first", 10, 56, _MIDDLE) + _LATER + _bar("second", 92, 140, _MIDDLE),
        "A bar, an arrow onwards, and a second bar",
    ),
    "attributes": Drawing(
        _bar("first", 40, 110, 22)
        + _path("M24 8H126V38H70L58 52V38H24Z", "second-line"),
        "A bar inside a speech balloon",
    ),
    "weakens": Drawing(
        _bar("first", 20, 130, _UP)
        + _path("M20 34V46M130 34V46", "second-line")
        + _path("M20 40H130", "dashed"),
        "A full bar above a dashed one with limits at its ends",
    ),
    "supports": Drawing(
        _bar("first", 25, 125, 16)
        + _path("M45 23V52M75 23V52M105 23V52", "second-line"),
        "A bar resting on three pillars",
    ),
    "reframes": Drawing(
        _bar("first", 45, 105, _MIDDLE)
        + _path("M24 18L118 8L126 44L32 54Z", "second-line"),
        "A bar inside a frame that is tilted",
    ),
    "in-tension": Drawing(
        _path("M48 30H102", "dashed")
        + _path("M46 30H12M20 22L12 30L20 38", "first-line")
        + _path("M104 30H138M130 22L138 30L130 38", "second-line"),
        "Two arrows that pull apart on one thread",
    ),
    "bears-out": Drawing(
        _bar("first", 10, 56, _MIDDLE, planned=True)
        + _LATER
        + _bar("second", 92, 140, _MIDDLE)
        + _path("M108 46L114 53L126 40", "second-line"),
        "A dashed bar, an arrow onwards, and a bar with a tick",
    ),
    "runs-against": Drawing(
        _bar("first", 10, 56, _MIDDLE, planned=True)
        + _LATER
        + _bar("second", 92, 140, _MIDDLE)
        + _path("M110 41L122 53M122 41L110 53", "alarm"),
        "A dashed bar, an arrow onwards, and a bar with a cross",
    ),
}
