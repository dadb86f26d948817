"""Bars: shares of different totals, unlike things side by side, counts in parts.

`parts` draws each share as a part of a bar that is its own total. `unlike` puts two or
three panels beside each other, each with a heading and a scale of its own, or none.
Neither draws an axis that would let an eye compare what the words do not.

`stacks` has one bar a source, as long as its count, with its parts side by side. A part
says itself twice, by colour and by its place in a fixed order, and its count is printed
in it, or below the bar where there is no room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from sourcebook.coding.claims import Claim, QuantityClaim, figured, quantity_in
from sourcebook.coding.corpus import Corpus
from sourcebook.coding.hedges import DEFAULT_SLACK
from sourcebook.coding.source_looks import LOOKS, Look, dated_name, looks, short_name
from sourcebook.errors import SourcebookError
from sourcebook.views.canvas import INK, NOTE, RULE, Canvas, measure, number
from sourcebook.views.chart_frame import (
    ChartWords,
    Picture,
    citekey_of,
    id_of,
    legend,
    picture,
    reference,
)

OWN_TOTAL = "Each bar is 100 % of its own total; no two bars can be held together."
OWN_SCALE = "Not of one kind: each panel stands by itself, without a common scale."
_BAR = 22  # units a bar is high
_GAP = 16  # units between panels, and between bars


def parts(
    claims: Sequence[Claim],
    *,
    wholes: Mapping[str, str] | None = None,
    **words: Unpack[ChartWords],
) -> Picture:
    """Draw shares of different totals: one bar a claim, each 100 % of its own whole.

    A bar is named by its whole: what ``wholes`` says by claim id, or else the claim's
    own denominator and place. "Up to" fades out, "around" has a soft end. Raises
    `SourcebookError` for a figure that is no percentage between 0 and 100.
    """
    rows = [_share(figured(claim), wholes or {}) for claim in claims]
    if not rows:
        raise SourcebookError("no shares to draw\n  fix: give at least one claim")
    soft = any(row["solid"] < row["end"] for row in rows)

    def draw(canvas: Canvas) -> None:
        y = 0.0
        for row, claim in zip(rows, claims, strict=True):
            y = _draw_share(canvas, row, claim, y)
        y = canvas.words(0, y, OWN_TOTAL, size=NOTE, bold=True)
        if soft:
            _soft_key(canvas, y + 4)

    return picture(
        draw,
        rows,
        said=[f"{row['printed']} of {row['whole']} ({row['source']})" for row in rows],
        citekeys=[claim.source for claim in claims],
        **words,
    )


def _share(claim: QuantityClaim, wholes: Mapping[str, str]) -> dict[str, Any]:
    quantity = claim.quantity
    if not quantity.is_share:
        said = f"{claim.id}: {quantity.text!r} is no part of a hundred"
        raise SourcebookError(said, fix="draw it with unlike, or with spread")
    interval = quantity.interval(slack=DEFAULT_SLACK)
    low, high = float(interval.low or 0), float(interval.high or 100)
    if quantity.rule in {"bare", "exactly"}:
        low = high = float(quantity.low)
    # "Bulgarian gas imports, Bulgaria" says one thing twice.
    place = "" if claim.where[:5].lower() in claim.of.lower() else claim.where
    whole = wholes.get(claim.id) or ", ".join(filter(None, (claim.of, place)))
    return {
        "id": claim.id,
        "source": dated_name(claim.source),
        "whole": whole or "a total that is not named",
        "printed": quantity.text,
        "solid": low,
        "end": high,
    }


def _draw_share(canvas: Canvas, row: dict[str, Any], claim: Claim, y: float) -> float:
    look = looks([claim.source])[claim.source]
    y = canvas.words(0, y, f"{row['printed']} of {row['whole']}", bold=True) + 3
    scale = (canvas.width - 2) / 100
    solid, end = row["solid"] * scale, row["end"] * scale
    with canvas.linked(*reference(claim, name=row["source"])):
        canvas.rect(1, y, canvas.width - 2, _BAR, stroke=RULE)
        canvas.rect(1, y, solid, _BAR, fill=look.colour)
        if end > solid:
            paint = canvas.fade(look.colour)
            canvas.rect(1 + solid, y, end - solid, _BAR, fill=paint)
            canvas.line(1 + end, y, 1 + end, y + _BAR, colour=look.colour, dashed=True)
    y += _BAR + 3
    return canvas.words(0, y, row["source"], size=NOTE, muted=True) + _GAP - 4


def _soft_key(canvas: Canvas, y: float) -> None:
    """Say what the two ways to end a bar mean."""
    canvas.rect(0, y + 3, 14, 11, fill=INK)
    canvas.words(19, y, "said", size=NOTE)
    canvas.rect(62, y + 3, 40, 11, fill=canvas.fade(INK))
    canvas.words(107, y, "left open by “up to” or “around”", size=NOTE)


def unlike(
    *panels: Mapping[str, Any],
    corpus: Corpus | None = None,
    **words: Unpack[ChartWords],
) -> Picture:
    """Draw two or three panels of things that are not of one kind, side by side.

    A panel has ``heading``, ``rows``, and if need be ``note`` and ``scale``. A row is a
    claim, its id (then give ``corpus``), or a mapping with ``text`` (what is printed),
    ``label`` (what it is), ``value`` and ``claim``. Bars are drawn in a panel of two
    rows or more with one unit; ``scale: False`` draws none. Raises `SourcebookError`
    for one panel, for more than three, or for a panel without rows.
    """
    if not 2 <= len(panels) <= 3 or not all(panel.get("rows") for panel in panels):
        fix = "give two or three panels, each with a heading and rows"
        raise SourcebookError(f"{len(panels)} panels, or one without rows", fix=fix)
    drawn = [
        {**panel, "rows": [_amount(row, corpus) for row in panel["rows"]]}
        for panel in panels
    ]
    flat = [{"panel": p["heading"], **row} for p in drawn for row in p["rows"]]

    def draw(canvas: Canvas) -> None:
        _draw_panels(canvas, drawn)
        canvas.words(0, canvas.height + 6, OWN_SCALE, size=NOTE, bold=True)

    return picture(
        draw,
        flat,
        shown="panel text label source citekey value unit",
        said=[f"{row['panel']}: {row['text']} {row['label']}".strip() for row in flat],
        citekeys=[row["citekey"] for row in flat if row["citekey"]],
        **words,
    )


def _amount(given: Any, corpus: Corpus | None) -> dict[str, Any]:  # noqa: ANN401
    """Return a row of a panel, whatever it was given as."""
    row = dict(given) if isinstance(given, dict) else {"claim": given}
    claim = row.get("claim") or ""
    if isinstance(claim, str) and claim and corpus is not None:
        claim = corpus.claim(claim)
    quantity = quantity_in(claim) if isinstance(claim, Claim) else None
    if not row.get("text") and quantity is None:
        said = f"{id_of(claim) or given!r}: a row without words to print"
        fix = "give a claim of kind quantity (or its id, with corpus=…), or text"
        raise SourcebookError(said, fix=fix)
    citekey = citekey_of(claim) if claim else ""
    name = dated_name(citekey) if citekey else ""
    value = row.get("value", quantity.high if quantity else None)
    return {
        "text": row.get("text") or (quantity.text if quantity else ""),
        "label": row.get("label", ""),
        "source": name,
        "citekey": citekey,
        "value": None if value is None else float(value),
        "unit": quantity.unit if quantity else "",
        "link": reference(claim, name=name),
    }


def _draw_panels(canvas: Canvas, panels: Sequence[Mapping[str, Any]]) -> None:
    count = 1 if canvas.narrow else len(panels)
    width = (canvas.width - _GAP * (count - 1)) / count
    y = end = 0.0
    for place, panel in enumerate(panels):
        x = place % count * (width + _GAP)
        if canvas.narrow and place:
            y = end + _GAP
        canvas.line(x, y + 1, x + width, y + 1, thick=2)
        end = max(end, _draw_panel(canvas, panel, x, y + 8, width))
    canvas.reach(end)


def _draw_panel(
    canvas: Canvas, panel: Mapping[str, Any], x: float, y: float, width: float
) -> float:
    y = canvas.words(x, y, str(panel["heading"]), width=width, bold=True)
    if panel.get("note"):
        y = canvas.words(x, y, panel["note"], width=width, size=NOTE, muted=True)
    rows: list[dict[str, Any]] = panel["rows"]
    values = [row["value"] for row in rows if row["value"] is not None]
    same = len({row["unit"] for row in rows}) == 1 and len(values) == len(rows) > 1
    most = max(values) if same and panel.get("scale", True) else 0
    for row in rows:
        y = _draw_amount(canvas, row, x, y + 8, width, most)
    return y


def _draw_amount(  # noqa: PLR0913, PLR0917  (a row, and where it stands)
    canvas: Canvas, row: Mapping[str, Any], x: float, y: float, wide: float, most: float
) -> float:
    key = row["citekey"]
    look = looks([key])[key] if key else Look("", RULE, "circle")
    with canvas.linked(*row["link"]):
        canvas.mark(look.shape, x + 7, y + 11, colour=look.colour)
        y = canvas.words(x + 20, y, row["text"], width=wide - 20, size=18, bold=True)
        if most:
            canvas.rect(x, y, wide * row["value"] / most, 12, fill=look.colour)
            y += 16
    for words in filter(None, (row["label"], row["source"])):
        muted = words == row["source"]
        y = canvas.words(x, y, words, width=wide, size=NOTE, muted=muted)
    return y


COLOURS = ("#6E6E6E", "#4A7BA6", "#8F5FA8", "#B2561A")  # white words stand out on all
_NAMES = 150  # units for the names beside bars


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
        fix = f"give between 1 and {len(COLOURS)}, or join some of them"
        raise SourcebookError(f"{len(parts)} parts to a bar", fix=fix)
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
        said=[
            f"{_name(key)}: {', '.join(f'{part} {n}' for part, n in bar.items())}"
            for key, bar in counts.items()
        ],
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
    # Below stands what a bar is too short for.
    canvas.words(left, y + _BAR + 2, "; ".join(small), size=NOTE, muted=True)
