r"""Write what the book knows as files that other programs can read.

The same corpus always gives the same bytes: UTF-8, one order, "\n" at each end.
A file is replaced whole or not at all.

In JSON, ``value_low`` and ``value_high`` are the ends of the interval a figure is read
as, at the declared slack; ``null`` is an end that is not bounded, and also a claim
without a figure. Whether an end belongs to the interval follows from ``hedge``.
``value`` is the figure itself, ``null`` for a range. Whole numbers are printed whole,
others as the shortest decimal that reads back as the same double.

In CSV, an empty cell is ``null`` or no text. Sources may hold anything, so a text that
a spreadsheet could take for a formula gets a leading apostrophe, and so does a text
that begins with one: take one leading apostrophe off to have the text. Numbers are
left alone.

No export holds a source's text beyond the quotations: passages that were set aside and
items of the census are given by place.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sourcebook.coding.census import tally
from sourcebook.showing.addresses import DOWNLOADS, claim_anchor, register_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction
    from pathlib import Path

    from sourcebook.coding.claims import Claim
    from sourcebook.coding.corpus import Corpus, Source
    from sourcebook.comparing.questions import Answer

Number = int | float
Cell = str | Number | bool | None
Row = dict[str, Cell]

CLAIM_FIELDS = (
    "id source file start end quote nth kind topic measure value_low value_high value "
    "unit hedge of where when status voice actor target concept sign key chapter_url"
).split()
RELATION_FIELDS = (
    "question a b relation axis slack adjudication cause why by reason"
).split()
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
_SPECIAL = re.compile(r'[",\r\n]')


def write_exports(
    corpus: Corpus, answers: Iterable[Answer], folder: Path
) -> tuple[Path, ...]:
    """Write every file of `DOWNLOADS` into ``folder``; return their paths, sorted."""
    claims = claim_rows(corpus.claims)
    relations = relation_rows(answers)
    sources = [source for _, source in sorted(corpus.sources.items())]
    contents = {
        "census.json": as_json([_census(source) for source in sources]),
        "claims.csv": as_csv(claims, CLAIM_FIELDS),
        "claims.json": as_json(claims),
        "relations.csv": as_csv(relations, RELATION_FIELDS),
        "relations.json": as_json(relations),
        "waivers.json": as_json(
            [row for source in sources for row in _waivers(source)]
        ),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name in DOWNLOADS:
        _replace(folder / name, contents[name])
    return tuple(folder / name for name in DOWNLOADS)


def claim_rows(claims: Iterable[Claim]) -> list[Row]:
    """Return one row per claim, with `CLAIM_FIELDS`, sorted by id."""
    return [_claim_row(claim) for claim in sorted(claims, key=lambda claim: claim.id)]


def _claim_row(claim: Claim) -> Row:
    quantity = claim.quantity
    interval = quantity.interval() if quantity else None
    derived: Row = {
        "start": claim.span.start,
        "end": claim.span.end,
        "value_low": _number(interval.low) if interval else None,
        "value_high": _number(interval.high) if interval else None,
        "value": _number(quantity.value) if quantity else None,
        "unit": quantity.unit if quantity else "",
        "hedge": quantity.hedge if quantity else "",
        "chapter_url": f"{register_page(claim.id)}.html#{claim_anchor(claim.id)}",
    }
    return {
        name: derived[name] if name in derived else getattr(claim, name)
        for name in CLAIM_FIELDS
    }


def relation_rows(answers: Iterable[Answer]) -> list[Row]:
    """Return one row per question and pair of claims, with `RELATION_FIELDS`.

    A silence has the citekey of the silent source as ``b``, once for each claim.
    """
    rows: list[Row] = [
        {
            "question": answer.id,
            "a": a,
            "b": b,
            "relation": verdict.relation,
            "axis": verdict.axis,
            "slack": _number(verdict.slack),
            "adjudication": answer.question.adjudication,
            "cause": answer.question.cause,
            "why": answer.question.why,
            "by": verdict.by,
            "reason": verdict.reason,
        }
        for answer in answers
        for a, b, verdict in answer.rows()
    ]
    return sorted(
        rows, key=lambda row: tuple(str(row[key]) for key in ("question", "a", "b"))
    )


def _waivers(source: Source) -> Iterator[Row]:
    """Yield each passage set aside, by its place in the raw file, in order."""
    for waiver in sorted(source.waivers, key=lambda each: (each.start, each.end)):
        start, end = source.document.raw_span(waiver.start, waiver.end)
        yield {
            "source": source.citekey,
            "file": source.sheet.file,
            "start": start,
            "end": end,
            "reason": waiver.reason,
            "note": waiver.note,
        }


def _census(source: Source) -> dict[str, Any]:
    """Return the counts of a source by kind and state, and every item by its place."""
    counts = tally(source.census)
    items = []
    for item in source.census:
        start, end = source.document.raw_span(item.start, item.end)
        place = {"kind": item.kind, "start": start, "end": end, "line": item.line}
        items.append({**place, "state": item.state, "by": list(item.by)})
    return {
        "source": source.citekey,
        "file": source.sheet.file,
        "sha256": source.sheet.sha256,
        "coverage": source.sheet.coverage.state,
        "counts": {
            str(kind): {str(state): int(n) for state, n in row.items()}
            for kind, row in counts.to_dict("index").items()
        },
        "items": items,
    }


def _number(value: Fraction | None) -> Number | None:
    """Return a fraction as a number that JSON can hold: whole if it is whole."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def as_json(data: object) -> bytes:
    """Return data as JSON, one field a line, non-Latin letters as they are."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def as_csv(rows: Iterable[Row], fields: list[str]) -> bytes:
    """Return rows as CSV with a header; no cell can be taken for a formula."""
    lines = [fields, *([_cell(row[name]) for name in fields] for row in rows)]
    return "".join(",".join(line) + "\n" for line in lines).encode()


def _cell(value: Cell) -> str:
    """Return a value as one cell; a text that needs quotation marks gets them."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value)
    text = f"'{value}" if value.startswith(_FORMULA) else value
    # Not the csv module's writer: it leaves a lone carriage return unquoted.
    return '"{}"'.format(text.replace('"', '""')) if _SPECIAL.search(text) else text


def _replace(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step, unless it is there."""
    if path.is_file() and path.read_bytes() == content:
        return
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
