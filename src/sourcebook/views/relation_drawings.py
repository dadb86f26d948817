"""A small drawing for each relation: what the first says, what the second says.

The first is drawn above or before the second and filled; the second is hollow, so
that the two can be told apart without colour. Colours come from the page (the classes
of ``page.css``), for light, dark and paper alike. Each drawing has words of its own
for readers who cannot see it.
"""

from dataclasses import dataclass

from sourcebook.views.fragment import escape

_WIDTH, _HEIGHT, _MIDDLE = 150, 60, 30
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


def _shape(part: str) -> str:
    """Return a path, a dot at a place on the line of time, or a bar, as SVG."""
    look, _, place = part.partition(" ")
    if place.startswith("M"):
        return f'<path class="sb-{look}" d="{place}"/>'
    if place.startswith("@"):
        return f'<circle class="sb-{look}" cx="{place[1:]}" cy="{_MIDDLE}" r="7"/>'
    ends, y, *planned = place.split()
    start, end = map(int, ends.split("-"))
    look += " sb-planned" if planned else ""
    return (
        f'<rect class="sb-{look}" x="{start}" y="{int(y) - _THICK // 2}" '
        f'width="{end - start}" height="{_THICK}" rx="2"/>'
    )


_TIME = "line M8 30H140M134 24L142 30L134 36"
_GATE = "line M75 8V52M68 16L82 30M82 16L68 30M68 30L82 44M82 30L68 44"
_LATER = "line M62 30H84M78 24L86 30L78 36"
_FOR = "first-line M50 50V12M40 22L50 12L60 22"  # a stance: an arrow that points up
# relation | shapes, each with its look: a bar from x to x at y, a dot, a path | words
_TABLE = f"""
agrees | first 40-110 20; second 40-110 40 | Two bars of one length, aligned
refines | first 25-125 20; second 55-95 40 | A short bar within the length of a long \
one
overlaps | first 20-90 20; second 60-130 40 | Two bars that overlap in part
repeats | line M16 30L40 20M16 30L40 40; mark M16 22L24 30L16 38L8 30Z; first 40-110 \
20; second 40-110 40 | Two bars of one length, both coming from one mark
contradicts | first 15-62 20; second 88-135 40 | Two bars side by side that do not \
meet
depends-on-reading | dashed M62 20H84M66 40H88; first 15-62 20; second 88-135 40 | Two \
bars that do not meet, with dashed ends that would
not-comparable | first 12-60 30; {_GATE}; second 90-138 30 | Two bars with a closed \
gate between them
different-period | line M12 44H138M12 38V50M60 38V50M90 38V50M138 38V50; first 12-60 \
20; second 90-138 20 | Two bars over two stretches of time that do not meet
plan-vs-outcome | first 30-120 20 planned; second 30-95 40 | A dashed bar for what is \
planned above a bar for what is
before | {_TIME}; first @45; second @105 | On a line of time, the first before the \
second
after | {_TIME}; first @105; second @45 | On a line of time, the first after the \
second
same-time | {_TIME}; first 45-105 22; second 45-105 38 | On a line of time, two \
periods that begin and end together
order-unknown | {_TIME}; first 45-95 22; second 60-110 38 | On a line of time, two \
periods that meet and are not one
clashes | line M8 30H44M106 30H140; alarm M52 30L60 20L68 40L76 20L84 40L92 20L98 30; \
first @45; second @105 | Two places on a line of time for one event, with a jagged \
line between
shares | {_FOR}; second-line M100 50V12M90 22L100 12L110 22 | Two arrows that point \
the same way
opposes | {_FOR}; second-line M100 10V48M90 38L100 48L110 38 | One arrow up and one \
arrow down
differs | {_FOR}; second-line M90 30H110 | One arrow up and one level bar
silent | first 30-120 20; dashed M30 35H120V45H30Z | A bar above an empty dotted \
outline
updates | first 10-56 30; {_LATER}; second 92-140 30 | A bar, an arrow onwards, and a \
second bar
attributes | first 40-110 22; second-line M24 8H126V38H70L58 52V38H24Z | A bar inside \
a speech balloon
weakens | first 20-130 20; second-line M20 34V46M130 34V46; dashed M20 40H130 | A full \
bar above a dashed one with limits at its ends
supports | first 25-125 16; second-line M45 23V52M75 23V52M105 23V52 | A bar resting \
on three pillars
reframes | first 45-105 30; second-line M24 18L118 8L126 44L32 54Z | A bar inside a \
frame that is tilted
in-tension | dashed M48 30H102; first-line M46 30H12M20 22L12 30L20 38; second-line \
M104 30H138M130 22L138 30L130 38 | Two arrows that pull apart on one thread
bears-out | first 10-56 30 planned; {_LATER}; second 92-140 30; second-line M108 \
46L114 53L126 40 | A dashed bar, an arrow onwards, and a bar with a tick
runs-against | first 10-56 30 planned; {_LATER}; second 92-140 30; alarm M110 41L122 \
53M122 41L110 53 | A dashed bar, an arrow onwards, and a bar with a cross
"""
_ROWS = (row.split(" | ") for row in _TABLE.strip().split("\n"))
DRAWINGS = {
    name: Drawing("".join(map(_shape, shapes.split("; "))), words)
    for name, shapes, words in _ROWS
}
