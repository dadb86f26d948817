"""Forecasts, and what later documents report of them: a ledger, and its rows.

Everything here is read off the answers: the relation of a forecast to each later claim
gives the outcome, and the terms searched in vain give what is not mentioned. Nothing is
judged anew, and one table of words serves every forecast.

Each forecast of a document has a row, or stands among those left out with the reason.

The ledger is a table and not a drawing, because everything in it is words. On a phone
each forecast stands above what came of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Unpack

import pandas as pd

from sourcebook.coding.claims import Claim
from sourcebook.coding.corpus import Source
from sourcebook.coding.source_looks import dated_name
from sourcebook.comparing.questions import Answer
from sourcebook.comparing.relations import Verdict
from sourcebook.errors import SourcebookError
from sourcebook.views.answers import quoted
from sourcebook.views.chart_frame import (
    ChartWords,
    captioned,
    citekey_of,
    framed,
    id_of,
)
from sourcebook.views.fragment import Fragment, address, escape, printed

# Kind of badge by outcome; other words are told as they come, in the plain badge.
OUTCOMES = {
    "came so": "yes",
    "in part": "half",
    "with limits": "half",
    "points that way": "half",
    "points the other way": "half",
    "came otherwise": "no",
    "cannot be told": "open",
    "not mentioned": "open",
}


def ledger(
    rows: Sequence[Mapping[str, Any]],
    *,
    heads: tuple[str, str] = ("Foreseen", "What later texts report"),
    **words: Unpack[ChartWords],
) -> Fragment:
    """Return a table of things foreseen and what later texts report of each.

    A row has ``text`` (ours, short), ``claim`` (what was foreseen: a claim, or its id)
    and ``later``: mappings with ``outcome`` (in words), ``claim`` or ``source``, and
    ``text``. Raises `SourcebookError` for a row without text or without ``later``.
    """
    for row in rows:
        if not row.get("text") or not row.get("later"):
            what = f"a row of a ledger that is not whole: {row.get('text') or row}"
            fix = "give text, and in later what each later text reports"
            raise SourcebookError(what, fix=fix)
    said = [f"{row['text']}: {_outcomes(row)}" for row in rows]
    entries = (each for row in rows for each in (row, *row["later"]))
    citekeys = filter(None, map(_citekey, entries))
    caption = captioned(said=said, citekeys=citekeys, **words)
    body = "".join(_row(row, heads) for row in rows)
    head = "".join(f'<th scope="col">{printed(each)}</th>' for each in heads)
    inner = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    table = f'<div class="sb-forms"><table>{inner}</table></div>'
    text = "\n".join([caption.title, *said])
    return Fragment(framed(table, caption, kind="sb-ledger"), text)


def _citekey(entry: Mapping[str, Any]) -> str:
    if entry.get("claim"):
        return citekey_of(entry["claim"])
    return str(entry.get("source", ""))


def _outcomes(row: Mapping[str, Any]) -> str:
    told = [(each["outcome"], _named(each) or each["text"]) for each in row["later"]]
    return ", ".join(f"{outcome} ({who})" for outcome, who in told)


def _named(entry: Mapping[str, Any]) -> str:
    citekey = _citekey(entry)
    return dated_name(citekey) if citekey else ""


def _row(row: Mapping[str, Any], heads: tuple[str, str]) -> str:
    items = "".join(f"<li>{_entry(each)}</li>" for each in row["later"])
    said = f"{printed(row['text'])}{_source(row)}"
    return (
        f'<tr><th scope="row" data-head="{escape(heads[0])}">{said}</th>'
        f'<td data-head="{escape(heads[1])}"><ul>{items}</ul></td></tr>'
    )


def _entry(each: Mapping[str, Any]) -> str:
    kind = OUTCOMES.get(each["outcome"], "open")
    text = f" {escape(each['text'])}" if each.get("text") else ""
    badge = f'<span class="sb-badge sb-badge-{kind}">{escape(each["outcome"])}</span>'
    return f"{badge}{text}{_source(each)}"


def _source(entry: Mapping[str, Any]) -> str:
    """Return the source of an entry, leading to its passage where it has one."""
    name, claim = printed(_named(entry)), entry.get("claim")
    if not name:
        return ""
    if not claim:
        return f" <small>{name}</small>"
    return f' <small><a href="{escape(address(id_of(claim)))}">{name}</a></small>'


# "Came" is kept for a report of the very thing foreseen; all else only points.
OUTCOME_WORDS = {
    "bears-out": "came so",
    "runs-against": "came otherwise",
    "supports": "points that way",
    "in-tension": "points the other way",
    "weakens": "with limits",
}
UNTOLD = "cannot be told"  # every other relation: of the matter, not of the outcome
UNMENTIONED = "not mentioned"


@dataclass(frozen=True, slots=True)
class Later:
    """One thing a later source has, or has not, to say on a forecast."""

    forecast: str  # the id of its claim
    source: str  # citekey of the later document
    verdict: Verdict
    claim: Claim | None = None  # the later claim, None for silence


def _foreseen(claim: Claim) -> bool:
    """Whether a claim tells the future: a forecast, or a plan that it reports."""
    return claim.kind == "forecast" or claim.status == "T"


def later_reports(answers: Iterable[Answer]) -> Iterator[Later]:
    """Yield what other sources report of each forecast, in order of the chapter."""
    for answer in answers:
        for a, b, verdict in answer.verdicts:
            if _foreseen(a) and b.source != a.source:
                yield Later(a.id, b.source, verdict, b)
        alone = answer.claims[0].id if len(answer.claims) == 1 else ""
        forecasts = {claim.id for claim in answer.claims if _foreseen(claim)}
        for silence in answer.silences:
            # Only terms of that very forecast tell that it is not mentioned.
            searched = silence.claim or alone
            # Terms that stand for a question of several claims are nobody's own.
            if searched in forecasts - {""}:
                yield Later(searched, silence.source, silence.verdict)


def foreseen_rows(  # noqa: PLR0913  (all but the answers are named)
    answers: Iterable[Answer],
    *,
    by: Source,
    labels: Mapping[str, str],
    left_out: Mapping[str, str],
    words: Mapping[str, str],
    sources: Iterable[str],
) -> list[dict[str, Any]]:
    """Return rows for `ledger`, in the order of ``labels``.

    ``labels`` says in words what each forecast of ``by`` foresees (a plan that it
    reports may stand among them), ``left_out`` has the reason for each forecast that
    has no row; raises `SourcebookError` where one is in neither, or has nothing to
    show. ``words`` says what a later claim is about; one without is quoted. Only what
    the later ``sources`` report is heard.
    """
    _check_covered(by, labels, left_out)
    heard = tuple(sources)
    found = defaultdict(list)
    for later in later_reports(answers):
        if later.source in heard:
            found[later.forecast].append(later)
    rows = [
        {
            "claim": name,
            "text": text,
            "later": [*_spoken(found[name], words), *_unmentioned(found[name])],
        }
        for name, text in labels.items()
    ]
    bare = [row["claim"] for row in rows if not row["later"]]
    if bare:
        said = f"forecasts that no question holds against a later document: {bare}"
        fix = "ask it, or leave the forecast out with the reason"
        raise SourcebookError(said, fix=fix)
    return rows


def _spoken(laters: list[Later], words: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield an entry for each later claim and outcome, each of them once."""
    seen = set()
    for each in laters:
        claim, outcome = each.claim, OUTCOME_WORDS.get(str(each.verdict), UNTOLD)
        if claim and (claim.id, outcome) not in seen:
            seen.add((claim.id, outcome))
            text = words.get(claim.id) or quoted(claim.exact)
            yield {"outcome": outcome, "claim": claim.id, "text": text}


