"""What stands around every chart: title, subtitle, source, number, claims, data.

A `Caption` holds the words; `framed` puts them around a drawing as HTML; a `Picture` is
a chart drawn here in two forms, for a column of a page and for a phone. A style sheet
shows the one that fits, so a chart follows its frame without a script. Where there is
no style sheet, the wide form stands alone.

Refused: a chart without a title, and a description of more than fifty words, which
nobody who has to listen to it would sit through.
"""

import hashlib
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, Required, TypedDict, Unpack

from sourcebook.coding.book_files import slug
from sourcebook.coding.claims import Claim
from sourcebook.coding.schema import RECORD
from sourcebook.coding.source_looks import Look, dated_name, in_order
from sourcebook.errors import SourcebookError, counted
from sourcebook.views.canvas import NARROW, NOTE, WIDE, Canvas
from sourcebook.views.fragment import address, escape, plain_words, printed

TITLE_WORDS, ALT_WORDS = 15, 50
LISTED = "The claims in this chart"
SHORTENED = 90  # characters of a passage in the list of a chart's claims

Draw = Callable[[Canvas], None]
MarkLink = tuple[str, str]  # an address, and the words of its link


@dataclass(frozen=True, slots=True)
class Caption:
    """The words of a chart."""

    title: str
    description: str
    subtitle: str = ""
    source: str = ""

    @property
    def id(self) -> str:
        """The anchor of the figure: its title's words, "" without a title."""
        words = slug(self.title)
        return f"fig-{words}" if words else ""


class ChartWords(TypedDict, total=False):
    """What whoever asks for a chart says of it."""

    title: Required[str]
    subtitle: str
    source: str
    description: str  # made from the rows where there is none


def captioned(
    *,
    said: Iterable[str] = (),
    citekeys: Iterable[str] = (),
    **given: Unpack[ChartWords],
) -> Caption:
    """Return a chart's words, checked, with what was left out made from the rows.

    ``said`` reads the rows out, one text each; ``citekeys`` are the sources drawn.
    """
    title, words = unmarked(given["title"]), unmarked(given.get("description", ""))
    if not title or len(title.split()) > TITLE_WORDS:
        said = f"a chart's title of {len(title.split())} words: {title!r}"
        fix = f"say what the chart shows in at most {TITLE_WORDS}; measure, place and "
        raise SourcebookError(said, fix=f"{fix}period belong in the subtitle")
    return Caption(
        title,
        check_description(words) if words else read_out(title, said),
        unmarked(given.get("subtitle", "")),
        given.get("source") or source_line(citekeys),
    )


def unmarked(words: str) -> str:
    """Return a text without its marks, which a drawing cannot link."""
    return " ".join(plain_words(words).split())


def check_description(words: str) -> str:
    """Return an alternative text, or refuse one that is too long to listen to."""
    count = len(words.split())
    if count > ALT_WORDS:
        said = f"a description of {count} words: {words[:60]!r} …"
        fix = f"say the finding in at most {ALT_WORDS}; the rows are in the page"
        raise SourcebookError(said, fix=fix)
    return words


def read_out(title: str, said: Iterable[str]) -> str:
    """Return a title and as many rows in words as an alternative text has room for."""
    rows = list(said)
    room = ALT_WORDS - len(title.split()) - 3  # for "and N more"
    taken: list[str] = []
    for row in rows:
        room -= len(row.split())
        if room < 0:
            break
        taken.append(row)
    left = len(rows) - len(taken)
    if left:
        taken.append(f"and {left} more" if taken else counted(left, "row"))
    return f"{title}: {'; '.join(taken)}." if taken else title


def source_line(citekeys: Iterable[str]) -> str:
    """Return the sources of a chart by name and year, each once.

    >>> source_line(["bbc-2025", "bbc-2025"])
    'BBC report (2025)'
    """
    return ", ".join(dict.fromkeys(dated_name(key) for key in in_order(citekeys)))


def citekey_of(claim: Claim | str) -> str:
    """Return the source of a claim, given as one or by its id."""
    return id_of(claim).partition("/")[0]


def id_of(claim: Claim | str) -> str:
    """Return the id of a claim, given as one or by its id."""
    return claim.id if isinstance(claim, Claim) else claim


def reference(claim: Claim | str, *, name: str, words: str = "") -> MarkLink:
    """Return the address of a claim and what its mark says: source and passage."""
    if not isinstance(claim, Claim):
        said = f"{name}: {words}" if words else name
        return (address(claim), said) if claim else ("", "")
    quote = textwrap.shorten(claim.exact, SHORTENED, placeholder=" …").strip("“”")
    # A fact from outside is in words of ours, and those are no quotation.
    said = quote if claim.source == RECORD else f"“{quote}”"
    return address(claim.id), f"{name}: {said}"


def legend(canvas: Canvas, entries: Iterable[tuple[Look, str]], *, y: float) -> None:
    """Draw a key: each mark with its words, as many to a line as there is room."""
    x = 0.0
    for look, words in entries:
        wide = 26 + len(words) * NOTE * 0.62
        if x and x + wide > canvas.width:
            x, y = 0.0, y + 20
        canvas.mark(look.shape, x + 7, y + 8, colour=look.colour)
        canvas.words(x + 18, y, words, size=NOTE)
        x += wide
    canvas.reach(y + 20)


@dataclass(frozen=True, slots=True, repr=False)
class Chart:
    """Anything that a caption says in words."""

    caption: Caption

    @property
    def description(self) -> str:
        """What the chart shows, in words."""
        return self.caption.description

    def __repr__(self) -> str:
        """Return the description."""
        return self.description


