"""What has changed is run again, nothing else, and the reason is told."""

from __future__ import annotations

import json
import os
import shutil

import nbformat
import pytest
from jupyter_cache.cache.main import JupyterCacheBase

from sourcebook.errors import SourcebookError
from sourcebook.running import batch as renewal
from sourcebook.running.batch import renew
from sourcebook.running.execution_record import Code, Reads, RunRecord
from sourcebook.running.execution_store import CACHE, Store, count, each, reasons

READ = "print(open('../../seeds/{}.yml').read())"
RECORD = "records/notebooks/sources/one.ipynb.json"
LIST = "import os\nlen(os.listdir('../../seeds'))"


@pytest.fixture(scope="module")
def once(made_book):
    """Return a book of three notebooks that have run: on a, on b, on the folder."""
    book = made_book
    names = (
        book.write("one", READ.format("a"), "import sourcebook.errors"),
        book.write("two", READ.format("b")),
        book.write("three", LIST),
    )
    renew(book.root, names)
    book.names = names
    return book


@pytest.fixture
def ran(once, book):
    """Return a copy of that book, to be harmed."""
    shutil.copytree(once.root, book.root, dirs_exist_ok=True)
    book.names = once.names
    return book


def _why(book):
    return {
        name.rpartition("/")[2][:-6]: why for name, why in reasons(book.root).items()
    }


FRESH = {"one": "", "two": "", "three": ""}


def _edit(path):
    return lambda root: (root / path).write_text("changed\n")


def _recode(root):
    path = root / "notebooks/sources/one.ipynb"
    path.write_text(path.read_text().replace("sourcebook.errors", "sourcebook"))


def _prose(root):
    path = root / "notebooks/sources/one.ipynb"
    path.write_text(path.read_text().replace("# one", "# Another title"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda _: None, {}),
        (_edit("seeds/a.yml"), {"one": "seeds/a.yml changed"}),
        (_edit("seeds/c.yml"), {"three": "new file in seeds/"}),
        (lambda root: (root / "seeds/b.yml").unlink(),
         {"two": "seeds/b.yml is gone", "three": "missing file in seeds/"}),
        (lambda root: (root / "seeds/b.yml").rename(root / "seeds/c.yml"),
         {"two": "seeds/b.yml is gone", "three": "renamed file in seeds/"}),
        (_edit("requirements.lock"), dict.fromkeys(FRESH, "requirements.lock changed")),
        (_recode, {"one": "cell 2 changed"}),
        (_prose, {}),
        (_edit("README.md"), {}),
        (lambda root: os.utime(root / "seeds/a.yml", (1, 1)), {}),
        (lambda root: shutil.rmtree(root / CACHE), dict.fromkeys(FRESH, "never run")),
    ],
    ids="nothing sheet new gone renamed lock cell prose readme touched cache".split(),
)  # fmt: skip
def test_each_reason_and_whom_it_touches(ran, change, expected):
    change(ran.root)
    assert _why(ran) == FRESH | expected


def test_a_cell_is_the_same_code_in_one_piece_and_in_lines():
    one, other, third = (
        Code.of({"cells": [{"cell_type": "code", "source": source}]})
        for source in ("a\nb", ["a\n", "b"], ["a\n", "c"])
    )
    assert one == other != third


def test_what_is_no_record_is_read_as_none(tmp_path):
    path = tmp_path / "record.json"
    assert RunRecord.read(path) is None
    for text in ("", "[]", "{}", '{"reads": {}, "cells": []}'):
        path.write_text(text, encoding="utf-8")
        assert RunRecord.read(path) is None
    made = RunRecord("k", 1.5, "p", ("a",), {"Python": "3"}, Reads({"a": "1"}))
    made.write(path)
    assert RunRecord.read(path) == made


def test_a_module_of_the_package_counts_where_it_was_imported(ran):
    digest = Store(ran.root)._present.module("sourcebook/errors.py")
    assert digest
    path = Store(ran.root).record_path(ran.names[0])
    record = path.read_text()
    path.write_text(record.replace(digest, "0" * 64))
    assert _why(ran) == FRESH | {"one": "sourcebook/errors.py changed"}


def test_only_what_is_stale_runs_again(ran, monkeypatch):
    ran_again = []
    run_all = renewal.run_all

    def counting(tasks, keep, **more):
        ran_again.extend(task.name for task in tasks)
        return run_all(tasks, keep, **more)

    monkeypatch.setattr(renewal, "run_all", counting)
    (ran.root / "seeds/a.yml").write_text("changed")
    done = renew(ran.root, ran.names)
    assert done == {ran.names[0]: "seeds/a.yml changed"}
    assert ran_again == [ran.names[0]]
    assert _why(ran) == FRESH
    assert renew(ran.root, ran.names) == {}


