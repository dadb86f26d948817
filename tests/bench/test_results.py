"""What the tables say of rows that were measured, missed and not measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench import results
from bench.results import (
    Pair,
    Row,
    Size,
    is_met,
    load_rows,
    load_sizes,
    tables,
    write,
    write_tables,
)

from sourcebook.errors import SheetError

MEASURED = {
    "date": "2025-08-01",
    "machine": {"system": "Linux", "processor": "Acme 1", "cores": 2, "memory": 8.0},
    "versions": {"Python": "3.11", "sourcebook": "1 (abc)"},
    "commands": {"plain": "jupyter-book build .", "ours": "sourcebook build"},
}
WORK = {work.name: work for work in results.WORKS}


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


def cells(root, part=0):
    """The rows of one of the tables, without its head."""
    table = tables(root).replace("\N{NO-BREAK SPACE}", " ").split("\n\n")[part]
    return [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]


def test_the_middle_of_the_pairs_counts_and_not_the_ratio_of_the_middles():
    measured = row(pairs=[(10, 10), (40, 20), (60, 12)])
    assert (measured.plain, measured.ours, measured.ratio) == (40, 12, 2)


def test_a_row_comes_back_as_it_was_written(tmp_path):
    rows = [row(), row("check", [(None, 0.4)])]
    for each in rows:
        write(each, tmp_path / results.FOLDER)
    assert load_rows(tmp_path) == {each.work: each for each in rows}
    kept = json.loads((tmp_path / results.FOLDER / "cold.json").read_text("utf-8"))
    assert (kept["plain"], kept["ours"], kept["ratio"]) == (33, 10, 3.3)


def test_a_result_that_does_not_follow_from_the_pairs_is_not_believed(tmp_path):
    path = write(row(), tmp_path / results.FOLDER)
    kept = json.loads(path.read_text("utf-8")) | {"ratio": 99}
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert load_rows(tmp_path)["cold"].ratio == 3.3


def test_a_broken_file_is_named(tmp_path):
    path = write(row(), tmp_path / results.FOLDER)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(SheetError, match=r"measured/cold\.json"):
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


def test_the_table_says_what_was_met_what_missed_and_what_not_measured(tmp_path):
    write(row(), tmp_path / results.FOLDER)
    write(row("hundred", [(30, 10)]), tmp_path / results.FOLDER)
    lines = {line[0]: line[1:] for line in cells(tmp_path)}
    assert lines[WORK["cold"].title] == ["33.0 s", "10.0 s", "1/3.3", "1/3", "yes"]
    assert lines[WORK["hundred"].title] == ["30.0 s", "10.0 s", "1/3.0", "1/5", "no"]
    assert lines[WORK["check"].title][1] == results.NOT_MEASURED
    assert len(lines) == len(results.WORKS) + 2


@pytest.mark.parametrize(("more", "met"), [(40, "yes"), (400, "no")])
@pytest.mark.parametrize(("process", "line"), [("warm", -2), ("parent", -1)])
def test_memory_of_what_lasts_may_not_grow(tmp_path, process, line, *, more, met):
    for sources, held in ((10, 300), (510, 300 + more)):
        memory = {"warm": 1, "parent": 1, "worker": 90, "together": 500, process: held}
        write(size(sources, memory=memory), tmp_path / results.FOLDER)
    assert cells(tmp_path)[line][-1] == met


def test_sizes_are_in_order_of_their_size(tmp_path):
    for sources in (100, 30, 9):
        write(size(sources), tmp_path / results.FOLDER)
    assert [each.sources for each in load_sizes(tmp_path)] == [9, 30, 100]


def test_every_figure_of_a_size_stands_in_its_line(tmp_path):
    write(size(10), tmp_path / results.FOLDER)
    (line,) = cells(tmp_path, 1)
    assert line[:5] == ["10", "300", "19", "2.5", "5.0 s"]
    assert len(line) == 1 + 3 + 5 + 4


def test_rows_of_other_circumstances_stand_apart(tmp_path):
    write(row(), tmp_path / results.FOLDER)
    write(row("hundred"), tmp_path / results.FOLDER)
    write(row("note", date="2025-09-09"), tmp_path / results.FOLDER)
    assert [line[:2] for line in cells(tmp_path, -1)] == [
        ["cold; hundred", "2025-08-01"],
        ["note", "2025-09-09"],
    ]


def test_new_tables_take_the_place_of_the_old_and_the_words_stay(tmp_path):
    page = tmp_path / results.PAGE
    page.parent.mkdir(parents=True)
    page.write_text(f"# How fast\n\n{results.MEASURED}old", encoding="utf-8")
    write_tables(tmp_path)
    text = page.read_text(encoding="utf-8")
    assert text == f"# How fast\n\n{results.MEASURED}{tables(tmp_path)}"


def test_the_page_says_what_the_files_say():
    root = Path(__file__).parents[2]
    told = (root / results.PAGE).read_text(encoding="utf-8")
    assert told.endswith(results.MEASURED + tables(root)), (
        "fix: PYTHONPATH=src:tests .venv/bin/python -m bench.results"
    )
