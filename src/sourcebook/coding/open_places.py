"""What is open in a sheet: drafts to complete, and doubtful places to settle.

A draft is a claim with blanks. It stands in its sheet under ``drafts:``, where it is
held to stand in the document, and counts for nothing: what it covers is unread until it
is moved up to ``claims:`` or set aside under ``waivers:``. Only a sheet that calls
itself partial may hold drafts. Doubtful places of the file remain until each is settled
under ``doubts:``, with a reason, and the text is as it was settled.
"""

from sourcebook.coding.schema import DOUBTS, Doubt, DoubtfulPlace, Sheet
from sourcebook.coding.sheets import OWN, Loaded
from sourcebook.errors import Fault, SourcebookError, printable
from sourcebook.reading.anchor import locate
from sourcebook.reading.text import Document


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
