"""What remains: passages found in a document that nobody has coded yet.

A draft is a claim with blanks. It stands in its sheet under ``drafts:``, where it is
held to stand in the document, and counts for nothing: what it covers is unread until it
is moved up to ``claims:`` or set aside under ``waivers:``. Only a sheet that calls
itself partial may hold drafts. Doubtful places of the file remain until each is settled
under ``doubts:``, with a reason, and the text is as it was settled.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sourcebook.coding.schema import DOUBTS
from sourcebook.errors import SourcebookError, printable
from sourcebook.reading.anchor import locate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sourcebook.coding.corpus import Source
    from sourcebook.coding.schema import Doubt, DoubtfulPlace, Sheet
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


def doubt_faults(citekey: str, sheet: Sheet, loaded: Loaded) -> list[Fault]:
    """Return the faults of a sheet's doubtful places, at most one for each kind.

    One that nobody settled, one without a reason, one that the text has otherwise.
    """
    faults = []
    for number, doubt in enumerate(sheet.doubts):
        told = [(place, o) for place in doubt.places if (o := _open(doubt, place))]
        if not told:
            continue
        place, (said, fix) = told[0]
        more = f", and {len(told) - 1} more like it" if len(told) > 1 else ""
        words = f"{doubt.what} {printable(place.words)!r} ({printable(place.at)})"
        told_so = f"{words} {said}{more}: {DOUBTS[doubt.what]}"
        remedy = f"  fix: {fix.format(key=citekey)}"
        faults.append(loaded.fault(f"{told_so}\n{remedy}", ("doubts", number)))
    return faults


def _open(doubt: Doubt, place: DoubtfulPlace) -> tuple[str, str] | None:
    """Return what is open about a doubtful place and how to close it, None if nothing.

    Where words may be out of order, the text is what it is, or another file is needed.
    """
    settled = place.settled or doubt.settled
    if not settled:
        return "is not settled", (
            "look at the file; give settled: kept (the words are the text's), dropped "
            "(they are not), or for one place corrected and to:, and say why:"
        )
    if not (place.why or doubt.why):
        return f"is settled as {settled}, without a reason", "say why:"
    if doubt.what == "layout":
        if settled == "kept":
            return None
        return f"is settled as {settled}", (
            "say kept where the text is right; else give a better file to "
            "`sourcebook reread {key} FILE`"
        )
    wanted = {"kept": place.words, "dropped": "", "corrected": place.to}[settled]
    if place.text != wanted:
        return f"is settled as {settled}, and its text is {place.text!r}", (
            "`sourcebook reread {key}` makes the text anew, as it is settled"
        )
    return None


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
