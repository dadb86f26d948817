"""A book is built from what holds together, and from nothing else."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
import yaml

from sourcebook.checking.book_check import look
from sourcebook.errors import SourcebookError
from sourcebook.site import build, build_process

# As `jupyter-book` is, but for 38 grammars of addresses, which take seconds to load.
PROGRAM = "import sourcebook.running; from jupyter_book.cli.main import main; main()"


def ran(how):
    """Return what stands in for a build that was loaded: run as given."""

    def loaded(command):
        return nullcontext(lambda time: how(command[-1], time))

    return loaded


@pytest.fixture
def tiny(root, tmp_path):
    """Return a function that builds a book of one notebook with the book's settings."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    config["bibtex_bibfiles"] = ["none.bib"]
    config["sphinx"]["extra_extensions"] = []  # ours need a whole book
    config["sphinx"]["config"] |= {"html_static_path": [], "html_css_files": []}
    config["sphinx"]["config"]["html_js_files"] = []
    whole_book = {"html_favicon", "templates_path", "html_theme_options"}
    ours = {
        name for name in config["sphinx"]["config"] if name.startswith("sourcebook_")
    }
    for name in whole_book | ours:
        del config["sphinx"]["config"][name]
    (tmp_path / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (tmp_path / "none.bib").touch()
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: page\n")

    def run(code):
        cells = [
            nbformat.v4.new_markdown_cell("# A page", id="a"),
            nbformat.v4.new_code_cell(code, id="b"),
        ]
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, tmp_path / "page.ipynb")
        command = [sys.executable, "-c", PROGRAM, "build", tmp_path, "-W"]
        command.append("--keep-going")
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


@pytest.mark.slow
def test_a_failing_notebook_fails_the_build_and_shows_where(tiny):
    done = tiny("1 / 0")
    assert done.returncode != 0
    assert "ZeroDivisionError" in done.stdout + done.stderr
    sound = tiny("6 * 7")
    assert sound.returncode == 0, sound.stdout + sound.stderr


def test_a_fault_stops_the_build_before_it_begins(root, monkeypatch):
    def refuse(_root):
        raise SourcebookError("seeds/acme.yml: 1 fault")

    monkeypatch.setattr("sourcebook.checking.book_check.look", refuse)
    monkeypatch.setattr(build, "_loaded", ran(lambda *_: pytest.fail("built")))
    with pytest.raises(SourcebookError, match="1 fault"):
        build.build_book(root, fresh=True)


def test_what_is_as_it_was_is_neither_checked_nor_built(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "is_unchanged", lambda root: root == tmp_path)
    monkeypatch.setattr("sourcebook.checking.book_check.look", pytest.fail)
    monkeypatch.setattr(build, "_loaded", ran(lambda *_: pytest.fail("built")))
    assert build.build_book(tmp_path) is False


