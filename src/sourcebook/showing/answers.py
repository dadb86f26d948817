"""What a question came to: its bridges, its readings, and each source left out.

A bridge is shown with every step of its arithmetic and with the conditions it rests
on, each marked as stated, assumed or unknown; it is never shown as a fact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sourcebook.coding.hedges import plain
from sourcebook.comparing.relations import percent
from sourcebook.showing.fragment import Fragment, escape, facts_html, facts_text
from sourcebook.showing.palette import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sourcebook.comparing.bridges import Bridged
    from sourcebook.comparing.questions import Answer


def bridge_card(bridge: Bridged) -> Fragment:
    """Return a bridge with its conditions and its arithmetic, step by step."""
    needs = [f"{each.text} ({each.holds})" for each in bridge.conditions]
    head = f"Bridge: {bridge.kind}" + (f" · {bridge.verdict}" if bridge.verdict else "")
    parts = (("It needs", needs, "ul"), ("Step by step", list(bridge.steps), "ol"))
    body = "".join(
        f"<p>{title}</p><{tag}>"
        + "".join(f"<li>{escape(line)}</li>" for line in lines)
        + f"</{tag}>"
        for title, lines, tag in parts
    )
    words = [f"{title}:\n  " + "\n  ".join(lines) for title, lines, _ in parts]
    return Fragment(
        f'<div class="sb-card sb-bridge"><p class="sb-head"><strong>{escape(head)}'
        f"</strong></p>{body}</div>",
        "\n".join([head, *words]),
    )


def answers_table(answers: Iterable[Answer]) -> pd.DataFrame:
    """One row per question, in the order of the chapter.

    Columns: ``question``, ``relation`` (computed), ``adjudication`` (ours).
    """
    rows = [(a.question.asks, str(a.verdict), a.question.adjudication) for a in answers]
    return pd.DataFrame(rows, columns=["question", "relation", "adjudication"])


def answer_card(answer: Answer) -> Fragment:
    """Return a question with its passages, the computed relation and our reason."""
    question, verdict = answer.question, answer.verdict
    facts = [
        *((f"{short_name(c.source)}, {c.when}", f"“{c.exact}”") for c in answer.claims),
        ("Computed", f"{verdict}. {verdict.reason}"),
        ("What we make of it", f"{question.adjudication} ({question.cause})"),
        ("Why", question.why),
        ("What would settle it", question.settles),
    ]
    return Fragment(
        f'<div class="sb-card sb-answer" id="question-{escape(question.id)}">'
        f'<p class="sb-head"><strong>{escape(question.asks)}</strong></p>'
        f"{facts_html(facts)}</div>",
        f"{question.asks}\n{facts_text(facts)}",
    )


def readings_table(bridges: Iterable[Bridged]) -> pd.DataFrame:
    """One row per reading of a bridge that implies a whole, in the order given.

    Columns: ``slack``, ``implied whole`` (the interval), ``at most`` (the cap),
    ``unit``.
    """
    rows = [
        (
            percent(bridge.slack),
            str(bridge.result),
            "" if bridge.cap is None else plain(bridge.cap),
            bridge.unit,
        )
        for bridge in bridges
    ]
    return pd.DataFrame(rows, columns=["slack", "implied whole", "at most", "unit"])


def without_table(answer: Answer) -> pd.DataFrame:
    """One row per source of a question, with what is left when it is not heard.

    Columns: ``without``, ``claims left``, ``sources left``, ``then``.
    """
    rows = []
    for citekey in dict.fromkeys(claim.source for claim in answer.claims):
        left = answer.without(citekey)
        sources = len({claim.source for claim in left})
        left_pairs = [
            v for a, b, v in answer.verdicts if citekey not in (a.source, b.source)
        ]
        relation = ", ".join(sorted({str(v) for v in left_pairs}))
        then = relation or "nothing to compare"
        rows.append((short_name(citekey), len(left), sources, then))
    names = ["without", "claims left", "sources left", "then"]
    return pd.DataFrame(rows, columns=names)
