"""A folder becomes tables that can be asked; a second scan reads what is new."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from document_scan import ScanError, scan
from document_scan.document_folder import Refused
from document_scan.folder_scan import Report, Workers

PAGE = Path(__file__).parents[2] / "book" / "data.md"


def _bytes(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def tables(tmp_path):
    return tmp_path / "tables"


@pytest.fixture
def ask(tables, monkeypatch):
    """Ask the tables, from the folder that holds them."""

    def asks(query):
        monkeypatch.chdir(tables)
        return duckdb.sql(query).fetchall()

    return asks


def test_what_was_read_can_be_asked_with_duckdb(run, ask):
    report, _ = run()
    assert (report.read, report.kept, report.refused) == (3, 0, [])
    assert report.mentions == {
        "numbers": 5,
        "dates": 1,
        "quotations": 1,
        "actors": 1,
        "doubts": 0,
    }
    by_unit = ask("""
        SELECT unit, count(*) FROM 'numbers/*.parquet'
        WHERE role = 'quantity' GROUP BY unit ORDER BY unit
    """)
    assert by_unit == [("m3", 1), ("percent", 3)]
    joined = ask("""
        SELECT n.document, actor, n.text, edtf FROM 'numbers/*.parquet' n
        JOIN 'actors/*.parquet' a USING (document, sentence)
        JOIN 'dates/*.parquet' d USING (document, sentence)
    """)
    assert joined == [("a.txt", "Arcadia", "around 5%", "2022-05")]


@pytest.mark.parametrize(
    "query",
    re.findall(
        r"^```sql\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    ),
)
def test_the_queries_on_the_page_find_something(query, run, ask):
    run()
    assert ask(query)


def test_a_second_scan_reads_nothing_and_says_the_same(run, tables):
    first, _ = run()
    before = _bytes(tables)
    again, given = run()
    assert given == []
    assert (again.read, again.kept, again.mentions) == (0, 3, first.mentions)
    assert _bytes(tables) == before


def test_a_changed_document_replaces_its_rows_and_a_deleted_one_takes_them_along(
    run, folder, ask
):
    run()
    (folder / "a.txt").write_text("It rose by 7%.", encoding="utf-8")
    (folder / "b.md").unlink()
    report, _ = run()
    assert report.dropped > 0
    assert ask("SELECT document, text FROM 'numbers/*.parquet'") == [("a.txt", "7%")]
    assert ask("SELECT document FROM 'documents/*.parquet' ORDER BY ALL") == [
        ("a.txt",),
        ("old/c.TXT",),
    ]


def test_two_files_of_the_same_bytes_are_two_documents(run, folder, ask):
    shutil.copy(folder / "a.txt", folder / "z.txt")
    run()
    same = ask("""
        SELECT list(document ORDER BY document) FROM 'documents/*.parquet'
        GROUP BY sha256 HAVING count(*) > 1
    """)
    assert same == [(["a.txt", "z.txt"],)]


def test_what_is_torn_or_missing_is_read_again(run, tables):
    run()
    before = _bytes(tables)
    torn, gone = (
        next((tables / name).iterdir()) for name in ("documents", "quotations")
    )
    torn.write_bytes(torn.read_bytes()[:100])
    _, given = run()
    assert len(given) == 1
    gone.unlink()
    _, given = run()
    assert len(given) == 1
    assert _bytes(tables) == before


def test_what_was_refused_is_said_every_time(run, folder):
    (folder / "bad.txt").write_bytes(b"\xff")
    for _ in range(2):
        told: list[tuple[int, int]] = []
        report, _ = run(progress=lambda *counts, told=told: told.append(counts))
        assert told[-1] == (4, 4)
        (refused,) = map(str, report.refused)
        assert refused.startswith("bad.txt could not be read: not UTF-8 at byte 0 (")


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            Report(read=1500, seconds=4.0),
            "1,500 documents read (375.0 a second), 0 were there already, 0 refused\n",
        ),
        (
            Report(kept=14, dropped=2, refused=[Refused("a.txt", "is a link")]),
            (
                "0 documents read (none new), 14 were there already, 1 refused, 2 "
                "chunks of an earlier scan dropped\n"
            ),
        ),
        (
            Report(kept=1, others=Counter({".odt": 1200, ".\x1b[2J": 2})),
            (
                "0 documents read (none new), 1 were there already, 0 refused, 1,202 "
                "of other kinds passed over (.odt 1,200, .\\x1b[2J 2)\n"
            ),
        ),
        (
            Report(kept=1, others=Counter(".a .a .b .b .c .c .d .d .e .e .f".split())),
            (
                "0 documents read (none new), 1 were there already, 0 refused, 11 "
                "of other kinds passed over (.a 2, .b 2, .c 2, .d 2, .e 2)\n"
            ),
        ),
    ],
    ids=["new", "kept", "beside others", "of many kinds"],
)
def test_what_a_scan_did_is_said_in_two_lines(report, said):
    report.mentions.update({"numbers": 2000, "dates": 0})
    assert str(report) == f"{said}2,000 numbers, 0 dates"


def test_nothing_but_a_scan_is_written_over(run, tables):
    tables.mkdir()
    (tables / "thesis.parquet").write_bytes(b"years of work")
    with pytest.raises(ScanError, match="holds something else than a scan"):
        run()
    assert _bytes(tables) == {"thesis.parquet": b"years of work"}


def test_an_empty_folder_is_as_good_as_none(run, tables):
    tables.mkdir()
    assert run()[0].read == 3


def test_what_is_not_a_chunk_stays(run, tables, folder):
    run()
    mine = tables / "numbers" / "mine.parquet"
    mine.write_bytes(b"mine")
    (folder / "a.txt").unlink()
    run()
    assert mine.read_bytes() == b"mine"


def test_the_tables_cannot_lie_among_the_documents_nor_around_them(run, folder):
    before = _bytes(folder.parent)
    for target in (folder, folder / "tables", folder.parent):
        with pytest.raises(ScanError, match=r"one in the other\n  fix: .*--to"):
            run(target=target)
    assert _bytes(folder.parent) == before


def test_a_file_is_no_place_for_tables(run, tables):
    tables.write_bytes(b"mine")
    with pytest.raises(ScanError, match="is a file"):
        run()
    assert tables.read_bytes() == b"mine"


class _Counting(ThreadPoolExecutor):
    """An executor that counts what is under way when it is given more."""

    def __init__(self):
        super().__init__(1)
        self.given, self.most = [], 0

    def submit(self, task, chunk):
        self.given.append(super().submit(task, chunk))
        self.most = max(self.most, sum(not each.done() for each in self.given))
        return self.given[-1]


def test_no_more_chunks_are_in_memory_than_keep_the_workers_busy(
    tmp_path, tables, reader
):
    letters = tmp_path / "many"
    letters.mkdir()
    for number in range(600):
        (letters / f"{number:03}.txt").write_text("It rose.", encoding="utf-8")
    with _Counting() as counting:
        report = scan(letters, tables, reader=reader, workers=Workers(counting, 2))
    assert report.read == 600
    assert len(counting.given) > 5
    assert counting.most == 2


def test_a_worker_that_was_killed_is_one_plain_error(folder, tables, reader):
    class Killed:
        def submit(self, *_):
            future = Future()
            future.set_exception(BrokenExecutor())
            return future

    with pytest.raises(ScanError, match=r"ended from outside.*\n  fix: "):
        scan(folder, tables, reader=reader, workers=Workers(Killed(), 2))
