"""Whom and what each claim of a source comes from: people and works.

A claim comes from the producer that its sheet names, else from whom or what it cites,
else from the interviewees behind its words, if nothing else is there, else from its
voice.
"""

from collections.abc import Iterable

from sourcebook.coding.claims import Claim
from sourcebook.coding.schema import Sheet
from sourcebook.reading.citations.citation_reader import (
    read_interviews,
    read_references,
)
from sourcebook.reading.citations.interviews import InterviewMention


def interviewees(text: str) -> dict[str, tuple[str, ...]]:
    """Return each interviewee as labelled, sorted, with the dates given, sorted.

    >>> told = "(interview with B. Low, 3 May 2021; interview with A. High, 2020)"
    >>> interviewees(f"It rose {told}. It fell (interview with B. Low, 2 May 2020).")
    {'A. High': ('2020',), 'B. Low': ('2020-05-02', '2021-05-03')}
    """
    found: dict[str, set[str]] = {}
    for interview in read_interviews(text):
        found.setdefault(interview.key, set()).add(interview.date)
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


def origins_of(
    claims: Iterable[Claim], text: str, sheet: Sheet
) -> dict[str, tuple[str, ...]]:
    """Return the people and works that each claim comes from, at least one, by id."""
    # Worked out when a document is read, and kept with it: to read references takes
    # long, and each question asks for those of its claims.
    asked = frozenset(interviewees(text))
    return {claim.id: _behind(claim, asked, sheet) for claim in claims}


def _behind(claim: Claim, asked: frozenset[str], sheet: Sheet) -> tuple[str, ...]:
    if claim.origin or claim.voice.startswith("cited:"):
        return _cited(claim.origin or claim.voice.removeprefix("cited:"), claim.source)
    if claim.references and asked.issuperset(claim.references):
        return tuple(label(claim.source, key) for key in claim.references)
    speaker = sheet.speakers.get(claim.voice)  # who is none of them is the author
    return (label(claim.source, speaker.name) if speaker else claim.source,)


def _cited(words: str, citekey: str) -> tuple[str, ...]:
    """Return every person and work of a reference; its words where it has neither."""
    found = [
        label(citekey, each.key) if isinstance(each, InterviewMention) else each.key
        for each in read_references(f"({words.strip()})")
    ]
    return tuple(dict.fromkeys(found)) or (words.strip(),)


def label(citekey: str, name: str) -> str:
    """Return a person as one document calls them; "expert 1" is another elsewhere."""
    return f"{citekey}: {name}"
