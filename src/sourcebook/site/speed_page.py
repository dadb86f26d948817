"""The tables and charts of the page on speed, from the files of the benchmark.

No figure on that page is typed, and none comes from the machine that builds the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sourcebook.coding.book_root import find_root
from sourcebook.coding.sheets import nearest
from sourcebook.site.benchmark_results import (
    FLAT,
    FOLDER,
    WORKS,
    is_met,
    load_rows,
    load_sizes,
    per_source,
)
from sourcebook.site.directives import table
from sourcebook.views.canvas import number
from sourcebook.views.chart_frame import read_out
from sourcebook.views.figure import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from docutils.nodes import Node
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sourcebook.site.benchmark_results import Measured, Row, Size, Work
    from sourcebook.views.figure import Figure

NOT_MEASURED = "not measured"
SPACE = "\N{NO-BREAK SPACE}"  # a figure stays with its unit
_FILES = "files of the benchmark"  # what a page was made from, in its metadata
_HEAD = ("work", "plain", "ours", "ours to plain", "target", "met")
# A chart: its title, its axis, and its lines, each with the words for it.
CHARTS: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "seconds": (
        "Seconds by number of sources",
        "seconds",
        "seconds",
        {
            "cold": "build, nothing cached",
            "change": "build, one note changed",
            "check": "check",
            "census": "census",
            "compare": "pairs to compare",
        },
    ),
    "memory": (
        "Megabytes of memory by number of sources",
        "megabytes",
        "memory",
        {
            "warm": "the process kernels are forked from",
            "parent": "the process that builds",
            "worker": "the largest notebook",
            "together": "all at once",
        },
    ),
    "site": (
        "Pages and megabytes of the site by number of sources",
        "pages; megabytes",
        "counts",
        {"pages": "pages", "megabytes": "megabytes"},
    ),
}


class _FromFiles(SphinxDirective):
    """A directive that prints what the benchmark's files say."""

    @property
    def root(self) -> Path:
        root = find_root(self.env.srcdir)
        files = _files(root)
        for path in files:
            self.env.note_dependency(path)
        self.env.metadata[self.env.docname][_FILES] = files
        return root


def _files(root: Path) -> list[str]:
    return [str(path) for path in sorted((root / FOLDER).glob("*.json"))]


def _with_new_files(_app: Sphinx, env: BuildEnvironment, *_: set[str]) -> list[str]:
    """Return the pages that were read when there were other files than now."""
    files = _files(find_root(env.srcdir))
    return [page for page, m in env.metadata.items() if m.get(_FILES, files) != files]


class SpeedTable(_FromFiles):
    """``{speed-table}``: each work, plain and ours, and whether that is enough."""

    def run(self) -> list[Node]:
        """Return a table with a row for each work, measured or not."""
        rows, sizes = load_rows(self.root), load_sizes(self.root)
        lines = [_line(work, rows.get(work.name)) for work in WORKS]
        lines += [_memory_line(sizes, process) for process in ("warm", "parent")]
        return [table(_HEAD, lines)]


def _line(work: Work, row: Row | None) -> tuple[str, ...]:
    if row is None:
        return (work.title, "", NOT_MEASURED, "", work.target, "")
    plain = _seconds(row.plain) if row.plain is not None else "–"
    ratio = f"1/{row.ratio:.1f}" if row.ratio else "–"
    met = "yes" if is_met(work, row) else "no"
    return (work.title, plain, _seconds(row.ours), ratio, work.target, met)


def _memory_line(sizes: tuple[Size, ...], process: str) -> tuple[str, ...]:
    title = f"memory of {CHARTS['memory'][3][process]}, for each extra source"
    target = f"{FLAT:g}{SPACE}MB"
    cost = per_source(sizes, process)
    if cost is None:
        return (title, "", NOT_MEASURED, "", target, "")
    met = "yes" if cost <= FLAT else "no"
    return (title, "–", f"{cost:.2f}{SPACE}MB", "–", target, met)


def _seconds(value: float) -> str:
    """Return a time as precise as it is worth.

    >>> [_seconds(value).split() for value in (0.2149, 8.21, 329.4)]
    [['0.21', 's'], ['8.2', 's'], ['329', 's']]
    """
    digits = 2 if value < 1 else 1 if value < 100 else 0
    return f"{value:.{digits}f}{SPACE}s"


class SpeedNotes(_FromFiles):
    """``{speed-notes}``: row by row, how it was run and what was seen besides."""

    def run(self) -> list[Node]:
        """Return a definition list; nothing at all where nothing was measured."""
        rows = load_rows(self.root)
        items = [
            nodes.definition_list_item(
                "",
                nodes.term("", work.title),
                nodes.definition("", _facts(row)),
            )
            for work in WORKS
            if (row := rows.get(work.name))
        ]
        return [nodes.definition_list("", *items)] if items else []


def _facts(row: Row) -> nodes.bullet_list:
    facts = [(f"{way}: ", command) for way, command in row.commands.items()]
    lines: list[list[Node]] = [[nodes.Text(a), nodes.literal("", b)] for a, b in facts]
    seen = [f"runs of each: {len(row.pairs)}", _spread(row)]
    seen += [f"{what}: {'yes' if so else 'no'}" for what, so in row.holds.items()]
    seen += [f"{what}: {words}" for what, words in row.notes.items()]
    lines += [[nodes.Text(text)] for text in seen]
    return nodes.bullet_list(
        "", *(nodes.list_item("", nodes.paragraph("", "", *line)) for line in lines)
    )


