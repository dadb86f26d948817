"""The sources as witnesses: whose voices they carry, and what rests on one alone.

A claim is made in the source's *own* voice, by a speaker who is *named* or *not named*,
or by a work that it *cites*. An interview is cited with an office and a number, so that
whoever speaks in it counts as not named. A claim in the source's own voice may still
rest on an interview to which its sentence refers; that is counted apart.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sourcebook.reading.citations.reader import read_interviews, read_references

if TYPE_CHECKING:
    from sourcebook.coding.claims import Claim
    from sourcebook.coding.corpus import Source

OWN, NAMED, UNNAMED, CITED = "own voice", "named", "not named", "cited work"
VOICES = (OWN, NAMED, UNNAMED, CITED)


def voice_of(claim: Claim, source: Source) -> str:
    """Return the kind of voice that makes a claim, one of `VOICES`."""
    if claim.voice == "author":
        return OWN
    if not claim.voice.startswith("cited:"):
        return NAMED if source.sheet.speakers[claim.voice].named else UNNAMED
    bracket = f"({claim.voice.removeprefix('cited:')})"
    interviews = read_interviews(bracket)
    return UNNAMED if len(interviews) == len(read_references(bracket)) > 0 else CITED


def tally_voices(source: Source) -> dict[str, int]:
    """Count a source's claims by kind of voice; every kind is there, in order."""
    found = Counter(voice_of(claim, source) for claim in source.claims())
    return {kind: found[kind] for kind in VOICES}


def interviewees(source: Source) -> dict[str, tuple[str, ...]]:
    """Return each interviewee as labelled, sorted, with the dates given, sorted."""
    found: dict[str, set[str]] = {}
    for interview in read_interviews(source.document.text):
        found.setdefault(interview.key, set()).add(interview.date)
    return {label: tuple(sorted(found[label])) for label in sorted(found)}


def lone_witnesses(source: Source) -> dict[str, tuple[Claim, ...]]:
    """Return the claims whose sentences refer to one interviewee and nothing else.

    By interviewee, those with most claims first, then by label.
    """
    labels = interviewees(source)
    found: dict[str, list[Claim]] = {}
    for claim in source.claims():
        if len(claim.references) == 1 and claim.references[0] in labels:
            found.setdefault(claim.references[0], []).append(claim)
    order = sorted(found, key=lambda label: (-len(found[label]), label))
    return {label: tuple(found[label]) for label in order}
