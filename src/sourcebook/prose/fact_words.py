"""Our words about a fact from outside, held to the fact.

The words of a ``{fact}`` mark are checked as those of a ``{claim}`` are. The fact's own
sentence, its value, its time and what each publisher gives stand where a claim has its
passage.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sourcebook.comparing.record_relations import as_claim
from sourcebook.errors import SourcebookError
from sourcebook.prose.running_prose import verify

if TYPE_CHECKING:
    from sourcebook.coding.claims import Claim
    from sourcebook.comparing.public_record import Record, Share
    from sourcebook.comparing.record_schema import Fact


def verify_fact(words: str, record: Record, name: str) -> None:
    """Raise `SourcebookError` unless ``words`` say what the fact ``name`` says.

    A share that was worked out from two facts counts as one, under its own name.
    """
    share = record.share(name)
    fact = share.part if share else record.fact(name)
    stand_in = replace(as_claim(fact), id=f"record/{name}")
    text = share_words(share) if share else all_words(fact)
    when = share.entry.when if share else fact.when
    _verify(words, replace(stand_in, exact=text, sentence=text), when)


def _verify(words: str, stand_in: Claim, when: str) -> None:
    """Take dates as the text prints them, or the time of the fact and what holds it."""
    try:
        verify(words, replace(stand_in, when=""))
    except SourcebookError:
        verify(words, replace(stand_in, when=when))


def all_words(fact: Fact) -> str:
    """Return all that a fact says: its sentence, its value, what each publisher has."""
    percent = fact.unit == "%"
    value = f"{fact.value}{'' if percent else ' '}{fact.unit}".strip()
    return " ".join(
        f"{each.rstrip('.')}."
        for each in (fact.fact, value, *(figure.says for figure in fact.figures))
        if each
    )


def share_words(share: Share) -> str:
    """Return a share as a sentence says it.

    A worked share is a figure of ours: it is told with its whole and its year.
    """
    entry = share.entry
    return f"{entry.gives}% of {entry.of} in {entry.when}."
