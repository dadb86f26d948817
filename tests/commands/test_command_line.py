"""The command line says what it found, and ends with one plain error."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sourcebook.authoring.new_collection import EXAMPLE
from sourcebook.commands.command_line import main
from sourcebook.running.text_pairs import text_pairs

WAIVERS = (
    '  - quote: "A museum and its visitors"\n    reason: label\n'
    '  - quote: "1 March 2024"\n    reason: page-furniture\n'
)
PARTIAL = (  # as one is that somebody is still coding
    ("state: complete", "state: partial\n  only: what is not furniture"),
    (f"\nwaivers:\n{WAIVERS}", "\n"),
)


@pytest.fixture
def book(begun, tmp_path):
    """A small book of one's own, whose one sheet may be spoiled."""
    return shutil.copytree(begun, tmp_path / "book")


def _change(book, *changes):
    """Change words of the sheet, which has to have them."""
    sheet = book / "seeds" / f"{EXAMPLE}.yml"
    text = sheet.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    sheet.write_text(text, encoding="utf-8")


def _run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_check_counts_what_it_found(root):
    done = _run("--root", root, "check")
    assert done.exit_code == 0, done.output
    assert "no fault found" in done.output


def test_check_names_file_place_and_remedy(book):
    _change(book, ("1,200 visitors", "1,300 visitors"))
    done = _run("--root", book, "check")
    assert done.exit_code == 1
    assert f"seeds/{EXAMPLE}.yml" in done.output
    assert "closest (line 1)" in done.output
    assert "fix:" in done.output
    assert "Traceback" not in done.output


def test_status_shows_a_partial_sheet_as_partial(book):
    done = _run("--root", book, "status")
    assert f"{EXAMPLE} (complete)" in done.output
    _change(book, *PARTIAL)
    done = _run("--root", book, "status")
    assert done.exit_code == 0, done.output
    assert f"{EXAMPLE} (partial)" in done.output


def test_export_writes_all_or_nothing(book, tmp_path):
    out = tmp_path / "data"
    assert _run("--root", book, "export", out).exit_code == 0
    assert json.loads((out / "claims.json").read_text(encoding="utf-8"))
    shutil.rmtree(out)
    _change(book, ("1,200 visitors", "1,300 visitors"))
    assert _run("--root", book, "export", out).exit_code == 1
    assert not out.exists()


@pytest.mark.parametrize("folder", ["", ".", "seeds", "book/data"])
def test_nothing_is_exported_among_the_books_own_files(book, monkeypatch, folder):
    monkeypatch.chdir(book)
    before = {*book.iterdir(), *book.glob("[!_]*/**/*")}
    done = _run("export", folder)
    assert "the book's own files lie there\n  fix: name another" in done.output
    assert done.exit_code == 1
    assert {*book.iterdir(), *book.glob("[!_]*/**/*")} - before <= {book / "_build"}


@pytest.mark.parametrize(
    ("words", "does", "told"),
    [
        (["serve"], ("server.serve", None), ((8000, False), "")),  # no terminal is here
        (["serve", "--open"], ("server.serve", None), ((8000, True), "")),
        (["serve", "--port", "0"], ("server.serve", None), ((0, False), "")),
        (["build"], ("build.build_book", True), ((False,), "open ")),
        (["build", "--fresh"], ("build.build_book", False), ((True,), "nothing chan")),
        (["verify", "a"], ("build_comparison.check_manifest", 3), ((), "3 files are")),
        (
            ["verify", "a", "b"],
            ("build_comparison.check_same", 3),
            ((), "3 files, all"),
        ),
        (["reproduce"], ("build_comparison.build_twice", 3), ((), "3 files, built tw")),
    ],
)
def test_what_is_typed_goes_in_and_is_answered(book, monkeypatch, words, does, told):
    seen, (done, gives), (given, said) = [], does, told
    monkeypatch.setattr(
        f"sourcebook.site.{done}",
        lambda *_, **named: seen.append(tuple(named.values())) or gives,
    )
    answer = _run("--root", book, *words)
    assert answer.exit_code == 0, answer.output
    assert seen == [given]
    assert answer.output.startswith(said)


