"""Every command has an example, and a shell completes commands and names."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sourcebook.commands.command_help import EXAMPLES, SHELLS, VARIABLE, epilog
from sourcebook.commands.command_line import main

LINES = [(name, line) for name, lines in EXAMPLES.items() for line in lines]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_shows_an_example(root, name):
    done = CliRunner().invoke(main, ["--root", str(root), name, "--help"])
    assert done.exit_code == 0
    assert "Example" in done.output
    assert f"sourcebook {name}" in done.output.split("Example")[1]


def test_examples_stand_below_their_heading_each_on_its_line():
    assert epilog("build") == "\b\nExample:\n  sourcebook build"
    two = "\b\nExamples:\n  sourcebook status\n  sourcebook status acme-2024"
    assert epilog("status") == two
    assert epilog("nothing") == ""


@pytest.mark.parametrize(("name", "line"), LINES, ids=[line for _, line in LINES])
def test_an_example_is_a_command_that_is_understood(name, line):
    program, *words = shlex.split(line.split(">")[0])
    assert program == "sourcebook"
    words = words[words.index(name) + 1 :]
    command = main.commands[name]
    while isinstance(command, click.Group):
        command = command.commands[words.pop(0)]
    # Parsed and not run; a file that is not there is for the command to say.
    parser = command.make_parser(click.Context(command, info_name=name))
    _, left, _ = parser.parse_args(words)
    assert left == []


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_understands_its_script(shell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # no book is needed
    done = CliRunner().invoke(main, ["completion", shell])
    assert done.exit_code == 0
    assert VARIABLE in done.output
    if program := shutil.which(shell):
        read = subprocess.run(
            [program, "-n"], input=done.output, text=True, check=False
        )
        assert read.returncode == 0


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("notebooks b", ["bbc-2025", "brussels-times-2025"]),
        ("notebooks bbc-2025 b", ["brussels-times-2025"]),
        ("notebooks ga", ["gas"]),
        ("comp", ["completion"]),
        ("completion ", ["bash", "zsh", "fish"]),
        ("suggest bb", ["bbc-2025"]),
        (
            "suggest ",
            [
                *("anonymous-2025", "bbc-2025", "brussels-times-2025"),
                *("valiyev-yagubova-2022", "van-gils-2017"),
            ],
        ),
        ("serve --n", ["--no-open"]),
    ],
)
def test_what_is_typed_is_completed(root, typed, found):
    assert _completed(root, typed) == found


def test_outside_a_book_no_name_is_completed(tmp_path):
    assert not any(_completed(tmp_path, "suggest b"))


def _completed(folder, typed):
    words = f"sourcebook {typed}"
    program = Path(sys.executable).parent / "sourcebook"
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split(" ")) - 1)}
    done = subprocess.run(
        [program], cwd=folder, check=True, capture_output=True, text=True,
        env={**os.environ, **asked, VARIABLE: "bash_complete"},
    )  # fmt: skip
    return [line.partition(",")[2] for line in done.stdout.splitlines()]