def test_what_a_build_loads_leaves_large_libraries_for_later():
    program = """
import sys; from importlib import import_module as load
from sourcebook.site import build_process as b
sys.modules |= {n: b._Later(n) for n in b._LATER}
[*map(load, b._SOON)]
print([n for n in b._LATER if type(sys.modules[n]) is not b._Later])
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_decline_that_does_not_hold_is_a_fault(root, tmp_path, monkeypatch):
    path = tmp_path / "declined.yml"
    pair = "[valiyev-yagubova-2022/gas-share, bbc-2025/gas-share]"
    path.write_text(f"- pair: {pair}\n  reason: another matter\n", encoding="utf-8")
    monkeypatch.setattr("sourcebook.comparing.suggested_pairs.DECLINED", str(path))
    with pytest.raises(SourcebookError, match="a question asks about it"):
        look(root).held()


def test_a_warning_is_an_error(tmp_path, monkeypatch):
    """And readers keep the site they have, whatever was written meanwhile."""
    page = tmp_path / "_build/html/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("good", encoding="utf-8")

    def write_and_warn(out, time):
        assert time == "1750000000"
        made = Path(out) / "index.html"
        made.parent.mkdir(parents=True)
        made.write_text("half", encoding="utf-8")
        return 1

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    sound = SimpleNamespace(held=list)
    monkeypatch.setattr("sourcebook.checking.book_check.look", lambda _: sound)
    monkeypatch.setattr(build, "_loaded", ran(write_and_warn))
    with pytest.raises(SourcebookError, match="first WARNING or ERROR"):
        build.build_book(tmp_path)
    assert page.read_text(encoding="utf-8") == "good"


def test_a_build_that_the_system_ends_is_told_by_its_signal(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    command = [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
    with (
        build._loaded(command) as run,
        pytest.raises(SourcebookError, match=r"ended it \(SIGKILL\)\n  fix: mostly"),
    ):
        build._build(tmp_path, None, None, run)


@pytest.mark.parametrize("code", [build_process.TOLD, build_process.DAMAGED])
def test_what_a_build_has_told_is_not_told_again(tmp_path, monkeypatch, capsys, code):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    monkeypatch.setattr(build, "_loaded", ran(lambda *_: code))
    with (
        build.book_builder(tmp_path, "html", tmp_path / "_build/html.next") as run,
        pytest.raises(SystemExit, match=r"^1\Z"),
    ):
        run()
    assert "read the first WARNING" not in capsys.readouterr().err


def test_what_an_earlier_build_kept_is_made_anew_where_it_is_damaged(
    tmp_path, monkeypatch, capsys
):
    kept = (".doctrees", ".jupyter_cache", "jupyter_execute", "html.next")
    there = []

    def once_damaged(_out, _time):
        there.append(sorted(each.name for each in (tmp_path / "_build").iterdir()))
        return 0 if there[1:] else build_process.DAMAGED

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1750000000")
    monkeypatch.setattr(build, "_loaded", ran(once_damaged))
    for name in kept:
        (tmp_path / "_build" / name).mkdir(parents=True)
    with build.book_builder(tmp_path, "html", tmp_path / "_build/html.next") as run:
        run()
    assert there == [sorted(kept), []]
    assert "damaged; made anew" in capsys.readouterr().err


def test_pages_that_others_changed_are_read_anew_and_after_an_interrupt_are_not(
    tmp_path,
):
    """What was flipped in them would else be on the pages that are written again."""
    page, note = tmp_path / ".doctrees" / "gas.doctree", tmp_path / "note"

    def kept():
        with build_process._as_left(page.parent, note=note):
            return page.is_file()

    def interrupted():
        with build_process._as_left(page.parent, note=note):
            page.parent.mkdir(exist_ok=True)
            page.write_bytes(b"upper")
            assert not note.exists()  # nor is there one where a build was killed
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert kept()
    times = page.stat().st_atime_ns, page.stat().st_mtime_ns
    page.write_bytes(b"lower")
    os.utime(page, ns=times)
    assert not kept()
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    note.unlink()
    assert not kept()


def test_what_fails_before_a_build_begins_is_told_without_a_traceback():
    program = "from sourcebook.site import build_process as b; b._LATER = 1; b.main()"
    done = subprocess.run(
        [sys.executable, "-c", program, ".", "html", "out"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == build_process.TOLD
    assert "ERROR: build_process.py:" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_page_that_sphinx_warns_of_fails_the_build(tmp_path):
    for name, text in {
        "_config.yml": "title: Small\nexecute: {execute_notebooks: 'off'}\n",
        "_toc.yml": "format: jb-book\nroot: index\n",
        "index.md": "# Small\n\nSee {doc}`what-is-not-there`, {doc}`nor-this`.\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    program = [sys.executable, "-m", "sourcebook.site.build_process"]
    done = subprocess.run(
        [*program, tmp_path, "html", tmp_path / "_build/html"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "what-is-not-there" in done.stderr
    assert "nor-this" in done.stderr  # all are told, not the first alone
    assert done.returncode == 1


def test_a_build_waits_until_it_is_told_the_time(tmp_path):
    """What was never told to begin is gone when whoever started it goes on."""
    program = (
        "import os, pathlib; from sourcebook.site import build_process; "
        "build_process._SOON = (); build_process._wait(); "
        f"path = pathlib.Path({str(tmp_path)!r}, 'began'); "
        "path.write_text(os.environ['SOURCE_DATE_EPOCH']); raise SystemExit(3)"
    )
    command = [sys.executable, "-c", program]
    began = tmp_path / "began"
    with build._loaded(command):
        pass
    assert not began.exists()
    with build._loaded(command) as run:
        assert not began.exists()
        assert run("1750000000") == 3
    assert began.read_text(encoding="utf-8") == "1750000000"


def test_what_cannot_be_loaded_has_its_own_exit_code():
    command = [sys.executable, "-c", "raise SystemExit(4)"]
    with build._loaded(command) as run:
        assert run("1750000000") == 4


def test_a_build_whose_starter_has_gone_begins_nothing():
    """It was killed, say, and could say nothing any more."""
    wait, go = os.pipe()
    os.close(go)
    program = (
        "from sourcebook.site import build_process; build_process._SOON = (); "
        "build_process._wait(); print('began')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, build_process.WAIT: str(wait)},
        pass_fds=[wait],
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(wait)
    assert (done.returncode, done.stdout) == (1, "")


def test_a_build_that_is_interrupted_before_it_begins_says_nothing():
    """Ctrl-C reaches it as well as whoever started it, who says so."""
    program = (
        "import os, signal; from sourcebook.site import build_process; "
        "build_process._SOON = (); "
        "build_process.importlib.import_module = lambda _: signal.raise_signal(2); "
        "build_process._wait()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, build_process.WAIT: "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_a_build_ends_with_whoever_started_it():
    """Killed, that one no longer holds the book, and another build may begin."""
    program = (
        "import time; from sourcebook.site import build_process; "
        "build_process._SOON = (); build_process._wait(); "
        "print('began', flush=True); time.sleep(4); print('lived on')"
    )
    starter = (
        "import os, sys; from sourcebook.site.build import _loaded\n"
        f"command = [sys.executable, '-c', {program!r}]\n"
        "with _loaded(command) as run: run('1750000000')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", starter], stdout=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout.readline() == "began\n"
        started.kill()
        assert started.stdout.read() == ""  # which ends when both have


def test_a_build_deaf_to_ctrl_c_ends_with_whoever_started_it_when_asked():
    """A shell has what is started with `&` ignore Ctrl-C: its children do so too."""
    program = (
        "import time; from sourcebook.site import build_process; "
        "build_process._run = lambda *_: print('began', flush=True) or time.sleep(9); "
        "build_process.main()"
    )
    starter = (
        "import os, signal, sys; from sourcebook.site import build; "
        "signal.signal(signal.SIGINT, signal.SIG_IGN); "
        "signal.signal(signal.SIGTERM, signal.default_int_handler)\n"
        f"with build._loaded([sys.executable, '-c', {program!r}, '', '', '']) "
        "as run: run('1')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", starter],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as started:  # fmt: skip
        assert started.stdout.readline() == "began\n"
        started.terminate()
        assert started.communicate(timeout=5)[1].startswith("\nInterrupted!\n")


def test_a_large_library_is_loaded_when_something_is_asked_of_it():
    """Until then any number of modules may import it."""
    program = (
        "import sys; from sourcebook.site.build_process import _Later; "
        "sys.modules['fractions'] = _Later('fractions'); "
        "import fractions; import fractions as again; "
        "print('Fraction' in vars(fractions)); print(again.Fraction(1, 2)); "
        "from fractions import Fraction; print(Fraction is again.Fraction)"
    )
    command = [sys.executable, "-c", program]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert said.stdout.split() == ["False", "1/2", "True"]


def test_what_reads_notebooks_does_without_the_grammars_of_addresses():
    program = (
        "import sys, sourcebook.running.batch; "
        "print(sys.modules['rfc3987_syntax'], 'jsonschema' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert said.stdout.split() == ["None", "True"]


@pytest.mark.parametrize(
    ("stays", "says", "code"),
    [(True, True, 0), (True, False, 5), (False, False, 5)],
    ids=["says that it is done", "ended before", "does not stay"],
)
def test_a_build_that_stays_is_done_when_it_says_so(monkeypatch, stays, says, code):
    begun, begin = [], subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda *a, **k: begun.append(begin(*a, **k)) or begun[-1]
    )
    said = f"os.write(int(os.environ['{build_process.BUILT}']), b'1')" if says else "0"
    command = [sys.executable, "-c", f"import os; {said}; raise SystemExit(5)"]
    here, there = socket.socketpair()
    if stays:
        monkeypatch.setenv(build_process.STAY, str(there.fileno()))
    with here, there, build._loaded(command) as run:
        assert run("1750000000") == code
    assert begun[0].wait() == 5  # who stays is not waited for