def _unmentioned(laters: list[Later]) -> list[dict[str, Any]]:
    """Return one entry for the sources that were searched in vain, if there are any."""
    spoken = {each.source for each in laters if each.claim}
    silent = {each.source for each in laters if not each.claim} - spoken
    names = ", ".join(dated_name(each) for each in sorted(silent))
    return [{"outcome": UNMENTIONED, "text": names}] if names else []


def _check_covered(
    source: Source, labels: Mapping[str, str], left_out: Mapping[str, str]
) -> None:
    """Refuse a ledger in which a forecast is missing, unknown or there twice."""
    known = {claim.id for claim in source.claims(kind="forecast")}
    plans = {claim.id for claim in source.claims() if _foreseen(claim)}
    named = {*labels, *left_out}
    for fault, names, fix in (
        ("in no row and not left out", known - named, "give each a row, or a reason"),
        ("in a row and left out", {*labels} & {*left_out}, "choose one of the two"),
        ("that are none", named - plans, f"name forecasts of {source.citekey}"),
    ):
        if names:
            said = f"forecasts {fault}: {', '.join(sorted(names))}"
            raise SourcebookError(said, fix=f"{fix}")


def left_out_table(source: Source, left_out: Mapping[str, str]) -> pd.DataFrame:
    """One row per forecast that has no row in the ledger, in the order of the text.

    Columns: ``forecast`` (the passage), ``why it is left out``.
    """
    rows = [
        (quoted(claim.exact), left_out[claim.id])
        for claim in source.claims(kind="forecast")
        if claim.id in left_out
    ]
    return pd.DataFrame(rows, columns=["forecast", "why it is left out"])
