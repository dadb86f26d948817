"""Everything a notebook may import: ``import sourcebook as sb``, and then ``sb.``.

A name is found here with the module it lives in, and imported when it is first used:
`import sourcebook` is quick, and a command that draws nothing does not wait for charts.
A chapter's notebook needs ``chapter`` and a few charts and tables; a source's notebook
the readers as well, because it reads its document before the reader's eyes.
"""

from importlib import import_module
from typing import Any

NAMES: dict[str, str] = {
    # what there is
    "chapter": "sourcebook.views.chapter_view:open_chapter",
    "record": "sourcebook.views.record_view:open_record",
    "load_corpus": "sourcebook.coding.corpus",
    "read": "sourcebook.coding.corpus",
    "tally": "sourcebook.coding.census",
    # comparing
    "ask": "sourcebook.comparing.questions",
    "answer_all": "sourcebook.comparing.questions",
    "compare": "sourcebook.comparing.relations",
    "footing": "sourcebook.comparing.witnesses",
    "load_matters": "sourcebook.comparing.matters",
    "search": "sourcebook.comparing.matters",
    "search_table": "sourcebook.comparing.matters",
    "tally_losses": "sourcebook.comparing.leave_one_out",
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
    "cards": "sourcebook.views",
    "chapter_without_table": "sourcebook.views.answers",
    "footing_table": "sourcebook.views.matrix",
    "forecasts": "sourcebook.views",
    "lone_table": "sourcebook.views.source_tables",
    "show_table": "sourcebook.views.tables",
    "source_tables": "sourcebook.views",
    "tables": "sourcebook.views",
    "witnesses_table": "sourcebook.views.source_tables",
    # charts
    "by_age": "sourcebook.views.matrix",
    "by_matter": "sourcebook.views.matrix",
    "charts": "sourcebook.views",
    "claim_cells": "sourcebook.views.matrix",
    "counts": "sourcebook.views.matrix",
    "footing_matrix": "sourcebook.views.matrix",
    "instrument_chart": "sourcebook.views.interval_chart",
    "lanes": "sourcebook.views.timeline",
    "ledger": "sourcebook.views.forecasts",
    "matrix": "sourcebook.views.matrix",
    "parts": "sourcebook.views.share_charts",
    "poles": "sourcebook.views.stance_charts",
    "series": "sourcebook.views.timeline",
    "show": "sourcebook.views.figure",
    "spread": "sourcebook.views.charts",
    "stacks": "sourcebook.views.stacked_bars",
    "stance_dots": "sourcebook.views.stance_charts",
    "term_cells": "sourcebook.views.matrix",
    "timeline": "sourcebook.views.timeline",
    "unlike": "sourcebook.views.share_charts",
    "unspoken": "sourcebook.views.matrix",
    # colours and shapes of the documents
    "GREY": "sourcebook.coding.source_looks",
    "LOOKS": "sourcebook.coding.source_looks",
    "short_name": "sourcebook.coding.source_looks",
    # controls that need a live kernel
    "code": "sourcebook.desk.coder",
    "code_again": "sourcebook.desk.second_coder",
    "explorer": "sourcebook.views",
    "slack_explorer": "sourcebook.views.explorer",
    "open_desk": "sourcebook.desk.coding_desk",
    "Practice": "sourcebook.commands.practice",
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
