"""What remains: passages found in a document that nobody has coded yet.

A draft is a claim with blanks. It stands in its sheet under ``drafts:``, where it is
held to stand in the document, and counts for nothing: what it covers is unread until it
is moved up to ``claims:`` or set aside under ``waivers:``. Only a sheet that calls
itself partial may hold drafts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sourcebook.errors import SourcebookError
from sourcebook.reading.anchor import locate

if TYPE_CHECKING:
    from sourcebook.coding.corpus import Source
    from sourcebook.coding.schema import Sheet
    from sourcebook.coding.sheets import Loaded
    from sourcebook.reading.text import Document


def draft_faults(document: Document, sheet: Sheet, loaded: Loaded) -> list[str]:
    """Return the faults of a sheet's drafts: a repeated id, a quote not found."""
    faults = []
    seen = {entry.id for entry in sheet.claims}
    for number, entry in enumerate(sheet.drafts):
        here = ("drafts", number)
        if entry.id in seen:
            faults.append(f"repeated id {entry.id!r} @ {loaded.place((*here, 'id'))}")
        seen.add(entry.id)
        try:
            locate(entry.quote, document, nth=entry.nth, clause=False)
        except SourcebookError as error:
            faults.append(f"{error} @ {loaded.place((*here, 'quote'))}")
    return faults


def left(source: Source) -> str:
    """Say what is left to do in a sheet that calls itself partial, "" in any other."""
    if source.sheet.coverage.state == "complete":
        return ""
    drafts = len(source.sheet.drafts)
    states = [item.kind for item in source.census if item.state == "unread"]
    unread = [_count(states.count(kind), kind) for kind in dict.fromkeys(states)]
    parts = [_count(drafts, "draft") + " to complete"] if drafts else []
    parts += [f"unread: {', '.join(unread)}"] if unread else []
    done = "nothing; make its coverage `state: complete`, without `only:`"
    todo = "; ".join(parts) or done
    return f"left in seeds/{source.citekey}.yml: {todo}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
