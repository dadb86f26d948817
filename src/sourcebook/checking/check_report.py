"""What `sourcebook check` found, as one JSON document for editors.

Each fault stands on a line of its own, so that an editor that reads line by line finds
it. Whatever steers a terminal or hides from a reader is escaped.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from sourcebook.coding.schema import Strict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.checking.book_check import Checked

VERSION = 1
Count = Annotated[int, Field(ge=0)]
Position = Annotated[int, Field(ge=1)]


class FaultRow(Strict):
    """One thing that is wrong."""

    file: str = Field(description="the file, from the top of the book")
    line: Position = Field(description="from 1; 1 where only the file is known")
    column: Position = Field(description="in characters from 1; 1 where not known")
    place: str = Field(description="such as claims[3].quote; empty for the whole file")
    fault: str = Field(
        description="what is wrong, with the nearest match; may have lines"
    )
    fix: str = Field(description="how to mend it")


class LeftRow(Strict):
    """What is left to do in a sheet that calls itself partial, and is not at fault."""

    file: str = Field(description="the sheet, from the top of the book")
    drafts: Count = Field(description="how many drafts are to be completed")
    unread: dict[str, Count] = Field(
        description="how many numbers, dates and so on are neither coded nor set aside"
    )


class Report(Strict):
    """What `sourcebook check --json` prints."""

    version: Literal[1] = Field(description="of this form")
    faults: tuple[FaultRow, ...] = Field(
        description="none in a book that holds together"
    )
    left: tuple[LeftRow, ...] = Field(description="by sheet, sorted")


def report_text(checked: Checked) -> str:
    """Return the document, which keeps the schema of `Report`."""
    faults = [
        FaultRow(
            file=each.file,
            line=each.line,
            column=each.column,
            place=each.place,
            fault=each.fault,
            fix=each.fix,
        )
        for each in checked.faults
    ]
    left = [
        LeftRow(file=each.file, drafts=each.drafts, unread=dict(each.unread))
        for each in checked.left
    ]
    return (
        f'{{"version": {VERSION},\n"faults": [{_lines(faults)}],\n'
        f'"left": [{_lines(left)}]}}\n'
    )


def _lines(rows: Iterable[Strict]) -> str:
    lines = ",\n".join(_escaped(row) for row in rows)
    return f"\n{lines}\n" if lines else ""


def _escaped(row: Strict) -> str:
    text = json.dumps(row.model_dump(), ensure_ascii=False)
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
