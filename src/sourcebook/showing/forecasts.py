"""What was foreseen, and what later documents report of it.

Everything here is read off the answers of a chapter: the relation of a forecast to
each later claim, and the sources searched in vain. Nothing is judged anew.

No forecast of a document drops out unseen: each has a row, or stands among those left
out with the reason. A silence stands in a row only where the terms searched for are
those of that forecast, and not of another claim that its question is about.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from sourcebook.errors import SourcebookError
from sourcebook.showing.palette import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sourcebook.coding.corpus import Source
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
        for a, b, verdict in answer.verdicts:
            if a.kind == "forecast" and b.source != a.source:
                yield Later(a.id, b.source, b.id, verdict, answer)
        alone = answer.claims[0].id if len(answer.claims) == 1 else ""
        forecasts = {claim.id for claim in answer.claims if claim.kind == "forecast"}
        for silence in answer.silences:
            searched = silence.claim or alone
            # Terms that stand for a question of several claims are nobody's own.
            if searched in forecasts - {""}:
                yield Later(searched, silence.source, "", silence.verdict, answer)


def forecast_cells(
    answers: Iterable[Answer],
    *,
    by: Source,
    labels: Mapping[str, str],
    left_out: Mapping[str, str],
    sources: Iterable[str],
) -> tuple[dict[str, Any], ...]:
    """Return a cell for each forecast and source: + borne out, − run against, else 0.

    ``labels`` names forecasts of ``by`` by claim id, ``left_out`` has the reason for
    each of the others; raises `SourcebookError` where one is in neither. 0 also stands
    where a source speaks both for a forecast and against it. A source that is silent,
    or was not asked, gives an empty cell that says which.
    """
    _check_covered(by, labels, left_out)
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


def _check_covered(
    source: Source, labels: Mapping[str, str], left_out: Mapping[str, str]
) -> None:
    """Refuse a matrix in which a forecast is missing, unknown or there twice."""
    known = {claim.id for claim in source.claims(kind="forecast")}
    named = {*labels, *left_out}
    for fault, names, fix in (
        ("in no row and not left out", known - named, "give each a row, or a reason"),
        ("in a row and left out", {*labels} & {*left_out}, "choose one of the two"),
        ("that are none", named - known, f"name forecasts of {source.citekey}"),
    ):
        if names:
            raise SourcebookError(
                f"forecasts {fault}: {', '.join(sorted(names))}\n  fix: {fix}"
            )


def left_out_table(source: Source, left_out: Mapping[str, str]) -> pd.DataFrame:
    """One row per forecast that has no row in the matrix, in the order of the text.

    Columns: ``forecast`` (the passage), ``why it is left out``.
    """
    rows = [
        (f"“{claim.exact}”", left_out[claim.id])
        for claim in source.claims(kind="forecast")
        if claim.id in left_out
    ]
    return pd.DataFrame(rows, columns=["forecast", "why it is left out"])


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
    answers: Iterable[Answer], *, labels: Mapping[str, str], sources: Iterable[str]
) -> pd.DataFrame:
    """One row per forecast named in ``labels``, in their order.

    Columns: ``forecast`` (the passage), ``later`` (relations by source, of the later
    ``sources`` alone), ``what we make of it``.
    """
    found = defaultdict(list)
    heard = frozenset(sources)  # a question may hold an earlier document, too
    for later in later_reports(answers):
        if later.source in heard:
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