def _spread(row: Row) -> str:
    ours = [pair.ours for pair in row.pairs]
    words = f"ours from {_seconds(min(ours))} to {_seconds(max(ours))}"
    plain = [pair.plain for pair in row.pairs if pair.plain is not None]
    if not plain:
        return words
    return f"{words}, plain from {_seconds(min(plain))} to {_seconds(max(plain))}"


class SpeedGrowth(_FromFiles):
    """``{speed-growth}``: every figure of the charts, size by size."""

    def run(self) -> list[Node]:
        """Return a table with a row for each size."""
        sizes = load_sizes(self.root)
        if not sizes:
            return [nodes.paragraph("", f"The growth was {NOT_MEASURED}.")]
        columns = [*CHARTS["seconds"][3].values(), *CHARTS["memory"][3].values()]
        head = ["sources", *sizes[0].counts, *columns]
        rows = [
            [
                str(size.sources),
                *(f"{value:g}" for value in size.counts.values()),
                *(_seconds(size.seconds[name]) for name in CHARTS["seconds"][3]),
                *(f"{size.memory[name]:.0f}{SPACE}MB" for name in CHARTS["memory"][3]),
            ]
            for size in sizes
        ]
        return [table(head, rows)]


class SpeedChart(_FromFiles):
    """``{speed-chart} seconds``: how a book's costs grow with its sources."""

    required_arguments = 1

    def run(self) -> list[Node]:
        """Return the chart; nothing where fewer than two sizes were measured."""
        name = self.arguments[0]
        if name not in CHARTS:
            raise self.error(f"no chart {name!r}{nearest(name, CHARTS)}")
        sizes = load_sizes(self.root)
        if len(sizes) < 2:
            return []
        return [nodes.raw("", growth_chart(sizes, name).html(), format="html")]


def growth_chart(sizes: tuple[Size, ...], name: str) -> Figure:
    """Return the chart of this name over two sizes or more."""
    title, axis, field, lines = CHARTS[name]
    points = [
        {"sources": size.sources, "line": words, "value": getattr(size, field)[key]}
        for key, words in lines.items()
        for size in sizes
    ]
    log = alt.Scale(type="log", nice=False)
    below = alt.Legend(title=None, orient="bottom", columns=1, labelLimit=0)
    named = alt.Scale(domain=list(lines.values()))  # said, so that the legends join
    lines_of = alt.Chart().encode(
        x=alt.X(
            "sources:Q",
            scale=log,
            axis=alt.Axis(values=[size.sources for size in sizes]),
        ),
        y=alt.Y("value:Q", scale=log, title=axis),
        color=alt.Color("line:N", legend=below, scale=named),
    )
    dots = lines_of.mark_point(filled=True, size=60).encode(
        shape=alt.Shape("line:N", legend=below, scale=named)
    )
    chart = alt.LayerChart(
        layer=[lines_of.mark_line(), dots],
        data=alt.Data(values=points),
        title=title,
        width="container",
        height=260,
    )
    return show(chart, description=read_out(title, _said(sizes, name)))


def _said(sizes: Sequence[Size], name: str) -> Iterator[str]:
    """Yield what a line shows: where it begins and where it ends."""
    first, last = sizes[0], sizes[-1]
    _, _, field, lines = CHARTS[name]
    for key, words in lines.items():
        a, b = getattr(first, field)[key], getattr(last, field)[key]
        ends = (f"{number(float(f'{each:.3g}'))}" for each in (a, b))
        yield f"{words}: {' to '.join(ends)} ({first.sources} to {last.sources})"


class SpeedMachine(_FromFiles):
    """``{speed-machine}``: on what, when and with which versions it was measured."""

    def run(self) -> list[Node]:
        """Return a table with a row for each set of circumstances."""
        measured: list[tuple[str, Measured]] = [*load_rows(self.root).items()]
        measured += [(f"growth, {s.sources}", s) for s in load_sizes(self.root)]
        if not measured:
            return [nodes.paragraph("", "Nothing was measured yet.")]
        alike: dict[tuple[Any, ...], list[tuple[str, Measured]]] = {}
        for name, each in measured:
            alike.setdefault(each.circumstances, []).append((name, each))
        head = ("what", "when", "machine", "versions")
        return [table(head, [_circumstances(group) for group in alike.values()])]


def _circumstances(group: list[tuple[str, Measured]]) -> tuple[str, ...]:
    names, one = [name for name, _ in group], group[0][1]
    machine = one.machine
    where = (
        f"{machine.processor}, {machine.cores} cores, {machine.memory:g} GB, "
        f"{machine.system}"
    )
    versions = ", ".join(f"{name} {v}" for name, v in one.versions.items())
    return ("; ".join(names), one.date, where, versions)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives with Sphinx."""
    app.add_directive("speed-table", SpeedTable)
    app.add_directive("speed-notes", SpeedNotes)
    app.add_directive("speed-chart", SpeedChart)
    app.add_directive("speed-growth", SpeedGrowth)
    app.add_directive("speed-machine", SpeedMachine)
    app.connect("env-get-outdated", _with_new_files)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
