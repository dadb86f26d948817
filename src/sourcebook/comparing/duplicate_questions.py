"""Questions that are asked twice, found by what they hold and not by their words.

Two questions with the same claims and the same silent sources have the same answer,
whatever order they name them in and whatever chapter they stand in. Two verdicts on
one matter cannot then drift apart. Questions that share some claims only are left
alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sourcebook.comparing.questions import Answer


def duplicates(answers: Iterable[Answer]) -> Iterator[tuple[Answer, str]]:
    """Yield each question that repeats an earlier one, with a fault that names both."""
    first: dict[tuple[frozenset[str], frozenset[str]], Answer] = {}
    for answer in answers:
        held = frozenset(claim.id for claim in answer.claims)
        silent = frozenset(silence.source for silence in answer.silences)
        earlier = first.setdefault((held, silent), answer)
        if earlier is not answer:
            fault = (
                f"{answer.id} asks what {earlier.id} asks: "
                "the same claims and the same silent sources\n"
                "  fix: keep the one where a reader looks for it, take over what the "
                "other's `why` adds, and link to its card"
            )
            yield answer, fault
