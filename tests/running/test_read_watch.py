"""What a watch notes of Python's events, what it refuses, and what it leaves alone."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import pytest

import sourcebook
from sourcebook.running.read_watch import Watch, digest, names

NEW = os.O_WRONLY | os.O_CREAT
LATER = 3600


@pytest.fixture
def watch(book, monkeypatch):
    monkeypatch.chdir(book.root / "notebooks")
    for path in (book.root / "seeds").iterdir():  # older than any run
        os.utime(path, (1, 1))
    return Watch(str(book.root))


@pytest.mark.parametrize(
    ("event", "files", "folders"),
    [
        (("open", "../seeds/a.yml", "r", os.O_RDONLY), ["seeds/a.yml"], []),
        (("open", b"../seeds/a.yml", "r", os.O_RDONLY), ["seeds/a.yml"], []),
        (("open", Path("../seeds"), None, None), ["seeds"], []),
        (("open", 7, "r", os.O_RDONLY), [], []),
        (("open", "../../elsewhere.yml", "r", os.O_RDONLY), [], []),
        (("open", "../.git/config", "r", os.O_RDONLY), [], []),
        (("open", "../seeds/__pycache__/a.pyc", "r", os.O_RDONLY), [], []),
        (("os.listdir", "../seeds"), [], ["seeds"]),
        (("os.scandir", ".."), [], ["."]),
        (("os.listdir", None), [], ["notebooks"]),
        (("os.listdir", "../.."), [], []),
        (("os.walk", "../seeds"), [], []),
    ],
)
def test_what_is_read_below_the_root_is_noted(watch, event, files, folders):
    watch.hook(event[0], event[1:])
    assert (sorted(watch.files), sorted(watch.folders)) == (files, folders)
    watch.on = False
    watch.hook("open", ("../seeds/b.yml", "r", os.O_RDONLY))
    assert sorted(watch.files) == files


def test_a_file_that_only_this_machine_has_is_told(
    watch, tmp_path_factory, monkeypatch
):
    beside = tmp_path_factory.mktemp("beside")
    passing, hidden, mine = (beside / n for n in ("passing/x", ".cache/x", "my.csv"))
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(passing.parent))
    for path in (passing, hidden, mine):
        path.parent.mkdir(exist_ok=True)
        path.touch()
    for path in (passing, hidden, mine, beside / "none", sys.executable, os.__file__):
        watch.hook("open", (str(path), "r", os.O_RDONLY))
    watch.hook("open", ("../seeds/a.yml", "r", os.O_RDONLY))
    watch.hook("open", ("../.git/config", "r", os.O_RDONLY))
    assert json.loads(watch.report())["outside"] == [str(mine)]


def test_a_book_reached_by_a_link_is_the_book(watch, book, tmp_path_factory):
    link = tmp_path_factory.mktemp("beside") / "book"
    link.symlink_to(book.root)
    assert watch.inside(link / "seeds/a.yml") == "seeds/a.yml"
    assert Watch(str(link)).inside(book.root / "seeds/a.yml") == "seeds/a.yml"


def test_a_folder_that_is_open_has_its_own_name(watch, book):
    folder = os.open(book.root / "seeds", os.O_RDONLY)
    try:
        watch.hook("os.scandir", (folder,))
        assert watch.folders == {"seeds"}
        with pytest.raises(PermissionError, match=r"^seeds/a\.yml: a notebook must"):
            watch.hook("os.remove", ("a.yml", folder))
    finally:
        os.close(folder)


def test_python_looking_for_modules_lists_nothing(watch, book):
    name = book.root / "importlib" / "finder.py"
    exec(compile("watch.hook('os.listdir', ('.',))", name, "exec"), {"watch": watch})  # noqa: S102
    assert watch.folders == set()


@pytest.mark.parametrize(
    ("event", "refused"),
    [
        (("open", "../seeds/c.yml", "w", NEW), "seeds/c.yml"),
        (("open", "../_build/c.yml", "w", NEW), None),
        (("os.rmdir", "../seeds", -1), "seeds"),
        (("os.truncate", "../seeds/a.yml", 0), "seeds/a.yml"),
        (("os.rename", "../seeds/a.yml", "../../a.yml", -1, -1), "seeds/a.yml"),
        (("os.rename", "../../a.yml", "../seeds/a.yml", -1, -1), "seeds/a.yml"),
        (("os.link", "../../a.yml", "../seeds/c.yml", -1, -1), "seeds/c.yml"),
        (("os.symlink", "../seeds/a.yml", "../../c.yml", -1), None),
        (("os.mkdir", "../seeds/new", 0o777, -1), "seeds/new"),
        (("os.mkdir", "../seeds", 0o777, -1), None),
    ],
)
def test_what_would_change_the_book_is_refused_with_its_cell(watch, event, refused):
    watch.next_cell()
    watch.next_cell()
    if refused is None:
        watch.hook(event[0], event[1:])
    else:
        with pytest.raises(PermissionError, match=rf"^{refused}: a notebook must not"):
            watch.hook(event[0], event[1:])
    assert watch.changed == ([] if refused is None else [(2, refused)])


def test_the_report_has_a_digest_of_each_and_tells_what_moved_meanwhile(watch, book):
    seeds = book.root / "seeds"
    for name in ("a.yml", "b.yml", "gone.yml"):
        watch.hook("open", (f"../seeds/{name}", "r", os.O_RDONLY))
    watch.hook("os.listdir", ("../seeds",))
    watch.changed.append((1, "seeds/c.yml"))
    (seeds / "b.yml").write_text("b, meanwhile\n")
    found = json.loads(watch.report())
    assert found["changed"] == [[1, "seeds/c.yml"]]
    assert found["reads"]["folders"] == {"seeds": names(str(seeds))}
    files = found["reads"]["files"]
    assert files.pop("seeds/a.yml") == sha256(b"a\n").hexdigest()
    assert files == {"seeds/b.yml": "changed", "seeds/gone.yml": ""}
    modules = found["reads"]["modules"]
    home = Path(sys.modules["sourcebook"].__file__).read_bytes()
    assert modules["sourcebook/__init__.py"] == sha256(home).hexdigest()
    assert watch.on is False


def test_a_file_of_the_package_is_a_module_wherever_the_book_lies():
    package = Path(sourcebook.__file__).parent
    watch = Watch(str(package.parent))
    watch.hook("open", (package / "errors.py", "r", os.O_RDONLY))
    reads = json.loads(watch.report())["reads"]
    assert "sourcebook/errors.py" in reads["modules"]
    assert "sourcebook/errors.py" not in reads["files"]


def test_a_clock_that_was_ahead_is_no_change(watch, book):
    ahead = time.time() + LATER
    os.utime(book.root / "seeds/a.yml", (ahead, ahead))
    watch.hook("open", ("../seeds/a.yml", "r", os.O_RDONLY))
    assert json.loads(watch.report())["reads"]["files"] != {"seeds/a.yml": "changed"}


def test_names_of_tools_are_not_among_those_of_a_folder(book):
    seeds = book.root / "seeds"
    before = names(str(seeds))
    assert before == f"2 {sha256(b'a.yml' + bytes(1) + b'b.yml').hexdigest()}"
    (seeds / "__pycache__").mkdir()
    (seeds / ".b.yml.part").touch()
    assert names(str(seeds)) == before
    assert names(str(seeds / "nowhere")) == digest(str(seeds / "nowhere")) == ""
