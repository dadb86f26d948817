"""What remains: passages found in a document that nobody has coded yet.

A draft is a claim with blanks. It stands in its sheet under ``drafts:``, where it is
held to stand in the document, and counts for nothing: what it covers is unread until it
is moved up to ``claims:`` or set aside under ``waivers:``. Only a sheet that calls
itself partial may hold drafts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.errors import SourcebookError, printable
from sourcebook.reading.anchor import locate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourcebook.coding.corpus import Source
    from sourcebook.coding.schema import Sheet
    from sourcebook.coding.sheets import Loaded
    from sourcebook.errors import Fault
    from sourcebook.reading.text import Document

OWN = "give it an id of its own"


def draft_faults(document: Document, sheet: Sheet, loaded: Loaded) -> list[Fault]:
    """Return the faults of a sheet's drafts: a repeated id, a quote not found."""
    faults = []
    seen = {entry.id for entry in sheet.claims}
    for number, entry in enumerate(sheet.drafts):
        here = ("drafts", number)
        if entry.id in seen:
            faults.append(
                loaded.fault(f"repeated id {entry.id!r}", (*here, "id"), fix=OWN)
            )
        seen.add(entry.id)
        try:
            locate(entry.quote, document, nth=entry.nth, clause=False)
        except SourcebookError as error:
            faults.append(loaded.fault(error, (*here, "quote")))
    return faults


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to do in a sheet that calls itself partial."""

    file: str  # from the top of the book
    drafts: int
    unread: Mapping[str, int]  # by kind, in the order of the text

    def __str__(self) -> str:
        """Say it in one line."""
        unread = [_count(number, kind) for kind, number in self.unread.items()]
        parts = [_count(self.drafts, "draft") + " to complete"] if self.drafts else []
        parts += [f"unread: {', '.join(unread)}"] if unread else []
        done = "nothing; make its coverage `state: complete`, without `only:`"
        todo = "; ".join(parts) or done
        return f"left in {printable(self.file)}: {todo}"


def remaining(source: Source) -> Left | None:
    """Return what is left to do in a partial sheet, None for a complete one."""
    if source.sheet.coverage.state == "complete":
        return None
    states = Counter(item.kind for item in source.census if item.state == "unread")
    return Left(f"seeds/{source.citekey}.yml", len(source.sheet.drafts), dict(states))


def left(source: Source) -> str:
    """Say what is left to do in a sheet that calls itself partial, "" in any other."""
    return str(remaining(source) or "")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
