"""The command line says what it found, and ends with one plain error."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sourcebook.commands.command_line import main


@pytest.fixture
def copy(root, tmp_path, bring_kept):
    """Return a copy of the book, without what a build leaves behind."""
    ignore = shutil.ignore_patterns(
        "_build", ".venv", ".git", "__pycache__", ".*_cache"
    )
    folder = shutil.copytree(root, tmp_path / "book", ignore=ignore)
    bring_kept(folder)
    return folder


def _run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_check_counts_what_it_found(root):
    done = _run("--root", root, "check")
    assert done.exit_code == 0, done.output
    assert "no fault found" in done.output


def test_check_names_file_place_and_remedy(copy):
    sheet = copy / "seeds" / "bbc-2025.yml"
    sheet.write_text(sheet.read_text().replace("modest 4.3%", "modest 4.8%"))
    done = _run("--root", copy, "check")
    assert done.exit_code == 1
    assert "seeds/bbc-2025.yml" in done.output
    assert "closest (line 9)" in done.output
    assert "fix:" in done.output
    assert "Traceback" not in done.output


def test_status_shows_a_partial_sheet_as_partial(copy):
    sheet = copy / "seeds" / "bbc-2025.yml"
    text = sheet.read_text().replace("state: complete", "state: partial\n  only: gas")
    sheet.write_text(text[: text.index("waivers:")])
    done = _run("--root", copy, "status")
    assert done.exit_code == 0, done.output
    assert "bbc-2025 (partial)" in done.output
    assert "van-gils-2017 (complete)" in done.output


def test_export_writes_all_or_nothing(copy, tmp_path):
    out = tmp_path / "data"
    assert _run("--root", copy, "export", out).exit_code == 0
    assert json.loads((out / "claims.json").read_text(encoding="utf-8"))
    shutil.rmtree(out)
    questions = copy / "book" / "questions" / "gas.yml"
    changed = questions.read_text().replace("not-comparable(of)", "agrees")
    questions.write_text(changed)
    assert _run("--root", copy, "export", out).exit_code == 1
    assert not out.exists()


def test_an_unknown_notebook_is_refused(root):
    done = _run("--root", root, "notebooks", "nowhere")
    assert done.exit_code == 1
    assert "nowhere" in done.output


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


def test_suggest_says_what_to_code_in_an_unfinished_source(copy):
    sheet = copy / "seeds" / "bbc-2025.yml"
    text = sheet.read_text(encoding="utf-8")
    waiver = re.search(r"^waivers:\n.*?\n\n", text, re.MULTILINE | re.DOTALL)[0]
    text = text.replace(waiver, "").replace(
        "state: complete\n", "state: partial\n  only: what is not furniture\n"
    )
    sheet.write_text(text, encoding="utf-8")
    done = _run("--root", copy, "suggest", "bbc-2025")
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    place = next(n for n, line in enumerate(lines) if line.endswith(": to code"))
    assert re.fullmatch(r" *\d+\.\d\d  bbc-2025, line \d+: to code", lines[place])
    assert "date not coded: 2025-07-31" in lines[place + 1]
    assert "1 passage neither coded nor set aside" in lines


@pytest.mark.parametrize("name", ["_toc.yml", "seeds/acme.txt", "book/new/page.md"])
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


def test_whoever_is_asked_to_end_ends_as_by_ctrl_c(root, monkeypatch):
    """So what it began is ended, and what it made for a while is removed."""
    monkeypatch.setattr(
        "sourcebook.checking.book_check.look",
        lambda _: os.kill(os.getpid(), signal.SIGTERM),
    )
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    assert _run("--root", root, "check").output == "\nAborted!\n"
    signal.signal(signal.SIGTERM, before)