@pytest.mark.parametrize(
    ("words", "half"), [([EXAMPLE], ""), ([], ""), (["--from-text"], "text")]
)
def test_the_notebooks_that_are_named_are_run_or_all(book, monkeypatch, words, half):
    seen = []
    (pair,) = text_pairs(book)
    shutil.copy(pair, pair.with_name("another.md"))
    running = "sourcebook.running"
    monkeypatch.setattr(
        f"{running}.batch.run_notebooks",
        lambda pairs, **_: seen.append([pair.stem for pair in pairs]) or (),
    )
    monkeypatch.setattr(
        f"{running}.text_pairs.settle_halves", lambda *_, half: seen.append(half) or ()
    )
    done = _run("--root", book, "notebooks", *words)
    every = ["another", EXAMPLE]
    assert seen == [half, [EXAMPLE] if EXAMPLE in words else every]
    assert done.output.endswith(f"{len(seen[1])} run, 0 changed\n")


@pytest.mark.parametrize("touched", ["", "1 claim differs"])
def test_what_a_change_touches_is_said_or_that_it_is_nothing(
    book, monkeypatch, touched
):
    monkeypatch.setattr("sourcebook.checking.impact.changed", lambda *_, **__: touched)
    said = _run("--root", book, "impact").output
    assert said == f"{touched or 'nothing is touched'}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["notebooks", *"jihgfedcba"],
            "no text pair named 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'",
        ),
        (["notebooks", ""], "no text pair named ''"),
        (["notebooks", "gaz", "zzz"], "'gaz', 'zzz'; did you mean 'gas'?"),
        (["notebooks", "gaz"], "fix: name some of a-sixth-source, anonymous-2025, bbc"),
        (["sign", ""], "nothing to sign in ''"),
        (["status", "--why", "bbc-2025"], "--why is of all notebooks"),
        (["status", ""], "no source ''"),
        (["impact", "--against", "--list"], "cannot read revision '--list'"),
        (["record", "check", "--pause", "-1"], "--pause takes 0 to 3600 seconds"),
        (["record", "check", "--timeout", "nan"], "--timeout 1 to 3600"),
    ],
)
def test_what_is_nothing_known_is_refused_by_what_was_typed(root, words, said):
    done = _run("--root", root, *words)
    assert done.exit_code
    assert said in done.output
    assert "usage: git" not in done.output


def test_importing_the_package_needs_neither_pandas_nor_altair():
    code = "import sys, sourcebook; print({'pandas', 'altair'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_suggest_keeps_to_one_source_when_asked(root):
    done = _run("--root", root, "suggest", "bbc-2025", "--rank", 100)
    assert done.exit_code == 0, done.output
    pairs = re.findall(r"^ *\d+\.\d\d  (\S+) \+ (\S+)$", done.output, re.MULTILINE)
    assert pairs
    assert all(any("bbc-2025/" in name for name in pair) for pair in pairs)
    counted, told = done.output.splitlines()[-2:]
    assert counted.endswith(" of 100 with bbc-2025 not taken up and not declined")
    assert told.endswith("or decline it in book/declined.yml")
    assert "““" not in done.output


def test_suggest_names_the_sources_there_are(root):
    done = _run("--root", root, "suggest", "bbc-2024")
    assert done.exit_code == 1
    assert "no source 'bbc-2024'; did you mean 'bbc-2025'?" in done.output
    assert "fix: use one of " in done.output


def test_suggest_says_what_to_code_in_an_unfinished_source(book):
    _change(book, *PARTIAL)
    done = _run("--root", book, "suggest", EXAMPLE)
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    place = next(n for n, line in enumerate(lines) if line.endswith(": to code"))
    assert re.fullmatch(rf" *\d+\.\d\d  {EXAMPLE}, line \d+: to code", lines[place])
    assert "date not coded: 1 March 2024" in lines[place + 1]
    assert "1 passage neither coded nor set aside" in lines


