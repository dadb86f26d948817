"""Everything a notebook may import: ``import sourcebook as sb``, and then ``sb.``.

A name is found here with the module it lives in, and imported when it is first used:
`import sourcebook` is quick, and a command that draws nothing does not wait for charts.
A chapter's notebook needs ``chapter`` and a few charts and tables; a source's notebook
the readers as well, because it reads its document before the reader's eyes.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

NAMES: dict[str, str] = {
    # what there is
    "chapter": "sourcebook.showing.chapter_view:open_chapter",
    "record": "sourcebook.showing.record_view:open_record",
    "load_corpus": "sourcebook.coding.corpus",
    "read": "sourcebook.coding.corpus",
    "tally": "sourcebook.coding.tallies",
    # comparing
    "ask": "sourcebook.comparing.questions",
    "answer_all": "sourcebook.comparing.questions",
    "compare": "sourcebook.comparing.relations",
    "footing": "sourcebook.comparing.footing",
    "load_matters": "sourcebook.comparing.searches",
    "search": "sourcebook.comparing.silence",
    "search_table": "sourcebook.comparing.searches",
    "tally_losses": "sourcebook.comparing.weights",
    "tally_voices": "sourcebook.comparing.witnesses",
    "tone": "sourcebook.comparing",
    # readers, as a source's notebook runs them
    "clean": "sourcebook.reading.text",
    "locate": "sourcebook.reading.anchor",
    "interview_faults": "sourcebook.reading.citations",
    "read_citations": "sourcebook.reading.citations",
    "read_dates": "sourcebook.reading.dates",
    "read_interviews": "sourcebook.reading.citations",
    "read_numbers": "sourcebook.reading.numbers",
    # cards and tables
    "cards": "sourcebook.showing",
    "chapter_without_table": "sourcebook.showing.answers",
    "footing_table": "sourcebook.showing.matrix",
    "forecasts": "sourcebook.showing",
    "lone_table": "sourcebook.showing.witnesses",
    "show_table": "sourcebook.showing.tables",
    "source_tables": "sourcebook.showing",
    "tables": "sourcebook.showing",
    "witnesses_table": "sourcebook.showing.witnesses",
    # charts
    "by_age": "sourcebook.showing.matrix",
    "by_matter": "sourcebook.showing.matrix",
    "charts": "sourcebook.showing",
    "claim_cells": "sourcebook.showing.matrix",
    "counts": "sourcebook.showing.matrix",
    "footing_matrix": "sourcebook.showing.matrix",
    "instrument_chart": "sourcebook.showing.tone",
    "lanes": "sourcebook.showing.timeline",
    "ledger": "sourcebook.showing.ledger",
    "matrix": "sourcebook.showing.matrix",
    "parts": "sourcebook.showing.shares",
    "poles": "sourcebook.showing.sides",
    "series": "sourcebook.showing.timeline",
    "show": "sourcebook.showing.figure",
    "spread": "sourcebook.showing.charts",
    "stacks": "sourcebook.showing.stacks",
    "stance_dots": "sourcebook.showing.sides",
    "term_cells": "sourcebook.showing.matrix",
    "timeline": "sourcebook.showing.timeline",
    "unlike": "sourcebook.showing.shares",
    "unspoken": "sourcebook.showing.matrix",
    # colours and shapes of the documents
    "GREY": "sourcebook.showing.palette",
    "LOOKS": "sourcebook.showing.palette",
    "short_name": "sourcebook.showing.palette",
    # controls that need a live kernel
    "code": "sourcebook.showing.coder",
    "code_again": "sourcebook.showing.second_coder",
    "explorer": "sourcebook.showing",
    "slack_explorer": "sourcebook.showing.explorer",
    "open_desk": "sourcebook.making.desk",
    "Practice": "sourcebook.making.practice",
}


def find(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Return what a name of ``NAMES`` stands for. Raises `AttributeError`."""
    if name not in NAMES:
        raise AttributeError(f"module 'sourcebook' has no attribute {name!r}")
    home, _, inner = NAMES[name].partition(":")
    found = import_module(home)
    if hasattr(found, inner or name):
        return getattr(found, inner or name)
    return import_module(f"{home}.{name}")