@dataclass(frozen=True, slots=True, repr=False)
class Picture(Chart):
    """A chart drawn in two forms, with everything a reader needs around it."""

    wide: str
    narrow: str
    links: tuple[MarkLink, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()

    def html(self) -> str:
        """Return the figure as a page shows it."""
        drawn = (
            f'<div class="sb-forms"><div class="sb-wide">{self.wide}</div>'
            f'<div class="sb-narrow" hidden>{self.narrow}</div></div>'
        )
        return framed(drawn + packed(self.rows), self.caption, links=self.links)

    def svg(self) -> str:
        """Return the wide form with its words above and below, for any other use."""
        return with_words(self.wide, self.caption)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            "text/html": self.html(),
            "image/svg+xml": self.svg(),
            "text/plain": self.description,
        }


def picture(
    draw: Draw,
    rows: Iterable[Mapping[Any, Any]],
    *,
    shown: str = "",
    said: Iterable[str] = (),
    citekeys: Iterable[str] = (),
    **words: Unpack[ChartWords],
) -> Picture:
    """Draw a chart in both its forms; ``words``, ``said``, ``citekeys`` caption it.

    A page has the rows as data: of each the fields ``shown``, or all.
    """
    caption = captioned(said=said, citekeys=citekeys, **words)
    links: dict[str, str] = {}
    data = tuple({name: row[name] for name in shown.split() or row} for row in rows)
    said = json.dumps([caption.title, data], sort_keys=True, default=str)
    key = f"f{hashlib.sha256(said.encode()).hexdigest()[:8]}"

    def form(width: int) -> str:
        canvas = Canvas(width, links, key=f"{key}{'wn'[width < WIDE]}")
        draw(canvas)
        return canvas.svg(caption.description)

    wide, narrow = form(WIDE), form(NARROW)
    return Picture(caption, wide, narrow, tuple(links.items()), data)


def packed(value: object, kind: str = "sb-data") -> str:
    r"""Return data for a page's scripts; no text in it can end it early.

    >>> packed(["</script>"]), packed([])
    ('<script type="application/json" class="sb-data">["\\u003c/script>"]</script>', '')
    """
    if not value:
        return ""
    plain = _without_nan(value)  # which no page's script could read
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), default=str)
    safe = text.replace("<", "\\u003c")
    return f'<script type="application/json" class="{kind}">{safe}</script>'


def _without_nan(value: Any) -> Any:  # noqa: ANN401 - whatever a table holds
    if isinstance(value, Mapping):
        return {key: _without_nan(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(each) for each in value]
    return None if isinstance(value, float) and isnan(value) else value


def framed(
    svg: str,
    caption: Caption,
    *,
    links: Sequence[MarkLink] = (),
    kind: str = "sb-picture",
) -> str:
    """Return a drawing as a figure, with its words, its number and its claims."""
    name = f' id="{caption.id}"' if caption.id else ""
    head = f"<strong>{printed(caption.title)}</strong>"
    if caption.subtitle:
        head += f'<span class="sb-subtitle">{printed(caption.subtitle)}</span>'
    head = f"<figcaption>{head}</figcaption>" if caption.title else ""
    foot = f"{_foot(caption)}{_claims_list(links)}"
    return f'<figure class="{kind} sb-chart"{name}>{head}{svg}{foot}</figure>'


def _foot(caption: Caption) -> str:
    """Return the source line, and the figure's own address."""
    source = f"<span>Source: {printed(caption.source)}</span>"
    parts = [source] if caption.source else []
    # Its number is counted by the style sheet: no cell knows what stands before it.
    if caption.id:
        parts.append(f'<a class="sb-figure-number" href="#{caption.id}">Figure</a>')
    return f'<p class="sb-chart-foot">{" ".join(parts)}</p>' if parts else ""


def _claims_list(links: Sequence[MarkLink]) -> str:
    """Return the links of a chart's marks as a folded list, "" if it has none."""
    # A mark is followed with a pointer only; the list serves the keyboard, a screen
    # reader, and a page without scripts.
    lines = "".join(
        f'<li><a href="{escape(href)}">{escape(words)}</a></li>'
        for href, words in links
    )
    if not lines:
        return ""
    return (
        f'<details class="sb-chart-claims"><summary>{LISTED}</summary>'
        f"<ol>{lines}</ol></details>"
    )


_OPENED = re.compile(
    r'<svg\b[^>]*? width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)"[^>]*>'
)


def with_words(svg: str, caption: Caption) -> str:
    """Return a drawing with its title, subtitle and source as text within it.

    >>> small = '<svg width="9" height="3"></svg>'
    >>> both = [with_words(small, Caption(title, "")) for title in ("", "T")]
    >>> [each.partition("translate(")[2][:6] for each in both]
    ['0 0)">', '0 28.8']
    """
    if (opened := _OPENED.search(svg)) is None:
        raise ValueError("a drawing that does not say its size")
    width, height = float(opened["width"]), float(opened["height"])
    sheet, top = Canvas(round(width), {}), 0.0
    top = sheet.words(0, 0, caption.title, size=16, bold=True) if caption.title else top
    top = sheet.words(0, top, caption.subtitle, muted=True) if caption.subtitle else top
    top += 8 if top else 0
    drawn = svg[opened.end() :].removesuffix("</svg>")
    sheet.parts.append(f'<g transform="translate(0 {top:g})">{drawn}</g>')
    end = top + height + 6
    if caption.source:
        end = sheet.words(0, end, f"Source: {caption.source}", size=NOTE, muted=True)
    inner, label = "".join(sheet.parts), escape(caption.description)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" '
        f'width="{width:g}" height="{end:g}" viewBox="0 0 {width:g} {end:g}" '
        f'font-family="sans-serif" font-size="14">'
        f'<rect width="{width:g}" height="{end:g}" fill="#FFFFFF"/>{inner}</svg>'
    )
