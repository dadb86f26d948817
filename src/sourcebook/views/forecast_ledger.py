"""A ledger: what was foreseen, and what later texts report of it, in words.

A table and not a drawing, because everything in it is words. On a phone each thing
foreseen stands above what came of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sourcebook.coding.claims import Claim
from sourcebook.coding.source_looks import dated_name
from sourcebook.errors import SourcebookError
from sourcebook.views.chart_frame import Caption, captioned, citekey_of, framed
from sourcebook.views.figure_rows import address
from sourcebook.views.fragment import Fragment, escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


def ledger(  # noqa: PLR0913  (all but the rows are named)
    rows: Sequence[Mapping[str, Any]],
    *,
    title: str,
    subtitle: str = "",
    heads: tuple[str, str] = ("Foreseen", "What later texts report"),
    source: str = "",
    description: str = "",
) -> Fragment:
    """Return a table of things foreseen and what later texts report of each.

    A row has ``text`` (ours, short), ``claim`` (what was foreseen: a claim, or its id)
    and ``later``: mappings with ``outcome`` (in words), ``claim`` or ``source``, and
    ``text``. Raises `SourcebookError` for a row without text or without ``later``.
    """
    for row in rows:
        if not row.get("text") or not row.get("later"):
            raise SourcebookError(
                f"a row of a ledger that is not whole: {row.get('text') or row}\n"
                "  fix: give text, and in later what each later text reports"
            )
    caption = captioned(
        title,
        subtitle=subtitle,
        source=source,
        description=description,
        said=[f"{row['text']}: {_outcomes(row)}" for row in rows],
        citekeys=_citekeys(rows),
    )
    body = "".join(_row(row, heads) for row in rows)
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    inner = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    table = f'<div class="sb-forms"><table>{inner}</table></div>'
    return Fragment(framed(table, caption, kind="sb-ledger"), _text(rows, caption))


def _citekeys(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    keys = []
    for row in rows:
        each: Mapping[str, Any]
        for each in (row, *row["later"]):
            keys.append(_citekey(each))
    return [key for key in keys if key]


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
    said = f"{escape(row['text'])}{_source(row)}"
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
    name, claim = escape(_named(entry)), entry.get("claim")
    if not name:
        return ""
    if not claim:
        return f" <small>{name}</small>"
    ident = claim.id if isinstance(claim, Claim) else claim
    return f' <small><a href="{escape(address(ident))}">{name}</a></small>'


def _text(rows: Sequence[Mapping[str, Any]], caption: Caption) -> str:
    lines = [f"{row['text']}: {_outcomes(row)}" for row in rows]
    return "\n".join([caption.title, *lines])
