"""What is drawn by hand: charts of words on a sheet, and the sign of each relation.

Charts of words are drawn here and not by Vega, for three reasons. Vega cuts a label
that is too long, and these labels are the finding. It draws one form, and a phone
needs another. And it needs 300 kB of script on every page before anything is seen.

What is drawn carries its own light colours, for paper and for files saved from a page;
a page's style sheet overrides them by class. Widths of letters are those of DejaVu
Sans, the widest of the usual faces, so that words that fit here fit everywhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil, floor, log10

from sourcebook.views.fragment import escape

WIDE, NARROW = 700, 360  # units across; a page shows the one that it has room for
INK, MUTED, RULE, PAPER = "#222832", "#48566B", "#8A8F98", "#FFFFFF"
LETTER, NOTE = 14, 12  # units high: words that lead, words that explain
# Widths in thousandths of the height of a letter.
_NARROW = dict.fromkeys("iljI'|.,:;!", 330) | dict.fromkeys('ftr()[]-/"“”‘’', 420)
_BROAD = dict.fromkeys("mwMW@%", 950) | dict.fromkeys("…—", 1000)
_LETTERS = {" ": 318} | _NARROW | _BROAD
_CAPITAL, _OTHER, _BOLD = 720, 615, 1.13
_POINTS = {  # a mark of 1 unit either way; "circle" is drawn as one
    "square": "-.89,-.89 .89,-.89 .89,.89 -.89,.89",
    "diamond": "0,-1.2 1.2,0 0,1.2 -1.2,0",
    "triangle-up": "0,-1.15 1.15,.85 -1.15,.85",
    "triangle-down": "0,1.15 1.15,-.85 -1.15,-.85",
    "triangle-right": "1.15,0 -.85,1.15 -.85,-1.15",
    "triangle-left": "-1.15,0 .85,1.15 .85,-1.15",
    "cross": "-.4,-1.1 .4,-1.1 .4,-.4 1.1,-.4 1.1,.4 .4,.4 .4,1.1 -.4,1.1 -.4,.4 "
    "-1.1,.4 -1.1,-.4 -.4,-.4",
}


def measure(words: str, *, size: float = LETTER, bold: bool = False) -> float:
    """Return how wide words are at most, in units."""
    total = sum(
        _LETTERS.get(each, _CAPITAL if each.isupper() else _OTHER) for each in words
    )
    return total * size * (_BOLD if bold else 1) / 1000


def wrap(
    words: str, width: float, *, size: float = LETTER, bold: bool = False
) -> list[str]:
    """Return words as lines no wider than this; a word that is wider is broken."""
    lines: list[str] = []
    line = ""
    for word in words.split():
        tried = f"{line} {word}".strip()
        if measure(tried, size=size, bold=bold) <= width:
            line = tried
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, width, size=size, bold=bold)
        lines += whole
    return [*lines, line] if line else lines


def _broken(word: str, width: float, *, size: float, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        piece = pieces[-1] + letter
        if pieces[-1] and measure(piece, size=size, bold=bold) > width:
            pieces.append(letter)
        else:
            pieces[-1] = piece
    return pieces


def ticks(low: float, high: float, *, most: int) -> list[float]:
    """Return round values between two, at most so many steps from the first.

    >>> ticks(0, 47, most=5), ticks(0, 50, most=5)
    ([0, 10, 20, 30, 40], [0, 10, 20, 30, 40, 50])
    """
    rough = (high - low) / most or 1
    power = 10 ** floor(log10(rough))
    step = next(k * power for k in (1, 2, 2.5, 5, 10) if k * power >= rough * 0.999)
    first = ceil(low / step - 1e-9)
    count = floor(high / step + 1e-9) - first + 1
    values = [round((first + n) * step, 9) for n in range(count)]
    return [int(value) if value == int(value) else value for value in values]


def number(value: float) -> str:
    """Return a number as people write it.

    >>> number(1580), number(4.30), number(2e9), number(0.005)
    ('1,580', '4.3', '2 bn', '0.005')
    """
    for size, name in ((1e9, " bn"), (1e6, " m")):
        if abs(value) >= size:
            return f"{value / size:,.4g}{name}"
    return f"{value:,.6f}".rstrip("0").rstrip(".").replace("-", "−")


@dataclass(slots=True)
class Canvas:
    """One form of a drawing, which grows downwards as things are put on it."""

    width: int
    links: dict[str, str]  # address of a claim: what its mark says, in order drawn
    key: str = ""  # what its gradients are named after
    height: float = 0
    parts: list[str] = field(default_factory=list)
    fades: dict[str, str] = field(default_factory=dict)

    @property
    def narrow(self) -> bool:
        """Whether this is the form for a phone."""
        return self.width < WIDE

    def words(  # noqa: PLR0913  (all but three are optional and named)
        self,
        x: float,
        y: float,
        words: str,
        *,
        width: float | None = None,
        size: float = LETTER,
        bold: bool = False,
        muted: bool = False,
        anchor: str = "start",
        colour: str = "",
        high: float = 0,
    ) -> float:
        """Write words whose first line begins below ``y``; return where they end.

        They wrap at ``width``, or else at the edge of the sheet, and stand in the
        middle of what is so ``high``.
        """
        room = {"start": self.width - x, "end": x}.get(
            anchor, 2 * min(x, self.width - x)
        )
        look = f' class="sb-{"muted" if muted else "ink"}"' if not colour else ""
        fill = colour or (MUTED if muted else INK)
        place = "" if anchor == "start" else f' text-anchor="{anchor}"'
        weight = ' font-weight="bold"' if bold else ""
        large = "" if size == LETTER else f' font-size="{size:g}"'
        lines = wrap(words, width or room, size=size, bold=bold)
        y += (high - len(lines) * size * 1.3) / 2 if high else 0
        for line in lines:
            base = y + size * 0.95
            y += size * 1.3
            self.parts.append(
                f'<text x="{x:g}" y="{base:g}"{look} fill="{fill}"{large}{weight}'
                f"{place}>{escape(line)}</text>"
            )
        self.reach(y)
        return y

    def rect(  # noqa: PLR0913  (a place, and how it looks)
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        stroke: str = "",
        opacity: float = 1,
    ) -> None:
        """Draw a box."""
        look = f' stroke="{stroke}" class="sb-line"' if stroke else ""
        pale = f' fill-opacity="{opacity:g}"' if opacity != 1 else ""
        self.parts.append(
            f'<rect x="{x:g}" y="{y:g}" width="{max(width, 0):.4g}" '
            f'height="{height:g}" fill="{fill}"{pale}{look}/>'
        )
        self.reach(y + height)

    def line(  # noqa: PLR0913  (two ends, and how it looks)
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        colour: str = "",
        thick: float = 1,
        dashed: bool = False,
    ) -> None:
        """Draw a line, in the colour of rules if no other is given."""
        look = "" if colour else ' class="sb-line"'
        dashes = ' stroke-dasharray="4 3"' if dashed else ""
        self.parts.append(
            f'<path d="M{x1:.4g} {y1:g}L{x2:.4g} {y2:g}" fill="none" '
            f'stroke="{colour or RULE}" stroke-width="{thick:g}"{look}{dashes}/>'
        )
        self.reach(max(y1, y2))

    def mark(  # noqa: PLR0913  (a place, and how it looks)
        self,
        shape: str,
        x: float,
        y: float,
        *,
        colour: str,
        size: float = 6,
        hollow: bool = False,
    ) -> None:
        """Draw a source's mark, or another shape, around a point."""
        look = f'fill="{PAPER if hollow else colour}" stroke="{colour}"'
        look += ' stroke-width="1.6" class="sb-hollow"' if hollow else ""
        if shape in _POINTS:
            pairs = (each.split(",") for each in _POINTS[shape].split())
            points = "L".join(
                f"{x + float(right) * size:.4g} {y + float(down) * size:.4g}"
                for right, down in pairs
            )
            self.parts.append(f'<path d="M{points}Z" {look}/>')
        else:
            self.parts.append(f'<circle cx="{x:.4g}" cy="{y:g}" r="{size:g}" {look}/>')
        self.reach(y + size)

    def fade(self, colour: str) -> str:
        """Return a paint that runs out to the right."""
        name = f"{self.key}-{len(self.fades)}"
        inner = "".join(
            f'<stop offset="{at}%" stop-color="{colour}" stop-opacity="{opacity}"/>'
            for at, opacity in ((0, 1), (100, 0.06))
        )
        self.fades[name] = f'<linearGradient id="{name}">{inner}</linearGradient>'
        return f"url(#{name})"

    @contextmanager
    def linked(self, address: str, says: str) -> Iterator[None]:
        """Have what is drawn within lead to a claim, and say its passage."""
        if not address:
            yield
            return
        self.links.setdefault(address, says)
        place = list(self.links).index(address) + 1
        self.parts.append(f'<g class="sb-mark sb-mark-{place}"><title>{escape(says)}')
        self.parts.append("</title>")
        yield
        self.parts.append("</g>")

    def reach(self, y: float) -> None:
        """Make the sheet long enough for what ends at ``y``."""
        self.height = max(self.height, y)

    def svg(self, label: str) -> str:
        """Return the drawing; ``label`` says it to who cannot see it."""
        width, height = self.width, ceil(self.height) + 2
        kept = f"<defs>{''.join(self.fades.values())}</defs>" if self.fades else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
            f'aria-label="{escape(label)}" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}" font-family="sans-serif" '
            f'font-size="{LETTER}">{kept}<rect class="sb-ground" width="{width}" '
            f'height="{height}" fill="{PAPER}"/>{"".join(self.parts)}</svg>'
        )


# A small drawing for each relation. The first is drawn above or before the second and
# filled; the second is hollow, so that the two can be told apart without colour.
# Colours come from the page (the classes of ``page.css``), for light, dark and paper
# alike. Each has words of its own for readers who cannot see it.
_WIDTH, _HEIGHT, _MIDDLE = 150, 60, 30
_THICK = 10


def draw_relation(relation: str) -> str:
    """Return the drawing of a relation as SVG. Raises `KeyError` for an unknown one."""
    shapes, words = DRAWINGS[relation]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="sb-drawing" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" role="img" aria-label="{escape(words)}">'
        f"{shapes}</svg>"
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
    name: ("".join(map(_shape, shapes.split("; "))), words)
    for name, shapes, words in _ROWS
}
