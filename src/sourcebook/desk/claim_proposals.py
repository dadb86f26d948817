"""Propose a claim for what the readers found and nothing accounts for.

A proposal is for a person to complete: the words, what was read in them, and nothing
that would have to be judged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from sourcebook.coding.census import OPEN, Item
from sourcebook.desk.coding_progress import Progress
from sourcebook.errors import SourcebookError
from sourcebook.reading.anchor import locate
from sourcebook.reading.dates import read_dates
from sourcebook.reading.numbers import read_numbers

KINDS = {"number": "quantity", "date": "event", "quotation": "argument"}
_BREAK = re.compile(r"[;:—]\s|,\s(?!\d)|\s[–-]\s")
_NAME = re.compile(r"[a-z]{4,}|\d+")
_LEAST = 3  # words in a quote that can be told from others
_CLOSING = " .;:,–—-"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a claim could begin with, and the item it is for."""

    item: Item
    fields: dict[str, object]


def proposals(progress: Progress, number: int) -> tuple[Proposal, ...]:
    """Return a proposal for each open number, date and quotation of a sentence.

    Where nothing of that is open but the sentence itself is, one for the whole.
    """
    open_items = [item for item in progress.found(number) if item.state in OPEN]
    wanted = [item for item in open_items if item.kind in KINDS]
    if not wanted and progress.state(number) == "gap":
        sentence = progress.sentences[number]
        wanted = [
            item
            for item in progress.census
            if item.kind == "sentence" and item.start == sentence.start
        ]
    made: list[Proposal] = []
    for item in wanted:
        taken = {str(each.fields["id"]) for each in made}
        if fields := _fields(item, number, progress, taken):
            made.append(Proposal(item, fields))
    return tuple(made)


def _fields(
    item: Item, number: int, progress: Progress, taken: set[str]
) -> dict[str, object]:
    quote = _quote(item, number, progress)
    if not quote:
        return {}
    words, nth = quote
    fields: dict[str, object] = {"id": new_id(words, progress, taken=taken)}
    fields |= {"kind": KINDS.get(item.kind, "argument"), "quote": words}
    if nth:
        fields["nth"] = nth
    if item.kind == "number":
        fields |= _read_number(item, progress)
    if item.kind == "date":
        issued = progress.sheet.issued.date
        for date in read_dates(progress.document.text, issued=issued):
            if (date.start, date.end) == (item.start, item.end) and date.edtf:
                fields["when"] = date.edtf
    return fields


def _read_number(item: Item, progress: Progress) -> dict[str, object]:
    """Return what a number says itself: its words, and a measure its unit settles."""
    fields: dict[str, object] = {"figure": item.text}
    for mention in read_numbers(progress.document.text):
        if (mention.start, mention.end) == (item.start, item.end):
            fits = [
                name
                for name, measure in progress.codebook.measures.items()
                if measure.unit == mention.unit and mention.unit
            ]
            # What would have to be judged is never guessed, such as one of two
            # measures.
            if len(fits) == 1:
                fields["measure"] = fits[0]
            if mention.of in progress.codebook.denominators:
                fields["of"] = mention.of
    return fields


def _quote(item: Item, number: int, progress: Progress) -> tuple[str, int] | None:
    """Return the shortest stretch around an item that may be quoted, with its nth."""
    document = progress.document
    for start, end in _stretches(item, number, progress):
        words = document.text[start:end]
        paragraph = document.paragraph_at(start)
        if start <= paragraph.start and paragraph.end <= end:
            continue
        for nth in (0, *range(1, 10)):
            try:
                anchor = locate(words, document, nth=nth or None)
            except SourcebookError:
                continue
            if (anchor.start, anchor.end) == (start, end):
                return words, nth
    return None


def _stretches(
    item: Item, number: int, progress: Progress
) -> Iterator[tuple[int, int]]:
    """Yield ranges from the clause of the item out to its whole sentence."""
    text, sentence = progress.document.text, progress.sentences[number]
    breaks = [
        sentence.start + found.end()
        for found in _BREAK.finditer(text[sentence.start : sentence.end])
    ]
    starts = [sentence.start, *(b for b in breaks if b <= item.start)]
    ends = [*(b for b in breaks if b >= item.end), sentence.end]
    ranges = {(start, end) for start in starts for end in ends}
    for start, end in sorted(ranges, key=lambda each: (each[1] - each[0], each)):
        close = start + len(text[start:end].rstrip(_CLOSING))
        if item.kind != "sentence":
            close = max(close, item.end)
        if len(text[start:close].split()) >= _LEAST:
            yield start, close


def new_id(words: str, progress: Progress, *, taken: set[str] | None = None) -> str:
    """Return an id from the first telling words of a quote that no claim has yet."""
    named = _NAME.findall(words.casefold())[:3]
    base = "-".join(named) or "claim"
    used = {each.claim.id.partition("/")[2] for each in progress.placed}
    used |= {each.id for each in progress.unfinished} | (taken or set())
    tries = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in tries if name not in used)
