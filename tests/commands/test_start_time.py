"""A command loads what it needs, so that it answers soon."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SAID = """
import sys
from sourcebook.commands.command_line import main
main({args!r}, standalone_mode=False)
print(*{{name.partition(".")[0] for name in sys.modules}})
"""
HEAVY = {"IPython", "altair", "jupytext", "nbformat", "numpy", "pandas", "sphinx"}


@pytest.mark.parametrize(
    ("args", "without"),
    [
        pytest.param(["--help"], {*HEAVY, "pydantic", "yaml"}, id="help"),
        pytest.param(["check"], {*HEAVY, "edtf"}, id="check"),
    ],
)
def test_a_command_does_not_load_what_it_does_not_need(root, args, without):
    for _ in range(2):  # the first time it may have to read what it then keeps
        done = subprocess.run(
            [sys.executable, "-c", SAID.format(args=args)],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root / "src")},
            capture_output=True,
            text=True,
            check=True,
        )
    assert without.isdisjoint(done.stdout.splitlines()[-1].split())
