"""Lines of time: what each source dates, the documents themselves, a row of years.

A year is drawn as a year and a month as a month, so that no dating looks more exact
than its words. A dating without a beginning is refused; it has no place on a line.
Lanes keep apart what must not be read as one series, such as people held and let go.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import sqrt
from typing import Any, Unpack

from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Corpus, Source
from sourcebook.coding.source_looks import GENRES, GREY, LOOKS, Look, looks, short_name
from sourcebook.errors import SourcebookError
from sourcebook.reading.dates import bounds, time_words
from sourcebook.views.canvas import NOTE, RULE, Canvas, number, ticks, wrap
from sourcebook.views.chart_frame import ChartWords, Picture, picture, reference

Gap = tuple[float, float, str]  # from, to (years), and what to write there
_Row = Mapping[str, Any]
_Across = Callable[[float], float]  # from a year to its place
_LABELS = 250  # units for the words beside bars
_LEAST = 5  # units: a day would not be seen
_BAND = "#8A8F98"


def timeline(
    claims: Sequence[Claim],
    *,
    words: Mapping[str, str],
    highlight: Collection[str] = (),
    gaps: Sequence[Gap] = (),
    **caption: Unpack[ChartWords],
) -> Picture:
    """Draw the claims' periods, one row each, the earliest first.

    ``words`` says, by claim id, what a row is about. With ``highlight``, all other
    claims are grey; ``gaps`` are stretches of years to shade, with words. Raises
    `SourcebookError` for a claim without words or without a first day.
    """
    return lanes({"": claims}, words=words, highlight=highlight, gaps=gaps, **caption)


def lanes(
    groups: Mapping[str, Sequence[Claim]],
    *,
    words: Mapping[str, str],
    highlight: Collection[str] = (),
    gaps: Sequence[Gap] = (),
    **caption: Unpack[ChartWords],
) -> Picture:
    """Draw each group of claims as a lane with a heading, in the order given.

    Otherwise as `timeline`. Raises `SourcebookError` for an empty lane too.
    """
    rows = [
        row for lane in groups for row in _rows(lane, groups[lane], words, highlight)
    ]
    return picture(
        lambda canvas: _draw_rows(canvas, rows, gaps),
        rows,
        shown="lane words source when",
        said=[f"{row['words']} ({row['source']}): {row['when']}" for row in rows],
        citekeys=[claim.source for claims in groups.values() for claim in claims],
        **caption,
    )


def _rows(
    lane: str, claims: Sequence[Claim], words: Mapping[str, str], pick: Collection[str]
) -> list[dict[str, Any]]:
    if not claims:
        fix = "leave it out, or say in prose that nothing is dated"
        raise SourcebookError(f"a lane without a claim: {lane!r}", fix=fix)
    known = looks([claim.source for claim in claims])
    ordered = sorted(claims, key=lambda each: (bounds(each.when), each.id))
    return [
        {"lane": lane, "pale": bool(pick) and claim.id not in pick}
        | _bar(claim, words, known[claim.source])
        for claim in ordered
    ]


def _bar(claim: Claim, words: Mapping[str, str], look: Look) -> dict[str, Any]:
    """Return a claim as one bar: what it is about, and from when to when."""
    first, last = bounds(claim.when)
    faults = {
        "no words for it": claim.id not in words,
        "no first day": first == date.min,
        "no last day": last == date.max,
    }
    if fault := next((name for name, wrong in faults.items() if wrong), ""):
        said = f"{claim.id}: cannot stand on a timeline, {fault}"
        raise SourcebookError(said, fix="name it in words, or leave it out")
    return {
        "words": words[claim.id],
        "source": look.name,
        "look": look,
        "first": year_point(first),
        "after": year_point(last + timedelta(days=1)),
        "when": time_words(claim.when),
        "link": reference(claim, name=look.name),
    }


def year_point(day: date) -> float:
    """Return a day as a point in its year: free of clocks and zones.

    >>> year_point(date(2016, 7, 1))
    2016.497
    """
    start, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return round(day.year + (day - start) / (end - start), 3)


def _draw_rows(canvas: Canvas, rows: Sequence[_Row], gaps: Sequence[Gap]) -> None:
    left = 0 if canvas.narrow else _LABELS
    low = int(min(row["first"] for row in rows))
    high = max(row["after"] for row in rows)
    across = _years(canvas, left + 4, (low, high))
    y, lane = 0.0, ""
    canvas.parts.append("")  # shades go below everything, once their end is known
    ground = len(canvas.parts) - 1
    for row in rows:
        if row["lane"] != lane:
            lane = row["lane"]
            y = canvas.words(0, y + 6, lane, bold=True)
        y = _draw_row(canvas, row, y, across=across, left=left)
    end = _year_axis(canvas, y + 2, (low, high), across)
    shade = Canvas(canvas.width, {})
    for first, last, words in gaps:
        width = across(last) - across(first)
        shade.rect(across(first), 0, width, y + 2, fill=_BAND, opacity=0.18)
        end = canvas.words(0, end, f"Shaded: {words}", size=NOTE, muted=True)
    canvas.parts[ground] = "".join(shade.parts)


def _years(canvas: Canvas, left: float, span: tuple[float, float]) -> _Across:
    run = canvas.width - left - 14
    low, high = span
    return lambda year: round(left + run * (year - low) / ((high - low) or 1), 1)


def _draw_row(
    canvas: Canvas, row: _Row, y: float, *, across: _Across, left: float
) -> float:
    look: Look = row["look"]
    colour = GREY if row["pale"] else look.colour
    start, end = across(row["first"]), across(row["after"])
    width = (left or canvas.width) - 10
    below = canvas.words(0, y + 3, row["words"], width=width)
    below = canvas.words(0, below, look.name, width=width, size=NOTE, muted=True)
    at = below + 2 if canvas.narrow else y + 7
    with canvas.linked(*row["link"]):
        canvas.rect(start, at, max(end - start, _LEAST), 11, fill=colour)
    return max(below, at + 11) + 3


def _year_axis(
    canvas: Canvas, y: float, span: tuple[float, float], across: _Across
) -> float:
    low, high = span
    canvas.line(across(low), y, across(high), y)
    for year in ticks(low, high, most=5 if canvas.narrow else 9):
        if year != int(year):
            continue
        x = across(year)
        canvas.line(x, y, x, y + 5)
        at = min(max(x, 18), canvas.width - 18)
        canvas.words(at, y + 6, str(year), size=NOTE, anchor="middle", width=60)
    return y + 24


# ----------------------------------------------------- the documents, by their years
NO_SPONSOR = "no sponsor named"


def sources_line(corpus: Corpus, *, title: str) -> Picture:
    """Draw the documents on a line of years: kind, sponsor, length in words.

    A document whose date is only known within limits is drawn as long as these.
    """
    rows = [_document(corpus.sources[key]) for key in LOOKS if key in corpus.sources]
    return picture(
        lambda canvas: _draw_documents(canvas, rows),
        rows,
        shown="name year genre sponsor length",
        title=title,
        subtitle="Year, kind of text, sponsor, and length",
        source="the documents themselves",
        said=[f"{row['name']}, {row['year']}, {row['length']} words" for row in rows],
    )


def _document(source: Source) -> dict[str, Any]:
    sheet = source.sheet
    first, last = bounds(sheet.issued.date)
    sponsor = f"sponsor: {sheet.sponsor.name}" if sheet.sponsor else NO_SPONSOR
    return {
        "name": short_name(source.citekey),
        "look": looks([source.citekey])[source.citekey],
        "year": last.year,
        "first": year_point(first),
        "after": year_point(last + timedelta(days=1)),
        "genre": GENRES[sheet.genre],
        "sponsor": sponsor.partition(" (")[0],
        "length": len(source.document.text.split()),
    }


def _draw_documents(canvas: Canvas, rows: Sequence[_Row]) -> None:
    low = min(int(row["first"]) for row in rows)
    high = max(int(row["after"]) + 1 for row in rows)
    left = 6 if canvas.narrow else 300
    across = _years(canvas, left + 26, (low, high))
    most = max(row["length"] for row in rows)
    y = 0.0
    for row in rows:
        look: Look = row["look"]
        about = f"{row['genre']}, " if row["genre"] != row["name"] else ""
        note = f"{about}{number(row['length'])} words, {row['sponsor']}"
        width = (canvas.width if canvas.narrow else left) - 12
        end = canvas.words(0, y + 4, f"{row['name']}, {row['year']}", bold=True)
        end = canvas.words(0, end, note, width=width, size=NOTE, muted=True)
        radius = 24 * sqrt(row["length"] / most)
        at = end + radius + 2 if canvas.narrow else y + max((end - y) / 2, radius) + 2
        x = across((row["first"] + row["after"]) / 2)
        canvas.line(across(low), at, across(high), at)
        start, stop = across(row["first"]), across(row["after"])
        canvas.line(start, at, stop, at, colour=look.colour, thick=5)
        canvas.mark("circle", x, at, colour=look.colour, size=round(radius, 1))
        y = max(end, at + radius) + 4
    end = _year_axis(canvas, y, (low, high), across)
    canvas.words(0, end, "The larger the circle, the longer the text.", size=NOTE)


# --------------------------------------------------------------------- a row of years
_PLOT = 190  # units high


def series(
    rows: Sequence[Mapping[str, Any]],
    *,
    unit: str,
    form: str = "line",
    marks: Sequence[Mapping[str, Any]] = (),
    **words: Unpack[ChartWords],
) -> Picture:
    """Draw values by year, and on them the figures of documents, as lettered marks.

    A row has ``year``, ``value`` and, if need be, ``text`` (its label). A mark has
    ``year``, ``value``, ``text`` and ``claim`` (its id); its words stand below under
    its letter. ``form`` is "line" or "bar". Raises `SourcebookError` for no rows, for
    another form, and for a year given twice.
    """
    years = [row["year"] for row in rows]
    if not rows or len(set(years)) < len(years) or form not in {"line", "bar"}:
        said = f"{len(rows)} rows for {len(set(years))} years, as {form!r}"
        fix = "give one row a year, and form='line' or form='bar'"
        raise SourcebookError(said, fix=fix)
    data = [{"text": number(row["value"]), **row} for row in rows]
    noted = [{**mark, "letter": chr(ord("A") + n)} for n, mark in enumerate(marks)]
    return picture(
        lambda at: _draw_series(at, data, noted, unit=unit, bar=form == "bar"),
        [*data, *noted],
        said=[f"{row['year']}: {row['text']}" for row in data]
        + [f"{mark['text']} ({mark['year']})" for mark in noted],
        citekeys=[m["claim"].partition("/")[0] for m in noted if m.get("claim")],
        **words,
    )


def _draw_series(
    canvas: Canvas, rows: Sequence[_Row], marks: Sequence[_Row], *, unit: str, bar: bool
) -> None:
    all_years = [each["year"] for each in (*rows, *marks)]
    first, last = int(min(all_years)), int(max(all_years))
    step = canvas.width / (last - first + 1)
    # A value may break into lines above its point: the highest needs room for them.
    lines = max(len(wrap(str(row["text"]), step - 4, size=NOTE)) for row in rows)
    top = canvas.words(0, 0, unit, size=NOTE, muted=True) + 4 + lines * NOTE * 1.3
    most = max(each["value"] for each in (*rows, *marks)) or 1
    bottom = top + _PLOT

    def at(each: Mapping[str, Any]) -> tuple[float, float]:
        x = (each["year"] - first + 0.5) * step
        return round(x, 1), round(bottom - _PLOT * each["value"] / most, 1)

    ordered = sorted(rows, key=lambda row: row["year"])
    if not bar:
        for one, two in pairwise(ordered):
            canvas.line(*at(one), *at(two), colour=RULE, thick=2.5)
    for row in ordered:
        x, y = at(row)
        if bar:
            width = step * 0.6
            canvas.rect(x - width / 2, y, width, bottom - y, fill=RULE, opacity=0.5)
        else:
            canvas.mark("circle", x, y, colour=RULE, size=4)
        _value_label(canvas, row, (x, y), marks, step)
    canvas.line(0, bottom, canvas.width, bottom)
    for year in range(first, last + 1):
        x = (year - first + 0.5) * step
        canvas.words(x, bottom + 4, str(year), size=NOTE, anchor="middle", width=step)
    for mark in marks:
        _draw_mark(canvas, mark, *at(mark))
    _mark_key(canvas, marks, bottom + 26)


def _value_label(
    canvas: Canvas, row: _Row, point: tuple[float, float], marks: Sequence[_Row],
    step: float,
) -> None:  # fmt: skip
    """Write a value above its point, or below where a mark stands above."""
    x, y = point
    lines = wrap(str(row["text"]), step - 4, size=NOTE)
    high = len(lines) * NOTE * 1.3
    same = (mark for mark in marks if mark["year"] == row["year"])
    above = any(mark["value"] >= row["value"] for mark in same)
    place = y + 8 if above else y - high - 6
    canvas.words(x, place, str(row["text"]), size=NOTE, anchor="middle", width=step - 4)


def _draw_mark(canvas: Canvas, mark: Mapping[str, Any], x: float, y: float) -> None:
    look = _mark_look(mark)
    claim = mark.get("claim") or ""
    link = reference(claim, name=look.name, words=str(mark["text"]))
    with canvas.linked(*link):
        canvas.mark(look.shape, x, y, colour=look.colour, size=8)
        side = x + 12 if x + 30 < canvas.width else x - 22
        canvas.words(side, y - 9, mark["letter"], bold=True)


def _mark_key(canvas: Canvas, marks: Sequence[Mapping[str, Any]], y: float) -> None:
    for mark in marks:
        look = _mark_look(mark)
        canvas.mark(look.shape, 8, y + 9, colour=look.colour)
        canvas.words(20, y, mark["letter"], bold=True)
        name = f"{look.name}: " if look.name else ""
        y = canvas.words(36, y, f"{name}{mark['text']} ({mark['year']})", size=NOTE) + 5


def _mark_look(mark: Mapping[str, Any]) -> Look:
    citekey = str(mark.get("claim") or "").partition("/")[0]
    return looks([citekey])[citekey] if citekey else Look("", GREY, "diamond")
