"""Everything a notebook may import: ``import sourcebook as sb``, and then ``sb.``.

A name is found here with the module it lives in, and imported when it is first used:
`import sourcebook` is quick, and a command that draws nothing does not wait for charts.
A chapter's notebook needs ``chapter`` and a few charts and tables; a source's notebook
the readers as well, because it reads its document before the reader's eyes.
"""

from importlib import import_module
from typing import Any

_HOMES = """
# what there is
views.answers: chapter=open_chapter chapter_without_table
views.record_view: record=open_record
coding.corpus: load_corpus read
coding.census: tally
# comparing
comparing.questions: ask answer_all
comparing.relations: compare
comparing.witnesses: footing tally_voices
comparing.matters: load_matters search search_table
comparing.leave_one_out: tally_losses
comparing: tone
# readers, as a source's notebook runs them
reading.text: clean
reading.anchor: locate
reading.citations: interview_faults read_citations read_interviews
reading.dates: read_dates
reading.numbers: read_numbers
# cards and tables
views: cards forecasts source_tables tables
views.matrix: footing_table
views.source_tables: lone_table witnesses_table
views.tables: show_table
# charts
views.matrix: by_age by_matter claim_cells counts footing_matrix matrix term_cells
views.matrix: unspoken
views: charts
views.interval_chart: instrument_chart
views.timeline: lanes series timeline
views.forecasts: ledger
views.share_charts: parts stacks unlike
views.stance_charts: poles stance_dots
views.figure: show
views.charts: spread
# colours and shapes of the documents
coding.source_looks: GREY LOOKS short_name
# controls that need a live kernel
desk.coder: code
desk.second_coder: code_again
views: explorer
views.explorer: slack_explorer
desk.coding_desk: open_desk
commands.practice: Practice
"""
NAMES = {  # name to module, and what it is called there
    name: (f"sourcebook.{home}", inner or name)
    for home, _, names in (line.partition(": ") for line in _HOMES.splitlines())
    for name, _, inner in (each.partition("=") for each in names.split())
}


def find(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Return what a name of ``NAMES`` stands for. Raises `AttributeError`."""
    if name not in NAMES:
        raise AttributeError(f"module 'sourcebook' has no attribute {name!r}")
    home, inner = NAMES[name]
    found = import_module(home)
    if hasattr(found, inner):
        return getattr(found, inner)
    return import_module(f"{home}.{name}")
