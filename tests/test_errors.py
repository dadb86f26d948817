"""Whatever goes wrong ends as one message: place, fault, remedy; and no traceback."""

from __future__ import annotations

import errno
import os
import pickle
import sqlite3
import subprocess
import sys
import weakref
from contextlib import nullcontext

import click
import nbformat
import pytest
import yaml
from click.testing import CliRunner
from jupyter_cache import get_cache
from jupyter_client.kernelspec import NoSuchKernel
from pybtex.scanner import PybtexSyntaxError
from sqlalchemy.exc import OperationalError

from sourcebook.commands.command_line import main
from sourcebook.errors import DEBUG, explained, is_damage
from sourcebook.running.execution_store import CACHE
from sourcebook.site import build
from sourcebook.site.publication import READ


def _system(number):
    return OSError(number, os.strerror(number), "/book/_build")


def _by_the_cache(said):
    """What Jupyter's cache makes of an error of its database."""
    error = RuntimeError("Unexpected error accessing jupyter cache")
    error.__cause__ = OperationalError("SELECT", {}, sqlite3.OperationalError(said))
    return error


class _Parser:
    filename, lineno = "references.bib", 7

    def get_error_context_info(self):
        return None


ERRORS = {
    "read-only folder": (_system(errno.EROFS), "/book/_build: not for us to read or"),
    "not ours": (_system(errno.EACCES), "/book/_build: not for us to read or"),
    "disk full": (_system(errno.ENOSPC), "/book/_build: the disk is full"),
    "disk full, and no word of where": (
        OSError(errno.ENOSPC, "No space left"), "the system: the disk is full"
    ),
    "database that is only to be read": (
        _by_the_cache("attempt to write a readonly database"), "not for us to write ("
    ),
    "file too large": (_system(errno.EFBIG), "/book/_build: the file may not grow"),
    "too many files": (_system(errno.EMFILE), "too many files are open"),
    "gone": (_system(errno.ENOENT), "/book/_build: No such file or directory"),
    "folder in the way": (
        _system(errno.EISDIR), "/book/_build: what an earlier build kept in _build is"
    ),
    "file in the way": (
        _system(errno.ENOTDIR), "/book/_build: what an earlier build kept in _build is"
    ),
    "not UTF-8": (
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"), "a file is not UTF-8"
    ),
    "locale": (
        UnicodeEncodeError("ascii", "\udcff", 0, 1, "no"), "cannot be written in this"
    ),
    "nesting": (RecursionError("maximum recursion depth"), "nested too deeply"),
    "memory": (MemoryError(), "no memory left"),
    "threads": (RuntimeError("can't start new thread"), "no memory left"),
    "memory, for Python itself": (
        SystemError("error return without exception set"), "no memory left"
    ),
    "processes": (_system(errno.EAGAIN), "no more processes may be started"),
    "memory for a library": (
        ImportError("x.so: failed to map segment from shared object"), "no memory left"
    ),
    "database": (sqlite3.DatabaseError("malformed"), "what an earlier build kept"),
    "database, by a library": (
        OperationalError("SELECT", {}, Exception("x")), "what an earlier build kept"
    ),
    "database, by the cache": (
        _by_the_cache("no such table: nbcache"), "what an earlier build kept in _build"
    ),
    "database on a full disk": (
        _by_the_cache("database or disk is full"), "the disk is full (OperationalError"
    ),
    "database and too many files": (
        _by_the_cache("unable to open database file"), "cannot be opened or written ("
    ),
    "database that others have": (
        _by_the_cache("database is locked"), "another program has it (Operat"
    ),
    "pickle": (pickle.UnpicklingError("bad"), "what an earlier build kept"),
    "kernel": (NoSuchKernel("julia"), "names a kernel that is not there"),
    "library": (ModuleNotFoundError("No module named 'x'"), "cannot be loaded"),
    "YAML": (yaml.YAMLError("while scanning"), "a file is not YAML"),
    "BibTeX": (PybtexSyntaxError("token", _Parser()), "references.bib is not BibTeX"),
    "digits": (ValueError("Exceeds the limit"), "nobody foresaw: ValueError: Exceeds"),
    "escapes": (KeyError("\x1b[2J"), "nobody foresaw: KeyError"),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_each_error_is_one_message_with_a_remedy(root, name, monkeypatch):
    error, expected = ERRORS[name]

    def fail(_root):
        raise error

    monkeypatch.setattr("sourcebook.checking.book_check.look", fail)
    done = CliRunner().invoke(main, ["--root", str(root), "check"])
    assert done.exit_code == 1
    assert expected in done.output
    assert "\n  fix: " in done.output
    assert "Traceback" not in done.output
    assert "\x1b" not in done.output


def test_the_traceback_is_there_for_whoever_asks(root, monkeypatch):
    monkeypatch.setenv(DEBUG, "")
    monkeypatch.setattr("sourcebook.checking.book_check.look", lambda _: 1 / 0)
    done = CliRunner().invoke(main, ["--root", str(root), "--debug", "check"])
    assert isinstance(done.exception, ZeroDivisionError)


def test_an_error_is_let_go_of_before_it_is_told(root, monkeypatch):
    """What it holds may be the memory that is short, and to tell it takes some."""

    class Large:
        pass

    held = []

    def fail(_root):
        large = Large()
        held.append(weakref.ref(large))
        raise MemoryError

    monkeypatch.setattr("sourcebook.checking.book_check.look", fail)
    monkeypatch.setattr(
        click.ClickException,
        "show",
        lambda self: click.echo(f"{self.message} {held[0]()}"),
    )
    done = CliRunner().invoke(main, ["--root", str(root), "check"])
    assert done.output.endswith("(ulimit -a) None\n")


def test_the_place_is_where_our_code_was():
    with pytest.raises(AttributeError) as caught:
        object().no_error  # noqa: B018 - for its fault
    assert explained(caught.value).startswith("test_errors.py:")


def test_a_build_with_damaged_leavings_begins_anew(tmp_path, monkeypatch, capsys):
    """And only once: what is damaged again has another cause."""
    (tmp_path / CACHE).mkdir(parents=True)
    (tmp_path / READ).write_text("no folder", encoding="utf-8")
    codes = [build.DAMAGED, 0]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    loaded = nullcontext(lambda _time: codes.pop(0))
    monkeypatch.setattr(build, "_loaded", lambda *_: loaded)
    with build.book_builder(tmp_path, "html", tmp_path / "out") as run:
        run()
    assert not codes
    assert not (tmp_path / CACHE).exists()
    assert not (tmp_path / READ).exists()
    assert "what an earlier build kept is damaged" in capsys.readouterr().err


def test_a_build_on_a_full_disk_names_the_folder(monkeypatch, capsys):
    def fill(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(build, "_run", fill)
    monkeypatch.setattr(sys, "argv", ["", "/book", "html", "/book/_build/html.next"])
    with pytest.raises(SystemExit):
        build.main()
    assert "ERROR: /book/_build: the disk is full\n" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("toc", "code", "said"),
    [
        (
            "format: jb-book\nroot: [",
            build.TOLD,
            "the book cannot be built (Extension",
        ),
        ("format: jb-book\nroot: page", build.DAMAGED, "what an earlier build"),
    ],
    ids=["contents", "pickle"],
)
def test_a_build_shows_no_traceback(tmp_path, toc, code, said):
    (tmp_path / "_toc.yml").write_text(toc, encoding="utf-8")
    (tmp_path / "page.md").write_text("# Page", encoding="utf-8")
    extension = (
        "import pickle\n"
        "def setup(app): app.connect('builder-inited', lambda app: pickle.loads(b'x'))"
    )
    (tmp_path / "bad.py").write_text(extension, encoding="utf-8")
    (tmp_path / "_config.yml").write_text(
        "sphinx: {extra_extensions: [bad]}", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-c", build._PROGRAM, tmp_path, "html", tmp_path / "out"],
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{os.environ['PYTHONPATH']}"}
        if "PYTHONPATH" in os.environ
        else {**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert f"ERROR: {said}" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_damage_is_told_from_other_faults():
    assert [name for name, (error, _) in ERRORS.items() if is_damage(error)] == [
        "folder in the way", "file in the way",
        "database", "database, by a library", "database, by the cache", "pickle",
    ]  # fmt: skip


@pytest.mark.parametrize("kept", [b"\xff\xfe", b"{", b"[]"])
def test_a_kept_run_that_cannot_be_read_is_damage(tmp_path, kept):
    cache = get_cache(tmp_path / "cache")
    path = tmp_path / "page.ipynb"
    nbformat.write(nbformat.v4.new_notebook(), path)
    record = cache.cache_notebook_file(path, check_validity=False)
    (base,) = (tmp_path / "cache").glob("executed/*/base.ipynb")
    base.write_bytes(kept)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any that it may have
        cache.get_cache_bundle(record.pk)
    assert is_damage(caught.value)
    assert "rm -r _build" in explained(caught.value)
