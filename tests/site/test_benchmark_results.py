"""What the page on speed says of rows that were measured, missed and not measured."""

from __future__ import annotations

import json
import re

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from sourcebook.errors import SheetError
from sourcebook.site import benchmark_results, speed_page
from sourcebook.site.benchmark_results import (
    Pair,
    Row,
    Size,
    is_met,
    load_rows,
    load_sizes,
    write,
)

MEASURED = {
    "date": "2025-08-01",
    "machine": {"system": "Linux", "processor": "Acme 1", "cores": 2, "memory": 8.0},
    "versions": {"Python": "3.11", "sourcebook": "1 (abc)"},
    "commands": {"plain": "jupyter-book build .", "ours": "sourcebook build"},
}
WORK = {work.name: work for work in benchmark_results.WORKS}


def row(work="cold", pairs=((30, 10), (33, 10), (40, 12)), **more):
    made = tuple(Pair(plain=plain, ours=ours) for plain, ours in pairs)
    return Row(work=work, pairs=made, **(MEASURED | more))


def size(sources, **more):
    given = {
        "seconds": dict.fromkeys(
            "cold change check census compare".split(), sources / 2
        ),
        "memory": dict.fromkeys(("warm", "worker", "together"), 200)
        | {"parent": 200 + sources},
        "counts": {"claims": 30 * sources, "pages": sources + 9, "megabytes": 2.5},
    }
    return Size(sources=sources, **(MEASURED | given | more))


def cells(table):
    def text(cell):
        return cell.astext().replace("\N{NO-BREAK SPACE}", " ")

    rows = table.findall(lambda node: node.tagname == "row")
    return [[text(cell) for cell in row.children] for row in rows]


