"""What was foreseen, and what later documents report of it.

Everything here is read off the answers of a chapter: the relation of a forecast to
each later claim, and the sources searched in vain. Nothing is judged anew.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sourcebook.showing.palette import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sourcebook.comparing.questions import Answer
    from sourcebook.comparing.relations import Verdict

_SIGNS = {"bears-out": 1, "runs-against": -1}


@dataclass(frozen=True, slots=True)
class Later:
    """One thing a later source has, or has not, to say on a forecast."""

    forecast: str  # the id of its claim
    source: str  # citekey of the later document
    claim: str  # the id of the later claim, "" for silence
    verdict: Verdict
    answer: Answer


def later_reports(answers: Iterable[Answer]) -> Iterator[Later]:
    """Yield what other sources report of each forecast, in order of the chapter."""
    for answer in answers:
        claims = {claim.id: claim for claim in answer.claims}
        for a, b, verdict in answer.rows():
            first, second = claims[a], claims.get(b)
            if first.kind != "forecast":
                continue
            source = second.source if second else b
            if source != first.source:
                yield Later(a, source, b if second else "", verdict, answer)


def forecast_cells(
    answers: Iterable[Answer], *, labels: Mapping[str, str], sources: Iterable[str]
) -> tuple[dict[str, Any], ...]:
    """Return a cell for each forecast and source: + borne out, − run against, else 0.

    ``labels`` names the forecasts by claim id. 0 also stands where a source speaks
    both for a forecast and against it. A source that is silent, or was not asked,
    gives an empty cell that says which.
    """
    found = defaultdict(list)
    for later in later_reports(answers):
        found[later.forecast, later.source].append(later)
    return tuple(
        {
            "row": label,
            "column": short_name(source),
            **_cell(found[forecast, source]),
        }
        for forecast, label in labels.items()
        for source in sources
    )


def _cell(laters: list[Later]) -> dict[str, Any]:
    words = "; ".join(f"{each.verdict}. {each.verdict.reason}" for each in laters)
    spoken = [each for each in laters if each.claim]
    if not spoken:
        return {"words": words or "not asked"}
    return {
        "value": _sign({str(each.verdict) for each in spoken}),
        "words": words,
        "claim": spoken[0].claim,
    }


def _sign(relations: set[str]) -> int:
    """Return the sign of a forecast's relations to one source.

    >>> _sign({"runs-against", "in-tension"}), _sign({"runs-against", "supports"})
    (-1, 0)
    """
    signs = {_SIGNS[name] for name in relations if name in _SIGNS}
    if len(signs) != 1:
        return 0
    sign = signs.pop()
    return 0 if sign < 0 and "supports" in relations else sign


def forecasts_table(
    answers: Iterable[Answer], *, labels: Mapping[str, str]
) -> pd.DataFrame:
    """One row per forecast named in ``labels``, in their order.

    Columns: ``forecast`` (the passage), ``later`` (relations by source),
    ``what we make of it``.
    """
    found = defaultdict(list)
    for later in later_reports(answers):
        found[later.forecast].append(later)
    rows = [
        (_passage(found[name], name), _summary(found[name]), _ours(found[name]))
        for name in labels
    ]
    return pd.DataFrame(rows, columns=["forecast", "later", "what we make of it"])


def _passage(laters: list[Later], name: str) -> str:
    claims = [claim for each in laters for claim in each.answer.claims]
    return next((f"“{claim.exact}”" for claim in claims if claim.id == name), name)


def _summary(laters: list[Later]) -> str:
    parts = [f"{short_name(each.source)}: {each.verdict}" for each in laters]
    return "; ".join(dict.fromkeys(parts))


def _ours(laters: list[Later]) -> str:
    """Return our judgements; with the sources each is about where there are several."""
    ours = defaultdict(list)
    for each in laters:
        ours[each.answer.question.adjudication].append(short_name(each.source))
    if len(ours) == 1:
        return next(iter(ours))
    return "; ".join(
        f"{judged} ({', '.join(dict.fromkeys(names))})"
        for judged, names in ours.items()
    )
