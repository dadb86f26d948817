"""One sentence of a source as its coder sees it: what is in it, what became of it.

For a live kernel only; everything of the source is escaped on its way into markup.
"""

from sourcebook.desk.coding_progress import Progress
from sourcebook.views.fragment import escape, table_rows

FAULTS_SHOWN = 5
_BEFORE_AND_AFTER = 1  # sentences of context on either side
_SIGNS = {"coded": "✓ coded", "waived": "– set aside", "gap": "! open"}


def sentence_html(progress: Progress, number: int) -> str:
    """Return one sentence with those around it, and tables of what is known of it."""
    line = progress.document.line_at(progress.sentences[number].start)
    state = _SIGNS[progress.state(number)]
    head = (
        f"<p><strong>Sentence {number + 1} of {len(progress.sentences)}</strong>, "
        f"line {line}: {state}</p>"
    )
    return f"<div>{head}{_around(progress, number)}{_known(progress, number)}</div>"


def _around(progress: Progress, number: int) -> str:
    first = max(number - _BEFORE_AND_AFTER, 0)
    last = min(number + _BEFORE_AND_AFTER + 1, len(progress.sentences))
    parts = []
    for each in range(first, last):
        words = escape(progress.text(each))
        parts.append(
            f"<mark>{words}</mark>" if each == number else f"<span>{words}</span>"
        )
    return f'<blockquote dir="auto">{" ".join(parts)}</blockquote>'


def _known(progress: Progress, number: int) -> str:
    rows = [
        (item.kind, item.text, f"{_SIGNS[item.state]} {', '.join(item.by)}")
        for item in progress.found(number)
    ]
    rows += [
        ("claim", each.claim.exact, f"{each.claim.kind} {each.claim.id}")
        for each in progress.coded(number)
    ]
    rows += [
        (
            "waiver",
            progress.document.text[each.start : each.end],
            f"{each.reason} {each.note}",
        )
        for each in progress.waived(number)
    ]
    rows += [
        ("draft" if each.draft else "unfinished", each.id, each.fault)
        for each in progress.drafted(number)
    ]
    if not rows:
        return "<p>The readers found no number, date or quotation in it.</p>"
    body = table_rows((kind, words, what.strip()) for kind, words, what in rows)
    head = "<tr><th>found</th><th>words</th><th>what became of it</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def faults_html(progress: Progress) -> str:
    """Return the faults of the sheet that are there already, or ""."""
    if not progress.faults:
        return ""
    shown = "".join(
        f'<li style="white-space: pre-wrap">{escape(fault)}</li>'
        for fault in progress.faults[:FAULTS_SHOWN]
    )
    more = len(progress.faults) - FAULTS_SHOWN
    rest = f"<p>and {more} more</p>" if more > 0 else ""
    return f"<p>Faults of the sheet:</p><ul>{shown}</ul>{rest}"