@pytest.mark.parametrize(
    "name",
    [
        "_toc.yml",
        "seeds/acme.txt",
        "book/new/page.md",
        "_build/.sourcebook/kept/a.pickle",
    ],
)
def test_what_is_no_file_is_told_and_not_waited_for(unfinished, name, monkeypatch):
    root, there = unfinished.parents[1], unfinished.parents[1] / name
    there.parent.mkdir(parents=True, exist_ok=True)
    there.unlink(missing_ok=True)
    os.mkfifo(there)
    for link in ("seeds/c.txt", "seeds/.#c.txt"):  # the other is an editor's
        (root / link).symlink_to(root / link)
    with socket.socket(socket.AF_UNIX) as end:
        monkeypatch.chdir(root / "seeds")  # for the name of a socket may not be long
        end.bind("b.yml")
        done = _run("--root", root, "check")
    assert done.exit_code == 1
    said = "no file, but a link to nowhere, a pipe, a socket or a device\n"
    named = [f"{each}: {said}" for each in sorted([name, "seeds/b.yml", "seeds/c.txt"])]
    assert done.output == f"Error: {''.join(named)}  fix: put the file itself there\n"


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("_toc.yml", os.R_OK), ("book/questions", os.R_OK), ("book/questions", os.X_OK),
    ],
    ids=["file", "folder that cannot be listed", "folder that cannot be entered"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_not_taken_for_empty(
    unfinished, name, mode, monkeypatch
):
    root = unfinished.parents[1]
    (root / name).parent.mkdir(exist_ok=True)
    if name == "book/questions":
        (root / name).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(  # whoever runs this may be one who may read everything
        os, "access", lambda path, asked: path != root / name or not asked & mode
    )
    done = _run("--root", root, "check")
    assert done.output == (
        f"Error: {name}: not for us to read\n  fix: make it yours (chmod, chown)\n"
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.md", r"a\nb.md"),
        (b"\xff.md", r"\udcff.md"),
        ("\u202ex.md".encode(), r"\u202ex.md"),
    ],
    ids=["two lines", "not UTF-8", "turned letters"],
)
def test_a_name_that_cannot_be_shown_is_refused(unfinished, name, shown):
    root = unfinished.parents[1]
    (root / "book" / "new").mkdir(parents=True)
    (root / "book" / "new" / os.fsdecode(name)).touch()
    done = _run("--root", root, "check")
    said = "a name that cannot be shown or is not UTF-8"
    assert done.output == f"Error: book/new/{shown}: {said}\n  fix: rename it\n"


@pytest.mark.parametrize("name", ["_toc.yml", "CITATION.cff", "seeds/references.bib"])
def test_a_folder_in_the_place_of_a_file_is_told(unfinished, name):
    root = unfinished.parents[1]
    (root / name).unlink(missing_ok=True)
    (root / name).mkdir()
    done = _run("--root", root, "check")
    assert done.output == f"Error: {name}: a folder\n  fix: put the file itself there\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_behind_what_is_printed_is_told_once(unbuffered):
    program = "from sourcebook.commands.command_line import main; main()"
    command = [sys.executable, "-c", program, "completion", "bash"]
    env = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=env,
            check=False,
        )
    said = "Error: the system: the disk is full\n  fix: make room on it, and run this"
    assert (done.returncode, done.stderr) == (1, f"{said} again\n")


def test_help_that_cannot_be_printed_is_no_traceback(monkeypatch):
    def fill(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("click.decorators.echo", fill)
    with pytest.raises(SystemExit, match=r"^Error: the system: the disk is full\n  f"):
        main(["--help"])


@pytest.mark.parametrize(
    ("how", "before"),
    [(signal.SIGTERM, signal.SIG_IGN), (signal.SIGHUP, signal.SIG_DFL)],
)
def test_whoever_is_asked_to_end_ends_as_by_ctrl_c(root, monkeypatch, how, before):
    """So what it began is ended, and what it made for a while is removed."""
    monkeypatch.setattr(
        "sourcebook.checking.book_check.look",
        lambda _: os.kill(os.getpid(), how),
    )
    ours = signal.signal(how, before)
    assert _run("--root", root, "check").output == "\nAborted!\n"
    signal.signal(how, ours)


@pytest.mark.parametrize("name", ["PYTHONOPTIMIZE", "PYTHONWARNINGS"])
def test_what_fails_libraries_is_not_handed_on(root, monkeypatch, name):
    monkeypatch.setenv(name, "2")
    _run("--root", root, "schema", "check")
    assert name not in os.environ


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_what_is_done_cannot_be_interrupted(how):
    """Python would tell it in a traceback, or end as if nothing had been written."""
    program = (
        "import atexit, signal; from sourcebook.commands.command_line import main; "
        f"atexit.register(signal.raise_signal, {how:d}); main()"
    )
    command = [sys.executable, "-c", program, "completion", "bash"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_who_gives_the_arguments_can_still_be_interrupted(root):
    before = signal.getsignal(signal.SIGINT)
    _run("--root", root, "completion", "bash")
    assert signal.getsignal(signal.SIGINT) is before
