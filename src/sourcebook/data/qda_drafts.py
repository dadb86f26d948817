"""Drafts of claims as YAML, to be finished by hand and put into a sheet.

A line without a value is to be filled; a comment says what does not fit the codebook.
Whatever came from outside stands in quotation marks, with no character in it that could
end a line.
"""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sourcebook.coding.corpus import Corpus
    from sourcebook.data.qda_import import Draft, Incoming


def as_yaml(incoming: Incoming, corpus: Corpus) -> str:
    """Return the drafts and changed notes of every source, or nothing.

    Ids are free in the sheet they are meant for.
    """
    lines: list[str] = []
    for citekey, source in sorted(corpus.sources.items()):
        drafts = [each for each in incoming.drafts if each.source == citekey]
        taken = {claim.id.partition("/")[2] for claim in source.claims()}
        free = (f"draft-{n}" for n in count(1) if f"draft-{n}" not in taken)
        if drafts:
            lines += [f"# For `claims:` in seeds/{citekey}.yml; fill what is empty."]
        for draft in drafts:
            lines += _entry(draft, next(free))
    lines += [
        f"# The note of {claim} reads there: {quoted(note)}"
        for claim, note in incoming.notes
    ]
    return "".join(f"{line}\n" for line in lines)


def _entry(draft: Draft, name: str) -> Iterator[str]:
    yield f"  - id: {name}"
    yield f"    kind: {draft.kind}".rstrip()
    yield f"    topic: {draft.topic}".rstrip()
    yield f"    quote: {quoted(draft.quote)}"
    if draft.nth:
        yield f"    nth: {draft.nth}"
    if draft.note:
        yield f"    note: {quoted(draft.note)}"
    for code in draft.codes:
        yield f"    # coded, and not in the codebook: {quoted(code)}"
    if draft.was:
        yield f"    # moved here from {draft.was}"


def quoted(words: str) -> str:
    r"""Return words as YAML and JSON both write them, on one line.

    >>> print(quoted('the "reset"'))
    "the \"reset\""
    """
    text = json.dumps(words, ensure_ascii=False)
    return "".join(
        each if each.isprintable() else json.dumps(each)[1:-1] for each in text
    )