def test_jupyter_book_finds_what_was_run(ran):
    notebook = nbformat.read(ran.root / ran.names[0], as_version=4)
    filled = Store(ran.root).fill(notebook)
    assert filled.cells[1].outputs[0]["text"] == "a\n\n"


def test_a_failure_keeps_what_was_good_and_drops_what_is_stale(ran):
    (ran.root / "seeds/a.yml").write_text("changed")
    bad = ran.write("two", "1 / 0")
    good = ran.write("four", "4")
    with pytest.raises(SourcebookError) as caught:
        renew(ran.root, [*ran.names, good])
    assert "1 notebook failed" in str(caught.value)
    assert f"{bad}: cell 1 raised ZeroDivisionError" in str(caught.value)
    assert _why(ran) == FRESH | {"four": "", "two": "cell 1 changed"}
    executed = {path.name for path in (ran.root / CACHE / "executed").iterdir()}
    kept = (Store(ran.root).record(name) for name in (*ran.names, good))
    assert executed == {record.key for record in kept if record}


def _flip(cache, _):
    """Spoil a record without hurting the form of the database."""
    database = cache / "global.db"
    data = database.read_bytes()
    assert b"execution_seconds" in data
    database.write_bytes(data.replace(b'{"execution_seconds', b'["execution_seconds'))


def _cut(cache, _):
    database = cache / "global.db"
    database.write_bytes(database.read_bytes()[:-4096] + bytes(4096))


def _rename_column(cache, _):
    database = cache / "global.db"
    database.write_bytes(database.read_bytes().replace(b"traceback", b"tracebook"))


@pytest.mark.parametrize("harm", [_flip, _cut, _rename_column])
def test_a_damaged_database_is_named_and_made_anew(ran, harm, capfd):
    harm(ran.root / CACHE, "")
    assert list(renew(ran.root, ran.names)) == list(ran.names)
    said = capfd.readouterr().err
    assert f"{ran.root / CACHE / 'global.db'} is damaged: all notebooks" in said
    assert _why(ran) == FRESH
    test_jupyter_book_finds_what_was_run(ran)


def _reword(cache, key):
    kept = cache / "executed" / key / "base.ipynb"
    kept.write_text(kept.read_text().replace('"a\\n', '"e\\n'))


@pytest.mark.parametrize(
    "harm",
    [
        lambda cache, _: (cache / "global.db").write_bytes(b"no database"),
        lambda cache, _: (cache / "global.db").unlink(),
        lambda cache, key: shutil.rmtree(cache / "executed" / key),
        _reword,
        lambda cache, _: (cache / RECORD).write_text("{"),
    ],
    ids=["database", "no database", "outputs", "a letter", "record"],
)  # fmt: skip
def test_a_cache_that_was_harmed_mends_itself(ran, harm):
    record = Store(ran.root).record(ran.names[0])
    harm(ran.root / CACHE, record.key)
    assert ran.names[0] in renew(ran.root, ran.names)
    assert _why(ran) == FRESH
    test_jupyter_book_finds_what_was_run(ran)


@pytest.mark.parametrize("name", ["why?", "a%20b"])
def test_a_path_that_the_cache_would_read_otherwise_is_refused(tmp_path, name):
    store = Store(tmp_path / name)
    with pytest.raises(SourcebookError, match=r"no run is kept below.*\n  fix: move"):
        store.fill(nbformat.v4.new_notebook())
    assert not any(tmp_path.iterdir())


def test_records_are_the_same_bytes_from_run_to_run(ran):
    path = Store(ran.root).record_path(ran.names[0])
    before = json.loads(path.read_text())
    shutil.rmtree(ran.root / CACHE)
    renew(ran.root, ran.names)
    after = json.loads(path.read_text())
    assert before | {"seconds": 0} == after | {"seconds": 0}


def test_the_status_in_words(ran):
    (ran.root / "seeds/a.yml").write_text("changed")
    assert each(ran.root) == [
        "notebooks/sources/one.ipynb: stale: seeds/a.yml changed",
        "notebooks/sources/three.ipynb: fresh",
        "notebooks/sources/two.ipynb: fresh",
    ]
    assert count(ran.root).startswith("3 notebooks, 1 to run")


def test_an_end_halfway_through_keeping_leaves_no_record(ran, monkeypatch):
    def end(*_, **__):
        raise KeyboardInterrupt

    (ran.root / "seeds/a.yml").write_text("changed")
    monkeypatch.setattr(JupyterCacheBase, "cache_notebook_bundle", end)
    with pytest.raises(KeyboardInterrupt):
        renew(ran.root, ran.names)
    (ran.root / "seeds/a.yml").write_text("a\n")  # else it were stale for another cause
    assert _why(ran) == FRESH | {"one": "never run"}