@pytest.fixture
def directive(tmp_path):
    """Run a directive on the files of a folder; return its nodes."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "_toc.yml").touch()

    def run(kind, *arguments):
        class Here(kind):
            root = tmp_path

        made = object.__new__(Here)
        made.arguments = list(arguments)
        return made.run()

    return run


def test_the_middle_of_the_pairs_counts_and_not_the_ratio_of_the_middles():
    measured = row(pairs=[(10, 10), (40, 20), (60, 12)])
    assert (measured.plain, measured.ours, measured.ratio) == (40, 12, 2)


def test_a_row_comes_back_as_it_was_written(tmp_path):
    rows = [row(), row("check", [(None, 0.4)])]
    for each in rows:
        write(each, tmp_path / benchmark_results.FOLDER)
    assert load_rows(tmp_path) == {each.work: each for each in rows}
    kept = json.loads(
        (tmp_path / benchmark_results.FOLDER / "cold.json").read_text("utf-8")
    )
    assert (kept["plain"], kept["ours"], kept["ratio"]) == (33, 10, 3.3)


def test_a_result_that_does_not_follow_from_the_pairs_is_not_believed(tmp_path):
    path = write(row(), tmp_path / benchmark_results.FOLDER)
    kept = json.loads(path.read_text("utf-8")) | {"ratio": 99}
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert load_rows(tmp_path)["cold"].ratio == 3.3


def test_a_broken_file_is_named(tmp_path):
    path = write(row(), tmp_path / benchmark_results.FOLDER)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(SheetError, match=r"speed/cold\.json"):
        load_rows(tmp_path)


def test_writing_leaves_nothing_beside_the_row(tmp_path):
    path = write(row(), tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("work", "pairs", "holds", "met"),
    [
        ("cold", [(30, 10)], {}, True),
        ("cold", [(29, 10)], {}, False),
        ("cold", [(90, 10)], {"the same site": False}, False),
        ("nothing", [(9, 0.9)], {}, True),
        ("nothing", [(9, 1.1)], {}, False),
        ("check", [(None, 0.9)], {}, True),
        ("check", [(None, 1.2)], {}, False),
    ],
)
def test_a_target_is_met_or_missed(work, pairs, holds, met):
    assert is_met(WORK[work], row(work, pairs, holds=holds)) is met


def test_the_table_says_what_was_met_what_missed_and_what_not_measured(
    tmp_path, directive
):
    write(row(), tmp_path / benchmark_results.FOLDER)
    write(row("hundred", [(30, 10)]), tmp_path / benchmark_results.FOLDER)
    (table,) = directive(speed_page.SpeedTable)
    lines = {line[0]: line[1:] for line in cells(table)}
    assert lines[WORK["cold"].title] == ["33.0 s", "10.0 s", "1/3.3", "1/3", "yes"]
    assert lines[WORK["hundred"].title] == ["30.0 s", "10.0 s", "1/3.0", "1/5", "no"]
    assert lines[WORK["check"].title] == ["", "not measured", "", "1 s", ""]
    assert len(lines) == 1 + len(benchmark_results.WORKS) + 2


@pytest.mark.parametrize(("more", "met"), [(40, "yes"), (400, "no")])
@pytest.mark.parametrize(("process", "line"), [("warm", -2), ("parent", -1)])
def test_memory_of_what_lasts_may_not_grow(
    tmp_path, directive, process, line, *, more, met
):
    for sources, held in ((10, 300), (510, 300 + more)):
        memory = {"warm": 1, "parent": 1, "worker": 90, "together": 500, process: held}
        write(size(sources, memory=memory), tmp_path / benchmark_results.FOLDER)
    (table,) = directive(speed_page.SpeedTable)
    assert cells(table)[line][-1] == met


def test_sizes_are_in_order_of_their_size(tmp_path):
    for sources in (100, 30, 9):
        write(size(sources), tmp_path / benchmark_results.FOLDER)
    assert [each.sources for each in load_sizes(tmp_path)] == [9, 30, 100]


@pytest.mark.parametrize("name", speed_page.CHARTS)
def test_a_chart_has_every_line_and_says_where_each_ends(name):
    figure = speed_page.growth_chart((size(10), size(100)), name)
    words = speed_page.CHARTS[name][3].values()
    assert {point["line"] for point in figure.spec["data"]["values"]} == set(words)
    for word in words:
        ends = rf"{re.escape(word)}: [\d.]+ to [\d.]+ \(10 to 100\)"
        assert re.search(ends, figure.description)
    assert figure.html() == speed_page.growth_chart((size(10), size(100)), name).html()


def test_one_size_is_no_growth(tmp_path, directive):
    write(size(10), tmp_path / benchmark_results.FOLDER)
    assert directive(speed_page.SpeedChart, "seconds") == []
    (table,) = directive(speed_page.SpeedGrowth)
    assert cells(table)[1][:4] == ["10", "300", "19", "2.5"]


def test_rows_of_other_circumstances_stand_apart(tmp_path, directive):
    write(row(), tmp_path / benchmark_results.FOLDER)
    write(row("hundred"), tmp_path / benchmark_results.FOLDER)
    write(row("note", date="2025-09-09"), tmp_path / benchmark_results.FOLDER)
    (table,) = directive(speed_page.SpeedMachine)
    assert [line[:2] for line in cells(table)[1:]] == [
        ["cold; hundred", "2025-08-01"],
        ["note", "2025-09-09"],
    ]


def test_where_nothing_was_measured_the_page_says_so(directive):
    assert directive(speed_page.SpeedNotes) == []
    (paragraph,) = directive(speed_page.SpeedMachine)
    assert paragraph.astext() == "Nothing was measured yet."
    (growth,) = directive(speed_page.SpeedGrowth)
    assert "not measured" in growth.astext()


def test_how_a_row_was_run_is_told(tmp_path, directive):
    write(
        row(holds={"the same site": False}, notes={"ran again": "acme"}),
        tmp_path / benchmark_results.FOLDER,
    )
    (notes,) = directive(speed_page.SpeedNotes)
    words = notes.astext()
    for part in (
        "jupyter-book build .",
        "runs of each: 3",
        "the same site: no",
        "acme",
    ):
        assert part in words


def test_the_page_uses_every_directive_and_names_every_chart(root):
    text = (root / "book" / "speed.md").read_text(encoding="utf-8")
    for name in ("table", "notes", "growth", "machine"):
        assert f"```{{speed-{name}}}" in text
    for name in speed_page.CHARTS:
        assert f"```{{speed-chart}} {name}" in text


def test_a_new_row_is_on_the_page_after_an_incremental_build(tmp_path):
    def built():
        places = (tmp_path, None, tmp_path / "_out", tmp_path / "_read", "dummy")
        settings = {"extensions": ["sourcebook.site.speed_page"]}
        with docutils_namespace():
            app = Sphinx(*places, settings, status=None)
            app.build()
        return app.env.get_doctree("index").astext()

    (tmp_path / "seeds").mkdir()
    (tmp_path / "_toc.yml").touch()
    (tmp_path / "index.rst").write_text("Page\n====\n\n.. speed-machine::\n")
    assert "Nothing was measured" in built()
    write(row(), tmp_path / benchmark_results.FOLDER)
    assert "2025-08-01" in built()
    write(row("note", date="2025-09-09"), tmp_path / benchmark_results.FOLDER)
    assert "2025-09-09" in built()
    for path in (tmp_path / benchmark_results.FOLDER).glob("*.json"):
        path.unlink()
    assert "Nothing was measured" in built()
